-- Dates in English words: months with their days and years, seasons, quarters,
-- relative words.  For date_scan.lua; an atom is described there.

local calendar = require "lib.calendar"
local text_of = require "lib.date_text"
local words = require "lib.date_words"

local match, sub, byte = string.match, string.sub, string.byte

local english = {}

local function ordinal(text) return tonumber(match(text, "^%d+")) end

-- "12 September", "3rd of May", "12-14 Sept": the days before a month.
local function days_before(text, s)
  local before = sub(text, math.max(1, s - 26), s - 1)
  local base = s - #before
  local at, first, second = match(before, "()%f[%w](%d%d?%a?%a?)%s*[-~&]%s*(%d%d?%a?%a?)[%s%-]+$")
  if not at then
    at, first, second = match(before, "()%f[%w](%d%d?%a?%a?)%s+to%s+(%d%d?%a?%a?)%s+$")
  end
  if not at then
    at, first, second = match(before, "()%f[%w](%d%d?%a?%a?)%s+and%s+(%d%d?%a?%a?)%s+$")
    -- "between 3 and 4 May" is a range, "3 and 4 May" two days in a row; "2 and 20 May" are not
    if at and ordinal(second) ~= ordinal(first) + 1 then at, second = nil, nil end
  end
  if not at then
    at, first, second = match(before, "()%f[%w](%d%d?%a%a)%s+and%s+the%s+(%d%d?%a%a)%s+of%s+$")
    if not match(sub(text, math.max(1, s - 40), base + (at or 1) - 2), "[Bb]etween%s+the%s+$") then at, second = nil, nil end
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
  if not y then y, stop = match(text, "^,?%s*'(%d%d)()%f[^%w]", at) end
  -- "Jan.2023"
  if not y and sub(text, at - 1, at - 1) == "." then y, stop = match(text, "^(%d%d%d%d)()%f[^%w.]", at) end
  if not y then return nil, at end
  return text_of.full_year(tonumber(y)), stop
end

local function weekday_before(text, from)
  local before = sub(text, math.max(1, from - 24), from - 1)
  local at, word = match(before, "()%f[%a](%a+)%.?,?%s+$")
  if word == "the" then at, word = match(before, "()%f[%a](%a+)%s+the%s+$") end
  local first, before_last = match(before, "()%f[%a](%a+)%.?%s*[-/&]%s*%a+%.?,?%s+$")
  if first and #before_last > 2 and words.weekdays[before_last:lower()] then at, word = first, before_last end
  local day = word and #word > 2 and words.weekdays[word:lower()]
  if day then return day, from - (#before - at + 1) end
  return nil, from
end

-- Whether a list of days may end here, so that its last number counts nothing.
local function ends_list(text, at)
  return match(text, "^%s*$", at) or match(text, "^%s*[.;:)|\n]", at) and not match(text, "^[.:]%d", at)
    or match(text, "^,%s", at) or match(text, "^%s+%d%d%d%d%f[^%w]", at) or match(text, "^%s+[iafo][ntrn]%s", at)
end

-- "3, 10, and 17", "3 and 10": the further days of a list, as atoms of their own in also; gives where the list ends.
local function days_of_list(text, atom, at)
  local also, last, stop, closed = {}, atom.d, at, nil
  while not closed do
    local from, digits, following = match(text, "^,?%s+and%s+()(%d%d?)()", stop)
    if not from then from, digits, following = match(text, "^%s*&%s*()(%d%d?)()", stop) end
    closed = from ~= nil
    if not from then from, digits, following = match(text, "^,%s+()(%d%d?)()%f[^%d]", stop) end
    local d = tonumber(digits)
    if not d or d <= last or d > 31 then return at end
    stop = match(text, "^[snrt][tdh]()%f[%A]", following) or following
    also[#also + 1], last = { from = from, to = stop - 1, m = atom.m, d = d, kind = "date" }, d
  end
  if not ends_list(text, stop) then return at end
  if last == atom.d + #also then
    atom.d2 = last
  else
    atom.also, atom.to = also, at - 1
  end
  return stop
end

-- The days after a month: "30", "30-01", "12th".
local function days_after(text, atom, at)
  local d, stop = match(text, "^[%s%-]+(%d%d?)()", at)
  -- "Dec.3"
  if not d and sub(text, at - 1, at - 1) == "." then d, stop = match(text, "^(%d%d?)()%f[^%w:]", at) end
  if not d or match(text, "^[%d%%]", stop)
    or match(text, "^[:.]%d", stop) or tonumber(d) > 31 or tonumber(d) < 1 then return at end
  stop = match(text, "^[snrt][tdh]()%f[%A]", stop) or stop
  atom.d = tonumber(d)
  local weekday, next_at = text_of.weekday_after(text, stop)
  if weekday and match(text, "^%s*[%(]", stop) then atom.weekday, stop = weekday, next_at end
  local d2, last = match(text, "^%s*[-~&]%s*(%d%d?)()", stop)
  if not d2 then d2, last = match(text, "^%s+to%s+(%d%d?)()", stop) end
  if not d2 then
    -- "Thursday, September 27th to Sunday, 30th"
    local word, day, at_end = match(text, "^%s*[-~t]o?%s*(%u%l+),?%s+(%d%d?)()", stop)
    if word and words.weekdays[word:lower()] and tonumber(day) > atom.d then d2, last = day, at_end end
  end
  if not d2 then
    d2, last = match(text, "^%s+and%s+(%d%d?)()", stop)
    local after = last and (match(text, "^[snrt][tdh]()%f[%A]", last) or last)
    if d2 and not (tonumber(d2) == atom.d + 1 and (after > last or match(text, "^[,.;)]", after) or match(text, "^%s*$", after)
      or match(text, "^%s+%d%d%d%d%f[^%w]", after) or match(text, "^%s+[iafo][ntrn]%w*%s", after))) then d2 = nil end
  end
  if d2 and not match(text, "^[%d:%%]", last) and not match(text, "^%s?[ap]%.?m", last) and tonumber(d2) <= 31
    and not match(text, "^%s+%u%l%l", last) and tonumber(d2) > 0 then
    atom.d2 = tonumber(d2)
    return match(text, "^[snrt][tdh]()%f[%A]", last) or last
  end
  return days_of_list(text, atom, stop)
end

-- "2024 November", "in March last year": the year from before the month, or one that is told by the document's own.
local function year_around(text, atom, at)
  local space, y, gap = match(sub(text, math.max(1, atom.from - 9), atom.from - 1), "()%f[%w](%d%d%d%d)([%s%-]+)$")
  y = tonumber(y)
  -- the first end of a range is over: "Dec 30, 2024 - Jan 2"
  if y and match(gap, "%s%-") and match(sub(text, 1, atom.from - #gap - 5), "%w%W*$") then y = nil end
  if y and y >= 1800 and y <= 2100 then
    atom.y = y
    if not atom.d then atom.from = math.max(1, atom.from - 9) + space - 1 end
    return at
  end
  local word, stop = match(text, "^,?%s+(%a+)%s+year()%f[%A]", at)
  local relative = word and words.english_relative[word:lower()]
  if not relative or relative[1] == "day" then return at end
  atom.relative = { "year", relative[2] }
  return stop
end

-- Whether a month without day and year is one: a preposition before it, or another month at the end of a range.
local function stands_alone(text, s, at, lower)
  local before = match(sub(text, math.max(1, s - 12), s - 1), "(%a+)[%s-]+$")
  before = before and before:lower()
  if before == "and" then
    -- "July and August", not "Eric and Jan"
    local other = match(sub(text, math.max(1, s - 28), s - 1), "(%a+)[%s,.]+and%s+$")
    return other ~= nil and words.months[other:lower()] ~= nil and lower ~= "may"
  end
  if before and words.prepositions[before] then
    return not (lower == "may" and (before == "and" or before == "year" or before == "this"))
  end
  local other = match(text, "^%s*-%s*(%u%a+)", at) or match(text, "^%s+to%s+(%u%a+)", at)
    or match(text, "^%s+through%s+(%u%a+)", at)
  return other ~= nil and words.months[other:lower()] ~= nil
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
  if not atom.y then at = year_around(text, atom, at) end
  if not (atom.y or atom.d or atom.relative) and not stands_alone(text, s, at, lower) then return nil end
  if atom.d then
    atom.kind = "date"
    if not calendar.is_day(atom.y, atom.m, atom.d) then return nil end
    local weekday, begins = weekday_before(text, atom.from)
    atom.weekday, atom.from = weekday or atom.weekday, begins
  end
  local also = atom.also
  if not also then
    atom.to = at - 1
    return atom
  end
  also[#also].to = at - 1
  for _, other in ipairs(also) do other.y = atom.y end
  return atom
end

local function english_season(text, s, e, season)
  local y, stop = year_after(text, e + 1)
  if y then
    -- "winter 2014/15"
    return { from = s, to = (match(text, "^/%d%d()%f[^%w]", stop) or stop) - 1, y = y, season = season, kind = "season" }
  end
  local before = match(sub(text, math.max(1, s - 6), s - 1), "(%d%d%d%d%s+)$")
  if before then return { from = s - #before, to = e, y = tonumber(match(before, "%d+")), season = season, kind = "season" } end
end

local function is_capital(text, at) return byte(text, at) < 0x60 end

local function english_relative(text, s, e, word)
  local unit, n = table.unpack(words.english_relative[word])
  local atom = { from = s, to = e, relative = { unit, n }, kind = "relative" }
  if unit == "day" then
    return not match(text, "^'s%f[%A]", e + 1) and atom or nil
  end
  local name, stop = match(text, "^%s+(%a+)()", e + 1)
  if not name then return nil end
  local following = name:lower()
  atom.to = stop - 1
  local weekday = #following > 2 and words.weekdays[following]
  if weekday and word ~= "past" and not match(text, "^'", stop) then
    atom.relative, atom.weekday = { "weekday", n, weekday }, weekday
    return atom
  end
  if following == "year" or following == "month" then
    -- "in the next month": a length of time, or the one after that told
    if following == "month" and match(sub(text, math.max(1, s - 5), s - 1), "%f[%a][Tt]he%s+$") then return nil end
    atom.relative = { following, n }
    local month, month_end = match(text, "^,?%s+in%s+(%u%a+)()", stop)
    if month and following == "year" and words.months[month:lower()] then
      atom.m, atom.to = words.months[month:lower()], month_end - 1
    end
    return (n ~= 0 or atom.m) and atom or nil
  end
  -- "this may be": small letters make it a verb
  atom.m, atom.season = is_capital(text, stop - #name) and words.months[following] or nil, words.seasons[following]
  if atom.m and #following > 2 and not match(text, "^%s+%d", stop) then return atom end
  return atom.season and atom or nil
end

-- "Q4 2026", "2026 Q4", "H1 2025": only beside a year, for a lone Q1 is a question.
local function letter_quarter(text, s, e)
  local letter, n = sub(text, s, s), tonumber(sub(text, e, e))
  if not is_capital(text, s) or match(text, "^%w", e + 1) then return nil end
  local y, stop = year_after(text, e + 1)
  local from = s
  if not y then
    local before = match(sub(text, math.max(1, s - 6), s - 1), "(%d%d%d%d[%s%-]*)$")
      or match(sub(text, math.max(1, s - 8), s - 1), "([12]%d%d%d%s?년%s?)$")
    y, stop = before and tonumber(match(before, "%d+")), e + 1
    from = before and s - #before or s
  end
  if not y or match(text, "^%w", stop) then return nil end
  local unit = letter == "Q" and "quarter" or "half"
  local atom = { from = from, to = stop - 1, y = y, [unit] = n, kind = unit }
  -- "2024 Q1-Q2", "Q3/Q4 2024"
  local last, at = match(text, "^%s*[-~/]%s*" .. letter .. "([1-4])()%f[^%w]", stop)
  if last and tonumber(last) > n then
    atom.last = { from = stop, to = at - 1, y = y, [unit] = tonumber(last), kind = unit }
    atom.to = at - 1
    return atom
  end
  local first, sign = match(sub(text, math.max(1, s - 6), s - 1), letter .. "([1-4])(%s*[-~/]%s*)$")
  if from == s and first and tonumber(first) < n and not match(sub(text, s - #sign - 3, s - #sign - 3), "%w") then
    atom.last = { from = s, to = stop - 1, y = y, [unit] = n, kind = unit }
    atom.from, atom[unit] = s - #sign - 2, tonumber(first)
  end
  return atom
end

-- "3Q 2025", "2025. 3Q", "2025년 3Q"
local function number_quarter(text, s, e)
  local n = tonumber(sub(text, s, s))
  if not is_capital(text, e) or match(text, "^%a", e + 1) or match(sub(text, s - 1, s - 1), "%w") then return nil end
  local y, stop = year_after(text, e + 1)
  if not y then
    y, stop = match(text, "^(%d%d)()%f[^%w]", e + 1)
    y = y and 2000 + tonumber(y)
  end
  if not y then
    local at
    at, y = match(sub(text, math.max(1, s - 9), s - 1), "()%f[%w]([12]%d%d%d)[%s.]+$")
    if not y then at, y = match(sub(text, math.max(1, s - 9), s - 1), "()%f[%w]([12]%d%d%d)%s?년%s?$") end
    if y then s, y, stop = math.max(1, s - 9) + at - 1, tonumber(y), e + 1 end
    if y and match(text, "^%w", stop) then return nil end
  end
  local unit = sub(text, e, e) == "Q" and "quarter" or "half"
  if y then return { from = s, to = stop - 1, y = y, [unit] = n, kind = unit } end
end

-- "second half of 2024", "first quarter 2025"
local function ordinal_part(text, s, e, n)
  local unit, stop = match(text, "^%s(%a+)()", e + 1)
  unit = unit and unit:lower()
  if not (unit == "quarter" or unit == "half" and n <= 2) then return nil end
  local y, last = year_after(text, stop)
  if y then return { from = s, to = last - 1, y = y, [unit] = n, kind = unit } end
end

local hours = { noon = 12, midnight = 0 }
local hour_words = { at = true, by = true, ["until"] = true, till = true, to = true, from = true, before = true, after = true,
  around = true, ["and"] = true }

local function named_hour(text, s, e, word)
  local before = sub(text, math.max(1, s - 10), s - 1)
  local lead = match(before, "(%a+)%s+$")
  if lead and not hour_words[lead:lower()] or not lead and not match(before, "[-,]%s*$") then return nil end
  return { from = s, to = e, h = hours[word], mi = 0, kind = "time", named = true }
end

-- "the late 19th century"; the present one is no date.
local function century(text, s, e)
  local at, n = match(sub(text, math.max(1, s - 8), s - 1), "()(%d%d?)%l%l[%s-]$")
  n = tonumber(n)
  if not n or n < 10 or n > 20 then return nil end
  local from = math.max(1, s - 8) + at - 1
  return { from = from, to = e, y = (n - 1) * 100, century = true, kind = "year" }
end

-- Every word that may begin a date, and what reads it: function(text, from, to, word) gives an atom or nil.
function english.each_word(add)
  for word in pairs(words.months) do
    add(word, function(text, s, e)
      return is_capital(text, s) and english_month(text, s, e, sub(text, s, e)) or nil
    end)
  end
  for word, season in pairs(words.seasons) do
    if byte(word) < 0x80 then add(word, function(text, s, e) return english_season(text, s, e, season) end) end
  end
  for word in pairs(words.english_relative) do
    add(word, function(text, s, e) return english_relative(text, s, e, word) end)
  end
  for word in pairs(hours) do
    add(word, function(text, s, e) return named_hour(text, s, e, word) end)
  end
  add("century", century)
  for word, n in pairs(words.ordinals) do
    add(word, function(text, s, e) return ordinal_part(text, s, e, n) end)
  end
  for n = 1, 4 do
    add("q" .. n, letter_quarter)
    add(n .. "q", number_quarter)
    if n <= 2 then
      add("h" .. n, letter_quarter)
      add(n .. "h", number_quarter)
    end
  end
end

return english
