-- Stand-ins for quern.text.finder, sentences, words and normalize in plain Lua, for tests
-- of the modules that use them.

local host_text = {}

local function is_letter(text, at) return text:find("^%a", at) ~= nil end

local function fits(text, from, to, mode)
  if not mode:find("w", 1, true) then return true end
  local before = from > 1 and is_letter(text, from) and is_letter(text, from - 1)
  local after = is_letter(text, to) and is_letter(text, to + 1)
  return not before and not after
end

function host_text.finder(words, mode)
  mode = mode or ""
  local fold = function(s)
    if mode:find("i", 1, true) then s = s:lower() end
    return mode:find("d", 1, true) and s:gsub("%d", "0") or s
  end
  return function(text, from)
    local folded = fold(text)
    local best_from, best_to, best
    for number, word in ipairs(words) do
      local s, e = folded:find(fold(word), from or 1, true)
      while s and not fits(text, s, e, mode) do s, e = folded:find(fold(word), s + 1, true) end
      if s and (not best or s < best_from or s == best_from and e > best_to) then best_from, best_to, best = s, e, number end
    end
    return best_from, best_to, best
  end
end

function host_text.sentences(text)
  local out = {}
  for paragraph in (text .. "\n\n"):gmatch("(.-)\n%s*\n") do
    for body in (paragraph .. " "):gmatch("%s*(.-[.!?]+)%s") do out[#out + 1] = body end
    local rest = (paragraph .. " "):gsub("%s*.-[.!?]+%s", "")
    if rest:find("%S") then out[#out + 1] = rest:match("^%s*(.-)%s*$") end
  end
  return out
end

function host_text.words(text)
  local out = {}
  for word in text:gmatch("[%w\x80-\xFF]+") do out[#out + 1] = word end
  return out
end

function host_text.word_count(text) return #host_text.words(text) end

function host_text.normalize(text) return text end

return host_text
