-- The talk of somebody whose name is a heading, and their picture: the heading
-- below it, a label, a line in bold, italics or quotation marks, a link, the first
-- line of a listing, or where most of the names beside it have one, a short plain
-- line.  What says where they work is no talk.  For
-- people.lua, when all names are found.

local blocks = require "lib.blocks"
local lines = require "lib.people_lines"
local names = require "lib.names"
local sections = require "lib.people_sections"
local split = require "lib.people_split"
local talk_titles = require "lib.talk_titles"
local text = require "lib.text"

local find, match = string.find, string.match

local talks = {}

local is_job, is_title = talk_titles.is_job, talk_titles.is_title

local function unquoted(line)
  local title = match(line, '^["\'](.+)["\']$') or match(line, "^\xE2\x80[\x9C\x98](.+)\xE2\x80[\x9D\x99]$")
    or match(line, "^\xE3\x80[\x8A\x8C\x8E](.+)\xE3\x80[\x8B\x8D\x8F]$")
  return title and not find(title, "^\x80") and title
end

-- The first line of a block, and whether it is strong, in italics or a link as a whole.
local function first_line(block)
  local first = block.first
  local following = first and blocks.next_inline(first)
  local closed = not following or following.kind == "softbreak" or following.kind == "linebreak"
  local has_style = first and (first.kind == "strong" or first.kind == "emph" or first.kind == "link")
  if has_style and closed then return text.one_line(first:text()), first.kind end
  return not following and text.one_line(block.text) or text.one_line(match(block.text, "^[^\n]*")), nil
end

-- What a block below the heading of a name offers: the title, and its form.
local function read_block(block, heading)
  if block.kind == "heading" then
    local title = text.one_line(block.text)
    if block.level <= heading.level or sections.role_of_title(title) or not is_title(title) then return nil end
    return sections.clean_title(title), "heading"
  end
  if block.kind == "row" or #block.text > 1200 then return nil end
  local labelled = lines.talk_of_label(block)
  if labelled then return split.unquote(labelled), "label" end
  local line, style = first_line(block)
  local quoted = unquoted(line)
  if quoted and #quoted >= 8 then return quoted, "quote" end
  if not is_title(line) or is_job(line) then return nil end
  if style then return sections.clean_title(line), style end
  local plain = #block.text <= 120 and not names.is_organisation(line) and not find(line, "|", 1, true)
  return plain and sections.clean_title(line) or nil, block.in_item and "item" or "plain"
end

-- The first line of a listing without a language right below a heading: notes that open with the title.
local function title_in_code(heading)
  local node = heading.first and heading.first.parent
  local code = node and node.kind == "heading" and node.next
  if not code or code.kind ~= "code_block" or code.info and code.info ~= "" and code.info ~= "text" then return nil end
  local line = text.one_line(match(code.literal, "^%s*([^\n]*)"))
  return is_title(line) and not find(line, "[{}=;<>$\\]") and not is_job(line) and sections.clean_title(line) or nil
end

-- Forms that are a title only right below the name.
local first_only = { plain = true, item = true, emph = true, link = true }

-- How many blocks below its heading are asked.
local most_below = 4

-- The title that stands nearest below a heading, and its form.  Behind a line that is none only what is marked as one counts.
local function read_below(state, index)
  local heading, asked = state.list[index], 0
  local title_of_notes = title_in_code(heading)
  if title_of_notes then return title_of_notes, "code" end
  for i = index + 1, math.min(#state.list, index + 8) do
    local block = state.list[i]
    if block.kind == "heading" and block.level <= heading.level or asked == most_below then return nil end
    if block.text ~= "" then
      local title, form = read_block(block, heading)
      if title and (asked == 0 or not first_only[form]) then return title, form end
      if block.kind == "heading" then return nil end
      asked = asked + 1
    end
  end
end

-- The heading of a block is the name of an entry.
function talks.note(state, block, entry)
  if not entry then return end
  state.of_headings = state.of_headings or {}
  table.insert(state.of_headings, { block, entry })
end

-- The entries of those who speak and whose heading is their name, by that heading.
local function entries_of_headings(state)
  local wanting, count = {}, 0
  for _, pair in ipairs(state.of_headings) do
    local block, entry = pair[1], pair[2]
    if entry.role == "speaker" and not entry.talk and (state.title_role == "speaker" or sections.expects_talks(state, block)) then
      if not wanting[block] then count, wanting[block] = count + 1, {} end
      table.insert(wanting[block], entry)
    end
  end
  return wanting, count
end

-- "<img><h3>NAME</h3>": where each heading that is a name has a picture of its own right before it, that is the one; the
-- first below it is the next one's.
local function take_pictures_before(state)
  local before, last, all, some = {}, nil, 0, 0
  for _, pair in ipairs(state.of_headings) do before[pair[1]] = false end
  for _, block in ipairs(state.list) do
    if before[block] == false then
      all = all + 1
      local alone = last and last.text == "" and last.images and #last.images == 1
      if alone then before[block], some = last.images[1].url, some + 1 end
    end
    last = block
  end
  if some < 2 or some < all then return end
  for _, pair in ipairs(state.of_headings) do pair[2].image = before[pair[1]] end
end

-- The item of a list that a block is the first paragraph of.
local function item_of(block)
  local node = block.first and block.first.parent
  node = node and (node.kind == "item" and node or node.parent)
  return node and node.kind == "item" and node or nil
end

-- "* NAME (ORG)" and in a list within that item "* TALK": whether that was found.
function talks.read_item(state, block, line)
  local following = state.list[state.at + 1]
  if not following or not following.in_item or #line > 90 or not sections.expects_talks(state, block) then return false end
  -- "## TALK" above it says more
  local heading = block.headings[#block.headings]
  local above = heading and sections.role_of(block) == nil and #heading.text >= 12 and not sections.is_meeting(heading.text)
  if above and not sections.find_general(heading.text) and not sections.is_opening(heading.text) then return false end
  local item, nested = item_of(block), item_of(following)
  if not item or not nested or nested.parent.parent ~= item then return false end
  local person = names.trusted(line)
  if not person or person.score < 0.6 and not person.title or names.is_organisation(person.name) then return false end
  local title = text.one_line(match(following.text, "^[^\n]*"))
  if not is_title(title) or is_job(title) then return false end
  state:add(person, "speaker", { line = block.line, section = block.section, rule = "item above a talk", confidence = 0.85,
    text = line, talk = split.unquote(title), video = sections.video_of(following.links) or sections.video_of(block.links) })
  return true
end

-- Gives those whose name is a heading the picture before it, and those who speak the talk below it.
function talks.read(state)
  if not state.of_headings then return end
  take_pictures_before(state)
  if state.interview then return end
  local wanting, count = entries_of_headings(state)
  if count == 0 then return end
  local found, forms, seen = {}, {}, {}
  for index, block in ipairs(state.list) do
    if wanting[block] then
      local title, form = read_below(state, index)
      if title then
        found[#found + 1] = { block, title, form }
        forms[form] = (forms[form] or 0) + 1
        seen[title] = (seen[title] or 0) + 1
      end
    end
  end
  for _, each in ipairs(found) do
    local form = each[3]
    local told = form == "label" or form == "quote"
    local is_own = form ~= "link" or seen[each[2]] == 1
    local alike = is_own and forms[form] * 5 >= count * 3 and (forms[form] >= 2 or form == "heading" or form == "strong")
    for _, entry in ipairs((told or alike) and wanting[each[1]] or {}) do entry.talk = each[2] end
  end
end

return talks
