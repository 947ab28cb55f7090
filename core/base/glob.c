/*
 * glob.c - see glob.h.
 *
 * Two places to come back to are enough: the last "*", which takes one byte
 * more and never a slash, and the last "**", which takes one folder more.  What
 * stands before a "**" that was reached never has to be matched in another way.
 */
#include "base/glob.h"

struct place {
	const char *pattern, *path; /* pattern NULL: none */
};

struct match {
	const char *p, *end;    /* of the pattern */
	const char *at, *limit; /* of the path */
	const char *begin;      /* of the pattern */
	struct place star, folders;
};

/* ---------------------------------------------------------------- brackets */

enum found { FOUND_NO, FOUND_YES, FOUND_BROKEN };

static bool class_has(struct str name, unsigned char c)
{
	const bool upper = c >= 'A' && c <= 'Z', lower = c >= 'a' && c <= 'z', digit = c >= '0' && c <= '9';
	const bool print = c >= ' ' && c < 127, graph = print && c != ' ';
	const struct {
		const char *name;
		bool has;
	} table[] = {
		{ "alnum", upper || lower || digit },
		{ "alpha", upper || lower },
		{ "blank", c == ' ' || c == '\t' },
		{ "cntrl", c < ' ' || c == 127 },
		{ "digit", digit },
		{ "graph", graph },
		{ "lower", lower },
		{ "print", print },
		{ "punct", graph && !upper && !lower && !digit },
		{ "space", c == ' ' || (c >= '\t' && c <= '\r') },
		{ "upper", upper },
		{ "xdigit", digit || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f') },
	};

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		if (str_eqz(name, table[i].name))
			return table[i].has;
	return false;
}

/* "[:name:]" at p; its end, or NULL where none is. */
static const char *class_end(const char *p, const char *end)
{
	const char *close = end - p > 3 && p[0] == '[' && p[1] == ':' ? memchr(p + 2, ']', (size_t)(end - p - 2))
								      : NULL;

	return close && close > p + 2 && close[-1] == ':' ? close + 1 : NULL;
}

/* The byte a member of a set stands for; *p goes behind it. */
static bool member_read(const char **p, const char *end, unsigned char *out)
{
	if (*p < end && **p == '\\')
		++*p;
	if (*p >= end)
		return false;
	*out = (unsigned char)*(*p)++;
	return true;
}

/* One member, a range or a class; *p goes behind it. */
static enum found member_find(const char **p, const char *end, unsigned char c)
{
	const char *behind = class_end(*p, end);
	unsigned char low, high;

	if (behind) {
		const bool has = class_has((struct str){ *p + 2, (size_t)(behind - *p) - 4 }, c);
		*p = behind;
		return has ? FOUND_YES : FOUND_NO;
	}
	if (!member_read(p, end, &low))
		return FOUND_BROKEN;
	high = low;
	if (end - *p > 1 && **p == '-' && (*p)[1] != ']') {
		++*p;
		if (!member_read(p, end, &high))
			return FOUND_BROKEN;
	}
	return c >= low && c <= high ? FOUND_YES : FOUND_NO;
}

/* A set whose "[" is before *p; *p goes behind its "]", which does not close it where it is the first member. */
static enum found set_find(const char **p, const char *end, unsigned char c)
{
	const bool negated = *p < end && (**p == '!' || **p == '^');
	bool any = false;

	*p += negated;
	for (const char *first = *p; *p < end;) {
		if (**p == ']' && *p > first) {
			++*p;
			return any != negated ? FOUND_YES : FOUND_NO;
		}
		const enum found found = member_find(p, end, c);
		if (found == FOUND_BROKEN)
			return found;
		any = any || found == FOUND_YES;
	}
	return FOUND_BROKEN;
}

/* ------------------------------------------------------------------- stars */

/* Whether two or more stars at m->p stand between slashes; *behind: what follows them. */
static bool stars_are_folders(const struct match *m, const char **behind)
{
	const char *p = m->p;

	while (p < m->end && *p == '*')
		p++;
	*behind = p;
	return p - m->p > 1 && (m->p == m->begin || m->p[-1] == '/') && (p == m->end || *p == '/');
}

/* Stars at m->p.  True: the rest of the path matches. */
static bool stars_take(struct match *m)
{
	const char *behind;

	if (!stars_are_folders(m, &behind)) {
		m->p = behind;
		m->star = (struct place){ m->p, m->at };
		return false;
	}
	if (behind == m->end)
		return m->at < m->limit;
	m->p = behind + 1;
	m->folders = (struct place){ m->p, m->at };
	m->star.pattern = NULL;
	return false;
}

/* Tries again from the last place where something more can be taken. */
static bool go_back(struct match *m)
{
	const char *slash;

	if (m->star.pattern && m->star.path < m->limit && *m->star.path != '/') {
		m->p = m->star.pattern;
		m->at = ++m->star.path;
		return true;
	}
	m->star.pattern = NULL;
	if (!m->folders.pattern || m->folders.path >= m->limit)
		return false;
	slash = memchr(m->folders.path, '/', (size_t)(m->limit - m->folders.path));
	if (!slash)
		return false;
	m->p = m->folders.pattern;
	m->at = m->folders.path = slash + 1;
	return true;
}

/* One byte of the path by what stands at m->p, which goes on. */
static enum found byte_take(struct match *m)
{
	const char c = *m->at;
	enum found found;

	switch (*m->p) {
	case '?':
		m->p++;
		found = c != '/' ? FOUND_YES : FOUND_NO;
		break;
	case '[':
		m->p++;
		found = set_find(&m->p, m->end, (unsigned char)c);
		if (found == FOUND_YES && c == '/')
			found = FOUND_NO;
		break;
	case '\\':
		if (++m->p == m->end)
			return FOUND_BROKEN;
		/* fall through */
	default:
		found = *m->p++ == c ? FOUND_YES : FOUND_NO;
	}
	m->at += found == FOUND_YES;
	return found;
}

bool glob_match(struct str pattern, struct str path)
{
	struct match m = { pattern.p, pattern.p + pattern.n, path.p, path.p + path.n, pattern.p, { 0 }, { 0 } };

	for (;;) {
		enum found found = FOUND_NO;
		if (m.p < m.end && *m.p == '*') {
			if (stars_take(&m))
				return true;
			continue;
		}
		if (m.p == m.end && m.at == m.limit)
			return true;
		if (m.p < m.end && m.at < m.limit)
			found = byte_take(&m);
		if (found == FOUND_BROKEN || (found == FOUND_NO && !go_back(&m)))
			return false;
	}
}
