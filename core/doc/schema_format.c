/*
 * schema_format.c - the formats that strings are held to: dates and times
 * (RFC 3339), e-mail addresses (RFC 5321 with UTF-8 as RFC 6531 has it), URIs
 * (RFC 3986), UUIDs.  Linear, without memory, independent of the locale.
 */
#include "doc/schema_private.h"

#include "base/ascii.h"

static bool is_hex(char c)
{
	return ascii_is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_one_of(char c, const char *set)
{
	return c && strchr(set, c) != NULL;
}

/* ------------------------------------------------------------ dates, times */

/* n digits at the front of *s as a number, cut off; -1 where there are fewer. */
static int cut_digits(struct str *s, size_t n)
{
	int sum = 0;

	if (s->n < n)
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (!ascii_is_digit(s->p[i]))
			return -1;
		sum = sum * 10 + (s->p[i] - '0');
	}
	*s = (struct str){ s->p + n, s->n - n };
	return sum;
}

static bool cut_char(struct str *s, const char *set)
{
	if (s->n == 0 || !is_one_of(s->p[0], set))
		return false;
	*s = (struct str){ s->p + 1, s->n - 1 };
	return true;
}

static bool cut_date(struct str *s)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int year, month, day;
	bool leap;

	year = cut_digits(s, 4);
	if (year < 0 || !cut_char(s, "-"))
		return false;
	month = cut_digits(s, 2);
	if (month < 1 || month > 12 || !cut_char(s, "-"))
		return false;
	day = cut_digits(s, 2);
	leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return day >= 1 && day <= days[month - 1] + (month == 2 && leap);
}

/* Minutes that the offset is ahead of UTC. */
static bool cut_offset(struct str *s, int *minutes)
{
	const bool behind = s->n && s->p[0] == '-';
	int hour, minute;

	*minutes = 0;
	if (cut_char(s, "Zz"))
		return true;
	if (!cut_char(s, "+-"))
		return false;
	hour = cut_digits(s, 2);
	if (hour < 0 || hour > 23 || !cut_char(s, ":"))
		return false;
	minute = cut_digits(s, 2);
	*minutes = (hour * 60 + minute) * (behind ? -1 : 1);
	return minute >= 0 && minute <= 59;
}

/* hh:mm:ss with a fraction and an offset; second 60 only where it is 23:59 in UTC. */
static bool cut_time(struct str *s)
{
	int hour, minute, second, ahead, utc;

	hour = cut_digits(s, 2);
	if (hour < 0 || hour > 23 || !cut_char(s, ":"))
		return false;
	minute = cut_digits(s, 2);
	if (minute < 0 || minute > 59 || !cut_char(s, ":"))
		return false;
	second = cut_digits(s, 2);
	if (second < 0 || second > 60)
		return false;
	if (cut_char(s, ".")) {
		if (cut_digits(s, 1) < 0)
			return false;
		while (s->n && ascii_is_digit(s->p[0]))
			(void)cut_digits(s, 1);
	}
	if (!cut_offset(s, &ahead))
		return false;
	utc = (hour * 60 + minute - ahead + 2 * 1440) % 1440;
	return second < 60 || utc == 1439;
}

static bool is_date(struct str s)
{
	return cut_date(&s) && s.n == 0;
}

static bool is_time(struct str s)
{
	return cut_time(&s) && s.n == 0;
}

static bool is_date_time(struct str s)
{
	return cut_date(&s) && cut_char(&s, "Tt") && cut_time(&s) && s.n == 0;
}

/* ------------------------------------------------------------------- names */

static bool is_name_char(char c)
{
	return ascii_is_letter(c) || ascii_is_digit(c) || (unsigned char)c >= 0x80;
}

/* Labels of letters, digits and inner hyphens between dots. */
static bool is_host_name(struct str s)
{
	size_t label = 0;

	if (s.n == 0 || s.n > 253 || s.p[0] == '-' || s.p[s.n - 1] == '-')
		return false;
	for (size_t i = 0; i < s.n; i++) {
		const char c = s.p[i], before = i ? s.p[i - 1] : '.', after = i + 1 < s.n ? s.p[i + 1] : '.';

		if (c == '.') {
			if (label == 0)
				return false;
			label = 0;
			continue;
		}
		if (!is_name_char(c) && (c != '-' || before == '.' || after == '.'))
			return false;
		if (++label > 63)
			return false;
	}
	return label > 0;
}

/* Dotted groups of 0-255. */
static bool is_ipv4(struct str s)
{
	for (int group = 0; group < 4; group++) {
		size_t digits = 0;
		int n = 0;

		while (digits < s.n && digits < 4 && ascii_is_digit(s.p[digits]))
			n = n * 10 + (s.p[digits++] - '0');
		if (digits == 0 || n > 255 || (digits > 1 && s.p[0] == '0'))
			return false;
		s = (struct str){ s.p + digits, s.n - digits };
		if (group < 3 && !cut_char(&s, "."))
			return false;
	}
	return s.n == 0;
}

/* One group of an IPv6 address, cut off. */
static bool cut_hex_group(struct str *s)
{
	size_t n = 0;

	while (n < s->n && n < 5 && is_hex(s->p[n]))
		n++;
	*s = (struct str){ s->p + n, s->n - n };
	return n >= 1 && n <= 4;
}

/* Eight groups, or fewer and one "::"; an IPv4 address may stand for the last two. */
static bool is_ipv6(struct str s)
{
	int groups = 0;
	bool gap = str_starts(s, STR_LIT("::"));

	if (gap)
		s = (struct str){ s.p + 2, s.n - 2 };
	while (s.n) {
		if (groups <= 6 && memchr(s.p, '.', s.n) && !memchr(s.p, ':', s.n)) {
			groups += 2;
			if (!is_ipv4(s))
				return false;
			break;
		}
		if (!cut_hex_group(&s) || ++groups > 8)
			return false;
		if (s.n == 0)
			break;
		if (!cut_char(&s, ":") || s.n == 0)
			return false;
		if (cut_char(&s, ":")) {
			if (gap)
				return false;
			gap = true;
		}
	}
	return gap ? groups <= 7 : groups == 8;
}

/* Inside the brackets of an address literal. */
static bool is_address_literal(struct str s)
{
	if (str_starts(s, STR_LIT("IPv6:")))
		return is_ipv6((struct str){ s.p + 5, s.n - 5 });
	return is_ipv4(s);
}

/* Words of permitted characters between single dots. */
static bool is_dot_string(struct str s)
{
	bool after_dot = true;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '.' ? after_dot : !is_name_char(s.p[i]) && !is_one_of(s.p[i], "!#$%&'*+-/=?^_`{|}~"))
			return false;
		after_dot = s.p[i] == '.';
	}
	return !after_dot;
}

static bool is_quoted_string(struct str s)
{
	if (s.n < 2 || s.p[0] != '"' || s.p[s.n - 1] != '"')
		return false;
	for (size_t i = 1; i + 1 < s.n; i++) {
		if (s.p[i] == '"' || (unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
			return false;
		if (s.p[i] == '\\' && ++i + 1 >= s.n)
			return false;
	}
	return true;
}

static bool is_email(struct str s)
{
	const char *at = s.n ? memrchr(s.p, '@', s.n) : NULL;
	struct str local, domain;

	if (!at)
		return false;
	local = str_slice(s.p, at);
	domain = str_slice(at + 1, s.p + s.n);
	if (local.n > 64 || !(is_dot_string(local) || is_quoted_string(local)))
		return false;
	if (domain.n >= 2 && domain.p[0] == '[' && domain.p[domain.n - 1] == ']')
		return is_address_literal((struct str){ domain.p + 1, domain.n - 2 });
	return is_host_name(domain);
}

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

/* Other letters are for the "idn-" formats. */
static bool is_ascii_host_name(struct str s)
{
	return is_ascii(s) && is_host_name(s);
}

static bool is_ascii_email(struct str s)
{
	return is_ascii(s) && is_email(s);
}

/* 8-4-4-4-12 hexadecimal digits. */
static bool is_uuid(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
		if (dash ? s.p[i] != '-' : !is_hex(s.p[i]))
			return false;
	}
	return s.n == 36;
}

/* -------------------------------------------------------------------- URIs */

/* Only characters a URI may hold in that part; % begins two hexadecimal digits. */
static bool is_uri_text(struct str s, const char *more)
{
	for (size_t i = 0; i < s.n; i++) {
		const char c = s.p[i];

		if (c == '%') {
			if (s.n - i < 3 || !is_hex(s.p[i + 1]) || !is_hex(s.p[i + 2]))
				return false;
			i += 2;
		} else if (!ascii_is_letter(c) && !ascii_is_digit(c) && !is_one_of(c, "-._~!$&'()*+,;=") &&
			   !is_one_of(c, more)) {
			return false;
		}
	}
	return true;
}

/* Up to the first character of the set, cut off. */
static struct str cut_until(struct str *s, const char *set)
{
	size_t n = 0;
	struct str head;

	while (n < s->n && !is_one_of(s->p[n], set))
		n++;
	head = (struct str){ s->p, n };
	*s = (struct str){ s->p + n, s->n - n };
	return head;
}

static bool is_port(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (!ascii_is_digit(s.p[i]))
			return false;
	}
	return true;
}

/* user@host:port */
static bool is_authority(struct str s)
{
	const char *at = s.n ? memchr(s.p, '@', s.n) : NULL;
	struct str host;

	if (at && !is_uri_text(str_slice(s.p, at), ":"))
		return false;
	if (at)
		s = str_slice(at + 1, s.p + s.n);
	if (cut_char(&s, "[")) {
		host = cut_until(&s, "]");
		if (!cut_char(&s, "]") || !is_ipv6(host))
			return false;
	} else {
		host = cut_until(&s, ":");
		if (!is_uri_text(host, ""))
			return false;
	}
	return s.n == 0 || (cut_char(&s, ":") && is_port(s));
}

/* "http:", cut off. */
static bool cut_scheme(struct str *s)
{
	size_t n = 0;

	if (s->n == 0 || !ascii_is_letter(s->p[0]))
		return false;
	while (n < s->n && (ascii_is_letter(s->p[n]) || ascii_is_digit(s->p[n]) || is_one_of(s->p[n], "+-.")))
		n++;
	if (n == s->n || s->p[n] != ':')
		return false;
	*s = (struct str){ s->p + n + 1, s->n - n - 1 };
	return true;
}

static bool is_uri_reference(struct str s, bool absolute)
{
	const bool scheme = cut_scheme(&s);
	struct str path, first;

	if (absolute && !scheme)
		return false;
	if (str_starts(s, STR_LIT("//"))) {
		s = (struct str){ s.p + 2, s.n - 2 };
		if (!is_authority(cut_until(&s, "/?#")))
			return false;
	}
	path = cut_until(&s, "?#");
	if (!is_uri_text(path, ":@/"))
		return false;
	/* A colon in the first segment would make it a scheme. */
	first = cut_until(&path, "/");
	if (!scheme && first.n && memchr(first.p, ':', first.n))
		return false;
	if (cut_char(&s, "?") && !is_uri_text(cut_until(&s, "#"), ":@/?"))
		return false;
	return s.n == 0 || (cut_char(&s, "#") && is_uri_text(s, ":@/?"));
}

static bool is_uri(struct str s)
{
	return is_uri_reference(s, true);
}

static bool is_reference(struct str s)
{
	return is_uri_reference(s, false);
}

/* ------------------------------------------------------------------- table */

static const struct {
	const char *name;
	bool (*holds)(struct str s);
	const char *words;
} formats[] = {
	{ "date", is_date, "a date, as 2024-11-30" },
	{ "date-time", is_date_time, "a date and time with its offset, as 2024-11-30T10:20:00+09:00" },
	{ "time", is_time, "a time with its offset, as 10:20:00Z" },
	{ "email", is_ascii_email, "an e-mail address" },
	{ "idn-email", is_email, "an e-mail address" },
	{ "hostname", is_ascii_host_name, "a host name" },
	{ "ipv4", is_ipv4, "an IPv4 address" },
	{ "ipv6", is_ipv6, "an IPv6 address" },
	{ "uri", is_uri, "a URI, as https://example.org/" },
	{ "uri-reference", is_reference, "a URI or a relative reference" },
	{ "uuid", is_uuid, "a UUID" },
};

enum { N_FORMATS = sizeof(formats) / sizeof(formats[0]) };

enum format_check format_holds(struct str format, struct str text)
{
	for (size_t i = 0; i < N_FORMATS; i++) {
		if (str_eqz(format, formats[i].name))
			return formats[i].holds(text) ? FORMAT_HOLDS : FORMAT_FAILS;
	}
	return FORMAT_UNKNOWN;
}

const char *format_describe(struct str format)
{
	for (size_t i = 0; i < N_FORMATS; i++) {
		if (str_eqz(format, formats[i].name))
			return formats[i].words;
	}
	return NULL;
}
