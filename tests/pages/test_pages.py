#!/usr/bin/env python3
"""The pages that plugins write, judged by others: the Nu HTML checker,
axe-core, a browser, and independent readers of calendars and CSV.

Every plugin with the format html is found by itself.  What is missing (node,
java, chromium, tests/node_modules) makes the tests skip and say so; `make
deps-test` installs it.  The pages do not depend on how the program was
compiled, so the sanitizer and coverage builds leave them out.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
from urllib.parse import unquote, urlsplit

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))
import harness  # noqa: E402
from harness import QUERN, ROOT, Skip  # noqa: E402

import documents  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
MODULES = HERE.parent / "node_modules"
NU = MODULES / "vnu-jar/build/dist/vnu.jar"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
NOW = "2025-12-01T09:00:00Z"
TEXT_IS_THE_DOCUMENTS = {"reformat"}  # its pages are the document itself, addresses as they were written
FOLDER = pathlib.Path(tempfile.mkdtemp(prefix="quern-pages-"))


def need(*tools):
    """Skips where a tool is missing."""
    build = pathlib.Path(QUERN).parent.name
    if build in ("asan", "cov", "tsan"):
        raise Skip(f"pages are tested with the plain build, not with {build}")
    if not (MODULES / ".installed-lock").exists():
        raise Skip("tests/node_modules is missing: make deps-test")
    paths = {"node": shutil.which("node"), "java": shutil.which("java"),
             "chromium": CHROMIUM if os.access(CHROMIUM, os.X_OK) else None}
    for tool in tools:
        if not paths[tool]:
            raise Skip(f"{tool} is missing: make deps-test")


def quern(*args, cwd=ROOT):
    r = subprocess.run([QUERN, *map(str, args)], cwd=cwd, capture_output=True, timeout=120)
    assert r.returncode == 0, f"{args}: exit {r.returncode}: {r.stderr.decode()}"
    return r.stdout


def run_script(script, *args, timeout=240):
    """Runs a node script, whose lines are problems."""
    home = FOLDER / "home"
    home.mkdir(exist_ok=True)
    environment = {**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_CACHE_HOME": str(home), "CHROMIUM": CHROMIUM}
    r = subprocess.run(["node", str(HERE / script), *map(str, args)], capture_output=True, timeout=timeout, env=environment, cwd=HERE)
    assert r.returncode == 0 and not r.stdout, f"{script}\n{r.stdout.decode()[:6000]}{r.stderr.decode()[-3000:]}"


def write_source(name, text):
    path = FOLDER / "source" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def page_plugins():
    listed = [json.loads(line) for line in quern("list", "-t", "json").decode().splitlines()]
    return [p["name"] for p in listed if "html" in p["formats"] and p["name"] not in TEXT_IS_THE_DOCUMENTS]


def made_once(function):
    """The pages are made when a test first asks for them."""
    made = []

    def get():
        if not made:
            made.append(function())
        return made[0]
    return get


def all_pages(folder):
    return sorted(p for p in folder.rglob("*.html") if p.is_file())


@made_once
def content_pages():
    """Every page of every plugin over content/, in a folder of its own for each plugin."""
    pages = []
    for name in page_plugins():
        folder = FOLDER / "pages" / name
        folder.mkdir(parents=True)
        quern("run", name, "-t", "html", "--now", NOW, "content", "-o", f"{folder}/")
        pages += all_pages(folder)
    return pages


def judged_pages():
    """Of a site's many pages of one kind, the two largest: judging takes a second for each."""
    folders = {}
    for page in content_pages():
        folders.setdefault(page.parent, []).append(page)
    return [p for pages in folders.values() for p in sorted(pages, key=lambda p: -p.stat().st_size)[:2]]


@made_once
def sized_pages():
    """Timelines of many events, of few, of one, of none; speakers and summaries of nothing."""
    pages = []
    sources = {"many": documents.many_events(), "few": documents.FEW_EVENTS, "one": "# One\n\nOn 2024-02-29 it began.\n",
               "none": "# Nothing\n\nNo date, nobody.\n"}
    for name, text in sources.items():
        source = write_source(f"{name}/{name}.md", text)
        for plugin in ("timeline", "speakers", "summary") if name == "none" else ("timeline",):
            page = FOLDER / "sized" / f"{plugin}-{name}.html"
            page.parent.mkdir(exist_ok=True)
            quern("run", plugin, "-t", "html", source.name, "-o", page, cwd=source.parent)
            pages.append(page)
    return pages


@made_once
def hostile_pages():
    """The page writers on hostile values, and every plugin on a hostile document with a hostile name."""
    folder = FOLDER / "hostile"
    folder.mkdir()
    values = folder / "values.json"
    values.write_text(json.dumps(documents.ATTACKS), encoding="utf-8")
    source = write_source("hostile/'\"><img src=x onerror=window.ran=1>&.md", documents.hostile_document())
    for page in ("speakers", "timeline", "summary", "links"):
        quern("run", HERE / "attack.lua", "--plugin-path", ROOT / "plugins", "-s", f"page={page}", "-s", f"values=@{values}",
              "-t", "html", source, "-o", folder / f"values-{page}.html")
    for name in page_plugins():
        (folder / name).mkdir()
        quern("run", name, "-t", "html", "--now", NOW, source.name, "-o", f"{folder / name}/", cwd=source.parent)
    return all_pages(folder)


def nu_messages(pages):
    # It runs for seconds: what it does is not worth a second compiler's time.
    command = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss16m", "-jar", str(NU), "--stdout", "--exit-zero-always", "--format", "json", *map(str, pages)]
    r = subprocess.run(command, capture_output=True, timeout=240)
    assert r.returncode == 0, r.stderr.decode()[-2000:]
    for m in json.loads(r.stdout)["messages"]:
        yield unquote(urlsplit(m["url"]).path), f"{pathlib.Path(m['url']).name}:{m.get('lastLine')}: {m['type']} {m.get('subType', '')}: {m['message']} {m.get('extract', '')!r}"


def test_the_nu_checker_finds_nothing(_):
    need("java")
    # The attacks are in no language, so what the checker guesses of theirs is left out.
    hostile = {str(p) for p in hostile_pages()}
    messages = [text for page, text in nu_messages(content_pages() + sized_pages() + hostile_pages())
                if page not in hostile or "appears to be written in" not in text]
    assert not messages, "\n".join(messages[:30])


def test_axe_finds_nothing_on_phone_and_desk_light_and_dark(_):
    need("node", "chromium")
    run_script("check_axe.mjs", *judged_pages(), *sized_pages())


def test_pages_open_without_message_or_request_and_fit_the_window(_):
    need("node", "chromium")
    run_script("check_quiet.mjs", *judged_pages(), *sized_pages(), *hostile_pages())


def filtered(pages):
    return [p for p in pages if 'id="filter"' in p.read_text(encoding="utf-8")]


def test_the_filter_narrows_tells_and_clears(_):
    need("node", "chromium")
    pages = filtered(content_pages())
    assert {"timeline.html", "speakers.html", "summary.html"} <= {p.name for p in pages}
    run_script("check_filter.mjs", *pages)


def test_everything_works_by_keyboard(_):
    need("node", "chromium")
    run_script("check_keyboard.mjs", *filtered(content_pages()), *filtered(sized_pages()))


def test_dark_light_and_paper(_):
    need("node", "chromium")
    run_script("check_looks.mjs", *judged_pages())


def test_hostile_documents_run_nothing_and_break_out_of_nothing(_):
    need("node", "chromium")
    run_script("check_attack.mjs", *hostile_pages())


def read_back(name, *sources, cwd=ROOT):
    folder = FOLDER / name
    folder.mkdir()
    for plugin, form in (("timeline", "json"), ("timeline", "ics"), ("timeline", "csv"), ("speakers", "json"), ("speakers", "csv")):
        quern("run", plugin, "-t", form, "--now", NOW, *sources, "-o", folder / f"{plugin}.{form}", cwd=cwd)
    run_script("check_read_back.mjs", folder, NOW)


def test_calendar_and_csv_are_read_back_equal(_):
    need("node")
    read_back("content-back", "content")
    source = write_source("awkward/awkward.md", documents.awkward_rows())
    read_back("awkward-back", source.name, cwd=source.parent)


if __name__ == "__main__":
    if len(sys.argv) > 1:  # test_pages.py WORD... runs the tests whose name has one of the words
        for test in [t for t in vars() if t.startswith("test_") and not any(word in t for word in sys.argv[1:])]:
            del globals()[test]
    try:
        harness.main()
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)
