return { api = 1, map = function(doc)
  local s = ('%d %5.2f %q'):format(3, 2.5, 'x\0y')
  return s:gsub('(%w+) (%w*)', '%2%1'):rep(3, ','), s:find('^(.-)%b()', 1), (s:byte(1, -1))
end }
