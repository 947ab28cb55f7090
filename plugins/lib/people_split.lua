-- Parts a line into the title of a talk and who gives it: "TALK - NAME (ORG)",
-- "NAME: TALK", "TALK (NAME)", a title above a name.  Knows lines only; where a
-- block stands and whether talks are expected there is told by the caller.

local names = require "lib.names"
local roles = require "lib.role_words"
local sections = require "lib.people_sections"
local text = require "lib.text"

local find, gsub, match, sub = string.find, string.gsub, string.match, string.sub

local split = {}

-- What all the ways to join a talk and a name have one of.
local find_quote_mark = quern.text.finder { '"', "\xE2\x80\x9C" }
local find_separator = quern.text.finder { '"', "\xE2\x80\x9C",
  "(", "[", "-", "|", "/", "–", "—", " by ", " with ", " on ", ":", "·", "@", ", ", ". ", "? ",
  "! " }

local separators = { "%s+[-|/]%s+", "%s+\xE2\x80[\x93\x94]%s+", "%s+[-~]%f[%w\x80-\xFF]", "%s*|%s*",
  "%s+by%s+", "%s+with%s+", "%s*:%s+",
  "%s+%-%-%-?%s+", "%s+\xC2\xB7%s+", "%s+/%s+", "%s+@%s+", ",%s+" }

-- Whether a reading is good enough; where talks are expected a form of address counts for much.
local function is_enough(person, floor)
  return person ~= nil and (person.score >= floor or floor < 0.8 and person.title ~= nil and person.score >= 0.4)
end

-- "NAME | 18 August, 14:40" -> "NAME"
function split.without_time(line)
  if not find(line, "%d") then return line end
  local head, tail = match(line, "^(.-)%s+[|/-]%s+(%d.*)$")
  if not head then head, tail = match(line, "^(.-)%s*%((%d[^()]*)%)$") end
  return head and #head >= 4 and sections.is_time(tail) and head or line
end

local function is_talk_title(title)
  local letters = title:gsub("[^%w\x80-\xFF]", "")
  if #letters < 8 or title:match("^%d%d?:%d%d") or title:match("^%a+://") or sections.is_time(title) then return false end
  return not roles.numbered_parts[match(title:lower(), "^(%a+) %d+$") or ""]
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
  rest = match(rest, "^%([\xEC\xED\xEB\xEA][\x80-\xBF][\x80-\xBF]%):?%s+(.+)$") or rest
  rest = match(rest, "^%d?\xEF\xB8\x8F\xE2\x83\xA3%s*(.+)$") or match(rest, "^\xE2[\x91-\x9F][\x80-\xBF]%s*(.+)$") or rest
  return match(rest, "^%d+[.)]%s+(.+)$") or match(rest, "^[#*>]%s+(.+)$") or rest, timed
end

local function unquote(title)
  title = match(title, "^(.-)%s+[-|]%s*$") or match(title, "^(.-)%s+\xE2\x80[\x93\x94]%s*$") or title
  title = match(title, "^[-*]%s+(.+)$") or title
  -- "TITLE (발표자" of "TITLE (발표자: NAME)"
  title = match(title, "^(.-%S)%s*%([^()]*$") or title
  title = match(title, '^"(.+)"$') or match(title, "^'(.+)'$") or match(title, "^“(.+)”$") or match(title, "^‘(.+)’$") or
    match(title, "^「(.+)」$") or match(title, "^『(.+)』$") or match(title, "^《(.+)》$") or title
  return sections.clean_title(title)
end

split.unquote = unquote

-- Whether a title ends in a name of its own, so that the bracket behind it holds where they work.
local function ends_in_name(title, floor)
  local tail = match(title, "^.*%s[-|/]%s+(.+)$") or match(title, "^.*%s\xE2\x80[\x93\x94]%s+(.+)$")
  local person = tail and names.read(tail)
  return is_enough(person, floor)
end

-- One name, or several that are nothing else: the first, and the list of all.
local function read_several(line, floor)
  local person = names.read(line)
  if person and not (person.org and find(line, "[,&]")) then return person end
  local found = names.run(line, floor)
  if not found or #found < 2 then return person end
  return found[1], found
end

-- "NAME, NAME / ORG" in a bracket: beside a sure name stands another; nil where it has not that form.
local function read_with_place(inside, floor)
  local several, org = match(inside, "^%s*(.-)%s+/%s+(%S.-)%s*$")
  local list, best = several and names.run(several, 0.4), 0
  for _, person in ipairs(list or {}) do best = math.max(best, person.score) end
  if best < floor then return nil end
  for _, person in ipairs(list) do person.org, person.score = org, best end
  return list
end

-- "TALK (NAME, ORG)", "[NAME] TALK", "(NAME, NAME) TALK"
local function split_bracket(line, floor)
  local before, inside = match(line, "^(.-)%s*%(([^()]+)%)%s*$")
  if before and is_talk_title(before) and names.score(before) < 0.5 and not ends_in_name(before, floor) then
    local placed = find(inside, " / ", 1, true) and read_with_place(inside, floor)
    if placed then return placed[1], unquote(before:gsub("%s*[-|/]%s*$", "")), placed end
    local person, all = read_several(gsub(inside, "^[Bb][Yy]:?%s+", ""), floor)
    if floor >= 0.8 then all = nil end
    if is_enough(person, floor) then return person, unquote(before:gsub("%s*[-|/]%s*$", "")), all end
  end
  local bracket, rest = match(line, "^%[([^%]]+)%]%s*(.+)$")
  if not bracket then bracket, rest = match(line, "^%(([^()]+)%)%s*(.+)$") end
  if bracket then
    local person, all = read_several(bracket, floor)
    rest = match(rest, "^[-:]%s+(.+)$") or rest
    if is_enough(person, floor) and is_talk_title(rest) then return person, unquote(rest), all end
  end
  -- "TALK. (NAME and NAME). What else there is to say."
  before, inside = match(line, "^([^()]-)%.?%s*%(([^()]+)%)%.%s")
  if before and floor < 0.8 and is_talk_title(before) then
    local all = names.run(inside, floor)
    if all and (#all > 1 or names.score(before) < 0.5) then return all[1], unquote(before), all end
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

-- "TALK. NAME, NAME and NAME": names that follow the end of a sentence and are nothing else.
local function split_sentence(line, floor)
  local from = 1
  for _ = 1, 8 do
    local s, e = find(line, "%f[.?!][.?!]+[)\"']*%s+", from)
    if not s then return nil end
    local found = names.run(sub(line, e + 1), floor)
    local title = sub(line, 1, s - 1)
    -- "2600 E. Tacoma": an initial ends no sentence
    local is_initial = find(title, "%f[%a]%a$") ~= nil
    if found and not is_initial and (#found > 1 or not found[1].org) and is_talk_title(title) and names.score(title) < 0.5 then
      return found[1], unquote((match(line, "^[?!]", s) and sub(line, 1, s)) or title), found
    end
    from = e + 1
  end
end

-- Whether what stands for a title is names itself.
local function is_names(title)
  local found = find(title, "[,&]") ~= nil or find(title, " and ", 1, true) ~= nil
  found = found and names.run(title, 0.6)
  return found and #found >= 2
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
  if separator == "%s+by%s+" and roles.made[(match(title, "(%a+)$") or ""):lower()] then return nil end
  local is_title = is_talk_title(title) and names.score(title) < 0.5
  if is_title and is_enough(tail, floor) and not is_names(title) then return tail, unquote(title), all end
  local head
  head, all = read_several(sub(line, 1, s - 1), floor)
  title = sub(line, e + 1)
  local is_plain = #title < 140 and not match(title, "[.!?]%s+%S") and is_talk_title(title)
  if is_plain and is_enough(head, floor) and not is_names(title) then
    return head, unquote(title), all
  end
end

-- "TALK - NAME (ORG)", "NAME: TALK", "TALK (NAME, ORG)", "10:00 TALK / NAME and NAME": person, talk, all, or nil.  Where talks
-- are expected a name of unknown words will do.
function split.talk(line, expected)
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
  person, talk, all = split_bracket(line, floor)
  if not person and find_quote_mark(line) then person, talk = split_quotes(line, floor) end
  if person then return person, talk, all or { person } end
  if floor < 0.8 and find(line, "[.?!]%s") then
    person, talk, all = split_sentence(line, floor)
    if person then return person, talk, all end
  end
  if find(line, " on ", 1, true) then
    -- "NAME on TALK"
    local head, title = match(line, "^(%u%S*%s+%u.-)%s+on%s+(%u.+)$")
    person = head and names.read(head)
    local is_sure = is_enough(person, floor < 0.8 and 0.8 or 0.9) and not person.org
    if is_sure and is_talk_title(title) then return person, unquote(title), { person } end
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
function split.lines(body)
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

-- "TALK (NAME / ORG)", "TALK (ORG NAME)": the word that may be the name.
local function weak_in_bracket(line)
  local title, inside = match(line, "^(.-)%s*%(%s*([^()]-)%s*%)$")
  if not title then return nil end
  local word = match(inside, "^(%S+)%s+/%s+%S") or match(inside, "^[^,/]+%s(%S+)$")
  local n = word and names.syllables(word)
  local fits = n and n >= 2 and n <= 3 and names.has_family(word) and names.score(word) >= 0.3
  return fits and is_talk_title(title) and word or nil, title
end

local weak_separators = { "%s+[-|/]%s*", "%s+\xE2\x80[\x93\x94]%s*", "%s*|%s*", "%s*:%s+" }

-- As split.talk, where the name is a word of two to four syllables that hardly looks like one: the word, the talk and
-- on which side it stands.  To be believed where others of the same form do.
function split.weak(line)
  if #line > 200 or not find_separator(line) then return nil end
  line = cut_time(line)
  line = match(line, "^(.-)%s*%-+%s*$") or line
  local inside, rest = match(line, "^%(([^()]+)%)%s*(.+)$")
  local size = inside and names.syllables(inside)
  if size and size >= 2 and size <= 4 and names.score(inside) >= 0.2 and is_talk_title(rest) then
    return inside, unquote(rest), "head"
  end
  local bracketed, before = weak_in_bracket(line)
  if bracketed then return bracketed, unquote(before), "tail" end
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

return split
