/*
 * plugin_gather.c - all the files that a plugin may read when it runs, found
 * without running it.
 *
 * Where the texts say which modules they require, these; where one may make up
 * a name, every module in the folders that require looks into.
 */
#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "lua/error.h"
#include "lua/plugin_private.h"
#include "lua/words.h"

/* Of all that lies in folders; what is beyond is not found by a name that is made up. */
enum { ENTRIES_MOST = 20000, MODULES_MOST = 10000 };
static const size_t bytes_most = (size_t)64 << 20;

struct gathering {
	const struct plugin_env *env;
	quern_file_fn each;
	void *user;
	quern_code code;
	bool is_open; /* a text may make up the name of a module */
};

static quern_code code_of(enum file_status status, bool outside)
{
	if (outside)
		return QUERN_DENIED;
	return status == FILE_OK ? QUERN_OK : status == FILE_NOMEM ? QUERN_NOMEM : QUERN_IO;
}

static bool hand_out(void *user, const char *path, enum file_status status, bool outside, struct str text)
{
	struct gathering *g = user;

	g->is_open = g->is_open || closure_is_open(text);
	g->code = g->each(g->user, path, code_of(status, outside), text.p, text.n);
	return g->code == QUERN_OK;
}

/* ------------------------------------------------------------------ folders */

/* Folders still to be looked into, below one that require looks into. */
struct descent {
	struct gathering *g;
	const char *folder;
	struct buf below; /* paths below it, each ended by a NUL; the first is "" */
	size_t entries, modules, bytes;
};

static bool is_word(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!words_is_letter(s.p[i]))
			return false;
	return s.n > 0;
}

static bool module_hand_out(struct descent *d, const char *file)
{
	char path[PATH_MAX];
	struct buf text;
	bool outside, going = true;
	enum file_status status;

	if (!files_module_path(path, d->folder, file) || ++d->modules > MODULES_MOST || d->bytes > bytes_most)
		return true;
	buf_init(&text, d->g->env->heap, 0);
	status = files_read_module(&d->g->env->files, &text, d->folder, path, &outside);
	d->bytes += text.n;
	if (status != FILE_MISSING || outside)
		going = hand_out(d->g, path, status, outside, buf_str(&text));
	buf_release(&text);
	return going;
}

/* An entry of the folder at `below`: a module is handed out, what may be a folder is looked into later. */
static bool entry_take(struct descent *d, const char *below, const char *name)
{
	const struct str s = str_of(name);
	const bool is_module = str_ends(s, STR_LIT(".lua")) && is_word((struct str){ s.p, s.n - 4 });
	char file[PATH_MAX];
	const int n = snprintf(file, sizeof file, "%s%s%s", below, *below ? "/" : "", name);

	if (n < 0 || (size_t)n >= sizeof file || ++d->entries > ENTRIES_MOST)
		return true;
	if (is_module)
		return module_hand_out(d, file);
	if (is_word(s) && n <= MODULE_NAME_MOST)
		buf_add(&d->below, file, (size_t)n + 1);
	return true;
}

static bool folder_look(struct descent *d, const char *below)
{
	char path[PATH_MAX];
	const struct dirent *e;
	bool going = true;
	DIR *dir;

	if (!files_module_path(path, *d->folder ? d->folder : ".", below) || !(dir = opendir(path)))
		return true;
	while (going && d->entries <= ENTRIES_MOST && (e = readdir(dir)))
		going = entry_take(d, below, e->d_name);
	closedir(dir);
	return going;
}

/* A loop of links ends with the length of names. */
static bool folder_descend(struct gathering *g, const char *folder)
{
	struct descent d = { .g = g, .folder = folder };
	bool going = true;

	buf_init(&d.below, g->env->heap, 0);
	buf_addc(&d.below, '\0');
	for (size_t at = 0; going && at < d.below.n; at += strlen(d.below.p + at) + 1) {
		char below[PATH_MAX];
		snprintf(below, sizeof below, "%s", d.below.p + at); /* the buffer may move */
		going = folder_look(&d, below);
	}
	if (going && !buf_ok(&d.below)) {
		g->code = QUERN_NOMEM;
		going = false;
	}
	buf_release(&d.below);
	return going;
}

/* ---------------------------------------------------------------------- all */

static void modules_gather(struct gathering *g, struct str source, const char *own)
{
	const char *folders[PLUGIN_FOLDERS_MOST];
	const size_t n = plugin_folders(g->env, own, folders);
	const struct closure_visitor visitor = { g, hand_out };
	struct closure closure;

	closure_init(&closure, g->env->heap);
	if (!closure_read(&closure, source, folders, n, &g->env->files, &visitor) && g->code == QUERN_OK)
		g->code = QUERN_NOMEM;
	for (size_t i = 0; g->is_open && !g->env->files.read && g->code == QUERN_OK && i < n; i++)
		folder_descend(g, folders[i]);
	closure_release(&closure);
}

quern_code plugin_gather(const struct plugin_env *env, const char *name_or_path, quern_file_fn each, void *user,
			 quern_error *error)
{
	struct gathering g = { .env = env, .each = each, .user = user };
	const char *path = NULL, *folder;
	struct arena arena;
	struct buf source;

	arena_init(&arena, env->heap, 0);
	buf_init(&source, env->heap, 0);
	quern_code code = plugin_find(env, name_or_path, &arena, &path, &source, error);
	if (code == QUERN_OK) {
		hand_out(&g, path, FILE_OK, false, buf_str(&source));
		folder = plugin_folder(&arena, path);
		if (g.code == QUERN_OK && folder)
			modules_gather(&g, buf_str(&source), folder);
		code = folder ? g.code : QUERN_NOMEM;
		if (code != QUERN_OK)
			error_fill(error, code, path, 0, NULL, "the files of the plugin cannot be gathered: %s",
				   quern_code_name(code));
	}
	buf_release(&source);
	arena_release(&arena);
	return code;
}
