-- What happened when, in one document: every date of its text (dates.lua) with
-- the words around it that say what it dates.  For timeline.lua and site.lua.

local blocks = require "lib.blocks"
local boilerplate = require "lib.boilerplate"
local calendar = require "lib.calendar"
local date_meta = require "lib.date_meta"
local dates = require "lib.dates"
local resolve = require "lib.date_resolve"
local sentences = require "lib.sentences"
local text = require "lib.text"
local words = require "lib.date_words"

local find, match = string.find, string.match

local events = {}

-- Page furniture; only what may hold a date is asked.
local function is_noise(block)
  return block.kind ~= "heading" and block.kind ~= "row" and boilerplate.is_noise(block.text)
end

-- The date a document bears, with every place asked that may know it; held: its blocks that may hold a date.
function events.reference(doc, held)
  local function images()
    local out = {}
    for i, image in ipairs(doc:images()) do out[i] = image.src end
    return out
  end
  local function texts()
    local out = {}
    for _, block in ipairs(held) do
      if block.holds and not is_noise(block) then out[#out + 1] = block.text end
    end
    return out
  end
  local function opening()
    local out, list = {}, blocks.list(doc)
    for i = 1, math.min(#list, 14) do
      if list[i].kind ~= "row" and not list[i].in_item then out[#out + 1] = list[i].text end
    end
    return out
  end
  return dates.reference { dated = date_meta.fields_of(doc), path = doc.path, title = doc.title, opening = opening,
    images = images, texts = texts }
end

-- Labels that introduce a date and say nothing of what it dates.
local empty_words = { ["에는"] = true }
for word in ([[일시 날짜 시간 일정 기간 장소 때 언제 date time when schedule updated published posted 작성일 등록일 발행일 수정일
  the on at in of and to a an]]):gmatch("%S+") do
  empty_words[word] = true
end

-- Whether a text says anything beside its date.
local function is_bare(rest)
  for word in rest:lower():gmatch("[%w\x80-\xFF]+") do
    if not empty_words[word] and #word > 1 and not word:match("^%d+$") then return false end
  end
  return true
end

local function strip_heading_number(title)
  return (title:gsub("^%s*[%(%d]+[.)]+%s*", ""))
end

-- The words beside a date in its table row: the other cells, addresses left out.
local function what_in_row(block, cell_index)
  local parts = {}
  for i, cell in ipairs(block.cells) do
    local other = text.one_line(cell.text)
    local silent = other == "" or other:match("^%a+://%S+$") or other:match("^%d%d?:%d%d$")
    if i ~= cell_index and not silent and other ~= parts[#parts] then
      parts[#parts + 1] = other
    end
  end
  return text.cut(table.concat(parts, " · "), 800)
end

-- The sentence of a block that holds a byte; the block is cut once, and asked in ascending order.
local function sentence_at(block, at)
  local list = block.sentences
  if not list then
    list = sentences.split(block.text)
    block.sentences, list.at = list, 1
  end
  while list.at < #list and list[list.at].to < at do list.at = list.at + 1 end
  return list[list.at] and list[list.at].text or block.text
end

-- A sentence without an end is shown in part: the words around the date.
local function passage_at(block, found)
  local sentence = block.cells and block.text or sentence_at(block, found.from)
  if #sentence > 800 then sentence = text.around(block.text, found.from - 150, found.to + 300) end
  return text.one_line(sentence)
end

local function what_in_text(block, found, doc)
  local sentence = passage_at(block, found)
  local s, e = sentence:find(text.one_line(found.text), 1, true)
  local rest = s and sentence:sub(1, s - 1) .. " " .. sentence:sub(e + 1) or sentence
  if not is_bare(rest) then
    -- "2019.03 - joined the lab": the date leads and is no part of the words.
    local lead = s == 1 and sentence:match("^%s*[:|)%]-]+%s*(.+)$", e + 1)
    return lead or sentence
  end
  local heading = block.headings[#block.headings]
  if heading and heading ~= block and not is_bare(heading.text) then return strip_heading_number(heading.text) end
  return doc.title and text.one_line(doc.title) or sentence
end

-- The year and day that the headings above a block set for it.
local function heading_point(block, context, known)
  for i = #block.headings, 1, -1 do
    local heading = block.headings[i]
    if known[heading] == nil then
      known[heading] = false
      local reference = function() return resolve.ask(context, "reference") end
      local found = heading ~= block and dates.find(heading.text, dates.context { reference = reference })[1]
      local point = found and calendar.read_interval(found.date)
      if point and point.y then
        known[heading] = point
      else
        local years = dates.years(heading.text)
        if #years == 1 then known[heading] = { y = years[1] } end
      end
    end
    if known[heading] then return known[heading] end
  end
end

-- Two items of one list are two things, however alike they read.
local function is_sibling(a, b) return a.item and b.item and a.index ~= b.index and a.section == b.section end

-- The element that a block was made of, and its class where it has one.
local function element_of(block)
  local element = block and block.first and block.first.parent
  local attributes = element and element.attributes
  return element, attributes and attributes.class
end

local function subject_of(block)
  if not (block and block.kind == "paragraph" and sentences.is_ended(block.text)) then return nil end
  return match(block.text, "^%s*(%u%l+%s+%u[%a.]*)")
end

-- "Mina Park ... since 2016." and "Jon Reed ... since 2016.": a year of two paragraphs that begin with two names.
local function is_of_another(event, other)
  if event.kind ~= "year" or event.block == other.block then return false end
  local first, second = subject_of(event.block), subject_of(other.block)
  return first ~= nil and second ~= nil and first ~= second
end

-- Two headings of one kind, or the same line of two cards of a page, are two things though all their words are the same.
local function is_parallel(a, b)
  a, b = a.block, b.block
  if not (a and b) or a == b or a.kind ~= b.kind then return false end
  if a.kind == "heading" then return a.level > 1 and a.level == b.level end
  local element, class = element_of(a)
  local other, other_class = element_of(b)
  return class ~= nil and class == other_class and element.parent ~= other.parent
end

-- The same thing said twice, or in two languages side by side.
local function is_repetition(event, same_day)
  for i = #same_day, math.max(1, #same_day - 5), -1 do
    local other = same_day[i]
    local korean, other_korean = text.has_hangul(event.what), text.has_hangul(other.what)
    if korean == other_korean then
      if event.what == other.what then return not is_parallel(event, other) end
      local is_other = is_sibling(event, other) or is_of_another(event, other)
      if not is_other and text.overlap(event.what, other.what) >= 0.75 then return true end
    elseif event.index - other.index <= 2 and not event.cells and not is_sibling(event, other) then
      return true
    end
  end
  return false
end

local date_columns = { ["날짜"] = true, ["일자"] = true, ["일시"] = true, ["일정"] = true, date = true, day = true, when = true }

-- "20241130" that is all there is: what dates.lua reads for it, else nil.
local function day_alone(said)
  local y, m, d = match(said, "^%s*([12]%d%d%d)(%d%d)(%d%d)%s*$")
  return y and ("%s-%s-%s"):format(y, m, d)
end

-- "7/4" under a heading "date" is a day: what dates.lua reads for it, else nil.
local function day_of_cell(block, cell, i)
  local title = block.header and block.header[i]
  if not (title and date_columns[title:lower()]) then return nil end
  local day = day_alone(cell.text)
  if day then return day end
  local m, d = cell.text:match("^%s*(%d%d?)[/.](%d%d?)%.?%s*$")
  return m and ("%d월 %d일"):format(m, d)
end

-- "00:00 Hello", "03:12 What is a second?": the places of a recording are no times of the day.
local function mark_chapters(state, block)
  if not state.may_hold then
    state.chapters = false
    return
  end
  local at_start = find(block.text, "^%(?%d%d?:%d%d")
  if not at_start then
    state.chapters = false
  elseif find(block.text, "^%(?0?0:00") and block.kind ~= "row" then
    state.chapters = true
  end
end

local function is_chapter(state, found)
  return state.chapters and (found.kind == "time" or found.kind == "time_range")
end

local function add_block(state, block, body, cell_index, said)
  if cell_index and not dates.may_hold(body) then return end
  state.context.heading = function() return heading_point(block, state.context, state.known) end
  local found_here = dates.find(body, state.context)
  -- "## 2025년": a heading that is a year alone dates what stands below it and is no event.
  local only = #found_here == 1 and found_here[1]
  if only and block.kind == "heading" and only.kind == "year" and is_bare(body:sub(only.to + 1)) then return end
  for _, found in ipairs(found_here) do
    -- "지난달에 있었던 일" over a section: what happened then is told below
    if block.kind == "heading" and found.relative and not found.text:find("%d") then goto next end
    local what = cell_index and what_in_row(block, cell_index) or what_in_text(block, found, state.doc)
    if what == "" then what = what_in_text(block, found, state.doc) end
    local event = {
      date = found.date, text = said or found.text, what = what, path = state.doc.path, line = block.line,
      section = block.section, kind = found.kind, resolved = found.resolved, approximate = found.approximate,
      unresolved = found.unresolved, index = state.index, cells = cell_index, item = block.in_item, block = block,
    }
    local heading = (found.kind == "time" or found.kind == "time_range") and resolve.ask(state.context, "heading")
    if heading and heading.d then event.on = calendar.spell(heading) end
    local same_day = state.by_date[event.date] or {}
    state.by_date[event.date] = same_day
    if not is_chapter(state, found) and not is_repetition(event, same_day) then
      state.list[#state.list + 1], same_day[#same_day + 1] = event, event
    end
    ::next::
  end
end

local function add_of_meta(state, date, said, kind)
  local event = {
    date = date, text = said, what = text.one_line(state.doc.title or state.doc.path), path = state.doc.path, line = 1,
    kind = kind, rule = "front matter", index = 0,
  }
  state.list[#state.list + 1], state.by_date[date] = event, { event }
end

-- What the front matter dates: the document, and the event that it announces.
local function add_meta(state)
  local date
  local fields = date_meta.fields_of(state.doc)
  if not fields then return end
  local reference = date_meta.in_fields(fields)
  if reference then
    state.context.reference = reference
    date = calendar.spell { y = reference.y, m = reference.m, d = reference.d }
    add_of_meta(state, date, reference.text, "date")
  end
  local announced = date_meta.of_event(fields)
  local found = announced and dates.find(announced, state.context)[1]
  if found and found.date ~= date and not found.unresolved then
    -- "start: 2024-11-30T14:00" says all that its day says
    if date and found.date:sub(1, #date) == date then state.list = {} end
    add_of_meta(state, found.date, announced, found.kind)
  end
end

local prose_names = {}
for _, key in ipairs(words.prose_keys) do prose_names[key] = true end

-- What the sentences of the front matter date and the body does not say.
local function add_prose(state)
  if not state.doc:fields(prose_names) then return end
  local meta = state.doc.meta
  local first, told = 0, {}
  while state.list[first + 1] and state.list[first + 1].rule do first = first + 1 end
  state.context.section_year, state.context.heading = nil, nil
  for _, key in ipairs(words.prose_keys) do
    local prose = meta[key]
    local block = { text = prose, headings = {} }
    for _, found in ipairs(type(prose) == "string" and dates.may_hold(prose) and dates.find(prose, state.context) or {}) do
      if not state.by_date[found.date] and not found.unresolved then
        add_of_meta(state, found.date, found.text, found.kind)
        state.list[#state.list].what = what_in_text(block, found, state.doc)
        told[#told + 1] = table.remove(state.list)
      end
    end
  end
  table.move(state.list, first + 1, #state.list, first + #told + 1)
  table.move(told, 1, #told, first + 1, state.list)
end

local function add_cell(state, block, cell, i)
  local day = day_of_cell(block, cell, i)
  add_block(state, block, day or cell.text, i, day and cell.text)
end

local function add_row(state, block)
  for i, cell in ipairs(block.cells) do
    if i == 1 or cell ~= block.cells[i - 1] then add_cell(state, block, cell, i) end
  end
end

-- Whether digits say that days stand before months: "30/06/2024", and nowhere the other way round.
local function has_day_first(held)
  local found = false
  for _, block in ipairs(held) do
    for first, second in (block.holds and block.text or ""):gmatch("%f[%w](%d%d?)/(%d%d?)/[12]%d%d%d%f[^%w]") do
      if tonumber(second) > 12 then return false end
      found = found or tonumber(first) > 12
    end
  end
  return found
end

-- What the dates of a document may need to know, found when one does.
local function context_of(doc, held)
  return dates.context {
    reference = function() return events.reference(doc, held()) end,
    title_year = function()
      local years = dates.years(doc.title or "")
      return #years == 1 and years[1]
    end,
    day_first = function() return has_day_first(held()) end,
  }
end

-- What comes next stands under this heading; nil under none.
local function enter_section(state, heading)
  if heading ~= state.heading then
    state.heading, state.context.section_year = heading, nil
  end
end

-- Between two blocks of the list lie only such as hold no date, under the heading of the first.
local function pass_gap(state, before)
  enter_section(state, before.kind == "heading" and before or before.headings[#before.headings])
  state.chapters = false
end

local function add_blocks(state, held)
  local before
  for _, block in ipairs(held) do
    if before and block.index > before.index + 1 then pass_gap(state, before) end
    before, state.index, state.may_hold = block, block.index, block.holds
    enter_section(state, block.headings[#block.headings])
    mark_chapters(state, block)
    if block.kind == "row" then
      if state.may_hold or block.header then add_row(state, block) end
    elseif state.may_hold and not is_noise(block) then
      local day = (block.in_item or block.kind == "heading") and day_alone(block.text)
      add_block(state, block, day or block.text, nil, day and block.text)
    end
  end
end

local in_source = { dates.find_shape, quern.text.finder { "&nbsp;", "&#" } }
local in_text = { bare = true, holding = dates.find_shape }
-- "7.4" in a row, and what stands over it
local column_names = {}
for name in pairs(date_columns) do column_names[#column_names + 1] = name end
local in_cells, in_header = { quern.text.finder({ "0.0", "0/0" }, "d") }, { quern.text.finder(column_names, "iw") }

-- Whether a document may have a date in its body, told by its source, then by the texts of its blocks: most have none, and
-- no tables with all their fields are made of them.
local function may_hold_any(doc)
  local body = doc.body
  if not body:finds(in_source, "source") then return false end
  for _, block in ipairs(body:blocks(in_text)) do
    -- the cells of a row one by one
    for said in block.text:gmatch("[^\t]+") do
      if day_alone(said) or dates.has_words(said) then return true end
    end
  end
  return body:finds(in_cells, "row") ~= nil and body:finds(in_header, "row") ~= nil
end

-- The events of a document in its order.
function events.of(doc)
  local list
  local function held()
    list = list or blocks.list(doc, { holding = dates.find_shape })
    return list
  end
  local state = { doc = doc, list = {}, by_date = {}, known = {}, context = context_of(doc, held) }
  add_meta(state)
  if may_hold_any(doc) then add_blocks(state, held()) end
  add_prose(state)
  -- what only the search needed
  for _, event in ipairs(state.list) do event.index, event.cells, event.item, event.block = nil, nil, nil, nil end
  return state.list
end

return events
