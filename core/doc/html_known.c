/*
 * html_known.c - the elements that html_simple.c knows, and how libxml2 has
 * them close each other.
 *
 * Facts about the parser, not about HTML: which open elements a start tag ends, how strong an end
 * tag is, what is empty.  tests/doc/test_html_simple.c asks the parser for each pair.
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
	{ "area", 0, WEAK, true, 0 },
	{ "article", 0, WEAK, false, 0 },
	{ "aside", 0, WEAK, false, 0 },
	{ "audio", 0, WEAK, false, HTML_KNOWN_HIDES },
	{ "b", B, WEAK, false, 0 },
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
	{ "main", 0, WEAK, false, 0 },
	{ "map", 0, WEAK, false, 0 },
	{ "mark", 0, WEAK, false, 0 },
	{ "menu", MENU, WEAK, false, BIT(P) | BIT(UL) },
	{ "nav", 0, WEAK, false, 0 },
	{ "ol", OL, WEAK, false, BIT(P) | BIT(UL) },
	{ "p", P, WEAK, false,
	  BIT(B) | BIT(BIG) | BIT(HEADING) | BIT(I) | BIT(P) | BIT(S) | BIT(SMALL) | BIT(STRIKE) | BIT(TT) | BIT(U) },
	{ "param", 0, WEAK, true, 0 },
	{ "picture", 0, WEAK, false, 0 },
	{ "pre", PRE, WEAK, false, BIT(P) | BIT(UL) },
	{ "q", 0, WEAK, false, 0 },
	{ "s", S, WEAK, false, 0 },
	{ "samp", 0, WEAK, false, 0 },
	{ "section", 0, WEAK, false, 0 },
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
	{ "tfoot", TFOOT, 180, false, ROWS | BIT(TBODY) },
	{ "th", TH, 160, false, CELLS },
	{ "thead", THEAD, 180, false, CAPTIONS },
	{ "time", 0, WEAK, false, 0 },
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
static const uint8_t letters[] = { 0,  8,  15, 21, 31, 33, 39, 39, 48, 53, 53, 54, 57, 61,
				   62, 63, 67, 68, 68, 79, 89, 91, 93, 94, 94, 94, 94 };

const struct html_known *html_known_find(const char *name)
{
	const unsigned letter = (unsigned)(*name - 'a');

	for (size_t i = letter < 26 ? letters[letter] : 0; letter < 26 && i < letters[letter + 1]; i++)
		if (known[i].name[1] == name[1] && strcmp(known[i].name + 1, name + 1) == 0)
			return &known[i];
	return NULL;
}
