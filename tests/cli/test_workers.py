"""Worker processes: the same bytes for any number of them, whatever dies."""
import os
import random
import signal
import time

import harness
from processes import SUM, children_of, kill, running, spent, wait_until

# Lists through a render, and takes as long as the document says.
SPIN = """
map = function(doc, opts, out)
  local n = 0
  for i = 1, (doc.meta and doc.meta.spin or 0) * 1000 do n = n + i % 7 end
  return { title = doc.title, n = n }
end,
render = function(results, opts, out)
  local lines = {}
  for path, value in results:each() do lines[#lines + 1] = path .. " " .. value.title .. " " .. value.n end
  return table.concat(lines, "\\n") .. "\\n"
end,
"""


def documents(case, n, spin=0, seed=1):
    pick = random.Random(seed)
    for i in range(n):
        case.write(f"d/{i % 7}/{i:04}.md", f"---\nspin: {pick.choice([0, 0, 0, spin])}\n---\n# Title {i}\n\nText.\n")


def test_any_number_of_workers_gives_the_same_bytes(case):
    case.plugin("spin", SPIN, formats='"text"')
    documents(case, 400, spin=20)
    wanted = case.ok("run", "spin", "d", "-j1").out
    assert wanted.count(b"\n") == 400
    for jobs in "2", "3", "16":
        assert case.ok("run", "spin", "d", "-j", jobs, "--no-cache").out == wanted
    assert case.ok("run", "spin", "d").out == wanted


def test_findings_come_in_document_order(case):
    case.plugin("odd", """map = function(doc)
      if doc.path:find("3%.md$") then error("three") end
      print("at " .. doc.path)
      return 1
    end,""", formats='"json"')
    documents(case, 60, spin=10)
    one = case.fails(1, "run", "odd", "d", "-j1", says="three")
    many = case.fails(1, "run", "odd", "d", "-j4", "--no-cache", says="three")
    cached = case.fails(1, "run", "odd", "d", "-j4", says="three")
    assert one.err == many.err == cached.err and one.out == many.out == cached.out


def test_a_reduce_over_more_than_memory_holds(case):
    case.plugin("sum", SUM, formats='"text"')
    documents(case, 1500)
    for jobs in "1", "3":
        assert case.ok("run", "sum", "d", "-j", jobs, "--no-cache").text == "1500 d/0/0000.md d/6/1497.md\n"


def test_workers_killed_at_random_change_nothing(case):
    # A bounded number: on a slow machine nothing would ever get done between two kills.
    case.plugin("spin", SPIN, formats='"text"')
    case.plugin("sum", SUM, formats='"text"')
    documents(case, 600, spin=600)
    pick = random.Random(5)
    for plugin in "spin", "sum":
        wanted = case.ok("run", plugin, "d", "-j2").out
        p, kills = case.start("run", plugin, "d", "-j3", "--no-cache"), 0
        while p.poll() is None:
            workers = children_of(p.pid)
            kills += kills < 40 and bool(workers) and kill(pick.choice(workers))
            time.sleep(pick.uniform(0.01, 0.06))
        out, err = p.communicate()
        assert (p.returncode, out) == (0, wanted), (p.returncode, kills, err[-300:])
        assert kills > 2, kills


def test_a_document_that_kills_its_worker_costs_itself_alone(case):
    case.plugin("spin", SPIN, formats='"text"')
    documents(case, 40)
    case.write("d/3/slow.md", "---\nspin: 2000000\n---\n# Slow\n")
    p = case.start("run", "spin", "d", "-j1", "--time-limit", "60")
    for _ in range(6):
        worker = wait_until(lambda: children_of(p.pid))[0]
        # It has come to the slow one when it uses the processor for longer than all the others need.
        wait_until(lambda: spent(worker) > 0.3)
        kill(worker)
        wait_until(lambda: worker not in children_of(p.pid))
    out, err = p.communicate(timeout=60)
    assert p.returncode == 1, err
    assert b"d/3/slow.md: error: the worker process did not survive this document: it was killed (signal 9)" in err, err
    assert out.count(b"\n") == 40 and b"Slow" not in out


def test_time_and_memory_limits_cost_one_document(case):
    case.plugin("hog", """map = function(doc)
      if doc.title == "loop" then while true do end end
      if doc.title == "big" then local t = {} while true do t[#t + 1] = ("x"):rep(1000) .. #t end end
      return doc.title
    end,""", formats='"json"')
    for name in "a", "loop", "b", "big", "c":
        case.write(f"d/{name}.md", f"# {name}\n")
    r = case.fails(1, "run", "hog", "d", "-j2", "--time-limit", "0.3", "--memory-limit", "8M",
                   says=["hog.lua:3", "d/loop.md", "d/big.md"])
    assert [v["value"] for v in r.json_lines()] == ["a", "b", "c"]


def test_signals_stop_cleanly(case):
    case.plugin("spin", SPIN, formats='"text"')
    documents(case, 100, spin=20000)
    case.write("out.txt", "old")
    for number in signal.SIGINT, signal.SIGTERM:
        p = case.start("run", "spin", "d", "-j2", "-o", "out.txt", env={"TMPDIR": str(case.folder)})
        workers = wait_until(lambda: len(children_of(p.pid)) == 2 and children_of(p.pid))
        p.send_signal(number)
        out, err = p.communicate(timeout=20)
        assert (p.returncode, out) == (128 + number, b""), (p.returncode, err)
        assert case.read("out.txt") == "old"
        assert case.names() == ["d", "out.txt", "plugins"]
        wait_until(lambda: not any(os.path.exists(f"/proc/{w}") for w in workers))


def test_workers_die_with_their_parent(case):
    case.plugin("spin", SPIN, formats='"text"')
    documents(case, 100, spin=20000)
    p = case.start("run", "spin", "d", "-j2")
    workers = wait_until(lambda: len(children_of(p.pid)) == 2 and children_of(p.pid))
    kill(p.pid)
    p.communicate(timeout=20)
    wait_until(lambda: not any(running(w) for w in workers))


def test_a_reader_that_leaves_ends_the_run(case):
    case.plugin("spin", SPIN, formats='"text"')
    documents(case, 300)
    read, write = os.pipe()
    os.close(read)
    case.fails(3, "run", "spin", "d", stdout=write, says="error")
    os.close(write)


def test_a_plugin_that_does_not_load_is_told_once(case):
    case.write("plugins/bad.lua", "return {")
    documents(case, 20)
    r = case.fails(2, "run", "bad", "d", "-j4", says="plugins/bad.lua:1")
    assert r.errors.count("error:") == 1, r.errors


if __name__ == "__main__":
    harness.main()
