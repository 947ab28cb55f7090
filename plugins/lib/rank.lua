-- Picks the sentences that say most of a text: extractive, without a
-- dictionary, for any language.  The score of a sentence is its likeness to
-- the whole (the centroid of MEAD, Radev et al., "Centroid-based summarization of
-- multiple documents", 2004: words weighed by frequency and rarity, linear in the text),
-- its place, and the words it shares with title and headings.  Redundancy is
-- avoided as in Carbonell and Goldstein, "The use of MMR", 1998.

local text = require "lib.text"

local rank = {}

-- How much each word matters: the number of sentences that hold it, damped, less for words that nearly all hold.
local function word_weights(list)
  local frequency = {}
  for _, sentence in ipairs(list) do
    for word in pairs(sentence.words) do frequency[word] = (frequency[word] or 0) + 1 end
  end
  local weights = {}
  for word, n in pairs(frequency) do
    weights[word] = n > 1 and math.log(1 + n) * math.log(1 + #list / n) or 0.1
  end
  return weights
end

local function centrality(sentence, weights)
  local sum = 0
  for word in pairs(sentence.words) do sum = sum + weights[word] end
  return sum / (6 + sentence.count) ^ 0.75
end

-- First sentences of a document, of its sections and paragraphs tell more; the last paragraph concludes.
local function place(sentence, last_block)
  local score = 1 / (1 + 0.2 * (sentence.index - 1))
  if sentence.first_in_block then score = score + 0.2 end
  if sentence.first_in_section then score = score + 0.15 end
  if sentence.block and sentence.block == last_block then score = score + 0.2 end
  return score
end

local function length_factor(size)
  if size < 40 then return 0.5 end
  if size < 70 then return 0.85 end
  if size > 700 then return 0.6 end
  if size > 450 then return 0.85 end
  return 1
end

local function shared(words, set, count)
  if count == 0 then return 0 end
  local n = 0
  for word in pairs(set) do
    if words[word] then n = n + 1 end
  end
  return n / count
end

-- sentences: { text, block (number), first_in_block, first_in_section }; gives each a score.
function rank.score(list, title)
  for index, sentence in ipairs(list) do
    sentence.words, sentence.count = text.word_set(sentence.text)
    sentence.index = index
  end
  local weights = word_weights(list)
  local title_words, title_count = text.word_set(title or "")
  local best = 0
  for _, sentence in ipairs(list) do
    sentence.centrality = centrality(sentence, weights)
    best = math.max(best, sentence.centrality)
  end
  for _, sentence in ipairs(list) do
    local central = best > 0 and sentence.centrality / best or 0
    sentence.parts = { centrality = central, place = place(sentence, list[#list].block),
      title = shared(sentence.words, title_words, title_count) }
    sentence.score = (central + 0.6 * sentence.parts.place + sentence.parts.title) * length_factor(#sentence.text)
  end
  return list
end

local function likeness(a, b)
  local n = 0
  for word in pairs(a.words) do
    if b.words[word] then n = n + 1 end
  end
  return n / math.max(1, math.min(a.count, b.count))
end

-- The best `limit` sentences without near repetitions, at most `characters` bytes together, in document order.
function rank.pick(list, limit, characters)
  local order = table.move(list, 1, #list, 1, {})
  table.sort(order, function(a, b)
    if a.score ~= b.score then return a.score > b.score end
    return a.index < b.index
  end)
  local picked, size = {}, 0
  for _, sentence in ipairs(order) do
    if #picked >= limit then break end
    local repeated = false
    for _, other in ipairs(picked) do repeated = repeated or likeness(sentence, other) > 0.65 end
    local length = utf8.len(sentence.text) or #sentence.text
    if not repeated and not (characters and size + length > characters) then
      picked[#picked + 1], size = sentence, size + length
    end
  end
  table.sort(picked, function(a, b) return a.index < b.index end)
  return picked
end

return rank
