-- A job that reads front matter alone.
return {
  name = "meta", api = 1, summary = "front matter", formats = { "json" },
  map = function(doc) return doc.meta end,
}
