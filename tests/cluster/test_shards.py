#!/usr/bin/env python3
"""quern map and quern reduce: the bytes of a single run for any number of
shards, refusals by name, shards that go on after a kill, and the ways other
than Slurm to run many of them: GNU parallel, pipes of NDJSON.
"""
import json
import os
import re
import shutil
import signal
import subprocess
import time

from corpus import documents, failing_plugin, slow_plugin

from harness import QUERN, ROOT, Skip, main, scaled

NOW = "--now", "2025-12-01T09:00:00Z"


def single(case, plugin, *args, options=(), out=None):
    more = ("-o", f"{out}/") if out else ()
    return case.run("run", plugin, *args, *options, *NOW, *more, "--no-cache")


def map_shards(case, n, plugin, *args, options=(), folder="parts"):
    os.makedirs(case.folder / folder, exist_ok=True)
    parts = []
    for i in range(1, n + 1):
        parts.append(f"{folder}/{i}-{n}.ndjson")
        r = case.run("map", plugin, *args, *options, *NOW, "--shard", f"{i}/{n}", "-o", parts[-1])
        assert r.status in (0, 1), r.errors
    return parts


def same(a, b):
    assert a.out == b.out, "other output"
    assert a.err == b.err, f"--- single\n{a.errors}\n--- reduced\n{b.errors}"
    assert a.status == b.status, (a.status, b.status)


def tree(folder):
    return {p.relative_to(folder): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_any_number_of_shards_gives_the_bytes_of_a_single_run(case):
    os.symlink(ROOT / "content", case.folder / "content")
    for plugin, options in ("speakers", ("-t", "json")), ("timeline", ()), ("reformat", ("-t", "html")), ("toc", ()):
        whole = single(case, plugin, "content", options=options)
        for n in (3, 1, 2, 7)[:scaled(4)]:
            parts = map_shards(case, n, plugin, "content", options=options, folder=f"parts-{plugin}")
            same(whole, case.run("reduce", plugin, *reversed(parts)))


def test_failures_files_and_logs_travel_with_the_partials(case):
    documents(case, 70)
    failing_plugin(case)
    paths = "docs/0", "missing.md", "docs/2", "docs/1", "nor this", "docs/3", "last.md"
    options = "-s", "word=häé\x7f"
    whole = single(case, "mixed", *paths, options=options, out="whole")
    assert whole.status == 1 and "no use for" in whole.errors and "missing.md" in whole.errors
    for n in 1, 2, 3, 7, 100:
        parts = map_shards(case, n, "mixed", *paths, options=options, folder=f"p{n}")
        same(whole, case.run("reduce", "mixed", *parts, "-o", f"out{n}/"))
        assert tree(case.folder / "whole") == tree(case.folder / f"out{n}")
    one = map_shards(case, 3, "mixed", *paths, options=options, folder="j")
    for jobs in "1", "5":
        same(whole, case.run("reduce", "mixed", *one, "-j", jobs, "-o", f"jobs{jobs}/"))


def test_several_plugins_travel_together(case):
    documents(case, 20)
    options = "-t", "toc=json", "-t", "stats=csv"
    whole = single(case, "toc,stats", "docs", options=options, out="whole")
    parts = map_shards(case, 3, "toc,stats", "docs", options=options)
    same(whole, case.run("reduce", "toc,stats", *parts, "-o", "out/"))
    assert tree(case.folder / "whole") == tree(case.folder / "out")
    case.fails(2, "reduce", "stats,toc", *parts, "-o", "o2/", says="were mapped by")
    case.fails(2, "reduce", "toc", *parts, says="2 plugins")


def test_a_format_is_chosen_at_the_end_where_map_does_not_look_at_it(case):
    documents(case, 9)
    parts = map_shards(case, 2, "toc", "docs")
    for to in "json", "html", "markdown":
        same(single(case, "toc", "docs", options=("-t", to)), case.run("reduce", "toc", *parts, "-t", to))
    parts = map_shards(case, 2, "reformat", "docs")
    same(single(case, "reformat", "docs"), case.run("reduce", "reformat", *parts))
    case.fails(2, "reduce", "reformat", *parts, "-t", "html", says=["depends on the format", "quern map"])
    for body in "for k, v in pairs(o) do t[k] = v end", "t[1] = o['t' .. 'o']":
        case.plugin("looks", f"map = function(d, o) local t = {{}} {body} return t end")
        parts = map_shards(case, 2, "looks", "docs")
        same(single(case, "looks", "docs"), case.run("reduce", "looks", *parts))
        case.fails(2, "reduce", "looks", *parts, "-t", "json", says="depends on the format")


def test_no_documents_are_a_run_as_well(case):
    os.mkdir(case.folder / "docs")
    whole = single(case, "toc", "docs")
    same(whole, case.run("reduce", "toc", *map_shards(case, 3, "toc", "docs")))


def test_strange_names_travel(case):
    names = [b"docs/new\nline.md", b"docs/\xff\xfe.md", b"docs/-t.md", b"docs/a b\tc.md", "docs/é'\".md".encode()]
    for name in names:
        case.write(name, b"# " + name.replace(b"\n", b" ") + b"\n")
    case.plugin("paths", "map = function(d, o, out) out:write('f/' .. #d.path .. '-' .. d.digest:sub(1, 9), d.path) return d.path end")
    whole = single(case, "paths", "docs", out="whole")
    for n in 1, 3:
        parts = map_shards(case, n, "paths", "docs", folder=f"p{n}")
        same(whole, case.run("reduce", "paths", *parts, "-o", f"out{n}/"))
        assert tree(case.folder / "whole") == tree(case.folder / f"out{n}")


def test_a_partial_says_what_it_is_in_lines_of_json(case):
    documents(case, 7)
    failing_plugin(case)
    lines = case.run("map", "mixed", "docs", "missing", "--shard", "2/3", *NOW).text.splitlines()
    head, body, foot = json.loads(lines[0]), [json.loads(x) for x in lines[1:-1]], json.loads(lines[-1])
    assert (head["partial"], head["shard"], head["of"], head["documents"]) == (1, 2, 3, 7), head
    assert head["plugins"][0]["name"] == "mixed" and len(head["plugins"][0]["digest"]) == 64
    assert [x.get("ordinal", x.get("problem")) for x in body] == [1, 4, 7], body
    assert foot["end"] == 3 and foot["failed"] == sum(x.get("failed", True) for x in body)


# ------------------------------------------------------------------ refusals

def test_what_is_not_one_run_is_refused_by_name(case):
    documents(case, 12)
    failing_plugin(case)
    parts = map_shards(case, 3, "mixed", "docs")
    reduce = "reduce", "mixed"

    def other(name, *args, shard="2/3", now=NOW):
        case.run("map", *args, *now, "--shard", shard, "-o", name)
        return parts[0], name, parts[2]

    case.fails(2, *reduce, parts[0], parts[2], says="shard 2/3 is missing")
    case.fails(2, *reduce, parts[1], says="shard 1/3 is missing")
    case.fails(2, *reduce, *parts, parts[1], says=[parts[1], "is shard 2/3, and so is"])
    case.fails(2, *reduce, parts[2], parts[2], says=[parts[2], "and so is"])
    case.fails(2, *reduce, *other("n4", "mixed", "docs", shard="2/4"), says=["n4", "one of 4 shards"])
    case.fails(2, *reduce, *other("set", "mixed", "docs", "-s", "word=y"), says=["set", "other options"])
    case.fails(2, *reduce, *other("to", "mixed", "docs", "-t", "json"), says=["to", "other options"])
    case.fails(2, *reduce, *other("now", "mixed", "docs", now=("--now", "2024-01-01")), says=["now", "another day"])
    case.fails(2, *reduce, *other("from", "mixed", "docs", "--from", "text"), says=["from", "another way"])
    case.fails(2, *reduce, *other("unsafe", "mixed", "docs", "--unsafe"), says=["unsafe", "another way"])
    case.fails(2, *reduce, *other("toc", "toc", "docs"), says=["toc", "was mapped by toc"])
    case.fails(2, *reduce, *other("less", "mixed", "docs/1"), says=["less", "another list of documents"])
    case.fails(2, "reduce", "toc", *parts, says="were mapped by mixed, not by toc")
    case.fails(2, *reduce, *parts, "-s", "word=z", says="another mixed")
    case.fails(2, *reduce, *parts, "gone", says=["gone", "o such file"])
    case.fails(2, *reduce, *parts, "docs/0/0000.md", says=["0000.md", "no partial"])
    case.fails(2, "reduce", says="no plugin"), case.fails(2, *reduce, says="no partial is named")
    plugin = case.read("plugins/mixed.lua")
    case.write("plugins/mixed.lua", plugin + "-- changed\n")
    case.fails(2, *reduce, *parts, says="another mixed")
    case.fails(2, *reduce, *other("newer", "mixed", "docs"), says=["newer", "another mixed"])
    case.write("plugins/mixed.lua", plugin)
    same(single(case, "mixed", "docs", out="a"), case.run(*reduce, *parts, "-o", "b/"))


def test_a_cut_or_damaged_partial_is_refused_before_anything_is_written(case):
    documents(case, 12)
    failing_plugin(case)
    parts = map_shards(case, 2, "mixed", "docs")
    whole = (case.folder / parts[1]).read_bytes()
    lines = whole.splitlines(keepends=True)
    damaged = [(whole[:-1], "is cut"), (b"".join(lines[:-1]), "is cut"), (lines[0], "is cut"), (whole[:-40], "is cut"),
               (whole[:700], "is cut"), (lines[0][:-1], "no partial"), (b"", "no partial"),
               (whole + lines[1], "damaged"), (b"".join(lines[:2] + lines[3:]), "line 3 is damaged"),
               (b"".join([lines[0], lines[2], lines[1], *lines[3:]]), "line 2 is damaged"),
               (whole.replace(b"Document", b"Dokument", 1), "is damaged")]
    for position in range(10, len(whole), 97):
        damaged.append((whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1:], ""))
    for content, says in damaged:
        case.write("bad", content)
        r = case.fails(2, "reduce", "mixed", parts[0], "bad", "-o", "out/", says=["bad", says])
        assert r.out == b"" and not case.exists("out"), says


def test_wrong_usage_of_map_is_told(case):
    case.write("a.md", "# A\n")
    for shard in "0/3", "4/3", "1", "1/", "x/2", "1/0", "1/2x", "-1/2", "1/9999999999":
        case.fails(2, "map", "toc", "a.md", f"--shard={shard}", says="--shard does not take")
    os.mkdir(case.folder / "folder")
    case.fails(3, "map", "toc", "a.md", "-o", "folder", says="folder")
    case.fails(3, "map", "toc", "a.md", "-o", "none/file", says="none/file")
    case.fails(3, "map", "toc", "a.md", stdout=open("/dev/full", "wb"), says="standard output")


# -------------------------------------------------------------------- resume

def slow_map(case, *more):
    return case.start("map", "slow", "docs", *NOW, "-j", "2", "-o", "part", *more)


def lines_of(case, name):
    path = case.folder / name
    return path.read_bytes().count(b"\n") if path.exists() else 0


def kill_after(case, before, process, lines, how=signal.SIGKILL):
    """Kills a run that has added so many lines: it is surely at work then."""
    end = time.monotonic() + 60
    while lines_of(case, "part.partial") < before + lines:
        assert process.poll() is None and time.monotonic() < end, process.communicate()
        time.sleep(0.01)
    process.send_signal(how)
    process.communicate(timeout=30)
    return process.returncode


def test_a_killed_shard_goes_on_where_it_was(case):
    # Three times the half second that lines may be held back, and as much again for who kills.
    documents(case, 240)
    slow_plugin(case, 5_000_000)
    whole = single(case, "slow", "docs")
    for how in (signal.SIGKILL, signal.SIGTERM, signal.SIGKILL):
        status = kill_after(case, lines_of(case, "part.partial"), slow_map(case), 6, how)
        assert status == (143 if how == signal.SIGTERM else -9), status
        kept = (case.folder / "part.partial").read_bytes().rpartition(b"\n")[0]
    with open(case.folder / "part.partial", "ab") as torn:
        torn.write(b'{"sum":"0123456789')
    case.run("map", "slow", "docs", *NOW, "-o", "part")
    assert (case.folder / "part").read_bytes().startswith(kept), "finished documents were mapped again"
    assert not case.exists("part.partial")
    same(whole, case.run("reduce", "slow", "part"))


def test_a_finished_shard_has_nothing_to_do_until_something_changes(case):
    documents(case, 8)
    case.plugin("when", "map = function(d) return d.title end")
    command = "map", "when", "docs", *NOW, "-o", "part"
    case.run(*command)
    before = os.stat(case.folder / "part")
    assert case.run(*command).status == 0
    assert os.stat(case.folder / "part").st_ino == before.st_ino and not case.exists("part.partial")
    case.write("docs/1/0001.md", "# Changed\n")
    case.run(*command)
    same(single(case, "when", "docs"), case.run("reduce", "when", "part"))
    case.write("docs/1/9999.md", "# New\n")
    case.run(*command)
    same(single(case, "when", "docs"), case.run("reduce", "when", "part"))


def test_what_was_kept_of_another_run_is_begun_anew(case):
    documents(case, 30)
    slow_plugin(case, 4_000_000)
    kill_after(case, 0, slow_map(case), 6)
    slow_plugin(case, 10)
    r = case.run("map", "slow", "docs", *NOW, "-o", "part")
    assert "begun anew" in r.errors, r.errors
    same(single(case, "slow", "docs"), case.run("reduce", "slow", "part"))


def test_two_processes_do_not_write_one_partial(case):
    documents(case, 30)
    slow_plugin(case, 8_000_000)
    first = slow_map(case)
    while lines_of(case, "part.partial") < 1:
        time.sleep(0.01)
    case.fails(3, "map", "slow", "docs", *NOW, "-o", "part", says=["part", "another process"])
    first.communicate(timeout=60)
    same(single(case, "slow", "docs"), case.run("reduce", "slow", "part"))


# ---------------------------------------------------------- parallel and pipes

def test_gnu_parallel_runs_the_shards_as_the_readme_says(case):
    if not shutil.which("parallel"):
        raise Skip("GNU parallel is not installed (parallel)")
    lines = re.findall(r"^mkdir .*\nparallel .*$", (ROOT / "README.md").read_text(), re.M)
    assert len(lines) == 1, lines
    os.symlink(ROOT / "content", case.folder / "content")
    os.mkdir(case.folder / "build")
    os.symlink(QUERN, case.folder / "build/quern")
    run = subprocess.run(["sh", "-c", lines[0]], cwd=case.folder, capture_output=True, timeout=120, check=False,
                         env=case.environment({"HOME": str(case.folder), "PARALLEL_HOME": str(case.folder)}))
    assert run.returncode == 0, run.stderr.decode()
    assert case.read("people.md") == case.run("run", "speakers", "content").text


def ndjson_of(case, n):
    documents(case, n)
    paths = sorted((case.folder / "docs").rglob("*.md"), key=lambda p: os.fsencode(p))
    lines = [json.dumps({"path": str(p.relative_to(case.folder)), "text": p.read_bytes().decode("utf-8", "replace")})
             for p in paths]
    return "\n".join(lines).encode() + b"\n"


def test_lines_go_through_pipes_as_spark_hands_them_out(case):
    """Each partition of the data is written to a process of its own, and its lines are read back."""
    lines = ndjson_of(case, 40)
    case.plugin("titles", "map = function(doc) return doc.title end")
    whole = case.run("run", "titles", "--input-ndjson", stdin=lines)
    assert whole.status == 0 and whole.text.count("\n") == 40
    parts = [lines.splitlines(keepends=True)[i::4] for i in range(4)]
    back = [case.run("run", "titles", "--input-ndjson", stdin=b"".join(p)).out.splitlines(keepends=True) for p in parts]
    assert b"".join(back[i % 4][i // 4] for i in range(40)) == whole.out
    case.write("all.ndjson", lines)
    split = f"split -n l/5 --filter '{QUERN} run titles --input-ndjson --no-cache' all.ndjson"
    run = subprocess.run(["sh", "-c", split], cwd=case.folder, capture_output=True, timeout=60, check=False)
    assert run.stdout == whole.out, run.stderr.decode()


def test_lines_can_be_sharded_from_a_file_and_from_a_pipe(case):
    lines = ndjson_of(case, 30) + b"{broken\n"
    case.write("all.ndjson", lines)
    whole = single(case, "toc", "--input-ndjson", "all.ndjson")
    assert whole.status == 1 and "all.ndjson:31:" in whole.errors
    for n in 1, 3:
        same(whole, case.run("reduce", "toc", *map_shards(case, n, "toc", "--input-ndjson", "all.ndjson")))
    parts = []
    for i in 1, 2:
        parts.append(f"s{i}")
        r = case.run("map", "toc", "--input-ndjson", *NOW, f"--shard={i}/2", "-o", parts[-1], stdin=lines)
        assert r.status in (0, 1), r.errors
    same(case.run("run", "toc", "--input-ndjson", *NOW, stdin=lines), case.run("reduce", "toc", *parts))


def test_a_list_can_be_sharded(case):
    documents(case, 20)
    names = b"".join(os.fsencode(p.relative_to(case.folder)) + b"\0" for p in (case.folder / "docs").rglob("*.md"))
    args = "toc", "--files-from", "-", "-0", *NOW
    whole = case.run("run", *args, "--no-cache", stdin=names)
    parts = []
    for i in 1, 2, 3:
        parts.append(f"l{i}")
        case.run("map", *args, f"--shard={i}/3", "-o", parts[-1], stdin=names)
    same(whole, case.run("reduce", "toc", *parts))


if __name__ == "__main__":
    main()
