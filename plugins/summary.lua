-- The sentences that say most of each document.
--
--   quern run summary content/                        a digest on the screen
--   quern run summary -s sentences=3 -t json content/
--   quern run summary -t html content/ -o digest.html

local authors = require "lib.authors"
local calendar = require "lib.calendar"
local date_meta = require "lib.date_meta"
local digest = require "lib.digest"

-- The day a document bears in its front matter or path; nil where it would be a guess.
local function date_of(doc)
  local reference = date_meta.reference(date_meta.fields_of(doc), doc.path)
  return reference and calendar.spell { y = reference.y, m = reference.m, d = reference.d } or nil
end

local function map(doc, opts)
  local sentences, places, words = digest.of(doc, opts)
  return { path = doc.path, title = doc.title, date = date_of(doc) or quern.null, authors = authors.of(doc),
    sentences = sentences, words = words, evidence = places }
end

local function collect(results)
  local list = {}
  for _, value in results:each() do
    if value then list[#list + 1] = value end
  end
  return list
end

-- quern.null is no string: what to print for a field that may be absent.
local function text_of(value) return type(value) == "string" and value ~= "" and value or nil end

local function byline(document)
  local parts = {}
  for _, part in ipairs { text_of(document.date) or "", table.concat(document.authors, ", "), document.path } do
    if part ~= "" then parts[#parts + 1] = part end
  end
  return table.concat(parts, " · ")
end

local writers = {}

function writers.json(list) return quern.json.encode { documents = list } .. "\n" end

function writers.markdown(list)
  local markdown = require "lib.markdown"
  local parts = {}
  for _, document in ipairs(list) do
    parts[#parts + 1] = ("## %s\n\n*%s*\n"):format(markdown.text(text_of(document.title) or document.path),
      markdown.text(byline(document)))
    for _, sentence in ipairs(document.sentences) do parts[#parts + 1] = "- " .. markdown.text(sentence) end
    parts[#parts + 1] = ""
  end
  return table.concat(parts, "\n") .. "\n"
end

function writers.text(list)
  local parts = {}
  for _, document in ipairs(list) do
    local title = text_of(document.title) or document.path
    parts[#parts + 1] = title .. "\n" .. ("-"):rep(math.min(quern.text.width(title), 78))
    parts[#parts + 1] = byline(document)
    parts[#parts + 1] = "\n" .. table.concat(document.sentences, "\n") .. "\n"
  end
  return table.concat(parts, "\n") .. "\n"
end

function writers.html(list) return require("lib.summary_page").write(list, byline) end

return {
  name = "summary", api = 1, summary = "the sentences that say most of each document",
  formats = { "markdown", "json", "html", "text" },
  options = {
    sentences = { type = "integer", min = 1, max = 100,
      help = "how many sentences of each document (default: a fifth of them, 5 to 10)" },
    characters = { type = "integer", min = 20, help = "at most so many characters of each document" },
    explain = { type = "boolean", default = false, help = "add the rule, the score and a confidence to each sentence" },
  },
  map = map,
  render = function(results, opts) return writers[opts.to](collect(results)) end,
}
