#!/usr/bin/env python3
"""Attacks through the command line: those of tests/hostile/attacks.txt, each of
which meets one document, ends in its error, and leaves the other documents and
the plugin beside it alone; and documents that want to be too much."""
import json
import os
import re

from harness import QUERN, ROOT, main, scaled

# An optimised build keeps the library's promise; sanitizers and coverage are slower.
SLACK = 0.05 if "/build/quern" in QUERN else 0.6
LIMIT = 0.2

# Which of two budgets is spent first may depend on the machine; how deep is too deep does.
ENDS = {"nomem": ["nomem", "timeout"], "output": ["output", "timeout"], "ok": ["ok", "stack"]}

# Documents, each of which wants too much of something.
HOSTILE = {
    # front matter
    "laughs.md": "---\na: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{c}: &{c} [{','.join(['*' + p] * 9)}]\n" for p, c in zip("abcdefgh", "bcdefghi")) + "---\n# T\n",
    "self.md": "---\n&a [*a]\n---\n# T\n",
    "brackets.md": "---\na: " + "[" * 40000 + "\n---\n# T\n",
    "braces.md": "---\n" + "{a: " * 40000 + "\n---\n# T\n",
    "dashes.md": "---\n" + "- " * 160000 + "\n---\n# T\n",
    "key.md": "---\n" + "k" * 1000000 + ": 1\n---\n# T\n",
    "twice.md": "---\ntitle: a\ntitle: b\n---\n# T\n",
    "tag.md": "---\na: !!python/object:os.system x\n---\n# T\n",
    "nul.md": "---\na: b\0c\n---\n# T\0\n",
    "bytes.md": b"---\na: \xff\xfe\n---\n# T \xc3\x28\n",
    "utf16.md": "\ufeff---\na: b\n---\n# T\n".encode("utf-16-le"),
    "open.md": "---\na: b\n# T\n",
    "only.md": "---",
    # Markdown
    "images.md": "![[]()" * 40000,
    "quotes.md": "> " * 80000 + "x\n",
    "stars.md": "*a " * 100000,
    "squares.md": "[" * 100000,
    "ticks.md": "".join("`" * n + " " for n in range(1, 1200)),
    "line.md": "x" * 10000000,
    "lists.md": "".join("  " * n + "- a\n" for n in range(2000)),
    "references.md": "".join(f"[{n}]: /{n}\n" for n in range(100000)) + "[1] " * 100000,
    "table.md": "|" + "a|" * 10000 + "\n|" + "-|" * 10000 + "\n" + "|x\n" * 10000,
    "notes.md": "[^a] [^b]\n\n[^a]: [^b]\n\n[^b]: [^a]\n",
    # HTML
    "divs.html": "<div>" * 50000,
    "tables.html": "<table><tr><td>" * 8000,
    "bold.html": "<b>" * 20000 + "x",
    "attribute.html": f"<p title=\"{'x' * 10000000}\">x</p>",
    "comment.html": "<p>a</p><!-- " + "x" * 100000,
    "nesting.html": "<b><p></b></i></p>" * 20000,
    "foreign.html": "<svg><math><p>x" * 5000,
    "entities.html": "&amp;" * 1000000,
    "script.html": "<script>alert(1)</script><a href='javascript:alert(1)'>x</a>" * 1000,
}


def attacks(*wanted):
    text = (ROOT / "tests/hostile/attacks.txt").read_text()
    found = re.split(r"\n\n-- (\w+)\n", text)[1:]
    pairs = zip(found[::2], found[1::2], strict=True)
    # Elsewhere than in the release build a third will do: each meets the library there alone (tests/lua/test_hostile.c).
    return [(code, body) for code, body in pairs if code in wanted][:: 1 if scaled(10) == 10 else 3]


def run(case, tried, *limits):
    """The result, and each error by its document."""
    chain = "\n".join(f"bodies['{n:03}-bad.md'] = function(doc, opts, out)\n{body}\nend"
                      for n, (_, body) in enumerate(tried))
    # Functions in one table: more than two hundred locals do not fit into a chunk.
    case.write("plugins/victim.lua", f"""local bodies = {{}}
{chain}
return {{ name = "victim", api = 1, summary = "is attacked", formats = {{ "json" }},
  map = function(doc, opts, out)
    local body = bodies[doc.path:match("[^/]*$")]
    if body then return body(doc, opts, out) end
    return ("fine "):rep(2) .. doc.title
  end }}
""")
    case.plugin("beside", "map = function(doc) return doc.title end", formats='"json"')
    for n in range(len(tried)):
        case.write(f"docs/{n:03}-bad.md", "# Bad\n")
        case.write(f"docs/{n:03}-good.md", "# Good\n")
    before = os.times()
    r = case.run("run", "victim,beside", "docs", "-o", "out/", "--no-cache", "--diagnostics", "json", *limits,
                 timeout=280)
    after = os.times()
    errors = {}
    for d in map(json.loads, r.errors.splitlines()):
        if d["severity"] == "error":
            assert d["document"] not in errors, d
            errors[d["document"]] = d
    return r, errors, after.children_user + after.children_system - before.children_user - before.children_system


def check(case, tried, *limits):
    r, errors, spent = run(case, tried, *limits)
    for n, (code, body) in enumerate(tried):
        d = errors.pop(f"docs/{n:03}-bad.md", {"code": "ok", "plugin": "victim"})
        assert d["code"] in ENDS.get(code, [code]) and d["plugin"] == "victim", (body, d)
    assert not errors, errors
    assert r.status == (1 if any(code != "ok" for code, _ in tried) else 0), r.status
    beside = [json.loads(line) for line in case.read("out/beside.json").splitlines()]
    assert len(beside) == 2 * len(tried), "the plugin beside it saw every document"
    good = [x for x in map(json.loads, case.read("out/victim.json").splitlines()) if x["path"].endswith("good.md")]
    assert [x["value"] for x in good] == ["fine fine Good"] * len(tried), "the next document is unharmed"
    return spent


def test_attacks_on_time(case):
    tried = attacks("timeout")
    spent = check(case, tried, "--time-limit", str(LIMIT))
    assert spent < len(tried) * (LIMIT + SLACK) + 1, f"{spent} seconds for {len(tried)} attacks"


def test_attacks_on_memory_output_and_results(case):
    tried = attacks("nomem", "output", "value", "denied", "runtime", "limit")
    spent = check(case, tried, "--time-limit", str(LIMIT), "--memory-limit", "24M")
    assert spent < len(tried) * (LIMIT + SLACK) + 1, f"{spent} seconds for {len(tried)} attacks"


def test_attacks_on_the_stack(case):
    tried = attacks("stack", "ok")
    check(case, tried)


def test_documents_that_want_too_much(case):
    for name, text in HOSTILE.items():
        case.write(f"docs/{name}", text)
        case.write(f"docs/{name}.txt", "good\n")
    case.plugin("all", """map = function(doc)
      return { title = doc.title, meta = doc.meta and true, headings = #doc:outline(), text = #doc:text() }
    end""", formats='"json"')
    before = os.times()
    r = case.run("run", "all", "docs", "--no-cache", timeout=280)
    after = os.times()
    assert r.status == 0, r.errors[:3000]
    values = {line["path"].removeprefix("docs/"): line["value"] for line in r.json_lines()}
    assert len(values) == 2 * len(HOSTILE)
    assert all(values[f"{name}.txt"]["text"] == 4 for name in HOSTILE), "those between are unharmed"
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    assert spent < (30 if SLACK < 0.1 else 200), f"{spent} seconds for some thirty megabytes"


if __name__ == "__main__":
    main()
