#!/usr/bin/env python3
"""A plugin that asks for front matter alone: of a long document no more is
read, and whatever else is asked for comes out as if all had been read at once."""
import glob
import os
import re
import subprocess
import time

import harness

META = "map = function(doc) return { doc.path, doc.meta, doc.meta and doc.meta.title and doc.title } end"
ALL = """map = function(doc)
  local lines = {}
  for h in doc:each("heading") do lines[#lines + 1] = h.line end
  return { doc.meta and doc.meta.a or "none", doc.title, lines, #doc:source(), doc.digest, doc:text():sub(-9), doc.format }
end"""
SOURCE = "map = function(doc) return { doc.path, #doc:source(), doc.digest } end"

LONG = "Some text that goes on. " * 30 + "\n\n"
DOCUMENTS = {
    "long.md": "---\ntitle: T\na: 1\n---\n" + LONG * 200 + "# End\n",
    "just.md": ("---\ntitle: T\n---\n" + "x" * 4096)[:4096],
    "less.md": ("---\ntitle: T\n---\n" + "x" * 4096)[:4095],
    "more.md": ("---\ntitle: T\n---\n" + "x" * 4096)[:4097],
    "wide.md": "---\ntitle: T\na: " + "y" * 6000 + "\n---\n" + LONG * 20,
    "cut.md": "---\ntitle: T\na: " + "y" * 4074 + "\n---\n" + LONG * 20,
    "never.md": "---\ntitle: T\n" + LONG * 20,
    "none.md": "# Heading\n\n" + LONG * 20 + "## Last\n",
    "none.html": "<html><head><title>T</title></head><body>" + LONG * 20 + "<h2>x</h2></body></html>",
    "toml.md": "+++\na = 1\n+++\n" + LONG * 20,
    "json.md": "{\"a\": [1, 2]}\n" + LONG * 20,
    "brace.md": "{% include a %}\n" + LONG * 20,
    "crlf.md": ("---\na: 1\n---\n" + LONG * 20).replace("\n", "\r\n"),
    "bom.md": "\ufeff---\na: 1\n---\n" + LONG * 20,
    "note.txt": "---\na: 1\n---\n" + LONG * 20,
    "korean.md": "---\na: 한글\n---\n" + "한글 " * 3000,
    "bad.md": ("---\na: 1\n---\n" + LONG * 20).encode() + b"\xff\xfe bad\n# End\n",
    "early.md": b"---\na: \xff\n---\n" + (LONG * 20).encode(),
    "broken.md": "---\na: [\n---\n" + LONG * 20 + "# End\n",
    "zero.md": b"---\na: 1\n---\n" + (LONG * 20).encode() + b"a\0b\n",
}


def set_up(case):
    for name, text in DOCUMENTS.items():
        case.write("d/" + name, text)
    for name, body in ("meta", META), ("all", ALL), ("source", SOURCE):
        case.plugin(name, body, formats='"json"')


def bytes_read(case, *args):
    """How many bytes of each document the run reads."""
    # One log for each process: in a common one calls that meet are cut in two.
    log = str(case.folder) + ".strace"
    try:
        subprocess.run(["strace", "-ff", "-y", "-e", "trace=read,pread64,mmap", "-o", log, harness.QUERN, *args],
                       cwd=case.folder, env=case.environment({}), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, timeout=60, check=False)
    except FileNotFoundError:
        raise harness.Skip("strace is not installed") from None
    sizes = {}
    for path in glob.glob(log + ".*"):
        with open(path, encoding="utf-8", errors="replace") as f:
            found = re.findall(r"^(?:read|pread64|mmap)\(.*<[^>]*/([^/>]+\.(?:md|html|txt))>.*= (\d+)$", f.read(), re.M)
        os.unlink(path)
        for name, size in found:
            sizes[name] = sizes.get(name, 0) + int(size)
    return sizes


def lines_of(case, *args):
    return {v["path"]: v["value"] for v in case.run("run", *args, "d", "--no-cache", "-j1").json_lines()}


def one_by_one(case, plugin, name):
    """The same from standard input, which is read whole."""
    data = (case.folder / "d" / name).read_bytes()
    return case.run("run", plugin, "--from", "markdown", "-", stdin=data).json_lines()[0]["value"]


def test_no_more_is_read_than_the_front_matter(case):
    set_up(case)
    sizes = bytes_read(case, "run", "meta", "d", "--no-cache", "-j1")
    whole = {name: len(text if isinstance(text, bytes) else text.encode()) for name, text in DOCUMENTS.items()}
    for name in "long.md", "toml.md", "json.md", "crlf.md", "bom.md", "korean.md", "none.md", "broken.md":
        assert 0 < sizes[name] <= 4096 < whole[name], (name, sizes[name])
    for name in "wide.md", "note.txt", "early.md", "never.md":
        assert sizes[name] == whole[name], (name, sizes[name])


def test_it_comes_to_the_same(case):
    set_up(case)
    several = lines_of(case, "meta"), lines_of(case, "all")
    for plugin, results in zip(("meta", "all"), several):
        for name in DOCUMENTS:
            if name.endswith(".md"):
                other = one_by_one(case, plugin, name)
                assert results["d/" + name][1:] == other[1:], (plugin, name)
    for name in DOCUMENTS:
        alone = case.run("run", "all", "d/" + name, "--no-cache").json_lines()[0]["value"]
        assert alone == several[1]["d/" + name], name
    assert lines_of(case, "source")["d/long.md"][1] == len(DOCUMENTS["long.md"])


def test_what_is_wrong_is_told_when_it_is_read(case):
    set_up(case)
    r = case.run("run", "meta", "d", "--no-cache", "-j1")
    assert "d/broken.md:3:" in r.errors and "d/early.md" in r.errors and "d/bad.md" not in r.errors, r.errors
    told = [case.run("run", "all", "d", "--no-cache", *more).errors for more in (["-j1"], ["-j2"], ["-j4"])]
    assert told[0] == told[1] == told[2] and "d/bad.md" in told[0] and "d/zero.md" in told[0]


def test_the_cache_knows_what_it_has_not_read(case):
    set_up(case)
    old = time.time() - 3600
    for name in DOCUMENTS:
        os.utime(case.folder / "d" / name, (old, old))
    time.sleep(2.1)
    first = case.run("run", "meta", "d")
    assert case.run("run", "meta", "d").out == first.out
    case.write("d/long.md", DOCUMENTS["long.md"].replace("title: T", "title: U"))
    os.utime(case.folder / "d/toml.md")
    assert case.run("run", "meta", "d").out == case.run("run", "meta", "d", "--no-cache").out != first.out
    assert case.run("run", "meta", "d", "--paranoid").out == case.run("run", "meta", "d", "--no-cache").out


if __name__ == "__main__":
    harness.main()
