/*
 * test_api.c - include/quern.h as an embedder uses it: engine, documents,
 * nodes, selectors, values; refused memory over all of it.
 */
#include "../base/cmocka_all.h"
#include "../base/heap.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "quern.h"

static const char page[] = "---\n"
			   "title: A page\n"
			   "tags: [one, two]\n"
			   "n: 3\n"
			   "ratio: 0.5\n"
			   "ok: true\n"
			   "---\n"
			   "# Heading *one*\n"
			   "\n"
			   "Text [link](https://example.org \"t\") and ![image](i.png).\n"
			   "\n"
			   "3. item\n"
			   "\n"
			   "| a | b |\n"
			   "|:--|--:|\n"
			   "| 1 | 2 |\n";

struct collector {
	char text[65536];
	size_t n;
	quern_code answer;
};

static quern_code collect(void *user, const char *bytes, size_t len)
{
	struct collector *c = user;

	assert_true(c->n + len < sizeof c->text);
	memcpy(c->text + c->n, bytes, len);
	c->n += len;
	c->text[c->n] = '\0';
	return c->answer;
}

static quern_doc *page_parse(quern *q)
{
	quern_doc_options o = QUERN_DOC_OPTIONS_INIT;
	quern_doc *doc;

	o.path = "page.md";
	assert_int_equal(quern_doc_parse(q, page, sizeof page - 1, &o, &doc, NULL), QUERN_OK);
	return doc;
}

static quern_node first_of(const quern_doc *doc, const char *css)
{
	quern_selector *s;
	quern *q;
	quern_node n;

	assert_int_equal(quern_new(NULL, &q, NULL), QUERN_OK);
	assert_int_equal(quern_selector_compile(q, css, &s, NULL), QUERN_OK);
	n = quern_selector_next(s, quern_doc_root(doc), quern_doc_root(doc));
	quern_selector_free(s);
	quern_free(q);
	return n;
}

static void codes_and_version(void **state)
{
	(void)state;
	assert_string_equal(quern_version(), QUERN_VERSION);
	assert_string_equal(quern_code_name(QUERN_OK), "ok");
	assert_string_equal(quern_code_name(QUERN_TIMEOUT), "timeout");
	assert_string_equal(quern_code_name(QUERN_STALE), "stale");
	assert_string_equal(quern_code_name((quern_code)999), "unknown");
	assert_string_equal(quern_code_name((quern_code)-1), "unknown");
	for (int c = QUERN_OK; c <= QUERN_STALE; c++)
		assert_string_not_equal(quern_code_name((quern_code)c), "unknown");
}

static void engines_check_their_configuration(void **state)
{
	quern_config c = QUERN_CONFIG_INIT;
	quern_error error;
	quern *q;

	(void)state;
	c.plugin_path_count = 2;
	assert_int_equal(quern_new(&c, &q, &error), QUERN_INVALID);
	assert_null(q);
	assert_true(error.message[0]);
	quern_free(NULL);
	/* A caller built against an older, shorter struct. */
	c = (quern_config)QUERN_CONFIG_INIT;
	c.size = offsetof(quern_config, max_nodes);
	c.max_nodes = 1;
	assert_int_equal(quern_new(&c, &q, NULL), QUERN_OK);
	quern_doc *doc = page_parse(q);
	assert_int_equal(quern_doc_complete(doc, NULL), QUERN_OK);
	quern_doc_unref(doc);
	quern_free(q);
}

static void documents_answer_their_fields(void **state)
{
	quern *q;
	size_t n;

	(void)state;
	assert_int_equal(quern_new(NULL, &q, NULL), QUERN_OK);
	quern_doc *doc = page_parse(q);
	quern_free(q); /* the document keeps it */
	assert_string_equal(quern_doc_path(doc), "page.md");
	assert_int_equal(quern_doc_format(doc), QUERN_MARKDOWN);
	assert_string_equal(quern_format_name(quern_doc_format(doc)), "markdown");
	assert_string_equal(quern_format_name(QUERN_AUTO), "auto");
	assert_string_equal(quern_doc_title(doc, &n), "A page");
	assert_int_equal(n, 6);
	assert_ptr_equal(quern_doc_title(doc, NULL), quern_doc_title(doc, NULL));
	assert_int_equal(strlen(quern_doc_digest(doc)), 64);
	assert_memory_equal(quern_doc_source(doc, &n), page, sizeof page - 1);
	assert_int_equal(n, sizeof page - 1);
	assert_int_equal(quern_doc_complete(doc, NULL), QUERN_OK);
	assert_int_equal(quern_doc_diagnostic_count(doc), 0);
	assert_string_equal(quern_doc_diagnostic(doc, 5).message, "");
	quern_doc *again = quern_doc_ref(doc);
	quern_doc_unref(doc);
	assert_string_equal(quern_doc_path(again), "page.md");
	quern_doc_unref(again);
	quern_doc_unref(NULL);
	assert_null(quern_doc_ref(NULL));
}

static void front_matter_is_a_value(void **state)
{
	quern *q;
	size_t n;

	(void)state;
	assert_int_equal(quern_new(NULL, &q, NULL), QUERN_OK);
	quern_doc *doc = page_parse(q);
	const quern_value *meta = quern_doc_meta(doc);
	assert_int_equal(quern_value_kind(meta), QUERN_MAP);
	assert_int_equal(quern_value_count(meta), 5);
	assert_string_equal(quern_value_key(meta, 0, &n), "title");
	assert_int_equal(n, 5);
	assert_string_equal(quern_value_string(quern_value_get(meta, "title"), NULL), "A page");
	assert_int_equal(quern_value_integer(quern_value_get(meta, "n")), 3);
	assert_true(quern_value_float(quern_value_get(meta, "ratio")) == 0.5);
	assert_true(quern_value_float(quern_value_get(meta, "n")) == 3.0);
	assert_true(quern_value_boolean(quern_value_get(meta, "ok")));
	const quern_value *tags = quern_value_get(meta, "tags");
	assert_int_equal(quern_value_count(tags), 2);
	assert_string_equal(quern_value_string(quern_value_at(tags, 1), NULL), "two");
	assert_null(quern_value_at(tags, 2));
	assert_null(quern_value_get(meta, "none"));
	assert_null(quern_value_get(tags, "none"));
	quern_doc_unref(doc);
	quern_free(q);
}

static void absent_values_count_as_null(void **state)
{
	size_t n = 7;

	(void)state;
	assert_int_equal(quern_value_kind(NULL), QUERN_NULL_VALUE);
	assert_int_equal(quern_value_count(NULL), 0);
	assert_int_equal(quern_value_integer(NULL), 0);
	assert_int_equal(quern_value_boolean(NULL), 0);
	assert_true(quern_value_float(NULL) == 0.0);
	assert_string_equal(quern_value_string(NULL, &n), "");
	assert_int_equal(n, 0);
	assert_string_equal(quern_value_key(NULL, 0, NULL), "");
	assert_null(quern_value_at(NULL, 0));
	assert_null(quern_value_get(NULL, "x"));
	quern_value_free(NULL);
	struct collector c = { .n = 0 };
	assert_int_equal(quern_value_to_json(NULL, collect, &c), QUERN_OK);
	assert_string_equal(c.text, "null");
}

static void values_are_made_and_written(void **state)
{
	struct collector c = { .n = 0 };
	quern_value *v;
	quern *q;

	(void)state;
	assert_int_equal(quern_new(NULL, &q, NULL), QUERN_OK);
	assert_int_equal(quern_value_new_map(q, &v), QUERN_OK);
	assert_int_equal(quern_value_set_string(v, "s", "a\0b", 3), QUERN_OK);
	assert_int_equal(quern_value_set_integer(v, "i", -5), QUERN_OK);
	assert_int_equal(quern_value_set_float(v, "f", 2.0), QUERN_OK);
	assert_int_equal(quern_value_set_boolean(v, "b", 7), QUERN_OK);
	assert_int_equal(quern_value_set_integer(v, "i", 6), QUERN_OK);
	assert_int_equal(quern_value_set_float(v, "nan", 0.0 / (double)quern_value_count(NULL)), QUERN_INVALID);
	assert_int_equal(quern_value_set_integer(NULL, "i", 6), QUERN_INVALID);
	assert_int_equal(quern_value_set_string(NULL, "i", "x", 1), QUERN_INVALID);
	assert_int_equal(quern_value_to_json(v, collect, &c), QUERN_OK);
	assert_string_equal(c.text, "{\"s\":\"a\\u0000b\",\"i\":6,\"f\":2.0,\"b\":true}");
	c.answer = QUERN_IO;
	assert_int_equal(quern_value_to_json(v, collect, &c), QUERN_IO);
	quern_value_free(v);
	quern_free(q);
}

static void values_are_read_from_json(void **state)
{
	static const char *const bad[] = { "", "{", "[1,]", "{\"a\":1,\"a\":2}", "1 2", "nul", "\"\xff\"" };
	struct collector c = { .n = 0 };
	quern_error error;
	quern_value *v;
	quern *q;

	(void)state;
	assert_int_equal(quern_new(NULL, &q, NULL), QUERN_OK);
	const char text[] = "{\"a\":[1,2.0,null,\"\xed\x95\x9c\"],\"b\":{\"c\":false}}";
	assert_int_equal(quern_value_from_json(q, text, sizeof text - 1, &v, &error), QUERN_OK);
	assert_int_equal(quern_value_to_json(v, collect, &c), QUERN_OK);
	assert_string_equal(c.text, text);
	quern_value_free(v);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		assert_int_equal(quern_value_from_json(q, bad[i], strlen(bad[i]), &v, &error), QUERN_SYNTAX);
		assert_null(v);
		assert_true(error.message[0]);
	}
	assert_int_equal(quern_value_from_json(q, NULL, 0, &v, NULL), QUERN_SYNTAX);
	quern_free(q);
}

static void views_are_values(void **state)
{
	quern_value *v;
	quern *q;

	(void)state;
	assert_int_equal(quern_new(NULL, &q, NULL), QUERN_OK);
	quern_doc *doc = page_parse(q);
	for (int view = QUERN_OUTLINE; view <= QUERN_TABLES; view++) {
		assert_int_equal(quern_doc_view(doc, (quern_view)view, &v), QUERN_OK);
		assert_int_equal(quern_value_kind(v), QUERN_LIST);
		assert_int_equal(quern_value_count(v), 1);
		quern_value_free(v);
	}
	assert_int_equal(quern_doc_view(doc, (quern_view)9, &v), QUERN_INVALID);
	assert_null(v);
	quern_doc_unref(doc);
	quern_free(q);
}

static void nodes_are_walked_both_ways(void **state)
{
	quern *q;
	size_t forward = 0, children = 0;

	(void)state;
	assert_int_equal(quern_new(NULL, &q, NULL), QUERN_OK);
	quern_doc *doc = page_parse(q);
	const quern_node root = quern_doc_root(doc);
	assert_string_equal(quern_node_kind(root), "document");
	assert_true(QUERN_NODE_NONE(quern_node_parent(root)));
	for (quern_node n = root; !QUERN_NODE_NONE(n); n = quern_node_following(root, n))
		forward++;
	assert_true(forward > 15);
	for (quern_node n = quern_node_first(root); !QUERN_NODE_NONE(n); n = quern_node_next(n)) {
		assert_int_equal(quern_node_parent(n).index, root.index);
		children++;
	}
	assert_int_equal(children, 4);
	for (quern_node n = quern_node_last(root); !QUERN_NODE_NONE(n); n = quern_node_prev(n))
		children--;
	assert_int_equal(children, 0);
	const quern_node none = { NULL, 0 }, foreign = { doc, 100000 };
	assert_string_equal(quern_node_kind(none), "");
	assert_string_equal(quern_node_kind(foreign), "");
	assert_true(QUERN_NODE_NONE(quern_node_first(none)) && QUERN_NODE_NONE(quern_node_last(none)));
	assert_true(QUERN_NODE_NONE(quern_node_next(none)) && QUERN_NODE_NONE(quern_node_prev(foreign)));
	assert_true(QUERN_NODE_NONE(quern_node_parent(none)) && QUERN_NODE_NONE(quern_node_following(root, none)));
	quern_doc_unref(doc);
	quern_free(q);
}

static void nodes_have_fields_and_spans(void **state)
{
	uint32_t line, column, end_line, end_column;
	size_t n;
	quern *q;

	(void)state;
	assert_int_equal(quern_new(NULL, &q, NULL), QUERN_OK);
	quern_doc *doc = page_parse(q);
	const quern_node heading = first_of(doc, "heading"), link = first_of(doc, "link");
	assert_int_equal(quern_node_integer(heading, "level", 0), 1);
	assert_int_equal(quern_node_integer(heading, "start", -1), -1);
	assert_int_equal(quern_node_integer(first_of(doc, "list"), "start", 0), 3);
	assert_true(quern_node_boolean(first_of(doc, "list"), "ordered"));
	assert_false(quern_node_boolean(heading, "ordered"));
	assert_memory_equal(quern_node_string(link, "url", &n), "https://example.org", 19);
	assert_int_equal(n, 19);
	assert_null(quern_node_string(heading, "url", &n));
	assert_int_equal(n, 0);
	assert_null(quern_node_string(heading, NULL, NULL));
	assert_null(quern_node_attribute(link, "class", &n));
	quern_node_span(heading, &line, &column, &end_line, &end_column);
	assert_int_equal(line, 8);
	assert_int_equal(column, 1);
	assert_int_equal(end_line, 8);
	assert_int_equal(end_column, 15);
	quern_node_span((quern_node){ NULL, 0 }, &line, &column, &end_line, &end_column);
	assert_int_equal(line + column + end_line + end_column, 0);
	struct collector c = { .n = 0 };
	assert_int_equal(quern_node_text(heading, collect, &c), QUERN_OK);
	assert_string_equal(c.text, "Heading one");
	assert_int_equal(quern_node_text((quern_node){ NULL, 0 }, collect, &c), QUERN_INVALID);
	quern_doc_unref(doc);
	quern_free(q);
}

static void selectors_say_where_they_are_wrong(void **state)
{
	quern_error error;
	quern_selector *s;
	quern *q;

	(void)state;
	assert_int_equal(quern_new(NULL, &q, NULL), QUERN_OK);
	assert_int_equal(quern_selector_compile(q, "heading[level", &s, &error), QUERN_INVALID);
	assert_null(s);
	assert_true(error.message[0] && error.column > 0);
	quern_selector_free(NULL);
	quern_free(q);
}

static quern_doc *parse_as(quern *q, const char *text, quern_format format)
{
	quern_doc_options options = QUERN_DOC_OPTIONS_INIT;
	quern_doc *doc;

	options.format = format;
	assert_int_equal(quern_doc_parse(q, text, strlen(text), &options, &doc, NULL), QUERN_OK);
	return doc;
}

/* What is written to "json" is read as QUERN_JSON_TREE and says the same; paragraphs are filled on demand. */
static void nodes_read_back(void **state)
{
	struct collector json = { .n = 0 }, wrapped = { .n = 0 };
	quern *q;

	(void)state;
	assert_int_equal(quern_new(NULL, &q, NULL), QUERN_OK);
	quern_doc *doc = parse_as(q, "one two *three* four\n\n- a\n", QUERN_MARKDOWN);
	const quern_node root = quern_doc_root(doc);
	assert_int_equal(quern_node_render(root, "json", 0, collect, &json, NULL), QUERN_OK);
	quern_doc *again = parse_as(q, json.text, QUERN_JSON_TREE);
	assert_int_equal(quern_doc_format(again), QUERN_JSON_TREE);
	assert_true(quern_node_equal(root, quern_doc_root(again)));
	assert_false(quern_node_equal(root, quern_node_first(root)));
	assert_false(quern_node_equal(root, (quern_node){ NULL, 0 }));
	assert_int_equal(quern_node_render(root, "markdown", QUERN_WRAP(9), collect, &wrapped, NULL), QUERN_OK);
	assert_string_equal(wrapped.text, "one two\n*three*\nfour\n\n- a\n");
	quern_doc_unref(again);
	again = parse_as(q, "{\"kind\":\"heading\",\"level\":9}", QUERN_JSON_TREE);
	assert_int_equal(quern_doc_complete(again, NULL), QUERN_OK);
	assert_int_equal(quern_doc_diagnostic_count(again), 1);
	assert_int_equal(quern_doc_diagnostic(again, 0).severity, QUERN_ERROR);
	assert_string_equal(quern_doc_diagnostic(again, 0).message, "level: must be an integer from 1 to 6");
	quern_doc_unref(again);
	quern_doc_unref(doc);
	quern_free(q);
}

static void nodes_are_rendered(void **state)
{
	static const char *const formats[] = { "html", "markdown", "text", "json", "tree" };
	quern_error error;
	quern *q;

	(void)state;
	assert_int_equal(quern_new(NULL, &q, NULL), QUERN_OK);
	quern_doc *doc = page_parse(q);
	const quern_node root = quern_doc_root(doc);
	for (size_t i = 0; i < 5; i++) {
		struct collector c = { .n = 0 };
		assert_int_equal(quern_node_render(root, formats[i], QUERN_FRONT_MATTER, collect, &c, &error),
				 QUERN_OK);
		assert_non_null(strstr(c.text, "Heading"));
		assert_int_equal(strncmp(c.text, "---\ntitle", 9) == 0, i == 1);
		c.answer = QUERN_IO;
		assert_int_equal(quern_node_render(root, formats[i], 0, collect, &c, &error), QUERN_IO);
	}
	assert_int_equal(quern_node_render(root, "pdf", 0, collect, NULL, &error), QUERN_INVALID);
	assert_non_null(strstr(error.message, "pdf"));
	assert_int_equal(quern_node_render(root, NULL, 0, collect, NULL, &error), QUERN_INVALID);
	assert_int_equal(quern_node_render((quern_node){ NULL, 0 }, "html", 0, collect, NULL, &error), QUERN_INVALID);
	struct collector c = { .n = 0 };
	assert_int_equal(quern_doc_to_json(doc, collect, &c), QUERN_OK);
	assert_true(c.text[0] == '{' && c.text[c.n - 1] == '\n' && c.text[c.n - 2] == '}');
	quern_doc_unref(doc);
	quern_free(q);
}

static void what_cannot_be_loaded_says_why(void **state)
{
	quern_config config = QUERN_CONFIG_INIT;
	quern_doc_options o = QUERN_DOC_OPTIONS_INIT;
	quern_error error;
	quern_doc *doc;
	quern *q;

	(void)state;
	config.max_document_bytes = 10;
	assert_int_equal(quern_new(&config, &q, NULL), QUERN_OK);
	assert_int_equal(quern_doc_load(q, "no/such/file.md", NULL, &doc, &error), QUERN_NOT_FOUND);
	assert_null(doc);
	assert_string_equal(error.path, "no/such/file.md");
	assert_int_equal(quern_doc_load(q, "/dev/null", NULL, &doc, &error), QUERN_IO);
	assert_int_equal(quern_doc_parse(q, page, sizeof page - 1, NULL, &doc, &error), QUERN_LIMIT);
	assert_null(doc);
	o.encoding = "NO-SUCH-CODE";
	assert_int_equal(quern_doc_parse(q, "x", 1, &o, &doc, &error), QUERN_INVALID);
	assert_non_null(strstr(error.message, "NO-SUCH-CODE"));
	assert_int_equal(quern_doc_parse(q, NULL, 0, NULL, &doc, &error), QUERN_OK);
	assert_string_equal(quern_doc_title(doc, NULL), "");
	assert_null(quern_doc_meta(doc));
	quern_doc_unref(doc);
	quern_free(q);
}

static void long_paths_are_cut_at_a_character(void **state)
{
	char path[1000] = "a";
	quern_error error;
	quern_doc *doc;
	quern *q;

	(void)state;
	for (size_t i = 0; i < 300; i++)
		strcat(path, "\xed\x95\x9c");
	assert_int_equal(quern_new(NULL, &q, NULL), QUERN_OK);
	assert_int_equal(quern_doc_load(q, path, NULL, &doc, &error), QUERN_NOT_FOUND);
	assert_int_equal(strlen(error.path) % 3, 1);
	assert_true(strlen(error.path) > 250);
	quern_free(q);
}

/* Everything above in one go.  True when nothing was refused. */
static bool use_all(const struct test_heap *h)
{
	quern_config config = QUERN_CONFIG_INIT;
	static const char *const folders[] = { "plugins", "more" };
	static struct collector c;
	quern *q = NULL;
	quern_doc *doc = NULL;
	quern_value *v = NULL;
	quern_selector *s = NULL;
	quern_error error;
	bool ok = false;

	c.n = 0;
	config.alloc = h->alloc.fn;
	config.alloc_user = h->alloc.user;
	config.plugin_path = folders;
	config.plugin_path_count = 2;
	if (quern_new(&config, &q, &error) != QUERN_OK)
		return false;
	if (quern_doc_parse(q, page, sizeof page - 1, NULL, &doc, &error) != QUERN_OK)
		goto done;
	ok = quern_doc_complete(doc, &error) == QUERN_OK;
	ok = strcmp(quern_doc_title(doc, NULL), "A page") == 0 && ok;
	ok = quern_doc_to_json(doc, collect, &c) == QUERN_OK && ok;
	ok = quern_doc_view(doc, QUERN_LINKS, &v) == QUERN_OK && ok;
	quern_value_free(v);
	ok = quern_value_from_json(q, "{\"a\":[1]}", 9, &v, &error) == QUERN_OK && ok;
	quern_value_free(v);
	if (quern_value_new_map(q, &v) == QUERN_OK)
		ok = quern_value_set_string(v, "key", "value", 5) == QUERN_OK && ok;
	else
		ok = false;
	quern_value_free(v);
	if (quern_selector_compile(q, "heading, link[url^=http] > text", &s, &error) == QUERN_OK)
		(void)quern_selector_next(s, quern_doc_root(doc), quern_doc_root(doc));
	else
		ok = false;
	quern_selector_free(s);
	if (!QUERN_NODE_NONE(quern_doc_root(doc)))
		ok = quern_node_render(quern_doc_root(doc), "html", 0, collect, &c, &error) == QUERN_OK && ok;
	else
		ok = false;
done:
	quern_doc_unref(doc);
	quern_free(q);
	return ok;
}

static void diagnostics_so_far_parse_nothing(void **state)
{
	static const char text[] = "---\ntitle: [\n---\ntext\n";
	quern_diagnostic d;
	quern_doc *doc;
	quern *q;

	(void)state;
	assert_int_equal(quern_new(NULL, &q, NULL), QUERN_OK);
	assert_int_equal(quern_doc_parse(q, text, strlen(text), NULL, &doc, NULL), QUERN_OK);
	assert_true(quern_doc_diagnostic_so_far(doc, 0, &d));
	assert_int_equal(d.severity, QUERN_WARNING);
	assert_false(quern_doc_diagnostic_so_far(doc, 1, &d));
	assert_false(quern_doc_is_complete(doc));
	assert_int_equal(quern_doc_diagnostic_count(doc), 1);
	assert_true(quern_doc_is_complete(doc));
	quern_doc_unref(doc);
	quern_free(q);
}

static void refused_memory_is_an_error(void **state)
{
	struct test_heap h;
	size_t k = 0;
	bool ok = false;

	(void)state;
	while (!ok) {
		test_heap_init(&h, ++k);
		ok = use_all(&h);
		assert_int_equal(h.live, 0);
		assert_true(k < 5000);
		/* Later requests are alike: sampled once there are many. */
		if (k > 300)
			k += 6;
	}
}

static void formats_have_parts(void **state)
{
	static const struct {
		const char *format, *want;
	} cases[] = {
		{ "markdown", "<p><del>a</del></p>\n<table>" },
		{ "markdown-strikethrough", "<p>~~a~~</p>\n<table>" },
		{ "markdown-tables", "<p><del>a</del></p>\n<p>|b|" },
		{ "commonmark", "<p>~~a~~</p>\n<p>|b|" },
		{ "commonmark+tables", "<p>~~a~~</p>\n<table>" },
	};
	static const char text[] = "~~a~~\n\n|b|\n|-|\n";
	quern_error error;
	quern *q;

	(void)state;
	assert_int_equal(quern_new(NULL, &q, NULL), QUERN_OK);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		quern_doc_options o = QUERN_DOC_OPTIONS_INIT;
		struct collector c = { .answer = QUERN_OK };
		quern_doc *doc;
		assert_int_equal(quern_format_read(cases[i].format, &o, &error), QUERN_OK);
		assert_int_equal(quern_doc_parse(q, text, strlen(text), &o, &doc, &error), QUERN_OK);
		assert_int_equal(quern_node_render(quern_doc_root(doc), "html", 0, collect, &c, &error), QUERN_OK);
		assert_memory_equal(c.text, cases[i].want, strlen(cases[i].want));
		quern_doc_unref(doc);
	}
	quern_doc_options o = { .size = sizeof o, .without = QUERN_READ_TABLES };
	assert_int_equal(quern_format_read("markdown-table", &o, &error), QUERN_INVALID);
	assert_non_null(strstr(error.hint, "tables"));
	assert_int_equal(quern_format_read("", &o, NULL), QUERN_INVALID);
	assert_int_equal(o.without, QUERN_READ_TABLES);
	quern_free(q);
}

/* Structs filled without their macro are refused, and what was handed over goes as it would. */
static void structs_without_a_size_are_refused(void **state)
{
	static const char plugin[] = "return { name = 'one', api = 1, map = function() return 1 end }";
	quern_config config = { 0 };
	quern_doc_options options = { 0 };
	quern_output output = { 0 };
	quern_results results = { 0 };
	quern_error error;
	quern_plugin *p;
	quern_value *v;
	quern_doc *doc;
	quern *q;

	(void)state;
	config.time_limit = 1;
	assert_int_equal(quern_new(&config, &q, &error), QUERN_INVALID);
	assert_null(q);
	assert_non_null(strstr(error.message, "quern_config"));
	assert_int_equal(quern_new(NULL, &q, NULL), QUERN_OK);
	assert_int_equal(quern_doc_parse(q, page, sizeof page - 1, &options, &doc, &error), QUERN_INVALID);
	assert_null(doc);
	assert_int_equal(quern_doc_load(q, __FILE__, &options, &doc, &error), QUERN_INVALID);
	const int fd = open("/dev/null", O_RDONLY);
	assert_int_equal(quern_doc_load_open(q, fd, &options, &doc, &error), QUERN_INVALID);
	assert_int_equal(close(fd), -1);
	doc = page_parse(q);
	assert_int_equal(quern_plugin_load_source(q, "one.lua", plugin, sizeof plugin - 1, &p, NULL), QUERN_OK);
	assert_int_equal(quern_plugin_map(p, doc, &output, &v, &error), QUERN_INVALID);
	assert_null(v);
	struct collector c = { .answer = QUERN_OK };
	assert_int_equal(quern_plugin_render(p, &results, NULL, collect, &c, &error), QUERN_INVALID);
	assert_non_null(strstr(error.message, "quern_results"));
	assert_int_equal(quern_plugin_map(p, doc, NULL, &v, &error), QUERN_OK);
	assert_int_equal(error.code, QUERN_OK);
	quern_value_free(v);
	quern_plugin_free(p);
	quern_doc_unref(doc);
	quern_free(q);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes_and_version),
		cmocka_unit_test(engines_check_their_configuration),
		cmocka_unit_test(documents_answer_their_fields),
		cmocka_unit_test(front_matter_is_a_value),
		cmocka_unit_test(absent_values_count_as_null),
		cmocka_unit_test(values_are_made_and_written),
		cmocka_unit_test(values_are_read_from_json),
		cmocka_unit_test(views_are_values),
		cmocka_unit_test(nodes_are_walked_both_ways),
		cmocka_unit_test(nodes_have_fields_and_spans),
		cmocka_unit_test(selectors_say_where_they_are_wrong),
		cmocka_unit_test(nodes_read_back),
		cmocka_unit_test(nodes_are_rendered),
		cmocka_unit_test(formats_have_parts),
		cmocka_unit_test(what_cannot_be_loaded_says_why),
		cmocka_unit_test(long_paths_are_cut_at_a_character),
		cmocka_unit_test(diagnostics_so_far_parse_nothing),
		cmocka_unit_test(structs_without_a_size_are_refused),
		cmocka_unit_test(refused_memory_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
