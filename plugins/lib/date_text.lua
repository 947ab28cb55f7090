-- What the finders of dates share: a text made ready for searching, weekdays,
-- days of a month, and whether a Hangul word goes on.  For date_scan.lua
-- and the date_*.lua that it asks.

local words = require "lib.date_words"

local match, sub, byte = string.match, string.sub, string.byte

local date_text = {}

-- Signs that searching takes for their ASCII forms, each of as many bytes.
local signs = { { "\xC2\xA0", "  " }, { "\xE2\x88\x92", " - " }, { "\xE2\x88\xBC", " ~ " }, { "\xEF\xBD\x9E", " ~ " },
  { "\xE3\x80\x9C", " ~ " }, { "\xE2\x80\x98", "  '" }, { "\xE2\x80\x99", "  '" }, { "\xEF\xBC\x9A", " : " },
  { "\xEF\xBC\x88", "  (" }, { "\xEF\xBC\x89", ")  " }, { "\xE2\x80\x90", " - " }, { "\xE2\x80\x91", " - " },
  { "\xE5\xB9\xB4", "년" }, { "\xE6\x9C\x88", "월" }, { "\xE6\x97\xA5", "일" }, { "\xE6\x99\x82", "시" },
  { "\xE2\x80\x92", " - " }, { "\xE2\x80\x93", " - " }, { "\xE2\x80\x94", " - " }, { "\xE2\x80\x95", " - " } }
local originals, plain = {}, {}
for i, sign in ipairs(signs) do originals[i], plain[i] = sign[1], sign[2] end
local scheme, www = #signs + 1, #signs + 2
originals[scheme], originals[www] = "://", "www."
local find_sign = quern.text.finder(originals)

-- Same length as the text, so that positions stay true: dashes and tildes of
-- every alphabet become ASCII, addresses and file names become spaces.
function date_text.prepare(text)
  local from, to, which = find_sign(text)
  if not from then return text end
  local parts, done = {}, 1
  while from do
    local form = plain[which]
    if not form then
      if which == scheme then
        local name = match(sub(text, math.max(done, from - 12), from - 1), "%a[%w+.-]*$")
        from = from - (name and #name or 0)
      end
      to = match(text, "^[!-~]*()", to + 1) - 1
      form = (" "):rep(to - from + 1)
    end
    parts[#parts + 1] = sub(text, done, from - 1)
    parts[#parts + 1] = form
    done = to + 1
    from, to, which = find_sign(text, done)
  end
  parts[#parts + 1] = sub(text, done)
  return table.concat(parts)
end

-- Hangul syllables begin with these bytes; a word that goes on is another word.
function date_text.hangul_at(text, at)
  local b = byte(text, at)
  return b and b >= 0xEA and b <= 0xED
end

function date_text.hangul_before(text, at)
  local b = byte(text, at - 3)
  return at > 3 and b >= 0xEA and b <= 0xED and byte(text, at - 1) >= 0x80
end

-- A second number is no day when its own unit follows: "3일-4시", "3일-12월", "3일-4%".
function date_text.unit_follows(text, at)
  return match(text, "^%s?[:/.%%]%d", at) or match(text, "^%%", at) or match(text, "^%s?시", at) or match(text, "^%s?월", at)
end

local function weekday_of(word) return word and words.weekdays[word:lower():gsub("%.$", "")] end

-- The weekday beside a day, where it ends, and whether it is the first of two: "(월,화)", "(금~토)", "(Fri & Sat)".
function date_text.weekday_after(text, at)
  local inside, rest, after = match(text, "^%s*[%(%[]%s*([^%s%d,/%)%]~&-]+)([^%)%]]-)[%)%]]()", at)
  local day = weekday_of(inside)
  if day then return day, after, weekday_of(match(rest, "^%s*[,/~&-]%s*(%S+)%s*$")) ~= nil end
  inside, after = match(text, "^,?%s*(%a+)%.?()", at)
  day = inside and #inside > 2 and words.weekdays[inside:lower()]
  if day then return day, after end
  inside, after = match(text, "^%s*([\xEA-\xED][\x80-\xBF][\x80-\xBF]\xEC\x9A\x94\xEC\x9D\xBC)()", at)
  day = inside and words.weekdays[inside]
  if day then return day, after end
  return nil, at
end

local label_ends = { "기간", "일시", "일자", "날짜", "마감", "마감일" }

-- Whether a label of dates stands before: "일시: 11/30", "신청기간: 11/1".
function date_text.is_labelled_day(text, s)
  local label = match(sub(text, math.max(1, s - 36), s - 1), "([^%s|(]+)%s*:%s*$")
  if not label then return false end
  if words.date_labels[label:lower()] then return true end
  for _, word in ipairs(label_ends) do
    if sub(label, -#word) == word then return true end
  end
  return false
end

-- Years of two digits: this century up to 68, as strptime has it.
function date_text.full_year(y)
  if y >= 100 then return y end
  return y < 69 and 2000 + y or 1900 + y
end

-- The last day of "29.(금)~30.(토)", "29(금)-30(토)": by its number and the weekday in brackets.
function date_text.last_day(text, atom, at)
  local d2, stop = match(text, "^%s*[-~]%s*(%d%d?)%.?()%s*%(", at)
  d2 = tonumber(d2)
  if not d2 or not atom.d or d2 <= atom.d or d2 > 31 then return at end
  local weekday, last = date_text.weekday_after(text, stop)
  if not weekday then return at end
  atom.d2 = d2
  return last
end

-- "일" after a number, where it is a day of the month and no count of days.
function date_text.day_after(text, at, pattern)
  local d, after = match(text, pattern or "^%s*(%d%d?)%s?일()", at)
  d = tonumber(d)
  if not d or d < 1 or d > 31 then return nil, at end
  if match(text, "^간", after) or match(text, "^%s?동안", after) or match(text, "^차", after) then return nil, at end
  return d, after
end

function date_text.close(text, atom, to)
  if atom.d then
    local weekday, is_pair
    weekday, to, is_pair = date_text.weekday_after(text, to)
    if weekday and atom.d2 and not atom.weekday and not is_pair then weekday = (weekday - (atom.d2 - atom.d) - 1) % 7 + 1 end
    atom.weekday = atom.weekday or weekday
    if not atom.d2 then to = date_text.last_day(text, atom, to) end
  end
  atom.to = to - 1
  return atom
end

return date_text
