#!/usr/bin/env python3
"""The README's examples are tests: its commands print what it says, its
plugin runs, its C program is tests/embed/minimal.c and builds and runs.

`test_readme.py --write` puts today's output into the README instead.
"""
import os
import pathlib
import re
import subprocess
import sys

from harness import QUERN, ROOT, Skip, main

README = ROOT / "README.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
# The comment at the top of minimal.c is for those who read the file itself.
HEAD = re.compile(r"\A/\*.*?\*/\n", re.S)


def blocks(text, language):
    return [body for kind, body in BLOCK.findall(text) if kind == language]


def lay_out(folder, text):
    """The folder that the README's reader stands in."""
    folder = pathlib.Path(folder)
    os.symlink(ROOT / "content", folder / "content")
    os.symlink(ROOT / "plugins", folder / "plugins")
    os.symlink(ROOT / "include", folder / "include")
    os.symlink(pathlib.Path(QUERN).parent, folder / "build")
    lua = blocks(text, "lua")[0]
    (folder / re.match(r"-- (\w+\.lua)", lua).group(1)).write_text(lua)
    for schema in blocks(text, "yaml"):
        (folder / re.match(r"# (\w+\.yaml)", schema).group(1)).write_text(schema)


def output_of(command, folder):
    run = subprocess.run(["sh", "-c", command], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                         stdin=subprocess.DEVNULL, timeout=60)
    return run.stdout.decode()


def steps(body):
    """The commands of a console block, each with the output that follows it."""
    for step in re.split(r"^\$ ", body, flags=re.M)[1:]:
        command, _, output = step.partition("\n")
        yield command, output


def minimal_c():
    return HEAD.sub("", (ROOT / "tests/embed/minimal.c").read_text()).lstrip("\n")


def test_commands_print_what_the_readme_says(case):
    text = README.read_text()
    lay_out(case.folder, text)
    for body in blocks(text, "console"):
        for command, output in steps(body):
            real = output_of(command, case.folder)
            assert real == output, f"$ {command}\n--- the README says\n{output}--- it prints\n{real}"


def test_shell_lines_succeed(case):
    text = README.read_text()
    lay_out(case.folder, text)
    for body in blocks(text, "sh"):
        for line in body.splitlines():
            if line.startswith("build/quern"):
                run = subprocess.run(["sh", "-c", line], cwd=case.folder, capture_output=True, timeout=60)
                assert run.returncode == 0, f"{line}\n{run.stderr.decode()}"


def test_the_embedding_example_is_the_tested_file(case):
    assert blocks(README.read_text(), "c") == [minimal_c()]


def test_the_embedding_example_builds_and_runs(case):
    library = pathlib.Path(QUERN).parent
    if not (library / "libquern.so").exists():
        raise Skip("this build has no libquern.so")
    (case.folder / "minimal.c").write_text(minimal_c())
    compiler = os.environ.get("CC", "cc")
    subprocess.run([compiler, "-std=c11", "-Wall", "-Wextra", "-Werror", "minimal.c", f"-I{ROOT}/include",
                    f"-L{library}", f"-Wl,-rpath,{library}", "-lquern", "-o", "minimal"], cwd=case.folder, check=True)
    run = subprocess.run(["./minimal"], cwd=case.folder, capture_output=True, timeout=60)
    assert run.returncode == 0, run.stderr.decode()
    assert run.stdout == b'{"talks":["Opening","Lightning talks"],"title":"Third meetup"}\n', run.stdout


def test_the_first_plugin_of_the_guide_runs(case):
    guide = (ROOT / "plugins/README.md").read_text()
    first = blocks(guide, "lua")[0]
    lay_out(case.folder, README.read_text())
    case.write("longest.lua", first)
    lines = case.ok("run", "./longest.lua", "content/2025-03-15-haemil-4th-seminar.md").json_lines()
    assert len(lines) == 1 and len(lines[0]["value"]) > 100, lines


def write_readme(folder):
    text = README.read_text()
    lay_out(folder, text)

    def fill(match):
        kind, body = match.group(1), match.group(2)
        if kind == "c":
            body = minimal_c()
        elif kind == "console":
            body = "".join(f"$ {command}\n{output_of(command, folder)}" for command, _ in steps(body))
        return f"```{kind}\n{body}```"

    README.write_text(BLOCK.sub(fill, text))


if __name__ == "__main__":
    if "--write" in sys.argv:
        import tempfile
        with tempfile.TemporaryDirectory() as there:
            write_readme(there)
    else:
        main()
