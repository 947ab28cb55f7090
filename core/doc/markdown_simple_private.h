/*
 * markdown_simple_private.h - what the markdown_simple*.c files share.
 * Included by them alone.
 *
 * Blocks: markdown_simple.c (lines), markdown_simple_container.c, markdown_simple_code.c, markdown_simple_table.c,
 * markdown_simple_terms.c, markdown_simple_look.c.  Inlines:
 * markdown_simple_inline.c, markdown_simple_link.c, markdown_simple_emphasis.c, markdown_simple_address.c.  Both: markdown_simple_html.c,
 * markdown_simple_attributes.c, markdown_simple_define.c.
 */
#ifndef QUERN_DOC_MARKDOWN_SIMPLE_PRIVATE_H
#define QUERN_DOC_MARKDOWN_SIMPLE_PRIVATE_H

#include "base/ascii.h"
#include "base/bytes.h"
#include "doc/markdown_simple.h"

static inline const char *skip_spaces(const char *p, const char *end)
{
	while (p < end && *p == ' ')
		p++;
	return p;
}

/* Before spaces and tabs. */
static inline const char *trim_end(const char *p, const char *end)
{
	while (end > p && ascii_is_blank(end[-1]))
		end--;
	return end;
}

/* ------------------------------------------------------------------ blocks */

/* One line while it is read. */
struct simple_row {
	const char *p;       /* behind the containers that go on */
	const char *content; /* the first character that is no blank */
	const char *end;     /* before the newline */
	const char *to;      /* where cmark says that it ends; NULL: there */
	int matched;         /* containers that go on */
};

struct simple_marker {
	char mark;
	int length; /* 0: none */
	int32_t start;
};

/* Matches the containers that are open against the line at p. */
bool simple_match(struct simple *s, struct simple_row *row, const char *p);
/* Of "## text" at p; 0: it is none. */
int simple_heading_level(const char *p, const char *end);
/* Is there a "<" anywhere in the body, so that there may be raw HTML? */
bool simple_has_less(struct simple *s);
/* Behind the line. */
const char *simple_next_line(const struct simple *s, const struct simple_row *row);
/* The paragraph that is open, as a node with its inlines. */
bool simple_close_text(struct simple *s);
/* Closes containers until n are left; the list of the outermost one stays open where keep_list. */
bool simple_close_to(struct simple *s, int n, bool keep_list);
/* Before a block: closes what the line does not go on with. */
bool simple_begin_block(struct simple *s, const struct simple_row *row);
/* After one: what it stands in is not empty. */
void simple_fill(struct simple *s);
/* Bars, colons, dashes and blanks alone, as below the head of a table? */
bool simple_is_delimiter(const struct simple_row *row);
/* Is it a row that could stand below the head of a table in the line before? */
bool simple_is_below_head(const struct simple *s, const struct simple_row *row);
/* Of an item at p; its length is 0 where there is none. */
struct simple_marker simple_marker(const char *p, const char *end);
bool simple_open_quote(struct simple *s, struct simple_row *row);
bool simple_open_item(struct simple *s, struct simple_row *row, const struct simple_marker *m);
/* A block of raw HTML to its end. */
enum simple_taken { TAKEN, TAKEN_NOT /* none begins here */, TAKEN_LEFT /* it is left */ };
enum simple_taken simple_take_html(struct simple *s, struct simple_row *row);
/* That block, unless something in it is left to our dialect; templates in its text become nodes. False: it is left. */
bool simple_add_html_block(struct simple *s, const char *begin, const char *end);
/* Behind the tag at p, if it is one and ends before end; else NULL. */
const char *simple_tag_end(const char *p, const char *end);
/*
 * Behind the template at p in the tag at tag, if it stands in a quoted value and holds nothing that could end that: its
 * bytes come back as they are.  Else NULL.
 */
const char *simple_value_template_end(const char *tag, const char *p, const char *end);
/* A link reference definition; its line makes no node. */
enum simple_taken simple_take_definition(struct simple *s, struct simple_row *row);
/* Before anything is read. False: memory is refused. */
bool simple_gather_definitions(struct simple *s);
/* A table to its end. */
enum simple_taken simple_take_table(struct simple *s, struct simple_row *row);
/* The same at its delimiter row, when the paragraph that is open ends with its head; false: it is left, or no such table. */
bool simple_take_table_below(struct simple *s, struct simple_row *row);
/* The first term of a definition list. */
enum simple_taken simple_take_term(struct simple *s, const struct simple_row *row);
/*
 * At a line in which the definition does not go on: the next one, or the next term, if it is one (then a definition is
 * open whose from is at the line, or behind it).  False: it is left.
 */
bool simple_go_on_terms(struct simple *s, struct simple_row *row);
/* Is what is read in a definition? They stand at the top level. */
static inline bool simple_is_in_definition(const struct simple *s)
{
	return s->n_open > 0 && s->open[0].mark == ':';
}
/* Fenced code to its end; length: of the fence. */
bool simple_add_code(struct simple *s, struct simple_row *row, int length);

/* ------------------------------------------- where it goes, markdown_simple_sink.c */

/* A node, or the event that opens one; TREE_NONE: it failed. */
uint32_t simple_open(struct simple *s, enum node_kind kind, uint32_t from);
/* The innermost one. */
void simple_close(struct simple *s, uint32_t to);
uint32_t simple_leaf(struct simple *s, enum node_kind kind, uint32_t from, uint32_t to);
void simple_text(struct simple *s, struct str text, uint32_t from, uint32_t to);
void simple_set_text(struct simple *s, uint32_t node, struct str text);
void simple_set_extra(struct simple *s, uint32_t node, struct str extra);
void simple_add_flags(struct simple *s, uint32_t node, uint8_t flags);
void simple_set_number(struct simple *s, uint32_t node, int32_t number);
void simple_set_align(struct simple *s, uint32_t node, uint8_t align);
void simple_set_attributes(struct simple *s, uint32_t node, struct event_attr *attrs);
/* Raw HTML, which only a list of events takes: else the block is to be read again into one. */
bool simple_add_html(struct simple *s, enum node_kind kind, struct str text, const char *from, const char *to);

/* ----------------------------------------------------------------- inlines */

/* What inlines are in: no links in links, no emphasis in emphasis. */
enum inside { IN_BLOCK = 0, IN_EMPHASIS = 1, IN_LINK = 2 };

struct simple_text {
	const char *from, *to; /* of the block, or what is inside an inline */
	unsigned inside;       /* enum inside */
	const char *line;      /* where the content of the line begins: what stands before it is white space */
};

struct simple_link {
	const char *label_to; /* the bracket that closes it */
	struct str url, title;
	const char *to;
	size_t expanded; /* bytes of a definition that it stands for; 0: it is written there */
};

enum simple_find { LINK_FOUND, LINK_NONE, LINK_UNSURE };

/* The definition that the label from p to end names. */
enum simple_find simple_find_definition(const struct simple *s, const char *p, const char *end,
					struct simple_definition **found);
/* Counts what definitions are expanded to. False: more than cmark allows for sure, the document is left. */
bool simple_count_expanded(struct simple *s, size_t n);
/* Behind "url "title"" at p, of characters that mean nothing but themselves; NULL: it is none. */
const char *simple_read_target(struct simple *s, const char *p, const char *end, struct simple_link *link);

/* What "<" at p begins before end, up to *to. */
enum simple_less { LESS_TEXT, LESS_TAG, LESS_AUTOLINK, LESS_UNSURE };
enum simple_less simple_less_at(const struct simple *s, const char *p, const char *end, const char **to);
bool simple_add_less(struct simple *s, const struct simple_text *t, const char **at);
/* From t->from to t->to. */
bool simple_read_inlines(struct simple *s, struct simple_text *t);
/* Bytes as text, written as [from, to) in the source. */
void simple_add_piece(struct simple *s, struct str text, const char *from, const char *to);
/* "&name;", "&#1;": perhaps a reference. */
bool simple_is_reference(const char *p, const char *end);
/* What it stands for. */
bool simple_add_reference(struct simple *s, const struct simple_text *t, const char **at);
/* Where the content of the line at p begins, behind the marks of quotes. */
const char *simple_line_content(const struct simple *s, const char *p);
/*
 * Where that is at to, when something was stepped over from `from` on, where it was line.  It matters behind marks of
 * quotes alone: elsewhere what stands before it is white space anyway.
 */
const char *simple_line_of(const struct simple *s, const char *line, const char *from, const char *to);
/* The run of as many backticks that closes the one at p; NULL: none there. */
const char *simple_code_close(struct simple *s, const char *p, const char *end, int n);
/* The link or image whose bracket stands at p; nested: in another's label. */
enum simple_find simple_find_link(struct simple *s, const struct simple_text *t, const char *p, bool nested,
				  struct simple_link *link);
/* Templates: LINK_UNSURE of one that takes along what stands behind it. */
enum simple_find simple_find_template(struct simple *s, const char *p, const char **to);
/* At "{": over a template on one line, or that character; false: over neither. */
bool simple_step_template(struct simple *s, const char **at);
bool simple_join_lines(struct simple *s, struct simple_row *row);
bool simple_add_template(struct simple *s, const struct simple_text *t, const char **at);
/* Through code in which they may be; as_it_is: nothing is taken off its lines. False: it is left. */
bool simple_pass_code(struct simple *s, const char *p, const char *end, bool as_it_is);
/* One alone on its line, for the heading or paragraph above. */
bool simple_take_attributes(struct simple *s, const struct simple_row *row);
/* The node gets what is in it; at: where blanks and the list begin. */
bool simple_set_line_list(struct simple *s, uint32_t node, const char *at);
/* The node gets what is inside a list. */
bool simple_set_list(struct simple *s, uint32_t node, struct str inside);
/* "{#id .class}" at the end of the text of a heading, which goes from p to end: where it begins. */
enum simple_find simple_find_heading_list(const struct simple *s, const char *p, const char *end, const char **list);
/* The attribute lists at *at, which stands right behind what node is. */
bool simple_add_attributes(struct simple *s, const struct simple_text *t, uint32_t node, const char **at);
/* Is the mark at p no mark because it stands in a bare address? */
enum simple_find simple_find_address(struct simple *s, const char *p);
/* At a run of "*" or "_". */
bool simple_add_emphasis(struct simple *s, struct simple_text *t, const char **at);

#endif
