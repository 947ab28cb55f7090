"""What the tests of the command line share: a fresh folder for each test,
running the program, and TAP output.

A test is a function whose name begins with test_; it gets a Case and asserts.
The program is $QUERN, or build/quern of this checkout.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import traceback

ROOT = pathlib.Path(__file__).resolve().parents[2]
QUERN = str((ROOT / os.environ.get("QUERN", "build/quern")).resolve())
DATA = pathlib.Path(__file__).resolve().parent / "data"
IS_ROOT = os.geteuid() == 0


def scaled(n):
    """How often to try what is tried with ever other data: a tenth where QUERN_TEST_QUICK is set, as in the slow builds."""
    return -(-n // 10) if os.environ.get("QUERN_TEST_QUICK") else n


class Skip(Exception):
    """The test cannot run here; the text says why."""


class Result:
    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    @property
    def text(self):
        return self.out.decode("utf-8")

    @property
    def errors(self):
        return self.err.decode("utf-8")

    def json_lines(self):
        return [json.loads(line) for line in self.text.splitlines()]


class Case:
    """One test's folder, which is also the working folder of the program."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)

    def write(self, name, content=""):
        path = os.path.join(os.fsencode(self.folder), os.fsencode(name))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            f.write(content if isinstance(content, bytes) else content.encode())
        return path

    def read(self, name):
        return (self.folder / name).read_text()

    def exists(self, name):
        return os.path.lexists(self.folder / name)

    def names(self, name="."):
        return sorted(os.listdir(self.folder / name))

    def plugin(self, name, body, formats='"text", "json"'):
        """A plugin of this name in ./plugins; body is the rest of its table."""
        self.write(f"plugins/{name}.lua",
                   f'return {{ name = "{name}", api = 1, summary = "{name} for a test", '
                   f"formats = {{ {formats} }},\n{body}\n}}\n")

    def environment(self, more):
        """Nothing of the user's own: no plugin path, and a cache of the test's."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("QUERN_")}
        environment["XDG_CACHE_HOME"] = str(self.folder) + ".cache"
        environment.update(more or {})
        return environment

    def run(self, *args, stdin=b"", env=None, timeout=180, user=None, **more):
        environment = self.environment(env)
        if "stdout" not in more:
            more["stdout"] = subprocess.PIPE
        p = subprocess.run([QUERN, *args], input=stdin, cwd=self.folder, env=environment, timeout=timeout,
                           stderr=subprocess.PIPE, user=user, **more)
        return Result(p.returncode, p.stdout or b"", p.stderr)

    def start(self, *args, env=None, **more):
        """Starts it and does not wait."""
        environment = self.environment(env)
        return subprocess.Popen([QUERN, *args], cwd=self.folder, env=environment, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)

    def ok(self, *args, **more):
        """Runs, and wants exit code 0 and nothing on standard error."""
        r = self.run(*args, **more)
        assert r.status == 0, f"exit {r.status}: {r.errors}"
        assert r.err == b"", r.errors
        return r

    def fails(self, status, *args, says=(), **more):
        """Runs, and wants this exit code and these words on standard error."""
        r = self.run(*args, **more)
        assert r.status == status, f"exit {r.status}, not {status}: {r.errors}"
        for words in [says] if isinstance(says, str) else says:
            assert words in r.errors, f"{words!r} is not in:\n{r.errors}"
        return r


def run_one(function):
    folder = tempfile.mkdtemp(prefix="quern-cli-")
    try:
        os.chmod(folder, 0o755)
        function(Case(folder))
    finally:
        subprocess.run(["chmod", "-R", "u+rwx", folder], check=False)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(folder + ".cache", ignore_errors=True)


def main():
    module = sys.modules["__main__"]
    tests = [(n, f) for n, f in vars(module).items() if n.startswith("test_") and callable(f)]
    failed = 0
    print(f"1..{len(tests)}", flush=True)
    for number, (name, function) in enumerate(tests, 1):
        title = name[len("test_"):].replace("_", " ")
        try:
            run_one(function)
            print(f"ok {number} - {title}", flush=True)
        except Skip as reason:
            print(f"ok {number} - {title} # SKIP {reason}", flush=True)
        except Exception:  # a broken test is a failed test
            failed += 1
            print(f"not ok {number} - {title}")
            for line in traceback.format_exc().splitlines():
                print(f"# {line}", flush=True)
    sys.exit(1 if failed else 0)
