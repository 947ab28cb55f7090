-- What a document says, as a list of sentences fit for ranking: page furniture,
-- captions and labels left out, sentences that the markup cut in two joined
-- again.  For summary.lua.

local blocks = require "lib.blocks"
local boilerplate = require "lib.boilerplate"
local sentences = require "lib.sentences"
local text = require "lib.text"

local find, sub = string.find, string.sub

local digest = {}

-- A colon or semicolon also closes a paragraph, though not a statement.
local function is_closed(body)
  return sentences.is_ended(body) or find(sub(body, -3), "[:;]$") ~= nil
end

-- A paragraph that stops in the middle of a sentence goes on in the next one.
local function goes_on(block, following)
  return following ~= nil and following.kind == block.kind and block.kind == "paragraph" and not following.noise
    and blocks.same_section(block, following) and #block.text > 60 and not is_closed(block.text)
    and following.text ~= "" and not find(following.text, "^[%d%-*#<%[(]")
end

-- Number of words, counted by the spaces between them until there are enough.
local function has_words(body, enough)
  local at, n = 1, 1
  while n < enough do
    at = find(body, " ", at, true)
    if not at then return false end
    at, n = at + 1, n + 1
  end
  return true
end

-- Whether a text is told as sentences are, not a label, a title or a list of words.
local function is_statement(body)
  if #body < 24 or not has_words(body, 3) then return false end
  if find(body, "^%[") and find(body, "%]$", -1) or find(body, "^%a+://%S+$") then return false end
  local last = sub(body, -1)
  if last == ")" and sentences.is_ended((body:gsub("%s*%b()$", ""))) then return true end
  return last ~= ":" and sentences.is_ended(body) or has_words(body, 7)
end

local told = { paragraph = true, item = true, definition = true }

local function prose_of(list)
  local out, last_section, i = {}, nil, 1
  while i <= #list do
    local block = list[i]
    if not block.noise and told[block.kind] and block.text ~= "" then
      local body = block.text
      while goes_on(list[i], list[i + 1]) do
        i = i + 1
        body = body .. " " .. list[i].text
      end
      local heading = block.headings[#block.headings] or false
      for n, sentence in ipairs(quern.text.sentences(body)) do
        sentence = text.one_line(sentence)
        if is_statement(sentence) then
          out[#out + 1] = { text = sentence, line = block.line, section = block.section, block = i,
            first_in_block = n == 1, first_in_section = heading ~= last_section }
          last_section = heading
        end
      end
    end
    i = i + 1
  end
  return out
end

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

-- Sentences and the number of words of a document.
function digest.of(doc)
  local list = boilerplate.mark(blocks.list(doc))
  local words = 0
  for _, block in ipairs(list) do
    if not block.noise then words = words + quern.text.word_count(block.text) end
  end
  local out = prose_of(list)
  if #out == 0 then out = lines_of(list) end
  return out, words, list
end

return digest
