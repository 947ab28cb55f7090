-- Who is named but not said to have done anything: what speaks for it that they
-- take part in what the document is about (an event, a lab, a club), and what
-- for it that they are someone from outside (the author of a book).  Each sign
-- has a weight; from a sum on the person takes part.  For people.lua, when all
-- rules have had their turn.

local keywords = require "lib.keywords"
local news = require "lib.people_news"
local roles = require "lib.role_words"
local sections = require "lib.people_sections"
local text = require "lib.text"

local find, match, sub = string.find, string.match, string.sub

local weigh = {}

local enough = 1.3

-- A name was seen that nothing says more of.  how: where it stands in the block's text (from, to), whether 님 (polite) or
-- another title stands behind it, whether it is linked to their own page.
function weigh.note(state, entry, block, person, how)
  state.mentions = state.mentions or {}
  table.insert(state.mentions, { entry = entry, block = block, score = person.score or 0.5, how = how })
end

-- ------------------------------------------------------------- the document

local find_gathering = quern.text.finder(roles.gathering_words, "iw")

-- How many words of gatherings a document has, at most so many.
local function count_gathering(state, most)
  local count = 0
  for _, block in ipairs(state.list) do
    local from, to = find_gathering(block.text)
    while from do
      count = count + 1
      if count == most then return count end
      from, to = find_gathering(block.text, to + 1)
    end
  end
  return count
end

-- The different people that take part by what other rules saw, those of front matter not counted.
local function count_people(state)
  local seen, count = {}, 0
  for _, entry in ipairs(state.found) do
    if entry.role ~= "mentioned" and entry.role ~= "author" and not seen[entry.name] then
      seen[entry.name], count = true, count + 1
    end
  end
  return count
end

-- What the document as a whole gives each name in it.
local function weight_of_document(state)
  local weight = 0
  if state.interview and not state.says_event then
    -- who is spoken of in an interview is somebody else
    weight = 0
  elseif state.is_event or state.is_study or state.title_role then
    weight = 0.4
  elseif news.is_news_title(state) then
    weight = 0.3
  else
    local size = 0
    for _, block in ipairs(state.list) do size = size + #block.text end
    local count = count_gathering(state, 12)
    if count >= 4 and count * 700 >= size or count >= 12 then weight = 0.3 end
  end
  local people = count_people(state)
  return weight + (people >= 5 and 0.3 or people >= 2 and 0.2 or 0)
end

-- ----------------------------------------------------------------- the words

local find_act = keywords.compile(roles.acts, "i")
local find_outsider = quern.text.finder(roles.outsider_words, "i")

-- "Join NAME for a look at", "NAME will be joining us": those who come to an event are told who speaks there.
local function is_invitation(before, after)
  return find(before, "%f[%a][Jj]oin%s+$") ~= nil or find(after, "^%s*joins us%f[%A]") ~= nil
    or find(after, "^[^,.]*%swill be joining us%f[%A]") ~= nil or find(after, "^[^,.]*%swill join us%f[%A]") ~= nil
end

-- What stands around a name in its sentence: its weight, and the role it gives.
local function weight_of_words(state, mention)
  local body, how = mention.block.text, mention.how
  local before = match(sub(body, math.max(1, how.from - 100), how.from - 1), "[^.!?\n]*$")
  local after = match(sub(body, how.to + 1, how.to + 200), "^[^.!?\n]*")
  local role, _ = how.told, nil
  if not role and state.is_event and is_invitation(before, after) then role = "speaker" end
  if not role then _, _, role = find_act(after) end
  if not role then _, _, role = find_act(before) end
  local is_guest = not state.is_event and find(after, "초청", 1, true)
  if is_guest or find_outsider(after) or find_outsider(sub(before, -60)) then return role and -0.4 or -0.6, role end
  return role and 0.4 or 0, role
end

-- How much a name looks like one, a form of address counted.
local function weight_of_name(mention)
  local how, weight = mention.how, mention.score
  if how.polite then return math.max(weight, 0.5) + 0.4 end
  if how.linked then weight = weight + 0.3 end
  -- in Korean who takes part is addressed; of the others one may tell
  if find(mention.entry.name, "^[\xEA-\xED]") then return weight - (how.title and 0.2 or 0.4) end
  -- in a Korean sentence a run of capitals is a product as often
  local is_foreign = mention.score < 0.8 and text.has_hangul(mention.block.text)
  return mention.score < 0.8 and weight - (is_foreign and 0.4 or 0.2) or weight
end

local find_bearer = quern.text.finder({ "fellow", "fellowship", "award", "prize", "medal", "scholarship", "foundation",
  "institute", "university", "lab", "center", "centre", "school", "hall", "street", "grant", "building", "theorem",
  "algorithm", "bldg", "road", "rd", "avenue", "ave", "tower", "plaza", "hotel", "station", "square", "park", "bridge" }, "iw")

local find_citation = quern.text.finder({ "ieee", "proceedings", "vol.", "pp.", "arxiv", "journal", "doi", "transactions on",
  "et al", "et. al", "논문지", "학술지", "iclr", "neurips", "icml", "cvpr", "aaai", "emnlp", "ijcai", "siggraph" }, "i")

-- Whether a block is an entry of a list of references.
local function is_citation(block)
  if block.is_citation == nil then
    block.is_citation = find(block.text, "%f[%d][12][09]%d%d%f[%D]") ~= nil and find_citation(block.text) ~= nil
  end
  return block.is_citation
end

-- What right beside a name says that it is no one who is here: "P. Lynch" and "Jane Roe1,2" of a list of references, the
-- name under a quotation, "Jane Roe Fellowship".
local function weight_of_form(mention)
  local body, how, name = mention.block.text, mention.how, mention.entry.name
  if find(name, "^%u%.") or find(name, "%s%u%.?$") or find(body, "^[%d\xC2]", how.to + 1)
    or find(name, "\xC2[\x80-\xBF]") then
    return -1
  end
  if is_citation(mention.block) then return -0.8 end
  if how.from > 2 and find(sub(body, math.max(1, how.from - 8), how.from - 1), "[-\x93\x94]%s*$") and how.to > #body - 12 then
    return -0.6
  end
  local size = how.to - how.from + 1
  local from = find_bearer(sub(body, how.from, how.to + 40), size + 1)
  return from and from <= size + 2 and -1 or 0
end

local find_talk_page = quern.text.finder({ "/talk", "/session", "/conference", "/speaker", "/schedule" }, "i")

-- So many links of a paragraph are searched for every name in it.
local most_links = 200

-- Whether a name stands in a link that leads to what someone else wrote, or right before one to a work of theirs: "Jane Roe's
-- [On Parsers](...)", where that is no talk.
local function is_reference(state, mention)
  local links, body, to = mention.block.links or {}, mention.block.text, mention.how.to
  local work = sub(body, to - 1, to) == "'s" and match(body, "^%s+()%u", to + 1) or match(body, "^\xE2\x80\x99s%s+()%u", to + 1)
  for i = 1, math.min(#links, most_links) do
    local label = links[i].text or ""
    if #label > #mention.entry.name + 8 and find(label, mention.entry.name, 1, true) then return true end
    if work and #label > 12 and sub(body, work, work + #label - 1) == label then
      return not (state.is_event or find_talk_page(links[i].url or ""))
    end
  end
  return false
end

-- How many mentions a name has, all blocks together.
local function count_mentions(mentions)
  local count = {}
  for _, mention in ipairs(mentions) do count[mention.entry.name] = (count[mention.entry.name] or 0) + 1 end
  return count
end

-- Of whom there is no question: who takes part by another rule, and who a label names as one that does not ("사진: NAME",
-- "Apologies: NAME").
function weigh.list_settled(state)
  local settled = {}
  for _, entry in ipairs(state.found) do
    local is_told = entry.role ~= "mentioned" or find(entry.rule, "^label") or find(entry.rule, "under a role", 1, true)
    if is_told then settled[entry.name] = true end
  end
  return settled
end

local function role_for(state, mention, told)
  local given = sections.role_of(mention.block) or state.title_role
  if given and given ~= "mentioned" then return given end
  if told then return told end
  return state.is_event and mention.how.polite and "speaker" or "member"
end

-- The weight of one mention, and the role that is told of it.
local function weight_of(state, mention, base, count)
  local weight, told = weight_of_words(state, mention)
  weight = weight + base + weight_of_name(mention) + weight_of_form(mention)
  if base < 0.3 and sections.expects_talks(state, mention.block) then weight = weight + 0.3 end
  if count > 1 then weight = weight + 0.1 end
  if is_reference(state, mention) then weight = weight - 0.4 end
  -- one talk that is spoken of makes no gathering
  if base == 0 and not mention.how.polite then weight = weight - 0.2 end
  return weight, told
end

local function take(state, mention, weight, told)
  local entry = mention.entry
  entry.role, entry.confidence = role_for(state, mention, told), math.min(0.7, weight / 3)
  entry.rule, entry.weighed = entry.rule .. ", with what stands around", true
end

-- Takes those for whom enough speaks out of the ones only mentioned.  Where two are, who is addressed as they are gets some
-- weight of them.
function weigh.settle(state)
  local mentions = state.mentions
  if not mentions then return end
  local settled, base, counts = weigh.list_settled(state), weight_of_document(state), count_mentions(mentions)
  local addressed, rest = 0, {}
  for _, mention in ipairs(mentions) do
    local entry = mention.entry
    if entry.role == "mentioned" and not settled[entry.name] and sections.role_of(mention.block) ~= "mentioned" then
      local weight, told = weight_of(state, mention, base, counts[entry.name])
      if weight >= enough then
        take(state, mention, weight, told)
        if mention.how.polite then addressed = addressed + 1 end
      elseif mention.how.polite and weight >= enough - 0.2 then
        rest[#rest + 1] = { mention, weight, told }
      end
    end
  end
  for _, each in ipairs(addressed >= 2 and rest or {}) do take(state, table.unpack(each)) end
end

return weigh
