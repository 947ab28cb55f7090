"""Formatting of C and lint of Lua."""
from checks.tally import ROOT, run


def check_format(tally):
    files = sorted(str(p.relative_to(ROOT)) for folder in ("core", "include", "tests")
                   for p in (ROOT / folder).rglob("*.[ch]"))
    status, text = run(["clang-format", "--dry-run", "-Werror", *files])
    tally.one(f"clang-format: {len(files)} files", status == 0, text)


def check_lua(tally):
    status, text = run(["luacheck", "--no-color", "--codes", "-q", "plugins", "tests"])
    tally.one("luacheck", status == 0, text)
