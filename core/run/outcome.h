/*
 * outcome.h - all that one document came to: values, files, findings.
 *
 * Plain data in one arena: it is what a runner hands to the ordered consumer,
 * whether it was made in this process or read from a pipe.  The calls fold
 * and render of a plugin report through the same struct, with no document.
 */
#ifndef QUERN_RUN_OUTCOME_H
#define QUERN_RUN_OUTCOME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "quern.h"

#define NO_PLUGIN SIZE_MAX

/* Something to tell the user. */
struct finding {
	enum severity severity;
	size_t plugin;        /* whose call it came from; NO_PLUGIN: the document itself */
	const char *path;     /* file it speaks of: the document, or the plugin's source */
	const char *document; /* the document at hand when path is the plugin's; else NULL */
	const char *phase;    /* "map", "reduce", "render"; NULL for the document itself */
	const char *code;     /* quern_code_name; NULL */
	uint32_t line, column;
	const char *message;
	const char *hint;      /* NULL: none */
	const char *traceback; /* NULL: none */
	bool is_log;           /* printed or logged by the plugin */
};

/* A file that a plugin wrote. */
struct outcome_file {
	size_t plugin;
	const char *path;
	struct str bytes;
};

/* One plugin's value for the document, as one line of JSON without its newline; p NULL: nothing. */
struct outcome_value {
	struct str json;
	bool failed;   /* the call failed: it has no value and no files */
	uint64_t took; /* nanoseconds of the call */
};

/* Instead of a time: an earlier run's outcome. */
#define OUTCOME_KEPT UINT64_MAX

struct outcome {
	uint64_t ordinal;
	uint64_t took;    /* nanoseconds of loading, apart from what a call of a plugin made load; OUTCOME_KEPT */
	const char *path; /* the document; NULL for fold and render */
	struct arena arena;
	struct finding *findings;
	size_t n_findings, findings_cap;
	struct outcome_file *files;
	size_t n_files, files_cap;
	struct outcome_value *values; /* one a plugin */
	size_t n_values;
	bool failed;       /* at least one finding is an error */
	bool lost;         /* memory was refused: something is missing above */
	bool reads_format; /* a plugin's map asked for opts.to */
	/* Of the document's bytes, in hex; NULL: another run may come to something else (or nobody asked). */
	const char *digest;
};

void outcome_init(struct outcome *o, const struct alloc *heap);
void outcome_release(struct outcome *o);
/* Empties it for the next document; path is copied.  False, and lost, when memory is refused. */
bool outcome_start(struct outcome *o, uint64_t ordinal, const char *path, size_t n_plugins);

/* f's strings are copied.  Control characters are left for the printer to escape. */
void outcome_find(struct outcome *o, const struct finding *f);
/* An error of a plugin's call, or (plugin NO_PLUGIN) of loading the document. */
void outcome_error(struct outcome *o, size_t plugin, const char *phase, const quern_error *error);
void outcome_document_finding(struct outcome *o, const quern_diagnostic *d);
void outcome_log(struct outcome *o, size_t plugin, const char *phase, enum severity severity, struct str message);
/* False when memory is refused. */
bool outcome_file(struct outcome *o, size_t plugin, const char *path, struct str bytes);
/* A call that failed has written nothing: drops the files from `from` on. */
void outcome_drop_files(struct outcome *o, size_t from);

#endif
