#!/usr/bin/env python3
"""Which dates of a document the timeline takes for the same thing told twice, and which year a list of months is in."""
import json
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))
from harness import QUERN, main  # noqa: E402


def dates(text):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "page.md"
        path.write_text(text, encoding="utf-8")
        command = [QUERN, "run", "timeline", "-t", "json", "--no-cache", path]
        done = subprocess.run(command, capture_output=True, timeout=60, check=True)
    return sorted(event["date"] for event in json.loads(done.stdout)["events"])


def test_the_same_year_of_two_people_is_told_twice(_):
    found = dates("# Awards\n\nMina Park teaches at the coast and has been a mentor since 2016. She likes boats.\n\n"
                  "Jon Reed works at a library. He has been a mentor since 2016. He likes trains.\n")
    assert found == ["2016/..", "2016/.."], found


def test_a_sentence_said_again_is_one(_):
    text = "The harbour meetup takes place on 30 November 2024 in Mokpo."
    assert dates(f"# Meetup\n\n{text}\n\n{text}\n") == ["2024-11-30"]


def test_the_order_of_day_and_month_is_that_of_the_other_dates(_):
    assert dates("# Log\n\n- 05/06/2024 start\n- 30/06/2024 end\n") == ["2024-06-05", "2024-06-30"]
    assert dates("# Log\n\n- 05/06/2024 start\n- 06/30/2024 end\n") == ["2024-05-06", "2024-06-30"]
    assert dates("# Log\n\n- 05/06/2024 (Wed) start\n") == ["2024-06-05"]


def test_names_with_a_year_do_not_set_the_year_of_the_months_below(_):
    found = dates("---\ndate: 2025-11-12\n---\n# 일정\n\n* 11월: DevFest 2025\n* 12월: 모두모임 2025\n* 1월: 바다모임\n* 3월: 봄모임\n")
    assert found == ["2025-11", "2025-11-12", "2025-12", "2026-01", "2026-03"], found


if __name__ == "__main__":
    main()
