-- Summaries as a readable page.  For summary.lua.

local html = require "lib.html"
local text = require "lib.text"

local page = {}

local labels = { en = { title = "Digest", filter = "Filter" }, ko = { title = "요약", filter = "걸러 보기" } }

local function article(document, byline)
  local items = {}
  for i, sentence in ipairs(document.sentences) do items[i] = html.element("li", nil, html.escape(sentence)) end
  local title = type(document.title) == "string" and document.title ~= "" and document.title or document.path
  return html.element("article", { { "class", "digest" }, { "data-item", true } },
    ('<h2>%s</h2>\n<p class="quiet">%s</p>\n%s'):format(html.escape(title), html.escape(byline(document)),
      #items > 0 and "<ol>\n" .. table.concat(items, "\n") .. "\n</ol>\n" or "")) .. "\n"
end

function page.write(list, byline)
  local parts, sample = {}, {}
  for i, document in ipairs(list) do
    parts[i] = article(document, byline)
    sample[i] = table.concat(document.sentences, " ")
  end
  local lang = text.is_korean(table.concat(sample, " "):sub(1, 20000)) and "ko" or "en"
  return html.page { title = labels[lang].title, lang = lang, filter = #list > 1 and labels[lang].filter or nil,
    body = table.concat(parts) }
end

return page
