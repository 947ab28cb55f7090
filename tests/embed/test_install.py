"""What `make install` puts down, used as a stranger would: programs built
with pkg-config against the installed library alone, the installed program, its
manual and completion, and that `make uninstall` leaves nothing.

Of the release build alone: the others are not for installing.
"""
import atexit
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))
import harness
from harness import QUERN, ROOT, Skip

HERE = pathlib.Path(__file__).resolve().parent
PREFIX = "/opt/quern"
FULL = bool(os.environ.get("QUERN_TEST_LONG") or os.environ.get("QUERN_TEST_FULL"))
MAKE = ["make", "--no-print-directory", "-s", "-C", str(ROOT)]
ENVIRONMENT = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS", "QUERN_"))}


def run(*command, env=None, **more):
    p = subprocess.run([str(a) for a in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                       env=dict(ENVIRONMENT, **(env or {})), timeout=600, **more)
    text = p.stdout.decode("utf-8", "replace")
    assert p.returncode == 0, f"{command}: exit {p.returncode}\n{text}"
    return text


class Installed:
    """Made once, by the first test that asks."""
    root = None

    @classmethod
    def get(cls):
        if not cls.root:
            cls.root = tempfile.mkdtemp(prefix="quern-install-")
            atexit.register(shutil.rmtree, cls.root, ignore_errors=True)
            run(*MAKE, "install", f"DESTDIR={cls.root}", f"prefix={PREFIX}")
        return pathlib.Path(cls.root + PREFIX)


def pkg_config(*arguments):
    folder = Installed.get()
    return run("pkg-config", *arguments, "quern", env={
        "PKG_CONFIG_PATH": str(folder / "lib/pkgconfig"), "PKG_CONFIG_SYSROOT_DIR": Installed.root}).split()


def build_and_run(case, compiler, source, *flags, libraries=None):
    """In an empty folder, with nothing of the checkout but this one file."""
    shutil.copy(HERE / source, case.folder)
    libraries = libraries or pkg_config("--cflags", "--libs")
    run(*compiler, "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-O1", source, *flags, "-o", "program", *libraries,
        cwd=case.folder)
    return run("./program", cwd=case.folder, env={"LD_LIBRARY_PATH": str(Installed.get() / "lib")})


TALKS = '{"talks":["Opening","Lightning talks"],"title":"Third meetup"}\n'


def test_the_minimal_embedder_has_under_60_lines_and_runs(case):
    assert len((HERE / "minimal.c").read_text().splitlines()) < 60
    assert build_and_run(case, ["cc", "-std=c99"], "minimal.c") == TALKS


def test_readme_and_manual_show_the_minimal_embedder(case):
    code = (HERE / "minimal.c").read_text()
    code = code[code.index("#include"):]
    assert code in (ROOT / "README.md").read_text()
    page = (ROOT / "include/man/quern.3").read_text()
    shown = re.search(r"^\.Sh EXAMPLES$.*?^\.Bd -literal\n(.*?)^\.Ed$", page, re.S | re.M)[1]
    shown = re.sub(r"^\\&", "", shown, flags=re.M).replace("\\-", "-").replace("\\e", "\\")
    assert shown == code.expandtabs(8), shown


def test_a_static_link_needs_what_pkg_config_says(case):
    folder = Installed.get()
    libraries = pkg_config("--static", "--cflags", "--libs")
    libraries = [str(folder / "lib/libquern.a") if a == "-lquern" else a for a in libraries]
    assert build_and_run(case, ["cc"], "minimal.c", libraries=libraries) == TALKS
    assert "libquern" not in run("ldd", case.folder / "program")


def test_a_threaded_server_with_its_own_allocator_log_and_host_function(case):
    lines = build_and_run(case, ["cc", "-std=c11"], "server.c", "-pthread").splitlines()
    for i, line in enumerate(lines[:40]):
        count = 15 if i % 2 else 12
        wanted = "failed: timeout" if i % 10 == 9 else f'{{"count":{count},"title":"Order {i}"}}'
        assert line == wanted, (i, line)
    assert lines[40:] == ["36 lines logged, 0 bytes held"], lines[40:]


def test_a_cpp_program(case):
    for standard in ("c++11", "c++17"):
        text = build_and_run(case, ["c++", f"-std={standard}"], "outline.cpp")
        assert text.splitlines()[:3] == ["1 Mills", "3  Querns", "7  Watermills"], text
        assert "as it should: invalid: " in text


def test_a_python_script(case):
    lines = run(sys.executable, HERE / "titles.py", Installed.get() / "lib/libquern.so.0").splitlines()
    assert lines[0] == "['맷돌', 'QUERN']", lines
    assert lines[1] == "runtime at titles.lua:2: no title", lines
    assert lines[2].startswith("timeout at titles.lua:2: "), lines


def test_the_header_compiles_alone(case):
    for number, (compiler, suffix, standard) in enumerate(
            [(c, s, f"{std}") for c, s, stds in (("gcc", "c", ("c99", "c11", "c17")), ("g++", "cpp", ("c++11", "c++20")),
                                                 ("clang", "c", ("c99", "c11")), ("clang++", "cpp", ("c++11",)))
             for std in stds if shutil.which(c)]):
        name = f"alone{number}.{suffix}"
        case.write(name, '#include <quern.h>\n#include <quern.h>\n'
                         "int main(void) { quern_config c = QUERN_CONFIG_INIT; quern_doc_options d = QUERN_DOC_OPTIONS_INIT;"
                         " quern_output o = QUERN_OUTPUT_INIT; quern_results r = QUERN_RESULTS_INIT;"
                         " return (int)(c.size + d.size + o.size + r.size) == 0; }\n")
        run(compiler, f"-std={standard}", "-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wconversion", "-Werror",
            "-fsyntax-only", name, *pkg_config("--cflags"), cwd=case.folder)


def test_exported_symbols_are_the_list(case):
    listed = set(re.findall(r"^\t(quern_\w+);$", (ROOT / "core/libquern.map").read_text(), re.M))
    header = re.sub(r"/\*.*?\*/", "", (ROOT / "include/quern.h").read_text(), flags=re.S)
    declared = set(re.findall(r"^QUERN_API\s[^;(]*?\b(quern_\w+)\(", header, re.M))
    assert declared == listed, f"header and core/libquern.map differ: {sorted(declared ^ listed)}"
    script = (ROOT / "tests/quern/public_api.h").read_text()
    unused = [n for n in listed if not re.search(rf"\b{n}\(", script)]
    assert not unused, f"tests/quern/public_api.h, which is run under every hardship, does not call {unused}"
    folder = Installed.get() / "lib"
    shared = {line.split()[-1].split("@")[0] for line in
              run("nm", "-D", "--defined-only", folder / "libquern.so").splitlines()} - {"QUERN_0"}
    assert shared == listed, f"libquern.so: {sorted(shared ^ listed)}"
    static = {line.split()[-1] for line in
              run("nm", "-g", "--defined-only", folder / "libquern.a").splitlines() if len(line.split()) == 3}
    assert static == listed, f"libquern.a: {sorted(static ^ listed)}"


def test_the_shared_library_has_name_and_links(case):
    folder = Installed.get() / "lib"
    soname = re.search(r"SONAME.*\[(.*)\]", run("readelf", "-d", folder / "libquern.so"))[1]
    version = re.search(r"^Version: (.*)$", (folder / "pkgconfig/quern.pc").read_text(), re.M)[1]
    assert soname == f"libquern.so.{version.split('.')[0]}"
    assert os.readlink(folder / "libquern.so") == soname
    assert os.readlink(folder / soname) == f"libquern.so.{version}"
    assert run(Installed.get() / "bin/quern", "--version") == f"quern {version}\n"
    # Embedders share their Lua with the system; the program has it in itself.
    assert "[liblua5.4." in run("readelf", "-d", folder / "libquern.so")
    assert "[liblua5.4." not in run("readelf", "-d", Installed.get() / "bin/quern")


def test_the_installed_program_finds_its_plugins(case):
    folder = Installed.get()
    case.write("talk.md", "# A talk\n\nOn 2024-11-30 we met.\n")
    quern = folder / "bin/quern"
    names = [line.split()[0] for line in run(quern, "list", cwd=case.folder).splitlines() if not line.startswith(" ")]
    assert names == sorted(p.stem for p in (ROOT / "plugins").glob("*.lua")), names
    events = run(quern, "run", "timeline", "-t", "json", "--no-cache", "talk.md", cwd=case.folder)
    assert '"2024-11-30"' in events, events
    assert str(ROOT).encode() not in quern.read_bytes()


def test_manual_pages_are_clean_and_complete(case):
    folder = Installed.get() / "share/man"
    pages = sorted(folder.rglob("*.[137]"))
    assert [p.name for p in pages] == ["quern.1", "quern.3", "quern-plugin.7"], pages
    for page in pages:
        lint = run("sh", "-c", 'mandoc -Tlint "$1" 2>&1 || :', "lint", page)
        # Pages that are not installed on this machine, and its index of pages.
        left = [line for line in lint.splitlines()
                if "referenced manual not found" not in line and "outdated mandoc.db" not in line]
        assert not left, "\n".join(left)
    text = (folder / "man3/quern.3").read_text()
    names = re.findall(r"^\t(quern_\w+);$", (ROOT / "core/libquern.map").read_text(), re.M)
    missing = [n for n in names if n not in text]
    assert not missing, f"quern(3) does not speak of {missing}"
    page = run("mandoc", "-Tascii", folder / "man1/quern.1")
    page = re.sub(".\b", "", page)
    for command in re.findall(r"^  quern ([a-z]+)", run(QUERN, "--help"), re.M):
        assert f"quern {command}" in page, command
        for option in re.findall(r"^ +(?:-\w, )?(--[\w-]+)", run(QUERN, "help", command), re.M):
            assert option in page, (command, option)


def complete(*words):
    script = Installed.get() / "share/bash-completion/completions/quern"
    lines = run("bash", "-c", '. "$0"; COMP_WORDS=("$@"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _quern 2>/dev/null;'
                'printf "%s\\n" "${COMPREPLY[@]}"', script, Installed.get() / "bin/quern", *words)
    return lines.split()


def test_completion(case):
    assert {"run", "show", "select", "check", "list"} <= set(complete(""))
    assert complete("sel") == ["select"]
    assert complete("run", "spe") == ["speakers"]
    assert complete("run", "summary,tim") == ["summary,timeline"]
    assert complete("run", "speakers", "--time") == ["--time-limit"]
    assert "csv" in complete("run", "speakers", "-t", "")
    assert complete("run", "summary", "-s", "sent") == ["sentences="]
    assert complete("show", "-t", "tr") == ["tree"]
    assert complete("help", "sh") == ["show"]
    assert complete("run", "summary", "--progress", "n") == ["never"]


def test_uninstall_leaves_nothing(case):
    root = str(case.folder / "a root")
    folder = case.folder / "a root/usr"
    run(*MAKE, "install", f"DESTDIR={root}", "prefix=/usr", "libdir=/usr/lib/some-triplet")
    assert (folder / "lib/some-triplet/libquern.so").exists()
    assert "libdir=/usr/lib/some-triplet\n" in (folder / "lib/some-triplet/pkgconfig/quern.pc").read_text()
    case.write("a root/usr/share/quern/plugins/mine.lua", "return {}")
    run(*MAKE, "uninstall", f"DESTDIR={root}", "prefix=/usr", "libdir=/usr/lib/some-triplet")
    left = [p for p in pathlib.Path(root).rglob("*") if not p.is_dir()]
    assert left == [folder / "share/quern/plugins/mine.lua"], left


def test_two_builds_are_the_same_bytes(case):
    """Here against the same sources in a folder of another name and length."""
    if not FULL:
        raise Skip("QUERN_TEST_FULL=1 builds everything once more")
    copy = case.folder / "somewhere" / "else"
    copy.mkdir(parents=True)
    for name in ("core", "include", "plugins", "Makefile", "README.md", "LICENSE"):
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, copy / name)
    root = str(case.folder / "root")
    run("make", "--no-print-directory", "-s", f"-j{os.cpu_count()}", "-C", copy, "install", f"DESTDIR={root}",
        f"prefix={PREFIX}", env={"CCACHE_DISABLE": "1"})
    run("diff", "-r", Installed.get(), root + PREFIX)


if __name__ == "__main__":
    if QUERN == str(ROOT / "build/quern"):
        harness.main()
    else:
        print("1..0")
