-- The node tree of each document as JSON, and whether what is written reads back as the same.
return {
  name = "render_json", api = 1, summary = "node trees as JSON, for the tests",
  map = function(doc)
    local json = doc:render("json")
    return {
      tree = quern.json.decode(json) or quern.null,
      json = quern.parse(json, "json").body:equals(doc.body),
      markdown = quern.parse(doc:render("markdown")).body:equals(doc.body),
    }
  end,
}
