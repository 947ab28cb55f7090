/*
 * quern_load.c - how documents come to be: from text, from a file, from an
 * open one, whole or the beginning first.
 *
 * Maps the public formats and options to those of doc/record.h, and what went
 * wrong there and in reading to errors.  What a document then tells is in
 * quern_doc.c.
 */
#include "quern_impl.h"

#include <unistd.h>

#include "base/file.h"
#include "doc/dialect.h"

static enum doc_format format_below(quern_format f)
{
	switch (f) {
	case QUERN_MARKDOWN:
		return FORMAT_MARKDOWN;
	case QUERN_COMMONMARK:
		return FORMAT_COMMONMARK;
	case QUERN_HTML:
		return FORMAT_HTML;
	case QUERN_TEXT:
		return FORMAT_TEXT;
	case QUERN_JSON_TREE:
		return FORMAT_JSON;
	case QUERN_AUTO:
		break;
	}
	return FORMAT_AUTO;
}

quern_code quern_format_read(const char *name, quern_doc_options *options, quern_error *error)
{
	const struct dialect_choice choice = dialect_read(str_of(name));
	static const quern_format above[] = {
		[FORMAT_AUTO] = QUERN_AUTO, [FORMAT_MARKDOWN] = QUERN_MARKDOWN, [FORMAT_COMMONMARK] = QUERN_COMMONMARK,
		[FORMAT_HTML] = QUERN_HTML, [FORMAT_TEXT] = QUERN_TEXT,         [FORMAT_JSON] = QUERN_JSON_TREE
	};

	error_clear(error);
	if (choice.wrong.n == 0 && *name) {
		options->format = above[choice.format];
		options->with = choice.with;
		options->without = choice.without;
		return QUERN_OK;
	}
	return fail(
		error, QUERN_INVALID, NULL,
		"auto, markdown, commonmark, html, text or json; the first three with +PART or -PART: front_matter, html, "
		"tables, strikethrough, tasks, autolinks, footnotes, attributes, definitions, abbreviations, templates",
		"no format '%.200s'", name);
}

const char *quern_format_name(quern_format f)
{
	return f == QUERN_AUTO ? "auto" : doc_format_name(format_below(f));
}

quern_code record_failure(const quern *q, enum record_status status, const char *path, const char *encoding,
			  quern_error *error)
{
	switch (status) {
	case RECORD_OK:
		return QUERN_OK;
	case RECORD_TOO_LARGE:
		return fail(error, QUERN_LIMIT, path, NULL,
			    "the document is over a hard limit (%zu bytes of source, %u nodes)", q->limits.max_bytes,
			    q->limits.max_nodes);
	case RECORD_BAD_ENCODING:
		return fail(error, QUERN_INVALID, path, "`iconv -l` lists the names this system knows",
			    "unknown encoding '%s'", encoding ? encoding : "");
	case RECORD_UNREADABLE:
		return fail(error, QUERN_IO, path, NULL, "the rest of the document cannot be read");
	case RECORD_NOMEM:
		break;
	}
	return fail(error, QUERN_NOMEM, path, NULL, "out of memory");
}

/* rest, or NULL, is taken over whatever comes. */
static quern_code doc_make(quern *q, struct str text, const quern_doc_options *options, const struct record_rest *rest,
			   quern_doc **out, quern_error *error)
{
	const quern_doc_options o = *options;
	enum record_status status;
	quern_doc *doc;

	const struct record_options below = { .path = o.path,
					      .format = format_below(o.format),
					      .encoding = o.encoding,
					      .limits = q->limits,
					      .unknown_encoding = q->unknown_encoding,
					      .unknown_encoding_user = q->unknown_encoding_user,
					      .with = o.with,
					      .without = o.without,
					      .rest = rest };
	doc = mem_new_zero(&q->heap, sizeof *doc);
	if (!doc) {
		if (rest)
			rest->release(rest->user);
		return fail(error, QUERN_NOMEM, o.path, NULL, "out of memory");
	}
	status = record_new(&q->heap, text, &below, &doc->record);
	if (status != RECORD_OK) {
		mem_free(&q->heap, doc, sizeof *doc);
		return record_failure(q, status, o.path, o.encoding, error);
	}
	doc->q = engine_ref(q);
	atomic_init(&doc->refs, 1);
	atomic_init(&doc->title, NULL);
	*out = doc;
	return QUERN_OK;
}

quern_code quern_doc_parse(quern *q, const char *text, size_t len, const quern_doc_options *options, quern_doc **out,
			   quern_error *error)
{
	quern_doc_options o = QUERN_DOC_OPTIONS_INIT;

	error_clear(error);
	*out = NULL;
	if (options_take(&o, sizeof o, options, "quern_doc_options", error) != QUERN_OK)
		return QUERN_INVALID;
	return doc_make(q, (struct str){ text ? text : "", len }, &o, NULL, out, error);
}

/* A file of which the beginning was read. */
struct open_file {
	struct alloc heap;
	size_t size, limit; /* size 0: not known for certain */
	int fd;
};

static enum record_status open_file_read(void *user, struct buf *all)
{
	const struct open_file *f = user;

	switch (file_read_rest(all, f->fd, f->size, f->limit)) {
	case FILE_OK:
		return RECORD_OK;
	case FILE_NOMEM:
		return RECORD_NOMEM;
	case FILE_TOO_LARGE:
		return RECORD_TOO_LARGE;
	default:
		return RECORD_UNREADABLE;
	}
}

static void open_file_release(void *user)
{
	struct open_file *f = user;
	const struct alloc heap = f->heap;

	close(f->fd);
	mem_free(&heap, f, sizeof *f);
}

/* The document of a file whose beginning is in bytes; fd is taken over. */
static quern_code doc_begin(quern *q, const struct buf *bytes, int fd, size_t size, const quern_doc_options *o,
			    quern_doc **out, quern_error *error)
{
	struct open_file *f = mem_new(&q->heap, sizeof *f);
	const struct record_rest rest = { f, open_file_read, open_file_release };

	if (!f) {
		close(fd);
		return fail(error, QUERN_NOMEM, o->path, NULL, "out of memory");
	}
	*f = (struct open_file){ q->heap, size, q->limits.max_bytes, fd };
	return doc_make(q, buf_str(bytes), o, &rest, out, error);
}

static quern_code file_failure(enum file_status status, const char *file, quern_error *error)
{
	switch (status) {
	case FILE_OK:
		return QUERN_OK;
	case FILE_MISSING:
		return fail(error, QUERN_NOT_FOUND, file, NULL, "%s", file_status_text(status));
	case FILE_TOO_LARGE:
		return fail(error, QUERN_LIMIT, file, NULL, "%s", file_status_text(status));
	case FILE_NOMEM:
		return fail(error, QUERN_NOMEM, file, NULL, "%s", file_status_text(status));
	case FILE_DENIED:
	case FILE_NOT_REGULAR:
	case FILE_IO:
		break;
	}
	return fail(error, QUERN_IO, file, NULL, "%s", file_status_text(status));
}

/* Whether the caller has looked at the file, and wants its beginning first. */
static bool is_by_parts(const quern *q, const quern_doc_options *o)
{
	return o->at_first && o->file_size && o->file_size <= q->limits.max_bytes;
}

/* The document of what was read, if it was; fd is -1 where that is all, and taken over.  Releases bytes. */
static quern_code doc_of_file(quern *q, enum file_status status, struct buf *bytes, int fd, size_t size,
			      const quern_doc_options *o, quern_doc **out, quern_error *error)
{
	quern_code code = file_failure(status, o->path, error);

	if (code == QUERN_OK)
		code = fd >= 0 ? doc_begin(q, bytes, fd, size, o, out, error)
			       : doc_make(q, buf_str(bytes), o, NULL, out, error);
	buf_release(bytes);
	return code;
}

quern_code quern_doc_load(quern *q, const char *file, const quern_doc_options *options, quern_doc **out,
			  quern_error *error)
{
	quern_doc_options o = QUERN_DOC_OPTIONS_INIT;
	enum file_status status;
	struct buf bytes;
	int fd = -1;

	error_clear(error);
	*out = NULL;
	if (options_take(&o, sizeof o, options, "quern_doc_options", error) != QUERN_OK)
		return QUERN_INVALID;
	if (!o.path)
		o.path = file;
	buf_init(&bytes, &q->heap, 0);
	status = is_by_parts(q, &o) ? file_read_first(&bytes, file, o.at_first, o.file_size, &fd)
				    : file_read(&bytes, file, q->limits.max_bytes);
	return doc_of_file(q, status, &bytes, fd, 0, &o, out, error);
}

quern_code quern_doc_load_open(quern *q, int fd, const quern_doc_options *options, quern_doc **out, quern_error *error)
{
	quern_doc_options o = QUERN_DOC_OPTIONS_INIT;
	enum file_status status;
	struct buf bytes;

	error_clear(error);
	*out = NULL;
	if (options_take(&o, sizeof o, options, "quern_doc_options", error) != QUERN_OK) {
		close(fd);
		return QUERN_INVALID;
	}
	buf_init(&bytes, &q->heap, 0);
	if (is_by_parts(q, &o)) {
		status = file_read_begin(&bytes, &fd, o.at_first, o.file_size);
	} else {
		status = file_read_open(&bytes, fd, o.file_size, q->limits.max_bytes);
		close(fd);
		fd = -1;
	}
	return doc_of_file(q, status, &bytes, fd, o.file_size, &o, out, error);
}
