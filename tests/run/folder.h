/*
 * folder.h - a temporary folder for tests of run/, gone with everything in it.
 */
#ifndef QUERN_TESTS_RUN_FOLDER_H
#define QUERN_TESTS_RUN_FOLDER_H

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FOLDER_PATH 4096

struct folder_fixture {
	char path[64];
	char text[FOLDER_PATH * 2];
};

static inline int folder_remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)st, (void)flag, (void)ftw;
	return remove(path);
}

static inline int folder_setup(void **state)
{
	struct folder_fixture *f = calloc(1, sizeof *f);

	strcpy(f->path, P_tmpdir "/quern-test-XXXXXX");
	if (!mkdtemp(f->path))
		return -1;
	*state = f;
	return 0;
}

static inline int folder_teardown(void **state)
{
	struct folder_fixture *f = *state;

	nftw(f->path, folder_remove_one, 32, FTW_DEPTH | FTW_PHYS);
	free(f);
	return 0;
}

/* The path of a name in the folder, valid until the next call. */
static inline const char *folder_path(struct folder_fixture *f, const char *name)
{
	snprintf(f->text, sizeof f->text, "%s%s%s", f->path, *name ? "/" : "", name);
	return f->text;
}

static inline void folder_mkdir(struct folder_fixture *f, const char *name)
{
	(void)!mkdir(folder_path(f, name), 0777);
}

static inline void folder_write(struct folder_fixture *f, const char *name, const char *text)
{
	const int fd = open(folder_path(f, name), O_WRONLY | O_CREAT | O_TRUNC, 0666);

	(void)!write(fd, text, strlen(text));
	close(fd);
}

static inline void folder_link(struct folder_fixture *f, const char *target, const char *name)
{
	(void)!symlink(target, folder_path(f, name));
}

/* The content of a file, or NULL; valid until the next call. */
static inline const char *folder_read(struct folder_fixture *f, const char *name)
{
	const int fd = open(folder_path(f, name), O_RDONLY);
	ssize_t n;

	if (fd < 0)
		return NULL;
	n = read(fd, f->text, sizeof f->text - 1);
	close(fd);
	f->text[n < 0 ? 0 : n] = '\0';
	return f->text;
}

#endif
