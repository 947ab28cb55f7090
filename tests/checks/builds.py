"""Other builds of the same sources: sanitizers, clang, coverage."""
import os

from checks.tally import run

# No detect_stack_use_after_return: its second stack defeats the measuring of Lua's use of the first.
SANITIZER_ENVIRONMENT = {
    "ASAN_OPTIONS": "detect_leaks=1:abort_on_error=0:exitcode=99:detect_stack_use_after_return=0",
    "UBSAN_OPTIONS": "halt_on_error=1:print_stacktrace=1",
}


# Of the builds that are slow and whose subject is neither size nor time: sizes and repeats are smaller there.
QUICK = {"QUERN_TEST_QUICK": "1"}


def make(tally, *variables, goals, jobs):
    """Builds these without warnings; one test."""
    # What an outer make passes on about itself is not for this one.
    environment = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    command = ["make", "--no-print-directory", f"-j{jobs}", "WERROR=1", *variables, *goals]
    status, text = run(command, timeout=1800, env=environment)
    tally.one(f"make {' '.join([*variables, goals[0]])}, no warnings", status == 0, text)
    return status == 0
