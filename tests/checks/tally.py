"""Counts of passed, failed and skipped tests, and the texts of failures."""
import pathlib
import subprocess
import threading

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Tally:
    """Filled from several threads."""

    def __init__(self):
        self.passed = self.failed = self.skipped = 0
        self.failures = []
        self.skips = []
        self.lock = threading.Lock()

    def add(self, name, passed, failed, skipped, text, skips=(), ran=None):
        """The counts of one program and how it ran; text is shown if it failed."""
        with self.lock:
            self.passed += passed
            self.failed += failed
            self.skipped += skipped
            self.skips.extend(f"{name}: {s}" for s in skips)
            if failed:
                self.failures.append((name, text))
            verdict = "FAILED" if failed else "ok"
            took = f" ({ran.seconds:.1f} s, {ran.processor:.1f} s busy)" if ran and ran.seconds >= 0.3 else ""
            print(f"{verdict:6} {name}: {passed} passed, {failed} failed, {skipped} skipped{took}", flush=True)

    def one(self, name, ok, text=""):
        """A check that counts as one test."""
        self.add(name, int(ok), int(not ok), 0, text)

    def skip(self, name, reason):
        self.add(name, 0, 0, 1, "", [reason])

    def print_failures(self):
        for skip in self.skips:
            print(f"skipped: {skip}")
        for name, text in self.failures:
            print(f"\n---- {name}\n{text.rstrip()}\n", flush=True)

    def summary(self):
        line = f"{self.passed} passed, {self.failed} failed"
        return line + (f", {self.skipped} skipped" if self.skipped else "")


def run(args, timeout=600, **more):
    """Exit status and all output of a command; a missing program and a time-out are texts too."""
    try:
        p = subprocess.run([str(a) for a in args], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                           timeout=timeout, **more)
        return p.returncode, p.stdout.decode("utf-8", "replace")
    except subprocess.TimeoutExpired as e:
        return -1, (e.stdout or b"").decode("utf-8", "replace") + f"\ntimed out after {timeout:.0f} seconds"
    except OSError as e:
        return -1, str(e)
