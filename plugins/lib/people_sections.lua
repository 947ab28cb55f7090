-- What the place of a block says about a person in it: the role that headings
-- give, the talk, video and picture of its section; what the title of the document
-- and its place in the site say; titles without numbers, and what is but a time.
-- For people.lua.

local boilerplate = require "lib.boilerplate"
local keywords = require "lib.keywords"
local roles = require "lib.role_words"
local text = require "lib.text"

local find, gsub, match, sub = string.find, string.gsub, string.match, string.sub

local sections = {}

local find_host = quern.text.finder(roles.video_hosts, "i")
local find_video_word = quern.text.finder(roles.video_words, "iw")
local find_presentation = quern.text.finder(roles.presentation_words, "iw")
local find_interview = quern.text.finder(roles.interview_words, "iw")
local find_event = quern.text.finder(roles.event_words, "iw")
local find_study = quern.text.finder(roles.study_words, "i")
local role_in_title = keywords.first_group(roles.section_words, "iw")

-- Labels of people that are a heading as well.
local group_titles = {}
for _, role in ipairs { "speaker", "organizer", "member" } do
  for label in pairs(roles.labels[role]) do
    if not roles.no_titles[label] then group_titles[label] = role end
  end
end

-- The role that a heading gives its section: by what it is as a whole, else by a word in it.
local function role_of_title(title)
  local role = role_in_title(title)
  if #title >= 40 then return role end
  local lower = title:lower()
  if roles.whole_titles[lower] then return roles.whole_titles[lower] end
  if find(lower, "^[^%w\x80-\xFF]") or find(lower, "[%s:]$") then lower = match(lower, "^[^%w\x80-\xFF]*(.-)[%s:]*$") end
  return roles.whole_titles[lower] or role or group_titles[lower]
end
sections.role_of_title = role_of_title

local video_suffixes = {}
for _, suffix in ipairs(roles.video_suffixes) do video_suffixes[suffix] = true end

-- The page of somebody's videos, of which none is meant.
local function is_channel(url)
  return find(url, "youtube%.com/@[^/]*/?$") ~= nil or find(url, "youtube%.com/c[hanel]*/[^/]*/?$") ~= nil
    or find(url, "youtube%.com/user/[^/]*/?$") ~= nil
end

function sections.is_video(url, label)
  if find_host(url) and not is_channel(url) or find_video_word(label) then return true end
  local suffix = match(sub(url, -5), "%.%w+$")
  return suffix ~= nil and video_suffixes[suffix:lower()] == true
end

-- The first video among links, each asked once.
function sections.video_of(links)
  for _, link in ipairs(links or {}) do
    if link.is_video == nil then link.is_video = sections.is_video(link.url or "", link.text) end
    if link.is_video then return link.url end
  end
end

-- Names of conferences that no list holds: JSConf, PyCon, DEVCON, DevFest.
local event_names = { "%a[Cc]onf%f[%A]", "%aCon%f[%A]", "%u%uCON%f[%A]", "%a[Ff]est%f[%A]", "%a[Kk]aigi%f[%A]" }

local function is_event_title(title)
  if find_event(title) then return true end
  for _, pattern in ipairs(event_names) do
    if find(title, pattern) then return true end
  end
  -- what was said at a meeting is told by those who belong together
  return find(title, "%f[%a][Mm]eeting%f[%A]") ~= nil and not find_study(title) and not find(title:lower(), "%f[%a]notes%f[%A]")
end

local find_event_kind = quern.text.finder(roles.event_kinds, "iw")

-- Whether a field of front matter, a text or a list of them, has one of the words of a finder.
local function says(value, finder)
  if type(value) == "string" then return #value <= 80 and finder(value) ~= nil end
  for i = 1, type(value) == "table" and math.min(#value, 8) or 0 do
    if says(value[i], finder) then return true end
  end
  return false
end

-- Whether the front matter files the document among events, or among interviews.
local function is_filed(meta, finder)
  return says(meta.category, finder) or says(meta.categories, finder) or says(meta.type, finder) or says(meta.layout, finder)
    or says(meta.kind, finder)
end

-- Words of a title or the front matter without which they say nothing of people, and those of them that give a role.
local telling, giving = { "meeting", "conf", "con", "fest", "kaigi" }, {}
for _, group in ipairs(roles.section_words) do table.move(group[2], 1, #group[2], #giving + 1, giving) end
for _, titles in ipairs { roles.whole_titles, group_titles } do
  for title in pairs(titles) do giving[#giving + 1] = title end
end
for _, list in ipairs { roles.interview_words, roles.event_words, roles.event_kinds, roles.study_words, giving } do
  table.move(list, 1, #list, #telling + 1, telling)
end
local find_telling = quern.text.finder(telling, "i")
-- In a path other signs stand for blanks.
local in_path = {}
for i, title in ipairs(giving) do in_path[i] = match(title, "^[^ ]+") end
local find_in_path = quern.text.finder(in_path, "i")

-- The role that the place of a page in its site gives: "/members/", "people.md", "team/index.html".
local function role_of_path(permalink, path)
  if not find_in_path(path) and not (type(permalink) == "string" and find_in_path(permalink)) then return nil end
  local name = type(permalink) == "string" and match(permalink, "^.*/([^/]+)/?$")
  if not name then
    local folder, file = match(path, "^(.*)/([^/]*)$")
    name = match(file or path, "^(.+)%.%a+$")
    if folder and (name == "index" or name == "_index") then name = match(folder, "^.*/([^/]*)$") or folder end
  end
  if not name or #name > 30 or find(name, "[%d:]") then return nil end
  local words = gsub(name:lower(), "[_ -]+", " ")
  return not find(words, " .* .* ") and role_of_title(words) or nil
end

-- Whether a title is that of notes of a meeting, and the role of those who met, where it says so.
local function read_meeting(title)
  if not find(title, "%f[%a][Mm]eeting%f[%A]") and not find(title, "%f[%a][Mm]inutes%f[%A]") then return false, nil end
  local lower = title:lower()
  local led = find(lower, "organi[sz]er") or find(lower, "%f[%a]board%f[%A]") or find(lower, "committee", 1, true)
  return true, led and "organizer" or nil
end

-- What the document is about, by its title, its front matter and its place.
function sections.prepare(state)
  local doc = state.doc
  local title, meta = doc.title or "", doc.meta
  -- "Title: July meetup", as some sites write it
  if meta and type(meta.Title) == "string" and doc.title_source ~= "front_matter" then title = meta.Title end
  local tells = find_telling(title) ~= nil
  local files = meta and is_filed(meta, find_telling)
  state.title, state.meta = title, meta
  state.interview = tells and find_interview(title) ~= nil or files and is_filed(meta, find_interview)
    or meta and says(meta.seo_title or meta.subtitle, find_interview) or false
  state.title_role = tells and #title < 60 and role_of_title(title) or role_of_path(meta and meta.permalink, doc.path)
  state.is_event = state.interview or tells and is_event_title(title) or files and is_filed(meta, find_event_kind) or false
  state.is_study = tells and find_study(title) ~= nil and not find_event(title)
  if tells then state.is_meeting, state.meeting_role = read_meeting(title) end
  state.says_event = tells and find_event(title) ~= nil
  state.is_release = not state.is_event and find(title, "%d%.%d") ~= nil
    and find(title, "%f[%w]v?%d+%.%d+%.%d+%f[%W]") ~= nil
end

local function read_contents(state)
  local contents, list = {}, state.list
  for i = 1, #list do
    local block = list[i]
    local kind, headings = block.kind, block.headings
    local heading = kind == "heading" and block or headings[#headings]
    if heading and block ~= heading and not heading.opening and block.text ~= "" then
      heading.first_block = heading.first_block or block
      if kind == "paragraph" then heading.opening = block end
    end
    if heading and kind ~= "row" and (block.links or block.images) then
      local content = contents[heading]
      if not content then
        content = {}
        contents[heading] = content
      end
      content.image = content.image or block.images and block.images[1].url
      content.video = content.video or sections.video_of(block.links)
    end
  end
  return contents
end

-- What the section of a heading holds: its first video and its first picture; nil where it has neither.
function sections.content_of(state, heading)
  state.contents = state.contents or read_contents(state)
  return heading and state.contents[heading]
end

-- The role that one heading gives, and that it and those above it give, the nearest first; each asked once.
local function own_role(heading)
  if heading.role == nil then heading.role = #heading.text < 90 and role_of_title(heading.text) or false end
  return heading.role
end
sections.own_role = own_role

local function role_of_headings(headings, last)
  local nearest = headings[last]
  if not nearest then return nil end
  if nearest.nearest_role == nil then
    nearest.nearest_role = own_role(nearest) or role_of_headings(headings, last - 1) or false
  end
  return nearest.nearest_role or nil
end

-- The role that the line before its list or the headings above a block give it.
function sections.role_of(block, above_only)
  if block.introduced then return block.introduced end
  local headings = block.headings
  local last = #headings
  if above_only and headings[last] == block then last = last - 1 end
  local nearest = headings[last]
  if not nearest or nearest.nearest_role == false then return nil end
  return nearest.nearest_role or role_of_headings(headings, last)
end

function sections.is_presentation(block)
  local heading = block.headings[#block.headings]
  if not heading then return false end
  if heading.presents == nil then heading.presents = find_presentation(heading.text) ~= nil end
  return heading.presents
end

local find_number_head = quern.text.finder({ "session", "talk",
  "presentation", "세션", "발표", "keynote", "기조", "title", "제목", "주제", "(", "[", "#", "0", "1", "2",
  "3", "4", "5", "6", "7", "8", "9" }, "i")

-- "1. TALK", "(2) TALK", "Session 3: TALK", "TALK (영상)" -> "TALK"
function sections.clean_title(title)
  title = text.one_line(title)
  if not find_number_head(title) then return title end
  for _, pattern in ipairs { "^%(?%d+[.)]%s*", "^%d+%-%d+[.)]?%s+", "^[Ss]ession%s*%d+%s*[:.)-]%s*", "^[Tt]alk%s*%d+%s*[:.)-]%s*",
    "^[Pp]resentation%s*%d+%s*[:.)-]%s*",
    "^[Ss]peaker%s*%d+%s*[:.)-]%s*", "^[Tt]opic%s*%d+%s*[:.)-]%s*",
    "^세션%s*%d+%s*[:.)-]%s*", "^발표%s*%d+%s*[:.)-]%s*", "^%d부%s*[:.-]%s*", "^%[[Ss]ession%s*%d+%]%s*",
      "^%[세션%s*%d+%]%s*", "^#%d+%s*[:.-]?%s*",
    "^[Tt]itle%s*:%s*", "^제목%s*:%s*", "^주제%s*:%s*",
    "^[Kk]eynote%s*:%s*", "^기조%s?강연%s*:%s*", "^기조%s?연설%s*:%s*" } do
    local rest = title:match(pattern .. "(.+)$")
    if rest then title = rest end
  end
  return title
end

local time_words, time_syllables = {}, {}
for word in ("january february march april may june july august september october november december jan feb mar apr jun jul"
  .. " aug sept sep oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun am pm st"
  .. " nd rd th"):gmatch("%l+") do
  time_words[word] = true
end
for syllable in ("요 일 년 월 시 분 오 전 후 화 수 목 금 토"):gmatch("%S+") do time_syllables[syllable] = true end

-- Whether a text is a date or a time of day and nothing else.
function sections.is_time(line)
  if #line > 60 or not find(line, "%d") then return false end
  for word in line:gmatch("%a+") do
    if not time_words[word:lower()] then return false end
  end
  for syllable in line:gmatch("[\xEA-\xED][\x80-\xBF][\x80-\xBF]") do
    if not time_syllables[syllable] then return false end
  end
  return true
end

-- Whether a heading only counts or dates what it holds: "제34회 (20/11/05)", "Week 3", "20200811", "세션 - 12월 7일".
local function is_count(title)
  if find(title, "^제%s?%d+%s?회") or find(title, "^%d+%s?회") then return true end
  local kind, day = match(title, "^(.-)%s+\xE2\x80[\x93\x94]%s+(%d.*)$")
  if not kind then kind, day = match(title, "^(.-)%s+%-%s+(%d.*)$") end
  if kind and #kind <= 16 and sections.is_time(day) then return true end
  return find(title, "^%a+ %d+$") ~= nil and #title <= 12 or sections.is_time(title)
end

-- Whether the section of a block looks like one talk: it has a heading, and a video or a person's own picture.
function sections.has_talks(state, block)
  local heading = block.headings[#block.headings]
  local content = heading and sections.content_of(state, heading)
  return content ~= nil and content.video ~= nil or heading ~= nil and sections.is_presentation(block)
end

-- Whether talks are to be expected at a block: the document or its section is about an event.
function sections.expects_talks(state, block)
  for i = #block.headings, 1, -1 do
    local heading = block.headings[i]
    if heading.announces == nil then heading.announces = find_event(heading.text) ~= nil end
    if heading.announces then return true end
  end
  if state.is_event or block.links and sections.video_of(block.links) then return true end
  return sections.has_talks(state, block) or sections.role_of(block) == "speaker"
end

local find_general = quern.text.finder(roles.general_titles, "iw")
sections.find_general = find_general

-- Whether a block is the first paragraph under a heading of an event that may be a talk's title.
function sections.opens_section(state, block)
  local heading = block.headings[#block.headings]
  if heading then sections.content_of(state, heading) end
  if not (state.is_event and heading and heading.opening == block and heading.level > 1) then return false end
  return #heading.text >= 15 and (not find_general(heading.text) or match(heading.text, "^%d+%.%s") ~= nil)
end

-- What opens a line about those who won.
sections.find_award = quern.text.finder({ "대상:", "대상 :", "최우수상", "우수상", "장려상", "특별상", "인기상", "1st place", "2nd place",
  "3rd place", "first place", "second place", "third place", "grand prize", "runner-up", "winner:", "1등", "2등", "3등", "1위", "2위",
  "3위" }, "i")

local find_opening = quern.text.finder(roles.opening_titles, "iw")

-- Whether a heading opens a talk without being its title.
function sections.is_opening(title) return #title < 40 and find_opening(title) ~= nil end

-- Whether a heading names one meeting of many: "제7회 물가 모임 (1월 7일)", "Meetup #12".
function sections.is_meeting(title)
  return is_event_title(title) and (find(title, "%d%s?회") or find(title, "#%s?%d") or find(title, "%d월")
    or find(title, "%f[%d][12][09]%d%d%f[%D]")) ~= nil
end

-- The title in the heading above one that only says who speaks.
function sections.talk_above(state, block)
  local above = block.headings[#block.headings]
  if above == block then above = block.headings[#block.headings - 1] end
  if not above or #above.text < 4 or sections.is_opening(above.text) or role_of_title(above.text) then return nil end
  if above.text == state.doc.title and (state.is_event or above.level == 1 and state.list[1] == above) then return nil end
  return sections.clean_title(above.text)
end

-- Whether a block is the first thing below its heading.
function sections.is_first(block)
  local heading = block.headings[#block.headings]
  return heading ~= nil and heading.first_block == block
end

-- Whether a block is the first thing below a heading that may be the title of a talk.
function sections.opens_talk(state, block)
  local heading = block.headings[#block.headings]
  if state.interview or not heading or heading.level < 2 or not sections.is_first(block) then return false end
  if #heading.text < 8 or #heading.text > 160 or is_count(heading.text) then return false end
  if heading.text == state.doc.title or sections.is_opening(heading.text) or find_general(heading.text) then return false end
  return sections.expects_talks(state, block)
end

-- Talk, video and image of the section a block stands in.
function sections.talk_facts(state, block, is_talk)
  local heading = block.kind == "heading" and block or block.headings[#block.headings]
  if not heading then return { line = block.line } end
  local content = sections.content_of(state, heading) or {}
  local role = is_talk and sections.role_of(block)
  return {
    line = block.line, section = heading.text, video = content.video, image = content.image,
    talk = is_talk and not role and not is_count(heading.text) and sections.clean_title(heading.text) or nil,
  }
end

function sections.without_talk(facts)
  local copy = {}
  for key, value in pairs(facts) do copy[key] = value end
  copy.talk, copy.video = nil, nil
  return copy
end

-- The first short line without the end of a sentence, or a bracketed one, between two labels: a talk's title.
function sections.talk_of_segment(list, from, to)
  local first_seen = false
  for i = from + 1, to - 1 do
    local block = list[i]
    if block.kind == "heading" then return nil end
    local line = text.one_line(block.text)
    if line ~= "" and block.kind ~= "row" then
      local bracketed = line:match("^%[.+%]$") or line:match("^<[^!].+>$")
      local sentence = line:match("[.!?:]$") or line:match("…$") or line:match("다$") or line:match("요$")
        or line:match("：$")
      local titled = bracketed or not first_seen and not sentence
      if titled and #line <= 160 and not line:match("^<!") and not boilerplate.is_noise(block.text) then return line end
      first_seen = true
    end
  end
end

return sections
