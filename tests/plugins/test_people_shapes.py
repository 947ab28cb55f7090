#!/usr/bin/env python3
"""People by the place they stand in: small documents of each kind of place, with
who is found there and in what role, and documents that hold nobody
(people_shapes.txt: "%%%% NAME = ROLE ROLE @ TALK ; ..." before each document, one of
the roles is enough, the talk may be left out; NAME|NAME are two spellings of one person).  All names are made up.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))
from harness import QUERN, main  # noqa: E402

CASES = pathlib.Path(__file__).with_name("people_shapes.txt")


def read_cases():
    cases = []
    for part in CASES.read_text(encoding="utf-8").split("%%%% ")[1:]:
        head, document = part.split("\n", 1)
        wanted = {}
        for entry in head.split(" ; ") if head != "nobody" else []:
            name, roles = entry.split(" = ")
            roles, _, talk = roles.partition(" @ ")
            wanted[name] = set(roles.split()), talk
        cases.append((wanted, document))
    return cases


def speaking(folder, name):
    """The people of one document that are more than mentioned."""
    run = subprocess.run([QUERN, "run", "speakers", "--no-cache", "-t", "json", "-s", "explain=true", name], cwd=folder,
                         capture_output=True, timeout=60)
    assert run.returncode == 0 and run.stderr == b"", run.stderr.decode()
    people = json.loads(run.stdout)["people"]
    return {p["name"]: p for p in people if p["roles"] != ["mentioned"]}


def differences(wanted, found):
    expected = set()
    for names, (roles, talk) in wanted.items():
        spellings = names.split("|")
        expected.update(spellings)
        person = next((found[s] for s in spellings if s in found), None)
        if person is None:
            yield f"{names} is missing"
        elif not roles & set(person["roles"]):
            yield f"{names} is {person['roles']}, wanted one of {sorted(roles)}"
        elif talk and talk not in [appearance.get("talk") for appearance in person["appearances"]]:
            yield f"{names} speaks of {[appearance.get('talk') for appearance in person['appearances']]}, wanted {talk}"
    for name, person in found.items():
        if name not in expected:
            yield f"{name} is no one: {person['appearances'][0]['rule']}: {person['appearances'][0]['text']}"


def test_shapes(_):
    cases = read_cases()
    assert len(cases) > 150, len(cases)
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        for number, (wanted, document) in enumerate(cases, 1):
            name = f"{number:03d}.md"
            pathlib.Path(folder, name).write_text(document, encoding="utf-8")
            wrong += [f"{number} {document[:60]!r}: {line}" for line in differences(wanted, speaking(folder, name))]
    assert not wrong, "\n".join(wrong)


if __name__ == "__main__":
    main()
