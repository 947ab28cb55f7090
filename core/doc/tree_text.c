/*
 * tree_text.c - the readable text of a subtree.
 *
 * White space is owed, not written: what separates two pieces is decided
 * when the second one comes, so nothing has to be taken back.  Knows the
 * kinds of nodes, not what is done with the text.
 */
#include "base/text.h"
#include "base/utf8.h"
#include "doc/tree.h"

struct text_state {
	struct buf *out;
	const struct tree *tree;
	size_t start; /* of this text in out */
	unsigned flags;
	/* owed before the next character */
	unsigned newlines;
	uint32_t tabs;
	bool space;
	uint32_t last; /* newest node that has written something */
};

static void owe_nothing(struct text_state *s)
{
	s->newlines = 0;
	s->tabs = 0;
	s->space = false;
}

static void write_owed(struct text_state *s, uint32_t node)
{
	if (s->out->n > s->start) {
		if (s->flags & TEXT_ONE_LINE) {
			if (s->newlines || s->tabs || s->space)
				buf_addc(s->out, ' ');
		} else if (s->newlines || s->tabs) {
			buf_add_repeat(s->out, '\n', s->newlines);
			buf_add_repeat(s->out, '\t', s->tabs);
		} else if (s->space) {
			buf_addc(s->out, ' ');
		}
	}
	owe_nothing(s);
	s->last = node;
}

/* Length of the white space at p, 0 if it is none. */
static size_t space_length(const char *p, const char *end)
{
	unsigned char c = (unsigned char)*p;
	uint32_t cp;
	size_t n;

	if (c < 0x80)
		return c == ' ' || (c >= '\t' && c <= '\r');
	if (c < 0xc2 || c > 0xe3 || (c > 0xc2 && c < 0xe1))
		return 0;
	n = utf8_decode(p, end, &cp);
	return text_is_space(cp) ? n : 0;
}

/* The top bits of the bytes that are c; where one is, the one above it may be marked wrongly. */
static uint64_t bytes_that_are(uint64_t word, unsigned char c)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), x = word ^ ones * c;

	return (x - ones) & ~x & ones << 7;
}

/* Whether in these eight bytes neither is nor begins white space but single blanks. */
static bool are_words(uint64_t word)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
	const uint64_t blanks = bytes_that_are(word, ' ');

	if ((word - ones * 0x20) & ~word & tops || blanks & blanks << 8)
		return false;
	return !(word & tops) || !(bytes_that_are(word, 0xc2) || bytes_that_are(word, 0xe1) ||
				   bytes_that_are(word, 0xe2) || bytes_that_are(word, 0xe3));
}

/*
 * Past what is neither white space nor could begin some, eight bytes at a time; single blanks between words are taken along.
 * What is before p is no blank, or p is run, where the words begin.
 */
static const char *skip_words(const char *run, const char *p, const char *end)
{
	uint64_t word;

	for (; end - p >= 8; p += p[7] == ' ' ? 7 : 8) {
		memcpy(&word, p, 8);
		if (!are_words(word) || (*p == ' ' && p == run))
			return p;
	}
	if (end - run < 8 || end[-1] == ' ')
		return p;
	memcpy(&word, end - 8, 8); /* the last eight, some of them once more */
	return are_words(word) ? end : p;
}

/* Where the words that begin at p end: at white space that is to be squeezed, or at the end. */
static const char *words_end(const char *p, const char *end)
{
	const char *run = p;

	while ((p = skip_words(run, p, end)) < end) {
		/* A blank between two words is what is to stand there. */
		if (space_length(p, end) != 0 &&
		    (*p != ' ' || p == run || p + 1 == end || space_length(p + 1, end) != 0))
			return p;
		p++;
	}
	return p;
}

static void add_squeezed(struct text_state *s, uint32_t node, struct str text)
{
	const char *p = text.p, *end = text.p + text.n;

	while (p < end) {
		const char *to = words_end(p, end);
		if (to > p) {
			write_owed(s, node);
			buf_adds(s->out, str_slice(p, to));
		}
		if (to == end)
			return;
		s->space = true;
		p = to + space_length(to, end);
	}
}

static void add_code_block(struct text_state *s, uint32_t node, struct str text)
{
	if (s->flags & TEXT_ONE_LINE) {
		add_squeezed(s, node, text);
		return;
	}
	while (text.n && (text.p[text.n - 1] == '\n' || text.p[text.n - 1] == '\r'))
		text.n--;
	if (text.n == 0)
		return;
	write_owed(s, node);
	buf_adds(s->out, text);
}

/* What stands between a block and the next one: a tab for cells, else newlines. */
static unsigned block_newlines(const struct tree *t, uint32_t node)
{
	uint32_t parent = t->nodes[node].parent, list;

	switch (t->nodes[node].kind) {
	case NODE_TABLE_CELL:
		return 0;
	case NODE_ITEM:
	case NODE_TABLE_ROW:
	case NODE_TERM:
	case NODE_DEFINITION:
		return 1;
	default:
		break;
	}
	if (parent == TREE_NONE)
		return 2;
	if (t->nodes[parent].kind == NODE_TABLE)
		return 1;
	list = t->nodes[parent].parent;
	if (t->nodes[parent].kind == NODE_ITEM && list != TREE_NONE && (t->nodes[list].flags & NODE_TIGHT))
		return 1;
	return 2;
}

static void leave(struct text_state *s, uint32_t node)
{
	const struct node *n = &s->tree->nodes[node];
	unsigned newlines;

	if (!node_kind_is_block((enum node_kind)n->kind))
		return;
	newlines = block_newlines(s->tree, node);
	if (s->last != TREE_NONE && s->last >= node)
		owe_nothing(s);
	if (n->kind == NODE_TABLE_CELL) {
		s->tabs++;
		return;
	}
	s->tabs = 0;
	if (newlines > s->newlines)
		s->newlines = newlines;
}

static void enter_block(struct text_state *s, uint32_t node)
{
	uint32_t prev = s->tree->nodes[node].prev;
	unsigned newlines;

	if (prev == TREE_NONE || node_kind_is_block((enum node_kind)s->tree->nodes[prev].kind))
		return;
	newlines = block_newlines(s->tree, node);
	if (newlines > s->newlines)
		s->newlines = newlines;
}

/* Returns where to go on: the next node, or the end of a subtree that has no text. */
static uint32_t enter(struct text_state *s, uint32_t node, uint32_t root)
{
	const struct node *n = &s->tree->nodes[node];

	if (node != root && node_kind_is_block((enum node_kind)n->kind))
		enter_block(s, node);
	switch (n->kind) {
	case NODE_TEXT:
	case NODE_CODE:
		add_squeezed(s, node, tree_str(s->tree, n->text));
		break;
	case NODE_CODE_BLOCK:
		add_code_block(s, node, tree_str(s->tree, n->text));
		break;
	case NODE_SOFTBREAK:
		s->space = true;
		break;
	case NODE_LINEBREAK:
		s->newlines = s->newlines ? s->newlines : 1;
		break;
	case NODE_IMAGE:
		return node == root || (s->flags & TEXT_WITH_ALT) ? node + 1 : n->end;
	default:
		break;
	}
	return node + 1;
}

void tree_text(struct buf *out, const struct tree *t, uint32_t node, unsigned flags)
{
	struct text_state s = { .out = out, .tree = t, .start = out->n, .flags = flags, .last = TREE_NONE };
	uint32_t end, i = node, next, open;

	if (node >= t->n_nodes)
		return;
	end = t->nodes[node].end;
	while (i < end && buf_ok(out)) {
		next = enter(&s, i, node);
		/* The last node of a subtree closes its ancestors. */
		for (open = i; open != node && t->nodes[open].end == next; open = t->nodes[open].parent)
			leave(&s, open);
		i = next;
	}
}

struct str tree_text_alone(const struct tree *t, uint32_t node)
{
	const struct node *n = &t->nodes[node];
	struct str s;

	if (n->end != node + 2 || n[1].kind != NODE_TEXT)
		return STR_EMPTY;
	s = tree_str(t, n[1].text);
	return s.n && words_end(s.p, s.p + s.n) == s.p + s.n ? s : STR_EMPTY;
}
