-- Writes RFC 5545 calendars: escaped text, lines folded at 75 octets between
-- characters, UIDs made from the content so that a second run updates instead
-- of doubling.  Times are floating (no zone is known), days are all-day events
-- whose end is exclusive.

local calendar = require "lib.calendar"

local ics = {}

function ics.escape(text)
  return (text:gsub("[\\;,]", "\\%0"):gsub("\r\n?", "\n"):gsub("\n", "\\n"):gsub("%c", " "))
end

-- Folded so that no UTF-8 character is cut.
function ics.fold(line)
  if #line <= 75 then return line end
  local parts, at, room = {}, 1, 75
  while at <= #line do
    local stop = math.min(at + room - 1, #line)
    while stop < #line and stop > at and line:byte(stop + 1) >= 0x80 and line:byte(stop + 1) < 0xC0 do stop = stop - 1 end
    parts[#parts + 1] = line:sub(at, stop)
    at, room = stop + 1, 74
  end
  return table.concat(parts, "\r\n ")
end

-- 64 bits of FNV-1a as 16 hexadecimal digits: a stable name, no secret.
function ics.uid(...)
  local hash = 0xcbf29ce484222325
  for byte in (table.concat({ ... }, "\0")):gmatch(".") do
    hash = (hash ~ byte:byte()) * 0x100000001b3
  end
  return ("%016x@quern"):format(hash)
end

-- "2026-01-02T03:04:05Z" -> "20260102T030405Z"
function ics.stamp(instant)
  local y, m, d, h, mi, s = instant:match("^(%d+)-(%d%d)-(%d%d)T(%d%d):(%d%d):(%d%d)")
  return y and ("%s%s%sT%s%s%sZ"):format(y, m, d, h, mi, s) or "19700101T000000Z"
end

local function day(point) return ("%04d%02d%02d"):format(point.y, point.m, point.d) end

local function day_after(point)
  local y, m, d = calendar.next_day(point.y, point.m, point.d)
  return day { y = y, m = m, d = d }
end

-- Midnight at the end of a day (24:00, or a last day without an hour) is the start of the next.
local function instant(point)
  if not point.h or point.h > 23 then return day_after(point) .. "T000000" end
  return ("%sT%02d%02d00"):format(day(point), point.h, point.mi or 0)
end

-- The DTSTART and DTEND lines for an EDTF date; nil where no day is known.
function ics.span(date)
  local from, to = calendar.read_interval(date)
  from = from or to
  if not (from and from.y and from.m and from.d) then return nil end
  if not (to and to.y and to.d) then to = from end
  if from.h then
    local first, last = instant(from), instant(to)
    return { "DTSTART:" .. first, last > first and "DTEND:" .. last or nil }
  end
  if day(to) < day(from) then to = from end
  return { "DTSTART;VALUE=DATE:" .. day(from), "DTEND;VALUE=DATE:" .. day_after(to) }
end

-- events: { date, summary, description, location }; returns the text and the number left out.
function ics.write(name, events, now)
  local lines = { "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//quern//timeline//EN", "CALSCALE:GREGORIAN",
    "X-WR-CALNAME:" .. ics.escape(name) }
  local function add(line) lines[#lines + 1] = line end
  local left_out, seen = 0, {}
  for _, event in ipairs(events) do
    local span = ics.span(event.date)
    if not span then
      left_out = left_out + 1
    else
      local uid = ics.uid(event.date, event.summary, event.source or "")
      seen[uid] = (seen[uid] or 0) + 1
      if seen[uid] > 1 then uid = ics.uid(event.date, event.summary, event.source or "", ("%d"):format(seen[uid])) end
      add "BEGIN:VEVENT"
      add("UID:" .. uid)
      add("DTSTAMP:" .. ics.stamp(now))
      table.move(span, 1, #span, #lines + 1, lines)
      add("SUMMARY:" .. ics.escape(event.summary))
      if event.description then add("DESCRIPTION:" .. ics.escape(event.description)) end
      add "TRANSP:TRANSPARENT"
      add "END:VEVENT"
    end
  end
  add "END:VCALENDAR"
  for i, line in ipairs(lines) do lines[i] = ics.fold(line) .. "\r\n" end
  return table.concat(lines), left_out
end

return ics
