/*
 * test_html.c - HTML documents: tokens, implied and unclosed elements, lists,
 * tables, figures, code, what is left out; and where it all stands.
 */
#include "show.h"

static void test_documents(void **state)
{
	static const struct show_case cases[] = {
		{ "", "" },
		{ "   \n ", "" },
		{ "<!DOCTYPE html>\n<html><head><title>t</title></head><body><p>a</p></body></html>", "(p 'a')" },
		{ "<html>\n<head>\n<meta charset=utf-8>\n<link rel=a>\n</head>\n<body class=b>\na\n</body>\n</html>\n",
		  "(p 'a')" },
		{ "a", "(p 'a')" },
		{ "<p>a</p>\n\n<p>b</p>", "(p 'a') (p 'b')" },
		{ "<body><h1>a</h1></body><p>b", "(h1 'a') (p 'b')" },
		{ "<html><p>a</html>b", "(p 'a') (p 'b')" },
		{ "<?xml version=\"1.0\"?><p>a", "(p 'a')" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_HTML, 0, cases);
}

static void test_headings_and_paragraphs(void **state)
{
	static const struct show_case cases[] = {
		{ "<h1>a</h1><h2 id=b class=\"c d\">e <em>f</em></h2><h6>g</h6>",
		  "(h1 'a') (h2{id=b class=c d} 'e ' (em 'f')) (h6 'g')" },
		{ "<p>a<p>b<p>c", "(p 'a') (p 'b') (p 'c')" },
		{ "<p>a<h2>b</h2>c", "(p 'a') (h2 'b') (p 'c')" },
		{ "a<p>b</p>c", "(p 'a') (p 'b') (p 'c')" },
		{ "<h1>a<p>b</h1>", "(h1 'a') (p 'b')" },
		{ "<h1>a<div>b</div></h1>c", "(h1 'a' ~ 'b') (p 'c')" },
		{ "<h1>a<h2>b</h2>", "(h1 'a') (h2 'b')" },
		{ "<p></p><p> </p><p>a</p>", "(p 'a')" },
		{ "<p>a<div>b</div>c</p>d", "(p 'a') (div=div (p 'b')) (p 'c') (p 'd')" },
		{ "<h1></h1>", "(h1)" },
		{ "<div>a<p>b</p>c</div>", "(div=div (p 'a') (p 'b') (p 'c'))" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_HTML, 0, cases);
}

static void test_white_space(void **state)
{
	static const struct show_case cases[] = {
		{ "<p>  a\n  b\tc  </p>", "(p 'a' ~ 'b c')" },
		{ "a <b> b </b> c", "(p 'a ' (b ' b') ' c')" },
		{ "<p>a</p>  <p>b</p>", "(p 'a') (p 'b')" },
		{ "a\n\n\nb", "(p 'a' ~ 'b')" },
		{ "a<br> b<br>\nc", "(p 'a' / 'b' / 'c')" },
		{ "<p><br>a<br><br>b<br></p>", "(p 'a' / / 'b')" },
		{ "a&nbsp; b", "(p 'a\302\240 b')" },
		{ "<b>a</b> <i>b</i>", "(p (b 'a') ' ' (em 'b'))" },
		{ "<p>\na\n</p>", "(p 'a')" },
		{ "<ul>\n <li> a </li>\n <li> b </li>\n</ul>", "(ul (li (p 'a')) (li (p 'b')))" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_HTML, 0, cases);
}

static void test_lists(void **state)
{
	static const struct show_case cases[] = {
		{ "<ul><li>a</li><li>b</li></ul>", "(ul (li (p 'a')) (li (p 'b')))" },
		{ "<ul><li>a<li>b<ol start=3><li>c</ol><li>d</ul>",
		  "(ul (li (p 'a')) (li (p 'b') (ol=3 (li (p 'c')))) (li (p 'd')))" },
		{ "<ol reversed start=x><li value=4>a</ol>", "(ol=1{reversed=} (li (p 'a')))" },
		{ "<li>a<li>b</ul>c", "(ul (li (p 'a')) (li (p 'bc')))" },
		{ "<ul>a<li>b</ul>", "(ul (li (p 'a')) (li (p 'b')))" },
		{ "<ul><ul><li>a</ul></ul>", "(ul (li (ul (li (p 'a')))))" },
		{ "<ul><li><p>a</p><p>b</p></li></ul>", "(ul-loose (li (p 'a') (p 'b')))" },
		{ "<ul><li><p>a</p></li><li>b</li></ul>", "(ul-loose (li (p 'a')) (li (p 'b')))" },
		{ "<ul><li><div><p>a</p></div></li></ul>", "(ul (li (div=div (p 'a'))))" },
		{ "<menu><li>a</menu><dir><li>b</dir>", "(ul (li (p 'a'))) (ul (li (p 'b')))" },
		{ "<ul><li></li></ul>", "(ul (li))" },
		{ "<ul></ul>", "(ul)" },
		{ "<ul><li>a</li>b<li>c</li></ul>", "(ul (li (p 'a')) (li (p 'b')) (li (p 'c')))" },
		{ "<ul><li><input type=checkbox> a<li><input type=checkbox checked> b<li>c <input type=checkbox></ul>",
		  "(ul (li[ ] (p 'a')) (li[x] (p 'b')) (li (p 'c')))" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_HTML, 0, cases);
}

static void test_definition_lists(void **state)
{
	static const struct show_case cases[] = {
		{ "<dl><dt>a</dt><dd>b</dd></dl>", "(dl (dt 'a') (dd (p 'b')))" },
		{ "<dl><dt>a<dt>b<dd>c<dd>d</dl>", "(dl (dt 'a') (dt 'b') (dd (p 'c')) (dd (p 'd')))" },
		{ "<dt>a<dd>b", "(dl (dt 'a') (dd (p 'b')))" },
		{ "<dl><div><dt>a</dt><dd>b</dd></div></dl>", "(dl (dt 'a') (dd (p 'b')))" },
		{ "<dl>a<dd>b</dl>", "(dl (dd (p 'a')) (dd (p 'b')))" },
		{ "<dl><dd><p>a</p><ul><li>b</ul></dd></dl>", "(dl (dd (p 'a') (ul (li (p 'b')))))" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_HTML, 0, cases);
}

static void test_tables(void **state)
{
	static const struct show_case cases[] = {
		{ "<table><tr><td>a</td><td>b</td></tr></table>", "(table (tr (td 'a') (td 'b')))" },
		{ "<table><thead><tr><th>a<th>b<tbody><tr><td>c<td>d<tr><th>e<td>f</table>",
		  "(table (tr-head (td 'a') (td 'b')) (tr (td 'c') (td 'd')) (tr (td 'e') (td 'f')))" },
		{ "<table><tr><th>a</th></tr><tr><td>b</td></tr></table>", "(table (tr-head (td 'a')) (tr (td 'b')))" },
		{ "<table><td>a<td>b<tr><td>c</table>", "(table (tr (td 'a') (td 'b')) (tr (td 'c')))" },
		{ "<table>a</table>", "(table (tr (td 'a')))" },
		{ "<table><caption>a</caption><tr><td>b</table>", "(table (caption 'a') (tr (td 'b')))" },
		{ "<table><tr><td colspan=2 rowspan=3 align=right>a<td style=\"text-align: center\">b</table>",
		  "(table (tr (td-r:2x3 'a') (td-c{style=text-align: center} 'b')))" },
		{ "<table><tr><td colspan=0 rowspan=0>a<td colspan=99999 rowspan=x>b</table>",
		  "(table (tr (td:1x65534 'a') (td:1000x1 'b')))" },
		{ "<table><tr><td><table><tr><td>a</table><td>b</table>",
		  "(table (tr (td (table (tr (td 'a')))) (td 'b')))" },
		{ "<table><tr><td><p>a</p>b<ul><li>c</ul></table>",
		  "(table (tr (td (p 'a') (p 'b') (ul (li (p 'c'))))))" },
		{ "<td>a</td><tr><td>b", "(div=td (p 'a')) (div=tr (div=td (p 'b')))" },
		{ "<table><colgroup><col></colgroup><tr><td>a</table>", "(table (tr (td 'a')))" },
		{ "<table><tr><td>a</td></tr></table>b", "(table (tr (td 'a'))) (p 'b')" },
		{ "<table><tfoot><tr><td>a</table>", "(table (tr (td 'a')))" },
		{ "<table><thead><tr><td>a</td></tr></thead><tr><td>b</table>",
		  "(table (tr-head (td 'a')) (tr (td 'b')))" },
		{ "<table><tr class=a id=b><td>c</table>", "(table (tr{class=a id=b} (td 'c')))" },
		{ "<table></table>", "(table)" },
		{ "<table><tr></table>", "(table (tr))" },
		{ "<table><b><th>a<td>b</table>", "(table (tr (td 'a') (td 'b')))" },
		{ "<table><title><tr><td>a<td>b</table>", "(table (tr (td 'a') (td 'b')))" },
		{ "<ul><li><table><tr><td>a</table><li>b</ul>", "(ul (li (table (tr (td 'a')))) (li (p 'b')))" },
		{ "<table><tr><td><li>a<li>b</table>", "(table (tr (td (ul (li (p 'a')) (li (p 'b'))))))" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_HTML, 0, cases);
}

static void test_figures(void **state)
{
	static const struct show_case cases[] = {
		{ "<figure><img src=a><figcaption>b <em>c</em></figcaption></figure>",
		  "(figure (p (img=a)) (caption 'b ' (em 'c')))" },
		{ "<figure><pre>a</pre><figcaption>b</figure>c", "(figure (pre 'a\\n') (caption 'b')) (p 'c')" },
		{ "<figcaption>a</figcaption>", "(div=figcaption (p 'a'))" },
		{ "<figure>a</figure>", "(figure (p 'a'))" },
		{ "<picture><source srcset=a><img src=b></picture>", "(p (span=picture (img=b)))" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_HTML, 0, cases);
}

static void test_images_and_links(void **state)
{
	static const struct show_case cases[] = {
		{ "<img src=\"a\" alt=\"b &amp; c\" title=d width=3>", "(p (img=a \"d\"{width=3} 'b & c'))" },
		{ "<img>", "(p (img=))" },
		{ "<a href=\"a\" title=\"b\" target=_blank>c</a>", "(p (a=a \"b\"{target=_blank} 'c'))" },
		{ "<a name=b>c</a>", "(p (span=a{name=b} 'c'))" },
		{ "<a href=a>b<a href=c>d</a>", "(p (a=a 'b') (a=c 'd'))" },
		{ "<a href=\"\">a</a>", "(p (a= 'a'))" },
		{ "<a href=a><img src=b></a>", "(p (a=a (img=b)))" },
		{ "<img src=a alt=\"\">", "(p (img=a))" },
		{ "<a href=a>b", "(p (a=a 'b'))" },
		{ "<IMG SRC=a ALT=b><A HREF=c>d</A>", "(p (img=a 'b') (a=c 'd'))" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_HTML, 0, cases);
}

static void test_block_in_inline(void **state)
{
	static const struct show_case cases[] = {
		{ "<a href=b><div>c</div></a>", "(a=b (div=div (p 'c')))" },
		{ "<a href=b>a<div>c</div>d</a>e", "(a=b (p 'a') (div=div (p 'c')) (p 'd')) (p 'e')" },
		{ "<a href=b><img src=a><h2>c</h2><p>d</p></a>", "(a=b (p (img=a)) (h2 'c') (p 'd'))" },
		{ "<span><p>a</span>b", "(span=span (p 'a')) (p 'b')" },
		{ "<b><p>a<p>b</b>c", "(p 'a') (p 'bc')" },
		{ "<em>a<ul><li>b</ul>c</em>", "(em (p 'a') (ul (li (p 'b'))) (p 'c'))" },
		{ "<p class=x><a href=y><div>z</div></a>", "(a=y (div=div (p 'z')))" },
		{ "<a><div>c</div></a>", "(span=a (div=div (p 'c')))" },
		{ "<b><div>a</b>b</div>c", "(b (div=div (p 'ab')) (p 'c'))" },
		{ "<font><center>a</center></font>", "(div=center (p 'a'))" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_HTML, 0, cases);
}

static void test_bad_nesting(void **state)
{
	static const struct show_case cases[] = {
		{ "<b>a<i>b</b>c</i>d", "(p (b 'a' (em 'b')) 'cd')" },
		{ "</p>a</div>b</b>", "(p 'ab')" },
		{ "<p>a</b>b</p>", "(p 'ab')" },
		{ "<ul><li>a</ul></li>b", "(ul (li (p 'a'))) (p 'b')" },
		{ "<div>a</span>b</div>c", "(div=div (p 'ab')) (p 'c')" },
		{ "<b><p>a</b>b</p>", "(p 'ab')" },
		{ "<em>a<em>b</em>c</em>", "(p (em 'a' (em 'b') 'c'))" },
		{ "<table><tr><td>a</div>b</table>", "(table (tr (td 'ab')))" },
		{ "a</br>b", "(p 'a' / 'b')" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_HTML, 0, cases);
}

static void test_code(void **state)
{
	static const struct show_case cases[] = {
		{ "<pre>\n a\n  b</pre>", "(pre ' a\\n  b\\n')" },
		{ "<pre><code class=\"x language-js y\">a\nb\n</code></pre>", "(pre=js 'a\\nb\\n')" },
		{ "<pre class=\"lang-c\">a</pre>", "(pre=c{class=lang-c} 'a\\n')" },
		{ "<pre><code>\na</code></pre>", "(pre '\\na\\n')" },
		{ "<pre>a<br>b<b>c</b>d</pre>", "(pre 'a\\nbcd\\n')" },
		{ "<pre>a &lt;b&gt;</pre>", "(pre 'a <b>\\n')" },
		{ "<pre></pre>", "(pre '')" },
		{ "<p>a<pre>b</pre>c", "(p 'a') (pre 'b\\n') (p 'c')" },
		{ "<code>a</code> <tt>b</tt>", "(p (code 'a') ' ' (code 'b'))" },
		{ "<code>a\nb</code>", "(p (code 'a b'))" },
		{ "<code>a<b>c</b></code>", "(p (code 'ac'))" },
		{ "<code>a <a href=b>c</a></code>", "(p (span=code 'a ' (a=b 'c')))" },
		{ "<code></code>", "" },
		{ "<xmp>a</xmp><listing>b</listing>", "(pre 'a\\n') (pre 'b\\n')" },
		{ "<pre>a", "(pre 'a\\n')" },
		{ "<code>a<p>b", "(p (code 'a')) (p 'b')" },
		{ "<code id=a>b</code>", "(p (code{id=a} 'b'))" },
		{ "<pre id=a>b</pre>", "(pre{id=a} 'b\\n')" },
		{ "<div class=\"highlight\"><pre><code>a</code></pre></div>",
		  "(div=div{class=highlight} (pre 'a\\n'))" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_HTML, 0, cases);
}

static void test_left_out(void **state)
{
	static const struct show_case cases[] = {
		{ "a<script>b<c></script>d", "(p 'ad')" },
		{ "<style>a</style>b", "(p 'b')" },
		{ "<head><style>a</style><script>b</script></head>c", "(p 'c')" },
		{ "<!-- a -->b", "(p 'b')" },
		{ "a<!-- b\n<p>c -->d", "(p 'ad')" },
		{ "<svg><text>a</text></svg>b", "(p 'b')" },
		{ "<template>a</template>b", "(p 'b')" },
		{ "<select><option>a</select>b", "(p 'b')" },
		{ "<textarea>a</textarea>b", "(p 'b')" },
		{ "<noscript>a</noscript>", "(div=noscript (p 'a'))" },
		{ "<object data=a>b</object>c", "(p (a=a{kind=object}) 'c')" },
		{ "<script/>a", "(p 'a')" },
		{ "<wbr>a<area>", "(p 'a')" },
		{ "<math><mi>a</mi></math>b", "(p (span=math (span=mi 'a')) 'b')" },
		{ "<datalist><option>a</datalist>b", "(p 'b')" },
		{ "<input type=text value=a>b", "(p 'b')" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_HTML, 0, cases);
}

static void test_embeds(void **state)
{
	static const struct show_case cases[] = {
		{ "<iframe src=a title=b>c</iframe>d", "(p (a=a{kind=iframe title=b} 'b') 'd')" },
		{ "<video src=a>b</video>", "(p (a=a{kind=video}))" },
		{ "<video><source src=a><source src=b>c</video>", "(p (a=a{kind=video}))" },
		{ "<audio controls><source src=a></audio>", "(p (a=a{kind=audio controls=}))" },
		{ "<embed src=a>b", "(p (a=a{kind=embed}) 'b')" },
		{ "<object data=a type=b></object>", "(p (a=a{kind=object type=b}))" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_HTML, 0, cases);
}

static void test_tokens(void **state)
{
	static const struct show_case cases[] = {
		{ "a < b", "(p 'a < b')" },
		{ "a<b", "(p 'a')" },
		{ "1 <2> 3", "(p '1 <2> 3')" },
		{ "a & b &amp; &lt;c&gt; &copy; &bogus; &#65;&#x42; &#0; &#x110000;",
		  "(p 'a & b & <c> © &bogus; AB')" },
		{ "&AMP &notit; &amp", "(p '&AMP &notit; &amp')" },
		{ "<p a=1 b=\"2>3\" c='4\"' d=5/6 e>f", "(p{a=1 b=2>3 c=4\" d=5/6 e=} 'f')" },
		{ "<p a = \"b\">c", "(p{a=b} 'c')" },
		{ "<p =\"a>b\">c", "(p 'b\">c')" },
		{ "<p a/b=\"c>d\">e", "(p{a= b=c>d} 'e')" },
		{ "<p \"a>b\">c", "(p 'b\">c')" },
		{ "<p a=\"1\"b=\"2\">c", "(p{a=1 b=2} 'c')" },
		{ "<p a=b\"c>d\">e", "(p{a=b\"c} 'd\">e')" },
		{ "<p A=1 a=2>b", "(p{a=1} 'b')" },
		{ "<p 한=1 @b=2 c=3>d", "(p{c=3} 'd')" },
		{ "<br/><hr/><img src=a/>b", "hr (p (img=a/) 'b')" },
		{ "<p/>a<div/>b", "(p 'a') (div=div) (p 'b')" },
		{ "<foo>a</foo><x-y>b</x-y>", "(p (span=foo 'a') (span=x-y 'b'))" },
		{ "<p\nclass\n=\n\"a\"\n>b", "(p{class=a} 'b')" },
		{ "</ p>a</>b</1>c", "(p 'abc')" },
		{ "<a href=b/>c</a>", "(p (a=b/ 'c'))" },
		{ "<p a=>b", "(p{a=} 'b')" },
		{ "<p/ a>b", "(p{a=} 'b')" },
		{ "<<p>a", "(p '<') (p 'a')" },
		{ "<p>a</p x=\"y\">b", "(p 'a') (p 'b')" },
		{ "< p>a", "(p '< p>a')" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_HTML, 0, cases);
}

static void test_comments(void **state)
{
	static const struct show_case cases[] = {
		{ "<!-->a", "(p 'a')" },
		{ "<!--->a", "(p 'a')" },
		{ "<!---->a", "(p 'a')" },
		{ "<!-- a --!>b", "(p 'b')" },
		{ "<!-- a -- b -->c", "(p 'c')" },
		{ "<!a>b", "(p 'b')" },
		{ "<?a b>c", "(p 'c')" },
		{ "<![CDATA[a > b]]>c", "(p 'c')" },
		{ "<![CDATA[a>b", "(p 'b')" },
		{ "<!DOCTYPE a \"b>c\">d", "(p 'c\">d')" },
		{ "<!--[if IE]>a<![endif]-->b", "(p 'b')" },
		{ "<![if !IE]>a<![endif]>", "(p 'a')" },
		{ "<!--quern 0 9-->a", "(p 'a')" },
		{ "</!-- a -->b", "(p 'b')" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_HTML, 0, cases);
}

/* What is never closed, at the end of the document or before. */
static void test_unclosed(void **state)
{
	static const struct show_case cases[] = {
		{ "a<!-- b", "(p 'a')" },
		{ "a<b", "(p 'a')" },
		{ "a<p class=\"b", "(p 'a')" },
		{ "a</p", "(p 'a')" },
		{ "<script>a", "" },
		{ "<style>a", "" },
		{ "<title>a<p>b", "(p 'a') (p 'b')" },
		{ "<title>a", "(p 'a')" },
		{ "<iframe src=a>b<p>c", "(p (a=a{kind=iframe}) 'b') (p 'c')" },
		{ "<svg>a<p>b", "(p 'a') (p 'b')" },
		{ "<video>a<p>b", "(p (a={kind=video}) 'a') (p 'b')" },
		{ "<textarea>a<p>b", "(p 'a') (p 'b')" },
		{ "<select>a<p>b", "(p 'a') (p 'b')" },
		{ "<template>a<p>b", "(p 'a') (p 'b')" },
		{ "<!DOCTYPE", "" },
		{ "<?a", "" },
		{ "<", "(p '<')" },
		{ "</", "(p '</')" },
		{ "<!", "" },
		{ "a&", "(p 'a&')" },
		{ "a&#", "(p 'a')" },
		{ "a&#x", "(p 'a')" },
		{ "<head>a", "(p 'a')" },
		{ "<pre>a<p>b", "(pre 'a\\nb\\n')" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_HTML, 0, cases);
}

/* What the fuzz targets have found once. */
static void test_found_by_fuzzing(void **state)
{
	static const struct show_case cases[] = {
		{ "<a href=b><div>c</div></a><span><<html>p>d</spa<>bne> i>fp/<>n><p>d</span>e <b><b>i</b></code>",
		  "(a=b (div=div (p 'c'))) (span=span (p '<p>dbne> i>fp/<>n>') (p 'd')) (p 'e ' (b (b 'i')))" },
		{ "<table><cab><th a=2>c</thead><title><tr><td ro</p>An=2>d<td>e</td></tr><td>f</table>",
		  "(table (tr-head (td{a=2} 'c')) (tr (td{p=} 'An=2>d') (td 'e')) (tr (td 'f')))" },
		{ "<p \" f g=\"5\"h=6 =i/><u=><li<i=\"4\" f>a<li >", "(span=u (ul (li{f=} (p 'a')) (li)))" },
		{ "<a h=b><divc</div~</a><span><p></div></a><span>_<<html>p>d</span e <<table><captb>>i>f<ion>a</p",
		  "(div=a{h=b} (span=divc{a=})) (p (span=span '_<p>d') (span=captb '>i>f' (span=ion 'a')))" },
		{ "<a><p></p></a><div>b</div>", "(div=div (p 'b'))" },
		{ "<table><b><th>a", "(table (tr-head (td 'a')))" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_HTML, 0, cases);
}

static void test_places(void **state)
{
	static const struct show_case cases[] = {
		{ "<h1>a</h1>\n<p>b <b>c</b></p>\n",
		  "(h1@1:1-1:10 'a'@1:5-1:5) (p@2:1-2:17 'b '@2:4-2:5 (b@2:6-2:13 'c'@2:9-2:9))" },
		{ "<ul>\n<li>a</li>\n<li><a href=b>c</a></li>\n</ul>",
		  "(ul@1:1-4:5 (li@2:1-2:10 (p@2:5-2:10 'a'@2:5-2:5)) (li@3:1-3:24 (p@3:5-3:24 (a=b@3:5-3:19 'c'@3:15-3:15))))" },
		{ "a &amp; b < c <i>d</i>", "(p@1:1-1:22 'a & b < c '@1:1-1:14 (em@1:15-1:22 'd'@1:18-1:18))" },
		{ "한글<b>강조</b>", "(p@1:1-1:19 '한글'@1:1-1:6 (b@1:7-1:19 '강조'@1:10-1:15))" },
		{ "<p>a<!-- b -->c <i>d</i></p>", "(p@1:1-1:28 'ac '@1:4-1:16 (em@1:17-1:24 'd'@1:20-1:20))" },
		{ "<p a/b=c>d <b>e</b></p>", "(p{a= b=c}@1:1-1:23 'd '@1:10-1:11 (b@1:12-1:19 'e'@1:15-1:15))" },
		{ "<table>\n<tr><td>a<td>b\n</table>",
		  "(table@1:1-3:8 (tr@2:1-3:8 (td@2:5-2:9 'a'@2:9-2:9) (td@2:10-3:8 'b'@2:14-2:14)))" },
		{ "---\na: b\n---\n<p>c</p>\n", "(p@4:1-4:8 'c'@4:4-4:4)" },
		{ "<pre>\na\n</pre>\n<img src=b>", "(pre@1:1-3:6 'a\\n') (p@4:1-4:11 (img=b@4:1-4:11))" },
		{ "<p>a<br>\nb</p>", "(p@1:1-2:5 'a'@1:4-1:4 /@1:5-1:9 'b'@2:1-2:1)" },
		{ "\n\n a b\nc<b>d</b>", "(p@1:1-4:9 'a b'@3:2-3:4 ~@3:5-3:5 'c'@4:1-4:1 (b@4:2-4:9 'd'@4:5-4:5))" },
		{ "---\na: b\n---\n\n  c\n", "(p@4:1-5:4 'c'@5:3-5:3)" },
		{ "<div>a</i></x >\nb</div>c</i> <b>d</b>",
		  "(div=div@1:1-2:7 (p@1:6-2:7 'a'@1:6-1:6 ~@1:16-1:16 'b'@2:1-2:1)) (p@2:8-2:21 'c '@2:8-2:13 (b@2:14-2:21 'd'@2:17-2:17))" },
		{ "<script>a</script><b>c</b>", "(p@1:19-1:26 (b@1:19-1:26 'c'@1:22-1:22))" },
	};

	(void)state;
	SHOW_CHECK(FORMAT_HTML, SHOW_SPANS, cases);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_documents),
		cmocka_unit_test(test_headings_and_paragraphs),
		cmocka_unit_test(test_white_space),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_definition_lists),
		cmocka_unit_test(test_tables),
		cmocka_unit_test(test_figures),
		cmocka_unit_test(test_images_and_links),
		cmocka_unit_test(test_block_in_inline),
		cmocka_unit_test(test_bad_nesting),
		cmocka_unit_test(test_code),
		cmocka_unit_test(test_left_out),
		cmocka_unit_test(test_embeds),
		cmocka_unit_test(test_tokens),
		cmocka_unit_test(test_comments),
		cmocka_unit_test(test_unclosed),
		cmocka_unit_test(test_found_by_fuzzing),
		cmocka_unit_test(test_places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
