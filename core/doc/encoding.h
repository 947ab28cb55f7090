/*
 * encoding.h - bytes of a document as clean UTF-8.
 */
#ifndef QUERN_DOC_ENCODING_H
#define QUERN_DOC_ENCODING_H

#include "base/buf.h"
#include "base/str.h"

enum encoding_status { ENCODING_OK, ENCODING_NOMEM, ENCODING_UNKNOWN };

/* Converts with iconv; what is no character of that encoding becomes U+FFFD and is counted. */
enum encoding_status encoding_convert(struct buf *out, struct str bytes, const char *name, size_t *n_bad);

/* Is there anything for encoding_clean to do? */
bool encoding_is_clean(struct str s);
/* Bad UTF-8 and NUL become U+FFFD, a CR without LF a LF. Returns how many bytes or sequences were replaced; *first: offset of the first. */
size_t encoding_clean(struct buf *out, struct str s, size_t *first);

#endif
