-- "Febuary 3, 2025", "Decemter 1 - 5, 2025": a month with one letter wrong,
-- missing, too many or in the place of the next, where a day and a year stand
-- beside it.  For date_years.lua, which asks when it has the year; an atom is
-- described in date_scan.lua.

local calendar = require "lib.calendar"
local words = require "lib.date_words"

local match, sub = string.match, string.sub

local date_misspelt = {}

-- Shorter names are too near to other words.
local names = {}
for name, m in pairs(words.months) do
  if #name >= 6 then names[#names + 1] = { name, m } end
end

-- Whether one change of a letter, or of two neighbours, makes a of b.
local function is_near(a, b)
  local from = 1
  while from <= #a and sub(a, from, from) == sub(b, from, from) do from = from + 1 end
  local rest_a, rest_b = sub(a, from), sub(b, from)
  return sub(rest_a, 2) == sub(rest_b, 2) or sub(rest_a, 2) == rest_b or rest_a == sub(rest_b, 2)
    or sub(rest_a, 1, 2):reverse() == sub(rest_b, 1, 2) and sub(rest_a, 3) == sub(rest_b, 3)
end

local function month_of(word)
  local lower = word:lower()
  if words.months[lower] then return nil end
  for _, entry in ipairs(names) do
    if math.abs(#lower - #entry[1]) <= 1 and is_near(lower, entry[1]) then return entry[2] end
  end
end

-- The day, or the days, that the year from s to e closes; nil where no such month stands before it.
function date_misspelt.before_year(text, s, e, y)
  local base = math.max(1, s - 40)
  local before = sub(text, base, s - 1)
  local at, word, d, d2 = match(before, "()%f[%a](%u%l%l%l%l+)%s+(%d%d?)%a?%a?%s*[-~]%s*(%d%d?)%a?%a?,?%s+$")
  if not at then at, word, d = match(before, "()%f[%a](%u%l%l%l%l+)%s+(%d%d?)%a?%a?,?%s+$") end
  if not at then at, d, word = match(before, "()%f[%w](%d%d?)%a?%a?%s+(%u%l%l%l%l+),?%s+$") end
  local m = word and month_of(word)
  d, d2 = tonumber(d), tonumber(d2)
  if not m or not calendar.is_day(y, m, d) or d2 and (d2 <= d or not calendar.is_day(y, m, d2)) then return nil end
  return { from = base + at - 1, to = e, y = y, m = m, d = d, d2 = d2, kind = "date" }
end

return date_misspelt
