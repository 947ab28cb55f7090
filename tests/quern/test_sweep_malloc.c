/*
 * test_sweep_malloc.c - the whole public interface while malloc itself refuses
 * one request: that of a library below (libyaml, libxml2, jansson, PCRE2, cmark,
 * the C library) as well as ours.  Each k runs in a child, so that a fault of
 * any of them is seen and named; the call may fail or go on without, and
 * must not crash.
 *
 * A sample of the k is tried; QUERN_TEST_LONG=1 tries all.
 */
#include "../base/cmocka_all.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "public_api.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define INTERPOSED 0
#else
#define INTERPOSED 1

static size_t requests, fail_at; /* 0: never */

static int refuses(void)
{
	return ++requests == fail_at;
}

/* glibc's own, under the names it keeps for this purpose. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t size);

void *malloc(size_t size)
{
	return refuses() ? (errno = ENOMEM, NULL) : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
	return refuses() ? (errno = ENOMEM, NULL) : __libc_calloc(n, size);
}

void *realloc(void *p, size_t size)
{
	return size && refuses() ? (errno = ENOMEM, NULL) : __libc_realloc(p, size);
}
#endif

static void one_request_of_malloc_is_refused(void **state)
{
	(void)state;
#if INTERPOSED
	const size_t step = getenv("QUERN_TEST_LONG") ? 1 : 7;
	size_t bytes, total, tried = 0, told = 0;

	/* What libraries make once for the process is made here or in no child. */
	fail_at = 0;
	requests = 0;
	const pid_t probe = fork();
	if (probe == 0) {
		const quern_code code = api_all(NULL, NULL, NULL, &bytes);
		_exit(code != QUERN_OK || requests > 60000 ? 255 : (int)(requests / 256) + 1);
	}
	int status;
	assert_int_equal(waitpid(probe, &status, 0), probe);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) != 255);
	total = (size_t)WEXITSTATUS(status) * 256;
	for (size_t k = 1; k <= total; k += step, tried++) {
		const pid_t child = fork();
		if (child == 0) {
			requests = 0;
			fail_at = k;
			const quern_code code = api_all(NULL, NULL, NULL, &bytes);
			_exit(code == QUERN_OK ? 0 : code == QUERN_NOMEM ? 1 : 2 + (int)code);
		}
		assert_int_equal(waitpid(child, &status, 0), child);
		if (!WIFEXITED(status))
			fail_msg("request %zu of malloc: killed by signal %d", k, WTERMSIG(status));
		told += WEXITSTATUS(status) != 0;
	}
	printf("# %zu of some %zu requests of malloc refused, %zu times told as an error\n", tried, total, told);
#else
	skip(); /* the sanitizers have an allocator of their own */
#endif
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(one_request_of_malloc_is_refused) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
