-- Stand-ins for quern.text.finder, set, sentences, words and normalize in plain Lua, for tests
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

local function word_set(list)
  local set = {}
  for word in list:gmatch("%S+") do set[word:lower()] = true end
  return set
end

-- Runs of capitalised words; of English endings only the plural is known here.
function host_text.capitals(common, known)
  local is_common, is_known = word_set(common), word_set(known)
  local function read(text, at)
    local word, after = text:match("^(%u[%a\x80-\xC9'.-]*)()", at)
    if not word then return nil end
    local bare = word:gsub("[.'-]+$", ""):lower()
    local initial = word:match("^%u%.$") ~= nil
    local usual = not is_known[bare] and not initial and (is_common[bare] or is_common[(bare:gsub("s$", ""))]
      or not word:find("%l"))
    return { from = at, after = after, sure = is_known[bare] or initial, usual = usual }
  end
  return function(text, from)
    local at = from or 1
    while at <= #text do
      local start = text:find("%f[%w\x80-\xFF]%u", at)
      if not start then return nil end
      local word = read(text, start)
      local following = text:sub(word.after, word.after) == " " and read(text, word.after + 1)
      if following and (word.sure or not word.usual and not following.usual) then
        local last = following
        while text:sub(last.after, last.after) == " " and read(text, last.after + 1) do last = read(text, last.after + 1) end
        return start, last.after - 1
      end
      at = word.after
    end
  end
end

function host_text.sequence(sets, except)
  local has, left_out = {}, {}
  for word in (except or ""):gmatch("%S+") do left_out[word] = true end
  for i, characters in ipairs(sets) do
    has[i] = {}
    for c in characters:gmatch("[\xC2-\xF4][\x80-\xBF]*") do has[i][c] = true end
  end
  return function(text, from)
    local before = ""
    for at, c in text:gmatch("()([%z\1-\x7F\xC2-\xF4][\x80-\xBF]*)") do
      if at >= (from or 1) and not before:find("[%w\xEA-\xED]") then
        local stop, i = at, 1
        while has[i] do
          local character = text:match("^[\xC2-\xF4][\x80-\xBF]*", stop)
          if not (character and has[i][character]) then break end
          stop, i = stop + #character, i + 1
        end
        local whole = text:match("^[\xEA-\xED\x80-\xBF]*", at)
        if not has[i] and not left_out[text:sub(at, stop - 1)] and not left_out[whole] then return at, stop - 1 end
      end
      before = c
    end
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

function host_text.set(text, separators)
  local out = {}
  for piece in text:gmatch("[^" .. (separators or "%s") .. "]+") do out[piece:match("^%s*(.-)%s*$")] = true end
  out[""] = nil
  return out
end

function host_text.word_count(text) return #host_text.words(text) end

function host_text.normalize(text) return text end

return host_text
