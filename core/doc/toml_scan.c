/*
 * toml_scan.c - the small parts of TOML 1.0: characters, line ends, comments,
 * strings and keys.  Serves toml.c; knows nothing of tables.
 */
#include "doc/toml_internal.h"

#include "base/utf8.h"

void toml_scan_init(struct toml_scan *s, struct str text, uint32_t first_line, struct arena *a, struct diags *diags)
{
	*s = (struct toml_scan){ text.p, text.p + text.n, text.p, first_line, a, diags };
	if (str_starts(text, STR_LIT("\xef\xbb\xbf"))) {
		s->p += 3;
		s->line_start += 3;
	}
}

uint32_t toml_column(const struct toml_scan *s, const char *at)
{
	return (uint32_t)(at - s->line_start) + 1;
}

bool toml_error(struct toml_scan *s, const char *at, const char *hint, const char *message)
{
	diags_add(s->diags, SEVERITY_WARNING, s->line, toml_column(s, at), hint,
		  "the front matter is not valid TOML: %s", message);
	return false;
}

bool toml_refuse_memory(struct toml_scan *s)
{
	s->arena->refused = true;
	return false;
}

/* ------------------------------------------------------------- characters */

char toml_peek(const struct toml_scan *s)
{
	return s->p < s->end ? *s->p : 0;
}

bool toml_accept(struct toml_scan *s, char c)
{
	if (s->p == s->end || *s->p != c)
		return false;
	s->p++;
	return true;
}

void toml_skip_blanks(struct toml_scan *s)
{
	while (s->p < s->end && (*s->p == ' ' || *s->p == '\t'))
		s->p++;
}

static bool accept_newline(struct toml_scan *s)
{
	if (toml_peek(s) == '\r' && toml_peek_at(s, 1) == '\n')
		s->p++;
	if (!toml_accept(s, '\n'))
		return false;
	s->line++;
	s->line_start = s->p;
	return true;
}

static bool is_control(char c)
{
	return ((unsigned char)c < 0x20 && c != '\t') || c == 0x7f;
}

bool toml_line_end(struct toml_scan *s)
{
	if (toml_accept(s, '#')) {
		while (s->p < s->end && !is_control(*s->p))
			s->p++;
	}
	if (s->p == s->end || accept_newline(s))
		return true;
	if (is_control(*s->p))
		return toml_error(s, s->p, "remove the character", "a control character");
	return toml_error(s, s->p, "begin a new line here, or put a text value in quotes",
			  "text after what should end the line");
}

bool toml_skip_lines(struct toml_scan *s)
{
	for (;;) {
		toml_skip_blanks(s);
		if (s->p == s->end)
			return true;
		if (*s->p != '#' && *s->p != '\n' && *s->p != '\r')
			return true;
		if (!toml_line_end(s))
			return false;
	}
}

/* ---------------------------------------------------------------- strings */

/* \uXXXX or \UXXXXXXXX; s->p is past the letter. */
static bool scan_code_point(struct toml_scan *s, size_t digits, char **to)
{
	const char *at = s->p - 2;
	uint32_t cp = 0;

	for (size_t i = 0; i < digits; i++) {
		int digit = ascii_hex(toml_peek(s));

		if (digit < 0)
			return toml_error(s, at, "write \\uXXXX or \\UXXXXXXXX", "an escape lacks hexadecimal digits");
		cp = cp << 4 | (uint32_t)digit;
		s->p++;
	}
	if (cp > 0x10ffff || (cp >= 0xd800 && cp < 0xe000))
		return toml_error(s, at, NULL, "an escape is no Unicode character");
	*to += utf8_encode(cp, *to);
	return true;
}

/* An escape whose result goes to *to; s->p is past the backslash. */
static bool scan_escape(struct toml_scan *s, char **to)
{
	static const char letters[] = "btnfr\"\\", meanings[] = "\b\t\n\f\r\"\\";
	const char c = toml_peek(s);
	const char *letter = c ? strchr(letters, c) : NULL;

	if (s->p < s->end)
		s->p++;
	if (letter) {
		*(*to)++ = meanings[letter - letters];
		return true;
	}
	if (c == 'u')
		return scan_code_point(s, 4, to);
	if (c == 'U')
		return scan_code_point(s, 8, to);
	return toml_error(s, s->p - 1, "write the backslash twice, or use single quotes",
			  "an unknown escape after a backslash");
}

/* An upper bound of the string's bytes: up to its closing delimiter, or the end of the text. */
static size_t string_extent(const struct toml_scan *s, char quote, bool multi)
{
	const char *p = s->p;

	for (; p < s->end; p++) {
		if (*p == '\\' && quote == '"') {
			p++;
		} else if (*p == '\n' && !multi) {
			break;
		} else if (*p == quote) {
			if (!multi)
				break;
			if (s->end - p >= 3 && p[1] == quote && p[2] == quote)
				break;
		}
	}
	if (p > s->end)
		p = s->end;
	return (size_t)(p - s->p) + 3;
}

/* One quoted line; s->p is past the opening quote. */
static bool scan_line_string(struct toml_scan *s, char quote, char *to, struct str *out)
{
	const char *open = s->p - 1;

	out->p = to;
	while (s->p < s->end && *s->p != quote) {
		if (*s->p == '\n' || (*s->p == '\r' && toml_peek_at(s, 1) == '\n'))
			break;
		if (is_control(*s->p))
			return toml_error(s, s->p, "write it as an escape in double quotes",
					  "a control character in a string");
		if (quote == '"' && *s->p == '\\') {
			s->p++;
			if (!scan_escape(s, &to))
				return false;
		} else {
			*to++ = *s->p++;
		}
	}
	if (!toml_accept(s, quote))
		return toml_error(s, open, "close the quote", "a quote is opened and not closed in its line");
	out->n = (size_t)(to - out->p);
	return true;
}

/* A backslash at the end of a line swallows all space up to the next text; false if this is none. */
static bool accept_line_continuation(struct toml_scan *s)
{
	const char *p = s->p;

	while (p < s->end && (*p == ' ' || *p == '\t'))
		p++;
	if (p == s->end || (*p != '\n' && !(*p == '\r' && p + 1 < s->end && p[1] == '\n')))
		return false;
	s->p = p;
	do
		toml_skip_blanks(s);
	while (accept_newline(s));
	return true;
}

/* Up to two quotes may stand before the closing three.  Past the closing ones if these are them. */
static bool accept_close(struct toml_scan *s, char quote, char **to)
{
	size_t run = 0;

	while (run < 5 && toml_peek_at(s, run) == quote)
		run++;
	if (run < 3) {
		memset(*to, quote, run);
		*to += run;
		s->p += run;
		return false;
	}
	memset(*to, quote, run - 3);
	*to += run - 3;
	s->p += run;
	return true;
}

/* s->p is past the three opening quotes, which stood at open in the line described by *start. */
static bool scan_multi_string(struct toml_scan *s, char quote, char *to, struct str *out)
{
	const struct toml_scan start = *s;

	out->p = to;
	accept_newline(s);
	while (s->p < s->end) {
		if (*s->p == quote) {
			if (accept_close(s, quote, &to)) {
				out->n = (size_t)(to - out->p);
				return true;
			}
		} else if (accept_newline(s)) {
			*to++ = '\n';
		} else if (is_control(*s->p)) {
			return toml_error(s, s->p, "write it as an escape in double quotes",
					  "a control character in a string");
		} else if (quote == '"' && *s->p == '\\') {
			s->p++;
			if (!accept_line_continuation(s) && !scan_escape(s, &to))
				return false;
		} else {
			*to++ = *s->p++;
		}
	}
	*s = start;
	return toml_error(s, s->p - 3, "close it with the same three quotes",
			  "a string of several lines is opened and never closed");
}

bool toml_scan_string(struct toml_scan *s, bool multi_allowed, struct str *out)
{
	const char quote = *s->p;
	const bool multi = multi_allowed && toml_peek_at(s, 1) == quote && toml_peek_at(s, 2) == quote;
	char *to;

	s->p += multi ? 3 : 1;
	to = arena_alloc(s->arena, string_extent(s, quote, multi));
	if (!to)
		return toml_refuse_memory(s);
	if (multi)
		return scan_multi_string(s, quote, to, out);
	return scan_line_string(s, quote, to, out);
}

/* ------------------------------------------------------------------- keys */

static bool scan_key(struct toml_scan *s, struct toml_key *key)
{
	const char *start = s->p;

	key->line = s->line;
	key->column = toml_column(s, s->p);
	if (toml_peek(s) == '"' || toml_peek(s) == '\'')
		return toml_scan_string(s, false, &key->text);
	while (s->p < s->end && toml_is_bare(*s->p))
		s->p++;
	if (s->p == start)
		return toml_error(s, s->p, "a bare key has letters A-Z, digits, _ and -; put any other in quotes",
				  "a key is expected here");
	key->text = arena_str(s->arena, str_slice(start, s->p));
	return key->text.p || toml_refuse_memory(s);
}

bool toml_scan_path(struct toml_scan *s, struct toml_path *path)
{
	path->n = 0;
	do {
		struct toml_key *grown = arena_grow(s->arena, path->keys, &path->cap, path->n + 1, sizeof(*path->keys));

		if (!grown)
			return toml_refuse_memory(s);
		path->keys = grown;
		toml_skip_blanks(s);
		if (!scan_key(s, &path->keys[path->n++]))
			return false;
		toml_skip_blanks(s);
	} while (toml_accept(s, '.'));
	return true;
}
