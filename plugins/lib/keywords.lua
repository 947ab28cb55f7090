-- Lists of words as one search: what a rule asks of a text ("does it hold one
-- of these, and which") answered in a single pass of the host's finder.
-- For people*.lua; knows no rule.

local keywords = {}

-- groups: { { value, { word, ... } }, ... }; mode as for quern.text.finder.  Gives a function(text, from) ->
-- from, to, value, word of the next one; of a word in two groups the first counts.
function keywords.compile(groups, mode)
  local words, values, seen = {}, {}, {}
  for _, group in ipairs(groups) do
    for _, word in ipairs(group[2]) do
      if not seen[word] then
        words[#words + 1] = word
        values[#words], seen[word] = group[1], true
      end
    end
  end
  local find = quern.text.finder(words, mode)
  return function(text, at)
    local from, to, number = find(text, at)
    if from then return from, to, values[number], words[number] end
  end
end

-- Of the groups that have a word in the text, the value of the one that comes first in the list.
function keywords.first_group(groups, mode)
  local order, values = {}, {}
  for i, group in ipairs(groups) do
    order[i], values[i] = { i, group[2] }, group[1]
  end
  local find = keywords.compile(order, mode)
  return function(text)
    local best
    local from, _, rank = find(text)
    while from do
      if not best or rank < best then best = rank end
      if best == 1 then break end
      from, _, rank = find(text, from + 1)
    end
    return best and values[best]
  end
end

return keywords
