"""What goes wrong while documents are run: workers and parents killed, disks
full, documents that vanish.  The output is the undisturbed one, or an error
says what it lacks; nothing is left behind.

Samples by default; QUERN_TEST_LONG=1 does it all.
"""
import contextlib
import os
import random
import signal
import subprocess
import time

import harness
from processes import SUM, children_of, kill, running, wait_until

LONG = bool(os.environ.get("QUERN_TEST_LONG"))

# Writes a file a document, gives a value, and renders all of them.
WRITE = """
map = function(doc, opts, out)
  local n = 0
  for i = 1, (doc.meta and doc.meta.spin or 0) * 1000 do n = n + i % 7 end
  out:write("pages/" .. doc.title .. ".txt", ("text of " .. doc.title .. "\\n"):rep(40))
  return { title = doc.title, n = n, text = doc:text() }
end,
render = function(results, opts, out)
  local lines = {}
  for path, value in results:each() do lines[#lines + 1] = path .. " " .. value.title .. " " .. value.n end
  return table.concat(lines, "\\n") .. "\\n"
end,
"""


def documents(case, n, spin, seed=1):
    case.plugin("write", WRITE, formats='"text"')
    case.plugin("sum", SUM, formats='"text"')
    pick = random.Random(seed)
    for i in range(n):
        case.write(f"d/{i % 7}/{i:04}.md", f"---\nspin: {pick.choice([0, 0, spin])}\n---\n# Title {i}\n\nText {i}.\n")


def tree(case, name):
    """Every file below a folder and its content."""
    found = {}
    for base, _, names in os.walk(case.folder / name):
        for n in names:
            path = os.path.join(base, n)
            with open(path, "rb") as f:
                found[os.path.relpath(path, case.folder / name)] = f.read()
    return found


@contextlib.contextmanager
def small_disk(case, name, size="256k"):
    if not harness.IS_ROOT:
        raise harness.Skip("only root can mount a small disk")
    path = case.folder / name
    os.makedirs(path, exist_ok=True)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", path], stderr=subprocess.DEVNULL,
                      check=False).returncode != 0:
        raise harness.Skip("no tmpfs can be mounted here")
    try:
        yield path
    finally:
        subprocess.run(["umount", "-l", path], check=False)


def test_workers_killed_two_hundred_times(case):
    kills_wanted = 200 if LONG else 60
    documents(case, 6000 if LONG else 2000, 400)
    for plugin in ("write", "sum") if LONG else ("write",):
        pick = random.Random(7)
        case.ok("run", plugin, "d", "--no-cache", "-o", "wanted-" + plugin + "/")
        p = case.start("run", plugin, "d", "-j2", "--no-cache", "-o", plugin + "/")
        kills = 0
        while p.poll() is None:
            workers = children_of(p.pid)
            kills += kills < kills_wanted and bool(workers) and kill(pick.choice(workers), pick.choice(
                [signal.SIGKILL, signal.SIGKILL, signal.SIGTERM]))
            # At times faster than any worker can be set up.
            time.sleep(pick.choice([0.002, 0.02, 0.06]))
        out, err = p.communicate()
        assert (p.returncode, err) == (0, b""), (p.returncode, kills, err[-300:])
        assert kills > kills_wanted / 3, kills
        assert tree(case, plugin) == tree(case, "wanted-" + plugin)


def test_parents_killed_at_random_leave_nothing_half(case):
    documents(case, 300, 100)
    tmp = case.folder / "tmp"
    os.makedirs(tmp)
    case.ok("run", "write", "d", "--no-cache", "-o", "wanted/")
    wanted, pick = tree(case, "wanted"), random.Random(11)
    for i in range(50 if LONG else 8):
        p = case.start("run", "write", "d", "-j2", "-o", "out/", env={"TMPDIR": str(tmp)})
        time.sleep(pick.uniform(0, 0.25))
        workers = children_of(p.pid)
        kill(p.pid, pick.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM]))
        p.communicate(timeout=20)
        wait_until(lambda gone=workers: not any(running(w) for w in gone))
        # What is there under its name is whole.
        for name, content in tree(case, "out").items() if case.exists("out") else []:
            assert os.path.basename(name).startswith(".quern-") or content == wanted[name], name
        assert os.listdir(tmp) == []
        if i % 4 == 3:
            case.run("cache", "clear")
    case.ok("run", "write", "d", "-o", "out/")
    found = {name: content for name, content in tree(case, "out").items() if not os.path.basename(name).startswith(".")}
    assert found == wanted
    case.ok("run", "write", "d", "-o", "again/")
    assert tree(case, "again") == wanted


def test_a_full_disk_for_output(case):
    documents(case, 400, 0)
    with small_disk(case, "small"):
        r = case.fails(3, "run", "write", "d", "-o", "small/out/", says="No space left")
        assert r.errors.count("error:") == 1 and "cache" not in r.errors, r.errors
        case.ok("run", "write", "d", "--no-cache", "-o", "wanted/")
        wanted = tree(case, "wanted")
        for name, content in tree(case, "small/out").items():
            assert content == wanted[name], name
    case.ok("run", "write", "d", "-o", "out/")
    assert tree(case, "out") == wanted


def test_a_full_disk_for_temporary_files(case):
    documents(case, 1200, 0)
    wanted = case.ok("run", "sum", "d", "--no-cache").out
    with small_disk(case, "small") as small:
        r = case.run("run", "sum", "d", "--no-cache", env={"TMPDIR": str(small)})
        assert r.status == 3 and "TMPDIR" in r.errors, r.errors
        assert os.listdir(small) == []
    assert case.ok("run", "sum", "d", env={"TMPDIR": str(case.folder / "nowhere")}).out == wanted


def test_a_full_disk_for_the_cache(case):
    documents(case, 1200, 0)
    wanted = case.ok("run", "sum", "d", "--no-cache").out
    with small_disk(case, "small"):
        for _ in range(2):
            r = case.run("run", "sum", "d", "--cache", "small/c")
            assert (r.status, r.out) == (0, wanted), r.errors
            assert r.errors.count("no space left for the cache") == 1 and r.errors.count("\n") <= 2, r.errors
    r = case.ok("run", "sum", "d", "--cache", "small/c")
    assert r.out == wanted


def test_output_that_is_closed(case):
    documents(case, 50, 0)
    read, write = os.pipe()
    os.close(read)
    case.fails(3, "run", "sum", "d", stdout=write, says="error")
    os.close(write)
    full = os.open("/dev/full", os.O_WRONLY)
    case.fails(3, "run", "sum", "d", stdout=full, says="No space left")
    os.close(full)


def test_documents_that_vanish(case):
    documents(case, 300, 200)
    for i in range(6):
        case.write(f"d/0/zz{i}.md", "# Gone\n")
    case.write("d/0/00.md", "---\nspin: 60000\n---\n# Slow\n")
    p = case.start("run", "sum", "d", "-j1", "--no-cache")
    wait_until(lambda: children_of(p.pid))
    time.sleep(0.1)
    for i in range(6):
        os.unlink(case.folder / f"d/0/zz{i}.md")
    out, err = p.communicate(timeout=60)
    assert p.returncode == 1 and out == b"301 d/0/00.md d/6/0293.md\n", (out, err)
    assert err.count(b"no such file") == 6 and err.count(b"error:") == 6, err


def test_a_worker_that_is_stopped_for_a_while(case):
    documents(case, 300, 300)
    wanted = case.ok("run", "sum", "d", "--no-cache").out
    p = case.start("run", "sum", "d", "-j2", "--no-cache")
    worker = wait_until(lambda: children_of(p.pid))[0]
    kill(worker, signal.SIGSTOP)
    time.sleep(1)
    assert p.poll() is None
    kill(worker, signal.SIGCONT)
    assert p.communicate(timeout=60) == (wanted, b"") and p.returncode == 0
    # And one that never goes on does not keep a signal from ending the run.
    p = case.start("run", "sum", "d", "-j2", "--no-cache")
    worker = wait_until(lambda: children_of(p.pid))[0]
    kill(worker, signal.SIGSTOP)
    p.send_signal(signal.SIGTERM)
    p.communicate(timeout=20)
    assert p.returncode == 128 + signal.SIGTERM
    wait_until(lambda: not running(worker))


def test_a_plugin_that_takes_all_memory_costs_one_document(case):
    if b"__asan_init" in open(harness.QUERN, "rb").read():
        raise harness.Skip("the sanitizers' build has no bound on address space")
    case.plugin("hog", """map = function(doc)
      if doc.title ~= "hog" then return doc.title end
      local keep = {}
      for i = 1, 1e9 do keep[i] = quern.parse(("# a *b*\\n\\n"):rep(200000), "markdown") end
    end,""", formats='"json"')
    for name in "a", "hog", "z":
        case.write(f"d/{name}.md", f"# {name}\n")
    r = case.run("run", "hog", "d", "-j2", "--time-limit", "100", timeout=120)
    assert [v["value"] for v in r.json_lines()] == ["a", "z"] and r.status == 1, r.errors
    assert r.errors.count("error:") == 1 and "d/hog.md" in r.errors, r.errors


def test_standard_input_is_read_once_or_told(case):
    case.plugin("spin", SUM, formats='"text"')
    p = subprocess.Popen([harness.QUERN, "run", "spin", "-", "--no-cache"], cwd=case.folder,
                         env=case.environment({}), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE)
    p.stdin.write(b"---\nspin: 10\n---\n# half")
    p.stdin.flush()
    worker = wait_until(lambda: children_of(p.pid))[0]
    time.sleep(0.3)
    kill(worker)
    out, err = p.communicate(b" and half\n", timeout=60)
    assert p.returncode == 1 and b"standard input can be read only once" in err, (out, err)


def test_a_plugin_that_changes_while_it_runs(case):
    """It is read once: the run ends as it began."""
    documents(case, 400, 2000)
    p = case.start("run", "sum", "d", "-j1", "--no-cache")
    worker = wait_until(lambda: children_of(p.pid))[0]
    time.sleep(0.2)
    case.plugin("sum", SUM.replace("n = 1", "n = 5"), formats='"text"')
    kill(worker)
    out, err = p.communicate(timeout=60)
    assert p.returncode == 0 and out == b"400 d/0/0000.md d/6/0398.md\n" and err == b"", (out, err)


if __name__ == "__main__":
    harness.main()
