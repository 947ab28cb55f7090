/*
 * cmd_map.c - quern map PLUGIN PATH... --shard I/N: one shard of the documents
 * into a partial.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/batch.h"
#include "cli/caching.h"
#include "cli/cli.h"
#include "run/results.h"
#include "run/shard.h"

/* The documents, walked twice. */
struct source {
	struct loader *loader;
	struct corpus *corpus;
	bool reads_stdin;
	off_t stdin_from;
};

static bool walk_open(void *user, struct walk *walk)
{
	struct source *s = user;

	if (s->reads_stdin)
		lseek(STDIN_FILENO, s->stdin_from, SEEK_SET);
	s->corpus = corpus_of(s->loader->cli, s->loader->options, 1, true);
	if (s->corpus)
		*walk = corpus_walk(s->corpus);
	return s->corpus != NULL;
}

static void walk_close(void *user)
{
	struct source *s = user;

	corpus_close(s->corpus);
	s->corpus = NULL;
}

/* ----------------------------------------------------------- standard input */

/* Whether lists or lines of documents come from there. */
static bool stdin_is_walked(const struct options *o)
{
	bool named = o->input_ndjson && o->operands.n == 1 && o->files_from.n == 0;

	for (size_t i = 0; i < o->files_from.n; i++)
		named = named || strcmp(o->files_from.items[i], "-") == 0;
	for (size_t i = 1; o->input_ndjson && i < o->operands.n; i++)
		named = named || strcmp(o->operands.items[i], "-") == 0;
	return named;
}

static bool write_all(int fd, const char *p, size_t n)
{
	while (n > 0) {
		const ssize_t done = write(fd, p, n);
		if (done < 0 && errno != EINTR)
			return false;
		p += done > 0 ? done : 0;
		n -= done > 0 ? (size_t)done : 0;
	}
	return true;
}

/* A pipe is copied to a temporary file, which takes its place. */
static bool stdin_spool(struct cli *cli)
{
	const int fd = temporary_open();
	char bytes[16384];
	ssize_t n = 0;
	bool ok = fd >= 0;

	while (ok && (n = read(STDIN_FILENO, bytes, sizeof bytes)) != 0)
		ok = n < 0 ? errno == EINTR : write_all(fd, bytes, (size_t)n);
	ok = ok && lseek(fd, 0, SEEK_SET) == 0 && dup2(fd, STDIN_FILENO) >= 0;
	if (fd >= 0)
		close(fd);
	if (!ok)
		report_error(&cli->report, "-", "TMPDIR names the folder for temporary files",
			     "standard input cannot be kept: %s", strerror(errno));
	return ok;
}

static bool stdin_prepare(struct cli *cli, const struct options *o, struct source *source)
{
	struct stat st;

	source->reads_stdin = stdin_is_walked(o);
	if (!source->reads_stdin)
		return true;
	if ((fstat(STDIN_FILENO, &st) != 0 || !S_ISREG(st.st_mode)) && !stdin_spool(cli))
		return false;
	source->stdin_from = lseek(STDIN_FILENO, 0, SEEK_CUR);
	return true;
}

/* ---------------------------------------------------------------------- map */

static enum status result_tell(struct cli *cli, const struct options *o, const struct shard_result *r)
{
	if (r->begun_anew)
		report_finding(&cli->report,
			       &(struct finding){ .severity = SEVERITY_WARNING,
						  .plugin = NO_PLUGIN,
						  .path = o->output,
						  .message = "what was kept is of another plugin, other options or "
							     "documents: begun anew" });
	if (r->changed)
		report_error(&cli->report, o->output, "map it again", "the documents changed while they were walked");
	if (r->unwritten)
		report_error(&cli->report, o->output ? o->output : "standard output", NULL, "%s", r->unwritten);
	report_totals(&cli->report, &(struct report_counts){ r->documents, r->failed, 0, 0 });
	return r->unwritten ? STATUS_OUTPUT : r->changed || r->stopped || r->failed ? STATUS_FAILED : STATUS_OK;
}

/* How documents are read, for no digest covers it. */
static void reading_add(struct buf *out, const struct options *o)
{
	buf_addf(out, "%s +%x -%x %s", quern_format_name(o->from.format), o->from.with, o->from.without,
		 o->encoding ? o->encoding : "");
}

static enum status shard_start(struct loader *l, struct pool *pool, struct partial_plugin *plugins, const char *reading)
{
	const struct options *o = l->options;
	struct shard shard = { .heap = &alloc_libc,
			       .runner = pool_runner(pool),
			       .header = { .plugins = plugins,
					   .n_plugins = pool_plugin_count(pool),
					   .to = o->to.items,
					   .n_to = o->to.n,
					   .set = o->set.items,
					   .n_set = o->set.n,
					   .now = l->now,
					   .reading = reading,
					   .unsafe = o->unsafe,
					   .shard = o->shard,
					   .shards = o->shards },
			       .output = o->output && strcmp(o->output, "-") != 0 ? o->output : NULL,
			       .user = l->user,
			       .walk_open = walk_open,
			       .walk_close = walk_close,
			       .report = batch_report(l->cli) };
	struct shard_result result;

	for (size_t i = 0; i < shard.header.n_plugins; i++)
		plugins[i] = (struct partial_plugin){ pool_plugin_at(pool, i)->name, pool_plugin_at(pool, i)->digest };
	shard_run(&shard, &result);
	l->cli->report.plugins = NULL;
	return result_tell(l->cli, o, &result);
}

static enum status map_all(struct loader *l, struct pool *pool)
{
	const size_t n = pool_plugin_count(pool) * sizeof(struct partial_plugin);
	struct partial_plugin *plugins = mem_new(&alloc_libc, n);
	const char **names = batch_names(l->cli, pool);
	enum status status = STATUS_FAILED;
	struct cache *cache = NULL;
	struct buf key, reading;

	buf_init(&key, &alloc_libc, 0);
	buf_init(&reading, &alloc_libc, 0);
	reading_add(&reading, l->options);
	/* On a cluster the user's folder is often one for all machines, which is no place for a cache. */
	buf_addz(&key, "the format is watched\n");
	if (l->options->cache)
		cache = cache_of(l->cli, l->options, pool, &key);
	pool_use_cache(pool, cache);
	l->cli->report.plugins = names;
	if (plugins && names && buf_ok(&reading))
		status = shard_start(l, pool, plugins, reading.p);
	pool_use_cache(pool, NULL);
	cache_close(cache);
	buf_release(&reading);
	buf_release(&key);
	l->cli->report.plugins = NULL;
	batch_names_free(pool, names);
	mem_free(&alloc_libc, plugins, n);
	return status;
}

static enum status run(struct cli *cli, const struct options *o)
{
	struct loader loader = { .cli = cli, .options = o, .watches_format = true };
	struct source source = { .loader = &loader };

	loader.user = &source;
	if (!batch_usage_check(cli, o))
		return STATUS_USAGE;
	return stdin_prepare(cli, o, &source) ? batch_run(&loader, map_all) : STATUS_FAILED;
}

static const enum option_id takes[] = { OPTION_TO,       OPTION_OUTPUT,      OPTION_SET,          OPTION_FROM,
					OPTION_ENCODING, OPTION_FILES_FROM,  OPTION_NUL,          OPTION_INPUT_NDJSON,
					OPTION_INCLUDE,  OPTION_EXCLUDE,     OPTION_SHARD,        OPTION_JOBS,
					OPTION_CACHE,    OPTION_TIME_LIMIT,  OPTION_MEMORY_LIMIT, OPTION_NOW,
					OPTION_PROGRESS, OPTION_DIAGNOSTICS, OPTION_PLUGIN_PATH,  OPTION_UNSAFE,
					OPTION_HELP,     OPTION_NONE };

const struct command command_map = {
	.name = "map",
	.synopsis = "map PLUGIN[,PLUGIN...] PATH... [--shard I/N]",
	.summary = "map one shard of the documents, for quern reduce",
	.details = "Of all documents, taken as by `quern run`, those of shard I are mapped and what they come to\n"
		   "is written as a partial, lines of JSON.  `quern reduce` makes of the partials of all shards\n"
		   "what `quern run` would have printed.  With -o FILE a shard is resumable: what is finished\n"
		   "stays in FILE.partial until all is, and the same command goes on from there.\n",
	.options = takes,
	.run = run,
};
