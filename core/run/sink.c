/*
 * sink.c - see sink.h.  Folders below the user's are opened part by part
 * without following links; files are struct outfile.
 */
#include "run/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/value.h"
#include "run/outfile.h"

enum target { TO_STDOUT, TO_FILE, TO_DEVICE, TO_FOLDER };

struct sink {
	const struct alloc *heap;
	enum target target;
	struct arena arena;
	const char *where;     /* as given */
	const char *name;      /* of the file, in dir */
	int dir;               /* the folder, or the file's; -1 */
	int device;            /* -1 */
	struct value writers;  /* map: path -> who wrote it */
	struct outfile text;   /* the text under way */
	const char *text_path; /* of it, for messages */
	bool text_open;
	int text_dir; /* -1, or a folder to close with it */
};

/* -------------------------------------------------------------- messages */

static enum sink_status say(struct sink_error *error, enum sink_status status, const char *path, const char *message,
			    const char *hint)
{
	snprintf(error->path, sizeof error->path, "%s", path);
	snprintf(error->message, sizeof error->message, "%s", message);
	error->hint = hint;
	return status;
}

static const char *full_name(struct sink *s, const char *path)
{
	const size_t n = strlen(s->where);
	const char *slash = n && s->where[n - 1] == '/' ? "" : "/";
	const char *full = arena_printf(&s->arena, "%s%s%s", s->where, slash, path);

	return full ? full : path;
}

static enum sink_status say_errno(struct sink_error *error, const char *path, int code)
{
	char text[128];
	char message[192];

	switch (code) {
	case ENAMETOOLONG:
		return say(error, SINK_REFUSED, path, "the name is too long for this file system", NULL);
	case EISDIR:
		return say(error, SINK_REFUSED, path, "there is a folder of this name", NULL);
	case ENOTDIR:
	case ELOOP:
		return say(error, SINK_REFUSED, path, "a part of this path is a file or a symbolic link",
			   "symbolic links inside the output folder are not followed");
	case EPIPE:
		return say(error, SINK_FAILED, path, "cannot write: the reader has closed the pipe", NULL);
	default:
		snprintf(message, sizeof message, "cannot write: %s", strerror_r(code, text, sizeof text));
		return say(error, SINK_FAILED, path, message, NULL);
	}
}

/* ------------------------------------------------------------------- open */

/* Makes the folders of a path of the user's own; links in it are theirs to follow. */
static int folders_make(struct sink *s, const char *path, bool last_too)
{
	char *copy = arena_strz(&s->arena, str_of(path));

	if (!copy)
		return ENOMEM;
	for (char *p = copy + 1; *copy && *p; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		if (mkdir(copy, 0777) != 0 && errno != EEXIST)
			return errno;
		*p = '/';
	}
	if (last_too && mkdir(copy, 0777) != 0 && errno != EEXIST)
		return errno;
	return 0;
}

static int folder_open(struct sink *s, const char *path)
{
	s->dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (s->dir < 0)
		return errno;
	/* The temporary files will be made here: better known now than after an hour of work. */
	return faccessat(s->dir, ".", W_OK | X_OK, AT_EACCESS) == 0 ? 0 : errno;
}

/* The file behind a link is what is replaced, not the link. */
static const char *link_resolve(struct sink *s, const char *path)
{
	char real[PATH_MAX];
	const char *copy;

	if (!realpath(path, real))
		return path;
	copy = arena_strz(&s->arena, str_of(real));
	return copy ? copy : path;
}

static int file_open(struct sink *s, const char *path)
{
	const char *slash;
	struct stat st;
	int error;

	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
		s->target = TO_DEVICE;
		s->device = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
		return s->device < 0 ? errno : 0;
	}
	error = folders_make(s, path, false);
	if (error)
		return error;
	path = link_resolve(s, path);
	slash = strrchr(path, '/');
	s->name = slash ? slash + 1 : path;
	if (!slash)
		return folder_open(s, ".");
	const char *parent = arena_strz(&s->arena, str_slice(path, slash + 1));
	return parent ? folder_open(s, parent) : ENOMEM;
}

static bool names_folder(const char *path)
{
	const size_t n = strlen(path);
	struct stat st;

	return (n && path[n - 1] == '/') || (stat(path, &st) == 0 && S_ISDIR(st.st_mode));
}

static int target_open(struct sink *s, const char *where)
{
	int error;

	if (!where || strcmp(where, "-") == 0) {
		s->where = "standard output";
		s->target = TO_STDOUT;
		return 0;
	}
	s->where = arena_strz(&s->arena, str_of(where));
	if (!s->where) {
		s->where = "the output";
		return ENOMEM;
	}
	if (!names_folder(where)) {
		s->target = TO_FILE;
		return *where ? file_open(s, s->where) : ENOENT;
	}
	s->target = TO_FOLDER;
	error = folders_make(s, where, true);
	return error ? error : folder_open(s, where);
}

enum sink_status sink_open(struct sink **out, const struct alloc *heap, const char *where, struct sink_error *error)
{
	struct sink *s = mem_new_zero(heap, sizeof *s);
	int code;

	*out = NULL;
	if (!s)
		return say(error, SINK_FAILED, where ? where : "-", "out of memory", NULL);
	s->heap = heap;
	s->dir = s->device = s->text_dir = -1;
	s->writers = value_map();
	arena_init(&s->arena, heap, 0);
	code = target_open(s, where);
	if (code) {
		say_errno(error, s->where, code);
		sink_close(s);
		return SINK_FAILED;
	}
	*out = s;
	return SINK_OK;
}

bool sink_is_folder(const struct sink *s)
{
	return s->target == TO_FOLDER;
}

bool sink_is_stdout(const struct sink *s)
{
	return s->target == TO_STDOUT;
}

void sink_close(struct sink *s)
{
	if (!s)
		return;
	if (s->text_open)
		sink_end(s, false, &(struct sink_error){ .hint = NULL });
	if (s->dir >= 0)
		close(s->dir);
	if (s->device >= 0)
		close(s->device);
	arena_release(&s->arena);
	mem_free(s->heap, s, sizeof *s);
}

/* ------------------------------------------------------- paths in the folder */

static bool part_is_plain(struct str part)
{
	return part.n > 0 && !str_eqz(part, ".") && !str_eqz(part, "..");
}

/* Relative, without empty parts, "." and "..": whoever normalised it before, this is the wall. */
static bool path_is_plain(const char *path)
{
	for (const char *from = path;;) {
		const char *end = strchrnul(from, '/');
		if (!part_is_plain(str_slice(from, end)))
			return false;
		if (!*end)
			return true;
		from = end + 1;
	}
}

/* Opens the folder that path stands in, making what is missing; *name is the last part.  The descriptor, or -errno. */
static int parent_open(int dir, char *path, const char **name)
{
	int at = dir;
	char *slash;

	for (*name = path; (slash = strchr(*name, '/')); *name = slash + 1) {
		int next, error;
		*slash = '\0';
		next = mkdirat(at, *name, 0777) != 0 && errno != EEXIST
			       ? -1
			       : openat(at, *name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		error = errno;
		*slash = '/';
		if (at != dir)
			close(at);
		if (next < 0)
			return -error;
		at = next;
	}
	return at;
}

/* Each path has one writer in a run. */
static enum sink_status writer_claim(struct sink *s, const char *path, const char *owner, struct sink_error *error)
{
	const struct value *first = value_getz(&s->writers, path);
	const struct str key = arena_str(&s->arena, str_of(path));
	const struct str who = arena_str(&s->arena, str_of(owner));

	if (first) {
		say(error, SINK_REFUSED, full_name(s, path), "", "give each document a path of its own");
		snprintf(error->message, sizeof error->message, "two writers of one file: %.*s and %s",
			 (int)first->as.string.n, first->as.string.p, owner);
		return SINK_REFUSED;
	}
	if (!key.p || !who.p || !value_set(&s->arena, &s->writers, key, value_string(who)))
		return say(error, SINK_FAILED, path, "out of memory", NULL);
	return SINK_OK;
}

/* Starts f for a path below the folder; *parent is to be closed after f unless it is the folder itself. */
static enum sink_status file_begin(struct sink *s, const char *path, const char *owner, struct outfile *f, int *parent,
				   struct sink_error *error)
{
	const char *name;
	enum sink_status status;
	char *copy;
	int code;

	if (!path_is_plain(path))
		return say(error, SINK_REFUSED, path, "not a path inside the output folder", NULL);
	status = writer_claim(s, path, owner, error);
	if (status != SINK_OK)
		return status;
	copy = arena_strz(&s->arena, str_of(path));
	if (!copy)
		return say(error, SINK_FAILED, path, "out of memory", NULL);
	*parent = parent_open(s->dir, copy, &name);
	if (*parent < 0)
		return say_errno(error, full_name(s, path), -*parent);
	code = outfile_create(f, s->heap, *parent, name);
	if (!code)
		return SINK_OK;
	if (*parent != s->dir)
		close(*parent);
	return say_errno(error, full_name(s, path), code);
}

enum sink_status sink_put(struct sink *s, const char *path, struct str bytes, const char *owner,
			  struct sink_error *error)
{
	struct outfile f;
	int parent, code;
	const enum sink_status status = file_begin(s, path, owner, &f, &parent, error);

	if (status != SINK_OK)
		return status;
	outfile_write(&f, bytes.p, bytes.n);
	code = outfile_commit(&f);
	if (parent != s->dir)
		close(parent);
	return code ? say_errno(error, full_name(s, path), code) : SINK_OK;
}

/* -------------------------------------------------------------------- text */

static int text_open(struct sink *s)
{
	switch (s->target) {
	case TO_STDOUT:
		return outfile_attach(&s->text, s->heap, STDOUT_FILENO, false);
	case TO_DEVICE:
		return outfile_attach(&s->text, s->heap, s->device, false);
	case TO_FILE:
	case TO_FOLDER:
		break;
	}
	return outfile_create(&s->text, s->heap, s->dir, s->name);
}

enum sink_status sink_begin(struct sink *s, const char *name, const char *owner, struct sink_error *error)
{
	int code;

	s->text_dir = -1;
	if (s->target == TO_FOLDER) {
		const enum sink_status status = file_begin(s, name, owner, &s->text, &s->text_dir, error);
		s->text_path = full_name(s, name);
		s->text_open = status == SINK_OK;
		return status;
	}
	s->text_path = s->where;
	code = text_open(s);
	s->text_open = code == 0;
	return code ? say_errno(error, s->text_path, code) : SINK_OK;
}

bool sink_write(struct sink *s, const char *bytes, size_t n)
{
	return outfile_write(&s->text, bytes, n) == 0;
}

enum sink_status sink_end(struct sink *s, bool keep, struct sink_error *error)
{
	int code = 0;

	s->text_open = false;
	if (keep)
		code = outfile_commit(&s->text);
	else
		outfile_abandon(&s->text);
	if (s->text_dir >= 0 && s->text_dir != s->dir)
		close(s->text_dir);
	s->text_dir = -1;
	return code ? say_errno(error, s->text_path, code) : SINK_OK;
}
