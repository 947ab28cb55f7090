/*
 * write_json.c - a subtree, or all that is read from a document, as one line
 * of JSON.
 *
 * Nodes are nested without a depth limit, so their commas are put here; the
 * fixed shapes of `show -t json` go through base's writer.
 */
#include "base/json.h"
#include "doc/view.h"
#include "doc/write.h"

/* ------------------------------------------------------------------- nodes */

static void write_key(struct buf *out, const char *key)
{
	buf_addz(out, ",\"");
	buf_addz(out, key);
	buf_addz(out, "\":");
}

static const char *align_json(char letter)
{
	switch (letter) {
	case 'l':
		return "\"left\"";
	case 'c':
		return "\"center\"";
	case 'r':
		return "\"right\"";
	default:
		return "null";
	}
}

static void write_field(struct buf *out, const char *name, const struct field *f)
{
	write_key(out, name);
	switch (f->type) {
	case FIELD_BOOL:
		buf_addz(out, f->boolean ? "true" : "false");
		break;
	case FIELD_INT:
		buf_add_int(out, f->integer);
		break;
	case FIELD_STRING:
		json_write_string(out, f->string);
		break;
	case FIELD_ALIGNS:
		buf_addc(out, '[');
		for (size_t i = 0; i < f->string.n; i++) {
			if (i > 0)
				buf_addc(out, ',');
			buf_addz(out, align_json(f->string.p[i]));
		}
		buf_addc(out, ']');
		break;
	case FIELD_NONE:
		break;
	}
}

static void write_attributes(struct buf *out, const struct tree *t, uint32_t node)
{
	const struct node *n = &t->nodes[node];

	if (n->n_attr == 0)
		return;
	write_key(out, "attributes");
	for (uint32_t i = 0; i < n->n_attr; i++) {
		const struct tree_attr *a = &t->attrs[n->attr + i];
		buf_addc(out, i == 0 ? '{' : ',');
		json_write_string(out, tree_str(t, a->key));
		buf_addc(out, ':');
		json_write_string(out, tree_str(t, a->value));
	}
	buf_addc(out, '}');
}

static bool has_children(const struct tree *t, uint32_t node)
{
	return node_kind_content((enum node_kind)t->nodes[node].kind) != CONTENT_NONE ||
	       t->nodes[node].last != TREE_NONE;
}

static void open_node(struct buf *out, struct record *r, const struct tree *t, uint32_t node)
{
	const char *const *name = node_kind_fields((enum node_kind)t->nodes[node].kind);
	uint32_t line = record_line(r, node);

	buf_addz(out, "{\"kind\":\"");
	buf_addz(out, node_kind_name((enum node_kind)t->nodes[node].kind));
	buf_addc(out, '"');
	for (; *name; name++) {
		struct field f = tree_field(t, node, str_of(*name));
		if (f.type != FIELD_NONE)
			write_field(out, *name, &f);
	}
	if (line) {
		write_key(out, "line");
		buf_add_int(out, line);
	}
	write_attributes(out, t, node);
	if (has_children(t, node))
		buf_addz(out, ",\"children\":[");
}

void write_node_json(struct buf *out, struct record *r, uint32_t node, unsigned flags)
{
	const struct tree *t = record_tree(r);

	(void)flags;
	if (!t) {
		out->failed = true;
		return;
	}
	if (node >= t->n_nodes)
		return;
	for (uint32_t i = node; i < t->nodes[node].end && buf_ok(out); i++) {
		if (i > node && t->nodes[i].prev != TREE_NONE)
			buf_addc(out, ',');
		open_node(out, r, t, i);
		for (uint32_t open = i; t->nodes[open].end == i + 1; open = t->nodes[open].parent) {
			buf_addz(out, has_children(t, open) ? "]}" : "}");
			if (open == node)
				break;
		}
	}
}

/* ------------------------------------------------------------------ record */

static void string_or_null(struct json_writer *w, struct str s)
{
	if (s.p)
		json_string(w, s);
	else
		json_null(w);
}

static void position(struct json_writer *w, const char *key, uint32_t at)
{
	json_key(w, key);
	if (at)
		json_int(w, at);
	else
		json_null(w);
}

static void write_diagnostics(struct json_writer *w, const struct diags *d)
{
	json_begin_list(w);
	for (size_t i = 0; d && i < d->n; i++) {
		const struct diag *item = &d->items[i];
		json_begin_map(w);
		json_key(w, "severity");
		json_string(w, str_of(severity_name(item->severity)));
		position(w, "line", item->line);
		position(w, "column", item->column);
		json_key(w, "message");
		json_string(w, str_of(item->message));
		json_key(w, "hint");
		string_or_null(w, item->hint ? str_of(item->hint) : (struct str){ NULL, 0 });
		json_end_map(w);
	}
	json_end_list(w);
}

/* One list at a time is made, written and dropped. */
static void write_view(struct json_writer *w, const char *key, struct arena *a, const struct value *v, bool made)
{
	if (!made)
		w->out->failed = true;
	json_key(w, key);
	json_value(w, v);
	arena_reset(a);
}

static void write_views(struct json_writer *w, struct record *r)
{
	struct arena a;
	struct value v;
	bool made;

	arena_init(&a, w->out->heap, 0);
	made = view_outline(r, &a, &v);
	write_view(w, "outline", &a, &v, made);
	made = view_images(r, &a, &v);
	write_view(w, "images", &a, &v, made);
	made = view_links(r, &a, &v);
	write_view(w, "links", &a, &v, made);
	made = view_tables(r, &a, &v);
	write_view(w, "tables", &a, &v, made);
	arena_release(&a);
}

void write_record_json(struct buf *out, struct record *r)
{
	const struct value *meta = record_meta(r);
	struct json_writer w;
	struct str title;
	enum title_source from;

	json_writer_init(&w, out);
	json_begin_map(&w);
	json_key(&w, "path");
	json_string(&w, str_of(record_path(r)));
	json_key(&w, "format");
	json_string(&w, str_of(doc_format_name(record_format(r))));
	json_key(&w, "meta");
	if (meta)
		json_value(&w, meta);
	else
		json_null(&w);
	title = record_title(r, &from);
	json_key(&w, "title");
	string_or_null(&w, title.n ? title : (struct str){ NULL, 0 });
	write_views(&w, r);
	json_key(&w, "diagnostics");
	write_diagnostics(&w, record_diags(r));
	json_end_map(&w);
	if (!record_tree(r))
		out->failed = true;
}
