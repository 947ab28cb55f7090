-- Small questions about strings that several plugins ask: script, language,
-- trimming, cutting at a character, likeness of two texts.

local match, sub, byte = string.match, string.sub, string.byte

local text = {}

local function is_space(code) return code == 32 or code ~= nil and code >= 9 and code <= 13 end

function text.trim(s)
  if not is_space(byte(s)) and not is_space(byte(s, -1)) then return s end
  return match(s, "^%s*(.-)%s*$")
end

local find_gap = quern.text.finder { "\n", "\t", "  " }

function text.one_line(s)
  if find_gap(s) then s = s:gsub("%s+", " ") end
  return text.trim(s)
end

local find_hangul_byte = quern.text.finder { "\xEA", "\xEB", "\xEC", "\xED" }

function text.has_hangul(s) return find_hangul_byte(s) ~= nil end

-- Whether most letters are Hangul.
function text.is_korean(s)
  if not text.has_hangul(s) then return false end
  local _, hangul = s:gsub("[\xEA-\xED][\x80-\xBF][\x80-\xBF]", "")
  local _, latin = s:gsub("%a+", "")
  return hangul > 0 and hangul * 2 >= latin
end

-- Cut to at most `limit` bytes at a character and, where one is near, a space; "…" marks the cut.
function text.cut(s, limit)
  if #s <= limit then return s end
  local stop = limit
  while stop > 1 and byte(s, stop + 1) >= 0x80 and byte(s, stop + 1) < 0xC0 do stop = stop - 1 end
  local part = sub(s, 1, stop)
  local space = match(part, "^.*()%s")
  if space and space > stop * 3 // 4 then part = sub(part, 1, space - 1) end
  return part .. "…"
end

-- Bytes from..to of a text, widened to whole characters.
function text.around(s, from, to)
  from, to = math.max(1, from), math.min(#s, to)
  while from > 1 and byte(s, from) >= 0x80 and byte(s, from) < 0xC0 do from = from - 1 end
  while to < #s and byte(s, to + 1) >= 0x80 and byte(s, to + 1) < 0xC0 do to = to + 1 end
  return sub(s, from, to)
end

-- What stands for a lower-case word in comparisons: itself, or the first two syllables of a Korean one (which drops
-- most particles and endings without a dictionary); false for a single letter.
function text.stem(word)
  if #word < 2 then return false end
  return #word > 6 and byte(word) >= 0xEA and sub(word, 1, 6) or word
end

-- The different words of a text by their stems: a list and a set.
function text.word_list(s)
  local list, set, n = {}, {}, 0
  for _, word in ipairs(quern.text.words(s:lower())) do
    local stem = text.stem(word)
    if stem and not set[stem] then
      n = n + 1
      set[stem], list[n] = true, stem
    end
  end
  return list, set
end

-- Shared words over the smaller number of them, 0 to 1.
function text.overlap(a, b)
  local list, _ = text.word_list(a)
  local other, set = text.word_list(b)
  if #list == 0 or #other == 0 then return a == b and 1 or 0 end
  local shared = 0
  for _, word in ipairs(list) do
    if set[word] then shared = shared + 1 end
  end
  return shared / math.min(#list, #other)
end

return text
