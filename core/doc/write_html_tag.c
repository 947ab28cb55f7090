/*
 * write_html_tag.c - tags and attributes of the HTML writer, and which of
 * them are harmless enough to pass.
 */
#include "base/ascii.h"
#include "doc/write.h"
#include "doc/write_html.h"
#include "doc/write_private.h"

static const char *const block_tags[] = { "address", "article", "aside",   "center",  "details",
					  "div",     "footer",  "header",  "hgroup",  "main",
					  "nav",     "search",  "section", "summary", NULL };
static const char *const inline_tags[] = { "abbr", "b",   "bdi", "bdo",  "big", "cite", "dfn",  "i",   "ins",  "kbd",
					   "mark", "q",   "rb",  "rp",   "rt",  "rtc",  "ruby", "s",   "samp", "small",
					   "span", "sub", "sup", "time", "tt",  "u",    "var",  "wbr", NULL };
static const char *const attribute_keys[] = { "abbr",     "align",  "aria-label", "class", "colspan", "datetime",
					      "dir",      "height", "id",         "lang",  "name",    "open",
					      "reversed", "role",   "rowspan",    "scope", "start",   "title",
					      "valign",   "value",  "width",      NULL };

static bool listed(const char *const *list, struct str s)
{
	for (; *list; list++) {
		if (str_eq_nocase(s, str_of(*list)))
			return true;
	}
	return false;
}

enum node_kind html_kind(const struct html_writer *w, uint32_t node)
{
	return node == TREE_NONE ? (enum node_kind)0 : (enum node_kind)w->tree->nodes[node].kind;
}

bool html_is_block(const struct html_writer *w, uint32_t node)
{
	return node != TREE_NONE && node_kind_is_block(html_kind(w, node));
}

void html_add(struct html_writer *w, const char *z)
{
	buf_addz(w->out, z);
}

void html_fresh_line(struct html_writer *w)
{
	if (w->out->n > w->start && w->out->p[w->out->n - 1] != '\n')
		buf_addc(w->out, '\n');
}

/* -------------------------------------------------------------- attributes */

bool html_is_name(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '-' || c == '_' || c == ':' || c == '.')))
			return false;
	}
	return s.n > 0;
}

/* What the writer itself says of a node must not be said again. */
static bool is_own_key(const struct node *n, struct str key)
{
	switch (n->kind) {
	case NODE_LINK:
		return str_eq_nocase(key, STR_LIT("href")) || str_eq_nocase(key, STR_LIT("title"));
	case NODE_IMAGE:
		return str_eq_nocase(key, STR_LIT("src")) || str_eq_nocase(key, STR_LIT("alt")) ||
		       str_eq_nocase(key, STR_LIT("title"));
	case NODE_LIST:
		return str_eq_nocase(key, STR_LIT("start"));
	case NODE_TABLE_CELL:
		return str_eq_nocase(key, STR_LIT("colspan")) || str_eq_nocase(key, STR_LIT("rowspan")) ||
		       (n->align && str_eq_nocase(key, STR_LIT("align")));
	default:
		return false;
	}
}

void html_write_value(struct buf *out, struct str value, bool in_cell)
{
	const bool twin = value.n && memchr(value.p, '"', value.n) && !memchr(value.p, '\'', value.n);
	const char quote = twin ? '\'' : '"';
	bool unclosed = false;

	buf_addc(out, quote);
	for (size_t i = 0; i < value.n; i++) {
		const char c = value.p[i];
		const size_t n = template_length((struct str){ value.p + i, value.n - i }, &unclosed);
		if (n && !memchr(value.p + i, quote, n) && !memchr(value.p + i, '\n', n)) {
			buf_add(out, value.p + i, n);
			i += n - 1;
		} else if (strchr("&<>{\n\r", c) || c == quote || (c == '|' && in_cell)) {
			buf_addf(out, "&#%d;", c);
		} else {
			buf_addc(out, c);
		}
	}
	buf_addc(out, quote);
}

/* As HTML reads it, in a block that CommonMark leaves alone. */
static bool is_free_name(struct str key)
{
	for (size_t i = 0; i < key.n; i++)
		if ((unsigned char)key.p[i] <= ' ' || key.p[i] == 0x7f || strchr("\"'<>/={", key.p[i]))
			return false;
	return key.n > 0;
}

/* As CommonMark reads it in a tag. */
bool html_is_attribute_name(struct str key)
{
	for (size_t i = 0; i < key.n; i++) {
		const char c = key.p[i];
		const bool first = ascii_is_letter(c) || c == '_' || c == ':';
		if (!first && (i == 0 || !(ascii_is_digit(c) || c == '.' || c == '-')))
			return false;
	}
	return key.n > 0;
}

static void key_value(struct html_writer *w, struct str key, struct str value)
{
	buf_addc(w->out, ' ');
	buf_adds(w->out, key);
	buf_addc(w->out, '=');
	if (w->flags & WRITE_EXACT) {
		html_write_value(w->out, value, false);
		return;
	}
	buf_addc(w->out, '"');
	html_escape(w->out, value);
	buf_addc(w->out, '"');
}

void html_attribute(struct html_writer *w, const char *key, struct str value)
{
	key_value(w, str_of(key), value);
}

void html_attributes(struct html_writer *w, uint32_t node)
{
	const struct node *n = &w->tree->nodes[node];

	for (uint32_t i = 0; i < n->n_attr; i++) {
		const struct tree_attr *a = &w->tree->attrs[n->attr + i];
		struct str key = tree_str(w->tree, a->key);
		if (!(w->free_names ? is_free_name(key) : html_is_attribute_name(key)) || is_own_key(n, key))
			continue;
		if ((w->flags & (WRITE_UNSAFE | WRITE_EXACT)) || listed(attribute_keys, key))
			key_value(w, key, tree_str(w->tree, a->value));
	}
}

/* Templates in a URL stay as they are: what fills them in later does its own encoding. */
static void put_url(struct html_writer *w, struct str url)
{
	size_t run = 0, i = 0, n;
	bool unclosed = false;

	while (i < url.n) {
		n = template_length((struct str){ url.p + i, url.n - i }, &unclosed);
		if (n == 0) {
			i++;
			continue;
		}
		url_escape(w->out, (struct str){ url.p + run, i - run });
		html_escape(w->out, (struct str){ url.p + i, n });
		run = i += n;
	}
	if (i > run)
		url_escape(w->out, (struct str){ url.p + run, i - run });
}

void html_url(struct html_writer *w, const char *key, struct str url)
{
	if (w->flags & WRITE_EXACT) {
		html_attribute(w, key, url);
		return;
	}
	buf_addc(w->out, ' ');
	html_add(w, key);
	html_add(w, "=\"");
	if ((w->flags & WRITE_UNSAFE) || url_is_safe(url))
		put_url(w, url);
	buf_addc(w->out, '"');
}

/* -------------------------------------------------------------------- tags */

void html_open_tag(struct html_writer *w, uint32_t node, const char *tag)
{
	buf_addc(w->out, '<');
	html_add(w, tag);
	html_attributes(w, node);
	buf_addc(w->out, '>');
}

void html_close_tag(struct html_writer *w, const char *tag)
{
	html_add(w, "</");
	html_add(w, tag);
	buf_addc(w->out, '>');
}

static struct str own_tag(const struct html_writer *w, uint32_t node)
{
	bool block = html_is_block(w, node);
	struct str tag = tree_str(w->tree, w->tree->nodes[node].text);

	if ((w->flags & WRITE_EXACT) ? html_is_name(tag) : tag.p && listed(block ? block_tags : inline_tags, tag))
		return tag;
	return block ? STR_LIT("div") : STR_LIT("span");
}

void html_open_own_tag(struct html_writer *w, uint32_t node)
{
	buf_addc(w->out, '<');
	buf_adds(w->out, own_tag(w, node));
	html_attributes(w, node);
	buf_addc(w->out, '>');
}

void html_close_own_tag(struct html_writer *w, uint32_t node)
{
	struct str tag = own_tag(w, node);

	if (str_eq_nocase(tag, STR_LIT("wbr")))
		return;
	html_add(w, "</");
	buf_adds(w->out, tag);
	buf_addc(w->out, '>');
}
