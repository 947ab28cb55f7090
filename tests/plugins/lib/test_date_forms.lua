-- Written forms of dates, and what only looks like one: the tables of date_forms.lua and date_traps.lua.
package.path = (arg[0]:match("^(.*)/[^/]*$") or ".") .. "/?.lua;" .. package.path
local tap = require "tap"
local dates = require "lib.dates"
local forms = require "date_forms"
local traps = require "date_traps"

local monday = { y = 2024, m = 12, d = 2, source = "front matter" }

local function found_in(text, reference)
  local got = {}
  for _, found in ipairs(dates.find(text, dates.context { reference = reference or monday })) do got[#got + 1] = found.date end
  return table.concat(got, " ")
end

-- A form stands alone, and in a sentence of either language.
local frames = { "%s", "행사: %s.", "(%s)", "| %s |" }

local names = {}
for name in pairs(forms) do names[#names + 1] = name end
table.sort(names)
for _, name in ipairs(names) do
  for _, case in ipairs(forms[name]) do
    for i, frame in ipairs(frames) do
      local text = frame:format(case[1])
      if i == 1 or not case.alone then tap.is(found_in(text, case[3]), case[2], name .. ": " .. text) end
    end
  end
end
for _, case in ipairs(traps) do tap.is(found_in(case[1]), case[2] or "", "no date: " .. case[1]) end
tap.done()
