/*
 * frontmatter.c - finds the block of metadata at the top of a document and
 * hands it to the reader of its syntax.
 *
 * Finding never parses: it looks for the fences and judges by the shape of
 * the lines whether "---" opens front matter or is a thematic break.  The
 * syntaxes themselves are in yaml*.c, toml*.c and frontmatter_json.c.
 */
#include "doc/frontmatter.h"
#include "doc/frontmatter_internal.h"

#include "base/ascii.h"

/* ------------------------------------------------------------------ lines */

/* Cuts the next line off *rest, without its end (LF, CRLF or CR). */
static struct str line_next(struct str *rest)
{
	const char *p = rest->p, *end = rest->p + rest->n;
	struct str line;

	while (p < end && *p != '\n' && *p != '\r')
		p++;
	line = str_slice(rest->p, p);
	if (p < end)
		p += *p == '\r' && p + 1 < end && p[1] == '\n' ? 2 : 1;
	*rest = str_slice(p, end);
	return line;
}

static struct str trim_blanks(struct str s)
{
	while (s.n && ascii_is_blank(s.p[0])) {
		s.p++;
		s.n--;
	}
	while (s.n && ascii_is_blank(s.p[s.n - 1]))
		s.n--;
	return s;
}

/* strchr would find NUL, too. */
static bool is_one_of(char c, const char *set)
{
	return c && strchr(set, c) != NULL;
}

/* The fence from the first column, then blanks only. */
static bool is_fence(struct str line, const char *fence)
{
	return line.n >= 3 && memcmp(line.p, fence, 3) == 0 && trim_blanks(line).n == 3;
}

/* Content of the line is nothing or a comment (in YAML and TOML alike). */
static bool is_void(struct str line)
{
	struct str s = trim_blanks(line);

	return s.n == 0 || s.p[0] == '#';
}

/* --------------------------------------------------- does it look like it? */

static bool is_key_end(struct str s, size_t i)
{
	return i < s.n && s.p[i] == ':' && (i + 1 == s.n || ascii_is_blank(s.p[i + 1]));
}

/* Past a quoted string that opens at i, or past s.n when it is not closed there. */
static size_t skip_quoted(struct str s, size_t i)
{
	const char quote = s.p[i++];

	while (i < s.n) {
		if (s.p[i] == '\\' && quote == '"')
			i += 2;
		else if (s.p[i] != quote)
			i++;
		else if (quote == '\'' && i + 1 < s.n && s.p[i + 1] == quote)
			i += 2;
		else
			break;
	}
	return i + 1;
}

/*
 * Prose has colons too, but its sentences run on in front of them: a bare key
 * has few words and no marks of a sentence.
 */
static bool is_plausible_key(struct str key)
{
	size_t spaces = 0;

	/* Markdown's list items, quotes, tables, emphasis, reference definitions, attribute lists. */
	if (key.n == 0 || is_one_of(key.p[0], "*>|+[<{") ||
	    (key.p[0] == '-' && (key.n == 1 || ascii_is_blank(key.p[1]))))
		return false;
	for (size_t i = 0; i < key.n; i++) {
		char c = key.p[i];
		bool ends_word = i + 1 < key.n && ascii_is_blank(key.p[i + 1]);

		if (ascii_is_blank(c))
			spaces++;
		if (ends_word && is_one_of(c, ".,;!?"))
			return false;
	}
	return spaces <= 4;
}

/* "title:Foo": an identifier and a colon with the space forgotten; "http://" is none. */
static bool is_squeezed_key(struct str s)
{
	size_t i = 0;

	while (i < s.n && ((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= 'A' && s.p[i] <= 'Z') || s.p[i] == '_'))
		i++;
	return i > 0 && i + 1 < s.n && s.p[i] == ':' && s.p[i + 1] != '/' && s.p[i + 1] != ':';
}

/* Length of the key (up to its colon) that begins the line; 0 if none does. */
static size_t mapping_key(struct str s)
{
	size_t i = 0;

	if (s.n && (s.p[0] == '"' || s.p[0] == '\'')) {
		i = skip_quoted(s, 0);
		while (i < s.n && ascii_is_blank(s.p[i]))
			i++;
		return is_key_end(s, i) ? i : 0;
	}
	while (i < s.n && !is_key_end(s, i) && !(s.p[i] == '#' && i && ascii_is_blank(s.p[i - 1])))
		i++;
	if (is_key_end(s, i) && is_plausible_key(trim_blanks((struct str){ s.p, i })))
		return i;
	return 0;
}

/* "{" that opens a YAML or JSON map, and not a Liquid tag or a kramdown attribute list. */
static bool opens_flow_map(struct str s)
{
	return s.n && s.p[0] == '{' && (s.n == 1 || !is_one_of(s.p[1], "{%:#."));
}

/* Without the tags and anchors in front ("!!map", "&all"). */
static struct str skip_properties(struct str s)
{
	while (s.n && (s.p[0] == '&' || s.p[0] == '!')) {
		while (s.n && !ascii_is_blank(s.p[0])) {
			s.p++;
			s.n--;
		}
		s = trim_blanks(s);
	}
	return s;
}

enum line_shape { LINE_VOID, LINE_KEY, LINE_OPEN, LINE_PART, LINE_PROSE };

/* What a line says about the block: LINE_OPEN is a key whose value runs on over lines of any shape. */
static enum line_shape line_shape(struct str line)
{
	struct str s = skip_properties(trim_blanks(line));
	size_t key = mapping_key(s);
	struct str value = key ? trim_blanks((struct str){ s.p + key + 1, s.n - key - 1 }) : STR_EMPTY;

	if (is_void(s))
		return LINE_VOID;
	if (opens_flow_map(s) || (value.n && is_one_of(value.p[0], "\"'[{|>")))
		return LINE_OPEN;
	if (key || is_squeezed_key(s) || (s.n > 1 && s.p[0] == '?' && ascii_is_blank(s.p[1])))
		return LINE_KEY;
	if (ascii_is_blank(line.p[0]) || is_one_of(s.p[0], "-]}"))
		return LINE_PART;
	return LINE_PROSE;
}

/*
 * The first line that says anything must open a map; after it, lines in the
 * first column that are no keys must not outnumber the keys.  A block that
 * says nothing answers empty_counts.
 */
static bool looks_like_yaml(struct str content, bool empty_counts)
{
	size_t keys = 0, prose = 0;

	while (content.n) {
		enum line_shape shape = line_shape(line_next(&content));

		if (shape == LINE_OPEN && prose <= keys)
			return true;
		if (keys == 0 && (shape == LINE_PROSE || shape == LINE_PART))
			return false;
		keys += shape == LINE_KEY || shape == LINE_OPEN;
		prose += shape == LINE_PROSE;
	}
	return keys ? prose <= keys : empty_counts;
}

/* "name =" or "[table]" on the first line that says anything. */
static bool looks_like_toml(struct str content)
{
	while (content.n) {
		struct str s = trim_blanks(line_next(&content));

		if (!is_void(s))
			return s.p[0] == '[' || memchr(s.p, '=', s.n) != NULL;
	}
	return false;
}

/* Up to the first blank line that follows something. */
static struct str first_paragraph(struct str text)
{
	struct str rest = text;
	bool begun = false;

	while (rest.n) {
		const char *start = rest.p;
		struct str line = trim_blanks(line_next(&rest));

		if (line.n == 0 && begun)
			return str_slice(text.p, start);
		begun = begun || line.n;
	}
	return text;
}

/* ---------------------------------------------------------------- finding */

/* The lines between the fence that *rest follows and its partner; false if there is none. */
static bool cut_fenced(struct str *rest, const char *close, const char *other_close, struct str *content)
{
	const char *start = rest->p;

	while (rest->n) {
		const char *line_start = rest->p;
		struct str line = line_next(rest);

		if (is_fence(line, close) || is_fence(line, other_close)) {
			*content = str_slice(start, line_start);
			return true;
		}
	}
	return false;
}

static void find_fenced(struct frontmatter *fm, struct str source, struct str rest, enum frontmatter_syntax syntax)
{
	const bool yaml = syntax == FRONTMATTER_YAML;
	const struct str after_fence = rest;
	struct str content;

	if (!cut_fenced(&rest, yaml ? "---" : "+++", yaml ? "..." : "+++", &content)) {
		content = first_paragraph(after_fence);
		fm->unterminated = yaml ? looks_like_yaml(content, false) : looks_like_toml(content);
		return;
	}
	if (yaml && !looks_like_yaml(content, true))
		return;
	fm->syntax = syntax;
	fm->content = content;
	fm->line = 2;
	fm->whole = str_slice(source.p + fm->body, rest.p);
	fm->body = (size_t)(rest.p - source.p);
}

/* Offset past the brace that closes the object which opens text; 0 if none does. */
static size_t json_object_end(struct str text)
{
	size_t depth = 0;

	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '"')
			i = skip_quoted(text, i) - 1;
		else if (text.p[i] == '{')
			depth++;
		else if (text.p[i] == '}' && --depth == 0)
			return i + 1;
	}
	return 0;
}

static size_t skip_space(struct str s, size_t i)
{
	while (i < s.n && (ascii_is_blank(s.p[i]) || s.p[i] == '\n' || s.p[i] == '\r'))
		i++;
	return i;
}

/* "{}", or "{" and a quoted key with its colon. */
static bool looks_like_json(struct str text)
{
	size_t i = skip_space(text, 1);

	if (i < text.n && text.p[i] == '}')
		return true;
	if (i >= text.n || text.p[i] != '"')
		return false;
	i = skip_quoted(text, i);
	i = skip_space(text, i);
	return i < text.n && text.p[i] == ':';
}

static void find_json(struct frontmatter *fm, struct str source, struct str text)
{
	size_t end = json_object_end(text);
	struct str rest = { text.p + end, text.n - end };

	if (!looks_like_json(text))
		return;
	if (end == 0) {
		fm->unterminated = true;
		return;
	}
	if (trim_blanks(line_next(&rest)).n)
		return;
	fm->syntax = FRONTMATTER_JSON;
	fm->content = (struct str){ text.p, end };
	fm->line = 1;
	fm->whole = str_slice(text.p, rest.p);
	fm->body = (size_t)(rest.p - source.p);
}

struct frontmatter frontmatter_find(struct str source)
{
	struct frontmatter fm = { FRONTMATTER_NONE, STR_EMPTY, STR_EMPTY, 0, 0, false };
	struct str text = source, rest, line;

	if (str_starts(source, STR_LIT("\xef\xbb\xbf")))
		fm.body = 3;
	text.p += fm.body;
	text.n -= fm.body;
	rest = text;
	line = line_next(&rest);
	if (is_fence(line, "---"))
		find_fenced(&fm, source, rest, FRONTMATTER_YAML);
	else if (is_fence(line, "+++"))
		find_fenced(&fm, source, rest, FRONTMATTER_TOML);
	else if (line.n && line.p[0] == '{')
		find_json(&fm, source, text);
	return fm;
}

/* --------------------------------------------------------------- dispatch */

bool frontmatter_parse(const struct frontmatter *fm, const struct frontmatter_limits *limits, struct arena *a,
		       struct diags *diags, struct value *out)
{
	const struct frontmatter_limits l = frontmatter_limits_resolve(limits);
	bool ok = false;

	*out = value_null();
	if (fm->syntax != FRONTMATTER_NONE && fm->content.n > l.max_bytes) {
		diags_add(diags, SEVERITY_WARNING, fm->line, 1, NULL, "the front matter is larger than %zu bytes",
			  l.max_bytes);
		return false;
	}
	switch (fm->syntax) {
	case FRONTMATTER_NONE:
		ok = true;
		break;
	case FRONTMATTER_YAML:
		ok = yaml_read(fm->content, fm->line, &l, a, diags, out);
		break;
	case FRONTMATTER_TOML:
		ok = toml_read(fm->content, fm->line, &l, a, diags, out);
		break;
	case FRONTMATTER_JSON:
		ok = json_read_any(fm->content, fm->line, &l, a, diags, out);
		break;
	}
	if (!ok)
		*out = value_null();
	return ok;
}
