/*
 * look.c - see look.h.
 */
#include "run/look.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

void look_at(struct look *l, int dir, const char *name)
{
	l->fd = -1;
	l->read = false;
	l->error = fstatat(dir, name, &l->st, 0) == 0 ? 0 : errno;
}

/* One byte more than there should be is asked for: as many as there should be are all.  Else it is left unread. */
static bool read_whole(struct look *l)
{
	ssize_t n;

	do
		n = read(l->fd, l->text, (size_t)l->st.st_size + 1);
	while (n < 0 && errno == EINTR);
	if (n == (ssize_t)l->st.st_size)
		return true;
	/* It changes at this moment: whoever reads it looks again. */
	lseek(l->fd, 0, SEEK_SET);
	return false;
}

void look_into(struct look *l, int dir, const char *name)
{
	l->error = 0;
	l->read = false;
	l->fd = openat(dir, name, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	if (l->fd < 0 || fstat(l->fd, &l->st) != 0 || !S_ISREG(l->st.st_mode)) {
		look_end(l);
		look_at(l, dir, name);
	} else if (l->st.st_size > 0 && l->st.st_size <= LOOK_SMALL && read_whole(l)) {
		l->read = true;
		look_end(l);
	}
}

void look_end(struct look *l)
{
	if (l->fd >= 0)
		close(l->fd);
	l->fd = -1;
}
