/*
 * schema_keywords.c - the keywords of JSON Schema 2020-12: what each wants for
 * a value, which are refused and what to write instead.
 */
#include "doc/schema_private.h"

#include <stdio.h>

#include "base/suggest.h"

static const char no_dynamic[] = "write $ref: references are to fixed places within the file here";
static const char no_unevaluated[] =
	"write additionalProperties or items in the schema that lists the properties or items";

static const struct keyword_info keywords[] = {
	{ "$anchor", KEYWORD_ANCHOR, SHAPE_TEXT, NULL },
	{ "$comment", KEYWORD_ANNOTATION, SHAPE_TEXT, NULL },
	{ "$defs", KEYWORD_DEFS, SHAPE_SCHEMA_MAP, NULL },
	{ "$dynamicAnchor", KEYWORD_UNSUPPORTED, SHAPE_REFUSED, no_dynamic },
	{ "$dynamicRef", KEYWORD_UNSUPPORTED, SHAPE_REFUSED, no_dynamic },
	{ "$id", KEYWORD_ID, SHAPE_TEXT, NULL },
	{ "$recursiveAnchor", KEYWORD_UNSUPPORTED, SHAPE_REFUSED, no_dynamic },
	{ "$recursiveRef", KEYWORD_UNSUPPORTED, SHAPE_REFUSED, no_dynamic },
	{ "$ref", KEYWORD_REF, SHAPE_TEXT, NULL },
	{ "$schema", KEYWORD_DIALECT, SHAPE_TEXT, NULL },
	{ "$vocabulary", KEYWORD_UNSUPPORTED, SHAPE_REFUSED, "leave it out: it is for schemas of schemas" },
	{ "additionalItems", KEYWORD_UNSUPPORTED, SHAPE_REFUSED,
	  "write prefixItems for the first items and items for the rest" },
	{ "additionalProperties", KEYWORD_ADDITIONAL_PROPERTIES, SHAPE_SCHEMA, NULL },
	{ "allOf", KEYWORD_ALL_OF, SHAPE_SCHEMAS, NULL },
	{ "anyOf", KEYWORD_ANY_OF, SHAPE_SCHEMAS, NULL },
	{ "const", KEYWORD_CONST, SHAPE_ANY, NULL },
	{ "contains", KEYWORD_CONTAINS, SHAPE_SCHEMA, NULL },
	{ "contentEncoding", KEYWORD_ANNOTATION, SHAPE_TEXT, NULL },
	{ "contentMediaType", KEYWORD_ANNOTATION, SHAPE_TEXT, NULL },
	{ "contentSchema", KEYWORD_ANNOTATION, SHAPE_ANY, NULL },
	{ "default", KEYWORD_ANNOTATION, SHAPE_ANY, NULL },
	{ "definitions", KEYWORD_DEFS, SHAPE_SCHEMA_MAP, NULL },
	{ "dependencies", KEYWORD_UNSUPPORTED, SHAPE_REFUSED, "write dependentRequired or dependentSchemas" },
	{ "dependentRequired", KEYWORD_DEPENDENT_REQUIRED, SHAPE_NAMES_MAP, NULL },
	{ "dependentSchemas", KEYWORD_DEPENDENT_SCHEMAS, SHAPE_SCHEMA_MAP, NULL },
	{ "deprecated", KEYWORD_ANNOTATION, SHAPE_FLAG, NULL },
	{ "description", KEYWORD_ANNOTATION, SHAPE_TEXT, NULL },
	{ "else", KEYWORD_ELSE, SHAPE_SCHEMA, NULL },
	{ "enum", KEYWORD_ENUM, SHAPE_LIST, NULL },
	{ "examples", KEYWORD_ANNOTATION, SHAPE_LIST, NULL },
	{ "exclusiveMaximum", KEYWORD_EXCLUSIVE_MAXIMUM, SHAPE_NUMBER, NULL },
	{ "exclusiveMinimum", KEYWORD_EXCLUSIVE_MINIMUM, SHAPE_NUMBER, NULL },
	{ "format", KEYWORD_FORMAT, SHAPE_TEXT, NULL },
	{ "if", KEYWORD_IF, SHAPE_SCHEMA, NULL },
	{ "items", KEYWORD_ITEMS, SHAPE_SCHEMA, NULL },
	{ "maxContains", KEYWORD_MAX_CONTAINS, SHAPE_COUNT, NULL },
	{ "maxItems", KEYWORD_MAX_ITEMS, SHAPE_COUNT, NULL },
	{ "maxLength", KEYWORD_MAX_LENGTH, SHAPE_COUNT, NULL },
	{ "maxProperties", KEYWORD_MAX_PROPERTIES, SHAPE_COUNT, NULL },
	{ "maximum", KEYWORD_MAXIMUM, SHAPE_NUMBER, NULL },
	{ "minContains", KEYWORD_MIN_CONTAINS, SHAPE_COUNT, NULL },
	{ "minItems", KEYWORD_MIN_ITEMS, SHAPE_COUNT, NULL },
	{ "minLength", KEYWORD_MIN_LENGTH, SHAPE_COUNT, NULL },
	{ "minProperties", KEYWORD_MIN_PROPERTIES, SHAPE_COUNT, NULL },
	{ "minimum", KEYWORD_MINIMUM, SHAPE_NUMBER, NULL },
	{ "multipleOf", KEYWORD_MULTIPLE_OF, SHAPE_POSITIVE, NULL },
	{ "not", KEYWORD_NOT, SHAPE_SCHEMA, NULL },
	{ "oneOf", KEYWORD_ONE_OF, SHAPE_SCHEMAS, NULL },
	{ "pattern", KEYWORD_PATTERN, SHAPE_PATTERN, NULL },
	{ "patternProperties", KEYWORD_PATTERN_PROPERTIES, SHAPE_PATTERN_MAP, NULL },
	{ "prefixItems", KEYWORD_PREFIX_ITEMS, SHAPE_SCHEMAS, NULL },
	{ "properties", KEYWORD_PROPERTIES, SHAPE_SCHEMA_MAP, NULL },
	{ "propertyNames", KEYWORD_PROPERTY_NAMES, SHAPE_SCHEMA, NULL },
	{ "readOnly", KEYWORD_ANNOTATION, SHAPE_FLAG, NULL },
	{ "required", KEYWORD_REQUIRED, SHAPE_NAMES, NULL },
	{ "then", KEYWORD_THEN, SHAPE_SCHEMA, NULL },
	{ "title", KEYWORD_ANNOTATION, SHAPE_TEXT, NULL },
	{ "type", KEYWORD_TYPE, SHAPE_TYPES, NULL },
	{ "unevaluatedItems", KEYWORD_UNSUPPORTED, SHAPE_REFUSED, no_unevaluated },
	{ "unevaluatedProperties", KEYWORD_UNSUPPORTED, SHAPE_REFUSED, no_unevaluated },
	{ "uniqueItems", KEYWORD_UNIQUE_ITEMS, SHAPE_FLAG, NULL },
	{ "writeOnly", KEYWORD_ANNOTATION, SHAPE_FLAG, NULL },
};

enum { N_KEYWORDS = sizeof(keywords) / sizeof(keywords[0]) };

const struct keyword_info *keyword_find(struct str name)
{
	size_t low = 0, high = N_KEYWORDS;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = str_cmp(name, str_of(keywords[middle].name));

		if (order == 0)
			return &keywords[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

void keyword_suggest(struct str name, char *out, size_t size)
{
	char typed[SUGGESTION_SIZE];
	struct suggestion s;

	out[0] = 0;
	if (name.n == 0 || name.n >= sizeof(typed))
		return;
	memcpy(typed, name.p, name.n);
	typed[name.n] = 0;
	suggest_init(&s, typed);
	for (size_t i = 0; i < N_KEYWORDS; i++) {
		if (keywords[i].shape != SHAPE_REFUSED)
			suggest_try(&s, keywords[i].name);
	}
	snprintf(out, size, "%s", s.best);
}

/* ------------------------------------------------------------------- types */

static const struct {
	const char *name;
	unsigned type;
	const char *words; /* for people */
} types[] = {
	{ "string", TYPE_STRING, "a string" },   { "integer", TYPE_INTEGER, "an integer" },
	{ "number", TYPE_NUMBER, "a number" },   { "boolean", TYPE_BOOLEAN, "true or false" },
	{ "array", TYPE_ARRAY, "a list" },       { "object", TYPE_OBJECT, "a map" },
	{ "null", TYPE_NULL, "nothing (null)" },
};

enum { N_TYPES = sizeof(types) / sizeof(types[0]) };

unsigned type_find(struct str name)
{
	for (size_t i = 0; i < N_TYPES; i++) {
		if (str_eqz(name, types[i].name))
			return types[i].type;
	}
	return 0;
}

unsigned type_of(const struct value *v)
{
	static const unsigned of_kind[] = { [VALUE_NULL] = TYPE_NULL,     [VALUE_BOOL] = TYPE_BOOLEAN,
					    [VALUE_FLOAT] = TYPE_NUMBER,  [VALUE_INT] = TYPE_INTEGER | TYPE_NUMBER,
					    [VALUE_STRING] = TYPE_STRING, [VALUE_LIST] = TYPE_ARRAY,
					    [VALUE_MAP] = TYPE_OBJECT };

	/* From 2^53 on every float is whole. */
	if (v->kind == VALUE_FLOAT &&
	    (v->as.number >= 0x1p53 || v->as.number <= -0x1p53 || v->as.number == (double)(int64_t)v->as.number))
		return TYPE_INTEGER | TYPE_NUMBER;
	return of_kind[v->kind];
}

void types_describe(struct buf *out, unsigned wanted)
{
	size_t left = 0, told = 0;

	if (wanted & TYPE_NUMBER)
		wanted &= ~(unsigned)TYPE_INTEGER;
	for (size_t i = 0; i < N_TYPES; i++)
		left += (wanted & types[i].type) != 0;
	for (size_t i = 0; i < N_TYPES; i++) {
		if (!(wanted & types[i].type))
			continue;
		buf_addz(out, told == 0 ? "" : told + 1 == left ? " or " : ", ");
		buf_addz(out, types[i].words);
		told++;
	}
}
