/*
 * write_text.c - a subtree as plain text for people: bullets, numbers,
 * quotes, indented code, tables in aligned columns.
 *
 * Lines of nested containers repeat a prefix; beyond a limit it no longer
 * grows, so that the output stays linear.
 */
#include "base/text.h"
#include "doc/write.h"

#define PREFIX_MAX 120
/* Wider columns are not padded. */
#define COLUMN_MAX 60

struct text_frame {
	uint32_t node;
	size_t prefix;  /* length of the prefix outside */
	int64_t number; /* of a list: the next item's */
};

struct text_writer {
	struct buf *out;
	const struct tree *tree;
	size_t start;
	uint32_t root;
	struct buf prefix;
	struct buf cell;           /* scratch */
	bool begun;                /* something stands in out */
	bool tight;                /* the next block follows without a blank line */
	bool joined;               /* and on the same line: a bullet stands there */
	bool spaced;               /* a space is owed inside the line */
	struct text_frame *frames; /* of the open quotes, lists and items */
	size_t n_frames, cap_frames;
};

static uint32_t parent_of(const struct text_writer *w, uint32_t node)
{
	return node == w->root ? TREE_NONE : w->tree->nodes[node].parent;
}

static void trim(struct text_writer *w)
{
	while (w->out->n > w->start && w->out->p[w->out->n - 1] == ' ')
		buf_truncate(w->out, w->out->n - 1);
}

static void newline(struct text_writer *w)
{
	trim(w);
	buf_addc(w->out, '\n');
	buf_adds(w->out, buf_str(&w->prefix));
}

static void begin_block(struct text_writer *w)
{
	if (w->begun && !w->joined) {
		if (!w->tight)
			newline(w);
		newline(w);
	} else if (!w->begun) {
		buf_adds(w->out, buf_str(&w->prefix));
	}
	w->begun = true;
	w->tight = w->joined = w->spaced = false;
}

/* Runs of blanks become one; none begins a line. */
static void put_words(struct text_writer *w, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == ' ' || (c >= '\t' && c <= '\r')) {
			w->spaced = true;
			continue;
		}
		if (w->spaced && w->out->n > w->start && w->out->p[w->out->n - 1] != '\n' &&
		    w->out->p[w->out->n - 1] != ' ')
			buf_addc(w->out, ' ');
		w->spaced = false;
		buf_addc(w->out, c);
	}
}

static void put_code_block(struct text_writer *w, struct str s)
{
	const char *p = s.p, *end = s.p + s.n, *next;

	while (end > p && end[-1] == '\n')
		end--;
	begin_block(w);
	for (;;) {
		next = p < end ? memchr(p, '\n', (size_t)(end - p)) : NULL;
		buf_addz(w->out, "    ");
		if (s.n)
			buf_adds(w->out, str_slice(p, next ? next : end));
		if (!next)
			break;
		newline(w);
		p = next + 1;
	}
}

/* ------------------------------------------------------------------ tables */

/* Widest cell of each column, up to the limit. */
struct columns {
	size_t *width;
	size_t n, cap;
	bool ruled;
};

static void cell_text(struct text_writer *w, uint32_t cell)
{
	buf_clear(&w->cell);
	tree_text(&w->cell, w->tree, cell, TEXT_ONE_LINE);
	if (!buf_ok(&w->cell))
		w->out->failed = true;
}

static bool columns_measure(struct text_writer *w, uint32_t row, struct columns *c)
{
	size_t i = 0, wide, *width;

	for (uint32_t cell = tree_first(w->tree, row); cell != TREE_NONE; cell = tree_next(w->tree, cell), i++) {
		if (i == c->n) {
			width = mem_grow(w->out->heap, c->width, &c->cap, i + 1, sizeof(*width));
			if (!width)
				return false;
			c->width = width;
			c->width[c->n++] = 0;
		}
		cell_text(w, cell);
		wide = text_width(buf_str(&w->cell));
		wide = wide > COLUMN_MAX ? COLUMN_MAX : wide;
		c->width[i] = wide > c->width[i] ? wide : c->width[i];
	}
	return true;
}

static void put_cell(struct text_writer *w, uint32_t cell, size_t column, bool last)
{
	size_t wide, pad;
	char align = (char)w->tree->nodes[cell].align;

	cell_text(w, cell);
	wide = text_width(buf_str(&w->cell));
	pad = wide < column ? column - wide : 0;
	buf_add_repeat(w->out, ' ', align == 'r' ? pad : align == 'c' ? pad / 2 : 0);
	buf_adds(w->out, buf_str(&w->cell));
	if (!last)
		buf_add_repeat(w->out, ' ', (align == 'r' ? 0 : align == 'c' ? pad - pad / 2 : pad) + 2);
}

static void put_rule(struct text_writer *w, const struct columns *c)
{
	newline(w);
	for (size_t i = 0; i < c->n; i++) {
		buf_add_repeat(w->out, '-', c->width[i] ? c->width[i] : 1);
		if (i + 1 < c->n)
			buf_addz(w->out, "  ");
	}
}

static void put_row(struct text_writer *w, uint32_t row, struct columns *c)
{
	const struct tree *t = w->tree;
	uint32_t next = tree_next(t, row);
	size_t i = 0;

	for (uint32_t cell = tree_first(t, row); cell != TREE_NONE; cell = tree_next(t, cell))
		put_cell(w, cell, c->width[i++], tree_next(t, cell) == TREE_NONE);
	/* below the head, once */
	if (!c->ruled && (t->nodes[row].flags & NODE_HEADER) && next != TREE_NONE &&
	    !(t->nodes[next].flags & NODE_HEADER)) {
		put_rule(w, c);
		c->ruled = true;
	}
}

/* Nested tables stand as text in the cell of the outer one. */
static void put_table(struct text_writer *w, uint32_t table)
{
	const struct tree *t = w->tree;
	struct columns c = { NULL, 0, 0, false };
	bool first = true;

	for (uint32_t row = tree_first(t, table); row != TREE_NONE && buf_ok(w->out); row = tree_next(t, row)) {
		if (tree_kind(w->tree, row) == NODE_TABLE_ROW && !columns_measure(w, row, &c))
			w->out->failed = true;
	}
	for (uint32_t row = tree_first(t, table); row != TREE_NONE && buf_ok(w->out); row = tree_next(t, row)) {
		if (first)
			begin_block(w);
		else
			newline(w);
		first = false;
		if (tree_kind(w->tree, row) == NODE_TABLE_ROW) {
			put_row(w, row, &c);
			continue;
		}
		cell_text(w, row);
		buf_adds(w->out, buf_str(&w->cell));
	}
	if (c.width)
		mem_free(w->out->heap, c.width, c.cap * sizeof(*c.width));
}

/* -------------------------------------------------------------- containers */

static bool push(struct text_writer *w, uint32_t node)
{
	struct text_frame *frames = mem_grow(w->out->heap, w->frames, &w->cap_frames, w->n_frames + 1, sizeof(*frames));

	if (!frames) {
		w->out->failed = true;
		return false;
	}
	w->frames = frames;
	w->frames[w->n_frames++] = (struct text_frame){ node, w->prefix.n, 0 };
	return true;
}

static void push_prefix(struct text_writer *w, const char *bytes, size_t spaces)
{
	if (w->prefix.n > PREFIX_MAX)
		return;
	buf_addz(&w->prefix, bytes);
	buf_add_repeat(&w->prefix, ' ', spaces);
	if (!buf_ok(&w->prefix))
		w->out->failed = true;
}

/* What begins the first line of a container; its other lines are moved right by as much. */
static void open_marked(struct text_writer *w, uint32_t node, const char *marker, const char *prefix)
{
	size_t start;

	begin_block(w);
	if (!push(w, node))
		return;
	start = w->out->n;
	buf_addz(w->out, marker);
	push_prefix(w, prefix, prefix[0] ? 0 : w->out->n - start);
	w->joined = true;
}

static void open_item(struct text_writer *w, uint32_t node)
{
	uint32_t list = parent_of(w, node);
	unsigned flags = w->tree->nodes[node].flags;
	struct text_frame *frame = w->n_frames ? &w->frames[w->n_frames - 1] : NULL;
	char number[32] = "- ";
	struct buf digits;

	if (tree_kind(w->tree, list) == NODE_LIST && (w->tree->nodes[list].flags & NODE_ORDERED) && frame &&
	    frame->node == list) {
		buf_init(&digits, w->out->heap, 0);
		buf_add_int(&digits, frame->number++);
		buf_addz(&digits, ". ");
		if (buf_ok(&digits) && digits.n < sizeof(number))
			memcpy(number, digits.p, digits.n + 1);
		else
			w->out->failed = true;
		buf_release(&digits);
	}
	open_marked(w, node, number, "");
	if (flags & NODE_TASK)
		buf_addz(w->out, flags & NODE_CHECKED ? "[x] " : "[ ] ");
}

static void open_list(struct text_writer *w, uint32_t node)
{
	if (push(w, node))
		w->frames[w->n_frames - 1].number = w->tree->nodes[node].number;
}

static void open_footnote(struct text_writer *w, uint32_t node)
{
	open_marked(w, node, "[", "    ");
	buf_adds(w->out, tree_str(w->tree, w->tree->nodes[node].text));
	buf_addz(w->out, "] ");
}

/* -------------------------------------------------------------------- walk */

static bool list_is_tight(const struct text_writer *w, uint32_t list)
{
	return tree_kind(w->tree, list) == NODE_LIST && (w->tree->nodes[list].flags & NODE_TIGHT);
}

/* No blank line after this block? */
static bool is_followed_tightly(const struct text_writer *w, uint32_t node)
{
	uint32_t parent = parent_of(w, node);

	switch (tree_kind(w->tree, node)) {
	case NODE_ITEM:
		return list_is_tight(w, parent);
	case NODE_TERM:
		return true;
	case NODE_CAPTION:
		return tree_kind(w->tree, parent) == NODE_TABLE;
	default:
		return tree_kind(w->tree, parent) == NODE_ITEM && list_is_tight(w, w->tree->nodes[parent].parent);
	}
}

static bool begins_line(const struct text_writer *w, uint32_t node)
{
	uint32_t prev = node == w->root ? TREE_NONE : w->tree->nodes[node].prev;

	if (node == w->root || !node_kind_is_block(tree_kind(w->tree, parent_of(w, node))))
		return false;
	return prev == TREE_NONE || node_kind_is_block(tree_kind(w->tree, prev));
}

/* Returns where to go on. */
static uint32_t enter_inline(struct text_writer *w, uint32_t node)
{
	const struct node *n = &w->tree->nodes[node];

	if (n->kind == NODE_IMAGE && node != w->root)
		return n->end;
	if (begins_line(w, node))
		begin_block(w);
	switch (n->kind) {
	case NODE_TEXT:
	case NODE_CODE:
		put_words(w, tree_str(w->tree, n->text));
		break;
	case NODE_SOFTBREAK:
		w->spaced = true;
		break;
	case NODE_LINEBREAK:
		newline(w);
		w->spaced = false;
		break;
	case NODE_FOOTNOTE_REFERENCE:
		put_words(w, STR_LIT("["));
		put_words(w, tree_str(w->tree, n->text));
		put_words(w, STR_LIT("]"));
		break;
	default:
		break;
	}
	return node + 1;
}

static uint32_t enter(struct text_writer *w, uint32_t node)
{
	const struct node *n = &w->tree->nodes[node];

	switch (n->kind) {
	case NODE_BLOCK_QUOTE:
		open_marked(w, node, "> ", "> ");
		return node + 1;
	case NODE_LIST:
		open_list(w, node);
		return node + 1;
	case NODE_ITEM:
		open_item(w, node);
		return node + 1;
	case NODE_DEFINITION:
		open_marked(w, node, "  ", "");
		return node + 1;
	case NODE_FOOTNOTE_DEFINITION:
		open_footnote(w, node);
		return node + 1;
	case NODE_CODE_BLOCK:
		put_code_block(w, tree_str(w->tree, n->text));
		return n->end;
	case NODE_THEMATIC_BREAK:
		begin_block(w);
		buf_addz(w->out, "* * *");
		return n->end;
	case NODE_TABLE:
		put_table(w, node);
		return n->end;
	case NODE_HTML_BLOCK:
		return n->end;
	default:
		return node_kind_is_block((enum node_kind)n->kind) ? node + 1 : enter_inline(w, node);
	}
}

static void leave(struct text_writer *w, uint32_t node)
{
	if (w->n_frames && w->frames[w->n_frames - 1].node == node) {
		w->n_frames--;
		buf_truncate(&w->prefix, w->frames[w->n_frames].prefix);
		w->joined = false;
	}
	if (node_kind_is_block(tree_kind(w->tree, node)) && w->begun)
		w->tight = is_followed_tightly(w, node);
}

static void write_subtree(struct text_writer *w, uint32_t root)
{
	const struct tree *t = w->tree;
	uint32_t i = root, end = t->nodes[root].end, next, open;

	while (i < end && buf_ok(w->out)) {
		next = enter(w, i);
		for (open = i; t->nodes[open].end == next; open = t->nodes[open].parent) {
			leave(w, open);
			if (open == root)
				break;
		}
		i = next;
	}
}

void write_text(struct buf *out, struct record *r, uint32_t node, unsigned flags)
{
	struct text_writer w = { .out = out, .tree = record_tree(r), .start = out->n, .root = node };

	(void)flags;
	if (!w.tree) {
		out->failed = true;
		return;
	}
	if (node >= w.tree->n_nodes)
		return;
	buf_init(&w.prefix, out->heap, 0);
	buf_init(&w.cell, out->heap, 0);
	write_subtree(&w, node);
	trim(&w);
	if (out->n > w.start && node_kind_is_block(tree_kind(w.tree, node)))
		buf_addc(out, '\n');
	buf_release(&w.prefix);
	buf_release(&w.cell);
	if (w.frames)
		mem_free(out->heap, w.frames, w.cap_frames * sizeof(*w.frames));
}
