-- A document as a flat list of the blocks that hold text: headings,
-- paragraphs, list items, table rows, captions, in order, each with its line
-- and the headings above it.  What summary, timeline and speakers read.
-- The cutting is the host's (node:blocks); here are the few questions on it.
--
-- A block: { kind, text, line, section = title or nil, level, headings = { block, ... }, first = node, in_item },
-- and for kind "row": cells = { { text }, ... }, header = { text, ... } or nil, rows = all rows of its table.
-- Code, raw HTML and rules hold no text and are left out.

local blocks = {}

local inline_kinds = {
  text = true, softbreak = true, linebreak = true, code = true, html_inline = true, emph = true, strong = true,
  strikethrough = true, link = true, image = true, footnote_reference = true, span = true, template = true,
}
blocks.inline_kinds = inline_kinds

-- The blocks of a document.  want: { links = true, images = true } adds to each block the list of those it has,
-- { url, text, line } and { url, alt, title, line }; { holding = finder } leaves out what holds none of its words but
-- headings and rows (block.holds, block.index).
function blocks.list(doc, want) return doc.body:blocks(want) end

-- The inline nodes that a block was made of.
function blocks.inlines(block)
  local list, node = {}, block.first
  while node and inline_kinds[node.kind] do
    list[#list + 1] = node
    node = node.next
  end
  return list
end

-- As blocks.list, with the inline nodes of each block.
function blocks.read(doc)
  local list = blocks.list(doc)
  for _, block in ipairs(list) do block.inlines = blocks.inlines(block) end
  return list
end

-- The next inline node of a block after this one.
function blocks.next_inline(node)
  local following = node.next
  return following and inline_kinds[following.kind] and following or nil
end

return blocks
