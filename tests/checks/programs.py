"""Test programs that print TAP: found, run and counted."""
import concurrent.futures
import dataclasses
import os
import pathlib
import re
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


def run_tap(program, environment, timeout):
    """(exit status, standard output, standard error, told what went wrong)."""
    process = subprocess.Popen(program.command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    wrong = ""
    try:
        out, err = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        wrong = f"timed out after {timeout:.0f} seconds"
        kill_group(process)
        out, err = process.communicate()
    if not wrong and process.returncode < 0:
        wrong = f"killed by signal {-process.returncode}"
    return process.returncode, out.decode("utf-8", "replace"), err.decode("utf-8", "replace"), wrong


def run_one(program, environment, timeout, tally):
    started = time.monotonic()
    status, out, err, wrong = run_tap(program, environment, timeout)
    plan, passed, failed, skips = count_tap(out)
    seen = passed + failed + len(skips)
    if plan is None:
        wrong = wrong or "no plan (1..N) in its output"
    elif seen < plan:
        wrong = wrong or f"only {seen} of {plan} tests were reported"
    elif status != 0 and not failed:
        wrong = wrong or f"exit status {status} without a failed test"
    if wrong:
        failed += max(1, (plan or 0) - seen)
    tally.add(program.name, passed, failed, len(skips), "\n".join(x for x in (wrong, out, err) if x), skips,
              time.monotonic() - started)


def run_programs(programs, out, tally, jobs, timeout, environment=None):
    """Runs them in this order, so many at a time, with $QUERN of the build."""
    environment = {**os.environ, "XDG_CACHE_HOME": CACHE.name, "CMOCKA_MESSAGE_OUTPUT": "TAP", "QUERN": str(pathlib.Path(out) / "quern"),
                   "PYTHONDONTWRITEBYTECODE": "1", **(environment or {})}
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for future in [pool.submit(run_one, p, environment, timeout, tally) for p in programs]:
            future.result()
