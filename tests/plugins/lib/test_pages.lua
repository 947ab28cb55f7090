-- edtf_words.lua, html.lua, tidy.lua, axis_ticks.lua: what the pages are made of.
package.path = (arg[0]:match("^(.*)/[^/]*$") or ".") .. "/?.lua;" .. package.path
local tap = require "tap"
local axis_ticks = require "lib.axis_ticks"
local calendar = require "lib.calendar"
local edtf_words = require "lib.edtf_words"
local html = require "lib.html"
local tidy = require "lib.tidy"

for _, case in ipairs {
  { "2024-11-30", "2024-11-30 (토)", "2024-11-30 (Sat)" }, { "2024-09", "2024년 9월", "September 2024" }, { "2024", "2024", "2024" },
  { "2021-21", "2021년 봄", "Spring 2021" }, { "2023-24", "2023년 겨울", "Winter 2023" }, { "198X", "1980년대", "1980s" },
  { "18XX", "19세기", "19th century" }, { "../19XX", "20세기까지", "until 20th century" },
  { "../2025-10-31", "2025-10-31 (금)까지", "until 2025-10-31 (Fri)" }, { "2018-07/..", "2018년 7월부터", "from July 2018" },
  { "T10:20/T11:00", "10:20–11:00", "10:20–11:00" }, { "T09:30", "09:30", "09:30" },
  { "2025-10-02T19:00/2025-10-02T21:30", "2025-10-02 (목) 19:00–21:30", "2025-10-02 (Thu) 19:00–21:30" },
  { "2025-10-02T22:00/2025-10-03T01:00", "2025-10-02 22:00 – 2025-10-03 01:00", "2025-10-02 22:00 – 2025-10-03 01:00" },
  { "2025-04-27/2025-05-01", "2025-04-27 – 2025-05-01", "2025-04-27 – 2025-05-01" },
  { "2025-07/2025-09", "2025년 3분기", "Q3 2025" }, { "2025-07/2025-12", "2025년 하반기", "Second half of 2025" },
  { "2025-02/2025-04", "2025년 2월 – 2025년 4월", "February 2025 – April 2025" },
  { "2023-23/2024-21", "2023년 가을 – 2024년 봄", "Autumn 2023 – Spring 2024" },
  { "XXXX-07-15", "7월 15일", "15 July" }, { "XXXX-07", "7월", "July" }, { "2024-02-31", "2024-02-31", "2024-02-31" },
  { "nonsense", "nonsense", "nonsense" }, { "../..", "../..", "../.." }, { "", "", "" },
} do
  tap.is(edtf_words.date(case[1], "ko"), case[2], case[1] .. " in Korean")
  tap.is(edtf_words.date(case[1], "en"), case[3], case[1] .. " in English")
end
for date, want in pairs { ["2024"] = "2024", ["2024-11"] = "2024-11", ["2024-11-30"] = "2024-11-30",
  ["2024-11-30T09:30"] = "2024-11-30T09:30", ["T10:20"] = "10:20", ["XXXX-07-15"] = "07-15", ["2021-21"] = false,
  ["198X"] = false, ["2024-02-31"] = false, ["2024/2025"] = false, ["T24:30"] = false, ["2024-00"] = false, ["x"] = false } do
  tap.is(edtf_words.datetime(date) or false, want, "datetime of " .. date)
end

tap.is(html.common_folder { "a/b/c.md", "a/b/d/e.md" }, "a/b/", "the folder of all")
tap.is(html.common_folder { "a/b.md", "c.md" }, "", "no folder of all")
tap.is(html.common_folder {}, "", "no path")
tap.is(html.shorten("a/b.md", "a/"), "b.md", "a path below the folder")
tap.is(html.shorten("a/", "a/"), "a/", "nothing is not shown")
tap.is(html.other_lang("한국어", "en"), "ko", "Korean in an English page")
tap.is(html.other_lang("Two words", "ko"), "en", "English in a Korean page")
tap.is(html.other_lang("2024", "ko"), nil, "numbers are in no language")
tap.is(html.url("tel:+82-2-123-4567"), "tel:+82-2-123-4567", "telephone numbers")
tap.is(html.url("https://x/100%/%zz/%41"), "https://x/100%25/%25zz/%41", "percent signs are mended")
tap.is(html.url("a#b#c"), "a#b%23c", "one fragment")
for _, url in ipairs { "view-source:x", "blob:x", "file:///etc/passwd", "\\\\host\\x", "/\\host", "javascript&colon;x:y",
  "\u{202E}javascript:x", "java\u{200B}script:x" } do
  tap.is(html.url(url), nil, "refused: " .. url)
end
tap.is(html.escape("a\u{202E}b\u{2066}c\u{9F}d\u{FFFE}e\u{1FFFF}f\7"), "abcdef", "what no page may hold")
tap.is(html.escape("\u{200F}\u{10FFFD}\u{FFFD}👩‍👩‍👧"), "\u{200F}\u{10FFFD}\u{FFFD}👩‍👩‍👧", "what it may")

local quiet = html.page { title = "T", body = "<p>x</p>" }
tap.ok(not quiet:find("<script", 1, true) and not quiet:find("script-src", 1, true), "no script without need")
local function nonce(page) return page:match("script%-src 'nonce%-(%x+)'"), page:match('<script nonce="(%x+)">') end
local named, used = nonce(html.page { title = "T", body = "<p>x</p>", filter = "F" })
tap.ok(named and named == used, "the policy names the script")
tap.ok(nonce(html.page { title = "T", body = "<p>y</p>", filter = "F" }) ~= named, "another page, another name")
local data = html.page { title = "T", body = "", script = "1", data = '{"a":"</script>"}' }
tap.ok(data:find('{"a":"\\u003c/script>"}', 1, true), "data cannot end its element")

for _, case in ipairs {
  { '<p><img src="a.png" alt="A" /></p>',
    '<p><span class="picture" data-picture="a.png" data-alt="A">A</span></p>', "a picture waits" },
  { '<img src="x/y.png" />', '<span class="picture" data-picture="x/y.png" data-alt="">y.png</span>', "a picture without words" },
  { '<img src="javascript:x" alt="A" />', "A", "a picture that acts" },
  { '<img alt="a > b" src="a.png" />',
    '<span class="picture" data-picture="a.png" data-alt="a > b">a > b</span>', "> in an attribute" },
  { '<input type="checkbox" checked="" disabled="" /> a', "☑ a", "a box" },
  { "a<br />b &lt;br /&gt;", "a<br>b &lt;br /&gt;", "void elements" },
  { '<td align="right" scope="row">1</td>', '<td data-align="right">1</td>', "alignment" },
  { '<tr><th></th><th scope="col">a</th></tr>', '<tr><td></td><th scope="col">a</th></tr>', "an empty heading cell" },
  { '<p id="a"></p><p id="a"></p><p id="b c"></p>', '<p id="a"></p><p></p><p></p>', "an id once" },
  { '<a href="blob:x">b</a>', "<a>b</a>", "an address that acts" },
  { '<a href="a?b&amp;c=100%">b</a>', '<a href="a?b&amp;c=100%25">b</a>', "an address stays" },
  { '<section class="footnotes" data-footnotes><big>x</big></section>',
    '<div class="footnotes" data-footnotes=""><span>x</span></div>', "bare attributes, elements of old" },
  { "a < b <", "a < b <", "no tag" },
} do
  tap.is(tidy.body(case[1]), case[2], case[3])
end
tap.is(tidy.body('<p id="filter">x</p>', { "filter" }), "<p>x</p>", "an id of the page around")

-- Whatever the span, the scale has lines, not too many, and all inside.
for _, days in ipairs { 7, 20, 45, 100, 400, 900, 3000, 20000, 400000, 3000000 } do
  local low = calendar.day_number(2020, 2, 20)
  local x_of = function(day) return 24 + (day - low) / days * 952 end
  local drawing, below = axis_ticks.draw(low, low + days, x_of, { left = 24, right = 976, base = 100, lang = "en" })
  local lines, inside = 0, true
  for x in drawing:gmatch('x1="([%d.]+)"') do
    lines, inside = lines + 1, inside and tonumber(x) >= 23 and tonumber(x) <= 977
  end
  tap.ok(lines >= 1 and lines <= 20 and inside and below >= 24, ("a scale of %d days has %d lines"):format(days, lines))
end
local timeline_text = require "lib.timeline_text"
tap.is(timeline_text.markdown {
  { date = "2024-22", what = "여름에 만났다", path = "a.md", line = 3 }, { date = "T10:20/T11:00", what = "a talk", path = "b.md" },
}, "# 연표\n\n## 2024\n\n- **2024년 여름** 여름에 만났다 (a.md:3)\n\n## 연도 없음\n\n- **10:20–11:00** a talk (b.md:0)\n",
  "the timeline as Markdown, each date in the language of its document")
tap.is(timeline_text.markdown {}, "# Timeline\n\nNo dates found.\n", "and an empty one")
tap.done()
