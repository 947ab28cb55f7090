-- Whether a few words are a person's name, and what stands around it: titles,
-- organisations, several names in one field.  Korean and Latin letters.  Works
-- on strings; people.lua knows where in a document to look.
--
--   names.read("한빛대 홍길동 교수님")  --> { name = "홍길동", title = "교수", org = "한빛대", score = 0.8 }
--   names.read("Dr. Jane Roe (ACME)") --> { name = "Jane Roe", title = "Dr", org = "ACME", score = 0.9 }
--   names.list("홍길동, Jane Roe and 김철수(ACME)") --> three of them
--
-- The score says how much a name looks like one by itself, 0 to 1: a caller in
-- a place where a name is expected (a field "speaker:") accepts less than one
-- that searches prose.

local english_words = require "lib.english_words"
local given_names = require "lib.given_names"
local given_syllables = require "lib.given_syllables"
local not_names = require "lib.not_names"
local surnames = require "lib.korean_surnames"
local has_hangul = require("lib.text").has_hangul
local scoring = require "lib.name_score"
local titles = require "lib.titles"

local byte, find, match, sub = string.byte, string.find, string.match, string.sub
local syllables, split_words, is_inflected = scoring.syllables, scoring.split_words, scoring.is_inflected

local names = { score = scoring.score, syllables = syllables, is_inflected = is_inflected }

-- -------------------------------------------------------------- around names

-- Letters of a language's own and digits, at which nothing is cut off: the most frequent ends of a text.
local plain_ends = {}
for code = 48, 57 do plain_ends[code] = true end
for code = 65, 90 do plain_ends[code], plain_ends[code + 32] = true, true end
for code = 0xEA, 0xED do plain_ends[code] = true end

local function trim(text)
  local opens, closes = byte(text), byte(text, -1)
  local ends_plain = plain_ends[closes] or closes and closes >= 0x80 and not find(text, "\xE2\x80", -3, true)
  if plain_ends[opens] and ends_plain then return text end
  if find(text, "^[%s\"'`*_:,.#>~+-]") then text = match(text, "^[%s\"'`*_:,.#>~+-]+(.*)$") end
  local last = #text
  while last > 0 and find(text, "^[%s\"'`*_:,#<~-]", last) or find(text, "^%.", last) and find(text, "%l%l%.$") do
    last = last - 1
    if last < #text and find(text, "^%.", last + 1) then break end
  end
  if last < #text then text = sub(text, 1, last) end
  if find(text, "\xE2\x80", 1, true) then
    text = text:gsub("^\xE2\x80[\x98-\x9F]", ""):gsub("\xE2\x80[\x98-\x9F]$", "")
  end
  -- a leading emoji or bullet
  if find(text, "^[\xE2\xF0]") then
    text = match(text, "^[\xE2\xF0][\x80-\xBF]+(.*)$")
    text = match(text, "^\xEF\xB8\x8F(.*)$") or text
  end
  if find(text, "^%s") or find(text, "^%s", #text) then text = match(text, "^%s*(.-)%s*$") end
  return text
end

-- Titles by their last bytes: a text is compared with the few that can fit.
local by_tail = {}
for _, word in ipairs(titles.after) do
  local tail = sub(word, -2)
  by_tail[tail] = by_tail[tail] or {}
  table.insert(by_tail[tail], word)
end

-- Whether a title may be cut off what stands before it.
local function frees_name(rest, spaced, word)
  local n = syllables(match(rest, "(%S+)$") or "")
  return rest ~= "" and (spaced or word == "님" or word == "씨" or (n and n >= 3) or not titles.weak_after[word] and n ~= 1)
end

-- "홍길동 교수님" -> "홍길동", "교수"
local function cut_korean_title(text)
  local title
  repeat
    local found = false
    for _, word in ipairs(by_tail[sub(text, -2)] or {}) do
      if #text > #word and sub(text, -#word) == word then
        local rest = sub(text, 1, -#word - 1)
        local spaced = match(rest, "%s$") ~= nil
        rest = trim(rest)
        if frees_name(rest, spaced, word) then
          title = (word ~= "님" and word ~= "씨") and word or title or word
          text, found = rest, true
          break
        end
      end
    end
  until not found
  return text, title
end

local function cut_latin_titles(text)
  local title
  local word, rest = match(text, "^(%a+)%.?%s+(.+)$")
  while word and titles.before[word:lower()] do
    title, text = word, rest
    word, rest = match(text, "^(%a+)%.?%s+(.+)$")
  end
  local before, suffix = match(text, "^(.-),?%s+([%a.]+)$")
  if suffix and titles.suffixes[suffix:lower():gsub("%.$", "")] then text, title = before, title or suffix end
  return text, title
end

-- "한빛대 홍길동", "ACME 홍길동": the name is the last word, the rest an organisation.
local function cut_leading_organisation(text, floor)
  local before, last = match(text, "^(.+)%s(%S+)$")
  if not last then return text end
  local n = syllables(last)
  for word in before:gmatch("%S+") do
    if is_inflected(word) then return text end
  end
  local score = n and n >= 3 and names.score(text) < 0.6 and names.score(last) or 0
  -- "회사 유성실님": a form of address and a frequent family name speak for one that hardly looks like a name
  local is_family = floor < 0.6 and n == 3 and surnames.frequent[sub(last, 1, 3)] and not not_names.korean[last]
  -- "Ada 홍길동": what she is called besides
  local is_called = n == 3 and score >= 0.5 and find(before, "^%u%l+$")
  if score >= floor or is_called or is_family and score > 0 then return last, trim((before:gsub("[%s/|,]+$", ""))) end
  return text
end

-- "NAME (ORG)", "NAME, ORG", "NAME | ORG", "NAME @ ORG", "NAME / ORG"
local find_break = quern.text.finder { "(", "[", "|", "@", "/", ",", " \xC2\xB7 ", " - ", " – ", " — ", " from ", " at ", " of " }

local function cut_organisation(text)
  if not find_break(text) then return text end
  local name, inside, rest = match(text, "^(.-)%s*[%(%[](.-)[%)%]]%s*(.-)$")
  if name and name ~= "" then return name, inside, rest end
  for _, pattern in ipairs { "^(.-)%s*[|@/]%s*(.+)$", "^(.-),%s*(.+)$", "^(.-)%s+\xC2\xB7%s+(.+)$", "^(.-)%s+%-%s+(.+)$",
    "^(.-)%s+\xE2\x80[\x93\x94]%s+(.+)$", "^(.-)%s+from%s+(.+)$", "^(.-)%s+at%s+(%u.+)$", "^(.-)%s+of%s+(%u.+)$" } do
    name, inside = match(text, pattern)
    if name and name ~= "" then return name, inside end
  end
  return text
end

-- "ACME님" -> "ACME": a form of address that stands behind the organisation belongs to the name before it.
local function without_address_form(org)
  return org and (match(org, "^(.+)님$") or org)
end

local function read_bare(text)
  local title, org
  text = trim(text)
  -- "ORG +Jane Roe": the mark of a profile
  local marked = find(text, " +", 1, true) and match(text, "^[%w&.]+%s+%+(%u%S*%s+%u.*)$")
  if marked then text = marked end
  text, title = cut_korean_title(text)
  if not title then text, title = cut_latin_titles(text) end
  -- "홍길동 기술총괄이사": the first half of what she is
  local before = title and title ~= "님" and match(text, "^(%S+)%s+[\xEA-\xED][\xEA-\xED\x80-\xBF]*$")
  local is_sure = before and syllables(before) == 3 and names.score(before) >= 0.7
  if is_sure and names.score(match(text, "%S+$")) < 0.3 then text = before end
  text, org = cut_leading_organisation(text, title == "님" and 0.5 or 0.8)
  if find(text, "[%d,*]", -1) then text = match(text, "^(.*[^%s%d,*])%d[%d,*]*$") or text end
  local score = names.score(text)
  -- "Prof. York Winter": no words are too common behind a degree
  local is_doctor = title and score < 0.7 and find(title, "^[DP]ro?f?e?s?s?o?r?$") and find(text, "^%u[%a'-]+%s+%u%l[%a'-]*$")
  if is_doctor and not names.is_organisation(text) then score = 0.7 end
  return { name = text, title = title, org = org, score = score }
end

-- "Jane Roe Jane Roe": a name and the text of the link behind it; "Jane Roe jane@roe.example": and an address.
local function once(text)
  if find(text, "@", 1, true) then text = match(text, "^(.-%S)%s+%S+@%S+%.%a+$") or text end
  local half = #text // 2
  if byte(text, half + 1) ~= 32 then return text end
  return sub(text, 1, half) == sub(text, half + 2) and sub(text, 1, half) or text
end

-- "Jisun (Audrey) Kim": what she is called within her name.
local function read_called(text)
  local first, called, last = match(text, "^(%u[%a'-]+)%s+%((%u[%a'-]+)%)%s+(%u[%a'-]+)$")
  local score = first and not scoring.is_organisation_word(called) and names.score(first .. " " .. last) or 0
  return score >= 0.5 and { name = text, alias = first .. " " .. last, score = score } or nil
end

local function read(text)
  -- "[Jane Roe] [2]": a link as older dialects had it
  if byte(text) == 91 then text = match(text, "^%[([^%[%]]+)%]%s+%[[^%[%]]*%]%s*$") or text end
  text = once(trim(text))
  if text == "" or #text > 160 then return nil end
  local called = byte(text, -1) ~= 41 and find(text, " (", 1, true) and read_called(text)
  if called then return called end
  local given, family, certain = scoring.split_inverted(text)
  if given then return { name = text, alias = given .. " " .. family, score = certain } end
  local person = read_bare(text)
  if person.score > 0 then
    if person.title and person.score < 0.9 then person.score = math.min(1, person.score + 0.1) end
    return person
  end
  local hangul, latin, after = match(text, "^([\xEA-\xED][\xEA-\xED\x80-\xBF]*)%s+(%u[%a '.-]+%a),?%s*(.*)$")
  if hangul and names.score(hangul) >= 0.5 and names.score(latin) >= 0.5 then
    local _, title = cut_korean_title("가나다 " .. after)
    return { name = hangul, alias = latin, title = title, score = 0.9 }
  end
  local before, inside, rest = cut_organisation(text)
  if before == text then return nil end
  person = read_bare(before)
  if person.score == 0 and rest then
    -- "NAME@ORG(주)님"
    local name, org = cut_organisation(before)
    if name ~= before then person, inside = read_bare(name), org end
  end
  if person.score == 0 and inside and not rest then
    -- "ORG / NAME"
    local other = read_bare(inside)
    if other.score >= 0.6 then
      other.org = without_address_form(before)
      return other
    end
  end
  if rest and rest ~= "" and not person.title then
    local _, title = cut_korean_title("가나다 " .. trim(rest))
    person.title = title
  end
  if person.score == 0 then return nil end
  local alias = inside and names.score(trim(inside)) >= 0.5 and trim(inside)
  local same_script = alias and has_hangul(alias) == has_hangul(person.name)
  if alias and not same_script and rest then
    person.alias = alias
    person.score = person.score >= 0.4 and math.max(person.score, 0.8) or math.min(person.score + 0.2, 0.5)
  else
    person.org = person.org or without_address_form(trim(inside))
  end
  return person
end

-- Texts that are nobody, which several rules ask for.
local nobody, count = {}, 0

-- One person out of a text that should be one; nil where it is none.
function names.read(text)
  if #text > 200 or nobody[text] or not find(text, "[\xC3-\xED%u]") then return nil end
  local person = read(text)
  if person then return person end
  if count == 500 then nobody, count = {}, 0 end
  nobody[text], count = true, count + 1
end

-- Whether a single word in Latin letters may be what someone is called: a given name, a handle, no common word.
local function is_handle(word, loose)
  local lower = word:lower()
  if #word < 2 or #word > 30 or not find(word, "^@?%a[%w._-]*%w$") or find(lower, "%.%a%a+$") then return false end
  if not_names.placeholders[lower] or scoring.is_organisation_word(lower) then return false end
  if given_names.given[lower] then return true end
  if not_names.english[lower] then return false end
  return not english_words.has(lower) or loose and #word >= 4 and find(word, "^%u%l+$") ~= nil
end

-- One person out of a text in a place that is made for nothing but a name, behind "Speaker:", say: a handle, a given name
-- alone, a word of Hangul that hardly looks like a name; a common word with a capital where it is loose.
function names.trusted(text, loose)
  local person = names.read(text)
  if person and person.score >= 0.3 then return person end
  local name, org = cut_organisation(trim(text))
  local title
  name, title = cut_korean_title(trim(name))
  -- "Mr. Rengaraj", "A. Kumar", "KS Sreeram"
  if not title then name, title = cut_latin_titles(name) end
  if find(name, "^%u%u?%.? %u%l[%l-]+$") and not titles.before[match(name, "^%a+"):lower()] then
    return not scoring.is_organisation_word(match(name, "%S+$")) and { name = name, org = org and trim(org), score = 0.3 } or nil
  end
  name = match(name, "^[%[(`@]*(.-)[%])`]*$")
  local n = syllables(name)
  if n then
    if n < 2 or n > 4 or not_names.placeholders[name] or not_names.korean[name] or scoring.is_organisation_word(name) then
      return nil
    end
  elseif not is_handle(name, loose) then
    return nil
  end
  return { name = name, org = without_address_form(org and trim(org)), title = title, score = 0.3 }
end

-- Whether a text is two words with capitals and nothing else: a name at most, of words that any list may have.
function names.is_two_words(text) return find(text, "^%u%l+[%a'-]* %u%l+[%a'-]*$") ~= nil end

-- Whether a word is somebody's given name and no common word.
function names.is_given(word)
  local lower = word:lower()
  return given_names.given[lower] ~= nil and not not_names.english[lower] and not given_names.ambiguous[lower]
end

local kinds = {}
for word in ("초청 외부 다른 담당 지도 여러 모든 해당 이번 전문 메인 보조 전담 사내 유명 현직 스타 기조 오늘 내일 어제 강의 영어 수영 요리 코딩 개발 사회"
  .. " 주강 전임 시간 대표 수석 선임 전직 기존 신규 우수 훌륭 주요 공동"):gmatch("%S+") do kinds[word] = true end

-- Whether a Korean word of two syllables is built as a given name and is no word for a kind of people.
function names.is_given_hangul(word)
  if syllables(word) ~= 2 or not_names.korean[word] or kinds[word] or titles.callings[word] then return false end
  return given_syllables.first[sub(word, 1, 3)] ~= nil and given_syllables.second[sub(word, 4)] ~= nil
end

-- Whether a Korean word begins with a family name.
function names.has_family(word) return surnames.one[sub(word, 1, 3)] or surnames.two[sub(word, 1, 6)] or false end

-- What someone is called before 님 where that is no name that any list knows: a given name, a nickname, a handle.
function names.addressed(word)
  local n = syllables(word)
  if not_names.placeholders[word] or titles.callings[word] or titles.begins_with_title(word) then return nil end
  if n then
    local last_two, last = sub(word, -6), sub(word, -3)
    if n < 2 or n > 6 or scoring.is_organisation_word(word) then return nil end
    local is_calling = titles.callings[last_two] or titles.is_title[last_two] or last == "장" or last == "자"
    if n > 2 and (is_calling or is_inflected(word)) then return nil end
  elseif #word < 2 or #word > 20 or not find(word, "^%a[%w_.-]*$") or scoring.is_organisation_word(word)
    or not find(word, "%l") and #word > 4 then
    return nil
  end
  return { name = word, score = 0.4, title = "님", called = true }
end

-- Separators inside brackets are held out of sight while a list is split.
local shields = { [","] = "\1", [";"] = "\2", ["&"] = "\3", ["/"] = "\4" }
local unshielded = { ["\1"] = ",", ["\2"] = ";", ["\3"] = "&", ["\4"] = "/", ["\5"] = "and" }

local find_joint = quern.text.finder({ ",", ";", "&", "\n", "、", "\xC2\xB7", " 및 ", " and ", " with ", " x ", "and " }, "")

-- What is no part of a name in a field: "NAME <mail>", "NAME (@handle)", a URL.
local function without_address(text)
  if not find(text, "[@<]") and not find(text, "://", 1, true) then return text end
  return (text:gsub("<[^<>]*>", ""):gsub("%([^()]*@[^()]*%)", ""):gsub("%S+@%S+%.%a+", ""):gsub("%(?%a+://[^%s)]+%)?", ""))
end

-- "Lee, Hyun-Jeong; Kim, Sieun": the commas inside of names are held out of sight.
local function shield_inverted(text)
  local any = false
  local shielded = text:gsub("%s+and%s+", ";"):gsub("[^;&\n]+", function(part)
    local bare = trim(part)
    if not scoring.split_inverted(bare) then return nil end
    any = true
    return (bare:gsub(",", "\1"))
  end)
  return any and shielded or text
end

-- Splits at commas, "and", "&", "·", "및", not inside brackets.
function names.pieces(text)
  if not find_joint(text) then
    local piece = trim(text)
    return piece ~= "" and { piece } or {}
  end
  if find(text, ", ", 1, true) and #text < 2000 then text = shield_inverted(text) end
  local shielded = text:gsub("%b()", function(s) return (s:gsub("[,;&/]", shields):gsub(" and ", " \5 ")) end)
  shielded = shielded:gsub("%s+and%s+", ","):gsub("%s*&%s*", ","):gsub("%s*;%s*", ","):gsub("\n", ","):gsub("%s*、%s*", ",")
    :gsub("%s*\xC2\xB7%s*", ","):gsub("%s+및%s+", ","):gsub("%s*,%s*그리고%s+", ","):gsub("%s+with%s+", ","):gsub("%s+x%s+", ",")
  local out = {}
  for piece in shielded:gmatch("[^,]+") do
    piece = trim((piece:gsub("[\1-\5]", unshielded)))
    piece = match(piece, "^and%s+(.+)$") or piece
    if piece ~= "" then out[#out + 1] = piece end
  end
  return out
end

-- "홍길동 김철수 이영희": Korean names with nothing but spaces between them, or nil.
local function spaced_names(text)
  if find(text, "[^\x80-\xFF%s]") or not find(text, "%s") then return nil end
  local words, sure = split_words(text), 0
  for _, word in ipairs(words) do
    local n, score = syllables(word), names.score(word)
    if not n or n > 4 or score < 0.2 then return nil end
    if n == 3 and score >= 0.6 then sure = sure + 1 end
  end
  return sure >= 2 and sure * 2 >= #words and words or nil
end

-- The people of a field; what follows a name and is none is its organisation ("Jane Roe, ACME").
function names.list(text, minimum)
  local out = {}
  for _, piece in ipairs(spaced_names(text) or names.pieces(without_address(text))) do
    local parts = { piece }
    if find(piece, "/", 1, true) and not find(piece, "(", 1, true) then
      parts = {}
      for part in piece:gmatch("[^/]+") do parts[#parts + 1] = part end
    end
    for _, part in ipairs(parts) do
      local person = names.read(part)
      local is_place = person and #out > 0 and not out[#out].org and (#out == 1 or out[#out - 1].org)
        and person.score < 0.4 and not has_hangul(part)
      if person and person.score >= (minimum or 0.3) and not is_place then
        out[#out + 1] = person
      elseif #out > 0 and not out[#out].org and (is_place or not person) then
        out[#out].org = trim(part)
      end
    end
  end
  return out
end

-- The people of a text that is a run of names and nothing else, nil where it is not; in a run of three or more most
-- must look like names, the others may be ones that hardly do.
function names.run(text, floor)
  local pieces = spaced_names(text) or names.pieces(without_address(text))
  if #pieces == 0 or #pieces > 60 then return nil end
  for _, piece in ipairs(pieces) do
    if #piece > 90 then return nil end
  end
  local out, sure = {}, 0
  for i, piece in ipairs(pieces) do
    local person = names.read(piece)
    if not person or person.score < 0.2 then return nil end
    if person.score >= floor then sure = sure + 1 end
    out[i] = person
  end
  if sure == #out or #out >= 3 and sure * 3 >= #out * 2 then return out end
  -- "Jane Roe and Rusty Gate": beside a sure one
  local is_pair = #out == 2 and sure == 1 and math.max(out[1].score, out[2].score) >= 0.8 and find(text, " and ", 1, true)
  if is_pair and names.is_two_words(out[1].name) and names.is_two_words(out[2].name) then return out end
end

-- --------------------------------------------------------------- where to look

-- The next run of capitalised words that may be a name: from, to.
names.find_latin = quern.text.capitals(english_words.text() .. not_names.english_text, given_names.text .. surnames.latin_text)

-- The next three syllables that a word begins with, as a name does; of family names of two, the first is among the first.
names.find_hangul = quern.text.sequence({ surnames.syllables .. "남황제사선서독동망", given_syllables.first_text .. "궁보갈공우문고방절",
  given_syllables.second_text }, not_names.korean_text)

local word_pattern = "^%s*([%u\xC3-\xC5][%a\x80-\xC9\xE1'.-]*)()%f[^%a\x80-\xBF\xC3-\xC9'.-]"

-- The longest run of capitalised words at a place that is a name: { name, score, stop }.
function names.latin_at(body, at, minimum)
  local best, words = nil, {}
  local position, most = at, 4
  for _ = 1, 6 do
    if #words >= most then break end
    local word, after = match(body, word_pattern, position)
    if not word then
      word, after = match(body, "^%s+(%l+)()", position)
      if not (word and (word == "van" or word == "von" or word == "de" or word == "der" or word == "bin")) then break end
    end
    if #word == 1 and byte(body, after) == 0xE2 then
      local rest, stop = match(body, "^(\xE2\x80\x99%u%l[%a\x80-\xC9]*)()", after)
      word, after = word .. (rest or ""), stop or after
    end
    -- the next line begins another name
    if best and find(sub(body, position, after - 1), "\n", 1, true) then break end
    words[#words + 1] = word
    -- initials without points
    if #word == 1 then most = most + 1 end
    position = after
    local candidate = table.concat(words, " "):gsub("'s?$", ""):gsub("[.]$", "")
    -- "Jane R. Roe" is no "Jane R"
    local goes_on = #words == 2 and match(word, "^%u%.?$") and match(body, "^ %u%l", position)
    if #words >= 2 and not goes_on then
      local score = names.score(candidate)
      if score >= minimum and (not best or score >= best.score) then best = { name = candidate, score = score,
        stop = position, sure = score >= 0.7 } end
    end
    if match(word, "'s$") or match(word, "%l%.$") then break end
  end
  return best
end

-- Whether a short text may hold a name at all: Hangul, or a capital letter.
function names.may_hold(text) return find(text, "[\xC3-\xED%u]") ~= nil end

-- Whether three syllables that find_hangul gave may be a name: no common word, which goes on as a name may.
function names.is_hangul_at(text, from, to)
  local rest, found = match(text, "^[\xEA-\xED\x80-\xBF]*", to + 1), sub(text, from, to)
  return titles.may_follow(rest) and not not_names.korean[found] and not not_names.korean[found .. rest]
    and scoring.of_hangul(found, 3) >= 0.5
end

-- Whether a text has such a word, from a place on.
function names.may_hold_hangul(text, at)
  local from, to = names.find_hangul(text, at)
  while from and not names.is_hangul_at(text, from, to) do from, to = names.find_hangul(text, to + 1) end
  return from ~= nil
end

-- Whether a text may hold a name that is sure by itself: a known Latin one, or such a word.
function names.may_be_sure(text) return names.find_latin(text) ~= nil or names.may_hold_hangul(text) end

-- Whether a text names an organisation or a group rather than a person.
function names.is_organisation(text)
  for token in text:gmatch("[%w\x80-\xFF]+") do
    if scoring.is_organisation_word(token) then return true end
  end
  return false
end

-- One key for the spellings of one name: "Jose" is "José".
function names.key(name)
  if find(name, "[\xC3-\xC5]") then name = quern.text.normalize(name, "NFD"):gsub("[\xCC\xCD][\x80-\xBF]", "") end
  return (name:lower():gsub("[%s.'-]", ""))
end

return names
