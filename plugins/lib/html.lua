-- Builds pages: text escaped, addresses checked, one self-contained file with
-- its style and script inside (page_style.lua, page_script.lua).  For every
-- plugin that writes HTML.
--
--   local page = html.page { title = "Timeline", lang = "en", body = html.element("p", nil, html.escape(text)) }

local script = require "lib.page_script"
local style = require("lib.page_style").text

local html = {}

local entities = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;", ["'"] = "&#39;" }

-- What no page may hold (C1 controls, noncharacters) and what would turn the reading direction of the words after it.
local function drop_forbidden(text)
  if not text:find("[\xC2\xE2\xEF\xF0-\xF4]") then return text end
  return (text:gsub("\xC2[\x80-\x9F]", ""):gsub("\xE2\x80[\xAA-\xAE]", ""):gsub("\xE2\x81[\xA6-\xA9]", "")
    :gsub("\xEF\xB7[\x90-\xAF]", ""):gsub("\xEF\xBF[\xBE\xBF]", "")
    :gsub("[\xF0-\xF4][\x8F\x9F\xAF\xBF]\xBF[\xBE\xBF]", ""))
end

-- For text and for attributes in quotes.
function html.escape(text)
  return (drop_forbidden(tostring(text):gsub("[%z\1-\8\11\12\14-\31\127]", "")):gsub("[&<>\"']", entities))
end

local schemes = { http = true, https = true, mailto = true, tel = true }

-- An address that may stand in a page: http, https, mailto, tel or without a scheme; nil for all others.
function html.url(url)
  if type(url) ~= "string" then return nil end
  local bare = drop_forbidden(url):gsub("[%c%s]", "")
  if bare == "" or bare:find("{{", 1, true) or bare:find("{%", 1, true) then return nil end
  local scheme = bare:match("^([%a][%w+.-]*):")
  if scheme then
    if not schemes[scheme:lower()] then return nil end
  elseif bare:match("^[^/?#]*:") or bare:match("^[/\\][/\\]") then
    return nil
  end
  bare = bare:gsub("[\"'<>`\\^{|}%[%]\x80-\xFF]", function(c) return ("%%%02X"):format(c:byte()) end)
  return (bare:gsub("%%(%X)", "%%25%1"):gsub("%%(%x?)$", "%%25%1"):gsub("%%(%x%X)", "%%25%1"))
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

-- A link where the address is fit for one, else the text alone.  about: what it is of, where the text does not say ("video").
function html.link(url, text, about)
  local safe = html.url(url)
  if not safe then return html.escape(text) end
  local label = about and about ~= "" and text .. ": " .. about or nil
  local attributes = { { "href", safe }, { "rel", safe:match("^https?:") and "noopener noreferrer" }, { "aria-label", label } }
  return html.element("a", attributes, html.escape(text))
end

-- The folder that all paths lie in, with its slash; "" where there is none.
function html.common_folder(paths)
  local base = paths[1] and paths[1]:match("^.*/") or ""
  for _, path in ipairs(paths) do
    while base ~= "" and path:sub(1, #base) ~= base do base = base:sub(1, -2):match("^.*/") or "" end
  end
  return base
end

-- A path below a folder that the page names once.
function html.shorten(path, base)
  if base and base ~= "" and path:sub(1, #base) == base and #path > #base then return path:sub(#base + 1) end
  return path
end

-- A source line: "notes.md:12"; below `base` where one is given, then with the whole path as its title.
function html.source(path, line, base)
  local shown, place = html.shorten(path, base), line and (":%d"):format(line) or ""
  local title = shown ~= path and path .. place
  return html.element("span", { { "class", "source" }, { "title", title } }, html.escape(shown .. place))
end

-- Scripts run only if they are ours: the policy names the script by its digest.
local function content_policy(has_script)
  return "default-src 'none'; style-src 'unsafe-inline'; img-src * data:; base-uri 'none'; form-action 'none'"
    .. (has_script and "; script-src '" .. script.digest .. "'" or "")
end

-- What the filter says; {n} and {all} are numbers.
local announcements = {
  en = { some = "{n} of {all} shown", none = "Nothing matches." },
  ko = { some = "{all}개 중 {n}개", none = "맞는 것이 없습니다." },
}

local function filter_box(fields, lang)
  if not fields.filter then return "" end
  local said = announcements[lang] or announcements.en
  return ('<search class="tools"><label for="filter">%s</label>'
    .. '<input id="filter" type="search" autocomplete="off" spellcheck="false" aria-describedby="count">%s'
    .. '<output id="count" for="filter" data-some="%s" data-none="%s"></output></search>\n')
    :format(html.escape(fields.filter), fields.tools or "", said.some, said.none)
end

-- fields: title, lang, body, intro (one line under the title), filter (label of the filter box), tools (more HTML beside it),
-- plain = true where the body brings its own first heading.
function html.page(fields)
  local lang, title = fields.lang or "en", html.escape(fields.title)
  local page = table.concat {
    '<!DOCTYPE html>\n<html lang="', lang, '">\n<head>\n<meta charset="utf-8">\n<title>', title, "</title>\n",
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">\n',
    '<meta http-equiv="Content-Security-Policy" content="', content_policy(fields.filter), '">\n',
    '<link rel="icon" href="data:,">\n',
    "<style>\n", style, "</style>\n</head>\n<body>\n", fields.plain and "" or "<header>\n<h1>" .. title .. "</h1>\n",
    fields.intro and '<p class="intro">' .. html.escape(fields.intro) .. "</p>\n" or "", filter_box(fields, lang),
    fields.plain and "" or "</header>\n", "<main>\n",
    fields.body, "</main>\n", fields.filter and "<script>\n" .. script.text .. "</script>\n" or "", "</body>\n</html>\n",
  }
  -- pages are in Unicode's composed form, as the checkers want; file names from macOS are not
  return quern.text and quern.text.normalize(page, "NFC") or page
end

return html
