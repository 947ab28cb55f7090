/*
 * structure_html.c - HTML's side of structure.h: what each element does to
 * the stack and which of its attributes become fields.
 */
#include "doc/structure.h"

/* ------------------------------------------------------------ attributes */

static const struct element_attr *find_attr(const struct element_attr *attrs, size_t n, const char *key)
{
	for (size_t i = 0; i < n; i++)
		if (str_eqz(attrs[i].key, key))
			return &attrs[i];
	return NULL;
}

static struct str attr_value(const struct element_attr *attrs, size_t n, const char *key)
{
	const struct element_attr *a = find_attr(attrs, n, key);

	return a ? a->value : (struct str){ NULL, 0 };
}

/* Adds all but those named in taken (a list of words, blanks around each). */
static void add_attrs(struct structure *s, uint32_t node, const struct element_attr *attrs, size_t n, const char *taken)
{
	for (size_t i = 0; i < n; i++) {
		char word[34];
		if (taken && attrs[i].key.n < sizeof word - 2) {
			word[0] = ' ';
			memcpy(word + 1, attrs[i].key.p, attrs[i].key.n);
			word[attrs[i].key.n + 1] = ' ';
			if (memmem(taken, strlen(taken), word, attrs[i].key.n + 2))
				continue;
		}
		tree_add_attr(&s->build, node, attrs[i].key, attrs[i].value);
	}
}

/* A small decimal number; fallback where it is none or out of [least, most]. */
static int32_t number_of(struct str v, int32_t least, int32_t most, int32_t fallback)
{
	int64_t n = 0;

	v = str_trim(v);
	if (v.n == 0 || v.n > 9)
		return fallback;
	for (size_t i = 0; i < v.n; i++) {
		if (v.p[i] < '0' || v.p[i] > '9')
			return fallback;
		n = n * 10 + (v.p[i] - '0');
	}
	return n < least ? least : n > most ? most : (int32_t)n;
}

/* ----------------------------------------------------------------- stack */

static bool is_name(const struct open_node *entry, const char *name)
{
	return entry->by == OPEN_HTML && entry->name && strcmp(entry->name, name) == 0;
}

/*
 * Index of the innermost open node of that kind whose content we may still be in:
 * table cells keep lists and definitions of their own.  0: none.
 */
static size_t find_open(const struct structure *s, enum node_kind kind, bool through_cells)
{
	for (size_t i = s->n_open - 1; i > 0; i--) {
		if (s->open[i].node != TREE_NONE && s->open[i].kind == kind)
			return i;
		if (!through_cells && (s->open[i].kind == NODE_TABLE_CELL || s->open[i].kind == NODE_TABLE))
			break;
		if (s->open[i].by == OPEN_MARKDOWN && kind != NODE_TABLE && kind != NODE_TABLE_ROW)
			break;
	}
	return 0;
}

/* Index of the innermost block other than a paragraph. */
static size_t inner_block(const struct structure *s)
{
	size_t i = s->n_open - 1;

	while (i > 0 && (s->open[i].node == TREE_NONE || !node_kind_is_block(s->open[i].kind) ||
			 s->open[i].kind == NODE_PARAGRAPH))
		i--;
	return i;
}

static void mark_exact(struct structure *s, uint32_t index, uint8_t flags)
{
	struct node *node = tree_node(&s->build, index);

	if (node)
		node->flags |= flags & NODE_LINE_ONLY;
}

static uint32_t open_block(struct structure *s, enum node_kind kind, const char *name, uint32_t from, uint8_t flags)
{
	structure_block_here(s, kind, from);
	if (!structure_push(s, kind, OPEN_HTML, name, from))
		return TREE_NONE;
	mark_exact(s, structure_top(s)->node, flags);
	return structure_top(s)->node;
}

static uint32_t open_inline(struct structure *s, enum node_kind kind, const char *name, uint32_t from, uint8_t flags)
{
	structure_inline_here(s, from);
	if (!structure_push(s, kind, OPEN_HTML, name, from))
		return TREE_NONE;
	mark_exact(s, structure_top(s)->node, flags);
	return structure_top(s)->node;
}

/* --------------------------------------------------------------- capture */

static void capture_start(struct structure *s, enum capture capture, const char *name, uint32_t from)
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
	for (const struct event_attr *a = s->capture_attrs; a; a = a->next)
		tree_add_attr(&s->build, node, a->key, a->value);
}

void structure_capture_end(struct structure *s, uint32_t to)
{
	struct str text = buf_str(&s->captured);
	enum capture capture = s->capture;

	s->failed = s->failed || !buf_ok(&s->captured);
	s->capture = CAPTURE_NONE;
	if (capture == CAPTURE_PRE) {
		write_pre(s, text, to);
	} else if (capture == CAPTURE_CODE && text.n > 0) {
		for (char *p = s->captured.p; *p; p++)
			*p = *p == '\n' ? ' ' : *p;
		uint32_t node = tree_leaf(&s->build, NODE_CODE, s->capture_from, to);
		tree_set_text(&s->build, node, text);
		for (const struct event_attr *a = s->capture_attrs; a; a = a->next)
			tree_add_attr(&s->build, node, a->key, a->value);
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

void structure_code_to_span(struct structure *s)
{
	size_t i = s->n_open - 1;

	while (i > 0 && !(s->open[i].by == OPEN_HTML && s->open[i].name == s->capture_name))
		i--;
	s->capture = CAPTURE_NONE;
	if (i + 1 != s->n_open || s->n_nodes_open >= s->max_depth) {
		s->capture = CAPTURE_CODE;
		structure_capture_end(s, s->capture_from);
		return;
	}
	struct open_node *entry = structure_top(s);
	entry->kind = NODE_SPAN;
	entry->node = tree_open(&s->build, NODE_SPAN, s->capture_from);
	s->n_nodes_open++;
	tree_set_text(&s->build, entry->node, str_of(s->capture_name));
	tree_add_text(&s->build, buf_str(&s->captured), s->capture_from, s->capture_from);
	buf_clear(&s->captured);
}

static bool starts_line(struct element e)
{
	return e.action == ELEMENT_BLOCK || e.action == ELEMENT_PARAGRAPH || e.action == ELEMENT_HEADING ||
	       e.action == ELEMENT_ITEM || e.action == ELEMENT_ROW;
}

/* An element inside something captured; true when it has been dealt with. */
static bool start_in_capture(struct structure *s, struct element e, const struct element_attr *attrs, size_t n)
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
		s->info = language_of(s, attr_value(attrs, n, "class"));
	if (e.action != ELEMENT_VOID && e.action != ELEMENT_IMAGE && e.action != ELEMENT_RULE &&
	    e.action != ELEMENT_INPUT)
		structure_push_none(s, OPEN_HTML, e.name);
	return true;
}

/* -------------------------------------------------------------- elements */

static void start_list(struct structure *s, const char *name, const struct element_attr *attrs, size_t n, uint32_t from,
		       uint8_t flags)
{
	uint32_t index = open_block(s, NODE_LIST, name, from, flags);
	struct node *node = tree_node(&s->build, index);

	if (!node)
		return;
	node->flags |= NODE_TIGHT;
	if (name[0] == 'o') {
		node->flags |= NODE_ORDERED;
		node->number = number_of(attr_value(attrs, n, "start"), 0, 999999999, 1);
	}
	add_attrs(s, index, attrs, n, name[0] == 'o' ? " start " : NULL);
}

/* Closes up to the list, table or row that is open around, or opens one. */
static void inside(struct structure *s, enum node_kind kind, const char *implied, uint32_t from)
{
	size_t i = find_open(s, kind, false);

	if (i) {
		structure_pop_to(s, i + 1, from);
		return;
	}
	structure_block_here(s, kind, from);
	structure_push(s, kind, OPEN_IMPLIED, implied, from);
	if (kind == NODE_LIST && tree_node(&s->build, structure_top(s)->node))
		tree_node(&s->build, structure_top(s)->node)->flags |= NODE_TIGHT;
}

/* The table that rows and cells belong to; 0: none. Markdown's have theirs already. */
static size_t open_table(const struct structure *s)
{
	size_t table = find_open(s, NODE_TABLE, true);

	return table && s->open[table].by != OPEN_MARKDOWN ? table : 0;
}

static bool is_row_group(const struct open_node *entry)
{
	return is_name(entry, "thead") || is_name(entry, "tbody") || is_name(entry, "tfoot");
}

static void start_row(struct structure *s, const char *name, const struct element_attr *attrs, size_t n, uint32_t from,
		      uint8_t flags)
{
	size_t table = open_table(s);
	bool header = false;

	if (!table) { /* no row without a table */
		uint32_t index = open_block(s, NODE_CONTAINER, name, from, flags);
		tree_set_text(&s->build, index, str_of(name));
		return;
	}
	size_t keep = table + 1;
	for (; keep < s->n_open && is_row_group(&s->open[keep]); keep++)
		header = s->open[keep].header;
	structure_pop_to(s, keep, from);
	structure_push(s, NODE_TABLE_ROW, OPEN_HTML, name, from);
	structure_top(s)->header = header;
	structure_top(s)->filled = header; /* a cell of another kind does not change it */
	mark_exact(s, structure_top(s)->node, flags);
	add_attrs(s, structure_top(s)->node, attrs, n, NULL);
}

static uint8_t align_of(const struct element_attr *attrs, size_t n)
{
	struct str align = attr_value(attrs, n, "align"), style = attr_value(attrs, n, "style");

	if (!align.p && style.p) {
		const char *p = memmem(style.p, style.n, "text-align", 10);
		if (p) {
			align = str_trim(str_slice(p + 10, style.p + style.n));
			while (align.n && (*align.p == ':' || *align.p == ' '))
				align.p++, align.n--;
		}
	}
	if (str_starts(align, STR_LIT("left")))
		return 'l';
	if (str_starts(align, STR_LIT("right")))
		return 'r';
	return str_starts(align, STR_LIT("center")) ? 'c' : 0;
}

static void start_cell(struct structure *s, const char *name, const struct element_attr *attrs, size_t n, uint32_t from,
		       uint8_t flags)
{
	size_t row = find_open(s, NODE_TABLE_ROW, true), table = open_table(s);

	if (!table) {
		uint32_t index = open_block(s, NODE_CONTAINER, name, from, flags);
		tree_set_text(&s->build, index, str_of(name));
		return;
	}
	if (row > table) {
		structure_pop_to(s, row + 1, from);
	} else {
		structure_pop_to(s, table + 1, from);
		structure_push(s, NODE_TABLE_ROW, OPEN_IMPLIED, NULL, from);
		row = s->n_open - 1;
	}
	struct open_node *entry = &s->open[row];
	if (entry->by != OPEN_MARKDOWN && !(entry->filled && entry->header)) {
		bool th = name[1] == 'h';
		entry->header = th && (entry->header || !entry->filled);
		entry->filled = !entry->header; /* one td is enough to make it a row of the body */
	}
	structure_push(s, NODE_TABLE_CELL, OPEN_HTML, name, from);
	uint32_t index = structure_top(s)->node;
	struct node *cell = tree_node(&s->build, index);
	if (!cell || index == TREE_NONE)
		return;
	cell->flags |= flags & NODE_LINE_ONLY;
	cell->align = align_of(attrs, n);
	cell->colspan = (uint16_t)number_of(attr_value(attrs, n, "colspan"), 1, 1000, 1);
	cell->rowspan = (uint16_t)number_of(attr_value(attrs, n, "rowspan"), 0, 65534, 1);
	if (cell->rowspan == 0)
		cell->rowspan = 65534; /* to the end of the table */
	add_attrs(s, index, attrs, n, " align colspan rowspan ");
}

static void start_link(struct structure *s, const char *name, const struct element_attr *attrs, size_t n, uint32_t from,
		       uint8_t flags)
{
	struct str href = attr_value(attrs, n, "href"), title = attr_value(attrs, n, "title");
	uint32_t index = open_inline(s, href.p ? NODE_LINK : NODE_SPAN, name, from, flags);

	if (index == TREE_NONE)
		return;
	tree_set_text(&s->build, index, href.p ? href : STR_LIT("a"));
	if (href.p && title.p)
		tree_set_extra(&s->build, index, title);
	add_attrs(s, index, attrs, n, href.p ? " href title " : NULL);
}

static void add_image(struct structure *s, const struct element_attr *attrs, size_t n, uint32_t from, uint32_t to,
		      uint8_t flags)
{
	struct str src = attr_value(attrs, n, "src"), title = attr_value(attrs, n, "title");
	struct str alt = attr_value(attrs, n, "alt");

	structure_inline_here(s, from);
	uint32_t index = tree_open(&s->build, NODE_IMAGE, from);
	tree_set_text(&s->build, index, src.p ? src : STR_EMPTY);
	if (title.p)
		tree_set_extra(&s->build, index, title);
	add_attrs(s, index, attrs, n, " src title alt ");
	if (alt.p)
		tree_add_text(&s->build, alt, from, from);
	mark_exact(s, index, flags);
	if (index != TREE_NONE)
		tree_close(&s->build, to);
}

static void start_embed(struct structure *s, const char *name, const struct element_attr *attrs, size_t n,
			uint32_t from, uint8_t flags)
{
	struct str url = attr_value(attrs, n, name[0] == 'o' ? "data" : "src");
	struct str title = attr_value(attrs, n, "title");
	uint32_t index = open_inline(s, NODE_LINK, name, from, flags);

	if (index != TREE_NONE) {
		tree_set_text(&s->build, index, url.p ? url : STR_EMPTY);
		tree_add_attr(&s->build, index, STR_LIT("kind"), str_of(name));
		add_attrs(s, index, attrs, n, " src data kind ");
		if (title.p)
			tree_add_text(&s->build, title, from, from);
	}
	if (strcmp(name, "embed") == 0) {
		structure_pop(s, TREE_NONE);
		return;
	}
	structure_top(s)->skip = true; /* what is between the tags is for browsers that cannot show it */
	s->n_skip++;
}

/* The first <source> names what a <video> without src shows. */
static void add_source(struct structure *s, const struct element_attr *attrs, size_t n)
{
	struct open_node *top = structure_top(s);
	struct node *node = tree_node(&s->build, top->node);
	struct str src = attr_value(attrs, n, "src");

	if (top->skip && node && node->kind == NODE_LINK && node->text.len == 0 && src.p)
		tree_set_text(&s->build, top->node, src);
}

/* A check box at the beginning of an item makes it a task, as GitHub renders it. */
static void add_input(struct structure *s, const struct element_attr *attrs, size_t n)
{
	struct str type = attr_value(attrs, n, "type");
	size_t item = find_open(s, NODE_ITEM, false);
	struct node *node = item ? tree_node(&s->build, s->open[item].node) : NULL;
	/* nothing is in it but perhaps the beginning of a paragraph */
	bool first = node && (node->last == TREE_NONE || (node->last + 1 == s->build.tree.n_nodes &&
							  s->build.tree.nodes[node->last].kind == NODE_PARAGRAPH));

	if (first && str_eq_nocase(type, STR_LIT("checkbox")))
		node->flags |= find_attr(attrs, n, "checked") ? NODE_TASK | NODE_CHECKED : NODE_TASK;
}

/* A block that its place has no room for: what it holds is set apart by white space. */
static void start_break(struct structure *s, const char *name, uint32_t from)
{
	if (structure_push_none(s, OPEN_HTML, name))
		structure_top(s)->breaks = true;
	if (s->space == SPACE_NONE)
		s->space = SPACE_BREAK;
	s->space_from = from;
}

void structure_paragraph_end(struct structure *s, uint32_t to)
{
	for (size_t i = s->n_open - 1; i > 0; i--) {
		const struct open_node *entry = &s->open[i];
		if (entry->node == TREE_NONE || !node_kind_is_block(entry->kind))
			continue;
		if (entry->kind == NODE_PARAGRAPH && entry->by == OPEN_IMPLIED)
			structure_pop_to(s, i, to);
		return;
	}
}

static void start_paragraph(struct structure *s, const char *name, const struct element_attr *attrs, size_t n,
			    uint32_t from, uint8_t flags)
{
	if (structure_inline_only(s)) { /* in a heading or caption: only the line break of it is left */
		start_break(s, name, from);
		return;
	}
	size_t item = find_open(s, NODE_ITEM, false), list = find_open(s, NODE_LIST, false);
	if (item && list && item > list && s->open[list].by == OPEN_HTML && s->open[item].by == OPEN_HTML &&
	    inner_block(s) == item)
		tree_node(&s->build, s->open[list].node)->flags &= (uint8_t)~NODE_TIGHT;
	add_attrs(s, open_block(s, NODE_PARAGRAPH, name, from, flags), attrs, n, NULL);
}

static void start_block(struct structure *s, struct element e, const struct element_attr *attrs, size_t n,
			uint32_t from, uint8_t flags)
{
	enum node_kind kind = e.kind;
	bool container = kind == NODE_CONTAINER;

	if (container && structure_inline_only(s)) {
		start_break(s, e.name, from);
		return;
	}
	if (container && s->open[inner_block(s)].kind == NODE_DEFINITION_LIST) { /* around terms and definitions */
		structure_push_none(s, OPEN_HTML, e.name);
		return;
	}
	if (kind == NODE_CAPTION && !find_open(s, NODE_FIGURE, false) && !find_open(s, NODE_TABLE, true)) {
		kind = NODE_CONTAINER;
		container = true;
	}
	uint32_t index = open_block(s, kind, e.name, from, flags);
	if (container)
		tree_set_text(&s->build, index, str_of(e.name));
	add_attrs(s, index, attrs, n, NULL);
}

static void start_inline(struct structure *s, struct element e, const struct element_attr *attrs, size_t n,
			 uint32_t from, uint8_t flags)
{
	uint32_t index = open_inline(s, e.kind, e.name, from, flags);

	if (index == TREE_NONE)
		return;
	if (e.kind == NODE_SPAN) {
		struct str tag = arena_str(s->scratch, str_of(e.name));
		tree_set_text(&s->build, index, tag.p ? tag : STR_EMPTY);
	}
	add_attrs(s, index, attrs, n, NULL);
}

static void start_skip(struct structure *s, const char *name)
{
	if (structure_push_none(s, OPEN_HTML, name)) {
		structure_top(s)->skip = true;
		s->n_skip++;
	}
}

static void start_capture(struct structure *s, struct element e, const struct element_attr *attrs, size_t n,
			  uint32_t from)
{
	if (e.action == ELEMENT_PRE) {
		structure_block_here(s, NODE_CODE_BLOCK, from);
		capture_start(s, CAPTURE_PRE, e.name, from);
		s->info = language_of(s, attr_value(attrs, n, "class"));
	} else {
		structure_inline_here(s, from);
		capture_start(s, CAPTURE_CODE, e.name, from);
	}
	keep_attrs(s, attrs, n);
}

static void start_element(struct structure *s, struct element e, const struct element_attr *attrs, size_t n,
			  uint32_t from, uint32_t to, uint8_t flags)
{
	uint32_t index;

	switch ((enum element_action)e.action) {
	case ELEMENT_INLINE:
		start_inline(s, e, attrs, n, from, flags);
		break;
	case ELEMENT_BLOCK:
		start_block(s, e, attrs, n, from, flags);
		break;
	case ELEMENT_HEADING:
		index = open_block(s, NODE_HEADING, e.name, from, flags);
		if (tree_node(&s->build, index))
			tree_node(&s->build, index)->number = e.name[1] - '0';
		add_attrs(s, index, attrs, n, NULL);
		break;
	case ELEMENT_PARAGRAPH:
		start_paragraph(s, e.name, attrs, n, from, flags);
		break;
	case ELEMENT_LIST:
		start_list(s, e.name, attrs, n, from, flags);
		break;
	case ELEMENT_ITEM:
		inside(s, NODE_LIST, NULL, from);
		add_attrs(s, open_block(s, NODE_ITEM, e.name, from, flags), attrs, n, " value ");
		break;
	case ELEMENT_TERM:
	case ELEMENT_DEFINITION:
		inside(s, NODE_DEFINITION_LIST, NULL, from);
		add_attrs(s, open_block(s, e.kind, e.name, from, flags), attrs, n, NULL);
		break;
	case ELEMENT_ROW:
		start_row(s, e.name, attrs, n, from, flags);
		break;
	case ELEMENT_CELL:
		start_cell(s, e.name, attrs, n, from, flags);
		break;
	case ELEMENT_ROWS:
		if (open_table(s))
			structure_pop_to(s, open_table(s) + 1, from);
		if (structure_push_none(s, OPEN_HTML, e.name))
			structure_top(s)->header = e.name[1] == 'h';
		break;
	case ELEMENT_LINK:
		start_link(s, e.name, attrs, n, from, flags);
		break;
	case ELEMENT_IMAGE:
		add_image(s, attrs, n, from, to, flags);
		break;
	case ELEMENT_EMBED:
		start_embed(s, e.name, attrs, n, from, flags);
		break;
	case ELEMENT_BREAK:
		if (s->space == SPACE_NONE && s->breaks == 0)
			s->space_from = from;
		s->breaks++;
		break;
	case ELEMENT_RULE:
		structure_block_here(s, NODE_THEMATIC_BREAK, from);
		mark_exact(s, tree_leaf(&s->build, NODE_THEMATIC_BREAK, from, to), flags);
		break;
	case ELEMENT_PRE:
	case ELEMENT_CODE:
		start_capture(s, e, attrs, n, from);
		break;
	case ELEMENT_INPUT:
		add_input(s, attrs, n);
		break;
	case ELEMENT_TITLE:
	case ELEMENT_TRANSPARENT:
	case ELEMENT_SOURCE:
	case ELEMENT_VOID:
		break;
	case ELEMENT_SKIP:
		start_skip(s, e.name);
		break;
	}
}

void structure_start(struct structure *s, const char *name, const struct element_attr *attrs, size_t n_attrs,
		     uint32_t from, uint32_t to, uint8_t flags)
{
	struct element e = element_find(name);

	if (s->failed)
		return;
	if (e.action == ELEMENT_INLINE && e.kind == NODE_SPAN) {
		struct str kept = arena_str(s->scratch, str_of(name)); /* the parser's own goes with it */
		if (!kept.p) {
			s->failed = true;
			return;
		}
		e.name = kept.p;
	}
	if (e.action == ELEMENT_TITLE && s->capture == CAPTURE_NONE && !s->title.p) {
		capture_start(s, CAPTURE_TITLE, e.name, from);
		return;
	}
	if (s->n_skip > 0) {
		if (e.action == ELEMENT_SOURCE)
			add_source(s, attrs, n_attrs);
		else if (e.action != ELEMENT_VOID && e.action != ELEMENT_BREAK && e.action != ELEMENT_IMAGE &&
			 e.action != ELEMENT_RULE && e.action != ELEMENT_INPUT && e.action != ELEMENT_TRANSPARENT)
			structure_push_none(s, OPEN_HTML, e.name);
		return;
	}
	if (!start_in_capture(s, e, attrs, n_attrs))
		start_element(s, e, attrs, n_attrs, from, to, flags);
}

void structure_end(struct structure *s, const char *name, uint32_t to)
{
	struct element e = element_find(name);
	size_t i = s->n_open;

	switch ((enum element_action)e.action) {
	case ELEMENT_TRANSPARENT:
	case ELEMENT_VOID:
	case ELEMENT_BREAK:
	case ELEMENT_IMAGE:
	case ELEMENT_RULE:
	case ELEMENT_INPUT:
	case ELEMENT_SOURCE:
		return;
	default:
		break;
	}
	while (i > 1 && !is_name(&s->open[i - 1], name))
		i--;
	if (i <= 1)
		return;
	for (size_t k = i; k < s->n_open; k++) {
		if (s->open[k].by == OPEN_MARKDOWN && node_kind_is_block(s->open[k].kind)) {
			s->open[i - 1].closing = true; /* when that block ends, this element does */
			return;
		}
	}
	structure_pop_to(s, i - 1, to);
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
	const char *end = text.p + text.n;
	bool exact = !(flags & NODE_LINE_ONLY) && to - from == text.n;

	if (s->failed || (s->n_skip > 0 && s->capture == CAPTURE_NONE))
		return;
	if (s->capture != CAPTURE_NONE) {
		buf_adds(&s->captured, text);
		return;
	}
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
			mark_exact(s, parent->last, flags);
		p = q;
	}
}
