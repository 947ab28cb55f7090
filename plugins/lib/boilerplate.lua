-- Tells page furniture (footers, calendars, counters, tag clouds, navigation)
-- from what a document says, by the shape of a block's text alone.
-- For summary, timeline and speakers; knows no plugin.

local sentences = require "lib.sentences"
local words = require "lib.boilerplate_words"

local find, byte = string.find, string.byte

local FULL_STOP = byte "."

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

-- Whether a block's text is furniture rather than content.
function boilerplate.is_noise(text)
  local size = #text
  if size == 0 or size > 1200 then return false end
  if size > 240 and sentences.is_ended(text) or not find_sign(text) then return false end
  local ended = sentences.is_ended(text)
  if size < 60 and (boilerplate.is_label(text) or is_day_grid(text)) then return true end
  if find(text, "^%s*\xC2?\xAB?%s*%d%d%d%d[/.]%d%d?%s*\xC2\xBB") then return true end
  if size >= 30 and not ended and find(text, "%d%s+%d+%s+%d") and has_day_grid(text) then return true end
  if size < 240 and not (ended and size > 120) and find_mark(text) then return true end
  return not ended and size < 600 and has_labels(text, 4)
end

-- Marks block.noise on every block of the list (blocks.lua) that is furniture.
function boilerplate.mark(list)
  for i = 1, #list do
    local block = list[i]
    local kind, text = block.kind, block.text
    if kind ~= "heading" and kind ~= "row" and (#text <= 240 or byte(text, -1) ~= FULL_STOP) and boilerplate.is_noise(text) then
      block.noise = true
    end
  end
  return list
end

return boilerplate
