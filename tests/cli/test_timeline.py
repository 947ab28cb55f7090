#!/usr/bin/env python3
"""The timeline of whole documents: what is one event and what are two, and days that only their place makes sure."""
import harness


def dates_of(case, text, name="a.md"):
    case.write(name, text)
    r = case.run("run", "timeline", "-t", "json", name)
    return [e["date"] for e in r.json_lines()[0]["events"]]


CARD = '<div class="card"><p class="name">{}</p><p class="role">Full time, Fall 2025~</p></div>\n'


def test_the_same_line_of_two_cards_is_two_events(case):
    cards = "<div>\n" + CARD.format("Ada Roe") + CARD.format("Bo Lee") + "</div>\n"
    assert dates_of(case, "# Members\n\n" + cards) == ["2025-23/..", "2025-23/.."]
    assert dates_of(case, "# Members\n\nFull time, Fall 2025~\n\nText.\n\nFull time, Fall 2025~\n") == ["2025-23/.."]


def test_two_headings_of_one_name_are_two_events(case):
    text = "# News\n\n## Paper accepted (September 2023)\n\nOne.\n\n## Paper accepted (September 2023)\n\nTwo.\n"
    assert dates_of(case, text) == ["2023-09", "2023-09"]
    text = "# Meetup of 3 May 2023\n\n# Meetup of 3 May 2023\n\nText.\n"
    assert dates_of(case, text) == ["2023-05-03"]


def test_eight_digits_alone_are_a_day_where_days_are_listed(case):
    text = "# Study\n\n- 20240105 : one\n- 20240112\n    - part\n- 20240119-20\n    - part\n"
    assert dates_of(case, text) == ["2024-01-05", "2024-01-12", "2024-01-19/2024-01-20"]
    table = "| {} | name |\n|---|---|\n| 20240105 | Ada |\n"
    assert dates_of(case, table.format("date")) == ["2024-01-05"]
    assert dates_of(case, table.format("학번")) == []
    assert dates_of(case, "The number is\n\n20240105\n\nand no more.\n") == []


def test_a_weekday_refutes_the_year_named_before(case):
    text = "In 2018 it began.\n\n## Workshop\n\nCome join us Thursday, October 29 at 11am.\n"
    assert dates_of(case, text) == ["2018", "2020-10-29T11:00"]


if __name__ == "__main__":
    harness.main()
