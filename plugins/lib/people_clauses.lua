-- Korean clauses that say who did what: "진행은 NAME이 맡았고", "NAME과 NAME이
-- 발표했다", "위원장 NAME에게".  For people_prose.lua, which hands over a text
-- and what to call with each person found.

local keywords = require "lib.keywords"
local names = require "lib.names"
local roles = require "lib.role_words"
local titles = require "lib.titles"

local find, match, sub = string.find, string.match, string.sub

local clauses = {}

local particles = titles.particles
local polite = "^%s?님"

-- The person whose name begins at a place: { name, stop, particle, sure }; sure where more than the place speaks for it.
local function person_at(body, at)
  at = match(body, "^%s*()", at)
  local word, stop = match(body, "^([\xEA-\xED][\xEA-\xED\x80-\xBF]*)()", at)
  if not word then return nil end
  for _, n in ipairs { 3, 4, 5, 2 } do
    local rest = sub(word, n * 3 + 1)
    if #word >= n * 3 and (rest == "" or particles[rest]) then
      local name, after = sub(word, 1, n * 3), at + n * 3
      local score = names.score(name)
      local is_polite = find(body, polite, after) ~= nil
      local inside = match(body, "^%s?%(([^()]+)%)", after)
      local floor = n == 3 and (rest == "" and particles[sub(name, -3)] and 0.6 or 0.3) or n == 2 and (is_polite
        and 0.2 or 1) or (is_polite or inside) and 0.3 or 0.5
      if score >= floor then
        local alias = inside and names.score(inside) >= 0.5 and inside or nil
        return { name = name, alias = alias, org = not alias and inside or nil, stop = stop, score = score,
          particle = rest, sure = score >= 0.6 or is_polite or inside ~= nil }
      end
    end
  end
  -- "탄야 로젠펠트 (리히텐 대학교)": a foreign name of two words, where a bracket or a title closes it
  local two, after = match(body, "^([\xEA-\xED\x80-\xBF]+%s[\xEA-\xED\x80-\xBF]+)()", at)
  if two and names.score(match(two, "%S+$")) < 0.3 and (find(body, "^%s?%(", after) or find(body, "^%s님", after))
    and names.score(two) >= 0.3 then
    return { name = two, org = match(body, "^%s?%(([^()]+)%)", after), stop = after, score = 0.3, particle = "", sure = true }
  end
end

local is_title, begins_with_title = titles.is_title, titles.begins_with_title

-- Behind "님", a title and a bracket that follow a name.
local function past_title(body, at)
  local word, stop = match(body, "^%s([\xEA-\xED][\xEA-\xED\x80-\xBF]*)()", at)
  if word and is_title[word] then at = stop end
  at = match(body, "^%s?님()", at) or at
  return match(body, "^%s?%b()()", at) or at
end

local joints = { "^%s*,%s*그리고%s+()", "^%s*,%s*()", "^%s+및%s+()", "^%s*\xC2\xB7%s*()", "^과%s+()", "^와%s+()", "^%s+그리고%s+()" }

-- Where the next name of a list begins, nil where it ends; and where this one does.
local function next_in_list(body, at)
  at = past_title(body, at)
  for _, joint in ipairs(joints) do
    local following = match(body, joint, at)
    if following then return following, at end
  end
  return nil, at
end

-- All persons of a list that begins at a place, and where it ends.
local function list_at(body, at)
  local out = {}
  repeat
    local person = person_at(body, at) or names.latin_at(body, at, 0.5)
    if not person then return out, at end
    out[#out + 1] = person
    local joint, following, stop = person.particle, next_in_list(body, person.stop)
    if not following and (joint == "과" or joint == "와" or joint == "님과") then following = match(body, "^%s+()", person.stop) end
    at = following or stop
  until not following
  return out, at
end

-- ---------------------------------------------------- "진행은 NAME이 맡았다"

local find_noun = keywords.compile(roles.korean_nouns)
local find_done = quern.text.finder { "맡", "함께", "봐 주", "보았", "봤", "했", "사람", "입니다",
  "이었", "였", "하고", "하며", "나섰", "나온", "참여", "합니다", "한다", "해 주", "해주", "주셨", "주신" }

-- Where names may begin behind "사회는", "패널로", "진행을 맡은", nil where none can.
local function after_noun(body, at)
  for _, particle in ipairs { "은", "는", "로", "으로", "에는", "엔", "진은", "자는" } do
    if sub(body, at, at + #particle - 1) == particle then return match(body, "^%s+()", at + #particle) end
  end
  for _, particle in ipairs { "을", "를" } do
    if sub(body, at, at + #particle - 1) == particle then
      local taken = match(body, "^%s+맡은%s+()", at + 3) or match(body, "^%s+맡아%s+주신%s+()", at + 3) or match(body,
        "^%s+맡으신%s+()", at + 3)
      return taken
    end
  end
end

-- A bare word is a name only where it closes: by its particle, a comma, a bracket, 님 or the next name.
local function is_closed(body, person)
  if person.particle ~= "" or not person.particle then return true end
  local stop = person.stop
  if stop > #body or find(body, "^%s?[,.()]", stop) or find(body, polite, stop) or find(body, "^%s?\xC2\xB7", stop) then
    return true
  end
  local following = match(body, "^%s([\xEA-\xED][\xEA-\xED\x80-\xBF]*)", stop)
  return following ~= nil and (begins_with_title(following) or following == "및" or following == "그리고"
    or following == "두" or following == "세" or following == "네" or following == "등")
end

-- The person before the first "님" of a clause, where nothing but words that describe them stands before.
local function polite_in_clause(body, at)
  local clause = match(sub(body, at, at + 150), "^[^.!?,\n]*")
  local before, stop = match(clause, "^(.-)()%s?님")
  local offset, word = match(before or "", "()([^%s]+)%s?$")
  local person = word and person_at(word, 1)
  if person and person.particle == "" and person.score >= 0.3 then
    person.stop, person.sure, person.particle = at + stop - 1, true, "님"
    return offset and person
  end
end

local function from_noun(body, add)
  local s, e, role = find_noun(body)
  while s do
    local at, next_from = after_noun(body, e + 1), e + 1
    if at then
      local list, stop = list_at(body, at)
      if #list == 0 or not list[1].sure or list[1].particle == "의" then
        -- "발표는 두루랩의 NAME 님이", "연사는 컴파일러를 만드는 NAME 님": words that describe the name
        local described = polite_in_clause(body, at)
        if described then list, stop = { described }, described.stop end
      end
      local done = find_done(sub(body, stop, stop + 60)) ~= nil
      for _, person in ipairs(list) do
        if (person.sure or done) and is_closed(body, person) then add(person, role, "role before names", s, stop) end
      end
      if #list > 0 then next_from = stop end
    end
    s, e, role = find_noun(body, next_from)
  end
end

-- ----------------------------------------------------- "NAME이 진행을 맡았다"

local find_verb = keywords.compile(roles.korean_predicates)
local subjects = { ["이"] = true, ["가"] = true, ["은"] = true, ["는"] = true, ["께서"] = true, ["님이"] = true, ["님은"] =
  true, ["님께서"] = true }

-- The word before a place: where it begins, and the word.
local function word_before(body, at)
  return match(sub(body, math.max(1, at - 40), at - 1), "()([^%s]+)%s+$")
end

-- "세 사람이 ", "세 분이 " at the end of a text: where it begins.
local function counted_before(text)
  return match(text, "()%s%S+%s사람이%s+$") or match(text, "()%s%S+%s분이%s+$") or match(text, "()%s%S+%s명이%s+$")
end

-- All names of a list that ends at a place, found from its end.
local function add_list_before(body, stop, add, role, to)
  local last = stop
  for _ = 1, 8 do
    local offset, word = match(sub(body, math.max(1, last - 40), last - 1), "()([^%s]+)%s*$")
    if not offset then return end
    last = math.max(1, last - 40) + offset - 1
    local person = person_at(word:gsub(",$", "") .. " ", 1)
    local joint = person and person.particle
    if not person or person.score < 0.6 or not (joint == "" or joint == "와" or joint == "과") then return end
    add(person, role, "verb", last, to)
  end
end

local function from_verb(body, add)
  local s, e, role = find_verb(body)
  while s do
    local last, wanted = s, subjects
    -- "NAME, NAME 세 사람이 준비했다"
    local near = math.max(1, s - 40)
    local counted = counted_before(sub(body, near, s - 1))
    if counted then
      local stop = near + counted - 1
      add_list_before(body, stop, add, role, e)
      last = 1
    end
    for _ = 1, last > 1 and 6 or 0 do
      local offset, word = word_before(body, last)
      if not offset then break end
      local at = math.max(1, last - 40) + offset - 1
      local bare = word:gsub(",$", "")
      local person = person_at(bare .. " ", 1)
      if not person or person.score < 0.6 or not (wanted[person.particle] or bare ~= word and person.particle ==
        "") then break end
      add(person, role, "verb", at, e)
      last, wanted = at, { ["과"] = true, ["와"] = true, ["님과"] = true }
    end
    s, e, role = find_verb(body, e + 1)
  end
end

-- ----------------------------------------------------------- "위원장 NAME에게"

local find_post = keywords.compile(roles.korean_posts)

local function from_post(body, add)
  local s, e, role = find_post(body)
  while s do
    local at = match(body, "^%s+()", e + 1) or match(body, "^인%s+()", e + 1)
    local person = at and person_at(body, at)
    if person and (person.score >= 0.6 or person.sure or person.particle == "입니다") and person.particle ~= "의" then
      add(person, role, "post before a name", s, person.stop)
    end
    s, e, role = find_post(body, e + 1)
  end
end

-- ------------------------------------------- "첫 발표는 ... NAME 님의 'TALK'였다"

local find_of = quern.text.finder { "님의 '", "님의 \"", "님의 ‘", "님의 “", "님의 「", "님의 『" }
local find_talk = quern.text.finder { "발표", "강연", "세션", "순서", "키노트", "연사" }
local find_together = quern.text.finder { "님과 함께하는", "님과 함께한", "님과의 대담", "님과의 대화", "님과 나눈" }

local function from_polite(body, add)
  for _, search in ipairs { find_of, find_together } do
    local s = search(body)
    while s do
      local word = match(sub(body, math.max(1, s - 24), s - 1), "([^%s]+)%s?$")
      local person = word and person_at(word .. "님", 1)
      local clause = match(sub(body, math.max(1, s - 120), s - 1), "[^.!?\n]*$")
      if person and (search == find_together or find_talk(clause)) then
        person.talk = search == find_of and match(body, "^님의 ['\"]([^'\"\n]+)['\"]", s) or nil
        add(person, "speaker", "talk of a name", s - #word, s + 40)
      end
      s = search(body, s + 1)
    end
  end
end

-- ------------------------------------ "NAME, NAME, NAME 등 총 10명의 준비위원이"

local find_group = keywords.compile(roles.korean_groups)
local find_comma = quern.text.finder { ", ", "、", "·" }

-- The role that stands right behind a run of names, or right before it.
local function role_of_run(body, from, stop)
  local behind = match(sub(body, stop, stop + 150), "^[^.!?\n]*")
  local rest = match(behind, "^%s*등%s*(.*)$") or behind
  -- "총 10명의", "세 분의"
  rest = match(rest, "^[^%w]*%d+[^%s]*%s+(.*)$") or match(rest, "^%s+%S+%s분%S*%s+(.*)$")
    or match(rest, "^%s+%S+%s명%S*%s+(.*)$") or rest
  local s, _, role = find_group(rest)
  if s and s <= 24 then return role end
  local before = match(sub(body, math.max(1, from - 48), from - 1), "[^.!?\n]*$")
  local e
  s, e, role = find_group(before)
  while s do
    local between = sub(before, e + 1)
    if #between <= 13 and not find(between, "을", 1, true) and not find(between, "를", 1, true) then return role end
    s, e, role = find_group(before, e + 1)
  end
end

local function from_run(body, add)
  -- a run without a word for a group gives no role
  if not find_comma(body) or not find_group(body) then return end
  local from = names.find_hangul(body)
  while from do
    local list, stop = list_at(body, from)
    local sure = 0
    for _, person in ipairs(list) do
      if person.score >= 0.6 then sure = sure + 1 end
    end
    local role = #list >= 2 and sure * 2 >= #list and sure >= 2 and role_of_run(body, from, stop)
    for _, person in ipairs(role and list or {}) do add(person, role, "run of names", from, stop) end
    from = names.find_hangul(body, math.max(stop, from + 3))
  end
end

-- add(person, role, rule, from, to) for each.
function clauses.read(body, add)
  local seen = {}
  local function note(person, role, ...)
    seen[role .. person.name] = true
    add(person, role, ...)
  end
  from_noun(body, note)
  from_verb(body, note)
  from_post(body, note)
  from_polite(body, note)
  from_run(body, function(person, role, ...)
    if not seen[role .. person.name] then note(person, role, ...) end
  end)
end

return clauses
