-- One person out of a piece of text of which a label says that it is somebody,
-- in spellings that no list of names knows: an organisation before the name,
-- capitals throughout, syllables with spaces.  For people_lines.lua.

local names = require "lib.names"

local find, match, sub = string.find, string.match, string.sub

local syllable = "[\xEA-\xED][\x80-\xBF][\x80-\xBF]"

local function capital(word) return sub(word, 1, 1) .. sub(word, 2):lower() end

-- "한빛랩 라은결", "JANE ROE", "홍 길 동"; nil for what has none of these forms.
local function read_told(piece)
  local org, last = match(piece, "^(%S+)%s+([\xEA-\xED]%S+)$")
  if last and names.syllables(last) == 3 and names.has_family(last) and names.score(last) >= 0.4 then
    return { name = last, org = org, score = 0.6 }
  end
  local first, second = match(piece, "^(%u%u%u+) (%u%u+)$")
  if first and names.score(capital(first) .. " " .. capital(second)) >= 0.6 then return { name = piece, score = 0.6 } end
  local spaced = match(piece, "^(" .. syllable .. " " .. syllable .. " " .. syllable .. ")")
  local joined = spaced and not find(piece, "^[\x80-\xFF]", #spaced + 1) and spaced:gsub(" ", "")
  return joined and names.score(joined) >= 0.4 and { name = joined, alias = spaced, score = 0.6 } or nil
end

return read_told
