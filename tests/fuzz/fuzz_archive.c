/*
 * fuzz_archive.c - libFuzzer target: any bytes as an archive or, one time in four,
 * as a compressed file, with memory refused on the way.  Members are numbered in
 * order, their names lead nowhere, and nothing is larger than allowed; begun in
 * the middle, the rest is the same.
 */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../base/heap.h"
#include "run/unpack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MEMBER_MOST = 100000, ITEMS_MOST = 64 };

static void holds(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "%s\n", what);
	abort();
}

static bool wants(void *user, const char *name)
{
	(void)user;
	return name[0] != '.';
}

static void check_name(const char *name)
{
	for (const char *part = name; *part;) {
		const size_t n = strcspn(part, "/");
		holds(n > 0 && strncmp(part, "..", n > 2 ? n : 2) != 0 && strncmp(part, ".", n) != 0, "a clean name");
		part += n + (part[n] == '/');
	}
}

/* What is in the items from `skip` on, as a number. */
static uint64_t unpack_all(struct test_heap *heap, int fd, bool single, uint64_t skip, uint64_t *items)
{
	const struct unpack_options options = {
		.heap = &heap->alloc, .fd = fd, .single = single, .most = MEMBER_MOST, .skip = skip, .wants = wants
	};
	struct unpack *u = unpack_open(&options);
	struct unpack_item item;
	uint64_t sum = 0, next = skip;

	while (u && next < ITEMS_MOST && unpack_next(u, &item)) {
		holds(item.index == next || item.is_last, "items in order");
		holds(!item.message || *item.message, "a word on what is wrong");
		holds(item.bytes.n <= MEMBER_MOST, "a member within its limit");
		if (!item.message) {
			check_name(item.name);
			for (size_t i = 0; i < item.bytes.n; i++)
				sum = sum * 31 + (unsigned char)item.bytes.p[i];
		}
		next = item.index + 1;
	}
	*items = next;
	unpack_close(u);
	return sum;
}

static uint32_t hash_of(const uint8_t *data, size_t size)
{
	uint32_t h = 2166136261U;

	for (size_t i = 0; i < size; i++)
		h = (h ^ data[i]) * 16777619U;
	return h;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint32_t hash = hash_of(data, size);
	const bool single = hash % 4 == 0;
	const int fd = memfd_create("archive", MFD_CLOEXEC);
	struct test_heap heap;
	uint64_t items, again;

	holds(!unpack_load() && setlocale(LC_CTYPE, "C.UTF-8"), "the library");
	holds(fd >= 0 && (size == 0 || write(fd, data, size) == (ssize_t)size), "a file in memory");
	test_heap_init(&heap, hash / 4 % 4 ? 0 : 1 + hash / 16 % 40);
	const uint64_t whole = unpack_all(&heap, fd, single, 0, &items);
	if (!heap.fail_at) {
		holds(unpack_all(&heap, fd, single, 0, &again) == whole && again == items, "the same every time");
		unpack_all(&heap, fd, single, items / 2, &again);
	}
	close(fd);
	holds(heap.live == 0, "memory is still held");
	return 0;
}
