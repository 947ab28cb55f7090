/*
 * yaml_error.c - tells a person what is wrong with a YAML block: the place
 * that has to be mended (which is often not where the parser gave up), the
 * cause in plain words, and what to do where the line shows it.  Reads lines
 * only; knows nothing of libyaml but its wording.
 */
#include "doc/yaml_internal.h"

#include "base/ascii.h"

/* What the line that is complained about looks like. */
struct line_facts {
	bool tab_indent;
	bool value_has_colon;  /* "key: a: b" */
	bool text_after_close; /* "key: [a] b", "key: 'a' b" */
	bool unclosed;         /* "key: [a", "key: 'a" */
	char value_first;      /* first character of the value, 0 if there is none */
	size_t value_at;       /* and its offset in the line */
};

static bool blank_at(struct str s, size_t i)
{
	return i >= s.n || ascii_is_blank(s.p[i]);
}

/* Offset of the first ": " outside quotes at or after i; s.n if there is none. */
static size_t find_colon(struct str s, size_t i)
{
	char quote = 0;

	for (; i < s.n; i++) {
		if (quote)
			quote = s.p[i] == quote ? 0 : quote;
		else if ((s.p[i] == '"' || s.p[i] == '\'') && (i == 0 || blank_at(s, i - 1)))
			quote = s.p[i];
		else if (s.p[i] == ':' && blank_at(s, i + 1))
			return i;
	}
	return s.n;
}

/* Past what the quote or bracket at i opens; 0 if the line does not close it. */
static size_t find_close(struct str s, size_t i)
{
	const char open = s.p[i], close = open == '[' ? ']' : open == '{' ? '}' : open;
	size_t depth = 1;

	while (++i < s.n) {
		if (s.p[i] == '\\' && open == '"')
			i++;
		else if (s.p[i] == close && --depth == 0)
			return i + 1;
		else if (s.p[i] == open)
			depth++;
	}
	return 0;
}

static struct line_facts facts_of(struct str s)
{
	struct line_facts f = { false, false, false, false, 0, 0 };
	size_t i = 0, close;

	for (; i < s.n && ascii_is_blank(s.p[i]); i++)
		f.tab_indent = f.tab_indent || s.p[i] == '\t';
	while (i + 1 < s.n && s.p[i] == '-' && ascii_is_blank(s.p[i + 1]))
		i += 2;
	i = find_colon(s, i) + 1;
	while (i < s.n && ascii_is_blank(s.p[i]))
		i++;
	if (i >= s.n)
		return f;
	f.value_first = s.p[i];
	f.value_at = i;
	if (!strchr("\"'[{", s.p[i])) {
		f.value_has_colon = find_colon(s, i) < s.n;
		return f;
	}
	close = find_close(s, i);
	f.unclosed = close == 0;
	while (close && close < s.n && ascii_is_blank(s.p[close]))
		close++;
	f.text_after_close = close && close < s.n && s.p[close] != '#';
	return f;
}

static bool says(const char *text, const char *part)
{
	return text && strstr(text, part) != NULL;
}

static const char *value_hint(const struct line_facts *f)
{
	if (f->tab_indent)
		return "indent with spaces: YAML allows no tabs there";
	if (f->value_has_colon)
		return "put the value in quotes: it contains a colon and a space";
	if (f->text_after_close)
		return "put the whole value in quotes, or remove the text after the closing quote or bracket";
	if (f->unclosed && (f->value_first == '"' || f->value_first == '\''))
		return "close the quote";
	if (f->unclosed)
		return "close the bracket";
	if (f->value_first == '@' || f->value_first == '`' || f->value_first == '%')
		return "put the value in quotes: it begins with @, ` or %";
	return NULL;
}

struct explanation {
	const char *problem; /* part of libyaml's wording */
	const char *words;
	const char *hint; /* when the line shows no better one */
	bool at_context;  /* the thing to be mended is where libyaml began, if that is another line */
};

static const struct explanation explanations[] = {
	{ "mapping values are not allowed", "a key is not allowed here",
	  "give the keys of one map the same indentation, and put values that contain ': ' in quotes", false },
	{ "block sequence entries are not allowed", "a list item is not allowed here",
	  "begin the list on a line of its own", false },
	{ "cannot start any token", "a value cannot begin with this character", "put the value in quotes", false },
	{ "tab character", "a tab is used for indentation", "indent with spaces: YAML allows no tabs there", false },
	{ "unexpected end of stream", "a quote is opened and never closed", "close the quote", true },
	{ "unexpected document indicator", "a quote is opened and never closed", "close the quote", true },
	{ "',' or ']'", "a list that '[' opens is not closed, or lacks a comma", "close it with ']'", true },
	{ "',' or '}'", "a map that '{' opens is not closed, or lacks a comma", "close it with '}'", true },
	{ "could not find expected ':'", "a line that is neither 'key: value' nor part of a value",
	  "write 'key: value', or indent the line if it continues the value above", true },
	{ "did not find expected key", "this does not belong to the map around it",
	  "give the keys of one map the same indentation, and put unusual values in quotes", false },
	{ "expected '-' indicator", "this does not belong to the list around it",
	  "begin each item with '- ' in the same column", false },
	{ "<document start>", "text after the end of the map", "give the keys of one map the same indentation", false },
	{ "expected node content", "a value is missing before this", NULL, false },
	{ "undefined tag handle", "a tag whose handle is not declared", "put the value in quotes", false },
	{ "unknown escape character", "an unknown escape after a backslash in double quotes",
	  "write the backslash twice, or use single quotes", false },
	{ "hexdecimal number", "an escape in double quotes lacks hexadecimal digits",
	  "write the backslash twice, or use single quotes", false },
	{ "alphabetic or numeric character", "an anchor or alias without a name", "put the value in quotes", false },
	{ "comment or line break", "text follows | or > on the same line", "put the value in quotes", false },
	{ "control characters", "a control character, which YAML does not allow", "remove the character", false },
	{ "duplicate %", "a directive is given twice", NULL, false },
	{ "directive", "a line that begins with % is not a directive YAML knows", "put the text in quotes", false },
};

/* An entry with no words of its own stands for what is not in the table. */
static struct explanation find_explanation(const char *problem)
{
	struct explanation unknown = { problem, problem ? problem : "it cannot be read", NULL, false };

	for (size_t i = 0; i < sizeof(explanations) / sizeof(explanations[0]); i++) {
		if (says(problem, explanations[i].problem))
			return explanations[i];
	}
	return unknown;
}

/* Where the line shows more than libyaml could know, its own words for it. */
static const char *better_words(const struct explanation *e, const struct line_facts *f, char at)
{
	if (at == '\t' || f->tab_indent)
		return "a tab is used for indentation";
	if (says(e->problem, "mapping values") && f->value_has_colon)
		return "a second ': ' in an unquoted value";
	if (says(e->problem, "expected key") && f->text_after_close)
		return "text after the closing quote or bracket of a value";
	return e->words;
}

/* To the start of the line after the one the cursor stands in, or the end of the text. */
static void seek_next_line(struct cursor *c)
{
	const uint32_t line = c->line;

	cursor_seek_byte(c, c->line_start + cursor_line(c).n);
	while (c->line == line && c->offset < c->text.n)
		cursor_seek_byte(c, c->offset + 1);
}

/*
 * A quote that is not closed swallows lines up to the next quote, and libyaml
 * complains about what follows that one.  Finds the quote that opens a value in
 * an earlier line and ends in the line of *at, before it.  Linear: what a string holds
 * is not looked at again.
 */
static bool find_swallower(const struct cursor *at, struct cursor *open)
{
	const struct str before = { at->text.p, at->offset };

	cursor_init(open, at->text, at->first_line);
	while (open->line < at->line) {
		const struct line_facts f = facts_of(cursor_line(open));
		size_t close;

		if (f.unclosed && (f.value_first == '"' || f.value_first == '\'')) {
			cursor_seek_byte(open, open->line_start + f.value_at);
			close = find_close(before, open->offset);
			if (close == 0 || close > at->line_start)
				return close != 0;
			cursor_seek_byte(open, close);
		}
		seek_next_line(open);
	}
	return false;
}

void yaml_explain(const struct yaml_problem *p, struct str text, uint32_t first_line, struct diags *diags)
{
	struct explanation e = find_explanation(p->problem);
	struct line_facts facts;
	struct cursor at, other;
	const char *hint;

	cursor_init(&at, text, first_line);
	cursor_seek_byte(&at, p->problem_at);
	if (!e.at_context && find_swallower(&at, &other)) {
		diags_add(diags, SEVERITY_WARNING, other.line, cursor_column(&other), "close the quote",
			  "the front matter is not valid YAML: a quote is opened and not closed in its line");
		return;
	}
	other = at;
	cursor_seek_byte(&other, p->context_at);
	if (e.at_context && p->context && other.line < at.line)
		at = other;
	facts = facts_of(cursor_line(&at));
	hint = value_hint(&facts);
	diags_add(diags, SEVERITY_WARNING, at.line, cursor_column(&at), hint ? hint : e.hint,
		  "the front matter is not valid YAML: %s",
		  better_words(&e, &facts, at.offset < text.n ? text.p[at.offset] : 0));
}
