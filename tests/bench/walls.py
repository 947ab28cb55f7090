#!/usr/bin/env python3
"""What the walls around plugins cost: the same work in plain Lua and in quern.
usage: walls.py [-n RUNS] [--each] QUERN [WORD...]

Processor time of whole processes on one processor, less that of the same
process with no work to do; both take turns.  The figure to watch is the ratio:
the median of the rounds, and its quartiles.  With --each one library function
at a time (those whose name contains a WORD), else loops with many of them.
"""
import os
import pathlib
import re
import statistics
import sys

sys.dont_write_bytecode = True
from process import run_once

HERE = pathlib.Path(__file__).resolve().parent
WORK = {"locals": 60, "patterns": 250, "libraries": 300}


def cpu(command):
    _, seconds, _, code = run_once(command)
    if code != 0:
        sys.exit(f"exit code {code} from {' '.join(command)}")
    return seconds


def commands(quern, plugin, what, rounds):
    plain = f"dofile('{plugin}').map(nil, {{ what = [[{what}]], rounds = {rounds} }})"
    return (["lua5.4", "-e", plain],
            [quern, "run", "--no-cache", str(plugin), str(HERE / "README.md"), "-s", f"what={what}", "-s", f"rounds={rounds}"])


def measure(quern, plugin, what, rounds, runs):
    """Seconds in both, and their ratios, round by round."""
    pairs = []
    for _ in range(runs):
        idle = [cpu(c) for c in commands(quern, plugin, what, 0)]
        busy = [cpu(c) for c in commands(quern, plugin, what, rounds)]
        pairs.append([b - i for b, i in zip(busy, idle)])
    return [statistics.median(p[k] for p in pairs) for k in (0, 1)], [p[1] / p[0] for p in pairs]


def main():
    words, runs = sys.argv[1:], 31
    if words[:1] == ["-n"]:
        runs, words = int(words[1]), words[2:]
    plugin, work = HERE / "work.lua", WORK
    if words[:1] == ["--each"]:
        plugin, words = HERE / "guarded.lua", words[1:]
        work = dict.fromkeys(re.findall(r'^  \["(.*?)"\] = ', plugin.read_text(), re.M), 1)
    quern, wanted = words[0], words[1:]
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    print("| | plain Lua ms | quern ms | ratio (quartiles) |\n|---|---|---|---|")
    for what, rounds in work.items():
        if wanted and not any(word in what for word in wanted):
            continue
        (lua, ours), ratios = measure(quern, plugin, what, rounds, runs)
        low, middle, high = statistics.quantiles(ratios, n=4)
        print(f"| {what} | {1000 * lua:.1f} | {1000 * ours:.1f} | {middle:.2f} ({low:.2f} - {high:.2f}) |", flush=True)


if __name__ == "__main__":
    main()
