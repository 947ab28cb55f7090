/*
 * yaml_internal.h - between the parts of the YAML reader: what a plain
 * scalar means, and how a parser's complaint is told to a person.  None of it
 * knows libyaml.  Private to yaml*.c.
 */
#ifndef QUERN_DOC_YAML_INTERNAL_H
#define QUERN_DOC_YAML_INTERNAL_H

#include "doc/frontmatter_internal.h"

/*
 * The value of a plain scalar by the YAML 1.2 core schema.  text is followed by a
 * NUL and is borrowed.  Where a number has no finite value the string is kept and
 * false returned.
 */
bool yaml_resolve(struct str text, struct value *out);

/*
 * The same for one explicit tag ("tag:yaml.org,2002:int"): false where the
 * text is no such thing; *out is then the string.
 */
bool yaml_resolve_tagged(const char *tag, struct str text, struct value *out);
/* Whether yaml_resolve_tagged knows the tag. */
bool yaml_tag_is_scalar(const char *tag);

/*
 * Reads the text (checked by frontmatter_text_check) where it is so simple that there is no doubt what it means;
 * YAML_NOT_SIMPLE: it is libyaml's.
 */
enum yaml_simple { YAML_SIMPLE, YAML_NOT_SIMPLE, YAML_SIMPLE_NOMEM };
enum yaml_simple yaml_read_simple(struct str text, uint32_t first_line, const struct frontmatter_limits *limits,
				  struct arena *a, struct value *out);
/* As yaml_read, by libyaml alone. */
bool yaml_read_full(struct str text, uint32_t first_line, const struct frontmatter_limits *limits, struct arena *a,
		    struct diags *diags, struct value *out);

/* What libyaml said: problem and context may be NULL; places are offsets in the text. */
struct yaml_problem {
	const char *problem;
	const char *context;
	size_t problem_at;
	size_t context_at;
};

/* Adds the warning: the place that is to be mended, the cause in plain words, a hint where it can be told. */
void yaml_explain(const struct yaml_problem *p, struct str text, uint32_t first_line, struct diags *diags);

#endif
