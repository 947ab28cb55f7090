/*
 * toml.c - reads TOML 1.0: tables, arrays of tables, dotted keys, arrays,
 * inline tables, and the rules about what may be defined where.
 *
 * Tables that later lines can still reach are kept aside as "open" ones, each
 * with a note of how it came to be, for the rules are about that.  TOML has no null, so
 * in an open table a null member stands for an open one, whose number is in its integer.  Closing
 * puts the real values in.  Recursion (nested values, closing) is bounded by max_depth.
 */
#include "doc/toml_internal.h"

enum origin {
	BY_PATH,   /* on the way to a [header]: a header may still define it, dotted keys may fill it */
	BY_HEADER, /* by its own [header] or [[header]] */
	BY_DOT,    /* on the way of a dotted key: only dotted keys of the same table fill it */
	IS_ARRAY   /* of tables, grown by [[header]] */
};

struct open {
	enum origin origin;
	uint32_t depth;
	struct value value; /* a map; a list for IS_ARRAY */
};

struct reader {
	struct toml_scan s;
	struct frontmatter_limits limits;
	struct open *tables;
	size_t n_tables, tables_cap;
	size_t nodes;
	struct toml_path path;
};

/* The table of index 0. */
enum { ROOT = 0 };

/* --------------------------------------------------------------- building */

static bool refuse_memory(struct reader *r)
{
	r->s.arena->refused = true;
	return false;
}

static bool key_error(struct reader *r, const struct toml_key *key, const char *message)
{
	const int n = (int)(key->text.n > 60 ? 60 : key->text.n);

	diags_add(r->s.diags, SEVERITY_WARNING, key->line, key->column, "define each key and table once",
		  "the front matter is not valid TOML: \"%.*s\" %s", n, key->text.p, message);
	return false;
}

static bool count_node(struct reader *r)
{
	if (++r->nodes <= r->limits.max_nodes)
		return true;
	diags_add(r->s.diags, SEVERITY_WARNING, r->s.line, toml_column(&r->s, r->s.p), NULL,
		  "the front matter holds too many values");
	return false;
}

static bool check_depth(struct reader *r, uint32_t depth)
{
	if (depth <= r->limits.max_depth)
		return true;
	diags_add(r->s.diags, SEVERITY_WARNING, r->s.line, toml_column(&r->s, r->s.p), NULL,
		  "the front matter is nested too deep");
	return false;
}

/* A new open table or array; its number in *index. */
static bool open_new(struct reader *r, enum origin origin, uint32_t depth, uint32_t line, uint32_t column,
		     size_t *index)
{
	struct open *grown;

	if (!count_node(r) || !check_depth(r, depth))
		return false;
	grown = arena_grow(r->s.arena, r->tables, &r->tables_cap, r->n_tables + 1, sizeof(*grown));
	if (!grown)
		return refuse_memory(r);
	r->tables = grown;
	*index = r->n_tables++;
	grown[*index] = (struct open){ origin, depth, origin == IS_ARRAY ? value_list() : value_map() };
	grown[*index].value.line = line;
	grown[*index].value.column = column;
	return true;
}

static struct value stand_in(size_t index)
{
	struct value v = value_null();

	v.as.integer = (int64_t)index;
	return v;
}

static bool set_member(struct reader *r, size_t table, const struct toml_key *key, struct value v)
{
	if (frontmatter_set(r->s.arena, &r->tables[table].value, key->text, key->line, key->column, v))
		return true;
	return refuse_memory(r);
}

/* A new open table or array as a member of another. */
static bool open_member(struct reader *r, size_t *table, const struct toml_key *key, enum origin origin)
{
	size_t child;

	if (!open_new(r, origin, r->tables[*table].depth + 1, key->line, key->column, &child) ||
	    !set_member(r, *table, key, stand_in(child)))
		return false;
	*table = child;
	return true;
}

enum member { MEMBER_NONE, MEMBER_OPEN, MEMBER_FIXED };

static enum member find_member(const struct reader *r, size_t table, const struct toml_key *key, size_t *child)
{
	const struct value *v = value_get(&r->tables[table].value, key->text);

	if (!v)
		return MEMBER_NONE;
	if (v->kind != VALUE_NULL)
		return MEMBER_FIXED;
	*child = (size_t)v->as.integer;
	return MEMBER_OPEN;
}

static size_t last_element(const struct reader *r, size_t array)
{
	const struct value_list *list = &r->tables[array].value.as.list;

	return (size_t)list->items[list->n - 1].as.integer;
}

/* ---------------------------------------------------------------- headers */

/* From *table along the key of a header that is not its last. */
static bool follow_header(struct reader *r, size_t *table, const struct toml_key *key)
{
	size_t child;

	switch (find_member(r, *table, key, &child)) {
	case MEMBER_NONE:
		return open_member(r, table, key, BY_PATH);
	case MEMBER_FIXED:
		return key_error(r, key, "has a value already and cannot be extended");
	case MEMBER_OPEN:
		break;
	}
	*table = r->tables[child].origin == IS_ARRAY ? last_element(r, child) : child;
	return true;
}

/* [key] */
static bool define_table(struct reader *r, size_t *table, const struct toml_key *key)
{
	size_t child;

	switch (find_member(r, *table, key, &child)) {
	case MEMBER_NONE:
		return open_member(r, table, key, BY_HEADER);
	case MEMBER_FIXED:
		return key_error(r, key, "has a value already and cannot be a table");
	case MEMBER_OPEN:
		break;
	}
	if (r->tables[child].origin == IS_ARRAY)
		return key_error(r, key, "is an array of tables: write [[...]]");
	if (r->tables[child].origin != BY_PATH)
		return key_error(r, key, "is defined twice");
	r->tables[child].origin = BY_HEADER;
	r->tables[child].value.line = key->line;
	r->tables[child].value.column = key->column;
	*table = child;
	return true;
}

/* [[key]] */
static bool add_element(struct reader *r, size_t *table, const struct toml_key *key)
{
	size_t array, element;

	switch (find_member(r, *table, key, &array)) {
	case MEMBER_NONE:
		array = *table;
		if (!open_member(r, &array, key, IS_ARRAY))
			return false;
		break;
	case MEMBER_FIXED:
		return key_error(r, key, "has a value already and cannot become an array of tables");
	case MEMBER_OPEN:
		if (r->tables[array].origin != IS_ARRAY)
			return key_error(r, key, "is a table and cannot become an array of tables");
		break;
	}
	if (!open_new(r, BY_HEADER, r->tables[array].depth + 1, key->line, key->column, &element))
		return false;
	if (!value_append(r->s.arena, &r->tables[array].value, stand_in(element)))
		return refuse_memory(r);
	*table = element;
	return true;
}

/* "[a.b]" or "[[a.b]]"; *table becomes the table that the following lines fill. */
static bool read_header(struct reader *r, size_t *table)
{
	const char *open = r->s.p++;
	const bool array = toml_accept(&r->s, '[');
	bool ok = toml_scan_path(&r->s, &r->path);

	if (!ok)
		return false;
	if (!toml_accept(&r->s, ']') || (array && !toml_accept(&r->s, ']')))
		return toml_error(&r->s, open, array ? "close it with ]]" : "close it with ]",
				  "a table header is not closed");
	*table = ROOT;
	for (size_t i = 0; ok && i + 1 < r->path.n; i++)
		ok = follow_header(r, table, &r->path.keys[i]);
	if (!ok)
		return false;
	if (array)
		return add_element(r, table, &r->path.keys[r->path.n - 1]);
	return define_table(r, table, &r->path.keys[r->path.n - 1]);
}

/* ----------------------------------------------------------------- values */

static bool read_value(struct reader *r, uint32_t depth, struct value *out);

/* From *table along the key of a dotted key that is not its last. */
static bool follow_dot(struct reader *r, size_t *table, const struct toml_key *key)
{
	size_t child;

	switch (find_member(r, *table, key, &child)) {
	case MEMBER_NONE:
		return open_member(r, table, key, BY_DOT);
	case MEMBER_FIXED:
		return key_error(r, key, "has a value already and cannot be extended");
	case MEMBER_OPEN:
		break;
	}
	if (r->tables[child].origin == IS_ARRAY)
		return key_error(r, key, "is an array of tables and cannot be extended by a dotted key");
	if (r->tables[child].origin == BY_HEADER)
		return key_error(r, key, "is defined by a header of its own and cannot be extended by a dotted key");
	*table = child;
	return true;
}

/* "a.b = value" into the table. */
static bool read_pair(struct reader *r, size_t table)
{
	struct toml_key key;
	struct value v;
	size_t child;
	bool ok = toml_scan_path(&r->s, &r->path);

	if (!ok)
		return false;
	if (!toml_accept(&r->s, '='))
		return toml_error(&r->s, r->s.p, "TOML lines have the form key = value", "'=' is expected here");
	for (size_t i = 0; ok && i + 1 < r->path.n; i++)
		ok = follow_dot(r, &table, &r->path.keys[i]);
	if (!ok)
		return false;
	/* A copy: reading the value uses the path again. */
	key = r->path.keys[r->path.n - 1];
	if (find_member(r, table, &key, &child) != MEMBER_NONE)
		return key_error(r, &key, "is given twice");
	toml_skip_blanks(&r->s);
	return read_value(r, r->tables[table].depth, &v) && set_member(r, table, &key, v);
}

static bool read_array(struct reader *r, uint32_t depth, struct value *out)
{
	const struct toml_scan open = r->s;
	bool more = true;

	*out = value_list();
	r->s.p++;
	while (more) {
		struct value item;

		if (!toml_skip_lines(&r->s))
			return false;
		if (toml_peek(&r->s) == ']' || r->s.p == r->s.end)
			break;
		if (!read_value(r, depth, &item))
			return false;
		if (!value_append(r->s.arena, out, item))
			return refuse_memory(r);
		if (!toml_skip_lines(&r->s))
			return false;
		more = toml_accept(&r->s, ',');
	}
	if (toml_accept(&r->s, ']'))
		return true;
	if (r->s.p == r->s.end)
		r->s = open;
	return toml_error(&r->s, r->s.p, "separate values by commas and close the array with ]",
			  "an array is not closed, or lacks a comma");
}

/* Puts the real values where stand-ins are. */
static struct value close_table(struct reader *r, size_t index)
{
	struct value v = r->tables[index].value;

	for (size_t i = 0; v.kind == VALUE_MAP && i < v.as.map.n; i++) {
		struct value *member = &v.as.map.members[i].value;

		if (member->kind == VALUE_NULL)
			*member = close_table(r, (size_t)member->as.integer);
	}
	for (size_t i = 0; v.kind == VALUE_LIST && i < v.as.list.n; i++)
		v.as.list.items[i] = close_table(r, (size_t)v.as.list.items[i].as.integer);
	return v;
}

static bool read_inline_table(struct reader *r, uint32_t depth, struct value *out)
{
	size_t table;

	/* It has been counted as a value already. */
	r->nodes--;
	if (!open_new(r, BY_HEADER, depth, r->s.line, toml_column(&r->s, r->s.p), &table))
		return false;
	r->s.p++;
	toml_skip_blanks(&r->s);
	if (!toml_accept(&r->s, '}')) {
		do {
			toml_skip_blanks(&r->s);
			if (!read_pair(r, table))
				return false;
			toml_skip_blanks(&r->s);
		} while (toml_accept(&r->s, ','));
		if (!toml_accept(&r->s, '}'))
			return toml_error(&r->s, r->s.p, "keep { ... } in one line, with commas between the pairs",
					  "an inline table is not closed in its line, or lacks a comma");
	}
	*out = close_table(r, table);
	return true;
}

/* A value inside a table or array of that depth. */
static bool read_value(struct reader *r, uint32_t depth, struct value *out)
{
	const uint32_t line = r->s.line, column = toml_column(&r->s, r->s.p);
	const char c = toml_peek(&r->s);
	bool ok;

	if (!count_node(r))
		return false;
	if (c == '[')
		ok = check_depth(r, depth + 1) && read_array(r, depth + 1, out);
	else if (c == '{')
		ok = read_inline_table(r, depth + 1, out);
	else
		ok = toml_scan_scalar(&r->s, out);
	out->line = line;
	out->column = column;
	return ok;
}

/* -------------------------------------------------------------- the whole */

static bool read_lines(struct reader *r)
{
	size_t table = ROOT;

	while (toml_skip_lines(&r->s)) {
		bool ok;

		if (r->s.p == r->s.end)
			return true;
		if (toml_peek(&r->s) == '[')
			ok = read_header(r, &table);
		else
			ok = read_pair(r, table);
		if (!ok)
			return false;
		toml_skip_blanks(&r->s);
		if (!toml_line_end(&r->s))
			return false;
	}
	return false;
}

bool toml_read(struct str text, uint32_t first_line, const struct frontmatter_limits *limits, struct arena *a,
	       struct diags *diags, struct value *out)
{
	struct reader r = { .limits = frontmatter_limits_resolve(limits) };
	size_t root;

	*out = value_null();
	if (!frontmatter_text_check(text, first_line, diags))
		return false;
	toml_scan_init(&r.s, text, first_line, a, diags);
	if (!open_new(&r, BY_HEADER, 1, first_line, 1, &root) || !read_lines(&r) || a->refused)
		return false;
	*out = close_table(&r, ROOT);
	return true;
}
