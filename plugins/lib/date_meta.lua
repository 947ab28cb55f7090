-- The fields of front matter that bear a date, under all their usual names:
-- when a document was published or changed, and when the event it announces
-- takes place.  For dates.lua and events.lua; what the values mean is theirs
-- to read.  Knows no syntax of dates but seconds since 1970.

local calendar = require "lib.calendar"
local words = require "lib.date_words"

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

-- "Start_Date", "start-date" and "startDate" are one name.
local function plain_name(key) return (key:lower():gsub("[%s_-]", "")) end

local wanted = {}
for _, list in ipairs { words.date_keys, words.event_keys, words.start_keys, words.end_keys } do
  for _, key in ipairs(list) do wanted[key] = true end
end

-- name -> text of all the fields that may date something; nil where there is none.
local function fields_of(meta)
  local fields
  for key, value in pairs(meta or {}) do
    local name = wanted[key] and key or plain_name(key)
    local text = wanted[name] and text_of(value)
    if text and text:find("%d") then
      fields = fields or {}
      fields[name] = fields[name] or text
    end
  end
  return fields
end

-- The dates of the document itself in the order of trust: { { key, text }, ... }.
function date_meta.of_document(meta)
  local fields, list = fields_of(meta), {}
  if not fields then return list end
  for _, key in ipairs(words.date_keys) do
    if fields[key] then list[#list + 1] = { key, fields[key] } end
  end
  return list
end

local function first_of(fields, keys)
  for _, key in ipairs(keys) do
    if fields[key] then return fields[key], key end
  end
end

-- The date or range of what the document announces, as text to be read, and the field; nil where it announces nothing.
function date_meta.of_event(meta)
  local fields = fields_of(meta)
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
