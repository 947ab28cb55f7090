"""Test programs that print TAP: found, run and counted."""
import dataclasses
import os
import pathlib
import re
import select
import signal
import subprocess
import sys
import tempfile
import time

from checks.tally import ROOT

LINE = re.compile(r"(not )?ok\b\s*\d*\s*-?\s*(.*)")
PLAN = re.compile(r"1\.\.(\d+)")


@dataclasses.dataclass
class Program:
    name: str
    command: list


# The programs under test keep what they keep in here, not in the user's own folder.
CACHE = tempfile.TemporaryDirectory(prefix="quern-cache-")


def find_programs(out, only=()):
    """C programs of the build, and the scripts that drive its quern."""
    found = [Program(str(p.relative_to(out)), [str(p)]) for p in sorted(pathlib.Path(out).glob("tests/*/test_*"))
             if p.is_file() and os.access(p, os.X_OK)]
    found += [Program(str(p.relative_to(ROOT)), [sys.executable, str(p)])
              for p in sorted(ROOT.glob("tests/*/test_*.py"))]
    found += [Program(str(p.relative_to(ROOT)), ["lua5.4", str(p)])
              for p in sorted(ROOT.glob("tests/plugins/lib/test_*.lua"))]
    return [p for p in found if not only or any(word in p.name for word in only)]


# Half a minute and more: begun early, they are not what the end of a run waits for.
TAKES_LONG = re.compile(r"test_(pages|install|inputs|hostile|shards|faults|documents|generated|schema\.py)")
# These sleep until stamps have grown old or something is at work, or wait for daemons: half of their time and more.
WAITS = re.compile(r"cluster/test_slurm|cli/test_(cache|watch|inputs|faults)")


def takes_long(program):
    return bool(TAKES_LONG.search(program.name))


def waits(program):
    return bool(WAITS.search(program.name))


def count_tap(text):
    """(plan or None, passed, failed, reasons of skips) of TAP output."""
    plan, passed, failed, skips = None, 0, 0, []
    for line in text.splitlines():
        if m := PLAN.match(line):
            plan = (plan or 0) + int(m[1])
        elif m := LINE.match(line):
            if "# SKIP" in line.upper():
                skips.append(m[2])
            elif m[1]:
                failed += 1
            else:
                passed += 1
    return plan, passed, failed, skips


def kill_group(process):
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


@dataclasses.dataclass
class Run:
    """How a program ended; wrong says why it did not do so of itself."""
    status: int
    out: str
    err: str
    wrong: str
    seconds: float
    processor: float


def run_program(command, environment, timeout):
    """Its output goes to files: what it leaves running holds nobody up."""
    started, wrong = time.monotonic(), ""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                                   start_new_session=True)
        with open(os.pidfd_open(process.pid), "rb", buffering=0) as ended:
            if not select.select([ended], [], [], timeout)[0]:
                wrong = f"timed out after {timeout:.0f} seconds"
                kill_group(process)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if not wrong and process.returncode < 0:
            wrong = f"killed by signal {-process.returncode}"
        texts = []
        for file in out, err:
            file.seek(0)
            texts.append(file.read().decode("utf-8", "replace"))
    return Run(process.returncode, *texts, wrong, time.monotonic() - started, usage.ru_utime + usage.ru_stime)


def run_one(program, build, tally):
    ran = run_program(program.command, build.environment, build.seconds)
    plan, passed, failed, skips = count_tap(ran.out)
    seen, wrong = passed + failed + len(skips), ran.wrong
    if plan is None:
        wrong = wrong or "no plan (1..N) in its output"
    elif seen < plan:
        wrong = wrong or f"only {seen} of {plan} tests were reported"
    elif ran.status != 0 and not failed:
        wrong = wrong or f"exit status {ran.status} without a failed test"
    if wrong:
        failed += max(1, (plan or 0) - seen)
    tally.add(build.label + program.name, passed, failed, len(skips), "\n".join(x for x in (wrong, ran.out, ran.err) if x), skips, ran)


class Build:
    """One build's programs, and what they run in: with $QUERN and a cache of its own, so that builds may be tested side by side."""

    def __init__(self, out, seconds, environment=None):
        self.out, self.seconds = pathlib.Path(out), seconds
        self.label = "" if self.out.name == "build" else self.out.name + ": "
        cache = pathlib.Path(CACHE.name) / self.out.name
        cache.mkdir(exist_ok=True)
        self.environment = {**os.environ, "XDG_CACHE_HOME": str(cache), "CMOCKA_MESSAGE_OUTPUT": "TAP",
                            "QUERN": str(self.out / "quern"), "PYTHONDONTWRITEBYTECODE": "1", **(environment or {})}

    def run(self, program, tally):
        run_one(program, self, tally)
