/*
 * schema_regex.c - regular expressions of ECMA 262 rewritten in the syntax of
 * PCRE2, piece by piece, so that what both spell alike but mean differently
 * (\s, \v, ., $, \d in Unicode) means what ECMA says and what only PCRE2 knows
 * (verbs, recursion, callouts, possessive quantifiers) is refused.  Knows no PCRE2.
 */
#include "doc/schema_private.h"

#include "base/ascii.h"

#define SPACE_CLASS "\\p{Xps}\\x{FEFF}"

struct translation {
	struct str in;
	size_t i;
	struct buf *out;
	const char *why;
	bool quantifiable; /* an atom has just been written */
	bool in_class;
};

static bool refuse(struct translation *t, const char *why)
{
	t->why = why;
	return false;
}

static char peek(const struct translation *t, size_t ahead)
{
	return t->in.n - t->i > ahead ? t->in.p[t->i + ahead] : 0;
}

/* n hexadecimal digits at offset ahead; -1 where there are fewer. */
static long hex_number(const struct translation *t, size_t ahead, size_t n)
{
	long sum = 0;

	for (size_t k = 0; k < n; k++) {
		const int d = ascii_hex(peek(t, ahead + k));

		if (d < 0)
			return -1;
		sum = sum * 16 + d;
	}
	return sum;
}

static void write_code(struct translation *t, long code)
{
	buf_addf(t->out, "\\x{%lX}", (unsigned long)code);
}

/* ----------------------------------------------------------------- escapes */

/* \u0041, a pair of surrogates, or \u{1F600}; t->i is past the u. */
static bool translate_unicode(struct translation *t)
{
	long code = hex_number(t, 0, 4), low;
	size_t n = 0;

	if (peek(t, 0) == '{') {
		for (code = 0; ascii_hex(peek(t, 1 + n)) >= 0 && code <= 0x10ffff; n++)
			code = code * 16 + ascii_hex(peek(t, 1 + n));
		if (n == 0 || peek(t, 1 + n) != '}' || code > 0x10ffff)
			return refuse(t, "\\u{...} is no character");
		t->i += n + 2;
	} else if (code < 0) {
		return refuse(t, "\\u wants four hexadecimal digits");
	} else {
		t->i += 4;
		low = peek(t, 0) == '\\' && peek(t, 1) == 'u' ? hex_number(t, 2, 4) : -1;
		if (code >= 0xd800 && code < 0xdc00 && low >= 0xdc00 && low < 0xe000) {
			code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
			t->i += 6;
		}
	}
	if (code >= 0xd800 && code < 0xe000)
		return refuse(t, "half of a surrogate pair");
	write_code(t, code);
	return true;
}

/* The long names of general categories, which PCRE2 has short. */
static const char *category_short(struct str name)
{
	static const char *const names[][2] = {
		{ "Cased_Letter", "L&" },
		{ "Close_Punctuation", "Pe" },
		{ "Combining_Mark", "M" },
		{ "Connector_Punctuation", "Pc" },
		{ "Control", "Cc" },
		{ "Currency_Symbol", "Sc" },
		{ "Dash_Punctuation", "Pd" },
		{ "Decimal_Number", "Nd" },
		{ "Enclosing_Mark", "Me" },
		{ "Final_Punctuation", "Pf" },
		{ "Format", "Cf" },
		{ "Initial_Punctuation", "Pi" },
		{ "LC", "L&" },
		{ "Letter", "L" },
		{ "Letter_Number", "Nl" },
		{ "Line_Separator", "Zl" },
		{ "Lowercase_Letter", "Ll" },
		{ "Mark", "M" },
		{ "Math_Symbol", "Sm" },
		{ "Modifier_Letter", "Lm" },
		{ "Modifier_Symbol", "Sk" },
		{ "Nonspacing_Mark", "Mn" },
		{ "Number", "N" },
		{ "Open_Punctuation", "Ps" },
		{ "Other", "C" },
		{ "Other_Letter", "Lo" },
		{ "Other_Number", "No" },
		{ "Other_Punctuation", "Po" },
		{ "Other_Symbol", "So" },
		{ "Paragraph_Separator", "Zp" },
		{ "Private_Use", "Co" },
		{ "Punctuation", "P" },
		{ "Separator", "Z" },
		{ "Space_Separator", "Zs" },
		{ "Spacing_Mark", "Mc" },
		{ "Surrogate", "Cs" },
		{ "Symbol", "S" },
		{ "Titlecase_Letter", "Lt" },
		{ "Unassigned", "Cn" },
		{ "Uppercase_Letter", "Lu" },
		{ "cntrl", "Cc" },
		{ "digit", "Nd" },
		{ "punct", "P" },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (str_eqz(name, names[i][0]))
			return names[i][1];
	}
	return NULL;
}

/* \p{...} or \P{...}; t->i is at the brace. */
static bool translate_property(struct translation *t, char letter)
{
	const char *start = t->in.p + t->i + 1, *end = t->in.p + t->in.n;
	const char *close = peek(t, 0) == '{' ? memchr(start, '}', (size_t)(end - start)) : NULL;
	const char *equals, *known;
	struct str name;

	if (!close || close == start)
		return refuse(t, "\\p wants the name of a property in braces");
	t->i += (size_t)(close - start) + 2;
	equals = memchr(start, '=', (size_t)(close - start));
	name = str_slice(equals ? equals + 1 : start, close);
	for (size_t i = 0; i < name.n; i++) {
		if (ascii_hex(name.p[i]) < 0 && name.p[i] != '_' && (name.p[i] < 'A' || name.p[i] > 'z'))
			return refuse(t, "\\p wants the name of a property in braces");
	}
	known = category_short(name);
	buf_addf(t->out, "\\%c{", letter);
	if (known)
		buf_addz(t->out, known);
	else
		buf_adds(t->out, name);
	buf_addc(t->out, '}');
	return true;
}

/* \1 to \9..., \k<name> */
static bool translate_reference(struct translation *t, char c)
{
	const char *close;

	if (c == 'k') {
		close = peek(t, 0) == '<' ? memchr(t->in.p + t->i, '>', t->in.n - t->i) : NULL;
		if (!close)
			return refuse(t, "\\k wants the name of a group in angle brackets");
		buf_addz(t->out, "\\k");
		buf_adds(t->out, str_slice(t->in.p + t->i, close + 1));
		t->i = (size_t)(close + 1 - t->in.p);
		return true;
	}
	buf_addz(t->out, "\\g{");
	buf_addc(t->out, c);
	for (; peek(t, 0) >= '0' && peek(t, 0) <= '9'; t->i++)
		buf_addc(t->out, peek(t, 0));
	buf_addc(t->out, '}');
	return true;
}

/* \xHH, \cX, \0 */
static bool translate_code(struct translation *t, char c)
{
	const char next = peek(t, 0);
	long code = 0;

	if (c == 'x') {
		code = hex_number(t, 0, 2);
		if (code < 0)
			return refuse(t, "\\x wants two hexadecimal digits");
		t->i += 2;
	} else if (c == 'c') {
		if (!((next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z')))
			return refuse(t, "\\c wants a letter");
		code = next & 0x1f;
		t->i++;
	} else if (next >= '0' && next <= '9') {
		return refuse(t, "\\0 before a digit: write \\x00");
	}
	write_code(t, code);
	return true;
}

/* Classes, and the letters that mean one character. */
static bool translate_letter(struct translation *t, char c)
{
	switch (c) {
	case 's':
		buf_addz(t->out, t->in_class ? SPACE_CLASS : "[" SPACE_CLASS "]");
		return true;
	case 'S':
		buf_addz(t->out, t->in_class ? "\\P{Xps}" : "[^" SPACE_CLASS "]");
		return true;
	case 'v':
		write_code(t, 0x0b);
		return true;
	case 'b':
		if (t->in_class)
			write_code(t, 0x08);
		else
			buf_addz(t->out, "\\b");
		t->quantifiable = t->in_class;
		return true;
	case 'B':
		buf_addz(t->out, "\\B");
		t->quantifiable = false;
		return !t->in_class || refuse(t, "\\B inside [ ]");
	default: /* d D w W t n f r */
		buf_addc(t->out, '\\');
		buf_addc(t->out, c);
		return true;
	}
}

/* t->i is at the backslash. */
static bool translate_escape(struct translation *t)
{
	const char c = peek(t, 1);

	if (!c)
		return refuse(t, "a backslash at the end");
	t->i += 2;
	t->quantifiable = true;
	if (strchr("sSvbBdDwWtnfr", c))
		return translate_letter(t, c);
	if (c == 'u')
		return translate_unicode(t);
	if (c == 'p' || c == 'P')
		return translate_property(t, c);
	if (c == 'x' || c == 'c' || c == '0')
		return translate_code(t, c);
	if (c == 'k' || (c >= '1' && c <= '9'))
		return t->in_class ? refuse(t, "a reference inside [ ]") : translate_reference(t, c);
	if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
		t->i -= 2;
		return refuse(t, "an escape that ECMA 262 does not know");
	}
	if ((unsigned char)c < 0x80)
		buf_addc(t->out, '\\');
	buf_addc(t->out, c);
	return true;
}

/* ------------------------------------------------------------- the pieces */

/* t->i is at the opening bracket. */
static bool translate_class(struct translation *t)
{
	const size_t open = t->i;
	const bool negated = peek(t, 1) == '^';

	t->i += negated ? 2 : 1;
	t->quantifiable = true;
	if (peek(t, 0) == ']') { /* nothing, or anything */
		buf_addz(t->out, negated ? "[\\s\\S]" : "(?!)");
		t->i++;
		return true;
	}
	buf_addz(t->out, negated ? "[^" : "[");
	t->in_class = true;
	while (t->i < t->in.n && t->in.p[t->i] != ']') {
		const char c = t->in.p[t->i];

		if (c == '\\') {
			if (!translate_escape(t))
				return false;
			continue;
		}
		if (c == '[' || c == ':' || c == '.' || c == '=') /* "[:" begins a class by name in PCRE2 */
			buf_addc(t->out, '\\');
		buf_addc(t->out, c);
		t->i++;
	}
	t->in_class = false;
	t->quantifiable = true;
	if (t->i == t->in.n) {
		t->i = open;
		return refuse(t, "[ is not closed");
	}
	buf_addc(t->out, ']');
	t->i++;
	return true;
}

/* t->i is at the opening parenthesis. */
static bool translate_group(struct translation *t)
{
	static const char *const heads[] = { "(?:", "(?=", "(?!", "(?<=", "(?<!" };
	const struct str rest = { t->in.p + t->i, t->in.n - t->i };
	const char *close;

	t->quantifiable = false;
	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
		if (str_starts(rest, str_of(heads[i]))) {
			buf_addz(t->out, heads[i]);
			t->i += strlen(heads[i]);
			return true;
		}
	}
	if (str_starts(rest, STR_LIT("(?<")) && (close = memchr(rest.p, '>', rest.n))) {
		buf_adds(t->out, str_slice(rest.p, close + 1));
		t->i += (size_t)(close + 1 - rest.p);
		return true;
	}
	if (peek(t, 1) == '?')
		return refuse(t, "a group that ECMA 262 does not know");
	buf_addc(t->out, '(');
	t->i++;
	return true;
}

/* Length of {n}, {n,} or {n,m} at the brace; 0 where it is none. */
static size_t braces_length(const struct translation *t)
{
	size_t n = 1, digits = 0;

	for (; peek(t, n) >= '0' && peek(t, n) <= '9'; n++)
		digits++;
	if (digits == 0)
		return 0;
	if (peek(t, n) == ',')
		for (n++; peek(t, n) >= '0' && peek(t, n) <= '9';)
			n++;
	return peek(t, n) == '}' ? n + 1 : 0;
}

/* *, +, ?, {n,m} and the ? that makes them reluctant. */
static bool translate_quantifier(struct translation *t, size_t n)
{
	if (!t->quantifiable)
		return refuse(t, "nothing to repeat");
	buf_add(t->out, t->in.p + t->i, n);
	t->i += n;
	if (peek(t, 0) == '?') {
		buf_addc(t->out, '?');
		t->i++;
	}
	t->quantifiable = false;
	return true;
}

static bool translate_plain(struct translation *t, char c)
{
	t->quantifiable = c != '^' && c != '$' && c != '|';
	if (c == '.') {
		buf_addz(t->out, "[^\\n\\r\\x{2028}\\x{2029}]");
	} else {
		if (c == '{' || c == '}' || c == ']')
			buf_addc(t->out, '\\');
		buf_addc(t->out, c);
	}
	t->i++;
	return true;
}

static bool translate_next(struct translation *t)
{
	const char c = t->in.p[t->i];
	const size_t braces = c == '{' ? braces_length(t) : 0;

	switch (c) {
	case '\\':
		return translate_escape(t);
	case '[':
		return translate_class(t);
	case '(':
		return translate_group(t);
	case ')': /* a group may be repeated; PCRE2 sees to the balance */
		buf_addc(t->out, c);
		t->quantifiable = true;
		t->i++;
		return true;
	case '*':
	case '+':
	case '?':
		return translate_quantifier(t, 1);
	default:
		return braces ? translate_quantifier(t, braces) : translate_plain(t, c);
	}
}

bool pattern_translate(struct str ecma, struct buf *out, size_t *at, const char **why)
{
	struct translation t = { .in = ecma, .out = out };
	bool ok = true;

	while (ok && t.i < t.in.n)
		ok = translate_next(&t);
	*at = t.i;
	*why = t.why;
	return ok;
}
