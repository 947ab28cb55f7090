/*
 * encoding.c - see encoding.h.  iconv is the C library's.
 */
#include "doc/encoding.h"

#include <errno.h>
#include <iconv.h>

#include "base/utf8.h"

/* Names as the web writes them, for the encoding its readers take them to be (WHATWG Encoding, 4.2). */
static const char *const labels[][2] = {
	{ "euc-kr", "UHC" },      { "euckr", "UHC" },       { "ks_c_5601-1987", "UHC" }, { "ks_c_5601-1989", "UHC" },
	{ "ksc5601", "UHC" },     { "ksc_5601", "UHC" },    { "korean", "UHC" },         { "windows-949", "UHC" },
	{ "shift_jis", "CP932" }, { "shift-jis", "CP932" }, { "sjis", "CP932" },         { "x-sjis", "CP932" },
	{ "gb2312", "GB18030" },  { "gbk", "GB18030" },     { "x-gbk", "GB18030" },
};

static const char *name_of_label(const char *label)
{
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		if (str_eq_nocase(str_of(label), str_of(labels[i][0])))
			return labels[i][1];
	return label;
}

/* Bytes to step over where there is no character: the unit of the encoding, or all after it is out of step. */
static size_t unit_of(const char *name)
{
	static const struct {
		const char *prefix;
		size_t size;
	} units[] = {
		{ "utf-16", 2 }, { "utf16", 2 }, { "ucs-2", 2 }, { "utf-32", 4 }, { "utf32", 4 }, { "ucs-4", 4 }
	};

	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		struct str prefix = str_of(units[i].prefix), start = { name, strlen(name) };
		start.n = start.n < prefix.n ? start.n : prefix.n;
		if (str_eq_nocase(start, prefix))
			return units[i].size;
	}
	return 1;
}

static const char replacement[] = "\xEF\xBF\xBD";

/* One step of iconv into the buffer; returns its errno (0: done). in NULL: what it holds back. */
static int convert_step(iconv_t cd, char **in, size_t *left, struct buf *out)
{
	char piece[4096], *to = piece;
	size_t room = sizeof piece;
	size_t r = iconv(cd, in, left, &to, &room);
	int error = r == (size_t)-1 ? errno : 0;

	buf_add(out, piece, sizeof piece - room);
	return error;
}

/* iconv takes an empty name, and one of which it can read nothing, for the locale's. */
static bool is_name(const char *name)
{
	for (const char *p = name; *p; p++)
		if (*p <= ' ' || *p > '~' || *p == '/')
			return false;
	return *name != 0;
}

enum encoding_status encoding_convert(struct buf *out, struct str bytes, const char *name, size_t *n_bad)
{
	iconv_t cd = (iconv_t)-1;
	const size_t unit = unit_of(name);
	char *in = (char *)bytes.p;
	size_t left = bytes.n;

	*n_bad = 0;
	if (!is_name(name))
		return ENCODING_UNKNOWN;
	cd = iconv_open("UTF-8", name_of_label(name));
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
		in += left < unit ? left : unit;
		left -= left < unit ? left : unit;
	}
	/* some encodings keep a letter until they know that no accent follows */
	convert_step(cd, NULL, NULL, out);
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
