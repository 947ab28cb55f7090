-- Small questions about strings that several plugins ask: script, language,
-- trimming, cutting at a character, likeness of two texts.

local text = {}

function text.trim(s) return (s:match("^%s*(.-)%s*$")) end

function text.one_line(s) return (text.trim(s):gsub("%s+", " ")) end

-- Whether most letters are Hangul.
function text.is_korean(s)
  local _, hangul = s:gsub("[\xEA-\xED][\x80-\xBF][\x80-\xBF]", "")
  local _, latin = s:gsub("%a+", "")
  return hangul > 0 and hangul * 2 >= latin
end

function text.has_hangul(s) return s:find("[\xEA-\xED][\x80-\xBF][\x80-\xBF]") ~= nil end

-- Cut to at most `limit` bytes at a character and, where one is near, a space; "…" marks the cut.
function text.cut(s, limit)
  if #s <= limit then return s end
  local stop = limit
  while stop > 1 and s:byte(stop + 1) >= 0x80 and s:byte(stop + 1) < 0xC0 do stop = stop - 1 end
  local part = s:sub(1, stop)
  local space = part:match("^.*()%s")
  if space and space > stop * 3 // 4 then part = part:sub(1, space - 1) end
  return part .. "…"
end

-- Bytes from..to of a text, widened to whole characters.
function text.around(s, from, to)
  from, to = math.max(1, from), math.min(#s, to)
  while from > 1 and s:byte(from) >= 0x80 and s:byte(from) < 0xC0 do from = from - 1 end
  while to < #s and s:byte(to + 1) >= 0x80 and s:byte(to + 1) < 0xC0 do to = to + 1 end
  return s:sub(from, to)
end

-- The set of words of a text: lower-case ASCII words of two letters or more, and the first two syllables of Korean ones
-- (which drops most particles and endings without a dictionary).
function text.word_set(s)
  local set, count = {}, 0
  for word in s:lower():gmatch("[%w\x80-\xFF]+") do
    if word:byte() >= 0xEA then word = word:sub(1, 6) end
    if #word >= 2 and not set[word] then
      set[word], count = true, count + 1
    end
  end
  return set, count
end

-- Shared words over the smaller set, 0 to 1.
function text.overlap(a, b)
  local set_a, n_a = text.word_set(a)
  local set_b, n_b = text.word_set(b)
  if n_a == 0 or n_b == 0 then return a == b and 1 or 0 end
  local shared = 0
  for word in pairs(set_a) do
    if set_b[word] then shared = shared + 1 end
  end
  return shared / math.min(n_a, n_b)
end

return text
