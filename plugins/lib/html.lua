-- Builds pages: text escaped, addresses checked, one self-contained file with
-- its style and script inside (page_style.lua, page_script.lua).  For every
-- plugin that writes HTML.
--
--   local page = html.page { title = "Timeline", lang = "en", body = html.element("p", nil, html.escape(text)) }

local script = require("lib.page_script").text
local style = require("lib.page_style").text
local text = require "lib.text"

local html = {}

local entities = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;", ["'"] = "&#39;" }

-- Without what no page may hold (controls, noncharacters) and what would turn the reading direction of the words after it.
local function clean(words)
  words = words:gsub("[%z\1-\8\11\12\14-\31\127]", "")
  if not words:find("[\xC2\xE2\xEF\xF0-\xF4]") then return words end
  return (words:gsub("\xC2[\x80-\x9F]", ""):gsub("\xE2\x80[\xAA-\xAE]", ""):gsub("\xE2\x81[\xA6-\xA9]", "")
    :gsub("\xEF\xB7[\x90-\xAF]", ""):gsub("\xEF\xBF[\xBE\xBF]", "")
    :gsub("[\xF0-\xF4][\x8F\x9F\xAF\xBF]\xBF[\xBE\xBF]", ""))
end

-- For text and for attributes in quotes.
function html.escape(words)
  return (clean(tostring(words)):gsub("[&<>\"']", entities))
end

local schemes = { http = true, https = true, mailto = true, tel = true }

-- An address that may stand in a page: http, https, mailto, tel or without a scheme; nil for all others.
function html.url(url)
  if type(url) ~= "string" then return nil end
  local bare = clean(url):gsub("[%c%s]", "")
  if bare == "" or bare:find("{{", 1, true) or bare:find("{%", 1, true) then return nil end
  local scheme = bare:match("^([%a][%w+.-]*):")
  if scheme then
    if not schemes[scheme:lower()] then return nil end
  elseif bare:match("^[^/?#]*:") or bare:match("^[/\\][/\\]") then
    return nil
  end
  local hash = bare:find("#", 1, true)
  if hash then bare = bare:sub(1, hash) .. bare:sub(hash + 1):gsub("#", "%%23") end
  return html.mend_percent((bare:gsub("[\"'<>`\\^{|}%[%]\x80-\xFF]", function(c) return ("%%%02X"):format(c:byte()) end)))
end

-- A "%" of an address that two hexadecimal digits do not follow becomes "%25".
function html.mend_percent(url)
  return (url:gsub("%%(%x?%x?)", function(digits) return #digits < 2 and "%25" .. digits or nil end))
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

-- The language of a text where it is not the page's, as the value of a lang attribute; nil where it is or cannot be told.
function html.other_lang(words, page_lang)
  local lang = text.has_hangul(words) and "ko" or words:find("%a%a%a*[%s%p]+%a%a") and "en" or page_lang
  return lang ~= page_lang and lang or nil
end

-- A link where the address is fit for one, else the text alone.  about: what it is of, where the text does not say ("video").
function html.link(url, words, about)
  local safe = html.url(url)
  if not safe then return html.escape(words) end
  local label = about and about ~= "" and words .. ": " .. about or nil
  local attributes = { { "href", safe }, { "rel", safe:match("^https?:") and "noopener noreferrer" }, { "aria-label", label } }
  return html.element("a", attributes, html.escape(words))
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

-- A word that nobody can know who does not know the whole page: 64 bits made of it, eight bytes at a time.
local function nonce_of(...)
  local page, hash = table.concat { ... }, 0x2b992ddfa23249d6
  page = page .. ("\0"):rep(-#page % 8)
  for at = 1, #page, 8 do
    local a, b, c, d, e, f, g, h = page:byte(at, at + 7)
    local word = a | b << 8 | c << 16 | d << 24 | e << 32 | f << 40 | g << 48 | h << 56
    hash = (hash ~ word) * 0x9e3779b97f4a7c15
    hash = hash ~ (hash >> 29)
  end
  return ("%016x"):format(hash)
end

-- Scripts run only if they are ours, which bear the nonce that the policy names.
local function content_policy(nonce)
  return "default-src 'none'; style-src 'unsafe-inline'; img-src * data:; base-uri 'none'; form-action 'none'"
    .. (nonce and "; script-src 'nonce-" .. nonce .. "'" or "")
end

-- data: JSON that the script reads from the element "data"; "<" is spelt so that no text of a document can end it.
local function scripts(fields, nonce)
  if not nonce then return "" end
  local parts = {}
  if fields.data then
    parts[1] = ('<script type="application/json" id="data" nonce="%s">'):format(nonce) .. fields.data:gsub("<", "\\u003c")
      .. "</script>\n"
  end
  parts[#parts + 1] = ('<script nonce="%s">\n'):format(nonce) .. (fields.script or script) .. "</script>\n"
  return table.concat(parts)
end

-- What the filter says; {n} and {all} are numbers.
local announcements = {
  en = { some = "{n} of {all} shown", none = "Nothing matches." },
  ko = { some = "{all}개 중 {n}개", none = "맞는 것이 없습니다." },
}

local function tools(fields, lang)
  local said = announcements[lang] or announcements.en
  local box = fields.filter and ('<label for="filter">%s</label>'
    .. '<input id="filter" type="search" autocomplete="off" spellcheck="false" aria-describedby="count">'):format(
    html.escape(fields.filter)) or ""
  local pictures = fields.pictures and ('<button id="pictures" type="button" hidden>%s</button>'):format(
    html.escape(fields.pictures)) or ""
  local count = fields.filter and ('<output id="count" for="filter" data-some="%s" data-none="%s"></output>'):format(said.some,
    said.none) or ""
  local name = fields.filter and "search" or "div"
  local all = box .. (fields.tools or "") .. pictures .. count
  return all ~= "" and ('<%s class="tools">%s</%s>\n'):format(name, all, name) or ""
end

-- fields: title, lang, body, intro (one line under the title); filter (label of the filter box), pictures (label of the
-- button that fetches them), tools (more HTML beside them); script (instead of ours) and data (JSON for it);
-- plain = true where the body brings its own first heading.
function html.page(fields)
  local lang, title = fields.lang or "en", html.escape(fields.title)
  local has_script = fields.filter or fields.pictures or fields.script
  local nonce = has_script and nonce_of(title, fields.body, fields.data or "")
  local page = table.concat {
    '<!DOCTYPE html>\n<html lang="', lang, '">\n<head>\n<meta charset="utf-8">\n<title>', title, "</title>\n",
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">\n',
    '<meta http-equiv="Content-Security-Policy" content="', content_policy(nonce), '">\n',
    '<link rel="icon" href="data:,">\n',
    "<style>\n", style, "</style>\n</head>\n<body>\n", fields.plain and "" or "<header>\n<h1>" .. title .. "</h1>\n",
    fields.intro and '<p class="intro">' .. html.escape(fields.intro) .. "</p>\n" or "", tools(fields, lang),
    fields.plain and "" or "</header>\n", "<main>\n", fields.body, "</main>\n", scripts(fields, nonce), "</body>\n</html>\n",
  }
  page = clean(page)
  -- pages are in Unicode's composed form, as the checkers want; file names from macOS are not
  return quern.text and quern.text.normalize(page, "NFC") or page
end

return html
