#!/usr/bin/env python3
"""What the walls around plugins cost: the same work in plain Lua and in quern.
usage: walls.py [-n RUNS] QUERN

Processor time of whole processes, less that of the same process with no work
to do; both take turns.  The figure to watch is the ratio.
"""
import os
import statistics
import sys

sys.dont_write_bytecode = True
from process import run_once

HERE = os.path.dirname(os.path.abspath(__file__))
WORK = os.path.join(HERE, "work.lua")
ROUNDS = {"locals": 60, "patterns": 250, "libraries": 300}


def cpu(command):
    _, seconds, _, code = run_once(command)
    if code != 0:
        sys.exit(f"exit code {code} from {' '.join(command)}")
    return seconds


def commands(quern, what, rounds):
    plain = f"dofile('{WORK}').map(nil, {{ what = '{what}', rounds = {rounds} }})"
    return (["lua5.4", "-e", plain],
            [quern, "run", "--no-cache", WORK, os.path.join(HERE, "README.md"), "-s", f"what={what}", "-s", f"rounds={rounds}"])


def main():
    words, runs = sys.argv[1:], 7
    if words[:1] == ["-n"]:
        runs, words = int(words[1]), words[2:]
    print(f"{'':12} {'plain Lua ms':>13} {'quern ms':>9} {'ratio':>6}")
    for what, rounds in ROUNDS.items():
        pairs = []
        for _ in range(runs):
            idle = [cpu(c) for c in commands(words[0], what, 0)]
            busy = [cpu(c) for c in commands(words[0], what, rounds)]
            pairs.append([b - i for b, i in zip(busy, idle)])
        lua, quern = (1000 * statistics.median(p[k] for p in pairs) for k in (0, 1))
        print(f"{what:12} {lua:13.1f} {quern:9.1f} {statistics.median(p[1] / p[0] for p in pairs):6.2f}")


if __name__ == "__main__":
    main()
