/*
 * members.c - see members.h.
 *
 * Items are numbered in the archive.  A listing from the cache hands them out by
 * number; the reader is asked from the first number that it is needed for.
 */
#include "run/members.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "run/listing.h"
#include "run/reader.h"

enum {
	CRASHES_MOST = 2,    /* of one member */
	CRASHES_IN_ALL = 50, /* of one archive */
	KILLS_MOST = 1000,   /* from outside: they say nothing about a member */
};

static const char *const changed = "changed while it was read";

/* No item: nothing was read yet. */
#define NOTHING UINT64_MAX

struct members {
	const struct alloc *heap;
	const struct wanted *wanted;
	struct reader *reader; /* or NULL: not needed yet */
	struct listing listing;
	struct buf archive, path; /* of the archive; of the item at hand */
	struct stat st;
	uint64_t next; /* number of the item to hand out */
	bool ended;
	/* The archive as it is read. */
	int fd; /* -1: not open */
	bool reading;
	uint64_t from;          /* the number the reader was asked from */
	struct reader_item got; /* what it gave last */
	uint64_t got_at;        /* number of that; NOTHING */
	bool got_text;          /* that is a member */
	/* Deaths of the reader. */
	uint64_t died_at;
	unsigned crashes, all_crashes, kills;
	char message[400];
};

/* -------------------------------------------------------------------- names */

/* Asked of every document: the last letter answers for most. */
static inline bool has_suffix(struct str s, struct str suffix)
{
	return s.n > suffix.n && (s.p[s.n - 1] | 0x20) == suffix.p[suffix.n - 1] &&
	       str_eq_nocase((struct str){ s.p + s.n - suffix.n, suffix.n }, suffix);
}

bool members_is_archive(const char *path)
{
	const struct str s = str_of(path);

	return has_suffix(s, STR_LIT(".tar")) || has_suffix(s, STR_LIT(".tar.gz")) || has_suffix(s, STR_LIT(".tgz")) ||
	       has_suffix(s, STR_LIT(".tar.zst")) || has_suffix(s, STR_LIT(".tzst")) || has_suffix(s, STR_LIT(".zip"));
}

bool members_is_compressed(const char *path)
{
	const struct str s = str_of(path);

	return (has_suffix(s, STR_LIT(".gz")) || has_suffix(s, STR_LIT(".zst"))) && !members_is_archive(path);
}

/* -------------------------------------------------------------------- begin */

struct members *members_new(const struct alloc *heap, const struct wanted *wanted)
{
	struct members *m = mem_new_zero(heap, sizeof *m);

	if (!m)
		return NULL;
	m->heap = heap;
	m->wanted = wanted;
	m->fd = -1;
	buf_init(&m->archive, heap, 0);
	buf_init(&m->path, heap, 0);
	listing_init(&m->listing, heap, wanted);
	return m;
}

/* Nothing more is read of it; a reader that still does is ended. */
static void archive_close(struct members *m)
{
	if (m->fd >= 0)
		close(m->fd);
	m->fd = -1;
	m->reading = false;
	if (m->reader)
		reader_drop(m->reader);
}

void members_free(struct members *m)
{
	if (!m)
		return;
	archive_close(m);
	reader_free(m->reader);
	listing_release(&m->listing);
	buf_release(&m->archive);
	buf_release(&m->path);
	mem_free(m->heap, m, sizeof *m);
}

void members_use_cache(struct members *m, struct cache *cache)
{
	m->listing.cache = cache;
}

void members_begin(struct members *m, const char *path, const struct stat *st)
{
	archive_close(m);
	buf_clear(&m->archive);
	buf_addz(&m->archive, path);
	m->st = *st;
	m->next = 0;
	m->got_at = m->died_at = NOTHING;
	m->crashes = m->all_crashes = m->kills = 0;
	m->ended = false;
	if (buf_ok(&m->archive))
		listing_begin(&m->listing, m->archive.p, st);
}

/* ------------------------------------------------------------------ reading */

/* The file that was looked at, open.  Why it cannot be, or NULL. */
static const char *file_open(struct members *m, const char *path, const struct stat *seen, int *fd)
{
	struct stat st;

	*fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (*fd < 0 || fstat(*fd, &st) != 0)
		return errno == EACCES ? "permission denied" : strerror_r(errno, m->message, sizeof m->message);
	if (st.st_dev == seen->st_dev && st.st_ino == seen->st_ino && st.st_size == seen->st_size &&
	    st.st_mtim.tv_sec == seen->st_mtim.tv_sec && st.st_mtim.tv_nsec == seen->st_mtim.tv_nsec)
		return NULL;
	return changed;
}

static const char *ask(struct members *m, int fd, bool single, uint64_t from)
{
	if (!m->reader)
		m->reader = reader_new(m->heap, m->wanted);
	if (!m->reader)
		return "out of memory";
	return reader_ask(m->reader, fd, single, from) ? NULL : "no process that reads archives could be started";
}

/* The archive is being read from this item on.  Why it cannot be, or NULL. */
static const char *reading_begin(struct members *m, uint64_t from)
{
	const char *why = buf_ok(&m->archive) ? NULL : "out of memory";

	if (!why && m->fd < 0)
		why = file_open(m, m->archive.p, &m->st, &m->fd);
	if (!why)
		why = ask(m, m->fd, false, from);
	m->reading = !why;
	m->from = from;
	m->got_at = NOTHING;
	return why;
}

enum after_death { TRY_AGAIN, GO_ON_BEHIND, GIVE_UP };

/* A kill from outside says nothing; who crashes twice at one member does not get through it. */
static enum after_death after_death(struct members *m)
{
	const struct reader_item *d = &m->got;

	m->reading = false;
	m->got_at = NOTHING;
	if (d->was_killed)
		return ++m->kills < KILLS_MOST ? TRY_AGAIN : GIVE_UP;
	m->crashes = d->index == m->died_at ? m->crashes + 1 : 1;
	m->died_at = d->index;
	if (++m->all_crashes > CRASHES_IN_ALL)
		return GIVE_UP;
	if (m->crashes < CRASHES_MOST)
		return TRY_AGAIN;
	m->crashes = 0;
	snprintf(m->message, sizeof m->message, "the process that reads the archive did not survive this member: %s",
		 d->message);
	return *d->name ? GO_ON_BEHIND : GIVE_UP;
}

/* The reader's next item, into m->got. */
static enum reader_got read_one(struct members *m)
{
	const enum reader_got got = reader_next(m->reader, &m->got);

	m->got_text = got == READER_MEMBER;
	if (got == READER_MEMBER || got == READER_PROBLEM)
		m->got_at = m->got.index;
	return got;
}

/* -------------------------------------------------------------------- items */

/* "": the archive itself. */
static const char *path_of(struct members *m, const char *name)
{
	buf_clear(&m->path);
	buf_adds(&m->path, buf_str(&m->archive));
	if (*name) {
		buf_addc(&m->path, '/');
		buf_addz(&m->path, name);
	}
	return buf_ok(&m->path) ? buf_str(&m->path).p : "";
}

static bool hand_out(struct members *m, struct corpus_item *item, bool is_member, const struct reader_item *from)
{
	m->next++;
	*item = (struct corpus_item){ .kind = is_member ? CORPUS_MEMBER : CORPUS_PROBLEM,
				      .path = path_of(m, from->name),
				      .severity = from->severity,
				      .message = from->message,
				      .hint = from->hint };
	if (is_member)
		item->st = m->st;
	return true;
}

/* Of the archive as a whole, and nothing after it; it is to be read again another time. */
static bool end_with(struct members *m, struct corpus_item *item, const char *message)
{
	m->ended = true;
	listing_forget(&m->listing);
	return hand_out(m, item, false,
			&(struct reader_item){ .name = "", .severity = SEVERITY_ERROR, .message = message });
}

/* True: there is something to hand out about it. */
static bool take_death(struct members *m, struct corpus_item *item)
{
	const enum after_death what = after_death(m);

	if (what == TRY_AGAIN)
		return false;
	if (what == GIVE_UP) {
		snprintf(m->message, sizeof m->message, "the process that reads archives did not survive it: %s",
			 m->got.message);
		return end_with(m, item, m->message);
	}
	listing_forget(&m->listing);
	m->got.message = m->message;
	if (m->got.index > m->next)
		m->next = m->got.index;
	return hand_out(m, item, false, &m->got);
}

/* The next item as it is read.  False: the archive is done. */
static bool read_next(struct members *m, struct corpus_item *item)
{
	for (;;) {
		const char *why = m->reading ? NULL : reading_begin(m, m->next);
		if (why)
			return end_with(m, item, why);
		switch (read_one(m)) {
		case READER_MEMBER:
		case READER_PROBLEM:
			if (m->got.index < m->next)
				continue;
			m->next = m->got.index;
			m->ended = !m->got_text && m->got.is_last;
			if (m->ended)
				listing_forget(&m->listing);
			listing_add(&m->listing, m->got_text, &m->got);
			return hand_out(m, item, m->got_text, &m->got);
		case READER_END:
			listing_end(&m->listing);
			return false;
		case READER_STOPPED:
			return false;
		case READER_DEAD:
			if (take_death(m, item))
				return true;
		}
	}
}

bool members_next(struct members *m, struct corpus_item *item)
{
	struct reader_item known;
	enum listing_got got = LISTING_END;
	bool any = false;

	if (!m->ended)
		got = listing_next(&m->listing, &known);
	if (got == LISTING_UNKNOWN)
		any = read_next(m, item);
	else if (got != LISTING_END)
		any = hand_out(m, item, got == LISTING_MEMBER, &known);
	if (!any) {
		m->ended = true;
		archive_close(m);
	}
	return any;
}

/* --------------------------------------------------------------------- text */

static bool no_text(struct corpus_item *item, const char *why)
{
	item->message = why;
	return false;
}

/* What the reader gave for the item: its text, or why there is none. */
static bool text_take(struct members *m, struct corpus_item *item)
{
	const size_t archive = m->archive.n + 1;

	if (m->got_at != m->next - 1 || (m->got_text && strcmp(item->path + archive, m->got.name) != 0))
		return no_text(item, changed);
	item->text = m->got.bytes;
	return m->got_text || no_text(item, m->got.message);
}

bool members_text(struct members *m, struct corpus_item *item)
{
	const uint64_t number = m->next - 1;

	for (;;) {
		const bool behind = m->got_at == NOTHING ? m->from > number : m->got_at > number;
		const char *why = m->reading && !behind ? NULL : reading_begin(m, number);
		if (why)
			return no_text(item, why);
		while (m->got_at == NOTHING || m->got_at < number) {
			const enum reader_got got = read_one(m);
			if (got == READER_STOPPED)
				return no_text(item, "the run was stopped");
			if (got == READER_END)
				return no_text(item, changed);
			if (got == READER_DEAD && after_death(m) != TRY_AGAIN)
				return no_text(item, m->message);
			if (got == READER_DEAD)
				break;
		}
		if (m->reading)
			return text_take(m, item);
	}
}

bool members_text_single(struct members *m, struct corpus_item *item)
{
	const char *why;
	enum reader_got got = READER_DEAD;
	int fd;

	archive_close(m);
	m->died_at = NOTHING;
	m->crashes = m->all_crashes = m->kills = 0;
	why = file_open(m, item->path, &item->st, &fd);
	while (!why && got == READER_DEAD) {
		why = ask(m, fd, true, 0);
		got = why ? READER_DEAD : read_one(m);
		if (got == READER_DEAD && !why && after_death(m) != TRY_AGAIN)
			why = m->message;
	}
	if (fd >= 0)
		close(fd);
	if (why)
		return no_text(item, why);
	if (got != READER_MEMBER)
		return no_text(item, got == READER_PROBLEM ? m->got.message : "the run was stopped");
	item->text = m->got.bytes;
	return true;
}
