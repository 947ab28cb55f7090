/*
 * test_autolink.c - bare links in text by the rules of GFM 6.9: where they
 * begin, where they end, what is none; and that a search is linear.
 */
#include <time.h>

#include "../base/cmocka_all.h"
#include "../base/heap.h"
#include "../base/scale.h"
#include "base/buf.h"
#include "doc/autolink.h"

/* All links of a text as "shown>url " each; ">" alone where the URL is as shown. */
static void find_all(struct buf *out, struct str text)
{
	struct arena a;
	struct autolink link;
	size_t pos = 0;

	arena_init(&a, &alloc_libc, 0);
	while (autolink_find(&a, text, pos, &link)) {
		struct str shown = { text.p + link.from, link.to - link.from };
		assert_true(link.from >= pos && link.to > link.from && link.to <= text.n);
		buf_adds(out, shown);
		buf_addc(out, '>');
		buf_adds(out, str_eq(shown, link.url) ? STR_EMPTY : link.url);
		buf_addc(out, ' ');
		pos = link.to;
	}
	arena_release(&a);
}

static void test_links(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "", "" },
		{ "a http://b.c/d e", "http://b.c/d> " },
		{ "https://a ftp://b HTTP://C", "https://a> ftp://b> HTTP://C> " },
		{ "www.a.b", "www.a.b>http://www.a.b " },
		{ "WWW.A.B", "WWW.A.B>http://WWW.A.B " },
		{ "(www.a.b) *www.c.d _www.e.f ~www.g.h", "www.a.b>http://www.a.b www.c.d>http://www.c.d "
							  "www.e.f>http://www.e.f www.g.h>http://www.g.h " },
		{ "awww.b.c /www.b.c", "" },
		{ "www.", "" },
		{ "www. a", "" },
		{ "a@b.cd", "a@b.cd>mailto:a@b.cd " },
		{ "a.b-c_d+e@f-g.h.i.", "a.b-c_d+e@f-g.h.i>mailto:a.b-c_d+e@f-g.h.i " },
		{ "a@b @c.d e@ f@g- h@i.j_", "" },
		{ "/a@b.cd", "" },
		{ "http://a.b. http://c.d, http://e.f? http://g.h! (http://i.j)",
		  "http://a.b> http://c.d> http://e.f> http://g.h> http://i.j> " },
		{ "http://a.b/(c) http://a.b/c) http://a.b/(c)) http://a.b/(c", "http://a.b/(c)> http://a.b/c> "
										"http://a.b/(c)> http://a.b/(c> " },
		{ "http://a.b/c&amp; http://a.b/c; http://a.b/c&d=e;",
		  "http://a.b/c> http://a.b/c> http://a.b/c&d=e> " },
		{ "http://a.b<c http://a.b/'\"", "http://a.b> http://a.b/> " },
		{ "http:// http://. xhttp://a javascript://a", "" },
		{ "http://a_b.c http://a.b_c http://a_b.c.d http://a.b_c.d.e", "http://a_b.c.d> http://a.b_c.d.e> " },
		{ "한국어http://가.나/다라 마", "http://가.나/다라> " },
		{ "http://a.b\xC2\xA0"
		  "c http://d.e\xE3\x80\x80"
		  "f",
		  "http://a.b> http://d.e> " },
		{ "http://a.b,http://c.d", "http://a.b,http://c.d> " },
		{ "http://a.b/:// www.c.d", "http://a.b/://> www.c.d>http://www.c.d " },
		{ "://a : :/ w @", "" },
		{ "a.b.c@d.e@f.g", "a.b.c@d.e>mailto:a.b.c@d.e " },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf got;
		buf_init(&got, &alloc_libc, 0);
		find_all(&got, str_of(cases[i].text));
		if (!str_eqz(buf_str(&got), cases[i].want))
			fail_msg("%s\n  got  %s\n  want %s", cases[i].text, got.p, cases[i].want);
		buf_release(&got);
	}
}

/* Failed searches must not begin anew at each mark. */
static void test_linear(void **state)
{
	static const char *const units[] = { "www.a_", "http://a_", "a@",       "@",      "www.",
					     "://",    "a.b@c.",    "http://(", "www.a;", "&a;" };

	(void)state;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		struct buf text, got;
		clock_t start = clock();
		buf_init(&text, &alloc_libc, 0);
		buf_init(&got, &alloc_libc, 0);
		buf_addz(&text, i % 2 ? "http://a" : "");
		while (text.n < (size_t)scaled(1000000))
			buf_addz(&text, units[i]);
		find_all(&got, buf_str(&text));
		if ((double)(clock() - start) / CLOCKS_PER_SEC > 5)
			fail_msg("%s", units[i]);
		buf_release(&text);
		buf_release(&got);
	}
}

static void test_refused(void **state)
{
	struct test_heap heap;
	struct arena a;
	struct autolink link;

	(void)state;
	test_heap_init(&heap, 1);
	arena_init(&a, &heap.alloc, 0);
	assert_false(autolink_find(&a, STR_LIT("www.a.b"), 0, &link));
	assert_false(autolink_find(&a, STR_LIT("a@b.cd"), 0, &link));
	assert_true(a.refused);
	assert_true(autolink_find(&a, STR_LIT("http://a"), 0, &link));
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_linear),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
