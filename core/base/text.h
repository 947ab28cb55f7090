/*
 * text.h - Unicode text: width, graphemes, normalisation, case, words and
 * sentences.  utf8proc is included in text.c and text_normalize.c alone.
 * Input may hold bad UTF-8 (treated as U+FFFD); output is valid.  All linear
 * in their input.
 */
#ifndef QUERN_BASE_TEXT_H
#define QUERN_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

enum text_form { TEXT_NFC, TEXT_NFD, TEXT_NFKC, TEXT_NFKD };

/* Number of extended grapheme clusters (UAX 29). */
size_t text_length(struct str s);
/* Byte offset of grapheme number i (0-based); s.n when there are fewer. */
size_t text_offset(struct str s, size_t i);
/* Columns on a terminal: wide East Asian characters count two, combining marks none. */
size_t text_width(struct str s);
/* False when memory is refused. */
bool text_normalize(struct buf *out, struct str s, enum text_form form);
/* Case folding for comparison (Unicode full folding, then NFC). */
bool text_fold(struct buf *out, struct str s);
bool text_upper(struct buf *out, struct str s); /* simple mappings */
bool text_lower(struct buf *out, struct str s);
/* Runs of white space (Unicode, NBSP and ideographic space included) become one space; ends trimmed. */
void text_squeeze(struct buf *out, struct str s);
/* The same for a text in parts; what is between them begins zeroed. */
struct text_squeezing {
	bool space, any;
};
void text_squeeze_part(struct buf *out, struct str s, struct text_squeezing *between);
/*
 * Bytes of a first part of s, some 64 KB where s is longer: each function above
 * makes of the parts, one after another, what it makes of the whole.
 */
size_t text_part(struct str s);
/* Without Unicode white space at both ends. */
struct str text_trim(struct str s);

bool text_is_space(uint32_t cp);
bool text_is_punct(uint32_t cp);  /* Unicode P* and S*, as CommonMark 0.31; ASCII punctuation */
bool text_is_letter(uint32_t cp); /* L*, and marks */
bool text_is_digit(uint32_t cp);  /* Nd */
bool text_is_hangul(uint32_t cp);
bool text_is_upper(uint32_t cp);
bool text_is_lower(uint32_t cp);

/*
 * Iterators.  *pos starts at 0; each call puts the next piece into *out and
 * returns true, or returns false at the end.
 */
/* Runs of letters, digits and marks, with inner ' and - between letters; longer than TEXT_WORD_MAX bytes they are cut. */
#define TEXT_WORD_MAX ((size_t)1 << 16)
bool text_next_word(struct str s, size_t *pos, struct str *out);
/*
 * Sentences of Korean and English prose, trimmed.  Ends: . ! ? and their runs,
 * full-width forms, an ellipsis before a space and capital or Hangul, closing quotes
 * and brackets kept with the sentence; a blank line always ends.  Not ends: decimals
 * and versions, list numbers ("1."), initials, common abbreviations (Dr., e.g., vs.), dots inside URLs and names,
 * a terminator inside an unclosed bracket or double quotation (of at most 400 bytes) or followed by a
 * lower-case letter (but Korean verb endings such as "다." end all the same), dates ("2024. 11. 30."),
 * a quotation followed by a particle such as 라고.  Emoji and footnote marks glued to an end stay with it.
 * A single newline is a space.  What is longer than TEXT_SENTENCE_MAX bytes is cut at a character: the work
 * of one call is bounded.
 */
#define TEXT_SENTENCE_MAX ((size_t)1 << 18)
bool text_next_sentence(struct str s, size_t *pos, struct str *out);
/* Next grapheme cluster. */
bool text_next_grapheme(struct str s, size_t *pos, struct str *out);

#endif
