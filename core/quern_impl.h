/*
 * quern_impl.h - what the files behind include/quern.h share: the engine and
 * document structs, the casts between public handles and the values below,
 * and how an error is filled.
 *
 * Included by core/quern*.c alone.
 */
#ifndef QUERN_IMPL_H
#define QUERN_IMPL_H

#include <stdatomic.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/value.h"
#include "doc/record.h"
#include "lua/modules.h"
#include "lua/plugin.h"
#include "quern.h"

struct quern {
	struct alloc heap;
	atomic_size_t refs;
	char **path; /* plugin folders */
	size_t n_path;
	struct record_limits limits;
	double time_limit;
	size_t memory_limit;
	size_t output_limit;
	bool unsafe_html;
	bool host_ticks;
	struct plugin_ticker ticker;
	struct module_cache *modules;
	void (*log)(void *user, quern_severity severity, const char *plugin, const char *message, size_t len);
	void *log_user;
	struct file_source files; /* of plugins */
	void (*unknown_encoding)(void *user, const char *name);
	void *unknown_encoding_user;
	quern_host_function *functions; /* of the host; their names are copies */
	size_t n_functions;             /* room for so many */
	struct plugin_host host;
};

/* A title with its terminator, made once and published whole. */
struct doc_title {
	size_t len;
	char text[];
};

struct quern_doc {
	quern *q;
	struct record *record;
	atomic_size_t refs;
	_Atomic(struct doc_title *) title;
};

/* A root value: the public handle points to it, elements are plain struct value inside its arena. */
struct value_root {
	struct value value; /* first: a handle of a root and one of an element read alike */
	struct arena arena;
	quern *q;
};

static inline const struct value *value_of(const quern_value *v)
{
	return (const struct value *)(const void *)v;
}

static inline const quern_value *value_handle(const struct value *v)
{
	return (const quern_value *)(const void *)v;
}

quern *engine_ref(quern *q);

/* quern_load.c: fills *error with what a record could not be read for; the encoding that was asked for, or NULL. */
quern_code record_failure(const quern *q, enum record_status status, const char *path, const char *encoding,
			  quern_error *error);

/* quern_host.c: copies the functions into q; what it has taken when it fails, host_release gives back. */
quern_code host_take(quern *q, const quern_host_function *functions, size_t n, quern_error *error);
void host_release(quern *q);

/* NULL when memory is refused.  Freed with quern_value_free. */
struct value_root *value_root_new(quern *q);
void value_root_free(struct value_root *root);

/*
 * Fills *error (NULL is allowed) and returns code.  path and hint may be NULL;
 * what does not fit is cut at a character.
 */
quern_code fail(quern_error *error, quern_code code, const char *path, const char *hint, const char *format, ...)
	__attribute__((format(printf, 5, 6)));
/* Before a call that may fail: code OK and everything empty. */
void error_clear(quern_error *error);

/*
 * Copies a caller's versioned struct (NULL is allowed), called name: what it has of
 * ours, the rest stays.  QUERN_INVALID where it says that it has no size.
 */
quern_code options_take(void *to, size_t to_size, const void *from, const char *name, quern_error *error);

/* Hands the buffer to the writer and releases it; QUERN_NOMEM where it failed. */
quern_code buf_hand_over(struct buf *b, quern_write_fn write, void *user);

#endif
