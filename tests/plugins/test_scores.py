#!/usr/bin/env python3
"""Hand-made answers: the seeds' and our own, by the scoring script that lies
beside the checkout (../shared).  Skipped where it is not there.
"""
import json
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))
from harness import QUERN, ROOT, Skip, main  # noqa: E402

SHARED = ROOT.parent / "shared"
SCORE = SHARED / "truth" / "score.py"


def score(truth, documents):
    if not SCORE.exists():
        raise Skip("../shared is not there")
    run = subprocess.run([sys.executable, str(SCORE), "--json", "--quern", QUERN, str(truth), str(documents)],
                         capture_output=True, timeout=300, check=True, cwd=ROOT)
    result = json.loads(run.stdout)
    assert result["errors"] == [], result["errors"]
    total = result["total"]
    for part in total:
        print(f"# {part}: " + ", ".join(f"{k} {v}" for k, v in total[part].items()), flush=True)
    return total


def at_least(total, **least):
    for name, value in least.items():
        part, key = name.split("__")
        assert total[part][key] >= value, f"{part} {key} is {total[part][key]}, wanted {value}"


def test_seeds(_):
    total = score(SHARED / "truth" / "seeds", SHARED / "seeds")
    at_least(total, structure__front_matter=1.0, structure__title=1.0, structure__outline=0.99,
             structure__images=0.99, structure__links=0.99, structure__tables=1.0, people__micro_f1=0.97,
             people__fields=0.95, dates__micro_f1=0.95, summary__some=1.0, summary__key_recall=0.5)


def test_content(_):
    total = score(ROOT / "tests/plugins/truth", ROOT / "content")
    at_least(total, structure__front_matter=1.0, structure__title=1.0, structure__outline=0.99,
             structure__images=0.99, structure__links=0.99, structure__tables=1.0, people__micro_f1=0.85,
             dates__micro_f1=0.9, summary__some=1.0, summary__key_recall=0.6)


def test_tuned(_):
    total = score(ROOT / "tests/plugins/truth/tuned", ROOT / "tests/plugins/truth/tuned")
    at_least(total, structure__front_matter=1.0, structure__title=1.0, structure__outline=0.99,
             structure__images=0.99, structure__links=0.99, structure__tables=1.0, summary__some=1.0,
             summary__key_recall=0.5)


def test_held(_):
    total = score(ROOT / "tests/plugins/truth/held", ROOT / "tests/plugins/truth/held")
    at_least(total, structure__front_matter=1.0, structure__title=1.0, structure__outline=0.97,
             structure__images=0.97, structure__links=0.97, structure__tables=0.97, summary__some=1.0,
             summary__key_recall=0.5)


def test_fresh(_):
    total = score(ROOT / "tests/plugins/truth/fresh", ROOT / "tests/plugins/truth/fresh")
    at_least(total, structure__front_matter=1.0, structure__outline=0.97, structure__images=0.97,
             structure__tables=0.97, summary__some=1.0)


if __name__ == "__main__":
    main()
