-- Picks the sentences that say most of a text: extractive, without a
-- dictionary, for any language.  The score of a sentence is its likeness to
-- the whole (the centroid of MEAD, Radev et al., "Centroid-based summarization of
-- multiple documents", 2004: words weighed by frequency and rarity, linear in the text),
-- its place, and the words it shares with title and headings.  Redundancy is
-- avoided as in Carbonell and Goldstein, "The use of MMR", 1998.

local text = require "lib.text"

local find, sub = string.find, string.sub

local rank = {}

-- The different words of each sentence, and how many sentences hold each; the stem of a word is found once.
local function read_words(list)
  local stems, seen, frequency, found = {}, {}, {}, {}
  for index, sentence in ipairs(list) do
    local all, words, n = quern.text.words(sentence.text:lower()), {}, 0
    for i = 1, #all do
      local stem = stems[all[i]]
      if stem == nil then
        stem = text.stem(all[i])
        stems[all[i]] = stem
      end
      if stem and seen[stem] ~= index then
        if not seen[stem] then found[#found + 1] = stem end
        n = n + 1
        words[n], seen[stem], frequency[stem] = stem, index, (frequency[stem] or 0) + 1
      end
    end
    sentence.words, sentence.index = words, index
  end
  return frequency, found
end

-- How much each word matters: the number of sentences that hold it, damped, less for words that nearly all hold.
local function word_weights(list, frequency, found)
  -- few different numbers: each is weighed once
  local weight_of, weights = { 0.1 }, {}
  for i = 1, #found do
    local n = frequency[found[i]]
    local weight = weight_of[n]
    if not weight then
      weight = math.log(1 + n) * math.log(1 + #list / n)
      weight_of[n] = weight
    end
    weights[found[i]] = weight
  end
  return weights
end

local function centrality(sentence, weights)
  local sum, words = 0, sentence.words
  for i = 1, #words do sum = sum + weights[words[i]] end
  return sum / (6 + #words) ^ 1
end

-- What each kind of evidence counts beside centrality, which counts 1.
local W = { place = 0.6, decay = 0.05, block = 0.1, section = 1.2, last = 0.4, title = 2 }

-- First sentences of a document, of its sections and paragraphs tell more; the last paragraph concludes.
local function place(sentence, last_block)
  local score = 1 / (1 + W.decay * (sentence.index - 1))
  if sentence.first_in_block then score = score + W.block end
  if sentence.first_in_section then score = score + W.section end
  if sentence.block and sentence.block == last_block then score = score + W.last end
  return score
end

-- Questions ask, addresses point elsewhere: neither says what the text says.
local function form_factor(body)
  if sub(body, -1) == "?" or sub(body, -3) == "？" or find(body, "^Q[.:]") then return 0.5 end
  if find(body, "://", 1, true) or find(body, "@", 1, true) and find(body, "%w@%w+%.%a") then return 0.7 end
  return 1
end

-- Very short sentences say little, very long ones are no summary.
local function length_factor(size)
  if size < 40 then return 0.5 end
  if size < 90 then return 0.7 end
  if size > 700 then return 0.6 end
  if size > 450 then return 0.85 end
  return 1
end

-- How many of a list's words are in a set.
local function shared(words, set)
  local n = 0
  for i = 1, #words do
    if set[words[i]] then n = n + 1 end
  end
  return n
end

-- sentences: { text, block (number), first_in_block, first_in_section }; gives each a score, the
-- rule that counted most for it, and a confidence: its score beside the best of the document.
function rank.score(list, title)
  local frequency, found = read_words(list)
  local weights = word_weights(list, frequency, found)
  local title_words, title_set = text.word_list(title or "")
  local best, highest, last_block = 0, 0, #list > 0 and list[#list].block
  for _, sentence in ipairs(list) do
    sentence.centrality = centrality(sentence, weights)
    best = math.max(best, sentence.centrality)
  end
  for _, sentence in ipairs(list) do
    local central = best > 0 and sentence.centrality / best or 0
    local titled = W.title * shared(sentence.words, title_set) / math.max(3, #title_words)
    local where = W.place * place(sentence, last_block)
    sentence.score = (central + where + titled) * length_factor(#sentence.text) * form_factor(sentence.text)
    sentence.rule = titled > central and titled > where and "title" or where > central and "place" or "centrality"
    highest = math.max(highest, sentence.score)
  end
  for _, sentence in ipairs(list) do sentence.confidence = highest > 0 and sentence.score / highest or 0 end
  return list
end

local function set_of(words)
  local set = {}
  for i = 1, #words do set[words[i]] = true end
  return set
end

local function is_repetition(sentence, picked)
  for _, other in ipairs(picked) do
    other.set = other.set or set_of(other.words)
    local n = shared(sentence.words, other.set)
    if n / math.max(1, math.min(#sentence.words, #other.words)) > 0.65 then return true end
  end
  return false
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
    local length = utf8.len(sentence.text) or #sentence.text
    if not (characters and size + length > characters) and not is_repetition(sentence, picked) then
      picked[#picked + 1], size = sentence, size + length
    end
  end
  table.sort(picked, function(a, b) return a.index < b.index end)
  return picked
end

return rank
