#!/usr/bin/env python3
"""What plugins cost in units of loading.  usage: ratio.py [-n RUNS] QUERN FOLDER [PLUGIN,PLUGIN...]

Loading is the same program with a plugin that makes every body load and does
nothing (load.lua); both take turns, and each pair gives one ratio of
processor times, so that a change of the machine's speed hits both alike.
"""
import os
import statistics
import sys
import tempfile

sys.dont_write_bytecode = True
from process import run_once

HERE = os.path.dirname(os.path.abspath(__file__))


def cpu(command):
    _, seconds, _, code = run_once(command)
    if code != 0:
        sys.exit(f"exit code {code} from {' '.join(command)}")
    return seconds


def compare(quern, folder, plugins, runs):
    with tempfile.TemporaryDirectory() as out:
        base = [quern, "run", "--no-cache", "-j1", os.path.join(HERE, "load.lua"), folder]
        work = [quern, "run", "--no-cache", "-j1", plugins, folder, "-t", "json", "-o", out + "/"]
        pairs = [(cpu(base), cpu(work)) for _ in range(runs + 2)][2:]
    return pairs


def main():
    words, runs = sys.argv[1:], 11
    if words[:1] == ["-n"]:
        runs, words = int(words[1]), words[2:]
    quern, folder = words[:2]
    plugins = words[2] if len(words) > 2 else "summary,timeline,speakers"
    pairs = compare(quern, folder, plugins, runs)
    ratios = sorted(b / a for a, b in pairs)
    middle = statistics.median(ratios)
    print(f"{folder}: load {1000 * statistics.median(a for a, _ in pairs):.1f} ms, "
          f"{plugins} {1000 * statistics.median(b for _, b in pairs):.1f} ms; "
          f"together {middle:.2f} times ({ratios[0]:.2f} - {ratios[-1]:.2f}), over loading {middle - 1:.2f}")


if __name__ == "__main__":
    main()
