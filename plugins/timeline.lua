-- What happened when: the dates of all documents on one line.
--
--   quern run timeline content/                     a list by year
--   quern run timeline -t html content/ -o t.html   a page with an axis
--   quern run timeline -t ics content/ -o talks.ics for a calendar

local calendar = require "lib.calendar"
local events = require "lib.events"

-- What writes a format is loaded when that format is asked for.

local function map(doc, opts)
  local list = events.of(doc)
  for _, event in ipairs(list) do
    if opts.explain then
      event.rule = event.rule or event.kind
      event.confidence = event.unresolved and 0.4 or event.resolved and 0.7 or 0.95
    else
      event.rule = nil
    end
  end
  return #list > 0 and list or nil
end

-- Days as numbers, for since and until: the last and the first day an event may touch.
local function reaches(event)
  local from, to = calendar.read_interval(event.date)
  local first = from and calendar.bounds(from)
  local _, last = calendar.bounds(to or {})
  local number = function(p) return p and calendar.day_number(p.y, p.m, p.d) end
  if not (first or last) then return nil end
  return number(first) or -math.huge, number(last) or math.huge
end

local function border(text, name)
  if not text then return nil end
  local point = calendar.read(text)
  local first, last = calendar.bounds(point or {})
  if not first then error(("option %s is no date: %q (2024, 2024-11 or 2024-11-30)"):format(name, text), 0) end
  return first, last
end

local function is_within(event, opts)
  local since = border(opts.since, "since")
  local _, till = border(opts["until"], "until")
  if not (since or till) then return true end
  local first, last = reaches(event)
  if not first then return false end
  return not (since and last < calendar.day_number(since.y, since.m, since.d))
    and not (till and first > calendar.day_number(till.y, till.m, till.d))
end

-- All events in the order of time; of equal dates, the order of the documents.
local function collect(results, opts)
  local list = {}
  for _, value in results:each() do
    for _, event in ipairs(value or {}) do
      if is_within(event, opts) then list[#list + 1] = { key = calendar.sort_key(event.date), index = #list, event = event } end
    end
  end
  table.sort(list, function(a, b)
    if a.key ~= b.key then return a.key < b.key end
    return a.index < b.index
  end)
  local out = {}
  for i, entry in ipairs(list) do
    if opts.limit and i > opts.limit then break end
    out[i] = entry.event
  end
  return out
end

local writers = {}

function writers.json(list)
  for _, event in ipairs(list) do event.section = event.section or quern.null end
  return quern.json.encode { events = list } .. "\n"
end

function writers.csv(list)
  local rows = {}
  for i, event in ipairs(list) do
    rows[i] = { event.date, event.what, event.text, event.section, event.path, event.line }
  end
  return require("lib.csv").write({ "date", "what", "text", "section", "path", "line" }, rows)
end

function writers.markdown(list) return require("lib.timeline_text").markdown(list) end

function writers.ics(list, opts)
  local entries = {}
  for i, event in ipairs(list) do
    local date = event.on and event.date:gsub("T", event.on .. "T") or event.date
    entries[i] = { date = date, summary = event.what, source = event.path,
      description = ("%s\n%s:%d"):format(event.text, event.path, event.line or 0) }
  end
  local text, left_out = require("lib.ics").write("Timeline", entries, opts.now)
  if left_out > 0 then quern.log(("%d events without a day are not in the calendar"):format(left_out)) end
  return text
end

function writers.html(list) return require("lib.timeline_page").write(list) end

return {
  name = "timeline", api = 1, summary = "dates and times of all documents, in order",
  formats = { "markdown", "json", "html", "csv", "ics" },
  options = {
    since = { type = "string", help = "leave out what ended before: 2024, 2024-11 or 2024-11-30" },
    ["until"] = { type = "string", help = "leave out what began later" },
    limit = { type = "integer", min = 1, help = "at most so many events" },
    explain = { type = "boolean", default = false, help = "add the rule and a confidence to each event" },
  },
  map = map,
  render = function(results, opts) return writers[opts.to](collect(results, opts), opts) end,
}
