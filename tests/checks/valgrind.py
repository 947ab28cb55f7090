"""The unit tests and a few whole runs under valgrind: no error, no leak."""
import os
import pathlib
import re

from checks.builds import QUICK
from checks.tally import ROOT, run

ERROR = 99
VALGRIND = ["valgrind", "-q", f"--error-exitcode={ERROR}", "--leak-check=full", "--errors-for-leak-kinds=definite",
            "--child-silent-after-fork=yes", f"--suppressions={pathlib.Path(__file__).parent / 'valgrind.supp'}"]
# What these test is time or size, and valgrind only adds to it: sanitizers cover them.
SLOW = re.compile(r"sweep_malloc|process|fuzz|bench|stress|deadline|hostile|torture")


def check_one(name, command, tally, wanted=None):
    """Tests that time their work may fail here: only valgrind's own verdict counts, or a crash."""
    environment = {**os.environ, **QUICK, "CMOCKA_MESSAGE_OUTPUT": "TAP"}
    status, text = run(VALGRIND + command, timeout=600, env=environment)
    if status == ERROR and not wanted and re.search(r"^not ok", text, re.M):
        # A test that gave up half-way frees nothing: then only errors count, not leaks.
        status, text = run(VALGRIND + ["--leak-check=no"] + command, timeout=600, env=environment)
    ok = status in wanted if wanted else status >= 0 and status != ERROR
    tally.one(f"valgrind {name}", ok, f"exit status {status}\n{text}")


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
