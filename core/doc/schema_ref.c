/*
 * schema_ref.c - $ref: JSON pointers and anchors within the file, and the
 * refusal of references that lead back to where they began without having
 * looked at any other value.
 */
#include "doc/schema_private.h"

#include "base/ascii.h"

/* --------------------------------------------------------------- resolving */

/* The fragment of a URI without its %xx; in the arena. */
static struct str decode_fragment(struct compiler *c, struct str s)
{
	char *out = arena_alloc(c->arena, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; out && i < s.n; i++) {
		const int high = s.p[i] == '%' && i + 2 < s.n ? ascii_hex(s.p[i + 1]) : -1;
		const int low = high >= 0 ? ascii_hex(s.p[i + 2]) : -1;

		out[n++] = low >= 0 ? (char)(high * 16 + low) : s.p[i];
		i += low >= 0 ? 2 : 0;
	}
	return (struct str){ out, n };
}

/* One token of a pointer, ~1 and ~0 undone in place; *rest moves behind it. */
static struct str cut_token(struct str *rest)
{
	char *from = (char *)rest->p + 1, *to = from;
	const char *p = from, *end = rest->p + rest->n;

	for (; p < end && *p != '/'; p++) {
		if (*p == '~' && p + 1 < end && (p[1] == '0' || p[1] == '1'))
			*to++ = *++p == '1' ? '/' : '~';
		else
			*to++ = *p;
	}
	*rest = str_slice(p, end);
	return str_slice(from, to);
}

static const struct value *list_item(const struct value *list, struct str token)
{
	size_t index = 0;

	if (token.n == 0 || token.n > 9 || (token.n > 1 && token.p[0] == '0'))
		return NULL;
	for (size_t i = 0; i < token.n; i++) {
		if (token.p[i] < '0' || token.p[i] > '9')
			return NULL;
		index = index * 10 + (size_t)(token.p[i] - '0');
	}
	return index < list->as.list.n ? &list->as.list.items[index] : NULL;
}

/* What the pointer (empty, or begun by a slash) leads to; its bytes are changed. */
static const struct value *follow_pointer(const struct value *v, struct str rest)
{
	while (v && rest.n) {
		const struct str token = cut_token(&rest);

		if (v->kind == VALUE_LIST)
			v = list_item(v, token);
		else
			v = value_get(v, token);
	}
	return v;
}

/* The node that the reference names; NULL and told where there is none. */
static struct schema_node *resolve(struct compiler *c, const struct value *ref)
{
	const char *hint = "write #, #/$defs/NAME or #ANCHOR";
	struct str s = ref->as.string, fragment;
	const struct value *target;
	struct schema_node *node = NULL;

	if (c->id.n && str_starts(s, c->id) && (s.n == c->id.n || s.p[c->id.n] == '#'))
		s = (struct str){ s.p + c->id.n, s.n - c->id.n };
	if (s.n && s.p[0] != '#') {
		schema_error(c, ref, hint, "$ref leads out of the file, which is not supported");
		return NULL;
	}
	fragment = s.n ? decode_fragment(c, (struct str){ s.p + 1, s.n - 1 }) : STR_EMPTY;
	if (!fragment.p)
		return NULL;
	if (fragment.n == 0 || fragment.p[0] == '/') {
		target = follow_pointer(c->source, fragment);
		node = target ? schema_node_at(c, target) : NULL;
	} else {
		target = value_get(&c->anchors, fragment);
		node = target ? c->nodes[target->as.integer] : NULL;
	}
	if (!node)
		schema_error(c, ref, hint, "$ref leads to %s in this file", target ? "no schema" : "nothing");
	return node;
}

/* ------------------------------------------------------------------ circles */

/* The schemas of these look at the same value as the schema they stand in. */
static bool stays_on_value(enum keyword k)
{
	switch (k) {
	case KEYWORD_REF:
	case KEYWORD_ALL_OF:
	case KEYWORD_ANY_OF:
	case KEYWORD_ONE_OF:
	case KEYWORD_NOT:
	case KEYWORD_IF:
	case KEYWORD_THEN:
	case KEYWORD_ELSE:
	case KEYWORD_DEPENDENT_SCHEMAS:
		return true;
	default:
		return false;
	}
}

static size_t nodes_of(const struct rule *rule)
{
	if (!stays_on_value(rule->info->keyword))
		return 0;
	if (rule->info->shape == SHAPE_SCHEMAS)
		return rule->arg->as.list.n;
	return rule->info->shape == SHAPE_SCHEMA_MAP ? rule->arg->as.map.n : 1;
}

/* A node on the way, and how far its schemas have been gone through. */
struct step {
	struct schema_node *node;
	size_t rule, child;
};

/* The next schema of the step that looks at the same value; NULL at its end. */
static struct schema_node *next_child(struct step *s, const struct rule **by)
{
	while (s->rule < s->node->n) {
		const struct rule *rule = &s->node->rules[s->rule];

		if (s->child < nodes_of(rule)) {
			*by = rule;
			return rule->nodes[s->child++];
		}
		s->rule++;
		s->child = 0;
	}
	return NULL;
}

static bool push_step(struct compiler *c, struct step **steps, size_t *n, size_t *cap, struct schema_node *node)
{
	struct step *grown = arena_grow(c->arena, *steps, cap, *n + 1, sizeof(**steps));

	if (!grown)
		return false;
	*steps = grown;
	grown[(*n)++] = (struct step){ node, 0, 0 };
	node->state = NODE_OPEN;
	return true;
}

/* Depth first with a stack of its own: schemas may stand in long chains. */
static void find_circles(struct compiler *c, struct schema_node *from)
{
	struct step *steps = NULL;
	size_t n = 0, cap = 0;
	const struct rule *by;
	bool ok = from->state != NODE_FRESH || push_step(c, &steps, &n, &cap, from);

	while (ok && n > 0) {
		struct schema_node *next = next_child(&steps[n - 1], &by);

		if (!next)
			steps[--n].node->state = NODE_DONE;
		else if (next->state == NODE_FRESH)
			ok = push_step(c, &steps, &n, &cap, next);
		else if (next->state == NODE_OPEN)
			schema_error(c, by->arg, "let a reference lead back only through properties or items",
				     "%s leads in a circle: it would check the same value for ever", by->info->name);
	}
}

void schema_link(struct compiler *c)
{
	for (size_t i = 0; i < c->n_nodes; i++) {
		for (size_t k = 0; k < c->nodes[i]->n; k++) {
			struct rule *rule = &c->nodes[i]->rules[k];

			if (rule->info->keyword == KEYWORD_REF)
				rule->nodes[0] = resolve(c, rule->arg);
		}
	}
	for (size_t i = 0; !c->failed && i < c->n_nodes; i++)
		find_circles(c, c->nodes[i]);
}
