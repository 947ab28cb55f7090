"""The fuzz targets, each from its seeds for some seconds: no crash, leak or hang.

A target fuzz_NAME takes the seeds of tests/fuzz/corpus/NAME and the words of
tests/fuzz/NAME.dict, where there are such.  What it finds on its way is kept
in OUT/corpus, so that the next run goes on from there.
"""
import concurrent.futures
import os
import pathlib
import re

from checks.builds import SANITIZER_ENVIRONMENT
from checks.tally import ROOT, run

FUZZ = ROOT / "tests/fuzz"


def command(program, out, seconds):
    name = program.name.removeprefix("fuzz_")
    found = pathlib.Path(out) / "corpus" / name
    found.mkdir(parents=True, exist_ok=True)
    faults = pathlib.Path(out) / "faults"
    faults.mkdir(exist_ok=True)
    options = [f"-max_total_time={seconds}", "-timeout=10", "-rss_limit_mb=2048", "-print_final_stats=1", "-max_len=4096",
               f"-artifact_prefix={faults}/{name}-"]
    if (FUZZ / f"{name}.dict").exists():
        options.append(f"-dict={FUZZ / name}.dict")
    return [program, *options, found, *([FUZZ / "corpus" / name] if (FUZZ / "corpus" / name).is_dir() else [])]


def check_one(program, out, tally, seconds):
    status, text = run(command(program, out, seconds), timeout=seconds * 3 + 120,
                       env={**os.environ, **SANITIZER_ENVIRONMENT})
    units = re.search(r"number_of_executed_units: (\d+)", text)
    print(f"       {program.name}: {units[1] if units else 'no'} inputs", flush=True)
    tally.one(f"{program.name}, {seconds} s", status == 0, "\n".join(text.splitlines()[-80:]))


def check(out, tally, jobs, seconds):
    programs = [p for p in sorted(pathlib.Path(out).glob("tests/fuzz/fuzz_*")) if p.is_file()]
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for future in [pool.submit(check_one, p, out, tally, seconds) for p in programs]:
            future.result()
    tally.one(f"{len(programs)} fuzz targets", len(programs) == len(list(FUZZ.glob("fuzz_*.c"))))
