-- Whom a link to their own page names by a handle, "[@river](https://github.com/river)",
-- "[Hana (river)](https://github.com/river)": a name that no list knows is one where the
-- page says the same.  Rows of such links, cells below "Name", and lines that are
-- nothing else below "Contributors".  For people.lua and people_tables.lua.

local names = require "lib.names"
local pages = require "lib.people_pages"
local roles = require "lib.role_words"
local sections = require "lib.people_sections"
local text = require "lib.text"

local find, match = string.find, string.match

local handles = {}

-- The person of a link whose text says what its address does: "@river", "river", "Hana (river)".
local function person_of(label, url)
  if #label < 2 or #label > 60 or not pages.is_own(url) then return nil end
  local slug = pages.slug_of(url)
  if not slug then return nil end
  local name, handle = match(label, "^([^()]-)%s*%(@?([%w_.-]+)%)$")
  local marked = match(label, "^@%s*(.+)$")
  name = name or marked or label
  local is_same = (handle or name):lower() == slug:lower()
  if not (is_same or marked) then
    -- "[Jane Roe](https://github.com/river)"
    local person = not handle and names.read(label)
    return person and person.score >= 0.6 and not person.org and person or nil, false
  end
  if not find(name, "^[%w\xEA-\xED][%w%s_.'\x80-\xFF-]*$") then return nil end
  if names.is_organisation(name) then return nil end
  local person = find(name, "%s") and names.read(name)
  -- words that are no handle are a name at least in form
  if find(name, "%s") and not (person and person.score >= 0.3 and not person.org) then return nil end
  return { name = name, alias = name ~= slug and slug or nil, score = 0.6 }, marked ~= nil
end

-- The person of a text that is, whole, the text of such a link of its block; and whether an "@" marks it.  Nobody is looked
-- for among more links than a row of people has.
function handles.read(block, whole)
  local list = block.links
  if not list or #list > 40 or #whole > 80 then return nil end
  local label = text.one_line(whole)
  for _, link in ipairs(label ~= "" and list or {}) do
    if link.text and text.one_line(link.text) == label then return person_of(label, link.url or "") end
  end
end

local function add(state, block, person, role)
  state:add(person, role, { line = block.line, section = block.section, rule = "own page", confidence = 0.8,
    text = text.cut(text.one_line(block.text), 120) })
end

-- Whether the row that heads the table, or the one right below a row that heads it, has the names of those in this one.
local function has_names_beside(block)
  local rows = block.rows
  local beside = rows[1] ~= block and rows[1] or rows[2]
  local count = 0
  for i = 1, beside and beside ~= block and math.min(#beside.cells, 40) or 0 do
    local cell = beside.cells[i].text
    local person = #cell <= 60 and not find(cell, "^%s*@") and names.read(cell)
    if person and person.score >= 0.5 then count = count + 1 end
  end
  return count >= 2 and count * 2 >= #block.cells
end

-- A row of nothing but such links: whose section lists people, or where most are marked as people by an "@".
function handles.read_row(state, block)
  if not block.links or #block.links < 2 then return false end
  local found, marked = {}, 0
  for i, cell in ipairs(block.cells) do
    if find(cell.text, "%S") and cell ~= block.cells[i - 1] then
      local person, is_marked = handles.read(block, cell.text)
      if not person then return false end
      found[#found + 1], marked = person, marked + (is_marked and 1 or 0)
    end
  end
  local role = sections.role_of(block) or state.title_role
  if #found < 2 or not role and marked * 2 < #found or has_names_beside(block) then return false end
  for _, person in ipairs(found) do add(state, block, person, role or "member") end
  return true
end

-- A paragraph or an item that is such a link, right below a heading that lists people or thanks them; below a name it is
-- that of the one who is named.
function handles.read_line(state, block)
  if not block.links or #block.text > 60 then return false end
  local heading = block.headings[#block.headings]
  local role = block.introduced
    or heading and (sections.own_role(heading) or roles.mentioned_labels[heading.text:lower()] and "mentioned")
  local person = role and role ~= "speaker" and handles.read(block, block.text)
  if person then add(state, block, person, role) end
  return person ~= nil
end

return handles
