#!/usr/bin/env python3
"""The attacks of tests/hostile/attacks.txt through the command line: each
meets one document, ends in its error, and leaves the other documents and
the plugin beside it alone."""
import json
import os
import re

from harness import QUERN, ROOT, main

# An optimised build keeps the library's promise; sanitizers and coverage are slower.
SLACK = 0.05 if "/build/quern" in QUERN else 0.6
LIMIT = 0.2

# Which of two budgets is spent first may depend on the machine; how deep is too deep does.
ENDS = {"nomem": ["nomem", "timeout"], "output": ["output", "timeout"], "ok": ["ok", "stack"]}


def attacks(*wanted):
    text = (ROOT / "tests/hostile/attacks.txt").read_text()
    found = re.split(r"\n\n-- (\w+)\n", text)[1:]
    pairs = zip(found[::2], found[1::2], strict=True)
    return [(code, body) for code, body in pairs if code in wanted]


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


if __name__ == "__main__":
    main()
