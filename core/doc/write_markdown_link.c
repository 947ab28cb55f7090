/*
 * write_markdown_link.c - links and images in Markdown: bare where they were
 * found so and are read so again, between < and >, in brackets, or as tags.
 */
#include "base/ascii.h"
#include "base/text.h"
#include "doc/autolink.h"
#include "doc/write_html.h"
#include "doc/write_markdown.h"

static struct str only_text(const struct markdown_writer *w, uint32_t node)
{
	const struct node *n = &w->tree->nodes[node];

	if (n->end != node + 2 || tree_kind(w->tree, node + 1) != NODE_TEXT)
		return (struct str){ NULL, 0 };
	return tree_str(w->tree, w->tree->nodes[node + 1].text);
}

/* May stand between < and >: a scheme, then no space or bracket. */
static bool is_autolink(struct str url)
{
	size_t i = 0;

	while (i < url.n && i < 33 &&
	       ((url.p[i] >= 'a' && url.p[i] <= 'z') || (url.p[i] >= 'A' && url.p[i] <= 'Z') ||
		(i > 0 && ((url.p[i] >= '0' && url.p[i] <= '9') || strchr("+.-", url.p[i])))))
		i++;
	if (i < 2 || i > 32 || i >= url.n || url.p[i] != ':')
		return false;
	for (; i < url.n; i++) {
		unsigned char c = (unsigned char)url.p[i];
		if (c <= ' ' || c == '<' || c == '>' || c == 0x7f || (c == '{' && i + 1 < url.n))
			return false;
	}
	return true;
}

/* The text right behind node up to white space; false when an escape or another node may end it. */
static bool word_behind(const struct markdown_writer *w, uint32_t node, struct str *word)
{
	const uint32_t next = node == w->root ? TREE_NONE : tree_next(w->tree, node);
	const enum node_kind kind = tree_kind(w->tree, next);
	const uint32_t then = kind == NODE_TEXT ? tree_next(w->tree, next) : TREE_NONE;
	const struct str text = kind == NODE_TEXT ? tree_str(w->tree, w->tree->nodes[next].text) : STR_EMPTY;
	size_t n = 0;

	*word = STR_EMPTY;
	if (next == TREE_NONE)
		return node == w->root || node_kind_is_block(tree_kind(w->tree, tree_parent(w->tree, node)));
	if (kind != NODE_TEXT)
		return kind == NODE_SOFTBREAK;
	while (n < text.n && !strchr(" \t\n\r\\*_`[]<&~|{", text.p[n]))
		n++;
	*word = (struct str){ text.p, n };
	if (n < text.n)
		return ascii_is_blank(text.p[n]);
	return then == TREE_NONE || tree_kind(w->tree, then) == NODE_SOFTBREAK;
}

static bool address_may_begin(uint32_t before)
{
	return before < 0x80 ? before && strchr(" \t\n*_~(", (int)before) : text_is_space(before);
}

/* Will the address, with what follows, be read as this link? The reader is asked. */
static bool reads_bare(struct markdown_writer *w, uint32_t node, struct str text, struct str word)
{
	struct autolink link;
	struct arena arena;
	struct buf line;
	bool reads;

	if (w->depth_link || !address_may_begin(markdown_char_before(w)))
		return false;
	arena_init(&arena, w->out->heap, 0);
	buf_init(&line, w->out->heap, 0);
	buf_adds(&line, text);
	buf_adds(&line, word);
	reads = buf_ok(&line) && autolink_find(&arena, buf_str(&line), 0, &link) && link.from == 0 &&
		link.to == text.n && str_eq(link.url, tree_str(w->tree, w->tree->nodes[node].text));
	if (!buf_ok(&line) || arena.refused)
		w->out->failed = true;
	buf_release(&line);
	arena_release(&arena);
	return reads;
}

/* Would a backslash in it be read as an escape, or what follows as escaped? */
static bool has_escapes(struct str text)
{
	const char *end = text.p + text.n;

	for (const char *p = text.p; (p = memchr(p, '\\', (size_t)(end - p))); p++)
		if (p + 1 == end || ascii_is_punct(p[1]))
			return true;
	return false;
}

/* Escapes right behind a bare address are read as part of it. */
static bool may_be_bare(const struct markdown_writer *w, uint32_t node, struct str *word)
{
	const struct node *n = &w->tree->nodes[node];
	const struct str text = only_text(w, node);

	return (n->flags & NODE_BARE) && !(w->forms[node - w->root] & FORM_BRACKETS) && n->n_attr == 0 &&
	       n->extra.off == TREE_NONE && text.p && !has_escapes(text) && word_behind(w, node, word);
}

bool markdown_link_is_bare(const struct markdown_writer *w, uint32_t node)
{
	struct str word;

	return may_be_bare(w, node, &word);
}

/* The whole of it without brackets: as it was found, or between < and >. */
static bool write_address(struct markdown_writer *w, uint32_t node)
{
	const struct node *n = &w->tree->nodes[node];
	const struct str url = tree_str(w->tree, n->text), text = only_text(w, node);
	struct str word;

	if (!text.p || n->extra.off != TREE_NONE)
		return false;
	if (may_be_bare(w, node, &word) && reads_bare(w, node, text, word)) {
		markdown_raw(w, text);
		return true;
	}
	if (!str_eq(text, url) || !is_autolink(url) || w->depth_link)
		return false;
	buf_addc(w->out, '<');
	markdown_raw(w, url);
	buf_addc(w->out, '>');
	markdown_attributes(w, node, "");
	return true;
}

/* Attributes that no list can hold: a tag holds any. */
static void open_link_tag(struct markdown_writer *w, uint32_t node)
{
	if (markdown_push(w, node, CLOSE_LINK_TAG))
		markdown_link_tag(w, node);
}

/* "[" ... or, with *skip, all of it. */
void markdown_open_link(struct markdown_writer *w, uint32_t node, bool *skip)
{
	if (!markdown_attributes_fit(w->tree, node)) {
		open_link_tag(w, node);
		return;
	}
	*skip = !markdown_is_safe(w, node) && write_address(w, node);
	if (*skip || !markdown_push(w, node, CLOSE_LINK))
		return;
	buf_addc(w->out, '[');
	w->depth_link++;
}

void markdown_open_image(struct markdown_writer *w, uint32_t node, bool *skip)
{
	if (!markdown_attributes_fit(w->tree, node)) {
		html_write_exact(w->out, w->tree, node);
		*skip = true;
	} else if (markdown_push(w, node, CLOSE_IMAGE)) {
		buf_addz(w->out, "![");
		w->depth_link++;
	}
}

void markdown_close_link(struct markdown_writer *w, uint32_t node)
{
	const struct node *n = &w->tree->nodes[node];
	struct str title = tree_str(w->tree, n->extra);

	w->depth_link--;
	buf_addz(w->out, "](");
	markdown_destination(w, tree_str(w->tree, n->text), title.p != NULL, markdown_is_safe(w, node));
	if (title.p)
		markdown_title(w, title, markdown_is_safe(w, node));
	buf_addc(w->out, ')');
	markdown_attributes(w, node, "");
}
