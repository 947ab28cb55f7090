/*
 * attributes.h - the inside of a kramdown attribute list: #id .class
 * key="value" name, between "{:" and "}".
 */
#ifndef QUERN_DOC_ATTRIBUTES_H
#define QUERN_DOC_ATTRIBUTES_H

#include "doc/event.h"

/* Every part has one of the forms above (or it is empty): then it is an attribute list and no prose. */
bool attributes_check(struct str s);
/* Does it name a list that is defined elsewhere, or define one? */
bool attributes_has_names(struct str s);
/* May a list in the body define one? */
bool attributes_may_define(struct str body);
/* A definition "name: .class": it names a list for others and applies to nothing itself. */
bool attributes_is_definition(struct str s);
/* A list that others name; what it holds stands behind "name:". */
struct named_attributes {
	struct str name, inside;
};

/* Fills name and inside from a definition. */
struct named_attributes attributes_named(struct str s);
/* Adds the parts to the event, those of lists it names among them; of a key given twice the last value counts. False when memory is refused. */
bool attributes_apply(struct arena *a, struct event *e, struct str s, const struct named_attributes *named,
		      size_t n_named);

#endif
