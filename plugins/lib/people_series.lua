-- Names with where they work, set apart by semicolons: "The members of the committee were
-- Prof NAME, ORG; Dr NAME, ORG; and NAME, ORG."  Below a heading that gives a role, or
-- behind words that say who is listed.  For people.lua.

local names = require "lib.names"
local sections = require "lib.people_sections"
local text = require "lib.text"

local find, match, sub = string.find, string.match, string.sub

local series = {}

-- The person at the begin of a piece, and the place behind the comma.
local function person_of(piece)
  piece = text.trim((piece:gsub("^%s*and%s+", ""):gsub("[.]%s*$", "")))
  local head, org = match(piece, "^([^,()]+),%s*([^,;]+)$")
  if not head then return nil end
  local person = #head <= 60 and #org <= 60 and names.read(head) or names.read((match(head, "^%a+%.?%s+(.+)$")) or head)
  if not person or person.score < 0.35 or person.org then return nil end
  person.org = text.trim(org)
  return person
end

-- Behind the words that open the sentence: "The members of the committee for 2018 were ", "Judges: ".
local function without_opening(piece)
  return match(piece, "^.*%f[%a]are%s+(%u.*)$") or match(piece, "^.*%f[%a]were%s+(%u.*)$") or match(piece, "^.*:%s+(.+)$")
    or match(piece, "^.*%f[%a]includes?d?%s+(%u.*)$") or piece
end

-- Whether a paragraph is such a series of two and more, each of whom was found.
function series.read(state, block)
  local body = block.text
  local first = #body <= 1200 and block.kind == "paragraph" and find(body, ";", 1, true)
  if not first then return false end
  local opening = sub(body, 1, first - 1)
  local said = match(opening, "^(.-)%f[%a]were%s") or match(opening, "^(.-)%f[%a]are%s") or match(opening, "^([^:]*):")
  local role = sections.role_of(block) or said and #said <= 80 and sections.role_of_title(said)
  if not role then return false end
  local found, pieces = {}, 0
  for piece in body:gmatch("[^;]+") do
    pieces = pieces + 1
    local person = person_of(pieces == 1 and without_opening(text.one_line(piece)) or text.one_line(piece))
    if person then found[#found + 1] = person end
  end
  if pieces < 2 or #found < pieces then return false end
  for _, person in ipairs(found) do
    state:add(person, role, { line = block.line, section = block.section, rule = "series", confidence = 0.8,
      text = text.cut(text.one_line(body), 120) })
  end
  return true
end

return series
