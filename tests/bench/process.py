#!/usr/bin/env python3
"""Times whole processes: the median of wall and processor time, the spread,
and the largest memory.  usage: process.py [-n RUNS] LABEL -- COMMAND... [:: LABEL -- COMMAND...]

The commands take turns, so that a change of the machine's speed hits all.
"""
import os
import statistics
import sys
import time


def run_once(command):
    start = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        null = os.open(os.devnull, os.O_RDWR)
        for fd in (0, 1, 2):
            os.dup2(null, fd)
        try:
            os.execvp(command[0], command)
        finally:
            os._exit(127)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)


def split(words):
    jobs, rest = [], words
    while rest:
        job, rest = (rest[:rest.index("::")], rest[rest.index("::") + 1:]) if "::" in rest else (rest, [])
        cut = job.index("--")
        jobs.append((" ".join(job[:cut]), job[cut + 1:]))
    return jobs


def main():
    words, runs = sys.argv[1:], 21
    if words[:1] == ["-n"]:
        runs, words = int(words[1]), words[2:]
    jobs = split(words)
    times = {label: [] for label, _ in jobs}
    for i in range(-2, runs):  # two to warm up
        for label, command in jobs:
            result = run_once(command)
            if i >= 0:
                times[label].append(result)
    print(f"{'':44} {'wall ms':>9} {'(min - max)':>17} {'cpu ms':>8} {'MiB':>6}")
    for label, _ in jobs:
        walls = [1000 * t[0] for t in times[label]]
        print(f"{label:44} {statistics.median(walls):9.2f} {f'({min(walls):.1f} - {max(walls):.1f})':>17} "
              f"{1000 * statistics.median(t[1] for t in times[label]):8.2f} {max(t[2] for t in times[label]):6.1f}"
              + ("" if all(t[3] == 0 for t in times[label]) else "  exit codes differ from 0"))


if __name__ == "__main__":
    main()
