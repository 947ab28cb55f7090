-- A document as a flat list of the blocks that hold text: headings,
-- paragraphs, list items, table rows, captions, in order, each with its line
-- and the headings above it.  What summary, timeline and speakers read.
-- Knows the node API and nothing of what is looked for.
--
-- A block: { kind, text, line, section = title or nil, level, headings = { block, ... },
-- inlines = { node, ... }, node }, and for kind "row": cells = { { text, node }, ... },
-- header = { text, ... } or nil, rows = all rows of its table.  Code, raw HTML and rules hold no text and are left out.

local blocks = {}

local inline_kinds = {
  text = true, softbreak = true, linebreak = true, code = true, html_inline = true, emph = true, strong = true,
  strikethrough = true, link = true, image = true, footnote_reference = true, span = true, template = true,
}
blocks.inline_kinds = inline_kinds

local silent_kinds = { code_block = true, html_block = true, thematic_break = true, template = true }

local function squeeze(text)
  return (text:gsub("[ \t]+", " "):gsub(" ?\n ?", "\n"):match("^%s*(.-)%s*$"))
end

-- The text of neighbouring inline nodes; strike-through asides are no statements and are left out.
function blocks.text_of(inlines)
  local parts = {}
  for i, node in ipairs(inlines) do
    local kind = node.kind
    if kind == "softbreak" then
      parts[i] = " "
    elseif kind == "linebreak" then
      parts[i] = "\n"
    elseif kind == "strikethrough" or kind == "image" or kind == "template" then
      parts[i] = ""
    elseif kind == "text" then
      parts[i] = node.literal or ""
    else
      parts[i] = node:text()
    end
  end
  return squeeze(table.concat(parts))
end

local reader = {}
reader.__index = reader

function reader:add(block)
  block.headings = self.headings
  local heading = self.headings[#self.headings]
  block.section = heading and heading.text or nil
  self.list[#self.list + 1] = block
end

function reader:add_heading(node)
  local text, level = squeeze(node:text()), node.level or 1
  local above = {}
  for _, heading in ipairs(self.headings) do
    if heading.level < level then above[#above + 1] = heading end
  end
  local block = { kind = "heading", node = node, text = text, line = node.line, level = level, inlines = blocks.children(node) }
  self.headings = above
  self:add(block)
  block.section = text
  self.headings = table.move(above, 1, #above, 1, {})
  self.headings[#above + 1] = block
end

function reader:add_row(node, header, rows)
  local cells, texts = {}, {}
  for cell in node:children() do
    local text = squeeze(cell:text())
    for _ = 1, math.min(cell.colspan or 1, 64) do cells[#cells + 1] = { text = text, node = cell } end
    texts[#texts + 1] = text
  end
  self:add { kind = "row", node = node, line = node.line, cells = cells, header = header, rows = rows,
    text = table.concat(texts, " \t "), inlines = {} }
  rows[#rows + 1] = self.list[#self.list]
  return cells
end

function reader:add_table(node)
  local header
  local rows = {}
  for row in node:children() do
    if row.kind == "table_row" then
      local cells = self:add_row(row, header, rows)
      if row.header and not header then
        self.list[#self.list].is_header = true
        header = {}
        for i, cell in ipairs(cells) do header[i] = cell.text end
      end
    elseif row.kind == "caption" then
      self:visit(row, "caption")
    end
  end
end

-- The children of a block: runs of inline nodes become blocks, blocks are visited.
function reader:visit(node, kind)
  local run = {}
  local function flush()
    if #run == 0 then return end
    local text = blocks.text_of(run)
    local first
    for _, inline in ipairs(run) do
      if inline.kind ~= "softbreak" and inline.kind ~= "linebreak" then
        first = first or inline
      end
    end
    if first and (text ~= "" or first.kind ~= "text") then
      self:add { kind = kind, node = node, line = first.line or node.line, text = text, inlines = run, in_item = self.in_item }
    end
    run = {}
  end
  for child in node:children() do
    local child_kind = child.kind
    if inline_kinds[child_kind] then
      run[#run + 1] = child
    else
      flush()
      if child_kind == "heading" then
        self:add_heading(child)
      elseif child_kind == "table" then
        self:add_table(child)
      elseif not silent_kinds[child_kind] then
        local outer = self.in_item
        if child_kind == "item" or child_kind == "definition" then self.in_item = true end
        local text_kind = (child_kind == "item" or child_kind == "caption" or child_kind == "term" or child_kind == "definition")
          and child_kind or (kind == "item" or kind == "definition") and kind or "paragraph"
        self:visit(child, text_kind)
        self.in_item = outer
      end
    end
  end
  flush()
end

function blocks.children(node)
  local list = {}
  for child in node:children() do list[#list + 1] = child end
  return list
end

function blocks.read(doc)
  local state = setmetatable({ list = {}, headings = {}, in_item = false }, reader)
  state:visit(doc.body, "paragraph")
  return state.list
end

-- Inline nodes that hold no other.
local leaves = { text = true, softbreak = true, linebreak = true, code = true, image = true, html_inline = true, template = true,
  footnote_reference = true }
function blocks.is_leaf(node) return leaves[node.kind] == true end

-- Two blocks stand in the same section.
function blocks.same_section(a, b)
  return a.headings[#a.headings] == b.headings[#b.headings]
end

return blocks
