/*
 * test_markdown.c - our dialect of Markdown, construct by construct, as
 * trees in one line (see show.h).  Positions are test_markdown_place.c's.
 */
#include "show.h"

static void test_blocks(void **state)
{
	static const struct show_case cases[] = {
		{ "", "" },
		{ "\n\n", "" },
		{ "# A\n\n## B ##\n\nC\n===\n\nD\n---\n", "(h1 'A') (h2 'B') (h1 'C') (h2 'D')" },
		{ "a\nb\n\nc", "(p 'a' ~ 'b') (p 'c')" },
		{ "> a\n> > b\n\nc", "(quote (p 'a') (quote (p 'b'))) (p 'c')" },
		{ "- a\n- b\n\n1. c\n2. d\n\n7) e",
		  "(ul (li (p 'a')) (li (p 'b'))) (ol=1 (li (p 'c')) (li (p 'd'))) (ol=7 (li (p 'e')))" },
		{ "- a\n\n- b", "(ul-loose (li (p 'a')) (li (p 'b')))" },
		{ "- a\n  - b\n    - c\n- d", "(ul (li (p 'a') (ul (li (p 'b') (ul (li (p 'c')))))) (li (p 'd')))" },
		{ "***\n\n- - -\n", "hr hr" },
		{ "    code\n\n```js x\na\n```\n\n~~~\nb\n~~~\n", "(pre 'code\\n') (pre=js x 'a\\n') (pre 'b\\n')" },
		{ "```\nunclosed", "(pre 'unclosed\\n')" },
		{ "\\# a \\* \\{{ b", "(p '# a * {{ b')" },
		{ "&amp; &copy; &#35; &bogus;", "(p '& © # &bogus;')" },
		{ "a  \nb\\\nc", "(p 'a' / 'b' / 'c')" },
		{ "a\\\n\\\nb", "(p 'a' / / 'b')" },
		{ "a~~b~~\\\n\\\nb", "(p 'a' (del 'b') / / 'b')" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_MARKDOWN, 0, cases);
}

static void test_inlines(void **state)
{
	static const struct show_case cases[] = {
		{ "*a* _b_ **c** __d__ ***e***", "(p (em 'a') ' ' (em 'b') ' ' (b 'c') ' ' (b 'd') ' ' (em (b 'e')))" },
		{ "`a` ``b`c``", "(p (code 'a') ' ' (code 'b`c'))" },
		{ "[a](b) [c](<d e> \"f\") [g][h] [h] [i][]\n\n[h]: j 'k'\n[i]: l",
		  "(p (a=b 'a') ' ' (a=d e \"f\" 'c') ' ' (a=j \"k\" 'g') ' ' (a=j \"k\" 'h') ' ' (a=l 'i'))" },
		{ "![a](b \"c\") ![*d* e](f) [![g](h)](i)",
		  "(p (img=b \"c\" 'a') ' ' (img=f (em 'd') ' e') ' ' (a=i (img=h 'g')))" },
		{ "<http://a.b> <c@d.ef>", "(p (a=http://a.b 'http://a.b') ' ' (a=mailto:c@d.ef 'c@d.ef'))" },
		{ "a_b_c 한글**강조**글 **\"인용\"**을", "(p 'a_b_c 한글' (b '강조') '글 **\"인용\"**을')" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_MARKDOWN, 0, cases);
}

static void test_tables(void **state)
{
	static const struct show_case cases[] = {
		{ "| a | b |\n|---|:-:|\n| c | d |",
		  "(table=-c (tr-head (td 'a') (td-c 'b')) (tr (td 'c') (td-c 'd')))" },
		{ "a | b\n-- | -:\nc | d\n\ne",
		  "(table=-r (tr-head (td 'a') (td-r 'b')) (tr (td 'c') (td-r 'd'))) (p 'e')" },
		{ "| a |\n|---|", "(table=- (tr-head (td 'a')))" },
		{ "| a |\n| - |\n| b |", "(table=- (tr-head (td 'a')) (tr (td 'b')))" },
		{ "a\n-", "(h2 'a')" },
		{ "a | b\n---", "(h2 'a | b')" },
		{ "| a | b |\n| - |\n| c |", "(p '| a | b |' ~ '| - |' ~ '| c |')" },
		{ "text\n| a | b |\n|---|---|\n| c | d |\nlast",
		  "(p 'text') (table=-- (tr-head (td 'a') (td 'b')) (tr (td 'c') (td 'd')) (tr (td 'last') (td)))" },
		{ "| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |\n| |\n||\n",
		  "(table=-- (tr-head (td 'a') (td 'b')) (tr (td '1') (td)) (tr (td '1') (td '2')) (tr (td) (td)) (tr (td) (td)))" },
		{ "| a |\n|---|\n| b |\n\n| c |", "(table=- (tr-head (td 'a')) (tr (td 'b'))) (p '| c |')" },
		{ "| a | b |\n|---|---|\n| c | d |\n---\n",
		  "(table=-- (tr-head (td 'a') (td 'b')) (tr (td 'c') (td 'd'))) hr" },
		{ "| a | b |\n|---|---|\n| c | d |\n===\n",
		  "(table=-- (tr-head (td 'a') (td 'b')) (tr (td 'c') (td 'd')) (tr (td '===') (td)))" },
		{ "| a | b |\n|---|---|\n| c | d |\n# h\n",
		  "(table=-- (tr-head (td 'a') (td 'b')) (tr (td 'c') (td 'd'))) (h1 'h')" },
		{ "| a |\n|---|\n| b |\n> c", "(table=- (tr-head (td 'a')) (tr (td 'b'))) (quote (p 'c'))" },
		{ "| a |\n|---|\n| b |\n- c", "(table=- (tr-head (td 'a')) (tr (td 'b'))) (ul (li (p 'c')))" },
		{ "| a |\n|---|\n| b |\n2. c", "(table=- (tr-head (td 'a')) (tr (td 'b'))) (ol=2 (li (p 'c')))" },
		{ "| a |\n|---|\n| b |\n```\nc\n```", "(table=- (tr-head (td 'a')) (tr (td 'b'))) (pre 'c\\n')" },
		{ "| a |\n|---|\n| b |\n<div>c</div>", "(table=- (tr-head (td 'a')) (tr (td 'b'))) (div=div (p 'c'))" },
		{ "| a |\n|---|\n| b |\n    c", "(table=- (tr-head (td 'a')) (tr (td 'b'))) (pre 'c\\n')" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_MARKDOWN, 0, cases);
}

static void test_table_places(void **state)
{
	static const struct show_case cases[] = {
		{ "- a | b\n  --|--\n  c | d\n- e",
		  "(ul (li (table=-- (tr-head (td 'a') (td 'b')) (tr (td 'c') (td 'd')))) (li (p 'e')))" },
		{ "- x\n\n  | a |\n  |---|\n  | b |\n\n  y",
		  "(ul-loose (li (p 'x') (table=- (tr-head (td 'a')) (tr (td 'b'))) (p 'y')))" },
		{ "1. x\n   | a |\n   |---|\n   | b |",
		  "(ol=1 (li (p 'x') (table=- (tr-head (td 'a')) (tr (td 'b')))))" },
		{ "> | a |\n> |---|\n> | b |\n> c",
		  "(quote (table=- (tr-head (td 'a')) (tr (td 'b')) (tr (td 'c'))))" },
		{ "> | a |\n> |---|\nlazy", "(quote (table=- (tr-head (td 'a')))) (p 'lazy')" },
		{ "> - | a |\n>   |---|\n>   | b |", "(quote (ul (li (table=- (tr-head (td 'a')) (tr (td 'b'))))))" },
		{ "   | a |\n   |---|\n   | b |", "(table=- (tr-head (td 'a')) (tr (td 'b')))" },
		{ "| a |\n|---|\n| b |\n\n[c]: d\n\n[c]", "(table=- (tr-head (td 'a')) (tr (td 'b'))) (p (a=d 'c'))" },
		{ "[^1]: | a |\n", "(note=1 (p '| a |'))" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_MARKDOWN, 0, cases);
}

/* Code and raw HTML keep their bytes. */
static void test_tables_in_code(void **state)
{
	static const struct show_case cases[] = {
		{ "```\n| a |\n|---|\n| b |\n```", "(pre '| a |\\n|---|\\n| b |\\n')" },
		{ "    | a |\n    |---|\n    | b |", "(pre '| a |\\n|---|\\n| b |\\n')" },
		{ "- x\n\n      | a |\n      |---|\n      | b |",
		  "(ul-loose (li (p 'x') (pre '| a |\\n|---|\\n| b |\\n')))" },
		{ "> ```\n> | a |\n> |---|\n> ```", "(quote (pre '| a |\\n|---|\\n'))" },
		{ "1. ```\n   a | b\n   --|--\n   ```", "(ol=1 (li (pre 'a | b\\n--|--\\n')))" },
		{ "~~~\n| a |\n|---|\n~~~\n| c |\n|---|", "(pre '| a |\\n|---|\\n') (table=- (tr-head (td 'c')))" },
		{ "````\n```\n| a |\n|---|\n````", "(pre '```\\n| a |\\n|---|\\n')" },
		{ "<pre>\n| a |\n|---|\n| b |\n</pre>", "(pre '| a |\\n|---|\\n| b |\\n')" },
		{ "- ```\n  | a |\n  |---|\n\n| b |\n|---|",
		  "(ul (li (pre '| a |\\n|---|\\n\\n'))) (table=- (tr-head (td 'b')))" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_MARKDOWN, 0, cases);
}

static void test_table_cells(void **state)
{
	static const struct show_case cases[] = {
		{ "| a \\| b | c |\n|---|---|\n| `d \\| e` | \\\\| |",
		  "(table=-- (tr-head (td 'a | b') (td 'c')) (tr (td (code 'd | e')) (td '|')))" },
		{ "| `a | b` |\n|---|---|\n| c | d |",
		  "(table=-- (tr-head (td '`a') (td 'b`')) (tr (td 'c') (td 'd')))" },
		{ "| {{ a | b }} | {% c | d %} |\n|---|---|\n| x | y |",
		  "(table=-- (tr-head (td (tpl '{{ a | b }}')) (td (tpl '{% c | d %}'))) (tr (td 'x') (td 'y')))" },
		{ "| [a][r] | ![b](c) |\n|---|---|\n| <d@e.fg> | http://h.i/j_k_l |\n\n[r]: u \"t\"",
		  "(table=-- (tr-head (td (a=u \"t\" 'a')) (td (img=c 'b'))) (tr (td (a=mailto:d@e.fg 'd@e.fg')) (td (a:bare=http://h.i/j_k_l 'http://h.i/j_k_l'))))" },
		{ "| a<br>b | <b>c</b> |\n|---|---|\n| ~~d~~ | *e* |",
		  "(table=-- (tr-head (td 'a' / 'b') (td (b 'c'))) (tr (td (del 'd')) (td (em 'e'))))" },
		{ "| a[^1] |\n|---|\n| [^1] |\n\n[^1]: b",
		  "(table=- (tr-head (td 'a' (ref=1))) (tr (td (ref=1)))) (note=1 (p 'b'))" },
		{ "| <ul><li>a</li><li>b</li></ul> |\n|---|\n| <img src=c> |",
		  "(table=- (tr-head (td (ul (li (p 'a')) (li (p 'b'))))) (tr (td (img=c))))" },
		{ "| 한글 | 표 |\n|:--|--:|\n| 값 | **굵게** |",
		  "(table=lr (tr-head (td-l '한글') (td-r '표')) (tr (td-l '값') (td-r (b '굵게'))))" },
		{ "| a {: .b} | {: .c} |\n|---|---|\n", "(table=-- (tr-head (td 'a {: .b}') (td '{: .c}')))" },
		{ "| # a | - b | > c | 1. d |\n|---|---|---|---|\n|     e | *** | ``` | [f]: g |",
		  "(table=---- (tr-head (td '# a') (td '- b') (td '> c') (td '1. d')) (tr (td 'e') (td '***') (td '```') (td '[f]: g')))" },
		{ "| [a] | \n|---|\n| [a]: b |", "(table=- (tr-head (td '[a]')) (tr (td '[a]: b')))" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_MARKDOWN, 0, cases);
}

static void test_tasks(void **state)
{
	static const struct show_case cases[] = {
		{ "- [ ] a\n- [x] b\n- [X] **c**\n- [y] d\n- [ ]e\n- [ ]\n- [x]",
		  "(ul (li[ ] (p 'a')) (li[x] (p 'b')) (li[x] (p (b 'c'))) (li (p '[y] d')) (li (p '[ ]e')) (li (p '[ ]')) (li (p '[x]')))" },
		{ "1. [ ] a\n2. [x] `b`", "(ol=1 (li[ ] (p 'a')) (li[x] (p (code 'b'))))" },
		{ "- [ ] [a](b)\n- [x] [c]\n\n[c]: d", "(ul (li[ ] (p (a=b 'a'))) (li[x] (p (a=d 'c'))))" },
		{ "- [ ] a\n\n  [x] b\n- c\n  - [x] d",
		  "(ul-loose (li[ ] (p 'a') (p '[x] b')) (li (p 'c') (ul (li[x] (p 'd')))))" },
		{ "[ ] a\n\n> [x] b", "(p '[ ] a') (quote (p '[x] b'))" },
		{ "- [x]\ta", "(ul (li[x] (p 'a')))" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_MARKDOWN, 0, cases);
}

static void test_strikethrough(void **state)
{
	static const struct show_case cases[] = {
		{ "~~a~~", "(p (del 'a'))" },
		{ "~a~ ~~~b~~~", "(p '~a~ ~~~b~~~')" },
		{ "5~6명 ... 7~8명", "(p '5~6명 ... 7~8명')" },
		{ "10~20 and 30~40~50", "(p '10~20 and 30~40~50')" },
		{ "a~~b~~c", "(p 'a' (del 'b') 'c')" },
		{ "~~ a ~~", "(p '~~ a ~~')" },
		{ "~~a", "(p '~~a')" },
		{ "a~~", "(p 'a~~')" },
		{ "\\~~a~~ ~\\~b~~", "(p '~~a~~ ~~b~~')" },
		{ "~~*a* `b` [c](d)~~", "(p (del (em 'a') ' ' (code 'b') ' ' (a=d 'c')))" },
		{ "*~~a~~* **~~b~~**", "(p (em (del 'a')) ' ' (b (del 'b')))" },
		{ "*a ~~b* c~~", "(p (em 'a ~~b') ' c~~')" },
		{ "~~a\nb~~", "(p (del 'a' ~ 'b'))" },
		{ "~~a\n\nb~~", "(p '~~a') (p 'b~~')" },
		{ "`~~a~~`", "(p (code '~~a~~'))" },
		{ "~~a~~b~~c~~", "(p (del 'a') 'b' (del 'c'))" },
		{ "~~~~", "(pre '')" },
		{ "~~a ~~b~~", "(p '~~a ' (del 'b'))" },
		{ "[~~a](b)~~", "(p (a=b '~~a') '~~')" },
		{ "~~한글~~은", "(p (del '한글') '은')" },
		{ "http://a.b/~~c~~d", "(p (a:bare=http://a.b/ 'http://a.b/') (del 'c') 'd')" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_MARKDOWN, 0, cases);
}

static void test_bare_links(void **state)
{
	static const struct show_case cases[] = {
		{ "http://a.b", "(p (a:bare=http://a.b 'http://a.b'))" },
		{ "https://a.b/c_d_e?f=g&h=i#j",
		  "(p (a:bare=https://a.b/c_d_e?f=g&h=i#j 'https://a.b/c_d_e?f=g&h=i#j'))" },
		{ "ftp://a.b/c", "(p (a:bare=ftp://a.b/c 'ftp://a.b/c'))" },
		{ "www.a.b", "(p (a:bare=http://www.a.b 'www.a.b'))" },
		{ "a@b.cd", "(p (a:bare=mailto:a@b.cd 'a@b.cd'))" },
		{ "한국어 https://a.b 링크", "(p '한국어 ' (a:bare=https://a.b 'https://a.b') ' 링크')" },
		{ "한국어https://a.b 링크", "(p '한국어' (a:bare=https://a.b 'https://a.b') ' 링크')" },
		{ "링크https://a.b/링크 끝", "(p '링크' (a:bare=https://a.b/링크 'https://a.b/링크') ' 끝')" },
		{ "(http://a.b/c)", "(p '(' (a:bare=http://a.b/c 'http://a.b/c') ')')" },
		{ "(http://a.b/c_(d))", "(p '(' (a:bare=http://a.b/c_(d) 'http://a.b/c_(d)') ')')" },
		{ "http://a.b.", "(p (a:bare=http://a.b 'http://a.b') '.')" },
		{ "http://a.b, http://c.d; http://e.f! http://g.h?",
		  "(p (a:bare=http://a.b 'http://a.b') ', ' (a:bare=http://c.d 'http://c.d') '; ' (a:bare=http://e.f 'http://e.f') '! ' (a:bare=http://g.h 'http://g.h') '?')" },
		{ "\"http://a.b\"", "(p '\"' (a:bare=http://a.b 'http://a.b') '\"')" },
		{ "http://a.b/c)", "(p (a:bare=http://a.b/c 'http://a.b/c') ')')" },
		{ "http://a.b/&amp;", "(p (a:bare=http://a.b/& 'http://a.b/&'))" },
		{ "http://a.b/?c=&copy;", "(p (a:bare=http://a.b/?c=© 'http://a.b/?c=©'))" },
		{ "<b>http://a.b</b>", "(p (b (a:bare=http://a.b 'http://a.b')))" },
		{ "*http://a.b* _www.c.d_ **http://e.f**",
		  "(p (em (a:bare=http://a.b 'http://a.b')) ' ' (em (a:bare=http://www.c.d 'www.c.d')) ' ' (b (a:bare=http://e.f 'http://e.f')))" },
		{ "http://a.b/*c*d", "(p (a:bare=http://a.b/*c*d 'http://a.b/*c*d'))" },
		{ "http://a.b/c*", "(p (a:bare=http://a.b/c 'http://a.b/c') '*')" },
		{ "xhttp://a.b", "(p 'xhttp://a.b')" },
		{ "http://", "(p 'http://')" },
		{ "http:// a", "(p 'http:// a')" },
		{ "http://a_b.c", "(p 'http://a_b.c')" },
		{ "http://a.b_c", "(p 'http://a.b_c')" },
		{ "www.", "(p 'www.')" },
		{ "www.a_b.c", "(p 'www.a_b.c')" },
		{ "awww.b.c", "(p 'awww.b.c')" },
		{ "a.b@c.de.", "(p (a:bare=mailto:a.b@c.de 'a.b@c.de') '.')" },
		{ "@a.b", "(p '@a.b')" },
		{ "a@b", "(p 'a@b')" },
		{ "a@b_c.d", "(p (a:bare=mailto:a@b_c.d 'a@b_c.d'))" },
		{ "[http://a.b](c)", "(p (a=c 'http://a.b'))" },
		{ "[a http://b.c](d)", "(p (a=d 'a http://b.c'))" },
		{ "`http://a.b`", "(p (code 'http://a.b'))" },
		{ "<http://a.b/c_d>", "(p (a=http://a.b/c_d 'http://a.b/c_d'))" },
		{ "![http://a.b](c)", "(p (img=c 'http://a.b'))" },
		{ "http://a.b/c|d", "(p (a:bare=http://a.b/c|d 'http://a.b/c|d'))" },
		{ "HTTP://A.B", "(p (a:bare=HTTP://A.B 'HTTP://A.B'))" },
		{ "javascript://a.b", "(p 'javascript://a.b')" },
		{ "http://a.b/c\\_d", "(p (a:bare=http://a.b/c\\_d 'http://a.b/c\\_d'))" },
		{ "# http://a.b", "(h1 (a:bare=http://a.b 'http://a.b'))" },
		{ "www.a.b/(c)d(e", "(p (a:bare=http://www.a.b/(c)d(e 'www.a.b/(c)d(e'))" },
		{ "http://a.b<br>c", "(p (a:bare=http://a.b 'http://a.b') / 'c')" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_MARKDOWN, 0, cases);
}

static void test_span_attributes(void **state)
{
	static const struct show_case cases[] = {
		{ "*a*{: .b}", "(p (em{class=b} 'a'))" },
		{ "**a**{: #b .c .d}", "(p (b{id=b class=c d} 'a'))" },
		{ "`a`{: e=\"f g\" h='i' j=k}", "(p (code{e=f g h=i j=k} 'a'))" },
		{ "[a](b){: target=\"_blank\" .c}", "(p (a=b{target=_blank class=c} 'a'))" },
		{ "![a](b){: width=\"3\"}{: .c}", "(p (img=b{width=3 class=c} 'a'))" },
		{ "*a* {: .b}", "(p (em 'a') ' {: .b}')" },
		{ "a{: .b}", "(p 'a{: .b}')" },
		{ "*a*{: not an list}", "(p (em 'a') '{: not an list}')" },
		{ "*a*{:.b}", "(p (em{class=b} 'a'))" },
		{ "~~a~~{: .b}", "(p (del{class=b} 'a'))" },
		{ "<b>a</b>{: .b}", "(p (b{class=b} 'a'))" },
		{ "a{::comment}b{:/}c", "(p 'a' (tpl '{::comment}') 'b' (tpl '{:/}') 'c')" },
		{ "*a*{: title=\"{{ b }}\"}", "(p (em{title={{ b }}} 'a'))" },
		{ "`{: .a}`", "(p (code '{: .a}'))" },
		{ "*a*{: .b", "(p (em 'a') '{: .b')" },
		{ "http://a.b{: .c}", "(p (a:bare=http://a.b 'http://a.b') '{: .c}')" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_MARKDOWN, 0, cases);
}

static void test_block_attributes(void **state)
{
	static const struct show_case cases[] = {
		{ "a\n{: .b}", "(p{class=b} 'a')" },
		{ "{: .b}\na", "(p{class=b} 'a')" },
		{ "a\n\n{: .b}\n\nc", "(p 'a') (p{class=b} 'c')" },
		{ "a\n\n{: .b}\nc", "(p 'a') (p{class=b} 'c')" },
		{ "# a\n{: .b}", "(h1{class=b} 'a')" },
		{ "{: .b}\n# a", "(h1{class=b} 'a')" },
		{ "- a\n- b\n{: .c}", "(ul{class=c} (li (p 'a')) (li (p 'b')))" },
		{ "- {: .a} b\n- c", "(ul (li{class=a} (p 'b')) (li (p 'c')))" },
		{ "- a\n  {: .b}\n- c", "(ul (li (p{class=b} 'a')) (li (p 'c')))" },
		{ "1. a\n{: #b}\n2. c", "(ol=1{id=b} (li (p 'a')) (li (p 'c')))" },
		{ "- a\n  - b\n  {: .c}\n{: .d}", "(ul{class=d} (li (p 'a') (ul{class=c} (li (p 'b')))))" },
		{ "> a\n{: .b}", "(quote{class=b} (p 'a'))" },
		{ "> a\n> {: .b}", "(quote (p{class=b} 'a'))" },
		{ "|a|\n|-|\n|b|\n{: .c}", "(table=-{class=c} (tr-head (td 'a')) (tr (td 'b')))" },
		{ "{: .c}\n|a|\n|-|\n|b|", "(table=-{class=c} (tr-head (td 'a')) (tr (td 'b')))" },
		{ "```\na\n```\n{: .b}", "(pre{class=b} 'a\\n')" },
		{ "{: .b}\n```\na\n```", "(pre{class=b} 'a\\n')" },
		{ "{:toc}\n\n* a\n{:toc}", "(ul (li (p 'a')))" },
		{ "{:a: .b}\n\nc\n{: a}", "(p{class=b} 'c')" },
		{ "a\n{: .b}\nc", "(p{class=b} 'a' ~ 'c')" },
		{ "***\n{: .a}", "hr{class=a}" },
		{ "![a](b)\n{: .c}", "(p{class=c} (img=b 'a'))" },
		{ "{: .a}", "" },
		{ "{: .a}\n{: .b}\nc", "(p{class=a b} 'c')" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_MARKDOWN, 0, cases);
}

static void test_heading_attributes(void **state)
{
	static const struct show_case cases[] = {
		{ "# a {#b}", "(h1{id=b} 'a')" },
		{ "## a {#b .c d=e}", "(h2{id=b class=c d=e} 'a')" },
		{ "a {#b}\n===", "(h1{id=b} 'a')" },
		{ "# a {: #b}", "(h1{id=b} 'a')" },
		{ "# a {{ b }} {#c}", "(h1{id=c} 'a ' (tpl '{{ b }}'))" },
		{ "# a {b}", "(h1 'a {b}')" },
		{ "# {#a}", "(h1{id=a})" },
		{ "# a {#b} c", "(h1 'a {#b} c')" },
		{ "# a # {#b}", "(h1{id=b} 'a #')" },
		{ "# *a* {#b}", "(h1{id=b} (em 'a'))" },
		{ "# a {#}", "(h1 'a {#}')" },
		{ "# a {.b}", "(h1{class=b} 'a')" },
		{ "# `{#a}`", "(h1 (code '{#a}'))" },
		{ "# a {#b c}", "(h1{id=b} 'a')" },
		{ "# a{#b}", "(h1{id=b} 'a')" },
		{ "a {#b}", "(p 'a {#b}')" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_MARKDOWN, 0, cases);
}

static void test_templates(void **state)
{
	static const struct show_case cases[] = {
		{ "{{ a }} b {% c %}", "(p (tpl '{{ a }}') ' b ' (tpl '{% c %}'))" },
		{ "[a]({{ b }}) ![c]({{ d | e: \"f\" }} \"{{ g }}\")",
		  "(p (a={{ b }} 'a') ' ' (img={{ d | e: \"f\" }} \"{{ g }}\" 'c'))" },
		{ "[{{ a }}](b)", "(p (a=b (tpl '{{ a }}')))" },
		{ "`{{ a }}` ``` {% b %} ```", "(p (code '{{ a }}') ' ' (code '{% b %}'))" },
		{ "    {{ a }}", "(pre '{{ a }}\\n')" },
		{ "```{{ a }}\n{{ b }}\n```", "(pre={{ a }} '{{ b }}\\n')" },
		{ "<a href=\"{{ b }}\" {{ c }}>d {{ e }}</a>", "(p (a={{ b }} 'd ' (tpl '{{ e }}')))" },
		{ "<div class=\"{{ a }}\">{{ b }}</div>", "(div=div{class={{ a }}} (p (tpl '{{ b }}')))" },
		{ "{{ a\nb }} c", "(p (tpl '{{ a\\nb }}') ' c')" },
		{ "{{ a\n\nb }} c", "(p '{{ a') (p 'b }} c')" },
		{ "{% a\n{% b %}", "(p (tpl '{% a\\n{% b %}'))" },
		{ "{{< a b=\"c\" >}}\n\n{{% d %}}e{{% /d %}}",
		  "(p (tpl '{{< a b=\"c\" >}}')) (p (tpl '{{% d %}}') 'e' (tpl '{{% /d %}}'))" },
		{ "{{{ a }}}", "(p (tpl '{{{ a }}}'))" },
		{ "{{ *a* _b_ }} *c*", "(p (tpl '{{ *a* _b_ }}') ' ' (em 'c'))" },
		{ "# {{ a }}", "(h1 (tpl '{{ a }}'))" },
		{ "- {{ a }}\n- {% b %} c", "(ul (li (p (tpl '{{ a }}'))) (li (p (tpl '{% b %}') ' c')))" },
		{ "{% if a %}\n# b\n{% endif %}", "(p (tpl '{% if a %}')) (h1 'b') (p (tpl '{% endif %}'))" },
		{ "{{ a }}{: .b}", "(p (tpl '{{ a }}') '{: .b}')" },
		{ "[a]: {{ b }}\n\n[a]", "(p (a={{ b }} 'a'))" },
		{ "{a} {%", "(p '{a} {%')" },
		{ "{{ \"|\" | a }} | b\n--|--\nc | {{ d | e }}",
		  "(table=-- (tr-head (td (tpl '{{ \"|\" | a }}')) (td 'b')) (tr (td 'c') (td (tpl '{{ d | e }}'))))" },
		{ "*{{ a }}*", "(p (em (tpl '{{ a }}')))" },
		{ "http://a.b/{{ c }}/d", "(p (a:bare=http://a.b/ 'http://a.b/') (tpl '{{ c }}') '/d')" },
		{ "{{ a }}_b_", "(p (tpl '{{ a }}') '_b_')" },
		{ "x <a {% if y %}class=\"z\"{% endif %} href=\"{{ u | append: \"v\" }}\">*d*</a> e",
		  "(p 'x ' (a={{ u | append: \"v\" }}{class=z} (em 'd')) ' e')" },
		{ "`<a {{ b }}>` <b {{ c }}>d</b>", "(p (code '<a {{ b }}>') ' ' (b 'd'))" },
		{ "<div {{ a }}>\n<a {{ b }} href=c>d</a>\n</div>", "(div=div (p (a=c 'd')))" },
		{ "| <b {{ a | b }}>c</b> |\n|---|", "(table=- (tr-head (td (b 'c'))))" },
		{ "a < b {{ c }} > d", "(p 'a < b ' (tpl '{{ c }}') ' > d')" },
		{ "<b {{ a }}\n\n> c", "(p '<b ' (tpl '{{ a }}')) (quote (p 'c'))" },
		{ "    <a {{ b }}>", "(pre '<a {{ b }}>\\n')" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_MARKDOWN, 0, cases);
}

static void test_footnotes(void **state)
{
	static const struct show_case cases[] = {
		{ "a[^1]\n\n[^1]: b", "(p 'a' (ref=1)) (note=1 (p 'b'))" },
		{ "[^1]: a", "(note=1 (p 'a'))" },
		{ "a[^1]", "(p 'a[^1]')" },
		{ "a[^x] b[^1]\n\n[^1]: c", "(p 'a[^x] b' (ref=1)) (note=1 (p 'c'))" },
		{ "[^a]: b *c*\n    d\n\n    e\n\n    - f\n\ng",
		  "(note=a (p 'b ' (em 'c') ~ 'd') (p 'e') (ul (li (p 'f')))) (p 'g')" },
		{ "[^a]: b\nlazy\n# c", "(note=a (p 'b' ~ 'lazy')) (h1 'c')" },
		{ "[^a]:\n    b", "(note=a (p 'b'))" },
		{ "[^a]: b\n[^c]: d [^a]", "(note=a (p 'b')) (note=c (p 'd ' (ref=a)))" },
		{ "x\n[^a]: b\ny", "(p 'x') (note=a (p 'b' ~ 'y'))" },
		{ "a [^b c]\n\n[^b c]: d", "(p 'a ' (a=d '^b c'))" },
		{ "[^a]: [b]\n\n[b]: c\n\n[d][^a] [^a](e)\n",
		  "(note=a (p (a=c 'b'))) (p '[d]' (ref=a) ' ' (ref=a) '(e)')" },
		{ "# a[^1]\n\n- b[^1]\n\n> c[^1]\n\n[^1]: d",
		  "(h1 'a' (ref=1)) (ul (li (p 'b' (ref=1)))) (quote (p 'c' (ref=1))) (note=1 (p 'd'))" },
		{ "![a[^1]](b)\n\n[^1]: c", "(p (img=b 'a' (ref=1))) (note=1 (p 'c'))" },
		{ "`[^1]` \\[^1]\n\n[^1]: a", "(p (code '[^1]') ' [^1]') (note=1 (p 'a'))" },
		{ "[^1]: a[^1]", "(note=1 (p 'a' (ref=1)))" },
		{ "[^한글]: 각주\n\n글[^한글]은", "(note=한글 (p '각주')) (p '글' (ref=한글) '은')" },
		{ "    [^1]: code\n\na[^1]", "(pre '[^1]: code\\n') (p 'a[^1]')" },
		{ "```\n[^1]: a\n```\n\n[^1]", "(pre '[^1]: a\\n') (p (ref=1))" },
		{ "[^a]: [ ] b\n[^c]: {: .d} e", "(note=a (p '[ ] b')) (note=c{class=d} (p 'e'))" },
		{ "[^a]: b\n[^a]: c\n\n[^a]", "(note=a (p 'b')) (note=a (p 'c')) (p (ref=a))" },
		{ "- a\n\n  [^1]: b", "(ul-loose (li (p 'a') (note=1 (p 'b'))))" },
		{ "[^a]: ```\n    b\n    ```\n\nc", "(note=a (pre 'b\\n')) (p 'c')" },
		{ "[^a]: b\n\n\n\n    c\n\n\nd[^a]", "(note=a (p 'b') (p 'c')) (p 'd' (ref=a))" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_MARKDOWN, 0, cases);
}

static void test_html_blocks(void **state)
{
	static const struct show_case cases[] = {
		{ "<div>\n\n*a*\n\n</div>\n\nb", "(div=div (p (em 'a'))) (p 'b')" },
		{ "<div>\n*a*\n</div>", "(div=div (p '*a*'))" },
		{ "<details><summary>a <b>b</b></summary>\n\n- c\n- **d**\n\n</details>\n\ne",
		  "(div=details (div=summary (p 'a ' (b 'b'))) (ul (li (p 'c')) (li (p (b 'd'))))) (p 'e')" },
		{ "<p align=\"center\">\n  <img src=\"a.png\" alt=\"b\">\n  <br>c\n</p>",
		  "(p{align=center} (img=a.png 'b') / 'c')" },
		{ "<p align=center>\n\n![a](b)\n\n</p>", "(p (img=b 'a'))" },
		{ "<center>\n\n# a\n\n</center>", "(div=center (h1 'a'))" },
		{ "<div>\n\n- a\n- b\n\n</div>\n<p>c\n\nd",
		  "(div=div (ul (li (p 'a')) (li (p 'b')))) (p 'c') (p 'd')" },
		{ "<table>\n<tr><td>\n\n*a*\n\n</td><td>b</td></tr>\n</table>\n\nc",
		  "(table (tr (td (p (em 'a'))) (td 'b'))) (p 'c')" },
		{ "<a href=\"b\">\n\n**c**\n\n</a>\n\nd", "(a=b (p (b 'c'))) (p 'd')" },
		{ "<h3>a *b*</h3>\n<h3>c</h3> d", "(h3 'a *b*') (h3 'c') (p 'd')" },
		{ "<ul>\n<li>a\n<li>b\n</ul>\n\nc", "(ul (li (p 'a')) (li (p 'b'))) (p 'c')" },
		{ "<img src=a><img src=b>\n\n<figure><img src=c><figcaption>d</figcaption></figure>",
		  "(p (img=a) (img=b)) (figure (p (img=c)) (caption 'd'))" },
		{ "<pre><code class=\"language-js\">a\n\n*b*</code></pre>", "(pre=js 'a\\n\\n*b*\\n')" },
		{ "<br>\n\n<hr/>\n\n<iframe src=\"a\"></iframe>", "hr (p (a=a{kind=iframe}))" },
		{ "<div>a</div>\n\n<div>b</div>", "(div=div (p 'a')) (div=div (p 'b'))" },
		{ "- <div>\n  a\n  </div>\n- b", "(ul (li (div=div (p 'a'))) (li (p 'b')))" },
		{ "> <div>\n> a\n\nb", "(quote (div=div (p 'a'))) (p 'b')" },
		{ "- a\n\n  <details>\n\n  b\n\n  </details>\n- c",
		  "(ul-loose (li (p 'a') (div=details (p 'b'))) (li (p 'c')))" },
		{ "<div>\n\n> a\n\n- b\n\n</div>", "(div=div (quote (p 'a')) (ul (li (p 'b'))))" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_MARKDOWN, 0, cases);
}

static void test_html_inlines(void **state)
{
	static const struct show_case cases[] = {
		{ "a <b>c</b> <i>d</i> <u>e</u>", "(p 'a ' (b 'c') ' ' (em 'd') ' ' (span=u 'e'))" },
		{ "<kbd>a</kbd>+<kbd>b</kbd> H<sub>2</sub>O",
		  "(p (span=kbd 'a') '+' (span=kbd 'b') ' H' (span=sub '2') 'O')" },
		{ "a<br>b<br/><br>c", "(p 'a' / 'b' / / 'c')" },
		{ "a <img src=\"b\" alt=\"c *d*\" title=\"e\"> f", "(p 'a ' (img=b \"e\" 'c *d*') ' f')" },
		{ "<a href=\"b\">c *d*</a>", "(p (a=b 'c ' (em 'd')))" },
		{ "<a name=\"b\"></a>c", "(p (span=a{name=b}) 'c')" },
		{ "<span class=\"a\">b **c**</span>", "(p (span=span{class=a} 'b ' (b 'c')))" },
		{ "*a <b>c* d</b>", "(p (em 'a ' (b 'c')) ' d')" },
		{ "a <!-- b --> c<!-- d -->", "(p 'a c')" },
		{ "x <a href=\"b\"><div>c</div></a> d", "(p 'x ' (a=b)) (div=div (p 'c')) (p 'd')" },
		{ "# <span id=\"a\">b</span>", "(h1 (span=span{id=a} 'b'))" },
		{ "- <b>a\n- c</b> d", "(ul (li (p (b 'a'))) (li (p 'c d')))" },
		{ "<mark>a</mark> <font color=\"red\">b</font>", "(p (span=mark 'a') ' ' (span=font{color=red} 'b'))" },
		{ "a </b> c </div> d", "(p 'a c d')" },
		{ "<code>a <b>c</b></code> <code>*d*</code>", "(p (code 'a c') ' ' (span=code (em 'd')))" },
		{ "a < b > c <3 <> <1>", "(p 'a < b > c <3 <> <1>')" },
		{ "<b>a</b><b>c</b> <em></em>d", "(p (b 'a') (b 'c') ' d')" },
		{ "a <script>b</script> c", "(p 'a c')" },
		{ "a <style>b{}</style>", "(p 'a')" },
		{ "<del>a</del> <s>b</s>", "(p (del 'a') ' ' (del 'b'))" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_MARKDOWN, 0, cases);
}

/* Nothing that is left open takes the rest of the document along. */
static void test_unclosed_html(void **state)
{
	static const struct show_case cases[] = {
		{ "<!-- a\n\n# b", "(p '<!-- a') (h1 'b')" },
		{ "a <!-- b\n\n# c", "(p 'a <!-- b') (h1 'c')" },
		{ "<script>\n\n# a", "(p '<script>') (h1 'a')" },
		{ "a <script> b\n\n# c", "(p 'a <script> b') (h1 'c')" },
		{ "<div><script>\n\n# a", "(div=div (p '<script>') (h1 'a'))" },
		{ "<style>\n\n# a", "(p '<style>') (h1 'a')" },
		{ "<pre>\n\n# a", "(p '<pre>') (h1 'a')" },
		{ "<textarea>\n\n# a", "(p '<textarea>') (h1 'a')" },
		{ "<div class=\"a\n\n# b", "(div=div (h1 'b'))" },
		{ "<div a='\n\n# b", "(div=div (h1 'b'))" },
		{ "<div\n\n# a", "(div=div (h1 'a'))" },
		{ "a <b\n\n# c", "(p 'a <b') (h1 'c')" },
		{ "<?php\n\n# a", "(p '<?php') (h1 'a')" },
		{ "<!DOCTYPE\n\n# a", "(p '<!DOCTYPE') (h1 'a')" },
		{ "<![CDATA[\n\n# a", "(p '<![CDATA[') (h1 'a')" },
		{ "<p><b><i>a\n\n# b", "(b (em (p 'a') (h1 'b')))" },
		{ "<title>a\n\n# b", "(p 'a') (h1 'b')" },
		{ "<div>\n\n<svg>\n\n# a", "(div=div (h1 'a'))" },
		{ "a <b>c\n\n# d", "(p 'a ' (b 'c')) (h1 'd')" },
		{ "<table><tr><td>a\n\n# b", "(table (tr (td 'a' (h1 'b'))))" },
		{ "<!-- a -->\n\n<!-- b\n\n# c", "(p '<!-- b') (h1 'c')" },
		{ "<script>a</script>\n\n<script>\n\n# b", "(p '<script>') (h1 'b')" },
		{ "<iframe src=a>\n\n# b", "(p (a=a{kind=iframe})) (h1 'b')" },
		{ "<select><option>a\n\n# b", "(p (span=option 'a')) (h1 'b')" },
		{ "<video>\n\n# a", "(p (a={kind=video})) (h1 'a')" },
		{ "</div>\n\n# a", "(h1 'a')" },
		{ "</b></i></p>\n\n# a", "(h1 'a')" },
		{ "<div>\n\na\n</div", "(div=div (p 'a'))" },
		{ "\014<table>a\r", "(p '\014') (table (tr (td 'a')))" },
		{ "# a\n<p><b", "(h1 'a')" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_MARKDOWN, 0, cases);
}

/* Scripts and styles are no text, even where Markdown reads their lines. */
static void test_scripts(void **state)
{
	static const struct show_case cases[] = {
		{ "<script>\na\n\nb\n</script>\n\nc", "(p 'c')" },
		{ "<div>\n<script>\na\n\n*b*\n</script>\n</div>\n\nc", "(div=div) (p 'c')" },
		{ "a <script>b\nc</script> d", "(p 'a d')" },
		{ "<style>\n.a {}\n\n.b {}\n</style>\n\nc", "(p 'c')" },
		{ "- <script>\n  a\n  </script>\n- b", "(ul (li) (li (p 'b')))" },
		{ "<script src=\"a\"></script>b", "(p 'b')" },
		{ "<script>\"</scr\" + \"ipt>\"</script>a", "(p 'a')" },
		{ "<noscript>a</noscript>", "(div=noscript (p 'a'))" },
		{ "Use <script> here.\n\nAnd </script> there.", "(p 'Use here.') (p 'And there.')" },
		{ "<svg><path d=\"a\"/></svg>b", "(p 'b')" },
		{ "<template>a</template>b", "(p 'b')" },
		{ "<SCRIPT>a</Script>b", "(p 'b')" },
		{ "<script>\n<!--quern 0 9-->\n</script>a", "(p 'a')" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_MARKDOWN, 0, cases);
}

static void test_forged_marks(void **state)
{
	static const struct show_case cases[] = {
		{ "<!--quern 0 9-->\n\na", "(p 'a')" },
		{ "a <b>c</b><!--quern 0 1--> d\n\ne", "(p 'a ' (b 'c') ' d') (p 'e')" },
		{ "<div><!--quern 2 3-->\n\na\n\nb</div>", "(div=div (p 'a') (p 'b'))" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_MARKDOWN, 0, cases);
}

/* Characters that placeholders are made of, in the source itself. */
static void test_private_use(void **state)
{
	static const struct show_case cases[] = {
		{ "\363\260\200\200", "(p '\363\260\200\200')" },
		{ "{{ a }} \363\260\200\200 \364\200\200\200\363\260\200\201",
		  "(p (tpl '{{ a }}') ' \363\260\200\200 \364\200\200\200\363\260\200\201')" },
		{ "`\363\260\200\200`", "(p (code '\363\260\200\200'))" },
		{ "[\363\260\200\200](\363\260\200\201 \"\364\200\200\200\")",
		  "(p (a=\363\260\200\201 \"\364\200\200\200\" '\363\260\200\200'))" },
		{ "<b title=\"\363\260\200\200\">\363\260\200\201</b> {{ a }}",
		  "(p (b{title=\363\260\200\200} '\363\260\200\201') ' ' (tpl '{{ a }}'))" },
		{ "```\n\363\260\200\200\n```", "(pre '\363\260\200\200\\n')" },
		{ "| \363\260\200\200 |\n|---|\n| \364\200\200\200 |",
		  "(table=- (tr-head (td '\363\260\200\200')) (tr (td '\364\200\200\200')))" },
		{ "\364\217\277\275\363\277\277\277", "(p '\364\217\277\275\363\277\277\277')" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_MARKDOWN, 0, cases);
}

/* What the fuzz targets have found once. */
static void test_found_by_fuzzing(void **state)
{
	static const struct show_case cases[] = {
		{ "a[^1]\n\n[^1]: [x] b", "(p 'a' (ref=1)) (note=1 (p '[x] b'))" },
		{ "| a |\n|---|\n| {: .b} |", "(table=- (tr-head (td 'a')) (tr (td '{: .b}')))" },
		{ "a\n| b | c |\n|---|---|\n| <td>d | e |",
		  "(p 'a') (table=-- (tr-head (td 'b') (td 'c')) (tr (td (div=td (p 'd'))) (td 'e')))" },
		{ "| <tr><td>a | b |\n|---|---|\n| <th>c | d |",
		  "(table=-- (tr-head (td (div=tr (div=td (p 'a')))) (td 'b')) (tr (td (div=th (p 'c'))) (td 'd')))" },
		{ "<div class-\"a\">\n\n**b** ><<>/c\n\n</div>\n\n<p a=b><c d=e>\n\n<details><summary>f</summary>\n\n- g\n\n</details>",
		  "(div=div (p (b 'b') ' ><<>/c')) (span=c{d=e} (div=details (div=summary (p 'f')) (ul (li (p 'g')))))" },
		{ "- <li>a\n- </ul>b", "(ul (li (ul (li (p 'a')))) (li (p 'b')))" },
		{ "> </blockquote>a\n\nb", "(quote (p 'a')) (p 'b')" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_MARKDOWN, 0, cases);
}

static void test_line_ends(void **state)
{
	static const struct show_case cases[] = {
		{ "a\r\nb\r\n\r\nc\r\n", "(p 'a' ~ 'b') (p 'c')" },
		{ "# a\r\n\r\n- b\r\n- c\r\n", "(h1 'a') (ul (li (p 'b')) (li (p 'c')))" },
		{ "| a |\r\n|---|\r\n| b |\r\n\r\nc", "(table=- (tr-head (td 'a')) (tr (td 'b'))) (p 'c')" },
		{ "```\r\na\r\nb\r\n```\r\n", "(pre 'a\\nb\\n')" },
		{ "a\\\r\nb  \r\nc", "(p 'a' / 'b' / 'c')" },
		{ "<div>\r\na\r\n</div>\r\n", "(div=div (p 'a'))" },
		{ "{{ a\r\nb }}", "(p (tpl '{{ a\r\\nb }}'))" },
		{ "[^1]: a\r\n    b\r\n\r\nc[^1]", "(note=1 (p 'a' ~ 'b')) (p 'c' (ref=1))" },
		{ "a\n{: .b}\r\n", "(p{class=b} 'a')" },
		{ "a\rb\r\rc", "(p 'a' ~ 'b') (p 'c')" },
		{ "\302\240\n\na", "(p '\302\240') (p 'a')" },
		{ "﻿# a", "(h1 'a')" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_MARKDOWN, 0, cases);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_blocks),
		cmocka_unit_test(test_inlines),
		cmocka_unit_test(test_tables),
		cmocka_unit_test(test_table_places),
		cmocka_unit_test(test_tables_in_code),
		cmocka_unit_test(test_table_cells),
		cmocka_unit_test(test_tasks),
		cmocka_unit_test(test_strikethrough),
		cmocka_unit_test(test_bare_links),
		cmocka_unit_test(test_span_attributes),
		cmocka_unit_test(test_block_attributes),
		cmocka_unit_test(test_heading_attributes),
		cmocka_unit_test(test_templates),
		cmocka_unit_test(test_footnotes),
		cmocka_unit_test(test_html_blocks),
		cmocka_unit_test(test_html_inlines),
		cmocka_unit_test(test_unclosed_html),
		cmocka_unit_test(test_scripts),
		cmocka_unit_test(test_forged_marks),
		cmocka_unit_test(test_private_use),
		cmocka_unit_test(test_found_by_fuzzing),
		cmocka_unit_test(test_line_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
