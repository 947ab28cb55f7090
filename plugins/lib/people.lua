-- Who spoke, wrote, belongs, organised or is only mentioned in one document.
-- Each rule looks in one kind of place (front matter, title, image texts, labels,
-- tables, role lines, headings, prose) and reports appearances; merge() makes
-- people of them, over one document or many.
--
-- An appearance: { name, alias, org, role, line, section, talk, video, image,
-- path, rule, confidence, text }.

local attach = require "lib.people_attach"
local bios = require "lib.people_bios"
local blocks = require "lib.blocks"
local boilerplate = require "lib.boilerplate"
local evidence = require "lib.people_evidence"
local fields = require "lib.people_fields"
local first_names = require "lib.people_first_names"
local handles = require "lib.people_handles"
local interview = require "lib.people_interview"
local keywords = require "lib.keywords"
local labels = require "lib.people_labels"
local letters = require "lib.people_letters"
local lines = require "lib.people_lines"
local linked = require "lib.people_links"
local marked = require "lib.people_marked"
local merging = require "lib.people_merge"
local names = require "lib.names"
local news = require "lib.people_news"
local places = require "lib.people_places"
local pre = require "lib.people_pre"
local prose = require "lib.people_prose"
local roles = require "lib.role_words"
local sections = require "lib.people_sections"
local series = require "lib.people_series"
local siblings = require "lib.people_siblings"
local split = require "lib.people_split"
local tables = require "lib.people_tables"
local talks = require "lib.people_talks"
local text = require "lib.text"
local titles = require "lib.titles"
local weigh = require "lib.people_weigh"

local find, match, sub = string.find, string.match, string.sub

local people = {}

-- --------------------------------------------------------------- image texts

local find_alt_word = keywords.compile({ { "author", roles.alt_words.author }, { "member", roles.alt_words.member },
  { "organizer", roles.alt_words.organizer }, { "speaker", roles.alt_words.speaker } }, "i")

-- "NAME 연사", "NAME presenting at ...": the role word and the name before it, or after where it comes first.
local function read_alt(alt)
  local s, e, role = find_alt_word(alt)
  while s do
    local before = s > 1 and sub(alt, 1, s - 1) or ""
    local said = titles.after_preamble(before ~= "" and before or sub(alt, e + 1))
    -- "홍길동 학생 포스터 발표"
    local person = names.read(said) or names.read(match(said, "^(%S+)%s") or "")
    if person and person.score >= (e == #alt and 0.3 or 0.4) then return person, role end
    s, e, role = find_alt_word(alt, e + 1)
  end
end

local function from_image(state, block, image)
  local caption = image.alt ~= "" and image.alt or image.title or ""
  if caption == "" or #caption > 120 or find(caption, "%.%a%a%a%a?$", -5) or not (find_alt_word(caption) or
    names.may_be_sure(caption) or sections.role_of(block)) then
    return
  end
  local person, role = read_alt(caption)
  local confidence, talk = 0.95, nil
  if not person and #caption > 24 then
    person, talk = split.talk(caption, sections.expects_talks(state, block))
    talk = talk and (match(talk, "^[^:]*%d%d%d%d:%s+(.+)$") or talk)
    role = person and "speaker"
  end
  if not person then
    person = names.read(titles.after_preamble(caption))
    local expected = person and person.score >= 0.4 and (sections.role_of(block) or state.title_role)
    if not person or person.score < (expected and 0.4 or 0.7) then return end
    role = sections.role_of(block) or (sections.has_talks(state, block) and "speaker") or state.title_role
    confidence = 0.7
  end
  local facts = sections.talk_facts(state, block, role == "speaker")
  facts.image, facts.rule, facts.confidence, facts.text = image.url, "image text", confidence, caption
  facts.line = image.line
  facts.talk = talk or facts.talk
  if role == "member" then facts.talk, facts.video = nil, nil end
  state.pictured[image.url or ""] = person.name
  state:add(person, role or "mentioned", facts)
end

local function from_images(state, block)
  if block.labelled or block.kind == "row" then return end
  for _, image in ipairs(block.images) do from_image(state, block, image) end
end

-- ------------------------------------------------------- headings and items

-- How many headings of this level are, whole, a name, where most of them are: a page of people.
local function siblings_are_names(state, block)
  local counts = state.heading_names
  if not counts then
    counts = {}
    state.heading_names = counts
    for _, other in ipairs(state.list) do
      if other.kind == "heading" then
        local count = counts[other.level] or { all = 0, named = 0 }
        counts[other.level] = count
        local person = #other.text <= 60 and names.read(text.one_line(other.text))
        count.all = count.all + 1
        if person and person.score >= 0.6 then count.named = count.named + 1 end
      end
    end
  end
  local count = counts[block.level]
  return count.named >= 2 and count.named * 5 >= count.all * 3 and count.named
end

-- Whether something beside the words speaks for a heading that is a name: its section shows a picture or a video, the
-- document is about an event, or the headings beside it are names as well.
local function is_heading_of_person(state, block, person)
  local content = sections.content_of(state, block)
  if person.title or content and (content.image or content.video) and person.score >= 0.6 then return true end
  local expected = sections.expects_talks(state, block)
  if person.score >= 0.8 and (expected or not text.has_hangul(block.text) or #state.list <= 12) then return true end
  local alike = siblings_are_names(state, block)
  return alike and (expected or content ~= nil or person.score >= 0.8 or alike >= 3)
end

local function from_name_heading(state, block, heading, role, person)
  if person and person.score >= (role and 0.4 or 0.6) and not names.is_organisation(person.name)
    and (role or is_heading_of_person(state, block, person)) then
    local facts = sections.talk_facts(state, block, false)
    facts.rule, facts.confidence, facts.text = "heading", 0.8, heading
    local pictured = state.pictured[facts.image or ""]
    if pictured and pictured ~= person.name then facts.image = nil end
    if person.org and (role == nil or role == "speaker") and #person.org > 24 then
      facts.talk, person.org = person.org, nil
    end
    talks.note(state, block, state:add(person, role or state.title_role or state.is_study and "member" or "speaker", facts))
    return true
  end
  return false
end

-- "TALK - NAME", "NAME: TALK"
local function from_talk_heading(state, block, heading, role, expected)
  local first, talk, all = split.talk(heading, expected)
  if not (first and (expected or text.has_hangul(heading) == text.has_hangul(first.name))) then
    if expected or find(heading, "%s/%s[^()]+%)$") then places.offer_talk(state, block, heading) end
    return false
  end
  places.note_talk(state, block, heading, first, talk)
  for _, found in ipairs(all) do
    local facts = sections.talk_facts(state, block, true)
    facts.talk, facts.rule, facts.confidence, facts.text = talk, "heading", 0.8, heading
    state:add(found, role or state.is_study and "member" or "speaker", state.is_study and sections.without_talk(facts) or facts)
  end
  return true
end

-- A heading that is a name, or a talk with a name.
local function from_heading(state, block)
  local heading = split.without_time(text.one_line(block.text))
  if #heading > 240 or not names.may_hold(heading) or places.read_brackets(state, block)
    or lines.read_heading(state, block, heading) then
    return
  end
  local role = sections.role_of(block, true)
  local person = #heading <= 90 and names.read((sections.clean_title(heading):gsub("^[%d%s.)(]+", "")))
  local expected = role == "speaker" or sections.expects_talks(state, block)
  local is_talk = person and person.org and not role and expected and not names.is_organisation(person.org)
  local all = is_talk and find(heading, ",", 1, true) and names.run(heading, 0.6)
  if all and #all >= 2 then
    for _, each in ipairs(all) do
      each.score = math.max(each.score, all[1].score)
      from_name_heading(state, block, heading, role, each)
    end
    return
  end
  if is_talk and from_talk_heading(state, block, heading, role, expected) then return end
  if person and from_name_heading(state, block, heading, role, person) then return end
  local introduced = expected and bios.name_in_heading(heading)
  if introduced then
    local facts = sections.talk_facts(state, block, false)
    facts.talk, facts.rule, facts.confidence, facts.text = sections.talk_above(state, block), "heading", 0.8, heading
    state:add(introduced, role or "speaker", facts)
    return
  end
  from_talk_heading(state, block, heading, role, expected)
end

-- What the items of one list under a role have in common.
local function list_form(role, block) return "list of " .. role .. (block.section or "") end

-- A paragraph or item under "Organizers" that is nothing but names.
local function from_name_list(state, block, role)
  local line = text.one_line(block.text)
  local pieces = names.pieces(line)
  local alone = #pieces == 1 and #line <= 80 and block.kind == "paragraph"
  if not alone and #pieces < 2 or #line > 400 or line:match("[.!?]$") and text.has_hangul(line) then return false end
  local found = names.list(line, 0.5)
  -- "Nadia" below "Hosts"
  local heading = alone and #found == 0 and #line <= 20 and block.headings[#block.headings]
  if heading and roles.person_labels[heading.text:lower()] and find(line, "^%u[%l\x80-\xC9]+$") then
    found[1] = names.trusted(line)
    if found[1] then found[1].score = 0.6 end
  end
  -- "NAME, ORG" in a list: who is no sure name is where she works
  local is_place = block.in_item and #pieces == 2 and #found == 2 and found[2].score < 0.8 and find(line, ",", 1, true)
  if is_place and not text.has_hangul(found[2].name) and not find(line, " and ", 1, true) then found[2] = nil end
  if #found * 2 < #pieces or alone and (found[1].score < 0.6 or block.labelled) then return false end
  for _, person in ipairs(found) do
    state:add(person, role, { line = block.line, section = block.section, rule = "names under a role", confidence = 0.85,
      text = line })
  end
  if block.in_item and found[1].score >= 0.5 then places.note(state, list_form(role, block)) end
  return true
end

-- Whether the items right behind one are names as well: who speaks stands before what was said.
local function is_list_of_people(state, block)
  for i = 1, 2 do
    local following = state.list[state.at + i]
    if not following or not following.in_item or #following.text > 90 then return false end
    local person = names.read(text.one_line(following.text))
    if not person or person.score < 0.6 or following.headings[#following.headings] ~= block.headings[#block.headings] then
      return false
    end
  end
  return true
end

-- "## TALK" and below it "- NAME" or "- NAME, ORG", then what was said.
local function from_first_item(state, block, line)
  if not sections.is_first(block) or #line > 90 then return false end
  local heading = block.headings[#block.headings]
  -- "(사회: NAME)": the heading has said who speaks, or who leads those that do
  if find(heading.text, "[%(%[][^()]*:") then return false end
  local person = names.trusted(line)
  if not person or labels.is_title_first(person, line) or names.is_organisation(person.name) then return false end
  local opening = sections.is_opening(heading.text)
  local sure = person.score >= 0.6 and (opening or sections.expects_talks(state, block) and #heading.text >= 12)
  if person.score < 0.6 and not names.syllables(person.name) or is_list_of_people(state, block) then return false end
  if not opening and #heading.text < 12 then return false end
  local talk = not opening and not sections.is_meeting(heading.text) and sections.clean_title(heading.text) or nil
  if person.score >= 0.6 then places.note(state, "first item") end
  if not sure then
    places.offer(state, block, { name = person.name, talk = talk, form = "first item", line = line,
      role = state.is_study and "member" or "speaker" })
    return true
  end
  local facts = sections.talk_facts(state, block, false)
  facts.talk, facts.rule, facts.confidence, facts.text = talk, "first item below a talk", 0.8, line
  state:add(person, "speaker", facts)
  return true
end

local function from_item(state, block)
  local line = text.one_line(block.text:match("^[^\n]*"))
  if block.links then line = linked.cut_at_end(block, line) end
  if lines.read_change(state, block, line) then return end
  local role = block.introduced or sections.role_of(block)
  if role and not block.labelled then
    local person = names.read(line)
    if person and role == "speaker" and labels.is_title_first(person, line) then person = nil end
    if not person then
      local head = line:match("^(.-)%s*[:|(/,]") or line:match("^(.-)%s+[-\xE2]")
      local inside = line:match("^@[%w._-]+%s*[(:/-]+%s*([^()]+)%)?$")
      person = inside and names.read(inside) or head and names.read(head)
    end
    local form = list_form(role, block)
    local is_short = person and (names.syllables(person.name) or 9) <= 4 or person and names.is_two_words(person.name)
    if person and person.score >= 0.5 then
      places.note(state, form)
    elseif is_short and person.score >= 0.2 then
      places.offer(state, block, { name = person.name, form = form, line = line, role = role })
    end
    if person and person.score >= 0.5 then
      local facts = { line = block.line, section = block.section, rule = "list under a role", confidence = 0.85, text = line }
      facts.image = block.images and block.images[#block.images].url
      if role == "speaker" and person.org and #person.org > 24 then facts.talk, person.org = person.org, nil end
      state:add(person, role, facts)
      return
    end
  end
  if (not role or role == "speaker") and talks.read_item(state, block, line) then return end
  if not role and from_first_item(state, block, line) then return end
  local expected = sections.expects_talks(state, block)
  local first, talk, all = split.talk(line, expected)
  if first then
    places.note_talk(state, block, line, first, talk)
  elseif expected then
    places.offer_talk(state, block, line)
  elseif block.latin and #line <= 160 then
    places.keep_line(state, block, line)
  end
  local is_award = all and sections.find_award(sub(line, 1, 40)) ~= nil
  for _, person in ipairs(all or {}) do
    local facts = { line = block.line, section = block.section, rule = "item", confidence = 0.75, text = line, talk = talk }
    facts.video = sections.video_of(block.links)
    state:add(person, is_award and "member" or "speaker", is_award and sections.without_talk(facts) or facts)
  end
end

-- ------------------------------------------------------------------ the whole

local collector = {}
collector.__index = collector

function collector:add(person, role, facts)
  if names.is_organisation(person.name) and names.syllables(person.name) ~= 3 then return end
  -- "은결님" where a rule took the address for a part of the name
  local name = #person.name > 6 and sub(person.name, -3) == "님" and match(person.name, "^(.-)%s?님$") or person.name
  local entry = { name = name, alias = person.alias, org = person.org, title = person.title, role = role,
    path = self.doc.path }
  for key, value in pairs(facts) do entry[key] = value end
  self.found[#self.found + 1] = entry
  return entry
end

-- Whether a block is worth a look: it holds what may be a name, or stands where a word that hardly looks like one is
-- taken for a name.  Page furniture is not.
local function is_worthy(state, block, following)
  local kind, body = block.kind, block.text
  if kind == "row" then return true end
  local worthy = body ~= "" and prose.find_evidence(block) or state.is_event and #body <= 300 or sections.role_of(block) ~= nil
    or state.takes_first_names and first_names.may_tell(block)
    or lines.may_have_label(block) or letters.may_close(block, following)
    or block.in_item and #body < 90 and sections.is_first(block)
  return worthy and (kind == "heading" or not boilerplate.is_noise(body))
end

-- The blocks that are worth a look, and where they stand in the list of all.
local function pick_blocks(state)
  local picked, indices = {}, {}
  local list = state.list
  for index = 1, #list do
    local block = list[index]
    if is_worthy(state, block, list[index + 1]) then
      picked[#picked + 1] = block
      indices[#picked] = index
    end
  end
  state.picked, state.indices = picked, indices
end

local function from_text(state, block, index)
  local any = block.labelled or handles.read_line(state, block) or lines.read(state, block) or letters.read(state, block)
  local role = sections.role_of(block)
  if not any then any = places.read(state, block, index) end
  if not any and role then any = places.read_source_lines(state, block, role) or from_name_list(state, block, role) end
  if not any then any = series.read(state, block) or bios.read(state, block) end
  if not any then any = linked.read(state, block) end
  places.read_brackets(state, block)
  news.read(state, block)
  if not any and block.in_item then from_item(state, block) end
  prose.read(state, block)
end

-- "title: NAME on TALK", "title: TALK by NAME": the page of one talk.
local function from_title(state)
  local title = state.doc.title
  if state.doc.title_source ~= "front_matter" or state.interview or #title > 200 or not names.may_be_sure(title) then return end
  if not (state.is_event or find(title, " on ", 1, true) or find(title, " by ", 1, true)) then return end
  local _, talk, all = split.talk(title, false)
  for _, person in ipairs(talk and all or {}) do
    if person.score >= (state.is_event and 0.8 or 0.9) and not person.org then
      state:add(person, "speaker", { line = 1, rule = "title of the page", confidence = 0.8, text = title, talk = talk })
    end
  end
end

local function read_block(state, block, index)
  state.at = index
  if block.kind == "row" then
    local any = tables.read_row(state, block)
    news.read(state, block)
    -- minutes and programmes kept in a table have their sentences in its cells
    if not any and #block.text >= 120 and (state.is_study or state.is_event) and prose.find_evidence(block) then
      prose.read(state, block)
    end
  elseif block.kind == "heading" then
    from_heading(state, block)
  else
    from_text(state, block, index)
  end
end

local wanted = { links = true, images = true, marks = {} }
for _, marks in ipairs { prose.marks, lines.marks, letters.marks } do
  table.move(marks, 1, #marks, #wanted.marks + 1, wanted.marks)
end

-- The rules for blocks, in their order.
local function read_body(state)
  local list = blocks.list(state.doc, wanted)
  if state.pre then table.move(state.pre, 1, #state.pre, #list + 1, list) end
  state.list, state.pictured, state.forms, state.offers = list, {}, {}, {}
  sections.content_of(state, nil)
  lines.mark_introduced(list)
  from_title(state)
  marked.read(state)
  pick_blocks(state)
  labels.read(state)
  places.from_leads(state)
  for i = 1, #list do
    if list[i].images then from_images(state, list[i]) end
  end
  for i, block in ipairs(state.picked) do read_block(state, block, state.indices[i]) end
  places.settle_talks(state)
  siblings.read(state)
  weigh.settle(state)
  if state.interview then interview.read(state) end
end

-- Whether there is nothing to look for but what the front matter says: authors, whose pictures would have their names.
local function is_told(state)
  local found = state.found
  for i = 1, #found do
    local entry = found[i]
    if entry.role ~= "author" or entry.alias or entry.name == "" or #entry.name > 200 then return false end
  end
  return not evidence.any(state) and not (#found > 0 and evidence.has_names(state))
end

-- The appearances of a document: those of its front matter, then those of its body.
function people.of(doc)
  local state = setmetatable({ doc = doc, found = {} }, collector)
  sections.prepare(state)
  state.takes_first_names = state.is_event or state.is_meeting or state.title_role ~= nil or news.is_news_title(state)
  if state.meta then
    fields.read(state, state.meta, 0)
    fields.read_texts(state, state.meta)
  end
  state.pre = pre.blocks(state, wanted)
  local has_body = state.pre ~= nil or not is_told(state)
  if has_body then read_body(state) end
  if #state.found == 0 then return state.found end
  merging.complete_names(state.found)
  merging.join_parts(state.found)
  merging.join_handles(state.found)
  merging.join_spellings(state.found)
  if has_body then
    talks.read(state)
    attach.read(state)
  end
  return state.found
end

people.merge = merging.merge

return people
