/*
 * schema_compile.c - a schema as a value made into nodes and rules: every
 * keyword is looked up once, its value checked, its patterns compiled.  All
 * that is wrong is told, not the first only.
 */
#include "doc/schema_private.h"

static struct schema_node *compile_node(struct compiler *c, const struct value *v);

bool schema_error(struct compiler *c, const struct value *v, const char *hint, const char *format, ...)
{
	va_list args;
	char *message;

	va_start(args, format);
	message = arena_vprintf(c->arena, format, args);
	va_end(args);
	if (message)
		diags_add(c->diags, SEVERITY_ERROR, v->line, v->column, hint, "%s", message);
	c->failed = true;
	return false;
}

static bool refuse_memory(struct compiler *c)
{
	c->arena->refused = true;
	c->failed = true;
	return false;
}

/* ------------------------------------------------------------------ shapes */

/* "minimum" wants a number here, found ... */
static bool wrong_shape(struct compiler *c, const struct rule *rule, const struct value *found, const char *wanted)
{
	struct buf b;

	buf_init(&b, c->arena->heap, 0);
	value_describe(&b, found);
	schema_error(c, found, NULL, "%s wants %s, found %s", rule->info->name, wanted,
		     buf_ok(&b) ? buf_str(&b).p : "something else");
	buf_release(&b);
	return false;
}

static bool take_type(struct compiler *c, struct rule *rule, const struct value *name)
{
	const unsigned type = name->kind == VALUE_STRING ? type_find(name->as.string) : 0;

	if (!type)
		return wrong_shape(c, rule, name,
				   "one of string, integer, number, boolean, array, object, null (or a list of them)");
	rule->types |= type;
	return true;
}

static bool take_types(struct compiler *c, struct rule *rule)
{
	const struct value *arg = rule->arg;
	bool ok = true;

	if (arg->kind != VALUE_LIST || arg->as.list.n == 0)
		return take_type(c, rule, arg);
	for (size_t i = 0; i < arg->as.list.n; i++)
		ok = take_type(c, rule, &arg->as.list.items[i]) && ok;
	return ok;
}

static bool is_names(const struct value *v)
{
	for (size_t i = 0; v->kind == VALUE_LIST && i < v->as.list.n; i++) {
		if (v->as.list.items[i].kind != VALUE_STRING)
			return false;
	}
	return v->kind == VALUE_LIST;
}

static bool take_names_map(struct compiler *c, struct rule *rule)
{
	const struct value *arg = rule->arg;

	if (arg->kind != VALUE_MAP)
		return wrong_shape(c, rule, arg, "a map of lists of names");
	for (size_t i = 0; i < arg->as.map.n; i++) {
		if (!is_names(&arg->as.map.members[i].value))
			return wrong_shape(c, rule, &arg->as.map.members[i].value, "a list of names for each name");
	}
	return true;
}

static bool take_number(struct compiler *c, struct rule *rule)
{
	const struct value zero = value_int(0), *arg = rule->arg;
	const bool count = rule->info->shape == SHAPE_COUNT;

	if (!(type_of(arg) & (count ? TYPE_INTEGER : TYPE_NUMBER)))
		return wrong_shape(c, rule, arg, count ? "a whole number" : "a number");
	if (count && number_compare(arg, &zero) < 0)
		return wrong_shape(c, rule, arg, "a number that is not negative");
	if (rule->info->shape == SHAPE_POSITIVE && number_compare(arg, &zero) <= 0)
		return wrong_shape(c, rule, arg, "a number over 0");
	return true;
}

/* ---------------------------------------------------------------- patterns */

static bool compile_pattern(struct compiler *c, struct rule *rule, size_t i, struct str text, const struct value *at)
{
	char why[200] = "";

	rule->patterns[i] = regex_compile(c->arena, text, why, sizeof(why));
	if (rule->patterns[i])
		return true;
	if (c->arena->refused)
		return refuse_memory(c);
	return schema_error(c, at, NULL, "%s is no regular expression of ECMA 262: %s", rule->info->name, why);
}

static bool take_patterns(struct compiler *c, struct rule *rule, size_t n)
{
	rule->patterns = arena_alloc_zero(c->arena, (n ? n : 1) * sizeof(*rule->patterns));
	return rule->patterns || refuse_memory(c);
}

static bool take_pattern(struct compiler *c, struct rule *rule)
{
	if (rule->arg->kind != VALUE_STRING)
		return wrong_shape(c, rule, rule->arg, "a string with a regular expression");
	return take_patterns(c, rule, 1) && compile_pattern(c, rule, 0, rule->arg->as.string, rule->arg);
}

/* ----------------------------------------------------------------- schemas */

static bool take_nodes(struct compiler *c, struct rule *rule, size_t n)
{
	rule->nodes = arena_alloc_zero(c->arena, (n ? n : 1) * sizeof(struct schema_node *));
	return rule->nodes || refuse_memory(c);
}

static bool take_schemas(struct compiler *c, struct rule *rule)
{
	const struct value *arg = rule->arg;
	bool ok = true;

	if (arg->kind != VALUE_LIST || arg->as.list.n == 0)
		return wrong_shape(c, rule, arg, "a list of one schema or more");
	if (!take_nodes(c, rule, arg->as.list.n))
		return false;
	for (size_t i = 0; i < arg->as.list.n; i++) {
		rule->nodes[i] = compile_node(c, &arg->as.list.items[i]);
		ok = rule->nodes[i] && ok;
	}
	return ok;
}

static bool take_schema_map(struct compiler *c, struct rule *rule)
{
	const struct value *arg = rule->arg;
	const bool patterns = rule->info->shape == SHAPE_PATTERN_MAP;
	bool ok = true;

	if (arg->kind != VALUE_MAP)
		return wrong_shape(c, rule, arg,
				   patterns ? "a map of regular expressions to schemas" : "a map of names to schemas");
	if (!take_nodes(c, rule, arg->as.map.n) || (patterns && !take_patterns(c, rule, arg->as.map.n)))
		return false;
	for (size_t i = 0; i < arg->as.map.n; i++) {
		const struct value_member *m = &arg->as.map.members[i];
		const struct value at = { .line = m->line, .column = m->column };

		rule->nodes[i] = compile_node(c, &m->value);
		ok = rule->nodes[i] && ok;
		if (patterns)
			ok = compile_pattern(c, rule, i, m->key, &at) && ok;
	}
	return ok;
}

static bool take_schema(struct compiler *c, struct rule *rule)
{
	if (!take_nodes(c, rule, 1))
		return false;
	rule->nodes[0] = compile_node(c, rule->arg);
	return rule->nodes[0] != NULL;
}

/* ------------------------------------------------------- texts with a sense */

/* The node of the rule is the newest but for those inside it: its index is given. */
static bool take_anchor(struct compiler *c, const struct rule *rule, size_t node)
{
	if (value_get(&c->anchors, rule->arg->as.string))
		return schema_error(c, rule->arg, NULL, "$anchor: this name is taken already");
	return value_set(c->arena, &c->anchors, rule->arg->as.string, value_int((int64_t)node)) || refuse_memory(c);
}

static bool take_id(struct compiler *c, const struct rule *rule, size_t node)
{
	struct str id = rule->arg->as.string;

	if (node != 0)
		return schema_error(c, rule->arg, "write $anchor, or refer to it as #/$defs/...",
				    "$id inside a schema is not supported: a file is one schema");
	if (str_ends(id, STR_LIT("#")))
		id.n--;
	c->id = id;
	return true;
}

static bool take_dialect(struct compiler *c, const struct rule *rule)
{
	const struct str s = rule->arg->as.string;

	if (!str_starts(s, STR_LIT("https://json-schema.org/draft/2020-12/schema")))
		diags_add(c->diags, SEVERITY_WARNING, rule->arg->line, rule->arg->column,
			  "https://json-schema.org/draft/2020-12/schema",
			  "another version of JSON Schema is named: this one is read as 2020-12");
	return true;
}

static bool take_format(struct compiler *c, const struct rule *rule)
{
	if (!format_describe(rule->arg->as.string))
		diags_add(c->diags, SEVERITY_WARNING, rule->arg->line, rule->arg->column,
			  "date, date-time, time, email, uri, uri-reference, hostname, ipv4, ipv6 and uuid are checked",
			  "the format \"%.*s\" is not checked", (int)(rule->arg->as.string.n % 1000),
			  rule->arg->as.string.p);
	return true;
}

static bool take_text(struct compiler *c, struct rule *rule, size_t node)
{
	if (rule->arg->kind != VALUE_STRING)
		return wrong_shape(c, rule, rule->arg, "a string");
	switch (rule->info->keyword) {
	case KEYWORD_ANCHOR:
		return take_anchor(c, rule, node);
	case KEYWORD_ID:
		return take_id(c, rule, node);
	case KEYWORD_DIALECT:
		return take_dialect(c, rule);
	case KEYWORD_FORMAT:
		return take_format(c, rule);
	case KEYWORD_REF:
		return take_nodes(c, rule, 1); /* filled when all is there */
	default:
		return true;
	}
}

/* ------------------------------------------------------------------- nodes */

static bool compile_rule(struct compiler *c, struct rule *rule, size_t node)
{
	const struct value *arg = rule->arg;

	switch (rule->info->shape) {
	case SHAPE_TYPES:
		return take_types(c, rule);
	case SHAPE_LIST:
		return arg->kind == VALUE_LIST || wrong_shape(c, rule, arg, "a list");
	case SHAPE_NUMBER:
	case SHAPE_POSITIVE:
	case SHAPE_COUNT:
		return take_number(c, rule);
	case SHAPE_FLAG:
		return arg->kind == VALUE_BOOL || wrong_shape(c, rule, arg, "true or false");
	case SHAPE_TEXT:
		return take_text(c, rule, node);
	case SHAPE_NAMES:
		return is_names(arg) || wrong_shape(c, rule, arg, "a list of names");
	case SHAPE_NAMES_MAP:
		return take_names_map(c, rule);
	case SHAPE_PATTERN:
		return take_pattern(c, rule);
	case SHAPE_SCHEMA:
		return take_schema(c, rule);
	case SHAPE_SCHEMAS:
		return take_schemas(c, rule);
	case SHAPE_SCHEMA_MAP:
	case SHAPE_PATTERN_MAP:
		return take_schema_map(c, rule);
	case SHAPE_ANY:
	case SHAPE_REFUSED:
		break;
	}
	return true;
}

/* Once for each name; those that begin with "x-" are somebody's own. */
static void warn_unknown(struct compiler *c, const struct value_member *m)
{
	const char *hint = NULL;
	char near[48];

	if (str_starts(m->key, STR_LIT("x-")) || value_get(&c->unknown, m->key))
		return;
	value_set(c->arena, &c->unknown, m->key, value_bool(true));
	keyword_suggest(m->key, near, sizeof(near));
	if (near[0])
		hint = arena_printf(c->arena, "did you mean %s?", near);
	diags_add(c->diags, SEVERITY_WARNING, m->line, m->column, hint,
		  "\"%.*s\" is no keyword of JSON Schema 2020-12: it checks nothing", (int)(m->key.n % 1000), m->key.p);
}

/* False where the member makes no rule. */
static bool take_member(struct compiler *c, const struct value_member *m, struct rule *rule)
{
	const struct value at = { .line = m->line, .column = m->column };

	*rule = (struct rule){ .info = keyword_find(m->key), .arg = &m->value };
	if (!rule->info) {
		warn_unknown(c, m);
		return false;
	}
	if (rule->info->shape == SHAPE_REFUSED)
		return schema_error(c, &at, rule->info->hint, "%s is not supported", rule->info->name);
	return true;
}

static struct schema_node *new_node(struct compiler *c, const struct value *v)
{
	struct schema_node *n = arena_alloc_zero(c->arena, sizeof(*n));
	struct schema_node **grown = arena_grow(c->arena, c->nodes, &c->nodes_cap, c->n_nodes + 1,
						sizeof(struct schema_node *));
	const struct str address = arena_str(c->arena, (struct str){ (const char *)&v, sizeof(v) });

	if (!n || !grown || !address.p ||
	    !value_set(c->arena, &c->by_source, address, value_int((int64_t)c->n_nodes))) {
		refuse_memory(c);
		return NULL;
	}
	c->nodes = grown;
	c->nodes[c->n_nodes++] = n;
	n->source = v;
	return n;
}

/* NULL after an error.  Recursion is bounded by VALUE_MAX_DEPTH. */
static struct schema_node *compile_node(struct compiler *c, const struct value *v)
{
	const size_t index = c->n_nodes;
	struct schema_node *n;

	if (v->kind != VALUE_MAP && v->kind != VALUE_BOOL) {
		schema_error(c, v, NULL, "a schema is a map of keywords, or true or false; this is a %s",
			     value_kind_name(v->kind));
		return NULL;
	}
	n = new_node(c, v);
	if (!n || v->kind == VALUE_BOOL) {
		if (n)
			*(v->as.boolean ? &n->always : &n->never) = true;
		return n;
	}
	n->rules = arena_alloc(c->arena, (v->as.map.n + 1) * sizeof(*n->rules));
	if (!n->rules) {
		refuse_memory(c);
		return NULL;
	}
	for (size_t i = 0; i < v->as.map.n; i++) {
		if (take_member(c, &v->as.map.members[i], &n->rules[n->n]) && compile_rule(c, &n->rules[n->n], index))
			n->n++;
	}
	return n;
}

struct schema_node *schema_node_at(const struct compiler *c, const struct value *source)
{
	const struct value *index = value_get(&c->by_source, (struct str){ (const char *)&source, sizeof(source) });

	return index ? c->nodes[index->as.integer] : NULL;
}

const struct rule *rule_find(const struct schema_node *node, enum keyword keyword)
{
	for (size_t i = 0; i < node->n; i++) {
		if (node->rules[i].info->keyword == keyword)
			return &node->rules[i];
	}
	return NULL;
}

const struct schema *schema_compile(struct arena *a, const struct value *source, struct diags *diags)
{
	struct compiler c = { .arena = a, .diags = diags, .source = source, .id = STR_EMPTY };
	struct schema *s = arena_alloc(a, sizeof(*s));

	c.by_source = value_map();
	c.anchors = value_map();
	c.unknown = value_map();
	if (!s)
		return NULL;
	s->root = compile_node(&c, source);
	if (s->root && !a->refused)
		schema_link(&c);
	return c.failed || a->refused ? NULL : s;
}
