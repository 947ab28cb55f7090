"""The cache between runs: an unchanged document is not opened again, and no
run ever gives anything but what an undisturbed one gives."""
import os
import random
import signal
import subprocess
import time

import harness

# Says what it saw of the document, so that a stale result shows.
LOOK = """
options = { word = { type = "string", default = "w" } },
map = function(doc, opts, out)
  print("saw " .. doc.path)
  if doc.title == "bad" then error("a bad document") end
  return { title = doc.title, text = doc:text(), path = doc.path, word = opts.word }
end,
"""


def age(case, folder="d"):
    """Makes every file old: a stamp of the last two seconds is not believed."""
    old = time.time() - 3600
    for base, _, names in os.walk(case.folder / folder):
        for name in names:
            os.utime(os.path.join(base, name), (old, old))


def corpus(case, n=30):
    for i in range(n):
        case.write(f"d/{i % 3}/{i:03}.md", f"# Title {i}\n\nText of {i}.\n")
    case.plugin("look", LOOK, formats='"json"')


def settle():
    """Lets the change time of what was just written grow old."""
    time.sleep(2.1)


def same(r, other):
    assert (r.status, r.out, r.err) == (other.status, other.out, other.err), f"{r.errors}\n{other.errors}"


def opened(case, *args):
    """The documents that the run opens."""
    log = str(case.folder) + ".strace"
    try:
        subprocess.run(["strace", "-f", "-e", "trace=openat,open", "-o", log, harness.QUERN, *args], cwd=case.folder,
                       env=case.environment({}), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, timeout=60, check=False)
        with open(log, encoding="utf-8", errors="replace") as f:
            return [line.split('"')[1] for line in f if '.md"' in line]
    except FileNotFoundError:
        raise harness.Skip("strace is not installed") from None
    finally:
        if os.path.exists(log):
            os.unlink(log)


def swap_unseen(path, old, new):
    """Other content of the same size under the same stamp, as far as a user can: only the change time differs."""
    st = os.stat(path)
    with open(path, "r+b") as f:
        data = f.read().replace(old, new)
        f.seek(0)
        f.write(data)
    os.utime(path, ns=(st.st_atime_ns, st.st_mtime_ns))


def test_a_second_run_opens_no_document(case):
    corpus(case)
    case.write("d/0/bad.md", "# bad\n")
    case.write("d/0/odd.md", b"---\na: [\n---\n# odd \xff\n")
    settle()
    first = case.fails(1, "run", "look", "d", says=["a bad document", "saw d/0/000.md", "d/0/odd.md"])
    assert opened(case, "run", "look", "d") == []
    same(case.run("run", "look", "d"), first)
    same(case.run("run", "look", "d", "-j1", "--no-cache"), first)
    assert len(opened(case, "run", "look", "d", "--no-cache")) == 32
    assert len(opened(case, "run", "look", "d", "--paranoid")) == 32
    # One changed document is the one opened.
    case.write("d/1/004.md", "# Title four\n")
    assert opened(case, "run", "look", "d") == ["d/1/004.md"]
    second = case.run("run", "look", "d")
    assert b"Title four" in second.out
    same(case.run("run", "look", "d", "--no-cache"), second)


def test_a_touched_document_is_read_and_not_mapped(case):
    corpus(case)
    settle()
    first = case.run("run", "look", "d")
    age(case)
    settle()
    assert len(opened(case, "run", "look", "d")) == 30
    same(case.run("run", "look", "d"), first)
    assert opened(case, "run", "look", "d") == []


def test_a_change_that_hides_is_seen(case):
    corpus(case)
    age(case)
    settle()
    case.run("run", "look", "d")
    swap_unseen(case.folder / "d/0/003.md", b"Text of 3", b"Next of 3")
    assert b"Next of 3" in case.run("run", "look", "d").out
    # Within the grain of the clock: written, run, and written again at once, many times.
    for i in range(30):
        case.write("d/0/003.md", f"# Title {i:02}\n")
        assert f"Title {i:02}" in case.run("run", "look", "d/0/003.md").text
        same(case.run("run", "look", "d"), case.run("run", "look", "d", "--no-cache"))


def test_a_moved_clock_gives_nothing_stale(case):
    corpus(case, 6)
    for moment in (time.time() + 86400 * 400, 0, 86400 * 365, time.time() - 1):
        for i in range(2):
            path = case.write("d/0/000.md", f"# At {i}\n\nof {int(moment)}\n")
            os.utime(path, (moment, moment))
            same(case.run("run", "look", "d"), case.run("run", "look", "d", "--no-cache"))


def test_documents_come_go_and_move(case):
    corpus(case)
    age(case)
    settle()
    case.run("run", "look", "d")
    os.unlink(case.folder / "d/0/000.md")
    os.rename(case.folder / "d/1/001.md", case.folder / "d/2/moved.md")
    case.write("d/1/new.md", "# New\n")
    # Two swap places: sizes and times are alike.
    a, b = case.folder / "d/1/013.md", case.folder / "d/1/016.md"
    os.rename(a, case.folder / "d/x")
    os.rename(b, a)
    os.rename(case.folder / "d/x", b)
    same(case.run("run", "look", "d"), case.run("run", "look", "d", "--no-cache"))


def test_the_same_bytes_under_two_paths_are_two_documents(case):
    case.plugin("look", LOOK, formats='"json"')
    for name in "a", "b":
        case.write(f"d/{name}.md", "# Same\n")
    settle()
    for _ in range(2):
        r = case.run("run", "look", "d")
        assert [v["value"]["path"] for v in r.json_lines()] == ["d/a.md", "d/b.md"]
    # As seen: the same file by another way.
    assert [v["value"]["path"] for v in case.run("run", "look", "./d/a.md").json_lines()] == ["./d/a.md"]


def test_plugin_modules_options_and_reading_are_part_of_the_key(case):
    case.plugin("p", """map = function(doc, opts) return { require("m").n, opts.n, opts.to, doc.title, doc.body:render("html") } end,
      options = { n = { type = "integer", default = 1 } },""", formats='"json", "text"')
    case.write("plugins/m.lua", "return { n = 1 }")
    case.write("d/a.md", "# T <i onclick='x'>i</i>\n\n- [x] a | ~~b~~\n")
    age(case)
    settle()

    def check(*args):
        r = case.ok("run", "p", "d", *args)
        assert r.out == case.ok("run", "p", "d", "--no-cache", *args).out
        return r.out

    check()
    seen = {check("-s", "n=2"), check("-t", "text"), check("--from", "commonmark"), check("--unsafe"), check()}
    assert len(seen) == 5, seen
    case.write("plugins/m.lua", "return { n = 2 }")
    assert check() not in seen
    case.write("plugins/p.lua", case.read("plugins/p.lua").replace("doc.title", "doc.path"))
    assert check() not in seen
    # Several plugins are another run than one.
    case.plugin("q", "map = function(doc) return 7 end,", formats='"json"')
    case.ok("run", "p,q", "d", "-o", "out/")
    assert case.read("out/q.json") == '{"path":"d/a.md","value":7}\n'
    case.ok("run", "q,p", "d", "-o", "out2/")
    assert case.read("out2/p.json") == case.read("out/p.json")


def test_a_computed_module_name_is_not_cached(case):
    case.plugin("p", 'map = function(doc) return require("m" .. 1).n end,', formats='"json"')
    case.write("plugins/m1.lua", "return { n = 1 }")
    case.write("d/a.md", "# T\n")
    age(case)
    settle()
    assert b"1}" in case.ok("run", "p", "d").out
    case.write("plugins/m1.lua", "return { n = 2 }")
    assert b"2}" in case.ok("run", "p", "d").out


def test_files_that_map_wrote_are_written_again(case):
    case.plugin("w", 'map = function(doc, opts, out) out:write(doc.title .. ".txt", doc:text()) return 1 end,',
                formats='"json"')
    for i in range(5):
        case.write(f"d/{i}.md", f"# t{i}\n\nText {i}\n")
    age(case)
    settle()
    case.ok("run", "w", "d", "-o", "one/")
    case.ok("run", "w", "d", "-o", "two/")
    assert case.names("one") == case.names("two") and len(case.names("two")) == 6, case.names("two")
    for name in case.names("one"):
        assert case.read("one/" + name) == case.read("two/" + name)
    # Two documents of one name: the same error, cached or not.
    case.write("d/5.md", "# t1\n")
    first = case.run("run", "w", "d", "-o", "three/")
    assert first.status == 1
    again = case.run("run", "w", "d", "-o", "four/")
    assert (again.status, again.errors) == (1, first.errors.replace("three/", "four/"))


def test_limits_are_never_cached(case):
    case.plugin("slow", """map = function(doc)
      if doc.title == "slow" then local n = 0 for i = 1, 3e7 do n = n + i end end
      if doc.title == "big" then return #("x"):rep(3000000) end
      return doc.title end,""", formats='"json"')
    for name in "slow", "big", "fine":
        case.write(f"d/{name}.md", f"# {name}\n")
    age(case)
    settle()
    case.fails(1, "run", "slow", "d", "--time-limit", "0.05", "--memory-limit", "1M", says=["slow.md", "big.md"])
    r = case.ok("run", "slow", "d", "--time-limit", "50")
    assert [v["value"] for v in r.json_lines()] == [3000000, "fine", "slow"]
    # And what came to something is kept, whatever the limits are then.
    assert opened(case, "run", "slow", "d", "--time-limit", "0.05") == []


def test_an_unreadable_document_is_told_each_time_and_found_later(case):
    corpus(case, 6)
    age(case)
    settle()
    if harness.IS_ROOT:
        raise harness.Skip("root can read everything")
    os.chmod(case.folder / "d/0/000.md", 0)
    first = case.fails(1, "run", "look", "d", says="d/0/000.md: error: permission denied")
    same(case.run("run", "look", "d"), first)
    os.chmod(case.folder / "d/0/000.md", 0o644)
    assert b"Title 0" in case.run("run", "look", "d").out


def test_info_clear_and_prune(case):
    corpus(case)
    assert "there is none yet" in case.ok("cache").text
    case.ok("cache", "clear")
    case.ok("cache", "prune")
    case.run("run", "look", "d")
    case.run("run", "look", "d/0", "-s", "word=x")
    path = str(case.folder) + ".cache/quern/cache.db"
    info = case.ok("cache", "info").text
    assert path in info and "40 documents of 2 different runs" in info, info
    case.ok("cache", "prune")
    assert "40 documents" in case.ok("cache", "info").text
    case.ok("cache", "clear")
    assert not os.path.exists(path) and "there is none yet" in case.ok("cache", "info").text
    case.run("run", "look", "d", "--cache", "elsewhere")
    assert case.exists("elsewhere/cache.db") and not os.path.exists(path)
    assert "30 documents of 1 " in case.ok("cache", "info", "--cache", "elsewhere").text
    case.run("run", "look", "d", "--no-cache")
    assert not os.path.exists(path)
    case.fails(2, "cache", "nonsense", says="info, clear or prune")
    assert os.stat(case.folder / "elsewhere").st_mode & 0o77 == 0


def test_a_killed_run_is_gone_on_with(case):
    case.plugin("spin", """map = function(doc) local n = 0 for i = 1, 2e5 do n = n + i % 7 end return doc.title .. n end,""",
                formats='"json"')
    for i in range(400):
        case.write(f"d/{i:03}.md", f"# Title {i}\n")
    age(case)
    settle()
    wanted = case.ok("run", "spin", "d", "--no-cache").out
    for number in signal.SIGKILL, signal.SIGTERM, signal.SIGINT:
        p = case.start("run", "spin", "d", "-j2")
        time.sleep(0.3)
        p.send_signal(number)
        p.communicate()
    assert case.ok("run", "spin", "d").out == wanted
    # What was done before SIGTERM was kept.
    assert opened(case, "run", "spin", "d") == []


def test_two_runs_at_once(case):
    corpus(case, 300)
    age(case)
    settle()
    wanted = case.run("run", "look", "d", "--no-cache")
    for _ in range(3):
        runs = [case.start("run", "look", "d", "-j2", *more) for more in ([], [], ["--paranoid"])]
        for p in runs:
            out, err = p.communicate(timeout=60)
            assert (p.returncode, out, err) == (0, wanted.out, wanted.err), err[-500:]


def test_a_broken_cache_costs_one_warning(case):
    corpus(case)
    age(case)
    settle()
    wanted = case.run("run", "look", "d")
    path = str(case.folder) + ".cache/quern/cache.db"
    with open(path, "rb") as f:
        whole = f.read()
    pick = random.Random(3)
    for at in [*range(0, len(whole), 4096), *(pick.randrange(len(whole)) for _ in range(20))]:
        damaged = bytearray(whole)
        damaged[at] ^= 0x55
        for content in whole[:at], bytes(damaged), b"text " * 40:
            with open(path, "wb") as f:
                f.write(content)
            r = case.run("run", "look", "d")
            warnings = [line for line in r.errors.splitlines() if "cache.db" in line]
            assert len(warnings) <= 1 and (r.status, r.out) == (0, wanted.out), r.errors
            assert [line for line in r.errors.splitlines() if line not in warnings] == wanted.errors.splitlines()
    same(case.run("run", "look", "d"), wanted)


def test_without_a_home_there_is_no_cache(case):
    corpus(case, 3)
    for env in {"XDG_CACHE_HOME": "", "HOME": ""}, {"XDG_CACHE_HOME": "relative", "HOME": ""}:
        assert case.run("run", "look", "d", env=env).status == 0
    assert case.names() == ["d", "plugins"]


if __name__ == "__main__":
    harness.main()
