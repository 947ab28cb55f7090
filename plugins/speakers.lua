-- Who spoke, wrote, belongs or organised, over all documents, with their talks.
--
--   quern run speakers content/                    a list of people
--   quern run speakers -t html content/ -o s.html  cards with pictures and links
--   quern run speakers -t csv content/             for a spreadsheet

local people = require "lib.people"

-- What writes a format is loaded when that format is asked for.

local function map(doc)
  local found = people.of(doc)
  return #found > 0 and found or nil
end

local public = { "path", "role", "section", "talk", "video", "image", "line" }

-- For JSON: every key of the contract, null where nothing is known.
local function show_appearance(entry, explain)
  local out = {}
  for _, key in ipairs(public) do out[key] = entry[key] == nil and quern.null or entry[key] end
  if explain then out.rule, out.confidence, out.text = entry.rule, entry.confidence, entry.text end
  return out
end

-- One entry a person over all documents; those only mentioned come last, or not at all.
local function collect(results, opts)
  local found = {}
  for _, value in results:each() do
    if value then table.move(value, 1, #value, #found + 1, found) end
  end
  local speaking, mentioned = {}, {}
  for _, person in ipairs(people.merge(found)) do
    local list = person.roles[1] == "mentioned" and mentioned or speaking
    if not opts.role or person.roles[1] == opts.role then list[#list + 1] = person end
  end
  if opts.mentioned then table.move(mentioned, 1, #mentioned, #speaking + 1, speaking) end
  return speaking
end

local writers = {}

function writers.json(list, opts)
  for _, person in ipairs(list) do
    for i, entry in ipairs(person.appearances) do person.appearances[i] = show_appearance(entry, opts.explain) end
  end
  return quern.json.encode { people = list } .. "\n"
end

function writers.csv(list)
  local rows = {}
  for _, person in ipairs(list) do
    for _, entry in ipairs(person.appearances) do
      rows[#rows + 1] = { person.name, entry.role, entry.talk, entry.video, entry.section, entry.image, entry.path, entry.line }
    end
  end
  return require("lib.csv").write({ "name", "role", "talk", "video", "section", "image", "path", "line" }, rows)
end

function writers.markdown(list)
  local markdown = require "lib.markdown"
  local parts = { "# People\n" }
  for _, person in ipairs(list) do
    parts[#parts + 1] = ("\n## %s\n\n*%s*\n\n"):format(markdown.text(person.name), table.concat(person.roles, ", "))
    for _, entry in ipairs(person.appearances) do
      local what = markdown.text(entry.talk or entry.section or entry.role)
      if entry.video then what = markdown.link(entry.talk or entry.section or entry.role, entry.video) end
      parts[#parts + 1] = ("- %s: %s (%s:%d)\n"):format(entry.role, what, markdown.text(entry.path), entry.line or 0)
    end
  end
  if #list == 0 then parts[2] = "\nNobody found.\n" end
  return table.concat(parts)
end

function writers.html(list) return require("lib.speakers_page").write(list) end

return {
  name = "speakers", api = 1, summary = "people of all documents with their roles, talks, videos and pictures",
  formats = { "markdown", "json", "html", "csv" },
  options = {
    role = { type = "string", one_of = { "speaker", "author", "member", "organizer", "mentioned" },
      help = "only people whose first role it is" },
    mentioned = { type = "boolean", default = true, help = "keep people who are only mentioned" },
    explain = { type = "boolean", default = false, help = "add the rule, the words and a confidence to each appearance" },
  },
  map = map,
  render = function(results, opts) return writers[opts.to](collect(results, opts), opts) end,
}
