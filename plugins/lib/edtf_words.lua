-- EDTF dates in the words of a reader, Korean or English: "2021-21" becomes
-- "2021년 봄" or "Spring 2021", "../2025-10-31" "2025-10-31까지" or "until
-- 2025-10-31", "T10:20/T11:00" "10:20–11:00".  For the pages; what it cannot
-- read stays as it is written.

local calendar = require "lib.calendar"

local edtf_words = {}

local months = { "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
  "November", "December" }

local languages = {
  ko = {
    weekdays = { "월", "화", "수", "목", "금", "토", "일" },
    seasons = { [21] = "봄", [22] = "여름", [23] = "가을", [24] = "겨울" },
    season = "{year}년 {part}", decade = "{year}년대", century = "{part}세기", month = "{year}년 {part}월", month_alone = "{part}월",
    month_day = "{month}월 {part}일", quarter = "{year}년 {part}분기", half = { "{year}년 상반기", "{year}년 하반기" },
    from = "{part}부터", till = "{part}까지", short_month = "{part}월", year_month = "{year}년 {part}월",
  },
  en = {
    weekdays = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" },
    seasons = { [21] = "Spring", [22] = "Summer", [23] = "Autumn", [24] = "Winter" },
    season = "{part} {year}", decade = "{year}s", century = "{part}th century", month = "{name} {year}", month_alone = "{name}",
    month_day = "{part} {name}", quarter = "Q{part} {year}", half = { "First half of {year}", "Second half of {year}" },
    from = "from {part}", till = "until {part}", short_month = "{short}", year_month = "{short} {year}",
  },
}

-- The year is shown as it is; names of the month go by the number.
local function fill(pattern, point, part)
  local name = months[point.m] or ""
  local values = { year = point.y and ("%d"):format(point.y) or "", month = point.m and ("%d"):format(point.m) or "",
    part = part and tostring(part) or "", name = name, short = name:sub(1, 3) }
  return (pattern:gsub("{(%a+)}", values))
end

local function clock(point) return ("%02d:%02d"):format(point.h, point.mi or 0) end

local function day(point) return ("%04d-%02d-%02d"):format(point.y, point.m, point.d) end

-- One side of a date; with_weekday for days that stand alone.
local function point_words(point, words, with_weekday)
  local text
  if point.decade then
    text = fill(words.decade, point)
  elseif point.century then
    text = fill(words.century, point, point.y // 100 + 1)
  elseif point.season then
    text = fill(words.season, point, words.seasons[point.season])
  elseif point.y and point.m and point.d then
    text = day(point)
    if with_weekday and calendar.is_day(point.y, point.m, point.d) then
      text = ("%s (%s)"):format(text, words.weekdays[calendar.weekday(point.y, point.m, point.d)])
    end
  elseif point.y then
    text = point.m and fill(words.month, point, point.m) or ("%d"):format(point.y)
  elseif point.m then
    text = point.d and fill(words.month_day, point, point.d) or fill(words.month_alone, point, point.m)
  end
  if not point.h then return text end
  return text and text .. " " .. clock(point) or clock(point)
end

-- Whole quarters and halves of a year are called so.
local function part_of_year(from, to, words)
  if not (from.y and from.y == to.y and from.m and to.m) or from.d or to.d or from.season or to.season then return nil end
  if to.m == from.m + 2 and from.m % 3 == 1 then return fill(words.quarter, from, (from.m + 2) // 3) end
  if to.m == from.m + 5 and from.m % 6 == 1 then return fill(words.half[from.m // 6 + 1], from) end
end

local function is_same_day(a, b) return a.y == b.y and a.m == b.m and a.d == b.d end

local function range_words(from, to, words)
  local part = part_of_year(from, to, words)
  if part then return part end
  if from.h and to.h and is_same_day(from, to) then
    return ("%s–%s"):format(point_words(from, words, true), clock(to))
  end
  local a, b = point_words(from, words), point_words(to, words)
  return a and b and ("%s – %s"):format(a, b)
end

-- lang: "ko" or "en".
function edtf_words.date(date, lang)
  local words = languages[lang] or languages.en
  local from, to, is_range = calendar.read_interval(date)
  local text
  if not is_range then
    text = from and point_words(from, words, true)
  elseif from and to then
    text = range_words(from, to, words)
  elseif from then
    text = fill(words.from, {}, point_words(from, words, true))
  elseif to then
    text = fill(words.till, {}, point_words(to, words, true))
  end
  return text and text ~= "" and text or date
end

-- For the labels of an axis: "3월" / "Mar", "2025년 3월" / "Mar 2025".
function edtf_words.month(m, lang) return fill((languages[lang] or languages.en).short_month, { m = m }, m) end

function edtf_words.year_month(y, m, lang) return fill((languages[lang] or languages.en).year_month, { y = y, m = m }, m) end

-- What HTML's datetime attribute takes: day, month, year, instant without zone, clock time; nil for the rest of EDTF.
function edtf_words.datetime(date)
  local point, _, is_range = calendar.read_interval(date)
  if not point or is_range or point.season or point.decade or point.century then return nil end
  if point.m and point.d and not calendar.is_day(point.y, point.m, point.d) then return nil end
  if point.y and point.y < 1 or point.m and point.m < 1 then return nil end
  if point.h and (point.h > 23 or (point.mi or 0) > 59) then return nil end
  if not (point.y or point.m) then return point.h and clock(point) end
  return (date:gsub("^XXXX%-", ""))
end

return edtf_words
