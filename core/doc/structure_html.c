/*
 * structure_html.c - HTML's side of structure.h: what each element does to
 * the stack and which of its attributes become fields.
 */
#include "doc/structure_private.h"

/* ------------------------------------------------------------ attributes */

/* NULL, and p NULL, where there is none. */
static const struct element_attr *structure_find_attr(const struct element_attr *attrs, size_t n, const char *key)
{
	for (size_t i = 0; i < n; i++)
		if (attrs[i].key.n > 0 && *attrs[i].key.p == *key && str_eqz(attrs[i].key, key))
			return &attrs[i];
	return NULL;
}

struct str structure_attr(const struct element_attr *attrs, size_t n, const char *key)
{
	const struct element_attr *a = structure_find_attr(attrs, n, key);

	return a ? a->value : (struct str){ NULL, 0 };
}

/* Among words with blanks around each. */
static bool is_among(const char *words, struct str word)
{
	for (const char *p = words + 1; *p; p = strchr(p, ' ') + 1)
		if (strncmp(p, word.p, word.n) == 0 && p[word.n] == ' ')
			return true;
	return false;
}

void structure_add_attrs(struct structure *s, uint32_t node, const struct element_attr *attrs, size_t n,
			 const char *taken)
{
	for (size_t i = 0; i < n; i++)
		if (!taken || !is_among(taken, attrs[i].key))
			tree_add_attr(&s->build, node, attrs[i].key, attrs[i].value);
}

int32_t structure_number(struct str v, int32_t least, int32_t most, int32_t fallback)
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

bool structure_is_name(const struct open_node *entry, const char *name)
{
	return entry->by == OPEN_HTML && entry->name && (entry->name == name || strz_cmp(entry->name, name) == 0);
}

size_t structure_find_open(const struct structure *s, enum node_kind kind, bool through_cells)
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

void structure_mark_exact(struct structure *s, uint32_t index, uint8_t flags)
{
	struct node *node = tree_node(&s->build, index);

	if (node)
		node->flags |= flags & NODE_LINE_ONLY;
}

uint32_t structure_open_block(struct structure *s, enum node_kind kind, const char *name, uint32_t from, uint8_t flags)
{
	structure_block_here(s, kind, from);
	if (!structure_push(s, kind, OPEN_HTML, name, from))
		return TREE_NONE;
	structure_mark_exact(s, structure_top(s)->node, flags);
	return structure_top(s)->node;
}

static uint32_t open_inline(struct structure *s, enum node_kind kind, const char *name, uint32_t from, uint8_t flags)
{
	structure_inline_here(s, from);
	if (!structure_push(s, kind, OPEN_HTML, name, from))
		return TREE_NONE;
	structure_mark_exact(s, structure_top(s)->node, flags);
	return structure_top(s)->node;
}

/* -------------------------------------------------------------- elements */

static void start_list(struct structure *s, const char *name, const struct element_attr *attrs, size_t n, uint32_t from,
		       uint8_t flags)
{
	uint32_t index = structure_open_block(s, NODE_LIST, name, from, flags);
	struct node *node = tree_node(&s->build, index);

	if (!node)
		return;
	node->flags |= NODE_TIGHT;
	if (name[0] == 'o') {
		node->flags |= NODE_ORDERED;
		node->number = structure_number(structure_attr(attrs, n, "start"), 0, 999999999, 1);
	}
	structure_add_attrs(s, index, attrs, n, name[0] == 'o' ? " start " : NULL);
}

void structure_inside(struct structure *s, enum node_kind kind, const char *implied, uint32_t from)
{
	size_t i = structure_find_open(s, kind, false);

	if (i) {
		structure_pop_to(s, i + 1, from);
		return;
	}
	structure_block_here(s, kind, from);
	structure_push(s, kind, OPEN_IMPLIED, implied, from);
	if (kind == NODE_LIST && tree_node(&s->build, structure_top(s)->node))
		tree_node(&s->build, structure_top(s)->node)->flags |= NODE_TIGHT;
}

static void start_link(struct structure *s, const char *name, const struct element_attr *attrs, size_t n, uint32_t from,
		       uint8_t flags)
{
	struct str href = structure_attr(attrs, n, "href"), title = structure_attr(attrs, n, "title");
	uint32_t index = open_inline(s, href.p ? NODE_LINK : NODE_SPAN, name, from, flags);

	if (index == TREE_NONE)
		return;
	tree_set_text(&s->build, index, href.p ? href : STR_LIT("a"));
	if (href.p && title.p)
		tree_set_extra(&s->build, index, title);
	structure_add_attrs(s, index, attrs, n, href.p ? " href title " : NULL);
}

static void add_image(struct structure *s, const struct element_attr *attrs, size_t n, uint32_t from, uint32_t to,
		      uint8_t flags)
{
	struct str src = structure_attr(attrs, n, "src"), title = structure_attr(attrs, n, "title");
	struct str alt = structure_attr(attrs, n, "alt");

	structure_inline_here(s, from);
	uint32_t index = tree_open(&s->build, NODE_IMAGE, from);
	tree_set_text(&s->build, index, src.p ? src : STR_EMPTY);
	if (title.p)
		tree_set_extra(&s->build, index, title);
	structure_add_attrs(s, index, attrs, n, " src title alt ");
	if (alt.p)
		tree_add_text(&s->build, alt, from, to); /* somewhere in the tag */
	structure_mark_exact(s, index, flags);
	if (index != TREE_NONE)
		tree_close(&s->build, to);
}

static void start_embed(struct structure *s, const char *name, const struct element_attr *attrs, size_t n,
			uint32_t from, uint32_t to, uint8_t flags)
{
	struct str url = structure_attr(attrs, n, name[0] == 'o' ? "data" : "src");
	struct str title = structure_attr(attrs, n, "title");
	uint32_t index = open_inline(s, NODE_LINK, name, from, flags);

	if (index != TREE_NONE) {
		tree_set_text(&s->build, index, url.p ? url : STR_EMPTY);
		tree_add_attr(&s->build, index, STR_LIT("kind"), str_of(name));
		structure_add_attrs(s, index, attrs, n, " src data kind ");
		if (title.p)
			tree_add_text(&s->build, title, from, to);
	}
	if (strcmp(name, "embed") == 0) {
		structure_pop(s, to);
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
	struct str src = structure_attr(attrs, n, "src");

	if (top->skip && node && node->kind == NODE_LINK && node->text.len == 0 && src.p)
		tree_set_text(&s->build, top->node, src);
}

/* A check box at the beginning of an item makes it a task, as GitHub renders it. */
static void add_input(struct structure *s, const struct element_attr *attrs, size_t n)
{
	struct str type = structure_attr(attrs, n, "type");
	size_t item = structure_find_open(s, NODE_ITEM, false);
	struct node *node = item ? tree_node(&s->build, s->open[item].node) : NULL;
	/* nothing is in it but perhaps the beginning of a paragraph */
	bool first = node && (node->last == TREE_NONE || (node->last + 1 == s->build.tree.n_nodes &&
							  s->build.tree.nodes[node->last].kind == NODE_PARAGRAPH));

	if (first && str_eq_nocase(type, STR_LIT("checkbox")))
		node->flags |= structure_find_attr(attrs, n, "checked") ? NODE_TASK | NODE_CHECKED : NODE_TASK;
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
	size_t item = structure_find_open(s, NODE_ITEM, false), list = structure_find_open(s, NODE_LIST, false);
	if (item && list && item > list && s->open[list].by == OPEN_HTML && s->open[item].by == OPEN_HTML &&
	    inner_block(s) == item)
		tree_node(&s->build, s->open[list].node)->flags &= (uint8_t)~NODE_TIGHT;
	structure_add_attrs(s, structure_open_block(s, NODE_PARAGRAPH, name, from, flags), attrs, n, NULL);
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
	if (kind == NODE_CAPTION && !structure_find_open(s, NODE_FIGURE, false) &&
	    !structure_find_open(s, NODE_TABLE, true)) {
		kind = NODE_CONTAINER;
		container = true;
	}
	uint32_t index = structure_open_block(s, kind, e.name, from, flags);
	if (container)
		tree_set_text(&s->build, index, str_of(e.name));
	structure_add_attrs(s, index, attrs, n, NULL);
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
	structure_add_attrs(s, index, attrs, n, NULL);
}

static void start_skip(struct structure *s, const char *name)
{
	if (structure_push_none(s, OPEN_HTML, name)) {
		structure_top(s)->skip = true;
		s->n_skip++;
	}
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
		index = structure_open_block(s, NODE_HEADING, e.name, from, flags);
		if (tree_node(&s->build, index))
			tree_node(&s->build, index)->number = e.name[1] - '0';
		structure_add_attrs(s, index, attrs, n, NULL);
		break;
	case ELEMENT_PARAGRAPH:
		start_paragraph(s, e.name, attrs, n, from, flags);
		break;
	case ELEMENT_LIST:
		start_list(s, e.name, attrs, n, from, flags);
		break;
	case ELEMENT_ITEM:
		structure_inside(s, NODE_LIST, NULL, from);
		structure_add_attrs(s, structure_open_block(s, NODE_ITEM, e.name, from, flags), attrs, n, " value ");
		break;
	case ELEMENT_TERM:
	case ELEMENT_DEFINITION:
		structure_inside(s, NODE_DEFINITION_LIST, NULL, from);
		structure_add_attrs(s, structure_open_block(s, e.kind, e.name, from, flags), attrs, n, NULL);
		break;
	case ELEMENT_ROW:
		structure_start_row(s, e.name, attrs, n, from, flags);
		break;
	case ELEMENT_CELL:
		structure_start_cell(s, e.name, attrs, n, from, flags);
		break;
	case ELEMENT_ROWS:
		if (structure_open_table(s))
			structure_pop_to(s, structure_open_table(s) + 1, from);
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
		start_embed(s, e.name, attrs, n, from, to, flags);
		break;
	case ELEMENT_BREAK:
		if (s->space == SPACE_NONE && s->breaks == 0)
			s->space_from = from;
		s->breaks++;
		break;
	case ELEMENT_RULE:
		structure_block_here(s, NODE_THEMATIC_BREAK, from);
		structure_mark_exact(s, tree_leaf(&s->build, NODE_THEMATIC_BREAK, from, to), flags);
		break;
	case ELEMENT_PRE:
	case ELEMENT_CODE:
		structure_start_capture(s, e, attrs, n, from);
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
		structure_capture_start(s, CAPTURE_TITLE, e.name, from);
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
	if (!structure_start_in_capture(s, e, attrs, n_attrs))
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
	while (i > 1 && !structure_is_name(&s->open[i - 1], name))
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
