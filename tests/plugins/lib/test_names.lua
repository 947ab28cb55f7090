-- names.lua: what is a person's name, and what stands around it.
package.path = (arg[0]:match("^(.*)/[^/]*$") or ".") .. "/?.lua;" .. package.path
local tap = require "tap"
local names = require "lib.names"

local function read(text)
  local person = names.read(text)
  return person and person.name or "-"
end

for text, want in pairs {
  ["홍길동 연사"] = "홍길동", ["한빛대 홍길동 교수님"] = "홍길동", ["홍길동 (한빛)"] = "홍길동", ["Dr. Jane Roe (ACME)"] = "Jane Roe",
  ["Jane Roe, ACME"] = "Jane Roe", ["한빛협회 홍길동 회계사"] = "홍길동", ["Ada van Dijk"] = "Ada van Dijk", ["황보관 박사"] = "황보관",
  ["한빛 / 홍길동"] = "홍길동", ["세미나 단체 사진"] = "-", ["Machine Learning"] = "-", ["PyThing Conference"] = "-", ["이미지"] = "-",
  ["Team Nimbus"] = "-", ["편집부"] = "-", ["Q4 Results"] = "-", [""] = "-", ["GRAPH NETWORK"] = "-", ["2024"] = "-",
} do
  tap.is(read(text), want, text)
end

tap.is(names.read("홍길동 Gildong Hong, 교수").alias, "Gildong Hong", "two spellings side by side")
tap.ok(names.score("Ha-eun Sa") >= 0.8 and names.score("Item-based CF") < 0.8, "a hyphen in a given name")
tap.ok(names.score("쀼길동") <= 0.3 and names.score("쀼길동") > 0, "an unknown family name is little evidence")
tap.is(read("미첼 강"), "미첼 강", "a family name behind a foreign one")
tap.is(names.find_latin("we met Jane Roe"), 8, "known names are found in a text")
tap.is(names.read("홍길동(ACME)").org, "ACME", "organisation in brackets")
tap.is(names.read("Dr. Jane Roe").title, "Dr", "title before")
local function list(text)
  local out = {}
  for i, person in ipairs(names.list(text)) do out[i] = person.name end
  return table.concat(out, "|")
end
tap.is(list("홍길동, 김철수"), "홍길동|김철수", "comma")
tap.is(list("Jane Roe (A, B) & John Doe"), "Jane Roe|John Doe", "a comma in brackets does not split")
tap.is(list("홍길동, Jane Roe and 김철수(ACME)"), "홍길동|Jane Roe|김철수", "mixed")
tap.is(list("ACME, Nimbus Team"), "", "organisations only")
tap.is(names.key("J. R. Roe"), names.key("JR Roe"), "one key for two spellings")
tap.ok(names.score("홍길동") > names.score("다니엘 베르크"), "a known family name is better evidence")
-- three syllables that begin like a name: the given name tells
for _, word in ipairs { "정합성", "조건문", "최댓값", "구간합", "서블릿", "백분율", "하단값", "지우기", "운영진" } do
  tap.ok(names.score(word) < 0.6, word .. " is no name by itself")
end
for _, name in ipairs { "김하늬", "국지호", "탁새벽", "어진솔", "표한결", "선우진아" } do
  tap.ok(names.score(name) >= 0.6, name .. " is one")
end
tap.ok(names.score("담서율") >= 0.5 and names.score("담가면") < 0.3, "a rare family name needs a given one")
for _, phrase in ipairs { "Closed Doors", "Max Depth", "Grace Period", "Baobab Hosting",
  "WASM Middleware", "Best Practices", "Visual Studio" } do
  tap.ok(names.score(phrase) < 0.4, phrase .. " is none")
end
for _, name in ipairs { "Ifeoma Adeyemi", "Petra Novotná", "Nguyễn Văn An",
  "Michelle A. Sunartha", "Wei-Ling Chen", "Omayma Said" } do
  tap.ok(names.score(name) >= 0.35, name .. " is one")
end
tap.is(list("Kofi Anane, Baobab Hosting"), "Kofi Anane", "an organisation behind a comma")
tap.is(list("Ann Roe, Omayma Said"), "Ann Roe", "one of two may be the organisation")
tap.is(list("Ann Roe, Bob Poe, Omayma Said."), "Ann Roe|Bob Poe|Omayma Said", "the third of a list is none")
tap.is(list("홍길동 <h@x.example>, Jane Roe (@jane)"), "홍길동|Jane Roe", "addresses and handles")
tap.is(read("송하람@한빛(주)님"), "송하람", "NAME@ORG")
tap.is(require("lib.titles").after_preamble("Portrait of Jane Roe"), "Jane Roe", "what a picture's text says first")
tap.ok(names.may_hold_hangul("오늘 홍길동은 왔다") and not names.may_hold_hangul("이정도로만 하고"), "where a Korean name may stand")
tap.done()
