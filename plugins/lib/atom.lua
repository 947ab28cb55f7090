-- Writes Atom feeds (RFC 4287): text escaped, instants as RFC 3339 wants them,
-- ids as tag URIs (RFC 4151) that depend on nothing but host and path.  For feed.lua.

local calendar = require "lib.calendar"
local html = require "lib.html"
local paths = require "lib.paths"

local atom = {}

-- XML 1.0 has no control characters (html.escape drops them) and not the last two code points of the first plane.
function atom.escape(text) return (html.escape(text):gsub("\xEF\xBF[\xBE\xBF]", "")) end

-- "2024-11-30 10:00:00 +0900" -> "2024-11-30T10:00:00+09:00"; a day alone begins at midnight UTC; nil where there is no day.
function atom.instant(value)
  local y, m, d, rest = value:match("^%s*(%d%d%d%d)-(%d%d?)-(%d%d?)(.*)$")
  if not (y and calendar.is_day(tonumber(y), tonumber(m), tonumber(d))) then return nil end
  local h, mi, s, zone = rest:match("^[T ]+(%d%d?):(%d%d):?(%d*)%.?%d*%s*(%S*)")
  if not h or tonumber(h) > 23 or tonumber(mi) > 59 then h, mi, s, zone = 0, 0, 0, "" end
  local sign, zone_h, zone_m = zone:match("^([+-])(%d%d):?(%d%d)$")
  return ("%04d-%02d-%02dT%02d:%02d:%02d%s"):format(tonumber(y), tonumber(m), tonumber(d), tonumber(h), tonumber(mi),
    math.min(tonumber(s) or 0, 59), sign and ("%s%s:%s"):format(sign, zone_h, zone_m) or "Z")
end

-- Seconds on one scale, so that instants of two zones can be compared.
function atom.seconds(instant)
  local y, m, d, h, mi, s, zone = instant:match("^(%d+)-(%d+)-(%d+)T(%d+):(%d+):(%d+)(.*)$")
  local sign, zone_h, zone_m = zone:match("([+-])(%d%d):(%d%d)")
  local offset = sign and (zone_h * 3600 + zone_m * 60) * (sign == "-" and -1 or 1) or 0
  local day = calendar.day_number(tonumber(y), tonumber(m), tonumber(d))
  return math.tointeger(day * 86400 + h * 3600 + mi * 60 + s - offset)
end

-- A name that stays the same as long as host and path do.
function atom.id(host, day, path) return ("tag:%s,%s:%s"):format(host, day, paths.encode(path)) end

local function element(name, attributes, content)
  return html.element(name, attributes, content and atom.escape(content)) .. "\n"
end

local function link(rel, href) return ('<link rel="%s" href="%s"/>\n'):format(rel, atom.escape(href)) end

local function person(name) return "<author>" .. html.element("name", nil, atom.escape(name)) .. "</author>\n" end

local function write_entry(entry)
  local parts = { "<entry>\n", element("id", nil, entry.id), element("title", nil, entry.title), link("alternate", entry.link),
    element("updated", nil, entry.updated) }
  if entry.published then parts[#parts + 1] = element("published", nil, entry.published) end
  for _, name in ipairs(entry.authors or {}) do parts[#parts + 1] = person(name) end
  for _, term in ipairs(entry.categories or {}) do
    parts[#parts + 1] = ('<category term="%s"/>\n'):format(atom.escape(term))
  end
  if entry.summary then parts[#parts + 1] = element("summary", nil, entry.summary) end
  if entry.content then parts[#parts + 1] = element("content", { { "type", "html" } }, entry.content) end
  parts[#parts + 1] = "</entry>\n"
  return table.concat(parts)
end

-- feed: id, title, author, updated, link, self, entries = list of { id, title, link, updated, published, authors, categories,
-- summary, content (HTML) }.
function atom.write(feed)
  local parts = { '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n',
    element("id", nil, feed.id), element("title", nil, feed.title), element("updated", nil, feed.updated), person(feed.author),
    link("alternate", feed.link), link("self", feed.self), "<generator>quern</generator>\n" }
  for _, entry in ipairs(feed.entries) do parts[#parts + 1] = write_entry(entry) end
  parts[#parts + 1] = "</feed>\n"
  return table.concat(parts)
end

return atom
