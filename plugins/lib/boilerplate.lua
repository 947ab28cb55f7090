-- Tells page furniture (footers, calendars, counters, tag clouds, navigation)
-- from what a document says, by the shape of a block's text alone.
-- For summary, timeline and speakers; knows no plugin.

local words = require "lib.boilerplate_words"

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

local function ends_as_sentence(text)
  return text:match("[.!?…]['\"”’)%]]*$") ~= nil or text:match("다$") ~= nil or text:match("요$") ~= nil
end

-- Labels by their first word, so that a text is gone through once.
local by_first_word = {}
for _, label in ipairs(words.labels) do
  local first = label:match("%S+")
  by_first_word[first] = by_first_word[first] or {}
  if #label > 4 then table.insert(by_first_word[first], label) end
end

-- How many known labels stand in a text, as whole phrases.
local function count_labels(lower)
  local hits = 0
  for at, word in lower:gmatch("()(%S+)") do
    for _, label in ipairs(by_first_word[word] or {}) do
      if lower:sub(at, at + #label - 1) == label and not lower:match("^%a", at + #label) then
        hits = hits + 1
        break
      end
    end
  end
  return hits
end

function boilerplate.is_label(text)
  return labels[text:lower():gsub("%s*[:%d()]*$", "")] == true
end

local function has_mark(lower)
  for _, mark in ipairs(words.marks) do
    if lower:find(mark, 1, true) then return true end
  end
  return false
end

-- Whether a block's text is furniture rather than content.
function boilerplate.is_noise(text)
  if text == "" then return false end
  local sentence = ends_as_sentence(text)
  if #text > 1200 or sentence and #text > 240 then return false end
  if #text < 60 and (boilerplate.is_label(text) or is_day_grid(text)) then return true end
  if text:match("^%s*\xC2\xAB?%s*%d%d%d%d[/.]%d%d?%s*\xC2\xBB") then return true end
  if text:find("%d%s+%d+%s+%d") and has_day_grid(text) then return true end
  if #text < 240 and not (sentence and #text > 120) and has_mark(text:lower()) then return true end
  return not sentence and #text < 600 and count_labels(text:lower()) >= 4
end

-- Marks block.noise on every block of the list (blocks.lua) that is furniture.
function boilerplate.mark(list)
  for _, block in ipairs(list) do
    block.noise = block.kind ~= "heading" and block.kind ~= "row" and boilerplate.is_noise(block.text) or nil
  end
  return list
end

return boilerplate
