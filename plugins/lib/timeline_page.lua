-- The timeline as one page: the axis with its legend, the events by year, then
-- those of no known year and the clock times that belong to no day, by document.
-- For timeline.lua.

local axis = require "lib.axis"
local calendar = require "lib.calendar"
local edtf_words = require "lib.edtf_words"
local html = require "lib.html"
local text = require "lib.text"

local page = {}

local labels = {
  en = { title = "Timeline", filter = "Filter", axis = "Events on a time axis", skip = "Skip the axis", years = "Years",
    undated = "Times without a day", noyear = "Without a year", count = "{events} events from {documents} documents",
    one = { events = "1 event", documents = "1 document" }, empty = "No dates found.", says = "the document says “%s”",
    legend = { point = "a day", range = "from – to", vague = "some time in that month, season or year",
      open = "open at one end" },
    unsure = "uncertain" },
  ko = { title = "연표", filter = "걸러 보기", axis = "시간 축 위의 사건", skip = "시간 축 건너뛰기", years = "연도",
    undated = "날짜 없는 시각", noyear = "연도 없음", count = "문서 {documents}개의 사건 {events}개",
    empty = "날짜를 찾지 못했습니다.", says = "문서의 말: “%s”",
    legend = { point = "하루", range = "기간", vague = "그 달, 철 또는 해의 어느 때", open = "한쪽이 열린 기간" },
    unsure = "불확실" },
}
local shapes = { "point", "range", "vague", "open" }

-- The date an event is listed under: a clock time below a heading with a day is of that day.
local function listed_date(event)
  if not event.on then return event.date end
  return (event.date:gsub("T", event.on .. "T"))
end

-- The events with id, in the order of the list; clock times alone are put back into the order of their document.
local function arrange(list)
  local entries = {}
  for i, event in ipairs(list) do
    local date = listed_date(event)
    local from, to = calendar.read_interval(date)
    local point = from or to
    local group = not (point and (point.y or point.m)) and "undated" or not point.y and "noyear" or ("%d"):format(point.y)
    local key = calendar.sort_key(date)
    if group == "undated" then key = ("9%s\0%09d"):format(event.path, event.line or 0) end
    entries[i] = { event = event, date = date, group = group, key = key, index = i }
  end
  table.sort(entries, function(a, b)
    if a.key ~= b.key then return a.key < b.key end
    return a.index < b.index
  end)
  for i, entry in ipairs(entries) do entry.event.id = ("e%d"):format(i) end
  return entries
end

local function when(entry, lang)
  local words = edtf_words.date(entry.date, lang)
  local datetime = edtf_words.datetime(entry.date)
  local attributes = { { "class", "when" }, { "title", entry.date }, { "datetime", datetime } }
  -- a line may end between the two days of a range, but not inside one
  local first, last = words:match("^(.+ –) (.+)$")
  local shown = first and ("<span>%s</span> <span>%s</span>"):format(html.escape(first), html.escape(last)) or html.escape(words)
  return html.element(datetime and "time" or "span", attributes, shown)
end

-- Where a date was inferred, what the document says.
local function note(event, words)
  local parts = {}
  if event.resolved and event.text and event.text ~= "" then parts[1] = words.says:format(text.one_line(event.text)) end
  if event.unresolved then parts[#parts + 1] = words.unsure end
  return #parts > 0 and html.element("span", { { "class", "note" } }, html.escape(table.concat(parts, " · "))) .. " " or ""
end

local function show(entry, words, lang, base)
  local event = entry.event
  local source = html.source(event.path, event.line, base)
  if event.section then source = source .. ' <span class="quiet">· ' .. html.escape(event.section) .. "</span>" end
  local is_day = entry.date:find("%-%d%d%-%d%d$") or entry.date:find("T", 1, true)
  local class = entry.date:find("/", 1, true) and "range" or not is_day and "vague"
  local attributes = { { "id", event.id }, { "data-item", true }, { "data-search", entry.date }, { "class", class } }
  local what = html.element("p", { { "lang", html.other_lang(event.what, lang) } }, html.escape(event.what))
  return html.element("li", attributes, ("%s<div>%s<p>%s%s</p></div>"):format(when(entry, lang), what, note(event, words),
    source)) .. "\n"
end

local function list_of(entries, words, lang, base)
  local parts = {}
  for i, entry in ipairs(entries) do parts[i] = show(entry, words, lang, base) end
  return '<ol class="events">\n' .. table.concat(parts) .. "</ol>\n"
end

-- Runs of entries with the same answer to `key_of`, in order.
local function runs(entries, key_of)
  local list = {}
  for _, entry in ipairs(entries) do
    local key = key_of(entry)
    if #list == 0 or list[#list].key ~= key then list[#list + 1] = { key = key } end
    table.insert(list[#list], entry)
  end
  return list
end

local function section(run, words, lang, base)
  local body
  if run.key == "undated" then
    local parts = {}
    for i, part in ipairs(runs(run, function(entry) return entry.event.path end)) do
      parts[i] = ("<div data-group>\n<h3>%s</h3>\n%s</div>\n"):format(html.escape(html.shorten(part.key, base)),
        list_of(part, words, lang, base))
    end
    body = table.concat(parts)
  else
    body = list_of(run, words, lang, base)
  end
  local title = html.escape(words[run.key] or run.key)
  return ('<section data-group>\n<h2 id="y-%s">%s</h2>\n%s</section>\n'):format(run.key, title, body)
end

local function legend(used, words)
  local parts = {}
  for _, kind in ipairs(shapes) do
    if used[kind] then parts[#parts + 1] = ("<li>%s %s</li>\n"):format(axis.sample(kind), words.legend[kind]) end
  end
  return '<ul class="legend">\n' .. table.concat(parts) .. "</ul>\n"
end

local function drawing(list, words, lang)
  local svg, used = axis.draw(list, words.axis, lang)
  if not svg then return "" end
  return ('<a class="skip" href="#years">%s</a>\n<div class="axis" role="region" aria-label="%s" tabindex="0">\n%s</div>\n%s')
    :format(words.skip, words.axis, svg, legend(used, words))
end

-- Links to the years, where there are enough of them to lose the way.
local function year_links(groups, words)
  if #groups < 3 then return '<div id="years"></div>\n' end
  local parts = {}
  for i, run in ipairs(groups) do
    parts[i] = ('<li><a href="#y-%s">%s</a></li>\n'):format(run.key, html.escape(words[run.key] or run.key))
  end
  return ('<nav id="years" aria-label="%s">\n<ul class="years">\n%s</ul>\n</nav>\n'):format(words.years, table.concat(parts))
end

local function language(list)
  local sample = {}
  for i = 1, math.min(#list, 500) do sample[i] = list[i].what end
  return text.is_korean(table.concat(sample, " ")) and "ko" or "en"
end

local function counted(words, events, documents, base)
  local said = words.count
  local one = words.one or {}
  if events == 1 and one.events then said = said:gsub("{events} events", one.events) end
  if documents == 1 and one.documents then said = said:gsub("{documents} documents", one.documents) end
  said = said:gsub("{events}", ("%d"):format(events)):gsub("{documents}", ("%d"):format(documents))
  return base ~= "" and said .. " · " .. base or said
end

function page.write(list)
  local lang = language(list)
  local words, paths, seen = labels[lang], {}, {}
  for _, event in ipairs(list) do
    if not seen[event.path] then seen[event.path], paths[#paths + 1] = true, event.path end
  end
  local base = html.common_folder(paths)
  local groups = runs(arrange(list), function(entry) return entry.group end)
  local parts = { drawing(list, words, lang), #groups > 0 and year_links(groups, words) or "" }
  for _, run in ipairs(groups) do parts[#parts + 1] = section(run, words, lang, base) end
  if #groups == 0 then parts[3] = html.element("p", nil, words.empty) .. "\n" end
  return html.page { title = words.title, lang = lang, intro = #list > 0 and counted(words, #list, #paths, base) or nil,
    filter = #list > 1 and words.filter or nil, body = table.concat(parts) }
end

return page
