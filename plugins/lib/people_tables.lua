-- People in tables: what each column holds, by its title or by what stands in
-- it, and the talk, video and picture of a row.  For people.lua.

local handles = require "lib.people_handles"
local names = require "lib.names"
local roles = require "lib.role_words"
local sections = require "lib.people_sections"
local split = require "lib.people_split"
local talk_titles = require "lib.talk_titles"
local text = require "lib.text"

local find, match, sub = string.find, string.match, string.sub

local tables = {}

-- A label to its role; of a label with two roles the first in the order of names.
local role_of_label = {}
for _, role in ipairs { "speaker", "organizer", "name", "member", "author" } do
  for label in pairs(roles.labels[role]) do role_of_label[label] = role end
end

-- The value of a table of labels that a title stands for, whole or in one of its parts ("연사/소속").
local function look_up(labels, title)
  local lower = text.one_line(title):lower()
  if labels[lower] then return labels[lower] end
  lower = lower:gsub("%s*[:(%[].*$", ""):gsub("%s*%d+$", "")
  if labels[lower] then return labels[lower] end
  if not find(lower, "[/,&\xC2]") then return nil end
  for part in lower:gsub("\xC2\xB7", "/"):gmatch("[^/,&]+") do
    local value = labels[text.trim(part)]
    if value then return value end
  end
end

-- The role that a column's title or a label gives, "name" where it only says that people stand there.
function tables.column_role(title)
  return #title <= 80 and look_up(role_of_label, title) or nil
end

-- Whether the title of a column or a label says that a talk's title stands there; "세션 내용" is two of those that do.
local function is_talk_column(title)
  if look_up(roles.talk_labels, title) then return true end
  local first, second = match(title, "^%s*([^%s/,&]+)%s+([^%s/,&]+)%s*$")
  return first ~= nil and roles.talk_labels[first:lower()] == true and roles.talk_labels[second:lower()] == true
end

tables.is_talk_label = is_talk_column

-- Whether most cells of a column are a name and nothing else.
local function is_name_column(rows, i, floor)
  local filled, named = 0, 0
  for _, row in ipairs(rows) do
    local cell = not row.is_header and row.cells[i]
    if cell and cell.text:match("[%w\x80-\xFF]") then
      filled = filled + 1
      local person = #cell.text < 80 and (floor or names.may_be_sure(cell.text)) and names.read(cell.text)
      if person and person.score >= (floor or 0.7) and (floor or not person.title) then named = named + 1 end
    end
  end
  return (named >= 2 or floor and named == filled and named > 0) and named * 10 >= filled * 6
end

-- Whether a column holds what people are called: every cell a short word of Hangul, most of them built as given names.
local function find_called(rows, i)
  local filled, given = 0, 0
  for _, row in ipairs(rows) do
    local word = not row.is_header and row.cells[i] and text.trim(row.cells[i].text) or ""
    if word ~= "" then
      local n = names.syllables(word)
      if not n or n < 2 or n > 4 or not names.trusted(word) then return false end
      filled = filled + 1
      if names.is_given_hangul(word) then given = given + 1 end
    end
  end
  return given >= 2 and given * 3 >= filled * 2
end

-- The same, asked once a column.
local function is_called_column(rows, i)
  local called = rows.called or {}
  rows.called = called
  if called[i] == nil then called[i] = find_called(rows, i) end
  return called[i]
end

-- The column with the longest words, where no title says which holds the talks.
local function widest_column(rows, columns)
  local best, best_size
  for i = 1, #rows[#rows].cells do
    local size = 0
    for _, row in ipairs(rows) do
      local cell = not row.is_header and row.cells[i]
      if cell and not cell.text:match("^%a+://") and not cell.text:match("^[%d:~%s-]+$") then size = size + #cell.text end
    end
    if not columns[i] and size > (best_size or 0) then best, best_size = i, size end
  end
  return best
end

-- Whether a cell may hold the title of a talk: not a number, a dash, an address, the name of a kind of file.
local find_material = quern.text.finder(roles.material_words, "iw")

local function is_title_cell(line)
  if not find(line, "[%a\x80-\xFF].*[%w\x80-\xFF]") then return false end
  if find(line, "^%a+://%S+$") or find(line, "^%S+%.%a+/%S*$") then return false end
  local s, e = find_material(line)
  return not (s == 1 and find(line, "^[%W]*$", e + 1))
end

-- Whether most cells of a column that are filled may be titles.
local function is_title_column(rows, i)
  local filled, titled = 0, 0
  for _, row in ipairs(rows) do
    local cell = not row.is_header and row.cells[i]
    local line = cell and text.one_line(cell.text) or ""
    if find(line, "[%w\x80-\xFF]") then
      filled = filled + 1
      if is_title_cell(line) then titled = titled + 1 end
    end
  end
  return titled * 2 > filled
end

-- The column of the talks by the titles of the columns: "세션" above numbers is none, "발표자료" is one where the talks
-- themselves are linked and nothing else holds them.
local function find_talk_column(rows, header, columns)
  local material
  for i, title in ipairs(header) do
    local talk = not columns[i] and i ~= columns.role and is_talk_column(title)
    if talk and is_title_column(rows, i) then return i end
    if not (talk or columns[i]) and look_up(roles.material_labels, title) and is_title_column(rows, i) then material = i end
  end
  return material
end

-- Beside a column of names, one called "발표" whose cells are no names holds the talks.
local function settle_talk_column(rows, columns)
  local named
  for i = 1, #rows[1].cells do named = named or columns[i] == "name" and i end
  if not named or columns.talk then return end
  for i = 1, #rows[1].cells do
    if columns[i] == "speaker" and not is_name_column(rows, i) then
      columns[i], columns.talk = nil, i
      return
    end
  end
end

-- What the columns of a table hold: by its header row, else by what stands in them.
local function columns_of(block)
  local rows = block.rows
  if rows.columns then return rows.columns end
  local columns, any = {}, false
  rows.columns = columns
  for i, title in ipairs(block.header or {}) do
    local role = tables.column_role(title)
    -- "Notes" and "정리" are written by someone, or hold what was written
    if role == "author" and (title:lower() == "notes" or not is_name_column(rows, i, 0.5)) then role = nil end
    if role then
      columns[i], any = role, true
    elseif look_up(roles.role_labels, title) then
      columns.role = columns.role or i
    end
  end
  columns.talk = find_talk_column(rows, block.header or {}, columns)
  if any then
    -- "이름" says no more than that something is named
    for i = 1, #block.cells do
      if columns[i] == "name" then
        columns.named = is_name_column(rows, i, 0.5) or is_called_column(rows, i)
        if not columns.named and not columns.role and not columns.talk and not sections.role_of(block) then columns[i] = nil end
      end
    end
    settle_talk_column(rows, columns)
    return columns
  end
  for i = 1, #block.cells do
    if i ~= columns.talk and is_name_column(rows, i) then
      columns[i] = "name"
      columns.talk = columns.talk or widest_column(rows, columns)
      break
    end
  end
  return columns
end

local clock = "%f[%d][012]?%d:%d%d%f[^%d]"

-- "TALK <br> NAME" in a cell of a timetable.
local function read_broken_cell(state, block, cell, facts)
  if not find(cell.text, "\n", 1, true) or #cell.text > 400 then return false end
  if not (find(block.text, clock) or sections.expects_talks(state, block)) then return false end
  local found, talk, weak = split.lines(cell.text)
  if not found or weak then return false end
  for _, person in ipairs(found) do
    local copy = sections.without_talk(facts)
    copy.talk, copy.video = talk, facts.video
    state:add(person, "speaker", copy)
  end
  return true
end

-- "**Keynote** <br> [NAME -- TALK](/link)" in a cell that Markdown left as it was written, beside a time of day: each of its
-- lines but those that only say of what kind it is.
local function read_marked_cell(state, block, cell, facts)
  if #cell.text > 1200 or not find(block.text, clock) or not find(cell.text, "[\n*%[]") then return false end
  local any = false
  for line in cell.text:gsub("%[([^%[%]\n]*)%]%([^()%s]*%)", "%1"):gsub("%*%*?", ""):gsub("\n%s*%(", " ("):gmatch("[^\n]+") do
    line = text.trim(line)
    local _, talk, all = nil, nil, nil
    if not sections.is_opening(line) then _, talk, all = split.talk(line, true) end
    for _, person in ipairs(all or {}) do
      local copy = sections.without_talk(facts)
      copy.talk, copy.video, copy.rule = talk, facts.video, "cell of a timetable"
      state:add(person, "speaker", copy)
      any = true
    end
  end
  return any
end

-- "Led by" beside "What": who leads a part of the programme has its title.
local function is_led(columns, i) return columns[i] == "organizer" end

local function facts_of_row(block, columns)
  local talk = columns.talk and block.cells[columns.talk] and text.one_line(block.cells[columns.talk].text)
  if talk and not is_title_cell(talk) then talk = nil end
  -- "TALK (PDF)": the text of the link behind the title
  local title, material = match(talk or "", "^(.-%S)%s*[%(%[]([^()%[%]]+)[%)%]]$")
  if title and block.links and not is_title_cell(material) then talk = title end
  local facts = { line = block.line, section = block.section, talk = talk, rule = "table", confidence = 0.9,
    text = text.cut(text.one_line(block.text), 120) }
  facts.video = sections.video_of(block.links)
  facts.image = block.images and block.images[1].url
  return facts
end

local find_post = quern.text.finder(roles.posts, "iw")

-- The role that a cell of "맡은 일" gives: a label, or a post in a committee.
local function said_role(cell)
  local role = cell and tables.column_role(cell.text)
  if role and role ~= "name" then return role end
  return cell and find_post(cell.text) and "organizer" or nil
end

-- A word of two syllables, or one that is also a noun, in a column of names.
local function read_short(cell, named)
  local word = text.trim(cell.text)
  word = match(word, "^(.-)%s?님$") or word
  local n = names.syllables(word)
  if n and n >= 2 and n <= 4 and (named or names.score(word) > 0)
    and not names.is_organisation(word) then return { { name = word, score = 0.2 } } end
  return {}
end

local function read_cell(state, block, columns, i, facts)
  local cell, role = block.cells[i], columns[i]
  local floor = (role ~= "name" or columns.talk) and 0.3 or 0.4
  local said = columns.role and said_role(block.cells[columns.role])
  local is_name = role == "name"
  if said and is_name then role = said end
  if role == "name" then role = sections.role_of(block) or (columns.talk and "speaker") or "member" end
  local handle = handles.read(block, cell.text)
  local found = handle and { handle } or names.list(cell.text, floor)
  local is_called = columns.named or columns.talk
  if #found == 0 and (is_name and is_called or role == "speaker" and columns.talk and is_called_column(block.rows, i)) then
    found = read_short(cell, columns.named)
  end
  for _, person in ipairs(found) do
    local talks = role == "speaker" or columns.talk and is_led(columns, i)
    state:add(person, role, talks and facts or sections.without_talk(facts))
  end
  return #found > 0
end

-- A table whose first column holds the labels: which row is the talk's, and whether any gives a role.
local function rows_of_labels(block)
  local rows = block.rows
  if rows.labelled == nil then
    rows.labelled = false
    for _, row in ipairs(rows) do
      local label = #row.cells >= 2 and row.cells[1].text or ""
      local role = tables.column_role(label)
      if role and role ~= "name" or role and not row.is_header then rows.labelled = true end
      if is_talk_column(label) then rows.talk = rows.talk or row end
    end
  end
  return rows.labelled
end

-- "| 발표자 | NAME | NAME |"
local function read_labelled_row(state, block)
  local role = tables.column_role(block.cells[1].text)
  if not role then return false end
  if role == "name" then role = sections.role_of(block) or block.rows.talk and "speaker" or "member" end
  -- "By" beside the row of a title: who gives that talk
  if role == "author" and block.rows.talk and state.is_event and #block.cells[1].text <= 3 then role = "speaker" end
  local any = false
  for i = 2, #block.cells do
    if i == 2 or block.cells[i] ~= block.cells[i - 1] then
      local talk = block.rows.talk and block.rows.talk.cells[i]
      for _, person in ipairs(names.list(block.cells[i].text, 0.3)) do
        state:add(person, role, { line = block.line, section = block.section, rule = "table", confidence = 0.85,
          text = text.cut(text.one_line(block.text), 120), talk = role == "speaker" and talk
            and text.one_line(talk.text) or nil })
        any = true
      end
    end
  end
  return any
end

-- "| 날짜 | NAME | NAME |": a header of names says whom the columns are about.
local function read_header(state, block)
  local found, weak, titles = {}, {}, 0
  local below = state.list[state.at + 1]
  local images = below and below.rows == block.rows and below.images and #below.images == #block.cells and below.images or {}
  for i, cell in ipairs(block.cells) do
    local person = #cell.text < 60 and names.read(cell.text)
    if person and person.score >= 0.6 then
      found[#found + 1] = person
      person.image = images[i] and images[i].url
    elseif person and person.score >= 0.4 and names.has_family(person.name) then
      weak[#weak + 1] = person
      person.image = images[i] and images[i].url
    elseif tables.column_role(cell.text) or is_talk_column(cell.text) then
      return false
    elseif find(cell.text, "[%w\x80-\xFF]") then
      titles = titles + 1
    end
  end
  if #found < 2 or #found < titles + #weak - 2 then return false end
  table.move(weak, 1, #weak, #found + 1, found)
  for _, person in ipairs(found) do
    state:add(person, sections.role_of(block) or state.title_role or "member", { line = block.line, section = block.section,
      rule = "names of columns", confidence = 0.7, text = text.cut(text.one_line(block.text), 120), image = person.image })
  end
  return true
end

-- The pictures of a row whose cells they belong to: its own, or those of the row above that has nothing else.
local function images_of_row(state, block)
  if block.images and #block.images == #block.cells then return block.images end
  local above = not block.images and state.list[state.at - 1]
  local is_above = above and above.rows == block.rows and above.images and #above.images == #block.cells
    and #above.cells == #block.cells and not find(above.text, "[%w\x80-\xFF]")
  return is_above and above.images or {}
end

-- How many cells of a row are names for sure.
local function count_names(block)
  local count = 0
  for _, cell in ipairs(block.cells) do
    local person = cell.text ~= "" and #cell.text <= 80 and names.read(cell.text)
    if person and person.score >= 0.6 then count = count + 1 end
  end
  return count
end

-- A cell of names where the section says that people stand there: one, or one a line.
local function read_grid_cell(state, block, cell, role, image, floor)
  if #cell.text > 160 or cell.text == "" then return end
  local person, at = nil, nil
  -- the first line that is a name: before it may stand what they do
  for line, stop in cell.text:gmatch("%s*([^\n]+)()") do
    person, at = names.read((line:gsub("%s+[%[(]?%d[%d%s~.)%]-]*$", ""))), stop
    if person and person.score >= floor then break end
    person = nil
  end
  if not person then return end
  local facts = { line = block.line, section = block.section, rule = "table of people", confidence = 0.75,
    text = text.cut(text.one_line(cell.text), 120), image = image and image.url }
  local below = role == "speaker" and match(cell.text, "^%s*([^\n]+)\n", at)
  if below then facts.talk = talk_titles.title_below_name(below) end
  state:add(person, role, facts)
  for line in sub(cell.text, at):gmatch("\n%s*([^\n]+)") do
    local other = names.read(line)
    if other and other.score >= 0.7 then state:add(other, role, facts) end
  end
end

-- "TALK by NAME님 what she does" in a cell of a programme: title and people of its first line.
local function read_by_cell(state, block, cell, facts)
  local line = text.one_line(match(cell.text, "^%s*([^\n]*)"))
  local title, rest = match(line, "^(.-)%s+[Bb]y%s+(.+)$")
  if not title or #line > 300 or not is_title_cell(title) or not (find(line, clock) or sections.expects_talks(state, block)) then
    return false
  end
  local word = match(rest, "^[\xEA-\xED][\xEA-\xED\x80-\xBF]*")
  local person = word and names.read(word)
  if person and person.score < (person.title and 0.4 or 0.6) then person = nil end
  if not word then person = names.latin_at(rest, 1, 0.6) end
  if not person or names.is_organisation(person.name) then return false end
  local copy = sections.without_talk(facts)
  copy.talk, copy.video, copy.rule = split.unquote(title), facts.video, "cell of a timetable"
  state:add(person, "speaker", copy)
  return true
end

-- "TALK (NAME)": whether a line of a cell is one.
local function add_talk(state, block, line, facts)
  local _, talk, all = split.talk(line, sections.expects_talks(state, block))
  for _, person in ipairs(all or {}) do
    local copy = sections.without_talk(facts)
    copy.talk, copy.video = talk, facts.video
    state:add(person, "speaker", copy)
  end
  return all ~= nil
end

-- "- NAME : TALK" in each line of a cell; false where it has but one line or none of that form.
local function read_lines(state, block, cell, facts)
  if not find(cell.text, "\n", 1, true) or #cell.text > 2000 then return false end
  local any = false
  for line in cell.text:gmatch("[^\n]+") do
    any = add_talk(state, block, match(text.trim(line), "^[-*]%s+(.+)$") or text.trim(line), facts) or any
  end
  return any
end

-- Whether a row needs no reading as prose.
function tables.read_row(state, block)
  if handles.read_row(state, block) then return true end
  -- a header with a time of day is a row like the others
  if block.is_header and (read_header(state, block) or not find(block.text, clock)) then return true end
  local columns = columns_of(block)
  if next(columns) == nil and not rows_of_labels(block) and not names.may_be_sure(block.text) and not find(block.text, clock) then
    return true
  end
  local facts = facts_of_row(block, columns)
  local any = false
  for i, cell in ipairs(block.cells) do
    if columns[i] and (i == 1 or cell ~= block.cells[i - 1]) then any = read_cell(state, block, columns, i, facts) or any end
  end
  if not any and #block.cells >= 2 and next(columns) == nil
    and rows_of_labels(block) then any = read_labelled_row(state, block) end
  if any then return true end
  -- beside a time of day stand talks
  local given = next(columns) == nil and not rows_of_labels(block) and not find(block.text, clock) and sections.role_of(block)
  if given and given ~= "mentioned" then
    local images, floor = images_of_row(state, block), count_names(block) >= 2 and 0.4 or 0.5
    -- "| picture | NAME |"
    local only = block.images and #block.images == 1 and #block.cells == 2 and block.cells[1].text == "" and block.images[1]
    for i, cell in ipairs(block.cells) do
      if cell ~= block.cells[i - 1] then read_grid_cell(state, block, cell, given, images[i] or only or nil, floor) end
    end
    return true
  end
  for _, cell in ipairs(block.cells) do any = read_by_cell(state, block, cell, facts) or any end
  if any or #block.cells < 2 then return any end
  for _, cell in ipairs(block.cells) do any = read_broken_cell(state, block, cell, facts) or any end
  if any then return true end
  for _, cell in ipairs(block.cells) do any = read_marked_cell(state, block, cell, facts) or any end
  if any then return true end
  -- No column says who: a cell "TALK (NAME)" or "NAME 교수".
  for _, cell in ipairs(block.cells) do
    local cell_text = text.one_line(cell.text)
    local role_label, value = cell_text:match("^([^:]-)%s*:%s*(.+)$")
    local role = role_label and tables.column_role(role_label)
    if role and role ~= "name" then
      for _, person in ipairs(names.list(value, 0.4)) do any = state:add(person, role, facts) ~= nil or any end
    elseif read_lines(state, block, cell, facts) or add_talk(state, block, cell_text, facts) then
      any = true
    end
  end
  return any
end

return tables
