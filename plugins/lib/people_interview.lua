-- Who speaks in an interview: the turns that carry a part of a name, the name in
-- the title, and where neither says who, the first one named.  For people.lua,
-- whose state holds the blocks and what was found so far.

local names = require "lib.names"
local text = require "lib.text"

local find, match, sub = string.find, string.match, string.sub

local interview = {}

-- The label of a turn that is no whole name: "Noor:", "KA:", "해솔:".
local function short_label(block)
  local head = match(sub(block.text, 1, 30), "^(%u[%a\x80-\xBF\xC3-\xC9]*):%s") or match(sub(block.text, 1, 30),
    "^([\xEA-\xED][\x80-\xBF\xEA-\xED]*)%s?:%s")
  return head and #head >= 2 and #head <= 18 and head
end

-- Whether a short label stands for a name: its given or family name, or its initials.
local function stands_for(label, name)
  if names.syllables(label) then return #label == 6 and #name == 9 and sub(name, 4) == label end
  if not match(name, "^%a") then return false end
  if find(label, "^%u%u%u?$") then
    local initials = name:gsub("[^%u]", "")
    if initials == label then return true end
  end
  return match(name, "^(%S+)") == label or match(name, "(%S+)$") == label
end

-- Those whose turns carry only a part of their name.
local function read_turns(state)
  local first = {}
  for _, block in ipairs(state.list) do
    local label = block.kind ~= "row" and block.kind ~= "heading" and not block.labelled and short_label(block)
    if label then first[label] = first[label] or block end
  end
  for label, block in pairs(first) do
    for _, entry in ipairs(state.found) do
      if stands_for(label, entry.name) then
        if entry.role == "mentioned" then
          state:add(entry, "speaker", { line = block.line, section = block.section, rule = "turn of an interview",
            confidence = 0.8,
            text = text.cut(block.text, 120) })
        end
        break
      end
    end
  end
end

-- Who is named in the title of an interview.
local function read_title(state)
  local title = state.doc.title
  local at = names.find_latin(title)
  local person = at and names.latin_at(title, at, 0.7)
  -- a title that is nothing but who answers
  local whole = not person and #title <= 40 and names.read(title)
  if whole and whole.score >= 0.3 and not whole.org and not names.is_organisation(whole.name) then person = whole end
  for word in title:gmatch("[\xEA-\xED][\xEA-\xED\x80-\xBF]*") do
    if not person and names.syllables(word) == 3 and names.score(word) >= 0.7 then person = { name = word, score = 0.7 } end
  end
  if person then
    state:add(person, "speaker", { line = 1, rule = "title of an interview", confidence = 0.7, text = title })
  end
end

-- An interview has someone who answers: where no label says who, the first who is named.
local function settle_interview(state)
  if state.has_labels then return end
  for _, entry in ipairs(state.found) do
    if entry.role == "speaker" then return end
  end
  local first = state.found[1]
  for _, entry in ipairs(state.found) do
    if entry.role == "mentioned" and first.role ~= "mentioned" then first = entry end
  end
  if first and first.role == "mentioned" then first.role, first.rule = "speaker", "interviewed" end
end

function interview.read(state)
  read_title(state)
  read_turns(state)
  settle_interview(state)
end

return interview
