/*
 * test_tick.c - an engine whose host says when to look at the clock: the one
 * thing that ends a loop then is quern_tick, and between calls it does nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "quern.h"

struct host {
	quern *q;
	quern_plugin *plugin;
	quern_doc *doc;
	int calls; /* of the log */
};

static void host_init(struct host *h, const char *map)
{
	quern_config config = QUERN_CONFIG_INIT;
	quern_error error;
	char source[1000] = "return { api = 1, map = function(doc) ";

	*h = (struct host){ 0 };
	config.host_ticks = 1;
	config.time_limit = 0.05;
	assert_int_equal(quern_new(&config, &h->q, &error), QUERN_OK);
	quern_tick(h->q);
	strcat(source, map);
	strcat(source, " end }");
	assert_int_equal(quern_plugin_load_source(h->q, "t.lua", source, strlen(source), &h->plugin, &error), QUERN_OK);
	assert_int_equal(quern_doc_parse(h->q, "text", 4, NULL, &h->doc, &error), QUERN_OK);
}

static void host_release(struct host *h)
{
	quern_doc_unref(h->doc);
	quern_plugin_free(h->plugin);
	quern_free(h->q);
}

static quern_code host_map(struct host *h, void (*log)(void *, quern_severity, const char *, size_t))
{
	quern_output output = QUERN_OUTPUT_INIT;
	quern_value *value = NULL;
	quern_error error;
	quern_code code;

	output.user = h;
	output.log = log;
	code = quern_plugin_map(h->plugin, h->doc, &output, &value, &error);
	quern_value_free(value);
	return code;
}

static void interrupt_and_tick(void *user, quern_severity severity, const char *message, size_t len)
{
	struct host *h = user;

	(void)severity;
	(void)message;
	(void)len;
	h->calls++;
	quern_plugin_interrupt(h->plugin);
	quern_tick(h->q);
}

static void spend_and_tick(void *user, quern_severity severity, const char *message, size_t len)
{
	struct host *h = user;
	struct timespec t;
	double start, now;

	(void)severity;
	(void)message;
	(void)len;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	start = now = (double)t.tv_sec + (double)t.tv_nsec / 1e9;
	while (now < start + 0.06) {
		clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
		now = (double)t.tv_sec + (double)t.tv_nsec / 1e9;
	}
	h->calls++;
	quern_tick(h->q);
}

static void only_tick(void *user, quern_severity severity, const char *message, size_t len)
{
	struct host *h = user;

	(void)severity;
	(void)message;
	(void)len;
	h->calls++;
	quern_tick(h->q);
}

static void a_tick_ends_what_was_interrupted(void **state)
{
	struct host h;

	(void)state;
	host_init(&h, "print 'x' while true do end");
	assert_int_equal(host_map(&h, interrupt_and_tick), QUERN_INTERRUPTED);
	assert_int_equal(host_map(&h, interrupt_and_tick), QUERN_INTERRUPTED);
	assert_int_equal(h.calls, 2);
	host_release(&h);
}

static void a_tick_ends_what_is_late(void **state)
{
	struct host h;

	(void)state;
	host_init(&h, "coroutine.wrap(function() print 'x' end)() while true do end");
	assert_int_equal(host_map(&h, spend_and_tick), QUERN_TIMEOUT);
	assert_int_equal(h.calls, 1);
	host_release(&h);
}

static void a_tick_in_time_changes_nothing(void **state)
{
	struct host h;

	(void)state;
	host_init(&h, "for i = 1, 3 do print 'x' end local n = 0 for i = 1, 1e5 do n = n + 1 end");
	for (int i = 0; i < 3; i++) {
		assert_int_equal(host_map(&h, only_tick), QUERN_OK);
		quern_tick(h.q);
	}
	assert_int_equal(h.calls, 9);
	host_release(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_tick_ends_what_was_interrupted),
		cmocka_unit_test(a_tick_ends_what_is_late),
		cmocka_unit_test(a_tick_in_time_changes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
