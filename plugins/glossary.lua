-- Terms and what they mean: definition lists, terms in bold that an
-- explanation follows, "TERM: explanation", abbreviations spelt out.
--
--   quern run glossary content/
--   quern run glossary -t html content/ -o glossary.html

local blocks = require "lib.blocks"
local markdown = require "lib.markdown"
local page = require "lib.glossary_page"
local people = require "lib.people"
local terms = require "lib.terms"
local text = require "lib.text"

-- "**Term**: what it is" at the head of a block, "TERM: what it is", abbreviations anywhere.
local function from_block(block, add)
  local first = block.inlines[1]
  local bold = first and first.kind == "strong" and text.one_line(first:text())
  if bold and block.text:sub(1, #bold) == bold then
    local body = terms.explanation_after((terms.plain_signs(bold):find(":%s*$") and ": " or "") .. block.text:sub(#bold + 1))
    if body and terms.is_term(terms.strip(bold)) then add(terms.strip(bold), body, block.line, "bold") end
  else
    local term, body = terms.labelled(block.text, terms.is_glossary(block.section))
    if term then add(term, body, block.line, "label") end
  end
  terms.each_abbreviation(block.text, function(short, long) add(short, long, block.line, "abbreviation") end)
end

local function from_definitions(doc, add)
  for definition in doc:each("definition") do
    local term = definition.prev
    while term and term.kind ~= "term" do term = term.prev end
    if term then add(terms.strip(term:text()), text.one_line(definition:text()), term.line, "definition list") end
  end
  for span in doc:each("span[tag=abbr][title]") do
    add(terms.strip(span:text()), text.one_line(span.attributes.title), span.line, "abbreviation")
  end
end

-- Labels are no terms: people who speak ("**Kim**: ..."), and words that stand before several different texts.
local function drop_labels(list, doc)
  local texts, names, kept = {}, {}, {}
  for _, person in ipairs(people.of(doc)) do names[person.name] = true end
  for _, found in ipairs(list) do
    texts[found.term] = (texts[found.term] or 0) + (found.is_label and 1 or 0)
  end
  for _, found in ipairs(list) do
    if not found.is_label or texts[found.term] == 1 and not names[found.term] then kept[#kept + 1] = found end
    found.is_label = nil
  end
  return kept
end

local function map(doc, opts)
  local list, seen = {}, {}
  local function add(term, body, line, rule)
    local key = quern.text.fold(term) .. "\0" .. body
    if term == "" or body == "" or seen[key] then return end
    seen[key] = true
    list[#list + 1] = { term = term, text = text.cut(body, 600), line = line, rule = opts.explain and rule or nil,
      is_label = rule == "bold" or rule == "label" }
  end
  from_definitions(doc, add)
  for _, block in ipairs(blocks.read(doc)) do
    if block.kind == "paragraph" or block.kind == "item" then from_block(block, add) end
  end
  list = #list > 0 and drop_labels(list, doc) or list
  return #list > 0 and list or nil
end

-- One entry a term, sorted; what was said before is not said again.
local function collect(results)
  local entries, by_key = {}, {}
  for path, value in results:each() do
    for _, found in ipairs(value or {}) do
      local key = quern.text.fold(found.term)
      local entry = by_key[key]
      if not entry then
        entry = { term = found.term, key = key, said = {}, meanings = {} }
        by_key[key], entries[#entries + 1] = entry, entry
      end
      local said = quern.text.fold(found.text)
      if not entry.said[said] then
        entry.said[said] = true
        table.insert(entry.meanings, { text = found.text, path = path, line = found.line, rule = found.rule })
      end
    end
  end
  table.sort(entries, function(a, b) return a.key < b.key end)
  for _, entry in ipairs(entries) do entry.key, entry.said = nil, nil end
  return entries
end

local writers = {}

function writers.json(entries) return quern.json.encode { terms = entries } .. "\n" end

function writers.markdown(entries)
  local parts = { "# Glossary\n" }
  for _, entry in ipairs(entries) do
    parts[#parts + 1] = ("\n**%s**\n\n"):format(markdown.text(entry.term))
    for _, meaning in ipairs(entry.meanings) do
      parts[#parts + 1] = ("- %s (%s:%d)\n"):format(markdown.text(meaning.text), markdown.text(meaning.path), meaning.line or 0)
    end
  end
  return table.concat(parts) .. (#entries == 0 and "\nNo terms found.\n" or "")
end

function writers.html(entries) return page.write(entries) end

return {
  name = "glossary", api = 1, summary = "terms with their explanations, and abbreviations spelt out",
  formats = { "markdown", "json", "html" },
  options = { explain = { type = "boolean", default = false, help = "add the rule that found each term" } },
  map = map,
  render = function(results, opts) return writers[opts.to](collect(results)) end,
}
