/*
 * schema_read.c - the text of a schema, JSON or YAML, by the readers of front
 * matter.  What they say of "the front matter" is said of the schema here.
 */
#include "doc/frontmatter.h"
#include "doc/schema_private.h"

static bool looks_like_json(struct str name, struct str text)
{
	struct str s = str_trim(text);

	if (str_ends(name, STR_LIT(".json")))
		return true;
	if (str_ends(name, STR_LIT(".yaml")) || str_ends(name, STR_LIT(".yml")) || s.n < 2 || s.p[0] != '{')
		return false;
	s = str_trim((struct str){ s.p + 1, s.n - 1 });
	return s.n && (s.p[0] == '"' || s.p[0] == '}');
}

/* "the front matter is not ..." -> "the schema is not ..." */
static void retell(struct diags *to, const struct diag *d, enum severity severity)
{
	static const char *const names[] = { "the front matter", "front matter" };
	struct str message = str_of(d->message);
	const char *at = NULL;
	size_t length = 0;

	for (size_t i = 0; !at && i < 2; i++) {
		at = strstr(d->message, names[i]);
		length = strlen(names[i]);
	}
	if (at)
		diags_add(to, severity, d->line, d->column, d->hint, "%.*sthe schema%s", (int)(at - message.p),
			  message.p, at + length);
	else
		diags_add(to, severity, d->line, d->column, d->hint, "%s", d->message);
}

const struct schema *schema_read(struct arena *a, struct str name, struct str text, struct diags *diags)
{
	const struct frontmatter_limits limits = { (size_t)16 << 20, 1000000, 0 };
	struct value source;
	struct diags said;
	bool ok;

	if (str_starts(text, STR_LIT("\xef\xbb\xbf")))
		text = (struct str){ text.p + 3, text.n - 3 };
	diags_init(&said, a);
	if (text.n > limits.max_bytes) {
		diags_add(diags, SEVERITY_ERROR, 1, 1, NULL, "the schema is larger than %zu bytes", limits.max_bytes);
		return NULL;
	}
	if (looks_like_json(name, text))
		ok = json_read_any(text, 1, &limits, a, &said, &source);
	else
		ok = yaml_read_any(text, 1, &limits, a, &said, &source);
	for (size_t i = 0; i < said.n; i++)
		retell(diags, &said.items[i], ok ? said.items[i].severity : SEVERITY_ERROR);
	return ok ? schema_compile(a, &source, diags) : NULL;
}
