-- People in the news of a lab, club or community: "NAME 학생이 수상했습니다",
-- "학부생 NAME, NAME이", "Welcome NAME! New member", "NAME's paper was accepted".
-- Who stands there with a status, or is welcomed or congratulated, belongs to
-- those whose news it is.  For people.lua.

local names = require "lib.names"
local roles = require "lib.role_words"
local surnames = require "lib.korean_surnames"
local text = require "lib.text"

local find, match, sub = string.find, string.match, string.sub

local news = {}

local find_news = quern.text.finder(roles.news_words, "iw")
local find_status = quern.text.finder(roles.korean_statuses)
local find_english = quern.text.finder(roles.english_statuses, "iw")
local find_welcome = quern.text.finder({ "welcome", "welcoming", "welcomed", "congratulations", "congratulation", "congrats",
  "congratulate", "kudos", "farewell to", "goodbye to" }, "iw")
local find_done = quern.text.finder(roles.korean_achievements)

-- Whether the title of the document says that it is news.
function news.is_news_title(state)
  if state.tells_news == nil then state.tells_news = find_news(state.doc.title or "") ~= nil end
  return state.tells_news
end

-- Whether the headings above a block, or the title, say that it is news.
local function is_news(state, block)
  for i = #block.headings, 1, -1 do
    local heading = block.headings[i]
    if heading.tells_news == nil then heading.tells_news = #heading.text < 90 and find_news(heading.text) ~= nil end
    if heading.tells_news then return true end
  end
  return news.is_news_title(state)
end

local function add(state, block, person, from, to, rule)
  state:add(person, "member", { line = block.line, section = block.section, rule = rule, confidence = 0.75,
    text = text.cut(text.one_line(text.around(block.text, from - 20, to + 40)), 120) })
end

-- --------------------------------------------------------------------- Korean

local hangul_word = "^([\xEA-\xED][\xEA-\xED\x80-\xBF]*)()"

-- "NAME, NAME, NAME은" from a place on.
local function add_list(state, block, at)
  local body, any = block.text, false
  for _ = 1, 20 do
    local word, stop = match(body, hangul_word, at)
    if not word then break end
    local name = #word >= 9 and sub(word, 1, 9) or ""
    local particle = sub(word, 10)
    local fits = particle == "" or particle == "은" or particle == "는" or particle == "이" or particle == "가" or particle == "과"
      or particle == "와" or particle == "의" or particle == "을" or particle == "를" or particle == "님" or particle == "님이"
    if not fits or names.score(name) < 0.4 then break end
    local following = match(body, "^%s*[,\xC2][\xB7]?%s*()", stop) or (particle == "과" or particle == "와")
      and match(body, "^%s+()", stop)
    -- a name that hardly looks like one counts only in a list or with a particle
    if following or any or particle ~= "" or names.score(name) >= 0.6 then
      add(state, block, { name = name, score = names.score(name) }, at, stop, "status before a name")
      any = true
    end
    if not following then break end
    at = following
  end
end

local particles = { ["을"] = true, ["를"] = true, ["은"] = true, ["는"] = true, ["의"] = true, ["에"] = true, ["대"] = true }

local verb_ends = { ["한"] = true, ["된"] = true, ["할"] = true, ["던"] = true, ["난"] = true, ["린"] = true }

-- The Korean word that ends before a place, as a name: "탁지수" of "연구실 탁지수 석사과정".
local function name_before(body, at)
  local word = match(sub(body, math.max(1, at - 24), at - 1), "([\xEA-\xED][\xEA-\xED\x80-\xBF]*)%s?%(?$")
  local n = word and names.syllables(word)
  local score = n and n >= 3 and n <= 4 and names.score(word) or 0
  -- "제안을 학생이": a word with its particle; "기여한 학생": a verb that says which
  local last = word and sub(word, -3)
  local is_verb = score < 0.6 and verb_ends[last] and not surnames.frequent[sub(word, 1, 3)]
  if score >= 0.5 and not is_verb or score >= 0.4 and not (is_verb or particles[last]) then return word end
end

-- "A, B, C 학생이": those before the last one of a list that ends at a place.
local function add_before(state, block, name, at)
  local base = math.max(0, at - 801)
  local head = sub(block.text, base + 1, at - 1)
  local stop = match(head, "()" .. name .. "%s?%(?$")
  add(state, block, { name = name, score = 0.6 }, at - #name, at, "status behind a name")
  for _ = 1, 20 do
    if not stop then return end
    local from, word = match(sub(head, math.max(1, stop - 24), stop - 1), "()([\xEA-\xED][\xEA-\xED\x80-\xBF]*)%s*,%s*$")
    if not word or names.syllables(word) ~= 3 or names.score(word) < 0.4 then return end
    stop = math.max(1, stop - 24) + from - 1
    add(state, block, { name = word, score = 0.6 }, base + stop, base + stop + 9, "status behind a name")
  end
end

local guests = { ["교수"] = true, ["박사"] = true, ["연구원"] = true, ["대표"] = true }

local function from_korean(state, block)
  local body = block.text
  local s, e = find_status(body)
  while s do
    local status = sub(body, s, e)
    local name = name_before(body, s)
    -- a professor or a researcher may be a guest: something must have happened to them here
    local is_own = not guests[status] or find_done(sub(body, e + 1, e + 200)) ~= nil
      and not find(sub(body, math.max(1, s - 200), e + 200), "초청", 1, true)
    if name and is_own then add_before(state, block, name, s) end
    local at = match(body, "^%s+()", e + 1) or match(body, "^생%s+()", e + 1) or match(body, "^인%s+()", e + 1)
    if at and is_own then add_list(state, block, at) end
    s, e = find_status(body, e + 1)
  end
end

-- -------------------------------------------------------------------- English

local acts = {}
for word in ([[joins joined receives received wins won defends defended graduates graduated passes passed earns earned gets got
  publishes published successfully recently accepts accepted moves moved starts started begins began completes completed
  attends attended visits visited presents presented gives gave will has is was becomes became]]):gmatch("%S+") do
  acts[word] = true
end
local works = {}
for word in ([[paper work research thesis dissertation study article poster project proposal papers defense talk
  manuscript abstract]]):gmatch("%S+") do
  works[word] = true
end

-- Whether what follows a name is news of them: "'s recent work", "received", "(PhD student) won".
local function is_told(body, person)
  local after = match(body, "^%s*%b()()", person.stop) or person.stop
  local before = sub(body, person.stop - 4, person.stop - 1)
  if find(before, "'s$") or find(before, "\xE2\x80\x99$") or find(body, "^['\xE2]", after) then
    local words = match(body, "^['\x80-\xE2s]*%s+([%a%s-]+)", after)
    local count = 0
    for word in (words or ""):gmatch("%a+") do
      count = count + 1
      if works[word:lower()] then return true end
      if count >= 5 then break end
    end
    return false
  end
  local verb = match(body, "^,?%s+(%l+)", after)
  return verb ~= nil and acts[verb] == true
end

-- The names of a list at a place: "NAME, NAME and NAME".
local function add_latin_list(state, block, at, rule)
  local body = block.text
  for _ = 1, 12 do
    local person = names.latin_at(body, at, 0.2)
    if not person or person.score < 0.35 and not surnames.latin[match(person.name, "%S+$"):lower()] then return end
    add(state, block, person, at, person.stop, rule)
    local past = match(body, "^%s*%b()()", person.stop) or person.stop
    at = match(body, "^,?%s+and%s+()", past) or match(body, "^,%s*()", past) or match(body, "^%s*&%s*()", past)
    if not at then return end
  end
end

-- "NAME and " before a name that is told of: both are.
local function add_latin_before(state, block, at)
  local from = math.max(1, at - 50)
  local name = match(sub(block.text, from, at - 1), "(%u[%a'-]+%s%u[%a'-]+)%s+and%s+$")
  if not name or names.score(name) < 0.2 then return end
  add(state, block, { name = name, score = 0.5 }, at - #name, at, "news of a name")
end

local function from_english(state, block)
  local body = block.text
  local s, e = find_welcome(body)
  while s do
    local at = match(body, "^[,!:]?%s+to%s+()", e + 1) or match(body, "^[,!:]?%s+()", e + 1)
    at = at and (match(body, "^[%l%s]-:?%s*()%u", at) or at)
    at = at and (match(body, "^Dr%.?%s+()", at) or at)
    if at then add_latin_list(state, block, at, "welcomed") end
    s, e = find_welcome(body, e + 1)
  end
  s, e = find_english(body)
  while s do
    local at = match(body, "^s?,?%s+and%s+()", e + 1) or match(body, "^s?,?%s+()", e + 1)
    at = match(body, "^[%l%d%s]+:%s*()%u", e + 1) or at
    if at then add_latin_list(state, block, at, "status before a name") end
    s, e = find_english(body, e + 1)
  end
  s, e = block.latin, block.latin_end
  while s do
    local person = names.latin_at(body, s, 0.5)
    if person and is_told(body, person) then
      add(state, block, person, s, person.stop, "news of a name")
      add_latin_before(state, block, s)
    end
    s, e = names.find_latin(body, person and person.stop or e + 1)
  end
end

function news.read(state, block)
  if block.text == "" or not is_news(state, block) then return end
  from_korean(state, block)
  if find(block.text, "%u%l") then from_english(state, block) end
end

return news
