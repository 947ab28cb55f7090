/*
 * cmd_list.c - quern list: the plugins there are, with formats and options.
 */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "cli/cli.h"
#include "cli/setup.h"
#include "run/cell.h"

/* What loading a plugin may take; its budget inside is smaller. */
enum { CELL_SECONDS = 30 };
static const size_t cell_memory = (size_t)1 << 30;

struct list {
	struct cli *cli;
	quern *q;
	const struct options *options;
	const struct search_path *path;
	struct bundle files; /* of the plugin at hand */
	struct sink *out;
	struct strings seen; /* names; the first folder wins */
	struct buf line;
	bool json;
	bool failed;
};

static bool is_seen(const struct list *l, const char *name)
{
	for (size_t i = 0; i < l->seen.n; i++)
		if (strcmp(l->seen.items[i], name) == 0)
			return true;
	return false;
}

static void add_string(struct buf *out, const quern_value *v)
{
	size_t n;
	const char *s = quern_value_string(v, &n);

	diag_escape(out, (struct str){ s, n });
}

static quern_code add_piece(void *user, const char *bytes, size_t len)
{
	buf_add(user, bytes, len);
	return QUERN_OK;
}

static void add_option(struct buf *out, const quern_value *option)
{
	const quern_value *fallback = quern_value_get(option, "default");

	buf_addz(out, "    -s ");
	add_string(out, quern_value_get(option, "name"));
	buf_addz(out, "=");
	add_string(out, quern_value_get(option, "type"));
	if (quern_value_kind(fallback) != QUERN_NULL_VALUE) {
		buf_addz(out, " (default ");
		quern_value_to_json(fallback, add_piece, out);
		buf_addz(out, ")");
	}
	if (quern_value_get(option, "help")) {
		buf_addz(out, "  ");
		add_string(out, quern_value_get(option, "help"));
	}
	buf_addc(out, '\n');
}

static void add_text(struct buf *out, const quern_value *manifest)
{
	const quern_value *formats = quern_value_get(manifest, "formats");
	const quern_value *options = quern_value_get(manifest, "options");

	add_string(out, quern_value_get(manifest, "name"));
	buf_addz(out, " - ");
	add_string(out, quern_value_get(manifest, "summary"));
	buf_addz(out, "\n    -t");
	for (size_t i = 0; i < quern_value_count(formats); i++) {
		buf_addz(out, i ? ", " : " ");
		add_string(out, quern_value_at(formats, i));
	}
	buf_addc(out, '\n');
	for (size_t i = 0; i < quern_value_count(options); i++)
		add_option(out, quern_value_at(options, i));
}

/* {"path":...} followed by the manifest's own members. */
static void add_json(struct buf *out, const quern_value *manifest, const char *path)
{
	buf_addz(out, "{\"path\":");
	json_write_string(out, str_of(path));
	for (size_t i = 0; i < quern_value_count(manifest); i++) {
		size_t n;
		const char *key = quern_value_key(manifest, i, &n);
		if (n == 4 && memcmp(key, "path", 4) == 0)
			continue;
		buf_addc(out, ',');
		json_write_string(out, (struct str){ key, n });
		buf_addc(out, ':');
		quern_value_to_json(quern_value_at(manifest, i), add_piece, out);
	}
	buf_addz(out, "}\n");
}

struct description {
	struct list *list;
	const char *path;
};

/* In a process of its own: the plugin's chunk runs. */
static int describe(void *user, unsigned missing, bool (*write)(void *to, const char *bytes, size_t n), void *to)
{
	const struct description *d = user;
	struct list *l = d->list;
	struct cli *cli = l->cli;
	quern_plugin *plugin;
	quern_error error;
	quern *q;

	if (l->seen.n == 1)
		confinement_tell(cli, missing);
	q = engine_open(cli, l->options, &(struct engine_use){ .path = l->path, .files = &l->files });
	if (!q)
		return STATUS_FAILED;
	if (quern_plugin_load(q, d->path, &plugin, &error) != QUERN_OK) {
		report_quern_error(&cli->report, &error);
		return STATUS_FAILED;
	}
	if (l->json)
		add_json(&l->line, quern_plugin_manifest(plugin), quern_plugin_path(plugin));
	else
		add_text(&l->line, quern_plugin_manifest(plugin));
	return buf_ok(&l->line) && write(to, l->line.p, l->line.n) ? STATUS_OK : STATUS_FAILED;
}

static bool plugin_describe(struct list *l, const char *path)
{
	struct description d = { l, path };
	const struct cell cell = { &d, { cell_memory, CELL_SECONDS, 16 }, describe };
	const char *message;
	quern_error error;
	int status;

	bundle_init(&l->files, &alloc_libc);
	buf_clear(&l->line);
	if (bundle_add_plugin(&l->files, l->q, path, &error) != QUERN_OK) {
		report_quern_error(&l->cli->report, &error);
		status = STATUS_FAILED;
	} else {
		status = cell_run(&cell, &l->line, &message);
		if (status < 0)
			report_error(&l->cli->report, path, NULL, "the plugin ended its process: %s", message);
	}
	bundle_release(&l->files);
	l->failed = l->failed || status != STATUS_OK;
	return buf_ok(&l->line) && (status != STATUS_OK || sink_write(l->out, l->line.p, l->line.n));
}

static bool list_one(void *user, const char *folder, const char *name)
{
	struct list *l = user;
	const size_t size = strlen(name) + 1;
	char *copy, path[4096];

	if (is_seen(l, name))
		return true;
	copy = mem_new(&alloc_libc, size);
	if (!copy || !strings_add(&l->seen, memcpy(copy, name, size))) {
		mem_free(&alloc_libc, copy, size);
		return false;
	}
	if (snprintf(path, sizeof path, "%s/%s.lua", folder, name) >= (int)sizeof path)
		return true;
	return plugin_describe(l, path);
}

static bool format_check(struct cli *cli, const struct options *o, bool *json)
{
	const char *to = o->to.n ? o->to.items[o->to.n - 1] : "text";

	*json = strcmp(to, "json") == 0;
	if (*json || strcmp(to, "text") == 0)
		return true;
	report_error(&cli->report, NULL, "text or json", "no format '%.100s'", to);
	return false;
}

static enum status list_all(struct list *l, const struct search_path *path)
{
	struct cli *cli = l->cli;

	l->out = stdout_open(cli);
	if (!l->out)
		return STATUS_OUTPUT;
	buf_init(&l->line, &alloc_libc, 0);
	search_path_each(path, list_one, l);
	buf_release(&l->line);
	for (size_t i = 0; i < l->seen.n; i++)
		mem_free(&alloc_libc, (char *)l->seen.items[i], strlen(l->seen.items[i]) + 1);
	strings_release(&l->seen);
	return stdout_close(cli, l->out, l->failed ? STATUS_FAILED : STATUS_OK);
}

static enum status run(struct cli *cli, const struct options *o)
{
	struct search_path path;
	struct list list = { .cli = cli, .options = o, .path = &path };
	enum status status = STATUS_USAGE;

	if (!format_check(cli, o, &list.json))
		return STATUS_USAGE;
	if (o->operands.n) {
		report_error(&cli->report, NULL, NULL, "quern list takes no operand, but got '%.200s'",
			     o->operands.items[0]);
		return STATUS_USAGE;
	}
	if (!search_path_make(&path, cli, o))
		report_error(&cli->report, NULL, NULL, "out of memory");
	else
		list.q = engine_open(cli, o, &(struct engine_use){ .path = &path });
	if (list.q)
		status = list_all(&list, &path);
	engine_close(cli, list.q);
	search_path_release(&path);
	return status;
}

static const enum option_id takes[] = { OPTION_TO, OPTION_PLUGIN_PATH, OPTION_DIAGNOSTICS, OPTION_HELP, OPTION_NONE };

const struct command command_list = {
	.name = "list",
	.synopsis = "list",
	.summary = "print the plugins there are, with their formats and options",
	.details = "FORMAT is text (default) or json, one line a plugin.  A plugin that does not load is\n"
		   "told on standard error and makes the exit code 1.\n",
	.options = takes,
	.run = run,
};
