#!/usr/bin/env python3
"""Arguments: help, version, wrong options with suggestions, mixed and bundled forms."""
import json
import os
import subprocess

import harness

COUNT = "map = function(doc, opts, out) return 1 end,\n" \
        "render = function(results, opts, out) return opts.to .. ' ' .. #results .. ' ' .. opts.now .. '\\n' end"


def with_count(case):
    case.plugin("count", COUNT)
    case.write("a.md", "# A\n")


def test_help_and_version_go_to_standard_output(case):
    assert case.ok("--version").text == "quern 0.1.0\n"
    everything = case.ok("--help").text
    for command in ("run", "show", "list", "help"):
        assert f"quern {command}" in everything
        own = case.ok(command, "--help").text
        assert f"usage: quern {command}" in own
        assert own == case.ok("help", command).text
    assert everything == case.ok("help").text == case.ok("-h").text


def test_no_command_is_wrong_usage(case):
    case.fails(2, says="no command")


def test_unknown_commands_get_a_suggestion(case):
    case.fails(2, "shwo", "a.md", says=["shwo", "did you mean quern show?"])
    case.fails(2, "rum", says="quern run")
    case.fails(2, "help", "lits", says="list")
    r = case.fails(2, "zzzzzzzz", says="quern --help")
    assert "did you mean" not in r.errors


def test_unknown_options_get_a_suggestion(case):
    case.fails(2, "run", "count", "a.md", "--ouput", "x", says=["--ouput", "did you mean --output?"])
    case.fails(2, "show", "--form=html", "a.md", says="did you mean --from?")
    case.fails(2, "show", "-Z", "a.md", says="-Z")
    case.fails(2, "show", "--fail-fast", "a.md", says="--fail-fast")
    case.fails(2, "--frobnicate", says="--frobnicate")


def test_options_that_lack_or_do_not_take_a_value(case):
    case.fails(2, "show", "a.md", "-t", says=["--to needs a value", "write --to FORMAT"])
    case.fails(2, "show", "a.md", "--unsafe=yes", says="--unsafe takes no value")
    case.fails(2, "show", "-t=json", "a.md", says=["-t", "--to=FORMAT"])


def test_wrong_values_name_option_value_and_what_is_allowed(case):
    with_count(case)
    for option, value, hint in [("--jobs", "0", "1024"), ("--jobs", "two", "1024"), ("-j", "-1", "1024"),
                                ("--from", "latex", "commonmark"), ("--from", "markdown-tablez", "tables"), ("--time-limit", "0", "seconds"),
                                ("--time-limit", "nan", "seconds"), ("--time-limit", "2x", "seconds"),
                                ("--memory-limit", "12Q", "64M"), ("--memory-limit", "0", "64M"),
                                ("--memory-limit", "99999999999G", "64M"), ("--progress", "maybe", "always"),
                                ("--diagnostics", "xml", "json"), ("--encoding", "NO-SUCH", "encoding")]:
        case.fails(2, "run", "count", "a.md", option, value, says=[value, hint])


def test_now_is_an_instant(case):
    with_count(case)
    for text, utc in [("2024-11-30T10:20:30Z", "2024-11-30T10:20:30Z"), ("2024-11-30T10:20Z", "2024-11-30T10:20:00Z"),
                      ("2024-03-01T00:30:00+09:00", "2024-02-29T15:30:00Z"), ("2024-02-29", "2024-02-29T00:00:00Z"),
                      ("1969-12-31T23:59:59.25Z", "1969-12-31T23:59:59Z"), ("0001-01-01", "0001-01-01T00:00:00Z"),
                      ("9999-12-31T23:59:59-00:00", "9999-12-31T23:59:59Z"), ("1600-03-01", "1600-03-01T00:00:00Z")]:
        assert case.ok("run", "count", "a.md", "--now", text).text == f"text 1 {utc}\n", text
    for text in ["now", "2024-02-30", "2023-02-29", "2024-13-01", "2024-11-30T24:00Z", "2024-11-30T10:20", "",
                 "2024-11-30T10:20:00ZZ", "20241130", "0001-01-01T00:00+01:00", "2024-11-30T10:20:00.Z"]:
        case.fails(2, "run", "count", "a.md", "--now", text, says=["--now", "ISO 8601"])


def test_the_clock_gives_the_second_of_the_run(case):
    with_count(case)
    instant = case.ok("run", "count", "a.md").text.split()[2]
    assert len(instant) == 20 and instant.endswith("Z") and instant > "2024", instant


def test_options_and_operands_mix(case):
    with_count(case)
    now = "--now=2024-01-01T00:00:00Z"
    want = case.ok("run", "count", "a.md", "-t", "json", now).text
    assert want.startswith("json 1 ")
    for args in [("-t", "json", "count", now, "a.md"), (now, "-tjson", "count", "a.md"),
                 ("count", "--to=json", now, "a.md"), (now, "--to", "json", "count", "--", "a.md"),
                 ("count", "-j4", now, "a.md", "-t", "text", "-tjson"), ("--no-cache", "-j", "2", now, "-tjson",
                                                                         "count", "a.md")]:
        assert case.ok("run", *args).text == want, args


def test_two_dashes_end_the_options(case):
    with_count(case)
    case.write("-t", "# odd\n")
    case.write("--help", "# odder\n")
    assert case.ok("run", "count", "--", "-t", "--help").text.startswith("text 2 ")
    assert case.ok("run", "count", "./-t").text.startswith("text 1 ")


def test_what_is_missing_is_said(case):
    with_count(case)
    case.fails(2, "run", says="no plugin")
    case.fails(2, "run", "count", says="no document")
    case.fails(2, "show", says="no document")
    case.fails(2, "list", "extra", says="extra")


def test_memory_and_time_limits_are_accepted(case):
    with_count(case)
    for value in ("67108864", "65536K", "64M", "64MiB", "1G", "64m"):
        case.ok("run", "count", "a.md", "--memory-limit", value, "--time-limit", "0.5")


def test_progress_is_for_people(case):
    with_count(case)
    want = case.ok("run", "count", "a.md", "--now=2024-01-01").out
    for when in ("auto", "never"):
        assert case.ok("run", "count", "a.md", "--now=2024-01-01", "--progress", when).out == want
    r = case.run("run", "count", "a.md", "--now=2024-01-01", "--progress=always")
    assert r.out == want and b"1/1 documents, " in r.err and b"  a.md" in r.err and r.err.endswith(b"\r\x1b[K"), r.err


def test_a_terminal_gets_totals(case):
    with_count(case)
    ours, theirs = os.openpty()
    try:
        p = subprocess.run([harness.QUERN, "run", "count", "a.md", "gone.md"], cwd=case.folder, stderr=theirs,
                           stdout=subprocess.PIPE, timeout=60, check=False)
        text = os.read(ours, 65536)
    finally:
        os.close(ours)
        os.close(theirs)
    assert p.returncode == 1 and b"gone.md: error" in text and b"1 document, 1 failed" in text, text


def test_wrong_usage_as_json(case):
    r = case.fails(2, "show", "--diagnostics", "json", "--to", "latex", "a.md")
    d = json.loads(r.errors)
    assert d["severity"] == "error" and "latex" in d["message"] and "markdown" in d["hint"]


if __name__ == "__main__":
    harness.main()
