-- What a document says, in a few sentences: page furniture left out, the rest
-- weighed by the host (quern.text.rank).  For summary.lua.
--
-- How many: a fifth of the sentences, as gensim's and sumy's summarizers take by
-- default, but five of a short text and ten of a long one, which are read in a minute.

local blocks = require "lib.blocks"
local boilerplate = require "lib.boilerplate"
local text = require "lib.text"
local words = require "lib.summary_words"

local digest = { least = 5, most = 10, share = 5 }

local told = { paragraph = true, item = true, definition = true }
local cue = quern.text.finder(words.cue, "iw")
local telling = quern.text.finder(words.telling, "iw")
local passing = quern.text.finder(words.passing, "iw")

-- Where nothing is told in sentences: items, rows and paragraphs as they stand.
local function lines_of(list)
  local out = {}
  for _, block in ipairs(list) do
    if not block.noise and block.kind ~= "heading" and not block.is_header and #block.text > 8 then
      local line = text.one_line((block.text:gsub("%s*\t%s*", " · ")))
      out[#out + 1] = { text = line, line = block.line, section = block.section }
    end
  end
  return out
end

-- The best sentences of a document, in its order: { text, line, section, score, rule, confidence }; and its number of
-- words.  opts: sentences, characters (each nil for the usual length).
function digest.of(doc, opts)
  local list = boilerplate.mark(blocks.list(doc))
  local choice = {
    title = doc.title, kinds = told, cue = cue, telling = telling, passing = passing, characters = opts.characters,
    most = opts.sentences or digest.most, least = opts.sentences or digest.least, share = opts.sentences and 1 or digest.share,
  }
  local best, count, n = quern.text.rank(list, choice)
  if n == 0 then
    list, choice.whole = lines_of(list), true
    best = quern.text.rank(list, choice)
  end
  for _, sentence in ipairs(best) do
    local block = list[sentence.entry]
    sentence.line, sentence.section = block.line, block.section
  end
  return best, count
end

return digest
