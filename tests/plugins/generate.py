#!/usr/bin/env python3
"""Documents in the shapes of real ones, made from a seed: front matter of every
kind, prose in Korean and English, dates, names, tables, HTML cards, lists, odd
nesting, and then damage.  usage: generate.py SEED COUNT FOLDER

Nothing in them is true; they are for what must hold for any document.
"""
import json
import pathlib
import random
import sys

SURNAMES = "김 이 박 최 정 강 조 윤 Kim Petrov García O'Neil van Dijk Nguyễn".split()
GIVEN = "하늘 서준 지우 민서 도윤 Ana Mateo Linh Wei Zoë 나래 J.".split()
TITLES = ["님", " 교수", " 박사", " 대표", " 연구원", "", "", " (Haemil Lab)", ", PhD", "씨"]
NOUNS = "세미나 발표 모임 release workshop paper 논문 model 모델 서울 Busan dataset 스터디 hackathon 후기 벡터 index".split()
VERBS = "열었다 발표했다 gave presented 정리했습니다 opened wrote 만났어요 will meet 배웠다".split()
ROLES = "연사 발표자 speaker author 저자 진행 host organizer 멤버 member".split()
DATES = ["2024년 11월 30일", "2024-11-30", "Sept 30-01", "Q4 2026", "3rd of May", "4월 27일부터 5월 1일까지", "2018년 중순",
         "10:20 - 11:00", "14시 30분", "99/99/9999", "2024-02-30", "어제", "next Friday", "2023. 7. 8.", "'22", "0000-00-00",
         "3기", "v1.2.3", "arXiv:2401.01234", "2024", "Nov 30th, 2024 (Sat)", "11/30", "매주 화요일", "12월", "1e99", "2024-W07"]
ODD = ["\ufeff", "\u200b", "\u202e", "\u00a0", "e\u0301\u0301\u0301", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\ufffd", "ﷺ",
       "&nbsp;", "&#0;", "&bogus;", "&#x110000;", "%s%n", "$^.*", "\\", "`", "<", "|", "{{ page.url }}", "{% raw %}", "\t", "\x0b"]


class Maker:
    def __init__(self, seed):
        self.r = random.Random(seed)

    def one(self, *choices):
        return self.r.choice(choices)

    def name(self):
        return f"{self.r.choice(SURNAMES)}{self.one('', ' ')}{self.r.choice(GIVEN)}{self.r.choice(TITLES)}"

    def word(self):
        kind = self.r.random()
        if kind < 0.12:
            return self.name()
        if kind < 0.24:
            return self.r.choice(DATES)
        if kind < 0.29:
            return self.r.choice(ODD)
        if kind < 0.34:
            return self.inline()
        return self.r.choice(NOUNS + VERBS)

    def words(self, most=14):
        return " ".join(self.word() for _ in range(self.r.randint(1, most)))

    def sentence(self):
        return self.words() + self.one(".", "다.", "?", "!", "...", "", "요.", ".”")

    def url(self):
        return self.one("https://example.org/talk", "/posts/2024/x.html", "#section", "mailto:a@example.org", "javascript:alert(1)",
                        "", "https://youtu.be/abc", "a b.png", "https://예시.kr/경로?q=%20", "../up.md", "data:text/html,x")

    def inline(self):
        text = self.r.choice(NOUNS)
        return self.one(f"**{text}**", f"*{text}*", f"~~{text}~~", f"`{text}`", f"[{text}]({self.url()})", f"![{self.name()} 연사]({self.url()})",
                        f"<b>{text}</b>", f"<span class='x'>{text}", f"{text}[^1]", f"<{self.url()}>", f"**{text}", f"[{text}][ref]",
                        f"<img src=\"{self.url()}\" alt=\"{text}\">", "<br>", "<!-- note -->", f"***{text}** {text}*")

    def paragraph(self):
        return "\n".join(self.sentence() for _ in range(self.r.randint(1, 4)))

    def heading(self):
        level = self.r.randint(1, 6)
        return self.one("#" * level + " " + self.words(4), f"<h{level}>{self.words(4)}</h{level}>", self.words(3) + "\n===", self.words(3) + "\n---",
                        "#" * level, f"## {self.r.choice(ROLES)}: {self.name()}", f"### {self.r.choice(DATES)}")

    def list(self, depth=0):
        lines = []
        for i in range(self.r.randint(1, 4)):
            mark = self.one("-", "*", f"{i + 1}.", "- [ ]", "- [x]", "+")
            lines.append("  " * depth + f"{mark} {self.one(self.words(6), f'{self.r.choice(ROLES)}: {self.name()}', f'**{self.name()}**: {self.words(4)}')}")
            if depth < 4 and self.r.random() < 0.25:
                lines.append(self.list(depth + self.r.randint(1, 2)))
        return "\n".join(lines)

    def table(self):
        columns = self.r.randint(1, 4)
        def row():
            cells = columns + (self.r.randint(-1, 1) if self.r.random() < 0.2 else 0)
            return "| " + " | ".join(self.words(3).replace("\n", " ") for _ in range(cells)) + " |"
        if self.r.random() < 0.7:
            return "\n".join([row(), "|" + self.one("---|", ":-:|", "--:|") * columns] + [row() for _ in range(self.r.randint(0, 4))])
        rows = "".join(f"<tr><{self.one('td', 'th')} {self.one('', 'colspan=2', 'rowspan=99', 'colspan=-1')}>{self.words(3)}</td></tr>" for _ in range(3))
        return f"<table>{rows}{self.one('</table>', '')}"

    def card(self):
        return (f"<div class=\"card\">\n<img src='{self.url()}' alt='{self.name()} 연사'>\n<h3>{self.name()}</h3>\n"
                f"<p><strong>{self.name()}</strong> : {self.words(6)}</p>\n{self.one('</div>', '</div></div>', '')}")

    def quote(self):
        return "\n".join("> " * self.r.randint(1, 5) + self.sentence() for _ in range(self.r.randint(1, 3)))

    def odd_block(self):
        return self.one("---", "```lua\n" + self.words() + "\n```", "```\nnever closed", "    code", "[^1]: " + self.words(), "{: .note #id }",
                        "<details><summary>x</summary>\n\n" + self.sentence() + "\n\n</details>", "{% include a.html %}", "$$ x^2 $$",
                        "[ref]: " + (self.url() or "x"), "Term\n: " + self.words(4), "<script>alert('x')</script>", "<ul><li>a<li>b", "*" * 40,
                        "Q. " + self.sentence() + "\n\nA. " + self.sentence(), "<p>" * self.r.randint(1, 30), "![[]()" * 5, self.name())

    def block(self):
        return self.r.choice([self.paragraph] * 5 + [self.heading] * 3 + [self.list] * 2 + [self.table, self.card, self.quote, self.odd_block])()

    def meta(self):
        names = [self.name() for _ in range(self.r.randint(0, 3))]
        pairs = {"title": self.one(self.words(5), 2024, None, "", ["a"], True), "date": self.r.choice(DATES), "author": self.one(names, ", ".join(names), None),
                 "authors": [{"name": n, "url": self.url()} for n in names], "tags": self.one(["a", "b"], "a, b", 7, {}), "draft": self.one(True, "no", None),
                 "speakers": names, "layout": "post", "image": self.url(), "weight": self.one(1, -0.5, 10 ** 30)}
        keys = self.r.sample(sorted(pairs), self.r.randint(0, len(pairs)))
        return {k: pairs[k] for k in keys}

    def front_matter(self):
        meta, kind = self.meta(), self.r.random()
        if kind < 0.55:
            lines = [f"{k}: {json.dumps(v, ensure_ascii=False)}" if self.r.random() < 0.6 else f"{k}: {v}" for k, v in meta.items()]
            return "---\n" + "".join(line.replace("\n", " ") + "\n" for line in lines) + self.one("---\n", "---\n", "...\n")
        if kind < 0.65:
            lines = [f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in meta.items() if isinstance(v, (str, int)) and v is not None]
            return "+++\n" + "\n".join(lines) + "\n+++\n"
        if kind < 0.72:
            return json.dumps(meta, ensure_ascii=False, indent=self.one(None, 2)) + "\n"
        return self.one("", "", "---\n---\n", "---\ntitle: [\n---\n", "---\nnever closed\n")

    def damage(self, data):
        for _ in range(self.one(0, 0, 0, 1, 1, 3)):
            at = self.r.randrange(len(data) + 1)
            size = min(self.r.randint(1, 60), len(data) - at)
            data = self.one(data[:at], data[:at] + data[at + size:], data[:at] + data[at:at + size] * 3 + data[at:],
                            data[:at] + bytes([self.r.randrange(256)]) + data[at:], data.replace(b"\n", b"\r\n"),
                            data[at:] + data[:at], data[:at] + b"\n\n" + data[at:])
        return data

    def document(self):
        body = "\n\n".join(self.block() for _ in range(self.r.choice([0, 1, 2, 4, 6, 9])))
        return self.damage((self.front_matter() + body + self.one("\n", "")).encode())


def generate(seed, count, folder):
    folder = pathlib.Path(folder)
    for n in range(count):
        maker = Maker(f"{seed}/{n}")
        name = maker.one(f"{n:04}", f"2024-11-{n % 30 + 1:02}-{n}", f"글 {n}", f"people/{n}", f"a.b-{n}") + maker.one(".md", ".md", ".markdown", ".html", ".txt")
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(maker.document())


if __name__ == "__main__":
    generate(sys.argv[1], int(sys.argv[2]), sys.argv[3])
