/*
 * closure.c - see closure.h.
 *
 * The text is not parsed: what stands in a comment or a string counts as well,
 * which names a module too many now and then and never one too few.
 */
#include "lua/closure.h"

#include <stdio.h>
#include <string.h>

#include "base/digest.h"
#include "lua/builtin.h"
#include "lua/words.h"

enum { MODULES_MOST = 10000 };

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
	for (from = at; at < s.n && (words_is_letter(s.p[at]) || s.p[at] == '.'); at++)
		;
	return at < s.n && (s.p[at] == '"' || s.p[at] == '\'' || s.p[at] == ']') ? str_slice(s.p + from, s.p + at)
										 : STR_EMPTY;
}

/* require("a" .. b) names more than its literal. */
static bool is_expression(struct str s, struct str literal, size_t at)
{
	const size_t brackets = literal.p[-1] == '[' ? 2 : 1;
	const bool has_parenthesis = s.p[skip_space(s, at)] == '(';
	const size_t after = skip_space(s, (size_t)(literal.p - s.p) + literal.n + brackets);

	return has_parenthesis && (after >= s.n || s.p[after] != ')');
}

static void names_add(struct closure *c, struct str name)
{
	char z[MODULE_NAME_MOST + 1];

	if (name.n == 0 || name.n > MODULE_NAME_MOST)
		return;
	memcpy(z, name.p, name.n);
	z[name.n] = '\0';
	if (!closure_has(c, z))
		buf_add(&c->names, z, name.n + 1);
}

/* The modules that a text names, wherever it does. */
static void names_find(struct closure *c, struct str s)
{
	static const char word[] = "require";
	const size_t n = sizeof word - 1;
	const char *at = s.p;

	while ((at = memmem(at, (size_t)(s.p + s.n - at), word, n)) != NULL) {
		if (at == s.p || !words_is_letter(at[-1]))
			names_add(c, literal_at(s, (size_t)(at - s.p) + n));
		at += n;
	}
}

bool closure_is_open(struct str s)
{
	const struct builtin *known = builtin_find(s);

	if (known)
		return known->is_open;
	for (struct words w = words_of(s); words_next(&w);) {
		if (w.is_field)
			continue;
		if (str_eqz(w.word, "_G") || str_eqz(w.word, "_ENV") || str_eqz(w.word, "load"))
			return true;
		if (!str_eqz(w.word, "require"))
			continue;
		const struct str name = literal_at(s, w.at);
		if (name.n == 0 || is_expression(s, name, w.at))
			return true;
	}
	return false;
}

/* Where modules are looked for, and who wants to know. */
struct reading {
	const char *const *folders;
	size_t n_folders;
	const struct file_source *files;
	const struct closure_visitor *visitor;
};

/* The first folder that has it; what is outside of its folder counts as not there. */
static enum file_status module_find(const struct reading *r, const char *file, struct buf *text, bool *going)
{
	enum file_status status = FILE_MISSING;
	char path[PATH_MAX];

	for (size_t i = 0; i < r->n_folders && status == FILE_MISSING && *going; i++) {
		bool outside;
		if (!files_module_path(path, r->folders[i], file))
			continue;
		status = files_read_module(r->files, text, r->folders[i], path, &outside);
		if (r->visitor && (status != FILE_MISSING || outside))
			*going = r->visitor->file(r->visitor->user, path, status, outside, buf_str(text));
	}
	return status;
}

/* A file joins what the digest is taken of by its own. */
static void content_add(struct closure *c, struct str text, const struct builtin *known)
{
	char digest[DIGEST_HEX_SIZE];

	if (!known)
		digest_hex(text, digest);
	buf_addf(&c->text, "%s\n", known ? known->digest : digest);
}

static void text_add(struct closure *c, struct str text, bool for_digest)
{
	const struct builtin *known = builtin_find(text);

	if (for_digest)
		content_add(c, text, known);
	if (!known)
		names_find(c, text);
	for (size_t at = 0; known && at < known->names.n; at += strlen(known->names.p + at) + 1)
		names_add(c, str_of(known->names.p + at));
}

/* A module that is not there is told from an empty one. */
static bool module_read(struct closure *c, const char *name, const struct reading *r)
{
	char file[MODULE_NAME_MOST + sizeof ".lua"];
	enum file_status status;
	struct buf text;
	bool going = true;

	snprintf(file, sizeof file, "%s", name);
	for (char *p = file; *p; p++)
		if (*p == '.')
			*p = '/';
	strcat(file, ".lua");
	buf_init(&text, c->text.heap, 0);
	status = module_find(r, file, &text, &going);
	buf_addf(&c->text, "%s %d ", name, (int)status);
	text_add(c, buf_str(&text), r->visitor == NULL);
	buf_release(&text);
	return going && buf_ok(&c->text) && buf_ok(&c->names);
}

bool closure_read(struct closure *c, struct str source, const char *const *folders, size_t n_folders,
		  const struct file_source *files, const struct closure_visitor *visitor)
{
	const struct reading reading = { folders, n_folders, files, visitor };
	size_t n = 0;

	buf_clear(&c->names);
	buf_clear(&c->text);
	text_add(c, source, visitor == NULL);
	for (size_t at = 0; at < c->names.n && n < MODULES_MOST; n++) {
		char name[MODULE_NAME_MOST + 1];
		snprintf(name, sizeof name, "%s", c->names.p + at); /* the buffer may move */
		if (!module_read(c, name, &reading))
			return false;
		at += strlen(name) + 1;
	}
	return n < MODULES_MOST && buf_ok(&c->text) && buf_ok(&c->names);
}
