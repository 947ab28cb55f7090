-- Work for the walls to slow down: loops over locals, patterns, libraries.
-- A plugin for quern, and a table for plain Lua (walls.py runs both).

local prose = ([[
2024년 11월 30일 해밀 세미나: 김하늘 연구원이 "작은 언어 모델"을 발표했다. The talk (10:20 - 11:00) was given by
Dr. Ana Petrov, see https://example.org/talks/2024?id=42 and <a href="/posts/3.html">notes</a>; Sept 30-01, v1.2.3.
]]):rep(20)

local work = {}

function work.locals(rounds)
  local a, b, n = 1, 2, 0
  for _ = 1, rounds do
    for i = 1, 200000 do
      a, b = b, (a + b * i) % 1000003
      if a > b then n = n + 1 end
    end
  end
  return n
end

function work.patterns(rounds)
  local n = 0
  for _ = 1, rounds do
    for year, month, day in prose:gmatch("(%d%d%d%d)년 (%d+)월 (%d+)일") do n = n + #year + #month + #day end
    for word in prose:gmatch("[%a_][%w_]*") do n = n + #word end
    for url in prose:gmatch("https?://[^%s<>\"]+") do n = n + #url end
    n = n + #prose:gsub("%s+", " ") + #prose:gsub("<.->", "")
    n = n + select(2, prose:gsub("%d+", function(d) return d + 1 end))
    for line in prose:gmatch("[^\n]+") do
      n = n + (line:find("%((%d+:%d+) %- (%d+:%d+)%)") or 0) + #line:match("^%s*(.-)%s*$")
      n = n + (line:find("by ", 1, true) or 0) + (line:match("^[A-Z]") and 1 or 0)
    end
  end
  return n
end

function work.libraries(rounds)
  local n = 0
  for _ = 1, rounds do
    local list = {}
    for i = 1, 400 do list[i] = ("%05d %s"):format((i * 7919) % 400, ("k"):rep(i % 7)) end
    table.sort(list)
    n = n + #table.concat(list, ","):upper():reverse()
    for i = 1, 400 do n = n + #list[i]:sub(2, 4) + list[i]:byte(3) end
    for i = 1, 100 do table.insert(list, 1, table.remove(list)) n = n + i end
    n = n + utf8.len(prose) + select("#", table.unpack(list, 1, 100))
  end
  return n
end

return {
  name = "work", api = 1, summary = "work for the bench", formats = { "json" },
  options = { what = { type = "string", required = true }, rounds = { type = "integer", required = true } },
  map = function(_, opts) return work[opts.what](opts.rounds) end,
}
