-- Clock times: "10:20", "오후 4시 반", "2-4pm", "at 2045", with the half of the
-- day that stands beside them.  For date_scan.lua; an atom is described there.

local text_of = require "lib.date_text"
local words = require "lib.date_words"

local find, match, sub, byte = string.find, string.match, string.sub, string.byte

local clock = {}

local function day_part_before(text, s)
  local last = s - 1
  while last > 0 and byte(text, last) == 0x20 do last = last - 1 end
  for _, part in ipairs(words.day_parts) do
    local word = part[1]
    local from = last - #word + 1
    if from > 0 and sub(text, from, last) == word then
      -- "UniversityPM 7:15": a sign at the edge of a cell
      local is_edge = find(word, "^%u") and find(text, "^%l", from - 1)
      if byte(word) >= 0x80 or from == 1 or is_edge or not find(text, "^%a", from - 1) then return part[2], from end
    end
  end
  return nil, s
end

local function day_part_after(text, at)
  local letter, stop = match(text, "^%s?([AaPp])%.?[Mm]%.?()", at)
  if letter and not match(text, "^%a", stop) then return letter:lower() .. "m", stop end
  return nil, at
end

-- The hour of the day that "오후 4", "밤 11", "12 am" mean.
function clock.hour_of(h, marker)
  if marker == "pm" and h < 12 then return h + 12 end
  if marker == "noon" and h < 6 then return h + 12 end
  if marker == "night" and h >= 6 and h < 12 then return h + 12 end
  if marker == "am" and h == 12 then return 0 end
  return h
end

local told_particles = { "로 ", "은", "는 ", "를 ", "을 ", "로$", "는$", "를$" }

local function is_told_number(text, at, h)
  -- "(1:15)": a length, a rate, the place of a recording
  if h < 7 and match(text, "^%)", at) and match(text, "^%(%d:", at - 5) then return true end
  for _, particle in ipairs(told_particles) do
    if match(text, "^" .. particle, at) then return true end
  end
  return false
end

local function time_atom(text, s, h, mi, at)
  local h_text = h
  h, mi = tonumber(h), tonumber(mi or 0)
  if h > 24 or mi > 59 then return nil end
  local marker, from = day_part_before(text, s)
  local after = at
  -- "21:19로 이겼다", "10:10은": told as a word, no clock shows it
  if not marker and match(text, "^:", s + #h_text) and is_told_number(text, at, h) then return nil end
  if not marker then marker, after = day_part_after(text, at) end
  return { from = from, to = after - 1, h = h, mi = mi, marker = marker, kind = "time" }
end

-- What may follow 시 for it to be an hour: anything but a word that goes on.
local hour_endings = { "부터", "까지", "에", "쯤", "경", "정각", "반", "전", "이", "의", "로", "가", "를", "와", "과", "입", "였", "엔", "~" }

local function hour_ends(text, at)
  if not text_of.hangul_at(text, at) then return true end
  for _, ending in ipairs(hour_endings) do
    if sub(text, at, at + #ending - 1) == ending then return true end
  end
  return false
end

-- The clock time that one or two digits at s begin, and where to go on if they are none for good.
function clock.small_number(text, s, digits, after)
  local mi, stop = match(text, "^:(%d%d)()%f[^%d]", after)
  -- "7.30pm" is a clock by its half of the day
  if not mi and tonumber(digits) <= 12 then
    mi, stop = match(text, "^%.([0-5]%d)()%s?[ap]%.?m%f[%A]", after)
    if mi then return time_atom(text, s, digits, mi, stop) end
  end
  if mi then
    local second = match(text, "^:%d%d()", stop)
    if second then
      local before = sub(text, math.max(1, s - 3), s - 1)
      if not match(before, "%d[T ]$") then return nil, second end
    end
    return time_atom(text, s, digits, mi, second or stop)
  end
  stop = match(text, "^%s?시()", after)
  if stop and not match(text, "^간", stop) and hour_ends(text, stop) then
    local minutes, next_at = match(text, "^%s?(%d%d?)%s?분()", stop)
    if not minutes then
      next_at = match(text, "^%s?반()", stop)
      minutes = next_at and 30
    end
    return time_atom(text, s, digits, minutes, next_at or stop)
  end
  local marker
  marker, stop = day_part_after(text, after)
  if marker and tonumber(digits) <= 12 then
    return { from = s, to = stop - 1, h = tonumber(digits), mi = 0, marker = marker, kind = "time" }
  end
  -- "2-4pm", "오후 2~5시": the first number borrows the unit of the second.
  local second
  second, stop = match(text, "^%s?%s?[-~]%s?%s?(%d%d?)%s?()", after)
  if not second then second, stop = match(text, "^%s+to%s+(%d%d?)%s?()", after) end
  if second and tonumber(second) <= 24 then
    marker = day_part_after(text, match(text, "^:%d%d()", stop) or stop)
    local hours = match(text, "^시()", stop)
    if (marker or hours and hour_ends(text, hours) and not match(text, "^간", hours)) and tonumber(digits) <= 24 then
      local part, from = day_part_before(text, s)
      return { from = from, to = after - 1, h = tonumber(digits), mi = 0,
        marker = part or marker, kind = "time" }
    end
  end
  return nil
end

-- Four digits as a time of day, in minutes: hours and minutes, the latter by fives.
local function minutes_of(digits)
  local h, mi = tonumber(sub(digits, 1, 2)), tonumber(sub(digits, 3, 4))
  return h <= 23 and mi <= 59 and mi % 5 == 0 and h * 60 + mi or nil
end

local month_names = {}
for name in pairs(words.months) do month_names[#month_names + 1] = name end
local find_month = quern.text.finder(month_names, "iw")

-- "16 August, 1400-1545", "from 1400-1545": whether two numbers of four digits are hours.  Those that may be years need
-- a day before them.
local function are_hours(text, s, first, second)
  local from, to = minutes_of(first), minutes_of(second)
  if not from or not to or to <= from then return false end
  local before = sub(text, math.max(1, s - 70), s - 1)
  if find_month(before) and (find(before, "%d%d?,?%s%a") or find(before, "%a%.?%s%d%d?%f[%D]")) then return true end
  local is_year = tonumber(second) >= 1600 and tonumber(first) <= 2100
  return not is_year and find(before, "%f[%a][Ff]rom%s+$") ~= nil
end

-- Whether four digits at s are the second of two hours.
function clock.is_second_hour(text, s)
  local first = match(sub(text, math.max(1, s - 9), s - 1), "%f[%d](%d%d%d%d)%s*%-%s*$")
  local second = match(text, "^(%d%d%d%d)%f[^%w]", s)
  return first ~= nil and second ~= nil and are_hours(text, s - 5, first, second)
end

-- The hour that four digits are, as the first or the second of two.
local function one_of_two(text, s, e)
  local second = match(text, "^%s*%-%s*(%d%d):?(%d%d)%f[^%w]", e + 1)
  local minutes = second and match(text, "^%s*%-%s*%d%d:?(%d%d)", e + 1)
  local is_first = second and are_hours(text, s, sub(text, s, e), second .. minutes)
  if not is_first and not clock.is_second_hour(text, s) then return nil end
  return { from = s, to = e, h = tonumber(sub(text, s, s + 1)), mi = tonumber(sub(text, s + 2, e)), kind = "time" }
end

-- "arrives at 2045.": four digits of a clock, where nothing follows that they may count or number.
function clock.of_four_digits(text, s, e)
  local ranged = one_of_two(text, s, e)
  if ranged then return ranged end
  local h, mi = tonumber(sub(text, s, s + 1)), tonumber(sub(text, s + 2, e))
  if h > 23 or mi > 59 or not match(sub(text, math.max(1, s - 4), s - 1), "%f[%a][Aa]t%s+$") then return nil end
  local stop = match(text, "^%s?h[ours]*()%f[%A]", e + 1)
  local closed = match(text, "^[%].,;)]", e + 1) and not match(text, "^[.,]%d", e + 1)
  if not (stop or closed or match(text, "^%s*$", e + 1) or match(text, "^%s*[|\n]", e + 1)) then return nil end
  return { from = s, to = (stop or e + 1) - 1, h = h, mi = mi, kind = "time" }
end

return clock
