#!/usr/bin/env python3
"""Where results go: standard output, files, folders; whole or not at all; exit code 3."""
import json
import os
import subprocess

import harness

JOIN = 'map = function(doc) return doc.path end,\n' \
       'render = function(results, opts) local t = {} for path in results:each() do t[#t + 1] = path end ' \
       'return opts.to .. ":" .. table.concat(t, ",") .. "\\n" end'
# Writes <name of the document>.out with its path inside; NAME can be set.
FILES = 'options = { name = { type = "string" }, text = { type = "string" } },\n' \
        'map = function(doc, opts, out) out:write(opts.name or (doc.path:gsub("%.md$", "") .. ".out"), ' \
        'opts.text or doc.path) return doc.path end,\n' \
        'render = function(results) return "" end'


def set_up(case):
    case.plugin("join", JOIN, formats='"markdown", "json", "html", "text", "csv", "ics", "svg"')
    case.plugin("join2", JOIN.replace("opts.to", '"2"'), formats='"markdown", "json"')
    case.plugin("files", FILES)
    case.write("a.md", "# A\n")
    case.write("b.md", "# B\n")



def test_a_file(case):
    set_up(case)
    r = case.ok("run", "join", "a.md", "b.md", "-o", "out.txt")
    assert r.out == b"" and case.read("out.txt") == "markdown:a.md,b.md\n"
    case.ok("run", "join", "a.md", "--output=new/sub/out.txt")
    assert case.read("new/sub/out.txt") == "markdown:a.md\n"
    case.ok("run", "join", "b.md", "-oout.txt")
    assert case.read("out.txt") == "markdown:b.md\n"
    assert case.ok("run", "join", "a.md", "-o", "-").text == "markdown:a.md\n"


def test_a_folder_and_the_suffixes(case):
    set_up(case)
    os.mkdir(case.folder / "there")
    case.ok("run", "join", "a.md", "-o", "there")
    assert case.names("there") == ["join.md"]
    for to, suffix in [("json", "json"), ("html", "html"), ("text", "txt"), ("csv", "csv"), ("ics", "ics"),
                       ("svg", "svg"), ("markdown", "md")]:
        case.ok("run", "join", "a.md", "-t", to, "-o", f"made/{to}/")
        assert case.names(f"made/{to}") == [f"join.{suffix}"], to


def test_several_plugins_need_a_folder(case):
    set_up(case)
    case.fails(2, "run", "join,join2", "a.md", says=["folder", "-o DIR/"])
    case.fails(2, "run", "join,join2", "a.md", "-o", "file", says="folder")
    assert not case.exists("file")
    case.ok("run", "join,join2", "a.md", "-o", "out/", "-t", "join=json")
    assert case.read("out/join.json") == "json:a.md\n" and case.read("out/join2.md") == "2:a.md\n"


def test_a_plugin_that_writes_files_needs_a_folder(case):
    set_up(case)
    r = case.fails(2, "run", "files", "a.md", "b.md", says=["files", "a.out", "-o DIR/"])
    assert r.out == b"" and not case.exists("a.out")
    case.fails(2, "run", "files", "a.md", "-o", "file", says="-o DIR/")
    assert not case.exists("file")
    case.ok("run", "files", "a.md", "b.md", "-o", "out/")
    assert case.names("out") == ["a.out", "b.out"] and case.read("out/b.out") == "b.md"


def test_two_writers_of_one_path_are_both_named(case):
    set_up(case)
    case.fails(1, "run", "files", "a.md", "b.md", "-o", "out/", "-s", "name=same/x.out",
               says=["out/same/x.out", "a.md", "b.md"])
    assert case.read("out/same/x.out") == "a.md"


def test_paths_that_lead_outside_fail_the_document(case):
    set_up(case)
    for name in ("../x", "/abs/x", "a/../../x", "..", "n" * 5000):
        r = case.fails(1, "run", "files", "a.md", "-o", "out/", "-s", f"name={name}")
        assert "a.md" in r.errors, r.errors
    os.mkdir(case.folder / "elsewhere")
    os.symlink("../elsewhere", case.folder / "out/link")
    case.fails(1, "run", "files", "a.md", "-o", "out/", "-s", "name=link/x", says=["a.md", "link"])
    assert case.names("elsewhere") == [] and not case.exists("x")
    case.write("elsewhere/target", "kept")
    os.symlink("../elsewhere/target", case.folder / "out/y")
    case.ok("run", "files", "a.md", "-o", "out/", "-s", "name=y")
    assert case.read("elsewhere/target") == "kept" and case.read("out/y") == "a.md"


def test_a_file_in_the_way_of_a_folder(case):
    set_up(case)
    case.write("out/x", "kept")
    case.fails(1, "run", "files", "a.md", "-o", "out/", "-s", "name=x/y", says="out/x/y")
    assert case.read("out/x") == "kept"
    os.makedirs(case.folder / "out/d/e")
    case.fails(1, "run", "files", "a.md", "-o", "out/", "-s", "name=d", says="out/d")


def test_nothing_half_written_stays(case):
    set_up(case)
    case.plugin("bad", 'map = function(doc, opts, out) out:write("f.out", "x") error("stop") end,\n'
                       'render = function() error("no text") end')
    case.write("out/bad.txt", "old")
    case.fails(1, "run", "bad", "a.md", "-o", "out/", says=["stop", "no text"])
    assert case.names("out") == ["bad.txt"] and case.read("out/bad.txt") == "old"
    case.write("old.txt", "old")
    case.fails(1, "run", "bad", "a.md", "-o", "old.txt")
    assert case.read("old.txt") == "old"
    case.fails(1, "run", "bad", "a.md", "-o", "never.txt")
    assert not case.exists("never.txt")
    assert not [n for n in case.names() if n.startswith(".quern")]


def test_a_full_device(case):
    set_up(case)
    case.fails(3, "run", "join", "a.md", "-o", "/dev/full", says="space")
    with open("/dev/full", "wb") as full:
        case.fails(3, "run", "join", "a.md", stdout=full, says=["standard output", "space"])
        case.fails(3, "show", "a.md", stdout=full, says="standard output")
        case.fails(3, "list", stdout=full, says="standard output")
        case.fails(3, "--version", stdout=full)
        case.fails(3, "run", "--help", stdout=full)


def test_a_full_device_as_another_result_fails_too(case):
    set_up(case)
    with open("/dev/full", "wb") as full:
        case.fails(3, "run", "join", "a.md", "missing.md", stdout=full, says=["missing.md", "space"])


def test_a_reader_that_went_away(case):
    case.write("big.md", "# A\n\n" + "text and more text\n" * 20000)
    read, write = os.pipe()
    os.close(read)
    try:
        case.fails(3, "show", "-t", "tree", "big.md", stdout=write, says="pipe")
    finally:
        os.close(write)


def test_closed_standard_output(case):
    set_up(case)

    def close_1():
        os.close(1)

    case.fails(3, "run", "join", "a.md", preexec_fn=close_1, stdout=None)
    case.fails(3, "--version", preexec_fn=close_1, stdout=None)
    # Nothing goes there: nothing is wrong, and no file becomes standard output.
    case.ok("run", "join", "a.md", "-o", "out.txt", preexec_fn=close_1, stdout=None)
    assert case.read("out.txt") == "markdown:a.md\n"


def test_closed_standard_error(case):
    set_up(case)
    p = subprocess.run([harness.QUERN, "run", "join", "a.md", "missing.md", "-o", "out.txt"], cwd=case.folder,
                       preexec_fn=lambda: (os.close(0), os.close(1), os.close(2)), timeout=60, check=False)
    assert p.returncode == 1 and case.read("out.txt") == "markdown:a.md\n"


def test_folders_that_may_not_be_written(case):
    set_up(case)
    os.mkdir(case.folder / "locked", 0o555)
    if harness.IS_ROOT:
        # Root is stopped only by the system itself.
        case.fails(3, "run", "join", "a.md", "-o", "/proc/nowhere/x/", says="/proc/nowhere/x/: error: cannot write")
        case.fails(3, "run", "join", "a.md", "-o", "/proc/out.txt", says="/proc/out.txt")
        return
    case.fails(3, "run", "join", "a.md", "-o", "locked/", says="locked/: error: cannot write")
    case.fails(3, "run", "join", "a.md", "-o", "locked/out.txt", says="locked/out.txt")
    case.fails(3, "run", "join", "a.md", "-o", "locked/new/out.txt", says="locked/new/out.txt")


def test_a_file_as_folder_of_the_output(case):
    set_up(case)
    case.fails(3, "run", "join", "a.md", "-o", "a.md/out.txt", says="a.md/out.txt")
    case.fails(3, "run", "join", "a.md", "-o", "a.md/", says="a.md/")
    case.fails(2, "run", "join", "a.md", "-o", "", says="--output")
    assert case.read("a.md") == "# A\n"


def test_in_place(case):
    set_up(case)
    case.ok("run", "join", "a.md", "-o", "a.md")
    assert case.read("a.md") == "markdown:a.md\n"


def test_a_replaced_file_keeps_its_mode(case):
    set_up(case)
    case.write("out.txt", "old")
    os.chmod(case.folder / "out.txt", 0o600)
    case.ok("run", "join", "a.md", "-o", "out.txt")
    assert os.stat(case.folder / "out.txt").st_mode & 0o777 == 0o600


def test_empty_and_missing_results(case):
    set_up(case)
    case.plugin("none", 'map = function(doc) return nil end')
    assert case.ok("run", "none", "a.md").out == b""
    case.ok("run", "none", "a.md", "-o", "empty.txt")
    assert case.read("empty.txt") == ""


def test_values_without_render_are_lines_of_json(case):
    set_up(case)
    case.plugin("plain", 'map = function(doc) return { title = doc.title, list = {}, n = 1.0 } end',
                formats='"json"')
    r = case.ok("run", "plain", "a.md", "b.md").json_lines()
    assert r == [{"path": "a.md", "value": {"title": "A", "list": [], "n": 1.0}},
                 {"path": "b.md", "value": {"title": "B", "list": [], "n": 1.0}}]


def test_lines_of_json_go_out_while_the_run_goes_on(case):
    case.plugin("lines", """map = function(doc, opts, out)
      if doc.title == "bad" then error("a bad one") end
      return doc.title == "null" and quern.null or { text = doc:text() } end""", formats='"json"')
    case.plugin("count", "map = function(doc) return 1 end,\nreduce = function(a, b) return a + b end", formats='"json"')
    for i in range(3000):
        case.write(f"d/{i:04}.md", f"# {'null' if i == 7 else i}\n\n\u2028 \"é\" {'text ' * 30}\n")
    whole = case.ok("run", "lines", "d", "-j2")
    assert len(whole.json_lines()) == 2999 and "d/0007.md" not in whole.text
    # Beside other plugins it is the same, and so it is from the cache.
    case.ok("run", "lines,count", "d", "-o", "two/")
    assert case.read("two/lines.json") == whole.text and case.read("two/count.json") == "3000\n"
    assert case.ok("run", "lines", "d").out == whole.out
    # What was done before a run ends is there on a stream, and not there in a file.
    case.write("d/1500.md", "# bad\n")
    part = case.fails(1, "run", "lines", "d", "--fail-fast", says="a bad one")
    assert part.out == b"".join(whole.out.splitlines(keepends=True)[:1499])
    case.fails(1, "run", "lines", "d", "--fail-fast", "-o", "new.json", says="a bad one")
    assert not case.exists("new.json")
    # A reader that goes away ends the run long before the last document.
    p = case.start("run", "lines", "d", "-j1", "--no-cache", "--stats", "json")
    p.stdout.close()
    err = p.stderr.read()
    assert p.wait() == 3 and b"closed the pipe" in err, err
    stats = json.loads(err[err.index(b'{"documents'):].splitlines()[0])
    assert 0 < stats["documents"] < 2000, stats


if __name__ == "__main__":
    harness.main()
