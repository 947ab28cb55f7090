-- People in lines that are built around a label: "발표자: NAME (ORG)", "By NAME",
-- "NAME (chair)", a name under a letter, a label before a list.  For people.lua.

local blocks = require "lib.blocks"
local names = require "lib.names"
local roles = require "lib.role_words"
local sections = require "lib.people_sections"
local tables = require "lib.people_tables"
local text = require "lib.text"

local find, match, sub = string.find, string.match, string.sub

local lines = {}

local find_posted = quern.text.finder({ "posted", "published", "written", "release notes", "updated", "words" }, "iw")

local function label_role(label)
  local lower = text.one_line(label):lower()
  if find(lower, "^[^%w\x80-\xFF]") then lower = match(lower, "^[^%w\x80-\xFF]+(.*)$") end
  if find(lower, "[%s%d]$") then lower = match(lower, "^(.-)[%s%d]+$") end
  if roles.mentioned_labels[lower] then return "mentioned" end
  local role = tables.column_role(lower)
  return role ~= "name" and role or nil
end

-- "LABEL: VALUE" or "LABEL | VALUE", "By NAME": the two parts of a line.
local function cut_label(line)
  local sign = find(sub(line, 1, 60), "[:|]")
  local label = sign and match(sub(line, 1, sign - 1), "^%s*[%p\xE2\xF0\x80-\xBF]*%s*([%w\x80-\xFF].-)%s*$")
  if label and #label <= 40 then return label, match(line, "^%s*(%S.*)$", sign + 1) end
  if find(line, "^%s*[Bb][Yy]%s") then return match(line, "^%s*([Bb][Yy])%s+(%u.+)$") end
  if find(line, "^%s*글%s") then return match(line, "^%s*(글)%s+(%S+)%s*$") end
end

-- "발표자: NAME (ORG)", "Speaker - NAME", "By NAME": one line of a block.
local function from_line(state, block, line)
  local label, value = cut_label(line)
  local role = value and label_role(label)
  if not role then return false end
  local bare = value:gsub("%s*[|\xE2].*$", "")
  if label:lower() == "by" then
    bare = value:match("^(.-)%s+[%-|,]?%s*%f[%w]%u?%a*%.?%s?%d") or value:match("^(.-)%s+on%s") or bare
  end
  local found = names.list(bare, 0.3)
  if #found == 0 and bare ~= value then found = names.list(value, 0.3) end
  for _, person in ipairs(found) do
    local facts = role == "speaker" and sections.talk_facts(state, block, true) or {}
    facts.line, facts.rule, facts.confidence, facts.text = block.line, "label: " .. label, 0.9, text.cut(line, 120)
    state:add(person, role, facts)
  end
  return #found > 0
end

-- The lines of a block: where a line begins with a strong label, and at hard breaks.
local function lines_of(block)
  local out, node = {}, block.first
  if not (node and node.kind == "strong" and find(block.text, ":.*:")) then
    for line in block.text:gmatch("[^\n]+") do out[#out + 1] = line end
    return out
  end
  local parts = {}
  while node do
    if node.kind == "strong" and #parts > 0 then
      out[#out + 1], parts = text.one_line(table.concat(parts)), {}
    end
    parts[#parts + 1] = node.kind == "text" and node.literal or node.kind == "softbreak" and " " or node:text()
    node = blocks.next_inline(node)
  end
  out[#out + 1] = text.one_line(table.concat(parts))
  return out
end

-- "진행: NAME · 주최: ORG": each part with a label of its own is a line of its own.
local function from_parts(state, block, line)
  if not (find(line, " · ", 1, true) or find(line, " | ", 1, true)) then return from_line(state, block, line) end
  local any = false
  for part in line:gsub("%s\xC2\xB7%s", "\n"):gsub("%s|%s", "\n"):gmatch("[^\n]+") do
    any = find(part, ":", 1, true) ~= nil and from_line(state, block, part) or any
  end
  return any or from_line(state, block, line)
end

local function from_lines(state, block)
  local single = block.first and block.first.kind ~= "strong" and not find(block.text, "\n", 1, true)
  if single then return from_parts(state, block, block.text) end
  local any = false
  for _, line in ipairs(lines_of(block)) do any = from_parts(state, block, line) or any end
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

-- "NAME 드림", "— NAME": the name under a letter or post.
local function from_signature(state, block)
  local body = block.text
  if #body > 60 or block.kind ~= "paragraph" then return false end
  local name = match(body, "^%s*[-\xE2][-\x80-\x95]*%s+(.+)$")
  for _, word in ipairs(roles.signatures) do
    if not name and sub(body, -#word) == word then name = sub(body, 1, -#word - 1) end
  end
  local person = name and names.read(name)
  if not (person and person.score >= 0.6) then return false end
  state:add(person, "author", { line = block.line, section = block.section, rule = "signature", confidence = 0.8, text = body })
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

-- "Teachers:" before a list gives its items their role.
function lines.mark_introduced(list)
  local role
  for _, block in ipairs(list) do
    if block.in_item then
      block.introduced = role
    else
      local label = block.kind == "paragraph" and find(block.text, ":", -1, true) and match(sub(block.text, -60),
        "([^.!?]-)%s*:$")
      role = label and (label_role(label) or sections.role_of_title(label)) or nil
    end
  end
end

-- Whether one of them was found in a block.
function lines.read(state, block)
  return from_lines(state, block) or from_byline(state, block) or from_signature(state, block)
    or block.in_item and from_role_behind(state, block) or false
end

return lines
