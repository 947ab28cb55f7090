-- Dates and times in running text, Korean and English, as EDTF with their
-- place: what events.lua and date_meta.lua ask.  date_scan.lua finds the
-- atoms; here they are joined to ranges, given the year they lack, and spelt.
-- Works on strings; the only thing of a document it knows is the context that
-- dates.reference() collects.
--
--   local context = dates.context { reference = { y = 2024, m = 12, d = 2 } }
--   for _, found in ipairs(dates.find("4월 27일부터 5월 1일까지", context)) do
--     print(found.date, found.text)       --> 2024-04-27/2024-05-01
--   end

local calendar = require "lib.calendar"
local date_meta = require "lib.date_meta"
local hour_of = require("lib.date_clock").hour_of
local resolve = require "lib.date_resolve"
local scan = require "lib.date_scan"
local sentences = require "lib.sentences"
local words = require "lib.date_words"

local find, match, sub = string.find, string.match, string.sub

local dates = {}

-- reference: the document's own date; weak where it is only guessed.  reference, heading and title_year may be
-- functions, called when a date first needs them.
-- heading: a date that governs the present section.  title_year: the one year of the title.  day_first: whether the
-- text has days before months in digits ("30/06/2024"); may be a function too.
-- find() keeps last_year and section_year, the last year named, and days, the years of days (month * 32 + day) so far;
-- the caller takes section_year away where a section begins.
function dates.context(fields)
  return { reference = fields.reference, heading = fields.heading, last_year = fields.last_year,
    title_year = fields.title_year, day_first = fields.day_first, section_year = nil, days = {} }
end

-- ------------------------------------------------------------------ joining

local range_gaps = {
  "^%s*[-~]%s*$", "^%s+to%s+$", "^%s+until%s+$", "^%s+till%s+$", "^%s+through%s+$", "^%s+thru%s+$", "^%s*부터%s*$", "^%s*에서%s*$",
  "^%s*부터,%s*$", "^%s*[-~]%s*%(?$", "^/$",
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

local function is_relative_day(atom)
  local unit = atom.relative and atom.relative[1]
  return unit == "day" or unit == "week" or unit == "weekday"
end

local function attach_times(text, atoms)
  local out = {}
  for _, b in ipairs(atoms) do
    local a = out[#out]
    local gap = a and sub(text, a.to + 1, b.from - 1) or ""
    if a and (a.kind == "date" or is_relative_day(a)) and not a.d2 and not a.clock and is_clock(b)
      and (match(gap, "^[%s,|/@%(T-]*$") or match(gap, "^,?%s+at%s+$") or match(gap, "^,?%s+from%s+$")) then
      a.clock, a.to = b, b.to
    elseif a and is_clock(a) and (b.kind == "date" or is_relative_day(b)) and not b.d2
      and (match(gap, "^,?%s+on%s+$") or match(gap, "^,%s+$")) then
      b.clock, b.from = a, a.from
      out[#out] = b
    else
      out[#out + 1] = b
    end
  end
  return out
end

-- "moved from Q4 2025 to H1 2026", "11월 30일에서 12월 7일로 옮겨": two dates, and no time between them.
local function is_move(text, a, b)
  local before = sub(text, math.max(1, a.from - 40), a.from - 1)
  for _, verb in ipairs(words.moves) do
    if find(before, verb, 1, true) and match(before, "%sfrom%s+$") then return true end
  end
  local after = match(text, "^로%s+([\xEA-\xED][\x80-\xBF][\x80-\xBF])", b.to + 1)
    or match(text, "^으로%s+([\xEA-\xED][\x80-\xBF][\x80-\xBF])", b.to + 1)
  return after ~= nil and words.korean_moves[after] == true
end

local function join_ranges(text, atoms)
  local out = {}
  for _, b in ipairs(atoms) do
    local a = out[#out]
    local fits = a and not is_clock(a) and not is_clock(b) and not a.last and not a.d2 and not a.y2 and not a.in_name
      and not (a.kind == "year" and b.kind ~= "year" and b.kind ~= "relative" and b.kind ~= "season")
    if fits and is_range_gap(text, a, b) and not is_move(text, a, b) then
      a.last, a.to = b, b.to
    else
      out[#out + 1] = b
    end
  end
  return out
end

local list_gaps = { "^%s*,%s*$", "^,?%s+and%s+$", "^,?%s+or%s+$", "^%s*&%s*$", "^\xC2\xB7$" }

local function is_listed(text, a, b)
  if a.kind ~= "year" or b.kind ~= "year" or a.decade or b.decade then return false end
  local gap = sub(text, (a.last and a.last.to or a.to) + 1, b.from - 1)
  for _, pattern in ipairs(list_gaps) do
    if match(gap, pattern) then return true end
  end
  return false
end

local joins = { ["and"] = true, ["or"] = true, to = true, at = true, with = true }

-- "in 2008, 2010 and 2011", "2008, 2010, 2011년에": what dates one year of a list dates all.
local function mark_lists(text, atoms)
  for i = 2, #atoms do
    local a, b = atoms[i - 1], atoms[i]
    local following = match(text, "^%s+(%a+)", b.to + 1)
    if b.in_name and not a.in_name and is_listed(text, a, b) and (not following or joins[following]) then
      b.in_name = nil
    end
  end
  for i = #atoms - 1, 1, -1 do
    local a, b = atoms[i], atoms[i + 1]
    -- "(Lee, 1977, 1981)" is a source and dates nothing
    if a.in_name and not b.in_name and (b.listed or sub(text, b.to - 2, b.to) == "년") and is_listed(text, a, b)
      and not match(sub(text, math.max(1, a.from - 4), a.from - 1), "[%w\x80-\xFF]%s*$") then
      a.in_name, a.listed = nil, true
    end
  end
end

-- "봄에는 A, 가을에는 B": what is done in the one and the other, year by year.
local function is_habit(text, atoms, index)
  if not match(text, "^에는", atoms[index].to + 1) then return false end
  for i, other in ipairs(atoms) do
    if i ~= index and other.lone and match(text, "^에는", other.to + 1) then return true end
  end
  return false
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
    or match(text, "^%s*~()%s*$", atom.to + 1) or match(text, "^%s*~()%s*[).|\n]", atom.to + 1)
    or match(text, "^%s+onwards?()%f[%A]", atom.to + 1) or match(text, "^%s*-()%s*%)", atom.to + 1)
  closes = closes or match(text, "^%s이전()", atom.to + 1)
    or match(sub(text, math.max(1, atom.from - 8), atom.from - 1), "[^%w\x80-\xFF)%].%s]%s*~%s*()$")
    or atom.from <= 8 and match(sub(text, 1, atom.from - 1), "^%s*~%s*()$")
  if opens or before == "since" and atom.kind ~= "time" then
    atom.open, atom.to = "after", opens and opens - 1 or atom.to
  elseif closes or before == "until" or before == "till" then
    atom.open, atom.to = "before", math.max(closes and closes - 1 or 0, atom.to)
  end
end

-- ----------------------------------------------------------------- spelling

local function clock_points(clock)
  local second = clock.until_time
  local marker, marker2 = clock.marker, second and second.marker
  local h = hour_of(clock.h, marker or (marker2 == "pm" and clock.h <= second.h and clock.h < 12 and "pm" or nil))
  local a = { h = h, mi = clock.mi }
  if not second then return a end
  local h2 = hour_of(second.h, marker2)
  if not marker2 and h2 < 12 and h * 60 + clock.mi < (h2 + 12) * 60 + second.mi
    and (marker == "pm" or h2 * 60 + second.mi < h * 60 + clock.mi) then
    h2 = h2 + 12
  end
  return a, { h = h2, mi = second.mi }
end

local function point_of(atom)
  return { y = atom.y, m = atom.m, d = atom.d, season = atom.season, decade = atom.decade, century = atom.century }
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
  if atom.y and not atom.resolved then return false end
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
  if atom.relative and not atom.y then return atom.m ~= nil end
  -- "작년" alone compares, it dates nothing
  if atom.relative and atom.kind == "relative" and atom.relative[1] == "year" and not (atom.m or atom.season or atom.last) then
    return false
  end
  return atom.y ~= nil or atom.d ~= nil or atom.kind == "month" and atom.m ~= nil
end

-- A date that the calendar lacks (31 June) is dropped.
local function is_possible(atom)
  if not atom.d then return true end
  return calendar.is_day(atom.y, atom.m, atom.d) and (not atom.d2 or atom.d2 <= 31)
end

-- "05/06/2024" beside "30/06/2024" is in June; a weekday decides before that.
local function swap_day(atom, context)
  if not (atom and atom.swappable) then return end
  local told = atom.weekday and calendar.weekday(atom.y, atom.m, atom.d) ~= atom.weekday
    and calendar.weekday(atom.y, atom.d, atom.m) == atom.weekday
  if told or not atom.weekday and resolve.ask(context, "day_first") then atom.m, atom.d = atom.d, atom.m end
end

local function settle(text, atoms, index, context)
  local atom = atoms[index]
  if atom.relative then
    resolve.relative(atom, resolve.ask(context, "reference"))
  elseif not is_clock(atom) then
    swap_day(atom, context)
    swap_day(atom.last, context)
    resolve.first_from_last(atom)
    resolve.year(text, atoms, index, atom, context)
    if atom.y and atom.d then
      context.days[atom.m * 32 + atom.d] = atom.y
      if atom.d2 then context.days[atom.m * 32 + atom.d2] = atom.y end
    end
  end
  local last = atom.last
  if last and last.relative then
    if not resolve.relative(last, resolve.ask(context, "reference")) then atom.last = nil end
  elseif last then
    resolve.last(atom, last)
  end
  local named = (last and last.y) or atom.y
  if named and not atom.resolved and not (atom.decade or atom.century) and atom.open ~= "after" then
    context.last_year = named
    -- "DevFest 2025" names what it names, and tells nothing of the year that is told of
    if not atom.in_name then context.section_year = named end
  end
end

-- A sign of three bytes may have been cut where its ASCII form ends.
local function whole_characters(text, from, to)
  while from > 1 and match(text, "^[\x80-\xBF]", from) do from = from - 1 end
  while match(text, "^[\x80-\xBF]", to + 1) do to = to + 1 end
  return from, to
end

-- Whether a text may have a date: most have none, and this costs next to nothing.
dates.may_hold, dates.find_shape = scan.may_hold, scan.find_shape

-- Whether a text has any words or digits that dates.find reads: what it gives may still be nothing.
function dates.has_words(text) return scan.may_hold(text) and #scan.atoms(scan.prepare(text)) > 0 end

-- The dates of a text in order: { date, kind, text, from, to, resolved, approximate, unresolved }.
-- date is EDTF; text = the words it rests on, bytes from..to; resolved names what gave the missing
-- year; a day and month without any year are spelt XXXX-07-15 and marked unresolved.
function dates.find(text, context)
  if not scan.may_hold(text) then return {} end
  local prepared = scan.prepare(text)
  local atoms = scan.atoms(prepared)
  if #atoms == 0 then return atoms end
  context = context or dates.context {}
  atoms = join_ranges(prepared, attach_times(prepared, join_times(prepared, atoms)))
  mark_lists(prepared, atoms)
  for _, atom in ipairs(atoms) do mark_open(prepared, atom) end
  local found = {}
  for index, atom in ipairs(atoms) do
    settle(prepared, atoms, index, context)
    if not atom.in_name and is_placed(atom) and is_possible(atom) and not is_recurring(prepared, atom)
      and not in_widget(text, atom) and not (atom.lone and is_habit(prepared, atoms, index)) then
      local from, to = whole_characters(text, atom.from, atom.to)
      found[#found + 1] = {
        date = with_open(spell(atom)), kind = kind_of(atom), from = from, to = to,
        text = match(sub(text, from, to), "^%s*(.-)%s*$"), resolved = atom.resolved,
        relative = atom.relative ~= nil or nil, approximate = atom.approximate,
        unresolved = (not is_clock(atom) and not atom.y) or nil,
      }
    end
  end
  return found
end

-- The years a text names, those inside names included ("PyCon 2023"): for the guess of a reference.  The second list
-- has those that stand in names alone.
function dates.years(text)
  local years, in_names = {}, {}
  if not find(text, "%d%d%d%d") then return years, in_names end
  for _, atom in ipairs(scan.atoms(scan.prepare(text))) do
    if atom.y and atom.y >= 1990 and atom.y <= 2100 and not (atom.decade or atom.century) and not in_widget(text, atom) then
      years[#years + 1] = (atom.last and atom.last.y) or atom.y2 or atom.y
      if atom.in_name then in_names[#in_names + 1] = atom.y end
    end
  end
  return years, in_names
end

local function latest(years)
  local best
  for _, y in ipairs(years) do
    if not best or y > best then best = y end
  end
  return best
end

local find_posted = quern.text.finder({ "posted", "published", "updated", "written on", "last modified", "date:", "작성일", "작성",
  "등록일", "발행일", "게시", "수정" }, "iw")

-- "songpyeon·", "by Kim Lee |": a name and a sign before the day.
local function is_byline(before)
  return #before <= 40 and match(before, "^[^.!?:]+%S%s*()$") ~= nil
    and (match(before, "\xC2\xB7%s*$") or match(before, "|%s*$")) ~= nil
end

-- The day of a line that dates its document: "2024. 5. 27. 8:05", "Posted on 18 March 2025 by ...", "2025년 3월 20일
-- (목) 오후 7시 · 대구"; a sentence does not.
function dates.read_line(text)
  if #text > 160 or not scan.may_hold(text) then return nil end
  local found = dates.find(text)[1]
  local point = found and calendar.read_interval(found.date)
  if not (point and point.y and point.d) or found.resolved then return nil end
  local around = sub(text, 1, found.from - 1) .. sub(text, found.to + 1)
  local alone = not find(around, "[%a\x80-\xFF]") or #text <= 100 and is_byline(sub(text, 1, found.from - 1))
  local stamp = point.h and not sentences.is_ended(text)
  local posted = find_posted(text)
  if not (alone or stamp or posted and posted <= 12) then return nil end
  return { y = point.y, m = point.m, d = point.d, text = found.text }
end

-- The year of a month that a title is written together with: "September2010Meeting".
local function glued_year(title)
  for word, y in title:gmatch("(%a+)(%d%d%d%d)%f[%D]") do
    if words.months[word:lower()] and y >= "1980" and y <= "2100" then return tonumber(y) end
  end
end

-- A list, or a function that makes it when it is asked for.
local function given(list) return type(list) == "function" and list() or list or {} end

-- The latest year that the texts speak of: a guess, and no more than a bound where it is but told of (told).
local function reference_in_texts(texts)
  local best, named
  for _, text in ipairs(texts) do
    local years, in_names = dates.years(text)
    best = latest { best or 0, table.unpack(years) }
    named = latest { named or 0, table.unpack(in_names) }
  end
  if not best or best == 0 then return nil end
  return { y = best, source = "text", weak = true, told = best > named or nil }
end

-- The date of a document, best evidence first: front matter, path, title, names of its images, the
-- latest year it speaks of.  fields: dated (date_meta.fields_of), path, title, opening (the first lines), images (file
-- names), texts; the lists may be functions that give them, called only when all else fails.
function dates.reference(fields)
  local point = date_meta.reference(fields.dated, fields.path or "")
  if point then return point end
  for _, text in ipairs(given(fields.opening)) do
    point = dates.read_line(text)
    if point then
      point.source = "first lines"
      return point
    end
  end
  local year = latest(dates.years(fields.title or "")) or glued_year(fields.title or "")
  if year then return { y = year, source = "title" } end
  for _, name in ipairs(given(fields.images)) do
    local file = match(name, "[^/]*$")
    local found = date_meta.read_loose(file)
    if found and found.d and found.y >= 1995 and (not point or calendar.day_number(found.y, found.m, found.d)
      > calendar.day_number(point.y, point.m, point.d)) then
      point = found
    end
  end
  if point then
    point.source, point.weak = "image names", true
    return point
  end
  return reference_in_texts(given(fields.texts))
end

return dates
