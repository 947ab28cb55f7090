/*
 * folder.c - see folder.h.
 *
 * Whole paths are ordered bytewise by sorting entries with a "/" after the
 * names of folders: "a-b.md" stands before "a/x.md".
 */
#include "run/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* So many folders on the way to a document are kept open: there are folders deeper than a process may have files. */
enum { OPEN_MOST = 32 };

/* The first bytes of what an entry is ordered by, as a number of the same order. */
static uint64_t beginning_of(const char *name, bool is_folder)
{
	uint64_t n = 0;
	int i = 0;

	for (; i < 8 && name[i]; i++)
		n = n << 8 | (unsigned char)name[i];
	if (i < 8 && is_folder) {
		n = n << 8 | '/';
		i++;
	}
	return i ? n << 8 * (8 - i) : 0;
}

static int entry_cmp(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;
	const unsigned char *p = (const unsigned char *)a->name, *q = (const unsigned char *)b->name;

	if (a->beginning != b->beginning)
		return a->beginning < b->beginning ? -1 : 1;
	while (*p && *p == *q)
		p++, q++;
	const int x = *p ? *p : a->is_folder ? '/' : 0;
	const int y = *q ? *q : b->is_folder ? '/' : 0;
	return x - y;
}

/* Links are followed; an entry that cannot be looked at counts as a file and is reported when its turn comes. */
static bool entry_is_folder(DIR *dir, const struct dirent *d)
{
	struct stat st;

	if (d->d_type != DT_UNKNOWN && d->d_type != DT_LNK)
		return d->d_type == DT_DIR;
	return fstatat(dirfd(dir), d->d_name, &st, 0) == 0 && S_ISDIR(st.st_mode);
}

static bool entry_add(struct folder *f, struct entry e)
{
	struct entry *grown = mem_grow(f->names.heap, f->entries, &f->cap, f->n + 1, sizeof *f->entries);
	char *copy = arena_strz(&f->names, str_of(e.name));

	if (grown)
		f->entries = grown;
	if (!grown || !copy)
		return false;
	e.name = copy;
	e.beginning = beginning_of(copy, e.is_folder);
	f->entries[f->n++] = e;
	return true;
}

/* Takes an entry where it is wanted.  False: memory is refused. */
static bool entry_take(struct folder *f, struct buf *path, size_t below, const struct wanted *wanted, struct entry e)
{
	const size_t len = path->n;
	bool takes;

	buf_addz(path, e.name);
	if (!buf_ok(path))
		return false;
	takes = (e.is_folder ? wanted_folder : wanted_file)(wanted, path->p + below, e.name);
	buf_truncate(path, len);
	return !takes || entry_add(f, e);
}

/* 0, or an errno.  *has_rules: there is an ignore file. */
static int entries_read(struct folder *f, struct buf *path, size_t below, const struct wanted *wanted, bool keeps_open,
			bool *has_rules)
{
	DIR *dir = opendir(path->p);
	const struct dirent *d;
	int error = 0;

	if (!dir)
		return errno;
	for (errno = 0; error == 0 && (d = readdir(dir)); errno = 0) {
		if (d->d_name[0] == '.')
			*has_rules = *has_rules || strcmp(d->d_name, IGNORE_FILE) == 0;
		else if (!entry_take(f, path, below, wanted,
				     (struct entry){ .name = d->d_name,
						     .is_folder = entry_is_folder(dir, d),
						     .is_regular = d->d_type == DT_REG }))
			error = ENOMEM;
	}
	if (error == 0)
		error = errno;
	if (error == 0 && keeps_open)
		f->fd = fcntl(dirfd(dir), F_DUPFD_CLOEXEC, 0);
	closedir(dir);
	return error;
}

/* ------------------------------------------------------------------- rules */

/* The innermost file that has something to say decides. */
static bool is_ruled_out(const struct folder *stack, size_t n, const struct buf *folder, struct buf *path,
			 const struct entry *e)
{
	enum ignore_verdict verdict = IGNORE_SILENT;
	const struct str name = str_of(e->name);

	buf_clear(path);
	buf_adds(path, buf_str(folder));
	buf_adds(path, name);
	for (size_t i = n; buf_ok(path) && verdict == IGNORE_SILENT && i > 0; i--) {
		const struct folder *f = &stack[i - 1];
		const struct str below = { path->p + f->path_len, path->n - f->path_len };
		if (f->ignore.n)
			verdict = ignore_ask(&f->ignore, below, name, e->is_folder);
	}
	return verdict == IGNORE_OUT;
}

/* Drops the entries that rules leave out.  False: memory is refused. */
static bool rules_apply(struct folder *stack, size_t n, const struct buf *folder)
{
	struct folder *f = &stack[n - 1];
	struct buf path;
	size_t kept = 0;
	bool any = false;

	for (size_t i = 0; i < n; i++)
		any = any || stack[i].ignore.n;
	if (!any)
		return true;
	buf_init(&path, f->names.heap, 0);
	for (size_t i = 0; i < f->n; i++)
		if (!is_ruled_out(stack, n, folder, &path, &f->entries[i]))
			f->entries[kept++] = f->entries[i];
	f->n = kept;
	any = buf_ok(&path);
	buf_release(&path);
	return any;
}

/* ------------------------------------------------------------------ folder */

/* 0, or an errno, and path then is the ignore file's. */
static int rules_read(struct folder *f, struct buf *path)
{
	int error;

	buf_addz(path, IGNORE_FILE);
	error = buf_ok(path) ? ignore_read(&f->ignore, path->p) : ENOMEM;
	if (!error)
		buf_truncate(path, f->path_len);
	return error;
}

int folder_read(struct folder *stack, size_t n, const struct alloc *heap, struct buf *path, size_t below,
		const struct wanted *wanted)
{
	struct folder *f = &stack[n - 1];
	bool has_rules = false;
	int error;

	*f = (struct folder){ .path_len = path->n, .fd = -1 };
	arena_init(&f->names, heap, 0);
	ignore_init(&f->ignore, heap);
	error = buf_ok(path) ? entries_read(f, path, below, wanted, n <= OPEN_MOST, &has_rules) : ENOMEM;
	if (!error && has_rules)
		error = rules_read(f, path);
	if (!error && !rules_apply(stack, n, path))
		error = ENOMEM;
	if (error)
		folder_release(f);
	else if (f->n)
		qsort(f->entries, f->n, sizeof *f->entries, entry_cmp);
	return error;
}

void folder_release(struct folder *f)
{
	mem_free(f->names.heap, f->entries, f->cap * sizeof *f->entries);
	arena_release(&f->names);
	ignore_release(&f->ignore);
	if (f->fd >= 0)
		close(f->fd);
	f->fd = -1;
}

int folder_entry_at(const struct folder *f, const char *path, const char **name)
{
	const bool is_open = f && f->fd >= 0;

	*name = is_open ? path + f->path_len : path;
	return is_open ? f->fd : AT_FDCWD;
}
