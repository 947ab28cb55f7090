/*
 * text_normalize.c - the four normal forms and case folding.
 *
 * Provides text_normalize and text_fold.  utf8proc decomposes single
 * characters and composes; the ordering of marks between the two is done here,
 * because utf8proc's takes quadratic time on a long run of marks.  Text is
 * worked on from one ASCII character to the next: nothing composes with an
 * ASCII character that follows it.
 */
#include <utf8proc.h>

#include "base/text.h"
#include "base/utf8.h"

/* One stretch of characters on its way to a normal form. */
struct stretch {
	const struct alloc *heap;
	utf8proc_int32_t *cps;
	size_t n, cap;
	utf8proc_int32_t *sorted; /* as large as cps; only once a long run of marks was met */
	size_t sorted_cap;
};

/* The most characters one character decomposes into is 18 (U+FDFA). */
#define DECOMPOSED_MAX 32

static bool stretch_add(struct stretch *st, uint32_t cp, utf8proc_option_t options)
{
	utf8proc_int32_t *cps;
	utf8proc_ssize_t added;
	int boundary = 0;

	cps = mem_grow(st->heap, st->cps, &st->cap, st->n + DECOMPOSED_MAX, sizeof(*cps));
	if (!cps)
		return false;
	st->cps = cps;
	added = utf8proc_decompose_char((utf8proc_int32_t)cp, cps + st->n, DECOMPOSED_MAX, options, &boundary);
	if (added < 0 || added > DECOMPOSED_MAX) {
		cps[st->n] = 0xFFFD;
		added = 1;
	}
	st->n += (size_t)added;
	return true;
}

static unsigned mark_class(utf8proc_int32_t cp)
{
	return cp < 0x300 ? 0 : (unsigned)utf8proc_get_property(cp)->combining_class & 0xFF;
}

static void sort_few(utf8proc_int32_t *cps, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		utf8proc_int32_t moving = cps[i];
		unsigned order = mark_class(moving);
		size_t j = i;

		for (; j > 0 && mark_class(cps[j - 1]) > order; j--)
			cps[j] = cps[j - 1];
		cps[j] = moving;
	}
}

/* A counting sort: there are 256 classes at most, and equal ones must keep their order. */
static bool sort_many(struct stretch *st, utf8proc_int32_t *cps, size_t n)
{
	size_t at[257] = { 0 };
	utf8proc_int32_t *sorted = mem_grow(st->heap, st->sorted, &st->sorted_cap, n, sizeof(*sorted));

	if (!sorted)
		return false;
	st->sorted = sorted;
	for (size_t i = 0; i < n; i++)
		at[mark_class(cps[i]) + 1]++;
	for (size_t c = 1; c < 257; c++)
		at[c] += at[c - 1];
	for (size_t i = 0; i < n; i++)
		sorted[at[mark_class(cps[i])]++] = cps[i];
	memcpy(cps, sorted, n * sizeof(*cps));
	return true;
}

/* The canonical ordering: every run of marks by class. */
static bool order_marks(struct stretch *st)
{
	const size_t few = 16;

	for (size_t i = 0; i < st->n;) {
		size_t from = i;

		while (i < st->n && mark_class(st->cps[i]) > 0)
			i++;
		if (i - from > few) {
			if (!sort_many(st, st->cps + from, i - from))
				return false;
		} else if (i - from > 1) {
			sort_few(st->cps + from, i - from);
		}
		if (i == from)
			i++;
	}
	return true;
}

static bool stretch_finish(struct stretch *st, struct buf *out, utf8proc_option_t options)
{
	utf8proc_ssize_t n;

	if (!order_marks(st))
		return false;
	n = utf8proc_normalize_utf32(st->cps, (utf8proc_ssize_t)st->n, options);
	for (utf8proc_ssize_t i = 0; i < n; i++)
		buf_add_cp(out, (uint32_t)st->cps[i]);
	st->n = 0;
	return n >= 0;
}

static bool is_ascii(char c)
{
	return (unsigned char)c < 0x80;
}

static void add_ascii(struct buf *out, const char *p, const char *end, utf8proc_option_t options)
{
	if (!((unsigned)options & UTF8PROC_CASEFOLD)) {
		buf_add(out, p, (size_t)(end - p));
		return;
	}
	for (; p < end; p++)
		buf_addc(out, (char)(*p >= 'A' && *p <= 'Z' ? *p + ('a' - 'A') : *p));
}

static bool normalize(struct buf *out, struct str s, utf8proc_option_t options)
{
	struct stretch st = { .heap = out->heap };
	const char *p = s.p, *end = s.n > 0 ? s.p + s.n : s.p;
	bool ok = true;

	while (ok && p < end) {
		const char *run = p;
		uint32_t cp;

		while (run < end && is_ascii(*run))
			run++;
		/* The last ASCII character may take the marks that follow it. */
		if (run < end && run > p)
			run--;
		add_ascii(out, p, run, options);
		p = run;
		if (p == end)
			break;
		do {
			p += utf8_decode(p, end, &cp);
			ok = stretch_add(&st, cp, options);
		} while (ok && p < end && !is_ascii(*p));
		ok = ok && stretch_finish(&st, out, options) && buf_ok(out);
	}
	mem_free(st.heap, st.cps, st.cap * sizeof(*st.cps));
	mem_free(st.heap, st.sorted, st.sorted_cap * sizeof(*st.sorted));
	return ok && buf_ok(out);
}

bool text_normalize(struct buf *out, struct str s, enum text_form form)
{
	unsigned options = UTF8PROC_STABLE;

	options |= form == TEXT_NFC || form == TEXT_NFKC ? UTF8PROC_COMPOSE : UTF8PROC_DECOMPOSE;
	if (form == TEXT_NFKC || form == TEXT_NFKD)
		options |= UTF8PROC_COMPAT;
	return normalize(out, s, (utf8proc_option_t)options);
}

bool text_fold(struct buf *out, struct str s)
{
	unsigned options = UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD;

	return normalize(out, s, (utf8proc_option_t)options);
}
