/*
 * link.h - bytes and open descriptors over the socket between two processes.
 *
 * For the parent's side of workers and of the reader (child.c, reader.c) and
 * for theirs (worker.c, reader_child.c); frames are wire.h's.
 */
#ifndef QUERN_RUN_LINK_H
#define QUERN_RUN_LINK_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/str.h"

/* The most descriptors that go with one message. */
#define LINK_FDS_MOST 128

/* All that is in the buffer, and empties it; waits as long as it takes.  False: nobody is left to read it. */
bool link_send_all(int socket, struct buf *out);
/*
 * One message of bytes, with descriptors (n at most LINK_FDS_MOST), which stay
 * the caller's.  As sendmsg with these flags: how many bytes went, or -1 and errno.
 */
ssize_t link_send(int socket, struct str bytes, const int *fds, size_t n, int flags);
/*
 * Waits for a message: its bytes into to, its descriptors, now the caller's,
 * behind the *n that fds has room for.  How many bytes came; 0 or less: none will.
 */
ssize_t link_receive(int socket, char *to, size_t size, int *fds, size_t room, size_t *n);

#endif
