/*
 * file.h - whole regular files into memory, and nothing else.
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
/* From an open descriptor of any kind (standard input). */
enum file_status file_read_fd(struct buf *out, int fd, size_t limit);
/* "no such file or directory", ... for a message. */
const char *file_status_text(enum file_status s);

#endif
