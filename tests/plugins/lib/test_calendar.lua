-- calendar.lua: arithmetic, spelling and order of EDTF.
package.path = (arg[0]:match("^(.*)/[^/]*$") or ".") .. "/?.lua;" .. package.path
local tap = require "tap"
local calendar = require "lib.calendar"

tap.ok(calendar.is_leap(2024) and not calendar.is_leap(1900) and calendar.is_leap(2000), "leap years")
tap.is(calendar.weekday(2024, 11, 30), 6, "30 November 2024 was a Saturday")
tap.is(calendar.weekday(2000, 2, 29), 2, "29 February 2000 was a Tuesday")
tap.is({ calendar.next_day(2023, 12, 31) }, { 2024, 1, 1 }, "next day over the year")
tap.is({ calendar.next_day(2024, 2, 28) }, { 2024, 2, 29 }, "next day in a leap year")
tap.is({ calendar.add_months(2024, 1, -1) }, { 2023, 12 }, "months backwards")
tap.is(calendar.day_number(2024, 3, 1) - calendar.day_number(2024, 2, 28), 2, "day numbers count the leap day")
tap.is(calendar.spell { y = 2024, m = 9 }, "2024-09", "a month")
tap.is(calendar.spell { y = 1980, decade = true }, "198X", "a decade")
tap.is(calendar.spell { h = 9, mi = 5 }, "T09:05", "a clock time")
local from, to, range = calendar.read_interval("2018-07/..")
tap.is({ from.y, from.m, tostring(to), range }, { 2018, 7, "nil", true }, "an open range")
local first, last = calendar.bounds(calendar.read("2022-24"))
tap.is({ first.y, first.m, last.y, last.m, last.d }, { 2022, 12, 2023, 2, 28 }, "winter ends in the next year")
local list = { "T10:00", "2024-11-30", "2024", "XXXX-05-01", "2023-22", "2024-11" }
table.sort(list, function(a, b) return calendar.sort_key(a) < calendar.sort_key(b) end)
tap.is(table.concat(list, " "), "2023-22 2024 2024-11 2024-11-30 XXXX-05-01 T10:00", "dated first, wide before narrow")
tap.done()
