-- A small site from a folder: an index, a page for each document, person and
-- year, all linked to each other, without a script from anywhere.
--
--   quern run site -o public/ content/
--   quern run site -s title="Our meetups" -s files=https://example.org/content/ -o public/ content/
--
-- Every file goes out with out:write, so this plugin needs a folder (-o DIR/).
-- What a page is called depends on the document's path alone (lib/paths.lua):
-- map can link to pages of documents it has not seen.

local body = require "lib.site_body"
local calendar = require "lib.calendar"
local events = require "lib.events"
local pages = require "lib.site_pages"
local people = require "lib.people"
local text = require "lib.text"

local function map(doc, opts)
  return { title = text.cut(text.one_line(doc.title), 300), people = people.of(doc), events = events.of(doc),
    body = body.of(doc, opts), lang = text.is_korean(doc:text()) and "ko" or "en" }
end

-- Documents in order, people by name, years ascending with their events in the order of time.
local function collect(results)
  local site = { documents = {}, people = {}, years = {} }
  local found, by_year = {}, {}
  for path, value in results:each() do
    if value then
      site.documents[#site.documents + 1] = { path = path, title = value.title ~= "" and value.title or path, body = value.body,
        lang = value.lang }
      table.move(value.people, 1, #value.people, #found + 1, found)
      for _, event in ipairs(value.events) do
        local from, to = calendar.read_interval(event.date)
        local year = from and from.y or to and to.y
        if year and not by_year[year] then
          by_year[year] = { year = year, events = {} }
          table.insert(site.years, by_year[year])
        end
        if year then table.insert(by_year[year].events, event) end
      end
    end
  end
  for _, person in ipairs(people.merge(found)) do
    if person.roles[1] ~= "mentioned" then table.insert(site.people, person) end
  end
  table.sort(site.people, function(a, b) return a.name < b.name end)
  table.sort(site.years, function(a, b) return a.year < b.year end)
  for _, year in ipairs(site.years) do
    for i, event in ipairs(year.events) do event.key = calendar.sort_key(event.date) .. ("%08d"):format(i) end
    table.sort(year.events, function(a, b) return a.key < b.key end)
  end
  return site
end

return {
  name = "site", api = 1, summary = "a folder of linked pages: documents, people, years",
  formats = { "html" },
  options = {
    title = { type = "string", help = "title of the site" },
    files = { type = "string", help = "address of the folder in which the command was run, for pictures and downloads" },
  },
  map = map,
  render = function(results, opts, out)
    for name, page in pages.each(collect(results), opts.title) do out:write(name, page) end
    return ""
  end,
}
