-- Names that stand alone (a heading, a line, a list item, what a line begins
-- with) among others of the same form: where most of those look like names or
-- lead to somebody's own page, the ones that hardly do are names as well.
-- For people.lua, when the rules for single places have had their turn.

local lines = require "lib.people_lines"
local names = require "lib.names"
local pages = require "lib.people_pages"
local sections = require "lib.people_sections"
local talks = require "lib.people_talks"
local text = require "lib.text"
local weigh = require "lib.people_weigh"

local byte, find, match, sub = string.byte, string.find, string.match, string.sub

local siblings = {}

-- ---------------------------------------------------------------- one unit

-- What stands around a name in such a place: emoji, bullets, numbers, a handle behind it.
local function bare(line)
  line = line:gsub("[\xF0][\x9F][\x80-\xBF][\x80-\xBF]", ""):gsub("\xE2[\x98-\x9E\xAC-\xAD][\x80-\xBF]", "")
    :gsub("\xEF\xB8\x8F", ""):gsub("\xE2\x80\x8D", "")
  line = match(line, "^%s*%d+[.)]%s+(.+)$") or line
  line = line:gsub("[,%s]*%(?@[%w_.-]+%)?%s*$", function(handle) return #handle < #line and "" or nil end)
  return text.trim(line)
end

-- The person of a unit: { name, score } where it may be one at all.
local function read_unit(line)
  if #line < 2 or #line > 80 or find(line, "[.!?:;]$") and not find(line, "%u%.$") then return nil end
  local person = names.read(line)
  if person and person.score > 0 then return person end
  person = names.trusted(line, true)
  if person and not find(person.name, "%s") and sections.find_general(line) ~= 1 then return person end
end

-- The role of an item right below a heading or line that lists people: "Attendees".
local function listed_role(block)
  if block.introduced then return block.introduced end
  local heading = block.headings[#block.headings]
  return heading and sections.role_of_title(heading.text) or nil
end

-- Whether one that no list knows may be taken by its siblings alone: somebody's page, or a word that is built as names are.
local function is_built_as_name(person, block, own)
  if person.score >= 0.6 or own then return true end
  local n = names.syllables(person.name)
  -- a handle among those who are listed
  if not n and block.in_item and find(person.name, "^%l[%w_-]+$") and listed_role(block) then return true end
  if not n then return person.score >= 0.5 or names.is_given(person.name) and sections.role_of(block) ~= nil end
  return n <= 4 and names.has_family(person.name) and person.score >= 0.3 or n == 2 and sections.role_of(block) ~= nil
end

-- "NAME - what", "NAME, what", "NAME (what)": what a line begins with.
local function head_of(line)
  local head = match(line, "^(.-)%s*[:(,|/]") or line
  head = match(head, "^(.-)%s+[-~]%s") or head
  head = match(head, "^(.-)%s+\xE2\x80[\x93\x94]%s") or head
  return head
end

local function link_of(block, label)
  for _, link in ipairs(block.links) do
    local linked = link.text and bare(text.one_line(link.text))
    if linked and linked ~= "" and sub(label, 1, #linked) == linked then return link end
  end
end

-- -------------------------------------------------------------------- groups

local find_sign = quern.text.finder { ":", "(", ",", "|", "/", " - ", " – ", " — ", "~" }

-- Whether a line may begin with a name, by its first letter and by how many words it has before a sign.
local function may_open_with_name(line)
  local first = byte(line, find(line, "[^%s%d.)(%[]") or 1)
  if not first or first > 96 and first < 123 and not find(line, "^%s*[%w_.-]+%s*$") then return false end
  local sign = find_sign(line)
  local head = sign and sub(line, 1, sign - 1) or line
  if #head > 80 then return false end
  local words = 0
  for _ in head:gmatch("%S+") do words = words + 1 end
  return words <= 6
end

-- The person of a unit, where it may be one: { block, person, line, own = it leads to their own page }.
local function read(unit)
  if not may_open_with_name(unit.line) then return nil end
  local block, label = unit.block, bare(unit.line)
  local link = block.links and link_of(block, label)
  local own = link and pages.is_own(link.url)
  local person = read_unit(label)
  if not person then
    local head = head_of(label)
    person = head ~= label and read_unit(head)
    -- a word before a sign is a term more often than a name
    if person and person.score < 0.6 and not own and not names.is_given(person.name) then return nil end
  end
  if not person or not own and find(unit.line, "^%s*@") or not is_built_as_name(person, block, own) then return nil end
  unit.person, unit.label, unit.own = person, label, own
  return person
end

-- Units of the same form stand in one group: headings of one level below the same heading, items and lines of one section.
local function add_unit(groups, order, block, form, line)
  local headings = block.headings
  local above = headings[block.kind == "heading" and #headings - 1 or #headings]
  local forms = groups[above or groups]
  if not forms then
    forms = {}
    groups[above or groups] = forms
  end
  local group = forms[form]
  if not group then
    group = {}
    forms[form], order[#order + 1] = group, group
  end
  group[#group + 1] = { block = block, line = line }
end

-- The lines of a paragraph where each of them may be a unit.
local function add_lines(groups, order, block)
  local count = 1
  for _ in block.text:gmatch("\n") do count = count + 1 end
  if #block.text > count * 60 then return end
  for _, line in ipairs(count >= 3 and lines.split(block) or { match(block.text, "^[^\n]*") }) do
    add_unit(groups, order, block, "line", line)
  end
end

local function collect(state)
  local groups, order = {}, {}
  local list = state.list
  for i = 1, #list do
    local block = list[i]
    local body, kind = block.text, block.kind
    local is_open = body ~= "" and kind ~= "row" and #body <= 1200
    if is_open and kind == "heading" then
      add_unit(groups, order, block, block.level, body)
    elseif is_open and block.in_item then
      add_unit(groups, order, block, "item", match(body, "^[^\n]*"))
    elseif is_open and find(body, "\n", 1, true) then
      add_lines(groups, order, block)
    elseif is_open and #body <= 80 then
      add_unit(groups, order, block, kind, body)
    end
  end
  return order
end

-- Whether half of a group at least has a name or somebody's page at all, by what is known of its blocks.
local function may_hold_names(group)
  local rest = #group // 2
  for _, unit in ipairs(group) do
    local block = unit.block
    if not (block.latin or block.hangul or block.links and pages.is_own(block.links[1].url)) then
      rest = rest - 1
      if rest < 0 then return false end
    end
  end
  return true
end

-- Whether most units of a group look like names or lead to somebody's page, and nearly all may be names; it is asked no
-- longer than the answer is open.
local function is_group_of_people(group)
  local all, missed, likely, own = #group, 0, 0, 0
  local listed = all >= 2 and group[1].block.in_item and listed_role(group[1].block)
  if all < 2 or not listed and not may_hold_names(group) then return false end
  for _, unit in ipairs(group) do
    local person = read(unit)
    if not person then
      missed = missed + 1
      if missed * 5 > all then return false end
    elseif unit.own or person.score >= 0.6 or listed and names.is_given(person.name) then
      likely, own = likely + 1, own + (unit.own and 1 or 0)
    end
  end
  return likely >= 2 and likely * 2 >= all and (own * 2 >= all or likely * 10 >= all * 7)
end

-- ------------------------------------------------------------------ the whole

local function take(state, unit)
  local block, person = unit.block, unit.person
  local role = sections.role_of(block, true) or state.title_role or state.is_event and "speaker" or "member"
  local facts = { line = block.line, section = block.section }
  if block.kind == "heading" then
    facts = sections.talk_facts(state, block, false)
    if role ~= "speaker" then facts.video = nil end
  end
  facts.rule, facts.confidence, facts.text = "one of its kind", unit.own and 0.8 or 0.65, text.cut(unit.label, 120)
  local entry = state:add(person, role, facts)
  if block.kind == "heading" then talks.note(state, block, entry) end
end

-- Whether a document may have such a group at all: a block of it holds what may be a name or leads somewhere, or a line
-- or a heading lists people.
local function may_have_groups(list)
  for i = 1, #list do
    local block = list[i]
    if block.latin or block.hangul or block.links or block.introduced then return true end
    if block.kind == "heading" and (#block.text >= 90 or sections.own_role(block)) then return true end
  end
  return false
end

-- Takes the members of groups that no other rule took.
function siblings.read(state)
  if not may_have_groups(state.list) then return end
  local known = weigh.list_settled(state)
  for _, group in ipairs(collect(state)) do
    if is_group_of_people(group) then
      for _, unit in ipairs(group) do
        local person = unit.person
        if person and not known[person.name] and not known[person.alias or ""] then take(state, unit) end
      end
    end
  end
end

return siblings
