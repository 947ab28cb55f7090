-- One library function at a time, called over and over, for the walls to slow
-- down.  A plugin for quern, and a table for plain Lua (walls.py --each runs both).

local word, line = "letter", ("word "):rep(12)
local page = ("Some words of prose, 2024-11-30.\n"):rep(100)
local hangul = ("맷돌 "):rep(40)
local list, words = {}, {}
for i = 1, 100 do list[i] = (i * 7919) % 101 end
for i = 1, 100 do words[i] = "w" .. list[i] end

local calls = {
  ["string.byte"] = { 400000, function() return line:byte(3) end },
  ["string.byte, 50 of them"] = { 60000, function() return line:byte(1, 50) end },
  ["string.char"] = { 200000, function() return string.char(97, 98, 99) end },
  ["string.find, plain"] = { 300000, function() return line:find("d w", 9, true) end },
  ["string.find, plain, 3 KB"] = { 60000, function() return page:find("nowhere", 1, true) end },
  ["string.find"] = { 200000, function() return line:find("w[aeiou]rd$") end },
  ["string.match"] = { 150000, function() return ("2024-11-30"):match("^(%d+)-(%d+)-(%d+)$") end },
  ["string.gmatch"] = { 6000, function() for w in line:gmatch("%a+") do word = w end end },
  ["string.gsub, a string"] = { 20000, function() return line:gsub("o", "0") end },
  ["string.gsub, a table"] = { 20000, function() return line:gsub("%a+", { word = "W" }) end },
  ["string.gsub, a function"] = { 15000, function() return line:gsub("%a+", string.upper) end },
  ["string.format %d %s"] = { 120000, function() return ("%d: %s"):format(7, word) end },
  ["string.format %5.2f"] = { 100000, function() return ("%5.2f"):format(3.14159) end },
  ["string.format %q"] = { 80000, function() return ("%q"):format(line) end },
  ["string.format %x %-10s|"] = { 100000, function() return ("%x %-10s|"):format(255, word) end },
  ["string.len"] = { 400000, function() return line:len() end },
  ["string.lower"] = { 200000, function() return word:lower() end },
  ["string.upper, 3 KB"] = { 15000, function() return page:upper() end },
  ["string.rep"] = { 200000, function() return word:rep(5) end },
  ["string.rep, 600 times"] = { 30000, function() return word:rep(600, ",") end },
  ["string.reverse"] = { 200000, function() return word:reverse() end },
  ["string.sub"] = { 300000, function() return line:sub(3, 9) end },
  ["table.concat, 100 strings"] = { 10000, function() return table.concat(words, ",") end },
  ["table.concat, 3 strings"] = { 150000, function() return table.concat(words, ",", 1, 3) end },
  ["table.insert, table.remove"] = { 200000, function() table.insert(list, 1) return table.remove(list) end },
  ["table.insert at 1, table.remove"] = { 15000, function() table.insert(list, 1, 5) return table.remove(list, 1) end },
  ["table.move, 100"] = { 20000, function() return table.move(list, 1, 100, 2, {}) end },
  ["table.pack"] = { 150000, function() return table.pack(1, 2, 3) end },
  ["table.unpack"] = { 250000, function() return table.unpack(words, 1, 3) end },
  ["table.unpack, 100"] = { 40000, function() return select("#", table.unpack(words)) end },
  ["table.sort, 100 numbers"] = { 2500, function() table.sort(table.move(list, 1, 100, 1, {})) end },
  ["table.sort, 100 strings"] = { 2000, function() table.sort(table.move(words, 1, 100, 1, {})) end },
  ["table.sort, by a function"] = { 1200, function()
    table.sort(table.move(list, 1, 100, 1, {}), function(a, b) return a > b end)
  end },
  ["utf8.char"] = { 150000, function() return utf8.char(0xB9F7, 97) end },
  ["utf8.codepoint"] = { 200000, function() return utf8.codepoint(hangul, 1) end },
  ["utf8.codes"] = { 5000, function() for _, c in utf8.codes(hangul) do word = c end end },
  ["utf8.len"] = { 100000, function() return utf8.len(hangul) end },
  ["utf8.offset"] = { 150000, function() return utf8.offset(hangul, 20) end },
  ["ipairs, 100"] = { 10000, function() for _, v in ipairs(list) do word = v end end },
  ["next"] = { 300000, function() return next(list) end },
  ["select('#')"] = { 400000, function() return select("#", 1, 2, 3) end },
  ["tonumber"] = { 250000, function() return tonumber("42") end },
  ["tostring"] = { 150000, function() return tostring(42) end },
  ["type"] = { 400000, function() return type(list) end },
  ["rawget, rawlen"] = { 200000, function() return rawget(list, 1), rawlen(list) end },
  ["setmetatable"] = { 150000, function() return setmetatable({}, list) end },
  ["pcall"] = { 250000, function() return pcall(type, 1) end },
  ["pcall, error"] = { 60000, function() return pcall(error, word) end },
  ["coroutine.wrap, one yield"] = { 15000, function()
    local f = coroutine.wrap(function() coroutine.yield(1) end)
    return f(), f()
  end },
  ["coroutine.yield"] = { 3000, function()
    for _ in coroutine.wrap(function() for i = 1, 50 do coroutine.yield(i) end end) do word = "x" end
  end },
  ["load"] = { 8000, function() return load("local a = 1 return a + 1") end },
  ["math.floor"] = { 400000, function() return math.floor(3.7) end },
  ["math.max"] = { 300000, function() return math.max(1, 2, 3) end },
}

return {
  name = "guarded", api = 1, summary = "work for the bench", formats = { "json" },
  options = { what = { type = "string", required = true }, rounds = { type = "number", required = true } },
  map = function(_, opts)
    local call = calls[opts.what]
    for _ = 1, call[1] * opts.rounds do call[2]() end
  end,
}
