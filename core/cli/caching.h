/*
 * caching.h - where the cache is, and what makes two runs the same.
 */
#ifndef QUERN_CLI_CACHING_H
#define QUERN_CLI_CACHING_H

#include "base/buf.h"
#include "cli/cli.h"
#include "run/cache.h"
#include "run/pool.h"

/* The folder that the options or the environment name, into out; false where there is none. */
bool cache_folder(const struct options *options, struct buf *out);
/* The cache of this run; NULL: it does without.  key is kept by the caller as long as the cache. */
struct cache *cache_of(struct cli *cli, const struct options *options, const struct pool *pool, struct buf *key);

#endif
