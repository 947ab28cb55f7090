-- csv.lua, ics.lua, html.lua, markdown.lua: what comes out can be read back.
package.path = (arg[0]:match("^(.*)/[^/]*$") or ".") .. "/?.lua;" .. package.path
local tap = require "tap"
local csv = require "lib.csv"
local html = require "lib.html"
local ics = require "lib.ics"
local markdown = require "lib.markdown"

tap.is(csv.write({ "a", "b" }, { { "x,y", 'say "hi"' }, { 1 } }), 'a,b\r\n"x,y","say ""hi"""\r\n1,\r\n', "CSV")
for _, formula in ipairs { "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\n=1", "  =1", "＝1", "＠x" } do
  tap.ok(csv.field(formula):match("^\"?'"), "formula " .. formula:gsub("%c", " "))
end
tap.is(csv.field("-12.5"), "-12.5", "a negative number stays")

tap.is(ics.escape("a,b;c\\d\ne"), "a\\,b\\;c\\\\d\\ne", "iCalendar text")
local folded = ics.fold("SUMMARY:" .. ("가"):rep(60))
for line in folded:gmatch("[^\r\n]+") do tap.ok(#line <= 75 and utf8.len(line), "a folded line is short and whole") end
tap.is(folded:gsub("\r\n ", ""), "SUMMARY:" .. ("가"):rep(60), "folding loses nothing")
tap.is(ics.span("2024-11-30"), { "DTSTART;VALUE=DATE:20241130", "DTEND;VALUE=DATE:20241201" }, "a day ends on the next")
tap.is(ics.span("2024-12-30/2024-12-31"), { "DTSTART;VALUE=DATE:20241230", "DTEND;VALUE=DATE:20250101" }, "days end exclusively")
tap.is(ics.span("2025-03-15T14:00/2025-03-15T18:00"), { "DTSTART:20250315T140000", "DTEND:20250315T180000" }, "hours")
tap.is(ics.span("2025-03-15T22:00/2025-03-16"), { "DTSTART:20250315T220000", "DTEND:20250317T000000" }, "to the end of a day")
tap.is(ics.span("2025-03-15T22:00/2025-03-15T21:00"), { "DTSTART:20250315T220000" }, "no end before the start")
tap.is(ics.span("2025-03-15/2025-03-10"), { "DTSTART;VALUE=DATE:20250315", "DTEND;VALUE=DATE:20250316" }, "nor of days")
tap.is(ics.span("2024-09"), nil, "a month is no calendar entry")
local one = ics.write("T", { { date = "2024-11-30", summary = "x" } }, "2026-01-02T03:04:05Z")
local same = { date = "2024-11-30", summary = "x" }
local _, uids = ics.write("T", { same, same }, "2026-01-02T03:04:05Z"):gsub("UID:(%x+)@", {})
tap.ok(uids == 2 and select(2, ics.write("T", { same, same }, ""):gsub(ics.uid("2024-11-30", "x", ""), "")) == 1,
  "each event has its own UID, the first one stays")
tap.ok(one:find("DTSTAMP:20260102T030405Z\r\n", 1, true), "DTSTAMP is the run's instant")
tap.is(one, (ics.write("T", { { date = "2024-11-30", summary = "x" } }, "2026-01-02T03:04:05Z")), "the same UID again")

tap.is(html.escape("<a href='x'>&\""), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;", "HTML text")
for _, url in ipairs { "javascript:alert(1)", "JaVa\tscript:x", "data:text/html,x", "vbscript:x",
  " javascript:x", "//evil.example", "x:y", "{{ a }}" } do
  tap.is(html.url(url), nil, "refused: " .. url:gsub("%c", " "))
end
for _, url in ipairs { "https://example.org/a?b=c#d", "mailto:a@example.org", "/img/a.png", "a/b.html", "#top" } do
  tap.is(html.url(url), url, "kept: " .. url)
end
tap.is(html.url('https://x/"onclick=a'), "https://x/%22onclick=a", "quotes are encoded")
tap.is(html.element("p", { { "class", "a\"b" }, { "hidden", true }, { "id", nil } }, "x"),
  '<p class="a&quot;b" hidden>x</p>', "element")
local page = html.page { title = "<T>", body = "<p>x</p>", filter = "Filter" }
tap.ok(page:find("<title>&lt;T&gt;</title>", 1, true) and not page:find("https?://"), "a page asks for nothing from outside")

tap.is(markdown.text("a *b* [c] `d`\n| e"), "a \\*b\\* \\[c\\] \\`d\\` \\| e", "Markdown text")
tap.is(markdown.text("1. x"), "1\\. x", "no list by accident")
tap.is(markdown.table({ "a" }, { { "b" } }), "| a |\n| --- |\n| b |\n", "a table")
tap.done()
