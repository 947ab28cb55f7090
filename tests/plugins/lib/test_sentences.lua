-- sentences.lua and boilerplate.lua: where sentences end, what is furniture.
package.path = (arg[0]:match("^(.*)/[^/]*$") or ".") .. "/?.lua;" .. package.path
local tap = require "tap"
local boilerplate = require "lib.boilerplate"
local sentences = require "lib.sentences"

local function split(text)
  local out = {}
  for i, sentence in ipairs(sentences.split(text)) do out[i] = sentence.text end
  return table.concat(out, "|")
end

-- Where sentences end is the host's to say (tests/base/test_text_sentence.c); places and joints are the module's.
tap.is(split("첫 문장이다. 둘째다! 셋째?"), "첫 문장이다.|둘째다!|셋째?", "one after the other")
tap.is(split("소개로\n처음 접했다."), "소개로 처음 접했다.", "a line break inside")
tap.is(split("하나.\n\n둘"), "하나.|둘", "a blank line ends")
tap.is(split(""), "", "nothing")
tap.is(sentences.around("하나다. 둘이다. 셋이다.", 12), "둘이다.", "the sentence at a byte")
local twice = sentences.split("Yes. No. Yes.")
tap.is(twice[3].from, 10, "equal sentences have places of their own")
tap.is(#sentences.split(("가. "):rep(2000)), 2000, "a long text")

for _, text in ipairs { "끝났다", "좋아요", "He said \"yes.\"", "(그랬다.)", "정말?!", "글쎄…", "“그렇다.”" } do
  tap.ok(sentences.is_ended(text), "ended: " .. text)
end
for _, text in ipairs { "발표 자료", "부산 본부", "A title", "", ")", "목록:" } do
  tap.ok(not sentences.is_ended(text), "not ended: " .. text)
end

tap.ok(boilerplate.is_noise("1 2 3 4 5 6 7"), "a row of a calendar")
tap.ok(boilerplate.is_noise("« 2025/04 »"), "a month of an archive")
tap.ok(boilerplate.is_noise("공지사항 최근에 올라온 글 최근에 달린 댓글 Total Today Yesterday 글 보관함"), "a side bar")
tap.ok(boilerplate.is_noise("Powered by Blog"), "a footer")
tap.ok(not boilerplate.is_noise("오늘 어제 있었던 일을 태그와 링크로 정리했다."), "a sentence with such words")
tap.ok(not boilerplate.is_noise("3 4 7 9"), "numbers that are no calendar")
tap.done()
