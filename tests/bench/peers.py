#!/usr/bin/env python3
"""quern and its peers on the same extraction job.
usage: peers.py [-n ROUNDS] [--only NAME] [--write] BUILD [COUNT...]

Makes a corpus of each size (corpus.py) in a temporary folder, runs everything
in turns and prints medians with their spread in units of R (read + cmark parse
under malloc, one thread) taken from the same round: of wall time, and of the
processor time of all processes, which other work on the machine disturbs less.
Peers that are not installed are skipped with a message; the slow ones get a part of
the corpus.  --only: R and those whose name begins so.
--write puts table and plot into README.md and peers.svg beside this file.
"""
import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
import corpus

HERE = pathlib.Path(__file__).resolve().parent
NODE = HERE.parent / "node_modules"
BEGIN, END = "<!-- peers: begin -->", "<!-- peers: end -->"


class Job:
    """One contender: a command over a list of documents; prepare is not timed."""

    def __init__(self, name, command, share=1.0, prepare=None, list_in=False, needs=None, env=None):
        self.name, self.command, self.share, self.prepare = name, command, share, prepare
        self.list_in, self.needs, self.env = list_in, needs, env
        self.ratios, self.cpu_ratios, self.rates, self.memory = [], [], [], 0


def measure(build, command, env, stdin):
    """Wall and processor seconds, and the largest memory of any process below in MiB."""
    with tempfile.NamedTemporaryFile("r") as took:
        p = subprocess.run([str(build / "bench/measure"), took.name, *command], stdin=stdin,
                           stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=env, check=False)
        words, err = took.read().split(), p.stderr
    if p.returncode != 0 or len(words) != 3:
        raise RuntimeError(f"exit {p.returncode}: {err[-300:].decode(errors='replace')}")
    return float(words[0]), float(words[1]), int(words[2]) / 1024


class Bench:
    def __init__(self, build, folder, count):
        self.build, self.folder, self.count = pathlib.Path(build).resolve(), folder, count
        self.docs = os.path.join(folder, "docs")
        corpus.make(self.docs, count)
        self.files = sorted(os.path.join(b, n) for b, _, names in os.walk(self.docs) for n in names)
        old = time.time() - 3600
        for path in self.files:
            os.utime(path, (old, old))
        time.sleep(2.1)  # a stamp of the last two seconds is not believed

    def list_of(self, share):
        n = max(1, int(self.count * min(1.0, share)))
        path = os.path.join(self.folder, f"list-{n}")
        with open(path, "w", encoding="utf-8") as f:
            f.write("".join(p + "\n" for p in self.files[:n]))
        return path, n

    def quern(self, plugin, *more, cache=None):
        where = ["--cache", os.path.join(self.folder, cache)] if cache else ["--no-cache"]
        return [str(self.build / "quern"), "run", str(plugin), self.docs, *where, *more]

    def change_one(self):
        with open(self.files[len(self.files) // 2], "a", encoding="utf-8") as f:
            f.write("\nOne more line.\n")

    def change_plugin(self):
        path = os.path.join(self.folder, "changed.lua")
        text = (HERE / "extract.lua").read_text()
        with open(path, "w", encoding="utf-8") as f:
            f.write(text + f"-- {time.time_ns()}\n")

    def fill(self):
        subprocess.run(self.quern(HERE / "extract.lua", cache="cache"), stdout=subprocess.DEVNULL, check=True)

    def hugo_site(self):
        site = os.path.join(self.folder, "site")
        os.makedirs(site + "/layouts/_default", exist_ok=True)
        if not os.path.exists(site + "/content"):
            shutil.copytree(self.docs, site + "/content")
        for name in "single", "list":
            with open(f"{site}/layouts/_default/{name}.html", "w", encoding="utf-8") as f:
                f.write("{{ .Title }} {{ .TableOfContents }} {{ .Summary | plainify }}")
        with open(site + "/config.toml", "w", encoding="utf-8") as f:
            f.write('baseURL = "https://example.org/"\ndisableKinds = ["taxonomy", "term", "RSS", "sitemap"]\n')

    def jobs(self):
        extract, slow = HERE / "extract.lua", min(1.0, 1000 / self.count)
        return [
            Job("R: read + cmark parse", [str(self.build / "bench/bench_cmark")], list_in=True),
            Job("quern, one worker", self.quern(extract, "-j1")),
            Job("quern, two workers", self.quern(extract, "-j2")),
            Job("quern, front matter only, one worker", self.quern(HERE / "meta.lua", "-j1")),
            Job("quern, second run", self.quern(extract, cache="cache"), prepare=self.fill),
            Job("quern, one changed document", self.quern(extract, cache="cache"),
                prepare=lambda: (self.fill(), self.change_one())),
            Job("quern, changed plugin, one worker", self.quern(os.path.join(self.folder, "changed.lua"), "-j1", cache="cache"),
                prepare=self.change_plugin),
            Job("lowdown, one process: parsing alone", [str(self.build / "bench/bench_lowdown")], list_in=True, needs="liblowdown"),
            Job("lowdown, one process a file", ["sh", "-c", "xargs -n1 lowdown -T tree"], slow, list_in=True,
                needs="lowdown"),
            Job("remark with gray-matter", ["node", str(HERE / "remark.mjs"), "LIST"], slow, needs="remark-parse"),
            Job("markdown-it with gray-matter", ["node", str(HERE / "markdown_it.mjs"), "LIST"], slow * 4,
                needs="markdown-it"),
            Job("hugo", ["hugo", "--quiet", "-s", os.path.join(self.folder, "site"), "-d",
                         os.path.join(self.folder, "public")],
                prepare=self.hugo_site, needs="hugo" if self.count <= 10000 else "a smaller corpus"),
            Job("pandoc, one process", ["pandoc", "-f", "markdown", "-L", str(HERE / "pandoc_many.lua"), "/dev/null"], slow, needs="pandoc"),
            Job("pandoc, one process a file", ["sh", "-c", "xargs -n1 pandoc -f gfm -t json"], min(1.0, 20 / self.count),
                list_in=True, needs="pandoc"),
        ]

    def run(self, job):
        """Wall and processor seconds a document."""
        path, n = self.list_of(job.share)
        if job.prepare:
            job.prepare()
        env = {**os.environ, "BENCH_LIST": path}
        with open(path if job.list_in else os.devnull, "rb") as stdin:
            wall, cpu, memory = measure(self.build, [path if w == "LIST" else w for w in job.command], env, stdin)
        job.memory = max(job.memory, memory)
        return wall / n, cpu / n


def is_there(name):
    if name in ("remark-parse", "markdown-it"):
        return bool(shutil.which("node")) and all((NODE / p).is_dir() for p in (name, "gray-matter"))
    if name == "liblowdown":
        return pathlib.Path("/usr/include/lowdown.h").exists()
    return not name or bool(shutil.which(name))


def compare(build, count, rounds, only):
    with tempfile.TemporaryDirectory(prefix="quern-bench-") as folder:
        b = Bench(build, folder, count)
        jobs = [j for i, j in enumerate(b.jobs()) if i == 0 or j.name.startswith(only)]
        jobs = [j for j in jobs if is_there(j.needs) or print(f"skipped: {j.name} needs {j.needs}")]
        for _ in range(rounds):
            yardstick = None
            for job in jobs:
                try:
                    each = b.run(job)
                except (RuntimeError, OSError, subprocess.CalledProcessError) as e:
                    print(f"failed: {job.name}: {e}")
                    continue
                yardstick = yardstick or each
                job.ratios.append(each[0] / yardstick[0])
                job.cpu_ratios.append(each[1] / yardstick[1])
                job.rates.append(1 / each[0])
        return [j for j in jobs if j.ratios]


def table(count, jobs):
    lines = [f"### {count:,} documents", "", "| | documents/s | in R (spread) | processor time in R | MiB |",
             "|---|---|---|---|---|"]
    for j in jobs:
        lines.append(f"| {j.name} | {statistics.median(j.rates):,.0f} | {statistics.median(j.ratios):.3g} "
                     f"({min(j.ratios):.3g} - {max(j.ratios):.3g}) | {statistics.median(j.cpu_ratios):.3g} | "
                     f"{j.memory:.0f} |")
    return "\n".join(lines) + "\n"


def plot(jobs):
    """Bars of documents a second, on a logarithmic scale."""
    import math
    rates = [statistics.median(j.rates) for j in jobs]
    top, width, row = math.log10(max(rates)) + 0.1, 460, 26
    low = min(0.0, math.floor(math.log10(min(rates))))
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="860" height="{row * len(jobs) + 20}" '
           'font-family="sans-serif" font-size="13">', '<rect width="100%" height="100%" fill="white"/>']
    for i, (job, rate) in enumerate(zip(jobs, rates)):
        y, length = 10 + i * row, max(2, width * (math.log10(rate) - low) / (top - low))
        colour = "#2a6f97" if job.name.startswith("quern") else "#a0a0a0"
        out.append(f'<text x="270" y="{y + 16}" text-anchor="end">{job.name}</text>'
                   f'<rect x="280" y="{y + 2}" width="{length:.0f}" height="{row - 6}" fill="{colour}"/>'
                   f'<text x="{286 + length:.0f}" y="{y + 16}">{rate:,.0f}/s</text>')
    return "\n".join([*out, "</svg>"]) + "\n"


def write(tables, jobs):
    readme = HERE / "README.md"
    text = readme.read_text()
    head, rest = text.split(BEGIN)
    tail = rest.split(END)[1]
    readme.write_text(f"{head}{BEGIN}\n\n" + "\n".join(tables) + f"\n![documents a second](peers.svg)\n\n{END}{tail}")
    (HERE / "peers.svg").write_text(plot(jobs))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("-n", type=int, default=3, help="rounds (default 3)")
    p.add_argument("--only", default="")
    p.add_argument("--write", action="store_true")
    p.add_argument("build")
    p.add_argument("counts", nargs="*", type=int)
    a = p.parse_args()
    tables = []
    for count in a.counts or [1000, 10000, 100000]:
        jobs = compare(a.build, count, a.n, a.only)
        tables.append(table(count, jobs))
        print(tables[-1], flush=True)
    if a.write:
        write(tables, jobs)


if __name__ == "__main__":
    main()
