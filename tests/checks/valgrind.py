"""The unit tests and a few whole runs under valgrind: no error, no leak."""
import os
import pathlib
import re

from checks.builds import QUICK
from checks.programs import run_program
from checks.tally import ROOT

ERROR = 99
VALGRIND = ["valgrind", "-q", f"--error-exitcode={ERROR}", "--leak-check=full", "--errors-for-leak-kinds=definite",
            "--child-silent-after-fork=yes", f"--suppressions={pathlib.Path(__file__).parent / 'valgrind.supp'}"]
# What these test is time or size, and valgrind only adds to it: sanitizers cover them.
SLOW = re.compile(r"sweep_malloc|process|fuzz|bench|stress|deadline|hostile|torture")


def check_one(name, command, tally, wanted=None):
    """Tests that time their work may fail here: only valgrind's own verdict counts, or a crash."""
    environment = {**os.environ, **QUICK, "CMOCKA_MESSAGE_OUTPUT": "TAP"}
    ran = run_program([*VALGRIND, *map(str, command)], environment, 600)
    if ran.status == ERROR and not wanted and re.search(r"^not ok", ran.out, re.M):
        # A test that gave up half-way frees nothing: then only errors count, not leaks.
        ran = run_program([*VALGRIND, "--leak-check=no", *map(str, command)], environment, 600)
    ok = ran.status in wanted if wanted else ran.status >= 0 and ran.status != ERROR
    tally.add(f"valgrind {name}", int(ok), int(not ok), 0, f"exit status {ran.status} {ran.wrong}\n{ran.out}{ran.err}", ran=ran)


def commands(out):
    for program in sorted(pathlib.Path(out).glob("tests/*/test_*")):
        if program.is_file() and not SLOW.search(program.name):
            yield str(program.relative_to(out)), [program], None
    quern = pathlib.Path(out) / "quern"
    documents = sorted((ROOT / "content").iterdir())[:3]
    yield "quern show", [quern, "show", *documents], (0,)
    yield "quern show -t markdown", [quern, "show", "-t", "markdown", *documents], (0,)
    yield "quern select", [quern, "select", "heading", *documents], (0,)
    yield "quern show missing", [quern, "show", "missing.md"], (1,)
    # Workers let nobody into their process: what they run is in the tests of the library, and under the sanitizers.
