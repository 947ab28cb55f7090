/*
 * json_simple.c - see json_simple.h: one pass over the text, values made as
 * they come.  Anything doubtful ends it.
 */
#include "base/json_simple.h"

#include <errno.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "base/bytes.h"
#include "base/utf8.h"

/* Digits that int64_t holds whatever they are, and those that a double holds exactly. */
#define INT_DIGITS   18
#define EXACT_DIGITS 15

/* Work, in bytes, between two reports of it. */
#define PIECE ((size_t)32 * 1024)

struct reader {
	struct arena *arena;
	const char *p, *end;
	size_t depth;    /* lists and maps that may still be entered */
	bool whole;      /* all of JSON, not what is simple alone */
	const char *why; /* it is an error, where that is known */
	const struct json_watch *watch;
	size_t work;
};

static bool read_value(struct reader *r, struct value *out);

static void work(struct reader *r, size_t n)
{
	r->work += n;
	if (r->work < PIECE)
		return;
	if (r->watch)
		r->watch->spend(r->watch->user, r->work);
	r->work = 0;
}

static void skip_space(struct reader *r)
{
	const char *from = r->p;

	while (r->p < r->end && (*r->p == ' ' || *r->p == '\n' || *r->p == '\t' || *r->p == '\r'))
		r->p++;
	work(r, (size_t)(r->p - from));
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

/* The number that the four digits at p are; -1 where they are none. */
static int32_t read_hex(const char *p, const char *end)
{
	int32_t number = 0;

	if (end - p < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		int digit = ascii_hex(p[i]);
		if (digit < 0)
			return -1;
		number = number * 16 + digit;
	}
	return number;
}

/* The character whose number is at p, behind "\\u"; returns its length from the u on, 0 where it is none or not simple. */
static size_t read_number_escape(const char *p, const char *end, bool whole, uint32_t *cp)
{
	int32_t first = read_hex(p, end), second;

	*cp = (uint32_t)first;
	if (first < 0 || (first == 0 && !whole))
		return 0;
	if (first < 0xD800 || first > 0xDFFF)
		return 5;
	if (!whole || first > 0xDBFF || end - p < 6 || p[4] != '\\' || p[5] != 'u')
		return 0;
	second = read_hex(p + 6, end);
	*cp = 0x10000 + (((uint32_t)first - 0xD800) << 10) + ((uint32_t)second - 0xDC00);
	return second >= 0xDC00 && second <= 0xDFFF ? 11 : 0;
}

/* What the escape at p, behind its backslash, stands for; returns its length, 0 where it is not simple. */
static size_t read_escape(const char *p, const char *end, bool whole, uint32_t *cp)
{
	static const char names[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
	const char *at;

	if (p == end || *p == '\0')
		return 0;
	if (*p == 'u')
		return read_number_escape(p + 1, end, whole, cp);
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
		work(r, 1);
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
		size_t length = *from == '\\' ? read_escape(from + 1, close, r->whole, &cp) : 0;
		if (!length)
			return false;
		to += utf8_encode(cp, to);
		from += 1 + length;
		work(r, (size_t)(from - plain) + 8);
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

static const char *skip_digits(const char *p, const char *end)
{
	while (p < end && ascii_is_digit(*p))
		p++;
	return p;
}

/* Behind the number at p as JSON writes it, NULL where it is none; whether it has neither point nor exponent. */
static const char *number_end(const char *p, const char *end, bool *integer)
{
	const char *from = p += p < end && *p == '-';

	p = skip_digits(p, end);
	if (p == from || (*from == '0' && p > from + 1))
		return NULL;
	*integer = true;
	if (p < end && *p == '.') {
		from = p + 1;
		p = skip_digits(from, end);
		if (p == from)
			return NULL;
		*integer = false;
	}
	if (p < end && (*p == 'e' || *p == 'E')) {
		from = p + 1 < end && (p[1] == '+' || p[1] == '-') ? p + 2 : p + 1;
		p = skip_digits(from, end);
		if (p == from)
			return NULL;
		*integer = false;
	}
	return p;
}

/* Any number, however long. */
static bool read_any_number(struct reader *r, struct value *out)
{
	bool integer = false;
	const char *end = number_end(r->p, r->end, &integer);
	struct str copy;
	double number;

	if (!end)
		return false;
	copy = arena_str(r->arena, str_slice(r->p, end));
	work(r, copy.n);
	if (!copy.p)
		return false;
	r->p = end;
	if (integer) {
		errno = 0;
		*out = value_int((int64_t)strtoll(copy.p, NULL, 10));
		if (errno == 0)
			return true;
	}
	*out = value_float(0);
	if (!str_float(copy.p, &number))
		return false;
	*out = value_float(number);
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
		if (!read_string(r, &key) || bytes_has(key, '\0') || !take(r, ':') || !read_value(r, &item) ||
		    !value_set(r->arena, out, key, item))
			return false;
		if (out->as.map.n == before) {
			r->why = "duplicate object key";
			return false;
		}
	} while (take(r, ','));
	return take(r, '}');
}

static bool read_inside(struct reader *r, struct value *out)
{
	bool ok;

	if (r->depth == 0) {
		r->why = "lists and maps are nested too deeply";
		return false;
	}
	r->depth--;
	ok = *r->p++ == '[' ? read_list(r, out) : read_map(r, out);
	r->depth++;
	return ok;
}

/* Recursion is bounded by depth. */
static bool read_value(struct reader *r, struct value *out)
{
	work(r, 8);
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
		return (*r->p == '-' || ascii_is_digit(*r->p)) &&
		       (r->whole ? read_any_number(r, out) : read_number(r, out));
	}
}

static bool read_text(struct reader *r, struct value *out)
{
	if (!read_value(r, out))
		return false;
	skip_space(r);
	return r->p == r->end;
}

bool json_simple_read(struct arena *a, struct str text, size_t max_depth, struct value *out)
{
	struct reader r = { .arena = a, .p = text.p, .end = text.p + text.n };

	r.depth = max_depth < VALUE_MAX_DEPTH ? max_depth : VALUE_MAX_DEPTH;
	return read_text(&r, out);
}

const char *json_whole_read(struct arena *a, struct str text, size_t max_depth, const struct json_watch *watch,
			    struct value *out, size_t *offset)
{
	struct reader r = { .arena = a, .p = text.p, .end = text.p + text.n, .whole = true, .watch = watch };

	r.depth = max_depth;
	if (read_text(&r, out))
		return NULL;
	*offset = (size_t)(r.p - text.p);
	return a->refused ? "out of memory" : r.why ? r.why : "this is not valid JSON";
}
