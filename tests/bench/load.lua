-- Makes the body and the front matter of each document load, and does nothing
-- with them: the yardstick for what plugins cost on top (tests/bench/ratio.py).
return {
  name = "load",
  api = 1,
  summary = "load each document and say nothing",
  formats = { "json" },
  map = function(doc)
    local _ = doc.body and doc.meta
    return nil
  end,
}
