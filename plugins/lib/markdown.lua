-- Small helpers for plugins that write Markdown: text that must stay text, in
-- a line, in a table cell, in a link.

local markdown = {}

-- Escapes what CommonMark would read as markup; line breaks become spaces.
function markdown.text(text)
  text = text:gsub("%s+", " "):gsub("[\\`*_%[%]<>|~]", "\\%0")
  return (text:gsub("^([#+-])", "\\%1"):gsub("^(%d+)([.)])", "%1\\%2"))
end

function markdown.link(text, url)
  url = url:gsub("[%s<>]", function(c) return ("%%%02X"):format(c:byte()) end)
  if url:match("[()]") then url = "<" .. url .. ">" end
  return ("[%s](%s)"):format(markdown.text(text), url)
end

function markdown.row(cells)
  return "| " .. table.concat(cells, " | ") .. " |\n"
end

-- header and rows hold finished Markdown.
function markdown.table(header, rows)
  local rule = {}
  for i = 1, #header do rule[i] = "---" end
  local parts = { markdown.row(header), markdown.row(rule) }
  for _, row in ipairs(rows) do parts[#parts + 1] = markdown.row(row) end
  return table.concat(parts)
end

return markdown
