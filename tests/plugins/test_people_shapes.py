#!/usr/bin/env python3
"""People by the place they stand in: small documents of each kind of place, with
who is found there and in what role, and documents that hold nobody
(people_shapes.txt: "%%%% NAME = ROLE ROLE @ TALK ^ IMAGE ; ..." before each document, one of
the roles is enough, talk and image may be left out; NAME|NAME are two spellings of one person).  All names are made up.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))
from harness import QUERN, ROOT, main  # noqa: E402

CASES = pathlib.Path(__file__).with_name("people_shapes.txt")


def read_cases():
    cases = []
    for part in CASES.read_text(encoding="utf-8").split("%%%% ")[1:]:
        head, document = part.split("\n", 1)
        wanted = {}
        for entry in head.split(" ; ") if head != "nobody" else []:
            name, roles = entry.split(" = ")
            roles, _, image = roles.partition(" ^ ")
            roles, _, talk = roles.partition(" @ ")
            wanted[name] = set(roles.split()), {"talk": talk, "image": image}
        cases.append((wanted, document))
    return cases


PLUGIN = """-- The people of each document by itself, as speakers.lua merges them.
local people = require "lib.people"
return { name = "shapes", api = 1, summary = "the people of each document", formats = { "json" },
  map = function(doc) return { path = doc.path, found = people.of(doc) } end,
  render = function(results)
    local out = {}
    for _, value in results:each() do out[#out + 1] = { path = value.path, people = people.merge(value.found) } end
    return quern.json.encode(out) .. "\\n"
  end }
"""


def speaking(folder):
    """By document, the people of it that are more than mentioned: one run for all, which loads the rules once."""
    pathlib.Path(folder, "shapes.lua").write_text(PLUGIN, encoding="utf-8")
    env = dict(os.environ, QUERN_PLUGIN_PATH=f"{folder}:{ROOT / 'plugins'}")
    run = subprocess.run([QUERN, "run", "shapes", "--no-cache", "-t", "json", "documents"], cwd=folder, env=env,
                         capture_output=True, timeout=60)
    assert run.returncode == 0 and run.stderr == b"", run.stderr.decode()
    return {document["path"].rsplit("/", 1)[-1]: {p["name"]: p for p in document["people"] if p["roles"] != ["mentioned"]}
            for document in json.loads(run.stdout)}


def differences(wanted, found):
    expected = set()
    for names, (roles, facts) in wanted.items():
        spellings = names.split("|")
        expected.update(spellings)
        person = next((found[s] for s in spellings if s in found), None)
        if person is None:
            yield f"{names} is missing"
        elif not roles & set(person["roles"]):
            yield f"{names} is {person['roles']}, wanted one of {sorted(roles)}"
        for key, value in facts.items():
            told = [appearance.get(key) for appearance in person["appearances"]] if person else []
            if value and told and value not in told:
                yield f"{names} has {key} {told}, wanted {value}"
    for name, person in found.items():
        if name not in expected:
            yield f"{name} is no one: {person['appearances'][0]['rule']}: {person['appearances'][0]['text']}"


def test_shapes(_):
    cases = read_cases()
    assert len(cases) > 150, len(cases)
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        documents = pathlib.Path(folder, "documents")
        documents.mkdir()
        for number, (_, document) in enumerate(cases, 1):
            (documents / f"{number:03d}.md").write_text(document, encoding="utf-8")
        found = speaking(folder)
    for number, (wanted, document) in enumerate(cases, 1):
        people = found.get(f"{number:03d}.md", {})
        wrong += [f"{number} {document[:60]!r}: {line}" for line in differences(wanted, people)]
    assert not wrong, "\n".join(wrong)


if __name__ == "__main__":
    main()
