/*
 * yaml.c - reads YAML into plain values: libyaml's events, the core schema
 * of YAML 1.2, aliases expanded by copy.
 *
 * libyaml is included here alone.  Its events are taken one at a time, so
 * that the caps on depth, values and expansion stop it early (what it does ahead of
 * an event is bounded by its 1024-character limit on keys).
 */
#include <yaml.h>

#include "doc/yaml_internal.h"

/* More %TAG lines than anybody needs; libyaml compares each with all others. */
#define MAX_DIRECTIVES 32

struct anchor {
	struct value value;
	struct str text;    /* what the value is as a key */
	size_t size, bytes; /* values and string bytes in it */
	bool open;          /* still being read: an alias to it would hold itself */
	bool scalar;
};

/* A list or map that is being read. */
struct frame {
	struct value value;
	struct str key; /* waiting for its value, if has_key */
	uint32_t key_line, key_column;
	bool has_key;
	size_t anchor; /* index + 1; 0: none */
	size_t nodes_before, bytes_before;
};

struct reader {
	yaml_parser_t parser;
	struct cursor at;
	struct frontmatter_limits limits;
	struct arena *arena;
	struct diags *diags;
	struct frame *frames;
	size_t depth, frames_cap;
	struct anchor *anchors;
	size_t n_anchors, anchors_cap;
	struct value names; /* anchor name -> index of its latest use */
	size_t nodes, bytes, copied_bytes;
	struct value root;
};

/* One node of the text, on its way into what is around it. */
struct node {
	struct value value;
	struct str text;
	bool scalar;
};

/* ------------------------------------------------------------ complaints */

/* Where the cursor stands.  Always false. */
static bool refuse(struct reader *r, const char *hint, const char *message)
{
	diags_add(r->diags, SEVERITY_WARNING, r->at.line, cursor_column(&r->at), hint, "%s", message);
	return false;
}

static bool refuse_memory(struct reader *r)
{
	r->arena->refused = true;
	return false;
}

/* A copy for a message, cut where it would get long. */
static int shown_length(struct str s)
{
	size_t n = s.n > 60 ? 60 : s.n;

	while (n && n < s.n && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n--;
	return (int)n;
}

static size_t byte_of_char(const struct reader *r, size_t chars)
{
	struct cursor c;

	cursor_init(&c, r->at.text, r->at.first_line);
	cursor_seek_char(&c, chars);
	return c.offset;
}

static bool refuse_syntax(struct reader *r)
{
	const yaml_parser_t *p = &r->parser;
	struct yaml_problem problem = { p->problem, p->context, 0, 0 };

	if (p->error == YAML_MEMORY_ERROR)
		return refuse_memory(r);
	if (p->error == YAML_READER_ERROR)
		problem.problem_at = p->problem_offset;
	else
		problem.problem_at = byte_of_char(r, p->problem_mark.index);
	problem.context_at = p->context ? byte_of_char(r, p->context_mark.index) : problem.problem_at;
	yaml_explain(&problem, r->at.text, r->at.first_line, r->diags);
	return false;
}

/* ----------------------------------------------------------------- nodes */

static bool count_node(struct reader *r, size_t nodes, size_t bytes)
{
	r->nodes += nodes;
	r->bytes += bytes;
	if (r->nodes <= r->limits.max_nodes)
		return true;
	return refuse(r, NULL, "the front matter holds too many values");
}

static bool take_key(struct reader *r, struct frame *f, const struct node *n)
{
	const struct value_member *twin;

	if (!n->scalar)
		return refuse(r, "use a plain word as the key, and put a value that begins with { or [ in quotes",
			      "a list or map is used as a key in the front matter");
	twin = value_member(&f->value, n->text);
	if (twin)
		diags_add(r->diags, SEVERITY_WARNING, r->at.line, cursor_column(&r->at), "remove one of them",
			  "the key \"%.*s\" is given twice (first in line %u): the last one counts",
			  shown_length(n->text), n->text.p, (unsigned)twin->line);
	f->key = n->text;
	f->key_line = r->at.line;
	f->key_column = cursor_column(&r->at);
	f->has_key = true;
	return true;
}

/* Puts a finished value into the innermost list or map, or makes it the root. */
static bool place_value(struct reader *r, struct value v)
{
	struct frame *f;

	if (r->depth == 0) {
		r->root = v;
		return true;
	}
	f = &r->frames[r->depth - 1];
	f->has_key = false;
	if (f->value.kind == VALUE_LIST)
		return value_append(r->arena, &f->value, v) != NULL;
	return frontmatter_set(r->arena, &f->value, f->key, f->key_line, f->key_column, v) != NULL;
}

static bool awaits_key(const struct reader *r)
{
	const struct frame *f = r->depth ? &r->frames[r->depth - 1] : NULL;

	return f && f->value.kind == VALUE_MAP && !f->has_key;
}

static bool place_node(struct reader *r, const struct node *n)
{
	if (awaits_key(r))
		return take_key(r, &r->frames[r->depth - 1], n);
	return place_value(r, n->value);
}

/* --------------------------------------------------------------- anchors */

/* Notes a new anchor (name may be NULL); *index is its index + 1, 0 without a name. */
static bool anchor_open(struct reader *r, const yaml_char_t *name, size_t *index)
{
	struct anchor *grown;
	struct str key;

	*index = 0;
	if (!name)
		return true;
	grown = arena_grow(r->arena, r->anchors, &r->anchors_cap, r->n_anchors + 1, sizeof(*grown));
	key = arena_str(r->arena, str_of((const char *)name));
	if (!grown || !key.p)
		return false;
	r->anchors = grown;
	r->anchors[r->n_anchors] = (struct anchor){ .open = true };
	if (!value_set(r->arena, &r->names, key, value_int((int64_t)r->n_anchors)))
		return false;
	*index = ++r->n_anchors;
	return true;
}

static void anchor_close(struct reader *r, size_t index, const struct node *n, size_t size, size_t bytes)
{
	if (index)
		r->anchors[index - 1] = (struct anchor){ n->value, n->text, size, bytes, false, n->scalar };
}

static bool on_alias(struct reader *r, const yaml_event_t *e)
{
	struct str name = str_of((const char *)e->data.alias.anchor);
	const struct value *index = value_get(&r->names, name);
	const struct anchor *from;
	struct node n = { .scalar = false };

	if (!index) {
		diags_add(r->diags, SEVERITY_WARNING, r->at.line, cursor_column(&r->at),
			  "put the value in quotes if it is meant to begin with *", "the alias *%.*s refers to nothing",
			  shown_length(name), name.p);
		return false;
	}
	from = &r->anchors[index->as.integer];
	if (from->open)
		return refuse(r, NULL, "an alias refers to the value it stands in");
	r->copied_bytes += from->bytes;
	if (r->copied_bytes > r->limits.max_bytes || from->size > r->limits.max_nodes)
		return refuse(r, NULL, "the aliases of the front matter expand to too much");
	/* Only what goes in as a value is counted again and copied. */
	if (!awaits_key(r)) {
		if (!count_node(r, from->size, from->bytes))
			return false;
		if (!value_copy(r->arena, &from->value, &n.value))
			return refuse_memory(r);
	}
	n.scalar = from->scalar;
	n.text = from->text;
	n.value.line = r->at.line;
	n.value.column = cursor_column(&r->at);
	return place_node(r, &n);
}

/* --------------------------------------------------------------- scalars */

static void warn_tag(struct reader *r, const char *tag)
{
	diags_add(r->diags, SEVERITY_WARNING, r->at.line, cursor_column(&r->at), NULL, "the tag %.*s is ignored",
		  shown_length(str_of(tag)), tag);
}

/* The value of a scalar whose text has been copied. */
static struct value scalar_value(struct reader *r, const yaml_event_t *e, struct str text)
{
	const char *tag = (const char *)e->data.scalar.tag;
	const bool plain = e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	struct value v = value_string(text);

	if (tag && yaml_tag_is_scalar(tag)) {
		if (!yaml_resolve_tagged(tag, text, &v))
			diags_add(r->diags, SEVERITY_WARNING, r->at.line, cursor_column(&r->at), NULL,
				  "\"%.*s\" is not what its tag says: it is kept as a string", shown_length(text),
				  text.p);
		return v;
	}
	/* A lone "!" makes a string of anything. */
	if (tag && strcmp(tag, "!") == 0)
		return v;
	if (tag)
		warn_tag(r, tag);
	if (plain && !yaml_resolve(text, &v))
		diags_add(r->diags, SEVERITY_WARNING, r->at.line, cursor_column(&r->at), NULL,
			  "\"%.*s\" is no finite number: it is kept as a string", shown_length(text), text.p);
	return v;
}

static bool on_scalar(struct reader *r, const yaml_event_t *e)
{
	struct node n = { .scalar = true };
	size_t anchor;

	n.text = arena_str(r->arena, (struct str){ (const char *)e->data.scalar.value, e->data.scalar.length });
	if (!n.text.p || !anchor_open(r, e->data.scalar.anchor, &anchor))
		return refuse_memory(r);
	n.value = scalar_value(r, e, n.text);
	n.value.line = r->at.line;
	n.value.column = cursor_column(&r->at);
	if (n.value.kind == VALUE_NULL)
		n.text = STR_LIT("null");
	anchor_close(r, anchor, &n, 1, n.text.n);
	return count_node(r, !awaits_key(r), n.text.n) && place_node(r, &n);
}

/* ----------------------------------------------------------- collections */

static bool on_start(struct reader *r, struct value empty, const char *tag, const yaml_char_t *anchor)
{
	const char *own_tag = empty.kind == VALUE_LIST ? "tag:yaml.org,2002:seq" : "tag:yaml.org,2002:map";
	struct frame *grown, f = { .value = empty, .nodes_before = r->nodes, .bytes_before = r->bytes };

	if (r->depth >= r->limits.max_depth)
		return refuse(r, NULL, "the front matter is nested too deep");
	if (awaits_key(r))
		return take_key(r, NULL, &(struct node){ .scalar = false });
	if (tag && strcmp(tag, own_tag) != 0 && strcmp(tag, "!") != 0)
		warn_tag(r, tag);
	f.value.line = r->at.line;
	f.value.column = cursor_column(&r->at);
	grown = arena_grow(r->arena, r->frames, &r->frames_cap, r->depth + 1, sizeof(*grown));
	if (!grown || !anchor_open(r, anchor, &f.anchor))
		return refuse_memory(r);
	r->frames = grown;
	r->frames[r->depth++] = f;
	return count_node(r, 1, 0);
}

static bool on_end(struct reader *r)
{
	const struct frame f = r->frames[--r->depth];
	const struct node n = { .value = f.value };

	anchor_close(r, f.anchor, &n, r->nodes - f.nodes_before, r->bytes - f.bytes_before);
	return place_value(r, f.value);
}

static bool on_event(struct reader *r, const yaml_event_t *e)
{
	cursor_seek_char(&r->at, e->start_mark.index);
	switch (e->type) {
	case YAML_SCALAR_EVENT:
		return on_scalar(r, e);
	case YAML_ALIAS_EVENT:
		return on_alias(r, e);
	case YAML_SEQUENCE_START_EVENT:
		return on_start(r, value_list(), (const char *)e->data.sequence_start.tag,
				e->data.sequence_start.anchor);
	case YAML_MAPPING_START_EVENT:
		return on_start(r, value_map(), (const char *)e->data.mapping_start.tag, e->data.mapping_start.anchor);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		return on_end(r);
	default:
		return true;
	}
}

/* -------------------------------------------------------------- the whole */

/* Up to the end of the first document; a second one is mentioned and left alone. */
static bool read_events(struct reader *r)
{
	bool ok = true, end = false;
	size_t documents = 0;

	while (ok && !end) {
		yaml_event_t e;

		if (!yaml_parser_parse(&r->parser, &e))
			return refuse_syntax(r);
		end = e.type == YAML_STREAM_END_EVENT;
		if (e.type == YAML_DOCUMENT_START_EVENT && ++documents > 1) {
			cursor_seek_char(&r->at, e.start_mark.index);
			(void)refuse(r, NULL, "only the first YAML document of the front matter is read");
			end = true;
		} else {
			ok = on_event(r, &e);
		}
		yaml_event_delete(&e);
	}
	return ok;
}

static bool directives_bounded(struct reader *r)
{
	const struct str s = r->at.text;
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != '%' || (i && s.p[i - 1] != '\n' && s.p[i - 1] != '\r') || ++n <= MAX_DIRECTIVES)
			continue;
		cursor_seek_byte(&r->at, i);
		return refuse(r, NULL, "the front matter has too many lines that begin with %");
	}
	return true;
}

bool yaml_read_any(struct str text, uint32_t first_line, const struct frontmatter_limits *limits, struct arena *a,
		   struct diags *diags, struct value *out)
{
	struct reader r = { .limits = frontmatter_limits_resolve(limits), .arena = a, .diags = diags };
	bool ok;

	*out = value_null();
	r.root = value_null();
	r.names = value_map();
	cursor_init(&r.at, text, first_line);
	if (!frontmatter_text_check(text, first_line, diags) || !directives_bounded(&r))
		return false;
	if (!yaml_parser_initialize(&r.parser))
		return refuse_memory(&r);
	yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&r.parser, (const unsigned char *)(text.n ? text.p : ""), text.n);
	cursor_init(&r.at, text, first_line);
	ok = read_events(&r) && !a->refused;
	yaml_parser_delete(&r.parser);
	if (ok)
		*out = r.root;
	return ok;
}

/* The top must be a map; nothing at all is an empty one. */
bool yaml_read_full(struct str text, uint32_t first_line, const struct frontmatter_limits *limits, struct arena *a,
		    struct diags *diags, struct value *out)
{
	const char *colon;

	if (!yaml_read_any(text, first_line, limits, a, diags, out))
		return false;
	if (out->kind == VALUE_MAP)
		return true;
	if (out->kind == VALUE_NULL) {
		*out = value_map();
		out->line = first_line;
		out->column = 1;
		return true;
	}
	colon = out->kind == VALUE_STRING ? memchr(out->as.string.p, ':', out->as.string.n) : NULL;
	diags_add(diags, SEVERITY_WARNING, out->line, out->column,
		  colon ? "put a space after the colon" : "write 'key: value' lines",
		  "front matter is not a map (kind: %s)", value_kind_name(out->kind));
	*out = value_null();
	return false;
}

bool yaml_read(struct str text, uint32_t first_line, const struct frontmatter_limits *limits, struct arena *a,
	       struct diags *diags, struct value *out)
{
	const struct frontmatter_limits l = frontmatter_limits_resolve(limits);

	*out = value_null();
	if (!frontmatter_text_check(text, first_line, diags))
		return false;
	switch (yaml_read_simple(text, first_line, &l, a, out)) {
	case YAML_SIMPLE:
		return true;
	case YAML_SIMPLE_NOMEM:
		return false;
	default:
		return yaml_read_full(text, first_line, &l, a, diags, out);
	}
}
