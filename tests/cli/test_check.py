#!/usr/bin/env python3
"""quern check: front matter held to a JSON Schema."""
import json

import harness

SCHEMA = """type: object
required: [title]
properties:
  title: {type: string}
  date: {type: string, format: date}
additionalProperties: false
"""


def set_up(case):
    case.write("schema.yaml", SCHEMA)
    case.write("docs/a.md", "---\ntitle: A\ndate: 2024-11-30\n---\n# A\n")
    case.write("docs/b.md", "---\ntitle: 5\ndate: 30.11.2024\nauthor: Kim\n---\n# B\n")
    case.write("docs/c.md", "+++\ntitle = \"C\"\ndate = 2024-11-31\n+++\n")
    case.write("docs/d.md", '{"title": "D",\n "date": []}\n\ntext\n')
    case.write("docs/e.md", "# No front matter\n")


def test_everything_wrong_is_told_with_its_place(case):
    set_up(case)
    r = case.run("check", "--schema", "schema.yaml", "docs")
    assert (r.status, r.text) == (1, "5 documents checked, 4 failed\n"), r.errors
    assert r.errors == (
        "docs/b.md:2:8: error: title: wanted a string, found the integer 5\n"
        "docs/b.md:3:7: error: date: wanted a date, as 2024-11-30, found the string \"30.11.2024\"\n"
        "docs/b.md:4:1: error: author: the schema knows no such field\n"
        # TOML itself refuses a day that does not exist.
        "docs/c.md:3:8: error: the front matter is not valid TOML: this is no date or time\n"
        "  hint: write 2024-12-31, 23:59:59 or 2024-12-31T23:59:59+09:00, or use quotes\n"
        "docs/d.md:2:10: error: date: wanted a string, found an empty list\n"
        "docs/e.md:1:1: error: title: is missing (the document has no front matter)\n"), r.errors


def test_all_is_well(case):
    set_up(case)
    r = case.ok("check", "--schema=schema.yaml", "docs/a.md")
    assert r.text == "1 document checked, 0 failed\n"
    r = case.ok("check", "--schema=schema.yaml", "-", stdin=b"---\ntitle: x\n---\n")
    assert r.text == "1 document checked, 0 failed\n"


def test_diagnostics_as_json(case):
    set_up(case)
    r = case.run("check", "--schema", "schema.yaml", "--diagnostics", "json", "docs/b.md")
    lines = [json.loads(line) for line in r.errors.splitlines()]
    assert r.status == 1 and len(lines) == 3
    assert lines[0] == {"severity": "error", "path": "docs/b.md", "line": 2, "column": 8,
                        "message": "title: wanted a string, found the integer 5"}


def test_schemas_in_json(case):
    set_up(case)
    case.write("s.json", '{"type": "object",\n "required": ["title"]}')
    case.write("same", '{ "required": ["title"] }')
    case.ok("check", "--schema", "s.json", "docs/a.md")
    case.fails(1, "check", "--schema", "same", "docs/e.md", says="title: is missing")
    case.write("any.json", "true")
    case.ok("check", "--schema", "any.json", "docs/e.md")


def test_wrong_schemas_have_a_place_and_exit_2(case):
    set_up(case)
    case.write("s.json", '{"type": "object",\n "required": "title",\n "minimum": []}')
    r = case.fails(2, "check", "--schema", "s.json", "docs",
                   says=["s.json:2:14: error: required wants a list of names", "s.json:3:13: error: minimum"])
    assert r.out == b""
    case.write("s.json", '{"type": "object",\n "required": [')
    case.fails(2, "check", "--schema", "s.json", "docs", says="s.json:2:")
    case.fails(2, "check", "--schema", "missing.json", "docs", says="missing.json: error: the schema cannot be read")
    case.fails(2, "check", "--schema", "docs", "docs", says="docs: error: the schema cannot be read")
    case.fails(2, "check", "docs", says="no schema is named")
    case.fails(2, "check", "--schema", "s.json", says="no document is named")
    case.fails(2, "check", "--schema=", "docs", says="--schema does not take ''")


def test_a_misspelt_keyword_is_a_warning(case):
    set_up(case)
    case.write("s.yaml", "requird: [title]\n")
    r = case.fails(0, "check", "--schema", "s.yaml", "docs/e.md", says=["s.yaml:1:1: warning: \"requird\"", "required?"])
    assert r.text == "1 document checked, 0 failed\n"


def test_front_matter_that_cannot_be_read_fails(case):
    case.write("any.yaml", "{}")
    case.write("a.md", "---\na: [\n---\n")
    case.write("b.md", "---\na: 1\n\ntext\n")
    case.write("c.md", "---\na: 1\na: 2\n---\n")
    case.fails(1, "check", "--schema", "any.yaml", "a.md", says="error: the front matter is not valid YAML")
    case.fails(1, "check", "--schema", "any.yaml", "b.md", says="b.md:1:1: error: front matter begins here")
    case.fails(0, "check", "--schema", "any.yaml", "c.md", says="c.md:3:1: warning: the key \"a\" is given twice")
    r = case.fails(1, "check", "--schema", "any.yaml", "a.md", "missing.md", "c.md", says="missing.md")
    assert r.text == "2 documents checked, 1 failed\n", r.text


def test_control_characters_are_escaped(case):
    case.write("s.yaml", "properties: {a: {type: integer}}")
    case.write("a.md", '---\na: "\\e[31m\\n"\n---\n')
    r = case.fails(1, "check", "--schema", "s.yaml", "a.md", says="\\x1b[31m\\n")
    assert b"\x1b" not in r.err


def test_body_is_not_looked_at(case):
    case.write("s.yaml", "{}")
    case.write("a.md", "---\na: 1\n---\n" + "<div>" * 1000)
    case.ok("check", "--schema", "s.yaml", "a.md")


if __name__ == "__main__":
    harness.main()
