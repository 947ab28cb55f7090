/*
 * watching.c - see watching.h.
 *
 * Folders are watched before each run, so that a change during it leads to the
 * next one; the cache makes that one cheap.
 */
#include "cli/watching.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/setup.h"
#include "run/stop.h"
#include "run/watch.h"

/* Where a plugin and the modules beside it are. */
static bool plugin_folder_add(struct watch *w, const char *folder)
{
	char lib[4096];
	const int n = snprintf(lib, sizeof lib, "%s/lib/.", folder);

	return watch_add(w, folder, false) && (n < 0 || (size_t)n >= sizeof lib || watch_add(w, lib, true));
}

/* PLUGIN operands that are paths: the folder each is in. */
static bool named_plugins_add(struct watch *w, const char *operand)
{
	bool ok = true;

	while (ok && *operand) {
		const size_t n = strcspn(operand, ",");
		char folder[4096] = ".";
		const char *slash = memrchr(operand, '/', n);
		if (slash && (size_t)(slash - operand) < sizeof folder - 1) {
			const size_t length = slash == operand ? 1 : (size_t)(slash - operand);
			memcpy(folder, operand, length);
			folder[length] = '\0';
		}
		if (n > 4 && memcmp(operand + n - 4, ".lua", 4) == 0)
			ok = plugin_folder_add(w, folder);
		operand += n + (operand[n] == ',');
	}
	return ok;
}

static bool folders_add(struct watch *w, struct cli *cli, const struct options *o)
{
	struct search_path path;
	bool ok = search_path_make(&path, cli, o);

	for (size_t i = 0; ok && i < path.folders.n; i++)
		ok = plugin_folder_add(w, path.folders.items[i]);
	search_path_release(&path);
	ok = ok && named_plugins_add(w, o->operands.items[0]);
	for (size_t i = 1; ok && i < o->operands.n; i++)
		ok = watch_add(w, o->operands.items[i], true);
	for (size_t i = 0; ok && i < o->files_from.n; i++)
		ok = watch_add(w, o->files_from.items[i], false);
	return ok;
}

/* What can be read but once cannot be run again; what a run writes must not lead to the next. */
static bool can_watch(struct cli *cli, const struct options *o)
{
	for (size_t i = 1; i < o->operands.n; i++) {
		char documents[4096], output[4096];
		if (strcmp(o->operands.items[i], "-") == 0) {
			report_error(&cli->report, NULL, "name files and folders",
				     "--watch cannot read standard input again");
			return false;
		}
		if (!o->output || !realpath(o->operands.items[i], documents) || !realpath(o->output, output))
			continue;
		const size_t n = strlen(output);
		if (strncmp(documents, output, n) == 0 && (documents[n] == '/' || documents[n] == '\0')) {
			report_error(&cli->report, o->output, "write to another folder with -o DIR/",
				     "--watch cannot watch what it writes");
			return false;
		}
	}
	return true;
}

enum status watching_run(struct cli *cli, const struct options *options,
			 enum status (*once)(struct cli *cli, const struct options *options))
{
	struct watch *w;
	enum status status = STATUS_USAGE;

	stop_install();
	if (!can_watch(cli, options))
		return status;
	w = watch_open(&alloc_libc);
	do {
		if (w && options->output)
			watch_except(w, options->output);
		if (!w || !folders_add(w, cli, options)) {
			report_error(&cli->report, NULL, "see fs.inotify.max_user_watches",
				     "the folders cannot be watched: %s", strerror(errno));
			break;
		}
		report_begin(&cli->report);
		status = once(cli, options);
	} while (watch_wait(w));
	watch_close(w);
	return stop_signal() ? (enum status)(STATUS_SIGNAL + stop_signal()) : STATUS_FAILED;
}
