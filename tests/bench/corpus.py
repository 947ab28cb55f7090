#!/usr/bin/env python3
"""Writes a corpus of Markdown documents.  usage: corpus.py FOLDER COUNT [SEED]

Sizes and shapes follow 5,635 documents of three real sites (half of them
Korean in part): median 0.5-1 KB, one in twenty over 4 KB, one in a hundred over
10 KB; headings, code, lists, links, raw HTML and tables as often as there.
The same seed gives the same bytes.
"""
import math
import os
import random
import sys

ENGLISH = ("the model data tensor batch output input function each value layer training document page talk meeting "
           "speaker session result time note paper code test build run index graph node file path line word open "
           "small large first last next new old fast slow").split()
KOREAN = "모델 데이터 문서 발표 모임 세션 학습 함수 결과 시간 파일 그래프 노드 코드 입력 출력 다음 처음 마지막 빠른 정리 예제 사용 설명 참고".split()


class Writer:
    def __init__(self, pick):
        self.pick = pick
        self.words = ENGLISH if pick.random() < 0.55 else KOREAN + ENGLISH[:12]

    def text(self, n):
        words = [self.pick.choice(self.words) for _ in range(n)]
        for i in range(len(words)):
            chance = self.pick.random()
            if chance < 0.01:
                words[i] = f"**{words[i]}**"
            elif chance < 0.02:
                words[i] = f"`{words[i]}()`"
            elif chance < 0.025:
                words[i] = f"[{words[i]}](https://example.org/{self.pick.randrange(10**6)})"
        return " ".join(words)

    def paragraph(self):
        return ". ".join(self.text(self.pick.randint(4, 18)) for _ in range(self.pick.randint(1, 4))) + "."

    def items(self):
        return "\n".join(f"- {self.text(self.pick.randint(2, 9))}" for _ in range(self.pick.randint(2, 6)))

    def code(self):
        lines = [f"    {a} = {b}({self.pick.randrange(100)})" for a, b in
                 (self.pick.sample(ENGLISH, 2) for _ in range(self.pick.randint(2, 8)))]
        return "```python\n" + "\n".join(lines) + "\n```"

    def html(self):
        return (f'<div class="box"><img src="/img/{self.pick.randrange(999)}.png" alt="{self.text(2)}">'
                f"<p>{self.text(8)}<br>{self.text(4)}</p></div>")

    def table(self):
        rows = "\n".join(f"| {self.text(1)} | {self.text(2)} |" for _ in range(self.pick.randint(2, 7)))
        return f"| name | what |\n|---|---|\n{rows}"

    def block(self):
        chance, size = self.pick.random(), 0.0
        for share, make in ((0.38, self.paragraph), (0.24, lambda: f"{'#' * self.pick.randint(2, 4)} {self.text(3)}"),
                            (0.22, self.code), (0.08, self.items), (0.06, self.html), (0.01, self.table),
                            (1, lambda: f"![{self.text(2)}](/img/{self.pick.randrange(999)}.png)")):
            size += share
            if chance < size:
                return make()
        return self.paragraph()

    def document(self):
        wanted = min(120_000, int(math.exp(self.pick.gauss(math.log(1000), 1.1))))
        parts, size = [], 0
        if self.pick.random() < 0.5:
            parts.append(f"---\ntitle: {self.text(4).replace('`', '').replace('*', '').replace('[', '')!r}\n"
                         f"date: 20{self.pick.randint(10, 25)}-0{self.pick.randint(1, 9)}-1{self.pick.randint(0, 9)}\n"
                         f"tags: [{self.pick.choice(ENGLISH)}, {self.pick.choice(ENGLISH)}]\n---")
        parts.append(f"# {self.text(4)}")
        while size < wanted:
            parts.append(self.block())
            size += len(parts[-1].encode()) + 2
        return "\n\n".join(parts) + "\n"


def make(folder, count, seed=1):
    pick = random.Random(seed)
    for i in range(count):
        sub = os.path.join(folder, f"{i // 500:03}")
        if i % 500 == 0:
            os.makedirs(sub, exist_ok=True)
        with open(os.path.join(sub, f"{i:06}.md"), "w", encoding="utf-8") as f:
            f.write(Writer(pick).document())


if __name__ == "__main__":
    make(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1)
