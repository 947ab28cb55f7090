/*
 * test_host.c - what an embedder offers and is told: host functions, the
 * engine's log, reload, outcomes, values made by hand.
 */
#include "../base/cmocka_all.h"
#include "../base/heap.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "quern.h"

struct host {
	quern *q;
	quern_plugin *plugin;
	quern_doc *doc;
	quern_value *value;
	quern_error error;
	char log[512];
	char json[2048];
	quern_code inner; /* what a call from inside came to */
};

static quern_code collect(void *user, const char *bytes, size_t len)
{
	struct host *h = user;
	const size_t n = strlen(h->json);

	assert_true(n + len < sizeof h->json);
	memcpy(h->json + n, bytes, len);
	h->json[n + len] = '\0';
	return QUERN_OK;
}

/* The arguments as they came. */
static quern_code host_echo(void *user, quern *q, const quern_value *args, quern_value **out, quern_error *error)
{
	quern_code code;

	(void)user;
	(void)error;
	assert_null(*out);
	code = quern_value_new_map(q, out);
	return code == QUERN_OK ? quern_value_set(*out, "args", args) : code;
}

static quern_code host_nothing(void *user, quern *q, const quern_value *args, quern_value **out, quern_error *error)
{
	(void)user, (void)q, (void)args, (void)out, (void)error;
	return QUERN_OK;
}

static quern_code host_refuse(void *user, quern *q, const quern_value *args, quern_value **out, quern_error *error)
{
	const quern_value *word = quern_value_at(args, 0);

	(void)user;
	/* What is made and then not wanted must not leak. */
	assert_int_equal(quern_value_new_string(q, "x", 1, out), QUERN_OK);
	if (quern_value_kind(word) == QUERN_STRING) {
		snprintf(error->message, sizeof error->message, "no %s today", quern_value_string(word, NULL));
		snprintf(error->hint, sizeof error->hint, "come back");
	}
	return QUERN_NOT_FOUND;
}

static quern_code host_spin(void *user, quern *q, const quern_value *args, quern_value **out, quern_error *error)
{
	struct host *h = user;
	volatile double x = 1;

	(void)q, (void)args, (void)out, (void)error;
	for (long i = 0; i < 60000000; i++)
		x = x * 1.0000001;
	h->inner = QUERN_OK; /* reached: nothing has jumped across this frame */
	return QUERN_OK;
}

static quern_code host_again(void *user, quern *q, const quern_value *args, quern_value **out, quern_error *error)
{
	struct host *h = user;

	(void)q, (void)args;
	h->inner = quern_plugin_map(h->plugin, h->doc, NULL, out, error);
	assert_int_equal(quern_plugin_configure(h->plugin, NULL, NULL, NULL, NULL), QUERN_BUSY);
	assert_int_equal(quern_plugin_reload(h->plugin, NULL, 0, NULL), QUERN_BUSY);
	return h->inner;
}

static quern_code host_free(void *user, quern *q, const quern_value *args, quern_value **out, quern_error *error)
{
	struct host *h = user;

	(void)q, (void)args, (void)out, (void)error;
	quern_plugin_free(h->plugin);
	h->plugin = NULL;
	return QUERN_OK;
}

/* A plugin of its own, run inside the call of another; its breach must end it alone. */
static quern_code host_other(void *user, quern *q, const quern_value *args, quern_value **out, quern_error *error)
{
	static const char source[] = "return { api = 1, map = function() while true do end end }";
	struct host *h = user;
	quern_plugin *other;

	(void)args;
	assert_int_equal(quern_plugin_load_source(q, "other.lua", source, sizeof source - 1, &other, error), QUERN_OK);
	quern_plugin_interrupt(other);
	h->inner = quern_plugin_map(other, h->doc, NULL, out, error);
	quern_plugin_free(other);
	return QUERN_OK;
}

static quern_code host_deep(void *user, quern *q, const quern_value *args, quern_value **out, quern_error *error)
{
	(void)user, (void)args, (void)error;
	assert_int_equal(quern_value_new_list(q, out), QUERN_OK);
	for (int i = 0; i < 250; i++) {
		quern_value *outer;
		assert_int_equal(quern_value_new_list(q, &outer), QUERN_OK);
		if (quern_value_append(outer, *out) != QUERN_OK) {
			quern_value_free(outer);
			return QUERN_VALUE;
		}
		quern_value_free(*out);
		*out = outer;
	}
	return QUERN_OK;
}

static quern_code host_big(void *user, quern *q, const quern_value *args, quern_value **out, quern_error *error)
{
	static const size_t n = (size_t)3 << 20;
	char *text = calloc(1, n);
	quern_code code;

	(void)user, (void)args, (void)error;
	assert_non_null(text);
	memset(text, 'x', n);
	code = quern_value_new_string(q, text, n, out);
	free(text);
	return code;
}

static void log_line(void *user, quern_severity severity, const char *plugin, const char *message, size_t len)
{
	struct host *h = user;
	const size_t n = strlen(h->log);

	snprintf(h->log + n, sizeof h->log - n, "%d %s %.*s\n", (int)severity, plugin, (int)len, message);
}

static void host_load(struct host *h, const char *chunk)
{
	assert_int_equal(quern_plugin_load_source(h->q, "t.lua", chunk, strlen(chunk), &h->plugin, &h->error),
			 QUERN_OK);
}

static void host_open(struct host *h)
{
	const quern_host_function functions[] = {
		{ "echo", host_echo, h },   { "nothing", host_nothing, h }, { "refuse", host_refuse, h },
		{ "spin", host_spin, h },   { "again", host_again, h },     { "free", host_free, h },
		{ "other", host_other, h }, { "deep", host_deep, h },       { "big", host_big, h },
	};
	quern_config config = QUERN_CONFIG_INIT;

	*h = (struct host){ 0 };
	config.host_functions = functions;
	config.host_function_count = sizeof functions / sizeof *functions;
	config.log = log_line;
	config.log_user = h;
	config.time_limit = 0.05;
	config.memory_limit = (size_t)2 << 20;
	assert_int_equal(quern_new(&config, &h->q, &h->error), QUERN_OK);
	assert_int_equal(quern_doc_parse(h->q, "# Title\n", 8, NULL, &h->doc, NULL), QUERN_OK);
}

static void host_close(struct host *h)
{
	quern_value_free(h->value);
	quern_plugin_free(h->plugin);
	quern_doc_unref(h->doc);
	quern_free(h->q);
}

/* Maps with this body; the value as JSON is in h->json. */
static quern_code host_map(struct host *h, const char *body)
{
	char chunk[1000];
	quern_code code;

	quern_plugin_free(h->plugin);
	quern_value_free(h->value);
	snprintf(chunk, sizeof chunk, "return { api = 1, map = function(doc) %s end }", body);
	host_load(h, chunk);
	h->json[0] = h->log[0] = '\0';
	h->inner = QUERN_STALE;
	code = quern_plugin_map(h->plugin, h->doc, NULL, &h->value, &h->error);
	quern_value_to_json(h->value, collect, h);
	return code;
}

static void values_go_out_and_come_back(void **state)
{
	struct host h;

	(void)state;
	host_open(&h);
	assert_int_equal(host_map(&h, "return quern.host.echo(1, 'a', {true, {k = 0.5}}, nil, quern.null)"), QUERN_OK);
	assert_string_equal(h.json, "{\"args\":[1,\"a\",[true,{\"k\":0.5}],null,null]}");
	assert_int_equal(host_map(&h, "return quern.host.echo()"), QUERN_OK);
	assert_string_equal(h.json, "{\"args\":[]}");
	assert_int_equal(host_map(&h, "return { n = select('#', quern.host.nothing(1)), v = quern.host.nothing() }"),
			 QUERN_OK);
	assert_string_equal(h.json, "{\"n\":1}");
	assert_int_equal(host_map(&h, "return coroutine.wrap(function() return quern.host.echo(doc.title) end)()"),
			 QUERN_OK);
	assert_string_equal(h.json, "{\"args\":[\"Title\"]}");
	host_close(&h);
}

static void what_is_no_plain_value_is_named(void **state)
{
	struct host h;

	(void)state;
	host_open(&h);
	assert_int_equal(host_map(&h, "return quern.host.echo(1, { doc })"), QUERN_VALUE);
	assert_non_null(strstr(h.error.message, "argument 2"));
	assert_int_equal(host_map(&h, "return quern.host.echo(print)"), QUERN_VALUE);
	host_close(&h);
}

static void a_refusal_is_an_error_that_can_be_caught(void **state)
{
	struct host h;

	(void)state;
	host_open(&h);
	assert_int_equal(host_map(&h, "local ok, m = pcall(quern.host.refuse, 'tea') return { ok, m }"), QUERN_OK);
	assert_string_equal(h.json, "[false,\"quern.host.refuse: no tea today\"]");
	assert_int_equal(host_map(&h, "return quern.host.refuse('tea')"), QUERN_NOT_FOUND);
	assert_non_null(strstr(h.error.message, "no tea today"));
	assert_string_equal(h.error.hint, "come back");
	assert_int_equal(h.error.line, 1);
	assert_int_equal(host_map(&h, "return quern.host.refuse()"), QUERN_NOT_FOUND);
	assert_non_null(strstr(h.error.message, "not_found"));
	host_close(&h);
}

static void the_table_cannot_be_changed(void **state)
{
	struct host h;

	(void)state;
	host_open(&h);
	assert_int_equal(host_map(&h, "quern.host.echo = nil"), QUERN_DENIED);
	assert_non_null(strstr(h.error.message, "quern.host"));
	assert_int_equal(host_map(&h, "return quern.host.missing == nil"), QUERN_OK);
	assert_string_equal(h.json, "true");
	host_close(&h);
}

/* The collector takes the host's function; one of the plugin's may come to lie where it lay. */
static void a_function_in_place_of_the_hosts_is_seen(void **state)
{
	struct host h;
	char body[500];

	(void)state;
	host_open(&h);
	for (int i = 1; i <= 20; i++) {
		snprintf(body, sizeof body,
			 "local host, a, b, c, d = quern.host, 1, 2, 3, 4 host.echo = nil "
			 "for i = 1, 300 do local s = ('x'):rep(10000) .. i end "
			 "local kept = {} for i = 1, %d do kept[i] = function() return a, b, c, d end end "
			 "host.echo = kept[#kept] return 1",
			 i);
		if (host_map(&h, body) != QUERN_DENIED)
			fail_msg("function %d took the place of the host's unseen", i);
	}
	host_close(&h);
}

static void a_deadline_waits_for_the_host(void **state)
{
	struct host h;

	(void)state;
	host_open(&h);
	assert_int_equal(host_map(&h, "pcall(quern.host.spin) return 1"), QUERN_TIMEOUT);
	assert_int_equal(h.inner, QUERN_OK);
	assert_int_equal(quern_plugin_outcomes(h.plugin, QUERN_TIMEOUT), 1);
	assert_int_equal(host_map(&h, "return 1"), QUERN_OK);
	host_close(&h);
}

static void a_plugin_inside_itself_is_busy(void **state)
{
	struct host h;

	(void)state;
	host_open(&h);
	assert_int_equal(host_map(&h, "return quern.host.again()"), QUERN_BUSY);
	assert_int_equal(h.inner, QUERN_BUSY);
	assert_int_equal(host_map(&h, "pcall(quern.host.again) return 'unharmed'"), QUERN_OK);
	assert_string_equal(h.json, "\"unharmed\"");
	assert_int_equal(quern_plugin_outcomes(h.plugin, QUERN_BUSY), 1);
	host_close(&h);
}

static void a_plugin_freed_inside_itself_ends_its_call(void **state)
{
	struct host h;

	(void)state;
	host_open(&h);
	assert_int_equal(host_map(&h, "quern.host.free() return 'still here'"), QUERN_OK);
	assert_string_equal(h.json, "\"still here\"");
	assert_null(h.plugin);
	host_close(&h);
}

static void another_plugin_runs_and_breaks_alone(void **state)
{
	struct host h;

	(void)state;
	host_open(&h);
	assert_int_equal(host_map(&h, "quern.host.other() return 'outer'"), QUERN_OK);
	assert_int_equal(h.inner, QUERN_INTERRUPTED);
	assert_string_equal(h.json, "\"outer\"");
	host_close(&h);
}

static void results_are_bounded(void **state)
{
	struct host h;

	(void)state;
	host_open(&h);
	assert_int_equal(host_map(&h, "return quern.host.deep()"), QUERN_VALUE);
	assert_int_equal(host_map(&h, "pcall(quern.host.big) return 1"), QUERN_NOMEM);
	host_close(&h);
}

static void what_an_engine_is_given_is_checked(void **state)
{
	static const char *const bad[] = { NULL, "", "1st", "a b", "a.b" };
	quern_config config = QUERN_CONFIG_INIT;
	quern_error error;
	quern *q;

	(void)state;
	config.plugin_path = (const char *const[]){ ".", NULL };
	config.plugin_path_count = 2;
	assert_int_equal(quern_new(&config, &q, &error), QUERN_INVALID);
	config.plugin_path_count = 1;
	config.host_function_count = 1;
	assert_int_equal(quern_new(&config, &q, &error), QUERN_INVALID);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		const quern_host_function f = { bad[i], host_echo, NULL };
		config.host_functions = &f;
		assert_int_equal(quern_new(&config, &q, &error), QUERN_INVALID);
		assert_null(q);
	}
	const quern_host_function twice[] = { { "a", host_echo, NULL }, { "a", host_echo, NULL } };
	config.host_functions = twice;
	config.host_function_count = 2;
	assert_int_equal(quern_new(&config, &q, &error), QUERN_INVALID);
	const quern_host_function empty = { "a", NULL, NULL };
	config.host_functions = &empty;
	config.host_function_count = 1;
	assert_int_equal(quern_new(&config, &q, &error), QUERN_INVALID);
}

static const char nothing[] = "return { api = 1, map = function() end }";
static const char endless[] = "return { api = 1, map = function() while true do end end }";

static void a_digest_does_not_vouch_for_the_host(void **state)
{
	struct host h;
	quern_plugin *plain;
	quern *q;

	(void)state;
	host_open(&h);
	host_load(&h, nothing);
	assert_null(quern_plugin_digest(h.plugin));
	assert_int_equal(quern_new(NULL, &q, NULL), QUERN_OK);
	assert_int_equal(quern_plugin_load_source(q, "t.lua", nothing, sizeof nothing - 1, &plain, NULL), QUERN_OK);
	assert_non_null(quern_plugin_digest(plain));
	quern_plugin_free(plain);
	quern_free(q);
	host_close(&h);
}

/* --------------------------------------------------------------------- log */

static void ignore_log(void *user, quern_severity severity, const char *message, size_t len)
{
	(void)user, (void)severity, (void)message, (void)len;
}

static void the_engine_hears_what_no_call_does(void **state)
{
	quern_output output = QUERN_OUTPUT_INIT;
	struct host h;

	(void)state;
	host_open(&h);
	host_load(&h, "print('loading') return { api = 1, map = function() quern.log('warning', 'mapping') end }");
	assert_int_equal(quern_plugin_map(h.plugin, h.doc, NULL, &h.value, NULL), QUERN_OK);
	assert_string_equal(h.log, "0 t.lua loading\n1 t.lua mapping\n");
	output.log = ignore_log;
	assert_int_equal(quern_plugin_map(h.plugin, h.doc, &output, &h.value, NULL), QUERN_OK);
	assert_string_equal(h.log, "0 t.lua loading\n1 t.lua mapping\n");
	host_close(&h);
}

/* ------------------------------------------------------------------ reload */

static const char first[] = "return { name = 'first', api = 1, formats = { 'text', 'json' },"
			    " options = { n = { type = 'integer', default = 1 } },"
			    " map = function(doc, opts) return { 'first', opts.n, opts.to, opts.now } end }";
static const char second[] = "return { name = 'second', api = 1, formats = { 'html', 'json' },"
			     " options = { n = { type = 'integer', default = 1 } },"
			     " map = function(doc, opts) return { 'second', opts.n, opts.to, opts.now } end }";

static void assert_maps_to(struct host *h, const char *json)
{
	h->json[0] = '\0';
	quern_value_free(h->value);
	assert_int_equal(quern_plugin_map(h->plugin, h->doc, NULL, &h->value, NULL), QUERN_OK);
	assert_int_equal(quern_value_to_json(h->value, collect, h), QUERN_OK);
	assert_string_equal(h->json, json);
}

static void a_reload_keeps_the_options(void **state)
{
	quern_value *options;
	struct host h;

	(void)state;
	host_open(&h);
	host_load(&h, first);
	assert_int_equal(quern_value_new_map(h.q, &options), QUERN_OK);
	assert_int_equal(quern_value_set_integer(options, "n", 7), QUERN_OK);
	assert_int_equal(quern_plugin_configure(h.plugin, options, "json", "2025-01-02T03:04:05Z", NULL), QUERN_OK);
	quern_value_free(options);
	assert_maps_to(&h, "[\"first\",7,\"json\",\"2025-01-02T03:04:05Z\"]");
	assert_int_equal(quern_plugin_reload(h.plugin, second, sizeof second - 1, &h.error), QUERN_OK);
	assert_string_equal(quern_plugin_name(h.plugin), "second");
	assert_maps_to(&h, "[\"second\",7,\"json\",\"2025-01-02T03:04:05Z\"]");
	host_close(&h);
}

static void a_reload_without_options_takes_the_new_defaults(void **state)
{
	struct host h;

	(void)state;
	host_open(&h);
	host_load(&h, first);
	assert_int_equal(quern_plugin_reload(h.plugin, second, sizeof second - 1, NULL), QUERN_OK);
	assert_maps_to(&h, "[\"second\",1,\"html\",\"1970-01-01T00:00:00Z\"]");
	host_close(&h);
}

static void a_failed_reload_changes_nothing(void **state)
{
	static const struct {
		const char *text;
		quern_code code;
	} bad[] = {
		{ "return {", QUERN_SYNTAX },
		{ "error 'no'", QUERN_RUNTIME },
		{ "return 1", QUERN_MANIFEST },
		{ "while true do end", QUERN_TIMEOUT },
		{ "local s = 'x' while true do s = s .. s end", QUERN_NOMEM },
		{ NULL, QUERN_NOT_FOUND },
		{ "return { api = 1, formats = { 'csv' }, map = function() end }", QUERN_INVALID },
	};
	struct host h;

	(void)state;
	host_open(&h);
	host_load(&h, first);
	assert_int_equal(quern_plugin_configure(h.plugin, NULL, "json", NULL, NULL), QUERN_OK);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		const size_t n = bad[i].text ? strlen(bad[i].text) : 0;
		assert_int_equal(quern_plugin_reload(h.plugin, bad[i].text, n, &h.error), bad[i].code);
		assert_int_equal(h.error.code, bad[i].code);
		assert_string_equal(quern_plugin_name(h.plugin), "first");
		assert_int_equal(quern_plugin_outcomes(h.plugin, bad[i].code), 1);
	}
	assert_maps_to(&h, "[\"first\",1,\"json\",\"1970-01-01T00:00:00Z\"]");
	assert_int_equal(quern_plugin_outcomes(h.plugin, QUERN_OK), 1);
	assert_int_equal(quern_plugin_outcomes(h.plugin, (quern_code)99), 0);
	host_close(&h);
}

static void a_file_is_read_again(void **state)
{
	char path[] = "/tmp/quern-reload-XXXXXX.lua";
	struct host h;
	const int fd = mkstemps(path, 4);
	FILE *f = fdopen(fd, "w");

	(void)state;
	assert_non_null(f);
	fputs(first, f);
	fclose(f);
	host_open(&h);
	assert_int_equal(quern_plugin_load(h.q, path, &h.plugin, &h.error), QUERN_OK);
	f = fopen(path, "w");
	fputs(second, f);
	fclose(f);
	assert_int_equal(quern_plugin_reload(h.plugin, NULL, 0, &h.error), QUERN_OK);
	assert_string_equal(quern_plugin_name(h.plugin), "second");
	remove(path);
	assert_int_equal(quern_plugin_reload(h.plugin, NULL, 0, &h.error), QUERN_NOT_FOUND);
	assert_string_equal(quern_plugin_name(h.plugin), "second");
	host_close(&h);
}

static void an_interrupt_outlives_a_reload(void **state)
{
	struct host h;

	(void)state;
	host_open(&h);
	host_load(&h, first);
	assert_int_equal(quern_plugin_reload(h.plugin, endless, sizeof endless - 1, &h.error), QUERN_OK);
	quern_plugin_interrupt(h.plugin);
	assert_int_equal(quern_plugin_map(h.plugin, h.doc, NULL, &h.value, &h.error), QUERN_INTERRUPTED);
	host_close(&h);
}

/* ------------------------------------------------------------------ values */

static void values_are_put_together(void **state)
{
	quern_value *map, *list, *item;
	struct host h;

	(void)state;
	host_open(&h);
	assert_int_equal(quern_value_new_list(h.q, &list), QUERN_OK);
	assert_int_equal(quern_value_new_string(h.q, "a\0b", 3, &item), QUERN_OK);
	assert_int_equal(quern_value_append(list, item), QUERN_OK);
	quern_value_free(item);
	assert_int_equal(quern_value_new_float(h.q, 0.25, &item), QUERN_OK);
	assert_int_equal(quern_value_append(list, item), QUERN_OK);
	quern_value_free(item);
	assert_int_equal(quern_value_new_boolean(h.q, 3, &item), QUERN_OK);
	assert_int_equal(quern_value_append(list, item), QUERN_OK);
	assert_int_equal(quern_value_append(item, list), QUERN_INVALID);
	assert_int_equal(quern_value_set(item, "k", list), QUERN_INVALID);
	quern_value_free(item);
	assert_int_equal(quern_value_append(list, NULL), QUERN_OK);
	assert_int_equal(quern_value_append(list, list), QUERN_OK);
	assert_int_equal(quern_value_new_map(h.q, &map), QUERN_OK);
	assert_int_equal(quern_value_set(map, "l", list), QUERN_OK);
	assert_int_equal(quern_value_set(map, "m", map), QUERN_OK);
	assert_int_equal(quern_value_set(map, "l", NULL), QUERN_OK);
	assert_int_equal(quern_value_append(map, NULL), QUERN_INVALID);
	assert_int_equal(quern_value_set(NULL, "l", NULL), QUERN_INVALID);
	assert_int_equal(quern_value_append(NULL, NULL), QUERN_INVALID);
	quern_value_free(list);
	assert_int_equal(quern_value_to_json(map, collect, &h), QUERN_OK);
	assert_string_equal(h.json,
			    "{\"l\":null,\"m\":{\"l\":[\"a\\u0000b\",0.25,true,null,[\"a\\u0000b\",0.25,true,null]]}}");
	quern_value_free(map);
	assert_int_equal(quern_value_new_float(h.q, 1e308 * 10, &item), QUERN_INVALID);
	assert_null(item);
	assert_int_equal(quern_value_new_integer(h.q, INT64_MIN, &item), QUERN_OK);
	assert_true(quern_value_integer(item) == INT64_MIN);
	quern_value_free(item);
	host_close(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_go_out_and_come_back),
		cmocka_unit_test(what_is_no_plain_value_is_named),
		cmocka_unit_test(a_refusal_is_an_error_that_can_be_caught),
		cmocka_unit_test(the_table_cannot_be_changed),
		cmocka_unit_test(a_function_in_place_of_the_hosts_is_seen),
		cmocka_unit_test(a_deadline_waits_for_the_host),
		cmocka_unit_test(a_plugin_inside_itself_is_busy),
		cmocka_unit_test(a_plugin_freed_inside_itself_ends_its_call),
		cmocka_unit_test(another_plugin_runs_and_breaks_alone),
		cmocka_unit_test(results_are_bounded),
		cmocka_unit_test(what_an_engine_is_given_is_checked),
		cmocka_unit_test(a_digest_does_not_vouch_for_the_host),
		cmocka_unit_test(the_engine_hears_what_no_call_does),
		cmocka_unit_test(a_reload_keeps_the_options),
		cmocka_unit_test(a_reload_without_options_takes_the_new_defaults),
		cmocka_unit_test(a_failed_reload_changes_nothing),
		cmocka_unit_test(a_file_is_read_again),
		cmocka_unit_test(an_interrupt_outlives_a_reload),
		cmocka_unit_test(values_are_put_together),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
