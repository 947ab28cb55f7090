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
  local weekday, next_at = text_of.weekday_after(text, stop)
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

local function is_capital(text, at) return byte(text, at) < 0x60 end

-- "Q4 2026", "2026 Q4", "H1 2025": only beside a year, for a lone Q1 is a question.
local function letter_quarter(text, s, e)
  local letter, n = sub(text, s, s), tonumber(sub(text, e, e))
  if not is_capital(text, s) or match(text, "^%w", e + 1) then return nil end
  local y, stop = year_after(text, e + 1)
  local from = s
  if not y then
    local before = match(sub(text, math.max(1, s - 6), s - 1), "(%d%d%d%d[%s%-]*)$")
    y, stop = before and tonumber(match(before, "%d+")), e + 1
    from = before and s - #before or s
  end
  if not y or match(text, "^%w", stop) then return nil end
  local quarter = letter == "Q"
  return { from = from, to = stop - 1, y = y, quarter = quarter and n or nil, half = not quarter and n or nil,
    kind = quarter and "quarter" or "half" }
end

-- "3Q 2025"
local function number_quarter(text, s, e)
  if not is_capital(text, e) or match(text, "^%a", e + 1) or match(sub(text, s - 1, s - 1), "%w") then return nil end
  local y, stop = year_after(text, e + 1)
  if y then return { from = s, to = stop - 1, y = y, quarter = tonumber(sub(text, s, s)), kind = "quarter" } end
end

-- "second half of 2024", "first quarter 2025"
local function ordinal_part(text, s, e, n)
  local unit, stop = match(text, "^%s(%a+)()", e + 1)
  unit = unit and unit:lower()
  if not (unit == "quarter" or unit == "half" and n <= 2) then return nil end
  local y, last = year_after(text, stop)
  if y then return { from = s, to = last - 1, y = y, [unit] = n, kind = unit } end
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
  for word, n in pairs(words.ordinals) do
    add(word, function(text, s, e) return ordinal_part(text, s, e, n) end)
  end
  for n = 1, 4 do
    add("q" .. n, letter_quarter)
    if n <= 2 then add("h" .. n, letter_quarter) end
    add(n .. "q", number_quarter)
  end
end

return english
