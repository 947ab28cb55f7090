-- people_pages.lua, people_merge.lua and names.lua: whose page a link leads to, what someone is called before 님, which
-- names are parts or misspellings of another.
package.path = (arg[0]:match("^(.*)/[^/]*$") or ".") .. "/?.lua;" .. package.path
local tap = require "tap"
local merging = require "lib.people_merge"
local names = require "lib.names"
local pages = require "lib.people_pages"

for url, want in pairs {
  ["https://github.com/haesol"] = true, ["https://www.linkedin.com/in/jane-roe-12b/"] = true, ["/authors/haesol"] = true,
  ["/team/jane-roe/"] = true, ["https://x.com/@jane"] = true, ["mailto:jane@a.example"] = true,
  ["https://github.com/haesol/parser"] = false, ["https://a.example/blog/jane"] = false, ["/team/"] = false, ["#jane"] = false,
} do
  tap.is(pages.is_own(url), want, url)
end

for word, want in pairs {
  ["도래"] = true, ["새벽별"] = true, ["권한"] = true, ["haesol_k"] = true, ["YH"] = true, ["부모"] = false, ["리뷰어"] = false,
  ["팀장"] = false, ["참가자"] = false, ["스터디장"] = false, ["CTO"] = false, ["미정"] = false, ["운영위원회"] = false, ["a"] = false,
} do
  tap.is(names.addressed(word) ~= nil, want, word .. "님")
end

local function joined(join, list)
  local out = {}
  for i, entry in ipairs(list) do list[i] = { name = entry[1], role = entry[2], weighed = entry[3] } end
  join(list)
  for i, entry in ipairs(list) do out[i] = entry.name end
  return out
end

tap.is(joined(merging.join_parts, { { "A N M Tareq Huda", "speaker" }, { "Tareq Huda", "mentioned" },
  { "Ruhul Huda", "mentioned" } }), { "A N M Tareq Huda", "A N M Tareq Huda", "Ruhul Huda" }, "a part of a name is that name")
tap.is(joined(merging.join_parts, { { "Jane Roe", "speaker" }, { "Jane Roe Maintaining", "member", true } }),
  { "Jane Roe", "Jane Roe" }, "a name that runs into what follows is the name")
tap.is(joined(merging.join_handles, { { "irisong", "member" }, { "irisng", "member", true }, { "irisang", "member", true },
  { "iri", "member", true } }), { "irisong", "irisong", "irisong", "iri" }, "a misspelt handle")

local attach = require "lib.people_attach"
for sentence, want in pairs {
  ['첫 순서는 "느린 파서를 위한 변명"으로 감해솔님이 맡았다.'] = "느린 파서를 위한 변명",
  ["감해솔 교수는 '작은 언어의 큰 문법'이라는 제목으로 발표했다."] = "작은 언어의 큰 문법",
  ["감해솔님의 「저장소의 계절」을 들었다."] = "저장소의 계절",
  ['감해솔님이 "다음에는 더 천천히 하겠습니다"라고 말했다.'] = "",
  ['"짧다"는 감해솔님의 말이다.'] = "", ["감해솔님이 don't panic이라고 쓴 옷을 입었다."] = "",
} do
  tap.is(attach.quoted_in(sentence, "감해솔") or "", want, sentence)
end
tap.done()
