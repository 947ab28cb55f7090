/*
 * test_ahead.c - a walk in a thread of its own gives what the walk gives: in
 * order, to its end, or as far as anybody wants; it stands still for a fork.
 */
#include "../base/cmocka_all.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "run/ahead.h"

enum { N = 5000 };

/* Items by number: files, and now and then a problem, a member, a file that is open. */
struct numbers {
	size_t next, n;
	size_t slow_at;             /* the walk takes its time there; 0: nowhere */
	_Atomic size_t calls, lost; /* lost: open files that nobody took */
	_Atomic bool busy;          /* in a call */
	char path[64], message[64];
	struct corpus_opened opened;
};

static enum corpus_kind kind_of(size_t i)
{
	return i % 97 == 5 ? CORPUS_PROBLEM : i % 89 == 7 ? CORPUS_MEMBER : CORPUS_FILE;
}

static bool is_open(size_t i)
{
	return kind_of(i) == CORPUS_FILE && i % 211 == 3;
}

static bool numbers_next(void *self, struct corpus_item *item)
{
	struct numbers *w = self;
	const size_t i = w->next++;

	atomic_store(&w->busy, true);
	w->calls++;
	if (w->slow_at && i == w->slow_at)
		usleep(20000);
	sprintf(w->path, "d/%zu.md", i);
	sprintf(w->message, "trouble %zu", i);
	*item = (struct corpus_item){ .kind = kind_of(i), .path = w->path };
	item->st.st_size = (off_t)i;
	if (item->kind == CORPUS_PROBLEM)
		item->message = w->message;
	if (kind_of(i) == CORPUS_FILE && i % 5 == 1)
		item->text = (struct str){ w->message, strlen(w->message) };
	if (is_open(i) && i < w->n) {
		w->lost += w->opened.fd >= 0;
		w->opened.fd = open("/dev/null", O_RDONLY);
		item->opened = &w->opened;
	}
	atomic_store(&w->busy, false);
	return i < w->n;
}

/* Of the item that the walk stands at. */
static bool numbers_text(void *self, struct corpus_item *item)
{
	struct numbers *w = self;

	item->text = (struct str){ w->path, strlen(w->path) };
	return true;
}

static struct ahead *begin(struct numbers *w)
{
	struct ahead *a = ahead_open(&alloc_libc,
				     (struct walk){ .self = w, .next = numbers_next, .text = numbers_text }, true);

	assert_non_null(a);
	return a;
}

static void check(const struct walk *walk, size_t i)
{
	struct corpus_item item;
	char text[64];

	assert_true(walk->next(walk->self, &item));
	assert_int_equal(item.kind, kind_of(i));
	sprintf(text, "d/%zu.md", i);
	assert_string_equal(item.path, text);
	assert_int_equal(item.st.st_size, i);
	if (item.kind == CORPUS_MEMBER) {
		assert_true(walk->text(walk->self, &item));
		assert_true(str_eqz(item.text, text));
	}
	if (item.kind == CORPUS_PROBLEM) {
		sprintf(text, "trouble %zu", i);
		assert_string_equal(item.message, text);
	}
	if (item.kind == CORPUS_FILE && i % 5 == 1) {
		sprintf(text, "trouble %zu", i);
		assert_true(str_eqz(item.text, text));
	}
	assert_true(is_open(i) ? item.opened && fcntl(item.opened->fd, F_GETFD) >= 0 : !item.opened);
	if (i % 2 && item.opened) {
		close(item.opened->fd);
		item.opened->fd = -1;
	}
}

static void gives_all_in_order(void **state)
{
	static const size_t counts[] = { 0, 1, 47, 48, 49, 560, 561, N };

	(void)state;
	for (size_t k = 0; k < sizeof counts / sizeof counts[0]; k++) {
		struct numbers w = { .opened.fd = -1, .n = counts[k], .slow_at = counts[k] / 2 };
		struct ahead *a = begin(&w);
		const struct walk walk = ahead_walk(a);
		struct corpus_item item;
		for (size_t i = 0; i < counts[k]; i++) {
			check(&walk, i);
			if (i == 700)
				usleep(20000); /* the ring is full by now */
		}
		assert_false(walk.next(walk.self, &item));
		assert_false(walk.next(walk.self, &item));
		ahead_close(a);
	}
}

static int next_descriptor(void)
{
	const int fd = open("/dev/null", O_RDONLY);

	close(fd);
	return fd;
}

static void may_be_left_at_any_item(void **state)
{
	const int before = next_descriptor();

	(void)state;
	for (size_t stop = 0; stop < 400; stop += 13) {
		struct numbers w = { .opened.fd = -1, .n = N };
		struct ahead *a = begin(&w);
		const struct walk walk = ahead_walk(a);
		for (size_t i = 0; i < stop; i++)
			check(&walk, i);
		ahead_close(a);
		assert_int_equal(w.lost, 0);
	}
	assert_int_equal(next_descriptor(), before);
}

static void stands_still_for_a_fork(void **state)
{
	struct numbers w = { .opened.fd = -1, .n = N };
	struct ahead *a = begin(&w);
	const struct walk walk = ahead_walk(a);
	int status;

	(void)state;
	for (size_t i = 0; i < N; i++) {
		check(&walk, i);
		if (i % 500 != 60)
			continue;
		walk.hold(walk.self, true);
		const size_t calls = w.calls;
		assert_false(w.busy);
		const pid_t pid = fork();
		if (pid == 0) {
			free(malloc(1000));
			_exit(0);
		}
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_int_equal(status, 0);
		assert_int_equal(w.calls, calls);
		walk.hold(walk.self, false);
	}
	walk.hold(walk.self, true);
	walk.hold(walk.self, false);
	ahead_close(a);
}

static void tells_whether_there_is_one(void **state)
{
	struct numbers w = { .opened.fd = -1, .n = 200, .slow_at = 100 };
	struct ahead *a = begin(&w);
	const struct walk walk = ahead_walk(a);
	bool waited = false;

	(void)state;
	for (size_t i = 0; i < 200; i++) {
		waited = waited || !walk.is_ready(walk.self);
		check(&walk, i);
	}
	assert_true(waited);
	ahead_close(a);
}

/* Where nobody waits there is no thread: the walk is at the item that was taken. */
static void begins_when_somebody_waits(void **state)
{
	struct numbers w = { .opened.fd = -1, .n = N };
	struct ahead *a = ahead_open(&alloc_libc,
				     (struct walk){ .self = &w, .next = numbers_next, .text = numbers_text }, false);
	const struct walk walk = ahead_walk(a);

	(void)state;
	for (size_t i = 0; i < 1000; i++) {
		check(&walk, i);
		assert_int_equal(w.calls, i + 1);
	}
	for (int i = 0; i < 12; i++)
		walk.tell(walk.self, i % 3 != 0);
	check(&walk, 1000);
	assert_int_equal(w.calls, 1001);
	for (int i = 0; i < 5; i++)
		walk.tell(walk.self, true);
	for (size_t i = 1001; i < 1100; i++)
		check(&walk, i);
	for (int ms = 0; ms < 5000 && w.calls <= 1100; ms++)
		usleep(1000);
	assert_true(w.calls > 1100); /* it goes ahead */
	ahead_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_all_in_order),         cmocka_unit_test(may_be_left_at_any_item),
		cmocka_unit_test(stands_still_for_a_fork),    cmocka_unit_test(begins_when_somebody_waits),
		cmocka_unit_test(tells_whether_there_is_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
