/*
 * encoding.c - see encoding.h.  iconv is the C library's.
 */
#include "doc/encoding.h"

#include <errno.h>
#include <iconv.h>

#include "base/utf8.h"

static const char replacement[] = "\xEF\xBF\xBD";

/* One step of iconv into the buffer; returns its errno (0: done). */
static int convert_step(iconv_t cd, char **in, size_t *left, struct buf *out)
{
	char piece[4096], *to = piece;
	size_t room = sizeof piece;
	size_t r = iconv(cd, in, left, &to, &room);
	int error = r == (size_t)-1 ? errno : 0;

	buf_add(out, piece, sizeof piece - room);
	return error;
}

enum encoding_status encoding_convert(struct buf *out, struct str bytes, const char *name, size_t *n_bad)
{
	iconv_t cd = iconv_open("UTF-8", name);
	char *in = (char *)bytes.p;
	size_t left = bytes.n;

	*n_bad = 0;
	if (cd == (iconv_t)-1)
		return errno == ENOMEM ? ENCODING_NOMEM : ENCODING_UNKNOWN;
	while (left > 0 && buf_ok(out)) {
		int error = convert_step(cd, &in, &left, out);
		if (error == 0 || error == E2BIG)
			continue;
		buf_add(out, replacement, 3);
		(*n_bad)++;
		if (error == EINVAL) /* cut off at the end */
			break;
		in++;
		left--;
	}
	iconv_close(cd);
	return buf_ok(out) ? ENCODING_OK : ENCODING_NOMEM;
}

static bool has_lone_cr(struct str s)
{
	const char *end = s.p + s.n;

	for (const char *p = s.p; p < end && (p = memchr(p, '\r', (size_t)(end - p))); p++)
		if (p + 1 == end || p[1] != '\n')
			return true;
	return false;
}

bool encoding_is_clean(struct str s)
{
	return utf8_check(s) == s.n && !memchr(s.p, 0, s.n) && !has_lone_cr(s);
}

size_t encoding_clean(struct buf *out, struct str s, size_t *first)
{
	const char *p = s.p, *end = s.p + s.n;
	size_t n_bad = 0;

	*first = s.n;
	while (p < end) {
		uint32_t cp;
		bool ok;
		size_t n = utf8_decode_strict(p, end, &cp, &ok);
		if (!ok || *p == 0) {
			if (n_bad++ == 0)
				*first = (size_t)(p - s.p);
			buf_add(out, replacement, 3);
		} else if (*p == '\r' && (p + 1 == end || p[1] != '\n')) {
			buf_addc(out, '\n');
		} else {
			buf_add(out, p, n);
		}
		p += n;
	}
	return n_bad;
}
