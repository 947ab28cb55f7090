-- What the place of a block says about a person in it: the role that headings
-- give, the talk, video and picture of its section.  For people.lua.

local boilerplate = require "lib.boilerplate"
local keywords = require "lib.keywords"
local names = require "lib.names"
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

function sections.is_video(url, label)
  if find_host(url) or find_video_word(label) then return true end
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

-- What the document is about, by its title and its front matter.
function sections.prepare(state)
  local title, meta = state.doc.title or "", state.doc.meta or {}
  state.interview = find_interview(title) ~= nil or is_filed(meta, find_interview)
    or says(meta.seo_title or meta.subtitle, find_interview)
  state.title_role = #title < 60 and role_of_title(title) or nil
  state.is_event = state.interview or is_event_title(title) or is_filed(meta, find_event_kind)
  state.is_study = find_study(title) ~= nil and not find_event(title)
  state.says_event = find_event(title) ~= nil
end

local function read_contents(state)
  local contents = {}
  for _, block in ipairs(state.list) do
    local heading = block.kind == "heading" and block or block.headings[#block.headings]
    if heading and block ~= heading and block.text ~= "" then heading.first_block = heading.first_block or block end
    if heading and block ~= heading and not heading.opening and block.kind == "paragraph" and block.text ~= "" then
      heading.opening = block
    end
    if heading and (block.links or block.images) and block.kind ~= "row" then
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
  return role_of_headings(headings, last)
end

function sections.is_presentation(block)
  local heading = block.headings[#block.headings]
  if not heading then return false end
  if heading.presents == nil then heading.presents = find_presentation(heading.text) ~= nil end
  return heading.presents
end

local find_number_head = quern.text.finder({ "session", "talk",
  "presentation", "세션", "발표", "keynote", "기조", "(", "[", "#", "0", "1", "2",
  "3", "4", "5", "6", "7", "8", "9" }, "i")

-- "1. TALK", "(2) TALK", "Session 3: TALK", "TALK (영상)" -> "TALK"
function sections.clean_title(title)
  title = text.one_line(title)
  if not find_number_head(title) then return title end
  for _, pattern in ipairs { "^%(?%d+[.)]%s*", "^%d+%-%d+[.)]?%s+", "^[Ss]ession%s*%d+%s*[:.-]%s*", "^[Tt]alk%s*%d+%s*[:.-]%s*",
    "^[Pp]resentation%s*%d+%s*[:.-]%s*",
    "^[Ss]peaker%s*%d+%s*[:.-]%s*", "^[Tt]opic%s*%d+%s*[:.-]%s*",
    "^세션%s*%d+%s*[:.-]%s*", "^발표%s*%d+%s*[:.-]%s*", "^%d부%s*[:.-]%s*", "^%[[Ss]ession%s*%d+%]%s*",
      "^%[세션%s*%d+%]%s*", "^#%d+%s*[:.-]?%s*",
    "^[Kk]eynote%s*:%s*", "^기조%s?강연%s*:%s*", "^기조%s?연설%s*:%s*" } do
    local rest = title:match(pattern .. "(.+)$")
    if rest then title = rest end
  end
  return title
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
  if #heading.text < 8 or #heading.text > 160 then return false end
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
    talk = is_talk and not role and sections.clean_title(heading.text) or nil,
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

-- What all the ways to join a talk and a name have one of.
local find_quote_mark = quern.text.finder { '"', "\xE2\x80\x9C" }
local find_separator = quern.text.finder { '"', "\xE2\x80\x9C",
  "(", "[", "-", "|", "/", "–", "—", " by ", " with ", ":", "·", "@", ", ", ". ", "? ",
  "! " }

local separators = { "%s+[-|/]%s+", "%s+\xE2\x80[\x93\x94]%s+", "%s+[-~]%f[%w\x80-\xFF]", "%s*|%s*",
  "%s+by%s+", "%s+with%s+", "%s*:%s+",
  "%s+%-%-%-?%s+", "%s+\xC2\xB7%s+", "%s+/%s+", "%s+@%s+", ",%s+" }

-- Whether a reading is good enough; where talks are expected a form of address counts for much.
local function is_enough(person, floor)
  return person ~= nil and (person.score >= floor or floor < 0.8 and person.title ~= nil and person.score >= 0.4)
end

local kinds_of_part = { presentation = true, session = true, speaker = true, topic = true, track = true, lecture = true }

local function is_talk_title(title)
  local letters = title:gsub("[^%w\x80-\xFF]", "")
  if #letters < 8 or title:match("^%d%d?:%d%d") or title:match("^%a+://") then return false end
  return not kinds_of_part[match(title:lower(), "^(%a+) %d+$") or ""]
end

-- A date before an entry.
local dates = { "^%[?%d%d%d%d[-./]%s?%d%d?[-./]%s?%d%d?[.%]]?[%s:|,-]+(%D.*)$", "^%[?%d%d?[/.]%d%d?%]?[%s:|,-]+(%D.*)$",
  "^%d%d?월%s?%d%d?일[%s:|,-]+(.+)$", "^%d%d?월%s?%d%d?일%s?%b()[%s:|,-]+(.+)$" }
for month in ("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"):gmatch("%a+") do
  dates[#dates + 1] = "^" .. month .. "%l*%.?%s%d%d?[%s:|,-]+(%D.*)$"
end

-- A clock time or a number before an entry of a programme, and whether it was a time.
local function cut_time(line)
  local rest, timed = line, false
  repeat
    local shorter = match(rest, "^%s*%[?%d%d?:%d%d%]?[%s:|.,~-]*(.*)$") or match(rest, "^%s*\xE2\x80[\x93\x94]%s*(%d.*)$")
    if shorter then rest, timed = shorter, true end
  until not shorter
  for _, date in ipairs(dates) do
    local shorter = match(rest, date)
    if shorter then
      rest, timed = shorter, true
      break
    end
  end
  rest = match(rest, "^%d?\xEF\xB8\x8F\xE2\x83\xA3%s*(.+)$") or match(rest, "^\xE2[\x91-\x9F][\x80-\xBF]%s*(.+)$") or rest
  return match(rest, "^%d+[.)]%s+(.+)$") or match(rest, "^[#*>]%s+(.+)$") or rest, timed
end

local function unquote(title)
  title = match(title, '^"(.+)"$') or match(title, "^'(.+)'$") or match(title, "^“(.+)”$") or match(title, "^‘(.+)’$") or
    match(title, "^「(.+)」$") or match(title, "^『(.+)』$") or match(title, "^《(.+)》$") or title
  return sections.clean_title(title)
end

sections.unquote = unquote

-- Whether a title ends in a name of its own, so that the bracket behind it holds where they work.
local function ends_in_name(title, floor)
  local tail = match(title, "^.*%s[-|/]%s+(.+)$") or match(title, "^.*%s\xE2\x80[\x93\x94]%s+(.+)$")
  local person = tail and names.read(tail)
  return is_enough(person, floor)
end

-- "TALK (NAME, ORG)", "[NAME] TALK"
local function split_bracket(line, floor)
  local before, inside = match(line, "^(.-)%s*%(([^()]+)%)%s*$")
  if before and is_talk_title(before) and names.score(before) < 0.5 and not ends_in_name(before, floor) then
    local person = names.read((gsub(inside, "^[Bb][Yy]:?%s+", "")))
    if is_enough(person, floor) then return person, unquote(before:gsub("%s*[-|/]%s*$", "")) end
  end
  local bracket, rest = match(line, "^%[([^%]]+)%]%s*(.+)$")
  if bracket then
    local person = names.read(bracket)
    if is_enough(person, floor) and is_talk_title(rest) then return person, unquote(rest) end
  end
end

-- 'NAME "TALK"', '"TALK" NAME': the quotation marks are all that parts them.
local function split_quotes(line, floor)
  local plain = gsub(line, "\xE2\x80[\x9C\x9D]", '"')
  local head, title, tail = match(plain, '^%s*([^"]-)[,:]?%s*"([^"]+)"[,:]?%s*([^"]-)%s*$')
  local one = title and (head == "") ~= (tail == "") and is_talk_title(title)
  local person = one and names.read(head == "" and tail or head) or nil
  if is_enough(person, floor) then return person, sections.clean_title(title) end
end

-- Where a separator stands first and last.
local function find_both(line, separator)
  local s, e = find(line, separator)
  local last_s, last_e = s, e
  while last_s do
    local a, b = find(line, separator, last_e + 1)
    if not a then break end
    last_s, last_e = a, b
  end
  return s, e, last_s, last_e
end

-- One name, or several that are nothing else: the first, and the list of all.
local function read_several(line, floor)
  local person = names.read(line)
  if person and not (person.org and find(line, "[,&]") and names.score(person.org) >= floor) then return person end
  local found = names.run(line, floor)
  if not found or #found < 2 then return person end
  return found[1], found
end

-- "TALK. NAME, NAME and NAME": names that follow the end of a sentence and are nothing else.
local function split_sentence(line, floor)
  local from = 1
  for _ = 1, 8 do
    local s, e = find(line, "%f[.?!][.?!]+[)\"']*%s+", from)
    if not s then return nil end
    local found = names.run(sub(line, e + 1), floor)
    local title = sub(line, 1, s - 1)
    if found and (#found > 1 or not found[1].org) and is_talk_title(title) and names.score(title) < 0.5 then
      return found[1], unquote((match(line, "^[?!]", s) and sub(line, 1, s)) or title), found
    end
    from = e + 1
  end
end

local made = {}
for word in ("written authored edited published translated illustrated created made built developed maintained"):gmatch("%l+") do
  made[word] = true
end

local function split_at(line, separator, floor)
  local s, e, last_s, last_e = find_both(line, separator)
  if not s then return nil end
  local title = sub(line, 1, last_s - 1)
  -- "TITLE. This, That, Last Thing": a list of things whose last may look like a name
  if separator == ",%s+" and find(title, "[,.?!]%s") then floor = 0.9 end
  local tail, all = read_several(sub(line, last_e + 1), floor)
  title = match(title, "^(.*%S)%s+[Tt]alk$") or title
  -- "a book, written by NAME"
  if separator == "%s+by%s+" and made[match(title, "(%l+)$") or ""] then return nil end
  if is_enough(tail, floor) and is_talk_title(title) and names.score(title) < 0.5 then return tail, unquote(title), all end
  local head
  head, all = read_several(sub(line, 1, s - 1), floor)
  title = sub(line, e + 1)
  if is_enough(head, floor) and is_talk_title(title) and not match(title, "[.!?]%s+%S") and #title < 140 then
    return head, unquote(title), all
  end
end

-- "TALK - NAME (ORG)", "NAME: TALK", "TALK (NAME, ORG)", "10:00 TALK / NAME and NAME": person, talk, all, or nil.  Where talks
-- are expected a name of unknown words will do.
function sections.split_talk(line, expected)
  if #line > (expected and 800 or 240) or not find_separator(line) then return nil end
  local timed
  line, timed = cut_time(line)
  if find(line, "[%-\x93\x94]%s*$") then
    line = match(line, "^(.-)%s*%-+%s*$") or match(line, "^(.-)%s*\xE2\x80[\x93\x94]%s*$") or line
  end
  local floor = (expected or timed) and 0.6 or 0.8
  if not (floor < 0.8 and names.may_hold(line) or names.may_be_sure(line)) then return nil end
  local person, talk, all
  if #line > 240 then
    person, talk, all = split_sentence(line, floor)
    return person, talk, all
  end
  person, talk = split_bracket(line, floor)
  if not person and find_quote_mark(line) then person, talk = split_quotes(line, floor) end
  if person then return person, talk, { person } end
  if floor < 0.8 and find(line, "[.?!]%s") then
    person, talk, all = split_sentence(line, floor)
    if person then return person, talk, all end
  end
  for i, separator in ipairs(separators) do
    if i < #separators or floor < 0.8 then
      person, talk, all = split_at(line, separator, floor)
      if person then return person, talk, all or { person } end
    end
  end
end

-- What a line of its own below a title may be: one name, or several and nothing else, and whether it hardly looks like one.
local function read_name_line(line)
  if #line > 160 or #line < 5 or find(line, "[:!?]$") then return nil end
  local found = names.run(line, 0.6)
  if found then return found end
  local n = names.syllables(line)
  if n and n <= 4 and names.score(line) >= 0.2 then return { { name = line, score = 0.3 } }, true end
  local person = names.read(line)
  return person and (person.title or person.org) and person.score >= 0.4 and { person } or nil
end

-- "TALK\nNAME", "NAME\nTALK", below a time or not: the people, the talk, and whether the name hardly looks like one.
function sections.split_lines(body)
  body = match(body, "^%s*%d%d?:%d%d[%d:%s~-]*\n(.+)$") or body
  local title, last = match(body, "^(.-)%s*\n%s*([^\n]+)$")
  if not title or find(title, "\n.*\n") or #title > 240 then return nil end
  title = text.one_line(title)
  local found, weak = read_name_line(last)
  if found and #title >= 6 and not names.run(title, 0.6) then return found, sections.clean_title(title), weak end
  local first, rest = match(body, "^([^\n]+)\n%s*([^\n]+)$")
  found = first and names.run(first, 0.7)
  if found and #rest >= 8 and not find(rest, "[.]%s*$") and not names.run(rest, 0.6) then
    return found, sections.clean_title(rest)
  end
end

local weak_separators = { "%s+[-|/]%s*", "%s+\xE2\x80[\x93\x94]%s*", "%s*|%s*", "%s*:%s+" }

-- As split_talk, where the name is a word of two to four syllables that hardly looks like one: the word, the talk and
-- on which side it stands.  To be believed where others of the same form do.
function sections.split_weak(line)
  if #line > 200 or not find_separator(line) then return nil end
  line = cut_time(line)
  line = match(line, "^(.-)%s*%-+%s*$") or line
  for _, separator in ipairs(weak_separators) do
    local s, e, last_s, last_e = find_both(line, separator)
    local tail, head = s and sub(line, last_e + 1), s and sub(line, 1, s - 1)
    for side, word in pairs { tail = tail, head = head } do
      word = match(word, "^(.-)%s?%([^()]+%)$") or word
      local n = names.syllables(word)
      local title = side == "tail" and sub(line, 1, last_s - 1) or s and sub(line, e + 1)
      if n and n >= 2 and n <= 4 and names.score(word) >= 0.2 and is_talk_title(title) then return word, unquote(title), side end
    end
  end
end

return sections
