/*
 * html_known.c - the elements that html_simple.c knows, and how libxml2 has
 * them close each other.
 *
 * Facts about the parser, not about HTML: which open elements a start tag ends, how strong an end
 * tag is, what is empty; what it does not know it opens and closes by the name alone.  tests/doc/test_html_simple.c asks the parser for each pair.
 */
#include "doc/html_simple.h"

#include <string.h>

/* Elements that a start tag can end. */
enum {
	A = 1,
	ADDRESS,
	B,
	BIG,
	CAPTION,
	COLGROUP,
	DD,
	DIR,
	DL,
	DT,
	FONT,
	FORM,
	HEADING,
	I,
	LEGEND,
	LI,
	MENU,
	OL,
	OPTION,
	P,
	PRE,
	S,
	SMALL,
	SPAN,
	STRIKE,
	TBODY,
	TD,
	TFOOT,
	TH,
	THEAD,
	TR,
	TT,
	U,
	UL
};

#define BIT(x)   ((uint64_t)1 << (x))
#define CAPTIONS (BIT(CAPTION) | BIT(COLGROUP))
#define ROWS     (CAPTIONS | BIT(P) | BIT(TD) | BIT(TH) | BIT(THEAD) | BIT(TR))
#define CELLS    (BIT(A) | BIT(B) | BIT(FONT) | BIT(I) | BIT(P) | BIT(SPAN) | BIT(TD) | BIT(TH) | BIT(U))
#define TEXTS    (BIT(ADDRESS) | BIT(DIR) | BIT(MENU) | BIT(P) | BIT(PRE))

enum { WEAK = 100 };

static const struct html_known known[] = {
	{ "a", A, WEAK, false, BIT(A) },
	{ "abbr", 0, WEAK, false, 0 },
	{ "acronym", 0, WEAK, false, 0 },
	{ "address", ADDRESS, WEAK, false, BIT(P) | BIT(UL) },
	{ "applet", 0, WEAK, false, 0 },
	{ "area", 0, WEAK, true, 0 },
	{ "article", 0, WEAK, false, 0 },
	{ "aside", 0, WEAK, false, 0 },
	{ "audio", 0, WEAK, false, HTML_KNOWN_HIDES },
	{ "b", B, WEAK, false, 0 },
	{ "base", 0, WEAK, true, 0 },
	{ "basefont", 0, WEAK, true, 0 },
	{ "bdi", 0, WEAK, false, 0 },
	{ "bdo", 0, WEAK, false, 0 },
	{ "big", BIG, WEAK, false, 0 },
	{ "blockquote", 0, WEAK, false, BIT(P) },
	{ "br", 0, WEAK, true, 0 },
	{ "button", 0, WEAK, false, 0 },
	{ "caption", CAPTION, WEAK, false, BIT(P) },
	{ "center", 0, WEAK, false, BIT(B) | BIT(FONT) | BIT(I) | BIT(P) },
	{ "cite", 0, WEAK, false, 0 },
	{ "code", 0, WEAK, false, 0 },
	{ "col", 0, WEAK, true, BIT(CAPTION) | BIT(P) },
	{ "colgroup", COLGROUP, WEAK, false, CAPTIONS | BIT(P) },
	{ "data", 0, WEAK, false, 0 },
	{ "dd", DD, WEAK, false, TEXTS | BIT(DT) },
	{ "del", 0, WEAK, false, 0 },
	{ "details", 0, WEAK, false, 0 },
	{ "dfn", 0, WEAK, false, 0 },
	{ "dialog", 0, WEAK, false, 0 },
	{ "dir", DIR, WEAK, false, BIT(P) },
	{ "div", 0, 150, false, BIT(P) },
	{ "dl", DL, WEAK, false, TEXTS | BIT(DT) },
	{ "dt", DT, WEAK, false, TEXTS | BIT(DD) },
	{ "em", 0, WEAK, false, 0 },
	{ "embed", 0, WEAK, false, 0 },
	{ "fieldset", 0, WEAK, false, BIT(A) | BIT(HEADING) | BIT(LEGEND) | BIT(P) | BIT(PRE) },
	{ "figcaption", 0, WEAK, false, 0 },
	{ "figure", 0, WEAK, false, 0 },
	{ "font", FONT, WEAK, false, 0 },
	{ "footer", 0, WEAK, false, 0 },
	{ "form", FORM, WEAK, false, TEXTS | BIT(DL) | BIT(FORM) | BIT(HEADING) | BIT(OL) | BIT(UL) },
	{ "h1", HEADING, WEAK, false, BIT(P) },
	{ "h2", HEADING, WEAK, false, BIT(P) },
	{ "h3", HEADING, WEAK, false, BIT(P) },
	{ "h4", HEADING, WEAK, false, BIT(P) },
	{ "h5", HEADING, WEAK, false, BIT(P) },
	{ "h6", HEADING, WEAK, false, BIT(P) },
	{ "header", 0, WEAK, false, 0 },
	{ "hgroup", 0, WEAK, false, 0 },
	{ "hr", 0, WEAK, true, BIT(P) },
	{ "i", I, WEAK, false, 0 },
	{ "iframe", 0, WEAK, false, HTML_KNOWN_HIDES },
	{ "img", 0, WEAK, true, 0 },
	{ "input", 0, WEAK, true, 0 },
	{ "ins", 0, WEAK, false, 0 },
	{ "kbd", 0, WEAK, false, 0 },
	{ "label", 0, WEAK, false, 0 },
	{ "legend", LEGEND, WEAK, false, 0 },
	{ "li", LI, WEAK, false, BIT(ADDRESS) | BIT(DL) | BIT(HEADING) | BIT(LI) | BIT(P) | BIT(PRE) },
	{ "link", 0, WEAK, true, 0 },
	{ "main", 0, WEAK, false, 0 },
	{ "map", 0, WEAK, false, 0 },
	{ "mark", 0, WEAK, false, 0 },
	{ "menu", MENU, WEAK, false, BIT(P) | BIT(UL) },
	{ "meta", 0, WEAK, true, 0 },
	{ "nav", 0, WEAK, false, 0 },
	{ "noframes", 0, WEAK, false, HTML_KNOWN_HIDES },
	{ "noscript", 0, WEAK, false, 0 },
	{ "object", 0, WEAK, false, HTML_KNOWN_HIDES },
	{ "ol", OL, WEAK, false, BIT(P) | BIT(UL) },
	{ "optgroup", 0, WEAK, false, BIT(OPTION) },
	{ "option", OPTION, WEAK, false, BIT(OPTION) },
	{ "p", P, WEAK, false,
	  BIT(B) | BIT(BIG) | BIT(HEADING) | BIT(I) | BIT(P) | BIT(S) | BIT(SMALL) | BIT(STRIKE) | BIT(TT) | BIT(U) },
	{ "param", 0, WEAK, true, 0 },
	{ "picture", 0, WEAK, false, 0 },
	{ "pre", PRE, WEAK, false, BIT(P) | BIT(UL) },
	{ "q", 0, WEAK, false, 0 },
	{ "s", S, WEAK, false, 0 },
	{ "samp", 0, WEAK, false, 0 },
	{ "section", 0, WEAK, false, 0 },
	{ "select", 0, WEAK, false, HTML_KNOWN_HIDES },
	{ "small", SMALL, WEAK, false, 0 },
	{ "source", 0, WEAK, false, 0 },
	{ "span", SPAN, WEAK, false, 0 },
	{ "strike", STRIKE, WEAK, false, 0 },
	{ "strong", 0, WEAK, false, 0 },
	{ "sub", 0, WEAK, false, 0 },
	{ "summary", 0, WEAK, false, 0 },
	{ "sup", 0, WEAK, false, 0 },
	{ "table", 0, 190, false, BIT(A) | BIT(HEADING) | BIT(P) | BIT(PRE) },
	{ "tbody", TBODY, 180, false, ROWS | BIT(TBODY) | BIT(TFOOT) },
	{ "td", TD, 160, false, CELLS },
	{ "textarea", 0, WEAK, false, HTML_KNOWN_HIDES },
	{ "tfoot", TFOOT, 180, false, ROWS | BIT(TBODY) },
	{ "th", TH, 160, false, CELLS },
	{ "thead", THEAD, 180, false, CAPTIONS },
	{ "time", 0, WEAK, false, 0 },
	{ "title", 0, WEAK, false, HTML_KNOWN_HIDES | BIT(P) },
	{ "tr", TR, 170, false, CAPTIONS | BIT(P) | BIT(TD) | BIT(TH) | BIT(TR) },
	{ "track", 0, WEAK, false, 0 },
	{ "tt", TT, WEAK, false, 0 },
	{ "u", U, WEAK, false, 0 },
	{ "ul", UL, WEAK, false, TEXTS | BIT(OL) },
	{ "var", 0, WEAK, false, 0 },
	{ "video", 0, WEAK, false, HTML_KNOWN_HIDES },
	{ "wbr", 0, WEAK, false, 0 },
};

/* Where the names of each letter begin, and those of the last one end. */
static const uint8_t letters[] = { 0,  9,  18, 24, 34, 36, 42,  42,  51,  56,  56,  57,  61, 66,
				   69, 73, 77, 78, 78, 90, 102, 104, 106, 107, 107, 107, 107 };

const struct html_known *html_known_find(const char *name)
{
	const unsigned letter = (unsigned)(*name - 'a');

	for (size_t i = letter < 26 ? letters[letter] : 0; letter < 26 && i < letters[letter + 1]; i++)
		if (known[i].name[1] == name[1] && strcmp(known[i].name + 1, name + 1) == 0)
			return &known[i];
	return NULL;
}

bool html_known_is_single(const char *name)
{
	static const char *const names[] = { "body", "frame", "frameset", "head", "html", "isindex" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

enum html_simple html_known_element(struct arena *scratch, const char *name, const struct html_known **out)
{
	const size_t n = strlen(name);
	struct html_known *own;
	char *copy;

	*out = html_known_find(name);
	if (*out)
		return HTML_SIMPLE_READ;
	if (n == 0 || html_known_is_single(name))
		return HTML_SIMPLE_NOT;
	own = arena_alloc(scratch, sizeof *own);
	copy = arena_alloc(scratch, n + 1);
	if (!own || !copy)
		return HTML_SIMPLE_NOMEM;
	memcpy(copy, name, n + 1);
	*own = (struct html_known){ .name = copy,
				    .priority = WEAK,
				    .closes = html_hiding_index(name) >= 0 ? HTML_KNOWN_HIDES : 0 };
	*out = own;
	return HTML_SIMPLE_READ;
}

uint8_t html_known_priority(const char *name)
{
	const struct html_known *found = html_known_find(name);

	return found ? found->priority : WEAK;
}
