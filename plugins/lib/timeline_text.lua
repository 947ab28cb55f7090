-- The timeline as Markdown: the events by year, dates in the words of a
-- reader, each in the language of its document.  For timeline.lua; the formats
-- that machines read keep the EDTF.

local calendar = require "lib.calendar"
local edtf_words = require "lib.edtf_words"
local markdown = require "lib.markdown"
local text = require "lib.text"

local timeline_text = {}

local labels = {
  en = { title = "Timeline", noyear = "Without a year", empty = "No dates found." },
  ko = { title = "연표", noyear = "연도 없음", empty = "날짜를 찾지 못했습니다." },
}

local function language_of(list)
  return text.is_korean(table.concat(list, " ")) and "ko" or "en"
end

-- The language of each document by what its events say, and that of all.
local function languages(list)
  local said, all, by_path = {}, {}, {}
  for _, event in ipairs(list) do
    said[event.path] = said[event.path] or {}
    table.insert(said[event.path], event.what)
    if #all < 500 then all[#all + 1] = event.what end
  end
  for path, parts in pairs(said) do by_path[path] = language_of(parts) end
  return by_path, language_of(all)
end

local function year_of(event)
  local from, to = calendar.read_interval(event.date)
  local point = from or to
  return point and point.y and ("%d"):format(point.y)
end

function timeline_text.markdown(list)
  local by_path, all = languages(list)
  local words, year = labels[all], nil
  local parts = { ("# %s\n"):format(words.title) }
  for _, event in ipairs(list) do
    local heading = year_of(event) or words.noyear
    if heading ~= year then
      year = heading
      parts[#parts + 1] = ("\n## %s\n\n"):format(year)
    end
    local date = edtf_words.date(event.date, by_path[event.path])
    parts[#parts + 1] = ("- **%s** %s (%s:%d)\n"):format(markdown.text(date), markdown.text(event.what),
      markdown.text(event.path), event.line or 0)
  end
  if #list == 0 then parts[2] = ("\n%s\n"):format(words.empty) end
  return table.concat(parts)
end

return timeline_text
