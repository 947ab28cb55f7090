/*
 * embed.c - a program of the build: compiles plugins and modules and writes
 * them, with all that quern would find out about their texts, as the C source of
 * builtin_table (lua/builtin.h).
 *
 * Linked with the same Lua as quern, and says which that is.  The name of a chunk
 * is left out: quern puts in the path under which it has found the text.  Same
 * files, same Lua: same bytes.
 */
#include <errno.h>
#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/file.h"
#include "lua/closure.h"

struct source {
	struct buf text, code;
	size_t name_at; /* in code, of the one byte that is the chunk's name, its length in front */
};

static _Noreturn void fail(const char *what, const char *why)
{
	fprintf(stderr, "embed: %s: %s\n", what, why);
	exit(1);
}

static int add(lua_State *L, const void *piece, size_t n, void *to)
{
	(void)L;
	buf_add(to, piece, n);
	return !buf_ok(to);
}

static void compile(lua_State *L, struct str text, const char *name, const char *path, struct buf *code)
{
	buf_init(code, &alloc_libc, 0);
	if (luaL_loadbufferx(L, text.p, text.n, name, "t") != LUA_OK)
		fail(path, lua_tostring(L, -1));
	if (lua_dump(L, add, code, 0) != 0) /* with lines and names, for errors */
		fail(path, "cannot be dumped");
	lua_pop(L, 1);
}

/*
 * Dumps under names of one and two bytes differ first in the length of the
 * name, which is one more than its bytes, with the high bit for its last digit.
 */
static size_t name_find(struct str one, struct str two, const char *path)
{
	size_t at = 0;
	while (at < one.n && at < two.n && one.p[at] == two.p[at])
		at++;
	if (two.n != one.n + 1 || one.n < at + 2 || memcmp(one.p + at, "\x82@", 2) != 0 ||
	    memcmp(two.p + at, "\x83@@", 3) != 0 || memcmp(one.p + at + 2, two.p + at + 3, one.n - at - 2) != 0)
		fail(path, "this Lua writes bytecode in another way");
	return at + 1;
}

static void source_make(struct source *s, lua_State *L, const char *path)
{
	struct buf other;
	buf_init(&s->text, &alloc_libc, 0);
	if (file_read(&s->text, path, (size_t)16 << 20) != FILE_OK)
		fail(path, "cannot be read");
	compile(L, buf_str(&s->text), "@", path, &s->code);
	compile(L, buf_str(&s->text), "@@", path, &other);
	s->name_at = name_find(buf_str(&s->code), buf_str(&other), path);
	buf_release(&other);
}

/* By length, then by bytes: the order in which builtin_find looks. */
static int source_order(const void *a, const void *b)
{
	const struct buf *x = &((const struct source *)a)->text, *y = &((const struct source *)b)->text;
	if (x->n != y->n)
		return x->n < y->n ? -1 : 1;
	return memcmp(x->p, y->p, x->n);
}

/* As the text of a string: an octal number of three digits is never longer than meant. */
static void literal_write(const char *kind, size_t i, struct str s)
{
	printf("static const char %s_%zu[] =\n\"", kind, i);
	for (size_t at = 0; at < s.n; at++) {
		const unsigned char c = (unsigned char)s.p[at];
		if (c < 0x20 || c > 0x7E || c == '"' || c == '\\' || c == '?')
			printf("\\%03o", (unsigned)c);
		else
			putchar(c);
		if (at % 256 == 255)
			printf("\"\n\"");
	}
	printf("\";\n");
}

static void literals_write(const struct source *s, size_t i)
{
	const struct str code = buf_str(&s->code);
	struct closure c;
	closure_init(&c, &alloc_libc);
	if (!closure_read(&c, buf_str(&s->text), NULL, 0, NULL, NULL))
		fail("names of modules", "out of memory");
	literal_write("text", i, buf_str(&s->text));
	literal_write("head", i, (struct str){ code.p, s->name_at - 1 });
	literal_write("rest", i, (struct str){ code.p + s->name_at + 1, code.n - s->name_at - 1 });
	literal_write("names", i, buf_str(&c.names));
	closure_release(&c);
}

static void item_write(const struct source *s, size_t i)
{
	static const char *const kinds[] = { "text", "head", "rest", "names" };
	char digest[DIGEST_HEX_SIZE];
	digest_hex(buf_str(&s->text), digest);
	printf("{ ");
	for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++)
		printf("{ %s_%zu, sizeof %s_%zu - 1 }, ", kinds[k], i, kinds[k], i);
	printf("\"%s\", %d },\n", digest, closure_is_open(buf_str(&s->text)));
}

static void table_write(const struct source *s, size_t n)
{
	printf("/* Made by core/lua/tool/embed.c. */\n#include \"lua/builtin.h\"\n\n");
	for (size_t i = 0; i < n; i++)
		literals_write(&s[i], i);
	printf("static const struct builtin items[] = {\n");
	for (size_t i = 0; i < n; i++)
		item_write(&s[i], i);
	/* Lua's line about itself has nothing that would have to be written in another way. */
	printf("};\nconst struct builtin_table builtin_table = { \"%s\", items, %zu };\n", lua_ident, n);
}

int main(int argc, char **argv)
{
	const size_t n = argc > 1 ? (size_t)argc - 1 : 0;
	struct source *s = calloc(n + 1, sizeof *s);
	lua_State *L = luaL_newstate();
	if (!s || !L)
		fail("the table", "out of memory");
	for (size_t i = 0; i < n; i++)
		source_make(&s[i], L, argv[i + 1]);
	qsort(s, n, sizeof *s, source_order);
	table_write(s, n);
	for (size_t i = 0; i < n; i++) {
		buf_release(&s[i].text);
		buf_release(&s[i].code);
	}
	free(s);
	lua_close(L);
	if (fflush(stdout) != 0 || ferror(stdout))
		fail("standard output", strerror(errno));
	return 0;
}
