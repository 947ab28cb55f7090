/*
 * view.c - outline, images, links, tables and sections of a record.
 *
 * One pass over the flat array each.  Knows the tree and plain values, not who asks.
 */
#include "doc/view.h"
#include "doc/view_item.h"

/* Cells that spans and padding may add to the tables of one document. */
#define PADDING_MAX 1000000
/* As the HTML standard clamps it. */
#define COLSPAN_MAX 1000

struct view {
	struct view_walk walk;
	struct view_nodes nodes;
	const struct tree *tree;
	struct arena *arena;
	struct value *out;
	struct buf text; /* scratch */
	bool failed;
};

static bool view_begin(struct view *v, struct record *r, enum view_kind kind, struct arena *a, struct value *out)
{
	*v = (struct view){ .arena = a, .out = out };
	*out = value_list();
	buf_init(&v->text, a->heap, 0);
	if (!view_walk_begin(&v->walk, r, kind, &v->nodes, &v->text))
		return false;
	v->tree = v->walk.tree;
	return true;
}

static bool view_end(struct view *v)
{
	buf_release(&v->text);
	view_nodes_release(&v->nodes, v->arena->heap);
	return !v->failed && !v->walk.failed;
}

static struct str kept(struct view *v, struct str s)
{
	s = arena_str(v->arena, s);
	v->failed = v->failed || !s.p;
	return s.p ? s : STR_EMPTY;
}

static struct str view_text(struct view *v, uint32_t node)
{
	return kept(v, view_walk_text(&v->walk, node, 0));
}

/* The keys of one entry differ. */
static void set(struct view *v, struct value *map, struct str key, struct value item)
{
	if (!value_add(v->arena, map, key, item))
		v->failed = true;
}

static struct value entry_new(struct view *v)
{
	enum { MEMBERS = 6 };
	struct value entry = value_map();

	if (!value_map_reserve(v->arena, &entry, MEMBERS))
		v->failed = true;
	return entry;
}

/* Values may outlive the record. */
static struct value string_or_null(struct view *v, struct str s)
{
	return s.p ? value_string(kept(v, s)) : value_null();
}

static struct value line_or_null(uint32_t line)
{
	return line ? value_int(line) : value_null();
}

static void append(struct view *v, struct value *list, struct value item)
{
	if (!value_append(v->arena, list, item))
		v->failed = true;
}

/* ------------------------------------------------- outline, images, links */

static void heading_append(struct view *v, const struct view_item *item)
{
	struct value entry = entry_new(v);

	set(v, &entry, STR_LIT("level"), value_int(item->level));
	set(v, &entry, STR_LIT("text"), value_string(kept(v, item->text)));
	set(v, &entry, STR_LIT("line"), line_or_null(item->line));
	set(v, &entry, STR_LIT("id"), string_or_null(v, item->id));
	if (item->anchor.p)
		set(v, &entry, STR_LIT("anchor"), value_string(item->anchor));
	append(v, v->out, entry);
}

static void image_append(struct view *v, const struct view_item *item)
{
	struct value entry = entry_new(v);

	set(v, &entry, STR_LIT("src"), value_string(kept(v, item->url)));
	set(v, &entry, STR_LIT("alt"), value_string(kept(v, item->text)));
	set(v, &entry, STR_LIT("title"), string_or_null(v, item->title));
	set(v, &entry, STR_LIT("line"), line_or_null(item->line));
	append(v, v->out, entry);
}

static void link_append(struct view *v, const struct view_item *item)
{
	struct value entry = entry_new(v);

	set(v, &entry, STR_LIT("href"), value_string(kept(v, item->url)));
	set(v, &entry, STR_LIT("text"), value_string(kept(v, item->text)));
	set(v, &entry, STR_LIT("line"), line_or_null(item->line));
	set(v, &entry, STR_LIT("title"), string_or_null(v, item->title));
	append(v, v->out, entry);
}

static bool view_items(struct record *r, enum view_kind kind, struct arena *a, struct value *out,
		       void (*item_append)(struct view *v, const struct view_item *item))
{
	struct anchors anchors;
	struct view_item item;
	struct view v;

	anchors_init(&anchors, a);
	if (!view_begin(&v, r, kind, a, out))
		return false;
	v.failed = !view_nodes_find(&v.nodes, a->heap, v.tree);
	while (!v.failed && view_walk_next(&v.walk, &item)) {
		view_item_complete(&v.walk, &anchors, &item);
		item_append(&v, &item);
	}
	return view_end(&v);
}

bool view_outline(struct record *r, struct arena *a, struct value *out)
{
	return view_items(r, VIEW_OUTLINE, a, out, heading_append);
}

bool view_images(struct record *r, struct arena *a, struct value *out)
{
	return view_items(r, VIEW_IMAGES, a, out, image_append);
}

bool view_links(struct record *r, struct arena *a, struct value *out)
{
	return view_items(r, VIEW_LINKS, a, out, link_append);
}

/* ---------------------------------------------------------------- sections */

uint32_t view_section_block(const struct tree *t, uint32_t from, uint32_t end)
{
	while (from < end && t->nodes[from].end > end)
		from++;
	return from < end ? from : TREE_NONE;
}

static struct value index_or_null(uint32_t index)
{
	return index == TREE_NONE ? value_null() : value_int(index);
}

static void section_append(struct view *v, uint32_t heading, uint32_t from, uint32_t end)
{
	uint32_t first = view_section_block(v->tree, from, end), last = TREE_NONE;
	const bool preamble = heading == TREE_NONE;

	if (preamble && first == TREE_NONE)
		return;
	for (uint32_t i = first; i != TREE_NONE; i = view_section_block(v->tree, v->tree->nodes[i].end, end))
		last = i;
	struct value entry = entry_new(v);
	set(v, &entry, STR_LIT("level"), value_int(preamble ? 0 : v->tree->nodes[heading].number));
	set(v, &entry, STR_LIT("title"),
	    value_string(preamble ? STR_EMPTY : kept(v, view_walk_label(&v->walk, heading))));
	set(v, &entry, STR_LIT("line"), line_or_null(record_line(v->walk.record, preamble ? first : heading)));
	set(v, &entry, STR_LIT("node"), index_or_null(heading));
	set(v, &entry, STR_LIT("first"), index_or_null(first));
	set(v, &entry, STR_LIT("last"), index_or_null(last));
	append(v, v->out, entry);
}

bool view_sections(struct record *r, struct arena *a, struct value *out)
{
	struct view v;
	uint32_t heading = TREE_NONE, from = 1;

	if (!view_begin(&v, r, VIEW_OUTLINE, a, out))
		return false;
	for (uint32_t i = 1; i <= v.tree->n_nodes && !v.failed; i++) {
		if (i < v.tree->n_nodes && v.tree->nodes[i].kind != NODE_HEADING)
			continue;
		section_append(&v, heading, from, i);
		heading = i;
		from = i < v.tree->n_nodes ? v.tree->nodes[i].end : i;
		if (from > i + 1)
			i = from - 1;
	}
	return view_end(&v);
}

/* ------------------------------------------------------------------ tables */

/* One column of the grid: what hangs down into the rows below. */
struct column {
	uint32_t left; /* rows still covered by a cell above */
	struct str text;
};

struct grid {
	struct view *view;
	uint32_t table, n_rows;
	uint32_t n_columns; /* once measured */
	struct column *columns;
	size_t n, cap; /* columns in use, allocated */
	uint64_t cells, cells_max;
	uint64_t repeat; /* bytes of text that repeated cells may still add */
};

static bool column_reserve(struct grid *g, size_t n)
{
	struct column *columns = mem_grow(g->view->arena->heap, g->columns, &g->cap, n, sizeof(*columns));

	if (!columns) {
		g->view->failed = true;
		return false;
	}
	g->columns = columns;
	for (; g->n < n; g->n++)
		g->columns[g->n] = (struct column){ 0, STR_EMPTY };
	return true;
}

static uint32_t next_of_kind(const struct tree *t, uint32_t node, enum node_kind kind)
{
	while (node != TREE_NONE && t->nodes[node].kind != kind)
		node = tree_next(t, node);
	return node;
}

static uint32_t first_of_kind(const struct tree *t, uint32_t node, enum node_kind kind)
{
	return next_of_kind(t, tree_first(t, node), kind);
}

static uint32_t following_of_kind(const struct tree *t, uint32_t node, enum node_kind kind)
{
	return next_of_kind(t, tree_next(t, node), kind);
}

static void grid_put(struct grid *g, struct value *row, struct str text, bool repeated)
{
	g->cells++;
	if (!row)
		return;
	if (repeated && text.n > g->repeat)
		text = STR_EMPTY;
	else if (repeated)
		g->repeat -= text.n;
	append(g->view, row, value_string(text));
}

/* A cell over its columns, as far as they are free. */
static size_t grid_cell(struct grid *g, struct value *row, uint32_t cell, size_t at, uint32_t rows_below)
{
	const struct node *n = &g->view->tree->nodes[cell];
	struct str text = row ? view_text(g->view, cell) : STR_EMPTY;
	uint32_t down = n->rowspan > 1 ? n->rowspan - 1u : 0;
	size_t wide = n->colspan > 1 ? n->colspan : 1;

	if (wide > COLSPAN_MAX)
		wide = COLSPAN_MAX;
	for (size_t i = 0; i < wide && g->cells <= g->cells_max; i++, at++) {
		if (i > 0 && at < g->n && g->columns[at].left)
			break;
		if (!column_reserve(g, at + 1))
			break;
		g->columns[at] = (struct column){ down < rows_below ? down : rows_below, text };
		grid_put(g, row, text, i > 0);
	}
	return at;
}

/* Cells that hang down from rows above, from column at on. */
static size_t grid_hanging(struct grid *g, struct value *row, size_t at)
{
	while (at < g->n && g->columns[at].left && g->cells <= g->cells_max) {
		g->columns[at].left--;
		grid_put(g, row, g->columns[at].text, true);
		at++;
	}
	return at;
}

/* Lays out one row and returns its width; without `row` it only counts. */
static size_t grid_row(struct grid *g, struct value *row, uint32_t node, uint32_t rows_below)
{
	const struct tree *t = g->view->tree;
	size_t at = 0, before;

	for (uint32_t cell = first_of_kind(t, node, NODE_TABLE_CELL); cell != TREE_NONE;
	     cell = following_of_kind(t, cell, NODE_TABLE_CELL)) {
		at = grid_hanging(g, row, at);
		at = grid_cell(g, row, cell, at, rows_below);
	}
	/* What hangs further right, and gaps up to the width of the table. */
	while (at < (row ? g->n_columns : g->n) && g->cells <= g->cells_max) {
		before = at;
		at = grid_hanging(g, row, at);
		if (at == before) {
			at++;
			grid_put(g, row, STR_EMPTY, false);
		}
	}
	return at;
}

/* Counts rows and columns; false when the grid is too large to be laid out. */
static bool grid_measure(struct grid *g)
{
	const struct tree *t = g->view->tree;
	uint32_t row, done = 0;
	size_t width;

	g->n_rows = 0;
	g->n_columns = 0;
	for (row = first_of_kind(t, g->table, NODE_TABLE_ROW); row != TREE_NONE;
	     row = following_of_kind(t, row, NODE_TABLE_ROW))
		g->n_rows++;
	for (row = first_of_kind(t, g->table, NODE_TABLE_ROW); row != TREE_NONE;
	     row = following_of_kind(t, row, NODE_TABLE_ROW)) {
		width = grid_row(g, NULL, row, g->n_rows - ++done);
		if (g->cells > g->cells_max || g->view->failed)
			return false;
		g->n_columns = width > g->n_columns ? (uint32_t)width : g->n_columns;
	}
	return (uint64_t)g->n_rows * g->n_columns <= g->cells_max;
}

/* Rows with their own cells, each once. */
static void rows_plain(struct view *v, uint32_t table, struct value *rows)
{
	const struct tree *t = v->tree;

	for (uint32_t row = first_of_kind(t, table, NODE_TABLE_ROW); row != TREE_NONE && !v->failed;
	     row = following_of_kind(t, row, NODE_TABLE_ROW)) {
		struct value cells = value_list();
		for (uint32_t cell = first_of_kind(t, row, NODE_TABLE_CELL); cell != TREE_NONE && !v->failed;
		     cell = following_of_kind(t, cell, NODE_TABLE_CELL))
			append(v, &cells, value_string(view_text(v, cell)));
		append(v, rows, cells);
	}
}

static void rows_grid(struct grid *g, struct value *rows)
{
	const struct tree *t = g->view->tree;
	uint32_t done = 0;

	g->n = 0;
	g->cells = 0;
	for (uint32_t row = first_of_kind(t, g->table, NODE_TABLE_ROW); row != TREE_NONE && !g->view->failed;
	     row = following_of_kind(t, row, NODE_TABLE_ROW)) {
		struct value cells = value_list();
		grid_row(g, &cells, row, g->n_rows - ++done);
		append(g->view, rows, cells);
	}
}

static void table_append(struct grid *g)
{
	struct value rows = value_list();
	uint64_t own = g->view->tree->nodes[g->table].end - g->table, left = g->cells_max;

	g->n = 0;
	g->cells = 0;
	g->cells_max = left + own;
	if (!grid_measure(g)) {
		g->cells_max = left;
		rows_plain(g->view, g->table, &rows);
	} else {
		rows_grid(g, &rows);
		g->cells_max = g->cells > own ? left - (g->cells - own < left ? g->cells - own : left) : left;
	}
	append(g->view, g->view->out, rows);
}

bool view_tables(struct record *r, struct arena *a, struct value *out)
{
	struct view v;
	struct grid g = { .view = &v, .cells_max = PADDING_MAX };

	if (!view_begin(&v, r, VIEW_OUTLINE, a, out))
		return false;
	g.repeat = ((uint64_t)v.tree->n_pool + 16384) * 4;
	for (uint32_t i = 0; i < v.tree->n_nodes && !v.failed; i++) {
		if (v.tree->nodes[i].kind != NODE_TABLE)
			continue;
		g.table = i;
		table_append(&g);
	}
	if (g.columns)
		mem_free(a->heap, g.columns, g.cap * sizeof(*g.columns));
	return view_end(&v);
}
