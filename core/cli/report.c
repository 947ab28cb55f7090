/*
 * report.c - see report.h.  Each message is put together in memory and
 * written at once, so that lines of several programs do not mix.
 */
#include "cli/report.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"

void report_init(struct report *r)
{
	*r = (struct report){ .terminal = isatty(STDERR_FILENO) == 1, .began = clock_ms() };
}

void report_begin(struct report *r)
{
	r->began = clock_ms();
}

/* There is nobody to tell when standard error fails. */
static void stderr_write(struct str s)
{
	while (s.n > 0) {
		const ssize_t n = write(STDERR_FILENO, s.p, s.n);
		if (n <= 0)
			return;
		s.p += n;
		s.n -= (size_t)n;
	}
}

static void progress_clear(struct report *r)
{
	if (r->line_is_shown)
		stderr_write(STR_LIT("\r\033[K"));
	r->line_is_shown = false;
}

static void say(struct report *r, struct buf *out)
{
	progress_clear(r);
	if (!r->muted)
		stderr_write(buf_ok(out) ? buf_str(out) : STR_LIT("quern: out of memory for a message\n"));
	buf_release(out);
}

/* ---------------------------------------------------------------- findings */

static const char *plugin_name(const struct report *r, const struct finding *f)
{
	return f->plugin != NO_PLUGIN && r->plugins ? r->plugins[f->plugin] : NULL;
}

static void key_string(struct json_writer *w, const char *key, const char *value)
{
	if (!value)
		return;
	json_key(w, key);
	json_string(w, str_of(value));
}

static void finding_json(const struct report *r, struct buf *out, const struct finding *f, const struct diag *d)
{
	struct json_writer w;

	json_writer_init(&w, out);
	json_begin_map(&w);
	key_string(&w, "severity", severity_name(d->severity));
	key_string(&w, "path", f->path);
	if (d->line) {
		json_key(&w, "line");
		json_int(&w, d->line);
	}
	if (d->line && d->column) {
		json_key(&w, "column");
		json_int(&w, d->column);
	}
	key_string(&w, "message", d->message);
	key_string(&w, "hint", d->hint);
	key_string(&w, "code", f->code);
	key_string(&w, "plugin", plugin_name(r, f));
	key_string(&w, "phase", f->phase);
	key_string(&w, "document", f->document);
	key_string(&w, "traceback", f->traceback);
	json_end_map(&w);
	buf_addc(out, '\n');
}

/* The traceback under its error, each line indented and escaped. */
static void traceback_text(struct buf *out, const char *traceback)
{
	while (traceback && *traceback) {
		const size_t n = strcspn(traceback, "\n");
		const struct str line = str_trim((struct str){ traceback, n });

		if (line.n) {
			buf_addz(out, str_starts(line, STR_LIT("stack traceback")) ? "  " : "    ");
			diag_escape(out, line);
			buf_addc(out, '\n');
		}
		traceback += n + (traceback[n] == '\n');
	}
}

static void finding_text(const struct report *r, struct buf *out, const struct finding *f, struct diag *d)
{
	const char *name = plugin_name(r, f);
	struct buf message;

	buf_init(&message, out->heap, 0);
	if (f->is_log && name) {
		buf_addf(&message, "%s: ", name);
		buf_addz(&message, d->message);
		if (buf_ok(&message))
			d->message = message.p;
	}
	diag_format(out, str_of(f->path ? f->path : name ? name : "quern"), d);
	buf_release(&message);
	if (f->document && name) {
		buf_addz(out, "  note: in ");
		buf_addz(out, f->phase ? f->phase : "output");
		buf_addz(out, " of plugin ");
		diag_escape(out, str_of(name));
		buf_addz(out, " on ");
		diag_escape(out, str_of(f->document));
		buf_addc(out, '\n');
	}
	traceback_text(out, f->traceback);
}

void report_finding(struct report *r, const struct finding *f)
{
	struct diag d = { f->severity, f->line, f->column, f->message, f->hint && *f->hint ? f->hint : NULL };
	struct buf out;

	buf_init(&out, &alloc_libc, 0);
	if (r->json)
		finding_json(r, &out, f, &d);
	else
		finding_text(r, &out, f, &d);
	say(r, &out);
}

void report_error(struct report *r, const char *path, const char *hint, const char *format, ...)
{
	char message[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(message, sizeof message, format, args);
	va_end(args);
	report_finding(r, &(struct finding){ .severity = SEVERITY_ERROR,
					     .plugin = NO_PLUGIN,
					     .path = path,
					     .message = message,
					     .hint = hint });
}

void report_quern_error(struct report *r, const quern_error *error)
{
	report_finding(r, &(struct finding){ .severity = SEVERITY_ERROR,
					     .plugin = NO_PLUGIN,
					     .path = error->path[0] ? error->path : NULL,
					     .code = quern_code_name(error->code),
					     .line = error->line,
					     .column = error->column,
					     .message = error->message,
					     .hint = error->hint,
					     .traceback = error->traceback });
}

void report_sink_error(struct report *r, const struct sink_error *error)
{
	report_error(r, error->path, error->hint, "%s", error->message);
}

void report_diagnostic(struct report *r, const char *path, const quern_diagnostic *d)
{
	report_finding(r, &(struct finding){ .severity = (enum severity)d->severity,
					     .plugin = NO_PLUGIN,
					     .path = path,
					     .line = d->line,
					     .column = d->column,
					     .message = d->message,
					     .hint = d->hint });
}

/* ---------------------------------------------------------------- progress */

static void add_count(struct buf *out, uint64_t n, const char *what)
{
	if (n)
		buf_addf(out, ", %llu %s", (unsigned long long)n, what);
}

static void add_counts(struct buf *out, const struct report_counts *c)
{
	buf_add_int(out, (int64_t)c->documents);
	if (c->total >= c->documents && c->total)
		buf_addf(out, "/%llu", (unsigned long long)c->total);
	buf_addz(out, c->documents == 1 && !c->total ? " document" : " documents");
	add_count(out, c->failed, "failed");
	add_count(out, c->cached, "cached");
}

static void add_duration(struct buf *out, int64_t ms)
{
	if (ms < 10000)
		buf_addf(out, "%.1f s", (double)ms / 1000);
	else if (ms < 100000)
		buf_addf(out, "%lld s", (long long)(ms / 1000));
	else
		buf_addf(out, "%lld min", (long long)((ms + 30000) / 60000));
}

/* Speed, and how long the rest will take at that. */
static void add_speed(struct buf *out, const struct report_counts *c, int64_t ms)
{
	const double speed = ms > 0 ? (double)c->documents * 1000 / (double)ms : 0;

	if (speed <= 0)
		return;
	buf_addf(out, ", %.*f/s", speed < 10 ? 1 : 0, speed);
	if (c->total <= c->documents)
		return;
	buf_addz(out, ", ");
	add_duration(out, (int64_t)((double)(c->total - c->documents) / speed * 1000));
	buf_addz(out, " left");
}

bool report_progress_is_due(struct report *r)
{
	return r->progress && clock_ms() - r->shown_at >= 100;
}

void report_progress(struct report *r, const struct report_counts *c, const char *path)
{
	struct buf out;

	if (!report_progress_is_due(r))
		return;
	r->shown_at = clock_ms();
	buf_init(&out, &alloc_libc, 0);
	buf_addz(&out, "\r\033[K");
	add_counts(&out, c);
	add_speed(&out, c, r->shown_at - r->began);
	/* Kept shorter than a narrow terminal: a line that wraps cannot be taken back. */
	const size_t n = strlen(path), used = out.n - 4, most = used + 12 < 78 ? 76 - used : 0;
	if (most) {
		buf_addz(&out, "  ");
		diag_escape(&out, n > most ? (struct str){ path + n - most, most } : str_of(path));
	}
	if (buf_ok(&out))
		stderr_write(buf_str(&out));
	buf_release(&out);
	r->line_is_shown = true;
}

void report_totals(struct report *r, const struct report_counts *c)
{
	struct buf out;

	progress_clear(r);
	if (!r->terminal || r->json)
		return;
	buf_init(&out, &alloc_libc, 0);
	add_counts(&out, c);
	buf_addz(&out, ", ");
	add_duration(&out, clock_ms() - r->began);
	buf_addc(&out, '\n');
	say(r, &out);
}

void report_line(struct report *r, struct str line)
{
	progress_clear(r);
	stderr_write(line);
}
