-- Minutes and programmes that stand in a block of code for the sake of their
-- spaces: a page whose words are one <pre>, a list of those present that is
-- indented.  Read as the plain text that they are.  For people.lua, which adds
-- the blocks to those of the document.

local lines = require "lib.people_lines"

local find, match, sub = string.find, string.match, string.sub

local pre = {}

-- A block of code is no longer than this to be read as a text.
local most = 100000

-- Whether a text looks like a program: lines that end as statements do, or that assign.
local function is_program(literal)
  local _, statements = sub(literal, 1, 4000):gsub("[{};]%s*\n", "")
  return statements >= 3 or find(literal, "^%s*[%w_.]+%s*=") ~= nil or find(literal, "^%s*[<{#$/]") ~= nil
end

-- Whether the first line says who was there: "Present: Nadia, Omar".
local function opens_with_people(literal)
  local label = match(literal, "^%s*[-*]?%s*([^:\n]+):")
  return label ~= nil and #label <= 40 and lines.label_role(label) == "member"
end

local function is_read(state, node)
  local literal = node.literal
  if (node.info or "") ~= "" or #literal < 20 or #literal > most or is_program(literal) then return false end
  if state.is_meeting and opens_with_people(literal) then return true end
  return state.doc.format == "html" and #literal >= 200 and find(literal, "%u%l+[^\n]*%s%l+%s%l+%s") ~= nil
end

-- The blocks of such texts, with their lines in the document; nil where it has none.  wanted: as node:blocks takes it.
function pre.blocks(state, wanted)
  if not state.is_meeting and state.doc.format ~= "html" then return nil end
  local out
  for node in state.doc.body:each("code_block") do
    if is_read(state, node) then
      out = out or {}
      for _, block in ipairs(quern.parse(node.literal, "text").body:blocks(wanted)) do
        -- the line of <pre> itself is none of the text
        block.line = block.line + node.line - (state.doc.format == "html" and 0 or 1)
        out[#out + 1] = block
      end
    end
  end
  return out
end

return pre
