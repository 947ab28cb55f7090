/*
 * blocks.c - the blocks that hold text, one after the other.
 *
 * Nodes stand in preorder, so the walk is one index that only grows: into a
 * container, over a run of inlines, past what holds no text.
 */
#include "doc/blocks.h"

#include "base/bytes.h"

static bool is_inline(const struct tree *t, uint32_t node)
{
	return !node_kind_is_block((enum node_kind)t->nodes[node].kind);
}

/* A space or line break says nothing about where a run begins. */
static bool is_break(const struct tree *t, uint32_t node)
{
	return t->nodes[node].kind == NODE_SOFTBREAK || t->nodes[node].kind == NODE_LINEBREAK;
}

/* The kind of the text directly in this node: that of the node, or of the item around it. */
static enum node_kind kind_of_run(const struct tree *t, uint32_t node, bool *in_item)
{
	enum node_kind own = (enum node_kind)t->nodes[node].kind, kind = NODE_PARAGRAPH;
	*in_item = false;
	for (uint32_t i = node; i != TREE_NONE; i = t->nodes[i].parent) {
		enum node_kind around = (enum node_kind)t->nodes[i].kind;
		if (around != NODE_ITEM && around != NODE_DEFINITION)
			continue;
		*in_item = true;
		if (kind == NODE_PARAGRAPH)
			kind = around;
	}
	return own == NODE_CAPTION || own == NODE_TERM ? own : kind;
}

/* The run of inlines that begins at a node; false where it holds nothing. */
static bool read_run(const struct tree *t, uint32_t node, struct block_run *out)
{
	uint32_t parent = t->nodes[node].parent, i = node;
	bool content = false;
	out->node = parent;
	out->first = out->line_node = node;
	for (; i < t->n_nodes && t->nodes[i].parent == parent && is_inline(t, i); i = t->nodes[i].end) {
		if (!content && !is_break(t, i)) {
			content = true;
			out->line_node = i;
		}
	}
	out->end = i;
	out->kind = kind_of_run(t, parent, &out->in_item);
	return content;
}

static void read_whole(const struct tree *t, uint32_t node, struct block_run *out)
{
	*out = (struct block_run){ .kind = (enum node_kind)t->nodes[node].kind,
				   .node = node,
				   .first = node + 1,
				   .end = t->nodes[node].end,
				   .line_node = node };
}

bool blocks_next(const struct tree *t, uint32_t root, uint32_t *at, struct block_run *out)
{
	uint32_t end = t->nodes[root].end;
	while (*at < end) {
		uint32_t node = *at;
		switch (t->nodes[node].kind) {
		case NODE_HEADING:
		case NODE_TABLE_ROW:
			read_whole(t, node, out);
			*at = out->end;
			return true;
		case NODE_CODE_BLOCK:
		case NODE_HTML_BLOCK:
		case NODE_THEMATIC_BREAK:
			*at = t->nodes[node].end;
			continue;
		default:
			break;
		}
		if (!is_inline(t, node)) {
			(*at)++;
			continue;
		}
		bool content = read_run(t, node, out);
		*at = out->end;
		if (content)
			return true;
	}
	return false;
}

/* --------------------------------------------------------------------- text */

struct run_text {
	struct buf *out;
	size_t start;
	bool space; /* owed before the next character, as are the line breaks: two end a paragraph */
	unsigned newlines;
};

static void write_owed(struct run_text *r)
{
	if (r->out->n > r->start && r->newlines)
		buf_add_repeat(r->out, '\n', r->newlines);
	else if (r->out->n > r->start && r->space)
		buf_addc(r->out, ' ');
	r->space = false;
	r->newlines = 0;
}

static size_t space_length(const char *p, const char *end)
{
	if (*p == ' ' || (*p >= '\t' && *p <= '\r'))
		return 1;
	return (unsigned char)*p == 0xC2 && end - p > 1 && (unsigned char)p[1] == 0xA0 ? 2 : 0;
}

/* No gap after all: another character, or a space before one. */
static bool is_within(const char *p, const char *end)
{
	return !space_length(p, end) || (*p == ' ' && end - p > 1 && !space_length(p + 1, end));
}

/* Words that stand a space apart, with perhaps one before and one behind them. */
static void add_even(struct run_text *r, struct str s)
{
	bool before = s.n > 0 && s.p[0] == ' ', behind = s.n > 1 && s.p[s.n - 1] == ' ';
	r->space = r->space || before;
	if (s.n - before == 0)
		return;
	write_owed(r);
	buf_add(r->out, s.p + before, s.n - before - behind);
	r->space = behind;
}

static void add_words(struct run_text *r, struct str s)
{
	const char *p = s.p, *end = s.p + s.n;
	if (bytes_is_evenly_spaced(s)) {
		add_even(r, s);
		return;
	}
	while (p < end) {
		size_t n = space_length(p, end);
		if (n) {
			r->space = true;
			p += n;
			continue;
		}
		const char *word = p;
		while ((p = bytes_find_gap(p, end)) < end && is_within(p, end))
			p++;
		write_owed(r);
		buf_add(r->out, word, (size_t)(p - word));
	}
}

void blocks_text(struct buf *out, const struct tree *t, uint32_t first, uint32_t end)
{
	struct run_text r = { .out = out, .start = out->n };
	for (uint32_t i = first; i < end;) {
		const struct node *n = &t->nodes[i];
		uint32_t next = i + 1;
		switch (n->kind) {
		case NODE_TEXT:
		case NODE_CODE:
			add_words(&r, tree_str(t, n->text));
			break;
		case NODE_SOFTBREAK:
			r.space = true;
			break;
		case NODE_LINEBREAK:
			r.newlines = r.newlines < 2 ? r.newlines + 1 : 2;
			break;
		case NODE_STRIKETHROUGH:
		case NODE_IMAGE:
		case NODE_CODE_BLOCK:
			next = n->end;
			break;
		default:
			/* blocks in a cell stand apart */
			if (r.newlines == 0 && node_kind_is_block((enum node_kind)n->kind))
				r.newlines = 1;
			break;
		}
		i = next;
	}
}

void blocks_run_text(struct buf *out, const struct tree *t, const struct block_run *run)
{
	if (run->kind != NODE_TABLE_ROW) {
		blocks_text(out, t, run->first, run->end);
		return;
	}
	for (uint32_t i = run->first; i < run->end; i = t->nodes[i].end) {
		if (i > run->first)
			buf_adds(out, STR_LIT(" \t "));
		blocks_text(out, t, i + 1, t->nodes[i].end);
	}
}

bool blocks_is_empty(const struct tree *t, const struct block_run *run, struct str text)
{
	return text.n == 0 && run->kind != NODE_TABLE_ROW && run->kind != NODE_HEADING &&
	       t->nodes[run->line_node].kind == NODE_TEXT;
}
