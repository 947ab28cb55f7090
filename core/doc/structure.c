/*
 * structure.c - the stack of structure.h, its rules, 
 *
 * Markdown's side is structure_event.c, HTML's structure_html.c.
 */
#include "doc/structure_private.h"

/* ----------------------------------------------------------------- stack */

void structure_init(struct structure *s, struct arena *arena, struct arena *scratch, uint32_t max_nodes,
		    uint32_t max_depth, size_t source)
{
	*s = (struct structure){ .scratch = scratch, .max_depth = max_depth };
	tree_build_init_for(&s->build, arena, max_nodes, source);
	buf_init(&s->captured, scratch->heap, 0);
	s->title = (struct str){ NULL, 0 };
	s->info = (struct str){ NULL, 0 };
	s->open = arena_grow(scratch, NULL, &s->cap_open, 1, sizeof *s->open);
	if (!s->open) {
		s->failed = true;
		return;
	}
	s->open[s->n_open++] = (struct open_node){ .kind = NODE_DOCUMENT, .by = OPEN_MARKDOWN, .alone = true };
}

void structure_finish(struct structure *s, uint32_t to)
{
	if (s->n_open > 1)
		structure_pop_to(s, 1, to);
	structure_capture_end(s, to);
	tree_close(&s->build, to);
	buf_release(&s->captured);
}

struct open_node *structure_top(struct structure *s)
{
	return &s->open[s->n_open - 1];
}

static struct open_node *push_entry(struct structure *s)
{
	if (s->failed)
		return NULL;
	if (s->n_open == s->cap_open) {
		struct open_node *grown = arena_grow(s->scratch, s->open, &s->cap_open, s->n_open + 1, sizeof *grown);
		if (!grown) {
			s->failed = true;
			return NULL;
		}
		s->open = grown;
	}
	const struct open_node *around = &s->open[s->n_open - 1];
	s->open[s->n_open] = (struct open_node){ .node = TREE_NONE, .inner = around->inner, .alone = around->alone };
	return &s->open[s->n_open++];
}

bool structure_push_none(struct structure *s, enum open_by by, const char *name)
{
	struct open_node *entry = push_entry(s);

	if (!entry)
		return false;
	entry->by = (uint8_t)by;
	entry->name = name;
	return true;
}

/*
 * Blocks that hold text and parts of tables may go a little deeper than the
 * limit, what is implied around them a little more: text always finds its paragraph.
 */
static bool is_too_deep(const struct structure *s, enum node_kind kind, enum open_by by)
{
	size_t limit = s->max_depth;

	if (by == OPEN_IMPLIED)
		limit += 16;
	else if (kind == NODE_PARAGRAPH || kind == NODE_HEADING || kind == NODE_TABLE || kind == NODE_TABLE_ROW ||
		 kind == NODE_TABLE_CELL)
		limit += 8;
	return s->n_nodes_open >= limit;
}

bool structure_push(struct structure *s, enum node_kind kind, enum open_by by, const char *name, uint32_t from)
{
	if (is_too_deep(s, kind, by)) {
		s->too_deep = true;
		if (by == OPEN_HTML && structure_push_none(s, by, name))
			structure_top(s)->kind = (uint8_t)kind;
		return false;
	}
	struct open_node *entry = push_entry(s);
	if (!entry)
		return false;
	entry->by = (uint8_t)by;
	entry->kind = (uint8_t)kind;
	entry->name = name;
	entry->node = tree_open(&s->build, kind, from);
	entry->alone = node_kind_is_block(kind) || (entry->alone && entry->inner + 1 == entry->node);
	entry->inner = entry->node;
	s->n_nodes_open++;
	return entry->node != TREE_NONE;
}

/* Nodes that say nothing when they are empty: CommonMark has none of them. */
static bool is_idle(struct structure *s, const struct open_node *entry)
{
	const struct node *node = tree_node(&s->build, entry->node);

	if (!node || entry->node + 1 != s->build.tree.n_nodes)
		return false;
	switch (entry->kind) {
	case NODE_PARAGRAPH:
		return true;
	case NODE_EMPH:
	case NODE_STRONG:
	case NODE_STRIKETHROUGH:
	case NODE_SPAN:
		return node->n_attr == 0; /* what Markdown has opened may have held a comment */
	case NODE_ITEM:
	case NODE_TABLE_ROW:
	case NODE_TABLE_CELL:
	case NODE_DEFINITION:
		return entry->by == OPEN_IMPLIED;
	default:
		return false;
	}
}

/* Blanks before a line break, or at the end of a block, are not seen. */
static void trim_last_text(struct structure *s)
{
	const struct node *parent = tree_node(&s->build, tree_current(&s->build));
	struct node *last = parent && parent->last != TREE_NONE ? tree_node(&s->build, parent->last) : NULL;

	while (last && last->kind == NODE_TEXT && last->text.len > 0 &&
	       s->build.tree.pool[last->text.off + last->text.len - 1] == ' ') {
		last->text.len--;
		if (last->to > last->from + 1)
			last->to--;
	}
	if (last && last->kind == NODE_TEXT && last->text.len == 0)
		tree_truncate(&s->build, parent->last);
}

/* A row of "th" alone, or one inside "thead", is a header. */
static void settle_row(struct structure *s, const struct open_node *entry)
{
	struct node *node = tree_node(&s->build, entry->node);

	if (node && entry->by != OPEN_MARKDOWN && entry->header && node->last != TREE_NONE)
		node->flags |= NODE_HEADER;
}

/* What came behind the end of the last line proved to be nothing. */
static void trim_last_break(struct structure *s)
{
	const struct node *parent = tree_node(&s->build, tree_current(&s->build));
	const struct node *last = parent && parent->last != TREE_NONE ? tree_node(&s->build, parent->last) : NULL;

	if (last && last->kind == NODE_SOFTBREAK)
		tree_truncate(&s->build, parent->last);
}

bool structure_is_vacant(struct structure *s)
{
	const struct open_node *top = structure_top(s);

	return top->alone && top->inner + 1 == s->build.tree.n_nodes;
}

bool structure_ends_with_blank(struct structure *s)
{
	const struct node *parent = tree_node(&s->build, tree_current(&s->build));
	const struct node *last = parent ? tree_node(&s->build, parent->last) : NULL;

	if (!last || last->kind != NODE_TEXT)
		return last && (last->kind == NODE_SOFTBREAK || last->kind == NODE_LINEBREAK);
	return last->text.len > 0 && s->build.tree.pool[last->text.off + last->text.len - 1] == ' ';
}

/* Is a block the last thing in it, or an inline that goes around blocks? */
static bool ends_with_block(struct structure *s, uint32_t node)
{
	const struct node *n = tree_node(&s->build, node);

	do {
		n = n ? tree_node(&s->build, n->last) : NULL;
	} while (n && !node_kind_is_block(n->kind));
	return n != NULL;
}

/*
 * An inline that went around blocks, where only blocks may stand, and was
 * left without any when they turned out empty: a container can hold its rest.
 */
static void settle_wrapper(struct structure *s, const struct open_node *entry)
{
	struct node *node = tree_node(&s->build, entry->node);
	const struct node *parent = node ? tree_node(&s->build, node->parent) : NULL;

	if (!parent || node_kind_content((enum node_kind)parent->kind) != CONTENT_BLOCK ||
	    ends_with_block(s, entry->node))
		return;
	node->kind = NODE_CONTAINER;
	node->extra = (struct tree_str){ TREE_NONE, 0 };
	tree_set_text(&s->build, entry->node, str_of(entry->name ? entry->name : "span"));
}

static bool holds_lines(uint8_t kind)
{
	return kind == NODE_PARAGRAPH || kind == NODE_HEADING || kind == NODE_TABLE_CELL || kind == NODE_TERM ||
	       kind == NODE_CAPTION;
}

static void pop_one(struct structure *s, uint32_t to)
{
	struct open_node entry = *structure_top(s);

	s->n_open--;
	if (entry.skip)
		s->n_skip--;
	if (entry.breaks && s->space == SPACE_NONE)
		s->space = SPACE_BREAK;
	if (entry.node == TREE_NONE)
		return;
	s->n_nodes_open--;
	if (entry.kind == NODE_TABLE_ROW)
		settle_row(s, &entry);
	if ((s->mixed || entry.by != OPEN_MARKDOWN) && holds_lines(entry.kind)) {
		trim_last_break(s);
		trim_last_text(s);
	}
	if (!node_kind_is_block(entry.kind))
		settle_wrapper(s, &entry);
	if (is_idle(s, &entry))
		tree_truncate(&s->build, entry.node);
	else
		tree_close(&s->build, to);
	if (node_kind_is_block(entry.kind)) {
		s->space = SPACE_NONE;
		s->breaks = 0;
	}
}

void structure_pop(struct structure *s, uint32_t to)
{
	if (s->n_open <= 1)
		return;
	if (structure_top(s)->captures && s->capture != CAPTURE_NONE)
		structure_capture_end(s, to);
	pop_one(s, to);
	while (s->n_open > 1 && structure_top(s)->closing)
		pop_one(s, to);
}

void structure_pop_to(struct structure *s, size_t n, uint32_t to)
{
	while (s->n_open > n && s->n_open > 1)
		structure_pop(s, to);
}

size_t structure_inner_entry(const struct structure *s)
{
	size_t i = s->n_open - 1;

	while (i > 0 && s->open[i].node == TREE_NONE)
		i--;
	return i;
}

/* Index of the innermost block other than a paragraph. */
static size_t inner_container(const struct structure *s)
{
	size_t i = s->n_open - 1;

	while (i > 0 && (s->open[i].node == TREE_NONE || !node_kind_is_block(s->open[i].kind) ||
			 s->open[i].kind == NODE_PARAGRAPH))
		i--;
	return i;
}

static bool is_inline_block(uint8_t kind)
{
	return kind == NODE_HEADING || kind == NODE_TERM || kind == NODE_CAPTION;
}

bool structure_inline_only(const struct structure *s)
{
	return is_inline_block(s->open[inner_container(s)].kind);
}

/* --------------------------------------------------------------- inlines */

/* The node that must stand around an inline put into kind; 0: none. */
static enum node_kind around_inline(struct structure *s, const struct open_node *entry)
{
	switch (entry->kind) {
	case NODE_LIST:
		return NODE_ITEM;
	case NODE_TABLE:
		return NODE_TABLE_ROW;
	case NODE_TABLE_ROW:
		return NODE_TABLE_CELL;
	case NODE_DEFINITION_LIST:
		return NODE_DEFINITION;
	case NODE_PARAGRAPH:
	case NODE_HEADING:
	case NODE_TERM:
	case NODE_CAPTION:
		return 0;
	case NODE_TABLE_CELL:
		return ends_with_block(s, entry->node) ? NODE_PARAGRAPH : 0;
	default:
		if (!node_kind_is_block(entry->kind))
			return ends_with_block(s, entry->node) ? NODE_PARAGRAPH : 0;
		return NODE_PARAGRAPH;
	}
}

struct open_node *structure_text_block(struct structure *s)
{
	size_t i = s->n_open - 1;

	while (i > 0 && (s->open[i].node == TREE_NONE || !node_kind_is_block(s->open[i].kind)))
		i--;
	return &s->open[i];
}

static void write_space(struct structure *s, uint32_t from)
{
	const bool filled = structure_text_block(s)->filled, is_begun = filled && !structure_is_vacant(s);
	const uint32_t at = s->space_from < from ? s->space_from : from;

	if (filled && s->breaks > 0) {
		trim_last_text(s);
		for (uint32_t i = 0; i < s->breaks; i++)
			tree_leaf(&s->build, NODE_LINEBREAK, at, from);
	} else if (is_begun && s->space == SPACE_BREAK) {
		const bool squeezed = s->mixed || structure_text_block(s)->by != OPEN_MARKDOWN;
		if (squeezed)
			trim_last_text(s);
		if (!squeezed || !structure_ends_with_blank(s))
			tree_leaf(&s->build, NODE_SOFTBREAK, at, from);
	} else if (is_begun && s->space == SPACE_BLANK && !structure_ends_with_blank(s)) {
		tree_add_text(&s->build, STR_LIT(" "), at, from);
	}
	s->breaks = 0;
	s->space = SPACE_NONE;
}

void structure_inline_here(struct structure *s, uint32_t from)
{
	struct open_node *top = structure_top(s);

	if (top->node != TREE_NONE && (top->kind == NODE_PARAGRAPH || top->kind == NODE_HEADING)) {
		if (s->space != SPACE_NONE || s->breaks > 0)
			write_space(s, from);
		top->filled = true;
		return;
	}
	for (int guard = 0; guard < 8; guard++) {
		enum node_kind around = around_inline(s, &s->open[structure_inner_entry(s)]);
		if (around == 0)
			break;
		if (!structure_push(s, around, OPEN_IMPLIED, NULL, from))
			break;
	}
	write_space(s, from);
	structure_text_block(s)->filled = true;
}

/* ---------------------------------------------------------------- blocks */

/* What a node is, without where it stands. */
static void swap_content(struct node *a, struct node *b)
{
	struct node t = *a;

	a->kind = b->kind, a->flags = b->flags, a->align = b->align, a->number = b->number;
	a->text = b->text, a->extra = b->extra, a->attr = b->attr, a->n_attr = b->n_attr;
	b->kind = t.kind, b->flags = t.flags, b->align = t.align, b->number = t.number;
	b->text = t.text, b->extra = t.extra, b->attr = t.attr, b->n_attr = t.n_attr;
}

/*
 * A block begins inside inlines that are all there is in a paragraph, as in
 * <a><div>: the inlines go around the block instead.  The nodes stand one after
 * the other, so each takes its parent's place and the paragraph the
 * innermost, where it keeps what the inlines already hold.
 */
static bool turn_inside_out(struct structure *s, size_t paragraph, uint32_t to)
{
	uint32_t expected = s->open[paragraph].node;
	size_t n = 0;

	for (size_t i = paragraph; i < s->n_open; i++) {
		if (s->open[i].node == TREE_NONE)
			continue;
		if (s->open[i].node != expected++)
			return false;
		n++;
	}
	if (n < 2)
		return false;
	for (uint32_t at = s->open[paragraph].node; at + 1 < expected; at++)
		swap_content(&s->build.tree.nodes[at], &s->build.tree.nodes[at + 1]);
	for (size_t i = paragraph + 1; i < s->n_open; i++) {
		if (s->open[i].node != TREE_NONE)
			s->open[i].node--;
		s->open[i].inner--;
		s->open[i - 1] = s->open[i];
	}
	s->n_open--;
	s->n_nodes_open--;
	if (expected == s->build.tree.n_nodes) {
		/* what the paragraph owned lies before what the inlines own: it must not be taken back */
		struct node *empty = tree_node(&s->build, expected - 1);
		empty->n_attr = 0;
		empty->text = empty->extra = (struct tree_str){ TREE_NONE, 0 };
		tree_truncate(&s->build, expected - 1);
	} else {
		tree_close(&s->build, to);
	}
	s->space = SPACE_NONE;
	s->breaks = 0;
	return true;
}

/* The node that must stand around a block put into kind; 0: none. */
static enum node_kind around_block(enum node_kind parent, enum node_kind kind)
{
	switch (parent) {
	case NODE_LIST:
		return kind == NODE_ITEM ? 0 : NODE_ITEM;
	case NODE_TABLE:
		return kind == NODE_TABLE_ROW || kind == NODE_CAPTION ? 0 : NODE_TABLE_ROW;
	case NODE_TABLE_ROW:
		return kind == NODE_TABLE_CELL ? 0 : NODE_TABLE_CELL;
	case NODE_DEFINITION_LIST:
		return kind == NODE_TERM || kind == NODE_DEFINITION || kind == NODE_CONTAINER ? 0 : NODE_DEFINITION;
	default:
		return 0;
	}
}

/* Has what is open room for blocks as it stands? Lists and tables have it for parts of their own alone. */
static bool is_open_to_blocks(const struct structure *s)
{
	const struct open_node *top = &s->open[s->n_open - 1];

	return s->n_open == 1 || (top->node != TREE_NONE && (top->kind == NODE_ITEM || top->kind == NODE_BLOCK_QUOTE));
}

void structure_block_here(struct structure *s, enum node_kind kind, uint32_t from)
{
	if (s->capture == CAPTURE_NONE && is_open_to_blocks(s)) {
		s->space = SPACE_NONE;
		s->breaks = 0;
		return;
	}
	if (s->capture != CAPTURE_NONE)
		structure_capture_end(s, from);
	size_t container = inner_container(s);
	if (is_inline_block(s->open[container].kind)) {
		structure_pop_to(s, container, from); /* a heading holds no blocks: it ends here */
		container = inner_container(s);
	}
	for (size_t i = container + 1; i < s->n_open; i++) {
		if (s->open[i].node == TREE_NONE || s->open[i].kind != NODE_PARAGRAPH)
			continue;
		if (!turn_inside_out(s, i, from))
			structure_pop_to(s, i, from);
		break;
	}
	for (int guard = 0; guard < 8; guard++) {
		enum node_kind around = around_block(s->open[structure_inner_entry(s)].kind, kind);
		if (around == 0 || !structure_push(s, around, OPEN_IMPLIED, NULL, from))
			break;
	}
	s->space = SPACE_NONE;
	s->breaks = 0;
}
