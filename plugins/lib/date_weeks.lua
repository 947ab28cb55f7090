-- Weeks of the year as ISO 8601 writes them: "2024-W48" is the seven days from
-- its Monday, "2024-W48-6" one of them.  For date_years.lua; an atom is
-- described in date_scan.lua.

local calendar = require "lib.calendar"

local match = string.match

local date_weeks = {}

-- The day or the week that the year from s to e begins; nil where no week follows.
function date_weeks.after_year(text, s, e, y)
  local dash, week, stop = match(text, "^(%-?)W(%d%d)()", e + 1)
  week = tonumber(week)
  if not week or week < 1 or week > 53 then return nil end
  local weekday, last = match(text, "^" .. (dash == "-" and "%-" or "") .. "([1-7])()%f[^%w]", stop)
  if not weekday and match(text, "^[%w_-]", stop) then return nil end
  -- the fourth of January is always in the first week
  local monday = calendar.day_number(y, 1, 4) - (calendar.weekday(y, 1, 4) - 1) + (week - 1) * 7
  local thursday_year = calendar.day_of(monday + 3)
  if thursday_year ~= y then return nil end
  local atom = { from = s, to = (last or stop) - 1, kind = "date" }
  atom.y, atom.m, atom.d = calendar.day_of(monday + (weekday and tonumber(weekday) - 1 or 0))
  if not weekday then
    local _, _, sunday = calendar.day_of(monday + 6)
    atom.d2 = sunday
  end
  return atom
end

return date_weeks
