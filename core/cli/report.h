/*
 * report.h - diagnostics and progress on standard error, as text or JSON.
 *
 * Everything that quern says apart from results goes through here; control
 * characters of documents and plugins are escaped on the way.
 */
#ifndef QUERN_CLI_REPORT_H
#define QUERN_CLI_REPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "quern.h"
#include "run/outcome.h"
#include "run/sink.h"

struct report {
	bool json;
	bool muted;         /* say nothing: another process says it */
	bool progress;      /* show the progress line */
	bool terminal;      /* standard error is one */
	bool line_is_shown; /* the progress line stands on the terminal */
	int64_t shown_at;   /* monotonic milliseconds of its last change */
	int64_t began;      /* and of the run's beginning */
	/* Names of the plugins by index, for findings; NULL where there are none. */
	const char *const *plugins;
};

void report_init(struct report *r);
/* A run begins: its speed and duration are counted from now on. */
void report_begin(struct report *r);

void report_finding(struct report *r, const struct finding *f);
/* An error that is no document's: usage, output, a plugin that does not load. */
void report_error(struct report *r, const char *path, const char *hint, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/* An error of the library, with place, hint and traceback. */
void report_quern_error(struct report *r, const quern_error *error);
void report_sink_error(struct report *r, const struct sink_error *error);
void report_diagnostic(struct report *r, const char *path, const quern_diagnostic *d);

struct report_counts {
	uint64_t documents, failed, cached;
	uint64_t total; /* documents there are; 0: not known (yet) */
};

/* The line would be redrawn now: at most ten times a second. */
bool report_progress_is_due(struct report *r);
void report_progress(struct report *r, const struct report_counts *counts, const char *path);
/* Takes the progress line away and, on a terminal, closes with a line of totals. */
void report_totals(struct report *r, const struct report_counts *counts);
/* Writes a line as it is. */
void report_line(struct report *r, struct str line);

#endif
