-- Finds the atoms of time in a text: a day, a month, a year, a clock time, a
-- relative word, each with its place.  dates.lua joins them into ranges and
-- gives them the year they lack.
--
-- An atom is a point (calendar.lua) with from, to (bytes in the text), kind,
-- and where they apply: d2 (the last day of "3-5 May"), weekday, part, half,
-- quarter, relative = { unit, n }, marker ("am", "pm", ...), in_name (a year
-- that stands in a name: context, not an event).

local calendar = require "lib.calendar"
local compact = require "lib.date_compact"
local english = require "lib.date_english"
local find_shape = require "lib.date_shapes"
local korean = require "lib.date_korean"
local text_of = require "lib.date_text"
local words = require "lib.date_words"

local find, match, sub, byte = string.find, string.match, string.sub, string.byte

local scan = {}

scan.prepare = text_of.prepare

-- ------------------------------------------------------------ four digits

-- What stands before a bare year decides whether it dates something or belongs to a name.
local function bare_year(text, s, e, atom)
  if match(text, "^[%w_%%]", e + 1) or match(text, "^[.,]%d", e + 1) or match(text, "^%s*'s%f[%A]", e + 1) then
    local stop = match(text, "^%s*'?s()%f[%A]", e + 1)
    if stop and atom.y % 10 == 0 then
      atom.kind, atom.decade, atom.to = "year", true, stop - 1
      return atom
    end
    return nil
  end
  local before = sub(text, math.max(1, s - 16), s - 1)
  local second_year = match(text, "^/(%d%d)()%f[^%w]", e + 1)
  if tonumber(second_year) == (atom.y + 1) % 100 and match(before, "%a%s+$") then
    atom.y2, atom.to, atom.kind = atom.y + 1, e + 3, "year"
    return atom
  end
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
  if not part then
    part = match(before, "(%a+)%s+of%s+$")
    part = part and words.parts_of[part:lower()]
    if part then
      atom.m, atom.approximate, atom.part, atom.kind = part, true, "part", "season"
      atom.from = s - #match(before, "%a+%s+of%s+$")
      return atom
    end
  end
  -- "2024 여름", "2024 상반기", "2024 2분기"
  if match(text, "^학년도", e + 1) then
    atom.to = e + 9
    return atom
  end
  local narrowed = match(text, "^%s", e + 1) and korean.tail(text, { from = s, y = atom.y, kind = "year" }, e + 1)
  if narrowed and (narrowed.quarter or narrowed.half or narrowed.season) then return narrowed end
  if part then
    atom.m, atom.approximate, atom.part, atom.kind = part, true, "part", "season"
    atom.from = s - #match(before, "%a+[%s%-]+$")
    return atom
  end
  local word = match(before, "(%a+)%s+$")
  local opens = match(before, "%(%s*$") or match(before, ",%s*$")
  local dated = (word and words.prepositions[word:lower()])
    or (opens and match(text, "^%s*%)", e + 1))
    or opens and match(text, "^%s*[-~]%s*%)", e + 1)
    or match(text, "^%s*-%s*현재", e + 1) or match(text, "^%s*~%s*현재", e + 1)
    or match(text, "^%s*-%s*[Pp]resent%f[%A]", e + 1) or match(text, "^%s*-%s*[Nn]ow%f[%A]", e + 1)
    or (s < 16 and match(sub(text, 1, s - 1), "^%s*$") and (match(text, "^%s*$", e + 1) or match(text, "^%s*[:-]%s", e + 1)))
  atom.in_name = not dated or nil
  return atom
end

-- "2025.6.2. - 6.5.": the last day by month and day alone.
local function with_last_day(text, atom, separator)
  local m, sign, d, stop = match(text, "^%s*[-~]%s*(%d%d?)([-./])%s?(%d%d?)%.?()%f[^%w]", atom.to + 1)
  if sign ~= separator or match(text, "^[-./:]%d", stop) or not calendar.is_day(atom.y, tonumber(m),
    tonumber(d)) then return atom end
  local last = { from = atom.to + 1, y = atom.y, m = tonumber(m), d = tonumber(d), kind = "date" }
  if last.m < atom.m then last.y = atom.y + 1 end
  atom.last = text_of.close(text, last, stop)
  atom.to = last.to
  return atom
end

-- "2008.1 - 2012.12", "2019.7 - 현재": months of one digit, which alone could be a version.
local function month_span(text, atom, at)
  local m, stop = match(text, "^%.(%d%d?)()%s*[-~]%s*", at)
  m = tonumber(m)
  if not m or m < 1 or m > 12 then return nil end
  local y2, m2, last = match(text, "^%s*[-~]%s*(%d%d%d%d)%.(%d%d?)()%f[^%w]", stop)
  if y2 and tonumber(m2) >= 1 and tonumber(m2) <= 12 and tonumber(y2) >= atom.y and not match(text, "^%.%d", last) then
    atom.last = { from = stop, to = last - 1, y = tonumber(y2), m = tonumber(m2), kind = "month" }
    atom.m, atom.kind, atom.to = m, "month", last - 1
    return atom
  end
  if match(text, "^%s*[-~]%s*현재", stop) or match(text, "^%s*[-~]%s*[Pp]resent%f[%A]", stop) then
    atom.m, atom.kind, atom.to = m, "month", stop - 1
    return atom
  end
end

-- "arrives at 2045.": four digits of a clock, where nothing follows that they may count or number.
local function hour_of_four(text, s, e)
  local h, mi = tonumber(sub(text, s, s + 1)), tonumber(sub(text, s + 2, e))
  if h > 23 or mi > 59 or not match(sub(text, math.max(1, s - 4), s - 1), "%f[%a][Aa]t%s+$") then return nil end
  local stop = match(text, "^%s?h[ours]*()%f[%A]", e + 1)
  local closed = match(text, "^[%].,;)]", e + 1) and not match(text, "^[.,]%d", e + 1)
  if not (stop or closed or match(text, "^%s*$", e + 1) or match(text, "^%s*[|\n]", e + 1)) then return nil end
  return { from = s, to = (stop or e + 1) - 1, h = h, mi = mi, kind = "time" }
end

local function four_digits(text, s, e)
  local hour = hour_of_four(text, s, e)
  if hour then return hour end
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
    if match(text, "^생", after) or match(text, "^산", after) then return nil end
    return korean.tail(text, atom, after)
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
      and not text_of.unit_follows(text, next_at) then
      atom.d2, stop = tonumber(d2), next_at
    end
    local closed = text_of.close(text, atom, stop)
    return atom.d2 and closed or with_last_day(text, closed, separator)
  end
  local later = month_span(text, atom, e + 1)
  if later then return later end
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
  local last = s - 1
  while last > 0 and byte(text, last) == 0x20 do last = last - 1 end
  for _, part in ipairs(words.day_parts) do
    local word = part[1]
    local from = last - #word + 1
    if from > 0 and sub(text, from, last) == word then
      -- "UniversityPM 7:15": a sign at the edge of a cell
      local is_edge = find(word, "^%u") and find(text, "^%l", from - 1)
      if byte(word) >= 0x80 or from == 1 or is_edge or not find(text, "^%a", from - 1) then return part[2], from end
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

local told_particles = { "로 ", "은", "는 ", "를 ", "을 ", "로$", "는$", "를$" }

local function is_told_number(text, at, h)
  -- "(1:15)": a length, a rate, the place of a recording
  if h < 7 and match(text, "^%)", at) and match(text, "^%(%d:", at - 5) then return true end
  for _, particle in ipairs(told_particles) do
    if match(text, "^" .. particle, at) then return true end
  end
  return false
end

local function time_atom(text, s, h, mi, at)
  local h_text = h
  h, mi = tonumber(h), tonumber(mi or 0)
  if h > 24 or mi > 59 then return nil end
  local marker, from = day_part_before(text, s)
  local after = at
  -- "21:19로 이겼다", "10:10은": told as a word, no clock shows it
  if not marker and match(text, "^:", s + #h_text) and is_told_number(text, at, h) then return nil end
  if not marker then marker, after = day_part_after(text, at) end
  return { from = from, to = after - 1, h = h, mi = mi, marker = marker, kind = "time" }
end

-- What may follow 시 for it to be an hour: anything but a word that goes on.
local hour_endings = { "부터", "까지", "에", "쯤", "경", "정각", "반", "전", "이", "의", "로", "가", "를", "와", "과", "입", "였", "엔", "~" }

local function hour_ends(text, at)
  if not text_of.hangul_at(text, at) then return true end
  for _, ending in ipairs(hour_endings) do
    if sub(text, at, at + #ending - 1) == ending then return true end
  end
  return false
end

local function clock_atom(text, s, digits, after)
  local mi, stop = match(text, "^:(%d%d)()%f[^%d]", after)
  if mi then
    local second = match(text, "^:%d%d()", stop)
    if second then
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
  if not second then second, stop = match(text, "^%s+to%s+(%d%d?)%s?()", after) end
  if second and tonumber(second) <= 24 then
    marker = day_part_after(text, match(text, "^:%d%d()", stop) or stop)
    local hours = match(text, "^시()", stop)
    if (marker or hours and hour_ends(text, hours) and not match(text, "^간", hours)) and tonumber(digits) <= 24 then
      local part, from = day_part_before(text, s)
      return { from = from, to = after - 1, h = tonumber(digits), mi = 0,
        marker = part or marker, kind = "time" }
    end
  end
  return nil
end

-- "11/30/2024", "30.11.2024": the year last.  Where both readings are days, a slash has the month first, others the day.
local function year_last(text, s, n, after)
  local separator, second, y, stop = match(text, "^([-./])(%d%d?)%1(%d%d%d%d)()%f[^%w]", after)
  second, y = tonumber(second), tonumber(y)
  if not y or y < 1900 or y > 2100 or match(text, "^[-./]%d", stop) then return nil end
  local m, d = second, n
  if separator == "/" and calendar.is_day(y, n, second) or not calendar.is_day(y, m, d) then m, d = n, second end
  if not calendar.is_day(y, m, d) then return nil end
  return text_of.close(text, { from = s, y = y, m = m, d = d, kind = "date" }, stop)
end

-- Before "9/15" these make it a day.
local day_prepositions = { on = true, ["until"] = true, by = true, from = true, since = true, till = true, before =
  true, after = true }

-- What says beside a month and day in digits alone ("11/30", "11. 30.") that they are a date: where the date begins and
-- the weekday, or nil.
local function day_evidence(text, s, at, slash)
  local weekday = text_of.weekday_after(text, at)
  if weekday then return s, weekday end
  local before = sub(text, math.max(1, s - 24), s - 1)
  local word, space = match(before, "(%a+)%.?,?()%s+$")
  if word then
    local day = slash and #word > 2 and words.weekdays[word:lower()]
    if day then return s - (#before - space + 1) - #word, day end
    if day_prepositions[word:lower()] and slash then return s end
  end
  if text_of.is_labelled_day(text, s) then return s end
end

-- "4/24 ~ 10/29", "(~8/19까지)", "(8/20) 20:00", "번역하기 (8/15)": two days make each other one; a sign of a range or a
-- clock makes one; what is in brackets is one in Korean, where it is no part of a number of parts.
local function is_day_by_signs(text, s, stop, m, d)
  local before = sub(text, math.max(1, s - 12), s - 1)
  local m2, d2 = match(text, "^%s*~%s*(%d%d?)/(%d%d?)%f[^%w/]", stop)
  if not m2 then m2, d2 = match(before, "%f[^%z%s([:](%d%d?)/(%d%d?)%s*~%s*$") end
  if m2 then return calendar.is_day(nil, tonumber(m2), tonumber(d2)) and (m2 + 0 ~= m or d2 + 0 ~= d) end
  if not match(before, "[%(%[]%s*~?%s*$") then return false end
  local tail = match(text, "^%s*[까지부터~]*%s*[%)%]]()", stop)
  if not tail then return false end
  if match(before, "~%s*$") or match(text, "^%s?까지", stop) or match(text, "^%s?부터", stop) or match(text, "^%s*~", stop) then
    return true
  end
  if match(text, "^%s*%d%d?:%d%d%f[^%d]", tail) then return true end
  return d > 12 and match(sub(text, math.max(1, s - 12), s - 1), "[\x80-\xBF]%s?%(%s*$") ~= nil and d > m
end

-- "11/30(토)", "Sat 11/30", "on 11/30", "일시: 11. 30."
local function month_and_day(text, s, n, after)
  local separator, d, stop = match(text, "^%s?([-/.])%s?(%d%d?)()%f[^%w]", after)
  d = tonumber(d)
  if not d or n < 1 or n > 12 or not calendar.is_day(nil, n, d) then return nil end
  if match(text, "^[-/:.]%d", stop) then return nil end
  if separator == "." then stop = match(text, "^%.()", stop) or stop end
  local from, weekday = day_evidence(text, s, stop, separator == "/")
  if not from and separator == "/" and is_day_by_signs(text, s, stop, n, d) then from = s end
  if not from or separator == "-" and not weekday then return nil end
  local atom = text_of.close(text, { from = from, m = n, d = d, kind = "date" }, stop)
  atom.weekday = atom.weekday or weekday
  return atom
end

-- "4~6월": the months of a range that is named once.
local function months_of_range(text, s, n, after)
  local m2, stop = match(text, "^%s?[-~]%s?(%d%d?)%s?월()", after)
  m2 = tonumber(m2)
  if not m2 or n < 1 or m2 <= n or m2 > 12 then return nil end
  if match(text, "^%s?%d", stop) then return nil end
  return { from = s, to = stop - 1, m = n, kind = "month", last = { from = after, to = stop - 1, m = m2, kind = "month" } }
end

-- "80년대", "90년대 초반": of the century that is over.
local function decade(text, s, n, at)
  local stop = n % 10 == 0 and n >= 10 and match(text, "^대()", at)
  if not stop then return nil end
  return { from = s, to = stop - 1, y = text_of.full_year(n), decade = true, kind = "year" }
end

-- "18년도에", "18년도부터": a year; "10년도 안 되어" counts them.
local function is_year_of_two(text, stop)
  local after = match(text, "^도()", stop)
  return after and (match(text, "^에", after) or match(text, "^부터", after) or match(text, "^까지", after)
    or match(text, "^의", after))
end

local function small_number(text, s, e)
  local digits = sub(text, s, e)
  local n, after = tonumber(digits), e + 1
  local stop = match(text, "^%s?월()", after)
  if stop and n >= 1 and n <= 12 and not match(text, "^요일", stop) then
    return korean.days(text, { from = s, m = n, kind = "month" }, stop)
  end
  local months = months_of_range(text, s, n, after)
  if months then return months end
  stop = match(text, "^년()", after)
  if stop and #digits == 2 then
    local quoted = sub(text, s - 1, s - 1) == "'"
    if match(text, "^대", stop) then return decade(text, quoted and s - 1 or s, n, stop) end
    local atom = korean.tail(text, { from = quoted and s - 1 or s, y = text_of.full_year(n), kind = "year" }, stop)
    return (quoted or atom.m and not atom.part or atom.quarter or atom.half or is_year_of_two(text, stop)) and atom or nil
  end
  if #digits == 2 and n % 10 == 0 and sub(text, s - 1, s - 1) == "'" then
    stop = match(text, "^s()%f[%A]", after)
    if stop then return { from = s - 1, to = stop - 1, y = text_of.full_year(n), decade = true, kind = "year" } end
  end
  stop = n >= 10 and n <= 20 and match(text, "^%s?세기()", after)
  if stop then return { from = s, to = stop - 1, y = (n - 1) * 100, century = true, kind = "year" } end
  stop = n <= 4 and (match(text, "^%s?분기()", after) or match(text, "^/4%s?분기()", after))
  if stop then return { from = s, to = stop - 1, quarter = n, kind = "quarter" } end
  local short = #digits == 2 and compact.short_year(text, s, n, after)
  if short then return short end
  if #digits == 2 then short = compact.short_year_last(text, s, n, after) end
  if short then return short end
  return year_last(text, s, n, after) or month_and_day(text, s, n, after) or clock_atom(text, s, digits, after)
end

-- -------------------------------------------------------------- the whole

-- A number glued to these is a version, an identifier, a price, a path.
local function glued(text, s, length)
  local b = sub(text, s - 1, s - 1)
  if b == "" then return false end
  if match(b, "[%a_#@\\=$&%%+*^]") then return true end
  if b == "/" and length == 4 or b == "-" and length == 4 then
    -- the second half of "2024-11-30/2024-12-02", "2024/11/30-2024/12/02"
    local before = sub(text, math.max(1, s - 36), s - 2)
    if match(before, b == "/" and "%f[%w]%d%d%d%d%-%d%d?%-%d%d?[T%d:Z+-]*$" or "%f[%w]%d%d%d%d([/.])%d%d?%1%d%d?%.?$") then
      return false
    end
  end
  if b == "-" then
    local before = sub(text, math.max(1, s - 8), s - 2)
    if length == 4 and match(before, "%f[%a][Mm]id$") then return false end
    return match(before, "[%a_]$") ~= nil and not match(before, "%d%s?[ap]%.?m%.?$")
      or length > 2 and match(sub(text, s - 2, s - 2), "%d") ~= nil
  end
  if b == "/" then return true end
  if match(b, "[.:,]") then return match(sub(text, s - 2, s - 2), "%d") ~= nil end
  return false
end

-- "version 2024.1", "버전 11.30", "ratio 3:10"
local function is_labelled(text, s)
  local label = match(sub(text, math.max(1, s - 12), s - 1), "([%a-ÿ]+)%.?%s+$")
  return label and words.number_labels[label:lower()]
end

-- An atom that begins with the run of digits at s, and where to go on.
local function at_digits(text, s)
  local e = match(text, "^%d+()", s) - 1
  local length = e - s + 1
  local atom, skip
  if is_labelled(text, s) then return nil, match(text, "^[%d.:]*()", s) end
  if length == 4 then
    if not glued(text, s, length) then atom = compact.month_and_day(text, s, e) or four_digits(text, s, e) end
  elseif length == 8 then
    atom = compact.eight_digits(text, s, e)
  elseif length == 6 and not glued(text, s, length) then
    atom = compact.six_digits(text, s, e)
  elseif length <= 2 then
    local stamp = length == 2 and match(text, "^:%d%d", e + 1) and match(sub(text, s - 2, s - 1), "%dT")
    if stamp or not glued(text, s, length) then atom, skip = small_number(text, s, e) end
  end
  return atom, math.max(e, atom and atom.to or 0, skip and skip - 1 or 0) + 1
end

-- All that a date can begin with: digits, and the words of each language with what reads them.
local starts, readers = {}, {}
for digit = 0, 9 do starts[#starts + 1] = tostring(digit) end
local function add_word(word, read)
  starts[#starts + 1] = word
  readers[#starts] = read
end
english.each_word(add_word)
korean.each_word(add_word)
local find_start = quern.text.finder(starts, "iw")

-- Whether a text, or its source, has anything that may be a date: what most texts are spared more by.
function scan.may_hold(text, from) return find_shape(text, from) ~= nil end
scan.find_shape = find_shape

-- Of two atoms that overlap the longer stays.
local function keep_longest(list)
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

-- Every atom of a prepared text in order.
function scan.atoms(text)
  local list, digits_done = {}, 1
  local s, e, which = find_start(text)
  while s do
    local read, atom, following = readers[which], nil, e + 1
    if read then
      atom = read(text, s, e)
      -- "3Q 2025" begins with a digit that may be a day of its own
      if not atom and match(text, "^%d", s) then read = nil end
    end
    if not read and s >= digits_done then
      atom, digits_done = at_digits(text, s)
      following = digits_done
    end
    list[#list + 1] = atom
    s, e, which = find_start(text, following)
  end
  return #list > 1 and keep_longest(list) or list
end

return scan
