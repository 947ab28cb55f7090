#!/usr/bin/env python3
""".quernignore: what a walk through folders leaves out, as gitignore(5) says."""
import os
import random
import signal
import subprocess
import time

import harness
from harness import Skip
from processes import wait_until


def walked(case, *arguments):
    return [d["path"] for d in case.ok("show", *arguments).json_lines()]


def tree(case, *names):
    for name in names:
        case.write(name, "# A\n")


def test_the_rules(case):
    tree(case, "d/a.md", "d/draft.md", "d/old/b.md", "d/old/keep.md", "d/sub/old/c.md", "d/sub/draft.md", "d/sub/x/y/z.md",
         "d/#1.md", "d/!2.md", "d/한글.md", "d/end ")
    everything = walked(case, "d")
    assert len(everything) == 10
    cases = {
        "": everything,
        "# a comment\n\n   \n": everything,
        "draft.md": [p for p in everything if "draft" not in p],
        "/draft.md\r\n": [p for p in everything if p != "d/draft.md"],
        "old/": [p for p in everything if "old" not in p],
        "draft.md/": everything,
        "old/*\n!keep.md": [p for p in everything if p != "d/old/b.md"],
        "old\n!keep.md": [p for p in everything if "old" not in p],
        "*\n!a.md": ["d/a.md"],
        "sub/**/z.md": [p for p in everything if "z.md" not in p],
        "sub/old": [p for p in everything if "sub/old" not in p],
        "*/old": [p for p in everything if "sub/old" not in p],
        "\\#1.md\n\\!2.md": [p for p in everything if p not in ("d/#1.md", "d/!2.md")],
        "[!a]*.md": ["d/a.md"],
        "한*": [p for p in everything if "한글" not in p],
        "a.md   \nsub\\ ": [p for p in everything if p != "d/a.md"],
        "\ufeffa.md": [p for p in everything if p != "d/a.md"],
    }
    for rules, wanted in cases.items():
        case.write("d/.quernignore", rules)
        assert walked(case, "d") == wanted, (rules, walked(case, "d"))


def test_inner_files_say_more_than_outer_ones(case):
    tree(case, "d/a.md", "d/b.md", "d/sub/a.md", "d/sub/b.md", "d/sub/deep/a.md", "d/sub/deep/b.md")
    case.write("d/.quernignore", "a.md\n")
    case.write("d/sub/.quernignore", "!a.md\n/b.md\n")
    assert walked(case, "d") == ["d/b.md", "d/sub/a.md", "d/sub/deep/a.md", "d/sub/deep/b.md"]
    # A walk that begins further in knows nothing of what is above, and a file that is named is meant.
    assert walked(case, "d/sub/deep") == ["d/sub/deep/a.md", "d/sub/deep/b.md"]
    assert walked(case, "d/a.md", "d/sub/b.md") == ["d/a.md", "d/sub/b.md"]
    assert walked(case, "d", "--include", "a.*") == ["d/sub/a.md", "d/sub/deep/a.md"]
    assert walked(case, "d", "--exclude", "sub") == ["d/b.md"]


def test_other_programs_files_are_not_read(case):
    tree(case, "d/a.md", "d/b.md")
    for name in ".gitignore", ".ignore":
        case.write(f"d/{name}", "a.md\n")
    assert walked(case, "d") == ["d/a.md", "d/b.md"]


def test_a_file_of_rules_that_cannot_be_read_opens_nothing(case):
    tree(case, "d/a.md", "d/s/b.md")
    os.mkdir(case.folder / "d/s/.quernignore")
    r = case.fails(1, "show", "d", says="d/s/.quernignore: error:")
    assert [d["path"] for d in r.json_lines()] == ["d/a.md"]
    os.rmdir(case.folder / "d/s/.quernignore")
    case.write("d/s/.quernignore", "#" * 2_000_000)
    case.fails(1, "show", "d", says="d/s/.quernignore: error:")
    if not harness.IS_ROOT:
        case.write("d/s/.quernignore", "x")
        os.chmod(case.folder / "d/s/.quernignore", 0)
        case.fails(1, "show", "d", says="d/s/.quernignore: error: permission denied")


def test_changed_rules_are_seen_by_a_run_that_watches(case):
    tree(case, "d/a.md", "d/b.md")
    case.plugin("p", 'map = function(doc) return doc.path end,')
    p = case.start("run", "p", "d", "--watch", "-o", "out.txt")
    try:
        wait_until(lambda: case.exists("out.txt") and len(case.read("out.txt").splitlines()) == 2)
        time.sleep(0.2)
        case.write("d/.quernignore", "b.md\n")
        wait_until(lambda: len(case.read("out.txt").splitlines()) == 1)
    finally:
        p.send_signal(signal.SIGINT)
        p.communicate(timeout=20)


def test_many_folders_and_rules_take_no_long_time(case):
    for i in range(300):
        case.write(f"d/{i:03}/{i}.md", "# A\n")
    case.write("d/.quernignore", "".join(f"*a*b*c*{i}?/**/x\n" for i in range(20000)) + "1*.md\n")
    began = os.times()
    assert len(walked(case, "d")) == 300 - 111
    used = os.times()
    assert used.children_user - began.children_user < 10


# ---------------------------------------------------------------------- git

PIECES = ["a", "b", "c.md", "*", "?", "**", "/", "/", "/", "[ab]", "[!a]", "[a-c]", "*.md", "\\", "!", " ", "#", "x", "["]
NAMES = ["a", "b", "c", "x", "ab", "ba", "c.md", "a.md", "x.md", "a b.md", "#x.md", "!a.md", "xab"]


def git_says(case, paths):
    """Of each path whether git leaves it out."""
    r = subprocess.run(["git", "check-ignore", "--no-index", "-z", "--stdin"], cwd=case.folder / "d",
                       input=b"\0".join(os.fsencode(p) for p in paths) + b"\0", stdout=subprocess.PIPE, check=False)
    return {os.fsdecode(p) for p in r.stdout.split(b"\0") if p}


def test_rules_mean_what_they_mean_to_git(case):
    try:
        subprocess.run(["git", "init", "-q", case.folder / "d"], check=True)
    except FileNotFoundError:
        raise Skip("git is not installed")
    r = random.Random(20)
    paths = set()
    for _ in range(60):
        folders = [r.choice(NAMES) for _ in range(r.randrange(4))]
        paths.add("/".join([*[f.removesuffix(".md") + "_" * f.endswith(".md") for f in folders], r.choice(NAMES[6:12])]))
    paths = sorted(paths)
    tree(case, *[f"d/{p}" for p in paths])
    folders = sorted({os.path.dirname(p) for p in paths})
    case.plugin("p", 'map = function(doc) return true end,', formats='"json"')
    compared = 0
    for _ in range(150):
        for folder in ["", *r.sample(folders, 2)]:
            rules = "".join(("!" * (r.random() < 0.2)) + "".join(r.choice(PIECES) for _ in range(r.randrange(1, 6))) + "\n"
                            for _ in range(r.randrange(1, 5)))
            for name in ".gitignore", ".quernignore":
                case.write(os.path.join("d", folder, name), rules)
        ignored = git_says(case, paths)
        mine = {d["path"].removeprefix("d/") for d in case.ok("run", "p", "d", "-j1", "--no-cache").json_lines()}
        assert mine == set(paths) - ignored, (mine ^ (set(paths) - ignored))
        compared += 0 < len(ignored) < len(paths)
        for folder in folders:
            for name in ".gitignore", ".quernignore":
                if case.exists(os.path.join("d", folder, name)):
                    os.unlink(case.folder / "d" / folder / name)
    assert compared > 40, compared


if __name__ == "__main__":
    harness.main()
