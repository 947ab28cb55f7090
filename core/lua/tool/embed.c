/*
 * embed.c - a program of the build: compiles plugins and modules and writes
 * them, text and bytecode, as the C source of builtin_table (lua/builtin.h).
 *
 * Linked with the same Lua as quern, and says which that is.  The name of a chunk is left out: quern puts in the path under
 * which it has found the text.  Same files, same Lua: same bytes.
 */
#include <errno.h>
#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct bytes {
	char *p;
	size_t n, cap;
};

struct source {
	struct bytes text, head, rest; /* head and rest: bytecode before and behind the name */
};

static void fail(const char *what, const char *why)
{
	fprintf(stderr, "embed: %s: %s\n", what, why);
	exit(1);
}

static int bytes_add(lua_State *L, const void *piece, size_t n, void *to)
{
	struct bytes *b = to;
	(void)L;
	if (n > b->cap - b->n) {
		b->cap = (b->n + n) * 2;
		b->p = realloc(b->p, b->cap);
		if (!b->p)
			fail("bytecode", "out of memory");
	}
	if (n)
		memcpy(b->p + b->n, piece, n);
	b->n += n;
	return 0;
}

static struct bytes file_read(const char *path)
{
	struct bytes b = { 0 };
	char piece[65536];
	size_t n;
	FILE *f = fopen(path, "rb");
	if (!f)
		fail(path, strerror(errno));
	bytes_add(NULL, "", 0, &b);
	while ((n = fread(piece, 1, sizeof piece, f)) > 0)
		bytes_add(NULL, piece, n, &b);
	if (ferror(f))
		fail(path, strerror(errno));
	fclose(f);
	return b;
}

static struct bytes compile(lua_State *L, const struct bytes *text, const char *name, const char *path)
{
	struct bytes code = { 0 };
	if (luaL_loadbufferx(L, text->p, text->n, name, "t") != LUA_OK)
		fail(path, lua_tostring(L, -1));
	if (lua_dump(L, bytes_add, &code, 0) != 0) /* with lines and names, for errors */
		fail(path, "cannot be dumped");
	lua_pop(L, 1);
	return code;
}

/*
 * Two dumps under names of one and two bytes differ first in the length of the
 * name, which is one more than its bytes, with the high bit for its last digit.
 */
static void take_name_out(struct source *s, struct bytes one, struct bytes two, const char *path)
{
	size_t at = 0;
	while (at < one.n && at < two.n && one.p[at] == two.p[at])
		at++;
	if (two.n != one.n + 1 || one.n < at + 2 || memcmp(one.p + at, "\x82@", 2) != 0 ||
	    memcmp(two.p + at, "\x83@@", 3) != 0 || memcmp(one.p + at + 2, two.p + at + 3, one.n - at - 2) != 0)
		fail(path, "this Lua writes bytecode in another way");
	bytes_add(NULL, one.p, at, &s->head);
	bytes_add(NULL, one.p + at + 2, one.n - at - 2, &s->rest);
}

static struct source source_make(lua_State *L, const char *path)
{
	struct source s = { .text = file_read(path) };
	struct bytes one = compile(L, &s.text, "@", path), two = compile(L, &s.text, "@@", path);
	take_name_out(&s, one, two, path);
	free(one.p);
	free(two.p);
	return s;
}

/* By length, then by bytes: the order in which builtin_find looks. */
static int source_order(const void *a, const void *b)
{
	const struct bytes *x = &((const struct source *)a)->text, *y = &((const struct source *)b)->text;
	if (x->n != y->n)
		return x->n < y->n ? -1 : 1;
	return memcmp(x->p, y->p, x->n);
}

/* As the text of a string: an octal number of three digits is never longer than meant. */
static void literal_write(const char *kind, size_t i, const struct bytes *b)
{
	printf("static const char %s_%zu[] =\n\"", kind, i);
	for (size_t at = 0; at < b->n; at++) {
		const unsigned char c = (unsigned char)b->p[at];
		if (c < 0x20 || c > 0x7E || c == '"' || c == '\\' || c == '?')
			printf("\\%03o", (unsigned)c);
		else
			putchar(c);
		if (at % 256 == 255)
			printf("\"\n\"");
	}
	printf("\";\n");
}

static void table_write(const struct source *s, size_t n)
{
	printf("/* Made by core/lua/tool/embed.c. */\n#include \"lua/builtin.h\"\n\n");
	for (size_t i = 0; i < n; i++) {
		literal_write("text", i, &s[i].text);
		literal_write("head", i, &s[i].head);
		literal_write("rest", i, &s[i].rest);
	}
	printf("static const struct builtin items[] = {\n");
	for (size_t i = 0; i < n; i++)
		printf("{ { text_%zu, %zu }, { head_%zu, %zu }, { rest_%zu, %zu } },\n", i, s[i].text.n, i, s[i].head.n,
		       i, s[i].rest.n);
	/* Its text has no character that would have to be written in another way. */
	printf("};\nconst struct builtin_table builtin_table = { \"%s\", items, %zu };\n", lua_ident, n);
}

int main(int argc, char **argv)
{
	const size_t n = argc > 1 ? (size_t)argc - 1 : 0;
	struct source *s = calloc(n + 1, sizeof *s);
	lua_State *L = luaL_newstate();
	if (!s || !L || !n)
		fail("no files", "or no memory");
	for (size_t i = 0; i < n; i++)
		s[i] = source_make(L, argv[i + 1]);
	qsort(s, n, sizeof *s, source_order);
	table_write(s, n);
	for (size_t i = 0; i < n; i++) {
		free(s[i].text.p);
		free(s[i].head.p);
		free(s[i].rest.p);
	}
	free(s);
	lua_close(L);
	if (fflush(stdout) != 0 || ferror(stdout))
		fail("standard output", strerror(errno));
	return 0;
}
