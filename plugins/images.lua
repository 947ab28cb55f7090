-- Every picture, and which ones say nothing to those who cannot see them.
--
--   quern run images content/                     what lacks a text first
--   quern run images -t csv content/ > images.csv

local csv = require "lib.csv"
local markdown = require "lib.markdown"
local text = require "lib.text"

-- Alternative texts that only say that there is a picture.
local empty_words = {}
for word in ("image img picture photo screenshot figure logo icon 이미지 그림 사진 캡처 스크린샷"):gmatch("%S+") do
  empty_words[word] = true
end

-- What is wrong with the alternative text; nil where nothing is.
local function problem_of(image)
  local attributes, alt = image.node.attributes, text.one_line(image.alt)
  -- marked as decoration: screen readers pass over it, and that is meant
  if attributes.role == "presentation" or attributes.role == "none" or attributes["aria-hidden"] == "true" then return nil end
  if alt == "" then return "no alternative text" end
  if alt:lower():match("^[%w._%-]+%.%a%a%a%a?$") then return "a file name is no alternative text" end
  if empty_words[alt:lower():gsub("[%s%d]+$", "")] then return "the alternative text says only that it is a picture" end
end

local function map(doc)
  local list = {}
  for i, image in ipairs(doc:images()) do
    local section = image.node:section()
    list[i] = { src = image.src, alt = text.one_line(image.alt), title = image.title, line = image.line,
      section = section and text.one_line(section.title) or nil, problem = problem_of(image) }
  end
  return #list > 0 and list or nil
end

local function collect(results, opts)
  local list = {}
  for path, value in results:each() do
    for _, image in ipairs(value or {}) do
      image.path = path
      if image.problem or not opts.problems then list[#list + 1] = image end
    end
  end
  return list
end

local writers = {}

function writers.json(list)
  local wrong = 0
  for _, image in ipairs(list) do
    if image.problem then wrong = wrong + 1 end
    for _, key in ipairs { "title", "section", "problem" } do image[key] = image[key] or quern.null end
  end
  return quern.json.encode { images = list, problems = wrong } .. "\n"
end

function writers.csv(list)
  local rows = {}
  for i, image in ipairs(list) do
    rows[i] = { image.path, image.line, image.section, image.src, image.alt, image.title, image.problem }
  end
  return csv.write({ "path", "line", "section", "src", "alt", "title", "problem" }, rows)
end

function writers.markdown(list)
  local wrong, all = {}, {}
  for _, image in ipairs(list) do
    local place = markdown.text(("%s:%d"):format(image.path, image.line or 0))
    local name = markdown.text(text.cut(image.src, 200))
    if image.problem then wrong[#wrong + 1] = ("- %s %s: %s\n"):format(place, name, image.problem) end
    all[#all + 1] = { place, name, markdown.text(image.alt), markdown.text(image.section or "") }
  end
  return ("# Images\n\n## To be described (%d of %d)\n\n%s\n## All\n\n%s"):format(#wrong, #list,
    #wrong > 0 and table.concat(wrong) or "None.\n",
    #all > 0 and markdown.table({ "place", "picture", "alternative text", "section" }, all) or "None.\n")
end

return {
  name = "images", api = 1, summary = "every picture, those without an alternative text first",
  formats = { "markdown", "json", "csv" },
  options = { problems = { type = "boolean", default = false, help = "only those without a useful alternative text" } },
  map = map,
  render = function(results, opts) return writers[opts.to](collect(results, opts)) end,
}
