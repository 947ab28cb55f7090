-- Every link, by document and host; links inside the documents are checked.
--
--   quern run links content/                      broken ones first
--   quern run links -s broken=true -t csv docs/   only what must be repaired
--
-- map sees one document, so it collects; whether a target exists is known only
-- when all have been seen, so render checks.

local anchors = require "lib.anchors"
local csv = require "lib.csv"
local markdown = require "lib.markdown"
local targets = require "lib.targets"
local text = require "lib.text"

local function map(doc)
  local links = {}
  for i, link in ipairs(doc:links()) do
    local section = link.node:section()
    local kind, host = targets.kind(link.href)
    links[i] = { href = link.href, text = text.cut(text.one_line(link.text), 200), line = link.line,
      section = section and text.one_line(section.title) or nil, kind = kind, host = host }
  end
  return { anchors = anchors.all(doc), links = links }
end

-- All links with the verdict on each, and how many lead to each host, the most first.
local function collect(results, opts)
  local documents = {}
  for path, value in results:each() do
    if value then documents[#documents + 1] = { path = path, anchors = value.anchors, links = value.links } end
  end
  local index, list, hosts, count = targets.index(documents), {}, {}, {}
  for _, document in ipairs(documents) do
    for _, link in ipairs(document.links) do
      link.path = document.path
      link.status, link.reason = targets.check(index, link.path, link.href)
      if link.status == "broken" or not opts.broken then list[#list + 1] = link end
      if link.host and not count[link.host] then hosts[#hosts + 1] = link.host end
      if link.host then count[link.host] = (count[link.host] or 0) + 1 end
    end
  end
  table.sort(hosts, function(a, b)
    if count[a] ~= count[b] then return count[a] > count[b] end
    return a < b
  end)
  for i, host in ipairs(hosts) do hosts[i] = { host = host, count = count[host] } end
  return list, hosts
end

local function place(link) return ("%s:%d"):format(link.path, link.line or 0) end

local writers = {}

function writers.json(list, hosts)
  local broken = {}
  for _, link in ipairs(list) do
    for _, key in ipairs { "section", "host", "reason" } do link[key] = link[key] or quern.null end
    if link.status == "broken" then broken[#broken + 1] = link end
  end
  return quern.json.encode { links = list, hosts = hosts, broken = broken } .. "\n"
end

function writers.csv(list)
  local rows = {}
  for i, link in ipairs(list) do
    rows[i] = { link.path, link.line, link.section, link.text, link.href, link.kind, link.host, link.status, link.reason }
  end
  return csv.write({ "path", "line", "section", "text", "href", "kind", "host", "status", "reason" }, rows)
end

-- An address as it stands, in a code span that no back quote in it can end.
local function verbatim(href)
  local fence = href:find("`", 1, true) and "``" or "`"
  return fence .. (href == "" and " " or href:gsub("%s", " "):gsub("``+", "`")) .. fence
end

function writers.markdown(list, hosts, opts)
  local broken, all, path = {}, {}, nil
  for _, link in ipairs(list) do
    if link.status == "broken" then
      broken[#broken + 1] = ("- %s %s: %s\n"):format(markdown.text(place(link)), verbatim(link.href), markdown.text(link.reason))
    end
    if link.path ~= path then
      path = link.path
      all[#all + 1] = ("\n### %s\n\n"):format(markdown.text(path))
    end
    all[#all + 1] = ("- %s %s (line %d)\n"):format(verbatim(link.href), markdown.text(link.text), link.line or 0)
  end
  local parts = { "# Links\n\n## Broken\n\n", #broken > 0 and table.concat(broken) or "None.\n" }
  if opts.broken then return table.concat(parts) end
  parts[#parts + 1] = "\n## Hosts\n\n"
  for _, entry in ipairs(hosts) do parts[#parts + 1] = ("- %s: %d\n"):format(markdown.text(entry.host), entry.count) end
  return table.concat(parts) .. "\n## By document\n" .. table.concat(all)
end

return {
  name = "links", api = 1, summary = "every link by document and host, the broken ones inside them first",
  formats = { "markdown", "json", "csv" },
  options = { broken = { type = "boolean", default = false, help = "only links whose target is not there" } },
  map = map,
  render = function(results, opts)
    local list, hosts = collect(results, opts)
    return writers[opts.to](list, hosts, opts)
  end,
}
