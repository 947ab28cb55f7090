/*
 * lines.c - judgements about one line of Markdown (CommonMark 4 and 5).
 */
#include "doc/lines.h"

#include "base/bytes.h"
#include "doc/prepare.h"

/* Steps over blanks and counts columns. */
static const char *skip_indent(const char *p, const char *end, int *column)
{
	for (; p < end && (*p == ' ' || *p == '\t'); p++)
		*column += *p == '\t' ? 4 - *column % 4 : 1;
	return p;
}

/* Length of a list marker at p with the blank that must follow it; 0 where there is none. */
static int list_marker(const char *p, const char *end)
{
	const char *q = p;

	if (q < end && (*q == '-' || *q == '+' || *q == '*')) {
		q++;
	} else {
		while (q < end && *q >= '0' && *q <= '9' && q - p < 9)
			q++;
		if (q == p || q >= end || (*q != '.' && *q != ')'))
			return 0;
		q++;
	}
	return q == end || *q == ' ' || *q == '\t' ? (int)(q - p) : 0;
}

/*
 * "***", "- - -": three or more of one mark and blanks.  *stop: behind the marks and blanks; where p
 * begins no break, none of the marks before it does.
 */
static bool read_thematic_break(const char *p, const char *end, const char **stop)
{
	const char mark = p < end ? *p : 0;
	int n = 0;

	*stop = p;
	if (mark != '*' && mark != '-' && mark != '_')
		return false;
	for (; p < end && (*p == mark || *p == ' ' || *p == '\t'); p++)
		n += *p == mark;
	*stop = p;
	return p == end && n >= 3;
}

static bool is_thematic_break(const char *p, const char *end)
{
	const char *stop;

	return read_thematic_break(p, end, &stop);
}

/* Behind the mark of a quote and the indent that follows it. */
static bool enter_quote(const char **p, const char *end, int *column)
{
	if (*p == end || **p != '>')
		return false;
	*column = 0;
	++*p;
	if (*p < end && (**p == ' ' || **p == '\t'))
		++*p;
	*p = skip_indent(*p, end, column);
	return true;
}

/*
 * Steps inner over list markers, up to a thematic break, and over quotes in items: what is far to the right may
 * be in an item of a line before.
 */
static void skip_markers(struct line *line)
{
	const char *no_break = line->inner;
	int column = line->column;

	line->inner_quotes = line->quotes;
	for (;;) {
		if (enter_quote(&line->inner, line->end, &column)) {
			line->inner_quotes++;
			line->inner_column = 0;
			continue;
		}
		if (line->inner >= no_break && read_thematic_break(line->inner, line->end, &no_break))
			return;
		int n = list_marker(line->inner, line->end);
		if (n == 0)
			return;
		column += n;
		line->inner = skip_indent(line->inner + n, line->end, &column);
		line->inner_column = column;
		if (line->inner_quotes == line->quotes)
			line->item_column = column;
	}
}

bool line_read(struct str text, const char *at, struct line *line)
{
	const char *end = text.p + text.n;

	if (at >= end)
		return false;
	const char *newline = memchr(at, '\n', (size_t)(end - at));
	*line = (struct line){ .start = at, .end = newline ? newline : end, .next = newline ? newline + 1 : end };
	if (line->end > at && line->end[-1] == '\r')
		line->end--;
	const char *p = skip_indent(at, line->end, &line->column);
	while (line->column <= 3 && enter_quote(&p, line->end, &line->column))
		line->quotes++;
	line->content = line->inner = p;
	line->item_column = line->column;
	line->blank = p == line->end;
	skip_markers(line);
	return true;
}

static bool is_heading(const char *p, const char *end)
{
	int n = *p == '#' ? bytes_run(p, end) : 0;

	return n >= 1 && n <= 6 && (p + n == end || p[n] == ' ' || p[n] == '\t');
}

/* Length of an opening fence; 0 where there is none. */
static int fence_length(const char *p, const char *end)
{
	int n = *p == '`' || *p == '~' ? bytes_run(p, end) : 0;

	if (n < 3 || (*p == '`' && memchr(p + n, '`', (size_t)(end - p - n))))
		return 0;
	return n;
}

/* "<!", "<?", or a tag whose name is a letter: near enough to the HTML blocks that interrupt a paragraph. */
static bool is_html_start(const char *p, const char *end)
{
	static const char names[] =
		" address article aside base basefont blockquote body caption center col colgroup dd details dialog dir "
		"div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html "
		"iframe legend li link main menu menuitem nav noframes ol optgroup option p param pre script section "
		"source style summary table tbody td template textarea tfoot th thead title tr track ul ";
	char name[16] = " ";
	size_t n = 1;

	if (end - p < 2 || *p != '<')
		return false;
	if (p[1] == '!' || p[1] == '?')
		return true;
	for (p += p[1] == '/' ? 2 : 1; p < end && n < sizeof name - 2; p++) {
		char c = *p;
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')))
			break;
		name[n++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
	}
	if (p < end && *p != ' ' && *p != '\t' && *p != '>' && *p != '/')
		return false;
	name[n] = ' ';
	return n > 1 && memmem(names, sizeof names - 1, name, n + 1) != NULL;
}

static bool starts_block(const char *p, const char *end)
{
	return p < end && (is_heading(p, end) || fence_length(p, end) || is_thematic_break(p, end) ||
			   is_html_start(p, end) || (end - p > 1 && p[0] == '{' && p[1] == ':'));
}

bool line_starts_block(const struct line *line)
{
	return line->inner != line->content || starts_block(line->content, line->end);
}

bool line_follows_paragraph(const struct line *line)
{
	const char *p = line->content;
	struct str rest = str_trim(str_slice(p, line->end));
	int marker = list_marker(p, line->end);

	if (marker > 1 && !(marker == 2 && *p == '1'))
		return true;
	return rest.n > 0 && (*p == '=' || *p == '-') && (size_t)bytes_run(rest.p, rest.p + rest.n) == rest.n;
}

bool line_may_be_paragraph(const struct line *line)
{
	return !line->blank && line->inner < line->end && !starts_block(line->inner, line->end);
}

/*
 * Whether the line is in the quotes and items that the fence stands in, and where it goes on there: both lines are
 * walked along.  *base: the column where the content of the innermost item begins.
 */
static bool is_inside(const struct fence *f, const struct line *line, const char **content, int *column, int *base)
{
	const struct line *o = &f->opening;
	int quotes = 0, mark_column = 0;
	const char *mark = skip_indent(o->start, o->end, &mark_column);

	*base = o->quotes ? 0 : f->base;
	*column = 0;
	*content = skip_indent(line->start, line->end, column);
	while (mark < o->inner) {
		if (enter_quote(&mark, o->end, &mark_column)) {
			if (*column < *base || *column > *base + 3 || !enter_quote(content, line->end, column))
				return false;
			*base = ++quotes == o->quotes ? f->base : 0;
			continue;
		}
		const int n = list_marker(mark, o->end);
		mark_column += n;
		mark = skip_indent(mark + n, o->end, &mark_column);
		*base = mark_column;
	}
	return *content == line->end || *column >= *base;
}

static bool closes(const struct fence *f, const char *p, const char *end, int column, int base)
{
	const int n = p < end && *p == f->mark && column < base + 4 ? bytes_run(p, end) : 0;

	return n >= f->length && str_trim(str_slice(p + n, end)).n == 0;
}

bool fence_step(struct fence *f, const struct line *line)
{
	const char *content;
	int n, column, base;

	if (f->mark) {
		const bool inside = is_inside(f, line, &content, &column, &base);
		if (!inside || closes(f, content, line->end, column, base))
			f->mark = 0;
		return inside;
	}
	n = line->blank ? 0 : fence_length(line->inner, line->end);
	if (n)
		*f = (struct fence){ *line->inner, n, f->base, *line };
	return n > 0;
}

/* Is there such an end tag in [p, end)? */
static bool closes_element(const char *p, const char *end)
{
	for (; (p = bytes_find_pair(p, end, '<', '/')); p += 2)
		if (prepare_is_raw_element(p + 2, end))
			return true;
	return false;
}

bool raw_lines_step(enum raw_lines *raw, const struct line *line)
{
	const char *p = line->content, *end = line->end;

	if (*raw == RAW_LINES_NONE) {
		if (end - p < 4 || *p != '<' || line->quotes > 0 || line->column > 3)
			return false;
		*raw = memcmp(p, "<!--", 4) == 0            ? RAW_LINES_COMMENT
		       : prepare_is_raw_element(p + 1, end) ? RAW_LINES_ELEMENT
							    : RAW_LINES_NONE;
	}
	if (*raw == RAW_LINES_NONE ||
	    !(*raw == RAW_LINES_COMMENT ? memmem(p, (size_t)(end - p), "-->", 3) != NULL : closes_element(p, end)))
		return false;
	*raw = RAW_LINES_NONE;
	return true;
}
