/*
 * markdown_parts.c - what is simple without cmark, the rest part by part, so
 * that what a parse takes for itself does not grow with the document.
 *
 * cmark's nodes take time, and many times the room of what they are made from.  A document is cut where nothing is open: before a
 * line that begins a block of its own after a blank one.  It must hold nothing that reaches over
 * such a place: attribute lists that are given names, link definitions that are not plain to see (of the others a part gets what it
 * names), and, where nothing is read without cmark, footnotes, raw HTML, block tags of templates and definition lists.
 */
#include "doc/markdown_priv.h"

#include "doc/markdown_simple.h"

#include "doc/html.h"
#include "doc/html_balance.h"

/* Parts are about as large, and documents up to twice that are read in one go. Fuzzing makes it small. */
#ifndef MARKDOWN_PART
#define MARKDOWN_PART ((size_t)1 << 20)
#endif

/* What the parts of one document share. */
struct parts {
	const struct markdown_input *input;
	struct arena own; /* for one part after the other */
	struct prepared *prepared;
	struct events *out;
	struct structure *tree;
	struct simple *simple; /* knows the definitions of links; NULL: there are none */
	const struct note_labels *notes;
	struct markdown_joint joint;
	struct balance balance; /* of the raw HTML among the first n_balanced events of out */
	size_t n_balanced;
	bool cells_limited, guarded, html_limited;
};

static void parts_init(struct parts *p, const struct markdown_input *input, const struct arena *like,
		       struct prepared *prepared, struct events *out, struct structure *tree)
{
	*p = (struct parts){ .input = input, .prepared = prepared, .out = out, .tree = tree };
	arena_init(&p->own, like->heap, like->limit);
}

/* The same of the whole is what is kept. */
static void parts_done(struct parts *p, struct arena *arena)
{
	arena_release(&p->own);
	*p->prepared = (struct prepared){ .arena = arena,
					  .cells_limited = p->cells_limited,
					  .html_limited = p->html_limited,
					  .guarded = p->guarded };
}

static bool is_html_next(const struct simple *s, const char *p)
{
	while (p < s->end && *p == ' ')
		p++;
	return p < s->end && *p == '<';
}

/* The text of a part, with the definitions of links that it names behind it. MARKDOWN_CUT: it is not known which. */
static enum markdown_status define(struct parts *p, struct str text, struct str *out)
{
	enum markdown_status status = MARKDOWN_CUT;
	struct buf b;
	char *copy;

	buf_init(&b, p->own.heap, 0);
	*out = text;
	if (!simple_define(p->simple, text, &b))
		goto done;
	status = MARKDOWN_OK;
	if (b.n == 0 && buf_ok(&b))
		goto done;
	/* behind the last line, nothing stands as behind one that ends */
	status = text.p[text.n - 1] == '\n' ? MARKDOWN_NOMEM : MARKDOWN_CUT;
	if (status == MARKDOWN_CUT)
		goto done;
	copy = buf_ok(&b) ? arena_alloc(&p->own, text.n + b.n + 3) : NULL;
	if (!copy)
		goto done;
	memcpy(copy, text.p, text.n);
	memcpy(copy + text.n, "\n\n", 2);
	memcpy(copy + text.n + 2, b.p, b.n + 1);
	*out = (struct str){ copy, text.n + 2 + b.n };
	status = MARKDOWN_OK;
done:
	buf_release(&b);
	return status;
}

/*
 * The next part from *at on, of about that size and at least up to least; one that turns out to end in the midst of something is read again
 * with half as much more.
 */
static enum markdown_status read_next(struct parts *p, const char **at, const char *least, size_t size, bool joins,
				      struct structure *tree)
{
	const char *end = p->input->body.p + p->input->body.n;
	const struct simple_definition *next = p->simple ? simple_next_definition(p->simple, *at) : NULL;
	enum markdown_status status = MARKDOWN_CUT;

	struct prepared *prepared;

	if (p->out->n == 0)
		arena_reset(&p->own);
	for (; status == MARKDOWN_CUT; size += size / 2) {
		struct markdown_joint after = { .last = false };
		const char *about = (size_t)(end - *at) > size ? *at + size : end;
		const char *cut = markdown_cut_near(p->input->body, least, next && next->at < about ? next->at : about,
						    joins, &after);
		struct markdown_input part = { str_slice(*at, cut),
					       p->input->offset + (uint32_t)(*at - p->input->body.p),
					       p->input->parts,
					       p->input->html,
					       false,
					       0,
					       p->notes };
		if (next && cut > next->at)
			return MARKDOWN_CUT;
		if (next && cut == next->at)
			after.html = is_html_next(p->simple, simple_behind_definitions(p->simple, cut));
		after.last = cut == end;
		least = cut + 1;
		prepared = arena_alloc(&p->own, sizeof *prepared);
		if (!prepared)
			return MARKDOWN_NOMEM;
		status = p->simple ? define(p, str_slice(*at, cut), &part.body) : MARKDOWN_OK;
		part.appended = part.body.n - (size_t)(cut - *at);
		after.defines = part.appended > 0;
		if (status != MARKDOWN_OK)
			return status;
		status = markdown_read_part(&part, &p->own, prepared, p->out, tree, &p->joint, &after);
		if (status == MARKDOWN_CUT && after.last)
			return status;
		if ((size_t)(cut - *at) > size)
			size = (size_t)(cut - *at);
		if (status != MARKDOWN_OK)
			continue;
		*at = cut;
		p->joint = after;
		p->cells_limited = p->cells_limited || prepared->cells_limited;
		p->guarded = p->guarded || prepared->guarded;
	}
	return status;
}

static enum markdown_status read_parts(const struct markdown_input *input, struct arena *arena,
				       struct prepared *prepared, struct events *out, struct structure *tree)
{
	const char *at = input->body.p, *end = at + input->body.n;
	enum markdown_status status = MARKDOWN_OK;
	struct parts parts;

	parts_init(&parts, input, arena, prepared, out, tree);
	while (status == MARKDOWN_OK && at < end)
		status = read_next(&parts, &at, at, MARKDOWN_PART, true, tree);
	parts_done(&parts, arena);
	return status;
}

/* ---------------------------------------------------------------- simple */

/*
 * The first part that is left to cmark, and how much larger each one is than the one before: small, for cmark takes
 * more time than what reads without it, and growing, for each part takes some for itself.
 */
#define SIMPLE_PART_MIN  ((size_t)256)
#define SIMPLE_PART_MORE ((size_t)64)

/* What raw HTML among the events has open. */
static const struct balance *balance_of(struct parts *p)
{
	for (; p->n_balanced < p->out->n; p->n_balanced++)
		if (p->out->items[p->n_balanced].type == EVENT_HTML)
			balance_add(&p->balance, p->out->items[p->n_balanced].text);
	return &p->balance;
}

/*
 * Events with raw HTML, all of which ends in them, into the tree.  MARKDOWN_CUT: something is still open behind
 * them, where the document goes on at to, or at its end if that is TREE_NONE.
 */
static enum markdown_status weave(struct parts *p, uint32_t to, bool before_html)
{
	struct structure *s = p->tree;
	bool limited = false;

	const enum html_status status = p->out->n > 0 ? html_read_events(p->out, p->input->html, s, &limited) : HTML_OK;
	if (status != HTML_OK)
		return status == HTML_MIXED ? MARKDOWN_CUT : MARKDOWN_NOMEM;
	p->html_limited = p->html_limited || limited;
	p->out->n = p->out->n_html = p->n_balanced = 0;
	p->out->joined = NULL;
	p->balance.n = 0;
	p->balance.lost = false;
	if (to == TREE_NONE)
		return MARKDOWN_OK;
	/* a paragraph that only text has opened: HTML goes on with it, Markdown does not */
	const bool implied = s->n_open == 2 && s->open[1].kind == NODE_PARAGRAPH && s->open[1].by == OPEN_IMPLIED;
	/* where Markdown begins with breaks alone, that is seen only later to be no paragraph */
	if (implied && p->input->body.p[to - p->input->offset] == '\\')
		return MARKDOWN_CUT;
	if (implied && !before_html)
		structure_pop_to(s, 1, to);
	if (s->n_skip > 0 || s->capture != CAPTURE_NONE || (s->n_open > 1 && !(implied && before_html)))
		return MARKDOWN_CUT;
	if (!before_html) {
		s->space = SPACE_NONE;
		s->breaks = 0;
	}
	return MARKDOWN_OK;
}

/* Is there a paragraph, or white space, that what comes next concerns? */
static bool is_pending(const struct structure *s)
{
	return s->n_open > 1 || s->space != SPACE_NONE || s->breaks > 0;
}

/* What was read into the list of events, before the block that is not. */
static enum markdown_status weave_simple(const struct simple *s, struct parts *p, bool at_end)
{
	const char *next = s->block;

	while (next < s->end && *next == ' ')
		next++;
	return weave(p, at_end ? TREE_NONE : simple_offset(s, next), is_html_next(s, next));
}

/*
 * Without the block that is not simple: events before it become nodes, unless raw HTML among them goes on with it.
 * *apart: nothing before it concerns it.
 */
static enum markdown_status step_back(struct simple *s, struct parts *p, bool *apart)
{
	enum markdown_status status = MARKDOWN_OK;

	*apart = true;
	if (!s->out) {
		tree_truncate(s->build, s->node);
		return status;
	}
	s->out->n = s->block_event;
	s->out->joined = NULL;
	*apart = s->block_whole && !(s->out->n > 0 && is_html_next(s, s->block));
	if (*apart)
		status = weave_simple(s, p, false);
	*apart = *apart && !is_pending(p->tree);
	return status;
}

/* Behind a part that cmark has read: what raw HTML among the events has left open goes on. */
static enum markdown_status weave_part(const struct simple *s, struct parts *p)
{
	const char *line = simple_behind_definitions(s, s->at), *next = line;

	while (next > s->at && *next == ' ')
		next++;
	/* an attribute list, which is no block, and code, whose indent counts */
	if (next > s->at && (*next == '{' || *next == '	' || next - line > 3))
		return MARKDOWN_CUT;
	if (!balance_is_whole(balance_of(p)))
		return MARKDOWN_OK;
	return weave(p, next == s->end ? TREE_NONE : simple_offset(s, next), is_html_next(s, next));
}

/* From the block that is not simple on, as much by cmark as takes it to a place to go on at. */
static enum markdown_status read_rest(struct simple *s, struct parts *p, size_t size)
{
	const char *least = s->at > s->block ? s->at - 1 : s->at; /* where the line before ends */
	enum markdown_status status = MARKDOWN_CUT;
	bool apart;

	if (simple_ends_in_raw(s, s->block) || markdown_begins_with_definition(s->block, s->end))
		return status;
	status = step_back(s, p, &apart);
	if (status != MARKDOWN_OK)
		return status;
	s->at = s->block;
	p->joint = (struct markdown_joint){ .balance = balance_of(p) };
	p->simple = s->n_definitions ? s : NULL;
	p->notes = &s->notes;
	status = read_next(p, &s->at, least, size, false, apart ? p->tree : NULL);
	if (status == MARKDOWN_OK)
		status = weave_part(s, p);
	return status == MARKDOWN_OK && s->build->status == BUILD_NOMEM ? MARKDOWN_NOMEM : status;
}

/* As if nothing had been read. */
static void forget(struct structure *s, const struct structure *before, const struct open_node *document)
{
	const struct tree_build build = s->build;
	const struct buf captured = s->captured;
	struct open_node *open = s->open;
	const size_t cap_open = s->cap_open;

	*s = *before;
	s->build = build;
	s->captured = captured;
	buf_clear(&s->captured);
	s->open = open;
	s->cap_open = cap_open;
	s->open[0] = *document;
	tree_truncate(&s->build, before->build.tree.n_nodes);
}

static enum markdown_status finish_simple(const struct simple *s, enum markdown_status status)
{
	return s->failed || s->build->status == BUILD_NOMEM ? MARKDOWN_NOMEM : status;
}

static enum simple_verdict read_on(struct simple *s, struct parts *p, bool into_events)
{
	return simple_read(s, into_events ? p->out : NULL, into_events ? balance_of(p) : NULL);
}

/*
 * Reads on until nothing is left, or something that cannot be read piece by piece.  Between two pieces nothing is
 * open but perhaps a paragraph of HTML's, in which case more of that follows, or elements of raw HTML, whose events then wait.
 */
static enum simple_verdict read_pieces(struct simple *s, struct parts *p, enum markdown_status *status)
{
	enum simple_verdict verdict = simple_read(s, NULL, NULL);
	size_t size = SIMPLE_PART_MIN;
	int divisible = -1; /* not known */

	while (*status == MARKDOWN_OK) {
		switch (verdict) {
		case SIMPLE_HTML:
			if (!p->input->html)
				return verdict;
			tree_truncate(s->build, s->node);
			s->at = s->block;
			verdict = read_on(s, p, true);
			continue;
		case SIMPLE_WEAVE:
			*status = weave_simple(s, p, false);
			break;
		case SIMPLE_PART:
			if (divisible < 0)
				divisible = markdown_is_divisible(p->input, true, s->defines_plainly);
			*status = divisible ? read_rest(s, p, size) : MARKDOWN_CUT;
			size += size < MARKDOWN_PART ? SIMPLE_PART_MORE : 0;
			break;
		default:
			if (verdict == SIMPLE_READ && !simple_definitions_hold(s))
				return SIMPLE_NOT;
			if (verdict == SIMPLE_READ && s->out)
				*status = weave_simple(s, p, true);
			return verdict;
		}
		if (*status == MARKDOWN_OK)
			verdict = read_on(s, p, p->out->n > 0 || is_pending(p->tree));
	}
	return verdict;
}

/* Reads what it can without cmark. False: nothing was done, cmark has to see all of it. */
static bool read_simple(const struct markdown_input *input, struct arena *arena, struct prepared *prepared,
			struct events *out, struct structure *tree, enum markdown_status *status)
{
	struct simple s;
	struct parts parts;
	const struct structure before = *tree;
	const struct open_node document = tree->open[0];

	*prepared = (struct prepared){ .arena = arena };
	*status = MARKDOWN_OK;
	if (simple_begin(&s, input, &tree->build, arena) != SIMPLE_READ)
		return false;
	parts_init(&parts, input, arena, prepared, out, tree);
	enum simple_verdict verdict = read_pieces(&s, &parts, status);
	parts_done(&parts, arena);
	*status = finish_simple(&s, *status);
	if (*status == MARKDOWN_NOMEM || (verdict == SIMPLE_READ && *status == MARKDOWN_OK))
		return true;
	forget(tree, &before, &document);
	out->n = out->n_html = 0;
	out->joined = NULL;
	return false;
}

enum markdown_status markdown_read(const struct markdown_input *input, struct arena *arena, struct prepared *prepared,
				   struct events *out, struct structure *tree)
{
	enum markdown_status status;

	if (!input->thorough && input->parts && tree->max_depth > 4 * SIMPLE_DEPTH &&
	    read_simple(input, arena, prepared, out, tree, &status))
		return status;
	return input->body.n > 2 * MARKDOWN_PART && markdown_is_divisible(input, false, false)
		       ? read_parts(input, arena, prepared, out, tree)
		       : markdown_read_part(input, arena, prepared, out, tree, NULL, NULL);
}
