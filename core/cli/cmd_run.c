/*
 * cmd_run.c - quern run PLUGIN[,PLUGIN...] PATH...
 */
#include "cli/batch.h"
#include "cli/caching.h"
#include "cli/cli.h"
#include "cli/cores.h"
#include "cli/watching.h"
#include "run/ahead.h"

/*
 * A walk goes ahead where that takes no processor from a worker: at once where
 * what an earlier run found is expected to do; else where there are more
 * processors than workers, or many, when workers wait for documents.
 */
static struct ahead *ahead_of(const struct options *o, struct corpus *corpus, bool cached)
{
	enum { MANY = 4 };
	const unsigned cores = cores_allowed(), jobs = o->jobs ? o->jobs : cores;

	if (cores == 1 || !batch_walks_files(o) || !(cached || jobs < cores || cores > MANY))
		return NULL;
	return ahead_open(&alloc_libc, corpus_walk(corpus), cached);
}

/* Over the documents that the operands name, with the cache. */
static enum status run_all(struct loader *l, struct pool *pool)
{
	struct corpus *corpus = corpus_of(l->cli, l->options, 1, false);
	enum status status = STATUS_FAILED;
	struct ahead *ahead;
	struct cache *cache;
	struct buf key;

	if (!corpus)
		return status;
	buf_init(&key, &alloc_libc, 0);
	cache = cache_of(l->cli, l->options, pool, &key);
	pool_use_cache(pool, cache);
	corpus_use_cache(corpus, cache);
	if (!cache)
		corpus_open_files(corpus);
	ahead = ahead_of(l->options, corpus, cache != NULL);
	status = batch_job(l, pool, ahead ? ahead_walk(ahead) : corpus_walk(corpus));
	ahead_close(ahead);
	pool_use_cache(pool, NULL);
	corpus_use_cache(corpus, NULL);
	cache_close(cache);
	buf_release(&key);
	corpus_close(corpus);
	return status;
}

static enum status run_once(struct cli *cli, const struct options *o)
{
	struct loader loader = { .cli = cli, .options = o };

	return batch_run(&loader, run_all);
}

static enum status run(struct cli *cli, const struct options *o)
{
	if (!batch_usage_check(cli, o))
		return STATUS_USAGE;
	return o->watch ? watching_run(cli, o, run_once) : run_once(cli, o);
}

static const enum option_id takes[] = {
	OPTION_TO,         OPTION_OUTPUT,       OPTION_SET,          OPTION_FROM,     OPTION_ENCODING,
	OPTION_FILES_FROM, OPTION_NUL,          OPTION_INPUT_NDJSON, OPTION_INCLUDE,  OPTION_EXCLUDE,
	OPTION_JOBS,       OPTION_CACHE,        OPTION_NO_CACHE,     OPTION_PARANOID, OPTION_FAIL_FAST,
	OPTION_TIME_LIMIT, OPTION_MEMORY_LIMIT, OPTION_NOW,          OPTION_PROGRESS, OPTION_STATS,
	OPTION_WATCH,      OPTION_DIAGNOSTICS,  OPTION_PLUGIN_PATH,  OPTION_UNSAFE,   OPTION_HELP,
	OPTION_NONE
};

const struct command command_run = {
	.name = "run",
	.synopsis = "run PLUGIN[,PLUGIN...] PATH...",
	.summary = "run plugins over documents",
	.details = "PLUGIN is a name (see `quern list`) or a path that ends in .lua.  PATH is a file,\n"
		   "plain or compressed (.gz .zst), a folder (every .md .markdown .html .htm .txt below it\n"
		   "that no .quernignore rules out), an archive (.tar .tar.gz .tgz .tar.zst .tzst .zip, all\n"
		   "such files in it), or - for standard input.  Documents are taken in the order of\n"
		   "the arguments, within a folder by path, within an archive as it has them; each once.\n"
		   "\n"
		   "With -o DIR/ the text goes to DIR/PLUGIN.EXTENSION; several plugins, or one that\n"
		   "writes files, need a folder.  With several plugins -t PLUGIN=FORMAT and\n"
		   "-s PLUGIN.KEY=VALUE speak to one of them.\n",
	.options = takes,
	.run = run,
};
