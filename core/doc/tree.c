/*
 * tree.c - kinds, fields and steps of a finished tree.
 *
 * One table says what there is to know of each kind; everything else here is
 * index arithmetic on the flat array.  Knows no syntax and owns no memory.
 */
#include "doc/tree.h"

struct kind_info {
	const char *name;
	enum node_content content;
	const char *const *fields;
};

static const char *const fields_none[] = { NULL };
static const char *const fields_heading[] = { "level", NULL };
static const char *const fields_list[] = { "ordered", "start", "tight", NULL };
static const char *const fields_item[] = { "checked", NULL };
static const char *const fields_code_block[] = { "info", "literal", NULL };
static const char *const fields_literal[] = { "literal", NULL };
static const char *const fields_table[] = { "align", NULL };
static const char *const fields_row[] = { "header", NULL };
static const char *const fields_cell[] = { "align", "colspan", "rowspan", NULL };
static const char *const fields_label[] = { "label", NULL };
static const char *const fields_tag[] = { "tag", NULL };
static const char *const fields_target[] = { "url", "title", NULL };

static const struct kind_info kinds[NODE_KIND_LIMIT] = {
	[NODE_DOCUMENT] = { "document", CONTENT_BLOCK, fields_none },
	[NODE_HEADING] = { "heading", CONTENT_INLINE, fields_heading },
	[NODE_PARAGRAPH] = { "paragraph", CONTENT_INLINE, fields_none },
	[NODE_BLOCK_QUOTE] = { "block_quote", CONTENT_BLOCK, fields_none },
	[NODE_LIST] = { "list", CONTENT_BLOCK, fields_list },
	[NODE_ITEM] = { "item", CONTENT_BLOCK, fields_item },
	[NODE_CODE_BLOCK] = { "code_block", CONTENT_NONE, fields_code_block },
	[NODE_HTML_BLOCK] = { "html_block", CONTENT_NONE, fields_literal },
	[NODE_THEMATIC_BREAK] = { "thematic_break", CONTENT_NONE, fields_none },
	[NODE_TABLE] = { "table", CONTENT_BLOCK, fields_table },
	[NODE_TABLE_ROW] = { "table_row", CONTENT_BLOCK, fields_row },
	[NODE_TABLE_CELL] = { "table_cell", CONTENT_FLOW, fields_cell },
	[NODE_FIGURE] = { "figure", CONTENT_FLOW, fields_none },
	[NODE_CAPTION] = { "caption", CONTENT_FLOW, fields_none },
	[NODE_DEFINITION_LIST] = { "definition_list", CONTENT_BLOCK, fields_none },
	[NODE_TERM] = { "term", CONTENT_INLINE, fields_none },
	[NODE_DEFINITION] = { "definition", CONTENT_FLOW, fields_none },
	[NODE_FOOTNOTE_DEFINITION] = { "footnote_definition", CONTENT_BLOCK, fields_label },
	[NODE_CONTAINER] = { "container", CONTENT_FLOW, fields_tag },
	[NODE_TEXT] = { "text", CONTENT_NONE, fields_literal },
	[NODE_SOFTBREAK] = { "softbreak", CONTENT_NONE, fields_none },
	[NODE_LINEBREAK] = { "linebreak", CONTENT_NONE, fields_none },
	[NODE_CODE] = { "code", CONTENT_NONE, fields_literal },
	[NODE_HTML_INLINE] = { "html_inline", CONTENT_NONE, fields_literal },
	[NODE_EMPH] = { "emph", CONTENT_INLINE, fields_none },
	[NODE_STRONG] = { "strong", CONTENT_INLINE, fields_none },
	[NODE_STRIKETHROUGH] = { "strikethrough", CONTENT_INLINE, fields_none },
	[NODE_LINK] = { "link", CONTENT_INLINE, fields_target },
	[NODE_IMAGE] = { "image", CONTENT_INLINE, fields_target },
	[NODE_FOOTNOTE_REFERENCE] = { "footnote_reference", CONTENT_NONE, fields_label },
	[NODE_SPAN] = { "span", CONTENT_INLINE, fields_tag },
	[NODE_TEMPLATE] = { "template", CONTENT_NONE, fields_literal },
};

static const struct kind_info *kind_info(enum node_kind kind)
{
	unsigned k = (unsigned)kind;

	return k < NODE_KIND_LIMIT && kinds[k].name ? &kinds[k] : NULL;
}

const char *node_kind_name(enum node_kind kind)
{
	const struct kind_info *info = kind_info(kind);

	return info ? info->name : "unknown";
}

enum node_kind node_kind_find(struct str name)
{
	for (unsigned k = 0; k < NODE_KIND_LIMIT; k++) {
		if (kinds[k].name && str_eqz(name, kinds[k].name))
			return (enum node_kind)k;
	}
	return (enum node_kind)0;
}

bool node_kind_is_block(enum node_kind kind)
{
	return kind < NODE_TEXT;
}

enum node_content node_kind_content(enum node_kind kind)
{
	const struct kind_info *info = kind_info(kind);

	return info ? info->content : CONTENT_NONE;
}

const char *const *node_kind_fields(enum node_kind kind)
{
	const struct kind_info *info = kind_info(kind);

	return info ? info->fields : fields_none;
}

/* ------------------------------------------------------------------- steps */

uint32_t tree_first(const struct tree *t, uint32_t node)
{
	return node < t->n_nodes && t->nodes[node].end > node + 1 ? node + 1 : TREE_NONE;
}

uint32_t tree_last(const struct tree *t, uint32_t node)
{
	return node < t->n_nodes ? t->nodes[node].last : TREE_NONE;
}

uint32_t tree_next(const struct tree *t, uint32_t node)
{
	uint32_t parent = tree_parent(t, node);

	if (parent == TREE_NONE)
		return TREE_NONE;
	return t->nodes[node].end < t->nodes[parent].end ? t->nodes[node].end : TREE_NONE;
}

uint32_t tree_prev(const struct tree *t, uint32_t node)
{
	return node < t->n_nodes ? t->nodes[node].prev : TREE_NONE;
}

uint32_t tree_parent(const struct tree *t, uint32_t node)
{
	return node < t->n_nodes ? t->nodes[node].parent : TREE_NONE;
}

struct str tree_attr(const struct tree *t, uint32_t node, struct str key)
{
	if (node >= t->n_nodes)
		return (struct str){ NULL, 0 };
	for (uint32_t i = 0; i < t->nodes[node].n_attr; i++) {
		const struct tree_attr *a = &t->attrs[t->nodes[node].attr + i];
		if (str_eq(tree_str(t, a->key), key))
			return tree_str(t, a->value);
	}
	return (struct str){ NULL, 0 };
}

/* ------------------------------------------------------------------ fields */

static struct field field_none(void)
{
	return (struct field){ FIELD_NONE, false, 0, { NULL, 0 } };
}

static struct field field_bool(bool b)
{
	return (struct field){ FIELD_BOOL, b, 0, { NULL, 0 } };
}

static struct field field_int(int64_t i)
{
	return (struct field){ FIELD_INT, false, i, { NULL, 0 } };
}

static struct field field_string(struct str s)
{
	return s.p ? (struct field){ FIELD_STRING, false, 0, s } : field_none();
}

static struct field align_field(char align)
{
	switch (align) {
	case 'l':
		return field_string(STR_LIT("left"));
	case 'c':
		return field_string(STR_LIT("center"));
	case 'r':
		return field_string(STR_LIT("right"));
	default:
		return field_none();
	}
}

static struct field list_field(const struct node *n, struct str name)
{
	bool ordered = n->flags & NODE_ORDERED;

	if (str_eqz(name, "ordered"))
		return field_bool(ordered);
	if (str_eqz(name, "tight"))
		return field_bool(n->flags & NODE_TIGHT);
	return ordered && str_eqz(name, "start") ? field_int(n->number) : field_none();
}

static struct field table_field(const struct tree *t, const struct node *n, struct str name)
{
	struct field f = field_none();

	if (str_eqz(name, "align"))
		f = field_string(tree_str(t, n->text));
	if (f.type == FIELD_STRING)
		f.type = FIELD_ALIGNS;
	return f;
}

static struct field cell_field(const struct node *n, struct str name)
{
	if (str_eqz(name, "align"))
		return align_field((char)n->align);
	if (str_eqz(name, "colspan"))
		return field_int(n->colspan);
	return str_eqz(name, "rowspan") ? field_int(n->rowspan) : field_none();
}

static struct field string_field(const struct tree *t, const struct node *n, struct str name)
{
	const char *const *names = node_kind_fields((enum node_kind)n->kind);
	bool extra = str_eqz(name, "title") || str_eqz(name, "info");

	for (; *names; names++) {
		if (str_eqz(name, *names))
			return field_string(tree_str(t, extra ? n->extra : n->text));
	}
	return field_none();
}

struct field tree_field(const struct tree *t, uint32_t node, struct str name)
{
	const struct node *n;

	if (node >= t->n_nodes)
		return field_none();
	n = &t->nodes[node];
	switch (n->kind) {
	case NODE_HEADING:
		return str_eqz(name, "level") ? field_int(n->number) : field_none();
	case NODE_LIST:
		return list_field(n, name);
	case NODE_ITEM:
		return (n->flags & NODE_TASK) && str_eqz(name, "checked") ? field_bool(n->flags & NODE_CHECKED)
									  : field_none();
	case NODE_TABLE:
		return table_field(t, n, name);
	case NODE_TABLE_ROW:
		return str_eqz(name, "header") ? field_bool(n->flags & NODE_HEADER) : field_none();
	case NODE_TABLE_CELL:
		return cell_field(n, name);
	default:
		return string_field(t, n, name);
	}
}
