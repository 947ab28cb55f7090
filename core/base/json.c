/*
 * json.c - JSON text out.
 *
 * Provides the writer of strings and numbers, of whole values, and a
 * streaming writer for shapes never built as values.  Its output depends on
 * nothing but its input: no locale, no hash order.  Reading: json_read.c.
 */
#include "base/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

/* ----------------------------------------------------------------- scalars */

/* The bytes that cannot be copied as they are; bytes over 0x7F are looked at as characters. */
static bool is_plain(unsigned char c)
{
	return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
}

static void write_escaped(struct buf *out, uint32_t cp)
{
	static const char hex[] = "0123456789abcdef";
	static const char named[] = "btn?fr"; /* from U+0008 on; U+000B has no name */
	char u[6] = { '\\', 'u', hex[cp >> 12 & 15], hex[cp >> 8 & 15], hex[cp >> 4 & 15], hex[cp & 15] };

	if (cp == '"' || cp == '\\')
		u[1] = (char)cp;
	else if (cp >= '\b' && cp <= '\r' && cp != '\v')
		u[1] = named[cp - '\b'];
	buf_add(out, u, u[1] == 'u' ? 6 : 2);
}

/* C0, DEL, C1 and the two line separators. */
static bool must_escape(uint32_t cp)
{
	return cp < 0xA0 || cp == 0x2028 || cp == 0x2029;
}

/* Whether all eight bytes are plain; may say no where they are. */
static bool is_plain_word(uint64_t word)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
	const uint64_t quote = word ^ ones * '"', backslash = word ^ ones * '\\', delete = word ^ ones * 0x7F;

	/* A byte below what is taken from it sets its top bit. */
	return !((word | (word - ones * 0x20) | (quote - ones) | (backslash - ones) | (delete - ones)) & tops);
}

/* Past bytes that are plain, most of them eight at a time. */
static const char *skip_plain(const char *p, const char *end)
{
	uint64_t word;

	for (; end - p >= 8; p += 8) {
		memcpy(&word, p, 8);
		if (!is_plain_word(word))
			break;
	}
	while (p < end && is_plain((unsigned char)*p))
		p++;
	return p;
}

/* A character of three bytes, as most beyond ASCII are, but for those that begin as the line separators do. */
static bool is_plain_triple(const char *p, const char *end)
{
	const unsigned char *u = (const unsigned char *)p;

	return end - p >= 3 && u[0] >= 0xE1 && u[0] <= 0xEF && u[0] != 0xE2 && utf8_continues(p[1]) &&
	       utf8_continues(p[2]) && (u[0] != 0xED || u[1] < 0xA0);
}

/* The end of the run of characters from p on that can be copied as they are. */
static const char *plain_run(const char *p, const char *end, uint32_t *cp, size_t *length, bool *ok)
{
	*length = 0;
	while (p < end) {
		const char *from = p;
		while (is_plain_triple(p, end))
			p += 3;
		p = skip_plain(p, end);
		if (p > from)
			continue;
		*length = utf8_decode_strict(p, end, cp, ok);
		if (!*ok || must_escape(*cp))
			return p;
		p += *length;
		*length = 0;
	}
	return p;
}

/* What stands between the quotes.  False: some of it was bad. */
static bool write_characters(struct buf *out, const char *p, const char *end)
{
	bool good = true;

	while (p < end) {
		uint32_t cp = 0;
		size_t length;
		bool ok = true;
		const char *run = plain_run(p, end, &cp, &length, &ok);

		buf_add(out, p, (size_t)(run - p));
		if (length > 0 && ok)
			write_escaped(out, cp);
		else if (length > 0)
			buf_add_cp(out, cp);
		good = good && ok;
		p = run + length;
	}
	return good;
}

/* As below of at most seven bytes, most names among them: all of them or none. */
static size_t copy_plain_few(char *to, struct str s)
{
	uint64_t word = UINT64_C(0x6161616161616161); /* plain, where there is no byte */
	uint32_t first, last;

	if (s.n >= 4) {
		memcpy(&first, s.p, 4);
		memcpy(&last, s.p + s.n - 4, 4);
		word = (uint64_t)last << 32 | first;
		memcpy(to, &first, 4);
		memcpy(to + s.n - 4, &last, 4);
	} else {
		for (size_t i = 0; i < s.n; i++) {
			word = word << 8 | (unsigned char)s.p[i];
			to[i] = s.p[i];
		}
	}
	return is_plain_word(word) ? s.n : 0;
}

/* Copies plain bytes as long as there are eight more, and then, where all that is left is plain, that.  How many they are. */
static size_t copy_plain(char *to, struct str s)
{
	size_t n = 0;
	uint64_t word;

	if (s.n < 8)
		return copy_plain_few(to, s);
	for (; s.n - n >= 8; n += 8) {
		memcpy(&word, s.p + n, 8);
		if (!is_plain_word(word))
			return n;
		memcpy(to + n, &word, 8);
	}
	if (n < s.n) { /* the last eight, some of them once more */
		memcpy(&word, s.p + s.n - 8, 8);
		if (is_plain_word(word)) {
			memcpy(to + s.n - 8, &word, 8);
			return s.n;
		}
	}
	return n;
}

bool json_write_good_string(struct buf *out, struct str s)
{
	const bool has_room = s.n < SIZE_MAX / 2 && s.n + 2 < out->cap - out->n && !out->failed && out->limit == 0;
	char *to = has_room ? out->p + out->n : s.n < SIZE_MAX / 2 ? buf_reserve(out, s.n + 2) : NULL;
	bool good = true;
	size_t n;

	if (!to) {
		out->failed = true;
		return true;
	}
	*to = '"';
	n = copy_plain(to + 1, s);
	to[n + 1] = '"';
	to[n + 2] = '\0';
	out->n += n + 2;
	if (n < s.n) {
		out->n--; /* nearly all of it, and then the rest */
		good = write_characters(out, s.p + n, s.p + s.n);
		buf_addc(out, '"');
	}
	return good;
}

void json_write_string(struct buf *out, struct str s)
{
	json_write_good_string(out, s);
}

/*
 * The fewest significant digits that read back as d (finite, not negative):
 * digits without a point, the exponent of the first one.  snprintf and strtod
 * put the locale's separator between the first two; whatever is no digit there is
 * skipped, so the locale cannot show.
 */
static int shortest_digits(double d, char digits[20], int *exponent)
{
	char text[48];
	int n = 0;
	const char *p = text;
	/* Up to 15 digits survive any normal double; only subnormals have shorter forms to look for. */
	int precision = d < 2.2250738585072014e-308 ? 1 : 15;

	for (; precision <= 17; precision++) {
		snprintf(text, sizeof(text), "%.*e", precision - 1, d);
		if (strtod(text, NULL) == d)
			break;
	}
	for (; *p != 'e' && *p != '\0'; p++) {
		if (*p >= '0' && *p <= '9' && n < 19)
			digits[n++] = *p;
	}
	while (n > 1 && digits[n - 1] == '0')
		n--;
	*exponent = 0;
	for (const char *q = p; *q != '\0'; q++) {
		if (*q >= '0' && *q <= '9')
			*exponent = *exponent * 10 + (*q - '0');
	}
	if (*p == 'e' && p[1] == '-')
		*exponent = -*exponent;
	return n;
}

static void write_scientific(struct buf *out, const char *digits, int n, int exponent)
{
	buf_addc(out, digits[0]);
	if (n > 1) {
		buf_addc(out, '.');
		buf_add(out, digits + 1, (size_t)n - 1);
	}
	buf_addc(out, 'e');
	buf_addc(out, exponent < 0 ? '-' : '+');
	if (abs(exponent) < 10)
		buf_addc(out, '0');
	buf_add_int(out, abs(exponent));
}

/* 0.00012, 1.5 or 1200.0, by where the point falls. */
static void write_positional(struct buf *out, const char *digits, int n, int exponent)
{
	int whole = exponent + 1;

	if (whole <= 0) {
		buf_addz(out, "0.");
		buf_add_repeat(out, '0', (size_t)-whole);
		buf_add(out, digits, (size_t)n);
		return;
	}
	if (n <= whole) {
		buf_add(out, digits, (size_t)n);
		buf_add_repeat(out, '0', (size_t)(whole - n));
		buf_addz(out, ".0");
		return;
	}
	buf_add(out, digits, (size_t)whole);
	buf_addc(out, '.');
	buf_add(out, digits + whole, (size_t)(n - whole));
}

void json_write_float(struct buf *out, double d)
{
	char digits[20];
	int n, exponent;

	if (!isfinite(d)) {
		buf_addz(out, "null");
		return;
	}
	if (signbit(d))
		buf_addc(out, '-');
	d = fabs(d);
	if (d < 1e15 && d == (double)(int64_t)d) {
		buf_add_int(out, (int64_t)d);
		buf_addz(out, ".0");
		return;
	}
	n = shortest_digits(d, digits, &exponent);
	if (exponent < -5 || exponent > 15)
		write_scientific(out, digits, n, exponent);
	else
		write_positional(out, digits, n, exponent);
}

static void write_scalar(struct buf *out, const struct value *v)
{
	switch (v->kind) {
	case VALUE_BOOL:
		buf_addz(out, v->as.boolean ? "true" : "false");
		break;
	case VALUE_INT:
		buf_add_int(out, v->as.integer);
		break;
	case VALUE_FLOAT:
		json_write_float(out, v->as.number);
		break;
	case VALUE_STRING:
		json_write_string(out, v->as.string);
		break;
	default:
		buf_addz(out, "null");
		break;
	}
}

/* ------------------------------------------------------------------ values */

static void new_line(struct buf *out, unsigned flags, unsigned depth)
{
	if (flags & JSON_PRETTY) {
		buf_addc(out, '\n');
		buf_add_repeat(out, ' ', (size_t)depth * 2);
	}
}

static void write_at(struct buf *out, const struct value *v, unsigned flags, unsigned depth);

static void write_list(struct buf *out, const struct value_list *list, unsigned flags, unsigned depth)
{
	buf_addc(out, '[');
	for (size_t i = 0; i < list->n && buf_ok(out); i++) {
		if (i > 0)
			buf_addc(out, ',');
		new_line(out, flags, depth);
		write_at(out, &list->items[i], flags, depth);
	}
	if (list->n > 0)
		new_line(out, flags, depth - 1);
	buf_addc(out, ']');
}

static void write_map(struct buf *out, const struct value_map *map, unsigned flags, unsigned depth)
{
	buf_addc(out, '{');
	for (size_t i = 0; i < map->n && buf_ok(out); i++) {
		if (i > 0)
			buf_addc(out, ',');
		new_line(out, flags, depth);
		json_write_string(out, map->members[i].key);
		buf_addz(out, flags & JSON_PRETTY ? ": " : ":");
		write_at(out, &map->members[i].value, flags, depth);
	}
	if (map->n > 0)
		new_line(out, flags, depth - 1);
	buf_addc(out, '}');
}

/* depth: how many lists and maps v lies in.  A text nobody may read is a failure, not an output. */
static void write_at(struct buf *out, const struct value *v, unsigned flags, unsigned depth)
{
	if (v->kind != VALUE_LIST && v->kind != VALUE_MAP)
		write_scalar(out, v);
	else if (depth >= VALUE_MAX_DEPTH)
		out->failed = true;
	else if (v->kind == VALUE_LIST)
		write_list(out, &v->as.list, flags, depth + 1);
	else
		write_map(out, &v->as.map, flags, depth + 1);
}

void json_write(struct buf *out, const struct value *v, unsigned flags)
{
	write_at(out, v, flags, 0);
}

/* --------------------------------------------------------------- streaming */

void json_writer_init(struct json_writer *w, struct buf *out)
{
	w->out = out;
	w->depth = 0;
	w->first[0] = true;
	w->after_key = false;
}

/* The comma before an item or a key, where one is due.  Nothing separates texts at the top. */
static void separate(struct json_writer *w)
{
	if (w->after_key) {
		w->after_key = false;
		return;
	}
	if (w->depth == 0 || w->depth > VALUE_MAX_DEPTH)
		return;
	if (!w->first[w->depth])
		buf_addc(w->out, ',');
	w->first[w->depth] = false;
}

static void begin(struct json_writer *w, char bracket)
{
	separate(w);
	w->depth++;
	if (w->depth > VALUE_MAX_DEPTH) {
		w->out->failed = true;
		return;
	}
	w->first[w->depth] = true;
	buf_addc(w->out, bracket);
}

static void end(struct json_writer *w, char bracket)
{
	w->after_key = false;
	if (w->depth > 0)
		w->depth--;
	buf_addc(w->out, bracket);
}

void json_begin_map(struct json_writer *w)
{
	begin(w, '{');
}

void json_end_map(struct json_writer *w)
{
	end(w, '}');
}

void json_begin_list(struct json_writer *w)
{
	begin(w, '[');
}

void json_end_list(struct json_writer *w)
{
	end(w, ']');
}

void json_key(struct json_writer *w, const char *key)
{
	separate(w);
	json_write_string(w->out, str_of(key));
	buf_addc(w->out, ':');
	w->after_key = true;
}

void json_string(struct json_writer *w, struct str s)
{
	separate(w);
	json_write_string(w->out, s);
}

void json_int(struct json_writer *w, int64_t i)
{
	separate(w);
	buf_add_int(w->out, i);
}

void json_float(struct json_writer *w, double d)
{
	separate(w);
	json_write_float(w->out, d);
}

void json_bool(struct json_writer *w, bool b)
{
	separate(w);
	buf_addz(w->out, b ? "true" : "false");
}

void json_null(struct json_writer *w)
{
	separate(w);
	buf_addz(w->out, "null");
}

void json_value(struct json_writer *w, const struct value *v)
{
	separate(w);
	write_at(w->out, v, 0, w->depth);
}
