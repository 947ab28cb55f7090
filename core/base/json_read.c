/*
 * json_read.c - JSON text in, by jansson, which is included here alone.
 *
 * Provides json_read to front matter, the cache and the readers of NDJSON.  What
 * is simple, as most is, or long does not come to it (json_simple.h).  A scan before parsing does what jansson has no option for: our depth limit, and
 * integers beyond 64 bits, which get a ".0" in a copy so that only they become
 * floats.  Knows no files.
 */
#include "base/json.h"

#include <limits.h>
#include <stdio.h>

#include "base/json_simple.h"
#include "base/utf8.h"

/* jansson has functions of these two names, which nothing here calls. */
#define json_string jansson_string
#define json_null   jansson_null
#include <jansson.h>
#undef json_string
#undef json_null

#define INT64_DIGITS 19 /* of INT64_MAX */
/* Longer texts are not given to jansson. */
#define LIBRARY_MAX ((size_t)64 * 1024)

/* Fills *error with the message and the place of offset, 1-based. */
static bool fail_at(struct json_error *error, struct str text, size_t offset, const char *message)
{
	const char *line_start = text.p;

	error->line = 1;
	if (offset > text.n)
		offset = text.n;
	for (const char *p = text.p; p < text.p + offset; p++) {
		if (*p == '\n') {
			error->line++;
			line_start = p + 1;
		}
	}
	error->column = (uint32_t)(text.p + offset - line_start) + 1;
	snprintf(error->message, sizeof(error->message), "%s", message);
	return false;
}

/* ------------------------------------------------------- the scan before it */

static size_t skip_string(struct str text, size_t i)
{
	for (i++; i < text.n && text.p[i] != '"'; i++) {
		if (text.p[i] == '\\')
			i++;
	}
	return i < text.n ? i + 1 : text.n;
}

static size_t skip_number(struct str text, size_t i)
{
	while (i < text.n && strchr("+-.eE0123456789", text.p[i]) && text.p[i] != '\0')
		i++;
	return i;
}

static bool is_number_start(char c)
{
	return c == '-' || (c >= '0' && c <= '9');
}

/* Whether number is an integer that int64_t cannot hold. */
static bool is_big_integer(struct str number)
{
	bool negative = number.p[0] == '-';
	struct str digits = { number.p + negative, number.n - negative };

	if (digits.n < INT64_DIGITS || digits.p[0] == '0')
		return false;
	for (size_t i = 0; i < digits.n; i++) {
		if (digits.p[i] < '0' || digits.p[i] > '9')
			return false;
	}
	return digits.n > INT64_DIGITS ||
	       memcmp(digits.p, negative ? "9223372036854775808" : "9223372036854775807", INT64_DIGITS) > 0;
}

/* Moves *i behind the next integer beyond 64 bits; false when there is none. */
static bool next_big_integer(struct str text, size_t *i)
{
	while (*i < text.n) {
		size_t from = *i;

		if (text.p[from] == '"') {
			*i = skip_string(text, from);
		} else if (is_number_start(text.p[from])) {
			*i = skip_number(text, from);
			if (is_big_integer(str_slice(text.p + from, text.p + *i)))
				return true;
		} else {
			++*i;
		}
	}
	return false;
}

/* The offset of the bracket that is one too deep; text.n when there is none. */
static size_t find_too_deep(struct str text, size_t max_depth)
{
	size_t depth = 0, i = 0;

	while (i < text.n) {
		char c = text.p[i];

		if (c == '"') {
			i = skip_string(text, i);
			continue;
		}
		if ((c == '[' || c == '{') && ++depth > max_depth)
			return i;
		if ((c == ']' || c == '}') && depth > 0)
			depth--;
		i++;
	}
	return text.n;
}

/* Copies text with ".0" behind each integer beyond 64 bits; nothing is written when there is none. */
static void widen_integers(struct str text, struct buf *copy)
{
	size_t done = 0, i = 0;

	while (next_big_integer(text, &i)) {
		buf_add(copy, text.p + done, i - done);
		buf_addz(copy, ".0");
		done = i;
	}
	if (done > 0)
		buf_add(copy, text.p + done, text.n - done);
}

/* Where an offset into the widened copy lies in text. */
static size_t original_offset(struct str text, size_t offset)
{
	size_t added = 0, i = 0;

	while (next_big_integer(text, &i) && i + added < offset)
		added += 2;
	return offset > added ? offset - added : 0;
}

/* -------------------------------------------------------- from jansson's tree */

static bool convert(struct arena *a, const json_t *json, struct value *out);

static bool convert_list(struct arena *a, const json_t *json, struct value *out)
{
	size_t n = json_array_size(json);

	*out = value_list();
	for (size_t i = 0; i < n; i++) {
		struct value item;

		if (!convert(a, json_array_get(json, i), &item) || !value_append(a, out, item))
			return false;
	}
	return true;
}

static bool convert_map(struct arena *a, json_t *json, struct value *out)
{
	*out = value_map();
	for (void *i = json_object_iter(json); i; i = json_object_iter_next(json, i)) {
		const char *name = json_object_iter_key(i);
		struct str key = arena_str(a, str_of(name));
		struct value item;

		if (!key.p || !convert(a, json_object_iter_value(i), &item) || !value_set(a, out, key, item))
			return false;
	}
	return true;
}

/* Recursion is bounded: the scan has refused what lies deeper than the caller allows. */
static bool convert(struct arena *a, const json_t *json, struct value *out)
{
	switch (json_typeof(json)) {
	case JSON_OBJECT:
		return convert_map(a, (json_t *)json, out);
	case JSON_ARRAY:
		return convert_list(a, json, out);
	case JSON_STRING:
		*out = value_string(arena_str(a, (struct str){ json_string_value(json), json_string_length(json) }));
		return out->as.string.p != NULL;
	case JSON_INTEGER:
		*out = value_int(json_integer_value(json));
		return true;
	case JSON_REAL:
		*out = value_float(json_real_value(json));
		return true;
	case JSON_TRUE:
	case JSON_FALSE:
		*out = value_bool(json_is_true(json));
		return true;
	default:
		*out = value_null();
		return true;
	}
}

/*
 * jansson counts up to the end of the token it stumbled over.  Where its
 * message quotes the token, the quotation tells how far back it began.
 */
static size_t error_offset(const json_error_t *from)
{
	static const char near[] = " near '";
	size_t position = from->position > 0 ? (size_t)from->position : 0;
	const char *quote = strstr(from->text, near);
	size_t quoted = quote ? strlen(quote) - (sizeof(near) - 1) : 0;

	if (quoted > 1 && quote[sizeof(near) - 1 + quoted - 1] == '\'' && quoted - 1 <= position)
		return position - (quoted - 1);
	return position;
}

static bool parse(struct arena *a, struct str text, struct str widened, struct value *out, struct json_error *error)
{
	const size_t flags = JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL;
	json_error_t failure;
	json_t *json = json_loadb(widened.p, widened.n, flags, &failure);
	bool ok;

	if (!json)
		return fail_at(error, text, original_offset(text, error_offset(&failure)), failure.text);
	ok = convert(a, json, out);
	json_decref(json);
	return ok || fail_at(error, text, 0, "out of memory");
}

static bool library_read(struct arena *a, struct str text, size_t max_depth, struct value *out,
			 struct json_error *error)
{
	struct buf copy;
	size_t deep = find_too_deep(text, max_depth);
	bool ok;

	if (deep < text.n)
		return fail_at(error, text, deep, "lists and maps are nested too deeply");
	buf_init(&copy, a->heap, 0);
	widen_integers(text, &copy);
	if (buf_ok(&copy))
		ok = parse(a, text, copy.n > 0 ? buf_str(&copy) : text, out, error);
	else
		ok = fail_at(error, text, 0, "out of memory");
	buf_release(&copy);
	return ok;
}

bool json_read_deep(struct arena *a, struct str text, size_t max_depth, const struct json_watch *watch,
		    struct value *out, struct json_error *error)
{
	const size_t depth = max_depth < JSON_MAX_DEPTH ? max_depth : JSON_MAX_DEPTH;
	const char *wrong;
	size_t bad;

	if (text.n == 0)
		return fail_at(error, STR_EMPTY, 0, "there is no JSON text");
	if (text.n > INT_MAX / 2)
		return fail_at(error, text, 0, "the JSON text is too large");
	bad = utf8_check(text);
	if (bad < text.n)
		return fail_at(error, text, bad, "the text is not valid UTF-8");
	if (text.n > LIBRARY_MAX) {
		wrong = json_whole_read(a, text, depth, watch, out, &bad);
		return !wrong || fail_at(error, text, bad, wrong);
	}
	return json_simple_read(a, text, depth, out) || library_read(a, text, depth, out, error);
}

bool json_read(struct arena *a, struct str text, struct value *out, struct json_error *error)
{
	return json_read_deep(a, text, VALUE_MAX_DEPTH, NULL, out, error);
}
