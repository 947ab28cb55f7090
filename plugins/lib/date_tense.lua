-- Whether a sentence speaks of what has been or of what is to come, by its
-- endings and verbs, Korean and English.  For date_resolve.lua, which loads it
-- when a year depends on it.

local match, sub = string.match, string.sub

local date_tense = {}

-- What tells that a sentence speaks of what has been, and of what is to come: endings and verbs.
local function past_words()
  local list = { " was ", " were ", " took place", " held ", " had ", " began ", " started ", " met ", " gave ", " went ",
    " came ", " ran " }
  for syllable in ("았 었 였 했 됐 갔 왔 났 겼 렸 졌 켰 쳤 셨 혔 썼 샀 섰 봤 렀 랐"):gmatch("%S+") do
    for ending in ("습니다 다 고 어요 는데 으며 지만 던 네"):gmatch("%S+") do list[#list + 1] = syllable .. ending end
  end
  return list
end

local future_words = { "예정", "계획", "수 있", "수도 있", "겠습니다", "열립니다", "할 것", "될 것", "하세요", "주세요", "바랍니다", "다음 ", "앞으로", "신청", "접수",
  "마감", "모집", "오세요", "만나요", "개최합니다", "시작합니다", "진행합니다", " will ", " shall ", "upcoming", " next ", "deadline", "apply ",
  "register", "join us", "see you", " is due" }

local find_past, find_future = quern.text.finder(past_words(), "i"), quern.text.finder(future_words, "i")

-- "past" or "future" where the words of the sentence around an atom say so, and say but one of them.
function date_tense.of(text, atom)
  local from, to = math.max(1, atom.from - 120), math.min(#text, atom.to + 240)
  local stop = match(text, "[.!?\n]()%f[%s\0]", atom.to + 1)
  local before = match(sub(text, from, atom.from - 1), ".*[.!?]%s()")
  local sentence = sub(text, before and from + before - 1 or from, math.min(to, stop or to))
  local past, future = find_past(sentence), find_future(sentence)
  if past and not future then return "past" end
  if future and not past then return "future" end
end

return date_tense
