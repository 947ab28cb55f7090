#!/usr/bin/env python3
"""The same documents from a folder and from archives of it: processor time of a
first and of a second run, in units of the folder's.  usage: inputs.py QUERN [COUNT]
"""
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 7
PACK = {"tar": ["tar", "--sort=name", "-cf"], "tar.gz": ["tar", "--sort=name", "-czf"],
        "tar.zst": ["tar", "--sort=name", "--zstd", "-cf"], "zip": ["zip", "-qr"]}


def processor(arguments, **more):
    """Seconds, all children included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    quern, count = pathlib.Path(sys.argv[1]).resolve(), (sys.argv[2:] or ["10000"])[0]
    here = pathlib.Path(__file__).resolve().parent
    folder = pathlib.Path(tempfile.mkdtemp(prefix="quern-inputs-"))
    try:
        subprocess.run([sys.executable, here / "corpus.py", folder / "docs", count], check=True, stdout=subprocess.DEVNULL)
        for kind, command in PACK.items():
            subprocess.run([*command, folder / f"docs.{kind}", "docs"], cwd=folder, check=True)
        run = [quern, "run", here / "extract.lua", "-j1"]
        cache = ["--cache", folder / "cache"]
        sources = ["docs", *(f"docs.{kind}" for kind in PACK)]
        first, second = {s: [] for s in sources}, {s: [] for s in sources}
        time.sleep(2.1)  # change times grow old, so that the cache may rely on them
        for source in sources:
            processor([*run, source, *cache], cwd=folder)
        for _ in range(ROUNDS):
            for source in sources:
                first[source].append(processor([*run, source, "--no-cache"], cwd=folder))
                second[source].append(processor([*run, source, *cache], cwd=folder))
        print(f"{count} documents, {'MB':>21} {'first s':>9} {'ratio':>6} {'second s':>9} {'ratio':>6}")
        for source in sources:
            size = sum(f.stat().st_size for f in folder.glob(f"{source}/**/*.md")) or os.stat(folder / source).st_size
            a, b = statistics.median(first[source]), statistics.median(second[source])
            print(f"  {source:<34} {size / 1e6:>4.1f} {a:>9.3f} {a / statistics.median(first['docs']):>6.2f} "
                  f"{b:>9.3f} {b / statistics.median(second['docs']):>6.2f}")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
