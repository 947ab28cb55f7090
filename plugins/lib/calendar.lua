-- Calendar arithmetic and EDTF (ISO 8601-2) spelling, for dates.lua, the
-- timeline and the calendar writer.  Knows the Gregorian calendar and nothing
-- of languages or documents.
--
-- A point is a table with some of: y, m, d, h, mi (numbers), season (21-24),
-- decade, century (true).  A missing year is spelt XXXX.

local calendar = {}

local month_days = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }

function calendar.is_leap(y)
  return y % 4 == 0 and (y % 100 ~= 0 or y % 400 == 0)
end

function calendar.days_in(y, m)
  if m == 2 and (not y or calendar.is_leap(y)) then return 29 end
  return month_days[m]
end

function calendar.is_day(y, m, d)
  return m >= 1 and m <= 12 and d >= 1 and d <= calendar.days_in(y, m)
end

-- Days since 0000-03-01, in closed form: years are counted from March so that the leap day comes last.
function calendar.day_number(y, m, d)
  local shifted = m > 2 and y or y - 1
  local month = (m + 9) % 12
  return 365 * shifted + shifted // 4 - shifted // 100 + shifted // 400 + (month * 306 + 5) // 10 + d - 1
end

-- The day of such a number.
function calendar.day_of(number)
  local y = (10000 * number + 14780) // 3652425
  local rest = number - (365 * y + y // 4 - y // 100 + y // 400)
  if rest < 0 then
    y = y - 1
    rest = number - (365 * y + y // 4 - y // 100 + y // 400)
  end
  local month = (100 * rest + 52) // 3060
  return y + (month + 2) // 12, (month + 2) % 12 + 1, rest - (month * 306 + 5) // 10 + 1
end

-- 1 = Monday ... 7 = Sunday.
function calendar.weekday(y, m, d)
  return (calendar.day_number(y, m, d) + 2) % 7 + 1
end

function calendar.next_day(y, m, d)
  if d < calendar.days_in(y, m) then return y, m, d + 1 end
  if m < 12 then return y, m + 1, 1 end
  return y + 1, 1, 1
end

-- The day so many days later, at most a month away.
function calendar.add_days(y, m, d, n)
  d = d + n
  if d < 1 then
    y, m = calendar.add_months(y, m, -1)
    return y, m, d + calendar.days_in(y, m)
  end
  local days = calendar.days_in(y, m)
  if d <= days then return y, m, d end
  y, m = calendar.add_months(y, m, 1)
  return y, m, d - days
end

function calendar.add_months(y, m, n)
  local count = y * 12 + (m - 1) + n
  return count // 12, count % 12 + 1
end

local function clock(point)
  return ("T%02d:%02d"):format(point.h, point.mi or 0)
end

-- "2024-11-30", "2024-09", "2022-22", "198X", "T16:00", "2024-11-30T16:00", "XXXX-07-15"
function calendar.spell(point)
  if not point.m and not point.season and not point.y then return clock(point) end
  if point.y and point.d and not (point.h or point.season or point.decade or point.century) then
    return ("%04d-%02d-%02d"):format(point.y, point.m, point.d)
  end
  local text = point.y and ("%04d"):format(point.y) or "XXXX"
  if point.decade then return text:sub(1, 3) .. "X" end
  if point.century then return text:sub(1, 2) .. "XX" end
  if point.season then return ("%s-%02d"):format(text, point.season) end
  if point.m then text = ("%s-%02d"):format(text, point.m) end
  if point.d then text = ("%s-%02d"):format(text, point.d) end
  if point.d and point.h then text = text .. clock(point) end
  return text
end

local season_start = { [21] = 3, [22] = 6, [23] = 9, [24] = 12 }

-- Reads one side of an EDTF text back into a point; nil for ".." and unknown forms.
function calendar.read(text)
  local date, h, mi = text:match("^([^T]*)T(%d%d):(%d%d)$")
  local point = h and { h = tonumber(h), mi = tonumber(mi) } or {}
  date = date or text
  if date == "" then return h and point or nil end
  local y, m, d = date:match("^(%d%d[%dX][%dX])%-?(%d*)%-?(%d*)$")
  if not y then
    m, d = date:match("^XXXX%-(%d%d)%-?(%d*)$")
    if not m then return nil end
  elseif y:sub(3) == "XX" then
    y, point.century = y:sub(1, 2) .. "00", true
  elseif y:sub(4) == "X" then
    y, point.decade = y:sub(1, 3) .. "0", true
  end
  point.y, point.m, point.d = tonumber(y), tonumber(m), tonumber(d)
  if point.m and point.m > 12 then point.season, point.m = point.m, season_start[point.m] end
  return point
end

-- "a/b" -> point a, point b, is_range.  An open side is nil.
function calendar.read_interval(text)
  local from, to = text:match("^([^/]+)/([^/]+)$")
  if not from then
    local point = calendar.read(text)
    return point, point, false
  end
  return calendar.read(from), calendar.read(to), true
end

-- The first and the last day a point may mean: year, month, day twice; nil without a year.
function calendar.bounds(point)
  local y, m, d = point.y, point.m, point.d
  if not y then return nil end
  if point.decade then return { y = y, m = 1, d = 1 }, { y = y + 9, m = 12, d = 31 } end
  if point.century then return { y = y, m = 1, d = 1 }, { y = y + 99, m = 12, d = 31 } end
  if point.season then
    local last_y, last_m = calendar.add_months(y, m, 2)
    return { y = y, m = m, d = 1 }, { y = last_y, m = last_m, d = calendar.days_in(last_y, last_m) }
  end
  local last_m = m or 12
  return { y = y, m = m or 1, d = d or 1 }, { y = y, m = last_m, d = d or calendar.days_in(y, last_m) }
end

-- A text that sorts as time does: dated before undated, the wider span before what lies in it.
function calendar.sort_key(text)
  local from, to = calendar.read_interval(text)
  local point = from or to
  if not point then return "3" .. text end
  local rank = point.y and "0" or (point.m and "1" or "2")
  local width = point.d and "2" or (point.m and "1" or "0")
  return ("%s%04d%02d%02d%s%02d%02d"):format(rank, point.y or 0, point.m or 0, point.d or 0, width,
    point.h or 0, point.mi or 0) .. text
end

return calendar
