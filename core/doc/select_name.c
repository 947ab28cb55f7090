/*
 * select_name.c - small readings that selectors need: whole numbers, and the
 * kind of node that an unknown name may have meant.
 */
#include "doc/select_private.h"

#define NAME_MAX_LENGTH 32

bool select_integer(struct str s, int64_t *out)
{
	size_t i = s.n && s.p[0] == '-';
	int64_t n = 0;

	if (i == s.n || s.n - i > 18)
		return false;
	for (; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		n = n * 10 + (s.p[i] - '0');
	}
	*out = s.p[0] == '-' ? -n : n;
	return true;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Changes of one letter that lead from a to b, which have at most NAME_MAX_LENGTH each. */
static size_t edit_distance(struct str a, struct str b)
{
	size_t row[NAME_MAX_LENGTH + 1], diagonal, above;

	for (size_t j = 0; j <= b.n; j++)
		row[j] = j;
	for (size_t i = 1; i <= a.n; i++) {
		diagonal = row[0];
		row[0] = i;
		for (size_t j = 1; j <= b.n; j++) {
			above = row[j];
			row[j] = least(least(above, row[j - 1]) + 1, diagonal + (a.p[i - 1] != b.p[j - 1]));
			diagonal = above;
		}
	}
	return row[b.n];
}

/* Names that writers of HTML bring along. */
static const char *foreign_kind(struct str name)
{
	static const char *const foreign[][2] = {
		{ "h1", "heading[level=1]" },
		{ "h2", "heading[level=2]" },
		{ "h3", "heading[level=3]" },
		{ "p", "paragraph" },
		{ "a", "link" },
		{ "img", "image" },
		{ "ul", "list" },
		{ "ol", "list[ordered]" },
		{ "li", "item" },
		{ "blockquote", "block_quote" },
		{ "quote", "block_quote" },
		{ "em", "emph" },
		{ "b", "strong" },
		{ "tr", "table_row" },
		{ "td", "table_cell" },
		{ "th", "table_row[header] table_cell" },
		{ "pre", "code_block" },
		{ "hr", "thematic_break" },
		{ "br", "linebreak" },
		{ "del", "strikethrough" },
		{ "div", "container" },
	};

	for (size_t i = 0; i < sizeof(foreign) / sizeof(*foreign); i++) {
		if (str_eq_nocase(name, str_of(foreign[i][0])))
			return foreign[i][1];
	}
	return NULL;
}

const char *select_nearest_kind(struct str name)
{
	const char *best = foreign_kind(name);
	size_t limit = name.n / 3 + 1;

	if (best || name.n > NAME_MAX_LENGTH)
		return best;
	for (int k = 0; k < NODE_KIND_LIMIT; k++) {
		const char *kind = node_kind_name((enum node_kind)k);
		size_t distance = edit_distance(name, str_of(kind));
		if (!node_kind_find(str_of(kind)) || distance > limit || (best && distance == limit))
			continue;
		best = kind;
		limit = distance;
	}
	return best;
}
