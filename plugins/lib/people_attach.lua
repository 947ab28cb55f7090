-- The talk and the picture of those for whom no rule gave any: a title in
-- quotation marks in the sentence that names them, the heading above the line
-- they open, "gave a talk on TITLE", the one video of that sentence, the picture
-- whose caption names them, the one picture right before them, or between them
-- and the next person.  For people.lua, last of all.

local blocks = require "lib.blocks"
local lines = require "lib.people_lines"
local roles = require "lib.role_words"
local sections = require "lib.people_sections"
local split = require "lib.people_split"
local text = require "lib.text"

local find, match, sub = string.find, string.match, string.sub

local attach = {}

-- ------------------------------------------------------------- quoted titles

local find_quote = quern.text.finder({ '"', "“", "‘", "'", "「", "『", "《", "<" }, "")
local closers = { "\"", "”", "’", "'", "」", "』", "》", ">" }
local find_said = quern.text.finder(roles.said_words, "i")

-- Whether what stands in quotation marks is a title: long enough for one, and not what somebody said.
local function is_title(title, after)
  if #title < 8 or #title > 160 or find(title, "[.!]%s+%S") or find(title, "\n", 1, true) then return false end
  local said = find_said(after)
  return not (said and said <= 4)
end

-- The title in quotation marks nearest to a name that begins at a place of a sentence and is so long, before it or behind.
local function quoted_near(sentence, at, size)
  local best, distance
  local from, to, kind = find_quote(sentence)
  while from do
    local stop, last = find(sentence, closers[kind], to + 1, true)
    local word = (kind == 3 or kind == 4) and from > 1 and find(sentence, "^[%w]", from - 1)
    if stop and not word then
      local title = sub(sentence, to + 1, stop - 1)
      local gap = stop < at and at - last - 1 or from - at - size
      if gap >= 0 and (not best or gap < distance) and is_title(title, sub(sentence, last + 1, last + 20)) then
        best, distance = title, gap
      end
    end
    from, to, kind = find_quote(sentence, stop and not word and last + 1 or to + 1)
  end
  return best, distance
end

-- The sentence around a name: its text, and where in it the name begins.  Points inside of quotation marks end none.
local function sentence_of(body, name)
  local at = find(body, name, 1, true)
  if not at then return nil end
  local head = sub(body, math.max(1, at - 260), at - 1)
  local start = match(head, "^.*다[.!]%s+()") or match(head, "^.*요[.!]%s+()") or match(head .. "A", "^.*%l[.!?]%s+()%u")
  start = start or match(head, "^.*\n()") or 1
  local tail = match(sub(body, at, at + 320), "^[^\n]*")
  local stop = find(tail, "[.!?]%s") or #tail
  return sub(head, start) .. sub(tail, 1, stop), #head - start + 2
end

-- The title in quotation marks nearest to a name in its sentence, and how far it stands from it.
function attach.quoted_in(body, name)
  local sentence, at = sentence_of(body, name)
  if not sentence or not find_quote(sentence) then return nil end
  return quoted_near(sentence, at, #name)
end

local find_talk_noun = quern.text.finder { "발표", "세션", "강연", "강의", "주제", "라는 제목", "라는 발표", " talk", " session" }

-- "**TITLE** 발표가 있었다": strong words that a noun for talks follows.
local function find_strong_talk(block)
  local node = block.first
  while node do
    local following = blocks.next_inline(node)
    if node.kind == "strong" and following and following.kind == "text" then
      local noun, title = find_talk_noun(following.literal), node:text()
      if noun and noun <= 4 and is_title(title, "") then return title end
    end
    node = following
  end
end

-- The same of a block, looked for once, whoever it names.
local function strong_talk(block)
  if block.strong_talk == nil then block.strong_talk = find_strong_talk(block) or false end
  return block.strong_talk
end

-- ------------------------------------------------------------------ headings

-- The heading above a line that a speaker opens, where it is long enough for a title and says nothing else.
local function heading_talk(state, block)
  local heading = block.headings[#block.headings]
  if state.interview or not heading or heading == block or #heading.text < 12 or #heading.text > 160 then return nil end
  local is_other = heading.text == state.doc.title or sections.role_of(block) or sections.is_opening(heading.text)
  if is_other or sections.find_general(heading.text) then return nil end
  return sections.clean_title(heading.text)
end

local opens = { ["name that opens its paragraph"] = true, ["one of its kind"] = true, ["below its title"] = true }

-- ------------------------------------------------------------------ pictures

-- So many captions are searched for every name.
local most_captions = 200

-- The picture of a block whose words name somebody: a caption.
local function captioned(state)
  local list = {}
  for i, block in ipairs(state.list) do
    if #list == most_captions then break end
    if block.images and #block.images == 1 and block.kind ~= "row" then
      local caption = block.text
      local following = state.list[i + 1]
      if caption == "" and following and following.kind == "caption" then caption = following.text end
      if caption ~= "" and #caption <= 240 then list[#list + 1] = { caption = caption, url = block.images[1].url } end
    end
  end
  return list
end

-- For each block that names one person the one picture right before it.
local function pictures_before(state, named)
  local out, before = {}, nil
  for _, block in ipairs(state.list) do
    local is_picture = block.images and #block.images == 1 and block.kind ~= "row" and block.text == ""
    if named[block] and #block.text <= 120 then out[block] = before end
    before = is_picture and block.images[1].url ~= "" and block.images[1].url or nil
  end
  return out
end

-- For each block that names one person the one picture in it, or right behind it before other words.
local function pictures_behind(state, named)
  local out, last, words = {}, nil, 0
  for _, block in ipairs(state.list) do
    if named[block] ~= nil then
      last, words = named[block] and block, 0
    elseif block.kind == "heading" then
      last = nil
    elseif block.text ~= "" and not block.images then
      words = words + 1
    end
    if last and words <= 1 and block.images and block.kind ~= "row" then
      out[last] = out[last] == nil and #block.images == 1 and block.images[1].url or false
      words = 2
    end
  end
  return out
end

-- ------------------------------------------------------------------ the whole

local function find_blocks(state)
  local by_line = {}
  for _, block in ipairs(state.list) do
    if block.text ~= "" and not by_line[block.line] then by_line[block.line] = block end
  end
  return by_line
end

-- Whether an entry is one of somebody who speaks; who has a title in quotation marks right beside does, whatever the verb.
local function is_speaking(state, block, entry, speaks, distance)
  if entry.role == "speaker" then return true end
  if not entry.title or not distance then return false end
  local is_beside = distance <= 12 and (entry.role ~= "mentioned" or sections.expects_talks(state, block))
  return is_beside or speaks[entry.name] and entry.role == "mentioned"
end

local function attach_talks(state, by_line)
  local has, speaks = {}, {}
  for _, entry in ipairs(state.found) do
    if entry.talk then has[entry.name] = true end
    if entry.role == "speaker" then speaks[entry.name] = true end
  end
  for _, entry in ipairs(state.found) do
    local block = entry.role ~= "author" and not entry.talk and by_line[entry.line]
    if block and block.kind ~= "row" and block.kind ~= "heading" and entry.rule ~= "label" then
      local title, distance = attach.quoted_in(block.text, entry.name)
      if is_speaking(state, block, entry, speaks, distance) then
        if not title and not has[entry.name] then
          title = strong_talk(block) or opens[entry.rule] and heading_talk(state, block)
        end
        if title then entry.role, entry.talk = "speaker", title end
      end
    end
  end
end

local talk_before_name = { "[Pp]resentation on (%u.-)%s+by%s+$", "[Tt]alk on (%u.-)%s+by%s+$", "[Tt]alk about (%u.-)%s+by%s+$" }
local talk_after_name = { "^%s+gave an? [%l ]*presentation on (%u[^.;!?]+)", "^%s+gave an? [%l ]*talk on (%u[^.;!?]+)",
  "^%s+presented on (%u[^.;!?]+)", "^%s+gave an? [%l ]*presentation about (%u[^.;!?]+)" }

-- "a presentation on TITLE by NAME", "NAME gave a talk on TITLE".
local function told_talk(body, name)
  local at = find(body, name, 1, true)
  if not at then return nil end
  local before, after = sub(body, math.max(1, at - 200), at - 1), sub(body, at + #name, at + #name + 200)
  for _, pattern in ipairs(talk_before_name) do
    local title = match(before, pattern)
    if title and not find(title, "[.;!?]%s") then return title end
  end
  for _, pattern in ipairs(talk_after_name) do
    local title = match(after, pattern)
    if title then return text.one_line(title) end
  end
end

-- The one video that is linked in the sentence of a name.
local function video_in_sentence(block, name)
  local sentence, video = sentence_of(block.text, name), nil
  for i = 1, sentence and math.min(#block.links, 60) or 0 do
    local link = block.links[i]
    local label = link.text and text.one_line(link.text) or ""
    if label ~= "" and sections.video_of({ link }) and find(sentence, label, 1, true) then
      if video then return nil end
      video = link.url
    end
  end
  return video
end

-- Longer texts are not searched for each of those whom they name.
local most_told = 8000

-- What the sentence around somebody who speaks says of the talk and its video.
local function attach_told(state, by_line)
  for _, entry in ipairs(state.found) do
    local block = entry.role == "speaker" and by_line[entry.line]
    if block and block.kind ~= "row" and block.kind ~= "heading" and #block.text <= most_told then
      entry.talk = told_talk(block.text, entry.name) or entry.talk
      if not entry.video and block.links and not block.in_item then entry.video = video_in_sentence(block, entry.name) end
    end
  end
end

local find_title_label = quern.text.finder({ "세션명", "세션 제목", "발표 제목", "발표제목", "발표 주제", "강연 제목", "강연제목", "talk title",
  "session title", "title of talk", "presentation title" }, "i")

-- "# 발표자: NAME" and, in another section of a page about one speaker, "세션명: TALK".
local function attach_labelled_talk(state)
  local speaker, title
  for _, entry in ipairs(state.found) do
    if entry.role == "speaker" then
      if entry.talk or speaker and speaker ~= entry.name then return end
      speaker = entry.name
    end
  end
  for _, block in ipairs(speaker and state.list or {}) do
    local talk = block.kind ~= "heading" and find_title_label(sub(block.text, 1, 60)) and lines.talk_of_label(block)
    if talk and title and talk ~= title then return end
    title = talk or title
  end
  for _, entry in ipairs(title and state.found or {}) do
    if entry.role == "speaker" then entry.talk = split.unquote(title) end
  end
end

-- "* TALK / NAME" and in the next item a player: the video of a section that has one talk is that talk's.
local function attach_videos(state, by_line)
  local count, any = {}, false
  for _, entry in ipairs(state.found) do
    local block = entry.talk and entry.role == "speaker" and by_line[entry.line]
    local heading = block and block.in_item and block.headings[#block.headings]
    if heading then
      local seen = count[heading] or { talk = entry.talk, alone = true }
      count[heading], any = seen, true
      seen.alone = seen.alone and seen.talk == entry.talk
    end
  end
  for _, entry in ipairs(any and state.found or {}) do
    local block = entry.talk and not entry.video and entry.role == "speaker" and by_line[entry.line]
    local heading = block and block.in_item and block.headings[#block.headings]
    local content = heading and count[heading] and count[heading].alone and sections.content_of(state, heading)
    if content then entry.video = content.video end
  end
end

-- A rule by its first words: what was weighed beside it makes no other of it.
local function rule_of(entry) return match(entry.rule, "^[^,]*") end

-- The rules most of whose people have a picture of their own in some place.
local function rules_in_order(wanting, before, behind)
  local seen, counts, out = {}, {}, {}
  for _, pair in ipairs(wanting) do
    local entry, rule, block = pair[1], rule_of(pair[1]), pair[2]
    local count = counts[rule] or { people = 0, before = 0, behind = 0 }
    counts[rule] = count
    if not seen[entry.name] then
      seen[entry.name], count.people = true, count.people + 1
      if before[block] then count.before = count.before + 1 end
      if behind[block] then count.behind = count.behind + 1 end
    end
  end
  for rule, count in pairs(counts) do
    local some = math.max(count.before, count.behind)
    if some >= 2 and some * 5 >= count.people * 3 then out[rule] = count.before > count.behind and before or behind end
  end
  return out
end

-- A picture whose text names a person is that person's.
local function attach_named_pictures(state)
  local images = {}
  for _, block in ipairs(state.list) do
    for _, image in ipairs(block.images or {}) do
      if #image.alt >= 6 and #image.alt <= 120 and image.url then images[#images + 1] = image end
    end
  end
  if #images == 0 or #images > 200 then return end
  for _, entry in ipairs(state.found) do
    for _, image in ipairs(images) do
      if entry.role ~= "mentioned" and (find(image.alt, entry.name, 1, true) or image.alt == entry.alias) then
        entry.image = image.url
        break
      end
    end
  end
end

local function find_captioned(captions, name)
  for _, picture in ipairs(captions) do
    if find(picture.caption, name, 1, true) then return picture.url end
  end
end

-- Pictures in their order count where most of those who are named have one of their own.
local function attach_pictures(state, by_line)
  local captions = captioned(state)
  local named, has, wanting, speaks = {}, {}, {}, {}
  for _, entry in ipairs(state.found) do
    local block = by_line[entry.line]
    if entry.image then has[entry.name] = true end
    if entry.role ~= "mentioned" and entry.role ~= "author" then speaks[entry.name] = true end
    if entry.role ~= "author" and block and block.kind ~= "row" then
      if named[block] ~= nil and named[block] ~= entry.name then named[block] = false else named[block] = entry.name end
      wanting[#wanting + 1] = { entry, block }
    end
  end
  local in_order = rules_in_order(wanting, pictures_before(state, named), pictures_behind(state, named))
  for _, pair in ipairs(wanting) do
    local entry, block = pair[1], pair[2]
    if speaks[entry.name] and not has[entry.name] then
      local pictures = in_order[rule_of(entry)]
      entry.image = find_captioned(captions, entry.name) or pictures and pictures[block] or nil
    end
  end
end

function attach.read(state)
  if #state.found == 0 then return end
  attach_named_pictures(state)
  local by_line = find_blocks(state)
  attach_talks(state, by_line)
  if state.title_role == "speaker" or state.is_event then attach_labelled_talk(state) end
  attach_told(state, by_line)
  attach_videos(state, by_line)
  for _, block in ipairs(state.list) do
    if block.images then return attach_pictures(state, by_line) end
  end
end

return attach
