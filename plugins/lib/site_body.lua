-- A document's own markup made fit for a page of the site: addresses moved,
-- headings named and put in an order without gaps, elements that belong to the
-- page around it taken back.
-- For site.lua.

local anchors = require "lib.anchors"
local pages = require "lib.site_pages"
local paths = require "lib.paths"
local targets = require "lib.targets"
local tidy = require "lib.tidy"

local body = {}

-- Links to documents become links to their pages; pictures and other files are where opts.files says.
local function move_address(doc, opts, url)
  local path, fragment = paths.split(url)
  local target = paths.join(doc.path, path)
  local suffix = target:match("%.(%w+)$")
  if suffix and targets.document_suffixes[suffix:lower()] then
    local page = paths.encode(paths.relative(pages.of_document(doc.path), pages.of_document(target)))
    return page .. (fragment and "#" .. paths.encode(fragment) or "")
  end
  return opts.files and opts.files:gsub("/*$", "/") .. paths.encode((target:gsub("^[./]+", ""))) or nil
end

local function children_of(node)
  local list = {}
  for child in node:children() do list[#list + 1] = child end
  return list
end

-- Elements of which a page has one, that must have a heading, or that HTML gave up.
local replaced = { main = "div", body = "div", html = "div", center = "div", header = "div", footer = "div", nav = "div",
  search = "div", section = "div", article = "div", aside = "div", hgroup = "div" }

-- New levels by line and text: under the page's own heading, each at most one deeper than the one above it.  The heading
-- that became the title is left out.
local function plan_headings(doc)
  local plan, open = {}, { 0 }
  for i, heading in ipairs(anchors.headings(doc)) do
    local key = (heading.line or 0) .. heading.text
    if i == 1 and doc.title_source == "heading" and heading.text == doc.title then
      plan[key] = { drop = true }
    else
      while #open > 1 and open[#open] >= heading.level do open[#open] = nil end
      open[#open + 1] = heading.level
      plan[key] = plan[key] or { level = math.min(#open, 6), anchor = heading.anchor }
    end
  end
  return plan
end

-- The HTML of a document.
function body.of(doc, opts)
  local plan = plan_headings(doc)

  local function moved(node)
    local kind = targets.kind(node.url)
    -- nobody fills the templates of an address here: what the link or picture says is left
    if kind == "template" then return children_of(node) end
    local url = kind == "document" and node.url ~= "" and move_address(doc, opts, node.url)
    if not url then return nil end
    return quern.node(node.kind, { url = url, title = node.title, attributes = node.attributes }, children_of(node))
  end

  local function named(node)
    local attributes = {}
    for key, value in pairs(node.attributes) do attributes[key] = value end
    local planned = plan[(node.line or 0) .. node:text()] or { level = math.min(node.level + 1, 6) }
    if planned.drop or node:text() == "" then return {} end
    attributes.id = attributes.id or planned.anchor
    return quern.node("heading", { level = planned.level, attributes = attributes }, children_of(node))
  end

  local function plain(node)
    local tag = replaced[node.tag]
    return tag and quern.node("container", { tag = tag, attributes = node.attributes }, children_of(node)) or nil
  end

  return tidy.body(doc:walk { link = moved, image = moved, heading = named, container = plain }:render("html"))
end

return body
