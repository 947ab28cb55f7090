-- Whether a document may name anybody at all, told from its text by a few searches
-- before a block of it is read: most documents name nobody, and are done with
-- here.  For people.lua; knows the words of the rules, and none of the rules.

local first_names = require "lib.people_first_names"
local letters = require "lib.people_letters"
local lines = require "lib.people_lines"
local marked = require "lib.people_marked"
local names = require "lib.names"
local pages = require "lib.people_pages"
local roles = require "lib.role_words"
local text = require "lib.text"
local titles = require "lib.titles"

local find, match = string.find, string.match

local evidence = {}

-- "By NAME" needs a capital; other labels have a sign behind them.
local find_sign = quern.text.finder({ ":", "|", "：", " -", "–", "—", "]", "ed by " }, "i")
local bylines = {}
for code = 65, 90 do
  for _, by in ipairs { "by ", "By ", "BY " } do bylines[#bylines + 1] = by .. string.char(code) end
end

-- Forms of address, and the marks of names.
local forms = table.move(marked.marks, 1, #marked.marks, #titles.polite + 1, { table.unpack(titles.polite) })

-- Whether a run of capitals is no set of common words.
local function is_latin(body, from) return names.latin_at(body, from, 0.3) ~= nil end

local function is_label(body) return lines.has_label(text.one_line(body)) or lines.has_label(match(body, "^[^\n]*")) end

-- What may be somebody wherever it stands: a name, a form of address, a mark, words of any kind behind a label, and below the
-- end of a letter.
local anywhere = { { names.find_latin, confirm = is_latin }, { names.find_hangul, confirm = names.is_hangul_at },
  quern.text.finder(forms), { lines.find_label, first = 30, also = find_sign, near = 40, confirm = is_label },
  { quern.text.finder(bylines), first = 30, confirm = is_label }, { letters.find_closing, last = 60 },
  { first_names.find_hello, first = 16, confirm = first_names.may_greet } }

-- Whether two links lead to somebody's own page: who is listed may have names that look like none.
local function lists_pages(body)
  local count = 0
  local function is_second(url)
    if pages.is_own(url) then count = count + 1 end
    return count == 2
  end
  return body:finds({ { pages.find_own, confirm = is_second } }, "link") ~= nil
end

-- Words of a heading below which a name may be one that hardly looks like it.
local telling = {}
for _, list in ipairs { roles.event_words, roles.news_words } do table.move(list, 1, #list, #telling + 1, telling) end
for _, group in ipairs(roles.section_words) do table.move(group[2], 1, #group[2], #telling + 1, telling) end
for title in pairs(roles.whole_titles) do telling[#telling + 1] = title end
for _, role in ipairs { "speaker", "organizer", "member" } do
  for label in pairs(roles.labels[role]) do telling[#telling + 1] = label end
end
local in_heading = { quern.text.finder(telling, "iw") }

-- Words of the row above a column of people.
local columns = {}
for _, labels in pairs(roles.labels) do
  for label in pairs(labels) do columns[#columns + 1] = label end
end
local in_row = { quern.text.finder(columns, "iw") }

local capitals, letters_of_names = {}, { "\xEA", "\xEB", "\xEC", "\xED" }
for code = 65, 90 do capitals[#capitals + 1] = string.char(code) end
table.move(capitals, 1, #capitals, #letters_of_names + 1, letters_of_names)
local any_capital, any_letter = { quern.text.finder(capitals) }, { quern.text.finder(letters_of_names) }

-- Whether the title names somebody where titles do.
local function is_in_title(state)
  local title = state.title
  if not (state.is_event or find(title, " on ", 1, true) or find(title, " by ", 1, true)) then return false end
  return names.find_latin(title) ~= nil or names.find_hangul(title) ~= nil
end

-- Whether a document may name somebody outside of its front matter.
function evidence.any(state)
  local body = state.doc.body
  if state.interview or state.is_release or is_in_title(state) or body:finds(anywhere) then return true end
  local is_telling = state.takes_first_names or body:finds(in_heading, "heading")
  if is_telling and body:finds(any_capital) then return true end
  return lists_pages(body) or body:finds(in_row, "row") ~= nil and body:finds(any_letter, "row") ~= nil
end

-- Whether the body has one of the names that were found, by which a picture would be theirs.
function evidence.has_names(state)
  local list = {}
  for i, entry in ipairs(state.found) do list[i] = entry.name end
  return state.doc.body:finds { quern.text.finder(list) } ~= nil
end

return evidence
