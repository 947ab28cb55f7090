/*
 * schema.h - JSON Schema 2020-12 for front matter: the part that fits.
 *
 * A schema is read once (JSON or YAML), checked itself, and then holds any
 * number of values; it is immutable and may be shared between threads.
 * Complaints are diagnostics with the place of the key or value.  Only
 * references within the file are followed.  What the schema or the value costs is bounded.
 */
#ifndef QUERN_DOC_SCHEMA_H
#define QUERN_DOC_SCHEMA_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "base/value.h"

struct schema;

/*
 * The text is JSON if name ends in ".json" or if it looks like it, else YAML.
 * All that is wrong is added as errors, what is left out of account as
 * warnings; NULL after an error or when memory is refused (a->refused).
 * Everything lives in a, which diags shares.
 */
const struct schema *schema_read(struct arena *a, struct str name, struct str text, struct diags *diags);

/*
 * Adds an error for each thing in v that the schema rules out, in the order of
 * the source, and returns whether there was none.  v is NULL where a document has no
 * front matter: an empty map is checked, and the complaints say so.
 * Memory refused: false and diags->arena->refused.
 */
bool schema_check(const struct schema *s, const struct value *v, struct diags *diags);

#endif
