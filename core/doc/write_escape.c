/*
 * write_escape.c - text and URLs made fit for HTML.
 *
 * The URL rules are those of CommonMark's reference renderer; what is safe is
 * decided on the scheme a browser would see.  Knows nothing of nodes.
 */
#include "doc/write.h"
#include "doc/write_private.h"

#include <string.h>

void html_escape(struct buf *out, struct str s)
{
	size_t run = 0, i;

	if (s.n == 0)
		return;

	for (i = 0; i < s.n; i++) {
		const char *entity;
		switch (s.p[i]) {
		case '"':
			entity = "&quot;";
			break;
		case '&':
			entity = "&amp;";
			break;
		case '<':
			entity = "&lt;";
			break;
		case '>':
			entity = "&gt;";
			break;
		default:
			continue;
		}
		buf_add(out, s.p + run, i - run);
		buf_addz(out, entity);
		run = i + 1;
	}
	buf_add(out, s.p + run, i - run);
}

static bool url_byte_stands(unsigned char c)
{
	if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
		return true;
	return c != '\0' && c < 0x80 && strchr("!#$%()*+,-./:;=?@_~", c) != NULL;
}

void url_escape(struct buf *out, struct str url)
{
	static const char hex[] = "0123456789ABCDEF";

	for (size_t i = 0; i < url.n; i++) {
		unsigned char c = (unsigned char)url.p[i];
		if (url_byte_stands(c)) {
			buf_addc(out, (char)c);
		} else if (c == '&') {
			buf_addz(out, "&amp;");
		} else if (c == '\'') {
			buf_addz(out, "&#x27;");
		} else {
			buf_addc(out, '%');
			buf_addc(out, hex[c >> 4]);
			buf_addc(out, hex[c & 15]);
		}
	}
}

/* The first bytes of the URL as a browser reads them: lower case, without controls and spaces. */
static struct str url_start(struct str url, char *start, size_t size)
{
	size_t n = 0;

	for (size_t i = 0; i < url.n && n < size; i++) {
		unsigned char c = (unsigned char)url.p[i];
		if (c > ' ' && c != 0x7f)
			start[n++] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
	}
	return (struct str){ start, n };
}

bool url_is_safe(struct str url)
{
	static const char *const refused[] = { "javascript:", "vbscript:", "file:", "data:" };
	static const char *const images[] = { "data:image/png", "data:image/gif", "data:image/jpeg",
					      "data:image/webp" };
	char bytes[32];
	struct str start = url_start(url, bytes, sizeof(bytes));

	for (size_t i = 0; i < sizeof(images) / sizeof(*images); i++) {
		size_t n = strlen(images[i]);
		if (str_starts(start, str_of(images[i])) && start.n > n && strchr(";,", start.p[n]))
			return true;
	}
	for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
		if (str_starts(start, str_of(refused[i])))
			return false;
	}
	return true;
}

size_t template_length(struct str s, bool *unclosed)
{
	const char *close;

	if (*unclosed || s.n < 4 || s.p[0] != '{' || (s.p[1] != '{' && s.p[1] != '%'))
		return 0;
	close = memmem(s.p + 2, s.n - 2, s.p[1] == '{' ? "}}" : "%}", 2);
	if (!close)
		*unclosed = true;
	return close ? (size_t)(close + 2 - s.p) : 0;
}
