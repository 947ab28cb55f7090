/*
 * test_corpus.c - the walk: order, once each, links, loops, problems, globs,
 * refused memory.
 */
#include "../base/cmocka_all.h"
#include "../base/heap.h"
#include "folder.h"

#include <dirent.h>
#include <sys/stat.h>

#include "run/corpus.h"
#include "run/look.h"

/* Walks and joins what comes out as "path path !problem ". */
static char *walk_with(const struct alloc *heap, struct folder_fixture *f, const struct corpus_options *options)
{
	static char out[65536];
	struct corpus *c = corpus_open(heap, options);
	struct corpus_item item;
	const size_t prefix = strlen(f->path) + 1;
	uint64_t ordinal = 0;
	size_t n = 0;

	out[0] = '\0';
	if (!c)
		return NULL;
	while (corpus_next(c, &item)) {
		const bool inside = strncmp(item.path, f->path, prefix - 1) == 0 && item.path[prefix - 1] == '/';
		if (item.kind == CORPUS_PROBLEM) {
			assert_non_null(item.message);
			n += (size_t)snprintf(out + n, sizeof out - n, "!");
		} else {
			assert_int_equal(item.ordinal, ordinal++);
		}
		n += (size_t)snprintf(out + n, sizeof out - n, "%s ", item.path + (inside ? prefix : 0));
	}
	assert_false(corpus_next(c, &item));
	corpus_close(c);
	return out;
}

static char *walk(struct folder_fixture *f, const char *const *names)
{
	static char paths[8][FOLDER_PATH];
	const char *list[8];
	size_t n;

	for (n = 0; names[n]; n++) {
		if (strcmp(names[n], "-") == 0)
			strcpy(paths[n], "-");
		else
			snprintf(paths[n], FOLDER_PATH, "%s%s%s", f->path, *names[n] ? "/" : "", names[n]);
		list[n] = paths[n];
	}
	return walk_with(&alloc_libc, f, &(struct corpus_options){ .paths = list, .n_paths = n });
}

static void folders_in_order_of_whole_paths(void **state)
{
	struct folder_fixture *f = *state;

	folder_mkdir(f, "a");
	folder_mkdir(f, "a/b");
	folder_write(f, "a/x.md", "");
	folder_write(f, "a/b/y.md", "");
	folder_write(f, "a-b.md", "");
	folder_write(f, "a.md", "");
	folder_write(f, "a0.md", "");
	folder_write(f, "B.md", "");
	folder_write(f, "\xed\x95\x9c.md", "");
	assert_string_equal(walk(f, (const char *[]){ "", NULL }),
			    "B.md a-b.md a.md a/b/y.md a/x.md a0.md \xed\x95\x9c.md ");
	assert_string_equal(walk(f, (const char *[]){ "a/", NULL }), "a/b/y.md a/x.md ");
}

static void known_suffixes_and_no_dot_files(void **state)
{
	struct folder_fixture *f = *state;

	folder_mkdir(f, ".hidden");
	folder_mkdir(f, "d.md");
	folder_write(f, ".hidden/a.md", "");
	folder_write(f, ".b.md", "");
	folder_write(f, "c.MD", "");
	folder_write(f, "d.md/e.Html", "");
	folder_write(f, "f.htm", "");
	folder_write(f, "g.markdown", "");
	folder_write(f, "h.txt", "");
	folder_write(f, "i.rst", "");
	folder_write(f, "md", "");
	assert_string_equal(walk(f, (const char *[]){ "", NULL }), "c.MD d.md/e.Html f.htm g.markdown h.txt ");
	assert_string_equal(walk(f, (const char *[]){ "i.rst", "md", ".b.md", ".hidden", NULL }),
			    "i.rst md .b.md .hidden/a.md ");
}

static void each_file_once(void **state)
{
	struct folder_fixture *f = *state;

	folder_mkdir(f, "d");
	folder_write(f, "d/a.md", "");
	folder_write(f, "b.md", "");
	folder_link(f, "d/a.md", "link.md");
	folder_link(f, "d", "z");
	assert_string_equal(walk(f, (const char *[]){ "d/a.md", "d", "d/a.md", "", NULL }), "d/a.md b.md ");
	assert_string_equal(walk(f, (const char *[]){ "link.md", "z", NULL }), "link.md ");
	assert_string_equal(walk(f, (const char *[]){ "-", "b.md", "-", NULL }), "- b.md ");
	assert_string_equal(walk(f, (const char *[]){ NULL }), "");
}

static void hard_links_are_documents(void **state)
{
	struct folder_fixture *f = *state;
	char first[FOLDER_PATH * 2];

	folder_write(f, "a.md", "");
	strcpy(first, folder_path(f, "a.md"));
	assert_int_equal(link(first, folder_path(f, "b.md")), 0);
	assert_string_equal(walk(f, (const char *[]){ "", "a.md", NULL }), "a.md b.md ");
}

static void links_are_followed_and_loops_end(void **state)
{
	struct folder_fixture *f = *state;

	folder_mkdir(f, "d");
	folder_mkdir(f, "other");
	folder_write(f, "d/a.md", "");
	folder_write(f, "other/b.md", "");
	folder_link(f, "..", "d/up");
	folder_link(f, "../other", "d/side");
	folder_link(f, "../d", "other/back");
	folder_link(f, "self.md", "self.md");
	assert_string_equal(walk(f, (const char *[]){ "d", NULL }), "d/a.md d/side/b.md !d/up/self.md ");
}

static void problems_do_not_end_the_walk(void **state)
{
	struct folder_fixture *f = *state;

	folder_write(f, "a.md", "");
	folder_mkdir(f, "d");
	folder_link(f, "nowhere", "d/gone.md");
	mkfifo(folder_path(f, "pipe.md"), 0666);
	assert_string_equal(walk(f, (const char *[]){ "missing.md", "a.md", "pipe.md", "d", NULL }),
			    "!missing.md a.md !pipe.md !d/gone.md ");
	assert_string_equal(walk(f, (const char *[]){ "", NULL }), "a.md !d/gone.md !pipe.md ");
}

static void problems_say_what_and_how_grave(void **state)
{
	struct folder_fixture *f = *state;
	const char *paths[] = { "/dev/null", "", f->path };
	const struct corpus_options options = { .paths = paths, .n_paths = 3 };
	struct corpus *c;
	struct corpus_item item;

	mkfifo(folder_path(f, "pipe.md"), 0666);
	c = corpus_open(&alloc_libc, &options);
	assert_true(corpus_next(c, &item));
	assert_int_equal(item.severity, SEVERITY_ERROR);
	assert_non_null(strstr(item.message, "device"));
	assert_non_null(item.hint);
	assert_true(corpus_next(c, &item));
	assert_non_null(strstr(item.message, "no such file"));
	assert_true(corpus_next(c, &item));
	assert_int_equal(item.severity, SEVERITY_WARNING);
	assert_non_null(strstr(item.message, "pipe"));
	assert_false(corpus_next(c, &item));
	corpus_close(c);
}

static void globs_choose(void **state)
{
	struct folder_fixture *f = *state;
	const char *paths[] = { f->path };
	const char *include[] = { "*.rst", "d/*.md" };
	const char *exclude[] = { "old", "draft-*", "d/b.*" };
	const struct corpus_options both = { .paths = paths, .n_paths = 1, .wanted = { include, 2, exclude, 3 } };
	const struct corpus_options less = { .paths = paths,
					     .n_paths = 1,
					     .wanted = { .exclude = exclude, .n_exclude = 3 } };

	folder_mkdir(f, "d");
	folder_mkdir(f, "old");
	folder_write(f, "a.rst", "");
	folder_write(f, "c.md", "");
	folder_write(f, "draft-a.md", "");
	folder_write(f, "d/a.md", "");
	folder_write(f, "d/b.md", "");
	folder_write(f, "old/a.md", "");
	assert_string_equal(walk_with(&alloc_libc, f, &both), "a.rst d/a.md ");
	assert_string_equal(walk_with(&alloc_libc, f, &less), "c.md d/a.md ");
}

static void many_files_and_deep_folders(void **state)
{
	struct folder_fixture *f = *state;
	const char *paths[] = { f->path };
	const struct corpus_options options = { .paths = paths, .n_paths = 1 };
	char name[FOLDER_PATH] = "";
	struct test_heap h;
	struct corpus *c;
	struct corpus_item item;
	size_t n = 0;

	for (int i = 0; i < 60; i++) {
		strcat(name, i ? "/d" : "d");
		folder_mkdir(f, name);
	}
	strcat(name, "/end.md");
	folder_write(f, name, "");
	for (int i = 0; i < 2000; i++) {
		snprintf(name, sizeof name, "%d.md", i);
		folder_write(f, name, "");
	}
	test_heap_init(&h, 0);
	c = corpus_open(&h.alloc, &options);
	while (corpus_next(c, &item))
		n++;
	corpus_close(c);
	assert_int_equal(n, 2001);
	assert_int_equal(h.live, 0);
}

static void refused_memory_is_an_item(void **state)
{
	struct folder_fixture *f = *state;
	const char *paths[] = { f->path, "-" };
	const struct corpus_options options = { .paths = paths, .n_paths = 2 };
	const char *out = NULL;

	folder_mkdir(f, "d");
	folder_write(f, "a.md", "");
	folder_write(f, "d/b.md", "");
	for (size_t k = 1; !out || strcmp(out, "a.md d/b.md - ") != 0; k++) {
		struct test_heap h;
		test_heap_init(&h, k);
		out = walk_with(&h.alloc, f, &options);
		assert_int_equal(h.live, 0);
		assert_true(k < 100);
		if (out && strcmp(out, "a.md d/b.md - ") != 0)
			assert_non_null(strchr(out, '!'));
	}
}

/* An archive of one short member and the end. */
static void tar_write(struct folder_fixture *f, const char *name, const char *member, const char *text)
{
	char blocks[4][512] = { { 0 } };
	const int fd = open(folder_path(f, name), O_WRONLY | O_CREAT | O_TRUNC, 0666);
	unsigned sum = 0;

	strcpy(blocks[0], member);
	strcpy(blocks[0] + 100, "0000644");
	snprintf(blocks[0] + 124, 12, "%011o", (unsigned)strlen(text));
	snprintf(blocks[0] + 136, 12, "%011o", 0u);
	blocks[0][156] = '0';
	strcpy(blocks[0] + 257, "ustar");
	memcpy(blocks[0] + 263, "00", 2);
	memset(blocks[0] + 148, ' ', 8);
	for (int i = 0; i < 512; i++)
		sum += (unsigned char)blocks[0][i];
	snprintf(blocks[0] + 148, 8, "%06o", sum);
	strcpy(blocks[1], text);
	(void)!write(fd, blocks, sizeof blocks);
	close(fd);
}

static void archives_give_paths_and_texts(void **state)
{
	struct folder_fixture *f = *state;
	char path[FOLDER_PATH * 2];
	const char *paths[] = { path };
	const struct corpus_options options = { .paths = paths, .n_paths = 1 };
	struct corpus_item item;
	struct corpus *c;

	tar_write(f, "a.tar", "./d/one.md", "# One");
	strcpy(path, folder_path(f, "a.tar"));
	c = corpus_open(&alloc_libc, &options);
	assert_true(corpus_next(c, &item));
	assert_int_equal(item.kind, CORPUS_MEMBER);
	assert_int_equal(item.text.n, 0);
	assert_string_equal(item.path + strlen(path), "/d/one.md");
	assert_true(corpus_text(c, &item));
	assert_true(str_eqz(item.text, "# One"));
	/* It may be asked for again. */
	assert_true(corpus_text(c, &item));
	assert_true(str_eqz(item.text, "# One"));
	assert_false(corpus_next(c, &item));
	corpus_close(c);
}

/* In the process that reads the archive, too: there it is told, or that process ends. */
static void memory_refused_at_an_archive_is_an_item(void **state)
{
	struct folder_fixture *f = *state;
	char archive[FOLDER_PATH * 2];
	const char *paths[] = { f->path, archive };
	const struct corpus_options options = { .paths = paths, .n_paths = 2 };
	static const char whole[] = "b.md a.tar/one.md ";
	const char *out = NULL;

	tar_write(f, "a.tar", "one.md", "# One");
	strcpy(archive, folder_path(f, "a.tar"));
	folder_write(f, "b.md", "");
	folder_write(f, "c.md", "");
	folder_write(f, ".quernignore", "c*\n!b.md\n");
	for (size_t k = 1; !out || strcmp(out, whole) != 0; k++) {
		struct test_heap h;
		test_heap_init(&h, k);
		out = walk_with(&h.alloc, f, &options);
		assert_int_equal(h.live, 0);
		assert_true(k < 100);
		if (out && strcmp(out, whole) != 0)
			assert_non_null(strchr(out, '!'));
	}
}

static size_t open_descriptors(void)
{
	DIR *dir = opendir("/proc/self/fd");
	size_t n = 0;

	assert_non_null(dir);
	while (readdir(dir))
		n++;
	closedir(dir);
	return n;
}

/* Where files are opened on the way, the walk is the same; what nobody takes over is closed. */
static void files_are_opened_on_the_way(void **state)
{
	struct folder_fixture *f = *state;
	const char *paths[] = { f->path };
	const struct corpus_options options = { .paths = paths, .n_paths = 1 };
	const size_t before = open_descriptors();
	struct corpus_item item;
	char bytes[8], large[LOOK_SMALL + 2];
	int taken = -1;

	memset(large, 'x', sizeof large);
	large[sizeof large - 1] = '\0';

	folder_write(f, "a.md", "one");
	folder_write(f, "b.md", "");
	folder_write(f, "c.md.gz", "three");
	folder_link(f, "a.md", "d.md");
	folder_write(f, "e.md", large);
	assert_int_equal(mkfifo(folder_path(f, "f.md"), 0600), 0);
	struct corpus *c = corpus_open(&alloc_libc, &options);
	assert_non_null(c);
	corpus_open_files(c);
	for (const char *name = "abef"; *name; name++) {
		assert_true(corpus_next(c, &item));
		if (item.kind == CORPUS_MEMBER)
			assert_true(!item.opened && corpus_next(c, &item));
		assert_int_equal(item.path[strlen(f->path) + 1], *name);
		assert_int_equal(item.kind, *name == 'f' ? CORPUS_PROBLEM : CORPUS_FILE);
		/* What is small is read; what is empty may be one of the kernel's, and is not. */
		assert_true(*name == 'a' ? str_eqz(item.text, "one") : !item.text.n);
		assert_true(strchr("af", *name) ? !item.opened : item.opened && item.opened->fd >= 0);
		if (*name != 'e')
			continue;
		assert_int_equal(item.st.st_size, sizeof large - 1);
		taken = item.opened->fd;
		item.opened->fd = -1;
	}
	assert_false(corpus_next(c, &item));
	corpus_close(c);
	assert_int_equal(open_descriptors(), before + 1);
	assert_int_equal(read(taken, bytes, sizeof bytes), sizeof bytes);
	close(taken);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)
	const struct CMUnitTest tests[] = {
		T(folders_in_order_of_whole_paths),
		T(known_suffixes_and_no_dot_files),
		T(each_file_once),
		T(hard_links_are_documents),
		T(links_are_followed_and_loops_end),
		T(problems_do_not_end_the_walk),
		T(problems_say_what_and_how_grave),
		T(globs_choose),
		T(files_are_opened_on_the_way),
		T(many_files_and_deep_folders),
		T(refused_memory_is_an_item),
		T(archives_give_paths_and_texts),
		T(memory_refused_at_an_archive_is_an_item),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
