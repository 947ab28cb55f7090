#!/usr/bin/env python3
"""The tree as JSON: what is written fits tree.schema.json, by Python's
jsonschema; and the tables of plugins/README.md name the kinds, fields and examples that are there.
"""
import json
import os
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))
from harness import ROOT, Skip, main  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
SCHEMA = json.loads((HERE / "tree.schema.json").read_text())
FITTING = set()  # trees, as JSON: most examples have the same one in both dialects
README = (ROOT / "plugins" / "README.md").read_text()


def trees(case, documents, form="auto"):
    """{name: {tree, json, markdown}} of {name: text}."""
    folder = case.folder / form
    folder.mkdir()
    for name, text in documents.items():
        (folder / name).write_text(text)
    ran = case.run("run", HERE / "render_json.lua", "--from", form, folder)
    assert ran.status == 0, ran.errors
    lines = [json.loads(line) for line in ran.text.splitlines()]
    return {pathlib.Path(line["path"]).name: line["value"] for line in lines}


def validator():
    try:
        import jsonschema
    except ImportError:
        raise Skip("python3-jsonschema is missing: make deps-test") from None
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    return jsonschema.Draft202012Validator(SCHEMA)


def specification():
    spec = HERE.parent / "node_modules" / "commonmark-spec" / "spec.txt"
    if not spec.exists():
        raise Skip("commonmark-spec is missing: make deps-test")
    found = re.findall(r"^`{32} example\n(.*?)^\.\n.*?^`{32}$", spec.read_text(), re.M | re.S)
    return {f"{i:03}.md": text.replace("→", "\t") for i, text in enumerate(found, 1)}


def wrong_trees(written):
    """Whole test runs check every tree once, others (jsonschema takes its time) each fifth."""
    check = validator()
    step = 1 if os.environ.get("QUERN_TEST_FULL") else 5
    for n, (name, value) in enumerate(written.items()):
        text = json.dumps(value["tree"])
        error = n % step == 0 and text not in FITTING and next(check.iter_errors(value["tree"]), None)
        if error:
            yield f"{name}: {error.json_path}: {error.message[:200]}"
        elif n % step == 0:
            FITTING.add(text)
        if not value["json"]:
            yield f"{name}: JSON does not read back"


def test_examples_of_the_specification_fit(case):
    wrong = list(wrong_trees(trees(case, specification())))
    wrong += wrong_trees(trees(case, specification(), "commonmark"))
    assert not wrong, "\n".join(wrong)


def test_documents_fit(case):
    documents = {p.name: p.read_text() for p in sorted((ROOT / "content").glob("*.md"))}
    wrong = list(wrong_trees(trees(case, documents)))
    assert documents and not wrong, "\n".join(wrong)


def test_the_schema_refuses(case):
    check = validator()
    for tree in ({}, {"kind": "word"}, {"kind": "heading", "level": 7, "children": []}, {"kind": "text"},
                 {"kind": "paragraph", "children": [{"kind": "heading", "level": 1, "children": []}]},
                 {"kind": "list", "ordered": False, "tight": True, "children": [{"kind": "paragraph", "children": []}]},
                 {"kind": "text", "literal": "a", "url": "b"}, {"kind": "emph"}):
        assert not check.is_valid(tree), tree


# ------------------------------------------------------------------ the tables

def rows(head):
    """Cells of the table whose first heading is head."""
    lines = README.split(f"\n| {head} |", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    return [[c.strip().replace("\\|", "|") for c in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def nodes(tree):
    yield tree
    for child in tree.get("children", []):
        yield from nodes(child)


def kinds_of_table():
    for kind, fields, _, example in rows("blocks") + rows("inlines"):
        yield kind.strip("`"), re.findall(r"`(\w+)`", fields), re.fullmatch(r"(`+) ?(.*?) ?\1", example)[2]


def test_every_kind_is_in_the_tables(case):
    named = [kind for kind, _, _ in kinds_of_table()]
    assert sorted(named) == sorted(SCHEMA["$defs"]["node"]["properties"]["kind"]["enum"]), named


def test_every_example_is_what_it_says(case):
    table = list(kinds_of_table())
    form = {kind: "commonmark" if kind.startswith("html_") else "auto" for kind, _, _ in table}
    written = {}
    for name in ("auto", "commonmark"):
        written.update(trees(case, {f"{k}.md": e.replace("↵", "\n") + "\n" for k, _, e in table if form[k] == name}, name))
    for kind, fields, example in table:
        value = written[f"{kind}.md"]
        found = [n for n in nodes(value["tree"]) if n["kind"] == kind]
        assert found, f"{example!r} has no {kind}"
        there = set().union(*found) - {"kind", "line", "children", "attributes"}
        assert there == set(fields), f"{kind}: {fields} in the table, {sorted(there)} in {example!r}"
        assert value["json"] and (value["markdown"] or form[kind] == "commonmark"), f"{example!r} does not read back"


def test_pandocs_names_lead_to_kinds(case):
    kinds = {kind for kind, _, _ in kinds_of_table()}
    table = rows("pandoc")
    assert len(table) > 30
    for theirs, ours, _ in table:
        assert re.fullmatch(r"`[A-Z]\w+`", theirs) and ours.strip("`") in kinds, (theirs, ours)


if __name__ == "__main__":
    main()
