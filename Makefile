# quern - GNU make.  `make help` lists what there is.
#
# Sources are found, not listed: every core/*.c and core/*/*.c is part of
# the library (core/cli and core/run only of the program), every
# tests/*/test_*.c is a test program.

VERSION  := 0.1.0
SOVERSION := 0
MODE     ?= release
CC       := $(if $(filter default undefined,$(origin CC)),gcc,$(CC))
PKGS     := lua5.4 yaml-0.1 libcmark libxml-2.0 jansson libutf8proc libb2 libpcre2-8
# Of the program alone (core/run and core/cli), not of the library.
APP_PKGS := sqlite3 libxxhash zlib libseccomp
PKG_CONFIG ?= pkg-config

# Objects of two compilers never share a folder.
SUFFIX   := $(if $(findstring clang,$(CC)),-clang)
OUT      := $(if $(filter release$(SUFFIX),$(MODE)),build,build/$(MODE)$(SUFFIX))
WARN     := -std=c11 -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla $(if $(WERROR),-Werror)
SAN      := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
# The same bytes in whatever folder it is built.
FLAGS_release := -O2 -fno-plt -g -DNDEBUG -ffile-prefix-map=$(CURDIR)=.
FLAGS_debug   := -O0 -g
FLAGS_asan    := -O1 -g $(SAN)
FLAGS_tsan    := -O1 -g -fsanitize=thread
FLAGS_cov     := -O0 -g --coverage
# clang alone has it.
FLAGS_fuzz    := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
MODEFLAGS := $(FLAGS_$(MODE))
ifeq ($(strip $(MODEFLAGS)),)
$(error MODE is release, debug, asan, tsan, fuzz or cov)
endif

# Expanded when a compiler first runs, so that `make deps` works without pkg-config.
PKG_CFLAGS = $(eval PKG_CFLAGS := $$(shell $(PKG_CONFIG) --cflags $(PKGS) $(APP_PKGS)))$(PKG_CFLAGS)
APP_LIBS   = $(eval APP_LIBS := $$(shell $(PKG_CONFIG) --libs $(APP_PKGS)))$(APP_LIBS)
PKG_LIBS   = $(eval PKG_LIBS := $$(shell $(PKG_CONFIG) --libs $(PKGS)))$(PKG_LIBS)

CPPFLAGS += -Icore -Iinclude -D_GNU_SOURCE
ALL_CFLAGS = $(WARN) $(MODEFLAGS) -fPIC -fvisibility=hidden -pthread $(CPPFLAGS) $(PKG_CFLAGS) $(CFLAGS)
ALL_LIBS   = $(PKG_LIBS) -lm -pthread $(LDLIBS)
# The program has Lua in itself, as lua5.4 does, where the package has an archive: each of
# our guarded functions makes ten calls of Lua's, which a shared library makes dearer.
LUA_WITHIN = $(eval LUA_WITHIN := $$(filter /%,$$(shell $(CC) -print-file-name=liblua5.4.a)))$(LUA_WITHIN)
PROGRAM_LIBS = $(if $(LUA_WITHIN),$(patsubst -llua5.4,$(LUA_WITHIN),$(ALL_LIBS)),$(ALL_LIBS)) $(APP_LIBS)
DEPGEN   = -MMD -MP

# `make V=1` shows the commands.
Q        := $(if $(V),,@)
say       = @printf '  %-4s %s\n' $(1) $(2)
JOBS     := $(shell nproc 2>/dev/null || echo 1)

LIB_SRC  := $(sort $(wildcard core/*.c core/base/*.c core/doc/*.c core/lua/*.c))
APP_SRC  := $(sort $(wildcard core/run/*.c core/cli/*.c))
TEST_SRC := $(wildcard tests/*/test_*.c)
FUZZ_SRC := $(wildcard tests/fuzz/fuzz_*.c)
BENCH_SRC := $(wildcard tests/bench/*.c)
TOOL_SRC := $(wildcard core/lua/tool/*.c)
obj       = $(patsubst %.c,$(OUT)/obj/%.o,$(1))
LIB_OBJ  := $(call obj,$(LIB_SRC))
APP_OBJ  := $(call obj,$(APP_SRC))
RUN_OBJ  := $(call obj,$(wildcard core/run/*.c))
# The program, and a test that asks for it, has the table of builtin.o in place of the library's empty one.
BUILTIN  := $(OUT)/obj/builtin.o
with_builtin = $(if $(filter $(BUILTIN),$(1)),$(filter-out %/lua/builtin_none.o,$(1)),$(1))
PROGRAM_OBJ := $(call with_builtin,$(LIB_OBJ) $(APP_OBJ) $(BUILTIN))
TEST_BIN := $(patsubst tests/%.c,$(OUT)/tests/%,$(TEST_SRC))
FUZZ_BIN := $(patsubst tests/%.c,$(OUT)/tests/%,$(FUZZ_SRC))
BENCH_BIN := $(patsubst tests/bench/%.c,$(OUT)/bench/%,$(BENCH_SRC))

.DELETE_ON_ERROR:
.PHONY: FORCE install uninstall all help deps deps-test demo test test-long check check-asan check-tsan fuzz fuzzers check-valgrind check-clang coverage bench bench-deps lint format clean programs tests warnings

all: $(OUT)/quern $(OUT)/libquern.a $(OUT)/libquern.so ## the program and the library

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

# ---------------------------------------------------------------- packages

DEPS      := gcc libc6-dev binutils make pkg-config liblua5.4-dev libyaml-dev libcmark-dev libxml2-dev libjansson-dev libutf8proc-dev libb2-dev libpcre2-dev libsqlite3-dev libarchive-dev zlib1g-dev libxxhash-dev libseccomp-dev
# Other builds of these programs do as well, and Debian's npm cannot stand beside another nodejs.
absent     = $(if $(shell command -v $(1) 2>/dev/null),,$(2))
DEPS_TEST  = $(DEPS) golang-github-burntsushi-toml-dev libtest-json-schema-acceptance-perl strace zip zstd parallel slurm-wlm munge clang clang-format g++ locales mandoc libclang-rt-14-dev libcmocka-dev lua-check valgrind gcovr python3 python3-jsonschema bsdextrautils lua5.4 git fonts-noto-cjk $(call absent,chromium,chromium) $(call absent,npm,nodejs npm) $(call absent,java,default-jre-headless)

deps: ## packages to build and run (apt; root or sudo)
	@sh tests/install.sh $(DEPS)

deps-test: ## packages for the tests as well
	@sh tests/install.sh $(DEPS_TEST)
	@sh tests/install_npm.sh

# ----------------------------------------------------------------- products

# Other flags than last time make everything anew.
$(OUT)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(MODEFLAGS) $(CFLAGS)' | cmp -s - $@ || echo '$(CC) $(MODEFLAGS) $(CFLAGS)' > $@

$(OUT)/obj/%.o: %.c $(OUT)/flags
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CFLAGS) $(DEPGEN) -c $< -o $@

$(OUT)/obj/core/cli/main.o core/cli/main.warnings: CPPFLAGS += -DQUERN_SOURCE_PLUGINS='"$(CURDIR)/plugins"'

$(OUT)/obj/tests/conformance/%.o tests/conformance/%.warnings: CPPFLAGS += -DQUERN_TESTS='"$(CURDIR)/tests"'

# Hidden symbols become local, so that an embedder's names never meet ours.
$(OUT)/libquern.a: $(LIB_OBJ)
	$(call say,AR,$@)
	$(Q)ld -r -o $(OUT)/libquern.o $^
	$(Q)objcopy --localize-hidden $(OUT)/libquern.o
	$(Q)rm -f $@
	$(Q)ar rcsD $@ $(OUT)/libquern.o

$(OUT)/libquern.so: $(LIB_OBJ) core/libquern.map
	$(call say,LD,$@)
	$(Q)$(CC) -shared -Wl,-soname,libquern.so.$(SOVERSION) -Wl,--version-script=core/libquern.map $(MODEFLAGS) $(LDFLAGS) -o $@ $(LIB_OBJ) $(ALL_LIBS)
	$(Q)ln -sf libquern.so $(OUT)/libquern.so.$(SOVERSION)

PLUGIN_FILES := $(sort $(shell find plugins -name '.*' -prune -o -type f -print))
PLUGIN_CODE  := $(filter-out plugins/types/%,$(filter %.lua,$(PLUGIN_FILES)))

# Linked with the Lua of the program.
$(OUT)/embed: $(call obj,$(TOOL_SRC)) $(LIB_OBJ)
	$(call say,LD,$@)
	$(Q)$(CC) $(MODEFLAGS) $(LDFLAGS) -o $@ $^ $(PROGRAM_LIBS)

# A file less makes it anew as well.
$(OUT)/builtin.list: FORCE
	@mkdir -p $(@D)
	@echo '$(PLUGIN_CODE)' | cmp -s - $@ || echo '$(PLUGIN_CODE)' > $@

$(OUT)/builtin.c: $(OUT)/embed $(OUT)/builtin.list $(PLUGIN_CODE)
	$(call say,LUA,$@)
	$(Q)$(OUT)/embed $(PLUGIN_CODE) > $@

$(BUILTIN): $(OUT)/builtin.c core/lua/builtin.h
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CFLAGS) -Wno-overlength-strings -c $< -o $@

$(OUT)/quern: $(PROGRAM_OBJ)
	$(call say,LD,$@)
	$(Q)$(CC) $(MODEFLAGS) $(LDFLAGS) -o $@ $^ $(PROGRAM_LIBS)

demo: deps ## build, then speakers, timeline and summaries of content/ on the screen and as pages
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@sh tests/demo.sh $(OUT)/quern

# ------------------------------------------------------------- installation

prefix      ?= /usr/local
bindir      ?= $(prefix)/bin
# Multiarch: make install prefix=/usr libdir=/usr/lib/"$$(gcc -print-multiarch)"
libdir      ?= $(prefix)/lib
includedir  ?= $(prefix)/include
datadir     ?= $(prefix)/share
mandir      ?= $(datadir)/man
docdir      ?= $(datadir)/doc/quern
completiondir ?= $(datadir)/bash-completion/completions
plugindir   := $(datadir)/quern/plugins
pkgconfigdir := $(libdir)/pkgconfig

STAGE       := $(OUT)/install
MAN_PAGES   := man1/quern.1 man3/quern.3 man7/quern-plugin.7
# What `make install` puts where, once: uninstall removes the same.
INSTALLED    = $(bindir)/quern $(includedir)/quern.h $(libdir)/libquern.a $(libdir)/libquern.so.$(VERSION) \
	$(libdir)/libquern.so.$(SOVERSION) $(libdir)/libquern.so $(pkgconfigdir)/quern.pc $(completiondir)/quern \
	$(addprefix $(mandir)/,$(MAN_PAGES)) $(addprefix $(docdir)/,README.md LICENSE) \
	$(addprefix $(plugindir)/,$(PLUGIN_FILES:plugins/%=%))

# The installed program knows no folder of the tree it was built in.
$(STAGE)/main.o: core/cli/main.c FORCE
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -DQUERN_SOURCE_PLUGINS='"$(plugindir)"' -c $< -o $@

$(STAGE)/quern: $(STAGE)/main.o $(PROGRAM_OBJ)
	$(call say,LD,$@)
	$(Q)$(CC) $(MODEFLAGS) $(LDFLAGS) -o $@ $(filter-out %/cli/main.o,$(PROGRAM_OBJ)) $< $(PROGRAM_LIBS)

# What a static link needs besides stands in full: the header needs none of those packages.
$(STAGE)/quern.pc: include/quern.pc.in FORCE
	@mkdir -p $(@D)
	$(Q)sed -e 's|@prefix@|$(prefix)|' -e 's|@libdir@|$(libdir)|' -e 's|@includedir@|$(includedir)|' \
		-e 's|@plugindir@|$(plugindir)|' -e 's|@version@|$(VERSION)|' \
		-e "s|@libs@|$$($(PKG_CONFIG) --static --libs $(PKGS)) -lm -pthread|" $< > $@

# The options are in the manual as the program tells them.
$(STAGE)/quern.1: include/man/quern.1 include/man/commands.sh $(OUT)/quern
	@mkdir -p $(@D)
	$(Q)sh include/man/commands.sh $(OUT)/quern include/man/quern.1 > $@

install: all $(STAGE)/quern $(STAGE)/quern.pc $(STAGE)/quern.1 ## into $(prefix), below DESTDIR
	install -d $(addprefix '$(DESTDIR)',$(sort $(dir $(INSTALLED))))
	install -m 755 $(STAGE)/quern '$(DESTDIR)$(bindir)/quern'
	install -m 644 include/quern.h '$(DESTDIR)$(includedir)/quern.h'
	install -m 644 $(OUT)/libquern.a '$(DESTDIR)$(libdir)/libquern.a'
	install -m 755 $(OUT)/libquern.so '$(DESTDIR)$(libdir)/libquern.so.$(VERSION)'
	ln -sf libquern.so.$(VERSION) '$(DESTDIR)$(libdir)/libquern.so.$(SOVERSION)'
	ln -sf libquern.so.$(SOVERSION) '$(DESTDIR)$(libdir)/libquern.so'
	install -m 644 $(STAGE)/quern.pc '$(DESTDIR)$(pkgconfigdir)/quern.pc'
	install -m 644 $(STAGE)/quern.1 '$(DESTDIR)$(mandir)/man1/quern.1'
	install -m 644 include/man/quern.3 '$(DESTDIR)$(mandir)/man3/quern.3'
	install -m 644 include/man/quern-plugin.7 '$(DESTDIR)$(mandir)/man7/quern-plugin.7'
	install -m 644 include/completion/quern '$(DESTDIR)$(completiondir)/quern'
	install -m 644 README.md LICENSE '$(DESTDIR)$(docdir)/'
	@for f in $(PLUGIN_FILES:plugins/%=%); do install -m 644 "plugins/$$f" "$(DESTDIR)$(plugindir)/$$f" || exit 1; done
	@if [ -z '$(DESTDIR)' ] && [ "$$(id -u)" = 0 ]; then ldconfig; fi

uninstall: ## remove what install has put there
	rm -f $(addprefix '$(DESTDIR)',$(INSTALLED))
	@for d in $(sort $(dir $(PLUGIN_FILES:plugins/%=$(plugindir)/%))) $(plugindir) $(datadir)/quern $(docdir); do \
		echo "$$d"; done | sort -r | while read -r d; do rmdir "$(DESTDIR)$$d" 2>/dev/null || :; done

FORCE:

# -------------------------------------------------------------------- tests

$(OUT)/tests/lua/test_builtin: $(BUILTIN)

$(OUT)/tests/%: $(OUT)/obj/tests/%.o $(LIB_OBJ) $(RUN_OBJ)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(MODEFLAGS) $(LDFLAGS) -o $@ $(call with_builtin,$^) $(ALL_LIBS) $(APP_LIBS) -lcmocka

$(OUT)/tests/fuzz/%: $(OUT)/obj/tests/fuzz/%.o $(LIB_OBJ) $(RUN_OBJ)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(MODEFLAGS) -fsanitize=fuzzer $(LDFLAGS) -o $@ $^ $(ALL_LIBS) $(APP_LIBS)

$(OUT)/bench/bench_lowdown: LDLIBS_OF_PEER = $(shell pkg-config --silence-errors --libs lowdown)
$(OUT)/bench/%: $(OUT)/obj/tests/bench/%.o $(LIB_OBJ) $(RUN_OBJ)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(MODEFLAGS) $(LDFLAGS) -o $@ $^ $(ALL_LIBS) $(APP_LIBS) $(LDLIBS_OF_PEER)

# What a compiler says of the sources, every time; nothing is made.
%.warnings: %.c FORCE
	$(Q)$(CC) $(ALL_CFLAGS) -fsyntax-only $<

warnings: $(patsubst %.c,%.warnings,$(LIB_SRC) $(APP_SRC) $(TOOL_SRC) $(TEST_SRC) $(FUZZ_SRC) $(BENCH_SRC))

programs: $(OUT)/quern
tests: $(TEST_BIN)
fuzzers: $(FUZZ_BIN)

test: deps-test ## set up, build and pass every test
	@$(MAKE) --no-print-directory -j$(JOBS) WERROR=1 all
	@$(MAKE) --no-print-directory -j$(JOBS) WERROR=1 tests
	@python3 tests/run.py --full

# An hour at most for one program.
test-long: deps-test ## what the others take samples of, whole: refused allocations, comparisons with Lua, faults, builds
	@$(MAKE) --no-print-directory -j$(JOBS) WERROR=1 all tests
	@QUERN_TEST_LONG=1 QUERN_TEST_FULL=1 python3 tests/run.py --out $(OUT) --timeout 3600 test_guard test_sweep test_faults test_install test_schema.py

check: $(OUT)/quern $(TEST_BIN) ## the tests of one build only (MODE=release, debug or asan), quick
	@python3 tests/run.py --out $(OUT)

check-asan: ## the same under AddressSanitizer and UndefinedBehaviorSanitizer
	@$(MAKE) --no-print-directory -j$(JOBS) MODE=asan check

check-tsan: ## threads under ThreadSanitizer
	@python3 tests/run.py --tsan

# `make fuzz SECONDS=300` gives each target that long.
SECONDS  ?= 20
fuzz: ## every fuzz target for SECONDS=20 each, under the sanitizers
	@python3 tests/run.py --fuzz $(SECONDS)

coverage: ## line coverage of core/
	@$(MAKE) --no-print-directory -j$(JOBS) MODE=cov build/cov/quern tests
	@python3 tests/run.py --out build/cov --coverage

bench: all $(BENCH_BIN) ## measure; figures are kept in tests/bench/README.md
	@sh tests/bench/bench.sh $(OUT)
	@python3 tests/bench/peers.py $(OUT)

bench-deps: ## programs that `make bench` compares with
	@sh tests/install.sh pandoc hugo lowdown liblowdown-dev
	@sh tests/install_npm.sh

format: ## clang-format over core, include and tests
	clang-format -i $$(find core include tests -name '*.[ch]')

clean: ## remove build/
	rm -rf build

-include $(patsubst %.o,%.d,$(LIB_OBJ) $(APP_OBJ) $(call obj,$(TOOL_SRC) $(TEST_SRC) $(BENCH_SRC) $(FUZZ_SRC)))
