"""The fuzz targets, each from its seeds for some seconds: no crash, leak or hang.

A target fuzz_NAME takes the seeds of tests/fuzz/corpus/NAME and the words of
tests/fuzz/NAME.dict, where there are such.  A test run takes the same way from
the seeds each time, so that what it finds can be found again; `make fuzz`
goes its own way, keeps what is new in OUT/corpus and goes on from there.
"""
import os
import pathlib
import re
import shutil

from checks.builds import SANITIZER_ENVIRONMENT
from checks.tally import ROOT, run

FUZZ = ROOT / "tests/fuzz"

# Targets that take another one's seeds and words as well.
ALSO = {"write": "markdown"}


def command(program, out, seconds, search):
    name = program.name.removeprefix("fuzz_")
    found = pathlib.Path(out) / ("corpus" if search else "corpus-tests") / name
    if not search:
        shutil.rmtree(found, ignore_errors=True)
    found.mkdir(parents=True, exist_ok=True)
    faults = pathlib.Path(out) / "faults"
    faults.mkdir(exist_ok=True)
    options = [f"-max_total_time={seconds}", "-timeout=10", "-rss_limit_mb=2048", "-print_final_stats=1", "-max_len=4096",
               f"-artifact_prefix={faults}/{name}-"]
    if not search:
        options.append("-seed=1")
    names = [n for n in (name, ALSO.get(name)) if n]
    options += [f"-dict={FUZZ / n}.dict" for n in names if (FUZZ / f"{n}.dict").exists()]
    return [program, *options, found, *[FUZZ / "corpus" / n for n in names if (FUZZ / "corpus" / n).is_dir()]]


def check_one(program, out, tally, seconds, search):
    status, text = run(command(program, out, seconds, search), timeout=seconds * 3 + 120,
                       env={**os.environ, **SANITIZER_ENVIRONMENT})
    units = re.search(r"number_of_executed_units: (\d+)", text)
    print(f"       {program.name}: {units[1] if units else 'no'} inputs", flush=True)
    tally.one(f"{program.name}, {seconds} s", status == 0, "\n".join(text.splitlines()[-80:]))


def targets(out, tally):
    """The programs, one for each source; one test."""
    programs = [p for p in sorted(pathlib.Path(out).glob("tests/fuzz/fuzz_*")) if p.is_file()]
    tally.one(f"{len(programs)} fuzz targets", len(programs) == len(list(FUZZ.glob("fuzz_*.c"))))
    return programs
