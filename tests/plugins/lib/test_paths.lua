-- paths.lua, targets.lua: where addresses lead.
package.path = (arg[0]:match("^(.*)/[^/]*$") or ".") .. "/?.lua;" .. package.path
local tap = require "tap"
-- luacheck: globals quern
quern.text = { lower = string.lower, normalize = function(s) return s end }
local paths = require "lib.paths"
local targets = require "lib.targets"

tap.is(paths.normalize("./a//b/../c.md"), "a/c.md", "normalize")
tap.is(paths.normalize("../../a"), "../../a", "what leads out stays")
tap.is(paths.normalize("/a/./b"), "/a/b", "an absolute path")
tap.is(paths.join("docs/a/b.md", "../c.md"), "docs/c.md", "join")
tap.is({ paths.split("a%20b.md?x=1#%EA%B0%80") }, { "a b.md", "가" }, "split")
tap.is({ paths.split("a.md") }, { "a.md" }, "no fragment")
tap.is(paths.address("가 나/(1)#.md"), "가%20나/%281%29%23.md", "an address for readers")
tap.is(paths.encode("가"), "%EA%B0%80", "an address in ASCII")
for _, case in ipairs { { "index.html", "people/a.html", "people/a.html" }, { "people/a.html", "index.html", "../index.html" },
  { "d/x/y.html", "d/x/z.html", "z.html" }, { "d/x/y.html", "d/w/z.html", "../w/z.html" },
  { "a/b.html", "ab/c.html", "../ab/c.html" } } do
  tap.is(paths.relative(case[1], case[2]), case[3], case[1] .. " -> " .. case[2])
end
tap.is(paths.safe_name("한 글.md") == paths.safe_name("한-글.md"), false, "two names stay two")
for _, name in ipairs { "", "..", ".hidden", "a/b\\c", 'x"<>|?*:', "con", "\n", ("가"):rep(200) } do
  local safe = paths.safe_name(name)
  tap.ok(#safe > 0 and #safe < 120 and utf8.len(safe), "a whole and short name: " .. safe)
  tap.ok(not safe:find("^%.") and not safe:find('[/\\"<>|?*:%c]'), "a safe name: " .. safe)
end
tap.is(paths.page("notes/2024/a.md"), "notes/2024/a.html", "a page")
tap.is(paths.page("../a.md"), "up/a.html", "a page stays inside")
tap.ok(paths.page("a.txt") ~= paths.page("a.md") and paths.page("a.txt") ~= paths.page("a.html"), "suffixes make other pages")

for href, kind in pairs { ["https://E.org:80/x"] = "web", ["//e.org/x"] = "web", ["mailto:a@b.c"] = "mail", ["#x"] = "anchor",
  ["/x"] = "site", ["a.md"] = "document", ["{{ x }}/a"] = "template", ["tel:1"] = "other", ["a:b"] = "document" } do
  tap.is((targets.kind(href)), kind, "kind of " .. href)
end
tap.is(select(2, targets.kind("HTTPS://me@Example.ORG:8080/a")), "example.org", "host")

local index = targets.index {
  { path = "docs/a.md", anchors = { "one", "둘" } }, { path = "docs/sub/b.html", anchors = {} },
  { path = "docs/sub/index.md", anchors = {} },
}
local function status(from, href) return (targets.check(index, from, href)) end
for href, want in pairs { ["#one"] = "ok", ["#two"] = "broken", ["#"] = "ok", ["#top"] = "ok", ["#%EB%91%98"] = "ok",
  ["sub/b.html"] = "ok", ["sub/"] = "ok", ["sub"] = "ok", ["sub/c.md"] = "broken", ["./a.md#one"] = "ok", ["a#one"] = "ok",
  ["a.html"] = "ok", ["x.png"] = "unchecked", ["../README.md"] = "unchecked", ["../../far.md"] = "unchecked",
  ["/a.md"] = "unchecked", [""] = "broken", ["https://x"] = "unchecked", ["sub/b.html#no"] = "broken",
  ["#one:~:text=x"] = "ok" } do
  tap.is(status("docs/a.md", href), want, "check " .. href)
end
tap.done()
