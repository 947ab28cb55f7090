-- Draws dated events to scale on a horizontal axis, as SVG: points as circles,
-- ranges as bars, open ranges fading at their open end, overlapping ones in
-- lanes.  Each mark links to the entry of the list with its id.

local calendar = require "lib.calendar"
local html = require "lib.html"

local axis = {}

local width, margin, lane_height, max_lanes = 1000, 24, 16, 24

-- First and last day of an event as numbers, and which ends are open; nil where it has no year.
local function extent(event)
  local from, to, is_range = calendar.read_interval(event.date)
  local first = from and calendar.bounds(from)
  local _, last = calendar.bounds(to or {})
  if not (first or last) then return nil end
  local a = first and calendar.day_number(first.y, first.m, first.d)
  local b = last and calendar.day_number(last.y, last.m, last.d)
  return { event = event, a = a or b, b = b or a, open_start = is_range and not from, open_end = is_range and not to,
    first_year = (first or last).y, last_year = (last or first).y }
end

-- The lowest lane that is free from x on.
local function place_in_lane(lanes, x1, x2)
  for i = 1, max_lanes do
    if not lanes[i] or lanes[i] < x1 then
      lanes[i] = x2 + 3
      return i
    end
  end
  return max_lanes
end

local function tick_years(first, last)
  local span, step = last - first + 1, 1
  for _, candidate in ipairs { 1, 2, 5, 10, 20, 50, 100 } do
    step = candidate
    if span / step <= 12 then break end
  end
  return step
end

-- Years for long spans, months for those under three years.
local function ticks(first, last, x_of)
  local parts = {}
  local function add(y, m, label)
    local x = x_of(calendar.day_number(y, m, 1))
    if x < margin - 1 or x > width - margin + 1 then return end
    parts[#parts + 1] = ('<line class="tick" x1="%.1f" x2="%.1f" y1="0" y2="{height}"/>'):format(x, x)
      .. ('<text x="%.1f" y="{label}" text-anchor="middle">%s</text>'):format(x, label)
  end
  if last - first >= 3 then
    local step = tick_years(first, last)
    for y = first - first % step, last + 1, step do add(y, 1, ("%d"):format(y)) end
  else
    local step = last == first and 1 or 3
    for y = first, last + 1 do
      for m = 1, 12, step do add(y, m, m == 1 and ("%d"):format(y) or ("%d-%02d"):format(y, m)) end
    end
  end
  return table.concat(parts)
end

local function mark(entry, x1, x2, y)
  local shape
  if x2 - x1 > 6 or entry.open_start or entry.open_end then
    local fill = entry.open_end and ' style="fill:url(#fade-end)"'
      or entry.open_start and ' style="fill:url(#fade-start)"' or ""
    shape = ('<rect class="range" x="%.1f" y="%.1f" width="%.1f" height="9" rx="4.5"%s/>')
      :format(x1, y - 4.5, math.max(x2 - x1, 6), fill)
  else
    shape = ('<circle class="point" cx="%.1f" cy="%.1f" r="5"/>'):format((x1 + x2) / 2, y)
  end
  local label = html.escape(entry.event.date .. " " .. entry.event.what)
  return ('<a href="#%s" aria-label="%s"><title>%s</title>%s</a>'):format(entry.event.id, label, label, shape)
end

-- The SVG element, or nil where fewer than two events have a year.
function axis.draw(events, label)
  local entries, low, high, first_year, last_year = {}, math.huge, -math.huge, math.huge, -math.huge
  for _, event in ipairs(events) do
    local entry = extent(event)
    if entry then
      entries[#entries + 1] = entry
      low, high = math.min(low, entry.a), math.max(high, entry.b)
      first_year, last_year = math.min(first_year, entry.first_year), math.max(last_year, entry.last_year)
    end
  end
  if #entries < 2 then return nil end
  local pad = math.max(10, (high - low) * 0.02)
  low, high = low - pad, high + pad
  local x_of = function(day) return margin + (day - low) / (high - low) * (width - 2 * margin) end
  local lanes, placed, deepest = {}, {}, 1
  for _, entry in ipairs(entries) do
    local x2 = entry.open_end and width - margin or x_of(entry.b)
    -- "until": nobody knows since when, so a short fading lead
    local x1 = entry.open_start and math.max(margin, x2 - 40) or x_of(entry.a)
    local lane = place_in_lane(lanes, x1 - 6, math.max(x2, x1 + 10))
    deepest = math.max(deepest, lane)
    placed[#placed + 1] = { entry = entry, x1 = x1, x2 = x2, lane = lane }
  end
  local base = deepest * lane_height + 16
  local parts = {}
  for i, item in ipairs(placed) do parts[i] = mark(item.entry, item.x1, item.x2, base - item.lane * lane_height) end
  local grid = ticks(first_year, last_year, x_of):gsub("{height}", ("%d"):format(base)):gsub("{label}", ("%d"):format(base + 18))
  return table.concat {
    ('<svg viewBox="0 0 %d %d" role="group" aria-label="%s">'):format(width, base + 28, html.escape(label)),
    '<defs><linearGradient id="fade-end"><stop offset="0" stop-color="var(--bar)"/>',
    '<stop offset="1" stop-color="var(--bar)" stop-opacity="0"/></linearGradient>',
    '<linearGradient id="fade-start"><stop offset="0" stop-color="var(--bar)" stop-opacity="0"/>',
    '<stop offset="1" stop-color="var(--bar)"/></linearGradient></defs>',
    grid, ('<line class="base" x1="%d" x2="%d" y1="%d" y2="%d"/>'):format(margin, width - margin, base, base),
    table.concat(parts), "</svg>",
  }
end

return axis
