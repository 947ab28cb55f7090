-- What a document says, as a list of sentences fit for ranking: page furniture,
-- captions and labels left out, sentences that the markup cut in two joined
-- again.  For summary.lua.

local blocks = require "lib.blocks"
local boilerplate = require "lib.boilerplate"
local sentences = require "lib.sentences"
local text = require "lib.text"

local digest = {}

local function ends(body)
  return body:match("[.!?…:;。]['\"”’)%]~]*$") ~= nil or body:match("다$") ~= nil or body:match("요$") ~= nil
end

-- A paragraph that stops in the middle of a sentence goes on in the next one.
local function goes_on(block, following)
  return following ~= nil and following.kind == block.kind and block.kind == "paragraph" and not following.noise
    and blocks.same_section(block, following) and #block.text > 60 and not ends(block.text) and following.text ~= ""
    and not following.text:match("^[%d%-*#<%[(]")
end

-- Whether a text is told as sentences are, not a label, a title or a list of words.
local function is_statement(body)
  if #body < 24 then return false end
  local _, count = body:gsub("%S+", "")
  if count < 3 then return false end
  if body:match("^%[.*%]$") or body:match("^%a+://%S+$") then return false end
  return ends(body:gsub("%s*%b()$", "")) and not body:match("[:：]$") or count >= 7
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
      for n, sentence in ipairs(sentences.split(body)) do
        if is_statement(sentence.text) then
          out[#out + 1] = { text = text.one_line(sentence.text), line = block.line, section = block.section, block = i,
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
    local line = text.one_line(block.text:gsub("%s*\t%s*", " · "))
    if not block.noise and block.kind ~= "heading" and not block.is_header and #line > 8 then
      out[#out + 1] = { text = line, line = block.line, section = block.section }
    end
  end
  return out
end

-- Sentences and the number of words of a document.
function digest.of(doc)
  local list = boilerplate.mark(blocks.read(doc))
  local words = 0
  for _, block in ipairs(list) do
    if not block.noise then
      local _, count = block.text:gsub("%S*[%w\x80-\xFF]%S*", "")
      words = words + count
    end
  end
  local out = prose_of(list)
  if #out == 0 then out = lines_of(list) end
  return out, words, list
end

return digest
