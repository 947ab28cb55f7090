-- Addresses of pages that are somebody's own, a profile or the page of a member or
-- a speaker, and those that are built from a name.  For the rules of people; knows
-- nothing of blocks.

local roles = require "lib.role_words"

local find, match, sub = string.find, string.match, string.sub

local pages = {}

pages.find_own = quern.text.finder(roles.own_pages, "i")

-- Whether a link leads to somebody's own page.
function pages.is_own(url)
  local _, to = pages.find_own(url or "")
  if not to then return false end
  local rest = match(sub(url, to + 1), "^@?[%w%%._-]+@?[%w._-]*(.*)$")
  return rest ~= nil and (rest == "" or find(rest, "^/?$") ~= nil or find(rest, "^/?[?#]") ~= nil
    or find(url, "linkedin", 1, true) ~= nil or find(url, "/index%.html?$") ~= nil)
end

-- The last part of an address, without a sign of a handle: "jane-roe" of "/team/@jane-roe/".
function pages.slug_of(url) return match(url or "", "/@?([%w_.-]+)/?$") end

-- Whether the last part of an address is a name of two words or more: "/team/jane-roe" for "Jane Roe".
function pages.is_slug_of(url, name)
  local slug = pages.slug_of(url)
  if not slug or not find(name, "^%u%S* %u") or #name > 60 then return false end
  return (slug:lower():gsub("%.html?$", ""):gsub("[_.-]", "")) == (name:lower():gsub("[%s.'-]", ""))
end

return pages
