-- Whether a word in Latin letters is built as Korean syllables are when they are
-- written out ("Hyun", "Kyoung", "Ouk", "Sangmin").  Says nothing of whether it
-- is a name: "sun" and "man" are such syllables too.  For name_score.lua.
-- The letters are those of the Revised Romanization, of McCune-Reischauer, and
-- the ones that passports show beside them ("ee", "oo", "young").

local sub = string.sub

local romanised = {}

local set = quern.text.set

local onsets = set "g k kk gg n d t tt r l m b p pp s ss sh j ch jj c h y w ky gy hy my by ry ny ly gw kw hw"
local vowels = set "a ae ai e eo ea i ee o oo oe ou u eu ui wi wo we yu yo ya ye yeo oa ew uh ie"
local codas = set "k g n l r m p b t ng h"
onsets[""], codas[""] = true, true

-- The places behind a syllable that begins at a place.
local function syllable_ends(word, from, out)
  for onset = 0, 2 do
    if onsets[sub(word, from, from + onset - 1)] then
      for vowel = 1, 3 do
        local at = from + onset + vowel
        if at - 1 <= #word and vowels[sub(word, from + onset, at - 1)] then
          for coda = 0, 2 do
            if at + coda - 1 <= #word and codas[sub(word, at, at + coda - 1)] then out[at + coda] = true end
          end
        end
      end
    end
  end
end

-- Whether a word is so many of them at most.
function romanised.is_syllables(word, most)
  if #word > 7 * most then return false end
  word = word:lower()
  local reached = { [1] = true }
  for _ = 1, most do
    local following = {}
    for at in pairs(reached) do syllable_ends(word, at, following) end
    if following[#word + 1] then return true end
    reached = following
  end
  return false
end

return romanised
