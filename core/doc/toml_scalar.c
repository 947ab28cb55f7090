/*
 * toml_scalar.c - the values of TOML 1.0 that are neither table nor array:
 * booleans, numbers, dates (kept as written), and strings through
 * toml_scan.c.  Serves toml.c.
 */
#include "doc/toml_internal.h"

/* ------------------------------------------------------------------ dates */

/* Exactly n digits at *p as a number; -1 if they are not there. */
static int fixed_digits(const char **p, const char *end, int n)
{
	int sum = 0;

	if (end - *p < n)
		return -1;
	for (int i = 0; i < n; i++) {
		if (!ascii_is_digit((*p)[i]))
			return -1;
		sum = sum * 10 + ((*p)[i] - '0');
	}
	*p += n;
	return sum;
}

static bool accept_in(const char **p, const char *end, char c)
{
	if (*p == end || **p != c)
		return false;
	++*p;
	return true;
}

static int days_of(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

/* YYYY-MM-DD; *p moves only if it is one. */
static bool match_date(const char **p, const char *end)
{
	const char *q = *p;
	int year = fixed_digits(&q, end, 4), month, day;

	if (year < 0 || !accept_in(&q, end, '-'))
		return false;
	month = fixed_digits(&q, end, 2);
	if (month < 1 || month > 12 || !accept_in(&q, end, '-'))
		return false;
	day = fixed_digits(&q, end, 2);
	if (day < 1 || day > days_of(year, month))
		return false;
	*p = q;
	return true;
}

/* HH:MM:SS with an optional fraction; 60 seconds are a leap second's. */
static bool match_time(const char **p, const char *end)
{
	const char *q = *p;
	int hour = fixed_digits(&q, end, 2), minute, second;

	if (hour < 0 || hour > 23 || !accept_in(&q, end, ':'))
		return false;
	minute = fixed_digits(&q, end, 2);
	if (minute < 0 || minute > 59 || !accept_in(&q, end, ':'))
		return false;
	second = fixed_digits(&q, end, 2);
	if (second < 0 || second > 60)
		return false;
	if (accept_in(&q, end, '.')) {
		if (q == end || !ascii_is_digit(*q))
			return false;
		while (q < end && ascii_is_digit(*q))
			q++;
	}
	*p = q;
	return true;
}

/* "Z" or "+HH:MM", if either is there. */
static bool match_offset(const char **p, const char *end)
{
	int hour, minute;

	if (accept_in(p, end, 'Z') || accept_in(p, end, 'z'))
		return true;
	if (!accept_in(p, end, '+') && !accept_in(p, end, '-'))
		return true;
	hour = fixed_digits(p, end, 2);
	if (hour < 0 || hour > 23 || !accept_in(p, end, ':'))
		return false;
	minute = fixed_digits(p, end, 2);
	return minute >= 0 && minute <= 59;
}

/* "2024-" or "10:" cannot become numbers. */
static bool begins_like_date(const struct toml_scan *s)
{
	size_t n = 0;

	while (n < 5 && ascii_is_digit(toml_peek_at(s, n)))
		n++;
	return (n == 4 && toml_peek_at(s, n) == '-') || (n == 2 && toml_peek_at(s, n) == ':');
}

/* Kept as the text it is. */
static bool scan_date(struct toml_scan *s, struct value *out)
{
	const char *p = s->p, *start = s->p;
	bool ok;

	if (p[2] == ':') {
		ok = match_time(&p, s->end);
	} else {
		ok = match_date(&p, s->end);
		if (ok && p < s->end &&
		    (*p == 'T' || *p == 't' || (*p == ' ' && s->end - p > 1 && ascii_is_digit(p[1])))) {
			p++;
			ok = match_time(&p, s->end) && match_offset(&p, s->end);
		}
	}
	if (!ok || (p < s->end && (toml_is_bare(*p) || *p == ':' || *p == '.' || *p == '+')))
		return toml_error(s, start, "write 2024-12-31, 23:59:59 or 2024-12-31T23:59:59+09:00, or use quotes",
				  "this is no date or time");
	*out = value_string(arena_str(s->arena, str_slice(start, p)));
	s->p = p;
	return out->as.string.p || toml_refuse_memory(s);
}

/* ---------------------------------------------------------------- numbers */

/* The run of characters a number or word may have. */
static struct str scan_word(struct toml_scan *s)
{
	const char *start = s->p;

	while (s->p < s->end && (toml_is_bare(*s->p) || *s->p == '.' || *s->p == '+'))
		s->p++;
	return str_slice(start, s->p);
}

static bool is_digit_of(char c, unsigned base)
{
	int digit = ascii_hex(c);

	return digit >= 0 && (unsigned)digit < base;
}

/* Past digits with single underscores between them; i itself if none begin there. */
static size_t skip_digits(struct str s, size_t i, unsigned base)
{
	size_t start = i;

	while (i < s.n && (is_digit_of(s.p[i], base) || (s.p[i] == '_' && i > start && s.p[i - 1] != '_' &&
							 i + 1 < s.n && is_digit_of(s.p[i + 1], base))))
		i++;
	return i;
}

/* The shape of a decimal number: *is_float tells which.  False if it is none. */
static bool match_number(struct str s, bool *is_float)
{
	size_t start = s.n && (s.p[0] == '+' || s.p[0] == '-'), i = skip_digits(s, start, 10), part;

	*is_float = false;
	if (i == start || (s.p[start] == '0' && i > start + 1))
		return false;
	if (i < s.n && s.p[i] == '.') {
		part = skip_digits(s, i + 1, 10);
		if (part == i + 1)
			return false;
		i = part;
		*is_float = true;
	}
	if (i < s.n && (s.p[i] == 'e' || s.p[i] == 'E')) {
		i++;
		i += i < s.n && (s.p[i] == '+' || s.p[i] == '-');
		part = skip_digits(s, i, 10);
		if (part == i)
			return false;
		i = part;
		*is_float = true;
	}
	return i == s.n;
}

static unsigned base_of(struct str s)
{
	if (s.n < 3 || s.p[0] != '0')
		return 0;
	return s.p[1] == 'x' ? 16 : s.p[1] == 'o' ? 8 : s.p[1] == 'b' ? 2 : 0;
}

static bool keep_not_finite(struct toml_scan *s, struct str word, struct value *out)
{
	diags_add(s->diags, SEVERITY_WARNING, s->line, toml_column(s, word.p), NULL,
		  "\"%.*s\" is no finite number: it is kept as a string", (int)(word.n > 60 ? 60 : word.n), word.p);
	*out = value_string(arena_str(s->arena, word));
	return out->as.string.p || toml_refuse_memory(s);
}

static bool float_value(struct toml_scan *s, struct str word, struct value *out)
{
	char *z = arena_alloc(s->arena, word.n + 1), *to = z;
	double d;

	if (!z)
		return toml_refuse_memory(s);
	for (size_t i = 0; i < word.n; i++) {
		if (word.p[i] != '_')
			*to++ = word.p[i];
	}
	*to = 0;
	if (!str_float(z, &d))
		return keep_not_finite(s, word, out);
	*out = value_float(d);
	return true;
}

static bool integer_value(struct toml_scan *s, struct str word, unsigned base, struct value *out)
{
	const size_t skip = base != 10 ? 2 : word.p[0] == '+' || word.p[0] == '-';
	int64_t i;

	if (!number_integer((struct str){ word.p + skip, word.n - skip }, base, word.p[0] == '-', &i))
		return toml_error(s, word.p, "write it as a float or in quotes", "an integer beyond 64 bits");
	*out = value_int(i);
	return true;
}

static bool scan_number(struct toml_scan *s, struct value *out)
{
	const struct str word = scan_word(s);
	const size_t sign = word.n && (word.p[0] == '+' || word.p[0] == '-');
	const struct str unsigned_word = { word.p + sign, word.n - sign };
	const unsigned base = base_of(word);
	bool is_float;

	if (base && skip_digits(word, 2, base) == word.n)
		return integer_value(s, word, base, out);
	if (str_eqz(unsigned_word, "inf") || str_eqz(unsigned_word, "nan"))
		return keep_not_finite(s, word, out);
	if (!match_number(word, &is_float)) {
		if (word.n && (ascii_is_digit(word.p[sign < word.n ? sign : 0]) || sign))
			return toml_error(s, word.p, "put the value in quotes if it is meant as text",
					  "this is no number");
		return toml_error(s, word.p, "put text in quotes", "a value is expected here");
	}
	return is_float ? float_value(s, word, out) : integer_value(s, word, 10, out);
}

static bool accept_word(struct toml_scan *s, const char *word)
{
	struct toml_scan ahead = *s;

	if (!str_eqz(scan_word(&ahead), word))
		return false;
	s->p = ahead.p;
	return true;
}

bool toml_scan_scalar(struct toml_scan *s, struct value *out)
{
	const char c = toml_peek(s);

	if (c == '"' || c == '\'') {
		*out = value_string(STR_EMPTY);
		return toml_scan_string(s, true, &out->as.string);
	}
	if (begins_like_date(s))
		return scan_date(s, out);
	if (c == 't' && accept_word(s, "true")) {
		*out = value_bool(true);
		return true;
	}
	if (c == 'f' && accept_word(s, "false")) {
		*out = value_bool(false);
		return true;
	}
	return scan_number(s, out);
}
