/*
 * structure_capture.c - <pre>, <code> and <title>: their content is gathered
 * as text first, and becomes a node when they end.
 */
#include "doc/structure_private.h"

void structure_capture_start(struct structure *s, enum capture capture, const char *name, uint32_t from)
{
	buf_clear(&s->captured);
	s->capture = capture;
	s->capture_name = name;
	s->first_newline = false;
	s->capture_from = from;
	s->info = (struct str){ NULL, 0 };
	s->capture_attrs = NULL;
	if (structure_push_none(s, OPEN_HTML, name))
		structure_top(s)->captures = true;
}

void structure_capture_text(struct structure *s, struct str text, uint32_t from, uint32_t to, uint8_t flags)
{
	if (s->captured.n == 0) {
		s->captured_from = from;
		s->captured_flags = 0;
	}
	s->captured_to = to;
	s->captured_flags |= flags;
	buf_adds(&s->captured, text);
}

static void keep_attrs(struct structure *s, const struct element_attr *attrs, size_t n)
{
	struct event keeper = { 0 };

	for (size_t i = 0; i < n; i++) {
		struct str key = arena_str(s->scratch, attrs[i].key), value = arena_str(s->scratch, attrs[i].value);
		if (!key.p || !value.p || !event_add_attr(s->scratch, &keeper, key, value))
			s->failed = true;
	}
	s->capture_attrs = keeper.attrs;
}

static void add_kept_attrs(struct structure *s, uint32_t node)
{
	for (const struct event_attr *a = s->capture_attrs; a; a = a->next)
		tree_add_attr(&s->build, node, a->key, a->value);
}

static void write_pre(struct structure *s, struct str text, uint32_t to)
{
	/* the newline after the start tag is none of the content */
	if (text.n && *text.p == '\n' && !s->first_newline) {
		text.p++;
		text.n--;
	}
	uint32_t node = tree_leaf(&s->build, NODE_CODE_BLOCK, s->capture_from, to);
	tree_set_text(&s->build, node, text);
	if (text.n && text.p[text.n - 1] != '\n') {
		struct buf whole;
		buf_init(&whole, s->scratch->heap, 0);
		buf_adds(&whole, text);
		buf_addc(&whole, '\n');
		tree_set_text(&s->build, node, buf_str(&whole));
		s->failed = s->failed || !buf_ok(&whole);
		buf_release(&whole);
	}
	if (s->info.p)
		tree_set_extra(&s->build, node, s->info);
	add_kept_attrs(s, node);
}

void structure_capture_end(struct structure *s, uint32_t to)
{
	struct str text = buf_str(&s->captured);
	enum capture capture = s->capture;

	s->failed = s->failed || !buf_ok(&s->captured);
	s->capture = CAPTURE_NONE;
	if (text.n > 0 && s->captured_to > to)
		to = s->captured_to; /* it ends where something begins that it cannot hold */
	if (capture == CAPTURE_PRE) {
		write_pre(s, text, to);
	} else if (capture == CAPTURE_CODE && text.n > 0) {
		for (char *p = s->captured.p; *p; p++)
			*p = *p == '\n' ? ' ' : *p;
		uint32_t node = tree_leaf(&s->build, NODE_CODE, s->capture_from, to);
		tree_set_text(&s->build, node, text);
		add_kept_attrs(s, node);
	} else if (capture == CAPTURE_TITLE && !s->title.p) {
		s->title = arena_str(s->scratch, str_trim(text));
	}
	buf_clear(&s->captured);
}

/* "language-x" or "lang-x" among the classes. */
static struct str language_of(struct structure *s, struct str classes)
{
	static const struct str prefixes[] = { { "language-", 9 }, { "lang-", 5 } };

	if (!classes.p)
		return classes;
	for (const char *p = classes.p, *end = classes.p + classes.n; p < end;) {
		const char *q = p;
		while (q < end && *q != ' ')
			q++;
		for (size_t i = 0; i < 2; i++)
			if (str_starts(str_slice(p, q), prefixes[i]) && (size_t)(q - p) > prefixes[i].n)
				return arena_str(s->scratch, str_slice(p + prefixes[i].n, q));
		p = q < end ? q + 1 : end;
	}
	return (struct str){ NULL, 0 };
}

/* What was to be captured of the innermost element gets a node instead. */
static void release_capture(struct structure *s, enum node_kind kind)
{
	struct open_node *entry = structure_top(s);

	s->capture = CAPTURE_NONE;
	entry->kind = kind;
	entry->node = tree_open(&s->build, kind, s->capture_from);
	s->n_nodes_open++;
	tree_set_text(&s->build, entry->node, str_of(s->capture_name));
}

void structure_code_to_span(struct structure *s)
{
	size_t i = s->n_open - 1;

	while (i > 0 && !(s->open[i].by == OPEN_HTML && s->open[i].name == s->capture_name))
		i--;
	if (i + 1 != s->n_open || s->n_nodes_open >= s->max_depth) {
		structure_capture_end(s, s->capture_from);
		return;
	}
	release_capture(s, NODE_SPAN);
	add_kept_attrs(s, structure_top(s)->node);
	if (s->captured.n > 0) {
		const uint32_t text = s->build.tree.n_nodes;
		tree_add_text(&s->build, buf_str(&s->captured), s->captured_from, s->captured_to);
		structure_mark_exact(s, text, s->captured_flags);
	}
	buf_clear(&s->captured);
}

void structure_pre_to_container(struct structure *s)
{
	struct open_node *entry = structure_top(s);

	if (!entry->captures || str_trim(buf_str(&s->captured)).n > 0 || s->n_nodes_open >= s->max_depth)
		return;
	release_capture(s, NODE_CONTAINER);
	entry->captures = false;
	add_kept_attrs(s, entry->node);
	buf_clear(&s->captured);
}

static bool starts_line(struct element e)
{
	return e.action == ELEMENT_BLOCK || e.action == ELEMENT_PARAGRAPH || e.action == ELEMENT_HEADING ||
	       e.action == ELEMENT_ITEM || e.action == ELEMENT_ROW;
}

bool structure_start_in_capture(struct structure *s, struct element e, const struct element_attr *attrs, size_t n)
{
	if (s->capture == CAPTURE_NONE)
		return false;
	if (s->capture == CAPTURE_TITLE && e.action != ELEMENT_INLINE && e.action != ELEMENT_CODE) {
		structure_capture_end(s, s->capture_from); /* a title without end */
		return false;
	}
	s->first_newline = s->first_newline || s->captured.n == 0;
	if (e.action == ELEMENT_BREAK) {
		buf_addc(&s->captured, '\n');
		return true;
	}
	if (s->capture == CAPTURE_CODE && (e.action == ELEMENT_LINK || e.action == ELEMENT_IMAGE)) {
		structure_code_to_span(s);
		return false;
	}
	if (s->capture == CAPTURE_CODE && e.action != ELEMENT_INLINE && e.action != ELEMENT_CODE &&
	    e.action != ELEMENT_VOID) {
		structure_capture_end(s, s->capture_from);
		return false;
	}
	if (starts_line(e) && s->captured.n > 0 && s->captured.p[s->captured.n - 1] != '\n')
		buf_addc(&s->captured, '\n');
	if (e.action == ELEMENT_CODE && !s->info.p)
		s->info = language_of(s, structure_attr(attrs, n, "class"));
	if (e.action != ELEMENT_VOID && e.action != ELEMENT_IMAGE && e.action != ELEMENT_RULE &&
	    e.action != ELEMENT_INPUT)
		structure_push_none(s, OPEN_HTML, e.name);
	return true;
}

void structure_start_capture(struct structure *s, struct element e, const struct element_attr *attrs, size_t n,
			     uint32_t from)
{
	if (e.action == ELEMENT_PRE) {
		structure_block_here(s, NODE_CODE_BLOCK, from);
		structure_capture_start(s, CAPTURE_PRE, e.name, from);
		s->info = language_of(s, structure_attr(attrs, n, "class"));
	} else {
		structure_inline_here(s, from);
		structure_capture_start(s, CAPTURE_CODE, e.name, from);
	}
	keep_attrs(s, attrs, n);
}
