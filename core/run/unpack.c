/*
 * unpack.c - see unpack.h.
 *
 * A member that expands without end stops at the limit of one document, an
 * archive that does at a multiple of its size: text does not shrink that far.
 */
#include "run/unpack.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/digest.h"
#include "run/fileset.h"
#include "run/unpack_gzip.h"
#include "run/unpack_library.h"

static const uint64_t expanded_free = (uint64_t)256 << 20; /* bytes that any archive may expand to */
static const uint64_t expanded_times = 250;                /* its size that it may expand to beyond that */
enum { RESTARTS_MOST = 100 };
static const size_t name_most = 4095;
static const size_t read_size = 65536;

const char *unpack_load(void)
{
	struct unpack_library l;

	return unpack_library_load(&l) ? NULL
				       : "archives and compressed files are read by libarchive, which is not there";
}

/* --------------------------------------------------------------------- file */

struct unpack {
	struct unpack_options options;
	struct unpack_library lib;
	struct archive *archive;
	struct unpack_gzip *gzip; /* the file is compressed by it; or NULL */
	char block[65536];
	uint64_t size;       /* of the file */
	uint64_t handed_out; /* bytes of members */
	uint64_t index;      /* of the next item */
	struct buf name, bytes;
	struct fileset seen; /* names */
	char message[256];
	unsigned restarts;
	bool is_stuck;     /* nothing more can be read of it, but of another that begins anew */
	unsigned failures; /* headers that could not be read */
	bool bomb, opened, begun, ended;
};

/* Whether the archive has grown beyond what a file of its size may. */
static bool is_bomb(struct unpack *u)
{
	const int64_t passed = u->lib.filter_bytes(u->archive, 0);
	uint64_t expanded = u->handed_out;

	if (passed > 0 && (uint64_t)passed > expanded)
		expanded = (uint64_t)passed;
	u->bomb = expanded > expanded_free && expanded / expanded_times > u->size;
	return u->bomb;
}

static la_ssize_t on_read(struct archive *a, void *user, const void **block)
{
	struct unpack *u = user;
	ssize_t n;

	if (u->options.progress)
		u->options.progress(u->options.user);
	if (u->opened && is_bomb(u)) {
		u->lib.set_error(a, EFBIG, "it expands without end");
		return -1;
	}
	if (u->gzip) {
		const char *why;
		n = unpack_gzip_read(u->gzip, block, &why);
		if (n < 0)
			u->lib.set_error(a, EIO, "%s", why);
		return n;
	}
	do
		n = read(u->options.fd, u->block, sizeof u->block);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		u->lib.set_error(a, errno, "%s", strerror(errno));
	*block = u->block;
	return n;
}

static la_int64_t on_seek(struct archive *a, void *user, la_int64_t offset, int whence)
{
	const struct unpack *u = user;
	const off_t at = lseek(u->options.fd, offset, whence);

	(void)a;
	return at < 0 ? -30 /* ARCHIVE_FATAL */ : at;
}

/* Over what need not be read; never beyond the end, which reading has to find. */
static la_int64_t on_skip(struct archive *a, void *user, la_int64_t request)
{
	const struct unpack *u = user;
	const off_t at = lseek(u->options.fd, 0, SEEK_CUR);

	(void)a;
	if (at < 0 || request <= 0 || (uint64_t)at + (uint64_t)request > u->size)
		return 0;
	return lseek(u->options.fd, request, SEEK_CUR) < 0 ? 0 : request;
}

static bool formats_choose(struct unpack *u)
{
	const struct unpack_library *l = &u->lib;
	struct archive *a = u->archive;
	/* Without its library a filter would be another program: none is ever started. */
	const bool filters = l->filter_gzip(a) == ARCHIVE_OK && l->filter_zstd(a) == ARCHIVE_OK;

	if (u->options.single)
		return filters && l->format_raw(a) == ARCHIVE_OK && l->format_empty(a) == ARCHIVE_OK;
	return filters && l->format_tar(a) == ARCHIVE_OK && l->format_zip(a) == ARCHIVE_OK;
}

/* An archive to be read from its beginning. */
static bool archive_make(struct unpack *u)
{
	unpack_gzip_close(u->gzip);
	u->gzip = NULL;
	u->archive = u->lib.new();
	if (!u->archive || !formats_choose(u))
		return false;
	u->lib.set_read(u->archive, on_read);
	u->lib.set_data(u->archive, u);
	if (unpack_gzip_is(u->options.fd)) {
		u->gzip = unpack_gzip_open(u->options.heap, u->options.fd);
		if (!u->gzip)
			return false;
	} else {
		u->lib.set_seek(u->archive, on_seek);
		u->lib.set_skip(u->archive, on_skip);
	}
	u->opened = u->begun = u->is_stuck = false;
	u->index = 0;
	fileset_release(&u->seen);
	return true;
}

struct unpack *unpack_open(const struct unpack_options *options)
{
	struct unpack *u = mem_new_zero(options->heap, sizeof *u);
	struct stat st;

	if (!u)
		return NULL;
	u->options = *options;
	buf_init(&u->name, options->heap, 0);
	buf_init(&u->bytes, options->heap, 0);
	fileset_init(&u->seen, options->heap);
	if (fstat(options->fd, &st) == 0)
		u->size = (uint64_t)st.st_size;
	if (unpack_library_load(&u->lib) && archive_make(u))
		return u;
	unpack_close(u);
	return NULL;
}

void unpack_close(struct unpack *u)
{
	if (!u)
		return;
	if (u->archive)
		u->lib.free(u->archive);
	unpack_gzip_close(u->gzip);
	fileset_release(&u->seen);
	buf_release(&u->name);
	buf_release(&u->bytes);
	mem_free(u->options.heap, u, sizeof *u);
}

/* ----------------------------------------------------------------- problems */

static bool trouble(struct unpack_item *item, enum severity severity, const char *message)
{
	item->severity = severity;
	item->message = message;
	return true;
}

/* What libarchive says, after what it means here. */
static bool trouble_told(struct unpack *u, struct unpack_item *item, const char *what)
{
	const char *why = u->bomb ? "it expands without end" : u->lib.error_string(u->archive);

	snprintf(u->message, sizeof u->message, "%s%s%.200s", what, why ? ": " : "", why ? why : "");
	return trouble(item, SEVERITY_ERROR, u->message);
}

/* Nothing more can be read. */
static bool end_broken(struct unpack *u, struct unpack_item *item, const char *what)
{
	u->ended = item->is_last = true;
	item->name = "";
	trouble_told(u, item, what);
	if (!u->begun)
		item->hint = u->options.single ? "files compressed by gzip and zstd are read"
					       : "tar, tar.gz, tar.zst and zip are read";
	return true;
}

/* -------------------------------------------------------------------- names */

enum named { NAMED, NAMED_NOTHING, NAMED_OUTSIDE };

/* The parts of a name, without "." and the slash at its beginning, into u->name. */
static enum named name_clean(struct unpack *u, const char *raw)
{
	buf_clear(&u->name);
	while (*raw) {
		const size_t n = strcspn(raw, "/");
		const struct str part = { raw, n };
		raw += n + (raw[n] == '/');
		if (n == 0 || str_eqz(part, "."))
			continue;
		if (str_eqz(part, ".."))
			return NAMED_OUTSIDE;
		if (u->name.n)
			buf_addc(&u->name, '/');
		buf_adds(&u->name, part);
	}
	return u->name.n ? NAMED : NAMED_NOTHING;
}

static const char *raw_name(const struct unpack *u, struct archive_entry *e)
{
	const char *name = u->lib.pathname(e);

	return name ? name : u->lib.pathname_utf8(e);
}

static enum fileset_result name_remember(struct unpack *u)
{
	const struct str name = buf_str(&u->name);
	unsigned char sum[DIGEST_SUM_SIZE];
	struct file_id id;

	digest_sum(&name, 1, sum);
	memcpy(&id, sum, sizeof id);
	return fileset_add(&u->seen, id);
}

/* As much of it as a file's name may have. */
static const char *last_part(const char *name)
{
	const char *slash = strrchr(name, '/'), *part = slash ? slash + 1 : name;
	const size_t n = strlen(part), most = 255;

	return n > most ? part + n - most : part;
}

/* Its name is where a problem is told, cut where it is endless. */
static bool name_show(struct unpack *u, struct unpack_item *item, const char *raw)
{
	buf_clear(&u->name);
	buf_adds(&u->name, (struct str){ raw, strnlen(raw, 200) });
	item->name = buf_ok(&u->name) ? u->name.p : "?";
	return true;
}

/* ------------------------------------------------------------------ members */

/* Reads what there is of the member. */
static bool bytes_read(struct unpack *u, struct unpack_item *item)
{
	la_ssize_t n;

	buf_clear(&u->bytes);
	for (;;) {
		char *to = buf_reserve(&u->bytes, read_size);
		if (!to)
			return trouble(item, SEVERITY_ERROR, "out of memory");
		n = u->lib.read(u->archive, to, read_size);
		if (n <= 0)
			break;
		u->bytes.n += (size_t)n;
		u->handed_out += (uint64_t)n;
		if (u->bytes.n > u->options.most)
			return trouble(item, SEVERITY_ERROR, "is larger than a document may be");
		if (is_bomb(u))
			n = ARCHIVE_FATAL;
		if (n < 0)
			break;
	}
	if (n < 0) {
		/* Members of a zip archive do not depend on each other. */
		u->is_stuck = n == ARCHIVE_FATAL && !u->bomb && u->restarts < RESTARTS_MOST &&
			      (u->lib.format(u->archive) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_ZIP;
		item->is_last = u->ended = n == ARCHIVE_FATAL && !u->is_stuck;
		return trouble_told(u, item,
				    u->ended && !u->options.single ? "the archive ends in it" : "cannot be read");
	}
	item->bytes = buf_str(&u->bytes);
	return true;
}

static const char *type_text(const struct unpack *u, struct archive_entry *e)
{
	const unsigned type = u->lib.filetype(e);

	if (type == AE_IFLNK || u->lib.hardlink(e))
		return "is a link, which is not followed in an archive";
	return type == AE_IFREG ? NULL : "not a regular file but a device or a pipe";
}

/* A wanted member: its bytes, or why not. */
static bool member_take(struct unpack *u, struct unpack_item *item, struct archive_entry *e)
{
	const char *type = type_text(u, e);

	item->index = u->index++;
	item->name = u->name.p;
	switch (name_remember(u)) {
	case FILESET_SEEN:
		return trouble(item, SEVERITY_WARNING, "is in the archive more than once: the first is taken");
	case FILESET_NOMEM:
		return trouble(item, SEVERITY_ERROR, "out of memory");
	case FILESET_NEW:
		break;
	}
	if (type)
		return trouble(item, SEVERITY_WARNING, type);
	if (u->lib.is_encrypted(e))
		return trouble(item, SEVERITY_ERROR, "is encrypted");
	if (u->lib.size_is_set(e) && (uint64_t)u->lib.size(e) > u->options.most)
		return trouble(item, SEVERITY_ERROR, "is larger than a document may be");
	if (item->index < u->options.skip)
		return true;
	if (u->options.at)
		u->options.at(u->options.user, item->index, item->name);
	return bytes_read(u, item);
}

/* What the entry is to the run.  False: nothing. */
static bool entry_take(struct unpack *u, struct unpack_item *item, struct archive_entry *e)
{
	const char *raw = raw_name(u, e);
	enum named named = NAMED_NOTHING;

	if (u->options.single) {
		item->index = u->index++;
		return bytes_read(u, item);
	}
	if (u->lib.filetype(e) == AE_IFDIR)
		return false;
	if (raw)
		named = name_clean(u, raw);
	if (raw && (u->name.n > name_most || named == NAMED_OUTSIDE)) {
		if (!u->options.wants(u->options.user, last_part(raw)))
			return false;
		item->index = u->index++;
		trouble(item, SEVERITY_ERROR,
			named == NAMED_OUTSIDE ? "its name leads out of the archive" : "a name longer than any file's");
		return name_show(u, item, raw);
	}
	if (named != NAMED || !buf_ok(&u->name) || !u->options.wants(u->options.user, u->name.p))
		return false;
	return member_take(u, item, e);
}

/* A filter within a filter is what bombs are made of, and one that is not there no compressed file. */
static const char *filters_fault(const struct unpack *u)
{
	/* To libarchive the file itself counts as one. */
	const int n = u->lib.filter_count(u->archive) - 1 + (u->gzip != NULL);

	if (n > 1)
		return "is compressed more than once";
	return u->options.single && n == 0 ? "is not compressed by gzip or zstd" : NULL;
}

/* Before the first member.  False: something is wrong already. */
static bool archive_begin(struct unpack *u, struct unpack_item *item)
{
	if (lseek(u->options.fd, 0, SEEK_SET) != 0 || u->lib.open(u->archive) != ARCHIVE_OK)
		return !end_broken(u, item, "cannot be read");
	u->opened = true;
	if (!filters_fault(u))
		return true;
	u->ended = item->is_last = true;
	return !trouble(item, SEVERITY_ERROR, filters_fault(u));
}

/* A header that says nothing is passed over, but not for ever. */
static bool header_failed(struct unpack *u, struct unpack_item *item)
{
	enum { FAILURES_MOST = 100 };

	if (++u->failures == FAILURES_MOST)
		return end_broken(u, item, "is broken");
	item->index = u->index++;
	return trouble_told(u, item, "holds a member that cannot be read");
}

/* Begins anew, behind what was handed out.  False: memory is refused. */
static bool archive_remake(struct unpack *u)
{
	u->options.skip = u->index;
	u->restarts++;
	u->lib.free(u->archive);
	return archive_make(u);
}

/* Behind the last member nothing is asked for, but only at its end a check sum is held.  True: it is wrong. */
static bool rest_is_broken(struct unpack *u, struct unpack_item *item)
{
	const char *why = NULL;
	const void *block;
	ssize_t n = 0;

	u->ended = true;
	while (u->gzip && !is_bomb(u) && (n = unpack_gzip_read(u->gzip, &block, &why)) > 0)
		u->handed_out = unpack_gzip_given(u->gzip);
	if (n == 0 && !u->bomb)
		return false;
	snprintf(u->message, sizeof u->message, "is broken: %s", u->bomb ? "it expands without end" : why);
	item->is_last = true;
	return trouble(item, SEVERITY_ERROR, u->message);
}

bool unpack_next(struct unpack *u, struct unpack_item *item)
{
	struct archive_entry *e = NULL;
	bool any = false;

	*item = (struct unpack_item){ .name = "", .bytes = STR_EMPTY };
	if (u->is_stuck && !archive_remake(u)) {
		u->ended = item->is_last = true;
		return trouble(item, SEVERITY_ERROR, "out of memory");
	}
	if (!u->ended && !u->opened && !archive_begin(u, item))
		return true;
	while (!u->ended) {
		const int status = u->lib.next_header(u->archive, &e);
		*item = (struct unpack_item){ .index = u->index, .name = "", .bytes = STR_EMPTY };
		if (status == ARCHIVE_RETRY)
			continue;
		/* What is compressed may be nothing. */
		if (status == ARCHIVE_EOF)
			any = rest_is_broken(u, item) || (u->options.single && !u->begun);
		else if (status == ARCHIVE_OK || status == ARCHIVE_WARN)
			any = entry_take(u, item, e);
		else if (status == ARCHIVE_FAILED)
			any = header_failed(u, item);
		else
			any = end_broken(u, item, u->begun ? "is broken" : "cannot be read");
		u->begun = true;
		if (any && (item->index >= u->options.skip || item->is_last))
			return true;
	}
	return false;
}
