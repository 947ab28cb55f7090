-- Cuts running text into sentences, Korean and English: abbreviations,
-- decimals, quotations, initials and line breaks inside a sentence do not end
-- it.  Works on strings; positions are bytes.

local sentences = {}

local find, match, sub = string.find, string.match, string.sub

-- Words whose period ends no sentence (common abbreviations of English prose and citation styles).
local abbreviations = {}
for word in ([[mr mrs ms dr prof sr jr st vs etc e.g i.e cf al fig figs eq no nos vol pp ed eds inc ltd co corp
  dept univ approx est jan feb mar apr jun jul aug sep sept oct nov dec
  mon tue wed thu fri sat sun a.m p.m ph.d u.s
  u.k gen col rev hon]]):gmatch("%S+") do
  abbreviations[word] = true
end

local closers = "^[\"'%)%]\xE2\x80\x99\x9D\xE3\x8D\x8F\x80]*"

-- Whether the mark at `at` ends a sentence.
local function ends_here(text, at, mark)
  local after = sub(text, at + 1, at + 1)
  if mark == "." then
    local before = sub(text, math.max(1, at - 14), at - 1)
    if match(after, "%d") and match(sub(text, at - 1, at - 1), "%d") then return false end
    local word = match(before, "([%a.]+)$")
    if word and (abbreviations[word:lower()] or match(word, "^%u$")) then return false end
    if at < 8 and match(sub(text, 1, at - 1), "^%s*%d%d?$") then return false end
    if match(before, "%d%d%d%d%.?%s?%d*$") and match(text, "^%s?%d", at + 1) then return false end
  end
  return after == "" or match(after, "%s") ~= nil or match(text, closers .. "%s", at + 1) ~= nil
    or match(text, closers .. "$", at + 1) ~= nil
    or (match(sub(text, at - 3, at - 1), "^다$") ~= nil and match(after, "[\xEA-\xED(]") ~= nil)
end

-- Depth of brackets and double quotes before a place is not tracked over a whole text, only inside a sentence.
local function is_open(text, from, at)
  if at - from >= 400 then return false end
  local part = sub(text, from, at)
  local _, opened = part:gsub("%(", "")
  local _, closed = part:gsub("%)", "")
  local ahead = sub(text, at, at + 400)
  if opened > closed and find(ahead, ")", 1, true) then return true end
  local _, left = part:gsub("\xE2\x80\x9C", "")
  local _, right = part:gsub("\xE2\x80\x9D", "")
  return left > right and find(ahead, "\xE2\x80\x9D", 1, true) ~= nil
end

-- { { text, from, to }, ... }
function sentences.split(text)
  local out = {}
  local start, at = 1, 1
  local function cut(stop)
    local from, body, to = match(sub(text, start, stop), "^%s*()(.-)()%s*$")
    if body ~= "" then
      out[#out + 1] = { text = body:gsub("%s*\n%s*", " "), from = start + from - 1, to = start + to - 2 }
    end
    start = stop + 1
  end
  -- Where each rare mark comes next; looked up again only once it is passed, so that the whole stays linear.
  local ahead = {}
  local function next_of(mark, plain)
    if not ahead[mark] or ahead[mark] < at then ahead[mark] = find(text, mark, at, plain) or math.huge end
    return ahead[mark]
  end
  while true do
    local s, e, marks = find(text, "([.!?]+)", at)
    for _, mark in ipairs { "…", "。" } do
      local found = next_of(mark, true)
      if found < (s or math.huge) then s, e, marks = found, found + #mark - 1, mark end
    end
    local paragraph = next_of("\n%s*\n", false)
    if paragraph < (s or math.huge) then
      cut(paragraph)
      at = paragraph + 1
    elseif not s then
      break
    else
      at = e + 1
      local soft = marks == "…" or match(marks, "^%.%.+$") ~= nil
      local next_word = match(text, "^%s+(%S)", at)
      local goes_on = soft and next_word ~= nil and not match(next_word, "[%u\xEA-\xED\"'(]")
      if marks == "。" or (not goes_on and ends_here(text, e, sub(marks, -1)) and not is_open(text, start, e)) then
        local tail = match(text, closers .. "()", at)
        if tail > at and not match(text, "^%s", tail) and tail <= #text then tail = at end
        cut(tail - 1)
        at = tail
      end
    end
  end
  cut(#text)
  return out
end

-- The sentence that holds the byte `at`; the whole text if it cannot be told.
function sentences.around(text, at)
  for _, sentence in ipairs(sentences.split(text)) do
    if at <= sentence.to then return sentence.text end
  end
  return text
end

return sentences
