/*
 * wire.c - see wire.h.
 */
#include "run/wire.h"

#include <string.h>

/* ----------------------------------------------------------------- writing */

size_t wire_begin(struct buf *to, enum wire_kind kind)
{
	const struct wire_header h = { (uint32_t)kind, 0, 0 };
	const size_t at = to->n;

	buf_add(to, &h, sizeof h);
	return at;
}

void wire_end(struct buf *to, size_t frame)
{
	const uint64_t size = to->n - frame - sizeof(struct wire_header);

	if (buf_ok(to))
		memcpy(to->p + frame + offsetof(struct wire_header, size), &size, sizeof size);
}

void wire_put_number(struct buf *to, uint64_t n)
{
	buf_add(to, &n, sizeof n);
}

void wire_put_str(struct buf *to, struct str s)
{
	wire_put_number(to, s.n);
	buf_adds(to, s);
	buf_addc(to, '\0');
}

void wire_put_string(struct buf *to, const char *s)
{
	wire_put_number(to, s != NULL);
	if (s)
		wire_put_str(to, str_of(s));
}

/* ----------------------------------------------------------------- reading */

static const char *take(struct wire_reader *r, uint64_t n)
{
	const char *p = r->at;

	if (r->failed || n > (uint64_t)(r->end - r->at)) {
		r->failed = true;
		return NULL;
	}
	r->at += n;
	return p;
}

uint64_t wire_number(struct wire_reader *r)
{
	const char *p = take(r, sizeof(uint64_t));
	uint64_t n = 0;

	if (p)
		memcpy(&n, p, sizeof n);
	return n;
}

struct str wire_str(struct wire_reader *r)
{
	const uint64_t n = wire_number(r);
	const char *p = n < WIRE_FRAME_MAX ? take(r, n + 1) : NULL;

	if (!p || p[n] != '\0') {
		r->failed = true;
		return (struct str){ NULL, 0 };
	}
	return (struct str){ p, n };
}

const char *wire_string(struct wire_reader *r)
{
	struct str s;

	if (!wire_number(r))
		return NULL;
	s = wire_str(r);
	if (s.p && strlen(s.p) != s.n)
		r->failed = true;
	return r->failed ? NULL : s.p;
}

bool wire_done(const struct wire_reader *r)
{
	return !r->failed && r->at == r->end;
}

size_t wire_frame(struct str bytes, enum wire_kind *kind, struct wire_reader *payload)
{
	struct wire_header h;

	if (bytes.n < sizeof h)
		return 0;
	memcpy(&h, bytes.p, sizeof h);
	if (h.kind < WIRE_READY || h.kind > WIRE_UNPACKED || h.reserved || h.size > WIRE_FRAME_MAX)
		return SIZE_MAX;
	if (bytes.n - sizeof h < h.size)
		return 0;
	*kind = (enum wire_kind)h.kind;
	*payload = (struct wire_reader){ bytes.p + sizeof h, bytes.p + sizeof h + h.size, false };
	return sizeof h + h.size;
}

/* ---------------------------------------------------------------- outcomes */

static void put_finding(struct buf *to, const struct finding *f)
{
	wire_put_number(to, (uint64_t)f->severity);
	wire_put_number(to, f->plugin);
	wire_put_number(to, f->line);
	wire_put_number(to, f->column);
	wire_put_number(to, f->is_log);
	wire_put_string(to, f->path);
	wire_put_string(to, f->document);
	wire_put_string(to, f->phase);
	wire_put_string(to, f->code);
	wire_put_string(to, f->message);
	wire_put_string(to, f->hint);
	wire_put_string(to, f->traceback);
}

void wire_put_outcome(struct buf *to, const struct outcome *o)
{
	wire_put_number(to, o->ordinal);
	wire_put_number(to, o->took);
	wire_put_string(to, o->path);
	wire_put_string(to, o->digest);
	wire_put_number(to, o->failed);
	wire_put_number(to, o->lost);
	wire_put_number(to, o->reads_format);
	wire_put_number(to, o->n_findings);
	for (size_t i = 0; i < o->n_findings; i++)
		put_finding(to, &o->findings[i]);
	wire_put_number(to, o->n_files);
	for (size_t i = 0; i < o->n_files; i++) {
		wire_put_number(to, o->files[i].plugin);
		wire_put_string(to, o->files[i].path);
		wire_put_str(to, o->files[i].bytes);
	}
	wire_put_number(to, o->n_values);
	for (size_t i = 0; i < o->n_values; i++) {
		wire_put_number(to, o->values[i].failed);
		wire_put_number(to, o->values[i].took);
		wire_put_number(to, o->values[i].json.p != NULL);
		wire_put_str(to, o->values[i].json);
	}
}

/* An index of a plugin of this run, or none. */
static size_t plugin_index(struct wire_reader *r, size_t n_plugins, bool none_allowed)
{
	const uint64_t i = wire_number(r);

	if (i == (uint64_t)NO_PLUGIN && none_allowed)
		return NO_PLUGIN;
	if (i >= n_plugins)
		r->failed = true;
	return (size_t)i;
}

static void read_finding(struct wire_reader *r, struct finding *f, size_t n_plugins)
{
	const uint64_t severity = wire_number(r);

	if (severity > SEVERITY_ERROR)
		r->failed = true;
	f->severity = (enum severity)severity;
	f->plugin = plugin_index(r, n_plugins, true);
	f->line = (uint32_t)wire_number(r);
	f->column = (uint32_t)wire_number(r);
	f->is_log = wire_number(r) != 0;
	f->path = wire_string(r);
	f->document = wire_string(r);
	f->phase = wire_string(r);
	f->code = wire_string(r);
	f->message = wire_string(r);
	f->hint = wire_string(r);
	f->traceback = wire_string(r);
	if (!f->path || !f->message)
		r->failed = true;
}

/* Room for as many items as the payload says there are; each takes at least 8 bytes of it. */
static void *room(struct wire_reader *r, struct outcome *o, size_t *n, size_t item)
{
	const uint64_t count = wire_number(r);
	void *items;

	if (count > (uint64_t)(r->end - r->at) / 8)
		r->failed = true;
	if (r->failed || count == 0)
		return NULL;
	items = arena_alloc_zero(&o->arena, (size_t)count * item);
	if (!items)
		r->failed = true;
	*n = items ? (size_t)count : 0;
	return items;
}

static void read_values(struct wire_reader *r, struct outcome *o, size_t n_plugins)
{
	o->values = room(r, o, &o->n_values, sizeof *o->values);
	if (o->n_values > n_plugins)
		r->failed = true;
	for (size_t i = 0; !r->failed && i < o->n_values; i++) {
		o->values[i].failed = wire_number(r) != 0;
		o->values[i].took = wire_number(r);
		const bool there = wire_number(r) != 0;
		o->values[i].json = wire_str(r);
		if (!there)
			o->values[i].json = (struct str){ NULL, 0 };
	}
}

bool wire_outcome(struct wire_reader *r, struct outcome *o, size_t n_plugins)
{
	outcome_start(o, 0, NULL, 0);
	o->ordinal = wire_number(r);
	o->took = wire_number(r);
	o->path = wire_string(r);
	o->digest = wire_string(r);
	o->failed = wire_number(r) != 0;
	o->lost = wire_number(r) != 0;
	o->reads_format = wire_number(r) != 0;
	o->findings = room(r, o, &o->n_findings, sizeof *o->findings);
	for (size_t i = 0; !r->failed && i < o->n_findings; i++)
		read_finding(r, &o->findings[i], n_plugins);
	o->findings_cap = o->n_findings;
	o->files = room(r, o, &o->n_files, sizeof *o->files);
	o->files_cap = o->n_files;
	for (size_t i = 0; !r->failed && i < o->n_files; i++) {
		o->files[i].plugin = plugin_index(r, n_plugins, false);
		o->files[i].path = wire_string(r);
		o->files[i].bytes = wire_str(r);
		if (!o->files[i].path)
			r->failed = true;
	}
	read_values(r, o, n_plugins);
	return wire_done(r);
}

bool wire_outcome_reuse(char *bytes, size_t n, uint64_t ordinal)
{
	const uint64_t head[2] = { ordinal, OUTCOME_KEPT };

	if (n < sizeof head)
		return false;
	memcpy(bytes, head, sizeof head);
	return true;
}
