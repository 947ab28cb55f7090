-- People whom a label names: "**NAME**: ...", "<img> **NAME**", "NAME: ...", the
-- turns of an interview, the bold names of a page of members.  All labels of a
-- document are read before a role is given to any.  For people.lua.

local blocks = require "lib.blocks"
local linked = require "lib.people_links"
local names = require "lib.names"
local sections = require "lib.people_sections"
local talk_titles = require "lib.talk_titles"
local text = require "lib.text"

local find, gsub, match, sub = string.find, string.gsub, string.match, string.sub

local labels = {}

-- Images before, the strong words, and whether a colon closes them: the parts of "<img> <strong>NAME</strong> :".
local function read_label(block)
  local image, label
  local node = block.first
  while node do
    local kind = node.kind
    if label then
      if kind == "text" then
        if node.literal:match("^%s*[:\xEF]") then return label, image, true, node.literal end
        return label, image, label:match(":%s*$") ~= nil, node.literal
      elseif kind ~= "softbreak" and kind ~= "linebreak" and kind ~= "image" then
        return label, image, label:match(":%s*$") ~= nil
      elseif kind == "image" then
        image = image or node
      end
    elseif kind == "image" then
      image = node
    elseif kind == "strong" then
      label = node:text()
      if label == "" then return nil end
    elseif kind == "text" and find(node.literal, "^%s*%S") or kind == "emph" or kind == "code" or kind == "link" then
      return nil
    end
    node = blocks.next_inline(node)
  end
  return label, image, label and label:match(":%s*$") ~= nil or false
end

-- Whether a name was found behind something long: "**TALK - NAME**" is a title.
function labels.is_title_first(person, label)
  return person.org ~= nil and #person.org > 16 and not find(label, "^%s*" .. person.name:gsub("%p", "%%%0"))
end

local function person_of_strong(block, label, image, colon, rest)
  local person = names.read(label)
  if not person or labels.is_title_first(person, label) then return nil end
  if person.org and find(label, "[,&]") then
    -- "**NAME, NAME (@handle) & NAME** - TALK"
    local all = names.run((gsub(label, "%s*%(?@[%w_.-]+%)?", ""):gsub("%s*%(%w[%w_.-]*%)", "")), 0.6)
    if all and #all >= 2 then
      person = all[1]
      person.others = table.move(all, 2, #all, 1, {})
    end
  end
  local alone = not (rest and find(rest, "[%w\x80-\xFF]"))
  local floor = (sections.role_of(block) or person.alias) and 0.4 or 0.7
  local told = colon and person.score >= 0.3 and not person.org
  person.image = image and image.url or nil
  if not told and not (person.score >= floor and (image or alone or find(rest, "^%s*[%-(|,/\xE2\xC2]"))) then
    person.is_weak = true
    return alone and names.is_two_words(person.name) and sections.role_of(block) and person or nil
  end
  return person, colon or alone, match(rest or "", "^%s*:?%s*(.-)%s*$")
end

-- Whether a block opens with the label of a person: "**NAME**: ...", "<img> NAME :", "NAME: ...".
local function person_of_label(block)
  if block.kind == "heading" or block.kind == "row" or block.text == "" then return nil end
  local label, image, colon, rest = read_label(block)
  if label then return person_of_strong(block, label, image, colon, rest) end
  local sign = find(sub(block.text, 1, 44), ":", 1, true)
  if not sign then return nil end
  local head, tail = text.trim(sub(block.text, 1, sign - 1)), match(block.text, "^%s+(%S.*)$", sign + 1)
  if not tail and sign < #block.text or find(head, "\n", 1, true) then return nil end
  if #head < 40 and #head > 4 and names.may_be_sure(head) then
    local person = names.read(head)
    if person and person.score >= 0.6 and not person.org then return person, true, tail end
  end
end

-- "(ORG) – TALK" after a name under a heading of speakers: whether a sign marks the title.
local function read_rest(label, facts)
  local org, rest = (label.rest or ""):match("^%(?([^()]-)%)%s*(.*)$")
  label.person.org = label.person.org or org
  rest = gsub(rest or label.rest or "", "%s*[%(%[]%s*$", "")
  local marked = rest:match("^[-|:/]%s+(.+)$") or rest:match("^\xE2\x80[\x93\x94]%s*(.+)$")
  local talk = marked or rest:match("^[-|:,/]%s*(.+)$") or not org and rest
  -- where they work, on a line of its own before the title
  if talk and talk_titles.is_place_of_work(talk) then
    label.person.org = label.person.org or talk
    talk = talk_titles.title_below_name(match(label.block.text, "^[^\n]*\n[^\n]*\n%s*([^\n]+)"))
  end
  if talk and #talk > 8 and #talk < 140 and not talk:match("[.!?]%s+%S") then facts.talk = sections.clean_title(talk) end
  return marked ~= nil and facts.talk ~= nil
end

-- "NAME: TITLE [slides]" in a list.
local function title_of_rest(block, rest)
  rest = rest and block.links and linked.cut_at_end(block, rest) or rest
  if not rest or #rest < 6 or #rest > 160 or find(rest, "다$") then return nil end
  if find(rest, "[.!?:]$") or find(rest, "[.!?]%s+%S") then return nil end
  if talk_titles.is_place_of_work(rest) or names.score(rest) >= 0.4 then return nil end
  return sections.clean_title(rest)
end

-- A bold line of two words with capitals is a name where most bold lines of people under the same role are sure to be.
local function without_weak(found)
  local sure, weak, kept = {}, {}, {}
  for _, label in ipairs(found) do
    local count, role = label.person.is_weak and weak or sure, sections.role_of(label.block) or ""
    count[role] = (count[role] or 0) + 1
  end
  for _, label in ipairs(found) do
    local role = sections.role_of(label.block) or ""
    if not label.person.is_weak or (sure[role] or 0) >= 3 and weak[role] * 3 <= sure[role] then kept[#kept + 1] = label end
  end
  return kept
end

-- "**Faster Delivery**: ..." stands once: a term.  A label that hardly looks like a name is a person's only where it
-- comes back, as the turns of an interview do, or where a role is given.
local function without_terms(state, found)
  local count, kept = {}, {}
  for _, label in ipairs(found) do count[label.person.name] = (count[label.person.name] or 0) + 1 end
  for _, label in ipairs(found) do
    local floor = (state.is_event or state.title_role) and 0.6 or 0.7
    local sure = label.person.score >= floor or count[label.person.name] > 1 or label.person.image
      or sections.role_of(label.block)
    if sure then
      kept[#kept + 1] = label
    else
      label.block.labelled = nil
    end
  end
  return kept
end

local function add_member(state, label, facts, following)
  state:add(label.person, "member", facts)
  if sections.is_presentation(label.block) then
    local copy = sections.without_talk(facts)
    copy.talk = sections.talk_of_segment(state.list, label.index, following)
    state:add(label.person, "speaker", copy)
  end
end

-- What a label that makes nobody a member says: who speaks there, and of what.
local function add_speaker(state, label, facts)
  local block = label.block
  local role = sections.role_of(block)
  -- the label that is the first thing below the title of a talk
  local opens = role == nil and sections.opens_talk(state, block) and #(label.rest or "") <= 60
  if opens or role == nil and not label.turn and sections.has_talks(state, block) then role = "speaker" end
  local spoken = role == "speaker" or role == nil
  local may_speak = role == nil and not label.turn and not state.interview and sections.expects_talks(state, block)
  local told = (role == "speaker" or may_speak) and read_rest(label, facts)
  -- "**NAME** - TALK" in a programme
  if may_speak and told then role = "speaker" else facts.talk = role == "speaker" and facts.talk or nil end
  local is_line = role == nil and label.turn and block.in_item and not state.interview
  if is_line then facts.talk = title_of_rest(block, label.rest) end
  if opens and role == "speaker" then facts.talk = sections.clean_title(block.headings[#block.headings].text) end
  if spoken and sections.has_talks(state, block) then
    local more = sections.talk_facts(state, block, true)
    facts.video, facts.talk, facts.image = more.video, told and facts.talk or more.talk, facts.image or more.image
  end
  role = role or label.turn and "speaker" or "mentioned"
  state:add(label.person, role, facts)
  for _, other in ipairs(label.person.others or {}) do state:add(other, role, facts) end
end

-- All labels of a document, then their roles: a page that introduces members makes members of all.
function labels.read(state)
  local found, member_page = {}, false
  for i, block in ipairs(state.picked) do
    local person, turn, rest = person_of_label(block)
    if person then
      found[#found + 1] = { index = state.indices[i], block = block, person = person, turn = turn, rest = rest }
    end
  end
  found = without_weak(found)
  for _, label in ipairs(found) do
    label.block.labelled = true
    if sections.role_of(label.block) == "member" or state.title_role == "member" then member_page = true end
  end
  found = without_terms(state, found)
  state.has_labels = #found > 0
  for i, label in ipairs(found) do
    local block, following = label.block, found[i + 1] and found[i + 1].index or #state.list + 1
    local facts = { line = block.line, section = block.section, image = label.person.image, rule = "label", confidence = 0.9,
      text = text.cut(block.text, 120) }
    if member_page and sections.role_of(block) ~= "organizer" then
      add_member(state, label, facts, following)
    else
      add_speaker(state, label, facts)
    end
  end
end

return labels
