-- People whom a mark in the text names: "[name=Nadia, Omar]" of shared notes, and
-- styles that say who stands in them, "@:style(schedule-byline)NAME@:@" and
-- "[NAME]{.speaker}", in paragraphs, items and cells.  What is so marked is believed
-- where it hardly looks like a name.  For people.lua, before the other rules.

local names = require "lib.names"
local pages = require "lib.people_pages"
local roles = require "lib.role_words"
local sections = require "lib.people_sections"
local text = require "lib.text"

local find, gmatch, gsub, match, sub = string.find, string.gmatch, string.gsub, string.match, string.sub

local marked = {}

local role_in_class = {}
for role, list in pairs(roles.class_words) do
  for _, word in ipairs(list) do role_in_class[word] = role end
end

-- What the words beside a role in a class may be where a name stands in it: class="schedule-speaker-name".
local neutral_words = {}
for word in ("name names fullname full display text label schedule talk session event post team info item inline js is list card"
  .. " block meta"):gmatch("%S+") do
  neutral_words[word] = true
end

-- The role of those whose names stand in a class: "schedule-byline", "speaker-name"; nil of what is said of them besides,
-- "speaker-bio".
function marked.role_of_class(class)
  for token in gmatch(class:lower(), "[^%s]+") do
    local role, other = nil, false
    for word in gmatch(token, "%a+") do
      role = role or role_in_class[word]
      other = other or not role_in_class[word] and not neutral_words[word]
    end
    if role and not other then return role end
  end
end

-- The people of a text that is marked as one's name or those of several.
local function read_names(value)
  local out = {}
  if #value > 160 then return out end
  for _, piece in ipairs(names.pieces(value)) do
    local person = names.trusted(piece, true)
    -- "[name=Will]": a common word with a capital is somebody here
    local is_word = not person and #piece <= 24 and find(piece, "^[%u\xC3-\xC5][%l\x80-\xC9]+$")
    if is_word then person = { name = piece, score = 0.3 } end
    out[#out + 1] = person
  end
  return out
end

local function add_styled(state, block, class, value, talk)
  local role = marked.role_of_class(class)
  if not role then return end
  local is_byline = role == "author" and find(class, "byline", 1, true) and sections.expects_talks(state, block)
  if is_byline then role = "speaker" end
  for _, person in ipairs(read_names(value)) do
    state:add(person, role, { line = block.line, section = block.section, rule = "style of a name", confidence = 0.9,
      text = text.cut(value, 120), talk = role == "speaker" and talk or nil })
  end
end

-- The styled texts of a block in their order, by the pattern of their form; the title before a name is the talk.
local function read_styles(state, block, body, pattern, class_first)
  local talk
  for one, other in gmatch(body, pattern) do
    local class, value = class_first and one or other, class_first and other or one
    if find(class, "title", 1, true) then
      talk = sections.clean_title(value)
    else
      add_styled(state, block, class, value, talk)
    end
  end
end

local function read_block(state, block, body)
  for value in gmatch(body, "%[name=([^%[%]\n]+)%]") do
    for _, person in ipairs(read_names(value)) do
      state:add(person, "member", { line = block.line, section = block.section, rule = "mark of a name", confidence = 0.9,
        text = text.cut(text.one_line(body), 120) })
    end
  end
  if find(body, "@:style(", 1, true) then read_styles(state, block, body, "@:style%(([^()]*)%)([^@]-)@:@", true) end
  if find(body, "]{.", 1, true) then read_styles(state, block, body, "%[([^%[%]\n]+)%]{%.([%w_-]+)", false) end
end

-- ------------------------------------------------------------ "by [handle](page)"

-- The title of a talk before a place of a line: the text of the first link, or what stands there.
local function talk_before(block, line, at)
  for _, link in ipairs(block.links) do
    local label = text.one_line(link.text or "")
    local from = #label >= 8 and find(line, label, 1, true)
    if from and from < at then return sections.clean_title(label) end
  end
  local before = gsub(sub(line, 1, at - 1), "[%s%p]*[Bb]y[%s:]*$", "")
  return #before >= 8 and #before <= 160 and sections.clean_title(before) or nil
end

-- "TALK by [handle](https://github.com/handle)": who is called as their page is, where talks are told.
local function read_handles(state, block)
  local line = text.one_line(block.text)
  for _, link in ipairs(block.links) do
    local label = match(link.text or "", "^%s*@?([%w][%w_.-]+)%s*$")
    local at = label and #label <= 30 and find(line, "%f[%w_]" .. gsub(label, "%p", "%%%0") .. "[%s)%]|,.]*$")
    local before = at and sub(line, math.max(1, at - 40), at - 1)
    local made = before and match(before, "(%a*)%s*%f[%a][Bb]y:?%s+@?$")
    local is_made = made and roles.made[made:lower()] or before and find(before, "[Pp]hoto") ~= nil
    local is_page = made and not is_made and pages.slug_of(link.url) == label and pages.is_own(link.url)
    if is_page and sections.expects_talks(state, block) then
      state:add({ name = label, score = 0.4 }, "speaker", { line = block.line, section = block.section, rule = "handle of a page",
        confidence = 0.7, text = text.cut(line, 120), talk = talk_before(block, line, at) })
    end
  end
end

local find_by = quern.text.finder({ "by" }, "iw")

-- ------------------------------------------------------- '"what was said" - NAME'

local quotes = { ['"'] = '"', ["“"] = "”", ["‘"] = "’", ["「"] = "」", ["『"] = "』", ["«"] = "»" }

-- What stands behind words in quotation marks that are a whole paragraph but for who said them: "- NAME, ORG".
local function behind_quote(body)
  local sign = match(body, '^"') or match(body, "^\xE2\x80[\x9C\x98]") or match(body, "^\xE3\x80[\x8C\x8E]")
    or match(body, "^\xC2\xAB")
  local close = sign and quotes[sign]
  local said, rest = nil, nil
  if close then said, rest = match(body, "^(.+)" .. close .. "%s*(.-)%s*$", #sign + 1) end
  if not said or #said < 20 or not find(said, "%s") then return nil end
  return match(rest, "^[-~]+%s*(.+)$") or match(rest, "^\xE2\x80[\x93-\x95]%s*(.+)$") or match(rest, "^%(([^()]+)%)$")
end

-- Whoever is quoted of those who came together; in other documents such words are a motto.
local function read_quote(state, block)
  local value = #block.text <= 1200 and behind_quote(block.text)
  local person = value and #value <= 90 and names.read(value)
  if not person or person.score < 0.6 or names.is_organisation(person.name) then return end
  state:add(person, "member", { line = block.line, section = block.section, rule = "who is quoted", confidence = 0.6,
    text = text.cut(value, 120) })
end

-- ------------------------------------------------------------- "Motion by NAME"

local find_motion = quern.text.finder({ "called to order by", "opened by", "motion by", "motion made by", "moved by",
  "motioned by", "seconded by", "adjourned by", "closed by", "led by", "chaired by", "notes by", "minutes by", "notes taken by",
  "minutes taken by", "proposed by", "presented by" }, "iw")

-- Who moves and seconds in the minutes of a meeting, by full names that hardly look like ones or by given names.
local function read_motions(state, block)
  local body = block.text
  local s, e = find_motion(body)
  while s do
    local rest = match(sub(body, e + 1, e + 60), "^:?%s+%[?(%u[^\n]*)$")
    local two = rest and match(rest, "^%u%l+ %u%l[%l-]+%f[^%w-]")
    local one = rest and match(rest, "^%u[%l\x80-\xC9]+%f[^%w\x80-\xFF-]")
    local person = two and names.read(two)
    local is_alone = one and not find(rest, "^%s%u", #one + 1)
    if not person or person.score < 0.3 then person = is_alone and names.trusted(one) or nil end
    if person and not person.org and not names.is_organisation(person.name) then
      state:add(person, "member", { line = block.line, section = block.section, rule = "motion", confidence = 0.7,
        text = text.cut(text.one_line(text.around(body, s, e + 40)), 120) })
    end
    s, e = find_motion(body, e + 1)
  end
end

-- How the marks begin, to be looked for in a whole document first.
marked.marks = { "[name=", "@:style(", "]{." }
local find_mark = quern.text.finder(marked.marks)

-- The marks of a document.  A table's row is read as a whole.
function marked.read(state)
  local is_gathering = (state.is_event or state.is_meeting or state.is_study) and not state.interview
  for i = 1, #state.list do
    local block = state.list[i]
    if find_mark(block.text) then read_block(state, block, block.text) end
    if block.kind == "paragraph" and is_gathering then read_quote(state, block) end
    if state.is_meeting and block.kind ~= "row" then read_motions(state, block) end
    if block.links and not state.is_release and #block.text <= 600 and find_by(block.text) then read_handles(state, block) end
  end
end

return marked
