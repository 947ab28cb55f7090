-- People as cards: picture or initials, roles, talks with their videos, the
-- place they were found.  For speakers.lua.

local html = require "lib.html"
local text = require "lib.text"

local page = {}

local labels = {
  en = { title = "People", filter = "Filter", pictures = "Show pictures", video = "video", empty = "Nobody found.",
    groups = { speaker = "Speakers", author = "Authors", member = "Members", organizer = "Organizers", mentioned = "Mentioned" } },
  ko = { title = "사람들", filter = "걸러 보기", pictures = "사진 보기", video = "영상", empty = "찾은 사람이 없습니다.",
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
  return html.element("span", { { "class", "face" }, { "aria-hidden", "true" }, { "data-picture", picture } }, html.escape(initials(person.name)))
end

local function appearance(entry, words)
  local title = entry.talk or entry.section
  local parts = {}
  if title then parts[1] = html.element("span", { { "class", entry.talk and "title" } }, html.escape(title)) end
  if entry.video and html.url(entry.video) then parts[#parts + 1] = html.link(entry.video, words.video) end
  parts[#parts + 1] = html.source(entry.path, entry.line)
  return "<li>" .. table.concat(parts, " ") .. "</li>"
end

local function card(person, words)
  local roles = {}
  for i, role in ipairs(person.roles) do roles[i] = words.groups[role] end
  local talks = {}
  for i, entry in ipairs(person.appearances) do talks[i] = appearance(entry, words) end
  local about = table.concat(roles, ", ") .. (person.org and " · " .. person.org or "")
  return html.element("li", { { "data-item", true } }, ('<div class="person">%s<div><h3>%s</h3><p class="quiet">%s</p></div></div>\n<ul class="talks">%s</ul>')
    :format(face(person), html.escape(person.name), html.escape(about), table.concat(talks))) .. "\n"
end

function page.write(list)
  local names = {}
  for i, person in ipairs(list) do names[i] = person.name end
  local lang = text.is_korean(table.concat(names, " ")) and "ko" or "en"
  local words, parts, has_picture = labels[lang], {}, false
  for _, role in ipairs(order) do
    local cards = {}
    for _, person in ipairs(list) do
      if person.roles[1] == role then
        cards[#cards + 1] = card(person, words)
        has_picture = has_picture or cards[#cards]:find("data-picture", 1, true) ~= nil
      end
    end
    if #cards > 0 then
      parts[#parts + 1] = ('<section data-group><h2>%s <span class="quiet">%d</span></h2>\n<ul class="cards">\n%s</ul></section>\n')
        :format(words.groups[role], #cards, table.concat(cards))
    end
  end
  if #parts == 0 then parts[1] = html.element("p", nil, words.empty) .. "\n" end
  return html.page { title = words.title, lang = lang, filter = words.filter, body = table.concat(parts),
    tools = has_picture and ('<button id="pictures" type="button" hidden>%s</button>'):format(words.pictures) or "" }
end

return page
