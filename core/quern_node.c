/*
 * quern_node.c - nodes, selectors and rendering as the public header hands
 * them out: a node is a document and an index, nothing to free.
 *
 * Knows nothing of plugins.
 */
#include "quern_impl.h"

#include "doc/select.h"
#include "doc/tree.h"
#include "doc/write.h"

static const quern_node no_node = { NULL, 0 };

/* NULL for no node, a foreign index, or a document whose body could not be kept. */
static const struct tree *tree_of(quern_node n)
{
	const struct tree *t = n.doc ? record_tree(n.doc->record) : NULL;

	return t && n.index < t->n_nodes ? t : NULL;
}

static quern_node node_at(quern_node near, uint32_t index)
{
	return index == TREE_NONE ? no_node : (quern_node){ near.doc, index };
}

quern_node quern_doc_root(const quern_doc *doc)
{
	const quern_node root = { doc, 0 };

	return tree_of(root) ? root : no_node;
}

const char *quern_node_kind(quern_node n)
{
	const struct tree *t = tree_of(n);

	return t ? node_kind_name((enum node_kind)t->nodes[n.index].kind) : "";
}

quern_node quern_node_parent(quern_node n)
{
	const struct tree *t = tree_of(n);

	return t ? node_at(n, tree_parent(t, n.index)) : no_node;
}

quern_node quern_node_first(quern_node n)
{
	const struct tree *t = tree_of(n);

	return t ? node_at(n, tree_first(t, n.index)) : no_node;
}

quern_node quern_node_last(quern_node n)
{
	const struct tree *t = tree_of(n);

	return t ? node_at(n, tree_last(t, n.index)) : no_node;
}

quern_node quern_node_next(quern_node n)
{
	const struct tree *t = tree_of(n);

	return t ? node_at(n, tree_next(t, n.index)) : no_node;
}

quern_node quern_node_prev(quern_node n)
{
	const struct tree *t = tree_of(n);

	return t ? node_at(n, tree_prev(t, n.index)) : no_node;
}

quern_node quern_node_following(quern_node root, quern_node n)
{
	const struct tree *t = tree_of(root);

	if (!t || n.doc != root.doc || n.index < root.index || n.index >= t->nodes[root.index].end)
		return no_node;
	return n.index + 1 < t->nodes[root.index].end ? (quern_node){ n.doc, n.index + 1 } : no_node;
}

/* ------------------------------------------------------------------ fields */

static struct field field_of(quern_node n, const char *name)
{
	const struct tree *t = tree_of(n);

	return t && name ? tree_field(t, n.index, str_of(name)) : (struct field){ .type = FIELD_NONE };
}

const char *quern_node_string(quern_node n, const char *field, size_t *len)
{
	const struct field f = field_of(n, field);
	const bool has = f.type == FIELD_STRING || f.type == FIELD_ALIGNS;

	if (len)
		*len = has ? f.string.n : 0;
	return !has ? NULL : f.string.p ? f.string.p : "";
}

int64_t quern_node_integer(quern_node n, const char *field, int64_t fallback)
{
	const struct field f = field_of(n, field);

	return f.type == FIELD_INT ? f.integer : fallback;
}

int quern_node_boolean(quern_node n, const char *field)
{
	const struct field f = field_of(n, field);

	return f.type == FIELD_BOOL && f.boolean;
}

const char *quern_node_attribute(quern_node n, const char *name, size_t *len)
{
	const struct tree *t = tree_of(n);
	const struct str s = t && name ? tree_attr(t, n.index, str_of(name)) : (struct str){ NULL, 0 };

	if (len)
		*len = s.n;
	return s.p;
}

void quern_node_span(quern_node n, uint32_t *line, uint32_t *column, uint32_t *end_line, uint32_t *end_column)
{
	const struct tree *t = tree_of(n);
	const struct node *node = t ? &t->nodes[n.index] : NULL;
	uint32_t from[2] = { 0, 0 }, to[2] = { 0, 0 };

	if (node && !(node->flags & NODE_NO_SPAN)) {
		record_position(n.doc->record, node->from, &from[0], &from[1]);
		/* to is exclusive; the public end is the last byte, as in CommonMark's source positions. */
		record_position(n.doc->record, node->to > node->from ? node->to - 1 : node->to, &to[0], &to[1]);
	}
	if (line)
		*line = from[0];
	if (column)
		*column = from[1];
	if (end_line)
		*end_line = to[0];
	if (end_column)
		*end_column = to[1];
}

quern_code quern_node_text(quern_node n, quern_write_fn write, void *user)
{
	const struct tree *t = tree_of(n);
	struct buf out;

	if (!t)
		return QUERN_INVALID;
	buf_init(&out, &n.doc->q->heap, 0);
	tree_text(&out, t, n.index, 0);
	return buf_hand_over(&out, write, user);
}

int quern_node_equal(quern_node a, quern_node b)
{
	const struct tree *t = tree_of(a), *u = tree_of(b);

	return t && u && tree_equal(t, a.index, u, b.index, NULL);
}

/* --------------------------------------------------------------- selectors */

struct quern_selector {
	quern *q;
	struct arena arena;
	struct selector *compiled;
};

quern_code quern_selector_compile(quern *q, const char *css, quern_selector **out, quern_error *error)
{
	struct selector_error where = { 0 };
	quern_selector *s;
	quern_code code;

	error_clear(error);
	*out = NULL;
	s = mem_new_zero(&q->heap, sizeof *s);
	if (!s)
		return fail(error, QUERN_NOMEM, NULL, NULL, "out of memory");
	s->q = engine_ref(q);
	arena_init(&s->arena, &q->heap, 0);
	s->compiled = selector_compile(&s->arena, str_of(css), &where);
	if (s->compiled) {
		*out = s;
		return QUERN_OK;
	}
	code = s->arena.refused ? QUERN_NOMEM : QUERN_INVALID;
	quern_selector_free(s);
	fail(error, code, NULL, NULL, "%s", where.message[0] ? where.message : "out of memory");
	if (error && where.column) {
		error->line = 1;
		error->column = where.column;
	}
	return code;
}

void quern_selector_free(quern_selector *s)
{
	quern *q;

	if (!s)
		return;
	q = s->q;
	arena_release(&s->arena);
	mem_free(&q->heap, s, sizeof *s);
	quern_free(q);
}

quern_node quern_selector_next(const quern_selector *s, quern_node root, quern_node n)
{
	const struct tree *t = tree_of(root);

	if (!t || n.doc != root.doc)
		return no_node;
	return node_at(root, selector_next(s->compiled, t, root.index, n.index));
}

quern_node quern_selector_section_last(const quern_selector *s, quern_node n)
{
	const struct tree *t = tree_of(n);
	uint32_t last = n.index, end;

	if (!t || !selector_matched_section(s->compiled) || t->nodes[n.index].kind != NODE_HEADING)
		return no_node;
	end = selector_section_end(t, n.index);
	while (t->nodes[last].end < end)
		last = t->nodes[last].end;
	return node_at(n, last);
}

/* --------------------------------------------------------------- rendering */

typedef void (*node_writer)(struct buf *out, struct record *r, uint32_t node, unsigned flags);

static node_writer writer_find(const char *to)
{
	static const struct {
		const char *name;
		node_writer write;
	} writers[] = {
		{ "html", write_html },      { "markdown", write_markdown }, { "text", write_text },
		{ "json", write_node_json }, { "tree", write_tree },
	};

	for (size_t i = 0; i < sizeof writers / sizeof writers[0]; i++)
		if (strcmp(writers[i].name, to) == 0)
			return writers[i].write;
	return NULL;
}

quern_code quern_node_render(quern_node n, const char *to, unsigned flags, quern_write_fn write, void *user,
			     quern_error *error)
{
	const node_writer writer = to ? writer_find(to) : NULL;
	unsigned below = 0;
	struct buf out;
	quern_code code;

	error_clear(error);
	if (!tree_of(n))
		return fail(error, QUERN_INVALID, NULL, NULL, "there is no node to render");
	if (!writer)
		return fail(error, QUERN_INVALID, NULL, "formats: html, markdown, text, json, tree",
			    "unknown format '%s'", to ? to : "");
	if (flags & QUERN_UNSAFE)
		below |= WRITE_UNSAFE;
	if (flags & QUERN_FRONT_MATTER)
		below |= WRITE_FRONT_MATTER;
	below |= flags >> WRITE_WRAP_SHIFT << WRITE_WRAP_SHIFT;
	buf_init(&out, &n.doc->q->heap, 0);
	writer(&out, n.doc->record, n.index, below);
	code = buf_hand_over(&out, write, user);
	if (code != QUERN_OK)
		fail(error, code, quern_doc_path(n.doc), NULL, "%s",
		     code == QUERN_NOMEM ? "out of memory" : "the output was not accepted");
	return code;
}
