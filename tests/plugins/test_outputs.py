#!/usr/bin/env python3
"""What the inventory plugins write is read back by parsers that are not ours."""
import base64
import csv
import hashlib
import html.parser
import io
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse
import xml.dom.minidom

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))
from harness import QUERN, ROOT, main  # noqa: E402

NOW = "2025-12-01T09:00:00Z"


def run(*args):
    r = subprocess.run([QUERN, "run", *args, "--now", NOW], cwd=ROOT, capture_output=True, timeout=120)
    assert r.returncode == 0, f"{args}: exit {r.returncode}: {r.stderr.decode()}"
    return r.stdout.decode()


def documents(folder, **texts):
    for name, text in texts.items():
        path = pathlib.Path(folder) / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_csv_tables_have_as_many_cells_as_columns(_):
    for plugin in ("links", "images", "stats"):
        rows = list(csv.reader(io.StringIO(run(plugin, "-t", "csv", "content"), newline=""), strict=True))
        assert len(rows) > 10 and len({len(row) for row in rows}) == 1, plugin


def test_stats_add_up(_):
    stats = json.loads(run("stats", "-t", "json", "content"))
    for key in ("words", "characters", "headings", "links", "images", "seconds"):
        assert stats["total"][key] == sum(d[key] for d in stats["documents"]), key


def test_links_inside_the_documents_are_checked(_):
    with tempfile.TemporaryDirectory() as folder:
        documents(folder, a_md="# One two\n\n[x](#one-two) [y](#no) [z](b/c.md#hier) [w](b/d.md) [v](pic.png)\n",
                  b__c_md='<a id="hier"></a>\n\n[up](../a.md#one-two) [far](../a.md#three)\n')
        links = json.loads(run("links", "-t", "json", folder))
        assert [link["href"] for link in links["broken"]] == ["#no", "b/d.md", "../a.md#three"]
        assert all(link["line"] == 3 for link in links["broken"])
        assert {link["href"]: link["status"] for link in links["links"]}["pic.png"] == "unchecked"


def test_images_without_a_text_are_found(_):
    with tempfile.TemporaryDirectory() as folder:
        documents(folder, a_md="![](a.png) ![a cat](b.png) ![IMG_1.jpg](c.png)\n\n<img src=d.png role=presentation>\n")
        images = json.loads(run("images", "-t", "json", folder))
        assert [i["src"] for i in images["images"] if i["problem"]] == ["a.png", "c.png"]
        assert images["problems"] == 2


def test_feed_is_atom_and_its_ids_last(_):
    with tempfile.TemporaryDirectory() as folder:
        documents(folder, a_md="---\ntitle: A < B & \"C\"\ndate: 2024-02-03 10:00:00 +0900\n---\nThe text of the first ]]> one.\n",
                  b_md="---\ndate: 2024-05-06\n---\n# Later\n", c_md="# Undated\n")
        text = run("feed", "-s", "base_url=https://me.example", "-s", f"root={folder}", folder)
        feed = xml.dom.minidom.parseString(text)
        entries = feed.getElementsByTagName("entry")

        def of(entry, tag):
            return entry.getElementsByTagName(tag)[0].firstChild.data
        assert [of(e, "title") for e in entries] == ["Later", 'A < B & "C"']
        assert [of(e, "id") for e in entries] == ["tag:me.example,2024-01-01:b.md", "tag:me.example,2024-01-01:a.md"]
        assert of(entries[1], "updated") == "2024-02-03T10:00:00+09:00"
        assert entries[1].getElementsByTagName("link")[0].getAttribute("href") == "https://me.example/a.html"
        assert len(xml.dom.minidom.parseString(run("feed", "-s", "undated=true", folder)).getElementsByTagName("entry")) == 3


def test_search_index_points_to_words(_):
    with tempfile.TemporaryDirectory() as folder:
        documents(folder, a_md="# Streams\n\nStreams end. 스트림을 본다.\n", b_md="---\ntitle: \"an </script> end\"\n---\nSTREAMS\n")
        index = json.loads(run("search", "-t", "json", folder))
        assert [d["title"] for d in index["documents"]] == ["Streams", "an </script> end"]
        (first, second) = index["terms"]["streams"]
        assert first[0] == 0 and first[2:] == [1, 2] and second[0] == 1 and first[1] > second[1]
        assert "스트림을" in index["terms"]


def test_search_page_allows_its_own_script_and_no_other(_):
    page = run("search", "-t", "html", "content")
    nonces = re.findall(r"<script[^>]* nonce=\"(\w+)\">", page)
    assert len(nonces) == page.count("<script") == 2 and set(nonces) == {re.search(r"script-src 'nonce-(\w+)'", page).group(1)}
    data = re.search(r'<script type="application/json" id="data" nonce="\w+">(.*?)</script>', page, re.S).group(1)
    assert len(json.loads(data)["documents"]) > 10


class Links(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        href = dict(attributes).get("href", "")
        if tag == "a" and href and not re.match(r"[a-z]+:|/|#", href):
            self.found.append(urllib.parse.unquote(href.split("#")[0]))


def test_site_links_lead_to_its_own_pages(_):
    with tempfile.TemporaryDirectory() as folder:
        texts = {"a_md": "---\nauthor: Kim Hana\ndate: 2024-01-02\n---\n# A\n\n[b](x/y/b.md#t) ![p](p.png) {{ x }}\n",
                 "x__y__b_md": "# T\n\n[a](../../a.md) [c](<c d.txt>)\n", "x__y__c d_txt": "On 5 March 2023 it began.\n"}
        documents(folder, **texts)
        run("site", "-o", f"{folder}/out/", f"{folder}/a.md", f"{folder}/x")
        pages = sorted((pathlib.Path(folder) / "out").rglob("*.html"))
        assert len(pages) == 1 + 3 + 1 + 2, pages
        for page in pages:
            links = Links()
            links.feed(page.read_text(encoding="utf-8"))
            assert links.found, page
            for href in links.found:
                assert (page.parent / href).is_file(), f"{page}: {href}"


if __name__ == "__main__":
    main()
