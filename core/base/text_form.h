/*
 * text_form.h - what the shape of a piece of text says about it: whether it
 * ends as sentences do, whether it tells something at all, what kind it is.
 *
 * Provides text_rank and quern.text.rank with what needs no dictionary.  Looks
 * at the ends of a text and counts its words; never at other texts.
 */
#ifndef QUERN_BASE_TEXT_FORM_H
#define QUERN_BASE_TEXT_FORM_H

#include <stdbool.h>

#include "base/str.h"

enum text_form_kind {
	TEXT_QUESTION = 1,  /* ends in a question mark, or is marked as one ("Q.") */
	TEXT_ADDRESS = 2,   /* holds a URL or a mail address */
	TEXT_ASIDE = 4,     /* begins with a bracket */
	TEXT_CRY = 8,       /* ends in an exclamation mark */
	TEXT_LABELLED = 16, /* begins with a few words and a colon: who speaks, or a field of a form */
	TEXT_UNENDED = 32   /* does not end as sentences do */
};

/* Ends in . ! ? or their full-width forms, or in the last syllable of a Korean verb; quotes and brackets aside. */
bool text_is_ended(struct str s);
/* Told as sentences are, and no label, bare address or list of a few words. */
bool text_is_statement(struct str s);
/* Several of enum text_form_kind. */
unsigned text_form_of(struct str s);

#endif
