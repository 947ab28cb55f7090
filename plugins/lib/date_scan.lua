-- Finds the atoms of time in a text: a day, a month, a year, a clock time, a
-- relative word, each with its place.  dates.lua joins them into ranges and
-- gives them the year they lack.
--
-- An atom is a point (calendar.lua) with from, to (bytes in the text), kind,
-- and where they apply: d2 (the last day of "3-5 May"), weekday, part, half,
-- quarter, relative = { unit, n }, marker ("am", "pm", ...), in_name (a year
-- that stands in a name: context, not an event).

local calendar = require "lib.calendar"
local words = require "lib.date_words"

local find, match, sub, byte = string.find, string.match, string.sub, string.byte

local scan = {}

-- Same length as the text, so that positions stay true: dashes and tildes of
-- every alphabet become ASCII, addresses and file names become spaces.
function scan.prepare(text)
  local blank = function(s) return (" "):rep(#s) end
  if find(text, "[\xC2\xE2\xE3\xEF]") then
    text = text:gsub("\xC2\xA0", "  "):gsub("\xE2\x80[\x90-\x95]", " - "):gsub("\xE2\x88\x92", " - ")
      :gsub("\xE2\x88\xBC", " ~ "):gsub("\xEF\xBD\x9E", " ~ "):gsub("\xE3\x80\x9C", " ~ ")
      :gsub("\xE2\x80[\x98\x99]", "  '"):gsub("\xEF\xBC\x9A", " : "):gsub("\xEF\xBC\x88", "  ("):gsub("\xEF\xBC\x89", ")  ")
  end
  if find(text, "://", 1, true) then text = text:gsub("%a[%w+.-]*://[!-~]*", blank) end
  if find(text, "www.", 1, true) then text = text:gsub("www%.[!-~]*", blank) end
  return text
end

-- Hangul syllables begin with these bytes; a word that goes on is another word.
local function hangul_at(text, at)
  local b = byte(text, at)
  return b and b >= 0xEA and b <= 0xED
end

local function hangul_before(text, at)
  local b = byte(text, at - 3)
  return at > 3 and b >= 0xEA and b <= 0xED and byte(text, at - 1) >= 0x80
end

-- A second number is no day when its own unit follows: "3일-4시", "3일-12월", "3일-4%".
local function unit_follows(text, at)
  return match(text, "^%s?[:/.%%]%d", at) or match(text, "^%%", at) or match(text, "^%s?시", at) or match(text, "^%s?월", at)
end

local function weekday_after(text, at)
  local inside, after = match(text, "^%s*[%(%[]%s*([^%s%d,/%)%]]+)[^%)%]]-[%)%]]()", at)
  local day = inside and words.weekdays[inside:lower():gsub("%.$", "")]
  if day then return day, after end
  inside, after = match(text, "^,?%s*(%a+)%.?()", at)
  day = inside and #inside > 2 and words.weekdays[inside:lower()]
  if day then return day, after end
  inside, after = match(text, "^%s*([\xEA-\xED][\x80-\xBF][\x80-\xBF]\xEC\x9A\x94\xEC\x9D\xBC)()", at)
  day = inside and words.weekdays[inside]
  if day then return day, after end
  return nil, at
end

-- "일" after a number, where it is a day of the month and no count of days.
local function day_after(text, at, pattern)
  local d, after = match(text, pattern or "^%s*(%d%d?)%s?일()", at)
  d = tonumber(d)
  if not d or d < 1 or d > 31 then return nil, at end
  if match(text, "^간", after) or match(text, "^%s?동안", after) or match(text, "^차", after) then return nil, at end
  return d, after
end

local function close(text, atom, to)
  if atom.d then atom.weekday, to = weekday_after(text, to) end
  atom.to = to - 1
  return atom
end

-- After "11월": a day, two days, a part of the month.
local function korean_days(text, atom, at)
  local d, d2, after = match(text, "^%s*(%d%d?)%s*[-~]%s*(%d%d?)%s?일()", at)
  if d then
    atom.d, atom.d2, atom.kind = tonumber(d), tonumber(d2), "date"
    return close(text, atom, after)
  end
  atom.d, after = day_after(text, at)
  if not atom.d then
    for _, part in ipairs(words.korean_parts) do
      local stop = match(text, "^%s?" .. part[1] .. "()", at)
      if stop and not match(text, "^[\xEA-\xED]", stop) or stop and match(text, "^부터", stop)
        or stop and match(text, "^까지", stop) or stop and match(text, "^에", stop) then
        atom.part, after = part[1], stop
        break
      end
    end
    return close(text, atom, after)
  end
  atom.kind = "date"
  local weekday, next_at = weekday_after(text, after)
  d2, after = day_after(text, next_at, "^%s*[-~]%s*(%d%d?)%s?일()")
  if not d2 then
    local second, stop = match(text, "^%s*[-~]%s*(%d%d?)()%f[^%d]", next_at)
    if second and tonumber(second) > atom.d and tonumber(second) <= 31 and not unit_follows(text, stop) then
      d2, after = tonumber(second), stop
    end
  end
  if not d2 then
    -- "12일과 13일", "12일, 13일": two days in a row are one range
    for _, joint in ipairs { "과", "와", "및", "," } do
      local second, stop = day_after(text, next_at, "^%s*" .. joint .. "%s*(%d%d?)%s?일()")
      if second == atom.d + 1 then d2, after = second, stop end
    end
  end
  if d2 then
    atom.d2 = d2
    return close(text, atom, after)
  end
  atom.weekday, atom.to = weekday, next_at - 1
  return atom
end

-- After "2018년", "작년", "올해": the month, season, quarter, half or part that narrows it.
local function korean_tail(text, atom, at)
  at = match(text, "^도()", at) or at
  local m, after = match(text, "^,?%s*(%d%d?)%s?월()", at)
  m = tonumber(m)
  if m and m >= 1 and m <= 12 then
    atom.m, atom.kind = m, "month"
    return korean_days(text, atom, after)
  end
  local quarter, stop = match(text, "^%s*([1-4])%s?분기()", at)
  if quarter then
    atom.quarter, atom.kind = tonumber(quarter), "quarter"
    return close(text, atom, stop)
  end
  local word
  word, stop = match(text, "^%s?([\xEA-\xED][\x80-\xBF][\x80-\xBF][\xEA-\xED\x80-\xBF]*)()", at)
  if word then
    local start = stop - #word
    for name, half in pairs(words.halves) do
      if sub(word, 1, #name) == name then
        atom.half, atom.kind = half, "half"
        return close(text, atom, start + #name)
      end
    end
    for _, length in ipairs { 6, 3 } do
      local season = words.seasons[sub(word, 1, length)]
      if season then
        atom.season, atom.kind = season, "season"
        return close(text, atom, start + length)
      end
    end
    for _, part in ipairs(words.korean_parts) do
      local rest = sub(word, 1, #part[1]) == part[1] and sub(word, #part[1] + 1)
      if rest and (rest == "" or match(rest, "^부터") or match(rest, "^까지") or match(rest, "^에") or match(rest, "^의")) then
        atom.m, atom.kind, atom.part, atom.approximate = part[2], "season", part[1], true
        return close(text, atom, start + #part[1])
      end
    end
  end
  return close(text, atom, at)
end

-- ------------------------------------------------------------ four digits

-- What stands before a bare year decides whether it dates something or belongs to a name.
local function bare_year(text, s, e, atom)
  if match(text, "^[%w_%%]", e + 1) or match(text, "^[.,]%d", e + 1) then
    local stop = match(text, "^'?s()%f[%A]", e + 1)
    if stop and atom.y % 10 == 0 then
      atom.kind, atom.decade, atom.to = "year", true, stop - 1
      return atom
    end
    return nil
  end
  local before = sub(text, math.max(1, s - 16), s - 1)
  if match(before, "\xC2\xA9%s*$") or match(before, "%([cC]%)%s*$") then return nil end
  local second, stop = match(text, "^%s*[-~]%s*(%d%d%d%d)()%f[^%w]", e + 1)
  if second and tonumber(second) > atom.y and tonumber(second) < 2100 then
    atom.y2, atom.to, atom.kind = tonumber(second), stop - 1, "year"
    return atom
  end
  if match(text, "^[-/]%d", e + 1) then return nil end
  local part = match(before, "(%a+)[%s%-]+$")
  part = part and words.english_parts[part:lower()]
  atom.kind = "year"
  if part then
    atom.m, atom.approximate, atom.part, atom.kind = part, true, "part", "season"
    atom.from = s - #match(before, "%a+[%s%-]+$")
    return atom
  end
  local word = match(before, "(%a+)%s+$")
  local opens = match(before, "%(%s*$") or match(before, ",%s*$")
  local dated = (word and words.prepositions[word:lower()])
    or (opens and match(text, "^%s*%)", e + 1))
    or (match(sub(text, 1, s - 1), "^%s*$") and (match(text, "^%s*$", e + 1) or match(text, "^%s*[:-]%s", e + 1)))
  atom.in_name = not dated or nil
  return atom
end

local function four_digits(text, s, e)
  local y = tonumber(sub(text, s, e))
  if y < 1000 or y > 2199 then return nil end
  local atom = { from = s, to = e, y = y, kind = "year" }
  local after = match(text, "^%s?년()", e + 1)
  if after then
    local stop = match(text, "^대()", after)
    if stop and y % 10 == 0 then
      atom.decade = true
      atom.to = stop - 1
      return atom
    end
    if match(text, "^생", after) then return nil end
    return korean_tail(text, atom, after)
  end
  local separator, m, d, stop = match(text, "^%s?([-./])%s?(%d%d?)%s?%1%s?(%d%d?)()%f[^%w]", e + 1)
  if not separator then
    separator, m, d, stop = match(text, "^([-./])(%d%d?)%1(%d%d?)()T%d", e + 1)
  end
  if separator and calendar.is_day(y, tonumber(m), tonumber(d)) then
    atom.m, atom.d, atom.kind = tonumber(m), tonumber(d), "date"
    if not match(text, "^%.%d", stop) then stop = match(text, "^%.()", stop) or stop end
    local d2, next_at = match(text, "^%s*[-~]%s*(%d%d?)%.?()%f[^%w]", stop)
    if d2 and tonumber(d2) > atom.d and tonumber(d2) <= 31 and not match(text, "^[:/.-]%d", next_at)
      and not unit_follows(text, next_at) then
      atom.d2, stop = tonumber(d2), next_at
    end
    return close(text, atom, stop)
  end
  separator, m, stop = match(text, "^([-/])(%d%d?)()%f[^%w]", e + 1)
  if not separator then separator, m, stop = match(text, "^(%.)%s?(%d%d)()%f[^%w]", e + 1) end
  if not separator then separator, m, stop = match(text, "^(%.)%s(%d%d?)%.()", e + 1) end
  if separator and tonumber(m) >= 1 and tonumber(m) <= 12 and not match(text, "^[-./]%d", stop)
    and y >= 1900 and y <= 2100 then
    atom.m, atom.kind, atom.to = tonumber(m), "month", stop - 1
    return atom
  end
  if y < 1800 or y > 2100 then return nil end
  return bare_year(text, s, e, atom)
end

-- -------------------------------------------------------- one or two digits

local function day_part_before(text, s)
  local before = sub(text, math.max(1, s - 12), s - 1)
  for _, part in ipairs(words.day_parts) do
    local at = match(before, "()" .. part[1] .. "%s*$")
    if at and not (byte(part[1]) < 0x80 and match(before, "%a" .. part[1] .. "%s*$")) then
      return part[2], s - (#before - at + 1)
    end
  end
  return nil, s
end

local function day_part_after(text, at)
  local letter, stop = match(text, "^%s?([AaPp])%.?[Mm]%.?()", at)
  if letter and not match(text, "^%a", stop) then return letter:lower() .. "m", stop end
  return nil, at
end

-- The hour of the day that "오후 4", "밤 11", "12 am" mean.
function scan.hour_of(h, marker)
  if marker == "pm" and h < 12 then return h + 12 end
  if marker == "noon" and h < 6 then return h + 12 end
  if marker == "night" and h >= 6 and h < 12 then return h + 12 end
  if marker == "am" and h == 12 then return 0 end
  return h
end

local function time_atom(text, s, h, mi, at)
  h, mi = tonumber(h), tonumber(mi or 0)
  if h > 24 or mi > 59 then return nil end
  local marker, from = day_part_before(text, s)
  local after = at
  if not marker then marker, after = day_part_after(text, at) end
  return { from = from, to = after - 1, h = h, mi = mi, marker = marker, kind = "time" }
end

-- What may follow 시 for it to be an hour: anything but a word that goes on.
local hour_endings = { "부터", "까지", "에", "쯤", "경", "정각", "반", "전", "이", "의", "로", "가", "를", "와", "과", "입", "였", "엔", "~" }

local function hour_ends(text, at)
  if not hangul_at(text, at) then return true end
  for _, ending in ipairs(hour_endings) do
    if sub(text, at, at + #ending - 1) == ending then return true end
  end
  return false
end

local function clock_atom(text, s, digits, after)
  local mi, stop = match(text, "^:(%d%d)()%f[^%d]", after)
  if mi then
    local second = match(text, "^:%d%d()", stop)
    if second and not match(text, "[-./ T]%d%d?%s*T?$", 1) then
      local before = sub(text, math.max(1, s - 3), s - 1)
      if not match(before, "%d[T ]$") then return nil, second end
    end
    return time_atom(text, s, digits, mi, second or stop)
  end
  stop = match(text, "^%s?시()", after)
  if stop and not match(text, "^간", stop) and hour_ends(text, stop) then
    local minutes, next_at = match(text, "^%s?(%d%d?)%s?분()", stop)
    if not minutes then
      next_at = match(text, "^%s?반()", stop)
      minutes = next_at and 30
    end
    return time_atom(text, s, digits, minutes, next_at or stop)
  end
  local marker
  marker, stop = day_part_after(text, after)
  if marker and tonumber(digits) <= 12 then
    return { from = s, to = stop - 1, h = tonumber(digits), mi = 0, marker = marker, kind = "time" }
  end
  -- "2-4pm", "오후 2~5시": the first number borrows the unit of the second.
  local second
  second, stop = match(text, "^%s?[-~]%s?(%d%d?)%s?()", after)
  if second and tonumber(second) <= 24 then
    marker = day_part_after(text, stop)
    local hours = match(text, "^시()", stop)
    if (marker or hours and hour_ends(text, hours) and not match(text, "^간", hours)) and tonumber(digits) <= 24 then
      local part, from = day_part_before(text, s)
      return { from = from, to = match(text, "^%s?[-~]()", after) - 2, h = tonumber(digits), mi = 0,
        marker = part or marker, kind = "time" }
    end
  end
  return nil
end

local function small_number(text, s, e)
  local digits = sub(text, s, e)
  local n, after = tonumber(digits), e + 1
  local stop = match(text, "^%s?월()", after)
  if stop and n >= 1 and n <= 12 and not match(text, "^요일", stop) then
    return korean_days(text, { from = s, m = n, kind = "month" }, stop)
  end
  stop = match(text, "^년()", after)
  if stop and #digits == 2 then
    local quoted = sub(text, s - 1, s - 1) == "'"
    if quoted or match(text, "^%s*%d%d?월", stop) then
      return korean_tail(text, { from = quoted and s - 1 or s, y = 2000 + n, kind = "year" }, stop)
    end
    return nil
  end
  stop = n <= 4 and (match(text, "^%s?분기()", after) or match(text, "^/4%s?분기()", after))
  if stop then return { from = s, to = stop - 1, quarter = n, kind = "quarter" } end
  local d, next_at = match(text, "^%s?[/.]%s?(%d%d?)%.?()%f[^%w]", after)
  if d and n >= 1 and n <= 12 and calendar.is_day(nil, n, tonumber(d)) then
    local weekday, last = weekday_after(text, next_at)
    if weekday and match(text, "^%s*[%(%[]", next_at) then
      return { from = s, to = last - 1, m = n, d = tonumber(d), weekday = weekday, kind = "date" }
    end
  end
  return clock_atom(text, s, digits, after)
end

-- ---------------------------------------------------------- English words

local function ordinal(text) return tonumber(match(text, "^%d+")) end

-- "12 September", "3rd of May", "12-14 Sept": the days before a month.
local function days_before(text, s)
  local before = sub(text, math.max(1, s - 24), s - 1)
  local base = s - #before
  local at, first, second = match(before, "()%f[%w](%d%d?%a?%a?)%s*[-~&]%s*(%d%d?%a?%a?)[%s%-]+$")
  if not at then
    at, first, second = match(before, "()%f[%w](%d%d?%a?%a?)%s+to%s+(%d%d?%a?%a?)%s+$")
  end
  if not at then
    at, first = match(before, "()%f[%w](%d%d?%a%a)%s+of%s+$")
    if not at then at, first = match(before, "()%f[%w](%d%d?%a?%a?)%s+$") end
    if not at then at, first = match(before, "()%f[%w](%d%d?)%-$") end
  end
  if not at or match(before, "[%d.:/]$", at - 1) and match(sub(before, at - 1, at - 1), "[%d.:/]") then return nil end
  for _, day in ipairs { first, second } do
    local suffix = match(day, "%a+$")
    if suffix and not match(suffix:lower(), "^[snrt][tdh]$") then return nil end
    if tonumber(match(day, "^%d+")) > 31 then return nil end
  end
  return base + at - 1, ordinal(first), second and ordinal(second)
end

local function year_after(text, at)
  local y, stop = match(text, "^[%s,%-]+(%d%d%d%d)()%f[^%w]", at)
  if not y then y, stop = match(text, "^,?%s+of%s+(%d%d%d%d)()%f[^%w]", at) end
  if not y then y, stop = match(text, "^%s?'(%d%d)()%f[^%w]", at) end
  if not y then return nil, at end
  y = tonumber(y)
  return y < 100 and 2000 + y or y, stop
end

local function weekday_before(text, from)
  local before = sub(text, math.max(1, from - 14), from - 1)
  local at, word = match(before, "()%f[%a](%a+)%.?,?%s+$")
  local day = word and #word > 2 and words.weekdays[word:lower()]
  if day then return day, from - (#before - at + 1) end
  return nil, from
end

-- The days after a month: "30", "30-01", "12th".
local function days_after(text, atom, at)
  local d, stop = match(text, "^[%s%-]+(%d%d?)()", at)
  if not d or match(text, "^[%d:%%]", stop) or tonumber(d) > 31 or tonumber(d) < 1 then return at end
  stop = match(text, "^[snrt][tdh]()%f[%A]", stop) or stop
  atom.d = tonumber(d)
  local weekday, next_at = weekday_after(text, stop)
  if weekday and match(text, "^%s*[%(]", stop) then stop = next_at end
  local d2, last = match(text, "^%s*[-~&]%s*(%d%d?)()", stop)
  if not d2 then d2, last = match(text, "^%s+to%s+(%d%d?)()", stop) end
  if d2 and not match(text, "^[%d:%%]", last) and not match(text, "^%s?[ap]%.?m", last) and tonumber(d2) <= 31
    and not match(text, "^%s+%u%l%l", last) and tonumber(d2) > 0 then
    atom.d2 = tonumber(d2)
    stop = match(text, "^[snrt][tdh]()%f[%A]", last) or last
  end
  return stop
end

local function english_month(text, s, e, word)
  local lower = word:lower()
  local atom = { from = s, m = words.months[lower], kind = "month" }
  local at = e + 1
  if #lower <= 4 then at = match(text, "^%.()", at) or at end
  local from, first, second = days_before(text, s)
  if from then
    atom.from, atom.d, atom.d2 = from, first, second
  else
    at = days_after(text, atom, at)
  end
  atom.y, at = year_after(text, at)
  if not atom.y and not atom.d then
    local before = match(sub(text, math.max(1, s - 12), s - 1), "(%a+)%s+$")
    if not (before and words.prepositions[before:lower()]) then return nil end
    if lower == "may" and (before:lower() == "and" or before:lower() == "year" or before:lower() == "this") then return nil end
  end
  if not atom.y then
    local y = match(sub(text, math.max(1, atom.from - 6), atom.from - 1), "(%d%d%d%d)[%s%-]+$")
    if y and tonumber(y) >= 1800 and tonumber(y) <= 2100 then
      atom.y = tonumber(y)
      atom.from = match(text, "()%d%d%d%d[%s%-]+$", 1) and atom.from or atom.from
    end
  end
  if atom.d then
    atom.kind = "date"
    if not calendar.is_day(atom.y, atom.m, atom.d) then return nil end
    atom.weekday, atom.from = weekday_before(text, atom.from)
  end
  atom.to = at - 1
  return atom
end

local function english_season(text, s, e, season)
  local y, stop = year_after(text, e + 1)
  if y then return { from = s, to = stop - 1, y = y, season = season, kind = "season" } end
  local before = match(sub(text, math.max(1, s - 6), s - 1), "(%d%d%d%d%s+)$")
  if before then return { from = s - #before, to = e, y = tonumber(match(before, "%d+")), season = season, kind = "season" } end
end

local function english_relative(text, s, e, word)
  local unit, n = table.unpack(words.english_relative[word])
  local atom = { from = s, to = e, relative = { unit, n }, kind = "relative" }
  if unit == "day" then return atom end
  local following, stop = match(text, "^%s+(%a+)()", e + 1)
  following = following and following:lower()
  if not following then return nil end
  atom.to = stop - 1
  if following == "year" or following == "month" then
    atom.relative = { following, n }
    return n ~= 0 and atom or nil
  end
  atom.m, atom.season = words.months[following], words.seasons[following]
  if atom.m and #following > 2 and not match(text, "^%s+%d", stop) then return atom end
  return atom.season and atom or nil
end

local english_stems = { "spring", "summer", "autumn", "fall", "winter", "yesterday", "today", "tomorrow", "last", "past",
  "this", "next", "upcoming" }

local function scan_english(text, add)
  for s, word, e in text:gmatch("()%f[%a]([JFMASONDjfmasond]%a%a+)()") do
    if words.months[word:lower()] and match(word, "^%u") then add(english_month(text, s, e - 1, word)) end
  end
  local lower = text:lower()
  for _, word in ipairs(english_stems) do
    local at = 1
    while true do
      local s, e = find(lower, word, at, true)
      if not s then break end
      at = e + 1
      if not match(lower, "^%a", e + 1) and not (s > 1 and match(lower, "^%a", s - 1)) then
        local season = words.seasons[word]
        add(season and english_season(text, s, e, season) or words.english_relative[word] and
          english_relative(text, s, e, word) or nil)
      end
    end
  end
end

-- "Q4 2026", "2026 Q4", "H1 2025", "3Q 2025": only beside a year, for a lone Q1 is a question.
local function scan_quarters(text, add)
  for s, letter, n, e in text:gmatch("()%f[%a]([QH])([1-4])()") do
    local y, stop = year_after(text, e)
    local from = s
    if not y then
      local before = match(sub(text, math.max(1, s - 6), s - 1), "(%d%d%d%d[%s%-]*)$")
      y, stop = before and tonumber(match(before, "%d+")), e
      from = before and s - #before or s
    end
    n = tonumber(n)
    if y and not match(text, "^%w", stop) and (letter == "Q" or n <= 2) then
      add { from = from, to = stop - 1, y = y, quarter = letter == "Q" and n or nil, half = letter == "H" and n or nil,
        kind = letter == "Q" and "quarter" or "half" }
    end
  end
  for s, word, unit, e in text:gmatch("()%f[%a](%a+)%s(%a+)()") do
    local n = words.ordinals[word:lower()]
    unit = unit:lower()
    if n and (unit == "quarter" or unit == "half" and n <= 2) then
      local y, stop = year_after(text, e)
      if y then
        add { from = s, to = stop - 1, y = y, quarter = unit == "quarter" and n or nil, half = unit == "half" and n or nil, kind = unit }
      end
    end
  end
  for s, n, e in text:gmatch("()%f[%w]([1-4])Q()%f[%A]") do
    local y, stop = year_after(text, e)
    if y then add { from = s, to = stop - 1, y = y, quarter = tonumber(n), kind = "quarter" } end
  end
end

-- ----------------------------------------------------------- Korean words

local function korean_relative(text, s, e, entry)
  local unit, n = entry[2], entry[3]
  local atom = { from = s, to = e, relative = { unit, n }, kind = "relative" }
  if unit == "year" then
    korean_tail(text, atom, e + 1)
    if n == 0 and not (atom.m or atom.season or atom.half or atom.quarter) then return nil end
    return atom
  end
  if unit == "month" then return korean_days(text, atom, e + 1) end
  if unit == "day" then
    if match(text, "^날", e + 1) then return nil end
    return atom
  end
  local m, stop = match(text, "^%s*(%d%d?)%s?월()", e + 1)
  m = tonumber(m)
  if m and m >= 1 and m <= 12 then
    atom.m = m
    return korean_days(text, atom, stop)
  end
  local d
  d, stop = day_after(text, e + 1)
  if d and unit == "last" then
    atom.d, atom.to = d, stop - 1
    return atom
  end
  for name, season in pairs(words.seasons) do
    stop = match(text, "^%s?" .. name .. "()", e + 1)
    if stop and byte(name) > 0x80 then
      atom.season, atom.to = season, stop - 1
      return atom
    end
  end
  return nil
end

local function scan_korean(text, add)
  for _, entry in ipairs(words.korean_relative) do
    local at = 1
    while true do
      local s, e = find(text, entry[1], at, true)
      if not s then break end
      at = e + 1
      if not hangul_before(text, s) then add(korean_relative(text, s, e, entry)) end
    end
  end
  for name, season in pairs(words.seasons) do
    local at = byte(name) > 0x80 and 1 or #text + 1
    while true do
      local s, e = find(text, name, at, true)
      if not s then break end
      at = e + 1
      local particle = sub(text, e + 1, e + 3)
      local longer = sub(text, e + 1, e + 6)
      if not hangul_before(text, s) and (particle == "에" and longer ~= "에서" or longer == "부터" or longer == "까지") then
        add { from = s, to = e, season = season, kind = "season" }
      end
    end
  end
end

-- -------------------------------------------------------------- the whole

-- A number glued to these is a version, an identifier, a price, a path.
local function glued(text, s, length)
  local b = sub(text, s - 1, s - 1)
  if b == "" then return false end
  if match(b, "[%a_#@/\\=$&%%+*^]") then return true end
  if b == "-" then
    return match(sub(text, math.max(1, s - 6), s - 2), "[%a_]$") ~= nil and not match(sub(text, math.max(1, s - 8), s - 2), "%d%s?[ap]%.?m%.?$")
      or length > 2 and match(sub(text, s - 2, s - 2), "%d") ~= nil
  end
  if match(b, "[.:,]") then return match(sub(text, s - 2, s - 2), "%d") ~= nil end
  return false
end

local function scan_digits(text, add)
  local at = 1
  while true do
    local s, e = find(text, "%d+", at)
    if not s then return end
    local length = e - s + 1
    local atom, skip
    if not glued(text, s, length) then
      if length == 4 then
        atom = four_digits(text, s, e)
      elseif length <= 2 then
        atom, skip = small_number(text, s, e)
      end
      add(atom)
    elseif length == 2 and match(text, "^%d%d:%d%d", s) and match(sub(text, s - 2, s - 1), "%dT") then
      atom = small_number(text, s, e)
      add(atom)
    end
    at = math.max(e, atom and atom.to or 0, skip and skip - 1 or 0) + 1
  end
end

-- Every atom of a prepared text in order; of two that overlap the longer stays.
function scan.atoms(text)
  local list = {}
  local function add(atom)
    if atom then list[#list + 1] = atom end
  end
  if find(text, "%d") then
    scan_digits(text, add)
    scan_quarters(text, add)
  end
  if find(text, "%a%a%a") then scan_english(text, add) end
  if find(text, "[\xEA-\xED]") then scan_korean(text, add) end
  table.sort(list, function(a, b)
    if a.from ~= b.from then return a.from < b.from end
    return a.to > b.to
  end)
  local kept = {}
  for _, atom in ipairs(list) do
    local last = kept[#kept]
    if not last or atom.from > last.to then
      kept[#kept + 1] = atom
    elseif atom.to - atom.from > last.to - last.from then
      kept[#kept] = atom
    end
  end
  return kept
end

return scan
