-- Summaries as a readable page: a table of contents, then each document with
-- its sentences and the lines they stand on.  For summary.lua.

local html = require "lib.html"
local text = require "lib.text"

local page = {}

local labels = {
  en = { lang = "en", title = "Digest", filter = "Filter", contents = "Contents", count = "{n} documents", words = "{n} words",
    line = "line {n}", empty = "No documents." },
  ko = { lang = "ko", title = "요약", filter = "걸러 보기", contents = "차례", count = "문서 {n}개", words = "낱말 {n}개", line = "{n}행",
    empty = "문서가 없습니다." },
}

local function fill(pattern, n) return (pattern:gsub("{n}", ("%d"):format(n))) end

local function title_of(document)
  return type(document.title) == "string" and document.title ~= "" and text.one_line(document.title) or document.path
end

-- Each sentence with the line it stands on, as small print.
local function sentences(document, words)
  local items = {}
  for i, sentence in ipairs(document.sentences) do
    local evidence = document.evidence and document.evidence[i] or {}
    local place = evidence.line and " " .. html.element("span", { { "class", "quiet" },
      { "title", ("%s:%d"):format(document.path, evidence.line) } }, html.escape(fill(words.line, evidence.line))) or ""
    local shown = html.element("span", { { "lang", html.other_lang(sentence, words.lang) } }, html.escape(sentence))
    items[i] = "<li>" .. shown .. place .. "</li>\n"
  end
  return #items > 0 and "<ol>\n" .. table.concat(items) .. "</ol>\n" or ""
end

local function article(document, id, byline, words)
  local title = title_of(document)
  local about = byline(document)
  if document.words then about = about .. " · " .. fill(words.words, document.words) end
  local heading = html.element("h2", { { "lang", html.other_lang(title, words.lang) } }, html.escape(title))
  return ('<article class="digest" id="%s" data-item>\n%s\n<p class="quiet">%s</p>\n%s</article>\n'):format(id, heading,
    html.escape(about), sentences(document, words))
end

local function contents(list, words)
  local parts = {}
  for i, document in ipairs(list) do
    local title = title_of(document)
    local attributes = { { "href", ("#d%d"):format(i) }, { "lang", html.other_lang(title, words.lang) } }
    parts[i] = "<li>" .. html.element("a", attributes, html.escape(title)) .. "</li>\n"
  end
  return ('<nav class="contents" aria-labelledby="contents">\n<h2 id="contents">%s</h2>\n<ol>\n%s</ol>\n</nav>\n'):format(
    words.contents, table.concat(parts))
end

-- byline(document): date, authors and path as one line of text.
function page.write(list, byline)
  local sample, parts = {}, {}
  for i, document in ipairs(list) do sample[i] = table.concat(document.sentences, " ") end
  local lang = text.is_korean(table.concat(sample, " "):sub(1, 20000)) and "ko" or "en"
  local words = labels[lang]
  for i, document in ipairs(list) do parts[i] = article(document, ("d%d"):format(i), byline, words) end
  local body = '<div class="articles">\n' .. table.concat(parts) .. "</div>\n"
  if #list > 2 then body = '<div class="columns">\n' .. contents(list, words) .. body .. "</div>\n" end
  if #list == 0 then body = html.element("p", nil, words.empty) .. "\n" end
  return html.page { title = words.title, lang = lang, intro = #list > 1 and fill(words.count, #list) or nil,
    filter = #list > 1 and words.filter or nil, body = body }
end

return page
