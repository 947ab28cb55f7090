/*
 * partial_read.c - lines of a partial in: a look at how one begins, and whole.
 */
#include "run/partial.h"

#include <string.h>

#include "base/json.h"

/* -------------------------------------------------------------------- look */

static bool skip(struct str *s, const char *text)
{
	const struct str prefix = str_of(text);

	if (!str_starts(*s, prefix))
		return false;
	*s = (struct str){ s->p + prefix.n, s->n - prefix.n };
	return true;
}

static bool skip_number(struct str *s, uint64_t *out)
{
	size_t i = 0;

	for (*out = 0; i < s->n && i < 18 && s->p[i] >= '0' && s->p[i] <= '9'; i++)
		*out = *out * 10 + (uint64_t)(s->p[i] - '0');
	*s = (struct str){ s->p + i, s->n - i };
	return i > 0;
}

static bool skip_bool(struct str *s, const char *key, bool *out)
{
	*out = false;
	if (!skip(s, key))
		return false;
	*out = skip(s, "true,");
	return *out || skip(s, "false,");
}

/* The sum is right; what follows it goes to *rest. */
static bool is_sealed(struct str line, struct str *rest)
{
	const size_t hex = PARTIAL_SUM_SIZE - 1;
	char sum[PARTIAL_SUM_SIZE];
	struct str own;

	*rest = line;
	if (!skip(rest, "{\"sum\":\"") || rest->n < hex)
		return false;
	own = (struct str){ rest->p, hex };
	*rest = (struct str){ rest->p + hex, rest->n - hex };
	if (!skip(rest, "\","))
		return false;
	partial_sum(rest, 1, sum);
	return str_eqz(own, sum);
}

static enum partial_kind look_document(struct str rest, struct partial_line *l)
{
	const size_t hex = PARTIAL_SUM_SIZE - 1;

	if (!skip_number(&rest, &l->ordinal) || !skip(&rest, ",\"key\":\"") || rest.n < hex)
		return PARTIAL_NONSENSE;
	l->key = (struct str){ rest.p, hex };
	rest = (struct str){ rest.p + hex, rest.n - hex };
	return skip(&rest, "\",") && skip_bool(&rest, "\"keep\":", &l->keep) &&
			       skip_bool(&rest, "\"failed\":", &l->failed) &&
			       skip_bool(&rest, "\"to\":", &l->reads_format)
		       ? PARTIAL_DOCUMENT
		       : PARTIAL_NONSENSE;
}

struct partial_line partial_look(struct str line)
{
	struct partial_line l = { .kind = PARTIAL_NONSENSE };
	struct str rest;

	if (!is_sealed(line, &rest))
		return l;
	if (skip(&rest, "\"ordinal\":"))
		l.kind = look_document(rest, &l);
	else if (skip(&rest, "\"problem\":"))
		l.kind = skip_number(&rest, &l.ordinal) ? PARTIAL_PROBLEM : PARTIAL_NONSENSE;
	else if (skip(&rest, "\"partial\":"))
		l.kind = PARTIAL_HEADER;
	else if (skip(&rest, "\"end\":"))
		l.kind = PARTIAL_FOOTER;
	return l;
}

/* ------------------------------------------------------------------- whole */

bool partial_read(struct arena *a, struct str line, struct value *out)
{
	struct json_error error;

	return json_read(a, line, out, &error) && out->kind == VALUE_MAP;
}

static int nibble(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool hex_read(struct arena *a, struct str hex, struct str *out)
{
	char *bytes = arena_alloc(a, hex.n / 2 + 1);

	if (!bytes || hex.n % 2)
		return false;
	for (size_t i = 0; i < hex.n; i += 2) {
		const int high = nibble(hex.p[i]), low = nibble(hex.p[i + 1]);
		if (high < 0 || low < 0)
			return false;
		bytes[i / 2] = (char)(high << 4 | low);
	}
	*out = (struct str){ bytes, hex.n / 2 };
	return true;
}

static bool get_bytes(struct arena *a, const struct value *map, const char *key, struct str *out)
{
	const struct value *v = value_getz(map, key), *hex;

	if (v && v->kind == VALUE_STRING) {
		*out = v->as.string;
		return true;
	}
	hex = v && v->kind == VALUE_MAP ? value_getz(v, "hex") : NULL;
	return hex && hex->kind == VALUE_STRING && hex_read(a, hex->as.string, out);
}

const char *partial_string(struct arena *a, const struct value *map, const char *key)
{
	struct str s;

	if (!get_bytes(a, map, key, &s) || memchr(s.p, '\0', s.n))
		return NULL;
	return arena_strz(a, s);
}

static uint64_t get_number(const struct value *map, const char *key, uint64_t otherwise)
{
	const struct value *v = value_getz(map, key);

	return v && v->kind == VALUE_INT && v->as.integer >= 0 ? (uint64_t)v->as.integer : otherwise;
}

static bool get_bool(const struct value *map, const char *key)
{
	const struct value *v = value_getz(map, key);

	return v && v->kind == VALUE_BOOL && v->as.boolean;
}

bool partial_problem(struct arena *a, struct str line, struct corpus_item *item)
{
	struct value v;

	if (!partial_read(a, line, &v))
		return false;
	*item = (struct corpus_item){ .kind = CORPUS_PROBLEM,
				      .path = partial_string(a, &v, "path"),
				      .severity = (enum severity)get_number(&v, "severity", SEVERITY_ERROR),
				      .line = (uint32_t)get_number(&v, "line", 0),
				      .message = partial_string(a, &v, "message"),
				      .hint = partial_string(a, &v, "hint") };
	return item->path && item->message && item->severity <= SEVERITY_ERROR;
}

/* ----------------------------------------------------------------- outcome */

/* A plugin of this run, or none where that may be. */
static bool get_plugin(const struct value *map, size_t n_plugins, bool none_allowed, size_t *out)
{
	*out = (size_t)get_number(map, "plugin", NO_PLUGIN);
	return *out < n_plugins || (none_allowed && *out == NO_PLUGIN);
}

static bool take_finding(struct outcome *o, struct arena *a, const struct value *v, size_t n_plugins)
{
	struct finding f = { .severity = (enum severity)get_number(v, "severity", SEVERITY_ERROR),
			     .path = partial_string(a, v, "path"),
			     .document = partial_string(a, v, "document"),
			     .phase = partial_string(a, v, "phase"),
			     .code = partial_string(a, v, "code"),
			     .line = (uint32_t)get_number(v, "line", 0),
			     .column = (uint32_t)get_number(v, "column", 0),
			     .message = partial_string(a, v, "message"),
			     .hint = partial_string(a, v, "hint"),
			     .traceback = partial_string(a, v, "traceback"),
			     .is_log = get_bool(v, "log") };

	/* Literals where outcomes are made, so not copied there. */
	f.phase = f.phase ? arena_strz(&o->arena, str_of(f.phase)) : NULL;
	f.code = f.code ? arena_strz(&o->arena, str_of(f.code)) : NULL;
	if (!f.path || !f.message || f.severity > SEVERITY_ERROR || !get_plugin(v, n_plugins, true, &f.plugin))
		return false;
	outcome_find(o, &f);
	return true;
}

static bool take_file(struct outcome *o, struct arena *a, const struct value *v, size_t n_plugins)
{
	const char *path = partial_string(a, v, "path");
	struct str bytes;
	size_t plugin;

	return path && get_bytes(a, v, "text", &bytes) && get_plugin(v, n_plugins, false, &plugin) &&
	       outcome_file(o, plugin, path, bytes);
}

static bool take_list(struct outcome *o, struct arena *a, const struct value *map, const char *key, size_t n_plugins,
		      bool (*take)(struct outcome *, struct arena *, const struct value *, size_t))
{
	const struct value *list = value_getz(map, key);

	if (!list)
		return true;
	for (size_t i = 0; list->kind == VALUE_LIST && i < list->as.list.n; i++)
		if (!take(o, a, &list->as.list.items[i], n_plugins))
			return false;
	return list->kind == VALUE_LIST;
}

/* The raw values that follow "value": or "values":[ and end the line. */
static bool take_values(struct outcome *o, const struct value *sizes, struct str raw)
{
	for (size_t i = 0; i < o->n_values; i++) {
		const struct value *v = &sizes->as.list.items[i];
		const size_t n = v->kind == VALUE_INT && v->as.integer > 0 ? (size_t)v->as.integer : 0;
		struct str json = { raw.p, n };

		if (n == 0 || n > raw.n)
			return false;
		if (!str_eqz(json, "null")) {
			o->values[i].json = arena_str(&o->arena, json);
			if (!o->values[i].json.p)
				o->lost = o->failed = o->values[i].failed = true;
		}
		raw = (struct str){ raw.p + n, raw.n - n };
		if (i + 1 < o->n_values && !skip(&raw, ","))
			return false;
	}
	return raw.n == 0;
}

/* Where the line's last member begins, at its comma; NULL: there is none. */
static const char *values_find(struct str line, struct str *raw)
{
	/* A quote inside a string is escaped, so the first such name is the member's. */
	const char *sizes = memmem(line.p, line.n, "\"sizes\":[", 9);
	const char *end = sizes ? memchr(sizes, ']', (size_t)(line.p + line.n - sizes)) : NULL;

	if (!end)
		return NULL;
	*raw = str_slice(end + 1, line.p + line.n);
	const bool several = !skip(raw, ",\"value\":");
	const struct str last = several ? STR_LIT("]}") : STR_LIT("}");
	if ((several && !skip(raw, ",\"values\":[")) || !str_ends(*raw, last))
		return NULL;
	raw->n -= last.n;
	return end + 1;
}

/* Everything but the values, as a text of its own. */
static bool outcome_read(struct outcome *o, struct arena *a, const struct corpus_item *item, size_t n_plugins)
{
	struct str raw;
	const char *end = values_find(item->text, &raw);
	const struct value *sizes;
	const char *path;
	struct value v;
	struct buf head;
	bool ok;

	if (!end)
		return false;
	buf_init(&head, a->heap, 0);
	buf_adds(&head, str_slice(item->text.p, end));
	buf_addc(&head, '}');
	ok = buf_ok(&head) && partial_read(a, buf_str(&head), &v);
	buf_release(&head);
	if (!ok)
		return false;
	path = partial_string(a, &v, "path");
	sizes = value_getz(&v, "sizes");
	if (!path || !sizes || sizes->kind != VALUE_LIST || !outcome_start(o, item->ordinal, path, n_plugins))
		return false;
	if (sizes->as.list.n == n_plugins) {
		if (!take_values(o, sizes, raw))
			return false;
	} else if (sizes->as.list.n != 0) { /* a document that was given up has none */
		return false;
	}
	if (!take_list(o, a, &v, "findings", n_plugins, take_finding) ||
	    !take_list(o, a, &v, "files", n_plugins, take_file))
		return false;
	if (get_bool(&v, "lost"))
		o->lost = o->failed = true;
	return true;
}

void partial_outcome(struct outcome *o, const struct corpus_item *item, size_t n_plugins)
{
	struct arena arena;

	arena_init(&arena, o->arena.heap, 0);
	if (!outcome_read(o, &arena, item, n_plugins) && outcome_start(o, item->ordinal, item->path, n_plugins))
		outcome_find(o, &(struct finding){ .severity = SEVERITY_ERROR,
						   .plugin = NO_PLUGIN,
						   .path = item->path,
						   .code = "invalid",
						   .line = item->line,
						   .message = "this line is not what a document came to" });
	arena_release(&arena);
}
