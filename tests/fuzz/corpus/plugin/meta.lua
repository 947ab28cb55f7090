local t = setmetatable({}, { __index = function(t, k) return k end, __call = function(_, x) return x end, __lt = function() return true end, __concat = function() return 'c' end, __gc = function() end, __mode = 'k' })
return { api = 1, map = function() return { t.x, t(1), t < t, t .. t, #tostring(t) > 0 } end }
