#!/usr/bin/env python3
"""Writes a corpus of Markdown documents.  usage: corpus.py FOLDER COUNT [SEED]

Sizes and shapes follow 24,690 documents of 211 public repositories (blogs,
recaps, notes, documentation, member pages; three in ten of them Korean): SIZES
and SHARES below are what was counted there, with no repository counted more
than 200 times.  The same seed gives the same bytes.
"""
import math
import os
import random
import sys

ENGLISH = ("the model data tensor batch output input function each value layer training document page talk meeting "
           "speaker session result time note paper code test build run index graph node file path line word open "
           "small large first last next new old fast slow").split()
KOREAN = "모델 데이터 문서 발표 모임 세션 학습 함수 결과 시간 파일 그래프 노드 코드 입력 출력 다음 처음 마지막 빠른 정리 예제 사용 설명 참고".split()

# Bytes of a document: there the median is 1.6 KB, one in ten over 11.7 KB, one in a hundred over 47 KB, the mean
# 4.8 KB.  Here the median is kept at 1 KB, as of many small documents, with the same tail: mean 4 KB.
MEDIAN, SPREAD, LARGEST = 1000, 1.65, 400_000

# The share of documents that may have each of these; a short one may come out without.  Of those that are made 0.34 have
# HTML, 0.15 templates, 0.05 link definitions and 0.01 footnotes, as there.
FRONT_MATTER, HAS_KOREAN, HAS_HTML, HAS_TEMPLATES, HAS_DEFINITIONS, HAS_CRLF, HAS_FOOTNOTES = 0.68, 0.3, 0.65, 0.28, 0.07, 0.038, 0.035

# Blocks, each with its share; of HTML in the documents that have any, whose tags are 2 in a KB (median), 16 (one in ten).
BLOCKS = (("heading", 0.205), ("items", 0.157), ("code", 0.063), ("image", 0.029), ("quote", 0.02), ("table", 0.006))

# Marks in a KB of text: links, strong, code, emphasis, bare addresses, tags.  Words are some six bytes.
MARKS = (("link", 1.5), ("code", 1.4), ("strong", 0.85), ("emph", 0.24), ("address", 0.2), ("tag", 0.3))
WORDS_PER_KB = 170


class Writer:
    def __init__(self, pick):
        self.pick = pick
        self.words = KOREAN + ENGLISH[:12] if pick.random() < HAS_KOREAN else ENGLISH
        # a few documents have most of the HTML
        self.html_share = min(0.7, pick.lognormvariate(math.log(0.045), 1.1)) if pick.random() < HAS_HTML else 0.0
        self.template_share = 0.25 if pick.random() < HAS_TEMPLATES else 0.0
        self.definitions = [] if pick.random() < HAS_DEFINITIONS else None
        self.footnotes = pick.random() < HAS_FOOTNOTES
        # lines are folded in some documents, sentences or whole paragraphs stand on one line in others
        self.fold = pick.choice((12, 12, 16, 30, 0, 0))

    def number(self):
        return self.pick.randrange(10**6)

    def mark(self, word):
        chance = self.pick.random() * WORDS_PER_KB
        for name, share in MARKS:
            chance -= share
            if chance < 0:
                return getattr(self, f"mark_{name}")(word)
        return word

    def mark_link(self, word):
        if self.definitions is not None:
            self.definitions.append(f"[{word} {len(self.definitions)}]: https://example.org/{self.number()}")
            return f"[{word} {len(self.definitions) - 1}]"
        return f"[{word}](https://example.org/{self.number()})"

    def mark_code(self, word):
        return f"`{word}()`"

    def mark_strong(self, word):
        return f"**{word}**"

    def mark_emph(self, word):
        return f"*{word}*"

    def mark_address(self, _word):
        return f"https://example.org/{self.number()}"

    def mark_tag(self, word):
        return f"<b>{word}</b>" if self.html_share else word

    def text(self, n, fold=0):
        words = [self.mark(self.pick.choice(self.words)) for _ in range(n)]
        lines = [words[i:i + fold] for i in range(0, n, fold)] if fold else [words]
        return "\n".join(" ".join(line) for line in lines)

    def plain(self, n):
        return " ".join(self.pick.choice(self.words) for _ in range(n))

    def length(self, median, spread=0.8):
        return max(1, min(40 * median, int(self.pick.lognormvariate(math.log(median), spread))))

    def paragraph(self):
        out = self.text(self.length(24), self.fold) + "."
        if self.pick.random() < self.template_share:
            out += f" {{{{ site.{self.pick.choice(ENGLISH)} }}}}"
        if self.footnotes and self.pick.random() < 0.1:
            out += f"[^{self.number()}]"
        return out

    def heading(self):
        return f"{'#' * self.pick.choice((2, 2, 3, 3, 3, 4))} {self.text(self.pick.randint(2, 7))}"

    def items(self):
        mark = self.pick.choice(("- ", "- ", "* ", "1. "))
        out = []
        for _ in range(self.length(2, 1.0)):
            out.append(mark + self.text(self.length(8)))
            if self.pick.random() < 0.12:
                out.append(" " * len(mark) + "- " + self.text(self.length(7)))
        return "\n".join(out)

    def code(self):
        lines = [f"    {a} = {b}({self.pick.randrange(100)})" for a, b in
                 (self.pick.sample(ENGLISH, 2) for _ in range(self.length(8, 1.0)))]
        return "```python\n" + "\n".join(lines) + "\n```"

    def quote(self):
        return "> " + self.text(self.length(18), self.fold).replace("\n", "\n> ")

    def image(self):
        return f"![{self.plain(3)}](/images/{self.plain(2).replace(' ', '/')}/{self.number()}.png)"

    def table(self):
        rows = "\n".join(f"| {self.text(1)} | {self.text(6)} | {self.text(2)} |" for _ in range(self.length(8)))
        return f"| name | what | when |\n|---|---|---|\n{rows}"

    def html(self):
        chance = self.pick.random()
        if chance < 0.35:
            return self.pick.choice(("<br>", "<br/>", "<!-- more -->", "</div>", '<div class="row">', "<hr>"))
        if chance < 0.6:
            return f'<img src="/images/{self.number()}.png" alt="{self.plain(2)}" width="{self.pick.randrange(900)}">'
        if chance < 0.75:
            cells = "".join(f"<tr><td>{self.plain(4)}</td><td>{self.plain(16)}</td></tr>\n" for _ in range(self.length(8)))
            return f"<table>\n{cells}</table>"
        return (f'<div class="box" style="margin: 0 auto">\n<a href="https://example.org/{self.number()}"><img '
                f'src="/img/{self.number()}.png" alt="{self.plain(2)}"></a>\n'
                f"<p>{self.plain(self.length(40))}<br>{self.plain(4)}&nbsp;</p>\n</div>")

    def block(self):
        if self.pick.random() < self.html_share:
            return self.html()
        chance = self.pick.random()
        for name, share in BLOCKS:
            chance -= share
            if chance < 0:
                return getattr(self, name)()
        return self.paragraph()

    def front_matter(self):
        lines = [f"title: {self.plain(4)!r}",
                 f"date: 20{self.pick.randint(10, 25)}-0{self.pick.randint(1, 9)}-1{self.pick.randint(0, 9)}",
                 f"layout: {self.pick.choice(('post', 'page', 'default'))}"]
        if self.pick.random() < 0.5:
            lines.append(f"tags: [{self.pick.choice(ENGLISH)}, {self.pick.choice(ENGLISH)}]")
        for _ in range(self.length(2, 1.0) - 1):
            lines.append(f"{self.pick.choice(ENGLISH)}_{len(lines)}: {self.plain(self.pick.randint(1, 5))}")
        return "---\n" + "\n".join(lines) + "\n---"

    def document(self):
        wanted = min(LARGEST, int(self.pick.lognormvariate(math.log(MEDIAN), SPREAD)))
        parts = [self.front_matter()] if self.pick.random() < FRONT_MATTER else [f"# {self.text(4)}"]
        size = len(parts[0].encode()) + 2
        while size < wanted or len(parts) < 2:
            parts.append(self.block())
            size += len(parts[-1].encode()) + 2
        if self.definitions:
            parts.append("\n".join(self.definitions))
        out = "\n\n".join(parts) + "\n"
        if self.footnotes:
            out += "".join(f"\n[^{part.split(']')[0]}]: {self.plain(9)}\n" for part in out.split("[^")[1:])
        return out.replace("\n", "\r\n") if self.pick.random() < HAS_CRLF else out


def make(folder, count, seed=1):
    pick = random.Random(seed)
    for i in range(count):
        sub = os.path.join(folder, f"{i // 500:03}")
        if i % 500 == 0:
            os.makedirs(sub, exist_ok=True)
        with open(os.path.join(sub, f"{i:06}.md"), "w", encoding="utf-8", newline="") as f:
            f.write(Writer(pick).document())


if __name__ == "__main__":
    make(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1)
