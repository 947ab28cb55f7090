"""What the cluster tests map: documents that are made up, some of which fail,
and plugins that are slow or fail on purpose.
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))


def documents(case, n):
    """n documents below docs/, every 11th with bad front matter, every 13th with bad bytes."""
    for i in range(n):
        head = "---\ntitle: a: b\n---\n" if i % 11 == 5 else f"---\ntitle: Document {i}\ndate: 2025-03-{i % 28 + 1:02}\n---\n"
        body = f"# Meeting {i}\n\n## Talk {i}: streams\n\nSpeaker: Person {i % 7}\n\nOn {i % 28 + 1} March 2025 we met.\n"
        text = (head + body * (1 + i % 5)).encode() + (b"\xff\xfe\n" if i % 13 == 3 else b"")
        case.write(f"docs/{i % 4}/{i:04}.md", text)


def failing_plugin(case):
    """Fails on some, logs on some, writes files on some, folds."""
    case.plugin("mixed", """
  options = { word = { type = "string", default = "x" } },
  map = function(doc, opts, out)
    local n = tonumber(doc.path:match("(%d+)%.md"))
    if n and n % 7 == 2 then error("no use for " .. doc.path) end
    if n and n % 9 == 4 then print("seen", doc.path) end
    if n and n % 5 == 0 then out:write("files/" .. n .. ".txt", opts.word .. "\\n" .. doc:text()) end
    if n and n % 8 == 1 then return nil end
    return { { path = doc.path, title = doc.title, word = opts.word, half = 0.5, whole = 2.0 } }
  end,
  reduce = function(a, b) for i = 1, #b do a[#a + 1] = b[i] end return a end,
  render = function(v, opts) return quern.json.encode(v) .. "\\n" .. opts.to .. "\\n" end""")


def slow_plugin(case, turns):
    """Uses processor time on each document."""
    case.plugin("slow", f"""
  map = function(doc)
    local n = 0
    for i = 1, {turns} do n = n + i % 7 end
    return {{ title = doc.title, n = n }}
  end""")
