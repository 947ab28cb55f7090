-- Days in digits with little or nothing between them: "20241130", "241130",
-- "20170731-0801", "20241130T1000Z", "1130(토)", "24-11-30 10:00".  Any such
-- number may be one of another kind, so each form needs a witness beside it.
-- For date_scan.lua; an atom is described there.

local calendar = require "lib.calendar"
local text_of = require "lib.date_text"
local with_last_day = require("lib.date_years").with_last_day

local match, sub = string.match, string.sub

local compact = {}

-- What ends a number for good: no sign that another one hangs on, no letter.
local function is_whole(text, at)
  return not match(text, "^[%w_%%*+=@]", at) and not match(text, "^[-.,:/]%w", at) and not match(text, "^%-%-", at)
end

local function hangul_goes_on(text, at)
  return match(text, "^%s+[\xEA-\xED]", at) and not match(text, "^%s+원", at) and not match(text, "^%s+명", at)
    and not match(text, "^%s+개", at) and not match(text, "^%s+건", at)
end

-- What follows a day that is told as one: a weekday in brackets, an hour, the words of a range.
local function is_told(text, at)
  return match(text, "^%s*%(", at) and text_of.weekday_after(text, at) ~= nil or match(text, "^%s?까지", at)
    or match(text, "^%s?부터", at) or match(text, "^%s+%d%d?시", at) or match(text, "^%s+%d%d?:%d%d", at)
    or match(text, "^%s+오전%s?%d", at) or match(text, "^%s+오후%s?%d", at)
end

-- Where a line begins so, the day is its label: "20170227 : chapters 1 to 3".
local function heads_line(text, s, at)
  if match(sub(text, 1, s - 1), "[^%s%[(]") then return false end
  return match(text, "^%s*[%])]?%s*:%s", at) or match(text, "^%s*[%])]%s", at) or match(text, "^%s+%-%s", at)
    or match(text, "^%s+~?%s?[\xEA-\xED]", at) and hangul_goes_on(text, at)
end

local day_prepositions = { on = true, ["until"] = true, till = true, by = true, from = true, since = true, before = true,
  after = true, dated = true, ["as of"] = true }

-- Beside eight digits less is enough: no other number looks so by chance.
local function is_told_of_eight(text, s, at)
  if heads_line(text, s, at) then return true end
  local before = sub(text, math.max(1, s - 24), s - 1)
  local word = match(before, "(%a+)%s+$")
  if word and day_prepositions[word:lower()] or match(before, "%f[%a][Aa]s of%s+$") then return true end
  if match(before, "[%(%[]%s*$") and match(text, "^%s*[%)%]]", at) then return true end
  if match(text, "^에%f[^\x80-\xFF]", at) or match(text, "^%s?이후", at) or match(text, "^%s?이전", at)
    or match(text, "^자%s", at) then return true end
  return match(text, "^%s+%u%l", at) ~= nil and not match(sub(text, 1, s - 1), "%S")
end

-- "-4", "~0801": the last day of a range, by its day or by month and day; gives where it ends.
local function read_last_day(text, atom, at)
  local digits, stop = match(text, "^[-~](%d+)()", at)
  if not digits then digits, stop = match(text, "^%s*~%s*(%d+)()", at) end
  if not digits or not is_whole(text, stop) then return nil end
  if #digits <= 2 then
    local d2 = tonumber(digits)
    if d2 <= atom.d or not calendar.is_day(atom.y, atom.m, d2) then return nil end
    atom.d2 = d2
    return stop
  end
  if #digits ~= 4 then return nil end
  local m, d = tonumber(sub(digits, 1, 2)), tonumber(sub(digits, 3, 4))
  local y = m < atom.m and atom.y + 1 or atom.y
  if not calendar.is_day(y, m, d) or m == atom.m and d <= atom.d then return nil end
  atom.last = { from = stop - 4, to = stop - 1, y = y, m = m, d = d, kind = "date" }
  return stop
end

-- Whether another day of as many digits stands at the other end of a range.
local function has_partner(text, s, at, digits)
  return match(text, "^%s*[-~]%s*" .. digits .. "()%f[^%w]", at) ~= nil
    or match(sub(text, math.max(1, s - 16), s - 1), "%f[%w]" .. digits .. "%s*[-~]%s*$") ~= nil
end

local eight, six = ("%d"):rep(8), ("%d"):rep(6)

-- "T100000Z", "T1000": the hour of an instant in the basic form of ISO 8601.
local function read_instant(text, atom, at)
  local h, mi, stop = match(text, "^T(%d%d)(%d%d)()", at)
  if not h or tonumber(h) > 23 or tonumber(mi) > 59 then return nil end
  stop = match(text, "^%d%d()", stop) or stop
  stop = match(text, "^Z()", stop) or match(text, "^[+-]%d%d:?%d%d()", stop) or stop
  if not is_whole(text, stop) then return nil end
  atom.clock = { from = at + 1, to = stop - 1, h = tonumber(h), mi = tonumber(mi), kind = "time" }
  return stop
end

-- A number that hangs on another sign or word is no day: "IMG_20241130", "#20241130", "pkg-20241130".
local function hangs_on(text, s)
  if match(sub(text, s - 1, s - 1), "[%w_#@\\=$&%%+*^/.,]") then return true end
  return match(sub(text, math.max(1, s - 2), s - 1), "[^%s%d]%-$") ~= nil
end

function compact.eight_digits(text, s, e)
  local y, m, d = match(text, "^(%d%d%d%d)(%d%d)(%d%d)", s)
  y, m, d = tonumber(y), tonumber(m), tonumber(d)
  if y < 1900 or y > 2100 or not calendar.is_day(y, m, d) or hangs_on(text, s) then return nil end
  local atom = { from = s, y = y, m = m, d = d, kind = "date" }
  local at = e + 1
  local instant = read_instant(text, atom, at)
  if instant then
    atom.to = instant - 1
    return atom
  end
  local partner = has_partner(text, s, at, eight)
  if not partner then at = read_last_day(text, atom, at) or at end
  if not (partner or is_whole(text, at)) then return nil end
  local alone = atom.d2 and not match(sub(text, 1, s - 1), "%S") and match(text, "^%s*$", at)
  if partner or atom.last or alone or is_told(text, at) or text_of.is_labelled_day(text, s) or is_told_of_eight(text, s, at) then
    return text_of.close(text, atom, at)
  end
end

-- "220819 (금)", "220724 까지", "220801 21시", "170731-0801 휴가": more often a number of another kind.
function compact.six_digits(text, s, e)
  local y, m, d = match(text, "^(%d%d)(%d%d)(%d%d)", s)
  y, m, d = text_of.full_year(tonumber(y)), tonumber(m), tonumber(d)
  if not calendar.is_day(y, m, d) then return nil end
  local atom, at = { from = s, y = y, m = m, d = d, kind = "date" }, e + 1
  local partner = has_partner(text, s, at, six)
  if not partner then at = read_last_day(text, atom, at) or at end
  if not (partner or is_whole(text, at)) then return nil end
  if partner or is_told(text, at) or text_of.is_labelled_day(text, s) or heads_line(text, s, at) then
    return text_of.close(text, atom, at)
  end
end

-- "1130(토)": month and day, sure by the weekday.
function compact.month_and_day(text, s, e)
  if not match(text, "^%s?%(", e + 1) then return nil end
  local m, d = match(text, "^(%d%d)(%d%d)", s)
  m, d = tonumber(m), tonumber(d)
  if not calendar.is_day(nil, m, d) or not text_of.weekday_after(text, e + 1) then return nil end
  return text_of.close(text, { from = s, m = m, d = d, kind = "date" }, e + 1)
end

-- "24.12.03 ~ 25.01.05": whether another day of the same form stands at the other end.
local function in_short_range(text, s, stop, sign)
  local form = "%d%d%" .. sign .. "%d%d%" .. sign .. "%d%d"
  return match(text, "^%s*~%s*'?" .. form .. "%f[^%w]", stop) ~= nil
    or match(sub(text, math.max(1, s - 20), s - 1), "%f[%w]" .. form .. "%.?%s*~%s*$") ~= nil
end

-- "'24.12", "'24.12월": a month, sure by the apostrophe.
function compact.short_month(text, s, n, after)
  if sub(text, s - 1, s - 1) ~= "'" then return nil end
  local m, stop = match(text, "^%.%s?(%d%d?)()", after)
  m = tonumber(m)
  if not m or m < 1 or m > 12 or match(text, "^[%d%%]", stop) or match(text, "^[.:/-]%d", stop) then return nil end
  stop = match(text, "^%s?월()", stop) or stop
  -- a release in quotation marks
  if match(text, "^'", stop) then return nil end
  return { from = s - 1, to = stop - 1, y = text_of.full_year(n), m = m, kind = "month" }
end

-- "24.11.30(토)", "'24/11/30", "24-11-30 10:00": a year of two digits, sure by a weekday, an apostrophe, an hour or a
-- label.  is_korean() tells whether the text has Hangul.
function compact.short_year(text, s, n, after, is_korean)
  local sign, m, d, stop = match(text, "^([-./])%s?(%d%d?)%1%s?(%d%d?)()%f[^%w]", after)
  local m_digits, d_digits = m, d
  m, d = tonumber(m), tonumber(d)
  local y = text_of.full_year(n)
  if not m or not calendar.is_day(y, m, d) then return nil end
  if not match(text, "^%.%d", stop) then stop = match(text, "^%.()", stop) or stop end
  local quoted = sub(text, s - 1, s - 1) == "'"
  -- "(20/11/05)" in a Korean text
  local bracketed = #m_digits == 2 and #d_digits == 2 and match(text, "^%)", stop) and sub(text, s - 1, s - 1) == "("
    and is_korean()
  local partner = #m_digits == 2 and #d_digits == 2 and (n >= 13 or is_korean()) and in_short_range(text, s, stop, sign)
  local told = quoted or bracketed or partner or text_of.weekday_after(text, stop) or text_of.is_labelled_day(text, s)
    -- with a slash, and no Hangul, it may be the day that comes first
    or is_told(text, stop) and (sign ~= "/" or n > 31 or is_korean())
  if not told then return nil end
  local atom = text_of.close(text, { from = quoted and s - 1 or s, y = y, m = m, d = d, kind = "date" }, stop)
  return atom.d2 and atom or with_last_day(text, atom, sign)
end

-- "08/15/18", "15/08/18": a year of two digits, where only one reading is a day.
function compact.short_year_last(text, s, n, after)
  local second, y, stop = match(text, "^/(%d%d)/(%d%d)()%f[^%w]", after)
  second, y = tonumber(second), tonumber(y)
  if not y or match(text, "^[-./:]%d", stop) then return nil end
  local first = calendar.is_day(text_of.full_year(n), second, y)
  local m, d = n, second
  if not calendar.is_day(text_of.full_year(y), n, second) then m, d = second, n end
  local both = m == n and n ~= second and calendar.is_day(text_of.full_year(y), second, n)
  if first or both or not calendar.is_day(text_of.full_year(y), m, d) then return nil end
  return text_of.close(text, { from = s, y = text_of.full_year(y), m = m, d = d, kind = "date" }, stop)
end

return compact
