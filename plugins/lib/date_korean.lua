-- Dates in Korean words: what follows "11월" and "2018년", relative words, lone
-- seasons.  For date_scan.lua; an atom is described there.

local text_of = require "lib.date_text"
local words = require "lib.date_words"

local match, sub, byte = string.match, string.sub, string.byte

local korean = {}

-- "7월 21부터 8월 4일까지", "7월 21(금)", "7월 21 ~ 8월 4일": a day that goes without its word.
local function bare_day(text, at)
  local d, after = match(text, "^%s*(%d%d?)()", at)
  d = tonumber(d)
  if not d or d < 1 or d > 31 then return nil, at end
  if match(text, "^%s?부터%f[^\x80-\xFF]", after) or match(text, "^%s?까지", after)
    or match(text, "^%s*[-~]%s*%d%d?%s?월%s*%d", after) or match(text, "^%s*%(", after) and text_of.weekday_after(text, after) then
    return d, after
  end
  return nil, at
end

local joints = { "^%s*,%s*(%d%d?)%s?일()", "^\xC2\xB7(%d%d?)%s?일()", "^과%s+(%d%d?)%s?일()", "^와%s+(%d%d?)%s?일()",
  "^%s+및%s+(%d%d?)%s?일()" }

-- "10일 만에", "10일 뒤": a count of days.
local function counts_on(text, at)
  for _, word in ipairs { "만", "전", "후", "뒤", "째" } do
    if match(text, "^%s?" .. word, at) then return true end
  end
  return false
end

-- "3일, 10일, 17일", "3일과 10일": the further days of a list, as atoms of their own in also.
local function add_days(text, atom)
  if atom.relative then return atom end
  local also, last = {}, atom
  while true do
    local following
    for _, joint in ipairs(joints) do
      local d, stop = text_of.day_after(text, last.to + 1, joint)
      if d and d > last.d and not counts_on(text, stop) then
        following = { from = match(text, "()%d", last.to + 1), y = atom.y, m = atom.m, d = d, kind = "date" }
        text_of.close(text, following, stop)
        break
      end
    end
    if not following then break end
    also[#also + 1], last = following, following
  end
  if #also > 0 and not last.d2 and not match(text, "^%s*[-~]", last.to + 1) then atom.also = also end
  return atom
end

-- "3, 4, 5일", "3, 10, 17일": days that share one word; in a row they are one range.
local function days_of_list(text, atom, at)
  local base, list, after = match(text, "^%s*()(%d%d?%s?,[%d%s,]*%d)%s?일()", at)
  if not base or #list > 40 or match(text, "^간", after) or match(text, "^차", after) or match(text, "^%s?동안", after) then
    return nil
  end
  local days, in_row = {}, true
  for offset, digits in list:gmatch("()(%d+)") do
    local d, before = tonumber(digits), days[#days]
    if d < 1 or d > 31 or before and d <= before.d then return nil end
    local from = base + offset - 1
    days[#days + 1] = { from = from, to = from + #digits - 1, y = atom.y, m = atom.m, d = d, kind = "date" }
    in_row = in_row and (not before or d == before.d + 1)
  end
  atom.d, atom.kind = days[1].d, "date"
  if in_row then
    atom.d2 = days[#days].d
    return text_of.close(text, atom, after)
  end
  atom.to = days[1].to
  text_of.close(text, days[#days], after)
  atom.also = table.move(days, 2, #days, 1, {})
  return atom
end

-- After "11월": a day, two days, a part of the month.
function korean.days(text, atom, at)
  local d, d2, after = match(text, "^%s*(%d%d?)%s*[-~]%s*(%d%d?)%s?일()", at)
  if not d then
    local list = not atom.relative and days_of_list(text, atom, at)
    if list then return list end
    -- "29, 30일"
    d, d2, after = match(text, "^%s*(%d%d?)%s*,%s*(%d%d?)%s?일()", at)
    if not d then d, d2, after = match(text, "^%s*(%d%d?)\xC2\xB7(%d%d?)%s?일()", at) end
    if d and tonumber(d2) ~= tonumber(d) + 1 then d = nil end
  end
  if d then
    atom.d, atom.d2, atom.kind = tonumber(d), tonumber(d2), "date"
    return text_of.close(text, atom, after)
  end
  atom.d, after = text_of.day_after(text, at)
  if not atom.d then atom.d, after = bare_day(text, at) end
  if not atom.d then
    for _, part in ipairs(words.korean_parts) do
      local stop = match(text, "^%s?" .. part[1] .. "()", at) or match(text, "^%s?%(" .. part[1] .. "%)()", at)
      if stop and not match(text, "^[\xEA-\xED]", stop) or stop and match(text, "^부터", stop)
        or stop and match(text, "^까지", stop) or stop and match(text, "^에", stop) then
        atom.part, after = part[1], stop
        break
      end
    end
    return text_of.close(text, atom, after)
  end
  atom.kind = "date"
  local weekday, next_at = text_of.weekday_after(text, after)
  d2, after = text_of.day_after(text, next_at, "^%s*[-~]%s*(%d%d?)%s?일()")
  if not d2 then d2, after = text_of.day_after(text, next_at, "^%s*부터%s*(%d%d?)%s?일()") end
  if not d2 then d2, after = text_of.day_after(text, next_at, "^%s*에서%s*(%d%d?)%s?일()") end
  if not d2 then
    local second, stop = match(text, "^%s*[-~]%s*(%d%d?)()%f[^%d]", next_at)
    if second and tonumber(second) > atom.d and tonumber(second) <= 31 and not text_of.unit_follows(text, stop) then
      d2, after = tonumber(second), stop
    end
  end
  if not d2 then
    -- "12일과 13일", "12일, 13일": two days in a row are one range
    for _, joint in ipairs { "과", "와", "및", "," } do
      local second, stop = text_of.day_after(text, next_at, "^%s*" .. joint .. "%s*(%d%d?)%s?일()")
      if second == atom.d + 1 then d2, after = second, stop end
    end
  end
  if d2 then
    atom.d2, atom.weekday = d2, weekday
    return text_of.close(text, atom, after)
  end
  atom.weekday, atom.to = weekday, text_of.last_day(text, atom, next_at) - 1
  return atom.d2 and atom or add_days(text, atom)
end

-- After "2018년", "작년", "올해": the month, season, quarter, half or part that narrows it.
function korean.tail(text, atom, at)
  at = match(text, "^도()", at) or at
  local m, after = match(text, "^,?%s*(%d%d?)%s?월()", at)
  m = tonumber(m)
  if m and m >= 1 and m <= 12 then
    atom.m, atom.kind = m, "month"
    return korean.days(text, atom, after)
  end
  local first, second, months = match(text, "^,?%s*(%d%d?)%s?[-~]%s?(%d%d?)%s?월()", at)
  first, second = tonumber(first), tonumber(second)
  if first and first >= 1 and second > first and second <= 12 then
    atom.last = { from = at, to = months - 1, y = atom.y, m = second, kind = "month" }
    atom.m, atom.kind, atom.to = first, "month", months - 1
    return atom
  end
  local q1, q2, after_both = match(text, "^%s*([1-4])%s?[-~]%s?([1-4])%s?분기()", at)
  if q1 and q1 < q2 then
    atom.last = { from = at, to = after_both - 1, y = atom.y, quarter = tonumber(q2), kind = "quarter" }
    atom.quarter, atom.kind, atom.to = tonumber(q1), "quarter", after_both - 1
    return atom
  end
  local quarter, stop = match(text, "^%s*([1-4])%s?분기()", at)
  if not quarter then quarter, stop = match(text, "^%s*제%s?([1-4])%s?분기()", at) end
  if not quarter then quarter, stop = match(text, "^%s*([1-4])/4%s?분기()", at) end
  if quarter then
    atom.quarter, atom.kind = tonumber(quarter), "quarter"
    return text_of.close(text, atom, stop)
  end
  local word
  word, stop = match(text, "^%s?([\xEA-\xED][\x80-\xBF][\x80-\xBF][\xEA-\xED\x80-\xBF]*)()", at)
  if word then
    local start = stop - #word
    for name, half in pairs(words.halves) do
      if sub(word, 1, #name) == name then
        atom.half, atom.kind = half, "half"
        return text_of.close(text, atom, start + #name)
      end
    end
    for _, length in ipairs { 6, 3 } do
      local season = words.seasons[sub(word, 1, length)]
      if season then
        atom.season, atom.kind = season, "season"
        return text_of.close(text, atom, start + length)
      end
    end
    for _, part in ipairs(words.korean_parts) do
      local rest = sub(word, 1, #part[1]) == part[1] and sub(word, #part[1] + 1)
      if rest and (rest == "" or match(rest, "^부터") or match(rest, "^까지") or match(rest, "^에") or match(rest, "^의")) then
        atom.m, atom.kind, atom.part, atom.approximate = part[2], "season", part[1], true
        return text_of.close(text, atom, start + #part[1])
      end
    end
  end
  return text_of.close(text, atom, at)
end

-- "주 토요일", " 토요일" after "지난", "이번", "다음", "오는".
local function day_of_week(text, atom, at)
  local week = match(text, "^%s?주()", at)
  local name, stop = match(text, "^%s*([\xEA-\xED][\x80-\xBF][\x80-\xBF]\xEC\x9A\x94\xEC\x9D\xBC)()", week or at)
  local weekday = name and words.weekdays[name]
  if not weekday or match(text, "^마다", stop) then return false end
  atom.relative = { week and "week" or "weekday", atom.relative[2], weekday }
  atom.weekday, atom.to = weekday, stop - 1
  return true
end

-- "올 3월", "올여름": "올" alone is half of other words.
local function this_year(text, atom, e)
  atom.relative = { "year", 0 }
  korean.tail(text, atom, e + 1)
  return (atom.m and not atom.part or atom.season or atom.half) and atom or nil
end

local function relative(text, s, e, entry)
  local unit, n = entry[2], entry[3]
  -- "그 다음 달": the month after the one told
  if n == 1 and match(sub(text, math.max(1, s - 5), s - 1), "그%s*$") then return nil end
  local atom = { from = s, to = e, relative = { unit, n }, kind = "relative" }
  if unit == "year" then
    korean.tail(text, atom, e + 1)
    if n == 0 and not (atom.m or atom.season or atom.half or atom.quarter) then return nil end
    return atom
  end
  if unit == "month" then return korean.days(text, atom, e + 1) end
  if unit == "day" then
    -- "어제보다 나은 오늘" compares
    if match(text, "^날", e + 1) or match(text, "^%s?오늘", e + 1) or match(text, "^보다", e + 1) then return nil end
    return atom
  end
  if unit == "ol" then return this_year(text, atom, e) end
  local m, stop = match(text, "^%s*(%d%d?)%s?월()", e + 1)
  m = tonumber(m)
  if m and m >= 1 and m <= 12 then
    atom.m = m
    return korean.days(text, atom, stop)
  end
  if day_of_week(text, atom, e + 1) then return atom end
  local d
  d, stop = text_of.day_after(text, e + 1)
  if d and unit == "last" then
    atom.d, atom.to = d, stop - 1
    return atom
  end
  for name, season in pairs(words.seasons) do
    stop = match(text, "^%s?" .. name .. "()", e + 1)
    if stop and byte(name) > 0x80 then
      atom.season, atom.to = season, stop - 1
      return atom
    end
  end
  return nil
end

-- "여름에", "봄부터": a season alone, with the particle of time.
local function lone_season(text, s, e, season)
  local particle, longer = sub(text, e + 1, e + 3), sub(text, e + 1, e + 6)
  if particle == "에" and longer ~= "에서" or longer == "부터" or longer == "까지" then
    return { from = s, to = e, season = season, kind = "season", lone = true }
  end
end

-- Every word that may begin a date, and what reads it: function(text, from, to) gives an atom or nil.
function korean.each_word(add)
  local function begin(word, read)
    add(word, function(text, s, e)
      if text_of.hangul_before(text, s) then return nil end
      return read(text, s, e)
    end)
  end
  for _, entry in ipairs(words.korean_relative) do
    begin(entry[1], function(text, s, e) return relative(text, s, e, entry) end)
  end
  begin("정오", function(_, s, e) return { from = s, to = e, h = 12, mi = 0, kind = "time", named = true } end)
  begin("자정", function(_, s, e) return { from = s, to = e, h = 0, mi = 0, kind = "time", named = true } end)
  for name, season in pairs(words.seasons) do
    if byte(name) >= 0x80 then begin(name, function(text, s, e) return lone_season(text, s, e, season) end) end
  end
end

return korean
