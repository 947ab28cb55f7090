/*
 * pool_render.c - folding while documents are mapped, and rendering at the end.
 *
 * Results lie in files that any worker can read, so a worker that dies while it
 * folds or renders is replaced by one that begins again; of a text that is
 * being written, the part already written is passed over.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "run/pool_private.h"
#include "run/stop.h"

enum { RENDER_DEATHS_MOST = 100 };

/* The child has descriptors of its own: the request waits with them until it is sent.  False: it is gone. */
static bool request_send(struct child *c, enum wire_kind kind, size_t plugin, const struct results *results)
{
	const int data = fcntl(results->data_fd, F_DUPFD_CLOEXEC, 0);
	const int index = fcntl(results->index_fd, F_DUPFD_CLOEXEC, 0);

	if (data < 0 || index < 0 || child_fds_room(c) < 2) {
		if (data >= 0)
			close(data);
		if (index >= 0)
			close(index);
		return false;
	}
	child_hand(c, data);
	child_hand(c, index);
	const size_t at = wire_begin(&c->out, kind);
	wire_put_number(&c->out, plugin);
	wire_put_number(&c->out, results->n);
	wire_end(&c->out, at);
	child_write(c);
	return c->state != CHILD_GONE;
}

void pool_fold(void *self, size_t plugin, struct results *results)
{
	struct pool *p = self;
	struct child *c = pool_folder(p);

	/* What is folded late is folded all the same: nothing here is an error yet. */
	if (!results_have_spilled(results) || !results_flush(results))
		return;
	if (c->state == CHILD_NONE && !pool_start(p, c))
		return;
	/* One that is behind is not given more: the next request covers this one. */
	if (child_has_pending(c) || !child_is_writable(c))
		return;
	if (!request_send(c, WIRE_FOLD, plugin, results))
		child_end(c);
}

/* The worker that has folded, else one that has nothing to do. */
static struct child *renderer_of(struct pool *p, bool reduces)
{
	struct child *folder = pool_folder(p);

	if (reduces && folder->state != CHILD_NONE)
		return folder;
	for (unsigned i = 0; i < p->options.jobs; i++)
		if (p->children[i].state == CHILD_READY && p->children[i].tasks.n == 0)
			return &p->children[i];
	if (folder->state == CHILD_NONE && !pool_start(p, folder))
		return NULL;
	return folder;
}

/* One attempt at rendering. */
struct rendering {
	quern_write_fn write;
	void *user;
	struct outcome *out;
	uint64_t written; /* bytes handed on, by this attempt or one before */
	uint64_t at;      /* bytes that this attempt has said */
	bool refused;     /* write wants no more */
	bool ok, over;
};

static void text_take(struct rendering *r, const char *bytes, size_t n)
{
	const uint64_t known = r->written > r->at ? r->written - r->at : 0;

	r->at += n;
	if (known >= n || r->refused)
		return;
	if (r->write(r->user, bytes + known, n - (size_t)known) != QUERN_OK)
		r->refused = true;
	r->written = r->at;
}

/* Strings of the frame are copied: it is gone with the next read. */
static bool rendered_take(struct pool *p, struct rendering *r, struct wire_reader *payload)
{
	struct outcome *o = &p->order.outcome;

	r->ok = wire_number(payload) != 0;
	if (!wire_outcome(payload, o, p->n_plugins) || !outcome_start(r->out, 0, NULL, 0))
		return false;
	for (size_t i = 0; i < o->n_findings; i++)
		outcome_find(r->out, &o->findings[i]);
	for (size_t i = 0; i < o->n_files; i++)
		outcome_file(r->out, o->files[i].plugin, o->files[i].path, o->files[i].bytes);
	r->over = true;
	return true;
}

static void answers_take(struct pool *p, struct child *c, struct rendering *r)
{
	struct wire_reader payload;
	enum wire_kind kind;

	while (!r->over && child_frame(c, &kind, &payload)) {
		if (kind == WIRE_TEXT) {
			text_take(r, payload.at, (size_t)(payload.end - payload.at));
		} else if (kind == WIRE_READY) {
			c->state = CHILD_READY;
		} else if (kind != WIRE_RENDERED || !rendered_take(p, r, &payload)) {
			c->nonsense = true;
			c->state = CHILD_GONE;
			return;
		}
	}
}

/* True when it is over, well or not; false when the worker died. */
static bool attempt(struct pool *p, struct child *c, size_t plugin, struct results *results, struct rendering *r)
{
	r->at = 0;
	c->watched = WORKER_IDLE;
	if (!request_send(c, WIRE_RENDER, plugin, results))
		return false;
	while (!r->over && !r->refused && !stop_signal()) {
		pool_wait(p, POOL_TICK);
		answers_take(p, c, r);
		if (r->over)
			break;
		pool_watch(p, c, atomic_load_explicit(&c->status->step, memory_order_relaxed));
		if (c->state == CHILD_GONE)
			return false;
	}
	/* A text nobody wants is not worth waiting for. */
	if (!r->over)
		child_end(c);
	return true;
}

static void tell_error(struct pool *p, size_t plugin, const char *code, const char *message, struct outcome *out)
{
	outcome_start(out, 0, NULL, 0);
	outcome_find(out, &(struct finding){ .severity = SEVERITY_ERROR,
					     .plugin = plugin,
					     .path = p->plugins[plugin].path,
					     .phase = "render",
					     .code = code,
					     .message = message });
}

static void tell_death(struct pool *p, size_t plugin, struct outcome *out)
{
	char message[240];

	snprintf(message, sizeof message, "the worker process did not survive: %s", p->reason);
	tell_error(p, plugin, "crash", message, out);
}

bool pool_render(void *self, size_t plugin, struct results *results, quern_write_fn write, void *user,
		 struct outcome *out)
{
	struct pool *p = self;
	struct rendering r = { .write = write, .user = user, .out = out };

	outcome_start(out, 0, NULL, 0);
	if (!results_flush(results)) {
		tell_error(p, plugin, "output", results_error(results), out);
		return false;
	}
	for (int deaths = 0; deaths < RENDER_DEATHS_MOST; deaths++) {
		struct child *c = renderer_of(p, p->plugins[plugin].reduces);
		if (!c)
			break;
		if (attempt(p, c, plugin, results, &r))
			return r.ok;
		const bool again = !c->overtime;
		pool_reason(p, c, child_end(c));
		if (!again || stop_signal())
			break;
	}
	tell_death(p, plugin, out);
	return false;
}
