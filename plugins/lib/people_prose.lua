-- People named in running text: who presented, organised, introduced
-- themselves, or is only mentioned.  For people.lua.

local clauses = require "lib.people_clauses"
local keywords = require "lib.keywords"
local names = require "lib.names"
local roles = require "lib.role_words"
local sections = require "lib.people_sections"
local text = require "lib.text"
local titles = require "lib.titles"

local find, match, sub = string.find, string.match, string.sub

local prose = {}

local function add(state, block, person, role, rule, confidence, evidence, opens)
  local is_talk = role == "speaker" and (opens or sections.has_talks(state, block) or sections.opens_section(state, block))
  local facts = role == "speaker" and sections.talk_facts(state, block, is_talk) or {}
  if not opens then facts.image = nil end
  if role ~= "speaker" then facts.video = nil end
  facts.line, facts.section, facts.rule, facts.confidence = block.line, block.section, rule, confidence
  facts.text = text.cut(text.one_line(evidence), 160)
  facts.talk = person.talk or facts.talk
  state:add(person, role, facts)
end

-- --------------------------------------------------------------------- Korean

-- "NAME 님이 X를, NAME 님이 Y를 들려주었다": the verb is that of both.
local function is_coordinated(between)
  return find(between, "를, ", 1, true) ~= nil or find(between, "을, ", 1, true) ~= nil
    or find(between, "고 ", 1, true) ~= nil
end

local find_korean_verb = keywords.compile(roles.korean_verbs)

-- What follows a name and its title decides the role: particle, then a verb near by.
local function korean_role(after)
  local near = sub(after, 1, 240):match("^[^.!?\n]*")
  if find(near, "^을 모") or find(near, "^를 모") then return "speaker" end
  local subject = match(near, "^[께서이가은는]*") or ""
  if not (match(near, "^이?%s") or subject ~= "" or match(near, "^의")) then return "mentioned" end
  local at, _, role = find_korean_verb(near)
  while at and at <= 200 do
    local between = sub(near, 1, at - 1)
    local other = find(between, "님", 1, true)
    -- another person or an object clause between the two breaks the tie
    local tied = at <= 110 and not other or other and is_coordinated(sub(between, 1, other))
    if tied and not find(between, "추천", 1, true) then return role end
    at, _, role = find_korean_verb(near, at + 1)
  end
  return "mentioned"
end

local prose_titles = { "님", "교수", "박사", "대표", "연구원", "팀장", "매니저", "개발자", "엔지니어", "강사", "연사", "이사", "센터장",
  "소장", "회계사", "작가", "기사", "씨", "리드", "멘토", "선생" }
local find_title = quern.text.finder(prose_titles)

-- Names before a title: "홍길동 님이", "한빛대 홍길동 교수께서".
local function from_korean_titles(state, block, body)
    local s, e, number = find_title(body)
    while s do
      local title = prose_titles[number]
      local before = sub(body, math.max(1, s - 60), s - 1)
      local quoted = match(before, "^(.*)['’\"”]$")
      local phrase = match(quoted or before, "([^.,!?\n()'\"]*)$")
      -- the name is the last word, or the last two of a foreign name
      local two, one = match(phrase, "(%S+%s+%S+)%s*$"), match(phrase, "(%S+)%s*$")
      local person = one and names.read(one .. " " .. title)
      local glued = not match(phrase, "%s$")
      local polite = title == "님" or title == "씨" or sub(body, e + 1, e + 3) == "님"
      local floor = polite and (glued and title ~= "님" and 0.8 or glued and 0.4 or 0.3) or glued and 0.9 or 0.6
      if one and title ~= "님" and glued and (names.syllables(one) or 0) > 3 then person = nil end
      if person and not polite and names.score(person.name) < (glued and 0.8 or 0.6) then person = nil end
      local foreign = two and not glued and names.score(one) < 0.3 and names.score(two) == 0.3
      if foreign then person = names.read(two .. " " .. title) end
      if person and person.score >= floor then
        local after = sub(body, e + 1, e + 160)
        after = match(after, "^님(.*)$") or after
        add(state, block, person, korean_role(after), "title " .. title, 0.6, text.around(body, s - 40, e + 60))
      end
      s, e, number = find_title(body, e + 1)
    end
end

local find_ending = quern.text.finder { "이라고 합니다", "라고 합니다", "입니다" }
local find_first_person = quern.text.finder { "저는", "안녕하세요", "제 이름은", "저희는" }

-- "저는 ... 홍길동입니다", "홍길동이라고 합니다"
local function from_self_introduction(state, block, body)
  local s, e, which = find_ending(body)
  while s do
    local one = match(sub(body, math.max(1, s - 20), s - 1), "(%S+)$")
    local n = one and names.syllables(one)
    if n == 3 and names.score(one) >= 0.6 and (which < 3 or find_first_person(sub(body, math.max(1, s - 400), s - 1))) then
      local role = sections.role_of(block) or (state.interview and "speaker") or (state.has_labels and "member") or "author"
      add(state, block, { name = one, score = 0.8 }, role, "introduces themselves", 0.7, text.around(body, s - 60, e))
    end
    s, e, which = find_ending(body, e + 1)
  end
end

-- -------------------------------------------------------------------- English

local name_at = names.latin_at

-- "소마루 (Maru So)"
local function hangul_at(body, at)
  local whole, stop = match(body, "^([\xEA-\xED][\xEA-\xED\x80-\xBF]*%s?%b())()", at)
  if not whole then whole, stop = match(body, "^([\xEA-\xED][\xEA-\xED\x80-\xBF]*)()", at) end
  local person = whole and names.read(whole)
  if person and person.score >= 0.5 then
    person.stop = stop
    return person
  end
end

-- After "talk by", "speakers": one name or several.
local function names_after(state, block, body, at, role, rule, evidence, opens)
  local count = 0
  repeat
    local skipped = match(body, "^%s*[:-]?%s*()", at)
    local honorific, after = match(body, "^(%a+)%.?%s+()", skipped)
    if honorific and titles.before[honorific:lower()] then skipped = after end
    local person = name_at(body, skipped, 0.5) or hangul_at(body, skipped)
    if not person then return count end
    local inside = match(body, "^%s*%(([^()]+)%)", person.stop)
    if inside and names.syllables(inside) and names.score(inside) >= 0.3 then person.alias = inside end
    add(state, block, person, role, rule, 0.8, evidence, opens)
    count = count + 1
    at = match(body, "^%s*%b()()", person.stop) or match(body, "^%s+[oa][ft]%s+%u[%w]*%s?[%u%w]*()%s+and%s", person.stop) or person.stop
    at = match(body, "^,?%s+and%s+()", at) or match(body, "^,%s+()", at) or match(body, "^%s*&%s*()", at)
  until not at
  return count
end

local find_by = keywords.compile(roles.english_by, "iw")

local function from_english_by(state, block, body)
  local s, e, role, phrase = find_by(body)
  while s do
    if find(body, "^[%s:]", e + 1) then
      -- "presented by NAME" right under a heading: the heading is the talk
      local opens = s <= 2 and find(phrase, " by", 1, true) ~= nil
      names_after(state, block, body, e + 1, role, phrase, text.around(body, s - 40, e + 60), opens)
    end
    s, e, role, phrase = find_by(body, e + 1)
  end
end

local adverbs = { ["then"] = true, also = true, has = true, recently = true, kindly = true, first = true, finally = true }
local talk_nouns = { talk = true, keynote = true, session = true, presentation = true, lecture = true, workshop = true }

local roles_of_verb = {}
for role, verbs in pairs(roles.english_verbs) do
  for verb in pairs(verbs) do roles_of_verb[verb] = role end
end

-- "presented", "will present", "recently gave", "'s talk" after a name: the role it gives.
local function role_of_verb(body, person)
  local after = match(body, "^%s*%b()()", person.stop) or match(body, "^,[^,.]+,()", person.stop) or person.stop
  after = match(body, "^,%s+who()%s", after) or after
  if find(body, "^%s?[\xEA-\xED]", after) then
    local rest = sub(body, after, after + 260)
    return korean_role(match(rest, "^%s?님(.*)$") or rest)
  end
  local verb, past = match(body, "^%s+(%l+)()", after)
  if not verb then return nil end
  if find(sub(body, person.stop - 2, person.stop - 1), "'s", 1, true) and talk_nouns[verb] then return "speaker" end
  local following = match(body, "^%s(%l+)", past)
  return roles_of_verb[verb] or following and (roles_of_verb[verb .. " " .. following]
    or adverbs[verb] and roles_of_verb[following]) or nil
end

-- The title in quotation marks soon after a name: NAME opened with "TITLE".
local function quoted_after(body, at)
  local near = sub(body, at, at + 160)
  local before, title = match(near, "^([^.!?\"“]*)\"([^\"]+)\"")
  if not before then before, title = match(near, "^([^.!?\"“]*)“([^”]+)”") end
  return before and #before <= 60 and #title >= 8 and not find(before, "%sand%s") and (title:gsub("[,.]$", "")) or nil
end

-- Where a name may begin whose word stands at `at`: up to three capitalised words before it.
local function name_start(body, at, floor)
  for _ = 1, 3 do
    local before = match(sub(body, math.max(floor, at - 24), at - 1), "()%f[%w\x80-\xFF]%u[%a\x80-\xFF'.-]*%s$")
    if not before then break end
    at = math.max(floor, at - 24) + before - 1
  end
  return at
end

-- "Jane Roe presented", "Jane Roe and John Doe (ACME) gave": sought where a known given or family name stands.
local function from_english_verbs(state, block, body)
  local done = 1
  local at, last = names.find_latin(body)
  while at do
    -- an initial alone is no name
    local initial = last == at + 2 and not find(body, "^%u%l", last + 1)
    local s, person = not initial and name_start(body, at, done) or nil, nil
    while s and s <= at do
      person = name_at(body, s, 0.7)
      if person and person.stop > at then break end
      s, person = match(body, "^%S+%s+()", s), nil
    end
    if person then
      local role = role_of_verb(body, person)
      if role == "speaker" then person.talk = quoted_after(body, person.stop) end
      if person.score >= 0.8 or role then
        add(state, block, person, role or "mentioned", role and "verb" or "mention", role and 0.75 or 0.5,
          text.around(body, s, person.stop + 60))
      end
      done = person.stop
    end
    at, last = names.find_latin(body, math.max(done, last + 1))
  end
end

local verbs = {}
for role, list in pairs(roles.english_verbs) do
  local words = {}
  for verb in pairs(list) do words[#words + 1] = verb end
  table.sort(words)
  verbs[#verbs + 1] = { role, words }
end
local find_verb = keywords.compile(verbs, "w")

-- Where up to four capitalised words end right before a place, past "(ORG)", ", ORG," and an adverb: start, end.
local function names_before(body, at)
  local from = math.max(1, at - 90)
  local before = sub(body, from, at - 1)
  local adverb = match(before, "%s(%l+)%s+$")
  if adverb and adverbs[adverb] then before = match(before, "^(.-)%s%l+%s+$") .. " " end
  before = match(before, "^(.-)%s*%([^()]*%)%s*$") or match(before, "^(.*%S)%s+$") or before
  local start = match(before, "()%f[%w\x80-\xFF]%u[%a\x80-\xC9'.-]*%s%u[%a\x80-\xC9'.%s-]*$")
  return start and from + start - 1, from + #before
end

-- "Siddharth Bhave presented": a name of unknown words, sure by the verb behind it.
local function from_verbs_behind(state, block, body)
  local s, e, role = find_verb(body)
  while s do
    local start, stop = names_before(body, s)
    while start do
      local person = name_at(body, start, 0.5)
      if person and person.score < 0.7 and person.stop >= stop and person.stop <= s then
        if role == "speaker" then person.talk = quoted_after(body, e + 1) end
        add(state, block, person, role, "verb", 0.65, text.around(body, start, e + 60))
        break
      end
      start = match(body, "^%S+%s+()%u", start)
      if start and start >= stop then break end
    end
    s, e, role = find_verb(body, e + 1)
  end
end

local find_self = quern.text.finder { "I'm ", "I am ", "My name is ", "my name is ", "I’m " }

-- "I'm Jane Roe", "My name is Jane Roe"
local function from_english_self(state, block, body)
  local s, e = find_self(body)
  while s do
    local person = name_at(body, e + 1, 0.7)
    if person then
      local role = sections.role_of(block) or state.interview and "speaker" or "author"
      add(state, block, person, role, "introduces themselves", 0.7, text.around(body, s, person.stop))
    end
    s, e = find_self(body, e + 1)
  end
end

local find_bracket = quern.text.finder { "(" }

-- "토마시 노바크(Tomasz Nowak, 대학) 교수가": one name in two scripts.
local function from_pairs(state, block, body)
  local s = find_bracket(body)
  while s do
    local latin, stop = match(body, "^%((%u[^(),/]*)[^()]*%)()", s)
    local before = latin and names.score(latin) >= 0.6 and match(sub(body, math.max(1, s - 45), s - 1), "([\xEA-\xED][\xEA-\xED\x80-\xBF ]*)%s?$")
    if before then
      local one, two = match(before, "(%S+)%s?$"), match(before, "(%S+%s+%S+)%s?$")
      local whole = two and names.score(one) < 0.6 and names.score(two) >= 0.3 and find(latin, "%s")
      local name = whole and two or (names.score(one) >= 0.4 and one) or (two and names.score(two) >= 0.3 and two)
      if name then
        local after = sub(body, stop, stop + 260)
        for _, title in ipairs(prose_titles) do
          local behind = match(after, "^%s?" .. title .. "(.*)$")
          if behind then after = match(behind, "^님(.*)$") or behind break end
        end
        add(state, block, { name = name, alias = latin, score = 0.8 }, korean_role(after), "two scripts", 0.7, text.around(body, s - 30, stop))
      end
    end
    s = find_bracket(body, s + 1)
  end
end

function prose.read(state, block)
  local body = block.text
  if body == "" then return end
  if text.has_hangul(body) then
    from_pairs(state, block, body)
    from_korean_titles(state, block, body)
    if not block.labelled then from_self_introduction(state, block, body) end
    clauses.read(body, function(person, role, rule, from, to)
      add(state, block, person, role, rule, person.score >= 0.6 and 0.7 or 0.55, text.around(body, from - 20, to + 20))
    end)
  end
  from_english_by(state, block, body)
  from_english_verbs(state, block, body)
  from_verbs_behind(state, block, body)
  from_english_self(state, block, body)
end

return prose
