/*
 * json_simple.c - see json_simple.h: one pass over the text, values made as
 * they come.  Anything doubtful ends it; nothing here has a message.
 */
#include "base/json_simple.h"

#include "base/ascii.h"
#include "base/utf8.h"

/* Digits that int64_t holds whatever they are, and those that a double holds exactly. */
#define INT_DIGITS   18
#define EXACT_DIGITS 15

struct reader {
	struct arena *arena;
	const char *p, *end;
	size_t depth; /* lists and maps that may still be entered */
};

static bool read_value(struct reader *r, struct value *out);

static void skip_space(struct reader *r)
{
	while (r->p < r->end && (*r->p == ' ' || *r->p == '\n' || *r->p == '\t' || *r->p == '\r'))
		r->p++;
}

/* Takes a character that must come next. */
static bool take(struct reader *r, char c)
{
	skip_space(r);
	if (r->p == r->end || *r->p != c)
		return false;
	r->p++;
	return true;
}

static bool take_word(struct reader *r, struct str word)
{
	if (!str_starts(str_slice(r->p, r->end), word))
		return false;
	r->p += word.n;
	return true;
}

/* ----------------------------------------------------------------- strings */

/* Behind the plain characters at p: what is no quote, no backslash and no control character. */
static const char *skip_plain(const char *p, const char *end)
{
	while (p < end && *p != '"' && *p != '\\' && (unsigned char)*p >= 0x20)
		p++;
	return p;
}

/* The four digits at p as a character that stands for itself; 0 where they are none. */
static uint32_t read_hex(const char *p, const char *end)
{
	uint32_t cp = 0;

	if (end - p < 4)
		return 0;
	for (int i = 0; i < 4; i++) {
		int digit = ascii_hex(p[i]);
		if (digit < 0)
			return 0;
		cp = cp * 16 + (uint32_t)digit;
	}
	return cp >= 0xD800 && cp <= 0xDFFF ? 0 : cp;
}

/* What the escape at p, behind its backslash, stands for; returns its length, 0 where it is not simple. */
static size_t read_escape(const char *p, const char *end, uint32_t *cp)
{
	static const char names[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
	const char *at;

	if (p == end || *p == '\0')
		return 0;
	if (*p == 'u') {
		*cp = read_hex(p + 1, end);
		return *cp ? 5 : 0;
	}
	at = strchr(names, *p);
	*cp = at ? (unsigned char)meanings[at - names] : 0;
	return at ? 1 : 0;
}

/* The rest of a string, from its first escape on; no escape stands for more bytes than it has. */
static bool unescape(struct reader *r, const char *from, struct str *out)
{
	const char *close = r->p;
	char *to;

	for (; close < r->end && *close != '"'; close++) {
		if (*close == '\\')
			close++;
	}
	if (close >= r->end)
		return false;
	to = arena_alloc(r->arena, (size_t)(close - from) + 1);
	if (!to)
		return false;
	*out = (struct str){ to, 0 };
	while (from < close) {
		const char *plain = skip_plain(from, close);
		uint32_t cp;

		memcpy(to, from, (size_t)(plain - from));
		to += plain - from;
		from = plain;
		if (from == close)
			break;
		size_t length = *from == '\\' ? read_escape(from + 1, close, &cp) : 0;
		if (!length)
			return false;
		to += utf8_encode(cp, to);
		from += 1 + length;
	}
	*to = '\0';
	out->n = (size_t)(to - out->p);
	r->p = close + 1;
	return true;
}

static bool read_string(struct reader *r, struct str *out)
{
	const char *from;

	if (!take(r, '"'))
		return false;
	from = r->p;
	r->p = skip_plain(r->p, r->end);
	if (r->p == r->end)
		return false;
	if (*r->p != '"')
		return unescape(r, from, out);
	*out = arena_str(r->arena, str_slice(from, r->p++));
	return out->p != NULL;
}

/* ----------------------------------------------------------------- numbers */

/* Digits at p into *number, which is nonsense where they are too many; how many. */
static size_t read_digits(struct reader *r, uint64_t *number)
{
	const char *from = r->p;

	while (r->p < r->end && ascii_is_digit(*r->p) && r->p - from <= INT_DIGITS)
		*number = *number * 10 + (uint64_t)(*r->p++ - '0');
	return (size_t)(r->p - from);
}

/* A fraction of few digits is its digits over a power of ten, both exact: the quotient is the nearest double. */
static bool read_fraction(struct reader *r, uint64_t number, size_t digits, bool negative, struct value *out)
{
	size_t behind;
	double scale = 1;

	r->p++;
	behind = read_digits(r, &number);
	if (behind == 0 || digits + behind > EXACT_DIGITS)
		return false;
	for (size_t i = 0; i < behind; i++)
		scale *= 10;
	*out = value_float(negative ? -((double)number / scale) : (double)number / scale);
	return true;
}

static bool read_number(struct reader *r, struct value *out)
{
	bool negative = *r->p == '-', zero;
	uint64_t number = 0;
	size_t digits;

	r->p += negative;
	zero = r->p < r->end && *r->p == '0';
	digits = read_digits(r, &number);
	if (digits == 0 || digits > INT_DIGITS || (zero && digits > 1))
		return false;
	if (r->p < r->end && *r->p == '.') {
		if (!read_fraction(r, number, digits, negative, out))
			return false;
	} else {
		*out = value_int(negative ? -(int64_t)number : (int64_t)number);
	}
	return r->p == r->end || (*r->p != 'e' && *r->p != 'E' && *r->p != '.' && !ascii_is_digit(*r->p));
}

/* ---------------------------------------------------------- lists and maps */

static bool read_list(struct reader *r, struct value *out)
{
	struct value item;

	*out = value_list();
	if (take(r, ']'))
		return true;
	do {
		if (!read_value(r, &item) || !value_append(r->arena, out, item))
			return false;
	} while (take(r, ','));
	return take(r, ']');
}

static bool read_map(struct reader *r, struct value *out)
{
	struct value item;
	struct str key;

	*out = value_map();
	if (take(r, '}'))
		return true;
	do {
		size_t before = out->as.map.n;
		if (!read_string(r, &key) || !take(r, ':') || !read_value(r, &item) ||
		    !value_set(r->arena, out, key, item))
			return false;
		/* the key was there */
		if (out->as.map.n == before)
			return false;
	} while (take(r, ','));
	return take(r, '}');
}

static bool read_inside(struct reader *r, struct value *out)
{
	bool ok;

	if (r->depth == 0)
		return false;
	r->depth--;
	ok = *r->p++ == '[' ? read_list(r, out) : read_map(r, out);
	r->depth++;
	return ok;
}

/* Recursion is bounded by depth. */
static bool read_value(struct reader *r, struct value *out)
{
	skip_space(r);
	if (r->p == r->end)
		return false;
	switch (*r->p) {
	case '"':
		*out = value_string(STR_EMPTY);
		return read_string(r, &out->as.string);
	case '[':
	case '{':
		return read_inside(r, out);
	case 't':
		*out = value_bool(true);
		return take_word(r, STR_LIT("true"));
	case 'f':
		*out = value_bool(false);
		return take_word(r, STR_LIT("false"));
	case 'n':
		*out = value_null();
		return take_word(r, STR_LIT("null"));
	default:
		return (*r->p == '-' || ascii_is_digit(*r->p)) && read_number(r, out);
	}
}

bool json_simple_read(struct arena *a, struct str text, size_t max_depth, struct value *out)
{
	struct reader r = { a, text.p, text.p + text.n, max_depth < VALUE_MAX_DEPTH ? max_depth : VALUE_MAX_DEPTH };

	if (!read_value(&r, out))
		return false;
	skip_space(&r);
	return r.p == r.end;
}
