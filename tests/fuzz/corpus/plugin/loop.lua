return { api = 1, map = function() while true do pcall(function() goto a ::a:: end) end end }
