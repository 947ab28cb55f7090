/*
 * elements.c - the table of elements.h.
 */
#include "doc/elements.h"

#include <string.h>

static const struct element elements[] = {
	{ "a", ELEMENT_LINK, NODE_LINK },
	{ "address", ELEMENT_BLOCK, NODE_CONTAINER },
	{ "area", ELEMENT_VOID, 0 },
	{ "article", ELEMENT_BLOCK, NODE_CONTAINER },
	{ "aside", ELEMENT_BLOCK, NODE_CONTAINER },
	{ "audio", ELEMENT_EMBED, NODE_LINK },
	{ "b", ELEMENT_INLINE, NODE_STRONG },
	{ "base", ELEMENT_VOID, 0 },
	{ "blockquote", ELEMENT_BLOCK, NODE_BLOCK_QUOTE },
	{ "body", ELEMENT_TRANSPARENT, 0 },
	{ "br", ELEMENT_BREAK, NODE_LINEBREAK },
	{ "caption", ELEMENT_BLOCK, NODE_CAPTION },
	{ "center", ELEMENT_BLOCK, NODE_CONTAINER },
	{ "code", ELEMENT_CODE, NODE_CODE },
	{ "col", ELEMENT_VOID, 0 },
	{ "colgroup", ELEMENT_VOID, 0 },
	{ "datalist", ELEMENT_SKIP, 0 },
	{ "dd", ELEMENT_DEFINITION, NODE_DEFINITION },
	{ "del", ELEMENT_INLINE, NODE_STRIKETHROUGH },
	{ "details", ELEMENT_BLOCK, NODE_CONTAINER },
	{ "dialog", ELEMENT_BLOCK, NODE_CONTAINER },
	{ "dir", ELEMENT_LIST, NODE_LIST },
	{ "div", ELEMENT_BLOCK, NODE_CONTAINER },
	{ "dl", ELEMENT_BLOCK, NODE_DEFINITION_LIST },
	{ "dt", ELEMENT_TERM, NODE_TERM },
	{ "em", ELEMENT_INLINE, NODE_EMPH },
	{ "embed", ELEMENT_EMBED, NODE_LINK },
	{ "fieldset", ELEMENT_BLOCK, NODE_CONTAINER },
	{ "figcaption", ELEMENT_BLOCK, NODE_CAPTION },
	{ "figure", ELEMENT_BLOCK, NODE_FIGURE },
	{ "footer", ELEMENT_BLOCK, NODE_CONTAINER },
	{ "form", ELEMENT_BLOCK, NODE_CONTAINER },
	{ "frame", ELEMENT_VOID, 0 },
	{ "frameset", ELEMENT_TRANSPARENT, 0 },
	{ "h1", ELEMENT_HEADING, NODE_HEADING },
	{ "h2", ELEMENT_HEADING, NODE_HEADING },
	{ "h3", ELEMENT_HEADING, NODE_HEADING },
	{ "h4", ELEMENT_HEADING, NODE_HEADING },
	{ "h5", ELEMENT_HEADING, NODE_HEADING },
	{ "h6", ELEMENT_HEADING, NODE_HEADING },
	{ "head", ELEMENT_SKIP, 0 },
	{ "header", ELEMENT_BLOCK, NODE_CONTAINER },
	{ "hgroup", ELEMENT_BLOCK, NODE_CONTAINER },
	{ "hr", ELEMENT_RULE, NODE_THEMATIC_BREAK },
	{ "html", ELEMENT_TRANSPARENT, 0 },
	{ "i", ELEMENT_INLINE, NODE_EMPH },
	{ "iframe", ELEMENT_EMBED, NODE_LINK },
	{ "img", ELEMENT_IMAGE, NODE_IMAGE },
	{ "input", ELEMENT_INPUT, 0 },
	{ "legend", ELEMENT_BLOCK, NODE_CONTAINER },
	{ "li", ELEMENT_ITEM, NODE_ITEM },
	{ "link", ELEMENT_VOID, 0 },
	{ "listing", ELEMENT_PRE, NODE_CODE_BLOCK },
	{ "main", ELEMENT_BLOCK, NODE_CONTAINER },
	{ "menu", ELEMENT_LIST, NODE_LIST },
	{ "meta", ELEMENT_VOID, 0 },
	{ "nav", ELEMENT_BLOCK, NODE_CONTAINER },
	{ "noframes", ELEMENT_SKIP, 0 },
	{ "noscript", ELEMENT_BLOCK, NODE_CONTAINER },
	{ "object", ELEMENT_EMBED, NODE_LINK },
	{ "ol", ELEMENT_LIST, NODE_LIST },
	{ "p", ELEMENT_PARAGRAPH, NODE_PARAGRAPH },
	{ "param", ELEMENT_VOID, 0 },
	{ "plaintext", ELEMENT_PRE, NODE_CODE_BLOCK },
	{ "pre", ELEMENT_PRE, NODE_CODE_BLOCK },
	{ "s", ELEMENT_INLINE, NODE_STRIKETHROUGH },
	{ "script", ELEMENT_SKIP, 0 },
	{ "search", ELEMENT_BLOCK, NODE_CONTAINER },
	{ "section", ELEMENT_BLOCK, NODE_CONTAINER },
	{ "select", ELEMENT_SKIP, 0 },
	{ "source", ELEMENT_SOURCE, 0 },
	{ "strike", ELEMENT_INLINE, NODE_STRIKETHROUGH },
	{ "strong", ELEMENT_INLINE, NODE_STRONG },
	{ "style", ELEMENT_SKIP, 0 },
	{ "summary", ELEMENT_BLOCK, NODE_CONTAINER },
	{ "svg", ELEMENT_SKIP, 0 },
	{ "table", ELEMENT_BLOCK, NODE_TABLE },
	{ "tbody", ELEMENT_ROWS, 0 },
	{ "td", ELEMENT_CELL, NODE_TABLE_CELL },
	{ "template", ELEMENT_SKIP, 0 },
	{ "textarea", ELEMENT_SKIP, 0 },
	{ "tfoot", ELEMENT_ROWS, 0 },
	{ "th", ELEMENT_CELL, NODE_TABLE_CELL },
	{ "thead", ELEMENT_ROWS, 0 },
	{ "title", ELEMENT_TITLE, 0 },
	{ "tr", ELEMENT_ROW, NODE_TABLE_ROW },
	{ "track", ELEMENT_VOID, 0 },
	{ "tt", ELEMENT_CODE, NODE_CODE },
	{ "ul", ELEMENT_LIST, NODE_LIST },
	{ "video", ELEMENT_EMBED, NODE_LINK },
	{ "wbr", ELEMENT_VOID, 0 },
	{ "xmp", ELEMENT_PRE, NODE_CODE_BLOCK },
};

/* Where the names of each letter begin, and those of the last one end. */
static const uint8_t letters[] = { 0,  6,  11, 16, 25, 27, 34, 34, 45, 49, 49, 49, 53, 56,
				   59, 61, 65, 65, 65, 76, 88, 89, 90, 91, 92, 92, 92 };

struct element element_find(const char *name)
{
	const unsigned letter = (unsigned)(*name - 'a');

	for (size_t i = letter < 26 ? letters[letter] : 0; letter < 26 && i < letters[letter + 1]; i++)
		if (elements[i].name[1] == name[1] && strcmp(elements[i].name + 1, name + 1) == 0)
			return elements[i];
	return (struct element){ name, ELEMENT_INLINE, NODE_SPAN };
}

bool element_is_void(struct str name)
{
	static const char *const names[] = { "area",  "base", "br",   "col",   "embed",  "hr",    "img",
					     "input", "link", "meta", "param", "source", "track", "wbr" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (name.n && (*name.p | 32) == *names[i] && str_eq_nocase(name, str_of(names[i])))
			return true;
	return false;
}
