return { api = 1, map = function(doc)
  local t = {}
  for n in doc:each('link, heading > text, [url^=http]') do t[#t + 1] = n:text() .. n.kind .. tostring(n.line) end
  return t
end }
