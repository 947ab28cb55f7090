#!/usr/bin/env python3
"""A real Slurm runs the ready job file as an array; the bytes are the single
run's, also when a machine is lost half-way.
"""
import os
import re
import subprocess
import time

from corpus import documents, slow_plugin
from slurm import Cluster, wait_until

from harness import QUERN, ROOT, main

JOB = ROOT / "plugins/cluster/quern.slurm"


def single_run(case, plugin):
    return case.run("run", plugin, "docs", "--no-cache", "--now", case.read("parts/day").strip(), timeout=120)


def reduced(case, plugin):
    parts = sorted(str(p.relative_to(case.folder)) for p in case.folder.glob("parts/part-*.ndjson"))
    return case.run("reduce", plugin, *parts, timeout=120)


def same(a, b):
    assert a.out == b.out, "other output"
    assert a.err == b.err, f"--- single\n{a.errors}\n--- reduced\n{b.errors}"
    assert a.status == b.status, (a.status, b.status)


def test_an_array_job_as_in_the_readme_gives_the_bytes_of_a_single_run(case):
    readme = (ROOT / "README.md").read_text()
    submit = re.search(r"^sbatch (.*)$", readme, re.M)[1].split()
    reduce = re.search(r"^quern (reduce .*?) *#", readme, re.M)[1]
    for name in "content", "plugins":
        os.symlink(ROOT / name, case.folder / name)
    with Cluster(case.folder / "slurm") as cluster:
        job = cluster.submit(*submit, cwd=case.folder, QUERN=QUERN)
        states = cluster.wait(job, 120)
        assert states == ["COMPLETED"] * 8, (states, cluster.logs())
    run = subprocess.run(["sh", "-c", f"{QUERN} {reduce}"], cwd=case.folder, capture_output=True, timeout=60, check=False)
    whole = case.run("run", "speakers", "content", "--no-cache", "--now", case.read("parts/day").strip())
    assert run.returncode == whole.status == 0 and run.stderr == whole.err, run.stderr.decode()
    assert case.read("people.md") == whole.text


def test_a_lost_machine_costs_nothing_but_time(case):
    documents(case, 40)
    slow_plugin(case, 20_000_000)
    with Cluster(case.folder / "slurm") as cluster:
        job = cluster.submit("--array=1-2", str(JOB), "parts", "slow", "docs", cwd=case.folder, QUERN=QUERN)
        journals = [case.folder / f"parts/part-{i}.ndjson.partial" for i in (1, 2)]
        wait_until("both shards under way",
                   lambda: all(j.exists() and j.read_bytes().count(b"\n") > 3 for j in journals), 90)
        cluster.lose_node("n2")
        lost = time.monotonic()
        kept = {j: j.read_bytes().rpartition(b"\n")[0] for j in journals if j.exists()}
        assert kept, "nothing was left to do"
        states = cluster.wait(job, 180)
        assert states == ["COMPLETED"] * 2, (states, cluster.logs())
        print(f"# done {time.monotonic() - lost:.0f} s after the loss")
        requeued = cluster.output("scontrol", "show", "job", job)
        assert "Restarts=1" in requeued, requeued
    for journal, lines in kept.items():
        assert journal.with_suffix("").read_bytes().startswith(lines), "finished documents were mapped again"
    same(single_run(case, "slow"), reduced(case, "slow"))


if __name__ == "__main__":
    main()
