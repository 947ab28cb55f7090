-- An Atom feed (RFC 4287) of the documents that have a date, the newest first.
--
--   quern run feed -s base_url=https://example.org/ -s title="Our meetups" content/ -o feed.atom
--
-- map is pure and knows no clock; what needs the instant of the run (opts.now) is
-- done in render.

local atom = require "lib.atom"
local authors = require "lib.authors"
local calendar = require "lib.calendar"
local date_meta = require "lib.date_meta"
local paths = require "lib.paths"
local text = require "lib.text"

-- The first of some front matter keys that holds text.
local function meta_text(doc, ...)
  for _, key in ipairs { ... } do
    local value = doc.meta and doc.meta[key]
    if type(value) == "string" and text.trim(value) ~= "" then return text.one_line(value) end
  end
end

-- When a document was published: the instant in its front matter, or the day in its path.
local function published(doc)
  local written = meta_text(doc, "date", "published", "pubDate")
  local instant = written and atom.instant(written)
  if instant then return instant end
  local point = date_meta.reference(date_meta.fields_of(doc), doc.path)
  local first = point and point.m and calendar.bounds(point)
  return first and atom.instant(calendar.spell(first)) or nil
end

-- The front matter's own words, else the first paragraph that says something.
local function summary_of(doc)
  local own = meta_text(doc, "description", "summary", "excerpt", "subtitle")
  if own then return own end
  for paragraph in doc:each("paragraph") do
    local body = text.one_line(paragraph:text())
    if quern.text.length(body) >= 20 then return text.cut(body, 500) end
  end
end

local function categories_of(doc)
  local tags = doc.meta and doc.meta.tags
  if type(tags) == "string" then tags = { tags } end
  local list = {}
  for _, tag in ipairs(type(tags) == "table" and tags or {}) do
    if type(tag) == "string" and tag ~= "" then list[#list + 1] = tag end
  end
  return list
end

local function map(doc, opts)
  local day = published(doc)
  if not day and not opts.undated then return nil end
  local changed = meta_text(doc, "updated", "lastmod", "last_modified_at")
  return {
    title = text.one_line(doc.title), published = day, updated = changed and atom.instant(changed) or day,
    authors = authors.of(doc), categories = categories_of(doc), summary = summary_of(doc),
    link = meta_text(doc, "permalink", "url"), content = opts.content and doc:render("html") or nil,
  }
end

-- A permalink of the document's own, unless it is a pattern; else the page that bears the document's name.
local function address_of(own, base, place)
  if own and own:match("^https?://[^{}]+$") then return (own:gsub("%s", "%%20")) end
  if own and not own:find("[:{}]") then return base .. paths.address((own:gsub("^/+", ""))) end
  return base .. paths.address((place:gsub("%.%w+$", ""))) .. ".html"
end

local function render(results, opts)
  local base = opts.base_url:gsub("/*$", "/")
  local host = base:match("^%a[%w+.-]*://([^/:]+)")
  if not host then error(("option base_url is no address: %q (https://example.org/)"):format(opts.base_url), 0) end
  local root = opts.root ~= "" and paths.normalize(opts.root) .. "/" or ""
  local entries = {}
  for path, entry in results:each() do
    if entry then
      local place = paths.normalize(path)
      if place:sub(1, #root) == root then place = place:sub(#root + 1) end
      place = place:gsub("^[./]+", "")
      entry.id = atom.id(host, opts.tag_date, place)
      entry.title = entry.title ~= "" and entry.title or place
      entry.link = address_of(entry.link, base, place)
      entry.updated = entry.updated or opts.now
      entry.order, entry.at = #entries, atom.seconds(entry.updated)
      entries[#entries + 1] = entry
    end
  end
  table.sort(entries, function(a, b)
    if a.at ~= b.at then return a.at > b.at end
    return a.order < b.order
  end)
  local updated = entries[1] and entries[1].updated or opts.now
  return atom.write { id = atom.id(host, opts.tag_date, "feed"), title = opts.title, author = opts.author or opts.title,
    updated = updated, link = base, self = base .. "feed.atom",
    entries = table.move(entries, 1, math.min(#entries, opts.limit), 1, {}) }
end

return {
  name = "feed", api = 1, summary = "an Atom feed of the documents that have a date",
  formats = { "atom" },
  options = {
    base_url = { type = "string", default = "https://example.org/", help = "where the pages are; ids depend on its host" },
    root = { type = "string", default = "", help = "folder of the documents that base_url stands for" },
    title = { type = "string", default = "Documents", help = "title of the feed" },
    author = { type = "string", help = "who answers for entries without an author (the title)" },
    tag_date = { type = "string", default = "2024-01-01", help = "a day on which the host was yours (RFC 4151)" },
    limit = { type = "integer", default = 50, min = 1, help = "at most so many entries" },
    content = { type = "boolean", default = false, help = "with the whole text of each document" },
    undated = { type = "boolean", default = false, help = "take documents without a date too, as of now" },
  },
  map = map,
  render = render,
}
