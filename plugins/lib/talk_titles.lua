-- Whether a line below a name is the title of their talk, or says what they are
-- and where: "Bridges at scale", "Senior Engineer, Fernhill".  For people_talks.lua
-- and people_tables.lua.

local names = require "lib.names"
local roles = require "lib.role_words"
local sections = require "lib.people_sections"
local split = require "lib.people_split"
local text = require "lib.text"

local find, sub = string.find, string.sub

local talk_titles = {}

local find_job = quern.text.finder(roles.job_words, "iw")
local find_about = quern.text.finder(roles.about_words, "iw")

-- Whether a line tells what somebody is or where they work: "Senior Engineer, Fernhill", "한빛랩 개발자".
local function is_job(line)
  if find_job(line) then return true end
  for _, ending in ipairs(roles.job_endings) do
    if sub(line, -#ending) == ending then return true end
  end
  return false
end
talk_titles.is_job = is_job

-- Whether a line may be the title of a talk at all.
local function is_title(line)
  if #line < 8 or #line > 160 or not find(line, "[%a\x80-\xFF].*%s") or find(line, "^%a+://") then return false end
  if find(line, "[.:]$") or find(line, "^%(.*%)$") or find(line, "%d%d%d%d%D*[~-]") then return false end
  if find(line, "[.!?]%s+%u") or find(line, "^%d[%d:.~ -]+$") or find(line, "@", 1, true) then return false end
  return find_about(sub(line, 1, 24)) ~= 1 and names.score(line) < 0.5 and not sections.is_opening(line)
end

talk_titles.is_title = is_title

-- Whether a line says what somebody is or where.
function talk_titles.is_place_of_work(line) return is_job(line) or names.is_organisation(line) end

-- The title that a line right below a name is, or nil.
function talk_titles.title_below_name(line)
  line = line and text.one_line(line)
  if not line or not is_title(line) or talk_titles.is_place_of_work(line) then return nil end
  return split.unquote(line)
end

return talk_titles
