-- Who is introduced: the paragraph below "## Speaker" or "## 발표자 소개" that opens
-- with a name ("Jane Roe is ...", "홍길동은 ..."), the heading "About Jane Roe", a
-- group and its people in brackets ("our team (NAME, NAME)").  For people.lua.

local names = require "lib.names"
local roles = require "lib.role_words"
local sections = require "lib.people_sections"
local text = require "lib.text"

local find, gsub, match, sub = string.find, string.gsub, string.match, string.sub

local bios = {}

-- ------------------------------------------------------- "Jane Roe is ..."

local tells = {}
for word in ([[is was works worked has joined studies studied leads led runs teaches writes loves builds lives holds received
  earned graduated currently serves started began specializes specialises helps enjoys spends brings develops researches believes
  co-founded founded created maintains contributes organizes organises likes]]):gmatch("%S+") do tells[word] = true end

local korean_tells = { "은 ", "는 ", "님은 ", "님 ", "씨는 ", "교수는 ", "박사는 ", "대표는 ", "님은,", "은, ", " 님은 ", " 교수는 ", " 대표는 ",
  " 박사는 ", " 님", " - ", " – ", " — " }

-- The name in Latin letters that a text opens with, where a verb tells of them or the text is marked there.
local function latin_lead(block, body)
  local person = names.latin_at(body, 1, 0.5)
  if not person then return nil end
  local at = match(body, "^%s*%b()()", person.stop) or person.stop
  local verb = match(body, "^,?%s+(%l[%l-]+)%f[%A]", at)
  local first = block.first
  local is_marked = first and (first.kind == "strong" or first.kind == "link") and text.one_line(first:text()) == person.name
  if verb and tells[verb] or is_marked and find(body, "^%s*[,(:\xE2-]", at) then return person end
end

-- The same in Hangul.
local function korean_lead(body)
  local word = match(body, "^[\xEA-\xED][\xEA-\xED\x80-\xBF]*")
  for size = 9, 12, 3 do
    local name = word and #word >= size and sub(word, 1, size)
    if name and names.score(name) >= 0.6 then
      for _, particle in ipairs(korean_tells) do
        if sub(body, size + 1, size + #particle) == particle then return { name = name, score = names.score(name) } end
      end
    end
  end
end

-- Whether the heading of a section says that it is about one speaker of the page's own subject.
local function is_about_one(heading)
  local lower = gsub(text.one_line(heading.text):lower(), "^[^%a\x80-\xFF]+", "")
  return roles.labels.speaker[lower] ~= nil and not find(lower, "s$") or find(lower, "^about the speaker$") ~= nil
    or find(lower, "^about the presenter$") ~= nil or lower == "발표자 소개" or lower == "연사 소개"
end

local function talk_of_page(state, heading)
  local title = state.doc.title
  if state.is_event or not title or #title < 8 or sections.role_of_title(title) or not is_about_one(heading) then return nil end
  return sections.clean_title(title)
end

local function from_lead(state, block)
  local role = sections.role_of(block) or block.below_role
  if not role or role == "mentioned" or state.interview then return false end
  local heading, body = block.headings[#block.headings], block.text
  if not (heading or block.below_role) or heading == block or block.kind ~= "paragraph" or #body < 20 then return false end
  local person = korean_lead(body) or latin_lead(block, body)
  if not person or names.is_organisation(person.name) then return false end
  local facts = role == "speaker" and sections.talk_facts(state, block, false) or {}
  facts.line, facts.section, facts.rule, facts.confidence = block.line, block.section, "introduced in a section of people", 0.8
  facts.text, facts.image = text.cut(text.one_line(body), 120), nil
  if role == "speaker" then
    local above = block.headings[#block.headings - 1]
    facts.talk = above and above.level > 1 and above.text ~= state.doc.title and sections.talk_above(state, block)
      or heading and talk_of_page(state, heading) or nil
    if block.below_role then facts.talk = nil end
  end
  state:add({ name = person.name, alias = person.alias, score = person.score }, role, facts)
  return true
end

-- ---------------------------------------------- "our team (NAME, NAME)"

local find_group = quern.text.finder({ "team (", "students (", "members (", "authors (", "participants (", "volunteers (",
  "mentors (", "interns (", "colleagues (", "attendees (" }, "i")

local function from_groups(state, block)
  local body = block.text
  if not find(body, "(", 1, true) then return false end
  local s, e = find_group(body)
  local any = false
  while s do
    local inside = match(body, "^%b()", e)
    local found = inside and #inside < 400 and names.list(sub(inside, 2, -2), 0.5) or {}
    for _, person in ipairs(#found >= 2 and #found == #names.pieces(sub(inside, 2, -2)) and found or {}) do
      state:add(person, "member", { line = block.line, section = block.section, rule = "names of a group", confidence = 0.8,
        text = text.cut(text.one_line(sub(body, s, e + #inside)), 120) })
      any = true
    end
    s, e = find_group(body, e + 1)
  end
  return any
end

-- -------------------------------------------------------- "About Jane Roe"

-- The name that a heading introduces, where it does no more than that.
function bios.name_in_heading(heading)
  local rest = match(heading, "^[Aa]bout%s+(.+)$") or match(heading, "^[Mm]eet%s+(.+)$") or match(heading, "^[Bb]io:?%s+(.+)$")
    or match(heading, "^(.+)%s소개$") or match(heading, "^(.+)%s약력$")
  local person = rest and names.read(rest)
  return person and person.score >= 0.6 and not names.is_organisation(person.name) and person or nil
end

-- Whether somebody is introduced in a block.
function bios.read(state, block)
  local any = from_lead(state, block)
  return from_groups(state, block) or any
end

return bios
