-- What a "#..." address may point to in a document: its headings by the names
-- GitHub gives them, and every id or name that its markup gives.  For toc.lua,
-- links.lua and site.lua.

local anchors = {}

-- The headings in order: { level, text, line, anchor, slug, node }; an id of their own comes before the name made from the text.
function anchors.headings(doc)
  local list = {}
  for i, heading in ipairs(doc:outline()) do
    list[i] = { level = heading.level, text = heading.text, line = heading.line, node = heading.node, slug = heading.anchor,
      anchor = heading.id or heading.anchor }
  end
  return list
end

-- A list of all names, sorted, each once.
function anchors.all(doc)
  local set, list = {}, {}
  local function add(name)
    if name and name ~= "" and not set[name] then
      set[name], list[#list + 1] = true, name
    end
  end
  for _, heading in ipairs(anchors.headings(doc)) do add(heading.slug) end
  for node in doc:each("[id], [name]") do
    add(node.attributes.id)
    add(node.attributes.name)
  end
  for node in doc:each("footnote_definition") do
    add("fn-" .. node.label)
    add("fn:" .. node.label)
  end
  table.sort(list)
  return list
end

return anchors
