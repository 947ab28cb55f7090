#!/usr/bin/env python3
"""Runs the tests and says at the very end: N passed, N failed[, N skipped].

Without --full: every test program of one build (cmocka programs under
OUT/tests, tests/*/test_*.py, tests/plugins/lib/test_*.lua), two at a time in
a shuffled order whose seed is printed.  With --full, as `make test` does:
also the style checks, the sanitizers' and coverage builds, clang's warnings,
the fuzz targets, and valgrind, all from one pool (checks/pool.py).
Everything that runs speaks TAP or counts as one test.
"""
import argparse
import os
import random
import resource
import signal
import sys
import time

sys.dont_write_bytecode = True

from checks import builds, coverage, fuzz, layers, style, valgrind
from checks.pool import BUILD, LONG, REST, Pool
from checks.programs import Build, find_programs, takes_long, waits
from checks.tally import ROOT, Tally


# For each target, in a full run.
FUZZ_SECONDS = 20
# Seconds for one program: other builds than the first are slower.
FACTOR = 4


def parse_arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--out", default="build", help="build folder to test (default: build)")
    p.add_argument("--full", action="store_true", help="the checks and the other builds too")
    p.add_argument("--tsan", action="store_true", help="only the thread sanitizer's build and its tests")
    p.add_argument("--fuzz", type=int, metavar="SECONDS", help="only the fuzz targets, each for so long")
    p.add_argument("--coverage", action="store_true", help="print the coverage of OUT afterwards")
    p.add_argument("--seed", type=int, default=None, help="of the order, to repeat a run")
    p.add_argument("--jobs", type=int, default=max(2, min(os.cpu_count() or 2, 8)),
                   help="programs at a time (default: one a processor, 2 to 8)")
    p.add_argument("--timeout", type=float, default=300, help="seconds for one program (default: 300)")
    p.add_argument("only", nargs="*", help="run only programs whose name contains one of these words")
    return p.parse_args()


STARTED = time.monotonic()


def headline(text):
    print(f"== {time.monotonic() - STARTED:.0f} s: {text}", flush=True)


class Run:
    """One test run: what it adds to the pool, and where it counts."""

    def __init__(self, args):
        self.args, self.tally, self.pool = args, Tally(), Pool(args.jobs, args.seed)

    def add_programs(self, build, programs):
        for program in programs:
            self.pool.add(lambda p=program: build.run(p, self.tally), LONG if takes_long(program) else REST,
                          waits(program))

    def add_build(self, *variables, goals, then):
        """A build, and what is to be done when it has come to a good end."""
        def work():
            jobs = max(1, (os.cpu_count() or 2) // self.args.jobs)
            if builds.make(self.tally, *variables, goals=goals, jobs=jobs):
                then()
        self.pool.add(work, BUILD)

    def add_release(self, out):
        environment = dict(builds.SANITIZER_ENVIRONMENT) if out.name == "asan" else {}
        if self.args.full:
            environment["QUERN_TEST_FULL"] = "1"
        self.add_programs(Build(out, self.args.timeout, environment), find_programs(out, self.args.only))

    def add_sanitizers(self):
        def then():
            build = Build(ROOT / "build/asan", self.args.timeout * FACTOR, {**builds.SANITIZER_ENVIRONMENT, **builds.QUICK})
            # The cluster's daemons are no part of a build: one of them meets them.
            self.add_programs(build, [p for p in find_programs(build.out, self.args.only) if "slurm" not in p.name])
        self.add_build("MODE=asan", goals=["programs", "tests"], then=then)

    def add_thread_sanitizer(self):
        """The tests where threads meet, and those of what threads may share."""
        programs = ["tests/quern/test_threads", "tests/quern/test_host", "tests/quern/test_process"]

        def then():
            build = Build(ROOT / "build/tsan", self.args.timeout * FACTOR)
            self.add_programs(build, [p for p in find_programs(build.out, programs) if p.name in programs])
        self.add_build("MODE=tsan", goals=[f"build/tsan/{p}" for p in programs], then=then)

    def add_fuzzers(self, seconds, search):
        out = ROOT / "build/fuzz-clang"

        def then():
            for program in fuzz.targets(out, self.tally):
                self.pool.add(lambda p=program: fuzz.check_one(p, out, self.tally, seconds, search), LONG)
        self.add_build("MODE=fuzz", "CC=clang", goals=["fuzzers"], then=then)

    def add_clang(self):
        """Its warnings; what it compiles is run by the fuzzers."""
        self.add_build("MODE=debug", "CC=clang", goals=["warnings"], then=lambda: None)

    def add_coverage(self):
        out = ROOT / "build/cov"

        def then():
            coverage.reset(out)
            build = Build(out, self.args.timeout * FACTOR, builds.QUICK)
            programs = [p for p in find_programs(out, self.args.only) if coverage.wants(p)]
            works = [(lambda p=p: build.run(p, self.tally), LONG if takes_long(p) else REST, waits(p)) for p in programs]
            self.pool.add_all(works, lambda: coverage.check(out, self.tally))
        self.add_build("MODE=cov", goals=["programs", "tests"], then=then)

    def add_valgrind(self, out):
        for name, command, wanted in valgrind.commands(out):
            self.pool.add(lambda n=name, c=command, w=wanted: valgrind.check_one(n, c, self.tally, w))

    def add_style(self):
        for check in style.check_format, style.check_lua, layers.check:
            self.pool.add(lambda c=check: c(self.tally))

    def finish(self):
        for fault in self.pool.run():
            self.tally.one("the run itself", False, fault)
        out = (ROOT / self.args.out).resolve()
        if self.args.coverage:
            coverage.check(out, self.tally)
        self.tally.print_failures()
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        headline(f"the end; {used.ru_utime + used.ru_stime:.0f} s of processor time")
        print(self.tally.summary(), flush=True)
        sys.exit(1 if self.tally.failed or not self.tally.passed else 0)


def main():
    args = parse_arguments()
    # What a shell starts in the background ignores this signal, and so would what tests start and interrupt.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if args.seed is None:
        args.seed = random.SystemRandom().randrange(1_000_000)
    run = Run(args)
    out = (ROOT / args.out).resolve()
    headline(f"{args.out}, order {args.seed} (--seed={args.seed} repeats it)")
    if args.tsan:
        run.add_thread_sanitizer()
    if args.fuzz:
        run.add_fuzzers(args.fuzz, search=True)
    if not args.tsan and not args.fuzz:
        run.add_release(out)
    if args.full:
        run.add_sanitizers()
        run.add_fuzzers(FUZZ_SECONDS, search=False)
        run.add_coverage()
        run.add_thread_sanitizer()
        run.add_clang()
        run.add_valgrind(out)
        run.add_style()
    run.finish()


if __name__ == "__main__":
    main()
