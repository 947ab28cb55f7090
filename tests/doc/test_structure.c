/*
 * test_structure.c - the builder itself, driven by events and elements: what
 * it implies, closes, turns inside out, leaves out, and what it does at its limits.
 */
#include "../base/heap.h"
#include "check_tree.h"
#include "doc/structure.h"
#include "show.h"

struct fixture {
	struct test_heap heap;
	struct arena arena, scratch;
	struct structure s;
};

static void begin(struct fixture *f, uint32_t max_nodes, uint32_t max_depth)
{
	test_heap_init(&f->heap, 0);
	arena_init(&f->arena, &f->heap.alloc, 0);
	arena_init(&f->scratch, &f->heap.alloc, 0);
	structure_init(&f->s, &f->arena, &f->scratch, max_nodes, max_depth, 0);
}

static void end(struct fixture *f)
{
	arena_release(&f->scratch);
	arena_release(&f->arena);
	assert_int_equal(f->heap.live, 0);
}

/*
 * A program of one letter steps: upper case opens by a Markdown event, lower
 * case closes it (P p paragraph, Q q quote, L l list, I i item, E e emphasis, H h heading); "x" text, "~" break;
 * "<name>" and "</name>" are elements, "'words'" their text.
 */
static void run(struct structure *s, const char *program)
{
	static const struct {
		char letter;
		enum node_kind kind;
	} kinds[] = { { 'P', NODE_PARAGRAPH }, { 'Q', NODE_BLOCK_QUOTE }, { 'L', NODE_LIST },
		      { 'I', NODE_ITEM },      { 'E', NODE_EMPH },        { 'H', NODE_HEADING } };

	for (const char *p = program; *p; p++) {
		struct event e = { 0 };
		if (*p == '<') {
			const char *close = strchr(p, '>');
			char name[32] = "";
			bool ends = p[1] == '/';
			memcpy(name, p + 1 + ends, (size_t)(close - p) - 1 - ends);
			if (ends)
				structure_end(s, name, 0);
			else
				structure_start(s, name, NULL, 0, 0, 0, 0);
			p = close;
		} else if (*p == '\'') {
			const char *close = strchr(p + 1, '\'');
			structure_text(s, str_slice(p + 1, close), 0, 0, 0);
			p = close;
		} else if (*p == 'x' || *p == '~') {
			e.type = *p == 'x' ? EVENT_TEXT : EVENT_LEAF;
			e.kind = *p == 'x' ? NODE_TEXT : NODE_SOFTBREAK;
			e.text = *p == 'x' ? STR_LIT("x") : (struct str){ NULL, 0 };
			structure_event(s, &e);
		} else {
			for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
				bool closes = *p == kinds[i].letter + 'a' - 'A';
				if (*p != kinds[i].letter && !closes)
					continue;
				e.type = closes ? EVENT_CLOSE : EVENT_OPEN;
				e.kind = (uint8_t)kinds[i].kind;
				e.number = 1;
				structure_event(s, &e);
			}
		}
	}
}

static void finish(struct fixture *f, struct buf *out)
{
	struct tree t;
	struct record *r;
	uint32_t node;

	structure_finish(&f->s, 0);
	assert_int_equal(tree_build_finish(&f->s.build, &t), BUILD_OK);
	assert_null(check_tree(&t, 0, &node));
	assert_int_equal(record_from_tree(&alloc_libc, &t, NULL, &r), RECORD_OK);
	show_tree(out, r, 0);
	record_unref(r);
}

static void check(const char *program, const char *want)
{
	struct fixture f;
	struct buf got;

	begin(&f, 1000, 100);
	buf_init(&got, &alloc_libc, 0);
	run(&f.s, program);
	finish(&f, &got);
	if (!str_eqz(buf_str(&got), want))
		fail_msg("%s\n  got  %s\n  want %s", program, buf_str(&got).p, want);
	buf_release(&got);
	end(&f);
}

static void test_events(void **state)
{
	(void)state;
	check("", "");
	check("Pxp", "(p 'x')");
	check("Px~xp", "(p 'x' ~ 'x')");
	check("QPExepq", "(quote (p (em 'x')))");
	check("LIPxpiIPxpil", "(ul-loose (li (p 'x')) (li (p 'x')))");
	check("LPxpl", "(ul-loose (li (p 'x')))");
	check("x", "(p 'x')");
	check("Hxh", "(h1 'x')");
}

static void test_implied(void **state)
{
	(void)state;
	check("'a'", "(p 'a')");
	check("<li>'a'<li>'b'", "(ul (li (p 'a')) (li (p 'b')))");
	check("<table>'a'", "(table (tr (td 'a')))");
	check("<table><p>'a'", "(table (tr (td (p 'a'))))");
	check("<dd>'a'", "(dl (dd (p 'a')))");
	check("<ul><b></b></ul>'a'", "(ul) (p 'a')");
	check("<tr><td>'a'", "(div=tr (div=td (p 'a')))");
}

static void test_closing(void **state)
{
	(void)state;
	check("<p>'a'<div>'b'</div>'c'</p>", "(p 'a') (div=div (p 'b')) (p 'c')");
	check("<h1>'a'<p>'b'</p></h1>", "(h1 'a' ~ 'b')");
	check("</div>'a'</p>", "(p 'a')");
	check("<b>'a'</i>'b'</b>", "(p (b 'ab'))");
	check("<ul><li>'a'</ul>'b'", "(ul (li (p 'a'))) (p 'b')");
}

static void test_woven(void **state)
{
	(void)state;
	check("<div>Pxp</div>Pxp", "(div=div (p 'x')) (p 'x')");
	check("QP<b>xpq</b>Pxp", "(quote (p (b 'x'))) (p 'x')");
	check("<div>QP</div>xpqPxp", "(div=div (quote (p 'x'))) (p 'x')");
	check("<svg>Pxp</svg>Pxp", "(p 'x')");
	check("P<svg>xpPxp</svg>", "(p 'x')");
	check("P<code>xExe</code>p", "(p (span=code 'x' (em 'x')))");
	check("P<code>x~x</code>p", "(p (code 'x x'))");
	check("H<p>xPxp</p>h", "(h1 'x' ~ 'x')");
	check("LI<li>xi", "(ul-loose (li (ul (li (p 'x')))))");
}

static void test_inside_out(void **state)
{
	(void)state;
	check("<a><div>'b'</div></a>'c'", "(span=a (div=div (p 'b'))) (p 'c')");
	check("<a>'a'<div>'b'</div>'c'</a>'d'", "(span=a (p 'a') (div=div (p 'b')) (p 'c')) (p 'd')");
	check("<b><i><p>'a'</p></i></b>", "(b (em (p 'a')))");
	check("'x'<b><p>'a'</p></b>", "(p 'x') (p 'a')");
	check("<a><p></p></a>'b'", "(p 'b')");
}

static void test_depth(void **state)
{
	struct fixture f;
	struct buf got;

	(void)state;
	for (int kind = 0; kind < 3; kind++) {
		begin(&f, 1000000, 10);
		buf_init(&got, &alloc_libc, 0);
		for (int i = 0; i < 5000; i++)
			run(&f.s, kind == 0 ? "Q" : kind == 1 ? "LI" : "<div>");
		run(&f.s, kind == 2 ? "'a'" : "Pxp");
		for (int i = 0; i < 5000; i++)
			run(&f.s, kind == 0 ? "q" : kind == 1 ? "il" : "</div>");
		run(&f.s, "Pxp");
		finish(&f, &got);
		assert_true(f.s.too_deep);
		assert_true(f.s.build.tree.n_nodes < 100);
		assert_true(str_ends(buf_str(&got), STR_LIT(" (p 'x')")));
		buf_release(&got);
		end(&f);
	}
}

static void test_node_limit(void **state)
{
	struct fixture f;
	struct tree t;
	uint32_t node;

	(void)state;
	begin(&f, 50, 10);
	for (int i = 0; i < 1000; i++)
		run(&f.s, "QPxEx<b>'a'</b>epq<table><tr><td>'b'</table>");
	structure_finish(&f.s, 0);
	assert_int_equal(tree_build_finish(&f.s.build, &t), BUILD_LIMIT);
	assert_true(t.n_nodes <= 50);
	assert_null(check_tree(&t, 0, &node));
	end(&f);
}

static void test_refused(void **state)
{
	size_t k;

	(void)state;
	for (k = 1; k < 500; k++) {
		struct fixture f;
		struct tree t;
		memset(&f, 0, sizeof f);
		begin(&f, 1000, 100);
		f.heap.fail_at = f.heap.requests + k;
		for (int i = 0; i < 40; i++)
			run(&f.s, "QPxEx<pre>'a'</pre><foo>'b'</foo>epq<table><tr><td>'b'</table>");
		structure_finish(&f.s, 0);
		bool failed = tree_build_finish(&f.s.build, &t) == BUILD_NOMEM || f.s.failed;
		bool reached = f.heap.requests >= f.heap.fail_at;
		end(&f);
		assert_int_equal(failed, reached);
		if (!reached)
			break;
	}
	assert_true(k > 1 && k < 500);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_events),     cmocka_unit_test(test_implied),    cmocka_unit_test(test_closing),
		cmocka_unit_test(test_woven),      cmocka_unit_test(test_inside_out), cmocka_unit_test(test_depth),
		cmocka_unit_test(test_node_limit), cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
