/*
 * watch.c - see watch.h.
 *
 * Events are not told apart: whoever runs again finds by itself what changed.
 * An editor writes a file in several steps, so a change counts when it is over.
 */
#include "run/watch.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/str.h"
#include "run/fileset.h"
#include "run/ignore.h"
#include "run/stop.h"

enum {
	SETTLE = 15,      /* milliseconds without a change */
	SETTLE_MOST = 20, /* but no more of them than this */
	TICK = 200
};

static const uint32_t events = IN_CLOSE_WRITE | IN_MOVED_FROM | IN_MOVED_TO | IN_CREATE | IN_DELETE | IN_DELETE_SELF |
			       IN_ATTRIB | IN_EXCL_UNLINK;

struct watch {
	const struct alloc *heap;
	int fd;
	char except[PATH_MAX]; /* resolved; "" for none */
	char except_name[NAME_MAX + 1];
	int except_folder; /* the watch of the folder a file excepted is in; -1 */
};

struct watch *watch_open(const struct alloc *heap)
{
	struct watch *w = mem_new_zero(heap, sizeof *w);

	if (!w)
		return NULL;
	w->heap = heap;
	w->except_folder = -1;
	w->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (w->fd >= 0)
		return w;
	mem_free(heap, w, sizeof *w);
	return NULL;
}

void watch_close(struct watch *w)
{
	if (!w)
		return;
	close(w->fd);
	mem_free(w->heap, w, sizeof *w);
}

void watch_except(struct watch *w, const char *path)
{
	char folder[PATH_MAX], real[PATH_MAX];
	const char *slash = strrchr(path, '/');
	struct stat st;

	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
		if (!realpath(path, w->except))
			w->except[0] = '\0';
		return;
	}
	/* A file, which may not be there yet: its folder is, and it is known by its name. */
	if (strlen(path) >= sizeof folder || strlen(slash ? slash + 1 : path) >= sizeof w->except_name)
		return;
	strcpy(folder, slash ? path : ".");
	if (slash)
		folder[slash - path + (slash == path)] = '\0';
	if (!realpath(folder, real))
		return;
	strcpy(w->except_name, slash ? slash + 1 : path);
	w->except_folder = inotify_add_watch(w->fd, real, events | IN_ONLYDIR);
}

static bool is_excepted(const struct watch *w, const char *path)
{
	const size_t n = strlen(w->except);
	char real[PATH_MAX];

	return n && realpath(path, real) && strncmp(real, w->except, n) == 0 && (real[n] == '/' || real[n] == '\0');
}

/* Folders still to look into, each ended by a NUL: a walk without recursion. */
struct pending {
	struct buf paths;
	struct fileset seen;
};

static void pending_push(struct pending *p, const char *folder, const char *name)
{
	buf_addz(&p->paths, folder);
	if (name) {
		buf_addc(&p->paths, '/');
		buf_addz(&p->paths, name);
	}
	buf_addc(&p->paths, '\0');
}

static bool pending_pop(struct pending *p, char path[PATH_MAX])
{
	size_t at;

	if (!buf_ok(&p->paths) || p->paths.n == 0)
		return false;
	for (at = p->paths.n - 1; at > 0 && p->paths.p[at - 1] != '\0'; at--)
		;
	if (p->paths.n - at > PATH_MAX)
		return false;
	memcpy(path, p->paths.p + at, p->paths.n - at);
	buf_truncate(&p->paths, at);
	return true;
}

static void folders_push(struct pending *p, const char *path)
{
	DIR *dir = opendir(path);
	const struct dirent *d;
	struct stat st;

	while (dir && (d = readdir(dir)) != NULL)
		if (d->d_name[0] != '.' &&
		    (d->d_type == DT_DIR || ((d->d_type == DT_LNK || d->d_type == DT_UNKNOWN) &&
					     fstatat(dirfd(dir), d->d_name, &st, 0) == 0 && S_ISDIR(st.st_mode))))
			pending_push(p, path, d->d_name);
	if (dir)
		closedir(dir);
}

/* False where the system has no room for one more watch; a folder that cannot be read is the run's to tell. */
static bool folder_add(struct watch *w, struct pending *p, const char *path, bool deep)
{
	struct stat st;

	if (stat(path, &st) != 0 || is_excepted(w, path) ||
	    fileset_add(&p->seen, file_id_of(path, &st)) == FILESET_SEEN)
		return true;
	if (inotify_add_watch(w->fd, path, events | IN_ONLYDIR) < 0)
		return errno != ENOSPC && errno != ENOMEM;
	if (deep)
		folders_push(p, path);
	return true;
}

bool watch_add(struct watch *w, const char *path, bool deep)
{
	struct pending p;
	char at[PATH_MAX];
	struct stat st;
	bool ok = true;

	buf_init(&p.paths, w->heap, 0);
	fileset_init(&p.seen, w->heap);
	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
		pending_push(&p, path, NULL);
	} else {
		const char *slash = strrchr(path, '/');
		buf_adds(&p.paths, slash ? (struct str){ path, (size_t)(slash - path) + 1 } : STR_LIT("."));
		buf_addc(&p.paths, '\0');
		deep = false;
	}
	while (ok && pending_pop(&p, at))
		ok = folder_add(w, &p, at, deep);
	buf_release(&p.paths);
	fileset_release(&p.seen);
	return ok;
}

static bool counts(const struct watch *w, const struct inotify_event *e)
{
	if (e->mask & (IN_IGNORED | IN_UNMOUNT))
		return false;
	if (e->len && e->name[0] == '.' && strcmp(e->name, IGNORE_FILE) != 0)
		return false;
	return !(e->wd == w->except_folder && e->len && strcmp(e->name, w->except_name) == 0);
}

/* Reads what there is; whether anything of it counts. */
static bool events_read(struct watch *w)
{
	union {
		struct inotify_event align;
		char bytes[16384];
	} buffer;
	bool any = false;
	ssize_t n;

	while ((n = read(w->fd, buffer.bytes, sizeof buffer.bytes)) > 0)
		for (ssize_t at = 0; at < n;) {
			const struct inotify_event *e = (const void *)(buffer.bytes + at);
			any = counts(w, e) || any;
			at += (ssize_t)sizeof *e + (ssize_t)e->len;
		}
	return any;
}

static bool is_readable(const struct watch *w, int milliseconds)
{
	struct pollfd p = { .fd = w->fd, .events = POLLIN };

	return poll(&p, 1, milliseconds) > 0;
}

bool watch_wait(struct watch *w)
{
	bool any = false;

	while (!any && !stop_signal())
		any = is_readable(w, TICK) && events_read(w);
	for (int i = 0; any && i < SETTLE_MOST && !stop_signal() && is_readable(w, SETTLE); i++)
		if (!events_read(w))
			break;
	return !stop_signal();
}
