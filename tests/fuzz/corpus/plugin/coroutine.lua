local co = coroutine.wrap(function(a) while true do a = coroutine.yield(a) end end)
return { api = 1, map = function()
  local t <close> = setmetatable({}, { __close = function() co(1) end })
  return pcall(error, { co(2) }) and select('#', table.unpack({ 1, nil, 3 }, 1, 3))
end }
