/*
 * write_markdown_attributes.c - attributes in Markdown: kramdown's lists
 * "{: #id .class key="value"}", and HTML tags where Markdown has no word.
 */
#include "doc/write.h"
#include "doc/write_markdown.h"

/* Readers give up on longer lists. */
#define LIST_MAX 900

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
	       (unsigned char)c >= 0x80;
}

static bool is_name(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (!is_name_char(s.p[i]))
			return false;
	}
	return s.n > 0;
}

static bool has(struct str s, char c)
{
	return s.n && memchr(s.p, c, s.n) != NULL;
}

static bool pair_fits(struct str key, struct str value)
{
	for (size_t i = 0; i < key.n; i++) {
		if (!is_name_char(key.p[i]) && key.p[i] != ':' && key.p[i] != '.')
			return false;
	}
	return key.n > 0 && !has(value, '\n') && !has(value, '\\') && !(has(value, '"') && has(value, '\''));
}

bool markdown_attributes_fit(const struct tree *t, uint32_t node)
{
	const struct node *n = &t->nodes[node];
	size_t length = 0;

	for (uint32_t i = 0; i < n->n_attr; i++) {
		struct str key = tree_str(t, t->attrs[n->attr + i].key);
		struct str value = tree_str(t, t->attrs[n->attr + i].value);
		length += key.n + value.n + 4;
		if (length > LIST_MAX || !pair_fits(key, value))
			return false;
	}
	return true;
}

/* Every class as ".name", when all of them are names. */
static bool put_classes(struct markdown_writer *w, struct str value)
{
	size_t start = w->out->n, i = 0, from;

	while (i < value.n) {
		while (i < value.n && value.p[i] == ' ')
			i++;
		for (from = i; i < value.n && value.p[i] != ' ';)
			i++;
		if (i == from)
			break;
		if (!is_name((struct str){ value.p + from, i - from })) {
			buf_truncate(w->out, start);
			return false;
		}
		buf_addz(w->out, " .");
		buf_add(w->out, value.p + from, i - from);
	}
	return w->out->n > start;
}

static void put_pair(struct markdown_writer *w, struct str key, struct str value)
{
	char quote = has(value, '"') ? '\'' : '"';

	if (str_eqz(key, "id") && is_name(value)) {
		buf_addz(w->out, " #");
		buf_adds(w->out, value);
		return;
	}
	if (str_eqz(key, "class") && put_classes(w, value))
		return;
	buf_addc(w->out, ' ');
	buf_adds(w->out, key);
	buf_addc(w->out, '=');
	buf_addc(w->out, quote);
	markdown_raw(w, value);
	buf_addc(w->out, quote);
}

void markdown_attributes(struct markdown_writer *w, uint32_t node, const char *before)
{
	const struct tree *t = w->tree;
	const struct node *n = &t->nodes[node];

	if (n->n_attr == 0 || !markdown_attributes_fit(t, node))
		return;
	if (before[0] == '\n')
		markdown_newline(w);
	else
		buf_addz(w->out, before);
	buf_addz(w->out, "{:");
	for (uint32_t i = 0; i < n->n_attr; i++)
		put_pair(w, tree_str(t, t->attrs[n->attr + i].key), tree_str(t, t->attrs[n->attr + i].value));
	buf_addc(w->out, '}');
}

/* An attribute value on one line, in quotes it does not hold: templates inside stay as they are. */
static void put_value(struct markdown_writer *w, struct str value)
{
	char quote = has(value, '"') && !has(value, '\'') ? '\'' : '"';

	buf_addc(w->out, quote);
	for (size_t i = 0; i < value.n; i++) {
		char c = value.p[i];
		if (c == '\n' || c == '\r' || c == '&' || c == '<' || c == '>' || c == quote ||
		    (c == '|' && w->in_cell))
			buf_addf(w->out, "&#%d;", c);
		else
			buf_addc(w->out, c);
	}
	buf_addc(w->out, quote);
}

void markdown_tag(struct markdown_writer *w, uint32_t node, struct str tag)
{
	const struct tree *t = w->tree;
	const struct node *n = &t->nodes[node];

	buf_addc(w->out, '<');
	buf_adds(w->out, tag);
	for (uint32_t i = 0; i < n->n_attr; i++) {
		struct str key = tree_str(t, t->attrs[n->attr + i].key);
		if (!pair_fits(key, STR_EMPTY))
			continue;
		buf_addc(w->out, ' ');
		buf_adds(w->out, key);
		buf_addc(w->out, '=');
		put_value(w, tree_str(t, t->attrs[n->attr + i].value));
	}
	buf_addc(w->out, '>');
}
