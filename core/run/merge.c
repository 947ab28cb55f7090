/*
 * merge.c - see merge.h.
 *
 * The document of ordinal k stands in shard k modulo N, so the partials are
 * read in turn and nothing has to be compared to merge them.
 */
#include "run/merge.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "run/partial.h"
#include "run/recfile.h"

static const size_t line_most = (size_t)1 << 30;

struct part {
	const char *path;
	struct recfile lines;
	struct value header;
	uint64_t shard;
};

struct merge {
	const struct alloc *heap;
	struct arena arena; /* of headers */
	struct part *parts; /* in the order of shards once all are read */
	size_t n;
	uint64_t documents, next;
	struct merge_run run;
	struct arena problem; /* of the one handed out last */
	bool ended;
};

static bool fail(struct merge_error *error, const char *path, const char *hint, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

static bool fail(struct merge_error *error, const char *path, const char *hint, const char *format, ...)
{
	va_list args;

	error->path = path;
	error->hint = hint;
	va_start(args, format);
	vsnprintf(error->message, sizeof error->message, format, args);
	va_end(args);
	return false;
}

/* ----------------------------------------------------------------- headers */

static uint64_t number(const struct value *map, const char *key)
{
	const struct value *v = value_getz(map, key);

	return v && v->kind == VALUE_INT && v->as.integer >= 0 ? (uint64_t)v->as.integer : 0;
}

static const char *part_open(struct merge *m, struct part *p)
{
	const int error = recfile_open(&p->lines, m->heap, p->path, false, '\n', line_most);

	return error ? strerror(error) : NULL;
}

/* The first line, kept. */
static bool header_read(struct merge *m, struct part *p, struct merge_error *error)
{
	struct str line;

	if (recfile_next(&p->lines, &line) != REC_WHOLE || partial_look(line).kind != PARTIAL_HEADER ||
	    !partial_read(&m->arena, line, &p->header))
		return fail(error, p->path, "quern map writes partials", "is no partial, or its first line is damaged");
	if (number(&p->header, "partial") != PARTIAL_VERSION)
		return fail(error, p->path, NULL, "is a partial of another version of quern");
	p->shard = number(&p->header, "shard");
	if (p->shard < 1 || p->shard > number(&p->header, "of"))
		return fail(error, p->path, NULL, "is no partial");
	return true;
}

static bool same(const struct value *a, const struct value *b, const char *key)
{
	const struct value *x = value_getz(a, key), *y = value_getz(b, key);

	return x && y && value_equal(x, y);
}

/* The names of plugins, joined. */
static const char *plugins_of(struct merge *m, const struct value *header)
{
	const struct value *list = value_getz(header, "plugins");
	const char *names = "";

	for (size_t i = 0; list && list->kind == VALUE_LIST && i < list->as.list.n; i++) {
		const char *name = partial_string(&m->arena, &list->as.list.items[i], "name");
		const char *longer = arena_printf(&m->arena, "%s%s%s", names, i ? "," : "", name ? name : "?");
		names = longer ? longer : names;
	}
	return names;
}

/* Whether p is of the run of the first; the nearest reason why not. */
static bool run_check(struct merge *m, const struct part *p, struct merge_error *error)
{
	const struct part *first = &m->parts[0];
	const struct value *a = &first->header, *b = &p->header;

	if (!same(a, b, "of"))
		return fail(error, p->path, NULL, "is one of %llu shards, and %s one of %llu",
			    (unsigned long long)number(b, "of"), first->path, (unsigned long long)number(a, "of"));
	if (strcmp(plugins_of(m, a), plugins_of(m, b)) != 0)
		return fail(error, p->path, NULL, "was mapped by %s, and %s by %s", plugins_of(m, b), first->path,
			    plugins_of(m, a));
	if (!same(a, b, "to") || !same(a, b, "set"))
		return fail(error, p->path, "all shards take the same -t and -s",
			    "was mapped with other options than %s", first->path);
	if (!same(a, b, "now"))
		return fail(error, p->path, "give every shard the same --now",
			    "was mapped on another day (--now) than %s", first->path);
	if (!same(a, b, "reading") || !same(a, b, "unsafe"))
		return fail(error, p->path, "all shards take the same --from, --encoding and --unsafe",
			    "read its documents in another way than %s", first->path);
	if (!same(a, b, "plugins"))
		return fail(error, p->path, "the plugin, a module it requires, or quern itself was another",
			    "was mapped by another %s than %s", plugins_of(m, b), first->path);
	if (!same(a, b, "documents") || !same(a, b, "list"))
		return fail(error, p->path, "the shards did not see the same files: map them all again",
			    "is of another list of documents (%llu) than %s (%llu)",
			    (unsigned long long)number(b, "documents"), first->path,
			    (unsigned long long)number(a, "documents"));
	return true;
}

/* ------------------------------------------------------------- the first pass */

/* Documents of a shard: those of ordinal shard-1, shard-1+N, ... */
static uint64_t documents_of(uint64_t shard, uint64_t documents, uint64_t shards)
{
	return documents >= shard ? (documents - shard) / shards + 1 : 0;
}

static bool cut(const struct part *p, struct merge_error *error)
{
	return fail(error, p->path, "map this shard again", "is cut: shard %llu/%llu has no end",
		    (unsigned long long)p->shard, (unsigned long long)number(&p->header, "of"));
}

static bool damaged(const struct part *p, struct merge_error *error)
{
	return fail(error, p->path, "map this shard again", "line %llu is damaged",
		    (unsigned long long)p->lines.number);
}

/* All lines after the header: in order, none missing, then the footer and nothing more. */
static bool part_check(struct merge *m, struct part *p, struct merge_error *error)
{
	const uint64_t shards = number(&p->header, "of"), documents = number(&p->header, "documents");
	const uint64_t own = documents_of(p->shard, documents, shards);
	uint64_t seen = 0, lines = 0;
	struct str line;
	struct value footer;

	for (;; lines++) {
		const enum rec_status status = recfile_next(&p->lines, &line);
		if (status == REC_END || status == REC_UNENDED)
			return p->lines.error ? fail(error, p->path, NULL, "%s", strerror(p->lines.error))
					      : cut(p, error);
		if (status != REC_WHOLE)
			return damaged(p, error);
		const struct partial_line l = partial_look(line);
		const uint64_t next = p->shard - 1 + seen * shards;
		m->run.reads_format = m->run.reads_format || l.reads_format;
		if (l.kind == PARTIAL_FOOTER)
			break;
		if ((l.kind != PARTIAL_DOCUMENT && l.kind != PARTIAL_PROBLEM) || l.ordinal != next ||
		    (l.kind == PARTIAL_DOCUMENT && seen == own))
			return damaged(p, error);
		seen += l.kind == PARTIAL_DOCUMENT;
	}
	if (seen != own || !partial_read(&m->arena, line, &footer) || number(&footer, "end") != lines ||
	    recfile_next(&p->lines, &line) != REC_END)
		return damaged(p, error);
	return true;
}

static bool part_read(struct merge *m, size_t i, struct merge_error *error)
{
	struct part *p = &m->parts[i];
	const char *why = part_open(m, p);
	bool ok;

	if (why)
		ok = fail(error, p->path, NULL, "%s", why);
	else
		ok = header_read(m, p, error) && run_check(m, p, error) && part_check(m, p, error);
	recfile_close(&p->lines);
	return ok;
}

static bool repeated_check(struct merge *m, struct merge_error *error)
{
	for (size_t i = 0; i < m->n; i++)
		for (size_t k = 0; k < i; k++)
			if (m->parts[k].shard == m->parts[i].shard)
				return fail(error, m->parts[i].path, "each shard counts once",
					    "is shard %llu/%llu, and so is %s", (unsigned long long)m->parts[i].shard,
					    (unsigned long long)number(&m->parts[i].header, "of"), m->parts[k].path);
	return true;
}

/* Puts the parts in the order of their shards, as far as these are there. */
static void parts_sort(struct merge *m)
{
	for (size_t i = 0; i < m->n;) {
		const struct part p = m->parts[i];
		if (p.shard == i + 1 || p.shard > m->n) {
			i++;
			continue;
		}
		m->parts[i] = m->parts[p.shard - 1];
		m->parts[p.shard - 1] = p;
	}
}

/* Every shard is there once. */
static bool shards_check(struct merge *m, struct merge_error *error)
{
	const uint64_t shards = number(&m->parts[0].header, "of");

	if (!repeated_check(m, error))
		return false;
	parts_sort(m);
	for (uint64_t i = 0; i < shards; i++)
		if (i >= m->n || m->parts[i].shard != i + 1)
			return fail(error, NULL, "quern reduce takes the partials of all shards",
				    "shard %llu/%llu is missing", (unsigned long long)(i + 1),
				    (unsigned long long)shards);
	return true;
}

/* --------------------------------------------------------------------- open */

/* The member of every map of a list. */
static const char *const *strings_of(struct merge *m, const char *key, const char *member, size_t *n)
{
	const struct value *list = value_getz(&m->parts[0].header, key);
	const char **out;

	*n = list && list->kind == VALUE_LIST ? list->as.list.n : 0;
	out = arena_alloc_zero(&m->arena, (*n + 1) * sizeof *out);
	for (size_t i = 0; out && i < *n; i++) {
		out[i] = partial_string(&m->arena, &list->as.list.items[i], member);
		if (!out[i])
			return NULL;
	}
	return out;
}

static bool run_read(struct merge *m, struct merge_error *error)
{
	const struct value *header = &m->parts[0].header, *unsafe = value_getz(header, "unsafe");
	struct merge_run *r = &m->run;

	m->documents = number(header, "documents");
	r->to = strings_of(m, "to", "text", &r->n_to);
	r->set = strings_of(m, "set", "text", &r->n_set);
	r->names = strings_of(m, "plugins", "name", &r->n_plugins);
	r->digests = strings_of(m, "plugins", "digest", &r->n_plugins);
	r->now = partial_string(&m->arena, header, "now");
	r->unsafe = unsafe && unsafe->kind == VALUE_BOOL && unsafe->as.boolean;
	return (r->to && r->set && r->names && r->digests && r->now) ||
	       fail(error, m->parts[0].path, NULL, "is no partial");
}

/* As many partials as there are stay open. */
static bool parts_reopen(struct merge *m, struct merge_error *error)
{
	struct rlimit files;
	struct str line;

	if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < files.rlim_max) {
		files.rlim_cur = files.rlim_max;
		setrlimit(RLIMIT_NOFILE, &files);
	}
	for (size_t i = 0; i < m->n; i++) {
		const char *why = part_open(m, &m->parts[i]);
		if (why || recfile_next(&m->parts[i].lines, &line) != REC_WHOLE)
			return fail(error, m->parts[i].path, NULL, "%s", why ? why : "changed while it was read");
	}
	return true;
}

struct merge *merge_open(const struct alloc *heap, const char *const *paths, size_t n, struct merge_error *error)
{
	struct merge *m = mem_new_zero(heap, sizeof *m);
	bool ok;

	*error = (struct merge_error){ .message = "out of memory" };
	if (!m)
		return NULL;
	m->heap = heap;
	m->n = n;
	arena_init(&m->arena, heap, 0);
	arena_init(&m->problem, heap, 0);
	m->parts = mem_new_zero(heap, n * sizeof *m->parts);
	for (size_t i = 0; m->parts && i < n; i++) {
		m->parts[i] = (struct part){ .path = paths[i], .lines = { .fd = -1 } };
		buf_init(&m->parts[i].lines.in, heap, 0);
	}
	ok = m->parts != NULL;
	for (size_t i = 0; ok && i < n; i++)
		ok = part_read(m, i, error);
	if (ok && shards_check(m, error) && run_read(m, error) && parts_reopen(m, error))
		return m;
	merge_close(m);
	return NULL;
}

void merge_close(struct merge *m)
{
	if (!m)
		return;
	for (size_t i = 0; m->parts && i < m->n; i++)
		recfile_close(&m->parts[i].lines);
	if (m->parts)
		mem_free(m->heap, m->parts, m->n * sizeof *m->parts);
	arena_release(&m->arena);
	arena_release(&m->problem);
	mem_free(m->heap, m, sizeof *m);
}

const struct merge_run *merge_run_of(const struct merge *m)
{
	return &m->run;
}

/* --------------------------------------------------------------------- walk */

static bool walk_next(void *self, struct corpus_item *item)
{
	struct merge *m = self;
	struct part *p = &m->parts[m->next % m->n];
	struct partial_line l = { .kind = PARTIAL_NONSENSE };
	struct str line = STR_EMPTY;

	if (m->ended)
		return false;
	if (recfile_next(&p->lines, &line) == REC_WHOLE)
		l = partial_look(line);
	*item = (struct corpus_item){ .path = p->path, .line = (uint32_t)p->lines.number };
	if (l.kind == PARTIAL_DOCUMENT && l.ordinal == m->next) {
		item->kind = CORPUS_OUTCOME;
		item->ordinal = m->next++;
		item->text = line;
		return true;
	}
	arena_reset(&m->problem);
	if (l.kind == PARTIAL_PROBLEM && partial_problem(&m->problem, line, item))
		return true;
	m->ended = true;
	if (l.kind == PARTIAL_FOOTER && m->next == m->documents)
		return false;
	item->kind = CORPUS_PROBLEM;
	item->severity = SEVERITY_ERROR;
	item->message = "changed while it was read";
	return true;
}

struct walk merge_walk(struct merge *m)
{
	return (struct walk){ .self = m, .next = walk_next };
}
