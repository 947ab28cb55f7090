/*
 * quern_value.c - plain values as the public header hands them out.
 *
 * A root owns an arena; its elements are struct value inside it and are only
 * lent.  Knows nothing of documents or plugins.
 */
#include "quern_impl.h"

#include <math.h>

#include "base/json.h"

struct value_root *value_root_new(quern *q)
{
	struct value_root *root = mem_new(&q->heap, sizeof *root);

	if (!root)
		return NULL;
	root->value = value_null();
	root->q = engine_ref(q);
	arena_init(&root->arena, &q->heap, 0);
	return root;
}

void value_root_free(struct value_root *root)
{
	quern *q;

	if (!root)
		return;
	q = root->q;
	arena_release(&root->arena);
	mem_free(&q->heap, root, sizeof *root);
	quern_free(q);
}

static struct value_root *root_of(quern_value *v)
{
	return (struct value_root *)(void *)v;
}

static quern_code root_new(quern *q, struct value v, quern_value **out)
{
	struct value_root *root = value_root_new(q);

	*out = (quern_value *)(void *)root;
	if (!root)
		return QUERN_NOMEM;
	root->value = v;
	return QUERN_OK;
}

quern_code quern_value_new_map(quern *q, quern_value **out)
{
	return root_new(q, value_map(), out);
}

quern_code quern_value_new_list(quern *q, quern_value **out)
{
	return root_new(q, value_list(), out);
}

quern_code quern_value_new_integer(quern *q, int64_t i, quern_value **out)
{
	return root_new(q, value_int(i), out);
}

quern_code quern_value_new_boolean(quern *q, int b, quern_value **out)
{
	return root_new(q, value_bool(b != 0), out);
}

quern_code quern_value_new_float(quern *q, double d, quern_value **out)
{
	*out = NULL;
	return isfinite(d) ? root_new(q, value_float(d), out) : QUERN_INVALID;
}

quern_code quern_value_new_string(quern *q, const char *s, size_t len, quern_value **out)
{
	struct value_root *root = value_root_new(q);
	struct str copy;

	*out = NULL;
	if (!root)
		return QUERN_NOMEM;
	copy = arena_str(&root->arena, (struct str){ s ? s : "", s ? len : 0 });
	if (!copy.p) {
		value_root_free(root);
		return QUERN_NOMEM;
	}
	root->value = value_string(copy);
	*out = (quern_value *)(void *)root;
	return QUERN_OK;
}

quern_code quern_value_from_json(quern *q, const char *text, size_t len, quern_value **out, quern_error *error)
{
	struct json_error where = { 0 };
	struct value_root *root;
	quern_code code;

	error_clear(error);
	*out = NULL;
	root = value_root_new(q);
	if (!root)
		return fail(error, QUERN_NOMEM, NULL, NULL, "out of memory");
	if (json_read(&root->arena, (struct str){ text ? text : "", len }, &root->value, &where)) {
		*out = (quern_value *)(void *)root;
		return QUERN_OK;
	}
	code = root->arena.refused ? QUERN_NOMEM : QUERN_SYNTAX;
	fail(error, code, NULL, NULL, "%s", where.message);
	if (error) {
		error->line = where.line;
		error->column = where.column;
	}
	value_root_free(root);
	return code;
}

void quern_value_free(quern_value *v)
{
	value_root_free(root_of(v));
}

/* ----------------------------------------------------------------- setters */

static quern_code map_set(quern_value *map, const char *key, struct value item)
{
	struct value_root *root = root_of(map);
	struct str name;

	if (!root || root->value.kind != VALUE_MAP || !key)
		return QUERN_INVALID;
	name = arena_str(&root->arena, str_of(key));
	if (!name.p || !value_set(&root->arena, &root->value, name, item))
		return QUERN_NOMEM;
	return QUERN_OK;
}

quern_code quern_value_set_string(quern_value *map, const char *key, const char *s, size_t len)
{
	struct str copy;

	if (!map || root_of(map)->value.kind != VALUE_MAP)
		return QUERN_INVALID;
	copy = arena_str(&root_of(map)->arena, (struct str){ s ? s : "", len });
	return copy.p ? map_set(map, key, value_string(copy)) : QUERN_NOMEM;
}

quern_code quern_value_set_integer(quern_value *map, const char *key, int64_t i)
{
	return map_set(map, key, value_int(i));
}

quern_code quern_value_set_float(quern_value *map, const char *key, double d)
{
	return isfinite(d) ? map_set(map, key, value_float(d)) : QUERN_INVALID;
}

quern_code quern_value_set_boolean(quern_value *map, const char *key, int b)
{
	return map_set(map, key, value_bool(b != 0));
}

/* A deep copy of item in the arena of root. */
static quern_code item_copy(struct value_root *root, const quern_value *item, struct value *copy)
{
	*copy = value_null();
	if (!item || value_copy(&root->arena, value_of(item), copy))
		return QUERN_OK;
	return root->arena.refused ? QUERN_NOMEM : QUERN_VALUE;
}

quern_code quern_value_set(quern_value *map, const char *key, const quern_value *item)
{
	struct value copy;
	quern_code code;

	if (!map || root_of(map)->value.kind != VALUE_MAP)
		return QUERN_INVALID;
	code = item_copy(root_of(map), item, &copy);
	return code == QUERN_OK ? map_set(map, key, copy) : code;
}

quern_code quern_value_append(quern_value *list, const quern_value *item)
{
	struct value_root *root = root_of(list);
	struct value copy;
	quern_code code;

	if (!root || root->value.kind != VALUE_LIST)
		return QUERN_INVALID;
	code = item_copy(root, item, &copy);
	if (code != QUERN_OK)
		return code;
	return value_append(&root->arena, &root->value, copy) ? QUERN_OK : QUERN_NOMEM;
}

/* ----------------------------------------------------------------- reading */

quern_kind quern_value_kind(const quern_value *v)
{
	static const quern_kind kinds[] = {
		[VALUE_NULL] = QUERN_NULL_VALUE, [VALUE_BOOL] = QUERN_BOOLEAN,  [VALUE_INT] = QUERN_INTEGER,
		[VALUE_FLOAT] = QUERN_FLOAT,     [VALUE_STRING] = QUERN_STRING, [VALUE_LIST] = QUERN_LIST,
		[VALUE_MAP] = QUERN_MAP,
	};

	return v ? kinds[value_of(v)->kind] : QUERN_NULL_VALUE;
}

int quern_value_boolean(const quern_value *v)
{
	return quern_value_kind(v) == QUERN_BOOLEAN && value_of(v)->as.boolean;
}

int64_t quern_value_integer(const quern_value *v)
{
	return quern_value_kind(v) == QUERN_INTEGER ? value_of(v)->as.integer : 0;
}

double quern_value_float(const quern_value *v)
{
	if (quern_value_kind(v) == QUERN_INTEGER)
		return (double)value_of(v)->as.integer;
	return quern_value_kind(v) == QUERN_FLOAT ? value_of(v)->as.number : 0.0;
}

static const char *str_out(struct str s, size_t *len)
{
	if (len)
		*len = s.n;
	return s.n ? s.p : "";
}

const char *quern_value_string(const quern_value *v, size_t *len)
{
	return str_out(quern_value_kind(v) == QUERN_STRING ? value_of(v)->as.string : STR_EMPTY, len);
}

size_t quern_value_count(const quern_value *v)
{
	switch (quern_value_kind(v)) {
	case QUERN_LIST:
		return value_of(v)->as.list.n;
	case QUERN_MAP:
		return value_of(v)->as.map.n;
	default:
		return 0;
	}
}

const quern_value *quern_value_at(const quern_value *v, size_t i)
{
	if (i >= quern_value_count(v))
		return NULL;
	if (quern_value_kind(v) == QUERN_LIST)
		return value_handle(&value_of(v)->as.list.items[i]);
	return value_handle(&value_of(v)->as.map.members[i].value);
}

const char *quern_value_key(const quern_value *map, size_t i, size_t *len)
{
	const bool has = quern_value_kind(map) == QUERN_MAP && i < quern_value_count(map);

	return str_out(has ? value_of(map)->as.map.members[i].key : STR_EMPTY, len);
}

const quern_value *quern_value_get(const quern_value *map, const char *key)
{
	return map && key ? value_handle(value_getz(value_of(map), key)) : NULL;
}

quern_code quern_value_to_json(const quern_value *v, quern_write_fn write, void *user)
{
	const struct value null = value_null();
	struct buf out;

	buf_init(&out, &alloc_libc, 0);
	json_write(&out, v ? value_of(v) : &null, 0);
	return buf_hand_over(&out, write, user);
}
