#!/usr/bin/env python3
"""Every plugin in every format over 1,000 generated documents: no error, no
failure, JSON that parses, and the same bytes when it is done again.

QUERN_TEST_SEED names another seed, QUERN_TEST_LONG takes ten times as many documents.
"""
import json
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from generate import generate  # noqa: E402
from harness import ROOT, main, scaled  # noqa: E402

SEED = os.environ.get("QUERN_TEST_SEED", "quern")
COUNT = 10000 if os.environ.get("QUERN_TEST_LONG") else scaled(1000)
NOW = "2025-12-01T09:00:00Z"


def combinations(case):
    for line in case.ok("list", "-t", "json", "--plugin-path", str(ROOT / "plugins")).text.splitlines():
        plugin = json.loads(line)
        yield from ((plugin["name"], form) for form in plugin["formats"])


def check(case, name, form):
    """What went wrong, in words, or None."""
    r = case.run("run", name, "-t", form, "--now", NOW, "--plugin-path", str(ROOT / "plugins"), "documents", "-o", f"out/{name}-{form}/",
                 timeout=300)
    told = [line for line in r.errors.splitlines() if ": error:" in line]
    if r.status != 0 or told:
        return f"{name} -t {form}: exit {r.status}: " + " | ".join(told[:3] or r.errors.splitlines()[-3:])
    written = case.folder / "out" / f"{name}-{form}" / f"{name}.{form}"
    if form == "json" and written.exists():
        for line in written.read_text().splitlines():
            json.loads(line)
    return None


def test_every_plugin_takes_any_document(case):
    generate(SEED, COUNT, case.folder / "documents")
    wrong = [w for w in (check(case, name, form) for name, form in combinations(case)) if w]
    assert not wrong, f"seed {SEED}\n" + "\n".join(wrong)


def test_show_takes_any_document(case):
    generate(SEED + "/show", COUNT, case.folder / "documents")
    for form in ("json", "tree", "html", "markdown", "text"):
        r = case.run("show", "-t", form, "documents")
        assert r.status == 0 and ": error:" not in r.errors, f"seed {SEED}, -t {form}: {r.errors[:2000]}"


def test_the_generator_repeats_itself(case):
    for folder in ("a", "b"):
        generate(SEED, 50, case.folder / folder)
    for path in sorted((case.folder / "a").rglob("*.*")):
        if path.is_file():
            assert path.read_bytes() == (case.folder / "b" / path.relative_to(case.folder / "a")).read_bytes()


if __name__ == "__main__":
    main()
