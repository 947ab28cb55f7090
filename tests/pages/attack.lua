-- The page writers on values that no reader would make: every text and every
-- address is an attack.  For test_pages.py: `-s page=NAME` chooses the writer,
-- `-s values=@FILE` are the texts, as a JSON list.

local pages = {}

function pages.speakers(texts)
  local people = {}
  for i, attack in ipairs(texts) do
    local appearances = {}
    for n = 1, 6 do
      appearances[n] = { path = attack .. n, role = "speaker", talk = attack .. n, section = attack, video = attack,
        image = attack, line = n }
    end
    people[i] = { name = attack, org = attack, title = attack, roles = { "speaker", "author" }, appearances = appearances }
  end
  return require("lib.speakers_page").write(people)
end

function pages.timeline(texts)
  local events = {}
  local dates = { "2024-11-30", "2024-09", "2021-21", "2018-07/..", "../2025-10-31", "T10:20/T11:00", "XXXX-07-15", "198X" }
  for i, attack in ipairs(texts) do
    for n, date in ipairs(dates) do
      events[#events + 1] = { date = date, what = attack, text = attack, path = attack, section = attack, line = i,
        resolved = "reference", on = n % 2 == 0 and date:find("^T") and "2024-11-30" or nil }
    end
    events[#events + 1] = { date = attack, what = attack, text = attack, path = attack, line = i }
  end
  return require("lib.timeline_page").write(events)
end

function pages.summary(texts)
  local documents = {}
  for i, attack in ipairs(texts) do
    documents[i] = { path = attack, title = attack, date = attack, authors = { attack }, sentences = { attack, attack },
      words = 2, evidence = { { line = i, section = attack }, { line = i, section = attack } } }
  end
  return require("lib.summary_page").write(documents, function(document) return document.date .. " · " .. document.authors[1] end)
end

-- Every address, as a link that a reader can follow.
function pages.links(texts)
  local html, parts = require "lib.html", {}
  for i, attack in ipairs(texts) do parts[i] = "<li data-item>" .. html.link(attack, attack, attack) .. "</li>\n" end
  return html.page { title = texts[1], intro = texts[1], filter = "Filter", body = "<ul>\n" .. table.concat(parts) .. "</ul>\n" }
end

return {
  name = "attack", api = 1, summary = "the page writers on hostile values", formats = { "html" },
  options = { page = { type = "string", required = true }, values = { type = "path content", required = true } },
  map = function() return 1 end,
  render = function(_, opts) return pages[opts.page](quern.json.decode(opts.values)) end,
}
