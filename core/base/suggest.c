/*
 * suggest.c - see suggest.h.
 */
#include "base/suggest.h"

#include <string.h>

enum { SUGGEST_MAX = SUGGESTION_SIZE - 1 };

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Optimal string alignment over three rows. Both at most SUGGEST_MAX long. */
static size_t distance(const char *a, size_t n, const char *b, size_t m)
{
	size_t rows[3][SUGGEST_MAX + 1];
	size_t *before = rows[0], *last = rows[1], *row = rows[2];

	for (size_t j = 0; j <= m; j++)
		last[j] = j;
	for (size_t i = 1; i <= n; i++) {
		row[0] = i;
		for (size_t j = 1; j <= m; j++) {
			row[j] = least(least(last[j], row[j - 1]) + 1, last[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				row[j] = least(row[j], before[j - 2] + 1);
		}
		size_t *oldest = before;
		before = last;
		last = row;
		row = oldest;
	}
	return last[m];
}

void suggest_init(struct suggestion *s, const char *typed)
{
	*s = (struct suggestion){ .typed = typed, .distance = SUGGEST_MAX };
}

void suggest_try(struct suggestion *s, const char *candidate)
{
	const size_t n = strlen(s->typed), m = strlen(candidate);
	size_t d;

	if (n == 0 || n > SUGGEST_MAX || m > SUGGEST_MAX)
		return;
	/* What was typed in full begins the candidate: nearer than its length says. */
	d = n >= 2 && n < m && memcmp(s->typed, candidate, n) == 0 ? 1 : distance(s->typed, n, candidate, m);
	if (d > 0 && d < s->distance && d <= 1 + n / 4 && d < m) {
		s->distance = d;
		memcpy(s->best, candidate, m + 1);
	}
}
