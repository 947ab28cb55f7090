-- The pages of a small site: what they are called, what stands on them and how
-- they link to each other.  For site.lua.

local edtf_words = require "lib.edtf_words"
local html = require "lib.html"
local paths = require "lib.paths"
local text = require "lib.text"

local pages = {}

local labels = {
  en = { title = "Documents", people = "People", years = "Years", documents = "Documents", filter = "Filter",
    pictures = "Show pictures", way = "Back",
    roles = { speaker = "speaker", author = "author", member = "member", organizer = "organizer", mentioned = "mentioned" } },
  ko = { title = "문서 모음", people = "사람들", years = "연도", documents = "문서", filter = "걸러 보기",
    pictures = "사진 보기", way = "돌아가기",
    roles = { speaker = "연사", author = "글쓴이", member = "구성원", organizer = "운영", mentioned = "언급" } },
}

function pages.of_document(path) return "documents/" .. paths.page(path) end

local function of_person(person) return person.page end

local function of_year(year) return ("years/%d.html"):format(year.year) end

-- Words of a document, with their language where it is not the page's.
local function phrase(words, lang)
  return html.element("span", { { "lang", html.other_lang(words, lang) } }, html.escape(words))
end

local function link(from, to, words, lang)
  local attributes = { { "href", paths.encode(paths.relative(from, to)) }, { "lang", lang and html.other_lang(words, lang) } }
  return html.element("a", attributes, html.escape(words))
end

local function items(list)
  return "<ul>\n<li data-item>" .. table.concat(list, "</li>\n<li data-item>") .. "</li>\n</ul>\n"
end

local function section(title, list)
  return #list > 0 and ("<section data-group>\n<h2>%s</h2>\n%s</section>\n"):format(html.escape(title), items(list)) or ""
end

-- Every page but the index begins with the way back.
local function page(site, name, title, body, lang)
  local way = ('<nav aria-label="%s">%s</nav>\n'):format(site.words.way, link(name, "index.html", site.title))
  local has_pictures = body:find("data-picture", 1, true) ~= nil
  return html.page { title = title, lang = lang or site.lang, body = way .. body,
    pictures = has_pictures and site.words.pictures or nil }
end

local function index_page(site)
  local words, documents, persons, years = site.words, {}, {}, {}
  for i, document in ipairs(site.documents) do
    documents[i] = link("index.html", pages.of_document(document.path), document.title, site.lang)
  end
  for i, person in ipairs(site.people) do
    local roles = {}
    for n, role in ipairs(person.roles) do roles[n] = words.roles[role] end
    persons[i] = ('%s <span class="quiet">%s</span>'):format(link("index.html", of_person(person), person.name),
      html.escape(table.concat(roles, ", ")))
  end
  for i, year in ipairs(site.years) do
    years[i] = link("index.html", of_year(year), ("%d"):format(year.year))
      .. (' <span class="quiet">%d</span>'):format(#year.events)
  end
  return html.page { title = site.title, lang = site.lang, filter = words.filter, body = section(words.documents, documents)
    .. section(words.people, persons) .. section(words.years, years) }
end

-- Where something was found, as a link to the document's page.
local function source(site, name, path, line)
  local document = pages.of_document(path)
  local title = link(name, document, site.titles[path] or path, site.lang)
  return ('<span class="source">%s%s</span>'):format(title, line and (":%d"):format(line) or "")
end

local function person_page(site, name, person)
  local list = {}
  for i, entry in ipairs(person.appearances) do
    local what = entry.talk or entry.section
    local shown = what and (entry.video and html.link(entry.video, what) or phrase(what, site.lang)) .. "<br>" or ""
    list[i] = ('%s%s <span class="quiet">· %s</span>'):format(shown, source(site, name, entry.path, entry.line),
      site.words.roles[entry.role])
  end
  return page(site, name, person.name, items(list))
end

local function year_page(site, name, year)
  local list = {}
  for i, event in ipairs(year.events) do
    list[i] = ('<strong title="%s">%s</strong> %s<br>%s'):format(html.escape(event.date),
      html.escape(edtf_words.date(event.date, site.lang)), phrase(event.what, site.lang),
      source(site, name, event.path, event.line))
  end
  return page(site, name, ("%d"):format(year.year), items(list))
end

-- People and years that a document tells of, under its text.
local function see_also(site, name, path)
  local persons, years = {}, {}
  for _, person in ipairs(site.people_of[path] or {}) do persons[#persons + 1] = link(name, of_person(person), person.name) end
  for _, year in ipairs(site.years_of[path] or {}) do years[#years + 1] = link(name, of_year(year), ("%d"):format(year.year)) end
  return section(site.words.people, persons) .. section(site.words.years, years)
end

local function document_page(site, name, document)
  local also = see_also(site, name, document.path)
  return page(site, name, document.title, '<div class="prose">\n' .. document.body .. "</div>\n" .. also, document.lang)
end

-- Which people and years stand in which document, each once.
local function cross_reference(list, entries_of)
  local by_path = {}
  for _, thing in ipairs(list) do
    local last = {}
    for _, entry in ipairs(entries_of(thing)) do
      if not last[entry.path] then
        last[entry.path] = true
        by_path[entry.path] = by_path[entry.path] or {}
        table.insert(by_path[entry.path], thing)
      end
    end
  end
  return by_path
end

-- Names that differ in capitals or signs alone get a number, so that no system takes them for one file.
local function name_people(list)
  local taken = {}
  for _, person in ipairs(list) do
    local base = paths.safe_name((person.name:gsub(" ", "-")))
    local name, count = base, 1
    while taken[name:lower()] do
      count = count + 1
      name = ("%s-%d"):format(base, count)
    end
    taken[name:lower()] = true
    person.page = "people/" .. name .. ".html"
  end
end

-- All pages of a site, as an iterator of file name and text.
-- site: documents = { path, title, body, lang }, people (as people.merge gives them), years = { year, events }.
function pages.each(site, title)
  local sample = {}
  site.titles = {}
  for i, document in ipairs(site.documents) do
    sample[i], site.titles[document.path] = document.title, document.title
  end
  site.lang = text.is_korean(table.concat(sample, " ")) and "ko" or "en"
  site.words = labels[site.lang]
  site.title = title or site.words.title
  name_people(site.people)
  site.people_of = cross_reference(site.people, function(person) return person.appearances end)
  site.years_of = cross_reference(site.years, function(year) return year.events end)
  return coroutine.wrap(function()
    coroutine.yield("index.html", index_page(site))
    for _, kind in ipairs {
      { site.documents, function(document) return pages.of_document(document.path) end, document_page },
      { site.people, of_person, person_page }, { site.years, of_year, year_page },
    } do
      for _, thing in ipairs(kind[1]) do
        local name = kind[2](thing)
        coroutine.yield(name, kind[3](site, name, thing))
      end
    end
  end)
end

return pages
