/*
 * made.h - trees made by hand and records around them, for the tests of what
 * works on trees.
 */
#ifndef QUERN_TESTS_DOC_MADE_H
#define QUERN_TESTS_DOC_MADE_H

#include "../base/cmocka_all.h"
#include "../base/heap.h"
#include "doc/build.h"
#include "doc/record.h"
#include "doc/write.h"

static inline struct record *made_read(const char *text, enum doc_format format)
{
	struct record_options options = { .path = "made.md", .format = format, .limits = record_limits_default };
	struct record *r = NULL;

	assert_int_equal(record_new(&alloc_libc, str_of(text), &options, &r), RECORD_OK);
	assert_non_null(record_tree(r));
	return r;
}

/* Closes the build and wraps its tree; the arena of the build may go afterwards. */
static inline struct record *made_record(struct tree_build *b)
{
	struct record *like = made_read("", FORMAT_MARKDOWN), *r = NULL;
	struct tree t;

	assert_int_equal(tree_build_finish(b, &t), BUILD_OK);
	assert_int_equal(record_from_tree(&alloc_libc, &t, like, &r), RECORD_OK);
	record_unref(like);
	return r;
}

static inline void made_text(struct tree_build *b, const char *text)
{
	tree_add_text(b, str_of(text), TREE_NONE, TREE_NONE);
}

/* "<kind>text</kind>" */
static inline uint32_t made_simple(struct tree_build *b, enum node_kind kind, const char *text)
{
	uint32_t node = tree_open(b, kind, TREE_NONE);

	made_text(b, text);
	tree_close(b, TREE_NONE);
	return node;
}

typedef void made_writer(struct buf *out, struct record *r, uint32_t node, unsigned flags);

/* What the writer makes of a node; free it. */
static inline char *made_written(made_writer *write, struct record *r, uint32_t node, unsigned flags)
{
	struct buf out;
	char *copy;

	buf_init(&out, &alloc_libc, 0);
	write(&out, r, node, flags);
	assert_true(buf_ok(&out));
	copy = strndup(buf_str(&out).p, buf_str(&out).n);
	buf_release(&out);
	assert_non_null(copy);
	return copy;
}

struct made_case {
	const char *input, *output;
};

static inline void made_check(made_writer *write, unsigned flags, const struct made_case *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct record *r = made_read(cases[i].input, FORMAT_MARKDOWN);
		char *got = made_written(write, r, 0, flags);
		assert_string_equal(got, cases[i].output);
		free(got);
		record_unref(r);
	}
}

#endif
