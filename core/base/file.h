/*
 * file.h - regular files into memory, whole or their beginning first.
 *
 * FIFOs, devices, sockets and directories are refused without blocking; a
 * file that shrinks or grows while it is read gives what was there; one over
 * the limit is refused before it is read.
 */
#ifndef QUERN_BASE_FILE_H
#define QUERN_BASE_FILE_H

#include <sys/stat.h>

#include "base/buf.h"

enum file_status { FILE_OK, FILE_MISSING, FILE_DENIED, FILE_NOT_REGULAR, FILE_TOO_LARGE, FILE_IO, FILE_NOMEM };

/* Appends to out.  limit 0: none. */
enum file_status file_read(struct buf *out, const char *path, size_t limit);
/* The same in two steps, which may be two processes'.  The descriptor, info filled; or -1 and *status. */
int file_open_regular(const char *path, struct stat *info, enum file_status *status);
enum file_status file_read_open(struct buf *out, int fd, uint64_t size, size_t limit);
/* Of what the caller has seen, a while ago, to be a regular file: the descriptor, or -1 and *status. */
int file_open_again(const char *path, enum file_status *status);
/* Whether an open file is a regular one: itself, info filled; else it is closed, -1 and *status. */
int file_look(int fd, struct stat *info, enum file_status *status);
/*
 * What may be all of such an open file, whose size (not 0) was seen as well: read in one call where it is,
 * and the file closed: -1 and FILE_OK.  What is something else by now: from its beginning, as file_open_regular gives it.
 */
int file_read_seen(struct buf *out, int fd, size_t size, struct stat *info, enum file_status *status);
/*
 * Of a file that the caller has seen to be regular and of this size (not 0):
 * its first bytes.  *fd: of the file, where there is more; else -1.
 */
enum file_status file_read_first(struct buf *out, const char *path, size_t first, size_t size, int *fd);
/* The same of an open one, which is closed and -1 where there is no more. */
enum file_status file_read_begin(struct buf *out, int *fd, size_t first, size_t size);
/* What follows.  The descriptor is the caller's to close.  size: of the regular file; 0: asked for. */
enum file_status file_read_rest(struct buf *out, int fd, size_t size, size_t limit);
/* From an open descriptor of any kind (standard input). */
enum file_status file_read_fd(struct buf *out, int fd, size_t limit);
/* "no such file or directory", ... for a message. */
const char *file_status_text(enum file_status s);

#endif
