/*
 * server.c - a small server in one process: requests wait in a queue, threads
 * take them, and each runs its own copies of the plugins over documents that exist
 * only in memory.  It brings its own allocator, a log and a host function, and a
 * plugin that never ends costs one answer.
 *
 *     cc server.c -pthread $(pkg-config --cflags --libs quern)
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "quern.h"

enum { THREADS = 4, REQUESTS = 40, PLUGINS = 2 };

/* ------------------------------------------------- what the engine is given */

static atomic_long held; /* bytes */

static void *counted_alloc(void *user, void *ptr, size_t old_size, size_t new_size)
{
	void *moved = NULL;

	(void)user;
	if (new_size == 0)
		free(ptr);
	else if (!(moved = realloc(ptr, new_size)))
		return NULL;
	atomic_fetch_add(&held, (long)new_size - (long)old_size);
	return moved;
}

static atomic_int logged;

static void log_line(void *user, quern_severity severity, const char *plugin, const char *message, size_t len)
{
	(void)severity, (void)plugin, (void)message, (void)len;
	atomic_fetch_add((atomic_int *)user, 1);
}

/* quern.host.stock(name): how many there are, or an error. */
static quern_code stock(void *user, quern *q, const quern_value *args, quern_value **out, quern_error *error)
{
	static const struct {
		const char *name;
		int n;
	} shelf[] = { { "apples", 12 }, { "pears", 3 } };
	const char *name = quern_value_string(quern_value_at(args, 0), NULL);

	(void)user;
	for (size_t i = 0; i < sizeof shelf / sizeof *shelf; i++)
		if (strcmp(shelf[i].name, name) == 0)
			return quern_value_new_integer(q, shelf[i].n, out);
	snprintf(error->message, sizeof error->message, "no shelf for '%.40s'", name);
	return QUERN_NOT_FOUND;
}

static const char *const sources[PLUGINS] = {
	"return { api = 1, map = function(doc)\n"
	"  print('counting', doc.title)\n"
	"  local n = 0\n"
	"  for item in doc:each('item') do\n"
	"    local ok, count = pcall(quern.host.stock, item:text())\n"
	"    n = n + (ok and count or 0)\n"
	"  end\n"
	"  return { title = doc.title, count = n }\n"
	"end }",
	"return { api = 1, map = function() while true do pcall(error) end end }",
};

/* ------------------------------------------------------------------ requests */

struct request {
	int plugin;
	char text[200];
	char answer[200];
	size_t n;
};

struct server {
	quern *q;
	atomic_int next;
	struct request requests[REQUESTS];
};

static quern_code answer_add(void *user, const char *bytes, size_t len)
{
	struct request *r = user;

	if (len > sizeof r->answer - 1 - r->n)
		return QUERN_LIMIT;
	memcpy(r->answer + r->n, bytes, len);
	r->n += len;
	return QUERN_OK;
}

static void request_serve(struct server *s, quern_plugin *plugin, struct request *r)
{
	quern_value *value = NULL;
	quern_doc *doc = NULL;
	quern_error error;
	quern_code code = quern_doc_parse(s->q, r->text, strlen(r->text), NULL, &doc, &error);

	if (code == QUERN_OK)
		code = quern_plugin_map(plugin, doc, NULL, &value, &error);
	if (code == QUERN_OK)
		code = quern_value_to_json(value, answer_add, r);
	if (code != QUERN_OK)
		snprintf(r->answer, sizeof r->answer, "failed: %s", quern_code_name(code));
	quern_value_free(value);
	quern_doc_unref(doc);
}

static void *serve(void *user)
{
	struct server *s = user;
	quern_plugin *plugins[PLUGINS] = { NULL };
	quern_error error;

	for (int i = 0; i < PLUGINS; i++)
		if (quern_plugin_load_source(s->q, "server.lua", sources[i], strlen(sources[i]), &plugins[i], &error))
			fprintf(stderr, "%s:%u: %s\n", error.path, error.line, error.message);
	for (int i; (i = atomic_fetch_add(&s->next, 1)) < REQUESTS;)
		if (plugins[s->requests[i].plugin])
			request_serve(s, plugins[s->requests[i].plugin], &s->requests[i]);
	for (int i = 0; i < PLUGINS; i++)
		quern_plugin_free(plugins[i]);
	return NULL;
}

static int server_open(struct server *s)
{
	const quern_host_function functions[] = { { "stock", stock, NULL } };
	quern_config config = QUERN_CONFIG_INIT;
	quern_error error;

	config.alloc = counted_alloc;
	config.time_limit = 0.1;
	config.memory_limit = (size_t)8 << 20;
	config.log = log_line;
	config.log_user = &logged;
	config.host_functions = functions;
	config.host_function_count = 1;
	if (quern_new(&config, &s->q, &error) == QUERN_OK)
		return 1;
	fprintf(stderr, "%s\n", error.message);
	return 0;
}

int main(void)
{
	static struct server s;
	pthread_t threads[THREADS];

	if (!server_open(&s))
		return 1;
	for (int i = 0; i < REQUESTS; i++) {
		s.requests[i].plugin = i % 10 == 9;
		snprintf(s.requests[i].text, sizeof s.requests[i].text, "# Order %d\n\n- apples\n- %s\n", i,
			 i % 2 ? "pears" : "stones");
	}
	for (int i = 0; i < THREADS; i++)
		if (pthread_create(&threads[i], NULL, serve, &s) != 0)
			return 1;
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	for (int i = 0; i < REQUESTS; i++)
		printf("%s\n", s.requests[i].answer);
	quern_free(s.q);
	printf("%d lines logged, %ld bytes held\n", atomic_load(&logged), atomic_load(&held));
	return 0;
}
