-- People as cards: picture or initials, roles, talks with their videos, the
-- place they were found.  For speakers.lua.

local html = require "lib.html"
local text = require "lib.text"

local page = {}

local labels = {
  en = { lang = "en", title = "People", filter = "Filter", pictures = "Show pictures", video = "video", empty = "Nobody found.",
    more = "{n} more", count = "{people} people in {documents} documents", one_person = "1 person", one_document = "1 document",
    groups = { speaker = "Speakers", author = "Authors", member = "Members", organizer = "Organizers",
      mentioned = "Mentioned" } },
  ko = { lang = "ko", title = "사람들", filter = "걸러 보기", pictures = "사진 보기", video = "영상", empty = "찾은 사람이 없습니다.",
    more = "{n}개 더", count = "문서 {documents}개의 사람 {people}명",
    groups = { speaker = "연사", author = "글쓴이", member = "구성원", organizer = "운영", mentioned = "언급된 사람" } },
}
local order = { "speaker", "author", "member", "organizer", "mentioned" }

-- "Jane Roe" -> "JR", a Korean name -> its last two syllables.
local function initials(name)
  local ascii = {}
  for letter in name:gmatch("%f[%w](%w)%w*") do ascii[#ascii + 1] = letter:upper() end
  if #ascii > 0 then return ascii[1] .. (#ascii > 1 and ascii[#ascii] or "") end
  local start = utf8.offset(name, -2)
  return start and name:sub(start) or name
end

local function face(person)
  local picture
  for _, entry in ipairs(person.appearances) do picture = picture or html.url(entry.image) end
  return html.element("span", { { "class", "face" }, { "aria-hidden", "true" }, { "data-picture", picture } },
    html.escape(initials(person.name)))
end

-- What someone did, each thing once: a talk said in the programme and in the report is one line with two sources.
local function deeds(person, words, base)
  local list, by_title = {}, {}
  for _, entry in ipairs(person.appearances) do
    local title = entry.talk or entry.section or ""
    local deed = by_title[title]
    if not deed then
      deed = { title = title, is_talk = entry.talk ~= nil, sources = {}, seen = {} }
      by_title[title], list[#list + 1] = deed, deed
    end
    deed.video = deed.video or html.url(entry.video)
    if not deed.seen[entry.path] then
      deed.seen[entry.path] = true
      deed.sources[#deed.sources + 1] = html.source(entry.path, entry.line, base)
    end
  end
  for i, deed in ipairs(list) do
    local parts = {}
    if deed.title ~= "" then
      local attributes = { { "class", deed.is_talk and "title" }, { "lang", html.other_lang(deed.title, words.lang) } }
      parts[1] = html.element("span", attributes, html.escape(deed.title))
    end
    if deed.video then parts[#parts + 1] = html.link(deed.video, words.video, deed.title) end
    if #parts > 0 then parts[#parts + 1] = "<br>" end
    list[i] = { html = "<li>" .. table.concat(parts, " ") .. table.concat(deed.sources, ", ") .. "</li>",
      rank = (deed.is_talk and 0 or deed.title ~= "" and 1 or 2) * 10000 + i }
  end
  table.sort(list, function(a, b) return a.rank < b.rank end)
  for i, deed in ipairs(list) do list[i] = deed.html end
  return list
end

local function card(person, words, base)
  local roles = {}
  for i, role in ipairs(person.roles) do roles[i] = words.groups[role] end
  local list = deeds(person, words, base)
  local shown = table.concat(list, "", 1, math.min(#list, 4))
  local about = table.concat(roles, ", ") .. (person.org and " · " .. person.org or "")
  local more = #list > 4 and ('<details><summary>%s</summary><ul class="talks">%s</ul></details>'):format(
    words.more:gsub("{n}", ("%d"):format(#list - 4)), table.concat(list, "", 5)) or ""
  return html.element("li", { { "data-item", true } }, table.concat {
    '<div class="person">', face(person), "<div><h3>", html.escape(person.name), '</h3><p class="quiet">', html.escape(about),
    '</p></div></div>\n<ul class="talks">', shown, "</ul>", more,
  }) .. "\n"
end

-- "13 people in 14 documents", and the folder the paths lie in.
local function counted(words, people, paths, base)
  local said = words.count
  if people == 1 and words.one_person then said = said:gsub("{people} people", words.one_person) end
  if #paths == 1 and words.one_document then said = said:gsub("{documents} documents", words.one_document) end
  said = said:gsub("{people}", ("%d"):format(people)):gsub("{documents}", ("%d"):format(#paths))
  return base ~= "" and said .. " · " .. base or said
end

local function all_paths(list)
  local paths, seen = {}, {}
  for _, person in ipairs(list) do
    for _, entry in ipairs(person.appearances) do
      if not seen[entry.path] then seen[entry.path], paths[#paths + 1] = true, entry.path end
    end
  end
  return paths
end

-- The people whose first role it is, as a section; "" where there is nobody.
local function group(list, role, words, base)
  local cards = {}
  for _, person in ipairs(list) do
    if person.roles[1] == role then cards[#cards + 1] = card(person, words, base) end
  end
  if #cards == 0 then return "" end
  return ('<section data-group>\n<h2>%s <span class="quiet">%d</span></h2>\n<ul class="cards">\n%s</ul>\n</section>\n'):format(
    words.groups[role], #cards, table.concat(cards))
end

function page.write(list)
  local names = {}
  for i, person in ipairs(list) do names[i] = person.name end
  local lang = text.is_korean(table.concat(names, " ")) and "ko" or "en"
  local words, parts, paths = labels[lang], {}, all_paths(list)
  local base = html.common_folder(paths)
  for i, role in ipairs(order) do parts[i] = group(list, role, words, base) end
  local body = table.concat(parts)
  local has_pictures = body:find("data-picture", 1, true) ~= nil
  if #list == 0 then body = html.element("p", nil, words.empty) .. "\n" end
  return html.page { title = words.title, lang = lang, intro = #list > 0 and counted(words, #list, paths, base) or nil,
    filter = #list > 0 and words.filter or nil, pictures = has_pictures and words.pictures or nil, body = body }
end

return page
