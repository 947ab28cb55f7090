#!/usr/bin/env python3
"""Selectors against css-select: select/peer.mjs makes them by chance from the
words of the documents and asks both, over the tree and over the HTML.

QUERN_DOCUMENTS=DIR tries the documents of a folder as well, QUERN_SEED=N other selectors.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "cli"))

from harness import QUERN, ROOT, Skip, main

MODULES = HERE.parent / "node_modules"
EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n.*?^`{32}$", re.M | re.S)


def compare(documents, number):
    if not shutil.which("node") or not (MODULES / "css-select").is_dir():
        raise Skip("node or tests/node_modules is missing: make deps-test")
    seed = os.environ.get("QUERN_SEED", "1")
    run = subprocess.run(["node", HERE / "select/peer.mjs", QUERN, seed, str(number), *documents], cwd=ROOT,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=280)
    out = run.stdout.decode(errors="replace")
    assert run.returncode == 0, out + run.stderr.decode(errors="replace")[-2000:]
    pairs, hits = map(int, re.search(r"(\d+) pairs compared, (\d+) of them with matches, 0 differ", out).groups())
    assert pairs >= 5000 and hits >= pairs // 20, out


def files(folder):
    return sorted(p for p in pathlib.Path(folder).rglob("*") if p.suffix in (".md", ".html", ".txt"))


def test_the_sample_documents(_):
    compare(files(ROOT / "content"), 300)


def test_the_examples_of_the_specification(case):
    if not (MODULES / "commonmark-spec").is_dir():
        raise Skip("tests/node_modules is missing: make deps-test")
    examples = EXAMPLE.findall((MODULES / "commonmark-spec/spec.txt").read_text())
    assert len(examples) > 600, len(examples)
    for i, text in enumerate(examples):
        case.write(f"{i:03}.md", text.replace("→", "\t"))
    compare(files(case.folder), 60)


def test_other_documents(_):
    folder = os.environ.get("QUERN_DOCUMENTS")
    if not folder:
        raise Skip("QUERN_DOCUMENTS names no folder")
    compare(files(folder), 60)


if __name__ == "__main__":
    main()
