-- How long documents are and how long they take to read.
--
--   quern run stats content/
--   quern run stats -t csv content/ > stats.csv

local csv = require "lib.csv"
local markdown = require "lib.markdown"
local reading = require "lib.reading"
local text = require "lib.text"

-- What is counted, in the order of the columns.
local counted = { "words", "characters", "headings", "links", "images", "tables", "code_blocks", "seconds" }

-- Code is looked at rather than read, so it is counted by itself.
local no_code = { code_block = function() return {} end }

local function map(doc)
  local code_blocks = #doc:select("code_block")
  local body = code_blocks > 0 and doc:walk(no_code):text() or doc:text()
  local words = quern.text.words(body)
  return {
    title = text.cut(text.one_line(doc.title), 200), language = text.is_korean(body) and "ko" or "en",
    words = #words, characters = quern.text.length(quern.text.squeeze(body)), headings = #doc:outline(), links = #doc:links(),
    images = #doc:images(), tables = #doc:tables(), code_blocks = code_blocks, seconds = reading.seconds(words),
  }
end

local function collect(results)
  local documents, total = {}, {}
  for _, key in ipairs(counted) do total[key] = 0 end
  for path, value in results:each() do
    if value then
      value.path = path
      documents[#documents + 1] = value
      for _, key in ipairs(counted) do total[key] = total[key] + value[key] end
    end
  end
  total.documents = #documents
  return documents, total
end

-- 75 -> "1:15", 3725 -> "1:02:05"
local function clock(seconds)
  local h, m, s = seconds // 3600, seconds // 60 % 60, seconds % 60
  return h > 0 and ("%d:%02d:%02d"):format(h, m, s) or ("%d:%02d"):format(m, s)
end

local writers = {}

function writers.json(documents, total) return quern.json.encode { documents = documents, total = total } .. "\n" end

function writers.csv(documents)
  local rows = {}
  for i, document in ipairs(documents) do
    rows[i] = { document.path, document.title, document.language }
    for _, key in ipairs(counted) do table.insert(rows[i], document[key]) end
  end
  return csv.write({ "path", "title", "language", table.unpack(counted) }, rows)
end

function writers.markdown(documents, total)
  local rows = {}
  local function add(name, counts)
    local row = { name }
    for _, key in ipairs(counted) do row[#row + 1] = key == "seconds" and clock(counts[key]) or ("%d"):format(counts[key]) end
    rows[#rows + 1] = row
  end
  for _, document in ipairs(documents) do add(markdown.text(document.path), document) end
  add(("**%d documents**"):format(total.documents), total)
  return "# Statistics\n\n" .. markdown.table(
    { "document", "words", "characters", "headings", "links", "images", "tables", "code blocks", "reading time" }, rows)
end

return {
  name = "stats", api = 1, summary = "words, characters, headings, links, images and reading time",
  formats = { "markdown", "json", "csv" },
  map = map,
  render = function(results, opts) return writers[opts.to](collect(results)) end,
}
