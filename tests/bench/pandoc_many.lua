-- luacheck: globals pandoc Pandoc
-- The extraction job as a filter of pandoc: one process reads every file named in $BENCH_LIST.
function Pandoc()
  local stringify, out = pandoc.utils.stringify, {}
  for path in io.lines(os.getenv("BENCH_LIST")) do
    local file = io.open(path)
    local doc = pandoc.read(file:read("a"), "gfm+yaml_metadata_block")
    file:close()
    local d = { title = stringify(doc.meta.title or ""), headings = {}, links = {}, images = {} }
    doc:walk {
      Header = function(h) table.insert(d.headings, { h.level, stringify(h) }) end,
      Link = function(l) table.insert(d.links, { l.target, stringify(l) }) end,
      Image = function(i) table.insert(d.images, { i.src, stringify(i) }) end,
      Para = function(p) d.first = d.first or stringify(p) end,
    }
    out[#out + 1] = ("%s %s %d %d %d %s"):format(path, d.title, #d.headings, #d.links, #d.images, d.first or "")
  end
  io.write(table.concat(out, "\n"), "\n")
  return pandoc.Pandoc {}
end
