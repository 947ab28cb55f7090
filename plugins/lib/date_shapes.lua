-- What every date has in it, as words for one pass over a text: the shapes of
-- digits ("0" for any) and the words of time with the company they need, so
-- that "this may be next" and "version 3.1" are passed by at once.  Most texts
-- have none and are read no further.  For date_scan.lua: a form that it reads
-- must have one of these.

local words = require "lib.date_words"

local shapes = {
  -- years and days, clock times, days and months with their signs
  "0000", "0:00", "0 : 00", "0\xEF\xBC\x9A00", "0시", "0 시", "0時", "0월", "0 월", "0月", "0/0", "0분기", "0 분기",
  "0년", "0 년", "0年", "0세기", "0 세기", "0am", "0pm", "0 am", "0 pm", "0a.m", "0p.m", "0 a.m", "0 p.m",
  "0 ~ 00.", "0~00.", "0.~", "0. ~", "0. -", "0.-",
  "0.0(", "0.0.(", "0.0 (", "0.00(", "0.00.(", "0.00 (", "0. 0", "-0(", "-00(", "-0 (", "-00 (", ": 0", ":0", "'0",
  "\xE2\x80\x980", "\xE2\x80\x990", "요일", "am 0", "pm 0", "0q", "0h", "q0", "h0",
  -- words that are dates by themselves
  "yesterday", "today", "tomorrow", "noon", "midnight", "century", "정오", "자정",
}

local function add(word) shapes[#shapes + 1] = word end

-- Those that other words have as a part, or that are words of other meaning.
local plain_months = {}
for name in pairs(words.months) do
  if name ~= "may" and name ~= "march" and name ~= "mar" then plain_months[#plain_months + 1] = name end
end
table.move(plain_months, 1, #plain_months, #shapes + 1, shapes)
for _, name in ipairs { "may", "march", "mar" } do
  for _, after in ipairs { " 0", ". 0", ", 0", "-0" } do add(name .. after) end
  for _, mark in ipairs { "*", "_", "<", ">", "[", "]", "|" } do
    add(mark .. name)
    add(name .. mark)
  end
  for _, before in ipairs { "0 ", "0-", "st ", "nd ", "rd ", "th ", "of " } do add(before .. name) end
  for preposition in pairs(words.prepositions) do
    if not (name == "may" and (preposition == "and" or preposition == "year")) then
      add(preposition .. " " .. name)
    end
  end
  for _, dash in ipairs { "- ", "\xE2\x80\x93 ", "\xE2\x80\x94 ", "~ " } do add(dash .. name) end
end

-- "last summer", "next Friday", "this March"
local counted = { "month", "year", "march", "mar" }
for name in pairs(words.weekdays) do if name:find("^%a%a%a") then counted[#counted + 1] = name end end
for name in pairs(words.seasons) do if name:find("^%a") then counted[#counted + 1] = name end end
for word, entry in pairs(words.english_relative) do
  if entry[1] ~= "day" then
    for _, name in ipairs(counted) do
      if not (word == "this" and name == "year") then add(word .. " " .. name) end
    end
  end
end

local korean_seasons = {}
for name in pairs(words.seasons) do
  if name:byte() >= 0x80 then
    korean_seasons[#korean_seasons + 1] = name
    for _, particle in ipairs { "에", "부터", "까지" } do add(name .. particle) end
  end
end
for _, entry in ipairs(words.korean_relative) do
  if #entry[1] > 6 or entry[2] == "year" or entry[2] == "day" or entry[2] == "month" then
    add(entry[1])
  else
    add(entry[1] .. " 0")
    for _, name in ipairs(korean_seasons) do
      add(entry[1] .. name)
      add(entry[1] .. " " .. name)
    end
  end
end
add("올 상반기")
add("올 하반기")

-- where a source breaks its lines
for i = 1, #shapes do
  if shapes[i]:find(" ", 1, true) then add((shapes[i]:gsub(" ", "\n"))) end
end

return quern.text.finder(shapes, "iwd")
