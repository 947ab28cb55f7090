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

-- How many known labels stand in a text, as whole phrases.
local function count_labels(lower)
  local hits = 0
  for _, label in ipairs(words.labels) do
    if #label > 4 then
      local s, e = lower:find(label, 1, true)
      if s and not lower:match("^%a", e + 1) and not (s > 1 and lower:match("^%a", s - 1)) then hits = hits + 1 end
    end
  end
  return hits
end

function boilerplate.is_label(text)
  return labels[text:lower():gsub("%s*[:%d()]*$", "")] == true
end

-- Whether a block's text is furniture rather than content.
function boilerplate.is_noise(text)
  if text == "" then return false end
  if boilerplate.is_label(text) or is_day_grid(text) then return true end
  if text:match("^%s*\xC2\xAB?%s*%d%d%d%d[/.]%d%d?%s*\xC2\xBB") then return true end
  if #text > 1200 then return false end
  if has_day_grid(text) then return true end
  local lower = text:lower()
  if #text < 240 then
    for _, mark in ipairs(words.marks) do
      if lower:find(mark, 1, true) and not (#text > 120 and ends_as_sentence(text)) then return true end
    end
  end
  return #text < 600 and not ends_as_sentence(text) and count_labels(lower) >= 4
end

-- Marks block.noise on every block of the list (blocks.lua) that is furniture.
function boilerplate.mark(list)
  for _, block in ipairs(list) do
    block.noise = block.kind ~= "heading" and block.kind ~= "row" and boilerplate.is_noise(block.text) or nil
  end
  return list
end

return boilerplate
