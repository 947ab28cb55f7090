#!/usr/bin/env python3
"""Plugins that are missing, broken or hostile; options and formats; several in one run."""
import json
import os
import shutil
import time

import harness

TITLES = 'map = function(doc) return doc.title end,\n' \
         'render = function(results) local t = {} for _, v in results:each() do t[#t + 1] = v end ' \
         'return table.concat(t, ",") .. "\\n" end'


def set_up(case):
    case.plugin("titles", TITLES)
    for name in "abc":
        case.write(f"{name}.md", f"# {name.upper()}\n")


def test_unknown_plugins_get_a_suggestion(case):
    set_up(case)
    case.fails(2, "run", "titels", "a.md", says=["titels", "did you mean 'titles'?"])
    case.fails(2, "run", "zzzzzzzzzz", "a.md", says=["zzzzzzzzzz", "looked in plugins"])
    case.fails(2, "run", "./gone.lua", "a.md", says="gone.lua")
    case.fails(2, "run", "titles,", "a.md", says="empty name")
    case.fails(2, "run", "titles,titles", "a.md", says="two plugins of the name 'titles'")


def test_syntax_errors_have_a_line(case):
    case.write("plugins/bad.lua", "return {\n  name = = 1,\n}\n")
    case.write("a.md", "x\n")
    case.fails(2, "run", "bad", "a.md", says="plugins/bad.lua:2: error: ")


def test_manifests_that_are_none(case):
    case.write("a.md", "x\n")
    for number, text in enumerate(['return 1', 'return { name = "x" }', 'return nil', 'error("at load")',
                                   'return { name = "p", api = 1, summary = "s", formats = { "text" }, mapp = 1 }',
                                   'return { name = "p", api = 99, summary = "s", formats = { "text" }, '
                                   'map = function() end }',
                                   'return { name = "p", api = 1, summary = "s", formats = "text", '
                                   'map = function() end }']):
        case.write(f"plugins/p{number}.lua", text)
        r = case.fails(2, "run", f"p{number}", "a.md", says=f"p{number}.lua")
        assert ": error: " in r.errors and r.out == b"", r.errors


def test_a_plugin_that_raises_costs_one_document(case):
    set_up(case)
    case.write("plugins/raise.lua",
               'return { name = "raise", api = 1, summary = "s", formats = { "json" },\n'
               'map = function(doc)\n'
               '  if doc.path == "b.md" then\n'
               '    error("cannot do this one")\n'
               '  end\n'
               '  return doc.path\n'
               'end }\n')
    r = case.fails(1, "run", "raise", "a.md", "b.md", "c.md",
                   says=["plugins/raise.lua:4: error: cannot do this one", "b.md", "in map of plugin raise", "in function"])
    assert [x["path"] for x in r.json_lines()] == ["a.md", "c.md"]


def test_errors_of_any_shape(case):
    set_up(case)
    for n, raised in enumerate(['error(nil)', 'error({})', 'error(setmetatable({}, {__tostring = function() '
                                'error("x") end}))', 'error("a\\0b\\27[31m")', 'error(("x"):rep(1e6))',
                                'local x = nil; return x.y.z']):
        case.plugin(f"odd{n}", f"map = function() {raised} end")
        r = case.fails(1, "run", f"odd{n}", "a.md", says=f"odd{n}.lua")
        assert b"\x1b" not in r.err and b"\0" not in r.err and len(r.err) < 10000


def test_a_plugin_that_loops_is_stopped(case):
    set_up(case)
    for n, body in enumerate(["while true do end", "while true do pcall(function() while true do end end) end",
                              'return ("a"):rep(50000):find(".-b")', 'return ("x"):rep(1 << 62)',
                              "coroutine.wrap(function() while true do end end)()",
                              "local co = coroutine.wrap(function() while true do coroutine.yield() end end) "
                              "while true do co() end",
                              "local x <close> = setmetatable({}, {__close = function() while true do end end}) error()",
                              "xpcall(error, function() while true do end end)"]):
        case.plugin(f"loop{n}", f'map = function(doc) if doc.path == "a.md" then {body} end return doc.path end',
                    formats='"json"')
        start = time.monotonic()
        r = case.fails(1, "run", f"loop{n}", "a.md", "b.md", "--time-limit", "0.2", says=[f"loop{n}.lua", "a.md"])
        assert time.monotonic() - start < 20
        assert [x["path"] for x in r.json_lines()] == ["b.md"], r.text


def test_a_plugin_that_eats_memory_is_stopped(case):
    set_up(case)
    case.plugin("eat", 'map = function(doc) if doc.path == "a.md" then local t = {} while true do '
                       't[#t + 1] = ("x"):rep(1000) .. #t end end return doc.path end', formats='"json"')
    r = case.fails(1, "run", "eat", "a.md", "b.md", "--memory-limit", "8M", says="a.md")
    assert [x["path"] for x in r.json_lines()] == ["b.md"]


def test_what_no_plugin_reads_is_not_parsed(case):
    set_up(case)
    case.write("deep.md", "---\ntitle: deep\n---\n" + "> " * 3000 + "x\n")
    case.write("broken.md", "---\ntitle: [\n---\ntext\n")
    case.plugin("titles", "map = function(doc) return doc.title end", formats='"json"')
    case.plugin("bodies", "map = function(doc) return doc.body.first.kind end", formats='"json"')
    r = case.run("run", "titles", "deep.md", "broken.md")
    assert r.status == 0 and "deep.md" not in r.errors, r.errors
    assert "broken.md:3" in r.errors, r.errors
    r = case.run("run", "bodies", "deep.md")
    assert r.status == 0 and "deep.md: warning:" in r.errors, r.errors


def test_a_plugin_that_loops_while_loading(case):
    set_up(case)
    case.write("plugins/spin.lua", "while true do end")
    case.fails(2, "run", "spin", "a.md", "--time-limit", "0.2", says="spin.lua")


def test_values_that_are_none(case):
    set_up(case)
    for n, value in enumerate(["function() end", "{ a = { b = print } }", "0/0", "1/0", "coroutine.create(print)",
                               "{ 1, 2, x = 3 }", "doc"]):
        case.plugin(f"val{n}", f"map = function(doc) return {value} end")
        case.fails(1, "run", f"val{n}", "a.md", says=[f"val{n}.lua", "a.md"])
    case.plugin("cycle", "map = function() local t = {} t.t = t return t end")
    case.fails(1, "run", "cycle", "a.md", says="cycle.lua")
    case.plugin("deep", "map = function() local t = {} for i = 1, 1000 do t = { t } end return t end")
    case.fails(1, "run", "deep", "a.md", says="deep.lua")


def test_unknown_formats_and_options_say_what_there_is(case):
    set_up(case)
    case.plugin("opts", 'options = { limit = { type = "integer", min = 1, max = 9, default = 5 }, '
                        'kind = { type = "string", one_of = { "x", "y" } } },\n'
                        'map = function(doc, opts) return opts.limit end', formats='"json"')
    case.fails(2, "run", "titles", "a.md", "-t", "pdf", says=["pdf", "text"])
    case.fails(2, "run", "opts", "a.md", "-s", "limt=3", says=["limt", "limit"])
    case.fails(2, "run", "opts", "a.md", "-s", "limit=x", says=["limit", "x"])
    case.fails(2, "run", "opts", "a.md", "-s", "limit=10", says=["limit", "9"])
    case.fails(2, "run", "opts", "a.md", "-s", "kind=z", says=["kind", "z"])
    case.fails(2, "run", "opts", "a.md", "-s", "limit", says="KEY=VALUE")
    case.fails(2, "run", "opts", "a.md", "-s", "=3", says="KEY=VALUE")
    assert case.ok("run", "opts", "a.md", "-s", "limit=3").json_lines()[0]["value"] == 3
    assert case.ok("run", "opts", "a.md").json_lines()[0]["value"] == 5


def test_settings_from_files(case):
    set_up(case)
    case.plugin("echo", 'options = { x = { type = "string" } },\nmap = function(doc, opts) return opts.x end',
                formats='"json"')
    case.write("value.txt", "from a file\n가\n")

    def value(setting):
        return case.ok("run", "echo", "a.md", "-s", setting).json_lines()[0]["value"]

    assert value("x=@value.txt") == "from a file\n가\n"
    assert value("x=@@value.txt") == "@value.txt"
    assert value("x=a=b") == "a=b"
    assert value("echo.x=1") == "1"
    case.fails(2, "run", "echo", "a.md", "-s", "x=@gone.txt", says="gone.txt: error: no such file")


def test_settings_and_formats_for_one_of_several(case):
    set_up(case)
    body = 'options = { x = { type = "string", default = "-" } },\nmap = function(doc, opts) return opts.x end,\n' \
           'render = function(results, opts) return opts.to .. results[1].value end'
    case.plugin("one", body)
    case.plugin("two", body)
    case.ok("run", "one,two", "a.md", "-o", "out/", "-s", "x=both", "-s", "two.x=only", "-t", "one=json")
    assert case.read("out/one.json") == "jsonboth" and case.read("out/two.txt") == "textonly"
    case.fails(2, "run", "one,two", "a.md", "-o", "out/", "-s", "y=1", says="'y'")
    case.fails(2, "run", "one,two", "a.md", "-o", "out/", "-t", "three=json", says="three=json")


def test_one_failing_plugin_leaves_the_others_alone(case):
    set_up(case)
    case.plugin("bad", 'map = function() error("no") end')
    case.fails(1, "run", "bad,titles", "a.md", "b.md", "-o", "out/", says="bad.lua")
    assert case.read("out/titles.txt") == "A,B\n"


def test_reduce_in_document_order(case):
    case.plugin("fold", 'map = function(doc) return doc.title end,\n'
                        'reduce = function(a, b) return a .. b end,\n'
                        'render = function(value) return value .. "\\n" end')
    names = [f"{i:03d}" for i in range(37)]
    for name in names:
        case.write(f"d/{name}.md", f"# <{name}>\n".replace("<", "(").replace(">", ")"))
    assert case.ok("run", "fold", "d").text == "".join(f"({n})" for n in names) + "\n"
    assert case.ok("run", "fold", "d/000.md").text == "(000)\n"


def test_a_reduce_that_fails_renders_nothing(case):
    set_up(case)
    case.plugin("fold", 'map = function(doc) return doc.title end,\nreduce = function(a, b) error("apart") end,\n'
                        'render = function(value) return "text" end')
    r = case.fails(1, "run", "fold", "a.md", "b.md", says=["fold.lua", "apart"])
    assert r.out == b""


def test_fail_fast_stops_and_renders_nothing(case):
    set_up(case)
    case.plugin("slow", 'map = function(doc) print("saw " .. doc.path) if doc.path == "b.md" then error("no") end end,'
                        '\nrender = function() return "text" end')
    r = case.fails(1, "run", "slow", "a.md", "b.md", "c.md", "--fail-fast", says=["saw a.md", "slow.lua"])
    assert r.out == b"" and "saw c.md" not in r.errors
    r = case.fails(1, "run", "slow", "missing.md", "a.md", "--fail-fast", says="missing.md")
    assert "saw a.md" not in r.errors
    r = case.fails(1, "run", "slow", "a.md", "b.md", "c.md", says="saw c.md")
    assert r.out == b"text"


def test_print_goes_to_the_log_not_to_the_result(case):
    set_up(case)
    case.plugin("talk", 'map = function(doc) print("hello", 1) quern.log("line\\n\\27[31mred") return 1 end,\n'
                        'render = function() return "text\\n" end')
    r = case.run("run", "talk", "a.md")
    assert r.status == 0 and r.out == b"text\n"
    assert "a.md: note: talk: hello" in r.errors and "\\x1b" in r.errors and b"\x1b" not in r.err, r.errors


def test_warnings_leave_the_exit_code(case):
    set_up(case)
    case.write("w.md", "---\na: [1\n---\n# W\n")
    r = case.run("run", "titles", "a.md", "w.md")
    assert r.status == 0 and r.out == b"A,W\n" and "w.md:" in r.errors and "warning" in r.errors, r.errors


def test_diagnostics_as_json(case):
    set_up(case)
    case.write("w.md", "---\na: [1\n---\n# W\n")
    case.plugin("bad", 'map = function() error("no") end')
    r = case.fails(1, "run", "bad", "w.md", "gone.md", "--diagnostics", "json")
    lines = [json.loads(line) for line in r.errors.splitlines()]
    assert [(d["severity"], d["path"]) for d in lines] == \
        [("warning", "w.md"), ("error", lines[1]["path"]), ("error", "gone.md")], lines
    assert lines[0]["line"] >= 1
    assert lines[1]["document"] == "w.md" and lines[1]["plugin"] == "bad" and lines[1]["path"].endswith("bad.lua")
    assert lines[1]["line"] == 2 and lines[1]["code"] == "runtime" and "traceback" in lines[1]


def test_unsafe_reaches_the_html_of_plugins(case):
    case.write("x.md", "[a](javascript:alert(1))\n")
    case.plugin("page", 'map = function(doc) return doc:render("html") end', formats='"json"')
    assert "javascript:" not in case.ok("run", "page", "x.md").text
    assert "javascript:" in case.ok("run", "page", "x.md", "--unsafe").text


def test_the_plugin_path_in_its_order(case):
    case.write("a.md", "x\n")
    for folder in ("first", "second", "third", "plugins"):
        case.write(f"{folder}/who.lua", f'return {{ name = "who", api = 1, summary = "s", formats = {{ "text" }},\n'
                                        f'map = function() end, render = function() return "{folder}\\n" end }}')
    environment = {"QUERN_PLUGIN_PATH": "nowhere:third::second"}
    run = ("run", "who", "a.md")
    assert case.ok(*run, "--plugin-path", "first", "--plugin-path", "second", env=environment).text == "first\n"
    assert case.ok(*run, env=environment).text == "third\n"
    assert case.ok(*run).text == "plugins\n"
    assert case.ok("run", "second/who.lua", "a.md").text == "second\n"


def test_modules_beside_the_plugin_and_nowhere_else(case):
    case.write("a.md", "x\n")
    case.write("plugins/lib/mine.lua", 'return { word = "mine" }')
    case.write("secret.lua", 'return { word = "secret" }')
    os.symlink("../../secret.lua", case.folder / "plugins/lib/link.lua")
    case.plugin("uses", 'map = function() return require("lib.mine").word end', formats='"json"')
    assert case.ok("run", "uses", "a.md").json_lines()[0]["value"] == "mine"
    for n, name in enumerate(["lib.gone", "../secret", "..secret", str(case.folder / "secret"), "lib/../../secret",
                              "lib.link", "os", "io"]):
        case.plugin(f"esc{n}", f'map = function() return require("{name}").word end', formats='"json"')
        r = case.fails(1, "run", f"esc{n}", "a.md")
        assert "secret\"" not in r.text, r.text


def test_edited_copies_of_built_in_plugins_are_what_runs(case):
    case.write("a.md", "# A\n\n![b](c.png)\n")
    shutil.copytree(harness.ROOT / "plugins", case.folder / "plugins")
    module = (harness.ROOT / "plugins/lib/csv.lua").read_text()
    line = module[:module.index("table.concat(fields")].count("\n") + 1
    call = (harness.ROOT / "plugins/images.lua").read_text().split("csv.write(")[0].count("\n") + 1
    run = ("run", "images", "-t", "csv", "a.md")
    first = case.ok(*run).text
    assert first.startswith("path,line,"), first
    # As long as it was.
    case.write("plugins/lib/csv.lua", module.replace('(fields, ",")', '(fields, ";")'))
    assert case.ok(*run).text == first.replace(",", ";")
    case.write("plugins/lib/csv.lua", module.replace("table.concat(fields", "table.concat(field"))
    case.fails(1, *run, says=f"plugins/lib/csv.lua:{line}: error: ")
    # Lines and names of what is as it was built, where the copy lies.
    case.write("plugins/lib/csv.lua", module.replace("csv.write", "csv.wrote"))
    case.fails(1, *run, says=[f"plugins/images.lua:{call}: error: ", "a nil value (field 'write')"])


def test_two_runs_give_the_same_bytes(case):
    for i in range(20):
        case.write(f"d/{i}.md", f"---\nb: 1\na: 2\n---\n# T{i}\n\ntext\n")
    case.plugin("mix", 'map = function(doc) local t = {} for k, v in pairs(doc.meta) do t[#t + 1] = k .. v end '
                       'return { keys = t, z = 1, y = 2, x = { q = 1, p = 2 } } end,\n'
                       'reduce = function(a, b) a.n = (a.n or 1) + (b.n or 1) return a end', formats='"json"')
    first = case.ok("run", "mix", "d").out
    assert first and all(case.ok("run", "mix", "d", "-j", str(n)).out == first for n in (1, 2, 7))


def test_list_shows_plugins_and_what_does_not_load(case):
    set_up(case)
    case.plugin("opts", 'options = { limit = { type = "integer", default = 5, help = "how many" } },\n'
                        'map = function() end')
    r = case.run("list")
    assert "titles - titles for a test" in r.text and "text, json" in r.text
    assert "-s limit=integer (default 5)  how many" in r.text
    case.write("plugins/broken.lua", "return {")
    r = case.fails(1, "list", says="plugins/broken.lua")
    assert "titles - " in r.text
    r = case.fails(1, "list", "-t", "json")
    byname = {p["name"]: p for p in r.json_lines()}
    assert byname["opts"]["formats"] == ["text", "json"] and byname["opts"]["path"].endswith("opts.lua")
    assert byname["opts"]["options"][0]["name"] == "limit"
    case.fails(2, "list", "-t", "html", says="html")


def test_list_from_another_folder_finds_the_built_in_plugins(case):
    names = [p["name"] for p in case.run("list", "-t", "json").json_lines()]
    for name in ("summary", "timeline", "speakers", "reformat"):
        assert name in names, names


if __name__ == "__main__":
    harness.main()
