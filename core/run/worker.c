/*
 * worker.c - see worker.h: read a frame, do it, write the answer.
 *
 * Answers are collected while more requests are at hand and sent when the
 * worker would have to wait, so that many small documents cost few system
 * calls.  What was not sent when the process dies is simply done again.
 */
#include "run/worker.h"

#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "run/child.h"
#include "run/confine.h"
#include "run/link.h"
#include "run/separate.h"
#include "run/wire.h"

static const size_t answer_held = 65536; /* bytes of answers that are sent at once */
static const size_t read_size = 65536;
#define WORKER_FILES 300                 /* open at a time: what is on its way, and a few */
static const int64_t answers_every = 10; /* milliseconds after which answers are sent in any case */

struct worker {
	int socket;
	struct worker_status *status;
	struct session session;
	const struct encodings *encodings; /* or NULL */
	struct buf in, out;
	size_t in_used;
	int64_t sent_at;             /* milliseconds, roughly */
	int fds[2 * CHILD_FDS_MOST]; /* that came with requests not yet looked at, in their order */
	size_t n_fds;
	struct outcome outcome;
	char encoding[40]; /* that a document is in and this process cannot load; "" */
};

/* Nobody is left to answer to. */
static _Noreturn void worker_end(void)
{
	_exit(0);
}

static void answers_send(struct worker *w)
{
	/* An answer that memory did not suffice for: the parent sees a death and blames the document at hand. */
	if (!buf_ok(&w->out))
		_exit(1);
	if (!link_send_all(w->socket, &w->out))
		worker_end();
}

/* ---------------------------------------------------------------- requests */

/* The next descriptor; there must be one. */
static int descriptor_next(struct worker *w)
{
	int fd;

	if (w->n_fds == 0)
		worker_end();
	fd = w->fds[0];
	memmove(w->fds, w->fds + 1, --w->n_fds * sizeof w->fds[0]);
	return fd;
}

/* Waits for more bytes. */
static void requests_read(struct worker *w)
{
	char *to;
	ssize_t n;

	buf_drop(&w->in, w->in_used);
	w->in_used = 0;
	to = buf_reserve(&w->in, read_size);
	if (!to)
		_exit(1);
	n = link_receive(w->socket, to, read_size, w->fds, sizeof w->fds / sizeof w->fds[0], &w->n_fds);
	if (n <= 0)
		worker_end();
	w->in.n += (size_t)n;
}

static enum wire_kind request_next(struct worker *w, struct wire_reader *payload)
{
	enum wire_kind kind;

	for (;;) {
		const struct str rest = { w->in.p ? w->in.p + w->in_used : "", w->in.n - w->in_used };
		const size_t n = wire_frame(rest, &kind, payload);
		if (n == SIZE_MAX)
			worker_end();
		if (n > 0) {
			w->in_used += n;
			return kind;
		}
		answers_send(w);
		requests_read(w);
	}
}

/* ----------------------------------------------------------------- answers */

/* Slow documents are not kept waiting for one another. */
static bool answers_are_due(struct worker *w)
{
	const int64_t now = clock_ms_roughly();

	if (now - w->sent_at < answers_every)
		return false;
	w->sent_at = now;
	return true;
}

/* In a process that has it the documents that are not answered are done again. */
static _Noreturn void encoding_ask(struct worker *w)
{
	const size_t frame = wire_begin(&w->out, WIRE_ENCODING);

	wire_put_string(&w->out, w->encoding);
	wire_end(&w->out, frame);
	answers_send(w);
	worker_end();
}

static void answer_map(struct worker *w, struct wire_reader *r)
{
	struct corpus_opened opened = { .fd = -1 };
	struct corpus_item item = { .opened = &opened };
	const char *digest;
	size_t frame;

	item.kind = (enum corpus_kind)wire_number(r);
	item.ordinal = wire_number(r);
	item.path = wire_string(r);
	digest = wire_string(r);
	item.line = (uint32_t)wire_number(r);
	item.st.st_size = (off_t)wire_number(r);
	item.text = wire_str(r);
	opened.status = (int)wire_number(r);
	if (!wire_done(r))
		worker_end();
	if (item.kind == CORPUS_FILE && opened.status == FILE_OK && !item.text.n)
		opened.fd = descriptor_next(w);
	atomic_store_explicit(&w->status->document, item.ordinal, memory_order_relaxed);
	const bool same = session_map(&w->session, &item, digest, &w->outcome);
	if (opened.fd >= 0)
		close(opened.fd);
	if (w->encoding[0])
		encoding_ask(w);
	if (same) {
		frame = wire_begin(&w->out, WIRE_SAME);
		wire_put_number(&w->out, item.ordinal);
	} else {
		frame = wire_begin(&w->out, WIRE_OUTCOME);
		wire_put_outcome(&w->out, &w->outcome);
	}
	wire_end(&w->out, frame);
	/* Where memory did not suffice for the answer this ends, still at the document. */
	if (w->out.n >= answer_held || !buf_ok(&w->out) || answers_are_due(w))
		answers_send(w);
	atomic_store_explicit(&w->status->document, WORKER_IDLE, memory_order_relaxed);
}

static void results_open(struct worker *w, struct wire_reader *r, size_t *plugin, struct results_reader *results)
{
	size_t n;
	int data, index;

	*plugin = (size_t)wire_number(r);
	n = (size_t)wire_number(r);
	if (!wire_done(r) || *plugin >= w->session.n_plugins)
		worker_end();
	data = descriptor_next(w);
	index = descriptor_next(w);
	results_reader_init(results, w->session.heap, data, index, n);
}

static void results_close(struct results_reader *results)
{
	close(results->data_fd);
	close(results->index_fd);
	results_reader_release(results);
}

static void answer_fold(struct worker *w, struct wire_reader *r)
{
	struct results_reader results;
	size_t plugin;

	results_open(w, r, &plugin, &results);
	session_fold(&w->session, plugin, &results);
	results_close(&results);
}

static quern_code text_piece(void *user, const char *bytes, size_t len)
{
	struct worker *w = user;

	while (len > 0) {
		const size_t n = len < answer_held ? len : answer_held;
		const size_t frame = wire_begin(&w->out, WIRE_TEXT);
		buf_add(&w->out, bytes, n);
		wire_end(&w->out, frame);
		if (w->out.n >= answer_held)
			answers_send(w);
		bytes += n;
		len -= n;
	}
	return QUERN_OK;
}

static void answer_render(struct worker *w, struct wire_reader *r)
{
	struct results_reader results;
	size_t plugin, frame;
	bool ok;

	results_open(w, r, &plugin, &results);
	ok = session_render(&w->session, plugin, &results, text_piece, w, &w->outcome);
	results_close(&results);
	frame = wire_begin(&w->out, WIRE_RENDERED);
	wire_put_number(&w->out, ok);
	wire_put_outcome(&w->out, &w->outcome);
	wire_end(&w->out, frame);
}

static bool has_function(const quern_plugin *p, const char *name)
{
	return quern_value_boolean(quern_value_get(quern_plugin_manifest(p), name));
}

static void answer_ready(struct worker *w)
{
	const size_t frame = wire_begin(&w->out, WIRE_READY);

	wire_put_number(&w->out, w->session.n_plugins);
	for (size_t i = 0; i < w->session.n_plugins; i++) {
		const quern_plugin *p = w->session.plugins[i];
		wire_put_string(&w->out, quern_plugin_name(p));
		wire_put_string(&w->out, quern_plugin_path(p));
		wire_put_string(&w->out, quern_plugin_format(p));
		wire_put_string(&w->out, quern_plugin_digest(w->session.plugins[i]));
		wire_put_number(&w->out, has_function(p, "reduce"));
		wire_put_number(&w->out, has_function(p, "render"));
	}
	wire_end(&w->out, frame);
}

/* -------------------------------------------------------------------- start */

static void encoding_unknown(void *user, const char *name)
{
	struct worker *w = user;

	if (w->encodings && !encodings_were_asked(w->encodings, name))
		snprintf(w->encoding, sizeof w->encoding, "%s", name);
}

/* Each document takes its memory anew: what the last one gave back is not handed to the system every time. */
static void heap_settle(void)
{
#ifdef M_TRIM_THRESHOLD
	enum { KEPT = 4 << 20, LARGE = 1 << 20 };

	mallopt(M_TRIM_THRESHOLD, KEPT);
	mallopt(M_MMAP_THRESHOLD, LARGE);
#endif
}

/* From here on the process can do nothing but compute; then a stranger's code comes in. */
static void worker_open(struct worker *w, const struct worker_setup *setup, bool quiet)
{
	const struct confine_limits limits = { setup->memory, setup->processor, WORKER_FILES };
	const struct worker_start start = { quiet, confine(&limits, 0), encoding_unknown, w };
	const int status = setup->open(setup->user, &start, &w->session);

	if (status == 0 && session_init(&w->session)) {
		w->session.step = &w->status->step;
		answer_ready(w);
		return;
	}
	const size_t frame = wire_begin(&w->out, WIRE_REFUSED);
	wire_put_number(&w->out, (uint64_t)(status ? status : 1));
	wire_end(&w->out, frame);
	answers_send(w);
	worker_end();
}

_Noreturn void worker_main(int socket, struct worker_status *status, const struct alloc *heap,
			   const struct worker_setup *setup, bool quiet)
{
	struct worker w = { .status = status, .session = { .heap = heap }, .encodings = setup->encodings };
	struct wire_reader request;

	atomic_store_explicit(&status->document, WORKER_IDLE, memory_order_relaxed);
	process_separate(&socket);
	heap_settle();
	w.socket = socket;
	buf_init(&w.in, heap, 0);
	buf_init(&w.out, heap, 0);
	outcome_init(&w.outcome, heap);
	worker_open(&w, setup, quiet);
	for (;;) {
		switch (request_next(&w, &request)) {
		case WIRE_DOCUMENT:
			answer_map(&w, &request);
			break;
		case WIRE_FOLD:
			answer_fold(&w, &request);
			break;
		case WIRE_RENDER:
			answer_render(&w, &request);
			break;
		default:
			worker_end();
		}
	}
}
