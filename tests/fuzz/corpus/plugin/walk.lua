return { api = 1, formats = { 'html' }, map = function(doc)
  local copy = doc:walk { link = function(n) return n:children()() end, text = function() return {} end, traverse = 'topdown' }
  return copy:render('html')
end, render = function(r) local t = {} for p, v in r:each() do t[#t + 1] = tostring(v) end return table.concat(t) end }
