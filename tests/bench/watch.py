#!/usr/bin/env python3
"""From saving one document to the result of `quern run --watch`, and what of that
is processor time.  usage: watch.py QUERN COUNT...

For each COUNT: a corpus of corpus.py, twenty documents changed one after the other.
"""
import os
import pathlib
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

CHANGES = 20
PLUGIN = """return { name = "titles", api = 1, summary = "titles", formats = { "text" },
  map = function(doc) return doc.title end,
  reduce = function(a, b) return #a > #b and a or b end,
  render = function(longest) return longest .. "\\n" end }
"""


def processor(pid):
    """Seconds of a process and of its children that are gone."""
    with open(f"/proc/{pid}/stat", "rb") as f:
        fields = f.read().rsplit(b")", 1)[1].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def wait_for(path, text, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if path.exists() and path.read_text() == text:
            return
        time.sleep(0.0005)
    raise SystemExit(f"no result in {seconds} seconds")


def measure(quern, folder, count):
    corpus = pathlib.Path(__file__).with_name("corpus.py")
    subprocess.run([sys.executable, corpus, folder / "docs", str(count)], check=True, stdout=subprocess.DEVNULL)
    (folder / "titles.lua").write_text(PLUGIN)
    documents = sorted((folder / "docs").rglob("*.md"))
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache")}
    arguments = [quern, "run", folder / "titles.lua", folder / "docs", "-o", folder / "out.txt"]
    time.sleep(2.1)  # change times grow old, so that the cache may rely on them
    subprocess.run(arguments, env=environment, check=True)
    p = subprocess.Popen([*arguments, "--watch"], env=environment)
    took = []
    try:
        time.sleep(1 + count / 20000)
        before = processor(p.pid)
        for i in range(CHANGES):
            title = "x" * (500 + i)
            began = time.monotonic()
            documents[i * len(documents) // CHANGES].write_text(f"# {title}\n\nText.\n")
            wait_for(folder / "out.txt", title + "\n")
            took.append(1000 * (time.monotonic() - began))
            time.sleep(0.2)
        used = 1000 * (processor(p.pid) - before) / CHANGES
    finally:
        p.send_signal(signal.SIGINT)
        p.wait()
    return statistics.median(took), max(took), used


def main():
    quern = pathlib.Path(sys.argv[1]).resolve()
    print(f"{'documents':>10} {'median ms':>10} {'longest ms':>11} {'processor ms':>13}")
    for count in map(int, sys.argv[2:]):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="quern-watch-"))
        try:
            median, most, used = measure(quern, folder, count)
            print(f"{count:>10} {median:>10.0f} {most:>11.0f} {used:>13.0f}", flush=True)
        finally:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
