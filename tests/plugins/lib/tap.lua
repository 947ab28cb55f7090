-- A few lines of TAP for the tests of plugins/lib: each test file is run by
-- plain Lua 5.4 from any directory, prints "ok" and "not ok" lines and exits
-- with 1 if one failed.  Sets package.path so that require "lib.x" works.

local tap = { count = 0, failed = 0 }

local here = arg[0]:match("^(.*)/[^/]*$") or "."
package.path = here .. "/../../../plugins/?.lua;" .. package.path

-- What the modules use of the host, without the host: stand-ins that are slow and know less, for the modules' own
-- rules; the host's functions have tests of their own.
-- luacheck: globals quern
quern = quern or { null = setmetatable({}, { __tostring = function() return "null" end }), log = function() end,
  text = dofile(here .. "/host_text.lua") }

local function show(value)
  if type(value) ~= "table" then return tostring(value) end
  local parts = {}
  for i, item in ipairs(value) do parts[i] = show(item) end
  return "{ " .. table.concat(parts, ", ") .. " }"
end

function tap.is(got, want, name)
  tap.count = tap.count + 1
  if show(got) == show(want) then
    print(("ok %d - %s"):format(tap.count, name))
  else
    tap.failed = tap.failed + 1
    print(("not ok %d - %s\n#  got: %s\n# want: %s"):format(tap.count, name, show(got), show(want)))
  end
end

function tap.ok(condition, name) tap.is(not not condition, true, name) end

function tap.done()
  print("1.." .. tap.count)
  os.exit(tap.failed == 0 and 0 or 1)
end

return tap
