"""Other builds of the same sources: sanitizers, clang, coverage."""
import os

from checks.tally import run

# No detect_stack_use_after_return: its second stack defeats the measuring of Lua's use of the first.
SANITIZER_ENVIRONMENT = {
    "ASAN_OPTIONS": "detect_leaks=1:abort_on_error=0:exitcode=99:detect_stack_use_after_return=0",
    "UBSAN_OPTIONS": "halt_on_error=1:print_stacktrace=1",
}


def make(tally, name, *variables, all_too=False, goals=None):
    """Builds the program and the tests without warnings; one test."""
    mode = next(v.split("=")[1] for v in variables if v.startswith("MODE="))
    # What an outer make passes on about itself is not for this one.
    environment = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    goals = goals or (["all", "tests"] if all_too else ["programs", "tests"])
    command = ["make", "--no-print-directory", f"-j{os.cpu_count() or 2}", "WERROR=1", *variables, *goals]
    status, text = run(command, timeout=1800, env=environment)
    tally.one(f"make {name} ({mode}, no warnings)", status == 0, text)
    return status == 0
