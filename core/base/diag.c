/*
 * diag.c - diagnostics kept, and written as text or JSON.
 *
 * Provides the list that readers of documents fill and the two forms that
 * people and programs read.  What is printed cannot steer a terminal,
 * whatever a document or a plugin put into it.  Knows no streams.
 */
#include "base/diag.h"

#include "base/utf8.h"

void diags_init(struct diags *d, struct arena *arena)
{
	*d = (struct diags){ .arena = arena };
}

/*
 * The list is full: its last place says so, as grave as the gravest of those
 * it stands for, so that no error is forgotten.
 */
static void count_dropped(struct diags *d, enum severity severity)
{
	struct diag *last = &d->items[DIAGS_MAX - 1];
	enum severity gravest = last->severity > severity ? last->severity : severity;

	*last = (struct diag){ .severity = gravest, .message = "more diagnostics follow, which are not kept" };
}

void diags_add(struct diags *d, enum severity severity, uint32_t line, uint32_t column, const char *hint,
	       const char *format, ...)
{
	struct diag *items;
	char *message;
	va_list args;

	if (d->n == DIAGS_MAX) {
		count_dropped(d, severity);
		return;
	}
	items = arena_grow(d->arena, d->items, &d->cap, d->n + 1, sizeof(*items));
	if (!items) {
		d->lost = true;
		return;
	}
	d->items = items;
	va_start(args, format);
	message = arena_vprintf(d->arena, format, args);
	va_end(args);
	if (!message) {
		d->lost = true;
		message = "(out of memory for this message)";
	}
	items[d->n++] =
		(struct diag){ .severity = severity, .line = line, .column = column, .message = message, .hint = hint };
}

bool diags_has_error(const struct diags *d)
{
	for (size_t i = 0; i < d->n; i++) {
		if (d->items[i].severity == SEVERITY_ERROR)
			return true;
	}
	return false;
}

const char *severity_name(enum severity s)
{
	static const char *const names[] = { "note", "warning", "error" };

	return (unsigned)s < sizeof(names) / sizeof(names[0]) ? names[s] : "error";
}

/* Characters that make a terminal or a reader see another order of text than there is. */
static bool is_bidi_control(uint32_t cp)
{
	return cp == 0x061C || cp == 0x200E || cp == 0x200F || (cp >= 0x202A && cp <= 0x202E) ||
	       (cp >= 0x2066 && cp <= 0x2069);
}

static bool is_steering(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || cp == 0x2028 || cp == 0x2029 || is_bidi_control(cp);
}

static void escape_bytes(struct buf *out, const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_addf(out, "\\x%02x", (unsigned)(unsigned char)p[i]);
}

static void escape_char(struct buf *out, const char *p, uint32_t cp)
{
	if (cp == '\n')
		buf_addz(out, "\\n");
	else if (cp == '\t')
		buf_addz(out, "\\t");
	else if (cp < 0x80)
		escape_bytes(out, p, 1);
	else
		buf_addf(out, "\\u{%04X}", (unsigned)cp);
}

void diag_escape(struct buf *out, struct str s)
{
	size_t done = 0, i = 0;

	while (i < s.n) {
		uint32_t cp;
		bool ok;
		size_t length = utf8_decode_strict(s.p + i, s.p + s.n, &cp, &ok);

		if (!ok || is_steering(cp)) {
			buf_add(out, s.p + done, i - done);
			if (ok)
				escape_char(out, s.p + i, cp);
			else
				escape_bytes(out, s.p + i, length);
			done = i + length;
		}
		i += length;
	}
	if (done < s.n)
		buf_add(out, s.p + done, s.n - done);
}

/* "path:line:column: ", as far as they are known. */
static void format_place(struct buf *out, struct str path, const struct diag *d)
{
	if (path.n > 0) {
		diag_escape(out, path);
		buf_addc(out, ':');
	}
	if (d->line > 0) {
		buf_add_int(out, d->line);
		buf_addc(out, ':');
	}
	if (d->line > 0 && d->column > 0) {
		buf_add_int(out, d->column);
		buf_addc(out, ':');
	}
	if (path.n > 0 || d->line > 0)
		buf_addc(out, ' ');
}

void diag_format(struct buf *out, struct str path, const struct diag *d)
{
	format_place(out, path, d);
	buf_addz(out, severity_name(d->severity));
	buf_addz(out, ": ");
	diag_escape(out, str_of(d->message));
	buf_addc(out, '\n');
	if (d->hint) {
		buf_addz(out, "  hint: ");
		diag_escape(out, str_of(d->hint));
		buf_addc(out, '\n');
	}
}
