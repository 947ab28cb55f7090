/*
 * look.h - what a path is, told by one call or two, and what is in it where it
 * is a small file that somebody will read.
 *
 * For the walk, and for a thread that goes ahead of it: asks the system and
 * nothing else, not even for memory.  Knows neither folders nor documents.
 */
#ifndef QUERN_RUN_LOOK_H
#define QUERN_RUN_LOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

/* A file of so many bytes at most is read where it is opened. */
#define LOOK_SMALL 4096

struct look {
	int error;      /* why there is nothing; an errno, 0 */
	struct stat st; /* links followed */
	int fd;         /* of a file that was opened and not read; or -1 */
	bool read;      /* text is what is in the file: st.st_size bytes */
	char text[LOOK_SMALL + 1];
};

/* At what name is in the folder dir (AT_FDCWD: at a path). */
void look_at(struct look *l, int dir, const char *name);
/* The same, of what a folder says is a regular file; opened, and read where it is small. */
void look_into(struct look *l, int dir, const char *name);
/* Closes what was opened. */
void look_end(struct look *l);

#endif
