-- People in places that are made for names: a bold line "TALK - NAME -", a cell
-- "TALK / NAME" of a timetable, a run of names behind any label, "(발표자: NAME)"
-- in a sentence, names in italics that open their paragraphs, lines of names in
-- one paragraph below a role.  What stands there is believed on less evidence
-- than in prose.  For people.lua.

local blocks = require "lib.blocks"
local lines = require "lib.people_lines"
local names = require "lib.names"
local sections = require "lib.people_sections"
local split = require "lib.people_split"
local text = require "lib.text"

local find, match, sub = string.find, string.match, string.sub

local places = {}

-- ----------------------------------------------- names that only their form gives

local function form_of(block, side) return block.kind .. (block.level or "") .. (block.in_item and "item" or "") .. side end

function places.note(state, form) state.forms[form] = (state.forms[form] or 0) + 1 end

-- offer: { name, talk, form, line, role }
function places.offer(state, block, offer)
  offer.block = block
  state.offers[#state.offers + 1] = offer
end

-- A talk with a name was found in a line: those of the same form may hold names that hardly look like one.
function places.note_talk(state, block, line, person, talk)
  local at, title = find(line, person.name, 1, true), find(line, talk, 1, true)
  local form = form_of(block, at and title and at < title and "head" or "tail")
  places.note(state, form)
end

-- None was found in a line that may be one.
function places.offer_talk(state, block, line)
  local name, talk, side = split.weak(line)
  -- "NAME TALK" among "NAME: TALK"
  local first, rest = match(line, "^([\xEA-\xED]%S+)%s+(%S.+)$")
  local is_head = not name and block.kind == "heading" and first and names.syllables(first) == 3 and #rest >= 8
  if is_head and names.score(first) >= 0.6 then
    name, talk, side = first, rest, "head"
  end
  if name then places.offer(state, block, { line = line, name = name, talk = talk, form = form_of(block, side) }) end
end

-- A line that may be a talk with a name, in a place where none is expected: it is read when others of its form were sure.
function places.keep_line(state, block, line)
  state.kept_lines = state.kept_lines or {}
  state.kept_lines[#state.kept_lines + 1] = { block, line }
end

local function offer_kept(state)
  for _, kept in ipairs(state.kept_lines or {}) do
    local block, line = kept[1], kept[2]
    if state.forms[form_of(block, "tail")] or state.forms[form_of(block, "head")] then
      local person, talk, all = split.talk(line, true)
      local at, title = person and find(line, person.name, 1, true), person and find(line, talk, 1, true)
      -- "NAME, what she does" has no title
      local is_job = at and find(line, "^,", at + #person.name)
      if at and title and #all == 1 and not person.org and not is_job then
        local form = form_of(block, at < title and "head" or "tail")
        places.offer(state, block, { line = line, name = person.name, talk = talk, form = form })
      end
    end
  end
end

-- Takes what was offered where two of the same form were sure, and not many fewer than were offered.
function places.settle_talks(state)
  offer_kept(state)
  local offered = {}
  for _, offer in ipairs(state.offers) do offered[offer.form] = (offered[offer.form] or 0) + 1 end
  for _, offer in ipairs(state.offers) do
    local sure = state.forms[offer.form] or 0
    if (sure >= 2 or sure == 1 and names.score(offer.name) >= 0.4) and sure * 2 >= offered[offer.form] then
      local facts = sections.talk_facts(state, offer.block, false)
      facts.talk, facts.rule, facts.confidence, facts.text = offer.talk, "form of its neighbours", 0.6, offer.line
      facts.video = facts.video or sections.video_of(offer.block.links)
      if offer.block.kind ~= "heading" then facts.image, facts.section = nil, offer.block.section end
      if offer.role and offer.role ~= "speaker" then facts = sections.without_talk(facts) end
      state:add({ name = offer.name, score = 0.4 }, offer.role or "speaker", facts)
    end
  end
end

-- ---------------------------------------------------------- "**TALK - NAME -**"

local find_dash = quern.text.finder { "-", "–", "—", "|", "/", ":", "(", " by ", ", " }

-- Whether a paragraph is one strong word group and no more.
local function is_strong_line(block)
  local first = block.first
  if block.kind ~= "paragraph" or not first or first.kind ~= "strong" then return false end
  local following = blocks.next_inline(first)
  return following == nil or following.kind == "text" and not find(following.literal, "[%w\x80-\xFF]")
    and blocks.next_inline(following) == nil
end

-- The first video between a block and the next title.
local function video_below(list, index)
  for i = index, math.min(#list, index + 12) do
    local block = list[i]
    if i > index and (block.kind == "heading" or is_strong_line(block)) then return nil end
    local video = sections.video_of(block.links)
    if video then return video end
  end
end

-- A bold line that stands for a heading.
local function from_strong_line(state, block, index)
  if #block.text > 200 or not (state.is_event or find_dash(block.text)) or not is_strong_line(block) then return false end
  local line = text.one_line(block.text)
  local _, talk, all = split.talk(line, sections.expects_talks(state, block))
  if lines.has_label(line) then return false end
  if not talk then
    if sections.expects_talks(state, block) then places.offer_talk(state, block, line) end
    return false
  end
  places.note_talk(state, block, line, all[1], talk)
  for _, person in ipairs(all) do
    state:add(person, "speaker", { line = block.line, section = block.section, rule = "bold title", confidence = 0.8, text = line,
      talk = talk, video = video_below(state.list, index) })
  end
  return true
end

-- ------------------------------------------------------------ "TALK <br> NAME"

local clock = "%f[%d][012]?%d:%d%d%f[^%d]"

-- Whether a block stands in a timetable: the one before it is a time of day, or its place is about an event.
local function is_timed(state, block, index)
  local before = index > 1 and state.list[index - 1]
  if before and #before.text < 40 and find(before.text, clock) then return true end
  return sections.expects_talks(state, block)
end

-- The two lines of a block: at a hard break, or where a strong word or a link is a line of its own.
local function broken_text(block)
  if find(block.text, "\n", 1, true) then return block.text end
  local first = block.first
  local following = first and (first.kind == "strong" or first.kind == "link") and blocks.next_inline(first)
  if not following or following.kind ~= "softbreak" then return nil end
  local list = lines.split_inlines(first)
  return #list == 2 and table.concat(list, "\n") or nil
end

local function from_broken_line(state, block, index)
  if #block.text > 400 or not is_timed(state, block, index) then return false end
  local body = broken_text(block)
  if not body then return false end
  local found, talk, weak = split.lines(body)
  if not found then return false end
  local role = sections.role_of(block) or "speaker"
  if weak then
    places.offer(state, block, { name = found[1].name, talk = talk, form = "below its title", line = text.one_line(block.text) })
    return false
  end
  places.note(state, "below its title")
  for _, person in ipairs(found) do
    state:add(person, role, { line = block.line, section = block.section, rule = "below its title", confidence = 0.75,
      text = text.cut(text.one_line(block.text), 120), talk = role == "speaker" and talk or nil,
      video = role == "speaker" and sections.video_of(block.links) or nil })
  end
  return true
end

-- "17:30 - 18:30: NAME - TALK" in the lines of a paragraph.
local function from_timed_lines(state, block)
  if block.kind ~= "paragraph" or #block.text > 2000 or not find(block.text, "\n", 1, true) or not find(block.text, clock) then
    return false
  end
  local found, timed = {}, 0
  for line in block.text:gmatch("[^\n]+") do
    line = text.one_line(line)
    if find(line, "^%W*%d%d?:%d%d") then
      timed = timed + 1
      local _, talk, all = split.talk(match(line, "^%W*(%d.*)$"), true)
      for _, person in ipairs(all or {}) do found[#found + 1] = { person, talk, line } end
    end
  end
  if timed < 2 then return false end
  for _, each in ipairs(found) do
    state:add(each[1], "speaker", { line = block.line, section = block.section, rule = "line of a timetable", confidence = 0.8,
      text = text.cut(each[3], 120), talk = each[2] })
  end
  return #found > 0
end

-- ------------------------------------------------------ "A반 : NAME, NAME, NAME"

local find_joint = quern.text.finder { ",", "&", "·", "\n", " and " }

-- "The organisers, from left: NAME, NAME", "왼쪽부터 NAME, NAME": people of a picture.
local function read_left(line)
  local label, value = match(line, "^(.-),?%s*%(?[Ff]rom left[^:]*:%s*(.+)$")
  if not label then label, value = match(line, "^(.-)%s*%(?왼쪽부터%)?%s*:?%s*(.+)$") end
  local found = label and #label < 90 and names.run((value:gsub("[.)]$", "")), 0.6)
  if found then return found, label end
end

-- The people of a line that is a run of names, behind a label or without one.
local function read_run(line, expected)
  local pictured, what = read_left(line)
  if pictured then return pictured, what end
  -- "1st place: Team Fern (NAME, NAME)"
  local inside = sections.find_award(sub(line, 1, 40)) and match(line, "%(([^()]+)%)%s*$")
  local team = inside and names.run(inside, 0.5)
  if team and #team >= 2 then return team, nil end
  local label, value = match(line, "^[%s%p]*([^:]-)%s*:%s*(.+)$")
  -- "re:Invent" is one word
  if label and find(line, "%w:%w") and find(label, "^%w+$") then label = nil end
  if not label then label, value = match(line, "^(.-)%s+[-|]%s+(.+)$") end
  if label and #label <= 60 and not find(label, "[.,]") then
    local found = names.run(value, 0.6)
    local sum = found and found[1].score + (found[2] and found[2].score or 0) or 0
    if found and (#found >= 3 or #found == 2 and sum >= (expected and 0.9 or 1.3) or expected and #found == 1 and sum >= 0.7) then
      return found, label, not find(line, "^[%s%p]*" .. label:gsub("%p", "%%%0") .. "%s*:")
    end
  end
  local found = names.run(line, 0.6)
  return found and #found >= 3 and found, nil
end

-- Whether a text is cut into parts as short as names by what stands between names; prose is not.
local function is_cut_short(block)
  local body = block.text
  if sections.role_of(block) then return true end
  local parts, at = 1, find_joint(body)
  while at do
    parts, at = parts + 1, find_joint(body, at + 1)
  end
  return #body <= 40 * parts + 60 and sub(body, -4) ~= "다." and sub(body, -4) ~= "요."
end

local function from_runs(state, block)
  if not find(block.text, "[,&\n:]") and not find(block.text, "·", 1, true) and not find(block.text, " - ", 1, true)
    or #block.text > 1500 or not is_cut_short(block) then
    return false
  end
  local any = false
  for _, line in ipairs(lines.split(block)) do
    local found, label, dashed = nil, nil, nil
    if find(line, "[,&\xC2:]") or find(line, " - ", 1, true) then
      found, label, dashed = read_run(line, sections.role_of(block))
    end
    local is_talk = label and not sections.role_of_title(label) and not lines.label_role(label)
    local talk = is_talk and sections.expects_talks(state, block) and #label >= (dashed and 8 or 16) and split.unquote(label)
    if found and talk then
      for _, person in ipairs(found) do
        state:add(person, "speaker", { line = block.line, section = block.section, rule = "run of names", confidence = 0.8,
          text = text.cut(line, 120), talk = talk, video = sections.video_of(block.links) })
      end
      any = true
    elseif found then
      local role = label and lines.label_role(label) or label and sections.role_of_title(label) or sections.role_of(block)
        or state.title_role or "member"
      for _, person in ipairs(found) do
        state:add(person, role, { line = block.line, section = block.section, rule = "run of names", confidence = 0.8,
          text = text.cut(line, 120) })
      end
      any = true
    end
  end
  return any
end

-- ------------------------------------------------------------ "(발표자 : NAME)"

local find_bracket = quern.text.finder({ "(", "[" }, "")

local function from_bracket_labels(state, block)
  local body = block.text
  if block.has_label == false or not find(body, ":", 1, true) then return false end
  local s = find_bracket(body)
  local any = false
  while s do
    local label, value = match(body, "^[%(%[]%s*([^:()%[%]]-)%s*:%s*([^:()%[%]]+)[%)%]]", s)
    local role = label and #label <= 30 and lines.label_role(label)
    if role then
      for i, person in ipairs(names.list(value, 0.3)) do
        -- "(사회: NAME, ORG)"
        if i > 1 and person.score < 0.5 then break end
        local before = text.one_line(
          match(s > 1 and text.around(body, s - 200, s - 1) or "", "([^\n]*)$"):gsub("^%s*%b[]%s*", ""))
        local is_talk = role == "speaker" and s > 1 and #before >= 8 and #before <= 140
        state:add(person, role, { line = block.line, section = block.section, rule = "label: " .. label, confidence = 0.85,
          text = text.around(body, s - 40, s + 60), talk = is_talk and sections.clean_title(before) or nil,
          video = role == "speaker" and sections.video_of(block.links) or nil })
        any = true
      end
    end
    s = find_bracket(body, s + 1)
  end
  return any
end

-- -------------------------------------------------------- "*NAME, @handle*\nwhy"

-- Adds the people of the lines of a node; false where one is none.
local function read_lead_lines(node, out)
  for _, line in ipairs(lines.split_inlines(node.first)) do
    local person = #line < 90 and names.read((line:gsub("[,%s]*%(?@[%w_.-]+%)?%s*$", "")))
    if not person or person.score < 0.5 then return false end
    out[#out + 1] = person
  end
  return true
end

local function people_of_lead(block)
  local first = block.first
  if block.kind == "heading" or block.kind == "row" or not first or (first.kind ~= "emph" and first.kind ~= "strong") then
    return nil
  end
  local out, node = {}, first
  while node and node.kind == first.kind do
    if not read_lead_lines(node, out) then break end
    local following = blocks.next_inline(node)
    while following and following.kind == "text" and (not find(following.literal, "%S")
      or find(following.literal, "^%s*%(?@[%w_.-]+%)?%s*$")) do
      following = blocks.next_inline(following)
    end
    if following and following.kind ~= "linebreak" and following.kind ~= "softbreak" then return nil end
    node = following and blocks.next_inline(following)
  end
  return #out > 0 and out
end

-- "[x] NAME - post, ORG" in the lines that a paragraph has in its source, below a heading that gives a role: taken where
-- most lines begin with a name.
function places.read_source_lines(state, block, role)
  if block.kind ~= "paragraph" or not (block.latin or block.hangul) or #block.text > 4000 then return false end
  local list, found = lines.split_inlines(block.first), {}
  for _, line in ipairs(#list >= 3 and list or {}) do
    line = match(line, "^%[[%sxX]?%]%s*(.+)$") or line
    local head = match(line, "^(.-)%s+[-~]%s") or match(line, "^(.-)%s+\xE2\x80[\x93\x94]%s") or line
    local person = #line <= 120 and names.read(head)
    if person and person.score >= 0.5 then found[#found + 1] = { person, line } end
  end
  if #found < 3 or #found * 5 < #list * 3 then return false end
  for _, each in ipairs(found) do
    state:add(each[1], role, { line = block.line, section = block.section, rule = "lines under a role", confidence = 0.8,
      text = each[2] })
  end
  return true
end

-- Names that open their paragraphs in italics or bold, each on a line of its own: three of them, or one where a role is
-- given, and the document lists people.
function places.from_leads(state)
  local found = {}
  for _, block in ipairs(state.picked) do
    local list = not block.labelled and people_of_lead(block)
    if list then found[#found + 1] = { block, list } end
  end
  for _, entry in ipairs(found) do
    local block, list = entry[1], entry[2]
    local role = sections.role_of(block) or state.title_role
    if #found >= 3 or role then
      block.labelled = true
      local evidence = text.cut(text.one_line(text.cut(block.text, 240)), 120)
      for _, person in ipairs(list) do
        state:add(person, role or state.is_event and "speaker" or "member", { line = block.line, section = block.section,
          rule = "name that opens its paragraph", confidence = 0.8, text = evidence })
      end
    end
  end
end

-- Whether one of them was found in a block, which is the list's at that index.
function places.read(state, block, index)
  if not (block.latin or block.hangul or state.is_event or sections.role_of(block)) then return false end
  return from_strong_line(state, block, index) or from_timed_lines(state, block)
    or from_broken_line(state, block, index) or from_runs(state, block) or false
end

places.read_brackets = from_bracket_labels

return places
