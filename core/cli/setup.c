/*
 * setup.c - see setup.h.
 */
#include "cli/setup.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "run/confine.h"

/* ------------------------------------------------------------- plugin path */

/* NUL-terminated one behind the other; pointers are taken when the text stops moving. */
struct folders {
	struct buf *text;
	size_t n;
};

static bool same_folder(const char *a, const char *b)
{
	struct stat x, y;

	if (strcmp(a, b) == 0)
		return true;
	return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* A folder that is there already under any name is not looked into twice. */
static void folder_add(struct folders *f, struct str folder)
{
	const size_t from = f->text->n;
	const char *p;

	if (folder.n == 0)
		return;
	buf_adds(f->text, folder);
	buf_addc(f->text, '\0');
	if (!buf_ok(f->text))
		return;
	p = f->text->p;
	for (size_t i = 0; i < f->n; i++, p += strlen(p) + 1) {
		if (same_folder(p, f->text->p + from)) {
			buf_truncate(f->text, from);
			return;
		}
	}
	f->n++;
}

static void environment_add(struct folders *f)
{
	const char *p = getenv("QUERN_PLUGIN_PATH");

	while (p && *p) {
		const size_t n = strcspn(p, ":");
		folder_add(f, (struct str){ p, n });
		p += n + (p[n] == ':');
	}
}

/* In a build tree the plugins stand beside the build folder, once installed under share/. */
static void program_add(struct folders *f)
{
	static const char *const below[] = { "/plugins", "/share/quern/plugins" };
	char exe[PATH_MAX];
	const ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);

	if (n <= 0)
		return;
	exe[n] = '\0';
	for (int i = 0; i < 2; i++) { /* the program's folder, then the one above */
		char *slash = strrchr(exe, '/');
		if (!slash)
			return;
		*slash = '\0';
	}
	for (size_t i = 0; i < sizeof below / sizeof below[0]; i++) {
		char folder[PATH_MAX + 32];
		snprintf(folder, sizeof folder, "%s%s", exe, below[i]);
		if (access(folder, R_OK | X_OK) == 0)
			folder_add(f, str_of(folder));
	}
}

bool search_path_make(struct search_path *path, const struct cli *cli, const struct options *options)
{
	struct folders f = { &path->text, 0 };
	const char *p;
	bool ok;

	*path = (struct search_path){ .folders = { 0 } };
	buf_init(&path->text, &alloc_libc, 0);
	for (size_t i = 0; i < options->plugin_path.n; i++)
		folder_add(&f, str_of(options->plugin_path.items[i]));
	environment_add(&f);
	folder_add(&f, STR_LIT("plugins"));
	program_add(&f);
	if (cli->source_plugins)
		folder_add(&f, str_of(cli->source_plugins));
	ok = buf_ok(&path->text);
	p = path->text.p;
	for (size_t i = 0; ok && i < f.n; i++, p += strlen(p) + 1)
		ok = strings_add(&path->folders, p);
	return ok;
}

void search_path_release(struct search_path *path)
{
	strings_release(&path->folders);
	buf_release(&path->text);
}

static int is_plugin(const struct dirent *d)
{
	const struct str name = str_of(d->d_name);

	return name.n > 4 && name.p[0] != '.' && str_ends(name, STR_LIT(".lua"));
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

void search_path_each(const struct search_path *path, bool (*visit)(void *user, const char *folder, const char *name),
		      void *user)
{
	bool going = true;

	for (size_t i = 0; going && i < path->folders.n; i++) {
		struct dirent **names;
		const int n = scandir(path->folders.items[i], &names, is_plugin, by_bytes);
		if (n < 0)
			continue;
		for (int k = 0; k < n; k++) {
			char *name = names[k]->d_name;
			name[strlen(name) - 4] = '\0';
			going = going && visit(user, path->folders.items[i], name);
			free(names[k]);
		}
		free(names);
	}
}

/* ----------------------------------------------------------- engine and walk */

/* An encoding that no document can have is wrong usage, not a failure of each. */
static bool encoding_check(quern *q, const struct options *options, quern_error *error)
{
	quern_doc_options o = QUERN_DOC_OPTIONS_INIT;
	quern_doc *doc = NULL;
	quern_code code;

	if (!options->encoding)
		return true;
	o.path = "--encoding";
	o.encoding = options->encoding;
	code = quern_doc_parse(q, "", 0, &o, &doc, error);
	quern_doc_unref(doc);
	return code == QUERN_OK;
}

quern *engine_open(struct cli *cli, const struct options *options, const struct engine_use *use)
{
	const struct search_path *path = use ? use->path : NULL;
	quern_config config = QUERN_CONFIG_INIT;
	quern_error error;
	quern *q = NULL;

	config.plugin_path = path ? path->folders.items : NULL;
	config.plugin_path_count = path ? path->folders.n : 0;
	config.time_limit = options->time_limit;
	config.memory_limit = options->memory_limit;
	config.unsafe_html = options->unsafe;
	config.unknown_encoding = use ? use->unknown_encoding : NULL;
	config.unknown_encoding_user = use ? use->unknown_encoding_user : NULL;
	config.read_file = use && use->files ? bundle_read : NULL;
	config.read_file_user = use ? use->files : NULL;
	config.host_ticks = use && use->files && ticker_make(&cli->ticker);
	if (quern_new(&config, &q, &error) == QUERN_OK && encoding_check(q, options, &error)) {
		ticker_start(&cli->ticker, q);
		return q;
	}
	report_quern_error(&cli->report, &error);
	engine_close(cli, q);
	return NULL;
}

void engine_close(struct cli *cli, quern *q)
{
	ticker_stop(&cli->ticker);
	quern_free(q);
}

void confinement_tell(struct cli *cli, unsigned missing)
{
	const char *text = confine_missing_text(missing);

	if (text)
		report_diagnostic(&cli->report, NULL,
				  &(quern_diagnostic){ .severity = QUERN_WARNING, .message = text });
}

struct corpus *corpus_of(struct cli *cli, const struct options *options, size_t first, bool twice)
{
	static const char *const standard_input[] = { "-" };
	const bool any = options->operands.n > first, lines = options->input_ndjson && options->files_from.n == 0;
	const struct corpus_options o = { .paths = any ? options->operands.items + first : standard_input,
					  .n_paths = any ? options->operands.n - first : lines,
					  .wanted = { options->include.items, options->include.n,
						      options->exclude.items, options->exclude.n },
					  .lists = options->files_from.items,
					  .n_lists = options->files_from.n,
					  .nul = options->nul,
					  .ndjson = options->input_ndjson,
					  .regular_files = twice };
	struct corpus *corpus = corpus_open(&alloc_libc, &o);

	if (!corpus)
		report_error(&cli->report, NULL, NULL, "out of memory");
	return corpus;
}

/* ---------------------------------------------------------- standard output */

struct sink *stdout_open(struct cli *cli)
{
	struct sink_error error;
	struct sink *sink;

	if (sink_open(&sink, &alloc_libc, NULL, &error) == SINK_OK && sink_begin(sink, "", "", &error) == SINK_OK)
		return sink;
	report_sink_error(&cli->report, &error);
	sink_close(sink);
	return NULL;
}

quern_code stdout_piece(void *sink, const char *bytes, size_t len)
{
	return sink_write(sink, bytes, len) ? QUERN_OK : QUERN_IO;
}

enum status stdout_close(struct cli *cli, struct sink *sink, enum status status)
{
	struct sink_error error;

	if (sink_end(sink, true, &error) != SINK_OK) {
		report_sink_error(&cli->report, &error);
		status = STATUS_OUTPUT;
	}
	sink_close(sink);
	return status;
}
