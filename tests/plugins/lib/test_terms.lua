-- terms.lua: what is a term with its explanation, and what only looks like one.
package.path = (arg[0]:match("^(.*)/[^/]*$") or ".") .. "/?.lua;" .. package.path
local tap = require "tap"
local terms = require "lib.terms"

local what = "the time at which something happened"
for _, rest in ipairs { ": " .. what, " - " .. what, " – " .. what, "—" .. what, "：" .. what } do
  tap.is(terms.explanation_after(rest), what, "an explanation after" .. rest:sub(1, 4))
end
tap.is(terms.explanation_after(" is a window that never closes."), "is a window that never closes.", "a sentence that defines")
tap.is(terms.explanation_after("이란 늦게 온 사건을 버리는 시각이다."), "늦게 온 사건을 버리는 시각이다.",
  "a Korean sentence that defines")
tap.is(terms.explanation_after("는 사건이 일어난 시각을 말한다."), "사건이 일어난 시각을 말한다.", "the topic particle")
for _, rest in ipairs { " and more of it there", ": 2025-09-12", ": https://example.org/a b c", ": yes", "" } do
  tap.is(terms.explanation_after(rest), nil, "no explanation: " .. rest)
end

tap.is({ terms.labelled("LLM: a large model of language") }, { "LLM", "a large model of language" },
  "an abbreviation with a colon")
tap.is(terms.labelled("Place: the second floor of the house"), nil, "a label is no term outside a glossary")
tap.is({ terms.labelled("Watermark: the time up to which all is seen", true) },
  { "Watermark", "the time up to which all is seen" }, "but in one")
tap.is({ terms.labelled("윈도우 - 사건을 묶는 시간의 구간", true) }, { "윈도우", "사건을 묶는 시간의 구간" }, "a dash in a glossary")
tap.ok(terms.is_glossary("부록: 용어 정리") and terms.is_glossary("Glossary of terms"), "headings of a glossary")
tap.ok(not terms.is_glossary("Talks"), "another heading")
tap.ok(terms.is_term("가") and terms.is_term("Hearing loop"), "terms")
tap.ok(not terms.is_term("Note") and not terms.is_term("It works.") and not terms.is_term("1"), "no terms")

tap.is(terms.spells_out("HTML", "the HyperText Markup Language"), "HyperText Markup Language", "letters inside words")
tap.is(terms.spells_out("LLM", "Long List"), nil, "a letter lacks")

local function abbreviations(body)
  local list = {}
  terms.each_abbreviation(body, function(short, long) list[#list + 1] = short .. "=" .. long end)
  return list
end
tap.is(abbreviations("An LLM(Large Language Model) and Retrieval-Augmented Generation (RAG)."),
  { "LLM=Large Language Model", "RAG=Retrieval-Augmented Generation" }, "both orders")
tap.is(abbreviations("LLM(대규모 언어 모델)을 쓴다"), { "LLM=대규모 언어 모델" }, "a Korean long form")
tap.is(abbreviations("We use central processing units (CPUs) here"), { "CPUs=central processing units" },
  "a plural")
tap.is(abbreviations("the workshop in Seoul (ISBN) and SQL (see below, 2024)"), {}, "parentheses that say something else")
tap.is(abbreviations(("(A"):rep(5000)), {}, "no end of parentheses")
tap.done()
