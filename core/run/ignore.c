/*
 * ignore.c - see ignore.h.
 */
#include "run/ignore.h"

#include <errno.h>

#include "base/file.h"
#include "base/glob.h"

static const size_t file_most = (size_t)1 << 20;

void ignore_init(struct ignore *g, const struct alloc *heap)
{
	*g = (struct ignore){ .heap = heap };
	buf_init(&g->text, heap, 0);
}

void ignore_release(struct ignore *g)
{
	mem_free(g->heap, g->rules, g->cap * sizeof *g->rules);
	buf_release(&g->text);
	ignore_init(g, g->heap);
}

/* Spaces at the end do not count unless a backslash stands before them. */
static struct str spaces_cut(struct str line)
{
	size_t kept = 0;

	for (size_t i = 0; i < line.n; i++) {
		if (line.p[i] == '\\' && i + 1 < line.n)
			i++;
		else if (line.p[i] == ' ')
			continue;
		kept = i + 1;
	}
	return (struct str){ line.p, kept };
}

static bool rule_add(struct ignore *g, struct str line)
{
	struct ignore_rule rule = { .negated = line.n && *line.p == '!' };
	struct ignore_rule *grown = mem_grow(g->heap, g->rules, &g->cap, g->n + 1, sizeof *g->rules);

	if (!grown)
		return false;
	g->rules = grown;
	line.p += rule.negated;
	line.n -= rule.negated;
	rule.folders_only = line.n && line.p[line.n - 1] == '/';
	line.n -= rule.folders_only;
	rule.anchored = line.n && memchr(line.p, '/', line.n);
	if (line.n && *line.p == '/')
		line.p++, line.n--;
	rule.pattern = line;
	g->rules[g->n++] = rule;
	return true;
}

static bool lines_read(struct ignore *g)
{
	const char *p = buf_str(&g->text).p, *end = p + g->text.n;

	if (str_starts(buf_str(&g->text), STR_LIT("\xEF\xBB\xBF")))
		p += 3;
	while (p < end) {
		const char *stop = memchr(p, '\n', (size_t)(end - p));
		struct str line = { p, (size_t)((stop ? stop : end) - p) };
		p = stop ? stop + 1 : end;
		if (line.n && line.p[line.n - 1] == '\r')
			line.n--;
		line = spaces_cut(line);
		if (line.n && *line.p != '#' && !rule_add(g, line))
			return false;
	}
	return true;
}

int ignore_read(struct ignore *g, const char *path)
{
	switch (file_read(&g->text, path, file_most)) {
	case FILE_OK:
		return lines_read(g) ? 0 : ENOMEM;
	case FILE_MISSING:
		return 0;
	case FILE_DENIED:
		return EACCES;
	case FILE_TOO_LARGE:
		return EFBIG;
	case FILE_NOMEM:
		return ENOMEM;
	case FILE_NOT_REGULAR:
		return EINVAL;
	case FILE_IO:
		break;
	}
	return EIO;
}

enum ignore_verdict ignore_ask(const struct ignore *g, struct str below, struct str name, bool is_folder)
{
	for (size_t i = g->n; i > 0; i--) {
		const struct ignore_rule *r = &g->rules[i - 1];
		if ((!r->folders_only || is_folder) && glob_match(r->pattern, r->anchored ? below : name))
			return r->negated ? IGNORE_IN : IGNORE_OUT;
	}
	return IGNORE_SILENT;
}
