-- How much a few words look like a person's name by themselves, 0 to 1: by
-- family names, syllables of given names, word lists and shape, in Hangul and in
-- Latin letters.  For names.lua; knows nothing of what stands around a name.

local english_words = require "lib.english_words"
local given_names = require "lib.given_names"
local given_syllables = require "lib.given_syllables"
local memo = require "lib.memo"
local not_names = require "lib.not_names"
local romanised = require "lib.romanised"
local surnames = require "lib.korean_surnames"

local byte, find, match, sub = string.byte, string.find, string.match, string.sub

local scoring = {}

-- Syllables that as the third of a token are mostly a particle or suffix of a common word.
local suffixes = quern.text.set "은 는 이 가 을 를 에 의 로 와 과 도 만 들 별 측 용 형 자 성 화 적 한 된 할 해 및 중 후 전 간 당 란 며 고 면"

-- Syllables that make a group of a common word: 홍보팀, 연구실, 위원회.
local bodies = quern.text.set "팀 부 실 소 회 단 반 과 학 론 법"

local particles = quern.text.set "van von de der den del di da do dos das la le el al bin ibn ten ter y e du"

-- Number of Hangul syllables of a text that is nothing else, or nil.
local function syllables(text)
  local size = #text
  if size % 3 ~= 0 or size == 0 or find(text, "[^\xEA-\xED\x80-\xBF]") or not find(text, "^[\xEA-\xED]") then return nil end
  return size // 3
end
scoring.syllables = syllables

-- Three syllables: a family name and a given one, which tells a name from the many nouns that begin like one.
local function score_three(text, family, first_two)
  local a, b = sub(text, 4, 6), sub(text, 7, 9)
  local fits = given_syllables.first[a] and given_syllables.second[b]
  if not_names.korean[first_two] then
    if bodies[b] then return 0 end
    if suffixes[b] then return fits and 0.4 or 0 end
  end
  if not surnames.one[family] then
    if bodies[b] or not_names.korean[first_two] then return 0 end
    if surnames.rare[family] and fits then return 0.5 end
    return (suffixes[b] or not fits) and 0.2 or 0.3
  end
  if not fits then return surnames.frequent[family] and 0.4 or 0.3 end
  if given_syllables.common[b] and surnames.common[family] then return 0.6 end
  return surnames.frequent[family] and 0.8 or 0.7
end

local function score_hangul(text, n)
  if not_names.korean[text] then return 0 end
  local first, first_two = sub(text, 1, 3), sub(text, 1, 6)
  if n == 2 then return surnames.frequent[first] and given_syllables.second[sub(text, 4)] and 0.4 or 0.2 end
  if surnames.two[first_two] then
    if n == 4 then return 0.9 end
    if n == 3 or n == 5 then return n == 5 and 0.5 or given_syllables.second[sub(text, 7)] and 0.7 or 0.4 end
  end
  if n == 3 then return score_three(text, first, first_two) end
  local last = sub(text, -3)
  if n ~= 4 or not surnames.one[first] or bodies[last] or not_names.korean[first_two] then return 0 end
  return suffixes[last] and 0.2 or 0.3
end

-- Korean endings of organisations by their lengths, so that a word is asked once a length.
local organisation_endings, ending_lengths, known_length = {}, {}, {}
for _, word in ipairs(not_names.korean_organisation) do
  organisation_endings[word] = true
  if not known_length[#word] then
    known_length[#word], ending_lengths[#ending_lengths + 1] = true, #word
  end
end

local function is_organisation_word(token)
  if not_names.organisation[token:lower()] then return true end
  if byte(token, -1) < 0x80 then return false end
  for _, length in ipairs(ending_lengths) do
    if organisation_endings[sub(token, -length)] then return true end
  end
  return false
end

-- Endings of a word that goes on in its sentence and is no part of a name.
local endings = quern.text.set "은 는 을 를 의 에 며 고 다 요 서 도 로 과 와 지 면 게"

-- Endings of verbs, which no name has either.
local verb_endings = quern.text.set("는데 던데 은데 려던 했던 하던 였던 하는 되는 있는 없는 주신 하신 오신 계신 되신 더니 지만 으로 에서 에게 까지 부터"
  .. " 하여 되어 위해 통해 대해 대한 위한 관한 같은 많은 좋은 확실히 아닌 이던 분의 막상 먼저 그래도 정말 다른 모든 어떤 이런 그런")

local function is_inflected(token)
  if #token > 6 and endings[sub(token, -3)] or token == "등" then return true end
  return verb_endings[sub(token, -6)] or verb_endings[sub(token, -9)] or false
end

-- "다니엘 베르크", "홍 길동"
local function score_hangul_words(tokens)
  if #tokens > 3 then return 0 end
  for _, token in ipairs(tokens) do
    if not_names.korean[token] or not_names.placeholders[token] or is_organisation_word(token) or syllables(token) > 5 then
      return 0
    end
  end
  if #tokens == 2 and surnames.one[tokens[1]] and syllables(tokens[2]) == 2 then return 0.6 end
  -- "홍길동 학생 포스터": a name and what is said of it
  if #tokens == 3 and syllables(tokens[1]) == 3 and score_hangul(tokens[1], 3) >= 0.6 then return 0 end
  if #tokens == 2 and surnames.frequent[tokens[2]] and syllables(tokens[1]) >= 2
    and not is_inflected(tokens[1]) then return 0.3 end
  for i, token in ipairs(tokens) do
    if syllables(token) < 2 or is_inflected(token) or i < #tokens and endings[sub(token, -3)] or sub(token, -6) == "은가"
      or i < #tokens and sub(token, -3) == "이" then
      return 0
    end
  end
  return 0.3
end

local function is_capitalised(token)
  return match(token, "^%u[%a\x80-\xFF'.-]*$") or match(token, "^\xC3[\x80-\x9E][%a\x80-\xFF'-]*$")
    or match(token, "^[\xC4\xC5\xC7\xC8][%a\x80-\xFF'-]+$")
end

-- "Ha-eun": two syllables of a Korean given name, neither of them an English word.
local function is_hyphenated(token)
  local a, b = match(token, "^(%u%l+)%-(%l+)$")
  if not a or #a > 6 or #b > 6 or not_names.english[a:lower()] or not_names.english[b] then return false end
  return not english_words.has(a:lower()) or romanised.is_syllables(a .. b, 2)
end

-- "Young Jee Jeong", "Oh Sun Joo": a Korean family name at one end and two syllables beside it, not all English words.
local function is_romanised_name(tokens)
  if #tokens ~= 3 then return false end
  local first, last = tokens[1]:lower(), tokens[3]:lower()
  local from = surnames.latin[last] and 1 or surnames.latin[first] and 2
  local a, b = tokens[from or 1], tokens[(from or 1) + 1]
  if not (from and is_capitalised(a) and is_capitalised(b) and is_capitalised(tokens[from == 1 and 3 or 1])) then return false end
  return romanised.is_syllables(a, 1) and romanised.is_syllables(b, 1)
    and not (english_words.has(a:lower()) and english_words.has(b:lower()))
end

-- Endings of nouns and participles that no name has.
local find_noun_ending = quern.text.finder { "ization ", "isation ", "ized ", "ised ", "ation ", "ssion ", "ology ", "ography ",
  "bility " }

local function score_latin(tokens)
  local capitals, denied, shouting, short = 0, 0, 0, false
  local lower_text = table.concat(tokens, " "):lower()
  -- signs such as the one of a paragraph
  if find(lower_text, "\xC2", 1, true) then return 0 end
  if not_names.places[lower_text] or find_noun_ending(lower_text .. " ") then return 0 end
  if is_romanised_name(tokens) then return 0.8 end
  for i, token in ipairs(tokens) do
    local lower = token:lower()
    if i < #tokens and match(lower, "'[smdvrl]e?l?$") then return 0 end
    if is_capitalised(token) then
      capitals = capitals + 1
      local bare = lower:gsub("[.']", "")
      if (not_names.english[bare] or not_names.organisation[lower]) and not (i > 1 and match(token, "^%u%.$"))
        and not (#tokens > 2 and i < #tokens and #token == 1)
        and not (i == #tokens and #token == 2 and given_names.family[tokens[1]:lower()]) then
        if not given_names.given[bare] or i > 1 then denied = denied + 1 end
      end
      local camel = match(token, "%l%u") and not match(token, "^Ma?c%u") and not match(token, "^[DLO][eiau']?'?%u")
        and not match(token, "^V[ao]n%u") and not match(token, "^Fitz%u")
      -- "JiHoon Kim"
      local is_korean = camel and i < #tokens and surnames.latin[tokens[#tokens]:lower()] and match(token, "^%u%l+%u%l+$")
        and romanised.is_syllables(lower, 2)
      if camel and not is_korean or match(token, "^%u%u%u+%l%l") then denied = denied + 1 end
      if #token > 1 and match(token, "^%u+$") then
        shouting, short = shouting + 1, short or #token == 2
      end
    elseif not (particles[lower] and i > 1 and i < #tokens) then
      return 0
    end
  end
  if denied > 0 or capitals < 2 or #tokens > 5 then return 0 end
  -- "M. L", of a list of references: no word at all
  if match(tokens[1], "^%u%.?$") and match(tokens[#tokens], "^%u%.?$") then return 0 end
  local first, last = tokens[1]:lower():gsub("%.$", ""), tokens[#tokens]:lower()
  local hit = given_names.given[first] or given_names.given[match(first, "^[^-]+")] or is_hyphenated(tokens[1])
  local known_family = given_names.family[last] or surnames.latin[last]
  if shouting > 0 then
    if hit and known_family then return 0.8 end
    local family = not short and (surnames.latin[first] or given_names.family[first] or known_family)
    return family and shouting == 1 and not english_words.has(last) and 0.6 or 0.2
  end
  if known_family and hit then return 0.9 end
  local word = not known_family and english_words.has(last)
  if hit then return word and (given_names.ambiguous[first] and 0.2 or 0.6) or 0.9 end
  local opens_with_word = english_words.has(first)
  if given_names.family[last] then return opens_with_word and 0.25 or 0.8 end
  if known_family and not opens_with_word then return 0.8 end
  if (surnames.latin[first] or given_names.family[first]) and #tokens <= 3 and not word then return 0.7 end
  if match(tokens[1], "^%u%.$") then return word and 0.3 or 0.8 end
  if word and opens_with_word then return 0.1 end
  return opens_with_word and 0.25 or word and (match(last, "ing$") and 0.2 or 0.35) or 0.6
end

local function split_words(text)
  local tokens = {}
  for token in text:gmatch("%S+") do tokens[#tokens + 1] = token end
  return tokens
end

local function score(text)
  if match(text, "[%d@/\\<>{}=_|%[%]()\"!?;,]") then return 0 end
  local n = syllables(text)
  if n then return is_organisation_word(text) and n > 3 and 0 or score_hangul(text, n) end
  local tokens = split_words(text)
  local hangul = 0
  for _, token in ipairs(tokens) do
    if syllables(token) then hangul = hangul + 1 end
  end
  if hangul == #tokens then return score_hangul_words(tokens) end
  if hangul > 0 or #tokens < 2 then return 0 end
  for _, token in ipairs(tokens) do
    if not match(token, "^[%a\x80-\xFF'.-]+$") or match(token, "^[\xE2-\xEF]") or match(token,
      "[\xEA-\xED][\x80-\xBF]") then return 0 end
  end
  return score_latin(tokens)
end

local kept_score = memo(score, 1000)

-- How much a text looks like a person's name and nothing else.
function scoring.score(text)
  if text == "" or #text > 60 then return 0 end
  return kept_score(text)
end

scoring.of_hangul, scoring.is_organisation_word, scoring.is_inflected = score_hangul, is_organisation_word, is_inflected
scoring.split_words = split_words

-- "Lee, Hyun-Jeong", "Rossi, Anna": the family name first.  given, family, how much it looks like a name, or nil; where
-- a name is expected (trusted), of families that no list knows as well.
function scoring.split_inverted(text, trusted)
  local family, given = match(text, "^(%u[%a\x80-\xBF\xC3-\xC9'-]+),%s+(%u[%a\x80-\xBF\xC3-\xC9'. -]*[%a\x80-\xBF]%.?)$")
  if not family or #text > 60 then return nil end
  local tokens = split_words(given)
  local first = tokens[1]:lower()
  if #tokens > 3 or not_names.organisation[first] or not_names.places[text:lower():gsub(",", "")] then return nil end
  for _, token in ipairs(tokens) do
    if not is_capitalised(token) or is_organisation_word(token) or match(token, "^%u%u+$") then return nil end
  end
  local known = surnames.latin[family:lower()] or given_names.family[family:lower()]
  local is_given = given_names.given[first] or romanised.is_syllables(first:gsub("-", ""), 2) or match(first, "%l%-%l")
  local certain = trusted or (#tokens > 1 or find(first, "-", 1, true)) and not english_words.has(family:lower())
  if not known and not (is_given and certain) then return nil end
  -- "Kim, Lee": two families
  if #tokens == 1 and (surnames.latin[first] or given_names.family[first]) and not given_names.given[first] then return nil end
  if #tokens == 1 and not given_names.given[first] and (not_names.english[first] or english_words.has(first)) then return nil end
  return given, family, known and (is_given or #tokens > 1) and 0.8 or known and 0.5 or 0.6
end

return scoring
