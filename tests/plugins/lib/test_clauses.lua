-- people_clauses.lua and people_merge.lua: who did what in Korean clauses, one
-- entry a person.
package.path = (arg[0]:match("^(.*)/[^/]*$") or ".") .. "/?.lua;" .. package.path
local tap = require "tap"
local clauses = require "lib.people_clauses"
local merging = require "lib.people_merge"

local function read(text)
  local out = {}
  clauses.read(text, function(person, role) out[#out + 1] = person.name .. ":" .. role end)
  return table.concat(out, " ")
end

for text, want in pairs {
  ["진행은 홍길동이 맡았습니다."] = "홍길동:organizer",
  ["사회를 맡은 홍길동 님이 인사했다."] = "홍길동:organizer 홍길동:organizer",
  ["패널로 홍길동, 김철수, 그리고 박영희 님이 함께했습니다."] = "홍길동:speaker 김철수:speaker 박영희:speaker",
  ["기조연설은 탄야 로젠펠트 (리히텐 대학교)와 홍길동 (한빛)이 맡습니다."] = "탄야 로젠펠트:speaker 홍길동:speaker",
  ["홍길동과 김철수가 발표했고 박영희가 진행을 맡았습니다."] = "김철수:speaker 홍길동:speaker 박영희:organizer",
  ["궁금한 점은 위원장 홍길동에게 물어보세요."] = "홍길동:organizer",
  ["발표는 하면서 배우는 것이다."] = "", ["강의를 우연히 들었다."] = "", ["진행은 순조로웠다."] = "", ["발표 자료는 공개한다."] = "",
} do
  tap.is(read(text), want, text)
end

local found = { { name = "방소율", role = "speaker" }, { name = "소율", role = "mentioned" }, { name = "길동", role = "mentioned" } }
merging.complete_names(found)
tap.is({ found[2].name, found[3].name }, { "방소율", "길동" }, "a given name of the document is the person")

found = { { name = "정진태", role = "speaker", talk = "파서" }, { name = "Jintae Jung", role = "speaker", talk = "파서" },
  { name = "Jane Roe", role = "speaker", talk = "파서" }, { name = "Minsu Kim", role = "speaker", talk = "렉서" } }
merging.join_spellings(found)
tap.is({ found[2].alias, found[3].alias or "", found[4].alias or "" }, { "정진태", "", "" }, "one talk, one name in two scripts")

local people = merging.merge {
  { name = "홍길동", role = "speaker", path = "a" }, { name = "Gildong Hong", role = "author", path = "b" },
  { name = "Gildong Hong", alias = "홍길동", role = "organizer", path = "c" }, { name = "김철수", role = "mentioned", path = "a" },
}
tap.is(#people, 2, "two spellings that a document equates are one person")
tap.is(people[1].roles, { "speaker", "author", "organizer" }, "with all roles")
tap.is(people[1].aliases, { "Gildong Hong" }, "and the other spelling")
tap.is(#people[1].appearances, 3, "and every appearance")
tap.done()
