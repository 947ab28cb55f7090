-- Builds pages: text escaped, addresses checked, one self-contained file with
-- its style and script inside (page_style.lua, page_script.lua).  For every
-- plugin that writes HTML.
--
--   local page = html.page { title = "Timeline", lang = "en", body = html.element("p", nil, html.escape(text)) }

local script = require("lib.page_script").text
local style = require("lib.page_style").text

local html = {}

local entities = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;", ["'"] = "&#39;" }

function html.escape(text)
  return (tostring(text):gsub("[&<>\"']", entities):gsub("[%z\1-\8\11\12\14-\31\127]", ""))
end

-- An address that may stand in a page: http, https, mailto or without a scheme; nil for all others.
function html.url(url)
  if type(url) ~= "string" then return nil end
  local bare = url:gsub("[%c%s]", "")
  if bare == "" or bare:find("{{", 1, true) or bare:find("{%", 1, true) then return nil end
  local scheme = bare:match("^([%a][%w+.-]*):")
  if scheme then
    scheme = scheme:lower()
    if scheme ~= "http" and scheme ~= "https" and scheme ~= "mailto" then return nil end
  elseif bare:match("^[^/?#]*:") or bare:match("^[/\\][/\\]") then
    return nil
  end
  return (bare:gsub("[\"'<>`\\^{|}\x80-\xFF]", function(c) return ("%%%02X"):format(c:byte()) end))
end

-- attributes: list of { name, value }; value true for a bare one, nil or false leaves it out.
function html.element(name, attributes, content)
  local parts = { "<", name }
  for _, pair in ipairs(attributes or {}) do
    if pair[2] == true then
      parts[#parts + 1] = " " .. pair[1]
    elseif pair[2] then
      parts[#parts + 1] = (' %s="%s"'):format(pair[1], html.escape(pair[2]))
    end
  end
  parts[#parts + 1] = ">"
  if content then parts[#parts + 1] = content .. "</" .. name .. ">" end
  return table.concat(parts)
end

-- A link where the address is fit for one, else the text alone.
function html.link(url, text)
  local safe = html.url(url)
  if not safe then return html.escape(text) end
  return html.element("a", { { "href", safe }, { "rel", safe:match("^https?:") and "noopener noreferrer" } }, html.escape(text))
end

-- A source line: "notes.md:12".
function html.source(path, line)
  return html.element("span", { { "class", "source" } }, html.escape(line and ("%s:%d"):format(path, line) or path))
end

local content_policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src * data:; "
  .. "base-uri 'none'; form-action 'none'"

-- fields: title, lang, body, intro (one line under the title), filter (label of the filter box), tools (more HTML beside it),
-- plain = true where the body brings its own first heading.
function html.page(fields)
  local lang, title = fields.lang or "en", html.escape(fields.title)
  local filter = ""
  if fields.filter then
    filter = ('<div class="tools"><label for="filter">%s</label>'
      .. '<input id="filter" type="search" autocomplete="off" aria-describedby="count">'
      .. '<output id="count" for="filter"></output>%s</div>\n'):format(html.escape(fields.filter), fields.tools or "")
  end
  return table.concat {
    '<!DOCTYPE html>\n<html lang="', lang, '">\n<head>\n<meta charset="utf-8">\n<title>', title, "</title>\n",
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">\n',
    '<meta http-equiv="Content-Security-Policy" content="', content_policy, '">\n<link rel="icon" href="data:,">\n',
    "<style>\n", style, "</style>\n</head>\n<body>\n", fields.plain and "" or "<header>\n<h1>" .. title .. "</h1>\n",
    fields.intro and '<p class="intro">' .. html.escape(fields.intro) .. "</p>\n" or "", filter,
    fields.plain and "" or "</header>\n", "<main>\n",
    fields.body, "</main>\n", fields.filter and "<script>\n" .. script .. "</script>\n" or "", "</body>\n</html>\n",
  }
end

return html
