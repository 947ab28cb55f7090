/*
 * caching.c - see caching.h.
 *
 * A run is known by its plugins (each with its options), by how documents are
 * read, and by the very files of the program and of the libraries it has
 * loaded: another build is another run.
 */
#include "cli/caching.h"

#include <link.h>
#include <stdlib.h>
#include <sys/stat.h>

bool cache_folder(const struct options *options, struct buf *out)
{
	const char *base = getenv("XDG_CACHE_HOME");

	if (options->cache) {
		buf_addz(out, options->cache);
	} else if (base && *base == '/') {
		buf_addf(out, "%s/quern", base);
	} else {
		base = getenv("HOME");
		if (!base || *base != '/')
			return false;
		buf_addf(out, "%s/.cache/quern", base);
	}
	return buf_ok(out);
}

static void file_add(struct buf *key, const char *path)
{
	struct stat st;

	if (stat(path, &st) == 0)
		buf_addf(key, "%s %llu %lld %lld.%09ld\n", path, (unsigned long long)st.st_ino, (long long)st.st_size,
			 (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
}

static int library_add(struct dl_phdr_info *info, size_t size, void *key)
{
	(void)size;
	if (info->dlpi_name && *info->dlpi_name == '/')
		file_add(key, info->dlpi_name);
	return 0;
}

/* False where a plugin does what no digest covers. */
static bool key_make(struct buf *key, const struct options *o, const struct pool *pool)
{
	file_add(key, "/proc/self/exe");
	dl_iterate_phdr(library_add, key);
	buf_addf(key, "from %d %u %u encoding %s\n", (int)o->from.format, o->from.with, o->from.without,
		 o->encoding ? o->encoding : "");
	for (size_t i = 0; i < pool_plugin_count(pool); i++) {
		const struct pool_plugin *p = pool_plugin_at(pool, i);
		if (!*p->digest)
			return false;
		buf_addf(key, "%s %s %s\n", p->name, p->path, p->digest);
	}
	return buf_ok(key);
}

static void on_warning(void *user, const char *path, const char *message)
{
	struct cli *cli = user;

	report_finding(&cli->report,
		       &(struct finding){
			       .severity = SEVERITY_WARNING, .plugin = NO_PLUGIN, .path = path, .message = message });
}

struct cache *cache_of(struct cli *cli, const struct options *o, const struct pool *pool, struct buf *key)
{
	struct cache *cache = NULL;
	struct buf folder;

	buf_init(&folder, &alloc_libc, 0);
	if (!o->no_cache && cache_folder(o, &folder) && key_make(key, o, pool))
		cache = cache_open(&(struct cache_options){ .heap = &alloc_libc,
							    .folder = folder.p,
							    .key = key->p,
							    .paranoid = o->paranoid,
							    .user = cli,
							    .warn = on_warning });
	buf_release(&folder);
	return cache;
}
