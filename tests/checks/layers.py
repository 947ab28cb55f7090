"""The house: base <- doc <- lua <- run <- cli, and who may include which library."""
import re

from checks.tally import ROOT

INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]', re.M)

# A layer and what it may include of ours; "" is core/*.c, which implements quern.h.
MAY_INCLUDE = {
    "base": {"base"},
    "doc": {"base", "doc"},
    "lua": {"base", "doc", "lua", "quern.h"},
    "": {"base", "doc", "lua", "quern.h", "quern_impl.h"},
    "run": {"base", "run", "quern.h"},
    "cli": {"base", "run", "cli", "quern.h"},
}

# A library's headers and the only files that may include them.
LIBRARIES = {
    r"yaml\.h": r"doc/(yaml|frontmatter)\w*\.[ch]",
    r"cmark\w*\.h": r"doc/markdown\w*\.[ch]",
    r"libxml/.*": r"doc/html\w*\.[ch]",
    r"(lua|lualib|lauxlib|luaconf)\.h": r"lua/(tool/)?\w+\.[ch]",
    r"jansson\.h": r"base/json_read\.c",
    r"utf8proc\.h": r"base/text\w*\.[ch]",
    r"blake2\.h": r"base/digest\.c",
    r"pcre2\.h": r"doc/schema_pattern\.c",
    r"zlib\.h": r"run/unpack_gzip\.c",
    r"archive(_entry)?\.h": r"run/unpack\w*\.[ch]",
    r"sqlite3\.h": r"run/cache\w*\.[ch]",
    r"xxhash\.h": r"run/checksum\.c",
    r"seccomp\.h": r"run/confine\.c",
}


def faults_of(path, text):
    """What one file of core/ includes and may not."""
    name = path.relative_to(ROOT / "core").as_posix()
    layer = name.split("/")[0] if "/" in name else ""
    for line, (kind, header) in enumerate_includes(text):
        ours = header.split("/")[0]
        where = f"core/{name}:{line}"
        if kind == '"' and layer not in MAY_INCLUDE:
            yield f"{where}: no layer of the name {layer!r}"
        elif kind == '"' and ours not in MAY_INCLUDE[layer]:
            yield f"{where}: {layer or 'quern.c'} may not include {header}"
        for library, allowed in LIBRARIES.items():
            if re.fullmatch(library, header) and not re.fullmatch(allowed, name):
                yield f"{where}: {header} is for {allowed} alone"


def enumerate_includes(text):
    for match in INCLUDE.finditer(text):
        yield text.count("\n", 0, match.start()) + 1, match.groups()


def check(tally):
    files = sorted((ROOT / "core").rglob("*.[ch]"))
    faults = [fault for path in files for fault in faults_of(path, path.read_text())]
    public = INCLUDE.findall((ROOT / "include/quern.h").read_text())
    faults += [f"include/quern.h includes {h}" for kind, h in public if kind == '"' or h not in ("stddef.h", "stdint.h")]
    tally.one(f"layers: {len(files)} files", not faults, "\n".join(faults))
