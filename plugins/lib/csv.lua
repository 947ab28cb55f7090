-- Writes RFC 4180 CSV: CRLF, quotes where needed.  A field that a spreadsheet
-- would run as a formula (it begins with = + - @, their full-width forms, tab,
-- CR or LF, blanks before them or not) gets an apostrophe before it; numbers
-- are left alone.

local csv = {}

local wide_signs = { ["\xEF\xBC\x9D"] = true, ["\xEF\xBC\x8B"] = true, ["\xEF\xBC\x8D"] = true, ["\xEF\xBC\xA0"] = true }

local function is_formula(text)
  if text:match("^[\t\r\n]") then return true end
  local bare = text:match("^%s*(.*)$")
  if bare:match("^[+-]?%d+%.?%d*$") then return false end
  return bare:match("^[=+@-]") ~= nil or wide_signs[bare:sub(1, 3)] == true
end

function csv.field(value)
  if value == nil then return "" end
  local text = tostring(value)
  if is_formula(text) then text = "'" .. text end
  if text:match('[",\r\n]') or text:match("^%s") or text:match("%s$") then
    text = '"' .. text:gsub('"', '""') .. '"'
  end
  return text
end

-- header: list of column names; rows: list of lists as long as it (nil is an empty field).
function csv.write(header, rows)
  local lines = {}
  local function add(row)
    local fields = {}
    for i = 1, #header do fields[i] = csv.field(row[i]) end
    lines[#lines + 1] = table.concat(fields, ",") .. "\r\n"
  end
  add(header)
  for _, row in ipairs(rows) do add(row) end
  return table.concat(lines)
end

return csv
