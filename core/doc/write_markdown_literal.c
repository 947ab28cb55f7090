/*
 * write_markdown_literal.c - literals in Markdown beside text: code spans,
 * link destinations and titles.
 */
#include "doc/write_markdown.h"
#include "doc/write_private.h"

#include "base/ascii.h"

bool markdown_is_mark(char c)
{
	return (unsigned char)c < ' ' || c == 0x7f || (ascii_is_punct(c) && !strchr("\"$%',/;?", c));
}

static char char_at(struct str s, size_t i)
{
	return i < s.n ? s.p[i] : '\0';
}

bool markdown_at_entity(struct str s, size_t i)
{
	const size_t from = i++;

	if (char_at(s, i) == '#')
		i++;
	while (i < s.n && i - from < 40 && (ascii_is_letter(s.p[i]) || ascii_is_digit(s.p[i])))
		i++;
	return char_at(s, i) == ';' && i > from + 1;
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

/* --------------------------------------------------------------- code spans */

/* As HTML, where no run of ticks could say it. */
static void code_as_html(struct markdown_writer *w, uint32_t node, struct str s)
{
	markdown_tag(w, node, STR_LIT("code"));
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (ascii_is_punct(c) || c == '\n' || c == '\r')
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

void markdown_code(struct markdown_writer *w, uint32_t node)
{
	const struct str s = tree_str(w->tree, w->tree->nodes[node].text);
	size_t ticks = markdown_longest_run(s, '`') + 1;
	bool pad;

	if (code_needs_html(w, s) || (!(w->left_out & DIALECT_HTML) && markdown_is_safe(w, node)) ||
	    !markdown_attributes_fit(w->tree, node)) {
		code_as_html(w, node, s);
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
	markdown_attributes(w, node, "");
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

static void put_safe(struct markdown_writer *w, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		const char c = s.p[i];
		const bool edge = ascii_is_blank(c) && (i == 0 || i + 1 == s.n);
		if (edge || c == '"' || markdown_is_mark(c))
			buf_addf(w->out, "&#%d;", c);
		else
			buf_addc(w->out, c);
	}
}

/* What begins like a reference and is none: cmark reads references before backslashes, which do not keep them from it. */
static bool put_ampersand(struct markdown_writer *w, struct str s, size_t i)
{
	if (s.p[i] != '&' || !markdown_at_entity(s, i))
		return false;
	buf_addz(w->out, "&amp;");
	return true;
}

static void put_destination(struct markdown_writer *w, struct str url, bool brackets)
{
	size_t i = 0;
	bool unclosed = false;

	for (; i < url.n; i++) {
		char c = url.p[i];
		size_t len = template_length((struct str){ url.p + i, url.n - i }, &unclosed);
		if (len) {
			buf_add(w->out, url.p + i, len); /* as it is: its bars divide no cells */
			i += len - 1;
			continue;
		}
		if (c == '\n' || c == '\r' || (ascii_is_blank(c) && (i == 0 || i + 1 == url.n)) ||
		    (c == '{' && i + 1 < url.n && strchr("{%", url.p[i + 1])))
			buf_addf(w->out, "&#%d;", c);
		else if (put_ampersand(w, url, i))
			continue;
		else if ((c == '\\' && ascii_is_punct(char_at(url, i + 1))) || (brackets && (c == '<' || c == '>')) ||
			 (c == '\\' && i + 1 == url.n))
			buf_addf(w->out, "\\%c", c);
		else
			markdown_raw(w, (struct str){ &url.p[i], 1 });
	}
}

void markdown_destination(struct markdown_writer *w, struct str url, bool must_show, bool safe)
{
	bool brackets = safe || destination_needs_brackets(url);

	if (url.n == 0 && !must_show)
		return;
	if (brackets)
		buf_addc(w->out, '<');
	if (safe)
		put_safe(w, url);
	else
		put_destination(w, url, brackets);
	if (brackets)
		buf_addc(w->out, '>');
}

void markdown_title(struct markdown_writer *w, struct str title, bool safe)
{
	size_t i = 0;
	bool unclosed = false;

	buf_addz(w->out, " \"");
	if (safe) {
		put_safe(w, title);
		i = title.n;
	}
	for (; i < title.n; i++) {
		char c = title.p[i];
		size_t len = template_length((struct str){ title.p + i, title.n - i }, &unclosed);
		if (len) {
			buf_add(w->out, title.p + i, len);
			i += len - 1;
			continue;
		}
		if (c == '\n' || c == '\r' || (c == '{' && i + 1 < title.n && strchr("{%", title.p[i + 1])))
			buf_addf(w->out, "&#%d;", c);
		else if (put_ampersand(w, title, i))
			continue;
		else if (c == '"' || (c == '\\' && (i + 1 == title.n || ascii_is_punct(char_at(title, i + 1)))))
			buf_addf(w->out, "\\%c", c);
		else
			markdown_raw(w, (struct str){ &title.p[i], 1 });
	}
	buf_addc(w->out, '"');
}
