/*
 * plugins.c - see plugins.h.
 *
 * A bare key or format speaks to every plugin that knows it, PLUGIN.KEY and
 * PLUGIN=FORMAT to one.
 */
#include "cli/plugins.h"

#include <stdio.h>
#include <string.h>

#include "base/suggest.h"

/* -------------------------------------------------------------------- load */

static bool suggest_name(void *user, const char *folder, const char *name)
{
	(void)folder;
	suggest_try(user, name);
	return true;
}

static void tell_not_loaded(struct cli *cli, const struct search_path *path, const char *name, quern_error *error)
{
	struct suggestion near;

	if (error->code == QUERN_NOT_FOUND && !strchr(name, '/')) {
		suggest_init(&near, name);
		search_path_each(path, suggest_name, &near);
		if (near.best[0])
			snprintf(error->hint, sizeof error->hint, "did you mean '%s'?", near.best);
		else if (!error->hint[0])
			snprintf(error->hint, sizeof error->hint, "`quern list` shows what there is");
	}
	report_quern_error(&cli->report, error);
}

static bool plugins_grow(struct plugins *p)
{
	size_t items_cap = p->cap, names_cap = p->cap;
	quern_plugin **items = mem_grow(&alloc_libc, p->items, &items_cap, p->n + 1, sizeof *p->items);

	if (!items)
		return false;
	p->items = items;
	const char **names = mem_grow(&alloc_libc, p->names, &names_cap, p->n + 1, sizeof *p->names);
	if (!names)
		return false;
	p->names = names;
	p->cap = items_cap;
	return true;
}

static bool already_there(const struct plugins *p, const char *name)
{
	for (size_t i = 0; i < p->n; i++)
		if (strcmp(p->names[i], name) == 0)
			return true;
	return false;
}

static bool load_one(struct plugins *p, struct cli *cli, quern *q, const char *name)
{
	quern_plugin *plugin;
	quern_error error;

	if (quern_plugin_load(q, name, &plugin, &error) != QUERN_OK) {
		report_quern_error(&cli->report, &error);
		return false;
	}
	if (already_there(p, quern_plugin_name(plugin))) {
		report_error(&cli->report, quern_plugin_path(plugin), NULL, "two plugins of the name '%s' in one run",
			     quern_plugin_name(plugin));
	} else if (plugins_grow(p)) {
		p->names[p->n] = quern_plugin_name(plugin);
		p->items[p->n++] = plugin;
		return true;
	} else {
		report_error(&cli->report, NULL, NULL, "out of memory");
	}
	quern_plugin_free(plugin);
	return false;
}

/* The next name of a list; false at its end or, told, where it is too long. */
static bool name_next(struct cli *cli, const char **list, char name[4096], bool *ok)
{
	const size_t n = *list ? strcspn(*list, ",") : 0;

	*ok = true;
	if (!*list)
		return false;
	if (n >= 4096) {
		report_error(&cli->report, NULL, NULL, "the name of a plugin is too long");
		*ok = false;
		return false;
	}
	memcpy(name, *list, n);
	name[n] = '\0';
	*list = (*list)[n] ? *list + n + 1 : NULL;
	return true;
}

static bool gather_one(struct bundle *files, struct cli *cli, quern *q, const struct search_path *path,
		       const char *name)
{
	quern_error error;

	if (!*name) {
		report_error(&cli->report, NULL, "separate plugins by one comma: summary,timeline",
			     "an empty name in the list of plugins");
		return false;
	}
	if (bundle_add_plugin(files, q, name, &error) == QUERN_OK)
		return true;
	tell_not_loaded(cli, path, name, &error);
	return false;
}

static bool gather_settings(struct bundle *files, struct cli *cli, const struct strings *set)
{
	for (size_t i = 0; i < set->n; i++) {
		const char *value = strchr(set->items[i], '=');
		if (!value || value[1] != '@' || value[2] == '@' || bundle_add_file(files, value + 2, (size_t)64 << 20))
			continue;
		report_error(&cli->report, value + 2, NULL, "out of memory");
		return false;
	}
	return true;
}

bool plugins_gather(struct bundle *files, struct cli *cli, quern *q, const struct search_path *path, const char *list,
		    const struct strings *set)
{
	char name[4096];
	bool ok;

	while (name_next(cli, &list, name, &ok))
		if (!gather_one(files, cli, q, path, name))
			return false;
	return ok && gather_settings(files, cli, set);
}

bool plugins_load(struct plugins *p, struct cli *cli, quern *q, const struct bundle *files, const char *list)
{
	char name[4096];
	bool ok;

	*p = (struct plugins){ .files = files };
	while (name_next(cli, &list, name, &ok))
		if (!load_one(p, cli, q, name))
			return false;
	cli->report.plugins = p->names;
	return ok;
}

/* --------------------------------------------------------------- configure */

/* "NAME<separator>REST" where NAME is one of the run: its index and REST; else NO_PLUGIN and the text itself. */
static size_t addressee(const struct plugins *p, const char *text, char separator, const char **rest)
{
	for (size_t i = 0; i < p->n; i++) {
		const size_t n = strlen(p->names[i]);
		if (strncmp(text, p->names[i], n) == 0 && text[n] == separator) {
			*rest = text + n + 1;
			return i;
		}
	}
	*rest = text;
	return NO_PLUGIN;
}

/* The format asked of one plugin, or NULL. */
static const char *format_for(const struct plugins *p, size_t plugin, const struct options *o)
{
	const char *format = NULL;

	for (size_t i = 0; i < o->to.n; i++) {
		const char *rest;
		const size_t to = addressee(p, o->to.items[i], '=', &rest);
		if (to == plugin || to == NO_PLUGIN)
			format = rest;
	}
	return format;
}

static bool formats_check(const struct plugins *p, struct cli *cli, const struct options *o)
{
	for (size_t i = 0; i < o->to.n; i++) {
		const char *rest;
		if (addressee(p, o->to.items[i], '=', &rest) == NO_PLUGIN && strchr(rest, '=')) {
			report_error(&cli->report, NULL, "write -t PLUGIN=FORMAT with a plugin of this run",
				     "-t %.200s names a plugin that is not run", rest);
			return false;
		}
	}
	return true;
}

static bool declares(const quern_plugin *plugin, const char *key, size_t len)
{
	const quern_value *list = quern_value_get(quern_plugin_manifest(plugin), "options");

	for (size_t i = 0; i < quern_value_count(list); i++) {
		size_t n;
		const char *name = quern_value_string(quern_value_get(quern_value_at(list, i), "name"), &n);
		if (n == len && memcmp(name, key, len) == 0)
			return true;
	}
	return false;
}

/* Whether a setting is for this plugin.  With one plugin all are: it says itself what is wrong with a key. */
static bool setting_is_for(const struct plugins *p, size_t plugin, const char *setting, const char **key)
{
	const size_t to = addressee(p, setting, '.', key);

	if (to != NO_PLUGIN)
		return to == plugin;
	return p->n == 1 || declares(p->items[plugin], *key, strcspn(*key, "="));
}

/* Settings of the right shape that at least one plugin takes. */
static bool settings_check(const struct plugins *p, struct cli *cli, const struct options *o)
{
	for (size_t i = 0; i < o->set.n; i++) {
		const char *setting = o->set.items[i];
		const char *key;
		bool taken = false;

		if (!strchr(setting, '=') || setting[0] == '=') {
			report_error(&cli->report, NULL, "write -s KEY=VALUE", "-s %.200s sets nothing", setting);
			return false;
		}
		for (size_t k = 0; k < p->n; k++)
			taken = taken || setting_is_for(p, k, setting, &key);
		if (!taken) {
			report_error(&cli->report, NULL, "`quern list` shows the options of each plugin",
				     "none of these plugins has the option '%.*s'", (int)strcspn(setting, "="),
				     setting);
			return false;
		}
	}
	return true;
}

static bool set_from_file(const struct plugins *p, struct cli *cli, quern_value *map, const char *key, const char *file)
{
	const struct bundle_file *f = bundle_find(p->files, file);
	const enum file_status status = f ? f->status : FILE_MISSING;

	if (status == FILE_OK)
		return quern_value_set_string(map, key, f->bytes.p, f->bytes.n) == QUERN_OK;
	report_error(&cli->report, file, "a value that begins with @ names a file; @@ stands for a plain @", "%s",
		     file_status_text(status));
	return false;
}

static bool set_one(const struct plugins *p, struct cli *cli, quern_value *map, const char *setting)
{
	const char *value = strchr(setting, '=') + 1;
	char key[256];
	const size_t n = (size_t)(value - setting) - 1;

	if (n >= sizeof key) {
		report_error(&cli->report, NULL, NULL, "the key of -s %.60s... is too long", setting);
		return false;
	}
	memcpy(key, setting, n);
	key[n] = '\0';
	if (value[0] == '@' && value[1] != '@')
		return set_from_file(p, cli, map, key, value + 1);
	if (value[0] == '@')
		value++;
	return quern_value_set_string(map, key, value, strlen(value)) == QUERN_OK;
}

static bool configure_one(const struct plugins *p, size_t plugin, struct cli *cli, quern *q, const struct options *o,
			  const char *now)
{
	quern_value *map;
	quern_error error;
	bool ok = quern_value_new_map(q, &map) == QUERN_OK;

	for (size_t i = 0; ok && i < o->set.n; i++) {
		const char *setting;
		if (setting_is_for(p, plugin, o->set.items[i], &setting))
			ok = set_one(p, cli, map, setting);
	}
	if (ok && quern_plugin_configure(p->items[plugin], map, format_for(p, plugin, o), now, &error) != QUERN_OK) {
		if (!error.path[0])
			snprintf(error.path, sizeof error.path, "%s", quern_plugin_path(p->items[plugin]));
		report_quern_error(&cli->report, &error);
		ok = false;
	}
	quern_value_free(map);
	return ok;
}

bool plugins_configure(struct plugins *p, struct cli *cli, quern *q, const struct options *options, const char *now)
{
	if (!formats_check(p, cli, options) || !settings_check(p, cli, options))
		return false;
	for (size_t i = 0; i < p->n; i++)
		if (!configure_one(p, i, cli, q, options, now))
			return false;
	return true;
}
