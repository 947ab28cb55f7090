#!/usr/bin/env python3
"""Where documents come from besides paths on the command line: lists of paths
and lines of JSON, in every command that reads documents.
"""
import json
import os
import threading

from harness import main


def line(path, text, **more):
    return json.dumps({"path": path, "text": text, **more}).encode() + b"\n"


def titles(case):
    case.plugin("titles", "map = function(doc) return doc.title end")


LINES = (line("a.md", "# A\n") + b"{bad\n" + b"\n" + line("b.html", "<h1>B</h1>", extra=[1]) + b'{"path":"c.md"}\n' +
         b'["d"]\n' + b'{"path":"","text":""}\n' + b'{"path":"e.md","text":7}\n' + line("f.md", "---\nt: [\n---\n# F\n")[:-1])


def test_lines_are_documents_and_bad_ones_are_told_with_their_place(case):
    titles(case)
    r = case.run("run", "titles", "--input-ndjson", stdin=LINES)
    assert r.status == 1
    assert [d["path"] for d in r.json_lines()] == ["a.md", "b.html", "f.md"]
    for says in ("-:2:2: error:", "-:5:1: error: text of a line is missing", "-:6:1: error:", "-:7:1: error: path",
                 "-:8:1: error: text of a line is no string", "f.md:3:1: warning"):
        assert says in r.errors, f"{says!r} is not in {r.errors}"
    case.write("in.ndjson", LINES)
    named = case.run("run", "titles", "--input-ndjson", "in.ndjson", "-j", "3")
    assert named.out == r.out and named.errors == r.errors.replace("-:", "in.ndjson:")
    twice = case.run("run", "titles", "--input-ndjson", "in.ndjson", "-", "in.ndjson", stdin=line("z.md", "# Z"))
    assert [d["value"] for d in twice.json_lines()] == ["A", "B", "F", "Z"]


def test_every_command_reads_lines(case):
    shown = case.run("show", "--input-ndjson", stdin=LINES)
    assert [(d["path"], d["title"], d["format"]) for d in shown.json_lines()] == \
        [("a.md", "A", "markdown"), ("b.html", "B", "html"), ("f.md", "F", "markdown")]
    assert shown.status == 1 and "-:2:2: error:" in shown.errors
    found = case.run("select", "heading", "--input-ndjson", stdin=LINES)
    assert found.text.splitlines()[:2] == ["a.md:1: A", "b.html:1: B"] and found.status == 1
    case.write("s.json", '{"required": ["title"]}')
    checked = case.run("check", "--schema", "s.json", "--input-ndjson", stdin=line("a.md", "---\na: 1\n---\n"))
    assert checked.status == 1 and "a.md:2:1: error: title: is missing" in checked.text + checked.errors, checked.errors


def test_text_of_a_line_is_utf8_whatever_it_declares(case):
    page = '<html><head><meta charset="euc-kr"></head><body><h1>한글</h1></body></html>'
    assert case.ok("show", "--input-ndjson", stdin=line("k.html", page)).json_lines()[0]["title"] == "한글"
    case.fails(2, "show", "--input-ndjson", "--encoding", "EUC-KR", says="JSON is UTF-8")


def test_large_and_many_lines_keep_their_order(case):
    titles(case)
    sizes = [1 + (i * 7919) % 200_000 for i in range(60)]
    text = b"".join(line(f"{i}.md", f"# T{i}\n\n" + "word " * (n // 5)) for i, n in enumerate(sizes))
    text += b"".join(line(f"s{i}.md", f"# S{i}\n") for i in range(5000))
    r = case.ok("run", "titles", "--input-ndjson", "-j", "4", "--no-cache", stdin=text)
    assert [d["value"] for d in r.json_lines()] == [f"T{i}" for i in range(60)] + [f"S{i}" for i in range(5000)]


def test_lines_come_from_a_pipe_with_a_name(case):
    titles(case)
    os.mkfifo(case.folder / "pipe")
    writer = threading.Thread(target=lambda: case.write("pipe", LINES))
    writer.start()
    r = case.run("run", "titles", "--input-ndjson", "pipe")
    writer.join()
    assert len(r.json_lines()) == 3 and "pipe:2:2: error" in r.errors


def test_what_is_no_file_of_lines_is_told(case):
    os.mkdir(case.folder / "folder")
    r = case.fails(1, "show", "--input-ndjson", "folder", "missing", "-", stdin=line("a.md", "# A"),
                   says=["folder: error", "missing: error: no such file"])
    assert r.json_lines()[0]["title"] == "A"


# --------------------------------------------------------------------- lists

def test_lists_of_lines_and_of_names_that_end_with_nul(case):
    for name in "a.md", "b c.md", "sub/d.md", "sub/e.txt", "-":
        case.write(name, f"# {name}\n")
    listed = ["b c.md", "sub", "a.md", "sub/d.md", "-"]
    for end, option in ("\n", []), ("\0", ["-0"]):
        names = (end.join(listed) + end).encode()
        case.write("list", names[:-1])
        for arguments, stdin in (["--files-from", "list"], b""), (["--files-from", "-"], names):
            r = case.ok("show", *arguments, *option, stdin=stdin)
            assert [d["path"] for d in r.json_lines()] == ["b c.md", "sub/d.md", "sub/e.txt", "a.md", "-"], r.text
    r = case.ok("show", "a.md", "--files-from", "list", "-0")
    assert [d["path"] for d in r.json_lines()] == ["a.md", "b c.md", "sub/d.md", "sub/e.txt", "-"]


def test_names_with_new_lines_bad_bytes_and_dashes(case):
    names = [b"new\nline.md", b"\xff\xfe.md", b"-t", b"--help.md"]
    for name in names:
        case.write(name, b"# T\n")
    case.plugin("count", "map = function(doc) return #doc.path end")
    r = case.run("run", "count", "--files-from", "-", "-0", "--from", "markdown", stdin=b"\0".join(names))
    assert r.status == 0 and [d["value"] for d in r.json_lines()] == [len(n) for n in names], r.errors


def test_what_is_wrong_with_a_list_is_told_and_the_rest_done(case):
    case.write("a.md", "# A\n")
    r = case.fails(1, "show", "--files-from", "-", stdin=b"missing.md\n\n" + b"x" * 70_000 + b"\nb\0c\na.md\n",
                   says=["missing.md: error: no such file", "-:3: error: a name longer", "-:4: error: a NUL", "-0"])
    assert [d["title"] for d in r.json_lines()] == ["A"]
    case.fails(1, "show", "--files-from", "gone", "a.md", says="gone: error: no such file")
    case.fails(1, "show", "--files-from", "-", "--files-from", "-", stdin=b"a.md\n", says="standard input is read already")
    case.fails(1, "show", "-", "--files-from", "-", stdin=b"a.md\n", says="standard input is read already")
    case.fails(2, "show", "a.md", "-0", says="--files-from")
    assert case.ok("show", "--files-from", "-", stdin=b"").out == b""


def test_a_list_may_name_files_of_lines(case):
    case.write("1.ndjson", line("a.md", "# A"))
    case.write("2.ndjson", line("b.md", "# B"))
    r = case.ok("show", "--input-ndjson", "--files-from", "-", stdin=b"2.ndjson\n1.ndjson\n")
    assert [d["path"] for d in r.json_lines()] == ["b.md", "a.md"]


if __name__ == "__main__":
    main()
