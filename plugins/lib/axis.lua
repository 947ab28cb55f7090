-- Draws dated events to scale on a horizontal axis, as SVG: days as dots,
-- ranges as bars, dates known only to the month or year as outlined bars, open
-- ranges fading at their open end, overlapping ones in lanes.  Each mark links
-- to the entry of the list with its id.  The scale is axis_ticks.lua's.

local axis_ticks = require "lib.axis_ticks"
local calendar = require "lib.calendar"
local edtf_words = require "lib.edtf_words"
local html = require "lib.html"
local text = require "lib.text"

local axis = {}

local width, margin, top, max_lanes = 1000, 24, 14, 40
local labelled, column_width = 14, 6.4 -- so many events carry their words; what a column of 12 px type takes

-- First and last day of an event as numbers, how it is drawn; nil where it has no year.
local function extent(event)
  local from, to, is_range = calendar.read_interval(event.date)
  local first = from and calendar.bounds(from)
  local _, last = calendar.bounds(to or {})
  if not (first or last) then return nil end
  local a = first and calendar.day_number(first.y, first.m, first.d)
  local b = last and calendar.day_number(last.y, last.m, last.d)
  if a and b and a > b then a, b = b, a end
  return { event = event, a = a or b, b = b or a, open_start = is_range and not first, open_end = is_range and not last,
    vague = not is_range and not (from.m and from.d) }
end

-- The lowest lane that is free from x on; past the last one marks lie over each other.
local function place_in_lane(lanes, x1, x2)
  for i = 1, max_lanes do
    if not lanes[i] or lanes[i] < x1 then
      lanes[i] = x2 + 3
      return i
    end
  end
  return max_lanes
end

local function columns(s) return quern.text.width(s) end

-- Cut to so many columns; "…" marks the cut.
local function cut_columns(s, limit)
  if columns(s) <= limit then return s end
  local used, stop = 1, 0
  for at, code in utf8.codes(s) do
    used = used + columns(utf8.char(code))
    if used > limit then break end
    stop = at + #utf8.char(code) - 1
  end
  return text.trim(s:sub(1, stop)) .. "…"
end

-- The words beside a mark and where they go: after it, before it where the right side is too narrow, or cut.
local function place_label(item)
  local words = item.entry.event.what
  local cut = cut_columns(words, 34)
  local needed = columns(cut) * column_width + 8
  if item.x2 + needed > width - 4 and item.x1 - needed > 4 then
    item.label, item.label_x, item.anchor = cut, item.x1 - 8, "end"
    return item.x1 - needed, item.x2
  end
  if item.x2 + needed > width - 4 then cut = cut_columns(words, math.max(4, (width - 12 - item.x2) // column_width)) end
  item.label, item.label_x, item.anchor = cut, item.x2 + 8, "start"
  return item.x1, item.x2 + columns(cut) * column_width + 8
end

local function place(entries, x_of, with_labels)
  local lanes, placed, deepest = {}, {}, 1
  for i, entry in ipairs(entries) do
    local x2 = entry.open_end and width - margin or x_of(entry.b + (entry.a == entry.b and 0 or 1))
    -- "until": nobody knows since when, so a short fading lead
    local x1 = entry.open_start and math.max(margin, x2 - 40) or x_of(entry.a)
    if not (entry.open_start or entry.open_end) and x2 - x1 <= 8 then
      x1, x2 = (x1 + x2) / 2 - 5, (x1 + x2) / 2 + 5
    end
    local item = { entry = entry, x1 = x1, x2 = math.max(x2, x1 + 10) }
    local left, right = item.x1, item.x2
    if with_labels then left, right = place_label(item) end
    item.lane = place_in_lane(lanes, left - 2, right)
    deepest = math.max(deepest, item.lane)
    placed[i] = item
  end
  return placed, deepest
end

local function shape(item, y)
  local entry = item.entry
  local is_open = entry.open_start or entry.open_end
  if item.x2 - item.x1 <= 10 and not is_open and not entry.vague then
    return ('<circle class="point" cx="%.1f" cy="%.1f" r="5"/>'):format((item.x1 + item.x2) / 2, y)
  end
  local class = entry.vague and "vague" or entry.open_end and "open" or entry.open_start and "open lead" or "range"
  return ('<rect class="%s" x="%.1f" y="%.1f" width="%.1f" height="9" rx="4.5"/>'):format(class, item.x1, y - 4.5,
    item.x2 - item.x1)
end

local function mark(item, y, lang)
  local event = item.entry.event
  local about = html.escape(edtf_words.date(event.date, lang) .. " " .. text.cut(event.what, 300))
  local label = item.label and ('<text class="label" aria-hidden="true" x="%.1f" y="%.1f" text-anchor="%s">%s</text>'):format(
    item.label_x, y + 4, item.anchor, html.escape(item.label)) or ""
  local hit = ('<rect class="hit" x="%.1f" y="%.1f" width="%.1f" height="15"/>'):format(item.x1 - 2, y - 7.5,
    item.x2 - item.x1 + 4)
  return ('<a href="#%s" aria-label="%s">'):format(event.id, about) .. hit .. shape(item, y) .. "</a>" .. label .. "\n"
end

local gradients = '<defs><linearGradient id="fade-end"><stop class="solid" offset="0"/><stop class="clear" offset="1"/>'
  .. '</linearGradient><linearGradient id="fade-start"><stop class="clear" offset="0"/><stop class="solid" offset="1"/>'
  .. "</linearGradient></defs>"

local function all_extents(events)
  local entries, low, high = {}, math.huge, -math.huge
  for _, event in ipairs(events) do
    local entry = extent(event)
    if entry then
      entries[#entries + 1] = entry
      low, high = math.min(low, entry.a), math.max(high, entry.b)
    end
  end
  return entries, low, high
end

-- The SVG element, or nil where fewer than two events have a year; and which shapes are in it, for the legend.
function axis.draw(events, label, lang)
  local entries, low, high = all_extents(events)
  if #entries < 2 then return nil end
  local pad = math.max(3, (high - low) * 0.02)
  low, high = low - pad, high + pad
  local x_of = function(day) return margin + (day - low) / (high - low) * (width - 2 * margin) end
  local placed, deepest = place(entries, x_of, #entries <= labelled)
  local lane_height = deepest > 24 and 11 or 16
  local base = top + deepest * lane_height + 4
  local parts, used = {}, {}
  for i, item in ipairs(placed) do
    parts[i] = mark(item, base - (item.lane - 0.25) * lane_height, lang)
    local entry = item.entry
    used[entry.vague and "vague" or (entry.open_start or entry.open_end) and "open" or item.x2 - item.x1 > 10 and "range"
      or "point"] = true
  end
  local scale, below = axis_ticks.draw(low, high, x_of, { left = margin, right = width - margin, base = base, lang = lang })
  return table.concat {
    ('<svg viewBox="0 0 %d %d" role="group" aria-label="%s">'):format(width, base + below, html.escape(label)), gradients, "\n",
    scale,
    ('<line class="base" x1="%d" x2="%d" y1="%d" y2="%d"/>\n'):format(margin, width - margin, base, base),
    table.concat(parts), "</svg>\n",
  }, used
end

-- A small drawing of a shape, for the legend.
function axis.sample(kind)
  local drawing = kind == "point" and '<circle class="point" cx="13" cy="7" r="5"/>'
    or ('<rect class="%s" x="1" y="2.5" width="24" height="9" rx="4.5"/>'):format(kind)
  return '<svg viewBox="0 0 26 14" width="26" height="14" aria-hidden="true">' .. drawing .. "</svg>"
end

return axis
