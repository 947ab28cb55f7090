/*
 * write_markdown_wrap.c - paragraphs filled to a width, in columns of a
 * terminal.
 *
 * Text tells where a space could be the end of a line; when the paragraph is
 * done its lines are laid out.  A line never begins with what would make it another block,
 * so that reading gives the same paragraph.  Linear.
 */
#include "base/text.h"
#include "doc/write_markdown.h"

#include "base/ascii.h"

void markdown_wrap_begin(struct markdown_writer *w)
{
	w->wrap_from = w->out->n;
	w->n_breaks = 0;
}

void markdown_wrap_at(struct markdown_writer *w)
{
	size_t *breaks;

	if (w->wrap == 0 || w->one_line || w->in_heading)
		return;
	breaks = mem_grow(w->out->heap, w->breaks, &w->cap_breaks, w->n_breaks + 1, sizeof *breaks);
	if (!breaks) {
		w->out->failed = true;
		return;
	}
	w->breaks = breaks;
	w->breaks[w->n_breaks++] = w->out->n;
}

/* May a line begin with this word, and stay in its paragraph? */
static bool may_begin_line(struct str word)
{
	size_t digits = 0;

	if (word.n == 0 || strchr("-+=#>|:~<{ \t\n", word.p[0]))
		return false;
	if (word.n > 1 && ((word.p[0] == '`' && word.p[1] == '`') || (word.p[0] == '[' && word.p[1] == '^')))
		return false;
	if ((word.p[0] == '*' || word.p[0] == '_') && (word.n == 1 || strchr(" \t\n*_", word.p[1])))
		return word.n > 2 && word.p[1] == word.p[0] && !strchr(" \t\n*_", word.p[2]);
	while (digits < word.n && ascii_is_digit(word.p[digits]))
		digits++;
	return digits == 0 || digits == word.n || (word.p[digits] != '.' && word.p[digits] != ')');
}

/* A backslash at the end makes a hard break, a tag alone on a line an HTML block. */
static bool may_end_line(struct str line)
{
	return line.n > 0 && !strchr("\\> ", line.p[line.n - 1]);
}

/* Width of the line that is being written, up to here. */
static size_t column_of(struct str text)
{
	const char *newline = text.n ? memrchr(text.p, '\n', text.n) : NULL;

	return text_width(newline ? str_slice(newline + 1, text.p + text.n) : text);
}

/* Text between two places for a break: its first line has to fit, its last one is where we are then. */
static void lay_piece(struct markdown_writer *w, struct str piece, struct str before, size_t prefix, size_t *column)
{
	const char *newline = piece.n ? memchr(piece.p, '\n', piece.n) : NULL;
	const struct str first = newline ? str_slice(piece.p, newline) : piece;
	const size_t width = text_width(first);

	if (*column > prefix && *column + 1 + width > w->wrap && may_begin_line(piece) && may_end_line(before)) {
		markdown_newline(w);
		*column = prefix + width;
	} else {
		buf_addc(w->out, ' ');
		*column += 1 + width;
	}
	buf_adds(w->out, piece);
	if (newline)
		*column = column_of(piece);
}

void markdown_wrap_end(struct markdown_writer *w)
{
	const size_t prefix = text_width(buf_str(&w->prefix));
	struct buf text;
	size_t column;

	if (w->wrap == 0 || w->n_breaks == 0 || !buf_ok(w->out))
		return;
	buf_init(&text, w->out->heap, 0);
	buf_add(&text, w->out->p + w->wrap_from, w->out->n - w->wrap_from);
	if (!buf_ok(&text))
		w->out->failed = true;
	for (size_t i = 0; i < w->n_breaks; i++)
		w->breaks[i] -= w->wrap_from;
	buf_truncate(w->out, w->wrap_from + w->breaks[0]);
	column = column_of((struct str){ w->out->p + w->start, w->out->n - w->start });
	for (size_t i = 0; i < w->n_breaks && buf_ok(&text); i++) {
		const size_t from = w->breaks[i] + 1, to = i + 1 < w->n_breaks ? w->breaks[i + 1] : text.n;
		const struct str piece = { text.p + from, to - from };
		lay_piece(w, piece, (struct str){ text.p, w->breaks[i] }, prefix, &column);
	}
	buf_release(&text);
	w->n_breaks = 0;
}
