-- rank.lua and text.lua: which sentences are picked, and the words of a text.
package.path = (arg[0]:match("^(.*)/[^/]*$") or ".") .. "/?.lua;" .. package.path
local tap = require "tap"
local rank = require "lib.rank"
local text = require "lib.text"

local function list(...)
  local out = {}
  for i, sentence in ipairs { ... } do out[i] = { text = sentence } end
  return out
end

local sentences = list(
  "The river meetup brought together sixty engineers who build maps of rivers.",
  "Coffee was served in the hall and everybody found a chair.",
  "Engineers showed how maps of rivers are built from sensor data.",
  "Engineers showed how maps of rivers are built from sensor data today.",
  "The next meetup about river maps will be held in spring.")
local picked = rank.pick(rank.score(sentences, "River meetup"), 3)
tap.is(#picked, 3, "as many as asked for")
tap.is(picked[1].index, 1, "the first sentence of the topic is in")
local repeated = 0
for _, sentence in ipairs(picked) do repeated = repeated + (sentence.text:find("sensor") and 1 or 0) end
tap.ok(repeated <= 1, "no near repetition")
for i = 2, #picked do tap.ok(picked[i - 1].index < picked[i].index, "document order") end
tap.is(#rank.pick(rank.score({}, "x"), 3), 0, "nothing out of nothing")
tap.is(#rank.pick(rank.score(list("One single sentence stands here alone."), ""), 5, 10), 0, "a limit of characters holds")

tap.ok(text.is_korean("한국어 문장과 API") and not text.is_korean("an English text"), "language")
tap.is(text.cut("가나다라마", 7), "가나…", "cut at a character")
tap.is(text.cut("short", 10), "short", "nothing to cut")
tap.is(text.overlap("red green blue", "green red"), 1.0, "overlap")
tap.done()
