/*
 * write_markdown_attributes.c - attributes in Markdown: kramdown's lists
 * "{: #id .class key="value"}", and HTML tags where Markdown has no word.
 */
#include "doc/write_html.h"
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
	return key.n > 0 && is_name_char(key.p[0]) && key.p[key.n - 1] != ':' && !has(value, '\n') &&
	       !has(value, '\\') && !(has(value, '"') && has(value, '\''));
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

/* Every class as ".name", when all of them are names with one space between. */
static bool put_classes(struct markdown_writer *w, struct str value)
{
	size_t start = w->out->n, i = 0, from;

	if (value.n == 0 || value.p[0] == ' ' || value.p[value.n - 1] == ' ' || memmem(value.p, value.n, "  ", 2))
		return false;

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

static void put_tag_attribute(struct markdown_writer *w, struct str key, struct str value)
{
	buf_addc(w->out, ' ');
	buf_adds(w->out, key);
	buf_addc(w->out, '=');
	html_write_value(w->out, value, w->in_cell);
}

static void put_tag_attributes(struct markdown_writer *w, uint32_t node)
{
	const struct tree *t = w->tree;
	const struct node *n = &t->nodes[node];

	for (uint32_t i = 0; i < n->n_attr; i++) {
		const struct tree_attr *a = &t->attrs[n->attr + i];
		if (html_is_attribute_name(tree_str(t, a->key)))
			put_tag_attribute(w, tree_str(t, a->key), tree_str(t, a->value));
	}
}

void markdown_tag(struct markdown_writer *w, uint32_t node, struct str tag)
{
	buf_addc(w->out, '<');
	buf_adds(w->out, tag);
	put_tag_attributes(w, node);
	buf_addc(w->out, '>');
}

void markdown_link_tag(struct markdown_writer *w, uint32_t node)
{
	const struct node *n = &w->tree->nodes[node];

	buf_addz(w->out, "<a");
	put_tag_attribute(w, STR_LIT("href"), tree_str(w->tree, n->text));
	if (n->extra.off != TREE_NONE)
		put_tag_attribute(w, STR_LIT("title"), tree_str(w->tree, n->extra));
	put_tag_attributes(w, node);
	buf_addc(w->out, '>');
}
