-- What a document is, and what each selector finds in it, for peer.mjs: the
-- tree as JSON, the HTML, the text of every node, or the matches as numbers of nodes in document order.

local function matches(doc, nodes, selector)
  local list, at = {}, 0
  for node in doc:each(selector) do
    repeat at = at + 1 until at > #nodes or nodes[at] == node
    list[#list + 1] = at
  end
  return list
end

return {
  name = "query", api = 1, summary = "matches of many selectors", formats = { "json" },
  options = { selectors = { type = "path content", default = "[]", help = "a JSON list" } },
  map = function(doc, opts)
    local nodes, texts, found = {}, {}, {}
    for node in doc.body:descendants() do nodes[#nodes + 1] = node end
    for i, selector in ipairs(quern.json.decode(opts.selectors)) do found[i] = matches(doc, nodes, selector) end
    if #found > 0 then return found end
    for i, node in ipairs(nodes) do texts[i] = node:text { one_line = true } end
    return { tree = doc:render("json"), html = doc:render("html"), texts = texts }
  end,
}
