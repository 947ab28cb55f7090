#!/usr/bin/env python3
"""Golden tests: every plugin in every format over content/, byte for byte.

tests/plugins/golden/PLUGIN.EXTENSION is the expected output;
`test_golden.py --write` makes them anew: read the difference before it is committed.
Formats and extensions are asked of the program, so a new plugin is found by
itself and fails until its golden files are there.
"""
import json
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))
from harness import QUERN, ROOT, main  # noqa: E402

GOLDEN = pathlib.Path(__file__).resolve().parent / "golden"
EXTENSION = {"markdown": "md", "text": "txt"}
NOW = "2025-12-01T09:00:00Z"
# Writes a folder of pages and no text: test_outputs.py reads them.
FOLDERS = {"site"}


def run(*args):
    r = subprocess.run([QUERN, *args], cwd=ROOT, capture_output=True, timeout=120)
    assert r.returncode == 0, f"{args}: exit {r.returncode}: {r.stderr.decode()}"
    return r


def plugins():
    listed = run("list", "-t", "json").stdout.decode().splitlines()
    for line in listed:
        plugin = json.loads(line)
        for form in plugin["formats"]:
            if plugin["name"] not in FOLDERS:
                yield plugin["name"], form


def output(name, form):
    return run("run", name, "-t", form, "--now", NOW, "content").stdout


def golden_file(name, form):
    return GOLDEN / f"{name}.{EXTENSION.get(form, form)}"


def first_difference(want, got):
    for number, (a, b) in enumerate(zip(want.splitlines(), got.splitlines()), 1):
        if a != b:
            return f"line {number}\n--- golden\n{a[:400]}\n--- now\n{b[:400]}"
    return f"{len(want)} bytes in the golden file, {len(got)} now"


def test_every_output_is_golden(_):
    wrong = []
    for name, form in plugins():
        path = golden_file(name, form)
        want = path.read_bytes() if path.exists() else b""
        got = output(name, form)
        if want != got:
            wrong.append(f"{path.name}: {first_difference(want.decode(), got.decode())}")
    assert not wrong, "\n".join(wrong)


def test_no_golden_file_is_left_over(_):
    known = {golden_file(name, form).name for name, form in plugins()}
    assert {p.name for p in GOLDEN.iterdir()} <= known


def test_two_runs_give_the_same_bytes(_):
    for name, form in plugins():
        assert output(name, form) == output(name, form), f"{name} -t {form}"


def test_order_of_arguments_decides_the_order_of_documents(_):
    a, b = sorted((ROOT / "content").glob("*.md"))[:2]
    got = run("run", "summary", "-t", "json", str(b), str(a)).stdout
    assert [d["path"] for d in json.loads(got)["documents"]] == [str(b), str(a)]


def has_keys(item, *keys):
    missing = [k for k in keys if k not in item]
    assert not missing, f"{missing} missing in {item}"


def test_speakers_json_has_the_documented_shape(_):
    people = json.loads(output("speakers", "json"))["people"]
    assert len(people) > 10
    for person in people:
        has_keys(person, "name", "roles", "appearances")
        assert set(person["roles"]) <= {"speaker", "author", "member", "organizer", "mentioned"}
        for appearance in person["appearances"]:
            has_keys(appearance, "path", "role", "section", "talk", "video", "image", "line")


def test_timeline_json_has_the_documented_shape_and_order(_):
    events = json.loads(output("timeline", "json"))["events"]
    assert len(events) > 50
    for event in events:
        has_keys(event, "date", "text", "what", "path", "line", "section")


def test_summary_json_has_the_documented_shape(_):
    documents = json.loads(output("summary", "json"))["documents"]
    assert len(documents) == len([p for p in (ROOT / "content").iterdir() if p.suffix != ".json"])
    for document in documents:
        has_keys(document, "path", "title", "date", "authors", "sentences", "words")


if __name__ == "__main__":
    if "--write" in sys.argv:
        GOLDEN.mkdir(exist_ok=True)
        for plugin_name, plugin_form in plugins():
            golden_file(plugin_name, plugin_form).write_bytes(output(plugin_name, plugin_form))
    else:
        main()
