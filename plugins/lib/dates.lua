-- Dates and times in running text, Korean and English, as EDTF with their
-- place: what timeline.lua and summary.lua ask.  date_scan.lua finds the
-- atoms; here they are joined to ranges, given the year they lack, and spelt.
-- Works on strings; the only thing of a document it knows is the context that
-- dates.reference() collects.
--
--   local context = dates.context { reference = { y = 2024, m = 12, d = 2 } }
--   for _, found in ipairs(dates.find("4월 27일부터 5월 1일까지", context)) do
--     print(found.date, found.text)       --> 2024-04-27/2024-05-01
--   end

local calendar = require "lib.calendar"
local scan = require "lib.date_scan"
local words = require "lib.date_words"

local match, sub = string.match, string.sub

local dates = {}

-- reference: the document's own date; weak where it is only guessed.
-- heading: a date that governs the present section.  last_year is kept up by find().
function dates.context(fields)
  return { reference = fields.reference, heading = fields.heading, last_year = fields.last_year }
end

-- ------------------------------------------------------------------ joining

local range_gaps = {
  "^%s*[-~]%s*$", "^%s+to%s+$", "^%s+until%s+$", "^%s+till%s+$", "^%s+through%s+$", "^%s+thru%s+$", "^%s*부터%s*$", "^%s*에서%s*$",
  "^%s*부터,%s*$", "^%s*[-~]%s*%(?$",
}

local function is_range_gap(text, a, b)
  local gap = sub(text, a.to + 1, b.from - 1)
  if #gap > 16 then return false end
  for _, pattern in ipairs(range_gaps) do
    if match(gap, pattern) then return true end
  end
  return match(gap, "^%s+and%s+$") and match(sub(text, math.max(1, a.from - 9), a.from - 1), "[Bb]etween%s+$") ~= nil
end

local function join_times(text, atoms)
  local out = {}
  for _, b in ipairs(atoms) do
    local a = out[#out]
    if a and a.kind == "time" and b.kind == "time" and not a.until_time and is_range_gap(text, a, b) then
      a.until_time, a.to, a.kind = b, b.to, "time_range"
    else
      out[#out + 1] = b
    end
  end
  return out
end

local function is_clock(atom) return atom.kind == "time" or atom.kind == "time_range" end

local function attach_times(text, atoms)
  local out = {}
  for _, b in ipairs(atoms) do
    local a = out[#out]
    local gap = a and sub(text, a.to + 1, b.from - 1) or ""
    if a and a.kind == "date" and not a.d2 and not a.clock and is_clock(b)
      and (match(gap, "^[%s,|/@%(T-]*$") or match(gap, "^,?%s+at%s+$") or match(gap, "^,?%s+from%s+$")) then
      a.clock, a.to = b, b.to
    elseif a and is_clock(a) and b.kind == "date" and not b.d2 and (match(gap, "^,?%s+on%s+$") or match(gap, "^,%s+$")) then
      b.clock, b.from = a, a.from
      out[#out] = b
    else
      out[#out + 1] = b
    end
  end
  return out
end

local function join_ranges(text, atoms)
  local out = {}
  for _, b in ipairs(atoms) do
    local a = out[#out]
    local fits = a and not is_clock(a) and not is_clock(b) and not a.last and not a.d2 and not a.y2 and not a.in_name
      and not (a.kind == "year" and b.kind ~= "year" and b.kind ~= "relative" and b.kind ~= "season")
    if fits and is_range_gap(text, a, b) then
      a.last, a.to = b, b.to
    else
      out[#out + 1] = b
    end
  end
  return out
end

-- "부터", "까지", "since": a range with one end.
local function mark_open(text, atom)
  local closes = match(text, "^%s?까지()", atom.to + 1)
  if atom.last or atom.until_time or atom.d2 or atom.y2 then
    atom.to = closes and closes - 1 or atom.to
    return
  end
  local before = match(sub(text, math.max(1, atom.from - 8), atom.from - 1), "(%a+)%s+$")
  before = before and before:lower()
  local opens = match(text, "^%s?부터()", atom.to + 1) or match(text, "^%s이후()", atom.to + 1)
    or match(text, "^%s이래()", atom.to + 1) or match(text, "^%s*[-~]%s*현재()", atom.to + 1)
    or match(text, "^%s*[-~]%s*[Pp]resent()%f[%A]", atom.to + 1) or match(text, "^%s*[-~]%s*[Nn]ow()%f[%A]", atom.to + 1)
    or match(text, "^%s*~()%s*$", atom.to + 1)
  closes = closes or match(text, "^%s이전()", atom.to + 1)
  if opens or (before == "since" or before == "from") and atom.kind ~= "time" then
    atom.open, atom.to = "after", opens and opens - 1 or atom.to
  elseif closes or before == "until" or before == "till" then
    atom.open, atom.to = "before", closes and closes - 1 or atom.to
  end
end

-- ---------------------------------------------------------------- resolving

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

local function resolve_relative(atom, reference)
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
local function resolve_year(text, atoms, index, atom, context)
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
  elseif context.last_year then
    atom.y, atom.resolved = context.last_year, "text before"
  elseif reference then
    atom.y = atom.m and nearest_year(atom, reference) or reference.y
    atom.resolved = reference.source or "reference"
  end
end

-- The other end of a range takes what it lacks from its partner.
local function resolve_last(first, last)
  if last.relative or last.y then return end
  last.y = first.y
  if last.y and last.m and first.m and last.m < first.m then last.y = last.y + 1 end
end

local function resolve_first_from_last(first)
  local last = first.last
  if last and not first.y and not first.relative and last.y and first.m then
    first.y = last.y
    if last.m and first.m > last.m then first.y = first.y - 1 end
    first.resolved = "range"
  end
end

-- ----------------------------------------------------------------- spelling

local function clock_points(clock)
  local second = clock.until_time
  local marker, marker2 = clock.marker, second and second.marker
  local h = scan.hour_of(clock.h, marker or (marker2 == "pm" and clock.h <= second.h and clock.h < 12 and "pm" or nil))
  local a = { h = h, mi = clock.mi }
  if not second then return a end
  local h2 = scan.hour_of(second.h, marker2)
  if not marker2 and h2 < 12 and h < h2 + 12
    and (marker == "pm" or h2 * 60 + second.mi < h * 60 + clock.mi) then
    h2 = h2 + 12
  end
  return a, { h = h2, mi = second.mi }
end

local function point_of(atom)
  return { y = atom.y, m = atom.m, d = atom.d, season = atom.season, decade = atom.decade }
end

-- Start and end points of one atom; the end is nil for a single point.
local function span_of(atom)
  local a = point_of(atom)
  local b
  if atom.quarter or atom.half then
    local months = atom.quarter and 3 or 6
    local first = ((atom.quarter or atom.half) - 1) * months + 1
    return { y = a.y, m = first }, { y = a.y, m = first + months - 1 }
  elseif atom.y2 then
    b = { y = atom.y2 }
  elseif atom.d2 then
    b = { y = a.y, m = a.m, d = atom.d2 }
    if atom.d2 < atom.d then
      local y, m = calendar.add_months(a.y or 1, a.m, 1)
      b.y, b.m = a.y and y, m
    end
  elseif atom.clock then
    local from, to = clock_points(atom.clock)
    a.h, a.mi = from.h, from.mi
    b = to and { y = a.y, m = a.m, d = a.d, h = to.h, mi = to.mi }
  end
  return a, b
end

local function spell(atom)
  if is_clock(atom) then
    local a, b = clock_points(atom)
    local text = calendar.spell(a)
    if b then return text .. "/" .. calendar.spell(b) end
    return text, atom.open
  end
  local a, b = span_of(atom)
  if atom.last then
    local last_a, last_b = span_of(atom.last)
    b = last_b or last_a
  end
  if b then return calendar.spell(a) .. "/" .. calendar.spell(b) end
  return calendar.spell(a), atom.open
end

local function with_open(text, open)
  if open == "after" then return text .. "/.." end
  if open == "before" then return "../" .. text end
  return text
end

-- ----------------------------------------------------------------- finding

local function is_recurring(text, atom)
  local before = sub(text, math.max(1, atom.from - 22), atom.from - 1)
  for _, word in ipairs(words.recurring) do
    local at = before:find(word, 1, true)
    if at and not match(sub(before, at), "[.!?\n]") then return true end
  end
  return false
end

-- A month of an archive widget, "« 2025/04 »".
local function in_widget(text, atom)
  local before = match(sub(text, math.max(1, atom.from - 16), atom.from - 1), "(%S+)%s*$")
  return before and (before:find("\xC2\xAB", 1, true) or before:find("\xE2\x80\xB9", 1, true)) ~= nil
end

local kinds_open = { year = true, month = true, date = true, season = true, quarter = true, half = true, relative = true }

local function kind_of(atom)
  if atom.clock then return atom.clock.until_time and "datetime_range" or "datetime" end
  if (atom.last or atom.d2 or atom.y2) and kinds_open[atom.kind] then return atom.kind .. "_range" end
  return atom.kind
end

-- Whether what is known suffices to stand on a timeline.
local function is_placed(atom)
  if is_clock(atom) then return true end
  if atom.relative and not atom.y then return false end
  return atom.y ~= nil or atom.d ~= nil
end

-- A date that the calendar lacks (31 June) is dropped.
local function is_possible(atom)
  if not atom.d then return true end
  return calendar.is_day(atom.y, atom.m, atom.d) and (not atom.d2 or atom.d2 <= 31)
end

local function settle(text, atoms, index, context)
  local atom = atoms[index]
  if atom.relative then
    resolve_relative(atom, context.reference)
  elseif not is_clock(atom) then
    resolve_first_from_last(atom)
    resolve_year(text, atoms, index, atom, context)
  end
  local last = atom.last
  if last and last.relative then
    if not resolve_relative(last, context.reference) then atom.last = nil end
  elseif last then
    resolve_last(atom, last)
  end
  local named = (last and last.y) or atom.y
  if named and not atom.resolved and not atom.decade and atom.open ~= "after" then context.last_year = named end
end

-- The dates of a text in order: { date, kind, text, from, to, resolved, approximate, unresolved }.
-- date is EDTF; text = the words it rests on, bytes from..to; resolved names what gave the missing
-- year; a day and month without any year are spelt XXXX-07-15 and marked unresolved.
function dates.find(text, context)
  local prepared = scan.prepare(text)
  local atoms = scan.atoms(prepared)
  if #atoms == 0 then return {} end
  context = context or dates.context {}
  atoms = join_ranges(prepared, attach_times(prepared, join_times(prepared, atoms)))
  for _, atom in ipairs(atoms) do mark_open(prepared, atom) end
  local found = {}
  for index, atom in ipairs(atoms) do
    settle(prepared, atoms, index, context)
    if not atom.in_name and is_placed(atom) and is_possible(atom) and not is_recurring(prepared, atom)
      and not in_widget(text, atom) then
      found[#found + 1] = {
        date = with_open(spell(atom)), kind = kind_of(atom), from = atom.from, to = atom.to,
        text = match(sub(text, atom.from, atom.to), "^%s*(.-)%s*$"), resolved = atom.resolved,
        relative = atom.relative ~= nil or nil, approximate = atom.approximate,
        unresolved = (not is_clock(atom) and not atom.y) or nil,
      }
    end
  end
  return found
end

-- The years a text names, those inside names included ("PyCon 2023"): for the guess of a reference.
function dates.years(text)
  local years = {}
  for _, atom in ipairs(scan.atoms(scan.prepare(text))) do
    if atom.y and atom.y >= 1990 and atom.y <= 2100 and not atom.decade and not in_widget(text, atom) then
      years[#years + 1] = (atom.last and atom.last.y) or atom.y2 or atom.y
    end
  end
  return years
end

-- A day, month or year written in a value or a file name: { y, m, d } or nil.
function dates.read_loose(text)
  local y, m, d = match(text, "%f[%d]([12]%d%d%d)[-/._]?(%d%d)[-/._]?(%d%d)%f[%D]")
  if not y then y, m, d = match(text, "%f[%d]([12]%d%d%d)[-/._](%d%d?)[-/._](%d%d?)%f[%D]") end
  if y and calendar.is_day(tonumber(y), tonumber(m), tonumber(d)) and tonumber(y) >= 1900 then
    return { y = tonumber(y), m = tonumber(m), d = tonumber(d) }
  end
  y, m = match(text, "%f[%d]([12]%d%d%d)[-/._](%d%d)%f[%D]")
  if y and tonumber(m) >= 1 and tonumber(m) <= 12 and tonumber(y) >= 1900 then return { y = tonumber(y), m = tonumber(m) } end
  return nil
end

local function reference_in_meta(meta)
  local lowered = {}
  for key, value in pairs(meta or {}) do
    if type(value) == "string" or type(value) == "number" then lowered[key:lower():gsub("%s", "")] = tostring(value) end
  end
  for _, key in ipairs(words.date_keys) do
    local value = lowered[key]
    local point = value and dates.read_loose(value)
    if not point and value then
      local found = dates.find(value)[1]
      point = found and calendar.read_interval(found.date)
      point = point and point.y and { y = point.y, m = point.m, d = point.d }
    end
    if point then
      point.source, point.key, point.text = "front matter", key, value
      return point
    end
  end
end

local function latest(years)
  local best
  for _, y in ipairs(years) do
    if not best or y > best then best = y end
  end
  return best
end

-- The date of a document, best evidence first: front matter, path, title, names of its images, the
-- latest year it speaks of.  fields: meta, path, title, images (list of file names), texts (list).
function dates.reference(fields)
  local point = reference_in_meta(fields.meta)
  if point then return point end
  local path = fields.path or ""
  point = dates.read_loose(match(path, "[^/]*$")) or dates.read_loose(path)
  if point then
    point.source = "path"
    return point
  end
  local year = latest(dates.years(fields.title or ""))
  if year then return { y = year, source = "title" } end
  for _, name in ipairs(fields.images or {}) do
    local file = match(name, "[^/]*$")
    local found = dates.read_loose(file)
    if found and found.d and found.y >= 1995 and (not point or calendar.day_number(found.y, found.m, found.d)
      > calendar.day_number(point.y, point.m, point.d)) then
      point = found
    end
  end
  if point then
    point.source, point.weak = "image names", true
    return point
  end
  local years = {}
  for _, text in ipairs(fields.texts or {}) do table.move(dates.years(text), 1, 99, #years + 1, years) end
  year = latest(years)
  return year and { y = year, source = "text", weak = true } or nil
end

return dates
