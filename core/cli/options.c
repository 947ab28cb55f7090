/*
 * options.c - see options.h.
 */
#include "cli/options.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/suggest.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/instant.h"

bool strings_add(struct strings *s, const char *item)
{
	const char **grown = mem_grow(&alloc_libc, s->items, &s->cap, s->n + 1, sizeof *s->items);

	if (!grown)
		return false;
	s->items = grown;
	s->items[s->n++] = item;
	return true;
}

void strings_release(struct strings *s)
{
	mem_free(&alloc_libc, s->items, s->cap * sizeof *s->items);
	*s = (struct strings){ 0 };
}

void options_release(struct options *o)
{
	strings_release(&o->operands);
	strings_release(&o->to);
	strings_release(&o->set);
	strings_release(&o->plugin_path);
	strings_release(&o->include);
	strings_release(&o->exclude);
	strings_release(&o->files_from);
}

/* ------------------------------------------------------------------- table */

static const struct arg_option table[] = {
	{ OPTION_TO, 't', "to", "FORMAT", "format of the result" },
	{ OPTION_OUTPUT, 'o', "output", "PATH",
	  "write to a file, or into a folder (a PATH that ends in '/' or is one)" },
	{ OPTION_SET, 's', "set", "KEY=VALUE",
	  "set an option of the plugin; =@FILE takes the content of a file, =@@ means =@" },
	{ OPTION_SCHEMA, 0, "schema", "FILE", "the JSON Schema, written in JSON or YAML" },
	{ OPTION_COUNT, 'c', "count", NULL, "print only the number of matches of each document" },
	{ OPTION_FILES, 'l', "files-with-matches", NULL, "print only the paths of documents with a match" },
	{ OPTION_FROM, 0, "from", "FORMAT",
	  "auto (default), markdown, commonmark, html, text; parts of the dialect are switched as in\n                            markdown-tables or commonmark+footnotes" },
	{ OPTION_ENCODING, 0, "encoding", "NAME",
	  "encoding of the documents (default UTF-8, or what an HTML page declares)" },
	{ OPTION_UNSAFE, 0, "unsafe", NULL, "let raw HTML and any URL scheme through to HTML output" },
	{ OPTION_FILES_FROM, 0, "files-from", "FILE",
	  "take paths from this file, one a line, too; - for standard input" },
	{ OPTION_NUL, '0', "null", NULL, "paths of --files-from end with NUL, as of find -print0" },
	{ OPTION_INPUT_NDJSON, 0, "input-ndjson", NULL,
	  "paths (default: standard input) hold lines of JSON, {\"path\", \"text\"} a document" },
	{ OPTION_INCLUDE, 0, "include", "GLOB",
	  "in folders and archives take files that match, instead of the known suffixes" },
	{ OPTION_EXCLUDE, 0, "exclude", "GLOB", "in folders and archives leave out what matches" },
	{ OPTION_PLUGIN_PATH, 0, "plugin-path", "DIR", "look for plugins here first; may be given again" },
	{ OPTION_SHARD, 0, "shard", "I/N", "map the I-th of N equal parts of the documents (default 1/1)" },
	{ OPTION_JOBS, 'j', "jobs", "N", "number of worker processes (default: the processors this process may use)" },
	{ OPTION_CACHE, 0, "cache", "DIR",
	  "keep what documents come to in this folder (default: the user's cache folder)" },
	{ OPTION_NO_CACHE, 0, "no-cache", NULL, "keep nothing and use nothing of earlier runs" },
	{ OPTION_PARANOID, 0, "paranoid", NULL, "trust no time stamp: read every document and compare its digest" },
	{ OPTION_FAIL_FAST, 0, "fail-fast", NULL, "stop at the first error" },
	{ OPTION_TIME_LIMIT, 0, "time-limit", "S", "seconds for one call of a plugin function (default 10)" },
	{ OPTION_MEMORY_LIMIT, 0, "memory-limit", "M", "bytes for a plugin's Lua heap, with K, M or G (default 256M)" },
	{ OPTION_NOW, 0, "now", "INSTANT",
	  "the time plugins see, as 2024-11-30T10:20:00Z (default: today, 00:00 UTC)" },
	{ OPTION_PROGRESS, 0, "progress", "WHEN", "auto (default: on a terminal), always, never" },
	{ OPTION_STATS, 0, "stats", "json[=FILE]",
	  "figures of the run at its end, on standard error or in a file: times, slowest and failed documents" },
	{ OPTION_WATCH, 0, "watch", NULL, "run again whenever a document or the plugin changes, until interrupted" },
	{ OPTION_DIAGNOSTICS, 0, "diagnostics", "FORMAT",
	  "text (default) or json, one object a line, on standard error" },
	{ OPTION_HELP, 'h', "help", NULL, "print this help" },
};

static bool command_takes(const struct command *command, int id)
{
	for (const enum option_id *p = command->options; *p != OPTION_NONE; p++)
		if ((int)*p == id)
			return true;
	return false;
}

/* ------------------------------------------------------------------ values */

static bool wrong(struct report *r, const struct arg *arg, const char *hint)
{
	report_error(r, NULL, hint, "--%s does not take '%.200s'", arg->option->name, arg->value);
	return false;
}

static bool take_from(struct options *o, const struct arg *arg, struct report *r)
{
	quern_error error;

	if (quern_format_read(arg->value, &o->from, &error) == QUERN_OK)
		return true;
	return wrong(r, arg, error.hint);
}

static bool take_jobs(struct options *o, const struct arg *arg, struct report *r)
{
	char *end;
	const unsigned long n = strtoul(arg->value, &end, 10);

	if (*arg->value < '0' || *arg->value > '9' || *end || n < 1 || n > 1024)
		return wrong(r, arg, "a number from 1 to 1024");
	o->jobs = (unsigned)n;
	return true;
}

static bool take_shard(struct options *o, const struct arg *arg, struct report *r)
{
	char *slash, *end;
	const unsigned long i = strtoul(arg->value, &slash, 10);
	const unsigned long n = *slash == '/' && slash[1] >= '0' && slash[1] <= '9' ? strtoul(slash + 1, &end, 10) : 0;

	if (*arg->value < '0' || *arg->value > '9' || n < 1 || *end || i < 1 || i > n || n > 1000000)
		return wrong(r, arg, "1/8, 2/8 and so on up to 8/8");
	o->shard = (unsigned)i;
	o->shards = (unsigned)n;
	return true;
}

static bool take_time_limit(struct options *o, const struct arg *arg, struct report *r)
{
	char *end;
	const double s = strtod(arg->value, &end);

	if (end == arg->value || *end || !isfinite(s) || s <= 0)
		return wrong(r, arg, "seconds, more than 0, as 2 or 0.5");
	o->time_limit = s;
	return true;
}

static unsigned shift_of(const char *unit)
{
	static const char letters[] = "KMG";
	const char *at = *unit ? strchr(letters, *unit & ~0x20) : NULL;

	if (!*unit)
		return 0;
	if (!at || (unit[1] && !(unit[1] == 'i' && unit[2] == 'B' && !unit[3]) && !(unit[1] == 'B' && !unit[2])))
		return UINT32_MAX;
	return 10 * (unsigned)(at - letters + 1);
}

static bool take_memory_limit(struct options *o, const struct arg *arg, struct report *r)
{
	char *unit;
	const unsigned long long n = strtoull(arg->value, &unit, 10);
	const unsigned shift = shift_of(unit);

	if (*arg->value < '0' || *arg->value > '9' || shift == UINT32_MAX || n == 0 || n > SIZE_MAX >> shift)
		return wrong(r, arg, "bytes, as 67108864, 65536K, 64M or 1G");
	o->memory_limit = (size_t)n << shift;
	return true;
}

static bool take_now(struct options *o, const struct arg *arg, struct report *r)
{
	return instant_read(arg->value, o->now) ||
	       wrong(r, arg, "an ISO 8601 instant, as 2024-11-30T10:20:00Z or 2024-11-30T19:20:00+09:00");
}

static bool take_progress(const struct arg *arg, struct report *r)
{
	if (strcmp(arg->value, "auto") == 0)
		r->progress = r->terminal;
	else if (strcmp(arg->value, "always") == 0)
		r->progress = true;
	else if (strcmp(arg->value, "never") == 0)
		r->progress = false;
	else
		return wrong(r, arg, "auto, always or never");
	return true;
}

static bool take_diagnostics(const struct arg *arg, struct report *r)
{
	if (strcmp(arg->value, "text") != 0 && strcmp(arg->value, "json") != 0)
		return wrong(r, arg, "text or json");
	r->json = strcmp(arg->value, "json") == 0;
	return true;
}

static bool take_stats(struct options *o, const struct arg *arg, struct report *r)
{
	const bool has_file = strncmp(arg->value, "json=", 5) == 0 && arg->value[5];

	if (!has_file && strcmp(arg->value, "json") != 0)
		return wrong(r, arg, "json, or json=FILE");
	o->stats = true;
	o->stats_file = has_file ? arg->value + 5 : NULL;
	return true;
}

static bool take_string(struct strings *s, const struct arg *arg, struct report *r)
{
	if (strings_add(s, arg->value))
		return true;
	report_error(r, NULL, NULL, "out of memory");
	return false;
}

static bool take(struct options *o, const struct arg *arg, struct report *r)
{
	switch ((enum option_id)arg->option->id) {
	case OPTION_TO:
		return take_string(&o->to, arg, r);
	case OPTION_SET:
		return take_string(&o->set, arg, r);
	case OPTION_PLUGIN_PATH:
		return take_string(&o->plugin_path, arg, r);
	case OPTION_INCLUDE:
		return take_string(&o->include, arg, r);
	case OPTION_EXCLUDE:
		return take_string(&o->exclude, arg, r);
	case OPTION_OUTPUT:
		o->output = arg->value;
		return *arg->value || wrong(r, arg, "a file, or a folder as DIR/");
	case OPTION_SCHEMA:
		o->schema = arg->value;
		return *arg->value || wrong(r, arg, "a file");
	case OPTION_ENCODING:
		o->encoding = arg->value;
		return *arg->value || wrong(r, arg, "a name, as EUC-KR");
	case OPTION_FROM:
		return take_from(o, arg, r);
	case OPTION_FILES_FROM:
		return (*arg->value || wrong(r, arg, "a file, or - for standard input")) &&
		       take_string(&o->files_from, arg, r);
	case OPTION_NUL:
		o->nul = true;
		return true;
	case OPTION_INPUT_NDJSON:
		o->input_ndjson = true;
		return true;
	case OPTION_SHARD:
		return take_shard(o, arg, r);
	case OPTION_JOBS:
		return take_jobs(o, arg, r);
	case OPTION_TIME_LIMIT:
		return take_time_limit(o, arg, r);
	case OPTION_MEMORY_LIMIT:
		return take_memory_limit(o, arg, r);
	case OPTION_NOW:
		return take_now(o, arg, r);
	case OPTION_PROGRESS:
		return take_progress(arg, r);
	case OPTION_DIAGNOSTICS:
		return take_diagnostics(arg, r);
	case OPTION_STATS:
		return take_stats(o, arg, r);
	case OPTION_WATCH:
		o->watch = true;
		return true;
	case OPTION_COUNT:
		o->count = true;
		return true;
	case OPTION_FILES:
		o->files = true;
		return true;
	case OPTION_UNSAFE:
		o->unsafe = true;
		return true;
	case OPTION_FAIL_FAST:
		o->fail_fast = true;
		return true;
	case OPTION_CACHE:
		o->cache = arg->value;
		return *arg->value || wrong(r, arg, "a folder");
	case OPTION_NO_CACHE:
		o->no_cache = true;
		return true;
	case OPTION_PARANOID:
		o->paranoid = true;
		return true;
	case OPTION_HELP:
	case OPTION_NONE:
		break;
	}
	return true;
}

/* ----------------------------------------------------------------- reading */

/* A name known elsewhere gets no suggestion, a near one of this command does. */
static void tell_unknown(struct report *r, const struct command *command, const struct arg *arg)
{
	const bool is_long = arg->text[0] == '-' && arg->text[1] == '-';
	struct suggestion s;
	char hint[160];

	suggest_init(&s, arg->name);
	for (size_t i = 0; is_long && i < sizeof table / sizeof table[0]; i++)
		if (command_takes(command, table[i].id))
			suggest_try(&s, table[i].name);
	if (s.best[0])
		snprintf(hint, sizeof hint, "did you mean --%s?", s.best);
	else
		snprintf(hint, sizeof hint,
			 "`quern %s --help` lists its options; a path that begins with '-' goes after '--'",
			 command->name);
	report_error(r, NULL, hint, "quern %s has no option %s%s", command->name, is_long ? "--" : "-", arg->name);
}

static bool tell_wrong(struct report *r, const struct command *command, const struct arg *arg)
{
	char hint[160] = "";

	switch (arg->kind) {
	case ARG_UNKNOWN:
		tell_unknown(r, command, arg);
		return false;
	case ARG_NO_VALUE:
		snprintf(hint, sizeof hint, "write --%s %s", arg->option->name, arg->option->value);
		report_error(r, NULL, hint, "--%s needs a value", arg->option->name);
		return false;
	case ARG_UNWANTED_VALUE:
		report_error(r, NULL, NULL, "--%s takes no value", arg->option->name);
		return false;
	case ARG_SHORT_EQUALS:
		snprintf(hint, sizeof hint, "write -%c %s or --%s=%s", arg->option->letter, arg->option->value,
			 arg->option->name, arg->option->value);
		report_error(r, NULL, hint, "'=' does not belong after -%c", arg->option->letter);
		return false;
	case ARG_OPTION:
	case ARG_OPERAND:
	case ARG_END:
		break;
	}
	return true;
}

/* The options of one command, as a table of its own. */
static size_t table_of(const struct command *command, struct arg_option *out)
{
	size_t n = 0;

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		if (command_takes(command, table[i].id))
			out[n++] = table[i];
	return n;
}

enum options_result options_read(struct options *o, const struct command *command, char **argv, struct report *report)
{
	struct arg_option own[sizeof table / sizeof table[0]];
	struct args args;
	struct arg arg;

	*o = (struct options){ .from = QUERN_DOC_OPTIONS_INIT, .shard = 1, .shards = 1 };
	report->progress = report->terminal && command_takes(command, OPTION_PROGRESS);
	args_init(&args, own, table_of(command, own), argv);
	for (arg = args_next(&args); arg.kind != ARG_END; arg = args_next(&args)) {
		bool ok;
		if (arg.kind == ARG_OPTION && arg.option->id == OPTION_HELP)
			return OPTIONS_HELP;
		if (arg.kind == ARG_OPTION)
			ok = take(o, &arg, report);
		else if (arg.kind == ARG_OPERAND)
			ok = take_string(&o->operands, &arg, report);
		else
			ok = tell_wrong(report, command, &arg);
		if (!ok)
			return OPTIONS_WRONG;
	}
	return OPTIONS_OK;
}

bool options_name_documents(const struct options *o, size_t first, struct report *r)
{
	if (o->nul && o->files_from.n == 0) {
		report_error(r, NULL, "as in `find . -name '*.md' -print0 | quern show --files-from - -0`",
			     "-0 speaks of --files-from, which is not given");
		return false;
	}
	if (o->input_ndjson && o->encoding) {
		report_error(r, NULL, NULL, "--encoding has no meaning with --input-ndjson: JSON is UTF-8");
		return false;
	}
	if (o->operands.n > first || o->files_from.n > 0 || o->input_ndjson)
		return true;
	report_error(r, NULL, "name files, a folder, or - for standard input", "no document is named");
	return false;
}

void options_describe(struct buf *out, const enum option_id *ids)
{
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		const struct arg_option *t = &table[i];
		const size_t from = out->n;
		bool takes = false;

		for (const enum option_id *p = ids; *p != OPTION_NONE; p++)
			takes = takes || (int)*p == t->id;
		if (!takes)
			continue;
		if (t->letter)
			buf_addf(out, "  -%c, --%s", t->letter, t->name);
		else
			buf_addf(out, "      --%s", t->name);
		if (t->value)
			buf_addf(out, " %s", t->value);
		const size_t width = out->n - from, column = 28;
		if (width + 2 > column)
			buf_addf(out, "\n%*s%s\n", (int)column, "", t->help);
		else
			buf_addf(out, "%*s%s\n", (int)(column - width), "", t->help);
	}
}
