/*
 * files.c - see files.h.
 */
#include "lua/files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const size_t plugin_bytes_most = (size_t)64 << 20, module_bytes_most = (size_t)16 << 20;

static quern_code piece(void *user, const char *bytes, size_t len)
{
	struct buf *out = user;

	buf_add(out, bytes, len);
	return buf_ok(out) ? QUERN_OK : QUERN_NOMEM;
}

static enum file_status host_read(const struct file_source *f, struct buf *out, const char *path, size_t most,
				  bool *outside)
{
	const size_t before = out->n;
	const quern_code code = f->read(f->user, path, piece, out);

	*outside = code == QUERN_DENIED;
	if (code == QUERN_OK && buf_ok(out) && out->n - before <= most)
		return FILE_OK;
	const bool too_large = out->n - before > most;
	buf_truncate(out, before);
	if (code == QUERN_NOMEM || !buf_ok(out))
		return FILE_NOMEM;
	if (code == QUERN_NOT_FOUND || code == QUERN_DENIED)
		return FILE_MISSING;
	return too_large || code == QUERN_LIMIT ? FILE_TOO_LARGE : FILE_IO;
}

enum file_status files_read(const struct file_source *f, struct buf *out, const char *path)
{
	bool outside;

	if (f && f->read)
		return host_read(f, out, path, plugin_bytes_most, &outside);
	return file_read(out, path, plugin_bytes_most);
}

bool files_module_path(char path[PATH_MAX], const char *folder, const char *file)
{
	const int n = snprintf(path, PATH_MAX, "%s%s%s", folder, *folder ? "/" : "", file);

	return n >= 0 && n < PATH_MAX;
}

/* Whether real, a path without links, lies below folder. */
static bool lies_in(const char *folder, const char *real)
{
	char base[PATH_MAX];

	if (!realpath(*folder ? folder : ".", base))
		return false;
	const size_t n = strlen(base);
	return n == 1 || (strncmp(base, real, n) == 0 && real[n] == '/'); /* 1: the root */
}

enum file_status files_read_module(const struct file_source *f, struct buf *out, const char *folder, const char *path,
				   bool *outside)
{
	char real[PATH_MAX];

	*outside = false;
	if (f && f->read)
		return host_read(f, out, path, module_bytes_most, outside);
	if (!realpath(path, real))
		return FILE_MISSING;
	*outside = !lies_in(folder, real);
	return *outside ? FILE_MISSING : file_read(out, real, module_bytes_most);
}
