-- People in lines that are built around a label: "발표자: NAME (ORG)", "By NAME",
-- "NAME (chair)", a label before a list.  For people.lua.

local blocks = require "lib.blocks"
local names = require "lib.names"
local read_told = require "lib.people_told"
local roles = require "lib.role_words"
local sections = require "lib.people_sections"
local split = require "lib.people_split"
local tables = require "lib.people_tables"
local text = require "lib.text"

local byte, find, match, sub = string.byte, string.find, string.match, string.sub

local lines = {}

local find_posted = quern.text.finder({ "posted", "published", "written", "release notes", "updated", "words" }, "iw")

local speaker_heads = { ["발표"] = true, ["강연"] = true, ["세션"] = true, ["연사"] = true }

-- "발표 예정자", "강연하는 분": what begins as a label of speakers does and ends as a word for people.
local function is_speaker_label(lower)
  if #lower > 36 or not speaker_heads[sub(lower, 1, 6)] then return false end
  for _, ending in ipairs { "자", "자들", "분", "분들", "님", "사람", "연사", "명단", "목록", "라인업" } do
    if sub(lower, -#ending) == ending then return not find(lower, "참[가석관]") end
  end
  return false
end

local function bare_label(label)
  local lower = text.one_line(label):lower()
  lower = match(lower, "^[^%w\x80-\xFF]*(.-)[%s%d]*$")
  if find(lower, "^[\xE2\xF0]") then lower = match(lower, "^[\xE2\xF0][\x80-\xBF\xEF]*%s*(.*)$") end
  return lower
end

-- "your host", "tonight's speakers", "오늘의 연사", "1부 발표자": the label behind the word that says which.
local function behind_which(lower)
  local space = find(lower, " ", 1, true)
  if not space then return nil end
  local word, rest = sub(lower, 1, space - 1), sub(lower, space + 1)
  return word and #lower <= 40 and roles.which_words[word] and rest
end

local function label_role(label)
  local lower = bare_label(label)
  if roles.mentioned_labels[lower] then return "mentioned" end
  local role = tables.column_role(lower)
  if not role then
    local rest = behind_which(lower)
    role = rest and tables.column_role(rest) or is_speaker_label(lower) and "speaker"
  end
  return role and role ~= "name" and role or nil
end

lines.label_role = label_role

-- Words that may be a label, to pass over the blocks that have none.
local all_labels = {}
for _, list in pairs { roles.labels.speaker, roles.labels.organizer, roles.labels.member, roles.labels.author,
  roles.mentioned_labels } do
  for label in pairs(list) do all_labels[#all_labels + 1] = label end
end
local find_label = quern.text.finder(all_labels, "iw")

-- The same but for the shortest, which stands in every other sentence.
local long_labels = {}
for _, label in ipairs(all_labels) do
  if label ~= "by" then long_labels[#long_labels + 1] = label end
end
lines.find_label = quern.text.finder(long_labels, "iw")

local dashes = { "^([^%-\xE2]-)%s+%-%s+(%S.*)$", "^(.-)%s+\xE2\x80[\x93\x94]%s+(%S.*)$" }

-- What stands between the start of a line and its label: bullets, signs, emoji.
local function past_signs(line)
  line = match(line, "^[%s*#>_~-]*(.*)$")
  if find(line, "^[\xE2\xF0]") then
    line = match(line, "^[\xE2\xF0][\x80-\xBF]+(.*)$")
    line = match(line, "^\xEF\xB8\x8F(.*)$") or line
    line = match(line, "^%s*(.*)$")
  end
  return line
end

local function label_if_role(label, value)
  if label and #label <= 40 and value and label_role(label) then return label, value end
end

-- Whether a text is names and nothing else.
local function is_all_names(value)
  if #value > 120 or find(value, "[:.!?]$") then return false end
  for _, piece in ipairs(names.pieces(value)) do
    local person = names.read(piece)
    if not person or person.score < (person.title and 0.4 or 0.6) then return false end
  end
  return true
end

-- "진행 NAME · NAME", "Host Jane Roe": a label without a sign, before names alone.
local function cut_bare_label(line)
  local s, e = find_label(line)
  if s ~= 1 then return nil end
  local label, value = sub(line, 1, e), match(line, "^%s+(%S.*)$", e + 1)
  local more, rest = match(line, "^(\xC2\xB7[^%s]+)%s+(%S.*)$", e + 1)
  if more then label, value = label .. more, rest end
  if value and label:lower() ~= "by" and label_role(label) and is_all_names(value) then return label, value end
end

-- "LABEL: VALUE", "LABEL | VALUE", "[LABEL] VALUE", "LABEL - VALUE", "By NAME": the two parts of a line.
local function cut_label(line)
  line = past_signs(line)
  local bracket, rest = match(line, "^%[([^%]]+)%]%s*:?%s*(%S.*)$")
  if bracket then return label_if_role(bracket, rest) end
  local sign, after = find(sub(line, 1, 60), "[:|]")
  local wide, wide_end = find(sub(line, 1, 60), "：", 1, true)
  if wide and (not sign or wide < sign) then sign, after = wide, wide_end end
  local label = sign and match(sub(line, 1, sign - 1), "^%s*(.-)%s*$")
  if label and label_role(label) then return label, match(line, "^%s*(%S.*)$", after + 1) end
  for _, dash in ipairs(dashes) do
    local head, value = match(line, dash)
    head, value = label_if_role(head, value)
    if head then return head, value end
  end
  local verb, by = match(line, "^(%u%l+ed by)%s+(%u.+)$")
  if verb then return label_if_role(verb, by) end
  if find(line, "^%s*[Bb][Yy]%s") then return match(line, "^%s*([Bb][Yy])%s+(%u.+)$") end
  return cut_bare_label(line)
end

-- Whether a line of the source begins with a label of its own.
local function opens_with_label(line)
  local head = match(line, "^([^:]-)%s*:%s") or match(line, "^%s*%[([^%]]+)%]")
  return head ~= nil and #head <= 36 or cut_label(line) ~= nil or find(line, "^%u%l+ by%s") ~= nil
end

-- The lines of a block: at hard breaks, and where a line of the source or a strong word begins with a label.
local function lines_of(block)
  local out, parts, node, labelled = {}, {}, block.first, block.first and block.first.kind == "strong"
    and find(block.text, ":.*:")
  local function close()
    if #parts > 0 then
      for line in table.concat(parts):gmatch("[^\n]+") do out[#out + 1] = text.one_line(line) end
    end
    parts = {}
  end
  while node do
    local kind, following = node.kind, node.next
    if kind == "linebreak" or labelled and kind == "strong" then close() end
    if kind == "softbreak" then
      local opens = following and (following.kind == "strong" or opens_with_label(following:text()))
      if opens then close() else parts[#parts + 1] = " " end
    elseif kind ~= "linebreak" then
      parts[#parts + 1] = kind == "text" and node.literal or node:text()
    end
    node = blocks.next_inline(node)
  end
  close()
  return out
end

lines.split = lines_of

-- The lines of a chain of inline nodes, at breaks of either kind.
function lines.split_inlines(node)
  local out, parts = {}, {}
  while node do
    local is_break = node.kind == "softbreak" or node.kind == "linebreak"
    parts[#parts + 1] = is_break and "\n" or node.kind == "text" and node.literal or node:text()
    node = node.next
  end
  for line in table.concat(parts):gmatch("[^\n]+") do out[#out + 1] = text.one_line(line) end
  return out
end

-- Whether a line begins with a label that gives a role.
function lines.has_label(line) return cut_label(line) ~= nil end

-- The title that a line labels: "주제: TALK", "Title | TALK".
local function labelled_talk(line)
  local label, value = match(past_signs(line), "^([^:|]-)%s*[:|]%s*(%S.*)$")
  if label and #label <= 40 and #value >= 4 and #value <= 200 and tables.is_talk_label(label) then return value end
end

local find_talk_label = quern.text.finder({ "주제", "제목", "세션", "발표명", "강연명", "강의명", "토픽", "논문", "내용", "topic", "title", "talk",
  "subject", "session", "paper", "presentation" }, "i")

-- The title that a line of a block labels.
function lines.talk_of_label(block)
  if not find_talk_label(sub(block.text, 1, 200)) then return nil end
  for _, line in ipairs(block.kind == "row" and { block.text } or lines_of(block)) do
    local talk = labelled_talk(line)
    if talk then return talk end
  end
end

-- The title that is labelled beside a label of speakers: in the same block, or in one near it under the same heading.
local function talk_beside(state, block)
  local heading, list = block.headings[#block.headings], state.list
  for distance = 0, 4 do
    for _, index in ipairs { state.at - distance, state.at + distance } do
      local other = list[index]
      local beside = other and other.headings[#other.headings] == heading and other.kind ~= "heading"
      local talk = beside and lines.talk_of_label(other)
      if talk then return talk end
    end
  end
end

-- A word in small letters beside names that are sure: what somebody calls themselves, though a list has it as a word.
local function read_beside(piece, sure)
  local word = sure and match(piece, "^%l[%l%d_-]+%d*$")
  return word and #word >= 4 and #word <= 20 and { name = word, score = 0.3 } or nil
end

-- The people behind a label that names someone, one or several, whatever they look like.
local function trusted_list(label, value, role)
  local out, lower = {}, bare_label(label)
  if not (roles.person_labels[lower] or is_speaker_label(lower)) or #value > 300 then return out end
  local pieces, sure = names.pieces(value), false
  -- "Guest: trademarks and licensing": what somebody says
  if find(value, "^%l+ and %l+$") then return out end
  -- "haesol, Fernhill" is one; of three or more each is somebody
  local whole = #pieces < 3 and not (pieces[1] and read_told(pieces[1]))
    and names.trusted(value, role == "speaker" or role == "author")
  if whole then return { whole } end
  for _, piece in ipairs(pieces) do
    local person = names.read(piece)
    sure = sure or person ~= nil and person.score >= 0.6
  end
  for i, piece in ipairs(pieces) do
    local person = read_told(piece) or names.trusted(piece) or read_beside(piece, sure)
    if not person then return i > 1 and not find(piece, "^%l+ %l") and out or {} end
    out[i] = person
  end
  return out
end

local talk_nouns = { session = true, talk = true, presentation = true, workshop = true, keynote = true, demo = true,
  lecture = true, tutorial = true }

-- "### 1. Session by Nadia", with a title labelled below it or none.
local function read_heading_by(state, block, line)
  local noun, name = match(line, "(%a+) [Bb]y:?%s+(%u[^%d:|]+)$")
  if not noun or not talk_nouns[noun:lower()] or #name > 40 then return false end
  local person = names.read(name)
  if not person or person.score < 0.5 then person = names.trusted(name) end
  if not person or names.is_organisation(person.name) then return false end
  local facts = sections.talk_facts(state, block, false)
  facts.rule, facts.confidence, facts.text = "heading", 0.8, text.cut(line, 120)
  for i = state.at + 1, math.min(state.at + 3, #state.list) do
    local below = state.list[i]
    facts.talk = facts.talk or below.kind ~= "heading" and lines.talk_of_label(below) or nil
  end
  state:add(person, "speaker", facts)
  return true
end

-- "### Speaker - NAME@ORG" below the heading that is the talk.
function lines.read_heading(state, block, line)
  if find(line, " by", 1, true) and read_heading_by(state, block, line) then return true end
  local label, value = cut_label(line)
  local role = value and label_role(label)
  if not role or role == "mentioned" then return false end
  local found = names.list(value, 0.3)
  local only = names.trusted(value)
  if #found ~= 1 and only then found = { only } end
  if #found == 0 then found = trusted_list(label, value, role) end
  local facts = sections.talk_facts(state, block, false)
  facts.rule, facts.confidence, facts.text = "label in a heading", 0.9, text.cut(line, 120)
  local talk = sections.talk_above(state, block)
  if label:lower() == "by" and talk then role = "speaker" end
  if role == "speaker" then facts.talk = talk else facts = sections.without_talk(facts) end
  for _, person in ipairs(found) do state:add(person, role, facts) end
  return #found > 0
end

-- "발표자: NAME (ORG)", "Speaker - NAME", "By NAME": one line of a block.
local function from_line(state, block, line)
  local label, value = cut_label(line)
  local role = value and label_role(label)
  if not role then return false end
  if role == "speaker" and #value > 24 and not find(value, "^[^-|\xE2]*%(") then
    -- "Keynote: TALK - NAME and NAME"
    local _, talk, all = split.talk(value, true)
    if talk and not names.is_organisation(talk) and names.score(talk) < 0.3 and #names.list(talk, 0.6) == 0
      and not find(talk, "^[%w]+%.%w+") then
      for _, person in ipairs(all) do
        state:add(person, role, { line = block.line, section = block.section, talk = talk, video = sections.video_of(block.links),
          rule = "label: " .. label, confidence = 0.9, text = text.cut(line, 120) })
      end
      return true
    end
  end
  local bare = value:gsub("%s*[|\xE2].*$", "")
  -- "NAME, NAME 외 3명 (총 5명)"
  if find(bare, "%d%s?명") then
    bare = match(bare, "^(.-)%s*%(총?%s?%d+%s?명%)$") or bare
    bare = match(bare, "^(.-)%s+외%s+%d+%s?명$") or match(bare, "^(.-)%s+등%s+%d+%s?명$") or bare
  end
  if label:lower() == "by" then
    bare = value:match("^(.-)%s+[%-|,]?%s*%f[%w]%u?%a*%.?%s?%d") or value:match("^(.-)%s+on%s") or bare
  end
  local found = names.list(bare, 0.3)
  if #found == 0 and bare ~= value then found = names.list(value, 0.3) end
  local pieces = role ~= "mentioned" and #value <= 300 and #names.pieces(value) or 0
  if role ~= "mentioned" and (#found == 0 or #found == 1 and find(value, "%sand%s%u")) or #found > 0 and #found < pieces then
    local trusted = trusted_list(label, value, role)
    if #trusted > #found and (#found <= 1 or #trusted == pieces) then found = trusted end
  end
  -- "by Nadia": a given name alone, where that is all the line says
  local is_given = #found == 0 and label:lower() == "by" and #block.text <= 32 and names.is_given(bare)
  if is_given then found = { { name = bare, score = 0.5 } } end
  for _, person in ipairs(found) do
    local own = person.org and not find(value, "[,&]") and label_role(person.org)
    local facts = role == "speaker" and sections.talk_facts(state, block, true) or {}
    if role == "speaker" then
      if block.talk_beside == nil then block.talk_beside = talk_beside(state, block) or false end
      facts.talk = block.talk_beside or facts.talk
    end
    facts.line, facts.rule, facts.confidence, facts.text = block.line, "label: " .. label, 0.9, text.cut(line, 120)
    state:add(person, own or role, facts)
  end
  return #found > 0
end

-- "진행: NAME · 주최: ORG", "글: NAME / 사진: NAME": each part with a label of its own is a line of its own.
local function from_parts(state, block, line)
  if not (find(line, " · ", 1, true) or find(line, " | ", 1, true) or find(line, " / ", 1, true)) then
    return from_line(state, block, line)
  end
  local parts, labelled = {}, 0
  for part in line:gsub("%s\xC2\xB7%s", "\n"):gsub("%s[|/]%s", "\n"):gmatch("[^\n]+") do
    if #parts > 0 and not cut_label(part) and not find(part, ":", 1, true) then
      parts[#parts] = parts[#parts] .. " · " .. part
    else
      parts[#parts + 1] = part
      if cut_label(part) then labelled = labelled + 1 end
    end
  end
  if labelled == 0 then return from_line(state, block, line) end
  local any = false
  for _, part in ipairs(parts) do any = from_line(state, block, part) or any end
  return any
end

local function from_lines(state, block)
  block.has_label = find_label(block.text) ~= nil
  if not block.has_label then return false end
  local any = false
  for _, line in ipairs(lines_of(block)) do any = from_parts(state, block, line) or any end
  return any
end

-- "Presentation: NAME / TALK", "주제: TALK - NAME": the line of a title has who speaks, where people meet.
local function from_talk_label(state, block)
  local body = block.text
  if #body > 300 or not find_talk_label(sub(body, 1, 40)) then return false end
  if not state.is_meeting and not sections.expects_talks(state, block) then return false end
  local any = false
  for _, line in ipairs(lines_of(block)) do
    local value = labelled_talk(line)
    local _, talk, all = nil, nil, nil
    if value then _, talk, all = split.talk(value, true) end
    -- a list of authors before a title is none of those who speak
    local is_title = talk and #all <= 3 and not names.is_organisation(talk) and #names.list(value, 0.4) <= #all + 1
    for _, person in ipairs(is_title and all or {}) do
      state:add(person, "speaker", { line = block.line, section = block.section, rule = "label of a talk", confidence = 0.8,
        talk = talk, video = sections.video_of(block.links), text = text.cut(line, 120) })
      any = true
    end
  end
  return any
end

-- "Posted on 18 March 2025 by NAME"
local function from_byline(state, block)
  if #block.text > 160 then return false end
  local value = find_posted(block.text) == 1 and match(block.text, "^[^.!?]-%s[Bb]y%s+(%u.*)$")
  local person = value and names.latin_at(value, 1, 0.5)
  if not person then return false end
  state:add(person, "author", { line = block.line, section = block.section, rule = "byline", confidence = 0.9,
    text = text.cut(block.text, 120) })
  return true
end

-- "Jane Roe (chair)", "홍길동, 총괄": what stands behind the name is a role.
local function from_role_behind(state, block)
  local line = block.text
  if #line > 90 or not names.may_hold(line) then return false end
  local name, label = match(line, "^%s*([^(,:|]-)%s*%(([^()]+)%)%s*$")
  if not name then name, label = match(line, "^%s*([^(,:|]-)%s*[,|]%s*([^,|]+)$") end
  if not name then name, label = match(line, "^%s*([^(,:|]-)%s+[-\xE2][-\x80-\x95]*%s+([^,|]+)$") end
  local role = label and label_role(label)
  local person = role and role ~= "mentioned" and names.read(name)
  if not (person and person.score >= 0.3) then return false end
  state:add(person, role, { line = block.line, section = block.section, rule = "role behind a name", confidence = 0.85,
    text = line })
  return true
end

local function is_strong_line(block)
  local first = block.first
  return first ~= nil and first.kind == "strong" and not blocks.next_inline(first)
end

-- Whether a line begins as an entry of a list of changes does: with its hash, its number or the part of the program.
local function is_change(state, line)
  local hash = match(line, "^%W*(%x+)%f[%W]")
  if hash and #hash >= 7 and find(hash, "%d") and find(hash, "%a") then return true end
  return not state.is_event and (find(line, "^%l[%w_./,-]*: ") ~= nil or find(line, "^#%d+:? ") ~= nil)
    and find(line, "%([^()]+%)%W*$") ~= nil
end

-- "[b0a5820dea] - doc: mend a word (NAME)": who wrote a change of a program.  Whether a line is of that form.
function lines.read_change(state, block, line)
  local opens = find(line, "[%l%d%[(#]") == 1 or state.is_release
  if not opens or not find(line, ")", 1, true) then return false end
  if not (state.is_release and find(line, "%([^()]+%)%W*$") or is_change(state, line)) then return false end
  local inside = match(line, "%(([^()]+)%)[^%w()]*$")
  local person = inside and names.read(inside)
  if person and person.score >= 0.6 and not person.org then
    state:add(person, "author", { line = block.line, section = block.section, rule = "author of a change", confidence = 0.7,
      text = text.cut(line, 120) })
  end
  return true
end

-- The role that a line gives what follows it: "Teachers:", "**운영진**".
local function introducing_role(block)
  local body = block.text
  local label = byte(body, -1) == 58 and match(sub(body, -60), "([^.!?]-)%s*:$")
  if not label and #body > 40 then return nil end
  if not label and is_strong_line(block) then label = body end
  return label and (label_role(label) or sections.role_of_title(label)) or nil
end

-- "Teachers:" before a list gives its items their role.
function lines.mark_introduced(list)
  local role, below
  for i = 1, #list do
    local block = list[i]
    local kind = block.kind
    if block.in_item then
      block.introduced = role
    elseif kind == "paragraph" and #block.text > 0 then
      local introduced = role
      role = introducing_role(block)
      -- "**Bios**" stands for a heading to the paragraphs below it
      if #block.text <= 40 and is_strong_line(block) then
        below = role
      elseif below then
        block.below_role = below
      end
      -- "**Students**" and below it, in a paragraph of its own, who they are
      if introduced and not role and #block.text < 160 and is_all_names(block.text) then block.introduced = introduced end
    elseif kind == "heading" then
      role, below = nil, nil
    end
  end
end

-- What may_have_label wants of node:blocks().
lines.marks = { { "early_label", { find_label, first = 30 } } }

-- Whether a block begins with what may be a label.
function lines.may_have_label(block)
  local from = block.early_label
  return from ~= nil and (from == 1 or not find(sub(block.text, 1, from - 1), "%w"))
end

-- "Speaker: NAME" in a field of the front matter: whether it is such a line.
function lines.read_field(state, line, rule)
  local label, value = cut_label(line)
  local role = value and label:lower() ~= "by" and label_role(label)
  if not role or role == "mentioned" then return false end
  local found = names.list(value, 0.4)
  if #found == 0 then found = trusted_list(label, value, role) end
  for _, person in ipairs(found) do
    state:add(person, role, { line = 1, rule = rule, confidence = 0.85, text = text.cut(line, 120) })
  end
  return #found > 0
end

-- Whether one of them was found in a block.
function lines.read(state, block)
  return from_lines(state, block) or from_byline(state, block) or from_talk_label(state, block)
    or block.in_item and from_role_behind(state, block) or false
end

return lines
