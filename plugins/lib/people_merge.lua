-- One entry a person out of many appearances, over one document or many: the
-- spellings that a document itself equates, and given names that stand for a
-- full name.  For people.lua; knows no document.

local names = require "lib.names"

local sub = string.sub

local merging = {}

-- "소율 님" is the "방소율" of the same document, where only one name ends so.
function merging.complete_names(found)
  local full = {}
  for _, entry in ipairs(found) do
    if names.syllables(entry.name) == 3 then
      local given = sub(entry.name, 4)
      if full[given] == nil or full[given] == entry.name then full[given] = entry.name else full[given] = false end
    end
  end
  for _, entry in ipairs(found) do
    if names.syllables(entry.name) == 2 and full[entry.name] then
      entry.short, entry.name = entry.name, full[entry.name]
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
