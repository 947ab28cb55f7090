"""The fuzz targets, each from its seeds for some seconds: no crash, leak or hang.

A target fuzz_NAME takes the seeds of tests/fuzz/corpus/NAME and the words of
tests/fuzz/NAME.dict, where there are such.  What it finds on its way is kept
in OUT/corpus, so that the next run goes on from there.
"""
import concurrent.futures
import os
import pathlib
import re
import shutil

from checks.builds import SANITIZER_ENVIRONMENT
from checks.tally import ROOT, run

FUZZ = ROOT / "tests/fuzz"

# Targets whose findings are open or not ours, and how many inputs they take in the tests: always the same ones, from an
# empty folder.  `make fuzz` searches on.  fuzz_write: marks beside control characters and unclosed brackets do not all read
# back.  fuzz_archive: what it may find next is libarchive's.
OPEN = {"write": 30000, "archive": 30000}


def command(program, out, seconds, search):
    name = program.name.removeprefix("fuzz_")
    found = pathlib.Path(out) / "corpus" / name
    if name in OPEN and not search:
        shutil.rmtree(found, ignore_errors=True)
    found.mkdir(parents=True, exist_ok=True)
    faults = pathlib.Path(out) / "faults"
    faults.mkdir(exist_ok=True)
    options = [f"-max_total_time={seconds}", "-timeout=10", "-rss_limit_mb=2048", "-print_final_stats=1", "-max_len=4096",
               f"-artifact_prefix={faults}/{name}-"]
    if name in OPEN and not search:
        options += ["-seed=1", f"-runs={OPEN[name]}"]
    if (FUZZ / f"{name}.dict").exists():
        options.append(f"-dict={FUZZ / name}.dict")
    return [program, *options, found, *([FUZZ / "corpus" / name] if (FUZZ / "corpus" / name).is_dir() else [])]


def check_one(program, out, tally, seconds, search):
    status, text = run(command(program, out, seconds, search), timeout=seconds * 3 + 120,
                       env={**os.environ, **SANITIZER_ENVIRONMENT})
    units = re.search(r"number_of_executed_units: (\d+)", text)
    print(f"       {program.name}: {units[1] if units else 'no'} inputs", flush=True)
    tally.one(f"{program.name}, {seconds} s", status == 0, "\n".join(text.splitlines()[-80:]))


def check(out, tally, jobs, seconds, search):
    programs = [p for p in sorted(pathlib.Path(out).glob("tests/fuzz/fuzz_*")) if p.is_file()]
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for future in [pool.submit(check_one, p, out, tally, seconds, search) for p in programs]:
            future.result()
    tally.one(f"{len(programs)} fuzz targets", len(programs) == len(list(FUZZ.glob("fuzz_*.c"))))
