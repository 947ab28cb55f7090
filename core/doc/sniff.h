/*
 * sniff.h - which format a document is in, and which encoding it says.
 */
#ifndef QUERN_DOC_SNIFF_H
#define QUERN_DOC_SNIFF_H

#include "base/str.h"
#include "doc/record.h"

/* By suffix (.md .markdown .html .htm), else by the text itself; never FORMAT_AUTO. Looks at 64 KiB at most. */
enum doc_format sniff_format(const char *path, struct str text);
/* The charset of a BOM for UTF-16, or of a <meta> in the first 1,024 bytes; false where there is none. */
bool sniff_charset(struct str bytes, bool html, char name[32]);

#endif
