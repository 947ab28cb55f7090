/*
 * shard.c - see shard.h.
 *
 * The first walk counts and, beside it, reads what an earlier run has left: as
 * long as its lines are those of the documents that come by, they are kept.  A
 * line that another run might do better (its worker was killed) ends that.
 */
#include "run/shard.h"

#include <stdio.h>
#include <string.h>

#include "run/journal.h"
#include "run/order.h"
#include "run/stop.h"

/* What both walks know. */
struct pass {
	uint64_t ordinal; /* of the next document */
	unsigned char list[DIGEST_SUM_SIZE];
};

struct state {
	struct shard *shard;
	struct shard_result *result;
	struct journal journal;
	enum journal_state journal_state;
	struct partial_totals totals;
	struct walk walk;
	struct pass pass;
	uint64_t to_skip; /* lines that are there already */
	uint64_t next;    /* ordinal of the shard's next document to write */
	/* Keys of the documents that are under way, by their place in the shard. */
	char (*keys)[PARTIAL_SUM_SIZE];
	struct buf line;
};

/* ------------------------------------------------------------------- walks */

/* The list of documents is the same when all that decides what is mapped and told is. */
static void pass_add(struct pass *p, const struct corpus_item *item)
{
	const struct str kind = { (const char *)&item->kind, sizeof item->kind };
	const struct str parts[] = { { (const char *)p->list, sizeof p->list },
				     kind,
				     str_of(item->path),
				     item->text,
				     str_of(item->message ? item->message : "") };

	digest_sum(parts, sizeof parts / sizeof parts[0], p->list);
	if (item->kind != CORPUS_PROBLEM)
		p->ordinal = item->ordinal + 1;
}

static void pass_hex(const struct pass *p, char out[PARTIAL_SUM_SIZE])
{
	partial_sum(&(struct str){ (const char *)p->list, sizeof p->list }, 1, out);
}

/* A problem goes with the document after it. */
static bool is_ours(const struct state *s, const struct corpus_item *item, uint64_t next)
{
	const uint64_t ordinal = item->kind == CORPUS_PROBLEM ? next : item->ordinal;

	return ordinal % s->shard->header.shards == s->shard->header.shard - 1;
}

/* What tells the document from another of this path without reading it. */
static void key_of(const struct corpus_item *item, char out[PARTIAL_SUM_SIZE])
{
	const int64_t stamp[] = { item->st.st_size, item->st.st_mtim.tv_sec, item->st.st_mtim.tv_nsec,
				  item->st.st_ctim.tv_sec, item->st.st_ctim.tv_nsec };
	const struct str parts[] = { str_of(item->path), { (const char *)stamp, sizeof stamp }, item->text };

	partial_sum(parts, sizeof parts / sizeof parts[0], out);
}

/* Whether the line at hand of the journal is what this item came to. */
static bool line_is_of(const struct partial_line *l, const struct corpus_item *item, uint64_t next)
{
	char key[PARTIAL_SUM_SIZE];

	if (item->kind == CORPUS_PROBLEM)
		return l->kind == PARTIAL_PROBLEM && l->ordinal == next;
	key_of(item, key);
	return l->kind == PARTIAL_DOCUMENT && l->ordinal == item->ordinal && l->keep && str_eqz(l->key, key);
}

static void totals_add(struct state *s, bool failed, bool reads_format)
{
	s->totals.lines++;
	s->totals.failed += failed;
	s->totals.reads_format |= reads_format;
}

static void line_keep(struct state *s, const struct corpus_item *item, const struct partial_line *l)
{
	const bool is_problem = item->kind == CORPUS_PROBLEM;

	journal_keep(&s->journal);
	totals_add(s, is_problem ? item->severity == SEVERITY_ERROR : l->failed, l->reads_format);
	s->result->kept += !is_problem;
	if (!is_problem)
		s->next = item->ordinal + s->shard->header.shards;
}

/* The first walk: the list, and how much of the journal is its beginning. */
static bool walk_first(struct state *s)
{
	struct walk walk;
	struct corpus_item item;
	struct partial_line l;

	if (!s->shard->walk_open(s->shard->user, &walk))
		return false;
	while (!stop_signal() && walk.next(walk.self, &item)) {
		if (is_ours(s, &item, s->pass.ordinal) && s->journal.keeping) {
			l = journal_read(&s->journal);
			if (line_is_of(&l, &item, s->pass.ordinal))
				line_keep(s, &item, &l);
			else
				s->journal.keeping = false;
		}
		pass_add(&s->pass, &item);
	}
	s->shard->walk_close(s->shard->user);
	return !stop_signal();
}

static char (*key_at(struct state *s, uint64_t ordinal))[PARTIAL_SUM_SIZE]
{
	return &s->keys[ordinal / s->shard->header.shards % ORDER_WINDOW];
}

static bool walk_next(void *self, struct corpus_item *item)
{
	struct state *s = self;

	while (s->walk.next(s->walk.self, item)) {
		const bool ours = is_ours(s, item, s->pass.ordinal);
		pass_add(&s->pass, item);
		if (ours && s->to_skip == 0) {
			if (item->kind != CORPUS_PROBLEM)
				key_of(item, *key_at(s, item->ordinal));
			return true;
		}
		s->to_skip -= ours;
	}
	return false;
}

static bool walk_text(void *self, struct corpus_item *item)
{
	struct state *s = self;

	return s->walk.text(s->walk.self, item);
}

/* ------------------------------------------------------------------ writing */

static bool line_write(struct state *s)
{
	const bool ok = buf_ok(&s->line) && journal_write(&s->journal, buf_str(&s->line));

	if (!buf_ok(&s->line))
		s->result->unwritten = "out of memory";
	else if (!ok)
		s->result->unwritten = journal_error(&s->journal);
	buf_clear(&s->line);
	return ok;
}

/* What came to this may come to something else where the machine is in a better state. */
static bool is_passing(const struct outcome *o)
{
	static const char *const codes[] = { "crash", "nomem", "io", "interrupted", "busy" };

	for (size_t i = 0; i < o->n_findings; i++)
		for (size_t k = 0; k < sizeof codes / sizeof codes[0]; k++)
			if (o->findings[i].code && strcmp(o->findings[i].code, codes[k]) == 0)
				return true;
	return o->lost;
}

static bool consume_outcome(void *user, const struct outcome *o)
{
	struct state *s = user;
	const struct job_report *r = &s->shard->report;

	for (int plugins = 0; plugins < 2; plugins++)
		for (size_t i = 0; i < o->n_findings; i++)
			if ((o->findings[i].plugin != NO_PLUGIN) == plugins)
				r->finding(r->user, &o->findings[i]);
	totals_add(s, o->failed, o->reads_format);
	s->result->documents++;
	r->progress(r->user, &(struct job_progress){ s->result->documents, s->totals.failed, 0, o->path ? o->path : "-",
						     o->failed, o });
	partial_put_outcome(&s->line, o, *key_at(s, o->ordinal), !is_passing(o));
	s->next = o->ordinal + s->shard->header.shards;
	return line_write(s);
}

static bool consume_problem(void *user, const struct corpus_item *item)
{
	const struct finding f = runner_finding(item);
	struct state *s = user;
	const struct job_report *r = &s->shard->report;

	r->finding(r->user, &f);
	totals_add(s, item->severity == SEVERITY_ERROR, false);
	partial_put_problem(&s->line, s->next, item);
	return line_write(s);
}

static void consume_failure(void *user, const char *message)
{
	struct state *s = user;
	const struct job_report *r = &s->shard->report;

	s->result->stopped = true;
	r->finding(r->user, &(struct finding){ .severity = SEVERITY_ERROR,
					       .plugin = NO_PLUGIN,
					       .message = message,
					       .hint = "the run cannot go on" });
}

/* ---------------------------------------------------------------------- run */

/* The header, now that the list is known; what was kept counts only under the same. */
static bool header_write(struct state *s, const char *list)
{
	struct partial_header h = s->shard->header;
	bool ok;

	h.documents = s->pass.ordinal;
	h.list = list;
	partial_put_header(&s->line, &h);
	if (!buf_ok(&s->line))
		return line_write(s);
	s->journal_state = journal_settle(&s->journal, buf_str(&s->line));
	if (s->journal_state == JOURNAL_ANEW) {
		s->result->begun_anew = s->journal.has_header && !s->journal.was_finished;
		s->totals = (struct partial_totals){ 0 };
		s->result->kept = 0;
		s->next = h.shard - 1;
	}
	s->to_skip = s->totals.lines;
	s->result->documents = s->result->kept;
	ok = journal_begin(&s->journal, buf_str(&s->line), s->journal_state);
	if (!ok)
		s->result->unwritten = journal_error(&s->journal);
	buf_clear(&s->line);
	return ok;
}

/* The second walk, mapped. */
static void map_rest(struct state *s, const char *list)
{
	const struct runner_consumer consumer = { s, consume_outcome, consume_problem, consume_failure };
	const struct runner *r = s->shard->runner;
	const struct walk ours = { .self = s, .next = walk_next, .text = walk_text };
	char again[PARTIAL_SUM_SIZE];

	s->pass = (struct pass){ 0 };
	if (!s->shard->walk_open(s->shard->user, &s->walk)) {
		s->result->stopped = true;
		return;
	}
	r->map_all(r->self, &ours, &consumer);
	s->shard->walk_close(s->shard->user);
	if (stop_signal() || s->result->stopped || s->result->unwritten)
		return;
	pass_hex(&s->pass, again);
	if (strcmp(again, list) != 0) {
		s->result->changed = true;
		return;
	}
	partial_put_footer(&s->line, &s->totals);
	if (line_write(s) && !journal_finish(&s->journal))
		s->result->unwritten = journal_error(&s->journal);
}

static void run(struct state *s)
{
	char list[PARTIAL_SUM_SIZE];

	if (!walk_first(s)) {
		s->result->stopped = true;
		return;
	}
	pass_hex(&s->pass, list);
	if (header_write(s, list) && s->journal_state != JOURNAL_FINISHED)
		map_rest(s, list);
}

void shard_run(struct shard *shard, struct shard_result *result)
{
	struct state s = { .shard = shard, .result = result, .next = shard->header.shard - 1 };

	*result = (struct shard_result){ 0 };
	buf_init(&s.line, shard->heap, 0);
	s.keys = mem_new_zero(shard->heap, ORDER_WINDOW * sizeof *s.keys);
	if (!journal_open(&s.journal, shard->heap, shard->output))
		result->unwritten = journal_error(&s.journal);
	else if (!s.keys)
		result->unwritten = "out of memory";
	else
		run(&s);
	result->failed = s.totals.failed;
	journal_close(&s.journal);
	if (s.keys)
		mem_free(shard->heap, s.keys, ORDER_WINDOW * sizeof *s.keys);
	buf_release(&s.line);
}
