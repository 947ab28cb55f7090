-- Running text as sentences with their places, Korean and English.  The host
-- knows where sentences end (quern.text.sentences: abbreviations, decimals,
-- quotations, brackets, dates); positions are bytes.

local find, sub = string.find, string.sub

local sentences = {}

-- { { text, from, to }, ... }; a line break inside a sentence becomes a space.
function sentences.split(text)
  local out, at = {}, 1
  for i, body in ipairs(quern.text.sentences(text)) do
    local from, to = find(text, body, at, true)
    if not from then from, to = at, at + #body - 1 end
    if find(body, "\n", 1, true) then body = body:gsub("%s*\n%s*", " ") end
    out[i] = { text = body, from = from, to = to }
    at = to + 1
  end
  return out
end

-- The sentence that holds the byte `at`; the whole text if it cannot be told.
function sentences.around(text, at)
  for _, sentence in ipairs(sentences.split(text)) do
    if at <= sentence.to then return sentence.text end
  end
  return text
end

local closers = { ['"'] = true, ["'"] = true, [")"] = true, ["]"] = true, ["~"] = true }
local wide_closers = { ["”"] = true, ["’"] = true, ["」"] = true, ["』"] = true }
local stops = { ["."] = true, ["!"] = true, ["?"] = true }
local wide_stops = { ["…"] = true, ["。"] = true, ["다"] = true, ["요"] = true }

-- Whether a text ends as sentences do, closing quotes and brackets aside: looks at its last bytes alone.
function sentences.is_ended(text)
  local last = #text
  for _ = 1, 4 do
    if wide_closers[sub(text, last - 2, last)] then
      last = last - 3
    elseif closers[sub(text, last, last)] then
      last = last - 1
    else
      break
    end
  end
  return stops[sub(text, last, last)] or wide_stops[sub(text, last - 2, last)] or false
end

return sentences
