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
local function lines_of(doc, noise)
  local out = {}
  for i, block in ipairs(blocks.list(doc)) do
    if not (noise and noise[i]) and block.kind ~= "heading" and not block.is_header and #block.text > 8 then
      local line = text.one_line((block.text:gsub("%s*\t%s*", " · ")))
      out[#out + 1] = { text = line, line = block.line, section = block.section }
    end
  end
  return out
end

-- The best of the lines, as node:rank gives sentences.
local function rank_lines(list, choice)
  local texts, places = {}, {}
  choice.whole = true
  for i, best in ipairs((quern.text.rank(list, choice))) do
    local line = list[best.entry]
    texts[i], places[i] = best.text, { line = line.line, section = line.section }
    if choice.explain then
      places[i].score, places[i].rule, places[i].confidence = best.score, best.rule, best.confidence
    end
  end
  return texts, places
end

-- The best sentences of a document, in its order; where each stands ({ line, section }, with opts.explain also score, rule
-- and confidence); and its number of words.  opts: sentences, characters (each nil for the usual length), explain.
function digest.of(doc, opts)
  local noise = boilerplate.blocks_of(doc.body)
  local choice = {
    title = doc.title, kinds = told, cue = cue, telling = telling, passing = passing, characters = opts.characters,
    most = opts.sentences or digest.most, least = opts.sentences or digest.least, share = opts.sentences and 1 or digest.share,
    noise = noise, explain = opts.explain,
  }
  local texts, places, words_said, n = doc.body:rank(choice)
  if n == 0 then texts, places = rank_lines(lines_of(doc, noise), choice) end
  return texts, places, words_said
end

return digest
