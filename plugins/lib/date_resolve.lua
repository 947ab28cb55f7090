-- Gives an atom of time the year, month or day that its words leave out.  The
-- witnesses of a year are asked in this order:
--   1. another date of the same sentence;
--   2. the nearest heading above that names a year, the section's own first;
--   3. the date of the document (front matter, else path, else its first lines):
--      the year that puts the day nearest to it, where that is far off by the
--      tense of the sentence, the title's year, the last year of the section;
--   4. the year of the same day before; the last year the text named before; a
--      guessed date of the document.
-- A weekday beside the day refutes 1 and 2 where 3 agrees with it.  For
-- dates.lua; an atom is described in date_scan.lua.

local calendar = require "lib.calendar"

local match, sub = string.match, string.sub

local resolve = {}

-- A witness of the context: what it is, or what its function says when it is asked first.
function resolve.ask(context, name)
  local value = context[name]
  if type(value) == "function" then
    value = value() or false
    context[name] = value
  end
  return value or nil
end

local function fits_weekday(atom, y)
  if not (atom.d and atom.weekday) then return true end
  return calendar.is_day(y, atom.m, atom.d) and calendar.weekday(y, atom.m, atom.d) == atom.weekday
end

-- Days from the reference to month and day in a year, and whether that is later.
local function distance(atom, y, reference)
  if not reference.m then return 0 end
  local day = calendar.day_number(y, atom.m, math.min(atom.d or 15, 28))
  local here = calendar.day_number(reference.y, reference.m, reference.d or 1)
  return math.abs(day - here), day > here
end

-- The year that puts month and day nearest to the reference; a weekday decides before nearness does.
local function nearest_year(atom, reference)
  local best, best_score
  for _, y in ipairs { reference.y, reference.y - 1, reference.y + 1 } do
    local score = (reference.m or y ~= reference.y) and distance(atom, y, reference) or 0
    if atom.weekday and fits_weekday(atom, y) then score = score - 10000 end
    if not best or score < best_score then best, best_score = y, score end
  end
  return best
end

local function sentence_between(text, from, to)
  if to - from > 400 then return true end
  return match(sub(text, from, to), "[.!?。]%s") ~= nil or match(sub(text, from, to), "\n\n") ~= nil
end

-- The last year named before an atom in its sentence, open ranges aside.
local function year_in_sentence(text, atoms, index)
  for i = index - 1, math.max(1, index - 8), -1 do
    local other = atoms[i]
    if sentence_between(text, other.to, atoms[index].from) then return nil end
    local last = other.last or other
    if last.y and not (last.decade or last.century) and not other.open and not last.resolved then return last.y2 or last.y end
  end
  for i = index + 1, math.min(#atoms, index + 8) do
    local other = atoms[i]
    if sentence_between(text, atoms[index].to, other.from) then return nil end
    local follows = i == index + 1 and other.kind == atoms[index].kind and other.from - atoms[index].to <= 12
    if other.y and not other.resolved and (other.in_name or follows and not other.open) then return other.y end
  end
end

local season_month = { [21] = 3, [22] = 6, [23] = 9, [24] = 12 }

-- Days from a weekday to that of { "week", n, weekday } (weeks begin on Monday) or of { "weekday", n, weekday }: the
-- last before it, the next after it, or this day or the next one of that name.
local function days_to(relative, today)
  local unit, n, weekday = relative[1], relative[2], relative[3]
  if unit == "week" then return weekday - today + 7 * n end
  if n < 0 then return -((today - weekday - 1) % 7 + 1) end
  if n > 0 then return (weekday - today - 1) % 7 + 1 end
  return (weekday - today) % 7
end

function resolve.relative(atom, reference)
  local unit, n = atom.relative[1], atom.relative[2]
  if not reference or reference.told then return false end
  atom.resolved = "reference"
  if unit == "year" then
    atom.y = reference.y + n
  elseif unit == "month" then
    if not reference.m then return false end
    atom.y, atom.m = calendar.add_months(reference.y, reference.m, n)
    atom.kind = atom.d and "date" or "month"
  elseif unit == "day" or unit == "week" or unit == "weekday" then
    if not reference.d or reference.weak then return false end
    local days = unit == "day" and n or days_to(atom.relative, calendar.weekday(reference.y, reference.m, reference.d))
    atom.y, atom.m, atom.d = calendar.add_days(reference.y, reference.m, reference.d, days)
  else
    local month = atom.m or atom.season and season_month[atom.season]
    if atom.season and unit == "last" then
      -- the last one that is over; the winter that began in December bears the year before
      atom.y = reference.y - (reference.m and month + 3 <= reference.m and 0 or not reference.m and month < 12 and 0 or 1)
      return true
    end
    if not month then
      if not (reference.d and atom.d) then return false end
      atom.y, atom.m = reference.y, reference.m
      if atom.d > reference.d then atom.y, atom.m = calendar.add_months(reference.y, reference.m, -1) end
      return true
    end
    atom.y = reference.y
    local here = reference.m or (unit == "last" and 12 or 0)
    if unit == "last" and (month > here or month == here and atom.d and reference.d and atom.d > reference.d) then
      atom.y = atom.y - 1
    elseif unit == "next" and (month < here or month == here and not (atom.d and reference.d and atom.d > reference.d)) then
      atom.y = atom.y + 1
    end
  end
  return true
end

-- Nearer than this, in days, the year needs no other witness.
local NEAR = 60

-- The year by the date of the document: the nearest, unless that is far off and tense, title or section say another.
local function year_by_reference(text, atom, context, reference)
  local y = nearest_year(atom, reference)
  if atom.d and atom.weekday and fits_weekday(atom, y) then return y, reference.source end
  local days, is_later = distance(atom, y, reference)
  local tense = (days > NEAR or y > reference.y) and require("lib.date_tense").of(text, atom)
  -- told after a year of its own, a day of that year is no day of the next
  if y > reference.y and tense ~= "future" and (tense == "past" or context.section_year == reference.y) then
    return reference.y, tense and "tense" or "section"
  end
  if days <= NEAR then return y, reference.source end
  if tense == "past" then return is_later and y - 1 or y, "tense" end
  if tense == "future" then return is_later and y or y + 1, "tense" end
  local title = resolve.ask(context, "title_year")
  if title and math.abs(title - reference.y) <= 1 then return title, "title" end
  return y, reference.source
end

-- "그해 11월", "이듬해 3월", "in May that year": the year told last, or the one after.
local function year_pointed_at(text, atom, last_year)
  if not last_year then return nil end
  local before, after = sub(text, math.max(1, atom.from - 16), atom.from - 1), sub(text, atom.to + 1, atom.to + 24)
  if match(before, "그해%s*$") or match(before, "그 해%s*$") or match(before, "같은 해%s*$") or match(after, "^ that year%f[%A]")
    or match(after, "^ of that year%f[%A]") or match(after, "^ of the same year%f[%A]") then return last_year end
  if match(before, "이듬해%s*$") or match(before, "다음 해%s*$") or match(after, "^ the following year%f[%A]")
    or match(after, "^ of the following year%f[%A]") or match(after, "^ the next year%f[%A]") then return last_year + 1 end
end

-- Years that a weekday is looked for in, from the year named last: a post tells of years gone by before its own.
local YEARS_ON = 4

-- The year named last, or where the weekday refutes it the next one that fits; nil where none does.
local function year_from(atom, last_year)
  if not atom.m then return last_year end
  for y = last_year, last_year + YEARS_ON do
    if fits_weekday(atom, y) then return y end
  end
end

-- Gives atom.y; atom.resolved says from where.
function resolve.year(text, atoms, index, atom, context)
  if atom.y then return end
  atom.y = year_pointed_at(text, atom, context.last_year)
  if atom.y then
    atom.resolved = "text before"
    return
  end
  local heading, reference = resolve.ask(context, "heading"), resolve.ask(context, "reference")
  local has_day = reference and not reference.weak and atom.m
  local y, source = year_in_sentence(text, atoms, index), "sentence"
  if not y and heading and heading.y then y, source = heading.y, "heading" end
  -- a weekday refutes the year of other words where the document's own date fits it
  if y and has_day and not fits_weekday(atom, y) and fits_weekday(atom, nearest_year(atom, reference)) then y = nil end
  if not y and has_day then
    y, source = year_by_reference(text, atom, context, reference)
  elseif not y and atom.d and context.days[atom.m * 32 + atom.d] then
    y, source = context.days[atom.m * 32 + atom.d], "text before"
  elseif not y and context.last_year then
    y, source = year_from(atom, context.last_year), "text before"
  elseif not y and reference then
    y, source = atom.m and nearest_year(atom, reference) or reference.y, reference.source
    -- a guessed year is none where the weekday says so
    if atom.m and reference.weak and not fits_weekday(atom, y) then y = nil end
  end
  if y then atom.y, atom.resolved = y, source or "reference" end
end

-- The other end of a range takes what it lacks from its partner.
function resolve.last(first, last)
  if last.relative or last.y then return end
  last.y = first.y
  if last.y and last.m and first.m and last.m < first.m then last.y = last.y + 1 end
end

function resolve.first_from_last(first)
  local last = first.last
  if last and not first.y and not first.relative and last.y and first.m then
    first.y = last.y
    if last.m and first.m > last.m then first.y = first.y - 1 end
    first.resolved = "range"
  end
end

return resolve
