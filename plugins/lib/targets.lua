-- Where links lead: the kind and host of an address, and whether one that
-- stays inside finds its document and its heading among those of the run.
-- Works on strings and on the names that anchors.lua collected.  For links.lua and site_body.lua.
--
-- Kinds: web, mail, anchor ("#x"), document ("b.md#x"), site ("/x": its root is
-- not known), template (Liquid), other schemes.

local paths = require "lib.paths"

local targets = {}

-- What quern reads as documents.
targets.document_suffixes = { md = true, markdown = true, html = true, htm = true, txt = true }

-- What may stand behind an address without a suffix, or behind the page that a generator makes of a source.
local completions = { "", ".md", ".markdown", ".html", ".txt", "/index.md", "/README.md", "/_index.md", "/index.html" }

function targets.kind(href)
  if href:find("{{", 1, true) or href:find("{%", 1, true) or href:find("{<", 1, true) then return "template" end
  local host = href:match("^[hH][tT][tT][pP][sS]?://([^/?#]*)") or href:match("^//([^/?#]*)")
  if host then return "web", (host:lower():gsub("^.*@", ""):gsub(":%d+$", "")) end
  local scheme = href:match("^(%a[%w+.-]+):")
  if scheme then return scheme:lower() == "mailto" and "mail" or "other" end
  local first = href:sub(1, 1)
  return first == "#" and "anchor" or first == "/" and "site" or "document"
end

-- What the check must know of the documents: list of { path, anchors = { name, ... } }.
function targets.index(documents)
  local index = { documents = {}, folders = {} }
  for _, document in ipairs(documents) do
    local path = paths.normalize(document.path)
    local names = {}
    for _, name in ipairs(document.anchors) do names[name] = true end
    index.documents[path] = names
    local folder = paths.folder(path)
    index.root = index.root or folder
    while index.root ~= "" and folder:sub(1, #index.root) ~= index.root do
      index.root = paths.folder(index.root:sub(1, -2))
    end
    while folder ~= "" and not index.folders[folder] do
      index.folders[folder] = true
      folder = paths.folder(folder:sub(1, -2))
    end
  end
  return index
end

local function find_document(index, path)
  local bare = path:gsub("/$", "")
  for _, completion in ipairs(completions) do
    local found = index.documents[bare .. completion]
    if found then return found end
  end
  local stem = path:match("^(.*)%.html?$")
  return stem and (index.documents[stem .. ".md"] or index.documents[stem .. ".markdown"])
end

local function check_anchor(names, fragment)
  fragment = fragment and fragment:gsub(":~:.*$", "") or ""
  if fragment == "" or fragment == "top" or names[fragment] then return "ok" end
  return "broken", ("no heading or id is called %q"):format(fragment)
end

-- "ok", "unchecked", or "broken" and why.
function targets.check(index, from, href)
  local kind = targets.kind(href)
  if href == "" then return "broken", "the address is empty" end
  if kind ~= "anchor" and kind ~= "document" then return "unchecked" end
  local path, fragment = paths.split(href)
  if path == "" then return check_anchor(index.documents[paths.normalize(from)], fragment) end
  local target = paths.join(from, path)
  local names = find_document(index, target)
  if names then return check_anchor(names, fragment) end
  if index.folders[target .. "/"] or target == "" then return "ok" end
  local suffix = target:match("%.(%w+)$")
  local is_document = targets.document_suffixes[suffix and suffix:lower()] or path:sub(-1) == "/"
  -- nothing is known of pictures and programs, nor of what lies outside the folder of the documents
  if not is_document or target:sub(1, #index.root) ~= index.root or target:sub(1, 2) == ".." and index.root == "" then
    return "unchecked"
  end
  return "broken", ("%s is not among the documents"):format(target)
end

return targets
