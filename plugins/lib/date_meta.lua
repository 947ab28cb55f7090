-- The fields of front matter that bear a date, under all their usual names:
-- when a document was published or changed, and when the event it announces
-- takes place; and the date in its path.  For dates.lua, events.lua and what
-- wants no other date.  Reads days in digits and seconds since 1970; a value in
-- words is dates.lua's to read, which is loaded when there is one.

local calendar = require "lib.calendar"
local words = require "lib.date_words"

local find, match = string.find, string.match

local date_meta = {}

-- Seconds (ten digits) or milliseconds (thirteen) since 1970 as a day of UTC.
local function day_of_seconds(number)
  if number >= 100000000000 then number = number // 1000 end
  local y, m, d = calendar.day_of(calendar.day_number(1970, 1, 1) + number // 86400)
  return ("%04d-%02d-%02d"):format(y, m, d)
end

-- A value as text; numbers are years, days of eight digits, or seconds.
local function text_of(value)
  if type(value) == "string" then
    local seconds = #value >= 10 and #value <= 13 and tonumber(value:match("^1%d+$"))
    return seconds and (#value == 10 or #value == 13) and day_of_seconds(seconds) or value
  end
  local number = math.type(value) and math.tointeger(value)
  if not number or number < 0 or number >= 100000000000000 then return nil end
  return number >= 100000000 and day_of_seconds(number) or ("%d"):format(number)
end

local wanted, none = {}, {}
for _, list in ipairs { words.date_keys, words.event_keys, words.start_keys, words.end_keys } do
  for _, key in ipairs(list) do wanted[key] = true end
end

-- name -> text of all the fields of a document that may date something; nil where there is none.
function date_meta.fields_of(doc)
  local values, fields = doc:fields(wanted), nil
  for name, value in pairs(values or none) do
    local text = text_of(value)
    if text and find(text, "%d") then
      fields = fields or {}
      fields[name] = text
    end
  end
  return fields
end

local function first_of(fields, keys)
  for _, key in ipairs(keys) do
    if fields[key] then return fields[key], key end
  end
end

-- A day, month or year written in a value or a file name: { y, m, d } or nil.
function date_meta.read_loose(text)
  local y, m, d = match(text, "^([12]%d%d%d)%-(%d%d)%-(%d%d)%f[%D]")
  if not y then y, m, d = match(text, "%f[%d]([12]%d%d%d)[-/._]?(%d%d)[-/._]?(%d%d)%f[%D]") end
  if not y then y, m, d = match(text, "%f[%d]([12]%d%d%d)[-/._](%d%d?)[-/._](%d%d?)%f[%D]") end
  if y then
    local year, month, day = tonumber(y), tonumber(m), tonumber(d)
    if calendar.is_day(year, month, day) and year >= 1900 then return { y = year, m = month, d = day } end
  end
  y, m = match(text, "%f[%d]([12]%d%d%d)[-/._](%d%d)%f[%D]")
  if y and tonumber(m) >= 1 and tonumber(m) <= 12 and tonumber(y) >= 1900 then return { y = tonumber(y), m = tonumber(m) } end
  return nil
end

-- The date that the fields of front matter give the document, by the first of the keys in the order of trust; source,
-- key and text say where it was found.
function date_meta.in_fields(fields)
  for _, key in ipairs(fields and words.date_keys or {}) do
    local value = fields[key]
    local point = value and date_meta.read_loose(value)
    if value and not point then
      local found = require("lib.dates").find(value)[1]
      point = found and calendar.read_interval(found.date)
      point = point and point.y and { y = point.y, m = point.m, d = point.d }
    end
    if point then
      point.source, point.key, point.text = "front matter", key, value
      return point
    end
  end
end

-- The date that the fields of a document or its path give it; nil where it would be a guess.
function date_meta.reference(fields, path)
  local point = date_meta.in_fields(fields)
  if point then return point end
  if not find(path, "[12]%d%d%d") then return nil end
  point = date_meta.read_loose(match(path, "[^/]*$")) or date_meta.read_loose(path)
  if point then point.source = "path" end
  return point
end

-- The date or range of what the document announces, as text to be read, and the field; nil where it announces nothing.
function date_meta.of_event(fields)
  if not fields then return nil end
  local text, key = first_of(fields, words.event_keys)
  if text then return text, key end
  local start
  start, key = first_of(fields, words.start_keys)
  if not start then return nil end
  local stop = first_of(fields, words.end_keys)
  return stop and start .. " ~ " .. stop or start, key
end

return date_meta
