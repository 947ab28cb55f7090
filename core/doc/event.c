/*
 * event.c - the list of event.h.
 */
#include "doc/event.h"

void events_init(struct events *e, struct arena *arena)
{
	*e = (struct events){ .arena = arena };
}

struct event *events_add(struct events *e, enum event_type type, enum node_kind kind, uint32_t from, uint32_t to)
{
	if (e->failed)
		return NULL;
	if (e->n == e->cap) {
		struct event *grown = arena_grow(e->arena, e->items, &e->cap, e->n + 1, sizeof *grown);
		if (!grown) {
			e->failed = true;
			return NULL;
		}
		e->items = grown;
	}
	struct event *ev = &e->items[e->n++];
	*ev = (struct event){ .type = (uint8_t)type, .kind = (uint8_t)kind, .from = from, .to = to };
	if (type == EVENT_HTML)
		e->n_html++;
	return ev;
}

void events_text(struct events *e, struct str literal, uint32_t from, uint32_t to)
{
	if (literal.n == 0)
		return;
	struct event *ev = events_add(e, EVENT_TEXT, NODE_TEXT, from, to);
	if (ev)
		ev->text = literal;
}

/* "a" and "b" give "a b"; room doubles, so that many of them stay linear. */
static bool join_class(struct arena *a, struct event_attr *attr, struct str value)
{
	size_t n = attr->value.n + 1 + value.n;

	if (value.n == 0)
		return true;
	if (attr->value.n == 0) {
		attr->value = value;
		attr->room = 0;
		return true;
	}
	if (n > attr->room) {
		char *moved = arena_alloc(a, 2 * n);
		if (!moved)
			return false;
		memcpy(moved, attr->value.p, attr->value.n);
		attr->value.p = moved;
		attr->room = 2 * n;
	}
	char *end = (char *)attr->value.p + attr->value.n;
	*end++ = ' ';
	memcpy(end, value.p, value.n);
	attr->value.n = n;
	return true;
}

static bool put_attr(struct arena *a, struct event *e, struct str key, struct str value, bool replace)
{
	struct event_attr **tail = &e->attrs;
	int n = 0;

	for (; *tail; tail = &(*tail)->next) {
		n++;
		if (!str_eq((*tail)->key, key))
			continue;
		if (str_eqz(key, "class"))
			return join_class(a, *tail, value);
		(*tail)->value = replace ? value : (*tail)->value;
		return true;
	}
	if (n >= EVENT_MAX_ATTRS)
		return true;
	struct event_attr *attr = arena_alloc(a, sizeof *attr);
	if (!attr)
		return false;
	*attr = (struct event_attr){ key, value, 0, NULL };
	*tail = attr;
	return true;
}

bool event_add_attr(struct arena *a, struct event *e, struct str key, struct str value)
{
	return put_attr(a, e, key, value, false);
}

bool event_set_attr(struct arena *a, struct event *e, struct str key, struct str value)
{
	return put_attr(a, e, key, value, true);
}
