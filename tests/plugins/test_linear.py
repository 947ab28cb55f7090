#!/usr/bin/env python3
"""Documents of thousands of names or dates take time in proportion to them: names
with one first name, captions, links and strong words of one long paragraph, a
long description in the front matter.  Four times as many take about four times the processor time, never near the
sixteen times of a search that compares each with each.
"""
import pathlib
import resource
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))
from harness import QUERN, main  # noqa: E402

FEW, MANY, MOST_TIMES = 2000, 8000, 8


def family_name(number):
    """A made-up family name of four syllables, of its own for each number."""
    consonants, vowels, name = "bdfghklmnprst", "aeiou", ""
    for _ in range(4):
        number, consonant = divmod(number, len(consonants))
        name += consonants[consonant] + vowels[(number + consonant) % len(vowels)]
    return name.capitalize()


PEOPLE = {
    "parts": lambda n: "## Speakers\n\n" + "".join(f"- Jane {f}\n" for f in n)
    + "\n## More\n\n" + "".join(f"We met Mary Jane {f} there.\n\n" for f in n),
    "captions": lambda n: "".join(f"A talk by Emma {f}.\n\n![picture](p.png) caption {f}s\n\n" for f in n),
    "links": lambda n: " ".join(f"We thank [Emma {f}](https://github.com/{f}) there." for f in n),
    "headings": lambda n: "# Meetup\n\n" + "".join(f"### Emma {f}\n\nHow to cross the {f}\n\n" for f in n),
    "letters": lambda n: "".join(f"It is over. Cheers,\n\nEmma {f}\n\n" for f in n),
    "groups": lambda n: " ".join(f"Our team (Emma {f}, Otto {f}) won." for f in n),
    "strong": lambda n: " ".join(f"**A title of talks {f}** is what Emma {f} presented." for f in n),
}


def write_days(count, between=" "):
    return between.join(f"On June {i % 28 + 1} {1000 + i // 28} it was." for i in range(count))


def write_description(count):
    return "---\ndescription: " + write_days(count) + "\n---\n\nNo day.\n"


def seconds(plugin, path):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run([QUERN, "run", plugin, "--no-cache", "--time-limit", "200", "--memory-limit", "2G", "-j", "1", "-t",
                          "json", path], capture_output=True, timeout=280)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert run.returncode == 0 and run.stderr == b"", run.stderr.decode()
    return after.ru_utime - before.ru_utime, run.stdout


def check_linear(plugin, key, shape, write):
    """write gives the document of so many; each is to be in the output."""
    times = []
    with tempfile.TemporaryDirectory() as folder:
        for count in FEW, MANY:
            path = pathlib.Path(folder, f"{shape}.md")
            path.write_text(write(count), encoding="utf-8")
            spent, output = seconds(plugin, path)
            assert output.count(key) >= count, (shape, output.count(key), output[:200])
            times.append(spent)
    assert times[1] < MOST_TIMES * times[0], (shape, times)


def test_time_is_linear_in_the_names(_):
    for shape, write in PEOPLE.items():
        check_linear("speakers", b'"name"', shape,
                     lambda count, write=write: "# Meetup\n\n" + write([family_name(i) for i in range(count)]))


def test_time_is_linear_in_the_dates_of_the_front_matter(_):
    check_linear("timeline", b'"date"', "description", write_description)


def test_time_is_linear_in_what_would_be_dates_in_a_korean_text(_):
    for other in "(20/11/05)", "20/11/05 10:00":
        check_linear("timeline", b'"date"', "short", lambda count, other=other: write_days(count, f" {other} "))


if __name__ == "__main__":
    main()
