-- atom.lua and reading.lua: instants, ids, escaping, reading time.
package.path = (arg[0]:match("^(.*)/[^/]*$") or ".") .. "/?.lua;" .. package.path
local tap = require "tap"
local atom = require "lib.atom"
local reading = require "lib.reading"

for written, want in pairs { ["2024-11-30"] = "2024-11-30T00:00:00Z", ["2024-11-30 10:00:00 +0900"] = "2024-11-30T10:00:00+09:00",
  ["2024-11-30T10:00:00.123Z"] = "2024-11-30T10:00:00Z", ["2024-1-2 9:30"] = "2024-01-02T09:30:00Z",
  ["2024-11-30T25:00:00"] = "2024-11-30T00:00:00Z" } do
  tap.is(atom.instant(written), want, written)
end
for _, written in ipairs { "2024-13-01", "2024-02-30", "soon", "" } do
  tap.is(atom.instant(written), nil, "no instant: " .. written)
end
tap.is(atom.seconds("2024-11-30T10:00:00+09:00"), atom.seconds("2024-11-30T01:00:00Z"), "zones compare")
tap.is(atom.seconds("1970-01-02T00:00:00Z") - atom.seconds("1970-01-01T00:00:00Z"), 86400, "a day")
tap.is(atom.id("example.org", "2024-01-01", "a b/가.md"), "tag:example.org,2024-01-01:a%20b/%EA%B0%80.md", "a tag URI")
tap.is(atom.escape("a<b>&\1\u{FFFF}"), "a&lt;b&gt;&amp;", "XML text")

local entry = { id = "tag:x,2024:1", title = "<b>", link = "https://x/?a&b", updated = "2024-01-01T00:00:00Z", summary = "]]>",
  content = "<p>" }
local out = atom.write { id = "tag:x,2024:f", title = "T & Co", author = "A", updated = entry.updated, link = "https://x/",
  self = "https://x/f", entries = { entry } }
tap.ok(out:find("<title>&lt;b&gt;</title>", 1, true) and out:find('href="https://x/?a&amp;b"', 1, true)
  and out:find('<content type="html">&lt;p&gt;</content>', 1, true), "an entry is escaped")

local words = {}
for i = 1, 238 do words[i] = "word" end
tap.is(reading.seconds(words), 60, "238 words a minute")
tap.is(reading.seconds { ("가"):rep(500) }, 60, "500 syllables a minute")
tap.is({ reading.count { "QUERN을", "한국어", "x", "中文" } }, { 2, 6 }, "each script by its measure")
tap.is(reading.seconds {}, 0, "nothing takes no time")
tap.done()
