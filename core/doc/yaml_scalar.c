/*
 * yaml_scalar.c - what a scalar means: the core schema of YAML 1.2
 * (chapter 10.3) and its explicit tags.  "no", dates, times and versions are
 * strings.  Knows neither libyaml nor documents.
 */
#include "doc/yaml_internal.h"

static bool is_one_word(struct str s, const char *lower, const char *title, const char *upper)
{
	return str_eqz(s, lower) || str_eqz(s, title) || str_eqz(s, upper);
}

static bool is_null(struct str s)
{
	return s.n == 0 || str_eqz(s, "~") || is_one_word(s, "null", "Null", "NULL");
}

static size_t skip_digits(struct str s, size_t i)
{
	while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
		i++;
	return i;
}

static bool is_sign(struct str s, size_t i)
{
	return i < s.n && (s.p[i] == '-' || s.p[i] == '+');
}

/* [-+]?[0-9]+ */
static bool is_decimal(struct str s)
{
	size_t start = is_sign(s, 0), end = skip_digits(s, start);

	return end > start && end == s.n;
}

/* [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )? */
static bool is_float(struct str s)
{
	size_t start = is_sign(s, 0), whole = skip_digits(s, start), i = whole, digits;

	if (i < s.n && s.p[i] == '.') {
		i = skip_digits(s, i + 1);
		if (whole == start && i == whole + 1)
			return false;
	} else if (whole == start) {
		return false;
	}
	if (i < s.n && (s.p[i] == 'e' || s.p[i] == 'E')) {
		i++;
		i += is_sign(s, i);
		digits = skip_digits(s, i);
		if (digits == i)
			return false;
		i = digits;
	}
	return i == s.n;
}

/* ".inf" with or without a sign, ".nan" */
static bool is_not_finite(struct str s)
{
	size_t sign = is_sign(s, 0);
	struct str rest = { s.p + sign, s.n - sign };

	return is_one_word(rest, ".inf", ".Inf", ".INF") || is_one_word(s, ".nan", ".NaN", ".NAN");
}

/* 0x or 0o and digits of that base, however many. */
static unsigned prefixed_base(struct str s)
{
	unsigned base;

	if (s.n < 3 || s.p[0] != '0' || (s.p[1] != 'x' && s.p[1] != 'o'))
		return 0;
	base = s.p[1] == 'x' ? 16 : 8;
	for (size_t i = 2; i < s.n; i++) {
		int64_t digit;

		if (s.p[i] == '_' || !number_integer((struct str){ s.p + i, 1 }, base, false, &digit))
			return 0;
	}
	return base;
}

/* More than 63 bits of octal digits, rounded as they come. */
static double octal_float(struct str digits)
{
	double sum = 0;

	for (size_t i = 0; i < digits.n && sum < 1e300; i++)
		sum = sum * 8 + (digits.p[i] - '0');
	return sum;
}

static bool float_value(struct str s, struct value *out)
{
	double d;

	if (!str_float(s.p, &d))
		return false;
	*out = value_float(d);
	return true;
}

static bool prefixed_value(struct str s, unsigned base, struct value *out)
{
	struct str digits = { s.p + 2, s.n - 2 };
	int64_t i;

	if (number_integer(digits, base, false, &i)) {
		*out = value_int(i);
		return true;
	}
	if (base == 16)
		return float_value(s, out);
	*out = value_float(octal_float(digits));
	return out->as.number < 1e300;
}

static bool decimal_value(struct str s, struct value *out)
{
	size_t sign = is_sign(s, 0);
	int64_t i;

	if (!number_integer((struct str){ s.p + sign, s.n - sign }, 10, s.p[0] == '-', &i))
		return float_value(s, out);
	*out = value_int(i);
	return true;
}

static bool resolve_number(struct str s, struct value *out)
{
	unsigned base = prefixed_base(s);
	bool finite = true;

	if (base)
		finite = prefixed_value(s, base, out);
	else if (is_decimal(s))
		finite = decimal_value(s, out);
	else if (is_float(s))
		finite = float_value(s, out);
	else if (is_not_finite(s))
		finite = false;
	if (!finite)
		*out = value_string(s);
	return finite;
}

bool yaml_resolve(struct str text, struct value *out)
{
	*out = value_string(text);
	/* every word of the schema is short, every number begins with one of these */
	if (text.n > 5 && !strchr("+-.0123456789", text.p[0]))
		return true;
	if (is_null(text))
		*out = value_null();
	else if (is_one_word(text, "true", "True", "TRUE"))
		*out = value_bool(true);
	else if (is_one_word(text, "false", "False", "FALSE"))
		*out = value_bool(false);
	else if (strchr("+-.0123456789", text.p[0]))
		return resolve_number(text, out);
	return true;
}

/* ------------------------------------------------------------------- tags */

#define TAG_PREFIX "tag:yaml.org,2002:"

static enum value_kind tag_kind(const char *tag, bool *known)
{
	static const struct {
		const char *name;
		enum value_kind kind;
	} table[] = { { TAG_PREFIX "str", VALUE_STRING },
		      { TAG_PREFIX "int", VALUE_INT },
		      { TAG_PREFIX "float", VALUE_FLOAT },
		      { TAG_PREFIX "bool", VALUE_BOOL },
		      { TAG_PREFIX "null", VALUE_NULL } };

	*known = false;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		if (strcmp(tag, table[i].name) == 0) {
			*known = true;
			return table[i].kind;
		}
	}
	return VALUE_STRING;
}

bool yaml_tag_is_scalar(const char *tag)
{
	bool known;

	(void)tag_kind(tag, &known);
	return known;
}

bool yaml_resolve_tagged(const char *tag, struct str text, struct value *out)
{
	bool known;
	const enum value_kind wanted = tag_kind(tag, &known);
	struct value plain;

	*out = value_string(text);
	if (wanted == VALUE_STRING)
		return known;
	if (!yaml_resolve(text, &plain))
		return false;
	if (wanted == VALUE_FLOAT && plain.kind == VALUE_INT)
		plain = value_float((double)plain.as.integer);
	if (plain.kind != wanted)
		return false;
	*out = plain;
	return true;
}
