/*
 * select_name.c - small readings that selectors need: numbers, and the name
 * that an unknown one may have meant.
 */
#include "doc/select_private.h"

#define NAME_MAX_LENGTH 32

/* Digits with or without a point, as a whole number and the power of ten it is divided by. */
bool select_number(struct str s, double *out)
{
	size_t i = s.n && (s.p[0] == '-' || s.p[0] == '+'), digits = 0;
	double n = 0, scale = 1;
	bool point = false;

	for (; i < s.n; i++) {
		if (s.p[i] == '.' && !point) {
			point = true;
			continue;
		}
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		n = n * 10 + (s.p[i] - '0');
		scale *= point ? 10 : 1;
		digits++;
	}
	if (digits == 0 || digits > 18 || s.p[s.n - 1] == '.')
		return false;
	*out = (s.p[0] == '-' ? -n : n) / scale;
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
		{ "h4", "heading[level=4]" },
		{ "h5", "heading[level=5]" },
		{ "h6", "heading[level=6]" },
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
		{ "dl", "definition_list" },
		{ "dt", "term" },
		{ "dd", "definition" },
		{ "article", "container[tag=article]" },
		{ "aside", "container[tag=aside]" },
		{ "nav", "container[tag=nav]" },
		{ "figcaption", "caption" },
	};

	for (size_t i = 0; i < sizeof(foreign) / sizeof(*foreign); i++) {
		if (str_eq_nocase(name, str_of(foreign[i][0])))
			return foreign[i][1];
	}
	return NULL;
}

const char *select_nearest(struct str name, const char *const *names, size_t stride)
{
	const char *best = NULL, *at = (const char *)names;
	size_t limit = name.n / 3 + 1;
	char lower[NAME_MAX_LENGTH];

	if (name.n > NAME_MAX_LENGTH)
		return NULL;
	for (size_t i = 0; i < name.n; i++)
		lower[i] = (char)(name.p[i] >= 'A' && name.p[i] <= 'Z' ? name.p[i] + ('a' - 'A') : name.p[i]);
	name.p = lower;
	for (; *(const char *const *)at; at += stride) {
		const char *candidate = *(const char *const *)at;
		size_t distance = edit_distance(name, str_of(candidate));
		if (distance > limit || (best && distance == limit))
			continue;
		best = candidate;
		limit = distance;
	}
	return best;
}

const char *select_nearest_kind(struct str name)
{
	const char *names[SELECT_KINDS + 1], *foreign = foreign_kind(name);
	size_t n = 0;

	if (foreign)
		return foreign;
	for (unsigned k = 1; k < NODE_KIND_LIMIT; k++) {
		const char *kind = node_kind_name((enum node_kind)k);
		if (node_kind_find(str_of(kind)))
			names[n++] = kind;
	}
	names[n++] = "section";
	names[n] = NULL;
	return select_nearest(name, names, sizeof(*names));
}
