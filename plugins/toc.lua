-- A table of contents of each document, and of all together.
--
--   quern run toc content/                     nested lists of links
--   quern run toc -s depth=2 -t html content/ -o contents.html
--
-- The smallest useful shape of a plugin: map copies what it needs out of the
-- tree, render turns the values of all documents into text.

local anchors = require "lib.anchors"
local html = require "lib.html"
local markdown = require "lib.markdown"
local paths = require "lib.paths"
local text = require "lib.text"

local function map(doc, opts)
  local headings = {}
  for _, heading in ipairs(anchors.headings(doc)) do
    if heading.level <= opts.depth and heading.text ~= "" then
      headings[#headings + 1] = { level = heading.level, text = text.one_line(heading.text), line = heading.line,
        anchor = heading.anchor }
    end
  end
  return { title = text.cut(text.one_line(doc.title), 200), headings = headings }
end

-- A flat list with levels as a tree: a heading belongs to the last one before it that is of a higher rank.
local function nest(headings)
  local root = { level = 0, children = {} }
  local open = { root }
  for _, heading in ipairs(headings) do
    heading.children = {}
    while open[#open].level >= heading.level do open[#open] = nil end
    local siblings = open[#open].children
    siblings[#siblings + 1] = heading
    open[#open + 1] = heading
  end
  return root.children
end

local function collect(results)
  local documents = {}
  for path, value in results:each() do
    if value then
      local title = value.title ~= "" and value.title or path
      documents[#documents + 1] = { path = path, title = title, headings = nest(value.headings) }
    end
  end
  return documents
end

local function address(path, anchor) return paths.address(path) .. (anchor and "#" .. paths.address(anchor) or "") end

local writers = {}

function writers.json(documents) return quern.json.encode { documents = documents } .. "\n" end

function writers.markdown(documents)
  local parts = { "# Contents\n" }
  local function add(headings, path, indent)
    for _, heading in ipairs(headings) do
      parts[#parts + 1] = ("%s- %s\n"):format(indent, markdown.link(heading.text, address(path, heading.anchor)))
      add(heading.children, path, indent .. "  ")
    end
  end
  for _, document in ipairs(documents) do
    parts[#parts + 1] = ("\n## %s\n"):format(markdown.link(document.title, address(document.path)))
    if #document.headings > 0 then parts[#parts + 1] = "\n" end
    add(document.headings, document.path, "")
  end
  return table.concat(parts)
end

function writers.html(documents)
  local function list(headings, path)
    if #headings == 0 then return "" end
    local items = {}
    for i, heading in ipairs(headings) do
      items[i] = "<li>" .. html.link(address(path, heading.anchor), heading.text) .. list(heading.children, path) .. "</li>\n"
    end
    return "<ul>\n" .. table.concat(items) .. "</ul>\n"
  end
  local parts, titles = {}, {}
  for i, document in ipairs(documents) do
    parts[i] = ('<section class="digest" data-item>\n<h2>%s</h2>\n<p>%s</p>\n%s</section>\n'):format(
      html.link(address(document.path), document.title), html.source(document.path), list(document.headings, document.path))
    titles[i] = document.title
  end
  local korean = text.is_korean(table.concat(titles, " "))
  return html.page { title = korean and "차례" or "Contents", lang = korean and "ko" or "en",
    filter = #documents > 1 and (korean and "걸러 보기" or "Filter") or nil, body = table.concat(parts) }
end

return {
  name = "toc", api = 1, summary = "a table of contents of each document and of all",
  formats = { "markdown", "json", "html" },
  options = { depth = { type = "integer", default = 3, min = 1, max = 6, help = "the lowest level of heading" } },
  map = map,
  render = function(results, opts) return writers[opts.to](collect(results)) end,
}
