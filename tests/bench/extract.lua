-- The extraction job of the benchmarks: title, headings, links, images, first paragraph.
local function pick(list, a, b)
  local out = {}
  for i, x in ipairs(list) do out[i] = { [a] = x[a], [b] = x[b] } end
  return out
end

return {
  name = "extract", api = 1, summary = "title, headings, links, images, first paragraph", formats = { "json" },
  map = function(doc)
    local first = doc:select_one("paragraph")
    return {
      title = doc.title, headings = pick(doc:outline(), "level", "text"), links = pick(doc:links(), "href", "text"),
      images = pick(doc:images(), "src", "alt"), first = first and first:text(),
    }
  end,
}
