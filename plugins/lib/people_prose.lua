-- People named in running text: who presented, organised, introduced
-- themselves, or is only mentioned.  For people.lua.

local clauses = require "lib.people_clauses"
local first_names = require "lib.people_first_names"
local keywords = require "lib.keywords"
local names = require "lib.names"
local roles = require "lib.role_words"
local sections = require "lib.people_sections"
local pages = require "lib.people_pages"
local text = require "lib.text"
local titles = require "lib.titles"
local weigh = require "lib.people_weigh"

local find, gsub, match, sub = string.find, string.gsub, string.match, string.sub

local prose = {}

-- how: what weigh.note wants of a name that is only mentioned.
local function add(state, block, person, role, rule, confidence, evidence, opens, how)
  local is_talk = role == "speaker" and (opens or sections.has_talks(state, block) or sections.opens_section(state, block))
  local facts = role == "speaker" and sections.talk_facts(state, block, is_talk) or {}
  if not opens then facts.image = nil end
  if role ~= "speaker" then facts.video = nil end
  local following = role == "speaker" and not facts.video and state.list[state.at + 1]
  -- a player of its own below the paragraph
  if following and following.kind == "paragraph" and following.text == "" then
    facts.video = sections.video_of(following.links)
  end
  facts.line, facts.section, facts.rule, facts.confidence = block.line, block.section, rule, confidence
  facts.text = text.cut(text.one_line(evidence), 160)
  facts.talk = person.talk or facts.talk
  local entry = state:add(person, role, facts)
  if entry and how and role == "mentioned" then weigh.note(state, entry, block, person, how) end
end

-- --------------------------------------------------------------------- Korean

-- "NAME 님이 X를, NAME 님이 Y를 들려주었다": the verb is that of both.
local function is_coordinated(between)
  return find(between, "를, ", 1, true) ~= nil or find(between, "을, ", 1, true) ~= nil
    or find(between, "고 ", 1, true) ~= nil
end

local find_korean_verb = keywords.compile(roles.korean_verbs)

-- "NAME이 누리랩을 방문하여 ... 설명하는 시간을": without the clause of the visit.
local function without_visit(near)
  local _, visit = find(near, "방문하여 ", 1, true)
  if not visit then _, visit = find(near, "방문해 ", 1, true) end
  if not visit or visit > 90 or find(sub(near, 1, visit), "[,.]") then return near end
  return (match(near, "^[\xEA-\xED][\x80-\xBF][\x80-\xBF]%s") or "") .. sub(near, visit + 1)
end

-- What follows a name and its title decides the role: particle, then a verb near by.
local function korean_role(after)
  -- "NAME님, NAME님, NAME님이": what the last one does
  for _ = 1, 12 do
    local following = match(after, "^,%s*[\xEA-\xED][\xEA-\xED\x80-\xBF]*%s?님(.*)$")
      or match(after, "^\xEA\xB3\xBC%s+[\xEA-\xED][\xEA-\xED\x80-\xBF]*%s?님(.*)$")
      or match(after, "^\xEC\x99\x80%s+[\xEA-\xED][\xEA-\xED\x80-\xBF]*%s?님(.*)$")
    if not following then break end
    after = following
  end
  local near = without_visit(sub(after, 1, 300):match("^[^.!?\n]*"))
  if find(near, "^을 모") or find(near, "^를 모") then return "speaker" end
  local subject = match(near, "^[께서이가은는]*") or ""
  if not (match(near, "^이?%s") or subject ~= "" or match(near, "^의")) then return "mentioned" end
  local at, _, role = find_korean_verb(near)
  while at and at <= 200 do
    local between = sub(near, 1, at - 1)
    local other = find(between, "님", 1, true)
    -- another person or an object clause between the two breaks the tie
    -- 께서 marks who does it, however far the verb
    local tied = at <= (find(near, "^께서") and 200 or 110) and not other or other and is_coordinated(sub(between, 1, other))
    if tied and not find(between, "추천", 1, true) then return role end
    at, _, role = find_korean_verb(near, at + 1)
  end
  return "mentioned"
end

local prose_titles = { "님", "교수", "박사", "대표", "연구원", "팀장", "매니저", "개발자", "엔지니어", "강사", "연사", "이사", "센터장",
  "소장", "회계사", "작가", "기사", "씨", "리드", "멘토", "선생" }
local find_title = quern.text.finder(prose_titles)
local find_polite = quern.text.finder(titles.polite)

local speakers_titles = { ["강사"] = true, ["연사"] = true, ["멘토"] = true }

-- Who is meant before a title: the last word, or the last two of a foreign name; nil where nobody is.  title: 님, 교수, ...;
-- polite: a form of address is part of it.
local function person_before(phrase, title, polite)
  local two, one = match(phrase, "(%S+%s+%S+)%s*$"), match(phrase, "(%S+)%s*$")
  if not one or titles.callings[one] then return nil end
  local person, glued = names.read(one .. " " .. title), not match(phrase, "%s$")
  local floor = polite and (glued and title ~= "님" and 0.8 or glued and 0.4 or 0.3) or glued and 0.9 or 0.6
  if one and title ~= "님" and glued and (names.syllables(one) or 0) > 3 then person = nil end
  -- "새벽 강사님": who teaches or speaks may be called by the given name
  if polite and not glued and speakers_titles[title] and names.is_given_hangul(one) then return { name = one, score = 0.5,
    title = title }, one end
  -- "회사의 팀장님": an office has its words before it that are no name
  if person and not (title == "님" or title == "씨") and names.score(person.name) < (glued and 0.8 or 0.6) then person = nil end
  -- "조 연님": the family name by itself
  local family = title == "님" and two and match(two, "^(%S+)%s")
  local given = names.syllables(one)
  if family and given and given <= 2 and names.syllables(family) == 1 and names.has_family(family)
    and not titles.begins_with_title(one) then
    return { name = two, score = 0.6, title = title }, two
  end
  -- "홍길동 커뮤니티 엔지니어": what kind of one stands between
  local first = two and not person and not glued and title ~= "님" and title ~= "씨" and match(two, "^(%S+)%s")
  if first and names.syllables(first) == 3 and names.score(first) >= 0.7 and not names.is_inflected(one) then
    return { name = first, score = names.score(first), title = title }, first
  end
  local foreign = two and not glued and names.score(one) <= 0.3 and names.score(two) == 0.3
  if foreign then person = names.read(two .. " " .. title) end
  if person and person.score >= floor then return person, one end
  if title == "님" then return names.addressed(one), one end
end

local find_session = quern.text.finder { "세션은", "세션을", "발표는", "강연은", "번째로", "번째는", "번째 순서", "차례는", "첫 순서" }

-- "세 번째 세션은 홍길동 님께서 진행해 주셨습니다": who leads one session is its speaker.  "heading" where the heading is that
-- session's.
local function is_session_led(block, before, after)
  if not find(after, "^[께서이가은는]*%s+진행") then return false end
  local heading = block.headings[#block.headings]
  if heading and heading ~= block and sections.clean_title(heading.text) ~= text.one_line(heading.text) then return "heading" end
  return find_session(match(before, "[^.!?\n]*$")) ~= nil
end

local find_likeness = quern.text.finder { "처럼", "과 비슷", "와 비슷", "과 닮", "와 닮",
  "과 같은", "와 같은", "만큼", "같은", " 같은" }

-- "홍길동님처럼", "홍길동 교수님과 비슷하게": with whom somebody is compared is not there.
local function is_compared(after) return find_likeness(sub(after, 1, 24)) == 1 end

-- Names before a title: "홍길동 님이", "한빛대 홍길동 교수께서".
local function from_korean_titles(state, block, body)
  local s, e, number = find_title(body)
  while s do
    local title = prose_titles[number]
    local before = s > 1 and text.around(body, s - 60, s - 1) or ""
    -- a quotation mark of either kind before the title
    local bare = match(before, "^(.*)['\"]$") or match(before, "^(.*)\xE2\x80[\x99\x9D]$") or before
    local phrase = match(bare, "([^.,!?\n()'\"]*)$")
    local polite = title == "님" or title == "씨" or sub(body, e + 1, e + 3) == "님"
    if find(before, "[%w_-]%s?$") then
      -- a handle, "Robin.K님"; "Jane Roe님" is read where names in Latin letters are
      phrase = find(before, "%u%S*%s+%u%S*%s?$") and "" or match(before, "([%w_.-]+%s?)$")
    end
    local person, word = person_before(phrase, title, polite)
    -- "프로 님들": all of a kind
    if person and polite and sub(body, title == "님" and e + 1 or e + 4, -1):find("^\xEB\x93\xA4") then person = nil end
    if person then
      local after = sub(body, e + 1, e + 320)
      after = match(after, "^님(.*)$") or match(after, "^ 분(께서.*)$") or after
      local compared = is_compared(after)
      local role, told = compared and "mentioned" or korean_role(after), nil
      local led = role == "organizer" and is_session_led(block, before, after)
      if led then role = "speaker" end
      if person.called and role ~= "mentioned" then role, told = "mentioned", role end
      add(state, block, person, role, "title " .. title, 0.6, text.around(body, s - 40, e + 60), led == "heading",
        not compared and { from = s - #word, to = e, polite = polite, title = title, told = told })
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

local find_by = keywords.compile(roles.english_by, "iw")

-- "talk by 소마루 (Maru So)": Korean names after English words.
local function from_hangul_by(state, block, body)
  local s, e, role, phrase = find_by(body)
  while s do
    local at = match(body, "^%s*:?%s*()", e + 1)
    local person = hangul_at(body, at)
    while person do
      add(state, block, person, role, phrase, 0.8, text.around(body, s - 40, e + 60), s <= 2 and find(phrase, " by",
        1, true) ~= nil)
      at = match(body, "^,?%s+and%s+()", person.stop) or match(body, "^,%s*()", person.stop) or match(body,
        "^%s*&%s*()", person.stop)
      person = at and hangul_at(body, at)
    end
    s, e, role, phrase = find_by(body, e + 1)
  end
end

local adverbs = { ["then"] = true, also = true, has = true, recently = true, kindly = true, first = true, finally = true }
local talk_nouns = { talk = true, keynote = true, session = true, presentation = true, lecture = true, workshop = true }

local roles_of_verb = { ["ran a"] = "speaker", ["ran an"] = "speaker", ["ran the"] = "organizer" }
for role, verbs in pairs(roles.english_verbs) do
  for verb in pairs(verbs) do roles_of_verb[verb] = role end
end

local beings = { is = true, was = true, are = true, were = true, will = true }
local find_being = keywords.compile({ { "speaker", { "keynote speaker", "guest speaker", "invited speaker", "our speaker",
  "our speakers", "the speaker", "our keynote", "the keynote", "a keynote", "one of our speakers", "this month's speaker",
  "our presenter", "our guest" } }, { "organizer", { "our host", "our moderator", "the host of", "the organizer", "the organiser",
  "our organizer", "our organiser" } } }, "iw")

-- "presented", "will present", "recently gave", "'s talk" after a name: the role it gives.
local function role_of_verb(body, person)
  local after = match(body, "^%s*%b()()", person.stop) or match(body, "^,[^,.]+,()", person.stop) or person.stop
  -- "NAME of ORG presented"
  after = match(body, "^%s+[oaf][ftr]o?m?%s+%S+()%f[%s]%s+%l", after)
    or match(body, "^%s+[oaf][ftr]o?m?%s+%u%S+%s+%u%S+()%f[%s]%s+%l", after) or after
  local who = match(body, "^,%s+who()%s", after)
  if who and find(sub(body, math.max(1, person.stop - 80), person.stop), "[Tt]hank") then return "mentioned" end
  after = who or after
  if find(body, "^%s?[\xEA-\xED]", after) then
    local rest = sub(body, after, after + 320)
    return korean_role(match(rest, "^%s?님(.*)$") or rest)
  end
  local verb, past = match(body, "^%s+(%l+)()", after)
  if not verb then return nil end
  -- "is a keynote speaker", "will be our host"
  local what = beings[verb] and match(body, "^%s+([%l][%l%s-]*)", past)
  local noun = what and (match(what, "^be?%s*%l*%s*([%l%s-]+)") or what)
  if noun then
    local s, _, being = find_being(sub(noun, 1, 40))
    if s and s <= 24 and not find(sub(noun, 1, s), "%sof%s") then return being end
  end
  if find(sub(body, person.stop - 2, person.stop - 1), "'s", 1, true) and talk_nouns[verb] then return "speaker" end
  local following = match(body, "^%s(%l+)", past)
  return roles_of_verb[verb] or following and (roles_of_verb[verb .. " " .. following]
    or adverbs[verb] and roles_of_verb[following]) or nil
end

-- The title in quotation marks soon after a name: NAME opened with "TITLE".
local function quoted_after(body, at)
  local near = sub(body, at, at + 160)
  -- marks of one kind may stand within those of the other
  if not find(near, '"', 1, true) then near = gsub(near, "\xE2\x80[\x9C\x9D]", '"') end
  local before, title = match(near, '^([^.!?"]*)"([^"]+)"')
  return before and #before <= 60 and #title >= 8 and not find(before, "%sand%s") and (title:gsub("[,.]$", "")) or nil
end

local find_self = quern.text.finder { "I'm ", "I am ", "My name is ", "my name is ", "I’m " }

-- What stands right before a name gives a role: "presented by", "speakers:", "I'm".  Role, rule, whether it opens the block.
local function role_before(state, block, body, at)
  local from = math.max(1, at - 36)
  local before = sub(body, from, at - 1)
  local honorific = match(before, "%s(%a+)%.?%s$")
  if honorific and titles.before[honorific:lower()] then before = match(before, "^(.*%s)%a+%.?%s$") end
  local s, e, role, phrase = find_by(before)
  while s do
    if find(before, "^%s*:?%s*$", e + 1) and e < #before then
      return role, phrase, from + s - 1 <= 2 and find(phrase, " by", 1, true) ~= nil
    end
    s, e, role, phrase = find_by(before, e + 1)
  end
  s, e = find_self(before)
  if s and e == #before then
    return state.interview and "speaker" or sections.role_of(block) or "author", "introduces themselves", false
  end
end

local works = {}
for word in ("book post article paper library tool novel essay thread tweet quote song"):gmatch("%a+") do works[word] = true end

-- "a blog post by NAME": who made a work that is spoken of.
local function is_maker(body, at)
  local before = sub(body, math.max(1, at - 32), at - 1)
  if sub(before, -4) ~= " by " then return false end
  local work = match(before, "(%l+),?%s+written by $") or match(before, "(%l+) by $")
  return work ~= nil and works[work] == true
end

-- Whether two names stand in one list: ", ", " and ", " (ORG), " between them.
local function is_joint(between)
  if #between > 90 then return false end
  between = match(between, "^%s*%b()(.*)$") or match(between, "^%s+[oa][ft]%s+%u%w*%s?%w*(%s+and%s+)$") or between
  return find(between, "^,?%s+and%s+%a*%.?%s?$") ~= nil or find(between, "^,%s+$") ~= nil or find(between, "^%s*&%s*$") ~= nil
    or find(between, "^,?%s+및%s+$") ~= nil or between == "과 " or between == "와 "
end

local function add_latin(state, block, body, found)
  local role, person = found.role, found.person
  if not role and person.score < 0.8 then return end
  local inside = match(body, "^%s*%(([^()]+)%)", person.stop)
  if inside and names.syllables(inside) and names.score(inside) >= 0.3 then person.alias = inside end
  add(state, block, person, role or "mentioned", found.rule or "mention", role and 0.75 or 0.5,
    text.around(body, found.from - 40, person.stop + 60), found.opens, { from = found.from, to = person.stop - 1,
      polite = find(body, "^%s?님", person.stop) ~= nil })
end

-- The names in Latin letters of a text, each with what stands before and behind it; those of one list share their role.
local function from_latin(state, block, body, s, e)
  local found, last = {}, nil
  while s do
    s = match(body, "^I['\x80-\xE2]+m%s+()", s) or s
    local person = names.latin_at(body, s, 0.5)
    if person then
      local entry = { person = person, from = s }
      local made = is_maker(body, s)
      if not made then entry.role, entry.rule, entry.opens = role_before(state, block, body, s) end
      local joined = last and is_joint(sub(body, last.person.stop, s - 1))
      if not entry.role and joined and last.by then
        entry.role, entry.rule, entry.opens = last.role, last.rule, last.opens
      end
      entry.by = entry.role ~= nil
      if not entry.role and made then entry.role, entry.rule = "mentioned", "maker of a work" end
      if not entry.role then
        entry.role = role_of_verb(body, person)
        entry.rule = entry.role and "verb"
      end
      if entry.role == "speaker" then person.talk = quoted_after(body, person.stop) end
      entry.joined = joined
      found[#found + 1], last = entry, entry
    end
    s, e = names.find_latin(body, person and person.stop or e + 1)
  end
  for i = #found, 1, -1 do
    local entry, before = found[i], found[i - 1]
    if entry.joined and entry.role and entry.role ~= "mentioned" and not before.role then before.role,
      before.rule = entry.role, entry.rule end
  end
  local seen = {}
  for _, entry in ipairs(found) do
    seen[entry.from] = entry.role ~= nil or entry.person.score >= 0.8
    add_latin(state, block, body, entry)
  end
  return seen
end

-- "talk by NAME, NAME and NAME" of words that no list knows: the phrase before them is enough.  seen: where the others begin.
local function from_latin_by(state, block, body, seen)
  local s, e, role, phrase = find_by(body)
  while s do
    local at = match(body, "^%s*:?%s*()%u", e + 1)
    for _ = 1, 6 do
      local person = at and names.latin_at(body, at, 0.3)
      if not person then break end
      if not seen[at] then
        seen[at] = true
        add(state, block, person, role, phrase, 0.7, text.around(body, s - 20, person.stop + 40), s <= 2)
      end
      at = match(body, "^,?%s+and%s+()%u", person.stop) or match(body, "^%s*&%s*()%u", person.stop)
    end
    s, e, role, phrase = find_by(body, e + 1)
  end
end

-- Names that are the text of a link to somebody's own page.
local function from_own_pages(state, block, body, seen)
  for _, link in ipairs(block.links) do
    local label = link.text
    local may_be = label and #label >= 5 and #label <= 60 and find(label, "%u%S*%s+%u") and pages.is_own(link.url)
    local at = may_be and find(body, label, 1, true)
    local person = at and not seen[at] and names.read(label)
    if person and person.score >= 0.5 and not person.org then
      seen[at] = true
      add(state, block, person, role_before(state, block, body, at) or "mentioned", "own page", 0.6,
        text.around(body, at - 40, at + #label + 60), false, { from = at, to = at + #label - 1, linked = true })
    end
  end
end

local find_bracket = quern.text.finder { "(" }

-- "토마시 노바크(Tomasz Nowak, 대학) 교수가": one name in two scripts.
local function from_pairs(state, block, body)
  local s = find_bracket(body)
  while s do
    local latin, stop = match(body, "^%((%u[^(),/]*)[^()]*%)()", s)
    local before = latin and names.score(latin) >= 0.6 and match(sub(body, math.max(1, s - 45), s - 1),
      "([\xEA-\xED][\xEA-\xED\x80-\xBF ]*)%s?$")
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
        add(state, block, { name = name, alias = latin, score = 0.8 }, korean_role(after), "two scripts", 0.7,
          text.around(body, s - 30, stop), false, { from = s - #name, to = stop - 1 })
      end
    end
    s = find_bracket(body, s + 1)
  end
end

-- What find_evidence wants of node:blocks().
prose.marks = { { "capitals", names.find_latin }, { "syllables", names.find_hangul }, { "polite", find_polite } }

-- What a block holds that may be a name: for Latin letters the place of the first, for Hangul whether there is one.
function prose.find_evidence(block)
  local body, from = block.text, block.capitals
  if from then block.latin, block.latin_end = names.find_latin(body, from) end
  if not block.polite and not (block.syllables and names.may_hold_hangul(body, block.syllables)) then return from ~= nil end
  block.hangul = true
  return true
end

-- block.latin and block.hangul say what to look for.
function prose.read(state, block)
  local body = block.text
  if body == "" then return end
  if block.hangul then
    from_pairs(state, block, body)
    from_korean_titles(state, block, body)
    if not block.labelled then from_self_introduction(state, block, body) end
    clauses.read(body, function(person, role, rule, from, to)
      add(state, block, person, role, rule, person.score >= 0.6 and 0.7 or 0.55, text.around(body, from - 20, to + 20))
    end)
    from_hangul_by(state, block, body)
  end
  local seen = block.latin and from_latin(state, block, body, block.latin, block.latin_end) or {}
  if (state.is_event or state.title_role) and find(body, "%u%l") then
    from_latin_by(state, block, body, seen)
  end
  if block.latin or state.takes_first_names or sub(body, 1, 7) == "Speaker" then first_names.read(state, block) end
  if block.links then from_own_pages(state, block, body, seen) end
end

return prose
