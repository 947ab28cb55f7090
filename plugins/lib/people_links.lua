-- Names that are the text of a link in a line ("TALK - [NAME](page) | ORG"), a
-- talk and its speaker in the text of a link to the video, a paragraph that is
-- the line of a programme ("NAME - TALK [video]"), and names that stand alone
-- below the title of a talk ("NAME (ORG)"), with what the class of an HTML element
-- says of them.  For people.lua.

local lines = require "lib.people_lines"
local marked = require "lib.people_marked"
local names = require "lib.names"
local pages = require "lib.people_pages"
local sections = require "lib.people_sections"
local split = require "lib.people_split"
local text = require "lib.text"

local find, gsub, match, sub = string.find, string.gsub, string.match, string.sub

local links = {}

local find_speaker_page = quern.text.finder({ "/speakers/", "/speaker/", "/presenters/" }, "i")

-- Whether a link of a block leads to the page of a speaker.
local function has_speaker_page(block)
  for i = 1, math.min(#block.links, 8) do
    if find_speaker_page(block.links[i].url or "") and pages.is_own(block.links[i].url) then return true end
  end
  return false
end

-- ------------------------------------------------------------- names in links

-- "TALK - " before a name: without the sign at its end, where it is long enough for a title.
local function talk_before(line, at)
  local before = gsub(text.trim(sub(line, 1, at - 1)), "[%s|/,:(%[`-]+$", "")
  before = match(before, "^(.-)%s*\xE2\x80[\x93\x94]$") or before
  before = match(before, "^(.-)%s+[Bb]y$") or match(before, "^(.-)%s+[Ff]rom$") or before
  if names.score(before) >= 0.5 then return nil end
  if #before < 8 or #before > 200 or find(before, "[.!]%s+%S") then return nil end
  return split.unquote(before)
end

local function org_behind(line, at)
  local org = match(line, "^[`%])%s]*[|,@/]%s*([^|,()%[%]]+)", at) or match(line, "^[`%]%s]*%(([^()]+)%)", at)
  org = org and text.trim(org)
  return org and #org <= 60 and org ~= "" and names.score(org) < 0.5 and org or nil
end

local function person_of_link(link, label)
  if #label < 4 or #label > 60 or find(label, "@", 2, true) then return nil end
  local person = names.read(label)
  if person and person.score >= 0.6 and not person.org then return person end
  local own = pages.is_own(link.url)
  if own and pages.is_slug_of(link.url, label) then return { name = label, score = 0.7 } end
  return names.syllables(label) and names.has_family(label) and own and names.trusted(label) or nil
end

-- Whether a line ends behind a name, but for an organisation.
local function is_last(line, at)
  local rest = match(line, "^[`%])%s]*(.*)$", at)
  return rest == "" or #rest <= 60 and find(rest, "^[|(@/,]") ~= nil and not find(rest, "%sand%s") and not find(rest, "[.!?]$")
    and #names.list(rest, 0.6) == 0
end

local function add_talk_link(state, block, link, label)
  if #label < 12 or not sections.is_video(link.url or "", "") then return false end
  local _, talk, all = split.talk(label, true)
  for _, person in ipairs(all and all[1].score >= 0.7 and all or {}) do
    state:add(person, "speaker", { line = block.line, section = block.section, rule = "link to a talk", confidence = 0.8,
      text = text.cut(label, 120), talk = talk, video = link.url })
  end
  return talk ~= nil
end

-- The people in the links of a line: { person, where its name begins, and ends, whether the page is a speaker's }.  A page of
-- speakers may be that of two.
local function people_of_links(block, line)
  local found = {}
  for _, link in ipairs(block.links) do
    local label = text.one_line(link.text or "")
    local at = label ~= "" and #label <= #line and find(line, label, 1, true)
    local speaks = at and find_speaker_page(link.url or "") ~= nil
    local person = at and person_of_link(link, label)
    for _, each in ipairs(person and { person } or speaks and #label < 90 and names.run(label, 0.5) or {}) do
      found[#found + 1] = { each, at, at + #label, speaks }
    end
  end
  return found
end

local function only_letters(title) return (gsub(title:lower(), "[%s%p]", "")) end

-- The title as the heading above says it, where that is the same but for capitals, or where one goes on behind the other.
local function as_heading(block, talk)
  local heading = block.headings[#block.headings]
  local above = heading and #heading.text <= 200 and only_letters(heading.text) or ""
  local said = talk and only_letters(talk) or ""
  local size = math.min(#above, #said)
  return size >= 12 and sub(above, 1, size) == sub(said, 1, size) and sections.clean_title(heading.text) or talk
end

-- "from [NAME](/speakers/name)" below the heading that is the talk.
local function heading_talk(state, block)
  local heading = block.headings[#block.headings]
  local is_title = heading and heading.level > 1 and #heading.text >= 8 and not sections.role_of(block)
    and not sections.is_opening(heading.text) and not sections.find_general(heading.text) and heading.text ~= state.doc.title
  return is_title and sections.clean_title(heading.text) or nil
end

-- Whether names were found in the links of a line of a programme: one, or two that speak together.  More are those of a
-- sentence, which other rules read.
local function from_links(state, block)
  local line = match(block.text, "^[^\n]*")
  if #line > 300 then return false end
  local expected = sections.expects_talks(state, block)
  local any, found = false, (expected or has_speaker_page(block)) and people_of_links(block, line) or {}
  local last = found[#found]
  local ends = last and #found <= 2 and is_last(line, last[3])
  local talk = ends and as_heading(block, talk_before(line, found[1][2]))
  if ends and not talk and last[4] and found[1][2] <= 8 then talk = heading_talk(state, block) end
  for _, each in ipairs((talk or ends and last[4]) and found or {}) do
    local person = each[1]
    person.org = person.org or org_behind(line, each[3])
    state:add(person, "speaker", { line = block.line, section = block.section, rule = "name in a link", confidence = 0.8,
      text = text.cut(line, 120), talk = talk or nil, video = sections.video_of(block.links) })
    any = true
  end
  for _, link in ipairs(expected and not any and block.links or {}) do
    any = add_talk_link(state, block, link, text.one_line(link.text or "")) or any
  end
  return any
end

-- -------------------------------------------------------- names that stand alone

-- The role that the class of an HTML element gives what stands in it: class="speaker-name".
local function role_of_class(block)
  local node = block.first and block.first.parent
  for _ = 1, 2 do
    local attributes = node and node.attributes
    local class = attributes and (attributes.class or attributes.itemprop)
    local role = class and marked.role_of_class(class)
    if role then return role end
    node = node and node.parent
  end
end

-- "NAME (ORG) - no interpreter": the person, where the line is little else.
local function person_alone(line, floor)
  local head = match(line, "^([^()]+%([^()]+%))%s*[-|,]?%s*[^()]*$") or line
  local person = names.read(head)
  if not person or person.score < floor or find(line, "[.!?:]$") then return nil end
  return (person.org or person.title or person.score >= 0.8 or floor < 0.6) and person or nil
end

local function from_alone(state, block)
  if #block.text > 90 or block.in_item then return false end
  local line = text.one_line(block.text)
  local given = role_of_class(block)
  if not given and not (sections.expects_talks(state, block) and block.headings[#block.headings]) then return false end
  local person = person_alone(line, given and 0.3 or 0.7)
  if not person or names.is_organisation(person.name) then return false end
  local role = sections.role_of(block) or given or "speaker"
  local facts = role == "speaker" and sections.talk_facts(state, block, true) or { section = block.section }
  if facts.talk and (sections.is_opening(facts.talk) or facts.talk == state.doc.title) then facts.talk = nil end
  facts.line, facts.rule, facts.confidence, facts.text = block.line, "name that stands alone", given and 0.9 or 0.7, line
  state:add(person, role, facts)
  return true
end

-- ------------------------------------------------------------------- cards

-- Whether a class says that a name stands there, whatever the role: class="name".
local function is_name_class(class)
  return find(class:lower(), "%f[%w]full%-?name%f[^%w]") ~= nil or find(class, "%f[%w-][Nn]ame%f[^%w-]") ~= nil
end

-- "<a class=card><div class=student-name>NAME</div>...</a>": the boxes of a link one of which says that it holds the name.
local function from_card(state, block, link)
  local given = sections.role_of(block) or state.title_role
  for box in link:children() do
    local class = box.kind == "container" and box.attributes and box.attributes.class
    local role = class and (marked.role_of_class(class) or is_name_class(class) and given)
    local line = role and text.one_line(box:text())
    local person = line and #line <= 60 and names.read(line)
    if person and person.score >= 0.3 and not names.is_organisation(person.name) then
      state:add(person, given or role, { line = box.line, section = block.section, rule = "name of a card", confidence = 0.85,
        text = line })
      return true
    end
  end
  return false
end

-- The links right below one another in a block that are such cards.
local function from_cards(state, block)
  local node, any = block.first, false
  while node and node.kind == "link" do
    local first = node.first
    if first and (first.kind == "container" or first.kind == "image") then any = from_card(state, block, node) or any end
    node = node.next
  end
  return any
end

-- "TALK by NAME [Slides]": without the texts of links at the end that are no names.
function links.cut_at_end(block, line)
  for i = #(block.links or {}), 1, -1 do
    local label = text.one_line(block.links[i].text or "")
    local rest = match(line, "^(.-)[%s%])}]*$")
    if label == "" or #label > 40 or #rest < #label + 8 or sub(rest, -#label) ~= label or names.read(label) then break end
    local before = match(sub(rest, 1, -#label - 1), "^(.-)[%s%[({|,/-]*$")
    -- "NAME's TITLE", "NAME - TITLE"
    local person = names.read(before)
    if find(before, "['\x99]s$") or person and not person.org and person.score >= (person.title and 0.4 or 0.6) then
      break
    end
    line = before
  end
  return line
end

-- Whether a title is the text of a link, which marks it as one.
local function is_link_text(block, title)
  for _, link in ipairs(block.links) do
    if link.text and text.one_line(link.text) == title then return true end
  end
  return false
end

-- "NAME님 - TALK [video]": a paragraph that is the line of a programme.
local function from_title_line(state, block)
  if state.interview or block.in_item or #block.text > 400 or not find(block.text, "%s[-|]%s") then return false end
  if not sections.expects_talks(state, block) or sections.role_of(block) then return false end
  local first = lines.split_inlines(block.first)[1] or ""
  local line = links.cut_at_end(block, first)
  local head, talk = match(line, "^(.-)%s+[-|]%s+(.+)$")
  local person = head and #head <= 60 and names.read(head)
  if not person or person.org or person.score < (person.title and 0.4 or 0.6) or #talk < 4 then return false end
  local is_sentence = find(talk, "[.!?]$") or find(talk, "다$")
  if is_sentence and not is_link_text(block, talk) then return false end
  if names.run(talk, 0.6) or names.is_organisation(person.name) then return false end
  state:add(person, "speaker", { line = block.line, section = block.section, rule = "line of a programme", confidence = 0.8,
    text = text.cut(line, 120), talk = split.unquote(talk), video = sections.video_of(block.links) })
  return true
end

local dates_before = { "^%d%d? %u%l%l+[%s:,]+(%u.+)$", "^%u%l%l+ %d%d?[%s:,]+(%u.+)$",
  "^%d%d%d%d[-./]%d%d?[-./]%d%d?[%s:,]+(%D.+)$", "^%d%d?월%s?%d%d?일[%s:,]+(%D.+)$" }
local part_marks = { "^%d부%s*[.:)-]", "^[Ss]ession%s%d", "^세션%s?%d", "^발표%s?%d", "^[Tt]alk%s%d", "^강연%s?%d" }

-- "1부. TALK - NAME (ORG)": a paragraph that counts itself among the parts of a programme.
local function from_part(state, block)
  local line = block.text
  if #line > 200 or find(line, "\n", 1, true) then return false end
  local is_part = false
  for _, mark in ipairs(part_marks) do is_part = is_part or find(line, mark) ~= nil end
  for _, date in ipairs(dates_before) do
    local rest = not is_part and match(line, date)
    if rest and not sections.is_time(line) then line, is_part = rest, true end
  end
  if not is_part or not sections.expects_talks(state, block) then return false end
  local _, talk, all = split.talk(sections.clean_title(line), true)
  for _, person in ipairs(all or {}) do
    state:add(person, sections.role_of(block) or "speaker", { line = block.line, section = block.section, talk = talk,
      rule = "line of a programme", confidence = 0.75, text = line })
  end
  return all ~= nil
end

function links.read(state, block)
  if block.links and (from_cards(state, block) or from_links(state, block)) then return true end
  if block.kind ~= "paragraph" then return false end
  return block.links and from_title_line(state, block) or from_part(state, block) or from_alone(state, block) or false
end

return links
