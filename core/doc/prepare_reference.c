/*
 * prepare_reference.c - stage one of prepare.h: references to footnotes.
 *
 * "[^label]" is one where the body has a definition of that label; so the
 * labels of all definitions are gathered before the pass, sorted, and each
 * bracket is looked up among them.  The definitions themselves are stage
 * two's, in prepare_note.c.
 */
#include "doc/prepare_private.h"

#include <stdlib.h>

#include "base/bytes.h"

/* The label of "[^label]" at p, empty where it is none. */
static struct str footnote_label(const struct inline_pass *s, const char *p)
{
	const char *end = pass_end(s);
	const char *q = p + 2;

	while (q < end && q - p < 200 && (unsigned char)*q > ' ' && *q != ']' && *q != '[' && *q != '^')
		q++;
	return q < end && *q == ']' && q > p + 2 ? str_slice(p + 2, q) : STR_EMPTY;
}

/* Only spaces between the start of the line and p, at most three. */
static bool at_line_start(const struct inline_pass *s, const char *p)
{
	int n = 0;

	while (p > s->body.p && p[-1] == ' ' && ++n <= 3)
		p--;
	return p == s->body.p || p[-1] == '\n';
}

static void collect_labels(struct inline_pass *s)
{
	const char *end = pass_end(s);

	for (const char *p = s->body.p; (p = bytes_find_pair(p, end, '[', '^')); p += 2) {
		struct str label = footnote_label(s, p);
		const char *after = label.p + label.n + 1;
		if (label.n == 0 || after >= end || *after != ':' || !at_line_start(s, p))
			continue;
		if (s->n_labels == s->cap_labels) {
			struct str *grown = arena_grow(s->p->arena, s->labels, &s->cap_labels, s->n_labels + 1,
						       sizeof *grown);
			if (!grown) {
				s->p->failed = true;
				return;
			}
			s->labels = grown;
		}
		s->labels[s->n_labels++] = label;
	}
}

/* In either case of ASCII letters. */
static int compare_words(struct str a, struct str b)
{
	for (size_t i = 0; i < a.n && i < b.n; i++) {
		int x = (unsigned char)a.p[i], y = (unsigned char)b.p[i];
		x += x >= 'A' && x <= 'Z' ? 32 : 0;
		y += y >= 'A' && y <= 'Z' ? 32 : 0;
		if (x != y)
			return x - y;
	}
	return (a.n > b.n) - (a.n < b.n);
}

/* Of equal ones the first of the document comes first. */
static int compare_labels(const void *a, const void *b)
{
	const struct str x = *(const struct str *)a, y = *(const struct str *)b;
	const int order = compare_words(x, y);

	return order ? order : (x.p > y.p) - (x.p < y.p);
}

/* The label as its first definition spells it; empty where there is none. */
static struct str defined_label(const struct inline_pass *s, struct str label)
{
	size_t low = 0, high = s->n_labels;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (compare_words(s->labels[middle], label) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < s->n_labels && compare_words(s->labels[low], label) == 0 ? s->labels[low] : STR_EMPTY;
}

void reference_collect(struct inline_pass *s)
{
	collect_labels(s);
	if (s->n_labels > 1)
		qsort(s->labels, s->n_labels, sizeof *s->labels, compare_labels);
}

const char *reference_take(struct inline_pass *s, const char *p)
{
	if (s->n_labels == 0 || pass_end(s) - p < 4 || p[1] != '^')
		return p + 1;
	struct str label = footnote_label(s, p);
	const char *close = label.p + label.n + 1;
	bool definition = label.n && close < pass_end(s) && *close == ':' && at_line_start(s, p);
	label = definition ? STR_EMPTY : defined_label(s, label);
	if (label.n == 0)
		return p + 2;
	struct held *held = pass_hold(s, HELD_FOOTNOTE_REFERENCE, p, close);
	if (held)
		held->text = label;
	return close;
}
