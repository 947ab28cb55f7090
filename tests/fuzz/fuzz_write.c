/*
 * fuzz_write.c - libFuzzer target: any bytes as Markdown.  The tree reads back
 * equal from JSON; and from Markdown, with the same bytes when it is written again, where no HTML is
 * in the text, no block had to be written as HTML (what those hold may have no form) and no container is deeper in others
 * than the writer repeats their marks.  No writer fails.
 *
 *     clang -g -O1 -fsanitize=fuzzer,address,undefined ... tests/fuzz/fuzz_write.c
 */
#include "doc/dialect.h"
#include "fuzz_document.h"

typedef void writer(struct buf *out, struct record *r, uint32_t node, unsigned flags);

static struct record *fuzz_again(struct str text, enum doc_format format)
{
	const struct record_options options = {
		.path = "fuzz", .format = format, .limits = record_limits_default, .without = DIALECT_DEFINITIONS
	};
	struct record *r;

	fuzz_check(record_new(&alloc_libc, text, &options, &r) == RECORD_OK, "not read", 0);
	fuzz_check(record_tree(r) != NULL, "no tree", 0);
	return r;
}

static void fuzz_written(struct buf *out, struct record *r, writer *write, unsigned flags)
{
	buf_init(out, &alloc_libc, 0);
	buf_addz(out, "");
	write(out, r, 0, flags);
	fuzz_check(buf_ok(out), "not written", 0);
}

static struct record *fuzz_back(struct record *r, writer *write, enum doc_format format)
{
	struct record *again;
	struct buf out;

	fuzz_written(&out, r, write, 0);
	again = fuzz_again(buf_str(&out), format);
	buf_release(&out);
	return again;
}

static void fuzz_equal(struct record *a, struct record *b, const char *what)
{
	uint32_t where[2];
	struct buf out;

	if (tree_equal(record_tree(a), 0, record_tree(b), 0, where))
		return;
	for (int i = 0; i < 2; i++) {
		fuzz_written(&out, i ? b : a, write_tree, 0);
		fprintf(stderr, "%s (differs at %u)\n%.*s\n", i ? "again" : "first", where[i], (int)out.n, out.p);
		buf_release(&out);
	}
	fuzz_written(&out, a, write_markdown, 0);
	fprintf(stderr, "written\n%.*s\n", (int)out.n, out.p);
	fuzz_check(false, what, where[0]);
}

/* A guard that cut the nesting cuts elsewhere the second time. */
static bool fuzz_is_whole(struct record *r)
{
	return record_diags(r)->n == 0;
}

static bool fuzz_has_tags(struct str text)
{
	return text.n && memchr(text.p, '<', text.n);
}

/* A line that begins with "<", behind marks of containers. */
static bool fuzz_has_blocks_of_html(struct str text)
{
	bool begins = true;

	for (size_t i = 0; i < text.n; i++) {
		if (begins && text.p[i] == '<')
			return true;
		begins = text.p[i] == '\n' || (begins && strchr(" >-*0123456789.):", text.p[i]));
	}
	return false;
}

/* Are the marks that lines inside containers repeat never longer than the writer lets them be (write_markdown_container.c)? */
static bool fuzz_is_shallow(const struct tree *t)
{
	enum { MARKS_MAX = 240, ORDERED_MARKS = 11, OTHER_MARKS = 4 };
	unsigned *marks = calloc(t->n_nodes, sizeof *marks);
	bool shallow = true;

	fuzz_check(marks != NULL, "no memory", 0);
	for (uint32_t i = 1; i < t->n_nodes && shallow; i++) {
		const struct node *n = &t->nodes[i], *parent = &t->nodes[n->parent];
		const bool ordered = n->kind == NODE_ITEM && (parent->flags & NODE_ORDERED);
		marks[i] = marks[n->parent] + (!node_kind_is_block(n->kind)  ? 0
					       : n->kind == NODE_BLOCK_QUOTE ? 2
					       : ordered                     ? ORDERED_MARKS
									     : OTHER_MARKS);
		shallow = marks[i] <= MARKS_MAX;
	}
	free(marks);
	return shallow;
}

static void fuzz_markdown(struct record *r)
{
	struct record *once;
	struct buf first, second;

	if (!fuzz_is_shallow(record_tree(r)))
		return;
	fuzz_written(&first, r, write_markdown, 0);
	if (fuzz_has_blocks_of_html(buf_str(&first))) {
		buf_release(&first);
		return;
	}
	once = fuzz_again(buf_str(&first), FORMAT_MARKDOWN);
	fuzz_equal(r, once, "Markdown reads back as another tree");
	fuzz_written(&second, once, write_markdown, 0);
	fuzz_check(str_eq(buf_str(&first), buf_str(&second)), "written otherwise the second time", 0);
	buf_release(&second);
	record_unref(once);
	buf_release(&first);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct str text = { size ? (const char *)data : "", size };
	struct record *r, *json;

	if (size > 4000)
		return -1;
	r = fuzz_again(text, FORMAT_MARKDOWN);
	json = fuzz_back(r, write_node_json, FORMAT_JSON);
	fuzz_equal(r, json, "JSON reads back as another tree");
	if (fuzz_is_whole(r) && !fuzz_has_tags(text))
		fuzz_markdown(r);
	fuzz_writers(r);
	record_unref(r);
	record_unref(json);
	return 0;
}
