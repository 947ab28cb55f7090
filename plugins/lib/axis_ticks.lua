-- The scale under the axis: lines at days, months or years, whichever gives a
-- readable number of them, with short labels in one row and the year (or month)
-- they lie in below.  For axis.lua.

local calendar = require "lib.calendar"
local edtf_words = require "lib.edtf_words"

local axis_ticks = {}

local label_room = 62 -- units between two labels
local steps = {
  { unit = "day", size = 1, days = 1 }, { unit = "day", size = 2, days = 2 }, { unit = "day", size = 7, days = 7 },
  { unit = "month", size = 1, days = 30.4 }, { unit = "month", size = 3, days = 91.3 },
  { unit = "month", size = 6, days = 182.6 },
}
for _, size in ipairs { 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000 } do
  steps[#steps + 1] = { unit = "year", size = size, days = size * 365.25 }
end

local function choose_step(days, room)
  for _, step in ipairs(steps) do
    if room / (days / step.days) >= label_room then return step end
  end
  return steps[#steps]
end

-- The calendar day of a day number, found from a year that is at most a little early.
local function day_of(number)
  local y = math.max(0, (number - 400) * 400 // 146097)
  while calendar.day_number(y + 1, 1, 1) <= number do y = y + 1 end
  local m = 1
  while m < 12 and calendar.day_number(y, m + 1, 1) <= number do m = m + 1 end
  return y, m, math.tointeger(number - calendar.day_number(y, m, 1)) + 1
end

local function next_tick(step, y, m, d)
  if step.unit == "year" then return y + step.size, 1, 1 end
  if step.unit == "month" then
    y, m = calendar.add_months(y, m, step.size)
    return y, m, 1
  end
  -- days are counted from the first of each month, and none stands close before the next first
  if d + step.size + step.size // 2 > calendar.days_in(y, m) then
    y, m = calendar.add_months(y, m, 1)
    return y, m, 1
  end
  return y, m, d + step.size
end

-- The first tick at or before a day.
local function first_tick(step, number)
  local y, m = day_of(number)
  if step.unit == "year" then return y - y % step.size, 1, 1 end
  if step.unit == "month" then return y, m - (m - 1) % step.size, 1 end
  return y, m, 1
end

local function short_label(step, y, m, d, lang)
  if step.unit == "year" then return ("%d"):format(y) end
  return step.unit == "month" and edtf_words.month(m, lang) or ("%d"):format(d)
end

-- What the row below says: nothing under years.
local function context_label(step, y, m, lang)
  if step.unit == "month" then return ("%d"):format(y) end
  return step.unit == "day" and edtf_words.year_month(y, m, lang) or nil
end

-- Where the lines are: list of { x, label, context, starts }, from the one at or before the left edge on.
local function collect(low, high, step, x_of, lang)
  local y, m, d = first_tick(step, math.floor(low))
  local list, context = {}, nil
  while calendar.day_number(y, m, d) <= high do
    local below = context_label(step, y, m, lang)
    list[#list + 1] = { x = x_of(calendar.day_number(y, m, d)), label = short_label(step, y, m, d, lang), context = below,
      starts = below ~= context }
    context = below
    y, m, d = next_tick(step, y, m, d)
  end
  return list
end

local function text_at(x, y, class, words)
  return ('<text class="%s" x="%.1f" y="%.1f">%s</text>'):format(class, x + 4, y, words)
end

local function draw_lines(list, frame, parts)
  for _, tick in ipairs(list) do
    if tick.x >= frame.left - 0.5 then
      parts[#parts + 1] = ('<line class="%s" x1="%.1f" x2="%.1f" y1="0" y2="%.1f"/>'):format(
        tick.starts and tick.context and "tick year" or "tick", tick.x, tick.x, frame.base + 6)
    end
  end
end

-- A row of labels, each at its line; where `spans`, one whose line lies left of the frame moves to its edge, if the next
-- leaves room: a year goes on, a first of the month does not.
local function draw_row(list, field, y, frame, spans, parts)
  for i, tick in ipairs(list) do
    local x = math.max(tick.x, frame.left)
    local room = (list[i + 1] and list[i + 1].x or frame.right + 24) - x
    if (spans or tick.x >= frame.left - 0.5) and room >= #tick[field] * 6 + 8 then
      parts[#parts + 1] = text_at(x, y, field, tick[field])
    end
  end
end

-- frame: left, right, base (the y of the axis line), lang.  Returns the drawing and the height it takes below the base.
function axis_ticks.draw(low, high, x_of, frame)
  local step = choose_step(high - low, frame.right - frame.left)
  local list = collect(low, high, step, x_of, frame.lang)
  local parts, starts = {}, {}
  for _, tick in ipairs(list) do
    if tick.starts and tick.context then starts[#starts + 1] = tick end
  end
  draw_lines(list, frame, parts)
  draw_row(list, "label", frame.base + 16, frame, step.unit == "year", parts)
  draw_row(starts, "context", frame.base + 33, frame, true, parts)
  return table.concat(parts, "\n") .. "\n", #starts > 0 and 40 or 24
end

return axis_ticks
