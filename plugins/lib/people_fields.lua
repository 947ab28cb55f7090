-- People in the fields of front matter, with the role that the key gives them;
-- the talk and the video of a session's fields.  For people.lua.

local authors = require "lib.authors"
local lines = require "lib.people_lines"
local memo = require "lib.memo"
local names = require "lib.names"
local roles = require "lib.role_words"
local split = require "lib.people_split"
local text = require "lib.text"

local find, sub = string.find, string.sub

local fields = {}

-- Whether the fields are those of one session of a programme.
local function is_session(map)
  return (map.room or map.slide or map.slides or map.video or map.youtube or map.track or map.abstract or map.duration
    or map.session_type) ~= nil
end

-- How the keys of five letters and more end.
local endings = {}
for key in pairs(roles.meta_keys) do
  if #key >= 5 then endings[sub(key, -5)] = true end
end

local function read_key(key)
  local bare = find(key, "[%u%s_-]") and key:lower():gsub("[%s_-]", "") or key
  if roles.meta_keys[bare] or #bare > 24 or not endings[sub(bare, -5)] then return roles.meta_keys[bare] end
  for size = math.min(#bare - 1, 12), 5, -1 do
    local role = roles.meta_keys[sub(bare, -size)]
    if role then return role end
  end
end

-- The role that a key gives, false for none: "post_authors" and "guest_speaker" end in one.  Documents of one site have the
-- same keys.
local role_of_key = memo(function(key) return read_key(key) or false end, 500)

function fields.read(state, map, depth)
  for key, value in pairs(map) do
    local role = role_of_key(type(key) == "string" and key or "")
    if role then
      local found = {}
      authors.read_field(value, found, 0)
      -- one presenter of a page that is no event: its title is the talk
      local is_page = depth == 0 and not state.says_event and not state.interview
      local alone = is_page and (#found == 1 or #found <= 4 and is_session(map))
      local title = (depth > 0 or alone) and role == "speaker" and (map.title or map.talk or map.topic)
      local video = title and (map.video or map.youtube or map.recording or map.video_url or map.videoUrl)
      for _, person in ipairs(found) do
        state:add(person, role, { line = 1, rule = "front matter: " .. (type(key) == "string" and key or ""), confidence = 0.95,
          video = type(video) == "string" and find(video, "^%a*:?//") and video or nil,
          talk = person.talk or type(title) == "string" and title or nil, text = person.name, image = person.image })
      end
    elseif type(value) == "table" and depth < 3 then
      fields.read(state, value, depth + 1)
    end
  end
end

local find_sign = quern.text.finder { ":", "：", " - ", " – ", " — ", " / ", "(" }

-- A line of a description: "발표자: NAME", and where talks are told "TALK - NAME (ORG)".
local function read_line(state, line)
  if #line > 240 or not find_sign(line) or lines.read_field(state, line, "description") or not state.is_event then return end
  local _, talk, all = split.talk(line, true)
  for _, person in ipairs(talk and names.score(talk) < 0.5 and all or {}) do
    state:add(person, "speaker", { line = 1, rule = "description", confidence = 0.75, text = line, talk = talk })
  end
end

-- The people in the texts of front matter: "title: Speaker: NAME", the lines of a description.
function fields.read_texts(state, meta)
  local title = meta.title
  local may_tell = type(title) == "string" and #title <= 80 and find(title, ":", 1, true)
  if may_tell then lines.read_field(state, title, "title of the page") end
  for _, key in ipairs { "description", "summary", "excerpt", "subtitle" } do
    local value = meta[key]
    if type(value) == "string" and #value <= 1000 and find_sign(value) then
      for line in value:gsub("\\n", "\n"):gmatch("[^\n]+") do
        read_line(state, text.trim((line:gsub("^[%s*_-]+", ""):gsub("[%s*_]+$", ""))))
      end
    end
  end
end

return fields
