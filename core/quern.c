/*
 * quern.c - the library's front door: engine, errors and documents.
 *
 * Implements include/quern.h together with quern_value.c, quern_node.c and
 * quern_plugin.c, over the layers doc/ and lua/.  Knows nothing of the
 * command line, of processes, or of where results go.
 */
#include "quern_impl.h"

#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "base/utf8.h"
#include "doc/dialect.h"
#include "doc/view.h"
#include "doc/write.h"

#define STRINGIFY_(x)     #x
#define VERSION_(a, b, c) STRINGIFY_(a) "." STRINGIFY_(b) "." STRINGIFY_(c)

static const double default_time_limit = 10.0;
static const size_t default_memory_limit = (size_t)256 << 20;
static const size_t default_output_limit = (size_t)256 << 20;

const char *quern_version(void)
{
	return VERSION_(QUERN_VERSION_MAJOR, QUERN_VERSION_MINOR, QUERN_VERSION_PATCH);
}

/* ------------------------------------------------------------------ errors */

const char *quern_code_name(quern_code code)
{
	static const char *const names[] = {
		[QUERN_OK] = "ok",           [QUERN_INVALID] = "invalid",   [QUERN_NOT_FOUND] = "not_found",
		[QUERN_IO] = "io",           [QUERN_NOMEM] = "nomem",       [QUERN_LIMIT] = "limit",
		[QUERN_SYNTAX] = "syntax",   [QUERN_MANIFEST] = "manifest", [QUERN_RUNTIME] = "runtime",
		[QUERN_TIMEOUT] = "timeout", [QUERN_STACK] = "stack",       [QUERN_OUTPUT] = "output",
		[QUERN_DENIED] = "denied",   [QUERN_VALUE] = "value",       [QUERN_INTERRUPTED] = "interrupted",
		[QUERN_BUSY] = "busy",       [QUERN_STALE] = "stale",
	};
	const size_t i = (size_t)code;

	return i < sizeof names / sizeof names[0] ? names[i] : "unknown";
}

void error_clear(quern_error *error)
{
	if (error)
		memset(error, 0, sizeof *error);
}

/* Takes a broken last character off a string that may have been cut. */
static void cut_at_character(char *s)
{
	const struct str text = str_of(s);

	if (text.n > 0 && (unsigned char)text.p[text.n - 1] >= 0x80) {
		const char *last = utf8_prev(text.p, text.p + text.n);
		bool ok;
		utf8_decode_strict(last, text.p + text.n, &(uint32_t){ 0 }, &ok);
		if (!ok)
			s[last - s] = '\0';
	}
}

static void copy_cut(char *to, size_t size, const char *from)
{
	const size_t n = from ? strlen(from) : 0;
	const size_t kept = n < size ? n : size - 1;

	if (kept)
		memcpy(to, from, kept);
	to[kept] = '\0';
	if (kept < n)
		cut_at_character(to);
}

quern_code fail(quern_error *error, quern_code code, const char *path, const char *hint, const char *format, ...)
{
	va_list args;

	if (!error)
		return code;
	error_clear(error);
	error->code = code;
	copy_cut(error->path, sizeof error->path, path);
	copy_cut(error->hint, sizeof error->hint, hint);
	va_start(args, format);
	if (vsnprintf(error->message, sizeof error->message, format, args) >= (int)sizeof error->message)
		cut_at_character(error->message);
	va_end(args);
	return code;
}

/* ------------------------------------------------------------------ engine */

void options_take(void *to, size_t to_size, const void *from)
{
	size_t size;

	memcpy(&size, from, sizeof size);
	if (size > to_size)
		size = to_size;
	if (size > sizeof size)
		memcpy((char *)to + sizeof size, (const char *)from + sizeof size, size - sizeof size);
}

static bool path_copy(quern *q, const char *const *path, size_t n)
{
	if (n == 0)
		return true;
	q->path = mem_new_zero(&q->heap, n * sizeof *q->path);
	if (!q->path)
		return false;
	q->n_path = n;
	for (size_t i = 0; i < n; i++) {
		const size_t size = strlen(path[i]) + 1;
		q->path[i] = mem_new(&q->heap, size);
		if (!q->path[i])
			return false;
		memcpy(q->path[i], path[i], size);
	}
	return true;
}

static void limits_take(quern *q, const quern_config *c)
{
	q->limits = record_limits_default;
	if (c->max_document_bytes)
		q->limits.max_bytes = c->max_document_bytes;
	if (c->max_nodes)
		q->limits.max_nodes = c->max_nodes;
	if (c->max_depth)
		q->limits.max_depth = c->max_depth;
	q->time_limit = c->time_limit > 0 ? c->time_limit : default_time_limit;
	q->memory_limit = c->memory_limit ? c->memory_limit : default_memory_limit;
	q->output_limit = c->output_limit ? c->output_limit : default_output_limit;
	q->unsafe_html = c->unsafe_html != 0;
	q->host_ticks = c->host_ticks != 0;
	q->log = c->log;
	q->log_user = c->log_user;
	q->files = (struct file_source){ c->read_file_user, c->read_file };
	q->unknown_encoding = c->unknown_encoding;
	q->unknown_encoding_user = c->unknown_encoding_user;
}

quern_code quern_new(const quern_config *config, quern **out, quern_error *error)
{
	quern_config c = QUERN_CONFIG_INIT;
	struct alloc heap = alloc_libc;
	quern *q;

	error_clear(error);
	*out = NULL;
	if (config)
		options_take(&c, sizeof c, config);
	for (size_t i = 0; c.plugin_path && i < c.plugin_path_count; i++)
		if (!c.plugin_path[i])
			return fail(error, QUERN_INVALID, NULL, NULL, "folder %zu of plugin_path is NULL", i + 1);
	if (c.plugin_path_count && !c.plugin_path)
		return fail(error, QUERN_INVALID, NULL, NULL, "plugin_path is NULL but plugin_path_count is not 0");
	if (c.alloc)
		heap = (struct alloc){ c.alloc, c.alloc_user };
	q = mem_new_zero(&heap, sizeof *q);
	if (!q)
		return fail(error, QUERN_NOMEM, NULL, NULL, "out of memory");
	q->heap = heap;
	atomic_init(&q->refs, 1);
	limits_take(q, &c);
	q->modules = module_cache_new(&q->heap);
	if (!q->modules || !path_copy(q, c.plugin_path, c.plugin_path_count)) {
		quern_free(q);
		return fail(error, QUERN_NOMEM, NULL, NULL, "out of memory");
	}
	const quern_code code = host_take(q, c.host_functions, c.host_function_count, error);
	if (code != QUERN_OK) {
		quern_free(q);
		return code;
	}
	*out = q;
	return QUERN_OK;
}

quern *engine_ref(quern *q)
{
	atomic_fetch_add_explicit(&q->refs, 1, memory_order_relaxed);
	return q;
}

void quern_free(quern *q)
{
	if (!q || atomic_fetch_sub_explicit(&q->refs, 1, memory_order_acq_rel) != 1)
		return;
	for (size_t i = 0; i < q->n_path; i++)
		if (q->path[i])
			mem_free(&q->heap, q->path[i], strlen(q->path[i]) + 1);
	mem_free(&q->heap, q->path, q->n_path * sizeof *q->path);
	host_release(q);
	module_cache_free(q->modules);
	const struct alloc heap = q->heap;
	mem_free(&heap, q, sizeof *q);
}

/* --------------------------------------------------------------- documents */

static enum doc_format format_below(quern_format f)
{
	switch (f) {
	case QUERN_MARKDOWN:
		return FORMAT_MARKDOWN;
	case QUERN_COMMONMARK:
		return FORMAT_COMMONMARK;
	case QUERN_HTML:
		return FORMAT_HTML;
	case QUERN_TEXT:
		return FORMAT_TEXT;
	case QUERN_JSON_TREE:
		return FORMAT_JSON;
	case QUERN_AUTO:
		break;
	}
	return FORMAT_AUTO;
}

quern_code quern_format_read(const char *name, quern_doc_options *options, quern_error *error)
{
	const struct dialect_choice choice = dialect_read(str_of(name));
	static const quern_format above[] = {
		[FORMAT_AUTO] = QUERN_AUTO, [FORMAT_MARKDOWN] = QUERN_MARKDOWN, [FORMAT_COMMONMARK] = QUERN_COMMONMARK,
		[FORMAT_HTML] = QUERN_HTML, [FORMAT_TEXT] = QUERN_TEXT,         [FORMAT_JSON] = QUERN_JSON_TREE
	};

	error_clear(error);
	if (choice.wrong.n == 0 && *name) {
		options->format = above[choice.format];
		options->with = choice.with;
		options->without = choice.without;
		return QUERN_OK;
	}
	return fail(
		error, QUERN_INVALID, NULL,
		"auto, markdown, commonmark, html, text or json; the first three with +PART or -PART: front_matter, html, "
		"tables, strikethrough, tasks, autolinks, footnotes, attributes, definitions, abbreviations, templates",
		"no format '%.200s'", name);
}

const char *quern_format_name(quern_format f)
{
	return f == QUERN_AUTO ? "auto" : doc_format_name(format_below(f));
}

static quern_code record_failure(const quern *q, enum record_status status, const char *path, const char *encoding,
				 quern_error *error)
{
	switch (status) {
	case RECORD_OK:
		return QUERN_OK;
	case RECORD_TOO_LARGE:
		return fail(error, QUERN_LIMIT, path, NULL,
			    "the document is over a hard limit (%zu bytes of source, %u nodes)", q->limits.max_bytes,
			    q->limits.max_nodes);
	case RECORD_BAD_ENCODING:
		return fail(error, QUERN_INVALID, path, "`iconv -l` lists the names this system knows",
			    "unknown encoding '%s'", encoding ? encoding : "");
	case RECORD_UNREADABLE:
		return fail(error, QUERN_IO, path, NULL, "the rest of the document cannot be read");
	case RECORD_NOMEM:
		break;
	}
	return fail(error, QUERN_NOMEM, path, NULL, "out of memory");
}

/* rest, or NULL, is taken over whatever comes. */
static quern_code doc_make(quern *q, struct str text, const quern_doc_options *options, const struct record_rest *rest,
			   quern_doc **out, quern_error *error)
{
	const quern_doc_options o = *options;
	enum record_status status;
	quern_doc *doc;

	const struct record_options below = { .path = o.path,
					      .format = format_below(o.format),
					      .encoding = o.encoding,
					      .limits = q->limits,
					      .unknown_encoding = q->unknown_encoding,
					      .unknown_encoding_user = q->unknown_encoding_user,
					      .with = o.with,
					      .without = o.without,
					      .rest = rest };
	doc = mem_new_zero(&q->heap, sizeof *doc);
	if (!doc) {
		if (rest)
			rest->release(rest->user);
		return fail(error, QUERN_NOMEM, o.path, NULL, "out of memory");
	}
	status = record_new(&q->heap, text, &below, &doc->record);
	if (status != RECORD_OK) {
		mem_free(&q->heap, doc, sizeof *doc);
		return record_failure(q, status, o.path, o.encoding, error);
	}
	doc->q = engine_ref(q);
	atomic_init(&doc->refs, 1);
	atomic_init(&doc->title, NULL);
	*out = doc;
	return QUERN_OK;
}

quern_code quern_doc_parse(quern *q, const char *text, size_t len, const quern_doc_options *options, quern_doc **out,
			   quern_error *error)
{
	quern_doc_options o = QUERN_DOC_OPTIONS_INIT;

	error_clear(error);
	*out = NULL;
	if (options)
		options_take(&o, sizeof o, options);
	return doc_make(q, (struct str){ text ? text : "", len }, &o, NULL, out, error);
}

/* A file of which the beginning was read. */
struct open_file {
	struct alloc heap;
	size_t size, limit; /* size 0: not known for certain */
	int fd;
};

static enum record_status open_file_read(void *user, struct buf *all)
{
	const struct open_file *f = user;

	switch (file_read_rest(all, f->fd, f->size, f->limit)) {
	case FILE_OK:
		return RECORD_OK;
	case FILE_NOMEM:
		return RECORD_NOMEM;
	case FILE_TOO_LARGE:
		return RECORD_TOO_LARGE;
	default:
		return RECORD_UNREADABLE;
	}
}

static void open_file_release(void *user)
{
	struct open_file *f = user;
	const struct alloc heap = f->heap;

	close(f->fd);
	mem_free(&heap, f, sizeof *f);
}

/* The document of a file whose beginning is in bytes; fd is taken over. */
static quern_code doc_begin(quern *q, const struct buf *bytes, int fd, size_t size, const quern_doc_options *o,
			    quern_doc **out, quern_error *error)
{
	struct open_file *f = mem_new(&q->heap, sizeof *f);
	const struct record_rest rest = { f, open_file_read, open_file_release };

	if (!f) {
		close(fd);
		return fail(error, QUERN_NOMEM, o->path, NULL, "out of memory");
	}
	*f = (struct open_file){ q->heap, size, q->limits.max_bytes, fd };
	return doc_make(q, buf_str(bytes), o, &rest, out, error);
}

static quern_code file_failure(enum file_status status, const char *file, quern_error *error)
{
	switch (status) {
	case FILE_OK:
		return QUERN_OK;
	case FILE_MISSING:
		return fail(error, QUERN_NOT_FOUND, file, NULL, "%s", file_status_text(status));
	case FILE_TOO_LARGE:
		return fail(error, QUERN_LIMIT, file, NULL, "%s", file_status_text(status));
	case FILE_NOMEM:
		return fail(error, QUERN_NOMEM, file, NULL, "%s", file_status_text(status));
	case FILE_DENIED:
	case FILE_NOT_REGULAR:
	case FILE_IO:
		break;
	}
	return fail(error, QUERN_IO, file, NULL, "%s", file_status_text(status));
}

quern_code quern_doc_load(quern *q, const char *file, const quern_doc_options *options, quern_doc **out,
			  quern_error *error)
{
	quern_doc_options o = QUERN_DOC_OPTIONS_INIT;
	struct buf bytes;
	quern_code code;
	int fd = -1;

	error_clear(error);
	*out = NULL;
	if (options)
		options_take(&o, sizeof o, options);
	if (!o.path)
		o.path = file;
	const bool by_parts = o.at_first && o.file_size && o.file_size <= q->limits.max_bytes;
	buf_init(&bytes, &q->heap, 0);
	code = file_failure(by_parts ? file_read_first(&bytes, file, o.at_first, o.file_size, &fd)
				     : file_read(&bytes, file, q->limits.max_bytes),
			    o.path, error);
	if (code == QUERN_OK)
		code = fd >= 0 ? doc_begin(q, &bytes, fd, 0, &o, out, error)
			       : doc_make(q, buf_str(&bytes), &o, NULL, out, error);
	buf_release(&bytes);
	return code;
}

quern_code quern_doc_load_open(quern *q, int fd, const quern_doc_options *options, quern_doc **out, quern_error *error)
{
	quern_doc_options o = QUERN_DOC_OPTIONS_INIT;
	struct buf bytes;
	quern_code code;

	error_clear(error);
	*out = NULL;
	if (options)
		options_take(&o, sizeof o, options);
	const bool by_parts = o.at_first && o.file_size && o.file_size <= q->limits.max_bytes;
	buf_init(&bytes, &q->heap, 0);
	code = file_failure(by_parts ? file_read_begin(&bytes, &fd, o.at_first, o.file_size)
				     : file_read_open(&bytes, fd, o.file_size, q->limits.max_bytes),
			    o.path, error);
	if (code == QUERN_OK && by_parts && fd >= 0) {
		code = doc_begin(q, &bytes, fd, o.file_size, &o, out, error);
		fd = -1;
	} else if (code == QUERN_OK) {
		code = doc_make(q, buf_str(&bytes), &o, NULL, out, error);
	}
	if (fd >= 0)
		close(fd);
	buf_release(&bytes);
	return code;
}

quern_doc *quern_doc_ref(quern_doc *doc)
{
	if (doc)
		atomic_fetch_add_explicit(&doc->refs, 1, memory_order_relaxed);
	return doc;
}

static void title_free(const struct alloc *heap, struct doc_title *title)
{
	if (title)
		mem_free(heap, title, sizeof *title + title->len + 1);
}

void quern_doc_unref(quern_doc *doc)
{
	quern *q;

	if (!doc || atomic_fetch_sub_explicit(&doc->refs, 1, memory_order_acq_rel) != 1)
		return;
	q = doc->q;
	record_unref(doc->record);
	title_free(&q->heap, atomic_load(&doc->title));
	mem_free(&q->heap, doc, sizeof *doc);
	quern_free(q);
}

const char *quern_doc_path(const quern_doc *doc)
{
	return record_path(doc->record);
}

quern_format quern_doc_format(const quern_doc *doc)
{
	switch (record_format(doc->record)) {
	case FORMAT_MARKDOWN:
		return QUERN_MARKDOWN;
	case FORMAT_COMMONMARK:
		return QUERN_COMMONMARK;
	case FORMAT_HTML:
		return QUERN_HTML;
	case FORMAT_TEXT:
		return QUERN_TEXT;
	case FORMAT_JSON:
		return QUERN_JSON_TREE;
	case FORMAT_AUTO:
		break;
	}
	return QUERN_AUTO;
}

const char *quern_doc_digest(const quern_doc *doc)
{
	return record_digest(doc->record);
}

const char *quern_doc_source(const quern_doc *doc, size_t *len)
{
	const struct str s = record_source(doc->record);

	if (len)
		*len = s.n;
	return s.p;
}

const quern_value *quern_doc_meta(const quern_doc *doc)
{
	return value_handle(record_meta(doc->record));
}

/* The first thread to publish wins; the others take its copy. */
static const struct doc_title *title_publish(quern_doc *doc)
{
	const struct str s = record_title(doc->record, &(enum title_source){ TITLE_NONE });
	struct doc_title *made = mem_new(&doc->q->heap, sizeof *made + s.n + 1);
	struct doc_title *first = NULL;

	if (!made)
		return NULL;
	made->len = s.n;
	if (s.n)
		memcpy(made->text, s.p, s.n);
	made->text[s.n] = '\0';
	if (atomic_compare_exchange_strong(&doc->title, &first, made))
		return made;
	title_free(&doc->q->heap, made);
	return first;
}

const char *quern_doc_title(const quern_doc *doc, size_t *len)
{
	quern_doc *shared = (quern_doc *)doc; /* only the published copy changes */
	const struct doc_title *title = atomic_load(&shared->title);

	if (!title)
		title = title_publish(shared);
	if (len)
		*len = title ? title->len : 0;
	return title ? title->text : "";
}

quern_code quern_doc_complete(const quern_doc *doc, quern_error *error)
{
	enum record_status status;

	error_clear(error);
	(void)record_diags(doc->record); /* reads all that is not read yet */
	if (record_tree(doc->record))
		return QUERN_OK;
	status = record_failed(doc->record);
	return record_failure(doc->q, status == RECORD_OK ? RECORD_NOMEM : status, record_path(doc->record), NULL,
			      error);
}

size_t quern_doc_diagnostic_count(const quern_doc *doc)
{
	return record_diags(doc->record)->n;
}

static quern_diagnostic diagnostic_of(const struct diag *d)
{
	return (quern_diagnostic){ (quern_severity)d->severity, d->line, d->column, d->message, d->hint };
}

quern_diagnostic quern_doc_diagnostic(const quern_doc *doc, size_t i)
{
	const struct diags *diags = record_diags(doc->record);

	return i < diags->n ? diagnostic_of(&diags->items[i]) : (quern_diagnostic){ QUERN_NOTE, 0, 0, "", NULL };
}

int quern_doc_diagnostic_so_far(const quern_doc *doc, size_t i, quern_diagnostic *out)
{
	struct diag d;

	if (!record_diag_so_far(doc->record, i, &d))
		return 0;
	*out = diagnostic_of(&d);
	return 1;
}

int quern_doc_is_complete(const quern_doc *doc)
{
	return record_is_read(doc->record);
}

static bool view_make(struct record *r, quern_view view, struct value_root *root)
{
	switch (view) {
	case QUERN_OUTLINE:
		return view_outline(r, &root->arena, &root->value, false);
	case QUERN_IMAGES:
		return view_images(r, &root->arena, &root->value, false);
	case QUERN_LINKS:
		return view_links(r, &root->arena, &root->value, false);
	case QUERN_TABLES:
		return view_tables(r, &root->arena, &root->value);
	}
	return false;
}

quern_code quern_doc_view(const quern_doc *doc, quern_view view, quern_value **out)
{
	struct value_root *root;

	*out = NULL;
	if ((unsigned)view > QUERN_TABLES)
		return QUERN_INVALID;
	root = value_root_new(doc->q);
	if (!root)
		return QUERN_NOMEM;
	if (!view_make(doc->record, view, root)) {
		value_root_free(root);
		return QUERN_NOMEM;
	}
	*out = (quern_value *)(void *)root;
	return QUERN_OK;
}

/* ------------------------------------------------------------------ output */

quern_code buf_hand_over(struct buf *b, quern_write_fn write, void *user)
{
	const struct str text = buf_str(b);
	quern_code code = QUERN_NOMEM;

	if (buf_ok(b))
		code = text.n ? write(user, text.p, text.n) : QUERN_OK;
	buf_release(b);
	return code;
}

quern_code quern_doc_to_json(const quern_doc *doc, quern_write_fn write, void *user)
{
	struct buf out;

	buf_init(&out, &doc->q->heap, 0);
	write_record_json(&out, doc->record);
	if (out.n && out.p[out.n - 1] != '\n')
		buf_addc(&out, '\n');
	return buf_hand_over(&out, write, user);
}
