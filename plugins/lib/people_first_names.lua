-- People that a document calls by their given names alone: "[Nadia](/team/nadia-roe)",
-- "Nadia is giving a talk", "Hi, I'm Nadia".  One word is a name where it leads to
-- a page or profile of that name, where a verb of talks follows, behind a
-- greeting, or behind the word "Speaker" that opens a block.  For
-- people_prose.lua, which hands over block by block, and for people.lua and
-- people_evidence.lua, which ask where there may be any.

local names = require "lib.names"
local roles = require "lib.role_words"
local sections = require "lib.people_sections"
local pages = require "lib.people_pages"
local text = require "lib.text"
local weigh = require "lib.people_weigh"

local find, gsub, match, sub = string.find, string.gsub, string.match, string.sub

local first_names = {}

local function add(state, block, name, role, rule, from, to)
  return state:add({ name = name, score = 0.5 }, role, { line = block.line, section = block.section, rule = rule,
    confidence = 0.5, text = text.cut(text.one_line(text.around(block.text, from - 30, to + 60)), 160) })
end

-- ------------------------------------------------------------ linked names

local find_folder = quern.text.finder(roles.team_folders, "i")

-- Whether the last part of an address begins with a name and goes on as one: "/team/nadia-roe.html", "/in/nadiaroe".
local function is_slug_of(url, word)
  local bare = gsub(gsub(url, "[?#].*$", ""), "/index%.html?$", "")
  local slug = match(bare, "([^/]+)/*$") or ""
  slug = gsub(gsub(slug, "^@", ""):lower(), "%.%a+$", "")
  word = word:lower()
  local rest = sub(slug, 1, #word) == word and sub(slug, #word + 1)
  return rest and (rest == "" or find(rest, "^[-_.]%a") ~= nil or find(rest, "^%a[%a%d]*$") ~= nil), rest
end

-- Whether a word that is the text of a link names somebody: who they are called in the address, among the people of a site
-- or in a profile of a known given name.
local function is_linked_name(url, word)
  local fits, rest = is_slug_of(url, word)
  local in_folder = find_folder(url) ~= nil
  local is_slug = fits and find(rest, "^[-_.]%a") and not names.is_organisation(rest)
  if in_folder and is_slug and names.trusted(word) then return true, true end
  return fits and names.is_given(word), in_folder
end

local function from_links(state, block)
  for _, link in ipairs(block.links) do
    local label = link.text
    local word = label and #label <= 18 and match(label, "^%s*(%u%l[%l\x80-\xC9]+)%s*$")
    if word and #word <= 16 and pages.is_own(link.url) then
      local is_name, in_folder = is_linked_name(link.url, word)
      local from, to = find(block.text, word, 1, true)
      if is_name and from then
        state.first_names = state.first_names or {}
        state.first_names[word] = true
        local entry = add(state, block, word, "mentioned", "own page of a given name", from, to)
        if entry then
          weigh.note(state, entry, block, { score = 0.5 }, { from = from, to = to, linked = true,
            told = in_folder and "member" or nil })
        end
      end
    end
  end
end

-- ------------------------------------------------------------------ verbs

local find_verb = quern.text.finder(roles.talk_verbs)

-- Whether a word by itself before a verb of talks is somebody: one that the document links to them, or a given name in a
-- document about people who come together.
local function is_speaker(state, word)
  if state.first_names and state.first_names[word] then return true end
  return state.takes_first_names and names.is_given(word)
end

-- "Nadia presented": a given name by itself, before a verb of talks.
local function from_verbs(state, block)
  local body = block.text
  local s, e = find_verb(body)
  while s do
    local head = sub(body, math.max(1, s - 40), s - 1)
    local word = match(head, "%f[%w\x80-\xFF](%u%l[%l\x80-\xC9]*)$")
    -- not the last word of a name
    if word and is_speaker(state, word) and not find(head, "%u[%a.]*%s+%u%l[%l\x80-\xC9]*$") then
      add(state, block, word, "speaker", "given name", s - #word, e)
    end
    s, e = find_verb(body, e + 1)
  end
end

-- ------------------------------------------------------------------- runs

local find_last = quern.text.finder({ " and ", " & " }, "")
local find_listed = quern.text.finder { ", " }

-- The words with a capital before a place, parted by commas: "Nadia, Omar" of "with Nadia, Omar and Signe".
local function words_before(body, stop)
  local out, last = {}, stop
  for _ = 1, 12 do
    local head = sub(body, math.max(1, last - 24), last - 1)
    local word = match(head, "%f[%w\x80-\xFF](%u[%l\x80-\xC9]+),?$")
    if not word then break end
    local comma = sub(head, -1) == ","
    table.insert(out, 1, word)
    last = last - #word - (comma and 1 or 0)
    if not find(sub(body, math.max(1, last - 2), last - 1), "^, $") then break end
    last = last - 1
  end
  -- the last word of a name
  if find(sub(body, math.max(1, last - 24), last - 1), "%u[%l.]*%s$") then table.remove(out, 1) end
  return out, last
end

local leading = { organized = true, organised = true, hosted = true, run = true, led = true, chaired = true, moderated = true,
  coordinated = true }

-- What a run of names is told to be by the words before it: "organized by".
local function role_of_run(state, body, from)
  local done = match(sub(body, math.max(1, from - 24), from - 1), "(%l+) by%s+$")
  return done and leading[done] and "organizer" or state.title_role or state.meeting_role or "member"
end

-- "Nadia, Omar and Signe": three given names or more, of which a list may miss one in three, where people meet.
local function from_runs(state, block)
  local body = block.text
  local s, e = find_last(body)
  while s do
    local after = match(body, "^(%u[%l\x80-\xC9]+)%f[^%w\x80-\xFF]", e + 1)
    local goes_on = after and find(body, "^%s%u%l", e + 1 + #after)
    local list, from
    if after and not goes_on then list, from = words_before(body, s) end
    if list and #list >= 2 then
      list[#list + 1] = after
      local given = 0
      for _, word in ipairs(list) do given = given + (names.is_given(word) and 1 or 0) end
      for _, word in ipairs(given >= 2 and given * 3 >= #list * 2 and list or {}) do
        if names.trusted(word) then
          add(state, block, word, role_of_run(state, body, from), "run of given names", from, e + #after)
        end
      end
    end
    s, e = find_last(body, e + 1)
  end
end

-- -------------------------------------------------------------- greetings

local find_greeting = quern.text.finder({ "i'm", "i’m", "i am", "my name is", "my name's", "my name’s" }, "iw")
local hellos = { hi = true, hello = true, hey = true, hiya = true, greetings = true, howdy = true }

first_names.find_hello = quern.text.finder({ "hi", "hello", "hey", "hiya", "greetings", "howdy" }, "iw")

-- Whether a text that has such a word says behind it who greets.
function first_names.may_greet(body)
  return find(body, "^[^%w\x80-\xFF]*[HhG]") ~= nil and find_greeting(sub(body, 1, 80)) ~= nil
end

-- "Hi, I'm Nadia": who writes.
local function from_greeting(state, block)
  local body = block.text
  if not find(body, "^[^%w\x80-\xFF]*[HhG]") then return end
  local s, e = find_greeting(sub(body, 1, 80))
  if not s then return end
  local hello = match(sub(body, 1, s - 1), "^[^%w\"'\x80-\xFF]*(%a+)[^\"\n.?]*$")
  local word, after = match(body, "^%s+(%u%l[%l\x80-\xC9]+)()", e + 1)
  if not word or not hello or not hellos[hello:lower()] or find(body, "^%s+%u", after) or find(body, "^[-'%w]", after) then
    return
  end
  if names.is_given(word) or find(body, "^[%s]*[,.!(]", after) and names.trusted(word) then
    add(state, block, word, state.interview and "speaker" or "author", "introduces themselves", s, after)
  end
end

-- ------------------------------------------------------------- "Speaker NAME"

-- "Speaker Nadia presented", "Speaker: Nadia Roe's talk was": who speaks in the section, by a name of any kind.
local function from_speaker_word(state, block)
  local body = block.text
  local name, after = match(body, "^Speaker:?%s+(%u%l+)()")
  if not name then return end
  local second, stop = match(body, "^%s+(%u%l+)()", after)
  if second then name, after = name .. " " .. second, stop end
  local follows = find(body, "^'s%s", after) or find(body, "^\xE2\x80\x99s%s", after) or find(body, "^%s+%l", after)
  if not follows or not (second and names.score(name) >= 0.3 or not second and names.trusted(name)) then return end
  local entry = add(state, block, name, "speaker", "speaker of a section", 1, after)
  if entry then entry.talk = sections.talk_facts(state, block, true).talk end
end

-- Whether a block may say something of them, where a document calls people so.
function first_names.may_tell(block)
  return block.links ~= nil or find_verb(block.text) ~= nil or find_listed(block.text) ~= nil and find_last(block.text) ~= nil
end

-- What a block says of people whom it calls by one name.
function first_names.read(state, block)
  if block.links then from_links(state, block) end
  if state.takes_first_names or state.first_names then from_verbs(state, block) end
  if state.takes_first_names and find_listed(block.text) then from_runs(state, block) end
  from_greeting(state, block)
  if sub(block.text, 1, 7) == "Speaker" then from_speaker_word(state, block) end
end

return first_names
