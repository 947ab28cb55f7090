/*
 * test_elements.c - the table of HTML elements: one of every action, names
 * that are not in it, the order the search depends on.
 */
#include "../base/cmocka_all.h"

#include "doc/elements.h"

static const struct element known[] = {
	{ "a", ELEMENT_LINK, NODE_LINK },
	{ "address", ELEMENT_BLOCK, NODE_CONTAINER },
	{ "b", ELEMENT_INLINE, NODE_STRONG },
	{ "blockquote", ELEMENT_BLOCK, NODE_BLOCK_QUOTE },
	{ "body", ELEMENT_TRANSPARENT, 0 },
	{ "br", ELEMENT_BREAK, NODE_LINEBREAK },
	{ "caption", ELEMENT_BLOCK, NODE_CAPTION },
	{ "code", ELEMENT_CODE, NODE_CODE },
	{ "dd", ELEMENT_DEFINITION, NODE_DEFINITION },
	{ "del", ELEMENT_INLINE, NODE_STRIKETHROUGH },
	{ "div", ELEMENT_BLOCK, NODE_CONTAINER },
	{ "dl", ELEMENT_BLOCK, NODE_DEFINITION_LIST },
	{ "dt", ELEMENT_TERM, NODE_TERM },
	{ "em", ELEMENT_INLINE, NODE_EMPH },
	{ "figure", ELEMENT_BLOCK, NODE_FIGURE },
	{ "h1", ELEMENT_HEADING, NODE_HEADING },
	{ "h6", ELEMENT_HEADING, NODE_HEADING },
	{ "head", ELEMENT_SKIP, 0 },
	{ "hr", ELEMENT_RULE, NODE_THEMATIC_BREAK },
	{ "html", ELEMENT_TRANSPARENT, 0 },
	{ "iframe", ELEMENT_EMBED, NODE_LINK },
	{ "img", ELEMENT_IMAGE, NODE_IMAGE },
	{ "input", ELEMENT_INPUT, 0 },
	{ "li", ELEMENT_ITEM, NODE_ITEM },
	{ "ol", ELEMENT_LIST, NODE_LIST },
	{ "p", ELEMENT_PARAGRAPH, NODE_PARAGRAPH },
	{ "pre", ELEMENT_PRE, NODE_CODE_BLOCK },
	{ "script", ELEMENT_SKIP, 0 },
	{ "source", ELEMENT_SOURCE, 0 },
	{ "style", ELEMENT_SKIP, 0 },
	{ "table", ELEMENT_BLOCK, NODE_TABLE },
	{ "tbody", ELEMENT_ROWS, 0 },
	{ "td", ELEMENT_CELL, NODE_TABLE_CELL },
	{ "textarea", ELEMENT_SKIP, 0 },
	{ "th", ELEMENT_CELL, NODE_TABLE_CELL },
	{ "title", ELEMENT_TITLE, 0 },
	{ "tr", ELEMENT_ROW, NODE_TABLE_ROW },
	{ "ul", ELEMENT_LIST, NODE_LIST },
	{ "wbr", ELEMENT_VOID, 0 },
	{ "xmp", ELEMENT_PRE, NODE_CODE_BLOCK },
};

static void known_elements(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		struct element got = element_find(known[i].name);
		if (strcmp(got.name, known[i].name) != 0 || got.action != known[i].action || got.kind != known[i].kind)
			fail_msg("%s: %s %d %d", known[i].name, got.name, got.action, got.kind);
	}
}

static void unknown_elements(void **state)
{
	static const char *const names[] = { "",   "aa",  "zzz",       "my-element",  "h0",   "h7",
					     "H1", "DIV", "math",      "span",        "font", "<p>",
					     "p ", "a\n", "blockquot", "blockquotee", "제목", "\xFF\xFE" };

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct element got = element_find(names[i]);
		assert_string_equal(got.name, names[i]);
		assert_int_equal(got.action, ELEMENT_INLINE);
		assert_int_equal(got.kind, NODE_SPAN);
	}
}

/* Every element of WHATWG HTML whose kind or text must not get lost as a span: found only if the table is sorted. */
static void whole_table_is_found(void **state)
{
	static const char *const names[] = {
		"a",          "address",  "area",     "article",  "aside",      "audio",  "b",      "base",
		"blockquote", "body",     "br",       "caption",  "center",     "code",   "col",    "colgroup",
		"datalist",   "dd",       "del",      "details",  "dialog",     "dir",    "div",    "dl",
		"dt",         "em",       "embed",    "fieldset", "figcaption", "figure", "footer", "form",
		"frame",      "frameset", "h1",       "h2",       "h3",         "h4",     "h5",     "h6",
		"head",       "header",   "hgroup",   "hr",       "html",       "i",      "iframe", "img",
		"input",      "legend",   "li",       "link",     "listing",    "main",   "menu",   "meta",
		"nav",        "noframes", "noscript", "object",   "ol",         "p",      "param",  "plaintext",
		"pre",        "s",        "script",   "search",   "section",    "select", "source", "strike",
		"strong",     "style",    "summary",  "svg",      "table",      "tbody",  "td",     "template",
		"textarea",   "tfoot",    "th",       "thead",    "title",      "tr",     "track",  "tt",
		"ul",         "video",    "wbr",      "xmp",
	};

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct element got = element_find(names[i]);
		if (got.action == ELEMENT_INLINE && got.kind == NODE_SPAN)
			fail_msg("%s is not found", names[i]);
	}
}

static void void_elements(void **state)
{
	static const char *const yes[] = { "br", "BR", "Img", "wbr", "embed", "source", "area", "input" };
	static const char *const no[] = { "", "b", "brr", "video", "colgroup", "frame", "p", "svg" };

	(void)state;
	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
		assert_true(element_is_void(str_of(yes[i])));
	for (size_t i = 0; i < sizeof no / sizeof *no; i++)
		assert_false(element_is_void(str_of(no[i])));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_elements),
		cmocka_unit_test(unknown_elements),
		cmocka_unit_test(void_elements),
		cmocka_unit_test(whole_table_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
