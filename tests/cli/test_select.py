#!/usr/bin/env python3
"""quern select: like grep, but over nodes."""
import re

import harness

PAGE = """# One

Text with [a link](https://example.org) and [another](http://example.org).

## Two *words*

- item
"""


# Something for every selector of the guide.
GUIDE = """# Intro {#intro}

{: .note .wide lang="en-US"}
A *b* **c** [l](http://a "t") ![p](p.jpg){: width="400"} text, the Call for Talks.

## Agenda

- x
- [ ] y
- [x] z

> *q*
>
> | only |
> |------|

# [L](u)

| a | b |
|---|---|
| 1 | ![](i.png) |
|   | 3 |

## T

| in |
|----|

1. [o](p)

![only](i)

### U

```lua
x
```

## Empty
"""


def set_up(case):
    case.write("a.md", PAGE)
    case.write("b.md", "# B\n")
    case.write("c.md", "text\n")


def test_text_has_path_and_line(case):
    set_up(case)
    assert case.ok("select", "heading", "a.md", "b.md", "c.md").text == "a.md:1: One\na.md:5: Two words\nb.md:1: B\n"
    assert case.ok("select", "heading[level>=2]", "a.md", "b.md").text == "a.md:5: Two words\n"
    assert case.ok("select", "link[url^=http]", "a.md").text == "a.md:3: a link\na.md:3: another\n"


def test_json_and_markdown(case):
    set_up(case)
    r = case.ok("select", "-t", "json", "link, heading", "a.md").json_lines()
    assert [(m["line"], m["text"], m["node"]["kind"]) for m in r] == \
        [(1, "One", "heading"), (3, "a link", "link"), (3, "another", "link"), (5, "Two words", "heading")]
    assert case.ok("select", "-t", "markdown", "heading", "a.md", "b.md").text == "# One\n\n## Two *words*\n\n# B\n"


def test_html_is_safe(case):
    set_up(case)
    case.write("d.md", "[x](javascript:alert) **b**\n")
    assert case.ok("select", "-t", "html", "heading[level=2], item", "a.md").text == \
        "<h2>Two <em>words</em></h2>\n<li>item</li>\n"
    assert case.ok("select", "-t", "html", "link, strong", "d.md").text == '<a href="">x</a>\n<strong>b</strong>\n'


def test_a_section_is_all_of_it(case):
    set_up(case)
    section = "section:has(> heading:contains('words'))"
    assert case.ok("select", section, "a.md").text == "a.md:5: Two words item\n"
    assert case.ok("select", "-t", "markdown", section, "a.md").text == "## Two *words*\n\n- item\n"
    assert case.ok("select", "-t", "markdown", "section", "a.md", "b.md").text == \
        PAGE + "\n## Two *words*\n\n- item\n\n# B\n"
    r = case.ok("select", "-t", "json", section, "a.md").json_lines()
    assert [n["kind"] for n in r[0]["section"]] == ["heading", "list"] and r[0]["line"] == 5
    assert case.ok("select", "-t", "html", section, "a.md").text.startswith("<h2>Two <em>words</em></h2>\n<ul>\n")
    assert case.ok("select", section + " item", "a.md").text == "a.md:7: item\n"


def test_folders_and_standard_input(case):
    set_up(case)
    assert case.ok("select", "-c", "heading", ".").text == "./a.md:2\n./b.md:1\n./c.md:0\n"
    r = case.run("select", "--from", "markdown", "heading:nth-of-type(2)", "-", stdin=PAGE.encode())
    assert r.status == 0 and r.text.endswith(":5: Two words\n"), r


def test_counts_and_paths(case):
    set_up(case)
    assert case.ok("select", "-c", "heading", "a.md", "b.md", "c.md").text == "a.md:2\nb.md:1\nc.md:0\n"
    assert case.ok("select", "-l", "heading", "a.md", "b.md", "c.md").text == "a.md\nb.md\n"


def test_nothing_found_and_wrong_selectors(case):
    set_up(case)
    r = case.run("select", "image", "a.md")
    assert (r.status, r.out, r.err) == (1, b"", b"")
    case.fails(2, "select", "heading[level", "a.md", says="heading[level:1:")
    case.fails(2, "select", "heading", says="no document")
    case.fails(2, "select", says="no selector")
    case.fails(2, "select", "-t", "csv", "heading", "a.md", says="csv")
    case.fails(2, "select", "heading:frist-child", "a.md", says=":1:8: error: there is no \":frist-child\"; did you mean")
    for options in ([], ["-c"], ["-l"], ["-t", "json"], ["-t", "markdown"], ["-t", "html"]):
        assert case.run("select", *options, "image", "a.md", "b.md").status == 1, options
    r = case.fails(1, "select", "heading", "missing.md", "b.md", says="missing.md")
    assert r.text == "b.md:1: B\n"


def test_the_selectors_of_the_guide(case):
    guide = (harness.ROOT / "plugins/README.md").read_text()
    table = guide.split("### Selectors")[1].split("A match of `section`")[0]
    cells = [line.split(" | ")[0] for line in table.splitlines() if line.startswith("| `")]
    selectors = [s.replace("\\|", "|") for cell in cells for s in re.findall(r"`([^`]+)`", cell)]
    assert len(selectors) > 40, selectors
    case.write("all.md", GUIDE)
    for selector in selectors:
        assert case.run("select", selector, "all.md").status == 0, selector


if __name__ == "__main__":
    harness.main()
