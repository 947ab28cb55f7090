"""What a person sees while documents are run: progress, totals, figures, and
runs that follow changes."""
import json
import os
import pty
import select
import signal
import time

import harness
from processes import wait_until

MAP = "map = function(doc) if doc.title == 'bad' then error('bad') end return doc.title end,"


def on_terminal(case, *args):
    """What the program writes to standard error when that is a terminal."""
    parent, child = pty.openpty()
    p = harness.subprocess.Popen([harness.QUERN, *args], cwd=case.folder, env=case.environment({}),
                                 stdin=harness.subprocess.DEVNULL, stdout=harness.subprocess.DEVNULL, stderr=child)
    os.close(child)
    seen = b""
    while True:
        select.select([parent], [], [], 30)
        try:
            piece = os.read(parent, 65536)
        except OSError:
            break
        if not piece:
            break
        seen += piece
    os.close(parent)
    p.wait()
    return seen.decode()


def test_progress_and_totals_on_a_terminal(case):
    case.plugin("p", "map = function(doc) local n = 0 for i = 1, 3e6 do n = n + i % 7 end "
                "if doc.title == 'bad' then error('bad') end return n end,", formats='"json"')
    for i in range(40):
        case.write(f"d/{i:02}.md", "# bad\n" if i == 3 else f"# Title {i}\n")
    seen = on_terminal(case, "run", "p", "d", "-j1")
    assert "/40 documents, 1 failed, " in seen and "/s, " in seen and " left" in seen, seen
    last = seen.replace("\r", "\n").strip().splitlines()[-1]
    assert "40 documents, 1 failed, " in last and last.endswith(" s"), last
    for line in seen.replace("\r", "\n").splitlines():
        assert "documents" not in line or len(line.replace("\x1b[K", "")) < 80, line
    time.sleep(2.1)
    case.run("run", "p", "d")
    assert "40 documents, 1 failed, 40 cached, " in on_terminal(case, "run", "p", "d")
    assert "documents" not in case.run("run", "p", "d").errors


def test_figures(case):
    case.plugin("p", MAP, formats='"json"')
    case.plugin("q", """map = function(doc) local n = 0 if doc.title == "slow" then for i = 1, 1e7 do n = n + i end end
      return n end,""", formats='"json"')
    for name in "a", "bad", "c", "slow":
        case.write(f"d/{name}.md", f"# {name}\n")
    r = case.fails(1, "run", "p,q", "d", "missing", "-o", "out/", "--stats", "json")
    s = json.loads(r.errors.splitlines()[-1])
    assert (s["documents"], s["failed"], s["cached"]) == (4, 2, 0), s
    assert s["failed_paths"] == ["d/bad.md", "missing"], s
    assert s["slowest"][0]["path"] == "d/slow.md" and len(s["slowest"]) == 4, s
    assert [p["name"] for p in s["plugins"]] == ["p", "q"]
    assert s["plugins"][1]["map"] > s["plugins"][0]["map"] > 0, s
    assert abs(sum(p["map"] for p in s["plugins"]) - s["stages"]["map"]) < 1e-5 and s["stages"]["load"] > 0, s
    time.sleep(2.1)
    case.run("run", "p,q", "d", "-o", "out/")
    r = case.fails(1, "run", "p,q", "d", "-o", "out/", "--stats", "json=figures.json")
    s = json.loads(case.read("figures.json"))
    assert (s["documents"], s["failed"], s["cached"], s["stages"]["map"]) == (4, 1, 4, 0), s
    assert s["failed_paths"] == ["d/bad.md"] and '"documents"' not in r.errors
    # The list can be fed back.
    case.write("d/bad.md", "# good\n")
    assert case.ok("run", "p", *s["failed_paths"]).json_lines()[0]["value"] == "good"
    case.fails(2, "run", "p", "d", "--stats", "xml", says="json")
    case.fails(3, "run", "p", "d", "--stats", "json=/dev/full", says="No space left")


def lines_of(case, name):
    return case.read(name).splitlines() if case.exists(name) else []


def test_a_change_leads_to_another_run(case):
    case.plugin("p", """map = function(doc) if doc.title == "bad" then error("bad") end return doc.title end,
      render = function(results) local t = {} for _, v in results:each() do t[#t + 1] = v end
      return table.concat(t, "\\n") .. "\\n" end,""", formats='"text"')
    for i in range(50):
        case.write(f"d/{i:02}.md", f"# Title {i}\n")
    p = case.start("run", "p", "d", "--watch", "-o", "out.txt")
    took = []

    def after(change, wanted):
        begin = time.monotonic()
        change()
        wait_until(lambda: wanted(lines_of(case, "out.txt")))
        took.append(time.monotonic() - begin)

    try:
        after(lambda: None, lambda t: len(t) == 50)
        time.sleep(0.3)
        after(lambda: case.write("d/07.md", "# Other\n"), lambda t: t[7:8] == ["Other"])
        after(lambda: case.write("d/sub/new.md", "# New\n"), lambda t: t[-1:] == ["New"])
        time.sleep(0.2)
        after(lambda: case.write("d/sub/two.md", "# Two\n"), lambda t: t[-1:] == ["Two"])
        after(lambda: os.unlink(case.folder / "d/sub/two.md"), lambda t: t[-1:] == ["New"])
        # Errors end no watch: of a document, of the plugin itself.
        after(lambda: case.write("d/08.md", "# bad\n"), lambda t: "Title 8" not in t and len(t) == 50)
        case.write("plugins/p.lua", "return {")
        time.sleep(0.3)
        assert p.poll() is None
        after(lambda: case.plugin("p", 'map = function(doc) return 1 end, render = function(r) return "fixed\\n" end,',
                                  formats='"text"'), lambda t: t == ["fixed"])
        assert sorted(took)[len(took) // 2] < 1, took
        # What the run writes leads to no run.
        used = cpu(p.pid)
        time.sleep(0.5)
        assert cpu(p.pid) - used < 0.05
    finally:
        p.send_signal(signal.SIGINT)
        out, err = p.communicate(timeout=20)
    assert p.returncode == 130 and out == b"" and b"bad" in err and b"p.lua:1" in err, err


def test_only_what_changed_is_run_again(case):
    case.plugin("p", """map = function(doc) return doc.title end, reduce = function(a, b) return #a > #b and a or b end,
      render = function(longest) return longest end,""", formats='"text"')
    n = 1000
    for i in range(n):
        case.write(f"d/{i % 10}/{i}.md", f"# Title {i}\n\nText.\n")
    time.sleep(2.1)
    case.ok("run", "p", "d", "-o", "out.txt")
    p = case.start("run", "p", "d", "--watch", "-o", "out.txt", "--stats", "json")
    try:
        time.sleep(0.7)
        for i in range(10):
            text = "x" * (50 + i)
            case.write(f"d/{i}/{i}.md", f"# {text}\n")
            wait_until(lambda: case.read("out.txt") == text)
    finally:
        p.send_signal(signal.SIGINT)
        _, err = p.communicate(timeout=20)
    runs = [json.loads(line) for line in err.decode().splitlines() if line.startswith("{")]
    # What was written a moment ago is looked at again, for its time stamp says nothing yet; it is not mapped.
    assert len(runs) >= 10 and {r["documents"] for r in runs} == {n}, len(runs)
    assert all(r["cached"] >= n - 1 for r in runs[1:]), [r["cached"] for r in runs]


def cpu(pid):
    with open(f"/proc/{pid}/stat", "rb") as f:
        fields = f.read().rsplit(b")", 1)[1].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def test_what_cannot_be_watched_is_told(case):
    case.plugin("p", MAP, formats='"json"')
    case.write("d/a.md", "# a\n")
    case.fails(2, "run", "p", "-", "--watch", says="standard input")
    case.fails(2, "run", "p", "d", "--watch", "-o", "d/", says="cannot watch what it writes")
    case.fails(2, "run", "p", "d", "--watch", "-o", "./", says="cannot watch what it writes")


if __name__ == "__main__":
    harness.main()
