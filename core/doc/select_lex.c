/*
 * select_lex.c - see select_lex.h.  The rules are those of CSS Syntax, but
 * what CSS would repair (an open string, comment or bracket at the end) is an error.
 */
#include "doc/select_lex.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/ascii.h"
#include "base/utf8.h"

/* an+b: numbers beyond count nothing. */
#define NTH_MOST INT64_C(1000000000000)

/* ------------------------------------------------------------------ errors */

bool lex_fail(struct select_parse *x, const char *at, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	x->error->column = (uint32_t)(at - x->start) + 1;
	vsnprintf(x->error->message, sizeof(x->error->message), format, args);
	va_end(args);
	return false;
}

bool lex_fail_memory(struct select_parse *x)
{
	x->error->column = 0;
	snprintf(x->error->message, sizeof(x->error->message), "not enough memory");
	return false;
}

bool lex_fail_expected(struct select_parse *x, const char *what)
{
	if (x->p >= x->end)
		return lex_fail(x, x->p, "expected %s at the end of the selector", what);
	if (*x->p > ' ' && *x->p < 0x7f)
		return lex_fail(x, x->p, "expected %s before '%c'", what, *x->p);
	return lex_fail(x, x->p, "expected %s here", what);
}

int lex_shown(struct str s)
{
	size_t n = s.n;

	if (n > 40) {
		for (n = 40; n > 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80;)
			n--;
	}
	return (int)n;
}

/* ------------------------------------------------------------------ letters */

bool lex_is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_line_end(char c)
{
	return c == '\n' || c == '\r' || c == '\f';
}

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || ascii_is_digit(c) || c == '_' || c == '-' ||
	       (unsigned char)c >= 0x80;
}

bool lex_at(const struct select_parse *x, char c)
{
	return x->p < x->end && *x->p == c;
}

bool lex_at_name(const struct select_parse *x)
{
	if (x->p >= x->end)
		return false;
	if (*x->p == '\\')
		return x->p + 1 < x->end && !is_line_end(x->p[1]);
	return is_name_char(*x->p);
}

static bool skip_comment(struct select_parse *x)
{
	const char *from = x->p;
	const char *close = memmem(x->p + 2, (size_t)(x->end - x->p - 2), "*/", 2);

	if (!close)
		return lex_fail(x, from, "this comment is not closed");
	x->p = close + 2;
	return true;
}

bool lex_skip(struct select_parse *x, bool *spaced)
{
	while (x->p < x->end) {
		if (lex_is_space(*x->p)) {
			if (spaced)
				*spaced = true;
			x->p++;
		} else if (*x->p == '/' && x->p + 1 < x->end && x->p[1] == '*') {
			if (!skip_comment(x))
				return false;
		} else {
			break;
		}
	}
	return true;
}

/* ------------------------------------------------------- names and strings */

static void skip_line_end(struct select_parse *x)
{
	x->p += x->p + 1 < x->end && x->p[0] == '\r' && x->p[1] == '\n' ? 2 : 1;
}

/* A backslash and what it stands for: up to six hex digits and a space, or the character itself. */
static size_t unescape(struct select_parse *x, char *out)
{
	uint32_t cp = 0;
	int digits = 0;

	x->p++;
	while (x->p < x->end && digits < 6 && ascii_hex(*x->p) >= 0) {
		cp = cp * 16 + (uint32_t)ascii_hex(*x->p++);
		digits++;
	}
	if (digits > 0) {
		if (x->p < x->end && lex_is_space(*x->p))
			skip_line_end(x);
		return utf8_encode(cp ? cp : 0xfffd, out);
	}
	if (x->p == x->end)
		return 0;
	if (is_line_end(*x->p)) {
		skip_line_end(x);
		return 0;
	}
	*out = *x->p++;
	return 1;
}

static void take(struct select_parse *x)
{
	if (*x->p == '\\')
		x->strings += unescape(x, x->strings);
	else
		*x->strings++ = *x->p++;
}

bool lex_name(struct select_parse *x, const char *what, struct str *out)
{
	const char *copy = x->strings;

	if (!lex_at_name(x))
		return lex_fail_expected(x, what);
	while (lex_at_name(x))
		take(x);
	*out = str_slice(copy, x->strings);
	return true;
}

bool lex_quoted(struct select_parse *x, struct str *out)
{
	const char *from = x->p, *copy = x->strings;

	x->p++;
	while (x->p < x->end && *x->p != *from && !is_line_end(*x->p))
		take(x);
	if (!lex_at(x, *from))
		return lex_fail(x, from, "this quoted value is not closed%s",
				x->p < x->end ? " on its line; write \\a for a line end" : "");
	x->p++;
	*out = str_slice(copy, x->strings);
	return true;
}

bool lex_bare(struct select_parse *x, struct str *out)
{
	const char *copy = x->strings;

	while (x->p < x->end && *x->p != ']' && !lex_is_space(*x->p))
		take(x);
	*out = str_slice(copy, x->strings);
	return out->n > 0 || lex_fail_expected(x, "a value");
}

bool lex_flag(struct select_parse *x, bool *nocase)
{
	const char *next = x->p + 1;

	if (x->p >= x->end || !memchr("iIsS", *x->p, 4) || (next < x->end && (is_name_char(*next) || *next == '\\')))
		return true;
	*nocase = *x->p == 'i' || *x->p == 'I';
	x->p++;
	return lex_skip(x, NULL);
}

/* ---------------------------------------------------------------------- an+b */

static int64_t read_digits(struct select_parse *x)
{
	int64_t n = 0;

	for (; x->p < x->end && ascii_is_digit(*x->p); x->p++)
		n = n < NTH_MOST ? n * 10 + (*x->p - '0') : NTH_MOST;
	return n;
}

/* +1 or -1; 0 where there is no sign. */
static int read_sign(struct select_parse *x)
{
	if (!lex_at(x, '+') && !lex_at(x, '-'))
		return 0;
	return *x->p++ == '-' ? -1 : 1;
}

/* Behind the n: "+ 1", "-1", or nothing. */
static bool read_offset(struct select_parse *x, int64_t *offset)
{
	int sign;

	if (!lex_skip(x, NULL))
		return false;
	sign = read_sign(x);
	*offset = 0;
	if (!sign)
		return true;
	if (!lex_skip(x, NULL))
		return false;
	if (x->p >= x->end || !ascii_is_digit(*x->p))
		return lex_fail_expected(x, "a number");
	*offset = sign * read_digits(x);
	return true;
}

static bool read_keyword(struct select_parse *x, const char *word)
{
	const size_t n = strlen(word);

	if ((size_t)(x->end - x->p) < n || !str_eq_nocase((struct str){ x->p, n }, str_of(word)) ||
	    (x->p + n < x->end && is_name_char(x->p[n])))
		return false;
	x->p += n;
	return true;
}

bool lex_nth(struct select_parse *x, struct select_nth *out)
{
	const char *from = x->p;
	bool digits;
	int sign;

	*out = (struct select_nth){ 2, 0 };
	if (read_keyword(x, "even"))
		return true;
	out->offset = 1;
	if (read_keyword(x, "odd"))
		return true;
	sign = read_sign(x);
	digits = x->p < x->end && ascii_is_digit(*x->p);
	*out = (struct select_nth){ 0, (sign < 0 ? -1 : 1) * (digits ? read_digits(x) : 1) };
	if (lex_at(x, 'n') || lex_at(x, 'N')) {
		out->step = out->offset;
		x->p++;
		if (!read_offset(x, &out->offset))
			return false;
	} else if (!digits) {
		x->p = sign ? x->p : from;
		return lex_fail_expected(x, "a position (3, odd, even, 2n+1)");
	}
	if (lex_at_name(x) && !lex_is_space(x->p[-1]) && x->p[-1] != '/')
		return lex_fail_expected(x, "')' or a space");
	return true;
}
