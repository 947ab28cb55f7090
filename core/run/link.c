/*
 * link.c - see link.h.
 */
#include "run/link.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

/* What carries descriptors beside the bytes. */
union control {
	struct cmsghdr align;
	char bytes[CMSG_SPACE(LINK_FDS_MOST * sizeof(int))];
};

bool link_send_all(int socket, struct buf *out)
{
	size_t at = 0;

	while (at < out->n) {
		const ssize_t n = send(socket, out->p + at, out->n - at, MSG_NOSIGNAL);
		if (n < 0 && errno != EINTR)
			return false;
		at += n > 0 ? (size_t)n : 0;
	}
	buf_clear(out);
	return true;
}

ssize_t link_send(int socket, struct str bytes, const int *fds, size_t n, int flags)
{
	union control control;
	const size_t size = n * sizeof *fds;
	struct iovec piece = { (void *)bytes.p, bytes.n };
	struct msghdr m = { .msg_iov = &piece, .msg_iovlen = 1 };

	if (size) {
		memset(&control, 0, sizeof control);
		m.msg_control = control.bytes;
		m.msg_controllen = CMSG_SPACE(size);
		struct cmsghdr *h = CMSG_FIRSTHDR(&m);
		h->cmsg_level = SOL_SOCKET;
		h->cmsg_type = SCM_RIGHTS;
		h->cmsg_len = CMSG_LEN(size);
		memcpy(CMSG_DATA(h), fds, size);
	}
	return sendmsg(socket, &m, MSG_NOSIGNAL | flags);
}

/* False: more came than there is room for. */
static bool descriptors_take(struct msghdr *m, int *fds, size_t room, size_t *n)
{
	const struct cmsghdr *h = CMSG_FIRSTHDR(m);
	size_t came;

	if (!h || h->cmsg_level != SOL_SOCKET || h->cmsg_type != SCM_RIGHTS)
		return true;
	came = (h->cmsg_len - CMSG_LEN(0)) / sizeof *fds;
	if (m->msg_flags & MSG_CTRUNC || came > room - *n)
		return false;
	memcpy(fds + *n, CMSG_DATA(h), came * sizeof *fds);
	*n += came;
	return true;
}

ssize_t link_receive(int socket, char *to, size_t size, int *fds, size_t room, size_t *n)
{
	union control control;
	struct iovec piece = { to, size };
	struct msghdr m = { .msg_iov = &piece, .msg_iovlen = 1 };
	ssize_t got;

	do {
		m.msg_control = control.bytes;
		m.msg_controllen = sizeof control.bytes;
		got = recvmsg(socket, &m, MSG_CMSG_CLOEXEC);
	} while (got < 0 && errno == EINTR);
	return got > 0 && !descriptors_take(&m, fds, room, n) ? -1 : got;
}
