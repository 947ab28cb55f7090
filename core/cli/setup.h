/*
 * setup.h - from options to the library's objects: the engine with its plugin
 * path, the walk, standard output.
 */
#ifndef QUERN_CLI_SETUP_H
#define QUERN_CLI_SETUP_H

#include "cli/cli.h"
#include "run/bundle.h"
#include "run/corpus.h"
#include "run/sink.h"

/*
 * The folders plugins are looked for in, first wins: --plugin-path,
 * QUERN_PLUGIN_PATH, ./plugins, those beside the program, the checkout's.
 */
struct search_path {
	struct strings folders;
	struct buf text; /* what the strings point into */
};

bool search_path_make(struct search_path *path, const struct cli *cli, const struct options *options);
void search_path_release(struct search_path *path);
/* The NAME of every NAME.lua on the path, sorted within a folder; false from visit ends it. */
void search_path_each(const struct search_path *path, bool (*visit)(void *user, const char *folder, const char *name),
		      void *user);

/* What an engine that has to do with plugins needs. */
struct engine_use {
	const struct search_path *path;
	struct bundle *files; /* of plugins that it is made to run; NULL: it runs none */
	void (*unknown_encoding)(void *user, const char *name);
	void *unknown_encoding_user;
};

/* NULL, and told, on failure.  Checks --encoding too.  use NULL: for documents alone. */
quern *engine_open(struct cli *cli, const struct options *options, const struct engine_use *use);
void engine_close(struct cli *cli, quern *q);
/* In a process that is confined: a warning for what of its wall is missing (enum confine_part). */
void confinement_tell(struct cli *cli, unsigned missing);
/* The operands from first on, and the lists; twice: it will be walked again.  NULL, and told, on failure. */
struct corpus *corpus_of(struct cli *cli, const struct options *options, size_t first, bool twice);

/* Standard output as one text; the pieces' writer for the library; the end that tells. */
struct sink *stdout_open(struct cli *cli);
quern_code stdout_piece(void *sink, const char *bytes, size_t len);
enum status stdout_close(struct cli *cli, struct sink *sink, enum status status);

#endif
