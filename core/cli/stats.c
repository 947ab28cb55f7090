/*
 * stats.c - see stats.h.
 */
#include "cli/stats.h"

#include <string.h>

#include "base/clock.h"
#include "base/json.h"

bool stats_init(struct stats *s, bool wanted, size_t n_plugins)
{
	*s = (struct stats){ .wanted = wanted, .began = clock_ms(), .n_plugins = n_plugins };
	buf_init(&s->failed, &alloc_libc, 0);
	s->map = mem_new_zero(&alloc_libc, (n_plugins + 1) * sizeof *s->map);
	s->render = mem_new_zero(&alloc_libc, (n_plugins + 1) * sizeof *s->render);
	return s->map && s->render;
}

static void path_free(char *path)
{
	if (path)
		mem_free(&alloc_libc, path, strlen(path) + 1);
}

void stats_release(struct stats *s)
{
	for (size_t i = 0; i < s->n_slowest; i++)
		path_free(s->slowest[i].path);
	mem_free(&alloc_libc, s->map, (s->n_plugins + 1) * sizeof *s->map);
	mem_free(&alloc_libc, s->render, (s->n_plugins + 1) * sizeof *s->render);
	buf_release(&s->failed);
}

int64_t stats_elapsed(const struct stats *s)
{
	return clock_ms() - s->began;
}

/* Keeps the list sorted; of equals the first stays first. */
static void slow_keep(struct stats *s, uint64_t took, const char *path)
{
	const size_t n = strlen(path) + 1;
	size_t at = s->n_slowest;
	char *copy;

	if (at == STATS_SLOWEST && took <= s->slowest[at - 1].took)
		return;
	copy = mem_new(&alloc_libc, n);
	if (!copy)
		return;
	memcpy(copy, path, n);
	if (at == STATS_SLOWEST)
		path_free(s->slowest[--at].path);
	else
		s->n_slowest++;
	for (; at > 0 && s->slowest[at - 1].took < took; at--)
		s->slowest[at] = s->slowest[at - 1];
	s->slowest[at] = (struct stats_slow){ took, copy };
}

void stats_document(struct stats *s, const struct job_progress *p)
{
	uint64_t took;

	if (!s->wanted)
		return;
	if (p->failed_now)
		buf_add(&s->failed, p->path, strlen(p->path) + 1);
	if (!p->outcome || p->outcome->took == OUTCOME_KEPT)
		return;
	took = p->outcome->took;
	s->load += took;
	for (size_t i = 0; i < p->outcome->n_values && i < s->n_plugins; i++) {
		s->map[i] += p->outcome->values[i].took;
		took += p->outcome->values[i].took;
	}
	slow_keep(s, took, p->path);
}

void stats_rendered(struct stats *s, size_t plugin, double seconds)
{
	if (plugin < s->n_plugins)
		s->render[plugin] += seconds;
}

/* Microseconds are as much as the clock is good for. */
static void seconds_add(struct json_writer *w, const char *key, double seconds)
{
	json_key(w, key);
	json_float(w, (double)(int64_t)(seconds * 1e6 + 0.5) / 1e6);
}

static void count_add(struct json_writer *w, const char *key, uint64_t n)
{
	json_key(w, key);
	json_int(w, (int64_t)n);
}

static void plugins_add(struct json_writer *w, const struct stats *s, const char *const *names)
{
	json_key(w, "plugins");
	json_begin_list(w);
	for (size_t i = 0; i < s->n_plugins; i++) {
		json_begin_map(w);
		json_key(w, "name");
		json_string(w, str_of(names[i]));
		seconds_add(w, "map", (double)s->map[i] / 1e9);
		seconds_add(w, "render", s->render[i]);
		json_end_map(w);
	}
	json_end_list(w);
}

static void stages_add(struct json_writer *w, const struct stats *s)
{
	uint64_t map = 0;
	double render = 0;

	for (size_t i = 0; i < s->n_plugins; i++) {
		map += s->map[i];
		render += s->render[i];
	}
	json_key(w, "stages");
	json_begin_map(w);
	seconds_add(w, "load", (double)s->load / 1e9);
	seconds_add(w, "map", (double)map / 1e9);
	seconds_add(w, "render", render);
	json_end_map(w);
}

static void paths_add(struct json_writer *w, const struct stats *s)
{
	json_key(w, "slowest");
	json_begin_list(w);
	for (size_t i = 0; i < s->n_slowest; i++) {
		json_begin_map(w);
		json_key(w, "path");
		json_string(w, str_of(s->slowest[i].path));
		seconds_add(w, "seconds", (double)s->slowest[i].took / 1e9);
		json_end_map(w);
	}
	json_end_list(w);
	json_key(w, "failed_paths");
	json_begin_list(w);
	for (size_t at = 0; buf_ok(&s->failed) && at < s->failed.n; at += strlen(s->failed.p + at) + 1)
		json_string(w, str_of(s->failed.p + at));
	json_end_list(w);
}

void stats_write(const struct stats *s, const char *const *names, const struct job_result *result, struct buf *out)
{
	struct json_writer w;

	json_writer_init(&w, out);
	json_begin_map(&w);
	count_add(&w, "documents", result->documents);
	count_add(&w, "failed", result->failed);
	count_add(&w, "cached", result->cached);
	seconds_add(&w, "seconds", (double)stats_elapsed(s) / 1e3);
	stages_add(&w, s);
	plugins_add(&w, s, names);
	paths_add(&w, s);
	json_end_map(&w);
	buf_addc(out, '\n');
}
