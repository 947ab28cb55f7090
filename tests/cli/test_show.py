#!/usr/bin/env python3
"""quern show: shapes and formats, and every document of data/ that is wrong on purpose."""
import json
import time

import harness

PAGE = """---
title: A page
when: 2024-11-30
---
# Heading *one*

Text with a [link](https://example.org/a?b=1&c) and ![an image](i.png "t").

| a | b |
|---|---|
| 1 | 2 |
"""


def show(case, *args, **more):
    return case.ok("show", *args, **more).json_lines()


def data(case, name, *args, warns=None, status=0):
    """Shows one of data/: its record; warns: words of the warning, None for none."""
    start = time.monotonic()
    r = case.run("show", str(harness.DATA / name), *args)
    assert time.monotonic() - start < 20, "too slow"
    assert r.status == status, f"exit {r.status}: {r.errors}"
    if warns is None:
        assert r.err == b"", r.errors
    else:
        assert "warning" in r.errors and warns in r.errors, r.errors
    assert b"\0" not in r.out and b"\x1b" not in r.out and b"\x1b" not in r.err
    (record,) = r.json_lines()
    assert len(record["diagnostics"]) == r.errors.count(": warning: "), r.errors
    return record


def headings(record):
    return [h["text"] for h in record["outline"]]


def test_the_record_has_its_shape(case):
    case.write("p.md", PAGE)
    (d,) = show(case, "p.md")
    assert d["path"] == "p.md" and d["format"] == "markdown" and d["title"] == "A page"
    assert d["meta"] == {"title": "A page", "when": "2024-11-30"}
    assert [(h["level"], h["text"], h["line"]) for h in d["outline"]] == [(1, "Heading one", 5)]
    assert [(i["src"], i["alt"], i["title"], i["line"]) for i in d["images"]] == [("i.png", "an image", "t", 7)]
    assert [(x["href"], x["text"], x["line"]) for x in d["links"]] == [("https://example.org/a?b=1&c", "link", 7)]
    assert d["tables"] == [[["a", "b"], ["1", "2"]]] and d["diagnostics"] == []


def test_one_line_a_document(case):
    case.write("p.md", PAGE)
    case.write("q.html", "<h1>Q</h1>\n<p>x\u2028y</p>")
    r = case.ok("show", "p.md", "q.html")
    assert r.out.endswith(b"\n") and r.out.count(b"\n") == 2
    assert [d["format"] for d in r.json_lines()] == ["markdown", "html"]


def test_the_formats(case):
    case.write("p.md", PAGE)
    tree = case.ok("show", "-t", "tree", "p.md").text
    assert "heading" in tree and "image" in tree
    html = case.ok("show", "-t", "html", "p.md").text
    assert "<h1" in html and "<table" in html and "<html" not in html
    markdown = case.ok("show", "-t", "markdown", "p.md").text
    assert markdown.startswith("---\ntitle: A page\n") and "# Heading *one*" in markdown
    text = case.ok("show", "-t", "text", "p.md").text
    assert "Heading one" in text and "](" not in text
    for to in ("tree", "html", "markdown", "text"):
        assert case.ok("show", "-t", to, "p.md").text.endswith("\n")
    case.fails(2, "show", "-t", "pdf", "p.md", says=["pdf", "tree"])


def test_html_is_safe_unless_asked(case):
    case.write("x.md", '[a](javascript:alert(1))\n\n<script>alert(2)</script>\n\n<b onclick="x()">b</b>\n')
    safe = case.ok("show", "-t", "html", "x.md").text
    assert "javascript:" not in safe and "<script" not in safe and "onclick" not in safe
    unsafe = case.ok("show", "-t", "html", "--unsafe", "x.md").text
    assert "javascript:" in unsafe


def test_from_chooses_the_reader(case):
    case.write("x.md", "---\na: 1\n---\n<h2>T</h2>\n")
    assert show(case, "x.md")[0]["meta"] == {"a": 1}
    assert show(case, "x.md", "--from", "commonmark")[0]["meta"] is None
    assert show(case, "x.md", "--from=html")[0]["format"] == "html"
    assert show(case, "x.md", "--from", "text")[0]["format"] == "text"


def test_encodings(case):
    case.write("k.txt", "제목이 있는 글\n\n안녕하세요.\n".encode("euc-kr"))
    assert "안녕하세요" in case.ok("show", "-t", "text", "--encoding", "EUC-KR", "k.txt").text
    assert case.run("show", "k.txt").status == 0
    case.fails(2, "show", "--encoding", "NO-SUCH-CODE", "k.txt", says="NO-SUCH-CODE")


def test_data_bad_bytes(case):
    d = data(case, "invalid-utf8.md", warns="UTF-8")
    assert d["title"] and d["outline"] and d["links"]
    assert "Caf\u00e9" in json.dumps(data(case, "latin1.html"), ensure_ascii=False)
    data(case, "euc-kr.txt", warns="UTF-8")
    r = case.run("show", str(harness.DATA / "utf16.md"))
    assert r.status in (0, 1) and b"\0" not in r.out
    r = case.run("show", str(harness.DATA / "nul-bytes.md"))
    assert r.status == 0 and b"\0" not in r.out and r.json_lines()[0]["outline"]


def test_data_broken_front_matter(case):
    for name, words in [("broken-toml.md", "TOML"), ("broken-json.md", "JSON"), ("unclosed-yaml.md", ""),
                        ("unclosed-toml.md", ""), ("yaml-aliases.md", ""), ("yaml-cycle.md", "")]:
        d = data(case, name, warns=words)
        assert d["meta"] is None and headings(d), name
        assert d["diagnostics"][0]["severity"] == "warning"
    r = case.run("show", str(harness.DATA / "yaml-list.md"))
    (d,) = r.json_lines()
    assert r.status == 0 and d["meta"] is None and headings(d)


def test_data_little_or_nothing(case):
    for name in ("empty.md", "blank.md"):
        d = data(case, name)
        assert d["meta"] is None and d["title"] in ("", None) and d["outline"] == []
    r = case.run("show", str(harness.DATA / "fence-only.md"))
    assert r.status == 0 and r.json_lines()[0]["meta"] is None


def test_data_long_and_deep(case):
    for name, text in [("huge-line.md", "After the line."), ("deep-quotes.md", "After the quotations."),
                       ("deep-html.html", "After the boxes.")]:
        path = str(harness.DATA / name)
        r = case.run("show", path)
        assert r.status == 0, f"{name}: exit {r.status}: {r.errors}"
        assert text in case.run("show", "-t", "text", path).text, name
        for to in ("html", "markdown", "tree"):
            assert case.run("show", "-t", to, path).status == 0, (name, to)


def test_data_shapes(case):
    d = data(case, "unclosed.html")
    assert headings(d) and d["links"] and d["tables"]
    assert len(headings(data(case, "cr-only.md"))) == 2
    d = data(case, "no-suffix")
    assert len(headings(d)) == 1 and len(d["links"]) == 1 and d["format"] == "markdown"
    data(case, "controls.md")


def test_the_whole_folder_twice_gives_the_same_bytes(case):
    first = case.run("show", str(harness.DATA))
    second = case.run("show", str(harness.DATA))
    assert first.status == 0 and first.out == second.out and first.err == second.err


if __name__ == "__main__":
    harness.main()
