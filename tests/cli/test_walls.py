"""The wall around workers: they are confined before a plugin runs, and all
that a run needs of the file system reaches them all the same.
"""
import json
import os
import resource
import shutil
import subprocess
import time

import harness
from processes import SUM, children_of, wait_until

TITLES = """
map = function(doc) return doc.title end,
render = function(results)
  local t = {}
  for path, value in results:each() do t[#t + 1] = path .. ":" .. tostring(value) end
  return table.concat(t, "\\n") .. "\\n"
end,
"""
SLOW = "for i = 1, 1e8 do end error('over')"


def status_of(pid):
    with open(f"/proc/{pid}/status") as f:
        return dict(line.rstrip("\n").split(":\t", 1) for line in f if ":\t" in line)


def limits_of(pid):
    with open(f"/proc/{pid}/limits") as f:
        return {line[:25].strip(): line[26:46].strip() for line in f}


def worker_of(p):
    def confined():
        for child in children_of(p.pid):
            try:
                if status_of(child).get("Seccomp") == "2":
                    return child
            except OSError:
                continue
        return None
    return wait_until(confined)


def test_a_worker_is_confined(case):
    case.plugin("sum", SUM, formats='"text"')
    case.write("d/a.md", "---\nspin: 300000\n---\n# a\n")
    p = case.start("run", "sum", "d", "-j1", "--no-cache", "--time-limit", "100")
    try:
        worker = worker_of(p)
        time.sleep(0.2)
        status, limits = status_of(worker), limits_of(worker)
    finally:
        p.kill()
        p.wait()
    assert status["NoNewPrivs"] == "1" and status["Seccomp"] == "2", status
    assert limits["Max open files"] == "300" and limits["Max core file size"] == "0", limits
    assert limits["Max cpu time"] != "unlimited", limits
    assert limits["Max address space"] != "unlimited" or "asan" in harness.QUERN, limits


ENDLESS = """#include <string.h>
int strcoll(const char *a, const char *b)
{
	for (volatile unsigned long n = 0; strcmp(a, "stuck") == 0 && n < 60000000000; n++)
		;
	return strcmp(a, b);
}
"""


def test_what_no_hook_can_end_ends_the_worker(case):
    """Lua compares strings by strcoll, in one step, which here takes minutes."""
    if "asan" in harness.QUERN or "tsan" in harness.QUERN or not shutil.which("cc"):
        raise harness.Skip("needs a compiler and a program without sanitizers")
    case.write("endless.c", ENDLESS)
    library = os.path.join(case.folder, "endless.so")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "endless.c", "-o", library], cwd=case.folder, check=True)
    case.plugin("stuck", """map = function(doc)
  return doc.title ~= "stuck" and doc.title or doc.title < "z"
end""", formats='"json"')
    for name, title in (("a", "Good"), ("b", "stuck"), ("c", "Good")):
        case.write(f"docs/{name}.md", f"# {title}\n")
    before = os.times()
    r = case.run("run", "stuck", "docs", "--no-cache", "--time-limit", "0.2", "--diagnostics", "json",
                 env={"LD_PRELOAD": library})
    after = os.times()
    assert r.status == 1, r.errors
    assert [line["path"] for line in r.json_lines()] == ["docs/a.md", "docs/c.md"]
    error, = map(json.loads, r.errors.splitlines())
    assert (error["code"], error["path"]) == ("timeout", "docs/b.md"), error
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    assert spent < 4, f"{spent} seconds"


def test_a_manifest_is_read_in_a_confined_process(case):
    case.write("plugins/a_slow.lua", SLOW)
    p = case.start("list")
    try:
        assert status_of(worker_of(p))["NoNewPrivs"] == "1"
    finally:
        out, err = p.communicate(timeout=60)
    assert p.returncode == 1 and b"a_slow.lua:1: error: over" in err and b"speakers - " in out, err


def test_documents_anywhere(case):
    """Files of a list, links that lead out of the folder, links to links, names with a newline."""
    case.plugin("titles", TITLES, formats='"text"')
    case.write("elsewhere/far/z.md", "# far\n")
    case.write("elsewhere/y.md", "# near\n")
    case.write("d/new\nline.md", "# new\n")
    os.symlink("../elsewhere/y.md", case.folder / "d/link.md")
    os.symlink("link.md", case.folder / "d/link2.md")
    os.symlink("../elsewhere/far", case.folder / "d/more")
    assert case.ok("run", "titles", "d").text == "d/link.md:near\nd/more/z.md:far\nd/new\nline.md:new\n"
    case.write("list", f"{case.folder}/elsewhere/y.md\nd/more/z.md\n")
    r = case.ok("run", "titles", "--files-from", "list", "--no-cache")
    assert r.text == f"{case.folder}/elsewhere/y.md:near\nd/more/z.md:far\n"


def test_documents_that_cannot_be_read_are_told(case):
    case.plugin("titles", TITLES, formats='"text"')
    case.write("d/a.md", "# a\n")
    case.write("d/b.md")
    with open(case.folder / "d/huge.md", "wb") as f:
        f.truncate(1 << 32)
    r = case.run("run", "titles", "d")
    assert r.status == 1 and r.text == "d/a.md:a\nd/b.md:\n", (r.text, r.errors)
    assert r.errors == "d/huge.md: error: the file is too large\n"


def test_modules_named_as_they_run(case):
    """A name that no text has, and require under another name, in map and in render."""
    for kind, chunk in ("expression", "require('lib.' .. doc.title)"), ("alias", "(function(r) return r('lib.' .. doc.title) end)(require)"), \
            ("globals", "_G['re' .. 'quire']('lib.' .. doc.title)"), ("load", "load('return require \"lib.' .. doc.title .. '\"')()"):
        case.plugin(kind, f"map = function(doc) return {chunk} end, "
                    "render = function(r) local t = {} for _, v in r:each() do t[#t + 1] = v end "
                    "return table.concat(t, ' ') .. (require 'lib.last') end,", formats='"text"')
    case.write("plugins/lib/one.lua", "return 'first'")
    case.write("plugins/lib/deep/two.lua", "return 'second'")
    case.write("plugins/lib/last.lua", "return '!\\n'")
    case.write("d/a.md", "# one\n")
    case.write("d/b.md", "# deep.two\n")
    for kind in "expression", "alias", "globals", "load":
        assert case.ok("run", kind, "d").text == "first second!\n", kind


def test_a_module_outside_of_the_path_is_denied(case):
    case.write("secret.lua", "return 'secret'")
    case.plugin("p", "map = function() return require 'lib.s' end,")
    case.write("plugins/lib/x.lua", "")
    os.symlink("../../secret.lua", case.folder / "plugins/lib/s.lua")
    case.write("a.md", "# a\n")
    r = case.run("run", "p", "a.md")
    assert r.status == 1 and "is a link that leaves the plugin path" in r.errors, r.errors


def test_encodings_are_there_when_a_document_needs_them(case):
    """iconv's modules are files: a worker gets them by being started anew."""
    case.plugin("titles", TITLES, formats='"text"')
    words = {"windows-1251": "Встреча", "shift_jis": "会議", "euc-kr": "모임", "iso-8859-7": "Συνάντηση", "cp737": "Συνάντηση",
             "no-such-name": "plain"}
    for i in range(60):
        case.write(f"d/{i:03}.md", f"# plain {i}\n")
    for name, word in words.items():
        python = {"no-such-name": "latin-1"}.get(name, name)
        page = f"<html><head><meta charset={name}><title>{word}</title></head><body><p>{word}</p></body></html>"
        case.write(f"d/{name}.html", page.encode(python) + (b"\xe9" if name == "no-such-name" else b""))
    for jobs in "1", "3":
        r = case.run("run", "titles", "d", "-j", jobs, "--no-cache")
        assert r.status == 0 and r.errors.count("warning: not UTF-8") == 1 == r.errors.count("\n") - 1, r.errors
        for name, word in words.items():
            assert f"d/{name}.html:{word}\n" in r.text, (name, r.text, r.errors)
        assert r.text.count("plain") == 61 and r.text.count("\n") == 66
    page = "<html><head><meta charset=windows-1251><title>Встреча</title></head></html>".encode("windows-1251")
    assert case.ok("run", "titles", "-", stdin=page).text == "-:Встреча\n"
    case.write("k.txt", "모임\n".encode("euc-kr"))
    assert case.ok("run", "titles", "--encoding", "euc-kr", "k.txt").text == "k.txt:모임\n"
    r = case.run("run", "titles", "--encoding", "no-such", "k.txt")
    assert r.status == 2 and "unknown encoding 'no-such'" in r.errors


def test_values_in_files(case):
    case.plugin("p", "options = { v = { type = 'string' } }, map = function(doc, opts) return opts.v end,")
    case.write("v.txt", "value\n")
    case.write("a.md", "# a\n")
    assert case.ok("run", "p", "-s", "v=@v.txt", "a.md").json_lines()[0]["value"] == "value\n"
    r = case.run("run", "p", "-s", "v=@missing.txt", "a.md")
    assert r.status == 2 and r.errors.startswith("missing.txt: error: no such file or directory"), r.errors


def test_few_descriptors_are_enough(case):
    case.plugin("titles", TITLES, formats='"text"')
    for i in range(700):
        case.write(f"d/{i:03}.md", f"# t{i}\n")
    wanted = case.ok("run", "titles", "d", "--no-cache").out
    for most in 24, 64:
        r = case.run("run", "titles", "d", "-j3", "--no-cache",
                     preexec_fn=lambda n=most: resource.setrlimit(resource.RLIMIT_NOFILE, (n, n)))
        assert r.status == 0 and r.out == wanted, (most, r.errors)


if __name__ == "__main__":
    harness.main()
