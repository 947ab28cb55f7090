/*
 * record.c - see record.h: life, sharing, and the parts read on demand.
 */
#include "doc/record_priv.h"

#include "doc/dialect.h"
#include "base/utf8.h"
#include "doc/encoding.h"
#include "doc/sniff.h"
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

static void rest_release(struct record *r)
{
	if (r->rest.release)
		r->rest.release(r->rest.user);
	r->rest.release = NULL;
}

void record_unref(struct record *r)
{
	/* a made record holds the one it was made from: let go one by one, not in depth */
	while (r && atomic_fetch_sub_explicit(&r->references, 1, memory_order_acq_rel) == 1) {
		struct record *like = r->like;
		struct alloc heap = r->heap;
		rest_release(r);
		pthread_mutex_destroy(&r->lock);
		arena_release(&r->arena);
		mem_free(&heap, r, sizeof *r);
		r = like;
	}
}

static uint32_t line_at(struct str s, size_t offset)
{
	uint32_t line = 1;
	const char *p = s.p, *end = s.p + offset;

	while (p < end && (p = memchr(p, '\n', (size_t)(end - p)))) {
		line++;
		p++;
	}
	return line;
}

static uint32_t column_at(struct str s, size_t offset)
{
	const char *newline = offset ? memrchr(s.p, '\n', offset) : NULL;

	return (uint32_t)(offset - (newline ? (size_t)(newline + 1 - s.p) : 0)) + 1;
}

/* The bytes as clean UTF-8 in *out; *changed is false, and *out empty, when they are clean already. */
static enum record_status decode(struct record *r, struct str bytes, const struct record_options *options,
				 struct buf *out, bool *changed)
{
	enum doc_format format = options->format;
	const char *encoding = options->encoding;
	struct buf converted;
	char declared[32];
	size_t n_bad = 0, first = 0;
	enum record_status status = RECORD_OK;

	if (!encoding && encoding_is_clean(bytes))
		return RECORD_OK; /* nearly every document: looked through once */
	buf_init(&converted, &r->heap, 0);
	if (!encoding && utf8_check(bytes) != bytes.n) {
		if (format == FORMAT_AUTO)
			format = sniff_format(r->path, bytes);
		if (sniff_charset(bytes, format == FORMAT_HTML, declared))
			encoding = declared;
	}
	if (encoding) {
		enum encoding_status s = encoding_convert(&converted, bytes, encoding, &n_bad);
		if (s == ENCODING_UNKNOWN && options->unknown_encoding)
			options->unknown_encoding(options->unknown_encoding_user, encoding);
		if (s != ENCODING_OK && (s == ENCODING_NOMEM || encoding != declared)) {
			status = s == ENCODING_NOMEM ? RECORD_NOMEM : RECORD_BAD_ENCODING;
			goto done;
		}
		if (s == ENCODING_OK) {
			bytes = buf_str(&converted);
			*changed = true; /* to nothing, when there is a byte order mark alone */
		}
		if (n_bad)
			diags_add(&r->diags, SEVERITY_WARNING, 0, 0, NULL,
				  "%zu bytes are no characters of %s and became U+FFFD", n_bad, encoding);
	}
	if (!encoding_is_clean(bytes)) {
		n_bad = encoding_clean(out, bytes, &first);
		*changed = true;
		if (n_bad && bytes.p != converted.p)
			diags_add(&r->diags, SEVERITY_WARNING, line_at(bytes, first), column_at(bytes, first),
				  "name the encoding of the file with --encoding",
				  "not UTF-8: %zu bad %s became U+FFFD, the first one here", n_bad,
				  n_bad == 1 ? "byte" : "bytes");
	} else if (bytes.p == converted.p) {
		buf_adds(out, bytes);
	}
	if (!buf_ok(out))
		status = RECORD_NOMEM;
done:
	buf_release(&converted);
	return status;
}

static void find_front_matter(struct record *r)
{
	bool bom = str_starts(r->source, STR_LIT("\xEF\xBB\xBF"));

	r->fm = (struct frontmatter){ .body = bom ? 3 : 0 };
	if (!(r->parts & DIALECT_FRONT_MATTER))
		return;
	r->fm = frontmatter_find(r->source);
	if (r->fm.syntax == FRONTMATTER_NONE && r->fm.body == 0 && bom)
		r->fm.body = 3;
	if (r->fm.unterminated)
		diags_add(&r->diags, SEVERITY_WARNING, 1, 1,
			  "end the front matter with a line of the same three characters",
			  "front matter begins here but never ends: it is read as text");
}

/*
 * Whether the beginning tells all that is asked for before the body: it is
 * Markdown, UTF-8 so far, and its front matter ends in it, or there is none.
 */
static bool beginning_suffices(struct record *r, struct str bytes, const struct record_options *options)
{
	const bool bom = str_starts(bytes, STR_LIT("\xEF\xBB\xBF"));
	const char *newline = bytes.n ? memrchr(bytes.p, '\n', bytes.n) : NULL;
	const size_t lines = newline ? (size_t)(newline + 1 - bytes.p) : 0;

	if (options->encoding || lines <= 3 || (r->format != FORMAT_MARKDOWN && r->format != FORMAT_COMMONMARK) ||
	    !encoding_is_clean((struct str){ bytes.p, lines }))
		return false;
	r->source = (struct str){ bytes.p, lines };
	r->fm = (struct frontmatter){ .syntax = FRONTMATTER_NONE };
	if (r->parts & DIALECT_FRONT_MATTER)
		r->fm = frontmatter_find(r->source);
	if (r->fm.syntax == FRONTMATTER_NONE)
		return !strchr("-+{", bytes.p[bom ? 3 : 0]);
	return r->fm.body < lines || (lines < bytes.n && !strchr(" \t\r\n", bytes.p[lines]));
}

/* The bytes given, cleaned, become the source. */
static enum record_status source_take(struct record *r, struct str bytes, const struct record_options *options)
{
	struct buf clean;
	bool changed = false;
	enum record_status status;

	buf_init(&clean, &r->heap, 0);
	status = decode(r, bytes, options, &clean, &changed);
	if (status == RECORD_OK && changed) { /* changed: the digest is of what was given */
		digest_hex(bytes, r->digest);
		atomic_store_explicit(&r->digest_done, true, memory_order_relaxed);
		bytes = buf_str(&clean);
	}
	if (status == RECORD_OK) {
		r->source = arena_str(&r->arena, bytes);
		status = r->source.p ? RECORD_OK : RECORD_NOMEM;
	}
	buf_release(&clean);
	return status;
}

/* The bytes given and those that follow. */
static enum record_status rest_take(struct record *r, struct str first, const struct record_options *options)
{
	struct buf all;
	enum record_status status;

	buf_init(&all, &r->heap, 0);
	buf_adds(&all, first);
	status = buf_ok(&all) ? r->rest.read(r->rest.user, &all) : RECORD_NOMEM;
	rest_release(r);
	if (status == RECORD_OK && (all.n > r->limits.max_bytes || all.n > UINT32_MAX / 4))
		status = RECORD_TOO_LARGE;
	if (status == RECORD_OK)
		status = source_take(r, buf_str(&all), options);
	buf_release(&all);
	return status;
}

static enum record_status record_fill(struct record *r, struct str bytes, const struct record_options *options)
{
	enum record_status status;

	if (options->rest) {
		r->format = options->format == FORMAT_AUTO ? sniff_format(r->path, STR_EMPTY) : options->format;
		r->parts = dialect_parts(r->format, options->with, options->without);
		if (beginning_suffices(r, bytes, options)) {
			r->source = arena_str(&r->arena, bytes);
			find_front_matter(r);
			return r->source.p ? RECORD_OK : RECORD_NOMEM;
		}
	}
	status = options->rest ? rest_take(r, bytes, options) : source_take(r, bytes, options);
	if (status != RECORD_OK)
		return status;
	atomic_store_explicit(&r->whole_done, true, memory_order_relaxed);
	r->format = options->format == FORMAT_AUTO ? sniff_format(r->path, r->source) : options->format;
	r->parts = dialect_parts(r->format, options->with, options->without);
	find_front_matter(r);
	return RECORD_OK;
}

enum record_status record_new(const struct alloc *heap, struct str bytes, const struct record_options *options,
			      struct record **out)
{
	struct record *r;
	enum record_status status = RECORD_TOO_LARGE;

	*out = NULL;
	r = bytes.n > options->limits.max_bytes || bytes.n > UINT32_MAX / 4
		    ? NULL
		    : record_alloc(heap, options->path, &options->limits, bytes.n);
	if (!r) {
		if (options->rest)
			options->rest->release(options->rest->user);
		return bytes.n > options->limits.max_bytes || bytes.n > UINT32_MAX / 4 ? status : RECORD_NOMEM;
	}
	if (options->rest)
		r->rest = *options->rest;
	status = record_fill(r, bytes.p ? bytes : STR_EMPTY, options);
	if (status == RECORD_OK)
		*out = r;
	else
		record_unref(r);
	return status;
}

/* Runs read under the lock unless somebody has already. */
static void once(struct record *r, atomic_bool *done, void (*read)(struct record *))
{
	if (atomic_load_explicit(done, memory_order_acquire))
		return;
	pthread_mutex_lock(&r->lock);
	if (!atomic_load_explicit(done, memory_order_relaxed)) {
		read(r);
		atomic_store_explicit(done, true, memory_order_release);
	}
	pthread_mutex_unlock(&r->lock);
}

/* What follows the beginning; a source that cannot be had fails the body. */
static void read_whole(struct record *r)
{
	const struct record_options options = { .path = r->path, .format = r->format, .limits = r->limits };

	r->failed = rest_take(r, r->source, &options);
}

static void record_whole(struct record *r)
{
	once(r, &r->whole_done, read_whole);
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
	once(r, &r->digest_done, read_digest);
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
	once(r, &r->meta_done, read_meta);
	return r->meta.kind == VALUE_MAP ? &r->meta : NULL;
}

const struct tree *record_tree(struct record *r)
{
	record_whole(r);
	once(r, &r->tree_done, record_read_body);
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
		once(r, &r->title_done, read_title);
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
	once(r, &r->diags_done, sort_diags);
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

/* -------------------------------------------------------------- positions */

static void read_lines(struct record *r)
{
	const char *start = r->source.p, *end = start + r->source.n;
	uint32_t n = 1, i = 1;

	for (const char *p = start; p < end && (p = memchr(p, '\n', (size_t)(end - p))); p++)
		n++;
	r->lines = arena_alloc(&r->arena, (size_t)n * sizeof *r->lines);
	if (!r->lines)
		return; /* positions are then counted each time */
	r->lines[0] = 0;
	for (const char *p = start; p < end && (p = memchr(p, '\n', (size_t)(end - p)));)
		r->lines[i++] = (uint32_t)(++p - start);
	r->n_lines = n;
}

void record_position(struct record *r, uint32_t offset, uint32_t *line, uint32_t *column)
{
	if (r->like) {
		record_position(r->like, offset, line, column);
		return;
	}
	record_whole(r);
	once(r, &r->lines_done, read_lines);
	if (offset > r->source.n)
		offset = (uint32_t)r->source.n;
	if (!r->lines) {
		*line = line_at(r->source, offset);
		*column = column_at(r->source, offset);
		return;
	}
	uint32_t low = 0, high = r->n_lines;
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;
		if (r->lines[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	*line = low + 1;
	*column = offset - r->lines[low] + 1;
}

uint32_t record_line(struct record *r, uint32_t node)
{
	const struct tree *t = record_tree(r);
	uint32_t line, column;

	if (!t || node >= t->n_nodes || (t->nodes[node].flags & NODE_NO_SPAN))
		return 0;
	record_position(r, t->nodes[node].from, &line, &column);
	return line;
}
