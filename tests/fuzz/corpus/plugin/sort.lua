return { api = 1, map = function(doc)
  local t = { 3, 1, 2 } table.sort(t, function(a, b) return a > b end) table.insert(t, 1, 0) table.move(t, 1, 2, 3)
  for k, v in pairs({ a = 1, [2] = 'b', [true] = {} }) do t[#t + 1] = type(k) end
  local f = load('return ...', 'c', 't') return { f(1), next({}), table.concat(t, ',') }
end }
