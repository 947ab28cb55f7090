-- A glossary as one page with a filter.  For glossary.lua.

local html = require "lib.html"
local text = require "lib.text"

local page = {}

local labels = {
  en = { title = "Glossary", filter = "Filter", empty = "No terms found." },
  ko = { title = "용어집", filter = "걸러 보기", empty = "찾은 용어가 없습니다." },
}

function page.write(entries)
  local parts, sample = {}, {}
  for i, entry in ipairs(entries) do
    local meanings = {}
    for n, meaning in ipairs(entry.meanings) do
      meanings[n] = ("<dd>%s<br>%s</dd>\n"):format(html.escape(meaning.text), html.source(meaning.path, meaning.line))
    end
    parts[i] = ("<div data-item>\n<dt><strong>%s</strong></dt>\n%s</div>\n"):format(html.escape(entry.term),
      table.concat(meanings))
    sample[i] = entry.meanings[1].text
  end
  local lang = text.is_korean(table.concat(sample, " ")) and "ko" or "en"
  local words = labels[lang]
  local body = #parts > 0 and "<dl>\n" .. table.concat(parts) .. "</dl>\n" or html.element("p", nil, words.empty) .. "\n"
  return html.page { title = words.title, lang = lang, filter = words.filter, body = body }
end

return page
