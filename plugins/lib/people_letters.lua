-- Who signs a letter, a post or an invitation: the name below "Best regards,"
-- or "감사합니다.", "NAME 드림", "— NAME".  For people.lua, which reads block by
-- block; knows only the block and the one behind it.

local lines = require "lib.people_lines"
local names = require "lib.names"
local roles = require "lib.role_words"
local text = require "lib.text"

local byte, find, gsub, match, sub = string.byte, string.find, string.gsub, string.match, string.sub

local letters = {}

local find_closing = quern.text.finder(roles.closings, "iw")
local find_thanks = quern.text.finder { "감사합니다", "고맙습니다", "감사드립니다", "뵙겠습니다", "봬요", "만나요" }

local either = { "감사합니다", "고맙습니다", "감사드립니다", "뵙겠습니다", "봬요", "만나요" }
table.move(roles.closings, 1, #roles.closings, #either + 1, either)
local find_either = quern.text.finder(either, "iw")
letters.find_closing = find_either

-- Whether a line closes a letter: "Kind regards,", "Until next time!", "감사합니다.".
local function is_closing(line)
  if #line > 60 or #line < 4 then return false end
  local from, to = find_closing(line)
  if from and from <= 24 then
    -- "Thanks to all" goes on
    return find(line, "^[%s%p]*$", to + 1) ~= nil or find(line, ",%s*$") ~= nil or from > 1 and find(line, "[!.]$") ~= nil
  end
  from = find_thanks(line)
  return from ~= nil and find(line, "[.!~)%s]*$", from) ~= nil
end

-- What a line behind a closing is without signs before it: "- Jane", "~ Jane ~", "*Jane*".
local function bare(line)
  line = gsub(line, "^[%s*_~-]+", "")
  line = match(line, "^\xE2\x80[\x93\x94]%s*(.+)$") or line
  return (gsub(line, "[%s*_~.!-]+$", ""))
end

-- One who signs: a name of any kind that a list knows, a given name by itself, a word that is none of any language the
-- lists know, but for one that the title has as well: that is who the letter is about.
local function signer(state, piece)
  local person = names.read(piece)
  if person and person.score >= 0.6 then return not names.is_organisation(person.name) and person or nil end
  local word = match(piece, "^%u%l[%l\x80-\xC9-]*$")
  if not word or #word > 14 or find(state.doc.title or "", word, 1, true) then return nil end
  return names.trusted(word)
end

-- The people that a line signs for, nil where one of them is no name.
local function signers(state, line)
  line = bare(line)
  if line == "" or #line > 90 then return nil end
  local whole = signer(state, line)
  if whole then return { whole } end
  local out = {}
  for _, piece in ipairs(names.pieces(line)) do
    local person = signer(state, piece)
    -- "Jane, Haemil Association": what follows the name is where she is
    if not person then return #out > 0 and not find(line, "%sand%s") and out or nil end
    out[#out + 1] = person
  end
  return #out > 0 and out or nil
end

local function add(state, block, found, evidence)
  for _, person in ipairs(found) do
    state:add(person, "author", { line = block.line, section = block.section, rule = "signature", confidence = 0.8,
      text = text.cut(text.one_line(evidence), 120) })
  end
  return true
end

-- "Best regards,\nNAME\nwhat she does" at the end of a block, or on one line.
local function from_closing_inside(state, block)
  local list = lines.split_inlines(block.first)
  for i = #list - 1, math.max(1, #list - 4), -1 do
    local found = is_closing(list[i]) and signers(state, list[i + 1])
    if found then return add(state, block, found, list[i] .. " " .. list[i + 1]) end
  end
  local last = list[#list] or ""
  local closing, name = match(last, "^(.*[,!])%s+([^,!]+)$")
  local tail = closing and match(closing, "([^.!?]*[,!])$")
  local found = #last <= 200 and tail and is_closing(text.trim(tail)) and signers(state, name)
  return found and add(state, block, found, last) or false
end

-- A block that ends in a closing, and behind it one of a name or a few.
local function from_closing_before(state, block)
  local following = state.list[state.at + 1]
  local last = following and following.kind == "paragraph" and match(sub(block.text, -120), "([^\n]*)%s*$")
  if not last then return false end
  last = match(last, "[.!?]%s+([^.!?].*)$") or last
  if not is_closing(text.trim(last)) then return false end
  local found = signers(state, match(following.text, "^%s*([^\n]*)"))
  return found and add(state, following, found, last .. " " .. following.text) or false
end

-- The marks of who signs by their last bytes.
local last_bytes = {}
for _, word in ipairs(roles.signatures) do last_bytes[sub(word, -3)] = true end

-- "NAME 드림", "— NAME": a line that is nothing but who signs.
local function from_mark(state, block)
  local body = block.text
  if #body > 60 then return false end
  local first, name = byte(body), nil
  if first == 45 or first == 0xE2 then name = match(body, "^[-\xE2][-\x80-\x95]*%s+(.+)$") end
  for _, word in ipairs(not name and last_bytes[sub(body, -3)] and roles.signatures or {}) do
    if sub(body, -#word) == word then name = sub(body, 1, -#word - 1) end
  end
  local person = name and names.read(name)
  return person and person.score >= 0.6 and add(state, block, { person }, body) or false
end

-- What may_close wants of node:blocks().
letters.marks = { { "closing", { find_either, last = 60 } } }

-- Whether a block may close a letter, by its last words: it is short, or something short follows it.
function letters.may_close(block, following)
  if not block.closing or block.kind ~= "paragraph" or block.in_item then return false end
  return #block.text <= 200 or following ~= nil and #following.text <= 90 and following.kind == "paragraph"
end

-- Whether a block is signed.
function letters.read(state, block)
  if block.kind ~= "paragraph" or block.in_item then return false end
  if from_mark(state, block) then return true end
  return find_either(sub(block.text, -160)) ~= nil and (from_closing_before(state, block) or from_closing_inside(state, block))
end

return letters
