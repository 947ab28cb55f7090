-- Paths and relative addresses: taken apart, joined, made relative, and made
-- fit for names of output files.  Pure text: no file is looked at.  For
-- plugins that link documents to each other.

local paths = {}

-- "a/./b/../c" -> "a/c"; a leading "/" and ".." that lead out of the start stay.
function paths.normalize(path)
  local parts = {}
  for part in path:gmatch("[^/]+") do
    if part == ".." and #parts > 0 and parts[#parts] ~= ".." then
      parts[#parts] = nil
    elseif part ~= "." then
      parts[#parts + 1] = part
    end
  end
  return (path:sub(1, 1) == "/" and "/" or "") .. table.concat(parts, "/")
end

-- The folder of a path with its slash: "a/b.md" -> "a/", "b.md" -> "".
function paths.folder(path) return path:match("^.*/") or "" end

-- The target of a relative address in a document: ("docs/a.md", "../b.md") -> "b.md".
function paths.join(from, address) return paths.normalize(paths.folder(from) .. address) end

-- "a.md?x#y" -> "a.md", "y"; the fragment is nil where there is none.  Percent signs are decoded.
function paths.split(address)
  local path, fragment = address:match("^([^?#]*)[^#]*#?(.*)$")
  local has_fragment = address:find("#", 1, true) ~= nil
  return paths.decode(path), has_fragment and paths.decode(fragment) or nil
end

function paths.decode(text)
  return (text:gsub("%%(%x%x)", function(digits) return string.char(tonumber(digits, 16)) end))
end

local function percent(c) return ("%%%02X"):format(c:byte()) end

-- A path as it stands in an address, in ASCII.
function paths.encode(path) return (path:gsub("[^%w%-._~/]", percent)) end

-- The same where people read it too: letters of all scripts stay.
function paths.address(path) return (path:gsub("[^%w%-._~/\x80-\xFF]", percent)) end

-- The address of one file in another: ("people/kim.html", "docs/a/b.html") -> "../docs/a/b.html".
function paths.relative(from, to)
  local rest = paths.folder(from)
  while rest ~= "" and to:sub(1, #rest) ~= rest do rest = paths.folder(rest:sub(1, -2)) end
  local _, up = paths.folder(from):sub(#rest + 1):gsub("/", "")
  return ("../"):rep(up) .. to:sub(#rest + 1)
end

-- FNV-1a, 32 bits, as eight digits: tells names apart that lost something when made safe.
local function mark_of(text)
  local hash = 0x811c9dc5
  for i = 1, #text do hash = ((hash ~ text:byte(i)) * 0x01000193) & 0xffffffff end
  return ("%08x"):format(hash)
end

-- Names of devices, to which Windows lets no file be called.
local reserved = { con = true, prn = true, aux = true, nul = true }

-- One part of a file name, safe on every system; two texts never give the same name, for what was changed is marked.
function paths.safe_name(text)
  -- one spelling of each letter, whatever system the documents come from
  local name = quern.text.normalize(text, "NFC"):gsub("[^%w._+@=,\x80-\xFF-]+", "-"):gsub("^[.-]+", ""):gsub("[.-]+$", "")
  if #name > 100 then name = name:sub(1, (utf8.offset(name, 0, 101) or 101) - 1) end
  if name == text and name ~= "" and not reserved[name:lower():match("^[^.]*")] then return name end
  return (name == "" and "page" or name) .. "-" .. mark_of(text)
end

-- Where the page of a document goes: "notes/2024/a.md" -> "notes/2024/a.html".  Other suffixes than .md leave a mark, so
-- that "a.md" and "a.txt" are two pages.
function paths.page(path)
  local stem, suffix = path:match("^(.+)%.(%w+)$")
  local parts = {}
  for part in (stem or path):gmatch("[^/]+") do
    if part == ".." then part = "up" end
    if part ~= "." then parts[#parts + 1] = paths.safe_name(part) end
  end
  local name = #parts > 0 and table.concat(parts, "/") or "page"
  return (suffix == "md" and name or name .. "-" .. mark_of(path)) .. ".html"
end

return paths
