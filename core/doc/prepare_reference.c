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

struct str note_label(const char *p, const char *end)
{
	const char *q = p + 2;

	while (q < end && q - p < 200 && (unsigned char)*q > ' ' && *q != ']' && *q != '[' && *q != '^')
		q++;
	return q < end && *q == ']' && q > p + 2 ? str_slice(p + 2, q) : STR_EMPTY;
}

/* Only spaces between the start of the line and p, at most three. */
static bool at_line_start(struct str body, const char *p)
{
	int n = 0;

	while (p > body.p && p[-1] == ' ' && ++n <= 3)
		p--;
	return p == body.p || p[-1] == '\n';
}

bool note_is_defined_at(struct str body, const char *p, struct str label)
{
	const char *behind = label.p + label.n + 1;

	return label.n > 0 && behind < body.p + body.n && *behind == ':' && at_line_start(body, p);
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

bool note_labels_gather(struct note_labels *l, struct arena *a, struct str body)
{
	const char *end = body.p + body.n;

	for (const char *p = body.p; (p = bytes_find_pair(p, end, '[', '^')); p += 2) {
		const struct str label = note_label(p, end);
		if (!note_is_defined_at(body, p, label))
			continue;
		struct str *grown = arena_grow(a, l->items, &l->cap, l->n + 1, sizeof *grown);
		if (!grown)
			return false;
		l->items = grown;
		l->items[l->n++] = label;
	}
	if (l->n > 1)
		qsort(l->items, l->n, sizeof *l->items, compare_labels);
	return true;
}

struct str note_labels_find(const struct note_labels *l, struct str label)
{
	size_t low = 0, high = l->n;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (compare_words(l->items[middle], label) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < l->n && compare_words(l->items[low], label) == 0 ? l->items[low] : STR_EMPTY;
}

void reference_collect(struct inline_pass *s)
{
	if (s->p->notes)
		s->labels = *s->p->notes;
	else if (!note_labels_gather(&s->labels, s->p->arena, s->body))
		s->p->failed = true;
}

const char *reference_take(struct inline_pass *s, const char *p)
{
	if (s->labels.n == 0 || pass_end(s) - p < 4 || p[1] != '^')
		return p + 1;
	struct str label = note_label(p, pass_end(s));
	const char *close = label.p + label.n + 1;
	label = note_is_defined_at(s->body, p, label) ? STR_EMPTY : note_labels_find(&s->labels, label);
	if (label.n == 0)
		return p + 2;
	struct held *held = pass_hold(s, HELD_FOOTNOTE_REFERENCE, p, close);
	if (held)
		held->text = label;
	return close;
}
