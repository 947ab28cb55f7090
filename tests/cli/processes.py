"""What the tests of worker processes share: finding, watching and killing
processes, and a plugin that takes its time.
"""
import os
import signal
import time

# Folds what is too much to hold; takes as long as the front matter's spin says.
SUM = """
map = function(doc)
  local n = 0
  for i = 1, (doc.meta and doc.meta.spin or 0) * 1000 do n = n + i % 7 end
  return { n = 1, first = doc.path, last = doc.path, text = ("x"):rep(3000) }
end,
reduce = function(a, b) return { n = a.n + b.n, first = a.first, last = b.last, text = a.text } end,
render = function(v) return v.n .. " " .. v.first .. " " .. v.last .. "\\n" end,
"""


def children_of(pid):
    """Processes whose parent is pid."""
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", "rb") as f:
                    if int(f.read().rsplit(b")", 1)[1].split()[1]) == pid:
                        found.append(int(name))
            except OSError:
                continue
    return found


def kill(pid, number=signal.SIGKILL):
    try:
        os.kill(pid, number)
        return True
    except ProcessLookupError:
        return False


def running(pid):
    try:
        with open(f"/proc/{pid}/stat", "rb") as f:
            return f.read().rsplit(b")", 1)[1].split()[0] != b"Z"
    except OSError:
        return False


def spent(pid):
    """Processor seconds of a process; 0 when it is gone."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as f:
            fields = f.read().rsplit(b")", 1)[1].split()
    except OSError:
        return 0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def wait_until(ready, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = ready()
        if found:
            return found
        time.sleep(0.005)
    raise AssertionError("it did not come")
