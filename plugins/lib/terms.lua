-- Terms and what they mean, in strings: labels with an explanation, defining
-- sentences, abbreviations spelt out.  For glossary.lua.

local text = require "lib.text"

local terms = {}

-- Words at the head of a section in which every "term: explanation" counts.
local heading_words = { "glossary", "terms", "terminology", "definitions", "vocabulary", "abbreviations", "acronyms", "용어",
  "낱말", "약어", "정의" }

function terms.is_glossary(title)
  local lower = title and title:lower() or ""
  for _, word in ipairs(heading_words) do
    if lower:find(word, 1, true) then return true end
  end
  return false
end

-- Bold labels that name no thing.
local labels = quern.text.set "note tip warning caution important example info todo 참고 주의 예시 예 노트 팁 중요"

-- Colons and dashes of all widths as ASCII ones, so that patterns need to know one of each.
function terms.plain_signs(s) return (s:gsub("\xEF\xBC\x9A", ": "):gsub("\xE2\x80[\x92-\x95]", " - ")) end

-- "Term:" -> "Term"
function terms.strip(term) return (text.one_line(terms.plain_signs(term)):gsub("%s*[:-]$", "")) end

-- What can be a term: short, with a letter, no sentence, no address.
function terms.is_term(term)
  return #term >= 2 and #term <= 90 and not labels[term:lower()] and term:find("[%a\x80-\xFF]") ~= nil
    and not term:find("[.!?]$") and not term:find("://", 1, true) and select(2, term:gsub("%S+", "")) <= 6
end

-- What can explain: three words or more that begin as words do, not a date, a link or a name alone.
function terms.is_explanation(body)
  local _, words = body:gsub("%S+", "")
  return words >= 3 and #body >= 15 and body:find("^[%a\x80-\xFF\"'(`]") ~= nil and not body:find("^%a+://")
end

-- How a sentence goes on that says what its first words are.
local defining = { "^%s+is an?%s", "^%s+is the%s", "^%s+are%s", "^%s+means%s", "^%s+refers to%s", "^%s+stands for%s" }
local defining_korean = { "^은%s", "^는%s", "^이란%s", "^란%s" }

local function matches_any(s, patterns)
  for _, pattern in ipairs(patterns) do
    if s:find(pattern) then return true end
  end
  return false
end

-- The explanation that follows a term in bold: after a colon or a dash, or as a sentence that says what it is.
function terms.explanation_after(rest)
  rest = terms.plain_signs(rest)
  local body = rest:match("^%s*:%s*(.+)$") or rest:match("^%s+%-%s+(.+)$")
  local is_sentence = matches_any(rest, defining) or matches_any(rest, defining_korean) and rest:find("다%f[.\0]")
  if not body and is_sentence then body = rest:gsub("^이란", ""):gsub("^은", ""):gsub("^는", ""):gsub("^란", "") end
  body = body and text.one_line(body)
  return body and terms.is_explanation(body) and body or nil
end

-- "TERM: explanation" in plain text; outside a glossary the term must be an abbreviation.
function terms.labelled(line, in_glossary)
  line = terms.plain_signs(line)
  local term, body = line:match("^([^:\n]+):%s+(.+)$")
  if not term and in_glossary then term, body = line:match("^([^\n]-)%s+%-%s+(.+)$") end
  if not term then return nil end
  term, body = text.trim(term), text.one_line(body)
  if not (in_glossary or term:match("^%u[%u%d/&-]+$")) then return nil end
  if terms.is_term(term) and terms.is_explanation(body) then return term, body end
end

-- Whether the letters of an abbreviation occur in the long form in order, the first at the start of a word
-- (Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions", PSB 2003).
function terms.spells_out(short, long)
  local at = #long
  for i = #short, 1, -1 do
    local letter = short:sub(i, i):lower()
    if letter:match("%w") then
      while at > 0 and (long:sub(at, at):lower() ~= letter or i == 1 and at > 1 and long:sub(at - 1, at - 1):match("%w")) do
        at = at - 1
      end
      if at == 0 then return nil end
      at = at - 1
    end
  end
  return long:sub(at + 1)
end

-- The last words before a parenthesis: at most two more than the abbreviation has letters, within one clause.
local function words_before(body, at, count)
  local start = at
  for _ = 1, count do
    local from = body:sub(1, start - 1):match("^.*()%f[^%s\"'(,;:]%S+%s*$")
    if not from or body:sub(from, start - 1):find("[,;:.!?]%s*$") and start ~= at then break end
    start = from
  end
  return body:sub(start, at - 1)
end

-- Calls found(short, long) for "LLM(Large Language Model)" and "Large Language Model (LLM)".
function terms.each_abbreviation(body, found)
  for at, inside in body:gmatch("()%s?%(([^()]+)%)") do
    if inside:match("^%u[%w&/-]+$") and #inside <= 10 and select(2, inside:gsub("%u", "")) >= 2 then
      local before = words_before(body:sub(math.max(1, at - 200), at - 1), math.min(at, 201), #inside + 2)
      local long = terms.spells_out(inside, text.trim(before))
      if long and #long > #inside + 2 and long:find("%s") then found(inside, text.one_line(long)) end
    else
      local short = body:sub(math.max(1, at - 12), at - 1):match("%f[%w](%u[%w&/-]*%u%w*)$")
      local long = short and #inside <= 90 and text.one_line(inside:match("^[^,;:=]+") or "")
      local spelt = long and (terms.spells_out(short, long) == long or text.has_hangul(long))
      if spelt and long:find("%s") and not long:find("%d") then found(short, long) end
    end
  end
end

return terms
