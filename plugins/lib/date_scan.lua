-- Finds the atoms of time in a text: a day, a month, a year, a clock time, a
-- relative word, each with its place.  dates.lua joins them into ranges and
-- gives them the year they lack.
--
-- An atom is a point (calendar.lua) with from, to (bytes in the text), kind,
-- and where they apply: d2 (the last day of "3-5 May"), weekday, part, half,
-- quarter, relative = { unit, n }, marker ("am", "pm", ...), in_name (a year
-- that stands in a name: context, not an event).

local calendar = require "lib.calendar"
local clock = require "lib.date_clock"
local compact = require "lib.date_compact"
local english = require "lib.date_english"
local find_shape = require "lib.date_shapes"
local korean = require "lib.date_korean"
local text_of = require "lib.date_text"
local words = require "lib.date_words"
local years = require "lib.date_years"

local match, sub = string.match, string.sub

local scan = {}

scan.prepare = text_of.prepare

-- -------------------------------------------------------- one or two digits

-- "11/30/2024", "30.11.2024": the year last.  Where both readings are days, a slash has the month first, others the day;
-- swappable tells that a document which elsewhere has the day first means it here too.
local function year_last(text, s, n, after)
  local separator, second, y, stop = match(text, "^([-./])(%d%d?)%1(%d%d%d%d)()%f[^%w]", after)
  second, y = tonumber(second), tonumber(y)
  if not y or y < 1900 or y > 2100 or match(text, "^[-./]%d", stop) then return nil end
  local m, d = second, n
  if separator == "/" and calendar.is_day(y, n, second) or not calendar.is_day(y, m, d) then m, d = n, second end
  if not calendar.is_day(y, m, d) then return nil end
  local swappable = separator == "/" and m ~= d and calendar.is_day(y, d, m) or nil
  return text_of.close(text, { from = s, y = y, m = m, d = d, kind = "date", swappable = swappable }, stop)
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

-- "8. 26. ~ 8. 28.": two days with their last dots, or the second of two where a label is before the first; "3.1 ~ 3.5" may
-- be versions.
local function is_dotted_range(text, s, stop, m, d)
  local m2, d2, last = match(text, "^%.%s*[-~]%s*(%d%d?)%.%s?(%d%d?)%.()", stop)
  if m2 and not match(text, "^%w", last) then
    return calendar.is_day(nil, tonumber(m2), tonumber(d2)) and (m2 + 0 ~= m or d2 + 0 ~= d)
  end
  local before = sub(text, math.max(1, s - 14), s - 1)
  local at, dot
  at, m2, d2, dot = match(before, "()%f[%w](%d%d?)%.%s?(%d%d?)(%.?)%s*[-~]%s*$")
  if not m2 or match(sub(before, at - 1, at - 1), "[%w.]") then return false end
  if not calendar.is_day(nil, tonumber(m2), tonumber(d2)) then return false end
  return dot == "." and match(text, "^%.", stop) ~= nil and (m2 + 0 ~= m or d2 + 0 ~= d)
    or text_of.is_labelled_day(text, s - #before + at - 1)
end

-- "11/30(토)", "Sat 11/30", "on 11/30", "일시: 11. 30."
local function month_and_day(text, s, n, after)
  local separator, d, stop = match(text, "^%s?([-/.])%s?(%d%d?)()%f[^%w]", after)
  d = tonumber(d)
  if not d or n < 1 or n > 12 or not calendar.is_day(nil, n, d) then return nil end
  -- "8/18-19"
  local d2, last = match(text, "^%-(%d%d)()%f[^%w]", stop)
  d2 = separator == "/" and tonumber(d2)
  if d2 and d2 > d and d2 >= 13 and calendar.is_day(nil, n, d2) and not match(text, "^[-/:.]%d", last) then
    return text_of.close(text, { from = s, m = n, d = d, d2 = d2, kind = "date" }, last)
  end
  if match(text, "^[-/:.]%d", stop) then return nil end
  local ranged = separator == "." and is_dotted_range(text, s, stop, n, d)
  if separator == "." then stop = match(text, "^%.()", stop) or stop end
  local from, weekday = day_evidence(text, s, stop, separator == "/")
  if not from and (ranged or separator == "/" and is_day_by_signs(text, s, stop, n, d)) then from = s end
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

local function small_number(text, s, e, is_korean)
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
  local short = #digits == 2 and compact.short_year(text, s, n, after, is_korean)
  if short then return short end
  if #digits == 2 then short = compact.short_month(text, s, n, after) or compact.short_year_last(text, s, n, after) end
  if short then return short end
  return year_last(text, s, n, after) or month_and_day(text, s, n, after) or clock.small_number(text, s, digits, after)
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
local function at_digits(text, s, is_korean)
  local e = match(text, "^%d+()", s) - 1
  local length = e - s + 1
  local atom, skip
  if is_labelled(text, s) then return nil, match(text, "^[%d.:]*()", s) end
  if length == 4 then
    local is_free = not glued(text, s, length) or clock.is_second_hour(text, s)
    atom = is_free and (compact.month_and_day(text, s, e) or years.four_digits(text, s, e)) or nil
  elseif length == 8 then
    atom = compact.eight_digits(text, s, e)
  elseif length == 6 and not glued(text, s, length) then
    atom = compact.six_digits(text, s, e)
  elseif length <= 2 then
    local stamp = length == 2 and match(text, "^:%d%d", e + 1) and match(sub(text, s - 2, s - 1), "%dT")
    if stamp or not glued(text, s, length) then atom, skip = small_number(text, s, e, is_korean) end
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
  local list, digits_done, hangul = {}, 1, nil
  -- looked for once, and only where a date asks
  local function is_korean()
    if hangul == nil then hangul = match(text, "[\xEA-\xED][\x80-\xBF][\x80-\xBF]") ~= nil end
    return hangul
  end
  local s, e, which = find_start(text)
  while s do
    local read, atom, following = readers[which], nil, e + 1
    if read then
      atom = read(text, s, e)
      -- "3Q 2025" begins with a digit that may be a day of its own
      if not atom and match(text, "^%d", s) then read = nil end
    end
    if not read and s >= digits_done then
      atom, digits_done = at_digits(text, s, is_korean)
      following = digits_done
    end
    list[#list + 1] = atom
    -- "12월 3일, 10일": the further days of a list
    if atom and atom.also then table.move(atom.also, 1, #atom.also, #list + 1, list) end
    s, e, which = find_start(text, following)
  end
  return #list > 1 and keep_longest(list) or list
end

return scan
