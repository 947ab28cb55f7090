#!/usr/bin/env python3
"""Archives and compressed files: what is in them is what is in folders, in any
command and for any number of workers; what is broken, hostile or too large in
them is told and costs itself alone.
"""
import gzip
import io
import json
import os
import random
import signal
import struct
import subprocess
import tarfile
import threading
import time
import zipfile
import zlib

import harness
from harness import Skip, main, scaled
from processes import children_of, kill, running, wait_until

FORMATS = ["a.tar", "a.tar.gz", "a.TGZ", "a.tar.zst", "a.zip"]

FILES = {"a.md": "# A\n", "b/two.html": "<h1>Two</h1>", "b/c/deep.md": "---\ntitle: Deep\n---\nText.\n", "한글.md": "# 한글\n",
         "new\nline.md": "# N\n", "e.txt": "plain\n", "broken.md": "---\nt: [\n---\n# Broken\n", "empty.md": ""}
OTHERS = {"image.png": b"\x89PNG", ".hidden.md": "# no", ".git/x.md": "# no", "b/.d/y.md": "# no", "Makefile": "all:\n"}


def member(name, text=b"", **more):
    info = tarfile.TarInfo(name)
    data = text if isinstance(text, bytes) else text.encode()
    info.size = len(data)
    for key, value in more.items():
        setattr(info, key, value)
    return info, data


def tar_bytes(members, format=tarfile.PAX_FORMAT):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=format) as t:
        for info, data in members:
            t.addfile(info, io.BytesIO(data))
    return out.getvalue()


def zip_bytes(members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as z:
        for name, data in members:
            z.writestr(name, data)
    return out.getvalue()


def zstd(data):
    try:
        return subprocess.run(["zstd", "-q", "-c"], input=data, stdout=subprocess.PIPE, check=True).stdout
    except FileNotFoundError:
        raise Skip("zstd is not installed") from None


def pack(case, name, files):
    """An archive of the kind its name says, with these files in this order."""
    if name.lower().endswith(".zip"):
        data = zip_bytes(files.items())
    else:
        data = tar_bytes([member(n, t) for n, t in files.items()])
        if name.lower().endswith(("gz")):
            data = gzip.compress(data)
        elif name.endswith("zst"):
            data = zstd(data)
    case.write(name, data)


def titles(case):
    case.plugin("titles", "map = function(doc) return { doc.path, doc.title } end,", formats='"json"')


def paths(result):
    return [d["path"] for d in result.json_lines()]


# ------------------------------------------------------------------ as folders

def test_an_archive_is_what_its_folder_is(case):
    titles(case)
    for name, text in {**FILES, **OTHERS}.items():
        case.write(f"folder/{name}", text)
    wanted = case.run("run", "titles", "folder", "--no-cache")
    assert len(wanted.json_lines()) == len(FILES) and "folder/broken.md:3:" in wanted.errors, wanted.errors
    in_order = {n: {**FILES, **OTHERS}[n] for n in sorted({**FILES, **OTHERS}, key=os.fsencode)}
    for name in FORMATS:
        pack(case, name, {"./" + n: t for n, t in in_order.items()})
        for j in "1", "2", "5":
            r = case.run("run", "titles", name, "-j", j, "--no-cache")
            assert r.status == wanted.status == 0
            assert r.out.replace(name.encode(), b"folder") == wanted.out, (name, r.text)
            assert r.errors.replace(name, "folder") == wanted.errors, r.errors


def test_every_command_takes_archives(case):
    titles(case)
    pack(case, "a.tar.gz", FILES)
    pack(case, "a.zip", FILES)
    for name in "a.tar.gz", "a.zip":
        inside = [f"{name}/{n}" for n in FILES]
        assert paths(case.run("show", name)) == inside
        found = case.run("select", "heading", name)
        assert f"{name}/a.md:1: A" in found.text.splitlines() and found.status == 0, found.text
        case.write("s.json", '{"required": ["title"]}')
        checked = case.run("check", "--schema", "s.json", name)
        assert checked.status == 1 and f"{name}/a.md" in checked.text + checked.errors
        # Shards see the same list, and resume by it.
        whole = case.run("run", "titles", name, "--no-cache")
        for i in 1, 2, 3:
            case.run("map", "titles", name, "--shard", f"{i}/3", "-o", f"part-{i}")
        assert case.run("reduce", "titles", "part-1", "part-2", "part-3").out == whole.out
        listed = case.run("show", "--files-from", "-", stdin=f"{name}\n".encode())
        assert paths(listed) == inside
    assert paths(case.run("show", "a.zip", "a.tar.gz", "a.zip"))[:: len(FILES)] == ["a.zip/a.md", "a.tar.gz/a.md"]


def test_order_is_the_archives_own_and_globs_are_those_of_folders(case):
    files = {n: f"# {n}\n" for n in ["z.md", "sub/b.md", "a.md", "sub/draft/c.md", "sub/d.rst", "draft-1.md", "m.html"]}
    for name in "a.tar", "a.zip":
        pack(case, name, files)

        def inside(*options):
            return [p.removeprefix(name + "/") for p in paths(case.ok("show", name, *options))]
        assert inside() == [n for n in files if n != "sub/d.rst"]
        assert inside("--include", "*.rst", "--include", "sub/b*") == ["sub/b.md", "sub/d.rst"]
        assert inside("--exclude", "draft*") == ["z.md", "sub/b.md", "a.md", "m.html"]
        assert inside("--exclude", "sub") == ["z.md", "a.md", "draft-1.md", "m.html"]
        assert inside("--exclude", "sub/draft") == ["z.md", "sub/b.md", "a.md", "draft-1.md", "m.html"]


def test_archives_in_folders_and_archives_are_files_like_others(case):
    pack(case, "d/in.tar", {"a.md": "# A"})
    case.write("d/b.md", "# B\n")
    assert paths(case.ok("show", "d")) == ["d/b.md"]
    pack(case, "out.tar", {"in.zip": zip_bytes([("x.md", "# X")]), "b.md": "# B"})
    assert paths(case.ok("show", "out.tar")) == ["out.tar/b.md"]


def test_names_in_every_format_of_tar(case):
    names = ["한글/" + "긴" * 60 + ".md", "x" * 120 + "/" + "y" * 90 + ".md", "plain.md"]
    for kind in tarfile.GNU_FORMAT, tarfile.PAX_FORMAT:
        case.write("a.tar", tar_bytes([member(n, "# T") for n in names], kind))
        assert paths(case.ok("show", "a.tar", env={"LC_ALL": "C"})) == [f"a.tar/{n}" for n in names]
    case.plugin("size", "map = function(doc) return #doc.path end,", formats='"json"')
    info, data = member("x.md", "# T")
    for raw in b"\xff\xfe.md", b"caf\xe9.md", b"tab\there.md":
        info.name = raw.decode("utf-8", "surrogateescape")
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT, errors="surrogateescape") as t:
            t.addfile(info, io.BytesIO(data))
        case.write("a.tar", out.getvalue())
        r = case.run("run", "size", "a.tar", "--no-cache")
        assert [d["value"] for d in r.json_lines()] == [len("a.tar/") + len(raw)], (raw, r.errors)


# ------------------------------------------------------------ compressed files

def test_compressed_files(case):
    titles(case)
    texts = {"a.md": "# A\n", "b.html": "<html><h1>B</h1>", "c.txt": "plain text\n", "d.markdown": "# D\n", "e.HTM": "<h1>E</h1>"}
    for name, text in texts.items():
        case.write(f"{name}.gz", gzip.compress(text.encode()))
        case.write(f"{name}.zst", zstd(text.encode()))
        case.write(name, text)
        for ending in ".gz", ".zst":
            packed, plain = case.ok("show", name + ending).json_lines()[0], case.ok("show", name).json_lines()[0]
            assert packed.pop("path") == name + ending and plain.pop("path") == name
            assert packed == plain, name
    everything = [n + e for n in texts for e in (".gz", ".zst", "")]
    r = case.ok("run", "titles", *everything, "-j3", "--no-cache")
    assert paths(r) == everything
    # Two parts, nothing at all, another encoding.
    case.write("two.md.gz", gzip.compress(b"# Two\n\n") + gzip.compress(b"## Parts\n"))
    case.write("none.md.gz", gzip.compress(b""))
    case.write("k.md.gz", gzip.compress("# 한글\n".encode("euc-kr")))
    assert len(case.ok("show", "two.md.gz").json_lines()[0]["outline"]) == 2
    assert case.ok("show", "none.md.gz").json_lines()[0]["outline"] == []
    assert case.ok("show", "--encoding", "EUC-KR", "k.md.gz").json_lines()[0]["title"] == "한글"
    # In folders they are documents where they are asked for: beside a page often stands its compressed copy.
    os.makedirs(case.folder / "d")
    for n in "a.md.gz", "a.md":
        os.rename(case.folder / n, case.folder / "d" / n)
    assert paths(case.ok("show", "d")) == ["d/a.md"]
    assert paths(case.ok("show", "d", "--include", "*.md.gz")) == ["d/a.md.gz"]


def test_what_is_wrong_with_a_compressed_file_is_told(case):
    titles(case)
    whole = gzip.compress(os.urandom(100_000))
    case.write("cut.md.gz", whole[:50_000])
    case.write("bad.md.gz", whole[:100] + bytes(200) + whole[300:])
    case.write("plain.md.gz", "# not compressed\n")
    case.write("none.md.zst", "")
    case.write("twice.md.gz", gzip.compress(gzip.compress(b"# A")))
    case.write("large.md.gz", gzip.compress(bytes(300_000_000), 1))
    case.write("ok.md.gz", gzip.compress(b"# OK\n"))
    wrong = ["cut.md.gz", "plain.md.gz", "none.md.zst", "twice.md.gz", "large.md.gz", "missing.md.gz"]
    for command in ["run", "titles", "--no-cache"], ["run", "titles"], ["run", "titles"], ["show"]:
        r = case.run(*command, *wrong, "ok.md.gz")
        assert r.status == 1 and paths(r) == ["ok.md.gz"], r.errors
        assert [line.split(":")[0] for line in r.errors.splitlines() if "error:" in line] == wrong, r.errors
        for says in ("plain.md.gz: error: is not compressed by gzip or zstd", "twice.md.gz: error: is compressed more than once",
                     "large.md.gz: error: is larger than a document may be", "missing.md.gz: error: no such file"):
            assert says in r.errors, r.errors
    assert case.run("show", "bad.md.gz").status in (0, 1)


# --------------------------------------------------------------------- hostile

def test_hostile_names_and_kinds(case):
    titles(case)
    link, device = {"type": tarfile.SYMTYPE, "linkname": "/etc/passwd"}, {"type": tarfile.FIFOTYPE}
    case.write("a.tar", tar_bytes([
        member("first.md", "# First"), member("../up.md", "# Up"), member("a/../../up.md", "# Up"), member("/etc/abs.md", "# Abs"),
        member("../up.png", "x"), member("a/./b//c.md", "# C"), member("link.md", **link),
        member("hard.md", type=tarfile.LNKTYPE, linkname="first.md"), member("pipe.md", **device),
        member("tty.md", type=tarfile.CHRTYPE, devmajor=5), member("link.png", **link), member("dir.md", type=tarfile.DIRTYPE),
        member("first.md", "# Again"), member("x" * 5000 + ".md", "# Long"), member("\x1b[2J.md", "# Escape"),
        member("last.md", "# Last")]))
    r = case.run("run", "titles", "a.tar", "--no-cache")
    assert paths(r) == ["a.tar/first.md", "a.tar/etc/abs.md", "a.tar/a/b/c.md", "a.tar/\x1b[2J.md", "a.tar/last.md"], r.text
    assert r.status == 1 and "\x1b" not in r.errors and "First" in r.text and "Again" not in r.text
    told = [line.replace("a.tar/", "") for line in r.errors.splitlines()]
    assert [line for line in told if "error" in line] == [
        "../up.md: error: its name leads out of the archive", "a/../../up.md: error: its name leads out of the archive",
        "x" * 200 + ": error: a name longer than any file's"], told
    assert [line.split(":")[0] for line in told if "warning" in line] == ["link.md", "hard.md", "pipe.md", "tty.md", "first.md"]
    assert len(told) == 8, told


def encrypted(data):
    """The same zip archive, whose members say that they are encrypted."""
    out = bytearray(data)
    for signature, at in (b"PK\x03\x04", 6), (b"PK\x01\x02", 8):
        begin = out.find(signature)
        while begin >= 0:
            out[begin + at] |= 1
            begin = out.find(signature, begin + 4)
    return bytes(out)


def test_what_cannot_be_read_is_told_and_the_rest_done(case):
    titles(case)
    files = {f"{i}.md": f"# Title {i}\n\n" + "".join(random.Random(i).choices("abcdefgh ", k=30_000)) for i in range(20)}
    pack(case, "good.tar.gz", files)
    pack(case, "good.zip", files)
    pack(case, "good.tar", files)
    good = {n: (case.folder / n).read_bytes() for n in ("good.tar", "good.tar.gz", "good.zip")}
    case.write("cut.tar.gz", good["good.tar.gz"][:len(good["good.tar.gz"]) // 2])
    case.write("cut.tar", good["good.tar"][:300_000])
    case.write("cut.zip", good["good.zip"][:len(good["good.zip"]) // 2])
    case.write("none.tar", "")
    case.write("text.zip", "# no archive\n")
    case.write("secret.zip", encrypted(good["good.zip"]))
    crc = bytearray(good["good.zip"])
    crc[200] ^= 0x55
    case.write("crc.zip", bytes(crc))
    xz = subprocess.run(["xz", "-c"], input=good["good.tar"], stdout=subprocess.PIPE, check=False).stdout
    case.write("xz.tar", xz)
    r = case.run("run", "titles", "cut.tar.gz", "cut.tar", "cut.zip", "none.tar", "text.zip", "secret.zip", "crc.zip", "xz.tar",
                 "missing.tar", "good.tar", "--no-cache", "-j2")
    got = {}
    for d in r.json_lines():
        archive, name = d["path"].split("/")
        got.setdefault(archive, []).append(name)
        assert d["value"] == [d["path"], "Title " + name[:-3]]
    names = list(files)
    assert r.status == 1 and got["good.tar"] == names
    for archive in "cut.tar.gz", "cut.tar", "cut.zip":
        assert 3 < len(got[archive]) < 20 and got[archive] == names[:len(got[archive])], (archive, got[archive])
        assert f"{archive}/{len(got[archive])}.md: error: the archive ends in it" in r.errors or \
            f"{archive}: error: " in r.errors, r.errors
    assert got["crc.zip"] == names[1:] and "crc.zip/0.md: error: cannot be read" in r.errors, r.errors
    assert r.errors.count(": error: is encrypted") == 20
    assert set(got) == {"cut.tar.gz", "cut.tar", "cut.zip", "good.tar", "crc.zip"}
    for archive in "none.tar", "text.zip", "xz.tar":
        assert f"{archive}: error: cannot be read" in r.errors and "hint: tar, tar.gz, tar.zst and zip are read" in r.errors
    assert "missing.tar: error: no such file" in r.errors


def test_archives_damaged_anywhere(case):
    """No crash, nothing invented: each document is whole and the archive's, or an error says that it is not there."""
    titles(case)
    files = {f"{i}.md": f"# Title {i}\n\n" + "word " * (i * 37) for i in range(12)}
    pick = random.Random(7)
    for name in "a.tar", "a.tar.gz", "a.tar.zst", "a.zip":
        pack(case, name, files)
        whole = (case.folder / name).read_bytes()
        for _ in range(scaled(40)):
            data = bytearray(whole)
            for _ in range(pick.choice([1, 1, 3, 20])):
                data[pick.randrange(len(data))] = pick.randrange(256)
            if pick.random() < 0.4:
                del data[pick.randrange(len(data)):]
            case.write(name, bytes(data))
            r = case.run("run", "titles", name, "--no-cache", "-j1")
            assert r.status in (0, 1), r.errors
            assert "did not survive" not in r.errors, r.errors
            # A tar holds no check sums; gzip has one at the end, and what was read until then is told to be broken.
            if name != "a.tar" and not (name == "a.tar.gz" and r.status == 1):
                for d in r.json_lines():
                    n = d["path"].split("/")[-1]
                    assert n not in files or d["value"][1] == files[n][2:].split("\n")[0], d


def test_a_check_sum_that_is_wrong_is_told(case):
    titles(case)
    for content in tar_bytes([member("a.md", "# A"), member("b.md", "# B")]), b"# Single\n":
        name = "a.md.gz" if content.startswith(b"#") else "a.tar.gz"
        data = bytearray(gzip.compress(content))
        data[-6] ^= 1
        case.write(name, bytes(data))
        for _ in range(2):
            r = case.run("run", "titles", name)
            assert r.status == 1 and "incorrect data check" in r.errors, r.errors
            assert len(r.json_lines()) == (2 if name == "a.tar.gz" else 0)
            time.sleep(1.1)
    # What stands behind the last stream is nobody's.
    case.write("b.md.gz", gzip.compress(b"# B\n") + bytes(700) + b"\x1f")
    assert case.ok("show", "b.md.gz").json_lines()[0]["title"] == "B"
    # Even of little that is cut short, what came before is there.
    small = {f"{i}.md": f"# Title {i}\n\n" + "".join(random.Random(i).choices("abcdefgh ", k=400)) for i in range(4)}
    pack(case, "small.tar.gz", small)
    with open(case.folder / "small.tar.gz", "r+b") as f:
        f.truncate(700)
    r = case.run("run", "titles", "small.tar.gz")
    assert r.status == 1 and "ends too early" in r.errors and paths(r)[:1] == ["small.tar.gz/0.md"], r.errors


def sparse_header(name, size):
    """A tar header that promises what does not follow."""
    info = tarfile.TarInfo(name)
    info.size = size
    return info.tobuf(tarfile.GNU_FORMAT)


def test_what_expands_without_end_stops(case):
    titles(case)
    zeros = bytes(1 << 20)

    for archive, name in ("skipped.tar.gz", "x.bin"), ("read.tar.gz", "x.md"):
        # Nothing refers to what came before a full flush: the same bytes may stand there again and again.
        packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
        head = packer.compress(tar_bytes([member("first.md", "# First")])[:1024] + sparse_header(name, 20 << 30))
        head += packer.flush(zlib.Z_FULL_FLUSH)
        case.write(archive, head + (packer.compress(zeros) + packer.flush(zlib.Z_FULL_FLUSH)) * 500)
    case.write("many.zip", zip_bytes([("first.md", "# First"), *((f"{i}.md", bytes(200_000_000)) for i in range(3)), ("z.md", "# Z")]))
    case.write("one.zip", zip_bytes([("first.md", "# First"), ("x.md", bytes(300_000_000)), ("z.md", "# Z")]))
    case.write("b.md", "# B\n")
    began = os.times()
    r = case.run("run", "titles", "skipped.tar.gz", "read.tar.gz", "one.zip", "b.md", "--no-cache")
    used = os.times()
    assert paths(r) == ["skipped.tar.gz/first.md", "read.tar.gz/first.md", "one.zip/first.md", "one.zip/z.md", "b.md"], r.text
    assert r.status == 1
    for says in ("skipped.tar.gz: error: is broken: it expands without end", "read.tar.gz/x.md: error: is larger than a document",
                 "one.zip/x.md: error: is larger than a document"):
        assert says in r.errors, r.errors
    assert used.children_user - began.children_user < 30
    case.plugin("path", "map = function(doc) return doc.path end,", formats='"json"')
    r = case.run("run", "path", "many.zip", "b.md", "--no-cache")
    assert r.status == 1 and "expands without end" in r.errors and "b.md" in paths(r) and "many.zip/first.md" in paths(r), r.errors


def test_many_members_take_little_memory(case):
    with open(harness.QUERN, "rb") as f:
        if b"__asan_init" in f.read():
            raise Skip("the address sanitizer keeps what is freed")
    titles(case)
    n = 60_000
    with tarfile.open(case.folder / "a.tar", "w", format=tarfile.USTAR_FORMAT) as t:
        for i in range(n):
            info, data = member(f"d{i % 100}/{i}.{'md' if i % 10 == 0 else 'bin'}", f"# T{i}\n")
            t.addfile(info, io.BytesIO(data))
    most = []
    for _ in range(2):
        p = case.start("run", "titles", "a.tar", "-j1", "-o", "out.json")
        _, status, usage = os.wait4(p.pid, 0)
        p.communicate()
        most.append(usage.ru_maxrss)
        assert status == 0
        assert len(case.read("out.json").splitlines()) == n // 10
        time.sleep(2.1)
    assert max(most) < 64 * 1024, most


# ---------------------------------------------------------------------- cache

def opened(case, *args):
    """The program's result and the files it opened."""
    log = str(case.folder) + ".strace"
    try:
        p = subprocess.run(["strace", "-f", "-e", "trace=openat,open,clone,fork,vfork,clone3", "-o", log, harness.QUERN, *args],
                           cwd=case.folder, env=case.environment({"ASAN_OPTIONS": "detect_leaks=0"}), stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE, check=False)
        with open(log, encoding="utf-8", errors="replace") as f:
            return p, f.read()
    except FileNotFoundError:
        raise Skip("strace is not installed") from None
    finally:
        if os.path.exists(log):
            os.unlink(log)


def test_an_unchanged_archive_is_not_opened_again(case):
    titles(case)
    files = {f"{i % 3}/{i}.md": f"# Title {i}\n" for i in range(1300)}
    files["0/bad.md"] = "---\nt: [\n---\n# Bad\n"
    for name in "a.tar.zst", "a.zip":
        pack(case, name, files)
    case.write("hostile.tar", tar_bytes([member("a.md", "# A"), member("../b.md", "# B"), member("c.md", "# C")]))
    case.write("x.md.gz", gzip.compress(b"# X\n"))
    arguments = ["run", "titles", "a.tar.zst", "a.zip", "hostile.tar", "x.md.gz", "-j2"]
    first = case.run(*arguments)
    assert len(first.json_lines()) == 2 * 1301 + 3 and first.status == 1
    time.sleep(2.1)
    assert case.run(*arguments).out == first.out
    again, log = opened(case, *arguments)
    assert (again.stdout, again.stderr, again.returncode) == (first.out, first.err, 1)
    for name in "a.tar.zst", "a.zip", "hostile.tar", "x.md.gz", "libarchive":
        assert f'{name}"' not in log and "libarchive" not in log, [line for line in log.splitlines() if name in line]
    # Other names are wanted: another listing. Paranoid: everything is read.
    assert len(case.run(*arguments, "--exclude", "1").json_lines()) < len(first.json_lines())
    paranoid, log = opened(case, *arguments, "--paranoid")
    assert paranoid.stdout == first.out and 'a.zip"' in log
    # One changed member; the rest is known by what is in it.
    files["1/1.md"] = "# Other\n"
    pack(case, "a.zip", files)
    changed = case.run(*arguments, "--stats", "json=figures.json")
    assert changed.text.count("Other") == 1 and len(changed.json_lines()) == len(first.json_lines())
    assert json.loads(case.read("figures.json"))["cached"] == 2 * 1301 + 3 - 1
    assert case.run(*arguments, "--no-cache").out == changed.out


def test_a_member_that_is_not_kept_is_read_again_alone(case):
    case.plugin("p", """map = function(doc)
      if doc.title == "slow" then while true do end end return doc.title end,""", formats='"json"')
    files = {f"{i}.md": "# slow\n" if i == 700 else f"# T{i}\n" for i in range(1200)}
    for name in "a.tar.gz", "a.zip":
        pack(case, name, files)
        runs = []
        for _ in range(3):
            runs.append(case.run("run", "p", name, "--time-limit", "0.2", "--stats", "json=f.json"))
            time.sleep(1.1)
        for r in runs:
            assert r.status == 1 and len(r.json_lines()) == 1199 and f"{name}/700.md" in r.errors
            assert r.out == runs[0].out
        assert json.loads(case.read("f.json"))["cached"] == 1199


def test_a_run_that_ended_early_leaves_no_half_listing(case):
    case.plugin("p", 'map = function(doc) if doc.title == "T900" then error("x") end return doc.title end,', formats='"json"')
    pack(case, "a.tar", {f"{i}.md": f"# T{i}\n" for i in range(2000)})
    case.run("run", "p", "a.tar", "--fail-fast", "-j1")
    time.sleep(2.1)
    r = case.run("run", "p", "a.tar", "-j1")
    assert r.status == 1 and len(r.json_lines()) == 1999
    assert case.run("run", "p", "a.tar", "-j1").out == r.out


# --------------------------------------------------------------------- faults

def reader_of(pid):
    """The child that has libarchive; the parent never has."""
    def has(p):
        try:
            with open(f"/proc/{p}/maps", encoding="utf-8", errors="replace") as f:
                return "libarchive" in f.read()
        except OSError:
            return False
    assert not has(pid)
    return next((c for c in children_of(pid) if has(c) and running(c)), None)


def large(case, name, n=150, spin=True):
    case.plugin("slow", "map = function(doc) local n = 0 for i = 1, 60000 do n = n + i % 3 end return { doc.title, n } end,",
                formats='"json"')
    pick = random.Random(3)
    pack(case, name, {f"{i}.md": f"# T{i}\n\n" + "".join(pick.choices("abcdefghijklmno \n", k=60_000)) for i in range(n)})


def test_readers_killed_at_random_change_nothing(case):
    for name in "a.tar.gz", "a.zip":
        large(case, name)
        wanted = case.ok("run", "slow", name, "--no-cache")
        p = case.start("run", "slow", name, "--no-cache", "-j2", "-o", "out.json")
        killed = 0
        while p.poll() is None and killed < 40:
            pid = reader_of(p.pid)
            if pid:
                time.sleep(random.random() * 0.03)
                killed += kill(pid)
        _, err = p.communicate(timeout=60)
        assert p.returncode == 0 and err == b"" and case.read("out.json") == wanted.text, err
        assert killed > 2, killed


def test_a_reader_that_crashes_costs_what_it_crashes_on(case):
    titles(case)
    # A second of reading for one member, which is where it crashes: the test may be kept waiting itself.
    big = zlib_text(240_000_000)
    pack(case, "a.tar.gz", {"first.md": "# First", "big.md": big, "last.md": "# Last"})
    case.write("b.md", "# B\n")
    case.plugin("path", "map = function(doc) return doc.path end,", formats='"json"')
    p = case.start("run", "path", "a.tar.gz", "b.md", "--no-cache", "-j1")
    for _ in range(2):
        pid = wait_until(lambda: reader_of(p.pid))
        time.sleep(0.03)
        kill(pid, signal.SIGTRAP)
        wait_until(lambda: not running(pid))
    out, err = p.communicate(timeout=60)
    got = [json.loads(line)["path"] for line in out.decode().splitlines()]
    assert p.returncode == 1 and got in (["a.tar.gz/first.md", "a.tar.gz/last.md", "b.md"], ["a.tar.gz/first.md", "b.md"],
                                         ["b.md"]), (got, err)
    assert b"did not survive" in err and b"signal 5, " in err, err


def zlib_text(n):
    return b"# Big\n\n" + b"word " * (n // 5)


def test_a_reader_gets_no_further_than_the_signal_that_ends_the_run(case):
    large(case, "a.tar.gz", 400)
    p = case.start("run", "slow", "a.tar.gz", "--no-cache", "-j1", "-o", "out.json")
    pid = wait_until(lambda: reader_of(p.pid))
    p.send_signal(signal.SIGINT)
    p.communicate(timeout=20)
    assert p.returncode == 130 and not case.exists("out.json")
    wait_until(lambda: not running(pid))
    # Nor without the parent.
    p = case.start("run", "slow", "a.tar.gz", "--no-cache", "-j1", "-o", "out.json")
    pid = wait_until(lambda: reader_of(p.pid))
    p.kill()
    p.communicate()
    wait_until(lambda: not running(pid))


def test_an_archive_that_is_gone_or_grows_is_told(case):
    titles(case)
    pack(case, "a.tar", {"a.md": "# A"})
    if not harness.IS_ROOT:
        os.chmod(case.folder / "a.tar", 0)
        case.fails(1, "run", "titles", "a.tar", says="a.tar: error: permission denied")
    os.mkfifo(case.folder / "pipe.tar")
    case.fails(1, "run", "titles", "pipe.tar", says="pipe.tar: error: not a regular file")
    os.makedirs(case.folder / "folder.zip")
    case.write("folder.zip/a.md", "# A")
    assert paths(case.ok("show", "folder.zip")) == ["folder.zip/a.md"]
    os.symlink("a.tar", case.folder / "link.tar")
    assert paths(case.run("show", "link.tar", "a.tar")) == (["link.tar/a.md"] if harness.IS_ROOT else [])


if __name__ == "__main__":
    main()
