/*
 * structure_event.c - Markdown's events into the stack of structure.c, and
 * the text between HTML's tags.
 */
#include "doc/structure_private.h"

static void set_content(struct structure *s, uint32_t index, const struct event *e)
{
	struct node *node = tree_node(&s->build, index);

	if (!node)
		return;
	node->flags |= e->flags;
	node->align = e->align;
	node->number = e->number;
	if (e->from != TREE_NONE && e->to != TREE_NONE && e->to > node->to)
		node->to = e->to;
	if (e->text.p)
		tree_set_text(&s->build, index, e->text);
	if (e->extra.p)
		tree_set_extra(&s->build, index, e->extra);
	for (const struct event_attr *a = e->attrs; a; a = a->next)
		tree_add_attr(&s->build, index, a->key, a->value);
}

/* Inside what is being captured only text counts, templates as they stand; anything else ends <code> or <pre>. */
static bool captured_event(struct structure *s, const struct event *e)
{
	if (s->capture == CAPTURE_NONE)
		return false;
	if (e->type == EVENT_TEXT || (e->type == EVENT_LEAF && e->kind == NODE_TEMPLATE)) {
		structure_capture_text(s, e->text, e->from, e->to, e->flags);
		return true;
	}
	if (e->type == EVENT_LEAF && (e->kind == NODE_SOFTBREAK || e->kind == NODE_LINEBREAK)) {
		buf_addc(&s->captured, '\n');
		return true;
	}
	if (s->capture == CAPTURE_CODE)
		structure_code_to_span(s);
	else
		structure_capture_end(s, e->from);
	return false;
}

/* In <a> an address is text. */
static bool is_in_link(const struct structure *s)
{
	for (size_t i = s->n_open; i > 1 && !node_kind_is_block((enum node_kind)s->open[i - 1].kind); i--)
		if (s->open[i - 1].kind == NODE_LINK && s->open[i - 1].node != TREE_NONE)
			return true;
	return false;
}

static enum node_kind innermost_kind(const struct structure *s)
{
	return (enum node_kind)s->open[structure_inner_entry(s)].kind;
}

/* What a part of a list or table stands in, which HTML in the part before may have closed. */
static void reopen(struct structure *s, enum node_kind kind, uint32_t from)
{
	if (innermost_kind(s) != kind)
		structure_inside(s, kind, NULL, from);
}

static void part_here(struct structure *s, enum node_kind kind, uint32_t from)
{
	switch (kind) {
	case NODE_ITEM:
		reopen(s, NODE_LIST, from);
		break;
	case NODE_TERM:
	case NODE_DEFINITION:
		reopen(s, NODE_DEFINITION_LIST, from);
		break;
	case NODE_TABLE_ROW:
		reopen(s, NODE_TABLE, from);
		break;
	case NODE_TABLE_CELL:
		if (innermost_kind(s) != NODE_TABLE_ROW)
			reopen(s, NODE_TABLE, from);
		reopen(s, NODE_TABLE_ROW, from);
		break;
	default:
		break;
	}
}

static void event_open(struct structure *s, const struct event *e)
{
	s->event_depth++;
	if (s->n_skip > 0 || (e->kind == NODE_LINK && (e->flags & NODE_BARE) && is_in_link(s)))
		return;
	if (e->kind == NODE_PARAGRAPH && structure_inline_only(s)) { /* two paragraphs in one heading */
		if (s->space == SPACE_NONE)
			s->space = SPACE_BREAK;
		s->space_from = e->from;
		return;
	}
	part_here(s, (enum node_kind)e->kind, e->from);
	if (node_kind_is_block(e->kind))
		structure_block_here(s, e->kind, e->from);
	else
		structure_inline_here(s, e->from);
	if (structure_push(s, e->kind, OPEN_MARKDOWN, NULL, e->from)) {
		structure_top(s)->event_depth = s->event_depth;
		set_content(s, structure_top(s)->node, e);
	}
}

static void event_close(struct structure *s, const struct event *e)
{
	uint32_t depth = s->event_depth--;
	size_t i = s->n_open;

	while (i > 1 && s->open[i - 1].by != OPEN_MARKDOWN)
		i--;
	/* not there any more, when HTML inside has closed it; or never, when it was too deep */
	if (i > 1 && s->open[i - 1].event_depth == depth)
		structure_pop_to(s, i - 1, e->to);
}

void structure_inline_leaf(struct structure *s, const struct event *e)
{
	if (s->n_skip > 0 || captured_event(s, e))
		return;
	if (e->kind == NODE_SOFTBREAK || e->kind == NODE_LINEBREAK) {
		if (s->space == SPACE_NONE && s->breaks == 0)
			s->space_from = e->from;
		if (e->kind == NODE_LINEBREAK)
			s->breaks++;
		s->space = SPACE_BREAK;
		return;
	}
	structure_inline_here(s, e->from);
	set_content(s, tree_leaf(&s->build, e->kind, e->from, e->to), e);
}

/* Raw HTML may have stood here that left nothing behind: its blanks meet those of the text, or the block's edge. */
static bool begins_after_blank(struct structure *s)
{
	const struct open_node *top = structure_top(s);

	if (!structure_text_block(s)->filled || (!top->skip && structure_ends_with_blank(s)))
		return true;
	return structure_is_vacant(s) && (node_kind_is_block(top->kind) || top->by == OPEN_HTML);
}

static void event_text(struct structure *s, const struct event *e)
{
	struct str text = e->text;
	uint32_t from = e->from;

	if (s->n_skip > 0 || captured_event(s, e))
		return;
	if (s->breaks > 0 || (s->mixed && begins_after_blank(s))) { /* nothing begins a line with blanks */
		while (text.n > 0 && *text.p == ' ') {
			text.p++;
			text.n--;
			from += from < e->to && !(e->flags & NODE_LINE_ONLY);
		}
	}
	if (text.n == 0)
		return;
	structure_inline_here(s, from);
	tree_add_text(&s->build, text, from, e->to);
	const struct node *parent = tree_node(&s->build, tree_current(&s->build));
	struct node *node = parent && parent->last != TREE_NONE ? tree_node(&s->build, parent->last) : NULL;
	if (node && node->kind == NODE_TEXT)
		node->flags |= e->flags & NODE_LINE_ONLY;
}

void structure_attributes(struct structure *s, const struct event *e)
{
	const struct node *parent = tree_node(&s->build, tree_current(&s->build));
	const uint32_t index = parent ? parent->last : TREE_NONE;
	const struct node *node = tree_node(&s->build, index);
	const bool block = node && node_kind_is_block(node->kind);

	if (!node || node->kind == NODE_TEXT || s->capture != CAPTURE_NONE || (!block && s->space != SPACE_NONE)) {
		event_text(s, e);
		return;
	}
	for (const struct event_attr *a = e->attrs; a && s->n_skip == 0; a = a->next)
		tree_add_attr(&s->build, index, a->key, a->value);
}

void structure_event(struct structure *s, const struct event *e)
{
	if (s->capture == CAPTURE_PRE && e->type != EVENT_CLOSE && node_kind_is_block((enum node_kind)e->kind))
		structure_pre_to_container(s);
	switch (e->type) {
	case EVENT_OPEN:
		if (s->capture == CAPTURE_CODE && !node_kind_is_block(e->kind))
			structure_code_to_span(s);
		else if (s->capture != CAPTURE_NONE)
			structure_capture_end(s, e->from);
		event_open(s, e);
		break;
	case EVENT_CLOSE:
		event_close(s, e);
		break;
	case EVENT_TEXT:
		event_text(s, e);
		break;
	case EVENT_ATTRIBUTES:
		structure_attributes(s, e);
		break;
	default:
		if (!node_kind_is_block(e->kind)) {
			structure_inline_leaf(s, e);
		} else if (s->n_skip == 0) {
			structure_block_here(s, e->kind, e->from);
			set_content(s, tree_leaf(&s->build, e->kind, e->from, e->to), e);
		}
	}
}

/* ------------------------------------------------------------------ text */

static bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static const char *take_space(struct structure *s, const char *p, const char *end, uint32_t at)
{
	if (s->space == SPACE_NONE && s->breaks == 0)
		s->space_from = at;
	for (; p < end && is_space(*p); p++) {
		if (*p == '\n')
			s->space = SPACE_BREAK;
		else if (s->space == SPACE_NONE)
			s->space = SPACE_BLANK;
	}
	return p;
}

/* A run of words with single blanks between. */
static const char *words_end(const char *p, const char *end)
{
	const char *q = p;

	while (q < end && !(is_space(*q) && (*q != ' ' || q + 1 == end || is_space(q[1]))))
		q++;
	return q;
}

void structure_text(struct structure *s, struct str text, uint32_t from, uint32_t to, uint8_t flags)
{
	bool exact = !(flags & NODE_LINE_ONLY) && to - from == text.n;

	if (s->failed || text.n == 0 || (s->n_skip > 0 && s->capture == CAPTURE_NONE))
		return;
	if (s->capture != CAPTURE_NONE) {
		structure_capture_text(s, text, from, to, flags);
		return;
	}
	const char *end = text.p + text.n;
	for (const char *p = text.p; p < end;) {
		uint32_t at = exact ? from + (uint32_t)(p - text.p) : from;
		if (is_space(*p)) {
			p = take_space(s, p, end, at);
			continue;
		}
		const char *q = words_end(p, end);
		structure_inline_here(s, at);
		tree_add_text(&s->build, str_slice(p, q), at, exact ? from + (uint32_t)(q - text.p) : to);
		const struct node *parent = tree_node(&s->build, tree_current(&s->build));
		if (parent && parent->last != TREE_NONE)
			structure_mark_exact(s, parent->last, flags);
		p = q;
	}
}
