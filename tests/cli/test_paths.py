#!/usr/bin/env python3
"""Documents: order, once each, standard input, odd names, what cannot be read."""
import os
import threading

import harness

PATHS = 'map = function(doc) return doc.path end,\n' \
        'render = function(results, opts) local t = {} for path in results:each() do t[#t + 1] = path end ' \
        'return table.concat(t, "\\n") .. (#t > 0 and "\\n" or "") end'


def paths(case, *args, status=0):
    case.plugin("paths", PATHS)
    r = case.run("run", "paths", *args)
    assert r.status == status, f"exit {r.status}: {r.errors}"
    return r.out.decode("utf-8", "surrogateescape").splitlines()


def shown(case, *args, status=0):
    r = case.run("show", *args)
    assert r.status == status, f"exit {r.status}: {r.errors}"
    return [d["path"] for d in r.json_lines()]


def test_order_of_arguments_then_of_whole_paths(case):
    for name in ("d/a/x.md", "d/a-b.md", "d/a.md", "d/Z.md", "d/a/b/y.md", "e.md", "d/가.md"):
        case.write(name, "x\n")
    in_d = ["d/Z.md", "d/a-b.md", "d/a.md", "d/a/b/y.md", "d/a/x.md", "d/가.md"]
    assert paths(case, "e.md", "d") == ["e.md"] + in_d
    assert paths(case, "d", "e.md") == in_d + ["e.md"]
    assert shown(case, "d/a/x.md", "d") == ["d/a/x.md"] + [p for p in in_d if p != "d/a/x.md"]


def test_suffixes_of_folders_and_none_of_files(case):
    for name in ("a.md", "b.MARKDOWN", "c.html", "d.HTM", "e.txt", "f.rst", "noext", ".g.md", ".h/i.md"):
        case.write(f"d/{name}", "x\n")
    assert shown(case, "d") == ["d/a.md", "d/b.MARKDOWN", "d/c.html", "d/d.HTM", "d/e.txt"]
    assert shown(case, "d/f.rst", "d/noext", "d/.g.md", "d/.h") == ["d/f.rst", "d/noext", "d/.g.md", "d/.h/i.md"]


def test_each_document_once_under_its_first_path(case):
    case.write("d/a.md", "x\n")
    case.write("d/b.md", "x\n")
    os.symlink("d/b.md", case.folder / "link.md")
    os.symlink("d", case.folder / "same")
    assert shown(case, "link.md", "d", "same", "d/a.md", "./d/a.md", "d/../d/a.md") == ["link.md", "d/a.md"]
    os.mkdir(case.folder / "l")
    os.symlink("..", case.folder / "l/up")
    os.symlink("../d/a.md", case.folder / "l/first.md")
    os.symlink(".", case.folder / "l/self")
    assert shown(case, "l") == ["l/first.md", "l/up/d/b.md"]


def test_standard_input_is_one_document(case):
    case.write("a.md", "# A\n")
    r = case.ok("show", "-", stdin=b"---\ntitle: T\n---\n# H\n").json_lines()
    assert [(d["path"], d["title"]) for d in r] == [("-", "T")]
    r = case.ok("show", "a.md", "-", "-", stdin=b"# In\n").json_lines()
    assert [d["path"] for d in r] == ["a.md", "-"]
    assert case.ok("show", "-", stdin=b"").json_lines()[0]["title"] in ("", None)
    os.rename(case.folder / "a.md", case.folder / "-")
    assert case.ok("show", "./-").json_lines()[0]["title"] == "A"


def test_closed_standard_input_is_told(case):
    case.fails(1, "show", "-", preexec_fn=lambda: os.close(0), stdin=None, says="-")


def test_odd_names(case):
    case.write("new\nline.md", "# N\n")
    case.write("-dash.md", "# D\n")
    case.write("tab\tand \x1b[31mred.md", "# T\n")
    case.write(b"d/latin\xe9.md", "# L\n")
    r = case.ok("show", "--", "new\nline.md", "-dash.md", "tab\tand \x1b[31mred.md").json_lines()
    assert [d["path"] for d in r] == ["new\nline.md", "-dash.md", "tab\tand \x1b[31mred.md"]
    r = case.ok("show", "d", "-t", "json").json_lines()
    assert len(r) == 1 and r[0]["title"] == "L" and r[0]["path"].startswith("d/latin")
    assert case.ok("show", b"d/latin\xe9.md").json_lines()[0]["title"] == "L"


def test_names_cannot_steer_a_terminal(case):
    r = case.fails(1, "show", "no\nsuch\x1b[31m.md", b"no\xe9.md", says=["\\x1b", "\\n", "\\xe9"])
    assert b"\x1b" not in r.err and r.errors.count("\n") == 2, r.errors


def test_missing_paths_do_not_stop_the_rest(case):
    case.write("a.md", "# A\n")
    case.write("b.md", "# B\n")
    r = case.fails(1, "show", "a.md", "missing.md", "b.md", says="missing.md: error: no such file or directory")
    assert [d["path"] for d in r.json_lines()] == ["a.md", "b.md"]
    assert paths(case, "a.md", "missing.md", "b.md", status=1) == ["a.md", "b.md"]
    case.fails(1, "show", "", says="error")


def test_links_to_nothing_and_to_themselves(case):
    case.write("d/a.md", "# A\n")
    os.symlink("nowhere", case.folder / "d/gone.md")
    os.symlink("loop.md", case.folder / "d/loop.md")
    r = case.fails(1, "show", "d", says=["d/gone.md: error", "d/loop.md: error"])
    assert [d["path"] for d in r.json_lines()] == ["d/a.md"]


def test_pipes_and_devices_are_refused_at_once(case):
    case.write("d/a.md", "# A\n")
    os.mkfifo(case.folder / "d/pipe.md")
    r = case.fails(1, "show", "d/pipe.md", "/dev/null", "d/a.md", says=["d/pipe.md: error", "/dev/null: error", "'-'"])
    assert len(r.json_lines()) == 1
    r = case.run("show", "d")
    assert r.status == 0 and "d/pipe.md: warning" in r.errors, r.errors


def test_files_and_folders_that_may_not_be_read(case):
    if harness.IS_ROOT:
        raise harness.Skip("root may read everything")
    case.write("a.md", "# A\n")
    case.write("secret.md", "# S\n")
    case.write("d/b.md", "# B\n")
    os.chmod(case.folder / "secret.md", 0)
    os.chmod(case.folder / "d", 0)
    r = case.fails(1, "show", "secret.md", "d", "a.md",
                   says=["secret.md: error: permission denied", "d/: error: permission denied"])
    assert len(r.json_lines()) == 1


def test_unreadable_files_for_another_user(case):
    if not harness.IS_ROOT:
        raise harness.Skip("only root may become another user")
    try:  # a checkout in root's own folder is closed to others
        usable = case.run("--version", user="nobody").status == 0
    except PermissionError:
        usable = False
    if not usable:
        raise harness.Skip("another user may not run the program")
    case.write("a.md", "# A\n")
    case.write("secret.md", "# S\n")
    os.chmod(case.folder / "secret.md", 0)
    r = case.fails(1, "show", "secret.md", "a.md", user="nobody", says="secret.md: error: permission denied")
    assert len(r.json_lines()) == 1


def test_include_and_exclude(case):
    for name in ("d/a.md", "d/b.rst", "d/old/c.md", "d/draft-x.md"):
        case.write(name, "x\n")
    assert shown(case, "d", "--exclude", "old", "--exclude=draft-*") == ["d/a.md"]
    assert shown(case, "d", "--include", "*.rst") == ["d/b.rst"]
    assert shown(case, "d", "--include", "old/*", "--include", "*.rst") == ["d/b.rst", "d/old/c.md"]


def test_an_empty_folder_is_no_error(case):
    os.mkdir(case.folder / "empty")
    assert case.ok("show", "empty").out == b""
    assert paths(case, "empty") == []


def test_a_file_that_changes_while_it_is_read(case):
    path = case.write("a.md", "# A\n" + "x\n" * 200000)
    stop = threading.Event()

    def shrink_and_grow():
        while not stop.is_set():
            os.truncate(path, 100)
            os.truncate(path, 400000)

    thread = threading.Thread(target=shrink_and_grow)
    thread.start()
    try:
        for _ in range(5):
            assert case.run("show", "a.md").status == 0
    finally:
        stop.set()
        thread.join()


def test_huge_sparse_files_are_refused(case):
    path = case.write("a.md", "# A\n")
    case.write("b.md", "# B\n")
    os.truncate(path, 1 << 32)
    r = case.fails(1, "show", "a.md", "b.md", says="a.md: error: ")
    assert [d["path"] for d in r.json_lines()] == ["b.md"]


if __name__ == "__main__":
    harness.main()
