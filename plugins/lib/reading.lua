-- How long a text takes to read, each script by its own measure.  For stats.lua.
--
-- Words: 238 a minute, silent reading of English non-fiction (M. Brysbaert, "How
-- many words do we read per minute?", Journal of Memory and Language 109, 2019).
-- Hangul, Han and kana: 500 characters a minute, the customary figure for Korean,
-- Chinese and Japanese on the web (default of the npm packages time-to-read and
-- read-time-estimate, after Medium's "read time").

local reading = { words_per_minute = 238, characters_per_minute = 500 }

-- Three bytes of UTF-8 that begin with these are kana, Han or Hangul; Jamo of old texts and Han beyond 16 bits are rare.
local syllable = "[\xE3-\xE9\xEA-\xED][\x80-\xBF][\x80-\xBF]"

-- Words of other scripts and characters of those three; "QUERN을" is one of each.
function reading.count(words)
  local spaced, characters = 0, 0
  for _, word in ipairs(words) do
    local rest, count = word:gsub(syllable, "")
    characters = characters + count
    if rest ~= "" then spaced = spaced + 1 end
  end
  return spaced, characters
end

function reading.seconds(words)
  local spaced, characters = reading.count(words)
  return math.ceil(60 * (spaced / reading.words_per_minute + characters / reading.characters_per_minute))
end

return reading
