/*
 * text.c - characters and what they look like: kinds, width, graphemes, case.
 *
 * Provides text.h but for normalisation (text_normalize.c), words
 * (text_word.c) and sentences (text_sentence.c).  utf8proc is included here and
 * in text_normalize.c alone.  Knows no markup.
 */
#include "base/text.h"

#include <utf8proc.h>

#include "base/utf8.h"

static const char *str_end(struct str s)
{
	return s.n > 0 ? s.p + s.n : s.p;
}

/* ------------------------------------------------------- kinds of characters */

bool text_is_space(uint32_t cp)
{
	if (cp < 0x80)
		return cp == ' ' || (cp >= '\t' && cp <= '\r');
	return cp == 0x85 || cp == 0xA0 || cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200A) || cp == 0x2028 ||
	       cp == 0x2029 || cp == 0x202F || cp == 0x205F || cp == 0x3000;
}

static bool is_ascii_letter(uint32_t cp)
{
	return (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z';
}

static utf8proc_category_t category(uint32_t cp)
{
	return utf8proc_category((utf8proc_int32_t)cp);
}

bool text_is_punct(uint32_t cp)
{
	utf8proc_category_t c;

	if (cp < 0x80)
		return cp > ' ' && cp < 0x7F && !is_ascii_letter(cp) && !(cp >= '0' && cp <= '9');
	c = category(cp);
	return c >= UTF8PROC_CATEGORY_PC && c <= UTF8PROC_CATEGORY_SO;
}

bool text_is_letter(uint32_t cp)
{
	utf8proc_category_t c;

	if (cp < 0x80)
		return is_ascii_letter(cp);
	if (cp >= 0xAC00 && cp <= 0xD7A3)
		return true;
	c = category(cp);
	return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_ME;
}

bool text_is_digit(uint32_t cp)
{
	if (cp < 0x80)
		return cp >= '0' && cp <= '9';
	return category(cp) == UTF8PROC_CATEGORY_ND;
}

bool text_is_hangul(uint32_t cp)
{
	return (cp >= 0xAC00 && cp <= 0xD7A3) || (cp >= 0x1100 && cp <= 0x11FF) || (cp >= 0x3131 && cp <= 0x318E) ||
	       (cp >= 0xA960 && cp <= 0xA97C) || (cp >= 0xD7B0 && cp <= 0xD7FB) || (cp >= 0xFFA0 && cp <= 0xFFDC);
}

bool text_is_upper(uint32_t cp)
{
	utf8proc_category_t c;

	if (cp < 0x80)
		return cp >= 'A' && cp <= 'Z';
	c = category(cp);
	return c == UTF8PROC_CATEGORY_LU || c == UTF8PROC_CATEGORY_LT;
}

bool text_is_lower(uint32_t cp)
{
	if (cp < 0x80)
		return cp >= 'a' && cp <= 'z';
	return category(cp) == UTF8PROC_CATEGORY_LL;
}

/* ---------------------------------------------------------------- graphemes */

/* The end of the grapheme cluster at p (p < end). */
static const char *cluster_end(const char *p, const char *end)
{
	utf8proc_int32_t state = 0;
	uint32_t last, cp;

	/* Two ASCII characters never join, CR LF excepted. */
	if (end - p == 1 || ((unsigned char)p[0] < 0x80 && (unsigned char)p[1] < 0x80 && p[0] != '\r'))
		return p + 1;
	p += utf8_decode(p, end, &last);
	while (p < end) {
		size_t length = utf8_decode(p, end, &cp);

		if (utf8proc_grapheme_break_stateful((utf8proc_int32_t)last, (utf8proc_int32_t)cp, &state))
			break;
		p += length;
		last = cp;
	}
	return p;
}

bool text_next_grapheme(struct str s, size_t *pos, struct str *out)
{
	const char *p;

	if (*pos >= s.n)
		return false;
	p = s.p + *pos;
	*out = str_slice(p, cluster_end(p, s.p + s.n));
	*pos += out->n;
	return true;
}

size_t text_length(struct str s)
{
	const char *end = str_end(s);
	size_t count = 0;

	for (const char *p = s.p; p < end; p = cluster_end(p, end))
		count++;
	return count;
}

size_t text_offset(struct str s, size_t i)
{
	const char *p = s.p, *end = str_end(s);

	for (; i > 0 && p < end; i--)
		p = cluster_end(p, end);
	return (size_t)(p - s.p);
}

/* ------------------------------------------------------------------- width */

/* Clusters that a terminal draws as one picture or one syllable, however many characters they have. */
static bool is_drawn_as_one(uint32_t first)
{
	int boundary = (int)utf8proc_get_property((utf8proc_int32_t)first)->boundclass;

	return boundary == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC ||
	       boundary == UTF8PROC_BOUNDCLASS_REGIONAL_INDICATOR || boundary == UTF8PROC_BOUNDCLASS_L;
}

static size_t cluster_width(const char *p, const char *end)
{
	const uint32_t emoji_selector = 0xFE0F;
	size_t width = 0;
	uint32_t first, cp;
	bool as_picture = false;

	utf8_decode(p, end, &first);
	while (p < end) {
		p += utf8_decode(p, end, &cp);
		width += (size_t)utf8proc_charwidth((utf8proc_int32_t)cp);
		as_picture = as_picture || cp == emoji_selector;
	}
	if (!is_drawn_as_one(first))
		return width;
	return width > 2 || as_picture ? 2 : width;
}

size_t text_width(struct str s)
{
	const char *p = s.p, *end = str_end(s);
	size_t width = 0;

	while (p < end) {
		const char *next = cluster_end(p, end);

		if (next - p == 1)
			width += (unsigned char)*p >= 0x80 || (*p >= ' ' && *p < 0x7F);
		else
			width += cluster_width(p, next);
		p = next;
	}
	return width;
}

/* -------------------------------------------------------------- case, space */

static bool map_chars(struct buf *out, struct str s, utf8proc_int32_t (*map)(utf8proc_int32_t))
{
	const char *p = s.p, *end = str_end(s);
	uint32_t cp;

	while (p < end) {
		p += utf8_decode(p, end, &cp);
		buf_add_cp(out, (uint32_t)map((utf8proc_int32_t)cp));
	}
	return buf_ok(out);
}

bool text_upper(struct buf *out, struct str s)
{
	return map_chars(out, s, utf8proc_toupper);
}

bool text_lower(struct buf *out, struct str s)
{
	return map_chars(out, s, utf8proc_tolower);
}

void text_squeeze_part(struct buf *out, struct str s, struct text_squeezing *between)
{
	const char *p = s.p, *end = str_end(s);
	uint32_t cp;

	while (p < end) {
		p += utf8_decode(p, end, &cp);
		if (text_is_space(cp)) {
			between->space = true;
			continue;
		}
		if (between->space && between->any)
			buf_addc(out, ' ');
		buf_add_cp(out, cp);
		*between = (struct text_squeezing){ false, true };
	}
}

void text_squeeze(struct buf *out, struct str s)
{
	struct text_squeezing between = { false, false };

	text_squeeze_part(out, s, &between);
}

/* What is a cluster of its own beside another such, and composes with none. */
static bool is_apart(uint32_t cp)
{
	const utf8proc_property_t *p = utf8proc_get_property((utf8proc_int32_t)cp);
	const int boundary = (int)p->boundclass;

	return (boundary == UTF8PROC_BOUNDCLASS_OTHER || boundary == UTF8PROC_BOUNDCLASS_LV ||
		boundary == UTF8PROC_BOUNDCLASS_LVT || boundary == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC ||
		boundary == UTF8PROC_BOUNDCLASS_LF || boundary == UTF8PROC_BOUNDCLASS_CONTROL) &&
	       p->combining_class == 0;
}

size_t text_part(struct str s)
{
	const size_t least = 65536, most = 2 * least;
	const char *end = str_end(s), *p = s.p, *stop;
	bool was_apart = false;
	uint32_t cp;

	if (s.n <= most)
		return s.n;
	for (p = s.p + least; p < end && utf8_continues(*p); p++)
		;
	for (stop = s.p + most; p < stop;) {
		const char *at = p;
		p += utf8_decode(p, end, &cp);
		if (!is_apart(cp)) {
			was_apart = false;
		} else if (was_apart) {
			return (size_t)(at - s.p);
		} else {
			was_apart = true;
		}
	}
	/* Marks, flags and the like. */
	for (p = s.p; p < s.p + least;)
		p = cluster_end(p, end);
	return (size_t)(p - s.p);
}

struct str text_trim(struct str s)
{
	const char *p = s.p, *end = s.p + s.n;
	uint32_t cp;

	for (size_t n; p < end; p += n) {
		n = utf8_decode(p, end, &cp);
		if (!text_is_space(cp))
			break;
	}
	while (end > p) {
		const char *last = utf8_prev(p, end);
		utf8_decode(last, end, &cp);
		if (!text_is_space(cp))
			break;
		end = last;
	}
	return str_slice(p, end);
}
