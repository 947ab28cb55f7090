/*
 * minimal.c - the smallest useful host: one document from memory through one
 * plugin from memory, the result as JSON.  The README shows this file.
 */
#include <stdio.h>
#include <string.h>

#include "quern.h"

static const char text[] = "---\ntitle: Third meetup\n---\n## Opening\n\nHello.\n\n## Lightning talks\n";

static const char plugin[] = "return { name = 'talks', api = 1,\n"
			     "  map = function(doc)\n"
			     "    local talks = {}\n"
			     "    for h in doc:each('heading') do talks[#talks + 1] = h:text() end\n"
			     "    return { title = doc.title, talks = talks }\n"
			     "  end }\n";

static quern_code print_bytes(void *user, const char *bytes, size_t len)
{
	return fwrite(bytes, 1, len, user) == len ? QUERN_OK : QUERN_IO;
}

int main(void)
{
	quern *q = NULL;
	quern_doc *doc = NULL;
	quern_plugin *talks = NULL;
	quern_value *value = NULL;
	quern_error error;
	quern_code code = quern_new(NULL, &q, &error);

	if (code == QUERN_OK)
		code = quern_doc_parse(q, text, strlen(text), NULL, &doc, &error);
	if (code == QUERN_OK)
		code = quern_plugin_load_source(q, "talks.lua", plugin, strlen(plugin), &talks, &error);
	if (code == QUERN_OK)
		code = quern_plugin_map(talks, doc, NULL, &value, &error);
	if (code == QUERN_OK)
		code = quern_value_to_json(value, print_bytes, stdout);
	if (code == QUERN_OK && (putchar('\n') == EOF || fflush(stdout) != 0))
		code = QUERN_IO;
	if (code != QUERN_OK)
		fprintf(stderr, "%s: %s:%u: %s\n", quern_code_name(code), error.path, error.line, error.message);
	quern_value_free(value);
	quern_plugin_free(talks);
	quern_doc_unref(doc);
	quern_free(q);
	return code == QUERN_OK ? 0 : 1;
}
