-- People named in running text: who presented, organised, introduced
-- themselves, or is only mentioned.  For people.lua.

local names = require "lib.names"
local roles = require "lib.role_words"
local sections = require "lib.people_sections"
local text = require "lib.text"
local titles = require "lib.titles"

local find, match, sub = string.find, string.match, string.sub

local prose = {}

local function add(state, block, person, role, rule, confidence, evidence)
  local facts = role == "speaker" and sections.talk_facts(state, block, sections.has_talks(state, block)) or {}
  facts.image = nil
  if role ~= "speaker" then facts.video = nil end
  facts.line, facts.section, facts.rule, facts.confidence = block.line, block.section, rule, confidence
  facts.text = text.cut(text.one_line(evidence), 160)
  state:add(person, role, facts)
end

-- --------------------------------------------------------------------- Korean

-- What follows a name and its title decides the role: particle, then a verb near by.
local function korean_role(after)
  local near = sub(after, 1, 150):match("^[^.!?\n]*")
  local subject = match(near, "^[께서이가은는]*") or ""
  if not (match(near, "^이?%s") or subject ~= "" or match(near, "^의")) then return "mentioned" end
  for _, entry in ipairs(roles.korean_verbs) do
    for _, verb in ipairs(entry[2]) do
      local at = find(near, verb, 1, true)
      if at and at <= 90 then
        local between = sub(near, 1, at - 1)
        -- another person or an object clause between the two breaks the tie
        if not find(between, "님", 1, true) and not find(between, "추천", 1, true) then return entry[1] end
      end
    end
  end
  return "mentioned"
end

-- Names before a title: "홍길동 님이", "한빛대 홍길동 교수께서".
local function from_korean_titles(state, block, body)
  for _, title in ipairs { "님", "교수", "박사", "대표", "연구원", "팀장", "매니저", "개발자", "엔지니어", "강사", "연사", "이사", "센터장", "소장",
    "회계사", "작가", "기사", "씨", "리드", "멘토", "선생" } do
    local at = 1
    while true do
      local s, e = find(body, title, at, true)
      if not s then break end
      at = e + 1
      local before = sub(body, math.max(1, s - 60), s - 1)
      local quoted = match(before, "^(.*)['’\"”]$")
      local phrase = match(quoted or before, "([^.,!?\n()'\"]*)$")
      -- the name is the last word, or the last two of a foreign name
      local two, one = match(phrase, "(%S+%s+%S+)%s*$"), match(phrase, "(%S+)%s*$")
      local person = one and names.read(one .. " " .. title)
      local glued = not match(phrase, "%s$")
      local polite = title == "님" or title == "씨" or sub(body, e + 1, e + 3) == "님"
      local floor = polite and (glued and title ~= "님" and 0.8 or glued and 0.6 or 0.3) or glued and 0.9 or 0.8
      if one and title ~= "님" and glued and (names.syllables(one) or 0) > 3 then person = nil end
      if person and not polite and names.score(person.name) < 0.8 then person = nil end
      local foreign = two and not glued and names.score(one) < 0.8 and names.score(two) == 0.3
      if foreign then person = names.read(two .. " " .. title) end
      if person and person.score >= floor then
        local after = sub(body, e + 1, e + 160)
        after = match(after, "^님(.*)$") or after
        add(state, block, person, korean_role(after), "title " .. title, 0.6, text.around(body, s - 40, e + 60))
      end
    end
  end
end

-- "저는 ... 홍길동입니다", "홍길동이라고 합니다"
local function from_self_introduction(state, block, body)
  for _, ending in ipairs { "이라고 합니다", "라고 합니다", "입니다" } do
    local at = 1
    while true do
      local s, e = find(body, ending, at, true)
      if not s then break end
      at = e + 1
      local one = match(sub(body, math.max(1, s - 20), s - 1), "(%S+)$")
      local n = one and names.syllables(one)
      local before = sub(body, math.max(1, s - 400), s - 1)
      local first_person = find(before, "저는", 1, true) or find(before, "안녕하세요", 1, true) or find(before, "제 이름은", 1, true)
        or find(before, "저희는", 1, true)
      if n == 3 and names.score(one) >= 0.8 and (first_person or ending ~= "입니다") then
        local role = sections.role_of(block) or (state.interview and "speaker") or (state.has_labels and "member") or "author"
        add(state, block, { name = one, score = 0.8 }, role, "introduces themselves", 0.7, text.around(body, s - 60, e))
      end
    end
  end
end

-- -------------------------------------------------------------------- English

local word_pattern = "^%s*([%u][%a\x80-\xC9'.-]*)()%f[^%a\xEA-\xED\x80-\xBF\xC3-\xC9'.-]"

-- The longest run of capitalised words at a place that is a name.
local function name_at(body, at, minimum)
  local best, words = nil, {}
  local position = at
  for _ = 1, 4 do
    local word, after = match(body, word_pattern, position)
    if not word then
      word, after = match(body, "^%s+(%l+)()", position)
      if not (word and (word == "van" or word == "von" or word == "de" or word == "der" or word == "bin")) then break end
    end
    words[#words + 1] = word
    position = after
    local candidate = table.concat(words, " "):gsub("'s$", ""):gsub("[.]$", "")
    if #words >= 2 then
      local score = names.score(candidate)
      if score >= minimum then best = { name = candidate, score = score, stop = position } end
    end
    if match(word, "'s$") or match(word, "%l%.$") then break end
  end
  return best
end

-- After "talk by", "speakers": one name or several.
local function names_after(state, block, body, at, role, rule, evidence)
  local count = 0
  repeat
    local skipped = match(body, "^%s*[:-]?%s*()", at)
    local honorific, after = match(body, "^(%a+)%.?%s+()", skipped)
    if honorific and titles.before[honorific:lower()] then skipped = after end
    local person = name_at(body, skipped, 0.5)
    if not person then return count end
    add(state, block, person, role, rule, 0.8, evidence)
    count = count + 1
    at = match(body, "^%s*%b()()", person.stop) or person.stop
    at = match(body, "^,?%s+and%s+()", at) or match(body, "^,%s+()", at) or match(body, "^%s*&%s*()", at)
  until not at
  return count
end

local function from_english_by(state, block, body, lower)
  for _, entry in ipairs(roles.english_by) do
    for _, phrase in ipairs(entry[2]) do
      local at = 1
      while true do
        local s, e = find(lower, phrase, at, true)
        if not s then break end
        at = e + 1
        if match(lower, "^[%s:]", e + 1) and not (s > 1 and match(lower, "^%a", s - 1)) then
          names_after(state, block, body, e + 1, entry[1], phrase, text.around(body, s - 40, e + 60))
        end
      end
    end
  end
end

local adverbs = { ["then"] = true, also = true, has = true, recently = true, kindly = true, first = true, finally = true }
local talk_nouns = { talk = true, keynote = true, session = true, presentation = true, lecture = true, workshop = true }

-- "Jane Roe presented", "Jane Roe and John Doe (ACME) gave"
local function from_english_verbs(state, block, body)
  local at = 1
  while true do
    local s = match(body, "()%f[%w]%u[%a\x80-\xFF'.-]+%s+%u", at)
    if not s then return end
    local person = name_at(body, s, 0.7)
    if person then
      local after = match(body, "^%s*%b()()", person.stop) or match(body, "^,[^,.]+,()", person.stop) or person.stop
      local verb = match(body, "^%s+(%l+)", after)
      local two = verb and match(body, "^%s+(%l+%s%l+)", after)
      local skip = verb and adverbs[verb] and match(body, "^%s+%l+%s+(%l+)", after)
      local possessive = match(sub(body, s, person.stop - 1), "'s$") and match(body, "^%s+(%l+)", person.stop)
      local role
      for candidate, verbs in pairs(roles.english_verbs) do
        if verbs[verb or ""] or verbs[two or ""] or verbs[skip or ""] then role = candidate end
      end
      if possessive and talk_nouns[possessive] then role = "speaker" end
      if person.score >= 0.8 or role then
        add(state, block, person, role or "mentioned", role and "verb" or "mention", role and 0.75 or 0.5,
          text.around(body, s, person.stop + 60))
      end
      at = person.stop
    else
      at = match(body, "^%u[%a\x80-\xFF'.-]+()", s) or s + 1
    end
  end
end

-- "I'm Jane Roe", "My name is Jane Roe"
local function from_english_self(state, block, body)
  for _, phrase in ipairs { "I'm ", "I am ", "My name is ", "my name is ", "I’m " } do
    local s, e = find(body, phrase, 1, true)
    local person = s and name_at(body, e + 1, 0.7)
    if person then
      local role = sections.role_of(block) or state.interview and "speaker" or "author"
      add(state, block, person, role, "introduces themselves", 0.7, text.around(body, s, person.stop))
    end
  end
end

function prose.read(state, block)
  local body = block.text
  if body == "" then return end
  if text.has_hangul(body) then
    from_korean_titles(state, block, body)
    if not block.labelled then from_self_introduction(state, block, body) end
  end
  if find(body, "%u%l+%s+%u") then
    from_english_by(state, block, body, body:lower())
    from_english_verbs(state, block, body)
    from_english_self(state, block, body)
  end
end

return prose
