-- text.lua: language, cutting, likeness of two texts.
package.path = (arg[0]:match("^(.*)/[^/]*$") or ".") .. "/?.lua;" .. package.path
local tap = require "tap"
local text = require "lib.text"

tap.ok(text.is_korean("한국어 문장과 API") and not text.is_korean("an English text"), "language")
tap.is(text.cut("가나다라마", 7), "가나…", "cut at a character")
tap.is(text.cut("short", 10), "short", "nothing to cut")
tap.is(text.overlap("red green blue", "green red"), 1.0, "overlap")
tap.done()
