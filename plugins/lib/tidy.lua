-- Makes the HTML of a document, as node:render("html") writes it, fit to stand
-- inside one of our pages: pictures wait until the reader asks for them, what
-- HTML gave up is said in today's words, every id stands once.  For site_body.lua.
--
-- Relies on the writer: tags are whole, attributes are in double quotes, and
-- "<" in text is "&lt;".

local html = require "lib.html"

local tidy = {}

local renamed = { section = "div", big = "span", tt = "code", rb = "span", rtc = "span" }
local dropped = { width = true, height = true, valign = true, name = true, role = true, ["aria-label"] = true }

-- Attributes from `at` on, in order as { key, value } with the value as it is written (true for a bare one), and where
-- they end.
local function read_attributes(source, at)
  local list = {}
  while true do
    local key, after = source:match("^%s+([%w:-]+)()", at)
    if not key then return list, at end
    local value, close = source:match('^="([^"]*)"()', after)
    list[#list + 1], list[key] = { key, value or true }, value or true
    at = close or after
  end
end

local entities = { amp = "&", lt = "<", gt = ">", quot = '"', ["#39"] = "'" }

-- An address by the rules of html.lua; nil where it may not stand in a page.
local function check_address(value)
  local url = html.url((value:gsub("&(#?%w+);", entities)))
  return url and html.escape(url)
end

local function write_tag(name, attributes)
  local parts = { "<", name }
  for _, pair in ipairs(attributes) do
    parts[#parts + 1] = pair[2] == true and " " .. pair[1] or (' %s="%s"'):format(pair[1], pair[2])
  end
  parts[#parts + 1] = ">"
  return table.concat(parts)
end

-- The place of a picture: its words, and where it is fetched from when the reader wants pictures.
local function picture(attributes)
  local alt, src = attributes.alt or "", attributes.src or ""
  if alt == true or src == true then return "" end
  src = check_address(src) or ""
  local shown = alt ~= "" and alt or src:match("([^/]+)/*$") or "…"
  if src == "" then return shown end
  return ('<span class="picture" data-picture="%s" data-alt="%s">%s</span>'):format(src, alt, shown)
end

local special = { img = picture }

function special.input(attributes) return attributes.checked and "☑" or "☐" end

-- The attributes that stay: an id once, alignment where the style sheet finds it.
local function keep(name, attributes, seen)
  local list = {}
  for _, pair in ipairs(attributes) do
    local key, value = pair[1], pair[2]
    if value == true and key ~= "open" and key ~= "reversed" then value = "" end
    local is_bad_id = key == "id" and (value == "" or value:find("%s") or seen[value])
    local is_misplaced = key == "scope" and name ~= "th"
    if key == "id" then seen[value] = true end
    if key == "href" then value = check_address(value) end
    if value and not (is_bad_id or is_misplaced or dropped[key]) then
      list[#list + 1] = { key == "align" and "data-align" or key, value }
    end
  end
  return list
end

-- One tag at `at`: what it becomes and where it ends; nil where it is none.
local function convert(source, at, seen)
  local slash, name, after = source:match("^<(/?)(%a%w*)()", at)
  if not name then return nil end
  local attributes, stop = read_attributes(source, after)
  local close = source:match("^%s*/?>()", stop)
  if not close then return nil end
  if slash ~= "" then return "</" .. (renamed[name] or name) .. ">", close end
  if special[name] then return special[name](attributes), close end
  if name == "th" and source:find("^</th>", close) then -- a heading cell without words is none
    return write_tag("td", keep("td", attributes, seen)) .. "</td>", close + #"</th>"
  end
  return write_tag(renamed[name] or name, keep(name, attributes, seen)), close
end

-- ids: names that the page around it has already.
function tidy.body(source, ids)
  local parts, at, seen = {}, 1, {}
  for _, id in ipairs(ids or {}) do seen[id] = true end
  while true do
    local start = source:find("<", at, true)
    if not start then break end
    parts[#parts + 1] = source:sub(at, start - 1)
    local tag, after = convert(source, start, seen)
    parts[#parts + 1] = tag or "<"
    at = after or start + 1
  end
  parts[#parts + 1] = source:sub(at)
  return table.concat(parts)
end

return tidy
