-- Names in the fields of front matter: who wrote a document, for summary.lua and
-- feed.lua, and how such a field is read, for people_fields.lua.  What names look like
-- is names.lua's to know, which is loaded when a field is there to be read.

local text = require "lib.text"

local find = string.find

local authors = {}

-- Front matter keys, lower case without separators.
authors.keys = {
  author = true, authors = true, writer = true, writers = true, by = true, byline = true, creator = true, ["글쓴이"] = true,
  ["작성자"] = true, ["저자"] = true, writtenby = true, contributor = true, contributors = true, editor = true,
  editors = true, maintainer = true,
}

-- Who a handle of that end belongs to is a group or nobody.
local group_endings = { "editorial", "editors", "editor", "team", "admin", "staff", "official", "newsroom", "crew", "webmaster" }

local function is_handle_of_group(handle)
  local lower = handle:lower()
  for _, ending in ipairs(group_endings) do
    if lower:sub(-#ending) == ending then return true end
  end
  return false
end

-- Whether the address of an author is that of an office: "contact@site.example".
local offices = { contact = true, info = true, admin = true, hello = true, webmaster = true, office = true, support = true,
  help = true, noreply = true, mail = true, press = true, news = true, blog = true, team = true, editor = true }

local function is_account_of_site(map, name)
  if type(map.email) ~= "string" then return false end
  local office, site = map.email:match("^([%a-]+)@([%w-]+)%.")
  return site and offices[office:lower()] and site:lower() == name:lower() or false
end

-- "jane Roe", "jane roe": two words of letters whose capitals somebody did not write.
local function read_lower_case(value)
  local first, second = value:match("^(%a[%a'-]+) (%a[%a'-]+)$")
  if not first or not value:find("%f[%a]%l") then return nil end
  local names = require "lib.names"
  local function capital(word) return word:sub(1, 1):upper() .. word:sub(2) end
  local score = names.score(capital(first) .. " " .. capital(second))
  return score >= 0.6 and { name = value, score = score } or nil
end

-- A string, a list or a map with a name, to any depth that documents use.
function authors.read_field(value, found, depth)
  if type(value) == "string" then
    local names = require "lib.names"
    if find(value, "<", 1, true) or find(value, "://", 1, true) then
      value = text.trim((value:gsub("%[([^%[%]]+)%]%([^()]*%)", "%1"):gsub("<[^<>]*>", ""):gsub("%(?%a+://[^%s)]+%)?", "")))
    end
    if names.is_organisation(value) and not value:find(",", 1, true) and not value:find("(", 1, true) then return end
    local list = names.list(value, 0.2)
    for _, person in ipairs(list) do found[#found + 1] = person end
    -- a handle; four capitals and more are what a group calls itself
    if #list == 0 then found[#found + 1] = read_lower_case(value) end
    local is_handle = #list == 0 and value:match("^@?[%w][%w._-]+$") and #value < 30 and not is_handle_of_group(value)
    if is_handle and not value:match("^%d") and not value:match("^%u%u%u%u+$") then
      found[#found + 1] = { name = (value:gsub("^@", "")), score = 0.3 }
    end
  elseif type(value) == "table" and depth < 4 then
    local name = value.name or value.Name or value.display_name or value.displayName or value.full_name or value.fullname
      or value["이름"] or value.author or value.title
    local first = value.first_name or value.firstName or value.firstname
    local last = value.last_name or value.lastName or value.lastname
    if type(first) == "string" and type(last) == "string" and type(name) ~= "string" then name = first .. " " .. last end
    if type(name) == "string" and is_account_of_site(value, name) then return end
    if type(name) == "string" then
      local before = #found
      authors.read_field(name, found, depth + 1)
      local org = value.affiliation or value.organization or value.org or value.company or value["소속"]
      if found[before + 1] and type(org) == "string" then found[before + 1].org = org end
      local image = value.image or value.photo or value.avatar or value.picture
      if found[before + 1] and type(image) == "string" then found[before + 1].image = image end
      local talk = value.talk or value.topic or value["발표"] or value["주제"]
      if found[before + 1] and type(talk) == "string" then found[before + 1].talk = talk end
    elseif #value > 0 then
      for _, item in ipairs(value) do authors.read_field(item, found, depth + 1) end
    else
      for _, item in pairs(value) do
        if type(item) == "table" then authors.read_field(item, found, depth + 1) end
      end
    end
  end
end

-- The names in the author fields of a document.
function authors.of(doc)
  local list, seen = {}, {}
  for _, value in pairs(doc:fields(authors.keys) or list) do
    local found = {}
    authors.read_field(value, found, 0)
    for _, person in ipairs(found) do
      if not seen[person.name] then
        seen[person.name], list[#list + 1] = true, person.name
      end
    end
  end
  return list
end

return authors
