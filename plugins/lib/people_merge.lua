-- One entry a person out of many appearances, over one document or many: the
-- spellings that a document itself equates, and given names that stand for a
-- full name.  For people.lua; knows no document.

local name_score = require "lib.name_score"
local names = require "lib.names"
local surnames = require "lib.korean_surnames"

local find, match, sub = string.find, string.match, string.sub
local split_words = name_score.split_words

local merging = {}

-- The part of a name that somebody is called by: "소율" of "방소율", "Nadia" of "Nadia Roe".
local function called_by(name)
  if names.syllables(name) == 3 then return sub(name, 4) end
  return match(name, "^(%u%l[%l\x80-\xC9]+) %u")
end

-- "소율 님" is the "방소율" of the same document, "Nadia" its "Nadia Roe", where only one name has that part.
function merging.complete_names(found)
  local full, wanting = {}, {}
  for _, entry in ipairs(found) do
    local name = entry.name
    local given = called_by(name)
    if given and (full[given] == nil or full[given] == name) then full[given] = name elseif given then full[given] = false end
    if names.syllables(name) == 2 or find(name, "^%u%l[%l\x80-\xC9]+$") then
      wanting[#wanting + 1] = entry
    end
  end
  for _, entry in ipairs(wanting) do
    if full[entry.name] then entry.name = full[entry.name] end
  end
end

-- Whether the words of the one name stand in the other in their order.
local function is_part(words, of)
  local at = 1
  for _, word in ipairs(of) do
    if words[at] == word then at = at + 1 end
  end
  return at > #words
end

-- How many names with the same first or last word a name is compared with.
local most_alike = 100

-- "Bazlur Rahman" where the document has an "A N M Bazlur Rahman", "Jane Q. Roe" and "Jane Roe": the one that a surer rule
-- saw; a name that only runs into the words behind it ("Jane Roe Maintaining") is the one it begins with.
function merging.join_parts(found)
  local by_word, lists = {}, {}
  for _, entry in ipairs(found) do
    if not lists[entry.name] and entry.role ~= "mentioned" and not entry.weighed and find(entry.name, "^%u%S* %S") then
      local words = split_words(entry.name)
      lists[entry.name] = words
      for i = 1, #words, #words - 1 do
        local alike = by_word[words[i]] or {}
        by_word[words[i]] = alike
        if #alike < most_alike then alike[#alike + 1] = entry.name end
      end
    end
  end
  for _, entry in ipairs(found) do
    if entry.weighed or entry.role == "mentioned" then
      local words = find(entry.name, "^%u%S* %S") and not lists[entry.name] and split_words(entry.name) or {}
      for i = 1, #words do
        for _, name in ipairs(by_word[words[i]] or {}) do
          local longer = lists[name]
          if #longer ~= #words and (is_part(words, longer) or is_part(longer, words)) then entry.name = name end
        end
      end
    end
  end
end

-- Whether two names differ in one letter that is left out, put in or another, or in two that are swapped.
local function is_misspelt(a, b)
  if #a > #b then a, b = b, a end
  if #b - #a > 1 or #a < 5 then return false end
  local same = 0
  while same < #a and a:byte(same + 1) == b:byte(same + 1) do same = same + 1 end
  local swapped = sub(a, same + 1, same + 2):reverse() == sub(b, same + 1, same + 2)
  if swapped and sub(a, same + 3) == sub(b, same + 3) then return true end
  return sub(a, same + (#a == #b and 2 or 1)) == sub(b, same + 2)
end

-- "irisng님" below the heading "irisong", "Hana Ko" in a list where the members have a "고하나 (Hana Koh)": the one they misspell.
function merging.join_handles(found)
  local known, list = {}, {}
  for _, entry in ipairs(found) do
    for _, name in ipairs(entry.role ~= "mentioned" and not entry.weighed and { entry.name, entry.alias } or {}) do
      if find(name, "^%a[%w_. -]+$") and not known[name] then
        known[name], list[#list + 1] = true, { name, entry.name }
      end
    end
  end
  for _, entry in ipairs(#list > 0 and #list <= 200 and found or {}) do
    if entry.weighed and not known[entry.name] and find(entry.name, "^%a[%w_. -]+$") then
      for _, each in ipairs(list) do
        if is_misspelt(entry.name, each[1]) then
          entry.name = each[2]
          break
        end
      end
    end
  end
end

-- The Latin letters that a Hangul syllable may begin with, by its first consonant.
local initials = { "gkc", "gkc", "nrlyi", "dt", "dt", "rlny", "m", "bpv", "bpv", "s", "s", "aeiouywlr", "jczg", "jcz", "ck", "kc",
  "tdy", "pf", "h" }

local function fits_initial(syllable, letter)
  local code = utf8.codepoint(syllable) - 0xAC00
  return code >= 0 and code <= 11171 and find(initials[code // 588 + 1], letter, 1, true) ~= nil
end

-- Whether a name in Latin letters may be the spelling of a Korean one: a Korean family name first or last, and the
-- beginnings of all three syllables.
local function may_spell(hangul, latin)
  local words = {}
  for word in latin:lower():gmatch("[%a-]+") do words[#words + 1] = word end
  if #words < 2 then return false end
  local family = surnames.latin[words[#words]] and #words or surnames.latin[words[1]] and 1
  if not family or not fits_initial(sub(hangul, 1, 3), sub(words[family], 1, 1)) then return false end
  local given = table.concat(words, "", family == 1 and 2 or 1, family == 1 and #words or family - 1):gsub("-", "")
  local second = #given > 2 and sub(hangul, 7, 9)
  if not second or not fits_initial(sub(hangul, 4, 6), sub(given, 1, 1)) then return false end
  for i = 2, #given - 1 do
    if fits_initial(second, sub(given, i, i)) then return true end
  end
  return false
end

-- A talk that a document gives to "정진태" in one place and to "Jintae Jung" in another has one speaker.
function merging.join_spellings(found)
  local by_talk = {}
  for _, entry in ipairs(found) do
    if entry.talk and names.syllables(entry.name) == 3 and not entry.alias then
      by_talk[entry.talk] = by_talk[entry.talk] or {}
      table.insert(by_talk[entry.talk], entry)
    end
  end
  if next(by_talk) == nil then return end
  for _, entry in ipairs(found) do
    for _, other in ipairs(entry.talk and not names.syllables(entry.name) and by_talk[entry.talk] or {}) do
      if may_spell(other.name, entry.name) then entry.alias = entry.alias or other.name end
    end
  end
end

local role_order = { "speaker", "author", "member", "organizer", "mentioned" }

-- Whether b says nothing that a does not say.
local function is_covered(a, b)
  if b.role ~= a.role and not (b.role == "mentioned" and b.section == a.section) then return false end
  for _, key in ipairs { "path", "section", "talk", "video", "image" } do
    if b[key] ~= nil and b[key] ~= a[key] then return false end
  end
  return true
end

local function add_appearance(person, entry)
  local appearances = person.appearances
  for i = #appearances, math.max(1, #appearances - 15), -1 do
    local known = appearances[i]
    if is_covered(known, entry) then return end
    -- the same line, of which the later rule saw more
    if known.line == entry.line and is_covered(entry, known) then
      appearances[i] = entry
      return
    end
  end
  appearances[#appearances + 1] = entry
end

-- Two entries turn out to be one: the later one goes into the earlier.
local function unite(person, other, by_key)
  for _, entry in ipairs(other.appearances) do add_appearance(person, entry) end
  for key in pairs(other.keys) do
    by_key[key], person.keys[key] = person, true
  end
  person.org, person.title = person.org or other.org, person.title or other.title
  other.gone = true
end

local function find_or_make(entry, list, by_key)
  local key, alias_key = names.key(entry.name), entry.alias and names.key(entry.alias)
  local person, other = by_key[key], alias_key and by_key[alias_key]
  if person and other and person ~= other then
    if person.index > other.index then person, other = other, person end
    unite(person, other, by_key)
  end
  person = person or other
  if not person then
    person = { name = entry.name, roles = {}, appearances = {}, keys = {}, index = #list + 1 }
    list[#list + 1] = person
  end
  for _, each in ipairs { key, alias_key } do
    by_key[each], person.keys[each] = person, true
  end
  return person
end

local function add_alias(person, name)
  if not name or name == person.name then return end
  person.aliases = person.aliases or {}
  for _, alias in ipairs(person.aliases) do
    if alias == name then return end
  end
  person.aliases[#person.aliases + 1] = name
end

local function set_roles(person)
  local has = {}
  for _, entry in ipairs(person.appearances) do has[entry.role] = true end
  for _, role in ipairs(role_order) do
    if has[role] and (role ~= "mentioned" or #person.roles == 0) then person.roles[#person.roles + 1] = role end
  end
end

-- People in the order of their first appearance; one entry for all spellings of a name.
function merging.merge(found)
  local list, by_key, out = {}, {}, {}
  for _, entry in ipairs(found) do
    local person = find_or_make(entry, list, by_key)
    -- the spelling with its accents is the name
    local is_fuller = #entry.name > #person.name and find(entry.name, "[\xC3-\xC5]") and not find(person.name, "[\x80-\xFF]")
    if is_fuller and names.key(entry.name) == names.key(person.name) then
      local plain = person.name
      person.name = entry.name
      add_alias(person, plain)
    end
    add_alias(person, entry.alias)
    add_alias(person, entry.name)
    person.org, person.title = person.org or entry.org, person.title or entry.title
    add_appearance(person, entry)
  end
  for _, person in ipairs(list) do
    if not person.gone then
      set_roles(person)
      person.keys, person.index = nil, nil
      out[#out + 1] = person
    end
  end
  return out
end

return merging
