/*
 * record_source.c - the source of a record: the bytes given, and those that
 * follow if anybody asks for them, as clean UTF-8; where its front matter
 * ends; lines and columns in it.
 *
 * Of a document that comes by parts the beginning is kept as it is while it
 * tells all that is asked for; the whole then takes its place, for good.
 */
#include "doc/record_priv.h"

#include "base/bytes.h"
#include "base/utf8.h"
#include "doc/dialect.h"
#include "doc/encoding.h"
#include "doc/sniff.h"

void record_release_rest(struct record *r)
{
	if (r->rest.release)
		r->rest.release(r->rest.user);
	r->rest.release = NULL;
}

static uint32_t line_at(struct str s, size_t offset)
{
	uint32_t line = 1;
	const char *p = s.p, *end = s.p + offset;

	while (p < end && (p = memchr(p, '\n', (size_t)(end - p)))) {
		line++;
		p++;
	}
	return line;
}

static uint32_t column_at(struct str s, size_t offset)
{
	const char *newline = offset ? memrchr(s.p, '\n', offset) : NULL;

	return (uint32_t)(offset - (newline ? (size_t)(newline + 1 - s.p) : 0)) + 1;
}

/* The bytes as clean UTF-8 in *out; *changed is false, and *out empty, when they are clean already. */
static enum record_status decode(struct record *r, struct str bytes, const struct record_options *options,
				 struct buf *out, bool *changed)
{
	enum doc_format format = options->format;
	const char *encoding = options->encoding;
	struct buf converted;
	char declared[32];
	size_t n_bad = 0, first = 0;
	enum record_status status = RECORD_OK;

	if (!encoding && encoding_is_clean(bytes))
		return RECORD_OK; /* nearly every document: looked through once */
	buf_init(&converted, &r->heap, 0);
	if (!encoding && utf8_check(bytes) != bytes.n) {
		if (format == FORMAT_AUTO)
			format = sniff_format(r->path, bytes);
		if (sniff_charset(bytes, format == FORMAT_HTML, declared))
			encoding = declared;
	}
	if (encoding) {
		enum encoding_status s = encoding_convert(&converted, bytes, encoding, &n_bad);
		if (s == ENCODING_UNKNOWN && options->unknown_encoding)
			options->unknown_encoding(options->unknown_encoding_user, encoding);
		if (s != ENCODING_OK && (s == ENCODING_NOMEM || encoding != declared)) {
			status = s == ENCODING_NOMEM ? RECORD_NOMEM : RECORD_BAD_ENCODING;
			goto done;
		}
		if (s == ENCODING_OK) {
			bytes = buf_str(&converted);
			*changed = true; /* to nothing, when there is a byte order mark alone */
		}
		if (n_bad)
			diags_add(&r->diags, SEVERITY_WARNING, 0, 0, NULL,
				  "%zu bytes are no characters of %s and became U+FFFD", n_bad, encoding);
	}
	if (!encoding_is_clean(bytes)) {
		n_bad = encoding_clean(out, bytes, &first);
		*changed = true;
		if (n_bad && bytes.p != converted.p)
			diags_add(&r->diags, SEVERITY_WARNING, line_at(bytes, first), column_at(bytes, first),
				  "name the encoding of the file with --encoding",
				  "not UTF-8: %zu bad %s became U+FFFD, the first one here", n_bad,
				  n_bad == 1 ? "byte" : "bytes");
	} else if (bytes.p == converted.p) {
		buf_adds(out, bytes);
	}
	if (!buf_ok(out))
		status = RECORD_NOMEM;
done:
	buf_release(&converted);
	return status;
}

static void find_front_matter(struct record *r)
{
	bool bom = str_starts(r->source, STR_LIT("\xEF\xBB\xBF"));

	r->fm = (struct frontmatter){ .body = bom ? 3 : 0 };
	if (!(r->parts & DIALECT_FRONT_MATTER))
		return;
	r->fm = frontmatter_find(r->source);
	if (r->fm.syntax == FRONTMATTER_NONE && r->fm.body == 0 && bom)
		r->fm.body = 3;
	if (r->fm.unterminated)
		diags_add(&r->diags, SEVERITY_WARNING, 1, 1,
			  "end the front matter with a line of the same three characters",
			  "front matter begins here but never ends: it is read as text");
}

/*
 * Whether the beginning tells all that is asked for before the body: it is
 * Markdown, UTF-8 so far, and its front matter ends in it, or there is none.
 */
static bool beginning_suffices(const struct record *r, struct str bytes, const struct record_options *options)
{
	const bool bom = str_starts(bytes, STR_LIT("\xEF\xBB\xBF"));
	const char *newline = bytes.n ? memrchr(bytes.p, '\n', bytes.n) : NULL;
	const size_t lines = newline ? (size_t)(newline + 1 - bytes.p) : 0;

	if (options->encoding || lines <= 3 || (r->format != FORMAT_MARKDOWN && r->format != FORMAT_COMMONMARK) ||
	    !encoding_is_clean((struct str){ bytes.p, lines }))
		return false;
	struct frontmatter fm = { .syntax = FRONTMATTER_NONE };
	if (r->parts & DIALECT_FRONT_MATTER)
		fm = frontmatter_find((struct str){ bytes.p, lines });
	if (fm.syntax == FRONTMATTER_NONE)
		return !strchr("-+{", bytes.p[bom ? 3 : 0]);
	return fm.body < lines || (lines < bytes.n && !strchr(" \t\r\n", bytes.p[lines]));
}

/* The bytes given, cleaned, become the source. */
static enum record_status source_take(struct record *r, struct str bytes, const struct record_options *options)
{
	struct buf clean;
	bool changed = false;
	enum record_status status;

	buf_init(&clean, &r->heap, 0);
	status = decode(r, bytes, options, &clean, &changed);
	if (status == RECORD_OK && changed) { /* changed: the digest is of what was given */
		digest_hex(bytes, r->digest);
		atomic_store_explicit(&r->digest_done, true, memory_order_relaxed);
		bytes = buf_str(&clean);
	}
	if (status == RECORD_OK) {
		r->source = arena_str(&r->arena, bytes);
		status = r->source.p ? RECORD_OK : RECORD_NOMEM;
	}
	buf_release(&clean);
	return status;
}

/* The bytes given and those that follow. */
static enum record_status rest_take(struct record *r, struct str first, const struct record_options *options)
{
	struct buf all;
	enum record_status status;

	buf_init(&all, &r->heap, 0);
	buf_adds(&all, first);
	status = buf_ok(&all) ? r->rest.read(r->rest.user, &all) : RECORD_NOMEM;
	record_release_rest(r);
	if (status == RECORD_OK && !record_fits(&r->limits, all.n))
		status = RECORD_TOO_LARGE;
	if (status == RECORD_OK)
		status = source_take(r, buf_str(&all), options);
	buf_release(&all);
	return status;
}

enum record_status record_read_source(struct record *r, struct str bytes, const struct record_options *options)
{
	enum record_status status;

	if (options->rest) {
		r->format = options->format == FORMAT_AUTO ? sniff_format(r->path, STR_EMPTY) : options->format;
		r->parts = dialect_parts(r->format, options->with, options->without);
		if (beginning_suffices(r, bytes, options)) {
			r->source = arena_str(&r->arena, bytes);
			find_front_matter(r);
			return r->source.p ? RECORD_OK : RECORD_NOMEM;
		}
	}
	status = options->rest ? rest_take(r, bytes, options) : source_take(r, bytes, options);
	if (status != RECORD_OK)
		return status;
	atomic_store_explicit(&r->whole_done, true, memory_order_relaxed);
	r->format = options->format == FORMAT_AUTO ? sniff_format(r->path, r->source) : options->format;
	r->parts = dialect_parts(r->format, options->with, options->without);
	find_front_matter(r);
	return RECORD_OK;
}

void record_read_whole(struct record *r)
{
	const struct record_options options = { .path = r->path, .format = r->format, .limits = r->limits };

	r->failed = rest_take(r, r->source, &options);
}

/* -------------------------------------------------------------- positions */

/* Without them positions are counted each time. */
static void read_lines(struct record *r)
{
	size_t n;

	r->lines = bytes_lines(&r->arena, r->source, &n);
	r->n_lines = r->lines ? (uint32_t)n : 0;
}

void record_position(struct record *r, uint32_t offset, uint32_t *line, uint32_t *column)
{
	if (r->like) {
		record_position(r->like, offset, line, column);
		return;
	}
	record_whole(r);
	record_once(r, &r->lines_done, read_lines);
	if (offset > r->source.n)
		offset = (uint32_t)r->source.n;
	if (!r->lines) {
		*line = line_at(r->source, offset);
		*column = column_at(r->source, offset);
		return;
	}
	uint32_t low = 0, high = r->n_lines;
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;
		if (r->lines[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	*line = low + 1;
	*column = offset - r->lines[low] + 1;
}

uint32_t record_line(struct record *r, uint32_t node)
{
	const struct tree *t = record_tree(r);
	uint32_t line, column;

	if (!t || node >= t->n_nodes || (t->nodes[node].flags & NODE_NO_SPAN))
		return 0;
	record_position(r, t->nodes[node].from, &line, &column);
	return line;
}
