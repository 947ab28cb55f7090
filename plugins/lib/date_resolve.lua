-- Gives an atom of time the year, month or day that its words leave out: from
-- its sentence, from the heading, from the date of the document, from the
-- text before.  For dates.lua; an atom is described in date_scan.lua.

local calendar = require "lib.calendar"

local match, sub = string.match, string.sub

local resolve = {}

local function distance(y, m, d, reference)
  return math.abs(calendar.day_number(y, m, d) - calendar.day_number(reference.y, reference.m or 7, reference.d or 1))
end

-- The year that puts month and day nearest to the reference; a weekday decides before nearness does.
local function nearest_year(atom, reference)
  local best, best_score
  for _, y in ipairs { reference.y, reference.y - 1, reference.y + 1 } do
    local d = atom.d or 15
    local score = (reference.m or y ~= reference.y) and distance(y, atom.m, math.min(d, 28), reference) or 0
    if atom.d and atom.weekday and calendar.is_day(y, atom.m, d) and calendar.weekday(y, atom.m, d) == atom.weekday then
      score = score - 10000
    end
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
    if last.y and not last.decade and not other.open and not last.resolved then return last.y2 or last.y end
  end
  for i = index + 1, math.min(#atoms, index + 8) do
    local other = atoms[i]
    if sentence_between(text, atoms[index].to, other.from) then return nil end
    if other.y and other.in_name and not other.resolved then return other.y end
  end
end

local season_month = { [21] = 3, [22] = 6, [23] = 9, [24] = 12 }

function resolve.relative(atom, reference)
  local unit, n = atom.relative[1], atom.relative[2]
  if not reference then return false end
  atom.resolved = "reference"
  if unit == "year" then
    atom.y = reference.y + n
  elseif unit == "month" then
    if not reference.m then return false end
    atom.y, atom.m = calendar.add_months(reference.y, reference.m, n)
    atom.kind = atom.d and "date" or "month"
  elseif unit == "day" then
    if not reference.d or reference.weak then return false end
    local y, m, d = reference.y, reference.m, reference.d + n
    if d < 1 then
      y, m = calendar.add_months(y, m, -1)
      d = d + calendar.days_in(y, m)
    elseif d > calendar.days_in(y, m) then
      d = d - calendar.days_in(y, m)
      y, m = calendar.add_months(y, m, 1)
    end
    atom.y, atom.m, atom.d = y, m, d
  else
    local month = atom.m or atom.season and season_month[atom.season]
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
    elseif unit == "next" and month <= here then
      atom.y = atom.y + 1
    end
  end
  return true
end

-- Gives atom.y; atom.resolved says from where.
function resolve.year(text, atoms, index, atom, context)
  if atom.y then return end
  local y = year_in_sentence(text, atoms, index)
  if y then
    atom.y, atom.resolved = y, "sentence"
    return
  end
  local heading, reference = context.heading, context.reference
  if heading and heading.y then
    atom.y, atom.resolved = heading.y, "heading"
  elseif reference and not reference.weak and atom.m then
    atom.y, atom.resolved = nearest_year(atom, reference), reference.source or "reference"
    -- told after a year of its own, a day of that year is no day of the next
    if atom.y == reference.y + 1 and context.section_year == reference.y then atom.y = reference.y end
  elseif context.last_year then
    atom.y, atom.resolved = context.last_year, "text before"
  elseif reference then
    atom.y = atom.m and nearest_year(atom, reference) or reference.y
    atom.resolved = reference.source or "reference"
  end
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
