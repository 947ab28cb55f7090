-- What four digits date: a year, "2024-11-30", "2024년 11월", "2008.1 - 2012.12",
-- "2024/25".  A bare year counts where something beside it says so; in a name it
-- is context.  For date_scan.lua; an atom is described there.

local calendar = require "lib.calendar"
local clock = require "lib.date_clock"
local korean = require "lib.date_korean"
local misspelt = require "lib.date_misspelt"
local text_of = require "lib.date_text"
local weeks = require "lib.date_weeks"
local words = require "lib.date_words"

local match, sub = string.match, string.sub

local years = {}

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
function years.with_last_day(text, atom, separator)
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

-- The year that the four digits from s to e are, with what hangs on them, or the hour.
function years.four_digits(text, s, e)
  local hour = clock.of_four_digits(text, s, e)
  if hour then return hour end
  local y = tonumber(sub(text, s, e))
  if y < 1000 or y > 2199 then return nil end
  local week = weeks.after_year(text, s, e, y)
  if week then return week end
  local atom = { from = s, to = e, y = y, kind = "year" }
  -- "2025. 11월" is written for "2025년 11월"
  local after = match(text, "^%s?년()", e + 1) or match(text, "^%.()%s?%d%d?%s?월", e + 1)
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
    -- "3. ~ 12. 5." has a month there, and its day behind
    if d2 and tonumber(d2) > atom.d and tonumber(d2) <= 31 and not match(text, "^[:/.-]%d", next_at)
      and not match(text, "^%.%s?%d%d?%f[%D]", next_at)
      and not text_of.unit_follows(text, next_at) then
      atom.d2, stop = tonumber(d2), next_at
    end
    local closed = text_of.close(text, atom, stop)
    return atom.d2 and closed or years.with_last_day(text, closed, separator)
  end
  local later = month_span(text, atom, e + 1)
  if later then return later end
  separator, m, stop = match(text, "^([-/])(%d%d?)()%f[^%w_]", e + 1)
  if not separator then separator, m, stop = match(text, "^(%.)%s?(%d%d)()%f[^%w]", e + 1) end
  if not separator then separator, m, stop = match(text, "^(%.)%s(%d%d?)%.()", e + 1) end
  if separator and tonumber(m) >= 1 and tonumber(m) <= 12 and not match(text, "^[-./]%d", stop)
    and y >= 1900 and y <= 2100 then
    atom.m, atom.kind, atom.to = tonumber(m), "month", stop - 1
    return atom
  end
  if y < 1800 or y > 2100 then return nil end
  return not match(text, "^[%w_]", e + 1) and misspelt.before_year(text, s, e, y) or bare_year(text, s, e, atom)
end

return years
