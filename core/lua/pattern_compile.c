/*
 * pattern_compile.c - patterns into programs, and the cache of them.
 *
 * One item of a program is one item of the pattern; plain characters that
 * stand together are one literal, classes and sets become sets of bytes.  A
 * pattern is compiled up to its first malformed place.
 */
#include <lauxlib.h>
#include <string.h>

#include "lua/pattern.h"
#include "lua/state.h"

#define ESCAPE '%'
/* Longer patterns are not worth a place in the cache. */
#define CACHED_MAX 256

enum { ERROR_ESCAPE, ERROR_SET, ERROR_BALANCE, ERROR_FRONTIER };

const char *pattern_error(int number)
{
	static const char *const messages[] = {
		[ERROR_ESCAPE] = "malformed pattern (ends with '%')",
		[ERROR_SET] = "malformed pattern (missing ']')",
		[ERROR_BALANCE] = "malformed pattern (missing arguments to '%b')",
		[ERROR_FRONTIER] = "missing '[' after '%f' in pattern",
	};
	return messages[number];
}

/* --------------------------------------------------------------------- sets */

static void set_add(struct byte_set *s, unsigned char c)
{
	s->bits[c >> 6] |= UINT64_C(1) << (c & 63);
}

static void set_add_range(struct byte_set *s, unsigned lo, unsigned hi)
{
	for (unsigned w = lo >> 6; lo <= hi && w <= hi >> 6; w++) {
		uint64_t from = w == lo >> 6 ? ~UINT64_C(0) << (lo & 63) : ~UINT64_C(0);
		uint64_t to = w == hi >> 6 ? ~UINT64_C(0) >> (63 - (hi & 63)) : ~UINT64_C(0);
		s->bits[w] |= from & to;
	}
}

static void set_unite(struct byte_set *s, const struct byte_set *with)
{
	for (int i = 0; i < 4; i++)
		s->bits[i] |= with->bits[i];
}

static void set_invert(struct byte_set *s)
{
	for (int i = 0; i < 4; i++)
		s->bits[i] = ~s->bits[i];
}

/* ASCII whatever the locale. False: the letter names no class. */
static bool class_make(struct byte_set *s, unsigned char letter)
{
	*s = (struct byte_set){ { 0 } };
	switch (letter | 0x20) {
	case 'a':
		set_add_range(s, 'A', 'Z');
		set_add_range(s, 'a', 'z');
		break;
	case 'c':
		set_add_range(s, 0, 31);
		set_add(s, 127);
		break;
	case 'd':
		set_add_range(s, '0', '9');
		break;
	case 'g':
		set_add_range(s, 33, 126);
		break;
	case 'l':
		set_add_range(s, 'a', 'z');
		break;
	case 'p':
		set_add_range(s, 33, 47);
		set_add_range(s, 58, 64);
		set_add_range(s, 91, 96);
		set_add_range(s, 123, 126);
		break;
	case 's':
		set_add(s, ' ');
		set_add_range(s, 9, 13);
		break;
	case 'u':
		set_add_range(s, 'A', 'Z');
		break;
	case 'w':
		set_add_range(s, '0', '9');
		set_add_range(s, 'A', 'Z');
		set_add_range(s, 'a', 'z');
		break;
	case 'x':
		set_add_range(s, '0', '9');
		set_add_range(s, 'A', 'F');
		set_add_range(s, 'a', 'f');
		break;
	case 'z': /* deprecated, and still there */
		set_add(s, 0);
		break;
	default:
		return false;
	}
	if (letter < 'A' || (letter > 'Z' && letter < 'a'))
		return false;
	if (letter <= 'Z')
		set_invert(s);
	return true;
}

/* p at '[', last at the closing ']'. */
static void set_make(struct byte_set *s, const char *p, const char *last)
{
	const bool inverted = p[1] == '^';
	struct byte_set class;
	*s = (struct byte_set){ { 0 } };
	p += inverted;
	while (++p < last) {
		if (*p == ESCAPE) {
			p++;
			if (class_make(&class, (unsigned char)*p))
				set_unite(s, &class);
			else
				set_add(s, (unsigned char)*p);
		} else if (p[1] == '-' && p + 2 < last) {
			set_add_range(s, (unsigned char)p[0], (unsigned char)p[2]);
			p += 2;
		} else {
			set_add(s, (unsigned char)*p);
		}
	}
	if (inverted)
		set_invert(s);
}

/* The end of the set that begins at p, or NULL if it has none. */
static const char *set_end(const char *p, const char *end)
{
	p++;
	if (p < end && *p == '^')
		p++;
	/* The first character is part of the set even if it is ']'. */
	do {
		if (p == end)
			return NULL;
		if (*p++ == ESCAPE) {
			if (p == end)
				return NULL;
			p++;
		}
	} while (p == end || *p != ']');
	return p + 1;
}

/* ------------------------------------------------------------------ compiling */

struct compiler {
	struct pattern_program *program;
	const char *p, *end;
	uint32_t n_items, n_sets, n_text;
	int open; /* captures begun and not closed */
};

static struct pattern_item *add_item(struct compiler *c, enum pattern_op op)
{
	struct pattern_item *item = &c->program->items[c->n_items++];
	*item = (struct pattern_item){ .op = (uint8_t)op };
	return item;
}

/* Nothing behind the bad place is ever reached. */
static void add_error(struct compiler *c, int number)
{
	add_item(c, OP_ERROR)->a = (char)number;
	c->p = c->end;
}

/* Reads one single-character class into the item. False: malformed, told. */
static bool read_class(struct compiler *c, struct pattern_item *item)
{
	struct pattern_program *g = c->program;
	const char *p = c->p;
	item->at = c->n_sets;
	item->class = CLASS_BYTE;
	item->a = *p;
	if (*p == '[') {
		const char *end = set_end(p, c->end);
		if (!end) {
			add_error(c, ERROR_SET);
			return false;
		}
		set_make(&g->sets[c->n_sets++], p, end - 1);
		item->class = CLASS_SET;
		c->p = end;
		return true;
	}
	c->p++;
	if (*p == '.')
		item->class = CLASS_ANY;
	if (*p != ESCAPE)
		return true;
	if (c->p == c->end) {
		add_error(c, ERROR_ESCAPE);
		return false;
	}
	item->a = *c->p++;
	if (class_make(&g->sets[c->n_sets], (unsigned char)item->a)) {
		c->n_sets++;
		item->class = CLASS_SET;
	}
	return true;
}

/* A plain byte joins the literal before it. */
static void add_byte(struct compiler *c, char byte)
{
	struct pattern_program *g = c->program;
	struct pattern_item *last = c->n_items ? &g->items[c->n_items - 1] : NULL;
	if (!last || last->op != OP_LITERAL) {
		last = add_item(c, OP_LITERAL);
		last->a = byte;
		last->at = c->n_text;
	}
	g->text[c->n_text++] = byte;
	last->n++;
}

static void add_single(struct compiler *c)
{
	struct pattern_item item = { .n = 0 };
	if (!read_class(c, &item))
		return;
	switch (c->p < c->end ? *c->p : '\0') {
	case '*':
		item.op = OP_STAR;
		break;
	case '+':
		item.op = OP_PLUS;
		break;
	case '-':
		item.op = OP_LAZY;
		break;
	case '?':
		item.op = OP_OPTIONAL;
		break;
	default:
		item.op = OP_ONE;
		if (item.class == CLASS_BYTE)
			add_byte(c, item.a);
		else
			*add_item(c, OP_ONE) = item;
		return;
	}
	c->p++;
	*add_item(c, OP_ONE) = item;
}

/* %b, %f and %1; false: it is none of them. */
static bool add_escape(struct compiler *c)
{
	const char kind = c->p + 1 < c->end ? c->p[1] : '\0';
	struct pattern_item *item;
	if (kind == 'b') {
		if (c->end - c->p < 4) {
			add_error(c, ERROR_BALANCE);
			return true;
		}
		item = add_item(c, OP_BALANCE);
		item->a = c->p[2];
		item->b = c->p[3];
		c->p += 4;
	} else if (kind == 'f') {
		c->p += 2;
		const char *end = c->p < c->end && *c->p == '[' ? set_end(c->p, c->end) : NULL;
		if (!end) {
			add_error(c, c->p < c->end && *c->p == '[' ? ERROR_SET : ERROR_FRONTIER);
			return true;
		}
		add_item(c, OP_FRONTIER)->at = c->n_sets;
		set_make(&c->program->sets[c->n_sets++], c->p, end - 1);
		c->p = end;
	} else if (kind >= '0' && kind <= '9') {
		add_item(c, OP_BACK)->a = kind;
		c->p += 2;
	} else {
		return false;
	}
	return true;
}

static void add_next(struct compiler *c)
{
	switch (*c->p) {
	case '(':
		c->p++;
		if (c->p < c->end && *c->p == ')') {
			add_item(c, OP_POSITION);
			c->p++;
			return;
		}
		add_item(c, OP_OPEN);
		c->open++;
		return;
	case ')':
		c->p++;
		/* n: it closes one for certain, and so raises no error */
		add_item(c, OP_CLOSE)->n = c->open > 0;
		c->open -= c->open > 0;
		return;
	case '$':
		if (c->p + 1 == c->end) {
			add_item(c, OP_AT_END);
			c->p++;
			return;
		}
		break;
	case ESCAPE:
		if (add_escape(c))
			return;
		break;
	default:
		break;
	}
	add_single(c);
}

/* Adds the bytes that the item may begin with; false: any, or none needed. */
static bool first_add(struct pattern_program *g, const struct pattern_item *item)
{
	if (item->op == OP_LITERAL || item->op == OP_BALANCE || item->class == CLASS_BYTE)
		set_add(&g->first, (unsigned char)item->a);
	else if (item->class == CLASS_SET)
		set_unite(&g->first, &g->sets[item->at]);
	else
		return false;
	return true;
}

/* Captures that begin cannot fail while there are few of them, nor can their ends. */
static void find_first(struct pattern_program *g)
{
	g->first = (struct byte_set){ { 0 } };
	g->has_first = false;
	g->lead = NULL;
	bool nullable = false;
	for (const struct pattern_item *item = g->items; item < g->items + PATTERN_CAPTURES; item++) {
		switch (item->op) {
		case OP_OPEN:
		case OP_POSITION:
			break;
		case OP_CLOSE:
			if (!item->n)
				return;
			break;
		case OP_STAR:
		case OP_LAZY:
		case OP_OPTIONAL:
			if (!first_add(g, item))
				return;
			nullable = true;
			break;
		case OP_LITERAL:
		case OP_ONE:
		case OP_PLUS:
		case OP_BALANCE:
			g->has_first = first_add(g, item);
			g->lead = item->op == OP_LITERAL && !nullable ? item : NULL;
			return;
		default:
			return;
		}
	}
}

/* An item, half a set and two bytes of text for each byte of the pattern. */
size_t pattern_program_size(size_t n)
{
	return sizeof(struct pattern_program) + (n / 2 + 1) * sizeof(struct byte_set) +
	       (n + 1) * sizeof(struct pattern_item) + 2 * n;
}

struct pattern_program *pattern_compile(struct budget *b, void *block, const char *pattern, size_t n)
{
	struct pattern_program *g = block;
	struct compiler c = { .program = g, .p = pattern, .end = pattern + n };
	g->size = pattern_program_size(n);
	g->sets = (struct byte_set *)(g + 1);
	g->items = (struct pattern_item *)(g->sets + n / 2 + 1);
	g->text = (char *)(g->items + n + 1);
	g->source = g->text + n;
	g->n_source = n;
	memcpy(g->source, pattern, n);
	while (c.p < c.end) {
		const char *from = c.p;
		add_next(&c);
		budget_spend(b, 1 + (size_t)(c.p - from) / 4);
	}
	add_item(&c, OP_END);
	find_first(g);
	return g;
}

/* -------------------------------------------------------------------- cache */

static size_t slot_of(const char *p, size_t n)
{
	uint32_t h = (uint32_t)n;
	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)p[i]) * 16777619u;
	return (h ^ h >> 15) % PATTERN_CACHE_SLOTS;
}

const struct pattern_program *pattern_get(lua_State *L, const char *pattern, size_t n)
{
	struct state *s = state_of(L);
	struct pattern_program **slot = NULL;
	if (n <= CACHED_MAX) {
		slot = &s->patterns.slots[slot_of(pattern, n)];
		struct pattern_program *g = *slot;
		if (g && g->n_source == n && memcmp(g->source, pattern, n) == 0)
			return g;
	}
	const size_t size = pattern_program_size(n);
	void *block = slot ? mem_new(&s->outside, size) : NULL;
	if (!block)
		return pattern_compile(&s->budget, lua_newuserdatauv(L, size, 0), pattern, n);
	if (*slot)
		mem_free(&s->outside, *slot, (*slot)->size);
	*slot = NULL;
	/* Short as it is, compiling looks at the clock, and that may end the call. */
	struct budget unlimited = { .fuel = INT64_MAX };
	*slot = pattern_compile(&unlimited, block, pattern, n);
	budget_spend(&s->budget, n + 10);
	return *slot;
}

void pattern_cache_release(struct pattern_cache *c, const struct alloc *heap)
{
	for (size_t i = 0; i < PATTERN_CACHE_SLOTS; i++) {
		if (c->slots[i])
			mem_free(heap, c->slots[i], c->slots[i]->size);
		c->slots[i] = NULL;
	}
}
