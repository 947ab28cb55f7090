/*
 * public_api.h - every function of quern.h in one go, for tests that run it
 * all under some hardship: refused memory, small stacks, other locales.
 *
 * api_all answers the first code that is not QUERN_OK, after giving back what
 * it held; the last step allocates, so that memory refused for good is always told.
 */
#ifndef QUERN_TESTS_QUERN_PUBLIC_API_H
#define QUERN_TESTS_QUERN_PUBLIC_API_H

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "quern.h"

static const char api_page[] =
	"---\ntitle: A page\ntags: [one, 2, 3.5, true, null]\nnested: {a: {b: [c]}}\n---\n"
	"# Heading *one* {#id}\n\nText [link](https://example.org \"t\"), `code`, **bold** "
	"~~gone~~[^1] and ![image](i.png \"x\").\nHard  \nbreak https://example.org/a\n\n"
	"3. item\n   - [x] done\n\n> quote\n\n```c\nint x;\n```\n\n| a | b |\n|:--|--:|\n| 1 | 2 |\n\n"
	"Term\n: definition\n\n[^1]: A note.\n\n<div class=\"c\"><p>raw <b>html</b></p></div>\n\n"
	"{% tag %}\n\n---\n";

static const char api_html[] = "<!doctype html><title>T</title><h1 id=a>One</h1><p>Text <a href='u'>link</a> <img "
			       "src=i.png alt=A><table><tr><th>a<td colspan=2>b</table><dl><dt>t<dd>d</dl><pre>x</pre>";

static const char api_plugin[] =
	"local seen = {}\n"
	"return { name = 'all', api = 1, formats = { 'text', 'json' },\n"
	"  options = { n = { type = 'integer', default = 1 }, words = { type = 'list' } },\n"
	"  map = function(doc, opts, out)\n"
	"    local t = { n = opts.n, title = doc.title, meta = doc.meta, kinds = {} }\n"
	"    for node in doc:each('heading, link, image, table_cell') do t.kinds[#t.kinds + 1] = node.kind end\n"
	"    t.outline = #doc:outline() + #doc:links() + #doc:images() + #doc:tables() + #doc:sections()\n"
	"    t.blocks = #doc.body:blocks()\n"
	"    t.text = quern.text.normalize(doc:text(), 'NFC')\n"
	"    t.found = ('a1b22'):gsub('%d+', function(d) return '<' .. d .. '>' end)\n"
	"    t.json = quern.json.encode(quern.json.decode('{\"a\":[1,2.5,\"x\"]}'))\n"
	"    t.rank = quern.text.rank({ 'One sentence is here. Another one is there.' }, { most = 1 })\n"
	"    local copy = doc:walk { text = function() return quern.node('text', { literal = 'y' }) end }\n"
	"    t.copy = copy:render('html') .. copy:render('markdown') .. copy:render('json')\n"
	"    t.parsed = quern.parse('# x', 'markdown').title\n"
	"    if quern.host.add then t.sum = quern.host.add(1, 2) end\n"
	"    local co = coroutine.wrap(function(a) local b = coroutine.yield(a) return b end)\n"
	"    co(1) co(2)\n"
	"    if opts.to == 'text' then out:write('a/b.txt', t.text) end\n"
	"    print('mapped', #t.kinds)\n"
	"    return t\n"
	"  end,\n"
	"  reduce = function(a, b) return { n = a.n + b.n, title = a.title } end,\n"
	"  render = function(results, opts) return tostring(results.n or #results) .. opts.now end }\n";

static const char api_mapper[] = "return { api = 1, map = function(doc) return { doc.title } end,\n"
				 "  render = function(r) local t = {}\n"
				 "    for path, v in r:each() do t[#t + 1] = path .. v[1] .. #r .. r[1].path end\n"
				 "    return table.concat(t) end }";

static const char api_schema[] = "type: object\nrequired: [title, date]\nproperties:\n  title: {type: string, pattern: "
				 "'^[A-Z]'}\n  tags: {items: {type: string}}\n";

struct api {
	quern *q;
	quern_doc *doc, *html;
	quern_plugin *plugin, *mapper;
	quern_selector *selector;
	quern_schema *schema;
	quern_value *options, *list, *item, *value, *sum, *view;
	size_t bytes; /* written by any writer */
	quern_error error;
};

static quern_code api_write(void *user, const char *bytes, size_t len)
{
	struct api *a = user;

	(void)bytes;
	a->bytes += len;
	return QUERN_OK;
}

static quern_code api_file(void *user, const char *path, const char *bytes, size_t len)
{
	(void)path;
	return api_write(user, bytes, len);
}

static void api_log(void *user, quern_severity severity, const char *message, size_t len)
{
	(void)severity;
	(void)api_write(user, message, len);
}

static void api_engine_log(void *user, quern_severity severity, const char *plugin, const char *message, size_t len)
{
	(void)user, (void)severity, (void)plugin, (void)message, (void)len;
}

static void api_tell(void *user, const quern_diagnostic *d)
{
	(void)d;
	((struct api *)user)->bytes++;
}

static quern_code api_add(void *user, quern *q, const quern_value *args, quern_value **out, quern_error *error)
{
	(void)user, (void)error;
	return quern_value_new_integer(
		q, quern_value_integer(quern_value_at(args, 0)) + quern_value_integer(quern_value_at(args, 1)), out);
}

#define API_TRY(call)                                                                                                  \
	do {                                                                                                           \
		const quern_code code_ = (call);                                                                       \
		if (code_ != QUERN_OK)                                                                                 \
			return code_;                                                                                  \
	} while (0)

static quern_code api_engine(struct api *a, quern_alloc_fn alloc, void *alloc_user, const char *folder)
{
	const quern_host_function functions[] = { { "add", api_add, NULL } };
	quern_config config = QUERN_CONFIG_INIT;

	config.alloc = alloc;
	config.alloc_user = alloc_user;
	config.plugin_path = &folder;
	config.plugin_path_count = folder ? 1 : 0;
	config.host_functions = functions;
	config.host_function_count = 1;
	config.log = api_engine_log;
	return quern_new(&config, &a->q, &a->error);
}

static quern_code api_values(struct api *a)
{
	static const char json[] = "{\"a\":[1,2.5,\"\\u00e9\",{\"b\":null}]}";

	API_TRY(quern_value_new_map(a->q, &a->options));
	API_TRY(quern_value_new_list(a->q, &a->list));
	API_TRY(quern_value_new_string(a->q, "word", 4, &a->item));
	API_TRY(quern_value_append(a->list, a->item));
	API_TRY(quern_value_set(a->options, "words", a->list));
	API_TRY(quern_value_set_integer(a->options, "n", 3));
	API_TRY(quern_value_set_string(a->item ? a->options : NULL, "n", "4", 1));
	quern_value_free(a->item);
	a->item = NULL;
	API_TRY(quern_value_new_float(a->q, 0.5, &a->item));
	quern_value_free(a->item);
	a->item = NULL;
	API_TRY(quern_value_new_boolean(a->q, 1, &a->item));
	quern_value_free(a->item);
	a->item = NULL;
	API_TRY(quern_value_from_json(a->q, json, sizeof json - 1, &a->item, &a->error));
	API_TRY(quern_value_set_float(a->item, "f", 1.5));
	API_TRY(quern_value_set_boolean(a->item, "b", 1));
	API_TRY(quern_value_to_json(a->item, api_write, a));
	a->bytes += quern_value_count(quern_value_get(a->item, "a"));
	for (size_t i = 0; i < quern_value_count(a->item); i++) {
		const quern_value *v = quern_value_at(a->item, i);
		a->bytes += strlen(quern_value_key(a->item, i, NULL)) + strlen(quern_value_string(v, NULL));
		a->bytes += (size_t)quern_value_kind(v) + (size_t)quern_value_float(v) + (size_t)quern_value_boolean(v);
	}
	quern_value_free(a->item);
	a->item = NULL;
	return QUERN_OK;
}

static quern_code api_render_all(struct api *a, const quern_doc *doc)
{
	static const char *const formats[] = { "html", "markdown", "text", "json", "tree" };

	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		API_TRY(quern_node_render(quern_doc_root(doc), formats[i], QUERN_FRONT_MATTER, api_write, a,
					  &a->error));
	API_TRY(quern_doc_to_json(doc, api_write, a));
	API_TRY(quern_node_text(quern_doc_root(doc), api_write, a));
	for (int view = QUERN_OUTLINE; view <= QUERN_TABLES; view++) {
		API_TRY(quern_doc_view(doc, (quern_view)view, &a->view));
		quern_value_free(a->view);
		a->view = NULL;
	}
	return QUERN_OK;
}

static void api_walk(struct api *a, const quern_doc *doc)
{
	const quern_node root = quern_doc_root(doc);
	uint32_t line, column, end_line, end_column;

	for (quern_node n = root; !QUERN_NODE_NONE(n); n = quern_node_following(root, n)) {
		const quern_node near[] = { quern_node_parent(n), quern_node_first(n), quern_node_last(n),
					    quern_node_next(n), quern_node_prev(n) };
		for (size_t i = 0; i < sizeof near / sizeof *near; i++)
			a->bytes += strlen(quern_node_kind(near[i]));
		quern_node_span(n, &line, &column, &end_line, &end_column);
		(void)quern_node_string(n, "literal", NULL);
		(void)quern_node_attribute(n, "id", NULL);
		a->bytes += line + (size_t)quern_node_integer(n, "level", 0) + (size_t)quern_node_boolean(n, "tight");
	}
}

static quern_code api_documents(struct api *a)
{
	quern_doc_options o = QUERN_DOC_OPTIONS_INIT;
	quern_node n;

	o.path = "page.md";
	API_TRY(quern_format_read("markdown-tasks", &o, &a->error));
	API_TRY(quern_doc_parse(a->q, api_page, sizeof api_page - 1, &o, &a->doc, &a->error));
	o = (quern_doc_options)QUERN_DOC_OPTIONS_INIT;
	o.path = "page.html";
	o.encoding = "UTF-8";
	API_TRY(quern_doc_parse(a->q, api_html, sizeof api_html - 1, &o, &a->html, &a->error));
	a->bytes += strlen(quern_doc_path(a->doc)) + strlen(quern_doc_title(a->doc, NULL));
	a->bytes += quern_value_count(quern_doc_meta(a->doc)) + (quern_doc_digest(a->doc) != NULL);
	API_TRY(quern_doc_complete(a->doc, &a->error));
	API_TRY(quern_doc_complete(a->html, &a->error));
	for (size_t i = 0; i < quern_doc_diagnostic_count(a->doc); i++)
		a->bytes += strlen(quern_doc_diagnostic(a->doc, i).message);
	quern_diagnostic d;
	for (size_t i = 0; quern_doc_diagnostic_so_far(a->doc, i, &d); i++)
		a->bytes += strlen(d.message);
	a->bytes += strlen(quern_format_name(quern_doc_format(a->doc))) + (size_t)quern_doc_is_complete(a->html);
	a->bytes += strlen(quern_doc_source(a->doc, NULL)) + strlen(quern_version());
	quern_doc_unref(quern_doc_ref(a->doc));
	a->bytes += (size_t)quern_node_equal(quern_doc_root(a->doc), quern_doc_root(a->html));
	API_TRY(quern_selector_compile(a->q, "heading:first-child, link[url^=http], list > :not(text)", &a->selector,
				       &a->error));
	n = quern_doc_root(a->doc);
	while (n = quern_selector_next(a->selector, quern_doc_root(a->doc), n), !QUERN_NODE_NONE(n))
		a->bytes += QUERN_NODE_NONE(quern_selector_section_last(a->selector, n));
	api_walk(a, a->doc);
	API_TRY(api_render_all(a, a->doc));
	return api_render_all(a, a->html);
}

static quern_code api_schemas(struct api *a)
{
	quern_code code;

	API_TRY(quern_schema_read(a->q, "s.yaml", api_schema, sizeof api_schema - 1, api_tell, a, &a->schema,
				  &a->error));
	code = quern_schema_check(a->schema, a->doc, api_tell, a, &a->error);
	return code == QUERN_INVALID ? QUERN_OK : code; /* it has no date */
}

static quern_code api_result(void *user, size_t i, const char **path, const quern_value **value)
{
	struct api *a = user;

	(void)i;
	*path = "page.md";
	*value = a->value;
	return QUERN_OK;
}

static quern_code api_calls(struct api *a)
{
	quern_output output = QUERN_OUTPUT_INIT;
	quern_results results = QUERN_RESULTS_INIT;

	output.user = a;
	output.file = api_file;
	output.log = api_log;
	API_TRY(quern_plugin_configure(a->plugin, a->options, "text", "2025-01-02T03:04:05Z", &a->error));
	quern_plugin_watch_format(a->plugin, 1);
	API_TRY(quern_plugin_map(a->plugin, a->doc, &output, &a->value, &a->error));
	a->bytes += (size_t)quern_plugin_read_format(a->plugin);
	API_TRY(quern_plugin_map_json(a->plugin, a->doc, &output, api_write, a, &a->error));
	quern_tick(a->q);
	API_TRY(quern_plugin_reduce(a->plugin, a->value, a->value, &a->sum, &a->error));
	results.reduced = a->sum;
	API_TRY(quern_plugin_render(a->plugin, &results, &output, api_write, a, &a->error));
	quern_value_free(a->value);
	a->value = NULL;
	API_TRY(quern_plugin_map(a->mapper, a->html, NULL, &a->value, &a->error));
	results = (quern_results)QUERN_RESULTS_INIT;
	results.user = a;
	results.count = 3;
	results.get = api_result;
	return quern_plugin_render(a->mapper, &results, NULL, api_write, a, &a->error);
}

static quern_code api_gathered(void *user, const char *path, quern_code code, const char *bytes, size_t len)
{
	struct api *a = user;

	a->bytes += len + (bytes && path ? 1 : 0);
	return code;
}

static quern_code api_plugins(struct api *a)
{
	API_TRY(quern_plugin_load_source(a->q, "all.lua", api_plugin, sizeof api_plugin - 1, &a->plugin, &a->error));
	API_TRY(quern_plugin_load_source(a->q, "mapper.lua", api_mapper, sizeof api_mapper - 1, &a->mapper, &a->error));
	API_TRY(api_calls(a));
	a->bytes += strlen(quern_plugin_name(a->plugin)) + strlen(quern_plugin_path(a->plugin));
	a->bytes += strlen(quern_plugin_format(a->plugin)) + quern_value_count(quern_plugin_manifest(a->plugin));
	(void)quern_plugin_digest(a->plugin);
	a->bytes += quern_plugin_outcomes(a->plugin, QUERN_OK);
	quern_plugin_interrupt(a->mapper);
	if (quern_plugin_map(a->mapper, a->doc, NULL, &a->view, NULL) != QUERN_INTERRUPTED)
		a->bytes += strlen(quern_code_name(QUERN_INTERRUPTED));
	quern_value_free(a->view);
	a->view = NULL;
	return quern_plugin_reload(a->plugin, api_plugin, sizeof api_plugin - 1, &a->error);
}

/* A document and a plugin with a module, from files of folder. */
static quern_code api_files(struct api *a, const char *folder)
{
	char path[4096];

	if (!folder)
		return QUERN_OK;
	quern_doc_unref(a->doc);
	a->doc = NULL;
	snprintf(path, sizeof path, "%s/page.md", folder);
	API_TRY(quern_doc_load_open(a->q, open(path, O_RDONLY | O_CLOEXEC), NULL, &a->doc, &a->error));
	quern_doc_unref(a->doc);
	a->doc = NULL;
	API_TRY(quern_doc_load(a->q, path, NULL, &a->doc, &a->error));
	API_TRY(quern_plugin_files(a->q, "filed", api_gathered, a, &a->error));
	quern_plugin_free(a->plugin);
	a->plugin = NULL;
	API_TRY(quern_plugin_load(a->q, "filed", &a->plugin, &a->error));
	quern_value_free(a->value);
	a->value = NULL;
	API_TRY(quern_plugin_map(a->plugin, a->doc, NULL, &a->value, &a->error));
	return quern_plugin_reload(a->plugin, NULL, 0, &a->error);
}

static void api_release(struct api *a)
{
	quern_value_free(a->view);
	quern_value_free(a->sum);
	quern_value_free(a->value);
	quern_value_free(a->item);
	quern_value_free(a->list);
	quern_value_free(a->options);
	quern_schema_free(a->schema);
	quern_selector_free(a->selector);
	quern_plugin_free(a->mapper);
	quern_plugin_free(a->plugin);
	quern_doc_unref(a->html);
	quern_doc_unref(a->doc);
	quern_free(a->q);
}

/* folder NULL: nothing is read from files.  *bytes: how much was written. */
static inline quern_code api_all(quern_alloc_fn alloc, void *alloc_user, const char *folder, size_t *bytes)
{
	struct api a = { 0 };
	quern_code code = api_engine(&a, alloc, alloc_user, folder);

	if (code == QUERN_OK)
		code = api_values(&a);
	if (code == QUERN_OK)
		code = api_documents(&a);
	if (code == QUERN_OK)
		code = api_schemas(&a);
	if (code == QUERN_OK)
		code = api_plugins(&a);
	if (code == QUERN_OK)
		code = api_files(&a, folder);
	if (code == QUERN_OK)
		code = quern_value_new_map(a.q, &a.view);
	*bytes = a.bytes;
	api_release(&a);
	return code;
}

#endif
