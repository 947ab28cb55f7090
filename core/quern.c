/*
 * quern.c - the library's front door: version, errors and the engine.
 *
 * Implements include/quern.h together with the quern_*.c beside it, over the
 * layers doc/ and lua/.  Knows nothing of the command line, of processes, or
 * of where results go.
 */
#include "quern_impl.h"

#include <stdio.h>

#include "base/utf8.h"
#include "lua/error.h"

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
		error_empty(error);
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

quern_code options_take(void *to, size_t to_size, const void *from, const char *name, quern_error *error)
{
	size_t size;

	if (!from)
		return QUERN_OK;
	memcpy(&size, from, sizeof size);
	if (size < sizeof size)
		return fail(error, QUERN_INVALID, NULL, "begin with the macro that ends in _INIT",
			    "%s says that it has %zu bytes", name, size);
	if (size > to_size)
		size = to_size;
	memcpy((char *)to + sizeof size, (const char *)from + sizeof size, size - sizeof size);
	return QUERN_OK;
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
	if (options_take(&c, sizeof c, config, "quern_config", error) != QUERN_OK)
		return QUERN_INVALID;
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
