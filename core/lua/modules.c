/*
 * modules.c - see modules.h.
 *
 * A file counts as unchanged when device, inode, size and both times are as
 * they were, and its times were not so fresh when it was read that a second
 * change could hide behind them; otherwise its text decides.
 */
#include "lua/modules.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

/* Seconds in which a file may change twice and show one time. */
#define RACY_SECONDS 2

struct module {
	struct module *next;
	struct alloc heap;
	size_t size; /* of this block, with path, text and code behind */
	atomic_uint references;
	struct stat file;
	bool racy;
	const char *path;
	struct str text, code;
};

struct module_cache {
	struct alloc heap;
	pthread_mutex_t lock;
	struct module *first;
};

struct module_cache *module_cache_new(const struct alloc *heap)
{
	struct module_cache *c = mem_new_zero(heap, sizeof *c);
	if (!c)
		return NULL;
	c->heap = *heap;
	if (pthread_mutex_init(&c->lock, NULL) != 0) {
		mem_free(heap, c, sizeof *c);
		return NULL;
	}
	return c;
}

void module_unref(struct module *m)
{
	if (!m || atomic_fetch_sub_explicit(&m->references, 1, memory_order_acq_rel) != 1)
		return;
	const struct alloc heap = m->heap;
	mem_free(&heap, m, m->size);
}

void module_cache_free(struct module_cache *c)
{
	if (!c)
		return;
	const struct alloc heap = c->heap;
	while (c->first) {
		struct module *m = c->first;
		c->first = m->next;
		module_unref(m);
	}
	pthread_mutex_destroy(&c->lock);
	mem_free(&heap, c, sizeof *c);
}

static bool same_time(struct timespec a, struct timespec b)
{
	return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

static bool same_file(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
	       same_time(a->st_mtim, b->st_mtim) && same_time(a->st_ctim, b->st_ctim);
}

/* Under the lock. */
static struct module *find(struct module_cache *c, const char *path)
{
	struct module *m = c->first;
	while (m && strcmp(m->path, path) != 0)
		m = m->next;
	return m;
}

static struct module *take(struct module *m)
{
	atomic_fetch_add_explicit(&m->references, 1, memory_order_relaxed);
	return m;
}

struct module *module_cache_find(struct module_cache *c, const char *path, const struct stat *now)
{
	pthread_mutex_lock(&c->lock);
	struct module *m = find(c, path);
	m = m && !m->racy && same_file(&m->file, now) ? take(m) : NULL;
	pthread_mutex_unlock(&c->lock);
	return m;
}

struct module *module_cache_find_text(struct module_cache *c, const char *path, struct str text)
{
	pthread_mutex_lock(&c->lock);
	struct module *m = find(c, path);
	m = m && str_eq(m->text, text) ? take(m) : NULL;
	pthread_mutex_unlock(&c->lock);
	return m;
}

static bool is_racy(const struct stat *file)
{
	struct timespec now;
	if (clock_gettime(CLOCK_REALTIME, &now) != 0)
		return true;
	return file->st_mtim.tv_sec >= now.tv_sec - RACY_SECONDS || file->st_ctim.tv_sec >= now.tv_sec - RACY_SECONDS;
}

static struct str copy(char **to, struct str from)
{
	struct str made = { *to, from.n };
	if (from.n)
		memcpy(*to, from.p, from.n);
	*to += from.n;
	return made;
}

static struct module *module_new(const struct alloc *heap, const char *path, struct str text, struct str code)
{
	const size_t path_size = strlen(path) + 1;
	const size_t size = sizeof(struct module) + path_size + text.n + code.n;
	struct module *m = mem_new_zero(heap, size);
	if (!m)
		return NULL;
	char *at = (char *)(m + 1);
	m->heap = *heap;
	m->size = size;
	atomic_init(&m->references, 1);
	m->path = copy(&at, (struct str){ path, path_size }).p;
	m->text = copy(&at, text);
	m->code = copy(&at, code);
	return m;
}

static void replace(struct module_cache *c, struct module *m)
{
	struct module **slot = &c->first, *old;
	while (*slot && strcmp((*slot)->path, m->path) != 0)
		slot = &(*slot)->next;
	old = *slot;
	m->next = old ? old->next : NULL;
	*slot = m;
	module_unref(old);
}

void module_cache_add(struct module_cache *c, const char *path, const struct stat *file, struct str text,
		      struct str code)
{
	struct module *m = module_new(&c->heap, path, text, code);
	if (!m)
		return;
	m->file = *file;
	m->racy = is_racy(file);
	pthread_mutex_lock(&c->lock);
	replace(c, m);
	pthread_mutex_unlock(&c->lock);
}

struct str module_code(const struct module *m)
{
	return m->code;
}
