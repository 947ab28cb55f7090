#!/usr/bin/env python3
"""Runs the tests and says at the very end: N passed, N failed[, N skipped].

Without --full: every test program of one build (cmocka programs under
OUT/tests, tests/*/test_*.py, tests/plugins/lib/test_*.lua), two at a time in
a shuffled order whose seed is printed.  With --full, as `make test` does:
also the style checks, the sanitizers', clang's and coverage builds, the fuzz
targets, and valgrind.
Everything that runs speaks TAP or counts as one test.
"""
import argparse
import random
import sys
import time

sys.dont_write_bytecode = True

from checks import builds, coverage, fuzz, layers, style, valgrind
from checks.programs import find_programs, run_programs
from checks.tally import ROOT, Tally


# For each target, in a full run.
FUZZ_SECONDS = 20


def parse_arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--out", default="build", help="build folder to test (default: build)")
    p.add_argument("--full", action="store_true", help="the checks and the other builds too")
    p.add_argument("--tsan", action="store_true", help="only the thread sanitizer's build and its tests")
    p.add_argument("--fuzz", type=int, metavar="SECONDS", help="only the fuzz targets, each for so long")
    p.add_argument("--coverage", action="store_true", help="print the coverage of OUT afterwards")
    p.add_argument("--seed", type=int, default=None, help="of the order, to repeat a run")
    p.add_argument("--jobs", type=int, default=2, help="programs at a time (default: 2)")
    p.add_argument("--timeout", type=float, default=300, help="seconds for one program (default: 300)")
    p.add_argument("only", nargs="*", help="run only programs whose name contains one of these words")
    return p.parse_args()


STARTED = time.monotonic()


def headline(text):
    print(f"== {time.monotonic() - STARTED:.0f} s: {text}", flush=True)


def run_build(out, args, tally, seconds_factor=1, environment=None):
    """Every test program against the build in out."""
    # The cluster's daemons are no part of a build: one of them meets them.
    programs = [p for p in find_programs(out, args.only) if out.name == "build" or "slurm" not in p.name]
    random.Random(args.seed).shuffle(programs)
    run_programs(programs, out, tally, args.jobs, args.timeout * seconds_factor, environment)


def run_thread_sanitizer(args, tally):
    """The tests where threads meet, and those of what threads may share."""
    headline("the thread sanitizer")
    programs = ["tests/quern/test_threads", "tests/quern/test_host", "tests/quern/test_process"]
    if builds.make(tally, "tsan", "MODE=tsan", goals=[f"build/tsan/{p}" for p in programs]):
        run_build(ROOT / "build/tsan", argparse.Namespace(**{**vars(args), "only": programs}), tally, 4)


def run_fuzzers(args, tally, seconds, search):
    headline(f"fuzzers, {seconds} seconds each")
    if builds.make(tally, "fuzz", "MODE=fuzz", "CC=clang", goals=["fuzzers"]):
        fuzz.check(ROOT / "build/fuzz-clang", tally, args.jobs, seconds, search)


def run_checks(tally):
    headline("style: clang-format, luacheck, layers")
    style.check_format(tally)
    style.check_lua(tally)
    layers.check(tally)


def run_other_builds(args, tally):
    headline("the sanitizers' build")
    if builds.make(tally, "asan", "MODE=asan"):
        run_build(ROOT / "build/asan", args, tally, 4, builds.SANITIZER_ENVIRONMENT)
    run_thread_sanitizer(args, tally)
    run_fuzzers(args, tally, FUZZ_SECONDS, search=False)
    headline("clang's build")
    builds.make(tally, "clang", "MODE=debug", "CC=clang", all_too=True)
    headline("the coverage build")
    if builds.make(tally, "cov", "MODE=cov"):
        coverage.reset(ROOT / "build/cov")
        run_build(ROOT / "build/cov", args, tally, 4)
        coverage.check(ROOT / "build/cov", tally)
    headline("valgrind")
    valgrind.check(ROOT / args.out, tally, args.jobs)


def finish(tally):
    tally.print_failures()
    headline("the end")
    print(tally.summary(), flush=True)
    sys.exit(1 if tally.failed or not tally.passed else 0)


def main():
    args = parse_arguments()
    if args.seed is None:
        args.seed = random.SystemRandom().randrange(1_000_000)
    tally = Tally()
    if args.tsan or args.fuzz:
        if args.tsan:
            run_thread_sanitizer(args, tally)
        if args.fuzz:
            run_fuzzers(args, tally, args.fuzz, search=True)
        finish(tally)
    out = (ROOT / args.out).resolve()
    headline(f"{args.out}, order {args.seed} (--seed={args.seed} repeats it)")
    environment = dict(builds.SANITIZER_ENVIRONMENT) if out.name == "asan" else {}
    if args.full:
        environment["QUERN_TEST_FULL"] = "1"
    run_build(out, args, tally, environment=environment)
    if args.full:
        run_checks(tally)
        run_other_builds(args, tally)
    elif args.coverage:
        coverage.check(out, tally)
    finish(tally)


if __name__ == "__main__":
    main()
