-- Tells page furniture (footers, calendars, counters, tag clouds, navigation)
-- from what a document says, by the shape of a block's text alone.
-- For summary, timeline and speakers; knows no plugin.

local sentences = require "lib.sentences"
local words = require "lib.boilerplate_words"

local find = string.find

local boilerplate = {}

local labels = {}
for _, label in ipairs(words.labels) do labels[label] = true end

-- "1 2 3 4 5 6 7": the days of a month, in order.
local function is_day_grid(text)
  local last, count = 0, 0
  for token in text:gmatch("%S+") do
    local n = tonumber(token)
    if not n or n ~= last + 1 or n > 31 then return false end
    last, count = n, count + 1
  end
  return count >= 4
end

local function has_day_grid(text)
  local run, best, last = 0, 0, nil
  for token in text:gmatch("%S+") do
    local n = token:match("^%d%d?$") and tonumber(token)
    run = n and last and n == last + 1 and run + 1 or (n and 1 or 0)
    last = n
    best = math.max(best, run)
  end
  return best >= 14
end

local long_labels = {}
for _, label in ipairs(words.labels) do
  if #label > 4 then long_labels[#long_labels + 1] = label end
end
local find_label = quern.text.finder(long_labels, "iw")
local find_mark = quern.text.finder(words.marks, "i")

-- Every kind of furniture holds one of these: a known word, the arrow of a day's link, or days in a row.
local signs = { "»" }
for _, list in ipairs { words.labels, words.marks } do table.move(list, 1, #list, #signs + 1, signs) end
for _, gap in ipairs { " ", "\n", "\t" } do
  for _, days in ipairs { { 1, 2, 3, 4 }, { 13, 14 }, { 18, 19 } } do signs[#signs + 1] = table.concat(days, gap) end
end
local find_sign = quern.text.finder(signs, "i")

-- Whether so many known labels stand in a text, each at the start of a word.
local function has_labels(text, count)
  local from, to = find_label(text)
  while from do
    if from == 1 or find(text, "^%s", from - 1) then count = count - 1 end
    if count == 0 then return true end
    from, to = find_label(text, to + 1)
  end
  return false
end

function boilerplate.is_label(text)
  local lower = text:lower()
  if labels[lower] then return true end
  return find(lower, "[:%d()]", -1) ~= nil and labels[(lower:gsub("%s*[:%d()]*$", ""))] == true
end

-- Longer texts are no furniture, and neither are those that end as sentences do, from so many bytes on.
local LONGEST, LONGEST_ENDED = 1200, 240

-- The same of a text of no more bytes that has a sign.
local function is_furniture(text)
  local size, ended = #text, sentences.is_ended(text)
  if size < 60 and (boilerplate.is_label(text) or is_day_grid(text)) then return true end
  if find(text, "^%s*\xC2?\xAB?%s*%d%d%d%d[/.]%d%d?%s*\xC2\xBB") then return true end
  if size >= 30 and not ended and find(text, "%d%s+%d+%s+%d") and has_day_grid(text) then return true end
  if size < 240 and not (ended and size > 120) and find_mark(text) then return true end
  return not ended and size < 600 and has_labels(text, 4)
end

-- Whether a block's text is furniture rather than content.
function boilerplate.is_noise(text)
  local size = #text
  if size == 0 or size > LONGEST or size > LONGEST_ENDED and sentences.is_ended(text) then return false end
  return find_sign(text) ~= nil and is_furniture(text)
end

local suspects = { bare = true, prose = true, holding = find_sign, longest = LONGEST, longest_told = LONGEST_ENDED }

-- The numbers of the blocks under a node that are furniture, as a set; nil where there are none.
function boilerplate.blocks_of(node)
  local set
  for _, block in ipairs(node:blocks(suspects)) do
    if is_furniture(block.text) then
      set = set or {}
      set[block.index] = true
    end
  end
  return set
end

return boilerplate
