-- The names that GitHub gives to headings, for addresses such as
-- "guide.md#first-steps": lower case, punctuation dropped, spaces to hyphens,
-- and "-1", "-2" after a name that is taken.  For anchors.lua.
--
--   local name = slug.namer()
--   name("What's new?")   --> "whats-new"
--   name("What's new?")   --> "whats-new-1"

local slug = {}

-- First and last code points that are no letter, mark, digit or connecting punctuation (general categories of
-- Unicode 15): Latin-1, Greek to Arabic signs, general punctuation and symbols, CJK and full-width signs, emoji.
local dropped = {
  { 0x80, 0xA9 }, { 0xAB, 0xB4 }, { 0xB6, 0xB9 }, { 0xBB, 0xBF }, { 0xD7, 0xD7 }, { 0xF7, 0xF7 },
  { 0x2C2, 0x2C5 }, { 0x2D2, 0x2DF },
  { 0x37E, 0x37E }, { 0x387, 0x387 }, { 0x55A, 0x55F }, { 0x589, 0x58F }, { 0x5BE, 0x5BE }, { 0x5C0, 0x5C0 },
  { 0x5F3, 0x60F }, { 0x61B, 0x61F }, { 0x66A, 0x66D }, { 0x964, 0x965 }, { 0xE4F, 0xE4F }, { 0x1FFD, 0x203E },
  { 0x2041, 0x2053 },
  { 0x2055, 0x2070 }, { 0x2074, 0x207E }, { 0x2080, 0x208E }, { 0x20A0, 0x20CF }, { 0x2100, 0x2101 }, { 0x2103, 0x2106 },
  { 0x2108, 0x2109 }, { 0x2114, 0x2114 }, { 0x2116, 0x2118 }, { 0x211E, 0x2123 }, { 0x2140, 0x2144 }, { 0x214A, 0x214D },
  { 0x214F, 0x215F }, { 0x2189, 0x24B5 }, { 0x24EA, 0x2BFF }, { 0x2E00, 0x2E2E }, { 0x2E30, 0x3004 }, { 0x3008, 0x3020 },
  { 0x3030, 0x3030 }, { 0x303D, 0x303F }, { 0x309B, 0x309C }, { 0x30A0, 0x30A0 }, { 0x30FB, 0x30FB }, { 0x3200, 0x33FF },
  { 0xE000, 0xF8FF }, { 0xFD3E, 0xFD3F }, { 0xFE10, 0xFE19 }, { 0xFE30, 0xFE32 }, { 0xFE35, 0xFE4C }, { 0xFE50, 0xFE6F },
  { 0xFEFF, 0xFF0F }, { 0xFF1A, 0xFF20 }, { 0xFF3B, 0xFF3E }, { 0xFF40, 0xFF40 }, { 0xFF5B, 0xFF65 }, { 0xFFE0, 0xFFFD },
  { 0x1F000, 0x1F12F }, { 0x1F18A, 0x1FBEF },
}

local function is_dropped(code)
  local low, high = 1, #dropped
  while low <= high do
    local middle = (low + high) // 2
    local range = dropped[middle]
    if code < range[1] then
      high = middle - 1
    elseif code > range[2] then
      low = middle + 1
    else
      return true
    end
  end
  return false
end

-- The name of one heading, the names of others not considered.
function slug.of(text)
  text = quern.text.lower(text):gsub("[^%w_ \x80-\xFF-]", "")
  text = text:gsub("[\xC2-\xF4][\x80-\xBF]+", function(character)
    local ok, code = pcall(utf8.codepoint, character)
    if not ok or is_dropped(code) then return "" end
  end)
  return (text:gsub(" ", "-"))
end

-- A function that names the headings of one document in their order, each differently.
function slug.namer()
  local uses = {}
  return function(text)
    local base = slug.of(text)
    local name = base
    while uses[name] do
      uses[base] = uses[base] + 1
      name = ("%s-%d"):format(base, uses[base])
    end
    uses[name] = 0
    return name
  end
end

return slug
