/*
 * schema_message.c - how a place and a value are named to a person:
 * "authors[2].name", "the string \"abc\"".  Knows no schema.
 */
#include "doc/schema_private.h"

#include "base/json.h"

enum { QUOTE_MAX = 60, PLACE_MAX = 40 };

/* Cut at a character, with an ellipsis. */
static void add_cut(struct buf *out, struct str s, size_t max)
{
	size_t n = s.n;

	if (n <= max) {
		buf_adds(out, s);
		return;
	}
	n = max;
	while (n && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n--;
	buf_add(out, s.p, n);
	buf_addz(out, "…");
}

/* ------------------------------------------------------------------ places */

static bool is_word(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		const char c = s.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
		      c == '-' || (unsigned char)c >= 0x80))
			return false;
	}
	return s.n > 0;
}

static void write_step(struct buf *out, const struct place *p)
{
	if (p->in_list) {
		buf_addc(out, '[');
		buf_add_int(out, (int64_t)p->index + 1);
		buf_addc(out, ']');
	} else if (is_word(p->key)) {
		if (!p->up->is_root)
			buf_addc(out, '.');
		add_cut(out, p->key, QUOTE_MAX);
	} else {
		buf_addz(out, "[\"");
		add_cut(out, p->key, QUOTE_MAX);
		buf_addz(out, "\"]");
	}
}

void place_write(struct buf *out, const struct place *p)
{
	const struct place *steps[PLACE_MAX];
	const bool name = p->is_name;
	size_t n = 0;

	if (p->is_root) {
		buf_addz(out, "the front matter");
		return;
	}
	for (; !p->is_root && n < PLACE_MAX; p = p->up)
		steps[n++] = p;
	if (name)
		buf_addz(out, "the name of ");
	if (!p->is_root)
		buf_addz(out, "…");
	while (n > 0)
		write_step(out, steps[--n]);
}

/* ------------------------------------------------------------------ values */

void value_quote(struct buf *out, const struct value *v)
{
	struct buf text;

	if (v->kind == VALUE_STRING) {
		buf_addc(out, '"');
		add_cut(out, v->as.string, QUOTE_MAX);
		buf_addc(out, '"');
		return;
	}
	buf_init(&text, out->heap, 0);
	json_write(&text, v, 0);
	if (buf_ok(&text))
		add_cut(out, buf_str(&text), QUOTE_MAX);
	else
		out->failed = true;
	buf_release(&text);
}

static void describe_count(struct buf *out, const char *what, size_t n, const char *of)
{
	buf_addz(out, n ? what : "an empty ");
	if (!n) {
		buf_addz(out, what + 2);
		return;
	}
	buf_addz(out, " of ");
	buf_add_int(out, (int64_t)n);
	buf_addc(out, ' ');
	buf_addz(out, of);
	if (n != 1)
		buf_addc(out, 's');
}

void value_describe(struct buf *out, const struct value *v)
{
	switch (v->kind) {
	case VALUE_NULL:
		buf_addz(out, "nothing (null)");
		return;
	case VALUE_LIST:
		describe_count(out, "a list", v->as.list.n, "item");
		return;
	case VALUE_MAP:
		describe_count(out, "a map", v->as.map.n, "field");
		return;
	case VALUE_STRING:
		buf_addz(out, "the string ");
		break;
	case VALUE_INT:
		buf_addz(out, "the integer ");
		break;
	case VALUE_FLOAT:
		buf_addz(out, "the number ");
		break;
	case VALUE_BOOL:
		break;
	}
	value_quote(out, v);
}
