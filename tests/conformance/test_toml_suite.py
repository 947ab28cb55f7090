#!/usr/bin/env python3
"""The TOML reader against toml-test: every file of Debian's copy as front
matter of a document.

Valid files must give the values of the .json beside them, invalid ones a
warning and no front matter.  EXPECTED names what differs on purpose.
"""
import json
import math
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))
import harness  # noqa: E402

SUITE = pathlib.Path("/usr/share/gocode/src/github.com/BurntSushi/toml/internal/toml-test/tests")
BAD_BYTES = "NUL and bytes that are not UTF-8 become U+FFFD with a warning when a document is read"
LONE_CR = "a CR ends a line of a document, as CommonMark has it"
EXPECTED = {
    "valid/float/inf-and-nan": "a number of quern is finite: kept as a string, with a warning",
    "valid/string/escape-esc": "the escape \\e is TOML 1.1",
    "invalid/control/bare-cr": LONE_CR,
    "invalid/control/comment-cr": LONE_CR,
    "invalid/control/comment-null": BAD_BYTES,
    "invalid/control/multi-null": BAD_BYTES,
    "invalid/control/rawmulti-null": BAD_BYTES,
    "invalid/control/rawstring-null": BAD_BYTES,
    "invalid/control/string-null": BAD_BYTES,
    "invalid/encoding/bad-utf8-in-comment": BAD_BYTES,
    "invalid/encoding/bad-utf8-in-string": BAD_BYTES,
}


def plain(tagged):
    """The suite's {"type", "value"} as we write it; dates stay as written."""
    if isinstance(tagged, list):
        return [plain(item) for item in tagged]
    if set(tagged) != {"type", "value"} or not isinstance(tagged["value"], str):
        return {key: plain(value) for key, value in tagged.items()}
    kind, text = tagged["type"], tagged["value"]
    if kind == "integer":
        return int(text)
    if kind == "float":
        return float(text)
    if kind == "bool":
        return text == "true"
    return ("date", text) if "date" in kind or "time" in kind else text


def instant(text):
    """Two spellings of one date or time: the suite writes a T, six or three digits of a second, Z."""
    text = text.upper().replace(" ", "T")
    return re.sub(r"(\.\d*?)0+(?=Z|[+-]|$)", r"\1", text).replace(".Z", "Z").rstrip(".")


def same(wanted, got):
    if isinstance(wanted, tuple):
        return isinstance(got, str) and instant(wanted[1]) == instant(got)
    if isinstance(wanted, dict):
        return isinstance(got, dict) and wanted.keys() == got.keys() and all(same(wanted[k], got[k]) for k in wanted)
    if isinstance(wanted, list):
        return isinstance(got, list) and len(wanted) == len(got) and all(map(same, wanted, got))
    if isinstance(wanted, float):
        return isinstance(got, (int, float)) and math.isclose(wanted, got, rel_tol=1e-15)
    return type(wanted) is type(got) and wanted == got


def shown(case, files):
    """What `quern show` says of each file: (front matter or None, diagnostics)."""
    for number, path in enumerate(files):
        content = path.read_bytes()
        end = b"" if content.endswith(b"\n") or not content else b"\n"
        case.write(f"{number:04}.md", b"+++\n" + content + end + b"+++\n\nBody.\n")
    run = case.run("show", "-t", "json", ".")
    return [(d["meta"], d["diagnostics"]) for d in map(json.loads, run.text.splitlines())]


def suite(kind):
    if not SUITE.is_dir():
        raise harness.Skip("toml-test is missing: make deps-test")
    files = sorted((SUITE / kind).rglob("*.toml"))
    assert len(files) > 80, "toml-test is not where it was"
    return files


def check(case, kind, is_right):
    files = suite(kind)
    wrong, listed = [], {name for name in EXPECTED if name.startswith(kind)}
    for path, (meta, diagnostics) in zip(files, shown(case, files), strict=True):
        name = str(path.relative_to(SUITE))[:-len(".toml")]
        if is_right(path, meta, diagnostics) == (name in listed):
            wrong.append(f"{name}: {meta} {[d['message'] for d in diagnostics]}")
    assert not wrong, "\n".join(wrong)


def test_valid_files_give_the_values(case):
    check(case, "valid",
          lambda path, meta, _: same(plain(json.loads(path.with_suffix(".json").read_text())), meta))


def test_invalid_files_are_refused_with_a_place(case):
    check(case, "invalid",
          lambda path, meta, diagnostics: meta is None and diagnostics and diagnostics[0]["line"] >= 1)


if __name__ == "__main__":
    harness.main()
