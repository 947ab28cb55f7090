-- The answers of a function, kept: texts repeat their words, and several rules ask
-- for the same ones.

-- f, which gives no nil, with its last answers kept; they are forgotten all at once when there are as many as `most`.
return function(f, most)
  local known, count = {}, 0
  return function(key)
    local answer = known[key]
    if answer == nil then
      if count == most then known, count = {}, 0 end
      answer = f(key)
      known[key], count = answer, count + 1
    end
    return answer
  end
end
