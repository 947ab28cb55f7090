-- An inverted index: which words stand in which documents, where, and how much
-- they weigh there.
--
--   quern run search -t json content/ -o index.json
--   quern run search -t html content/ -o search.html     a page that searches it
--
-- Words are folded, so that "Haemil" finds "haemil".  Korean words keep their
-- particles; searching for the beginning of a word finds them all.

local page = require "lib.search_page"
local text = require "lib.text"

-- A word in the title counts so many times as much as one in the text, and so on.
local weights = { title = 8, heading = 4, strong = 2, text = 1 }

-- Folded words that say something: one letter or digit alone does not, one syllable does.
local function words_of(body)
  local list = {}
  for _, word in ipairs(quern.text.words(quern.text.normalize(body, "NFKC"))) do
    word = quern.text.fold(word)
    if #word > 1 and #word <= 60 then list[#list + 1] = word end
  end
  return list
end

-- terms: { word = { weight, position, position, ... } }; positions count the words of the document's text from 1.
local function map(doc, opts)
  local terms, body = {}, doc:text()
  local function add(word, weight, position)
    local term = terms[word] or { 0 }
    terms[word] = term
    term[1] = term[1] + weight
    if position and #term <= opts.positions then term[#term + 1] = position end
  end
  local words = words_of(body)
  for position, word in ipairs(words) do add(word, weights.text, position) end
  for _, word in ipairs(words_of(doc.title)) do add(word, weights.title) end
  for heading in doc:each("heading") do
    for _, word in ipairs(words_of(heading:text())) do add(word, weights.heading - weights.text) end
  end
  for strong in doc:each("strong") do
    for _, word in ipairs(words_of(strong:text())) do add(word, weights.strong - weights.text) end
  end
  return { title = text.cut(text.one_line(doc.title), 200), words = #words, terms = quern.map(terms),
    excerpt = text.cut(text.one_line(text.cut(body, 1200)), 240) }
end

-- Documents by number from 0, as JavaScript counts; a posting is [document, weight, position, position, ...].
local function collect(results)
  local documents, terms = {}, {}
  for path, value in results:each() do
    if value then
      for word, term in pairs(value.terms) do
        local postings = terms[word] or {}
        terms[word] = postings
        table.insert(term, 1, #documents)
        postings[#postings + 1] = term
      end
      documents[#documents + 1] = { path = path, title = value.title ~= "" and value.title or path, words = value.words,
        excerpt = value.excerpt }
    end
  end
  return { documents = documents, terms = quern.map(terms) }
end

local writers = {}

function writers.json(index) return quern.json.encode(index) .. "\n" end

function writers.html(index) return page.write(index) end

return {
  name = "search", api = 1, summary = "an index of words, and a page that searches it",
  formats = { "json", "html" },
  options = { positions = { type = "integer", default = 50, min = 0, help = "at most so many places of a word in a document" } },
  map = map,
  render = function(results, opts) return writers[opts.to](collect(results)) end,
}
