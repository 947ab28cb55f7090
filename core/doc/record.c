/*
 * record.c - see record.h: life, sharing, and the parts read on demand.
 *
 * Each part is read by one function, once, under the record's lock; whoever
 * comes later finds it done without taking the lock.  The source is
 * record_source.c's, the body record_body.c's.
 */
#include "doc/record_priv.h"

#include "doc/dialect.h"
#include "doc/title.h"

const struct record_limits record_limits_default = { .max_bytes = (size_t)256 << 20,
						     .max_nodes = 20000000,
						     .max_depth = 400,
						     .max_attributes = 500,
						     .max_memory = (size_t)8 << 30 };

static const struct frontmatter_limits meta_limits = { (size_t)1 << 20, 100000, VALUE_MAX_DEPTH };

static const char *const format_names[] = { "auto", "markdown", "commonmark", "html", "text", "json" };

const char *doc_format_name(enum doc_format f)
{
	return format_names[f];
}

enum doc_format doc_format_find(struct str name)
{
	for (size_t i = 0; i < sizeof format_names / sizeof *format_names; i++)
		if (str_eqz(name, format_names[i]))
			return (enum doc_format)i;
	return FORMAT_AUTO;
}

/* ------------------------------------------------------------------ life */

/* What a record takes beside its source, before its tree: path and front matter, mostly. */
#define RECORD_EXTRA ((size_t)2 << 10)

/* size: of the source. */
static struct record *record_alloc(const struct alloc *heap, const char *path, const struct record_limits *limits,
				   size_t size)
{
	struct record *r = mem_new_zero(heap, sizeof *r);

	if (!r)
		return NULL;
	r->heap = *heap;
	arena_init(&r->arena, &r->heap, limits->max_memory);
	arena_expect(&r->arena, size + RECORD_EXTRA);
	atomic_init(&r->references, 1);
	r->limits = *limits;
	diags_init(&r->diags, &r->arena);
	r->path = arena_strz(&r->arena, str_of(path ? path : "-"));
	if (!r->path || pthread_mutex_init(&r->lock, NULL) != 0) {
		struct alloc back = r->heap;
		arena_release(&r->arena);
		mem_free(&back, r, sizeof *r);
		return NULL;
	}
	return r;
}

struct record *record_ref(struct record *r)
{
	atomic_fetch_add_explicit(&r->references, 1, memory_order_relaxed);
	return r;
}

void record_unref(struct record *r)
{
	/* a made record holds the one it was made from: let go one by one, not in depth */
	while (r && atomic_fetch_sub_explicit(&r->references, 1, memory_order_acq_rel) == 1) {
		struct record *like = r->like;
		struct alloc heap = r->heap;
		record_release_rest(r);
		pthread_mutex_destroy(&r->lock);
		arena_release(&r->arena);
		mem_free(&heap, r, sizeof *r);
		r = like;
	}
}

enum record_status record_new(const struct alloc *heap, struct str bytes, const struct record_options *options,
			      struct record **out)
{
	const bool fits = record_fits(&options->limits, bytes.n);
	struct record *r = fits ? record_alloc(heap, options->path, &options->limits, bytes.n) : NULL;
	enum record_status status;

	*out = NULL;
	if (!r) {
		if (options->rest)
			options->rest->release(options->rest->user);
		return fits ? RECORD_NOMEM : RECORD_TOO_LARGE;
	}
	if (options->rest)
		r->rest = *options->rest;
	status = record_read_source(r, bytes.p ? bytes : STR_EMPTY, options);
	if (status == RECORD_OK)
		*out = r;
	else
		record_unref(r);
	return status;
}

static bool copy_tree(struct arena *a, const struct tree *from, struct tree *to)
{
	*to = *from;
	to->nodes = arena_alloc(a, from->n_nodes * sizeof *to->nodes);
	to->attrs = arena_alloc(a, from->n_attrs * sizeof *to->attrs + 1);
	to->pool = arena_alloc(a, from->n_pool + 1u);
	if (!to->nodes || !to->attrs || !to->pool)
		return false;
	memcpy(to->nodes, from->nodes, from->n_nodes * sizeof *to->nodes);
	if (from->n_attrs)
		memcpy(to->attrs, from->attrs, from->n_attrs * sizeof *to->attrs);
	if (from->n_pool)
		memcpy(to->pool, from->pool, from->n_pool);
	return true;
}

enum record_status record_from_tree(const struct alloc *heap, const struct tree *tree, const struct record *like,
				    struct record **out)
{
	struct record *r = record_alloc(heap, like ? like->path : NULL, like ? &like->limits : &record_limits_default,
					0);

	*out = NULL;
	if (!r)
		return RECORD_NOMEM;
	r->source = STR_EMPTY;
	r->format = like ? like->format : FORMAT_MARKDOWN;
	r->parts = like ? like->parts : DIALECT_ALL;
	if (!copy_tree(&r->arena, tree, &r->tree)) {
		record_unref(r);
		return RECORD_NOMEM;
	}
	r->has_tree = true;
	atomic_init(&r->tree_done, true);
	atomic_init(&r->whole_done, true);
	if (like) { /* spans point into it */
		struct record *origin = like->like ? like->like : (struct record *)like;
		record_whole(origin);
		r->like = record_ref(origin);
		r->source = origin->source;
		r->fm = origin->fm;
	}
	*out = r;
	return RECORD_OK;
}

/* ------------------------------------------------------------- plain facts */

const char *record_path(const struct record *r)
{
	return r->path;
}

enum doc_format record_format(const struct record *r)
{
	return r->format;
}

uint32_t record_parts(const struct record *r)
{
	return r->parts;
}

struct str record_source(struct record *r)
{
	record_whole(r->like ? r->like : r);
	return r->source;
}

size_t record_body_offset(const struct record *r)
{
	return r->fm.body;
}

struct str record_front_matter_text(const struct record *r)
{
	return r->fm.syntax == FRONTMATTER_NONE ? STR_EMPTY : r->fm.whole;
}

/* ------------------------------------------------------- parts, on demand */

static void read_digest(struct record *r)
{
	digest_hex(r->source, r->digest);
}

const char *record_digest(struct record *r)
{
	if (r->like)
		return record_digest(r->like);
	record_whole(r);
	record_once(r, &r->digest_done, read_digest);
	return r->digest;
}

static void read_meta(struct record *r)
{
	r->meta = value_null();
	if (r->fm.syntax == FRONTMATTER_NONE)
		return;
	if (!frontmatter_parse(&r->fm, &meta_limits, &r->arena, &r->diags, &r->meta))
		r->meta = value_null();
}

const struct value *record_meta(struct record *r)
{
	if (r->like)
		return record_meta(r->like);
	record_once(r, &r->meta_done, read_meta);
	return r->meta.kind == VALUE_MAP ? &r->meta : NULL;
}

const struct tree *record_tree(struct record *r)
{
	record_whole(r);
	record_once(r, &r->tree_done, record_read_body);
	return r->has_tree ? &r->tree : NULL;
}

enum record_status record_failed(const struct record *r)
{
	return r->failed;
}

/* A title in the front matter: text, or a number as it stands. */
static struct str meta_title(struct record *r)
{
	const struct value *v = value_getz(record_meta(r), "title");
	char *text;

	if (!v)
		return STR_EMPTY;
	if (v->kind == VALUE_STRING)
		return str_trim(v->as.string);
	if (v->kind != VALUE_INT)
		return STR_EMPTY;
	text = arena_printf(&r->arena, "%lld", (long long)v->as.integer);
	return text ? str_of(text) : STR_EMPTY;
}

static void set_title(struct record *r, struct str title, enum title_source source)
{
	if (r->title.n == 0 && title.n > 0) {
		r->title = title;
		r->title_source = source;
	}
}

/* meta and tree have been read: only what is made of them is still to do. */
static void read_title(struct record *r)
{
	r->title = STR_EMPTY;
	set_title(r, meta_title(r), TITLE_FRONT_MATTER);
	if (r->title.n > 0 || !r->has_tree)
		return;
	set_title(r, title_from_heading(&r->tree, &r->arena), TITLE_HEADING);
	set_title(r, r->html_title, TITLE_HTML);
	if (r->title.n == 0)
		set_title(r, title_from_text(&r->tree, &r->arena), TITLE_FIRST_LINE);
}

struct str record_title(struct record *r, enum title_source *from)
{
	if (!atomic_load_explicit(&r->title_done, memory_order_acquire)) {
		const struct value *v = value_getz(record_meta(r), "title");
		/* a title in the front matter never makes the body parse */
		if (!v || (v->kind != VALUE_INT && (v->kind != VALUE_STRING || str_trim(v->as.string).n == 0)))
			record_tree(r);
		record_once(r, &r->title_done, read_title);
	}
	if (from)
		*from = r->title_source;
	return r->title;
}

/* By line, those of no line last; which part was read first must not show. At most DIAGS_MAX of them. */
static void sort_diags(struct record *r)
{
	struct diag *items = r->diags.items;

	for (size_t i = 1; i < r->diags.n; i++) {
		struct diag moved = items[i];
		size_t k = i;
		for (; k > 0 && items[k - 1].line - 1 > moved.line - 1; k--) /* 0 wraps to the largest */
			items[k] = items[k - 1];
		items[k] = moved;
	}
}

const struct diags *record_diags(struct record *r)
{
	record_meta(r);
	record_tree(r);
	record_once(r, &r->diags_done, sort_diags);
	return &r->diags;
}

bool record_is_read(const struct record *r)
{
	return atomic_load_explicit(&r->tree_done, memory_order_acquire) &&
	       (r->like || atomic_load_explicit(&r->meta_done, memory_order_acquire));
}

bool record_diag_so_far(struct record *r, size_t i, struct diag *out)
{
	bool found;

	record_meta(r);
	pthread_mutex_lock(&r->lock);
	sort_diags(r);
	found = i < r->diags.n;
	if (found)
		*out = r->diags.items[i];
	pthread_mutex_unlock(&r->lock);
	return found;
}
