/*
 * ahead.c - see ahead.h: a ring of items between one thread that walks and one
 * that takes.
 *
 * Neither wakes the other for a single item: who found nothing to do sleeps
 * until there is half a ring of it, or for a millisecond.  A few items are
 * taken without a thread: a small walk is over before one would have begun.
 */
#include "run/ahead.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "run/look.h"

enum {
	ITEMS = 512,
	STEP = 32,   /* items of which one tells the other at once, unless that waits */
	ALONE = 48,  /* items before the thread begins */
	WAITS = 4,   /* and times in a row that somebody waited for one */
	OPENED = 64, /* files that are open in the ring, at most */
	NAP_NS = 1000000,
	CACHE_LINE = 64
};

/* An item with all that it points to. */
struct slot {
	struct corpus_item item;
	struct buf path;
	struct corpus_opened opened;
	char *text;                   /* LOOK_SMALL bytes */
	char message[200], hint[100]; /* seldom touched */
};

struct ahead {
	const struct alloc *heap;
	struct walk inner;
	size_t alone;           /* items taken without the thread */
	unsigned waits;         /* times in a row that somebody waited for one */
	bool threaded, refused; /* refused: there can be no thread */
	pthread_t thread;
	struct slot *slots; /* ITEMS of them, since the thread began */
	char *texts;
	pthread_mutex_t lock;
	pthread_cond_t found, room; /* what the taker waits for, what the walker waits for */
	bool stop, still;           /* under the lock: the walker is to end; to stand still */

	/* What both look at for every item, and seldom changes. */
	_Atomic bool taker_waits;
	_Atomic bool walker_waits, ended;
	_Atomic bool called; /* stop or still may be set */
	_Atomic size_t open; /* files that are open in the ring */

	/* The walker's: items put into the ring, and as far as it may go; what it has told of that. */
	char apart[CACHE_LINE];
	size_t filled;
	size_t limit;
	_Atomic size_t put;

	/* The taker's: items passed, and as far as it may go; what it has told of that. */
	char apart_too[CACHE_LINE];
	size_t taken;
	size_t known;
	bool has_one; /* it has the item at `taken`, which is not passed */
	_Atomic size_t passed;
};

/* ------------------------------------------------------------------- items */

/* What is asked for, or too long to be copied, can be had only while the walk stands at it. */
static bool item_stays(const struct corpus_item *item)
{
	return item->kind == CORPUS_MEMBER || item->text.n > LOOK_SMALL;
}

static const char *text_keep(char *to, size_t size, const char *from)
{
	if (from)
		snprintf(to, size, "%s", from);
	return from ? to : NULL;
}

/* What the item points to is the slot's from now on.  False: memory is refused; the item says so. */
static bool slot_own(struct slot *s)
{
	struct corpus_item *item = &s->item;

	buf_clear(&s->path);
	buf_addz(&s->path, item->path);
	if (!buf_ok(&s->path)) {
		*item = (struct corpus_item){
			.kind = CORPUS_PROBLEM, .path = "", .severity = SEVERITY_ERROR, .message = "out of memory"
		};
		return false;
	}
	if (item->opened) {
		s->opened = *item->opened;
		item->opened->fd = -1;
		item->opened = &s->opened;
	}
	if (item->text.n && !item_stays(item)) {
		memcpy(s->text, item->text.p, item->text.n);
		item->text.p = s->text;
	}
	item->path = s->path.p;
	item->message = text_keep(s->message, sizeof s->message, item->message);
	item->hint = text_keep(s->hint, sizeof s->hint, item->hint);
	return true;
}

/* What nobody took over is closed. */
static void slot_end(struct ahead *a, struct slot *s)
{
	if (!s->item.opened)
		return;
	if (s->opened.fd >= 0)
		close(s->opened.fd);
	s->item.opened = NULL;
	a->open--;
}

/* ------------------------------------------------------------- the walker */

/* Waits until no more than `most` items are in the ring.  False: it is to end. */
static bool walker_wait(struct ahead *a, size_t most)
{
	bool going;

	atomic_store(&a->put, a->filled);
	pthread_mutex_lock(&a->lock);
	atomic_store(&a->walker_waits, true);
	while (!a->stop && (a->still || a->filled - atomic_load(&a->passed) > most)) {
		pthread_cond_signal(&a->found);
		pthread_cond_wait(&a->room, &a->lock);
	}
	atomic_store(&a->walker_waits, false);
	a->limit = atomic_load(&a->passed) + ITEMS;
	going = !a->stop;
	pthread_mutex_unlock(&a->lock);
	return going;
}

/* There is room for an item.  False: it is to end. */
static bool walker_goes_on(struct ahead *a)
{
	if (a->filled == a->limit)
		a->limit = atomic_load(&a->passed) + ITEMS;
	if (atomic_load_explicit(&a->open, memory_order_relaxed) >= OPENED)
		return walker_wait(a, (a->filled - atomic_load(&a->passed)) / 2);
	if (a->filled < a->limit && !atomic_load_explicit(&a->called, memory_order_relaxed))
		return true;
	return walker_wait(a, ITEMS / 2);
}

static void taker_wake(struct ahead *a)
{
	pthread_mutex_lock(&a->lock);
	pthread_cond_signal(&a->found);
	pthread_mutex_unlock(&a->lock);
}

static void walker_tell(struct ahead *a)
{
	const bool waits = atomic_load_explicit(&a->taker_waits, memory_order_relaxed);

	if (!waits && a->filled % STEP)
		return;
	atomic_store(&a->put, a->filled);
	if (waits && a->filled - atomic_load(&a->passed) >= ITEMS / 2)
		taker_wake(a);
}

static void *walker_main(void *self)
{
	struct ahead *a = self;
	bool going = true;

	while (going && walker_goes_on(a)) {
		struct slot *s = &a->slots[a->filled % ITEMS];
		if (!a->inner.next(a->inner.self, &s->item))
			break;
		going = slot_own(s);
		a->open += s->item.opened != NULL;
		a->filled++;
		walker_tell(a);
		if (item_stays(&s->item))
			going = going && walker_wait(a, 0);
	}
	atomic_store(&a->put, a->filled);
	atomic_store(&a->ended, true);
	taker_wake(a);
	return NULL;
}

/* -------------------------------------------------------------- the taker */

static void taker_tell(struct ahead *a)
{
	atomic_store(&a->passed, a->taken);
	if (!atomic_load(&a->walker_waits) || atomic_load(&a->put) - a->taken > ITEMS / 2)
		return;
	pthread_mutex_lock(&a->lock);
	pthread_cond_signal(&a->room);
	pthread_mutex_unlock(&a->lock);
}

static void taker_pass(struct ahead *a)
{
	slot_end(a, &a->slots[a->taken % ITEMS]);
	a->has_one = false;
	if (++a->taken % STEP == 0)
		taker_tell(a);
}

/* There is an item that was not taken. */
static bool taker_knows(struct ahead *a)
{
	if (a->known == a->taken)
		a->known = atomic_load(&a->put);
	return a->known != a->taken;
}

/* Waits for an item.  False: nothing more will come. */
static bool taker_wait(struct ahead *a)
{
	taker_tell(a);
	pthread_mutex_lock(&a->lock);
	atomic_store(&a->taker_waits, true);
	while (!taker_knows(a) && !atomic_load(&a->ended)) {
		struct timespec until;
		clock_gettime(CLOCK_MONOTONIC, &until);
		until.tv_nsec += NAP_NS;
		until.tv_sec += until.tv_nsec / 1000000000;
		until.tv_nsec %= 1000000000;
		pthread_cond_timedwait(&a->found, &a->lock, &until);
	}
	atomic_store(&a->taker_waits, false);
	pthread_mutex_unlock(&a->lock);
	return taker_knows(a);
}

/* Signals are the other thread's.  False: there will be no thread. */
static bool walker_start(struct ahead *a)
{
	sigset_t all, before;
	bool ok;

	a->slots = mem_new_zero(a->heap, ITEMS * sizeof *a->slots);
	a->texts = mem_new(a->heap, (size_t)ITEMS * LOOK_SMALL);
	if (!a->slots || !a->texts)
		return false;
	for (size_t i = 0; i < ITEMS; i++) {
		buf_init(&a->slots[i].path, a->heap, 0);
		a->slots[i].text = a->texts + i * LOOK_SMALL;
	}
	a->limit = ITEMS;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	ok = pthread_create(&a->thread, NULL, walker_main, a) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return ok;
}

static bool ahead_next(void *self, struct corpus_item *item)
{
	struct ahead *a = self;

	if (!a->threaded && !a->refused && ++a->alone > ALONE && a->waits >= WAITS) {
		a->threaded = walker_start(a);
		a->refused = !a->threaded;
	}
	if (!a->threaded)
		return a->inner.next(a->inner.self, item);
	if (a->has_one)
		taker_pass(a);
	if (!taker_knows(a) && !taker_wait(a))
		return false;
	*item = a->slots[a->taken % ITEMS].item;
	a->has_one = true;
	return true;
}

static size_t ahead_known(void *self)
{
	struct ahead *a = self;

	if (a->threaded)
		return atomic_load(&a->put) - a->taken - a->has_one;
	return a->inner.known ? a->inner.known(a->inner.self) : 0;
}

static bool ahead_is_ready(void *self)
{
	struct ahead *a = self;

	return !a->threaded || atomic_load(&a->put) - a->taken > a->has_one;
}

/* The walker stands at this very item. */
static bool ahead_text(void *self, struct corpus_item *item)
{
	struct ahead *a = self;

	return a->inner.text(a->inner.self, item);
}

/* Once the thread has begun it stays. */
static void ahead_tell(void *self, bool waited)
{
	struct ahead *a = self;

	if (a->waits < WAITS)
		a->waits = waited ? a->waits + 1 : 0;
}

static void ahead_hold(void *self, bool still)
{
	struct ahead *a = self;

	if (!a->threaded)
		return;
	pthread_mutex_lock(&a->lock);
	a->still = still;
	atomic_store(&a->called, still);
	pthread_cond_signal(&a->room);
	while (still && !atomic_load(&a->walker_waits) && !atomic_load(&a->ended))
		pthread_cond_wait(&a->found, &a->lock);
	pthread_mutex_unlock(&a->lock);
}

/* ------------------------------------------------------------------- ahead */

struct ahead *ahead_open(const struct alloc *heap, struct walk inner, bool at_once)
{
	struct ahead *a = mem_new_zero(heap, sizeof *a);
	pthread_condattr_t clock;

	if (!a)
		return NULL;
	a->heap = heap;
	a->inner = inner;
	a->waits = at_once ? WAITS : 0;
	pthread_mutex_init(&a->lock, NULL);
	pthread_cond_init(&a->room, NULL);
	pthread_condattr_init(&clock);
	pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
	pthread_cond_init(&a->found, &clock);
	pthread_condattr_destroy(&clock);
	return a;
}

struct walk ahead_walk(struct ahead *a)
{
	return (struct walk){ a, ahead_next, ahead_text, ahead_known, ahead_is_ready, ahead_tell, ahead_hold };
}

void ahead_close(struct ahead *a)
{
	if (!a)
		return;
	if (a->threaded) {
		pthread_mutex_lock(&a->lock);
		a->stop = true;
		atomic_store(&a->called, true);
		pthread_cond_signal(&a->room);
		pthread_mutex_unlock(&a->lock);
		pthread_join(a->thread, NULL);
	}
	/* Also what waits in the ring. */
	for (size_t i = 0; a->threaded && i < ITEMS; i++) {
		slot_end(a, &a->slots[i]);
		buf_release(&a->slots[i].path);
	}
	mem_free(a->heap, a->slots, ITEMS * sizeof *a->slots);
	mem_free(a->heap, a->texts, (size_t)ITEMS * LOOK_SMALL);
	pthread_cond_destroy(&a->found);
	pthread_cond_destroy(&a->room);
	pthread_mutex_destroy(&a->lock);
	mem_free(a->heap, a, sizeof *a);
}
