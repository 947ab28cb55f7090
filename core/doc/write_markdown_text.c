/*
 * write_markdown_text.c - literals in Markdown: text with as few escapes as
 * keep it text, code spans, link destinations and titles.
 */
#include "base/text.h"
#include "base/utf8.h"
#include "doc/write_markdown.h"
#include "doc/write_private.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_ascii_punct(char c)
{
	return c > ' ' && c < 0x7f && !is_digit(c) && !is_letter(c);
}

size_t markdown_longest_run(struct str s, char c)
{
	size_t longest = 0, run = 0;

	for (size_t i = 0; i < s.n; i++) {
		run = s.p[i] == c ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	return longest;
}

/* ------------------------------------------------------------------ escapes */

struct text_at {
	struct markdown_writer *w;
	struct str s;
	size_t i;
	uint32_t node;
	bool line_start; /* i is the first character of its line */
	bool number;     /* only digits since then */
};

static char next_char(const struct text_at *a)
{
	return a->i + 1 < a->s.n ? a->s.p[a->i + 1] : '\0';
}

/* "&name;", "&#1;" or "&#x1;" */
static bool at_entity(const struct text_at *a)
{
	size_t i = a->i + 1;

	if (i < a->s.n && a->s.p[i] == '#')
		i++;
	while (i < a->s.n && i - a->i < 40 && (is_letter(a->s.p[i]) || is_digit(a->s.p[i])))
		i++;
	return i < a->s.n && a->s.p[i] == ';' && i > a->i + 1;
}

static bool word_before(const struct text_at *a)
{
	const struct str out = buf_str(a->w->out);
	const char *start = a->i ? a->s.p : out.p + a->w->start;
	const char *end = a->i ? a->s.p + a->i : out.p + out.n;
	uint32_t cp;

	if (a->line_start || end == start)
		return false;
	utf8_decode(utf8_prev(start, end), end, &cp);
	return text_is_letter(cp) || text_is_digit(cp);
}

static bool word_after(const struct text_at *a)
{
	uint32_t cp;

	if (a->i + 1 >= a->s.n)
		return false;
	utf8_decode(a->s.p + a->i + 1, a->s.p + a->s.n, &cp);
	return text_is_letter(cp) || text_is_digit(cp);
}

static enum node_kind next_kind(const struct text_at *a)
{
	uint32_t next = a->node == a->w->root ? TREE_NONE : tree_next(a->w->tree, a->node);

	return next == TREE_NONE ? (enum node_kind)0 : (enum node_kind)a->w->tree->nodes[next].kind;
}

static enum node_kind prev_kind(const struct text_at *a)
{
	uint32_t prev = a->node == a->w->root ? TREE_NONE : tree_prev(a->w->tree, a->node);

	return prev == TREE_NONE ? (enum node_kind)0 : (enum node_kind)a->w->tree->nodes[prev].kind;
}

static bool tilde_counts(const struct text_at *a)
{
	char before = a->i ? a->s.p[a->i - 1] : '\0';
	bool last = a->i + 1 == a->s.n;

	return before == '~' || next_char(a) == '~' || (last && next_kind(a) == NODE_STRIKETHROUGH) ||
	       (a->i == 0 && prev_kind(a) == NODE_STRIKETHROUGH);
}

/* Marks that mean something at the beginning of a line only. */
static bool block_mark_counts(const struct text_at *a, char c)
{
	char next = next_char(a);
	bool ends = next == '\0' || is_blank(next) || next == '\n';
	size_t run = a->i;

	switch (c) {
	case '>':
	case '|':
		return true;
	case '-':
	case '+':
	case '=':
		return ends || next == c;
	case ':':
		return next == '-' || is_blank(next); /* a delimiter row, a definition */
	case '#':
		while (run < a->s.n && a->s.p[run] == '#')
			run++;
		return run - a->i <= 6 && (run == a->s.n || is_blank(a->s.p[run]));
	case '{':
		return a->w->out->n == a->w->start;
	default:
		return false;
	}
}

static bool is_last_of_line(const struct text_at *a)
{
	return a->i + 1 == a->s.n && a->w->one_line && !a->w->in_cell && next_kind(a) == 0;
}

static bool needs_backslash(const struct text_at *a)
{
	char c = a->s.p[a->i], next = next_char(a);

	if (a->line_start && block_mark_counts(a, c))
		return true;
	switch (c) {
	case '\\':
	case '`':
	case '*':
	case '[':
		return true;
	case ']':
		return a->w->depth_link > 0;
	case '_':
		return !word_before(a) || !word_after(a);
	case '<':
		return next == '\0' ? next_kind(a) != 0 : is_letter(next) || next == '/' || next == '!' || next == '?';
	case '&':
		return at_entity(a);
	case '!':
		return next == '\0' && (next_kind(a) == NODE_LINK || next_kind(a) == NODE_FOOTNOTE_REFERENCE);
	case '~':
		return tilde_counts(a);
	case '#':
		return is_last_of_line(a);
	case '.':
	case ')':
		return a->number && !a->line_start && (next == '\0' || is_blank(next));
	default:
		return false;
	}
}

static void put_text_char(const struct text_at *a)
{
	struct markdown_writer *w = a->w;
	char c = a->s.p[a->i], next = next_char(a);

	if (c == '\n' || c == '\r') {
		buf_addz(w->out, c == '\n' ? "&#10;" : "&#13;");
	} else if (c == '{' && (next == '{' || next == '%' || next == ':')) {
		buf_addz(w->out, "&#123;");
	} else if (needs_backslash(a)) {
		buf_addc(w->out, '\\');
		buf_addc(w->out, c);
	} else if (c == '|' && w->in_cell) {
		buf_addz(w->out, "\\|");
	} else {
		buf_addc(w->out, c);
	}
}

void markdown_text(struct markdown_writer *w, uint32_t node, struct str s)
{
	struct text_at a = { w, s, 0, node, w->line_start, w->line_start };

	for (; a.i < s.n; a.i++) {
		char c = s.p[a.i];
		if (a.line_start && is_blank(c))
			continue;
		put_text_char(&a);
		a.number = a.number && is_digit(c);
		a.line_start = false;
	}
	w->line_start = a.line_start;
}

/* --------------------------------------------------------------- code spans */

/* As HTML, where no run of ticks could say it. */
static void code_as_html(struct markdown_writer *w, struct str s)
{
	buf_addz(w->out, "<code>");
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (is_ascii_punct(c) || c == '\n' || c == '\r')
			buf_addf(w->out, "&#%d;", c);
		else
			buf_addc(w->out, c);
	}
	buf_addz(w->out, "</code>");
}

static bool code_has_text(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != ' ')
			return true;
	}
	return false;
}

static bool code_needs_html(const struct markdown_writer *w, struct str s)
{
	bool newlines = false, pipes = false;

	for (size_t i = 0; i + 1 < s.n; i++) {
		newlines |= s.p[i] == '\n' || s.p[i] == '\r';
		pipes |= s.p[i] == '\\' && s.p[i + 1] == '|';
	}
	return s.n == 0 || newlines || s.p[s.n - 1] == '\n' || (w->in_cell && pipes);
}

void markdown_code(struct markdown_writer *w, struct str s)
{
	size_t ticks = markdown_longest_run(s, '`') + 1;
	bool pad;

	if (code_needs_html(w, s)) {
		code_as_html(w, s);
		return;
	}
	pad = s.p[0] == '`' || s.p[s.n - 1] == '`' || (s.p[0] == ' ' && s.p[s.n - 1] == ' ' && code_has_text(s));
	buf_add_repeat(w->out, '`', ticks);
	if (pad)
		buf_addc(w->out, ' ');
	markdown_raw(w, s);
	if (pad)
		buf_addc(w->out, ' ');
	buf_add_repeat(w->out, '`', ticks);
}

/* -------------------------------------------------- destinations and titles */

/* Must it stand in <>: white space outside templates, controls, or brackets that do not pair. */
static bool destination_needs_brackets(struct str url)
{
	long depth = 0;
	bool unclosed = false;

	if (url.n == 0 || url.p[0] == '<')
		return true;
	for (size_t i = 0; i < url.n; i++) {
		size_t len = template_length((struct str){ url.p + i, url.n - i }, &unclosed);
		if (len) {
			i += len - 1;
			continue;
		}
		if ((unsigned char)url.p[i] <= ' ' || url.p[i] == 0x7f)
			return true;
		depth += url.p[i] == '(' ? 1 : url.p[i] == ')' ? -1 : 0;
		if (depth < 0 || depth > 30)
			return true;
	}
	return depth != 0;
}

static void put_destination(struct markdown_writer *w, struct str url, bool brackets)
{
	struct text_at a = { .w = w, .s = url };
	bool unclosed = false;

	for (; a.i < url.n; a.i++) {
		char c = url.p[a.i];
		size_t len = template_length((struct str){ url.p + a.i, url.n - a.i }, &unclosed);
		if (len) {
			markdown_raw(w, (struct str){ url.p + a.i, len });
			a.i += len - 1;
			continue;
		}
		if (c == '\n' || c == '\r')
			buf_addz(w->out, c == '\n' ? "&#10;" : "&#13;");
		else if ((c == '\\' && is_ascii_punct(next_char(&a))) || (c == '&' && at_entity(&a)) ||
			 (brackets && (c == '<' || c == '>')) || (c == '\\' && a.i + 1 == url.n))
			buf_addf(w->out, "\\%c", c);
		else
			markdown_raw(w, (struct str){ &url.p[a.i], 1 });
	}
}

void markdown_destination(struct markdown_writer *w, struct str url, bool must_show)
{
	bool brackets = destination_needs_brackets(url);

	if (url.n == 0 && !must_show)
		return;
	if (brackets)
		buf_addc(w->out, '<');
	put_destination(w, url, brackets);
	if (brackets)
		buf_addc(w->out, '>');
}

void markdown_title(struct markdown_writer *w, struct str title)
{
	struct text_at a = { .w = w, .s = title };

	buf_addz(w->out, " \"");
	for (; a.i < title.n; a.i++) {
		char c = title.p[a.i];
		if (c == '\n' || c == '\r')
			buf_addz(w->out, c == '\n' ? "&#10;" : "&#13;");
		else if (c == '"' || (c == '\\' && (a.i + 1 == title.n || is_ascii_punct(next_char(&a)))) ||
			 (c == '&' && at_entity(&a)))
			buf_addf(w->out, "\\%c", c);
		else
			markdown_raw(w, (struct str){ &title.p[a.i], 1 });
	}
	buf_addc(w->out, '"');
}
