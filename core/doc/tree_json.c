/*
 * tree_json.c - see tree_json.h.
 *
 * A stack of lists that are being read takes the place of recursion, and
 * names the place of an error.  Fields are those of node_kind_fields: one that a kind does
 * not have is an error, as is a node where its parent can hold none of its sort.
 */
#include "doc/tree_json.h"

#include <stdio.h>

#include "base/json.h"

/* One list of children that is open. */
struct level {
	const struct value *list;
	size_t next;
};

struct reader {
	struct tree_build *b;
	struct arena *scratch;
	const struct tree_json_limits *limits;
	struct diags *d;
	struct level *levels;
	size_t n, cap;
	bool failed;
};

/* "children[0].children[2]"; the middle of a long way is left out. */
static void place_of(const struct reader *r, char *out, size_t size)
{
	size_t used = 0;

	out[0] = '\0';
	for (size_t i = 0; i < r->n; i++) {
		if (i == 3 && r->n > 8) {
			used += (size_t)snprintf(out + used, size - used, "...");
			i = r->n - 4;
		}
		if (used + 40 < size)
			used += (size_t)snprintf(out + used, size - used, "children[%zu].", r->levels[i].next - 1);
	}
}

static bool complain(struct reader *r, const char *field, const char *what)
{
	char place[400];

	place_of(r, place, sizeof place);
	if (!r->failed)
		diags_add(r->d, SEVERITY_ERROR, 0, 0,
			  "plugins/README.md lists the kinds of nodes, their fields and what they may hold",
			  "%s%.60s: %s", place, field, what);
	r->failed = true;
	return false;
}

/* ------------------------------------------------------------------ fields */

static bool is_text(const struct value *v)
{
	return v->kind == VALUE_STRING && (v->as.string.n == 0 || !memchr(v->as.string.p, '\0', v->as.string.n));
}

static bool read_attributes(struct reader *r, uint32_t node, const struct value *v)
{
	if (v->kind != VALUE_MAP)
		return complain(r, "attributes", "must be a map of strings");
	if (v->as.map.n > r->limits->max_attributes)
		return complain(r, "attributes", "too many of them");
	for (size_t i = 0; i < v->as.map.n; i++) {
		const struct value_member *m = &v->as.map.members[i];
		if (!is_text(&m->value))
			return complain(r, "attributes", "must be a map of strings");
		tree_add_attr(r->b, node, m->key, m->value.as.string);
	}
	return true;
}

static bool read_integer(struct reader *r, const char *field, const struct value *v, int64_t least, int64_t most,
			 int64_t *out)
{
	char what[80];

	if (v->kind == VALUE_INT && v->as.integer >= least && v->as.integer <= most) {
		*out = v->as.integer;
		return true;
	}
	snprintf(what, sizeof what, "must be an integer from %lld to %lld", (long long)least, (long long)most);
	return complain(r, field, what);
}

static char align_letter(const struct value *v)
{
	if (v->kind == VALUE_NULL)
		return '-';
	if (v->kind != VALUE_STRING)
		return 0;
	if (str_eqz(v->as.string, "left"))
		return 'l';
	if (str_eqz(v->as.string, "center"))
		return 'c';
	return str_eqz(v->as.string, "right") ? 'r' : 0;
}

static bool read_aligns(struct reader *r, uint32_t node, const struct value *v)
{
	struct buf letters;

	if (v->kind != VALUE_LIST)
		return complain(r, "align", "must be a list of \"left\", \"center\", \"right\" and null");
	buf_init(&letters, r->scratch->heap, 0);
	buf_addz(&letters, "");
	for (size_t i = 0; i < v->as.list.n; i++) {
		const char letter = align_letter(&v->as.list.items[i]);
		if (!letter) {
			buf_release(&letters);
			return complain(r, "align", "must be a list of \"left\", \"center\", \"right\" and null");
		}
		buf_addc(&letters, letter);
	}
	if (!buf_ok(&letters))
		r->b->status = BUILD_NOMEM;
	tree_set_text(r->b, node, (struct str){ letters.n ? letters.p : "", letters.n });
	buf_release(&letters);
	return true;
}

static bool read_align(struct reader *r, uint32_t node, const struct value *v)
{
	struct node *n = tree_node(r->b, node);
	const char letter = align_letter(v);

	if (n && n->kind == NODE_TABLE)
		return read_aligns(r, node, v);
	if (!letter || letter == '-')
		return complain(r, "align", "must be \"left\", \"center\" or \"right\"");
	if (n)
		n->align = (uint8_t)letter;
	return true;
}

static bool read_flag(struct reader *r, uint32_t node, const char *field, const struct value *v, unsigned flag)
{
	struct node *n = tree_node(r->b, node);

	if (v->kind != VALUE_BOOL)
		return complain(r, field, "must be true or false");
	if (n && v->as.boolean)
		n->flags |= (uint8_t)flag;
	if (n && flag == NODE_CHECKED)
		n->flags |= NODE_TASK;
	return true;
}

static bool read_number(struct reader *r, uint32_t node, const char *field, const struct value *v)
{
	struct node *n = tree_node(r->b, node);
	const bool span = str_eqz(str_of(field), "colspan") || str_eqz(str_of(field), "rowspan");
	const int64_t least = str_eqz(str_of(field), "start") ? 0 : 1;
	int64_t i = 0;

	if (!read_integer(r, field, v, least, span ? UINT16_MAX : least ? 6 : 999999999, &i))
		return false;
	if (!n)
		return true;
	if (!span)
		n->number = (int32_t)i;
	else if (field[0] == 'c')
		n->colspan = (uint16_t)i;
	else
		n->rowspan = (uint16_t)i;
	return true;
}

static bool read_string(struct reader *r, uint32_t node, const char *field, const struct value *v)
{
	if (!is_text(v))
		return complain(r, field, "must be a string without NUL");
	if (strcmp(field, "title") == 0 || strcmp(field, "info") == 0)
		tree_set_extra(r->b, node, v->as.string);
	else
		tree_set_text(r->b, node, v->as.string);
	return true;
}

static bool read_field(struct reader *r, uint32_t node, const char *field, const struct value *v)
{
	static const struct {
		const char *name;
		unsigned flag;
	} flags[] = { { "ordered", NODE_ORDERED },
		      { "tight", NODE_TIGHT },
		      { "header", NODE_HEADER },
		      { "checked", NODE_CHECKED } };

	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
		if (strcmp(field, flags[i].name) == 0)
			return read_flag(r, node, field, v, flags[i].flag);
	if (strcmp(field, "align") == 0)
		return read_align(r, node, v);
	if (strcmp(field, "level") == 0 || strcmp(field, "start") == 0 || strcmp(field, "colspan") == 0 ||
	    strcmp(field, "rowspan") == 0)
		return read_number(r, node, field, v);
	return read_string(r, node, field, v);
}

static const char *field_find(enum node_kind kind, struct str key)
{
	for (const char *const *name = node_kind_fields(kind); *name; name++)
		if (str_eqz(key, *name))
			return *name;
	return NULL;
}

/* Positions are of a source that is not here. */
static bool is_said_elsewhere(struct str key)
{
	return str_eqz(key, "kind") || str_eqz(key, "children") || str_eqz(key, "line");
}

static bool read_members(struct reader *r, uint32_t node, enum node_kind kind, const struct value *v)
{
	for (size_t i = 0; i < v->as.map.n; i++) {
		const struct value_member *m = &v->as.map.members[i];
		const char *field = field_find(kind, m->key);
		char name[64];
		if (is_said_elsewhere(m->key))
			continue;
		if (str_eqz(m->key, "attributes")) {
			if (!read_attributes(r, node, &m->value))
				return false;
		} else if (field) {
			if (!read_field(r, node, field, &m->value))
				return false;
		} else {
			snprintf(name, sizeof name, "%.*s", (int)(m->key.n < 40 ? m->key.n : 40), m->key.p);
			return complain(r, name, "no such field of this kind");
		}
	}
	return true;
}

/* ------------------------------------------------------------------- nodes */

/* Lists, rows and cells stand where they belong. */
static bool family_fits(enum node_kind parent, enum node_kind kind)
{
	if (kind == NODE_ITEM || parent == NODE_LIST)
		return kind == NODE_ITEM && parent == NODE_LIST;
	if (kind == NODE_TABLE_ROW)
		return parent == NODE_TABLE;
	if (kind == NODE_TABLE_CELL || parent == NODE_TABLE_ROW)
		return kind == NODE_TABLE_CELL && parent == NODE_TABLE_ROW;
	return parent != NODE_TABLE || kind == NODE_CAPTION;
}

/* HTML has inlines around blocks, and the tree of such a document holds them. */
static bool place_fits(const struct reader *r, enum node_kind kind)
{
	const enum node_kind parent = (enum node_kind)r->b->tree.nodes[tree_current(r->b)].kind;

	return kind != NODE_DOCUMENT && node_kind_content(parent) != CONTENT_NONE && family_fits(parent, kind);
}

static void set_defaults(struct reader *r, uint32_t node, enum node_kind kind)
{
	struct node *n = tree_node(r->b, node);

	if (n && kind == NODE_HEADING)
		n->number = 1;
	if (n && kind == NODE_TABLE_CELL)
		n->colspan = n->rowspan = 1;
}

static bool push_children(struct reader *r, const struct value *v)
{
	const struct value *children = value_getz(v, "children");
	static const struct value none = { .kind = VALUE_LIST };
	struct level *levels;

	if (children && children->kind != VALUE_LIST)
		return complain(r, "children", "must be a list of nodes");
	levels = arena_grow(r->scratch, r->levels, &r->cap, r->n + 1, sizeof *levels);
	if (!levels) {
		r->b->status = BUILD_NOMEM;
		return false;
	}
	r->levels = levels;
	r->levels[r->n++] = (struct level){ children ? children : &none, 0 };
	return true;
}

static bool open_node(struct reader *r, const struct value *v)
{
	const struct value *name = value_getz(v, "kind");
	const enum node_kind kind = name && name->kind == VALUE_STRING ? node_kind_find(name->as.string) : 0;
	uint32_t node = 0;

	if (v->kind != VALUE_MAP || !kind)
		return complain(r, "kind", "a node is a map with the name of its kind");
	if (kind != NODE_DOCUMENT || r->n > 0) {
		if (!place_fits(r, kind))
			return complain(r, "kind", "such a node cannot stand here");
		node = tree_open(r->b, kind, TREE_NONE);
		set_defaults(r, node, kind);
	}
	return r->b->status == BUILD_OK && read_members(r, node, kind, v) && push_children(r, v);
}

static bool read_nodes(struct reader *r, const struct value *root)
{
	bool wrapped;

	if (!open_node(r, root))
		return false;
	wrapped = tree_current(r->b) != 0;
	while (r->n > 0) {
		struct level *top = &r->levels[r->n - 1];
		if (top->next < top->list->as.list.n) {
			if (!open_node(r, &top->list->as.list.items[top->next++]))
				return false;
			continue;
		}
		r->n--;
		if (r->n > 0 || wrapped)
			tree_close(r->b, TREE_NONE);
	}
	return true;
}

/* ------------------------------------------------------------ content model */

/* An inline around blocks: blocks are what it holds, at the end at least. */
static bool wraps_blocks(const struct tree *t, const bool *wraps, uint32_t i)
{
	const uint32_t last = t->nodes[i].last;

	return last != TREE_NONE && (node_kind_is_block((enum node_kind)t->nodes[last].kind) || wraps[last]);
}

/* The nearest block around: what may stand in it may stand here. */
static bool node_fits(const struct tree *t, const bool *wraps, uint32_t i)
{
	uint32_t up = t->nodes[i].parent;
	const enum node_content content = node_kind_content((enum node_kind)t->nodes[up].kind);

	if (!node_kind_is_block((enum node_kind)t->nodes[i].kind))
		return content != CONTENT_BLOCK || wraps[i];
	return content != CONTENT_INLINE || (!node_kind_is_block((enum node_kind)t->nodes[up].kind) && wraps[up]);
}

/* Once all is read: whether an inline holds blocks shows at its end. */
static bool check_content(struct reader *r)
{
	const struct tree *t = &r->b->tree;
	bool *wraps = arena_alloc(r->scratch, t->n_nodes ? t->n_nodes : 1);

	if (!wraps) {
		r->b->status = BUILD_NOMEM;
		return false;
	}
	for (uint32_t i = t->n_nodes; i-- > 0;)
		wraps[i] = !node_kind_is_block((enum node_kind)t->nodes[i].kind) && wraps_blocks(t, wraps, i);
	for (uint32_t i = 1; i < t->n_nodes; i++) {
		char what[120];
		if (node_fits(t, wraps, i))
			continue;
		snprintf(what, sizeof what, "a %s cannot stand in a %s",
			 node_kind_name((enum node_kind)t->nodes[i].kind),
			 node_kind_name((enum node_kind)t->nodes[t->nodes[i].parent].kind));
		return complain(r, "children", what);
	}
	return true;
}

bool tree_json_read(struct tree_build *b, struct arena *scratch, struct str text, const struct tree_json_limits *limits,
		    struct diags *d)
{
	struct reader r = { .b = b, .scratch = scratch, .limits = limits, .d = d };
	struct json_error error;
	struct value root;

	/* A node takes two levels: itself and the list of its children. */
	if (!json_read_deep(scratch, text, 2 * limits->max_depth + 4, NULL, &root, &error)) {
		diags_add(d, SEVERITY_ERROR, error.line, error.column, NULL, "%s", error.message);
		return false;
	}
	return read_nodes(&r, &root) && check_content(&r);
}
