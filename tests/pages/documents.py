"""Documents for the page tests: hostile texts and addresses, and many or few
events.  Everything here is made up."""
import random

RUN = "window.ran=1"
SCRIPT = f"<script>{RUN}</script>"
ATTACKS = [
    SCRIPT,
    f"</script>{SCRIPT}",
    f"</title>{SCRIPT}",
    f"</style>{SCRIPT}",
    f"-->{SCRIPT}<!--",
    f"]]>{SCRIPT}<![CDATA[",
    f"</svg>{SCRIPT}<svg>",
    f'"><img src=x onerror={RUN}>',
    f"'><svg onload={RUN}>",
    f'" onmouseover="{RUN}" x="',
    f"' onfocus='{RUN}' autofocus='",
    f"` onclick=`{RUN}",
    f"<a href=\"javascript:{RUN}\">here</a>",
    f"<iframe srcdoc='{SCRIPT}'></iframe>",
    f"<style>*{{background:url(https://evil.example/)}}</style><base href=//evil.example/>",
    "<!-- ", "<![CDATA[", "&lt;b&gt; &#60;b&#62; &amp;amp; &quot;", "<", ">", '"', "'", "&", "\\", "{{ site.url }}", "{n} {all} %s %d %1",
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}",
    f" \t\njavascript:{RUN}",
    f"java\tscript:{RUN}",
    f"java\nscript:{RUN}",
    f"java&#115;cript:{RUN}",
    f"javascript&colon;{RUN}",
    f"java\u200bscript:{RUN}",
    f"\u0001javascript:{RUN}",
    f"\u202ejavascript:{RUN}",
    f"data:text/html,{SCRIPT}",
    f"data:image/svg+xml,<svg onload={RUN}>",
    f"vbscript:{RUN}",
    f"view-source:javascript:{RUN}",
    "file:///etc/passwd",
    "blob:https://evil.example/1",
    "//evil.example/x",
    "\\\\evil.example\\x",
    "/\\evil.example/x",
    f"https://ok.example/\" onmouseover=\"{RUN}",
    f"https://ok.example/?q='><script>{RUN}</script>",
    "https://ok.example/100%/%zz/[a]/한글/a b",
    "mailto:a@ok.example?subject=%22%3E",
    "tel:+82-2-123-4567",
    "#top", "../up/한글.html?a=1&b=2",
    "\u202egnp.exe\u202c", "\u2066\u2067\u2068 unclosed", "a\u202d b \u200f c",
    "control \u0007 \u009f \ufffe \uffff \ufdd0 \U0001fffe end",
    "각".encode().decode() + " \u1100\u1161\u11a8 e\u0301 decomposed \u0301 begins",
    "long " + "가나다라" * 200, "w" * 400, "👩‍👩‍👧‍👦 한국어 עברית العربية",
]


def hostile_document():
    """One document that puts the attacks where the plugins look."""
    lines = ["---", f"title: '{SCRIPT} 홍길동 특강'", f"author: '김보라\" onmouseover=\"{RUN}'", "date: 2024-05-01", "---", "",
             f"# `{SCRIPT}` 2024년 11월 30일", ""]
    for number, attack in enumerate(ATTACKS):
        code = " ".join(attack.replace("`", "'").split())
        lines += [f"## `{code}` {number}", "",
                  f"2024-{number % 12 + 1:02d}-{number % 28 + 1:02d}: `{code}` was announced by Jane Roe.", "",
                  f"**Jane Roe**: `{code}`", "",
                  f"[video](<{code.replace('<', '').replace('>', '')}>) ![Jane Roe 연사](<{code.replace('<', '').replace('>', '')}>)", "",
                  f"| time | talk | speaker |", "|---|---|---|",
                  f"| 10:00-10:{number % 60:02d} | `{code.replace('|', '')}` | Jane Roe |", ""]
    return "\n".join(lines)


def awkward_rows():
    """Texts that calendars and spreadsheets trip over."""
    texts = ["=1+1", "+82-2-123", "-1+2", "@SUM(A1:A2)", "＝cmd", "a,b;c\\d:e", 'say "hi", twice', "-12.5", "가" * 100, "x" * 300,
             "😀" * 60, "comma, semicolon; colon: backslash \\n", "👩‍👩‍👧‍👦" * 12, "é" * 74]
    lines = ["# Awkward", "", "| date | what |", "|---|---|"]
    lines += [f"| 2024-02-{number + 10:02d} | {text} |" for number, text in enumerate(texts)]
    lines += ["", "It ran from 2024-02-27 to 2024-03-02.", "", "From 2024-12-30 to 2025-01-01 the house was closed.", "",
              "On 2025-10-02 from 19:00 to 21:30 we met.", "", "The fair took place on 2024-02-29.", "", "## Jane Roe", "",
              "| speaker | talk |", "|---|---|"] + [f"| Jane Roe | {text} |" for text in texts]
    return "\n".join(lines) + "\n"


def many_events(count=110):
    numbers = random.Random(1)
    lines = ["# Log of a long project", ""]
    for i in range(count):
        y, m, d = numbers.randint(1998, 2024), numbers.randint(1, 12), numbers.randint(1, 28)
        till = f" to {y + 1}-{m:02d}-{d:02d}" if i % 7 == 0 else ""
        lines.append(f"- {y}-{m:02d}-{d:02d}{till}: event number {i} with some words about it")
    return "\n".join(lines) + "\n"


FEW_EVENTS = """# Garden club

The first planting was on 3 March 2025. The summer fair ran from 12 March 2025 to 20 March 2025.
The second planting was on 28 March 2025 in the rain, with all the new members and their watering cans.
Doors open at 10:20.
"""
