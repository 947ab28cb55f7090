/*
 * partial.c - see partial.h.
 *
 * The values of a document end its line as they are, with their sizes before
 * them, so that neither side takes them apart.
 */
#include "run/partial.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/utf8.h"

static const char hex_digits[] = "0123456789abcdef";
/* A line begins with its sum, which is of all that follows: {"sum":"...", */
enum { SUM_AT = 8, SEALED_AT = SUM_AT + 2 * DIGEST_SUM_SIZE + 2 };

void partial_sum(const struct str *parts, size_t n, char out[PARTIAL_SUM_SIZE])
{
	unsigned char sum[DIGEST_SUM_SIZE];

	digest_sum(parts, n, sum);
	for (size_t i = 0; i < DIGEST_SUM_SIZE; i++) {
		out[2 * i] = hex_digits[sum[i] >> 4];
		out[2 * i + 1] = hex_digits[sum[i] & 15];
	}
	out[2 * DIGEST_SUM_SIZE] = '\0';
}

/* ----------------------------------------------------------------- writing */

static size_t line_begin(struct json_writer *w, struct buf *out)
{
	static const char room[] = "00000000000000000000000000000000";
	const size_t from = out->n;

	json_writer_init(w, out);
	json_begin_map(w);
	json_key(w, "sum");
	json_string(w, str_of(room));
	return from;
}

/* The sum goes where room was left. */
static void line_end(struct buf *out, size_t from)
{
	char sum[PARTIAL_SUM_SIZE];

	if (!buf_ok(out))
		return;
	partial_sum(&(struct str){ out->p + from + SEALED_AT, out->n - from - SEALED_AT }, 1, sum);
	memcpy(out->p + from + SUM_AT, sum, PARTIAL_SUM_SIZE - 1);
	buf_addc(out, '\n');
}

static void put_hex(struct buf *out, struct str s)
{
	char *to = buf_reserve(out, 2 * s.n);

	for (size_t i = 0; to && i < s.n; i++) {
		*to++ = hex_digits[(unsigned char)s.p[i] >> 4];
		*to++ = hex_digits[(unsigned char)s.p[i] & 15];
	}
	if (to) {
		out->n += 2 * s.n;
		*to = '\0';
	}
}

static void put_bytes(struct json_writer *w, const char *key, struct str s)
{
	json_key(w, key);
	if (utf8_check(s) == s.n && !memchr(s.p, '\0', s.n)) {
		json_string(w, s);
		return;
	}
	json_begin_map(w);
	json_key(w, "hex");
	json_string(w, STR_EMPTY);
	buf_truncate(w->out, w->out->n ? w->out->n - 1 : 0);
	put_hex(w->out, s);
	buf_addc(w->out, '"');
	json_end_map(w);
}

static void put_string(struct json_writer *w, const char *key, const char *s)
{
	if (s)
		put_bytes(w, key, str_of(s));
}

static void put_number(struct json_writer *w, const char *key, uint64_t n)
{
	json_key(w, key);
	json_int(w, (int64_t)n);
}

static void put_bool(struct json_writer *w, const char *key, bool b)
{
	json_key(w, key);
	json_bool(w, b);
}

static void put_strings(struct json_writer *w, const char *key, const char *const *items, size_t n)
{
	json_key(w, key);
	json_begin_list(w);
	for (size_t i = 0; i < n; i++) {
		json_begin_map(w);
		put_string(w, "text", items[i]);
		json_end_map(w);
	}
	json_end_list(w);
}

void partial_put_header(struct buf *out, const struct partial_header *h)
{
	struct json_writer w;
	const size_t from = line_begin(&w, out);

	put_number(&w, "partial", PARTIAL_VERSION);
	put_number(&w, "shard", h->shard);
	put_number(&w, "of", h->shards);
	put_number(&w, "documents", h->documents);
	put_string(&w, "list", h->list);
	json_key(&w, "plugins");
	json_begin_list(&w);
	for (size_t i = 0; i < h->n_plugins; i++) {
		json_begin_map(&w);
		put_string(&w, "name", h->plugins[i].name);
		put_string(&w, "digest", h->plugins[i].digest);
		json_end_map(&w);
	}
	json_end_list(&w);
	put_strings(&w, "to", h->to, h->n_to);
	put_strings(&w, "set", h->set, h->n_set);
	put_string(&w, "now", h->now);
	put_string(&w, "reading", h->reading);
	put_bool(&w, "unsafe", h->unsafe);
	json_end_map(&w);
	line_end(out, from);
}

static void put_finding(struct json_writer *w, const struct finding *f)
{
	json_begin_map(w);
	put_number(w, "severity", (uint64_t)f->severity);
	if (f->plugin != NO_PLUGIN)
		put_number(w, "plugin", f->plugin);
	put_string(w, "path", f->path);
	if (f->line)
		put_number(w, "line", f->line);
	if (f->column)
		put_number(w, "column", f->column);
	put_string(w, "document", f->document);
	put_string(w, "phase", f->phase);
	put_string(w, "code", f->code);
	put_string(w, "message", f->message);
	put_string(w, "hint", f->hint);
	put_string(w, "traceback", f->traceback);
	if (f->is_log)
		put_bool(w, "log", true);
	json_end_map(w);
}

static void put_findings(struct json_writer *w, const struct outcome *o)
{
	if (o->n_findings == 0)
		return;
	json_key(w, "findings");
	json_begin_list(w);
	for (size_t i = 0; i < o->n_findings; i++)
		put_finding(w, &o->findings[i]);
	json_end_list(w);
}

static void put_files(struct json_writer *w, const struct outcome *o)
{
	if (o->n_files == 0)
		return;
	json_key(w, "files");
	json_begin_list(w);
	for (size_t i = 0; i < o->n_files; i++) {
		json_begin_map(w);
		put_number(w, "plugin", o->files[i].plugin);
		put_string(w, "path", o->files[i].path);
		put_bytes(w, "text", o->files[i].bytes);
		json_end_map(w);
	}
	json_end_list(w);
}

/* "value":V} of one plugin, "values":[V,V]} of several; null stands for nothing. */
static void put_values(struct buf *out, const struct outcome *o)
{
	const bool several = o->n_values != 1;

	buf_addz(out, several ? ",\"values\":[" : ",\"value\":");
	for (size_t i = 0; i < o->n_values; i++) {
		if (i)
			buf_addc(out, ',');
		buf_adds(out, o->values[i].json.p ? o->values[i].json : STR_LIT("null"));
	}
	buf_addz(out, several ? "]}" : "}");
}

void partial_put_outcome(struct buf *out, const struct outcome *o, const char *key, bool keep)
{
	struct json_writer w;
	const size_t from = line_begin(&w, out);

	put_number(&w, "ordinal", o->ordinal);
	put_string(&w, "key", key);
	put_bool(&w, "keep", keep);
	put_bool(&w, "failed", o->failed);
	put_bool(&w, "to", o->reads_format);
	put_string(&w, "path", o->path);
	if (o->lost)
		put_bool(&w, "lost", true);
	put_findings(&w, o);
	put_files(&w, o);
	json_key(&w, "sizes");
	json_begin_list(&w);
	for (size_t i = 0; i < o->n_values; i++)
		json_int(&w, o->values[i].json.p ? (int64_t)o->values[i].json.n : 4);
	json_end_list(&w);
	put_values(out, o);
	line_end(out, from);
}

void partial_put_problem(struct buf *out, uint64_t before, const struct corpus_item *item)
{
	struct json_writer w;
	const size_t from = line_begin(&w, out);

	put_number(&w, "problem", before);
	put_number(&w, "severity", (uint64_t)item->severity);
	put_number(&w, "line", item->line);
	put_string(&w, "path", item->path);
	put_string(&w, "message", item->message);
	put_string(&w, "hint", item->hint);
	json_end_map(&w);
	line_end(out, from);
}

void partial_put_footer(struct buf *out, const struct partial_totals *t)
{
	struct json_writer w;
	const size_t from = line_begin(&w, out);

	put_number(&w, "end", t->lines);
	put_number(&w, "failed", t->failed);
	put_bool(&w, "to", t->reads_format);
	json_end_map(&w);
	line_end(out, from);
}
