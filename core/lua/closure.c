/*
 * closure.c - see closure.h.
 *
 * The text is not parsed: what stands in a comment or a string counts as well,
 * which names a module too many now and then and never one too few.
 */
#include "lua/closure.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"

enum { NAME_MOST = 200, MODULES_MOST = 10000 };
static const size_t module_bytes = (size_t)16 << 20;

void closure_init(struct closure *c, const struct alloc *heap)
{
	buf_init(&c->names, heap, 0);
	buf_init(&c->text, heap, 0);
}

void closure_release(struct closure *c)
{
	buf_release(&c->names);
	buf_release(&c->text);
}

bool closure_has(const struct closure *c, const char *name)
{
	const size_t n = strlen(name) + 1;

	for (size_t at = 0; at < c->names.n; at += strlen(c->names.p + at) + 1)
		if (memcmp(c->names.p + at, name, n < c->names.n - at ? n : c->names.n - at) == 0)
			return true;
	return false;
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static size_t skip_space(struct str s, size_t at)
{
	while (at < s.n && (s.p[at] == ' ' || (s.p[at] >= '\t' && s.p[at] <= '\r')))
		at++;
	return at;
}

/* The literal after require at `at`: require "x", require("x"), require 'x', require[[x]].  n 0: none. */
static struct str literal_at(struct str s, size_t at)
{
	size_t from;

	at = skip_space(s, at);
	if (at < s.n && s.p[at] == '(')
		at = skip_space(s, at + 1);
	if (at < s.n && (s.p[at] == '"' || s.p[at] == '\''))
		at++;
	else if (at + 1 < s.n && s.p[at] == '[' && s.p[at + 1] == '[')
		at += 2;
	else
		return STR_EMPTY;
	for (from = at; at < s.n && (is_word(s.p[at]) || s.p[at] == '.'); at++)
		;
	return at < s.n && (s.p[at] == '"' || s.p[at] == '\'' || s.p[at] == ']') ? str_slice(s.p + from, s.p + at)
										 : STR_EMPTY;
}

static void names_add(struct closure *c, struct str name)
{
	char z[NAME_MOST + 1];

	if (name.n == 0 || name.n > NAME_MOST)
		return;
	memcpy(z, name.p, name.n);
	z[name.n] = '\0';
	if (!closure_has(c, z))
		buf_add(&c->names, z, name.n + 1);
}

static void names_find(struct closure *c, struct str s)
{
	static const char word[] = "require";
	const size_t n = sizeof word - 1;
	const char *at = s.p;

	while ((at = memmem(at, (size_t)(s.p + s.n - at), word, n)) != NULL) {
		if (at == s.p || !is_word(at[-1]))
			names_add(c, literal_at(s, (size_t)(at - s.p) + n));
		at += n;
	}
}

/* The module's text joins what the digest is taken of, under its name; a module that is not there is told from an empty one. */
static bool module_read(struct closure *c, const char *name, const char *const *folders, size_t n_folders)
{
	char path[4096], file[NAME_MOST + 1];
	enum file_status status = FILE_MISSING;
	struct buf text;

	snprintf(file, sizeof file, "%s", name);
	for (char *p = file; *p; p++)
		if (*p == '.')
			*p = '/';
	buf_init(&text, c->text.heap, 0);
	for (size_t i = 0; i < n_folders && status == FILE_MISSING; i++) {
		snprintf(path, sizeof path, "%s%s%s.lua", folders[i], *folders[i] ? "/" : "", file);
		status = file_read(&text, path, module_bytes);
	}
	buf_addf(&c->text, "%s %d %zu\n", name, (int)status, text.n);
	buf_adds(&c->text, buf_str(&text));
	names_find(c, buf_str(&text));
	buf_release(&text);
	return buf_ok(&c->text) && buf_ok(&c->names);
}

bool closure_read(struct closure *c, struct str source, const char *const *folders, size_t n_folders)
{
	size_t n = 0;

	buf_clear(&c->names);
	buf_clear(&c->text);
	buf_adds(&c->text, source);
	names_find(c, source);
	for (size_t at = 0; at < c->names.n && n < MODULES_MOST; n++) {
		char name[NAME_MOST + 1];
		snprintf(name, sizeof name, "%s", c->names.p + at); /* the buffer may move */
		if (!module_read(c, name, folders, n_folders))
			return false;
		at += strlen(name) + 1;
	}
	return n < MODULES_MOST && buf_ok(&c->text) && buf_ok(&c->names);
}
