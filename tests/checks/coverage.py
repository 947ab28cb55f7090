"""Line coverage of core/, printed a file and in total."""
import json
import pathlib
import re

from checks.tally import ROOT, run

LEAST = 85.0


# What the rest has covered already, or shows no line of core/: measured by leaving each of them out.
NOTHING_NEW = re.compile(r"hostile|/test_(pages|install|slurm|linear|scores|generated|people_shapes|readme)|plugins/lib/")


def wants(program):
    return not NOTHING_NEW.search(program.name)


def reset(out):
    for counts in pathlib.Path(out).rglob("*.gcda"):
        counts.unlink()


def check(out, tally):
    status, text = run(["gcovr", "--root", ROOT, "--filter", "core/", "--object-directory", pathlib.Path(out) / "obj",
                        "--json-summary", "-o", pathlib.Path(out) / "coverage.json", pathlib.Path(out) / "obj"])
    if status != 0:
        tally.one("line coverage of core/", False, text)
        return
    summary = json.loads((pathlib.Path(out) / "coverage.json").read_text())
    lines = [f"{f['line_percent']:6.1f}%  {f['line_covered']:5}/{f['line_total']:<5}  {f['filename']}"
             for f in summary["files"] if f["line_total"]]
    total = f"line coverage of core/: {summary['line_percent']:.1f}% " \
            f"({summary['line_covered']} of {summary['line_total']} lines)"
    print("\n".join(lines + [total]), flush=True)
    tally.one(f"line coverage of core/ is at least {LEAST:.0f}%", summary["line_percent"] >= LEAST, total)
