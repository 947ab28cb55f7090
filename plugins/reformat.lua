-- One clean document from each, or one book of all.
--
--   quern run reformat notes.html                              Markdown on the screen
--   quern run reformat -t html -s files=true -o site/ content/ a page for each
--   quern run reformat -s book=true -o book.md content/        all in one
--
-- The tree is changed by a filter, as in pandoc: one function for each kind of
-- node that shall change; the host writes what comes out.

local html = require "lib.html"
local text = require "lib.text"

local extensions = { markdown = "md", html = "html", text = "txt", json = "json" }

-- The functions for the kinds that the options change; nil where nothing does.
local function filter_of(opts)
  local shift = opts.heading_shift + (opts.book and 1 or 0)
  local filter = {}
  if shift ~= 0 then
    filter.heading = function(node)
      local level = math.max(1, math.min(6, node.level + shift))
      if level == node.level then return nil end
      local children = {}
      for child in node:children() do children[#children + 1] = child end
      return quern.node("heading", { level = level, attributes = node.attributes }, children)
    end
  end
  if opts.drop_images then
    filter.image = function() return {} end
    -- a paragraph or a figure that held a picture alone would stay behind empty
    filter.paragraph = function(node) if not node.first then return {} end end
    filter.figure = function(node) if not node:select_one("paragraph, table, code_block, list") then return {} end end
  end
  if opts.strip_templates then
    filter.template = function() return {} end
  end
  return next(filter) and filter or nil
end

-- The first heading often says the title again; a book then shows it once.
local function begins_with_title(doc)
  local first = doc.body.first
  return first ~= nil and first.kind == "heading" and first:text() == doc.title
end

local function map(doc, opts)
  local filter = filter_of(opts)
  local tree = filter and doc:walk(filter) or doc.body
  local keep = opts.keep_front_matter and opts.to == "markdown" and not opts.book
  return {
    title = doc.title, titled = begins_with_title(doc),
    text = tree:render(opts.to, keep and { front_matter = true } or nil),
  }
end

-- "notes/2024/a.html" -> "notes/2024/a.md": a path that stays below the folder of the output.
local function name_of(path, to)
  local parts = {}
  for part in path:gmatch("[^/\\]+") do
    if part == ".." then
      parts[#parts] = nil
    elseif part ~= "." and not part:match("^%a:$") then
      parts[#parts + 1] = part
    end
  end
  local name = table.concat(parts, "/")
  return (name == "-" and "document" or name:gsub("%.[%w]+$", "")) .. "." .. extensions[to]
end

local function title_of(path, value) return value.title ~= "" and value.title or path end

local function language(body) return text.is_korean(body:sub(1, 4000)) and "ko" or "en" end

-- One document as a file of its own.
local function finish(path, value, to)
  if to == "html" then
    return html.page { title = title_of(path, value), body = value.text, lang = language(value.text), plain = value.titled }
  end
  if to == "json" then
    return ('{"path":%s,"title":%s,"body":%s}\n'):format(quern.json.encode(path), quern.json.encode(value.title), value.text)
  end
  return value.text
end

-- One document as a chapter of a book.
local function chapter(path, value, to)
  local title = title_of(path, value)
  if to == "markdown" then return "# " .. title:gsub("%s+", " ") .. "\n\n" .. value.text end
  if to == "html" then return "<section>\n<h1>" .. html.escape(title) .. "</h1>\n" .. value.text .. "</section>\n" end
  if to == "text" then return title .. "\n\n" .. value.text end
  return finish(path, value, to)
end

local function bind_book(results, to)
  local parts, title = {}, nil
  for path, value in results:each() do
    if value then
      parts[#parts + 1] = chapter(path, value, to)
      title = title or title_of(path, value)
    end
  end
  if to == "html" then
    return html.page { title = title or "Book", body = table.concat(parts), lang = language(parts[1] or ""), plain = true }
  end
  return table.concat(parts, to == "json" and "" or "\n")
end

local function render(results, opts, out)
  if opts.book then return bind_book(results, opts.to) end
  local texts = {}
  for path, value in results:each() do
    if value then
      local finished = finish(path, value, opts.to)
      if opts.files then
        out:write(name_of(path, opts.to), finished)
      else
        texts[#texts + 1] = finished
      end
    end
  end
  return table.concat(texts, opts.to == "json" and "" or "\n")
end

return {
  name = "reformat", api = 1, summary = "one clean document from each, or one book of all",
  formats = { "markdown", "html", "text", "json" },
  options = {
    book = { type = "boolean", default = false, help = "one text of all documents, each a chapter" },
    files = { type = "boolean", default = false, help = "a file for each document, below the folder of -o DIR/" },
    heading_shift = { type = "integer", default = 0, min = -5, max = 5, help = "add to the level of every heading" },
    drop_images = { type = "boolean", default = false, help = "leave pictures out" },
    strip_templates = { type = "boolean", default = false, help = "leave Liquid tags and shortcodes out" },
    keep_front_matter = { type = "boolean", default = false, help = "Markdown: begin with the front matter as it stood" },
  },
  map = map,
  render = render,
}
