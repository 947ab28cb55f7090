/*
 * markdown_simple.h - Markdown that is simple enough to be read without
 * cmark, with the very tree that it would have.  For markdown_parts.c.
 *
 * Simple are paragraphs, headings, lists, quotes, fences, rules, raw HTML, and, at the top level, tables, link
 * definitions and definition lists, with templates in them, that one look from left to right can tell: no lazy line is
 * indented, no emphasis ambiguous, nothing else of our dialect there.  markdown_simple.c reads blocks,
 * markdown_simple_inline.c inlines.  What is not simple is left to cmark: a block, or all of the document where
 * something may reach from one block into another.
 */
#ifndef QUERN_DOC_MARKDOWN_SIMPLE_H
#define QUERN_DOC_MARKDOWN_SIMPLE_H

#include "doc/build.h"
#include "doc/html_balance.h"
#include "doc/markdown.h"
#include "doc/prepare.h"

/* Containers (items and quotes) in each other; deeper ones are cmark's. */
#define SIMPLE_DEPTH 12

enum simple_verdict {
	SIMPLE_READ,  /* to the end */
	SIMPLE_PART,  /* the block of the document that begins at `block` is not simple */
	SIMPLE_HTML,  /* it has raw HTML in it: it is to be read again, with `out` */
	SIMPLE_WEAVE, /* all raw HTML in `out` has ended where the block at `block` begins */
	SIMPLE_NOT    /* nothing was done: something may reach from one block into another */
};

struct simple_container {
	char mark;     /* '>' of a quote, "-+*" of a bullet item, ".)" of a numbered one, ':' of a definition */
	bool tight;    /* the list */
	int indent;    /* item: columns from where its container begins to its content */
	bool filled;   /* has a child */
	uint32_t list; /* item: node of its list, and of itself */
	uint32_t node;
	const char *list_from, *from;
	const char *to; /* definition: where its last line ends */
};

/* A link reference definition, or a line that looks like one. */
struct simple_definition {
	struct str label, url, title; /* the label in the form in which labels are compared */
	const char *at, *to;          /* its bracket, the end of its line */
	size_t part;                  /* the last one it was given to */
	bool seen;                    /* it is one */
	bool used;                    /* a label names it */
};

/* From "{% raw %}" to its end tag. */
struct simple_raw {
	const char *from, *to;
};

/* What can be open at one time: lists and items, and inlines in each other. */
#define SIMPLE_OPEN_MAX (2 * SIMPLE_DEPTH + 16)

struct simple {
	struct tree_build *build;
	struct arena *scratch;
	const char *begin, *end;    /* of the body */
	uint32_t offset;            /* of the body in the source */
	uint32_t parts;             /* of the dialect */
	bool slashes, ww, at_signs; /* "//", "ww", "@" stand in the body */
	bool templates;             /* "{{", "{%" do */
	bool less, less_known;      /* "<" does */
	bool lists;                 /* "{:" does */
	bool names;                 /* an attribute list there may have a name, by which others mean it */
	enum simple_verdict verdict;
	const char *block;    /* where the block of the document that is being read begins: always a line */
	size_t n_cells;       /* of tables */
	bool defines_plainly; /* all that may be link definitions are among these, in their order */
	struct simple_definition *definitions;
	struct simple_definition **by_label; /* in the order of labels */
	size_t expanded;                     /* bytes of definitions, in links */
	size_t n_definitions, n_defined;     /* parts that were given some */
	struct prepared as_it_is;            /* of raw HTML: no part of it was prepared for cmark */
	uint32_t node;                       /* the first node it makes */
	struct events *out;                  /* where blocks go that raw HTML is among; NULL: into the tree */
	struct balance balance;              /* of the raw HTML there */
	size_t block_event;                  /* the first event of the block */
	bool block_whole;                    /* all raw HTML had ended before it */
	uint32_t opened[SIMPLE_OPEN_MAX];    /* events that wait for their end */
	int n_opened;
	const char *at;      /* the line that is read */
	const char *line_to; /* where the line before it ends, NULL: there is none */
	struct simple_container open[SIMPLE_DEPTH];
	int n_open;
	int n_quotes; /* of them */
	bool blank;   /* a blank line stood before this one, inside so many quotes */
	int blank_quotes;
	bool is_rule;     /* the last block was a rule */
	const char *text; /* the paragraph that is open; NULL: none */
	const char *text_to;
	const char *text_close; /* where it ends with the attribute list below it; NULL: there is none */
	uint32_t listed;        /* the list that the last such list was meant for */
	const char *text_list;  /* that list; NULL: it is not the paragraph that it belongs to */
	uint32_t heading;       /* the last one at the top level */
	const char *heading_to; /* where its line ends; NULL: there is none */
	/* Inlines of one block. */
	const char *text_begin, *text_end; /* of the block */
	const char *last_to;               /* where the last one ended */
	const char *template_to;           /* where the last template ended that was found */
	bool escaped;                      /* a backslash was read */
	const char *address, *address_to;  /* the bare address that was found last */
	bool failed;                       /* memory refused */
	struct note_labels notes;          /* of the footnotes that are defined */
	/* Templates. */
	struct template_ends ends;
	struct simple_raw *raws; /* in their order */
	size_t n_raws, cap_raws;
	bool no_endraw;
};

/* Prepares for this body; SIMPLE_NOT when it is none of ours at a glance. */
enum simple_verdict simple_begin(struct simple *s, const struct markdown_input *input, struct tree_build *build,
				 struct arena *scratch);
/*
 * Reads on from `at`, which is at the top level; into out where that is given, behind raw HTML there that has left
 * open what `open` tells.
 */
enum simple_verdict simple_read(struct simple *s, struct events *out, const struct balance *open);

/* All that labels were taken to name are definitions indeed. Else cmark has to see the whole document. */
bool simple_definitions_hold(const struct simple *s);
/* The first at or behind p that looks like a definition; NULL: none. */
const struct simple_definition *simple_next_definition(const struct simple *s, const char *p);
/* Behind such lines at p and blank ones between and behind them; p where none stands there. */
const char *simple_behind_definitions(const struct simple *s, const char *p);
/* The definitions that labels in the part name, each once; false: which they are is not known. */
bool simple_define(struct simple *s, struct str part, struct buf *out);

/* What is left to cmark. Both return false, for tail calls. */
static inline bool simple_leave_block(struct simple *s)
{
	if (s->verdict == SIMPLE_READ)
		s->verdict = SIMPLE_PART;
	return false;
}

static inline bool simple_leave_all(struct simple *s)
{
	s->verdict = SIMPLE_NOT;
	return false;
}

static inline bool simple_need_events(struct simple *s)
{
	if (s->verdict == SIMPLE_READ)
		s->verdict = SIMPLE_HTML;
	return false;
}

static inline uint32_t simple_offset(const struct simple *s, const char *p)
{
	return s->offset + (uint32_t)(p - s->begin);
}

/* Is what stands at p text because of a "{% raw %}" before it? */
bool simple_ends_in_raw(const struct simple *s, const char *p);
/*
 * The inlines of a block from p to `to` into the innermost open node, where its text goes on up to end; false: they are not
 * simple.
 */
bool simple_inlines(struct simple *s, const char *p, const char *to, const char *end);

#endif
