/*
 * cmd_select.c - quern select SELECTOR PATH...: the nodes that match, like
 * grep prints lines.
 */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "cli/cli.h"
#include "cli/documents.h"
#include "cli/setup.h"

enum select_format { SELECT_TEXT, SELECT_JSON, SELECT_MARKDOWN, SELECT_HTML };

struct selection {
	struct sink *out;
	quern_selector *selector;
	enum select_format to;
	bool count, files;
	struct buf line; /* one match */
	struct buf text; /* its text */
	bool any;        /* a match so far */
};

static quern_code add_piece(void *user, const char *bytes, size_t len)
{
	buf_add(user, bytes, len);
	return QUERN_OK;
}

/* A match: a node, or the blocks of a section from its heading to last. */
struct match {
	quern_node node, last;
	bool section;
};

/* The block after n in the match; none at its end. */
static quern_node match_following(const struct match *m, quern_node n)
{
	static const quern_node none = { NULL, 0 };

	return m->section && n.index != m->last.index ? quern_node_next(n) : none;
}

/* Text of a match on one line: runs of white space become a space. */
static struct str text_of(struct selection *s, const struct match *m)
{
	size_t to = 0;
	bool space = false;

	buf_clear(&s->text);
	for (quern_node n = m->node; !QUERN_NODE_NONE(n); n = match_following(m, n)) {
		quern_node_text(n, add_piece, &s->text);
		buf_addc(&s->text, ' ');
	}
	for (size_t i = 0; i < s->text.n; i++) {
		const char c = s->text.p[i];
		const bool is_space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
		if (!is_space && space && to)
			s->text.p[to++] = ' ';
		if (!is_space)
			s->text.p[to++] = c;
		space = is_space;
	}
	buf_truncate(&s->text, to);
	return buf_str(&s->text);
}

static void add_text(struct selection *s, const char *path, uint32_t line, const struct match *m)
{
	diag_escape(&s->line, str_of(path));
	buf_addf(&s->line, ":%u: ", line);
	diag_escape(&s->line, text_of(s, m));
	buf_addc(&s->line, '\n');
}

static void add_node(struct selection *s, quern_node n)
{
	buf_clear(&s->text);
	quern_node_render(n, "json", 0, add_piece, &s->text, NULL);
	buf_adds(&s->line, str_trim(buf_str(&s->text)));
}

static void add_json(struct selection *s, const char *path, uint32_t line, uint32_t column, const struct match *m)
{
	struct json_writer w;

	json_writer_init(&w, &s->line);
	json_begin_map(&w);
	json_key(&w, "path");
	json_string(&w, str_of(path));
	json_key(&w, "line");
	json_int(&w, line);
	json_key(&w, "column");
	json_int(&w, column);
	json_key(&w, "text");
	json_string(&w, text_of(s, m));
	json_key(&w, m->section ? "section" : "node");
	if (m->section)
		buf_addc(&s->line, '[');
	for (quern_node n = m->node; !QUERN_NODE_NONE(n); n = match_following(m, n)) {
		if (n.index != m->node.index)
			buf_addc(&s->line, ',');
		add_node(s, n);
	}
	if (m->section)
		buf_addc(&s->line, ']');
	json_end_map(&w);
	buf_addc(&s->line, '\n');
}

/* Blocks of Markdown stand apart, of one match as of several. */
static void add_rendered(struct selection *s, const struct match *m, const char *format)
{
	for (quern_node n = m->node; !QUERN_NODE_NONE(n); n = match_following(m, n)) {
		if (s->to == SELECT_MARKDOWN && (s->any || s->line.n))
			buf_addc(&s->line, '\n');
		quern_node_render(n, format, 0, add_piece, &s->line, NULL);
		if (s->line.n && s->line.p[s->line.n - 1] != '\n')
			buf_addc(&s->line, '\n');
	}
}

static bool match_print(struct selection *s, const quern_doc *doc, quern_node n)
{
	const quern_node last = quern_selector_section_last(s->selector, n);
	const struct match m = { n, last, !QUERN_NODE_NONE(last) };
	uint32_t line, column, end_line, end_column;

	quern_node_span(n, &line, &column, &end_line, &end_column);
	buf_clear(&s->line);
	if (s->to == SELECT_TEXT)
		add_text(s, quern_doc_path(doc), line, &m);
	else if (s->to == SELECT_JSON)
		add_json(s, quern_doc_path(doc), line, column, &m);
	else
		add_rendered(s, &m, s->to == SELECT_HTML ? "html" : "markdown");
	return sink_write(s->out, buf_str(&s->line).p, s->line.n);
}

/* What -c and -l print once a document. */
static bool total_print(struct selection *s, const quern_doc *doc, uint64_t matches)
{
	buf_clear(&s->line);
	diag_escape(&s->line, str_of(quern_doc_path(doc)));
	if (s->count)
		buf_addf(&s->line, ":%llu", (unsigned long long)matches);
	buf_addc(&s->line, '\n');
	return sink_write(s->out, buf_str(&s->line).p, s->line.n);
}

static bool select_one(void *user, const quern_doc *doc)
{
	struct selection *s = user;
	const quern_node root = quern_doc_root(doc);
	uint64_t matches = 0;
	bool going = true;

	for (quern_node n = quern_selector_next(s->selector, root, root); going && !QUERN_NODE_NONE(n);
	     n = quern_selector_next(s->selector, root, n)) {
		if (!s->count && !s->files)
			going = match_print(s, doc, n);
		s->any = true;
		matches++;
		if (s->files)
			break;
	}
	if (going && (s->count || (s->files && matches)))
		going = total_print(s, doc, matches);
	return going;
}

static bool format_check(struct cli *cli, const struct options *o, enum select_format *to)
{
	static const char *const names[] = { "text", "json", "markdown", "html" };
	const char *name = o->to.n ? o->to.items[o->to.n - 1] : "text";

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (strcmp(name, names[i]) == 0) {
			*to = (enum select_format)i;
			return true;
		}
	}
	report_error(&cli->report, NULL, "text, json, markdown or html", "no format '%.100s'", name);
	return false;
}

static bool selector_open(struct cli *cli, quern *q, const char *css, quern_selector **out)
{
	quern_error error;

	if (quern_selector_compile(q, css, out, &error) == QUERN_OK)
		return true;
	snprintf(error.path, sizeof error.path, "%.200s", css);
	report_quern_error(&cli->report, &error);
	return false;
}

static enum status select_all(struct cli *cli, const struct options *o, quern *q, struct selection *s)
{
	enum status status;

	s->out = stdout_open(cli);
	if (!s->out)
		return STATUS_OUTPUT;
	buf_init(&s->line, &alloc_libc, 0);
	buf_init(&s->text, &alloc_libc, 0);
	status = documents_each(cli, o, q, 1, select_one, s);
	buf_release(&s->line);
	buf_release(&s->text);
	return stdout_close(cli, s->out, status == STATUS_OK && !s->any ? STATUS_FAILED : status);
}

static enum status run(struct cli *cli, const struct options *o)
{
	struct selection s = { .count = o->count, .files = o->files };
	enum status status = STATUS_USAGE;
	quern *q;

	if (!format_check(cli, o, &s.to))
		return STATUS_USAGE;
	if (o->operands.n == 0) {
		report_error(&cli->report, NULL, "write `quern select 'heading[level<=2]' PATH...`",
			     "no selector is named");
		return STATUS_USAGE;
	}
	if (!options_name_documents(o, 1, &cli->report))
		return STATUS_USAGE;
	q = engine_open(cli, o, NULL);
	if (q && selector_open(cli, q, o->operands.items[0], &s.selector))
		status = select_all(cli, o, q, &s);
	quern_selector_free(s.selector);
	engine_close(cli, q);
	return status;
}

static const enum option_id takes[] = { OPTION_TO,       OPTION_COUNT,      OPTION_FILES,       OPTION_FROM,
					OPTION_ENCODING, OPTION_FILES_FROM, OPTION_NUL,         OPTION_INPUT_NDJSON,
					OPTION_INCLUDE,  OPTION_EXCLUDE,    OPTION_DIAGNOSTICS, OPTION_HELP,
					OPTION_NONE };

const struct command command_select = {
	.name = "select",
	.synopsis = "select SELECTOR PATH...",
	.summary = "print the nodes that match a CSS selector",
	.details = "SELECTOR is CSS over the nodes of documents: heading[level<=2], link[url^=http],\n"
		   "table_cell > image, 'section:has(heading:contains(\"Agenda\")) item', .note, #intro.  A match of\n"
		   "`section` is a heading with all that it governs.  FORMAT is text (default: path:line: text),\n"
		   "json (one object a match), markdown or html.  The exit code is 1 when nothing matches.\n",
	.options = takes,
	.run = run,
};
