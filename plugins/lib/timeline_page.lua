-- The timeline as one page: the axis, then the events by year, then clock times
-- that belong to no day.  For timeline.lua.

local axis = require "lib.axis"
local calendar = require "lib.calendar"
local html = require "lib.html"
local text = require "lib.text"

local page = {}

local labels = {
  en = { title = "Timeline", filter = "Filter", axis = "Events on a time axis", undated = "Times without a day",
    noyear = "Without a year", count = "{events} events from {documents} documents", empty = "No dates found." },
  ko = { title = "연표", filter = "걸러 보기", axis = "시간 축 위의 사건", undated = "날짜 없는 시각", noyear = "연도 없음",
    count = "문서 {documents}개의 사건 {events}개", empty = "날짜를 찾지 못했습니다." },
}

local function group_of(event, words)
  local from, to = calendar.read_interval(event.date)
  local point = from or to
  if not point or not (point.y or point.m) then return words.undated end
  return point.y and ("%d"):format(point.y) or words.noyear
end

local function entry(event)
  -- <time> knows days, months and years, but no seasons and no ranges
  local month = event.date:match("^%d%d%d%d%-(%d%d)$") or event.date:match("^%d%d%d%d%-(%d%d)%-%d%d$")
    or event.date:match("^%d%d%d%d()$")
  local datetime = month and (event.date:match("^%d+$") or tonumber(month) <= 12) and event.date
  local shown = html.escape(event.date)
  local when = datetime and html.element("time", { { "datetime", datetime } }, shown)
    or html.element("span", { { "class", "when" } }, shown)
  local source = html.source(event.path, event.line)
  if event.section then source = source .. ' <span class="quiet">· ' .. html.escape(event.section) .. "</span>" end
  return html.element("li", { { "id", event.id }, { "data-item", true }, { "class", event.date:find("/", 1, true) and "range" } },
    ("%s<div><p>%s</p><p>%s</p></div>"):format(when, html.escape(event.what), source)) .. "\n"
end

local function language(list)
  local sample = {}
  for i = 1, math.min(#list, 50) do sample[i] = list[i].what end
  return text.is_korean(table.concat(sample, " ")) and "ko" or "en"
end

local function counted(words, count, documents)
  return (words.count:gsub("{events}", ("%d"):format(count)):gsub("{documents}", ("%d"):format(documents)))
end

function page.write(list)
  local lang = language(list)
  local words, paths, documents = labels[lang], {}, 0
  for i, event in ipairs(list) do
    event.id = ("e%d"):format(i)
    if not paths[event.path] then paths[event.path], documents = true, documents + 1 end
  end
  local parts, group = {}, nil
  local drawing = axis.draw(list, words.axis)
  if drawing then
    local attributes = { { "class", "axis" }, { "tabindex", "0" }, { "role", "region" }, { "aria-label", words.axis } }
    parts[1] = html.element("div", attributes, drawing) .. "\n"
  end
  for _, event in ipairs(list) do
    local name = group_of(event, words)
    if name ~= group then
      if group then parts[#parts + 1] = "</ol></section>\n" end
      group = name
      parts[#parts + 1] = ('<section data-group><h2>%s</h2>\n<ol class="events">\n'):format(html.escape(name))
    end
    parts[#parts + 1] = entry(event)
  end
  parts[#parts + 1] = group and "</ol></section>\n" or html.element("p", nil, words.empty) .. "\n"
  return html.page { title = words.title, lang = lang, intro = counted(words, #list, documents), filter = words.filter,
    body = table.concat(parts) }
end

return page
