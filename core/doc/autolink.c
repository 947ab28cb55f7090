/*
 * autolink.c - see autolink.h.
 */
#include "doc/autolink.h"

#include "base/ascii.h"
#include "base/text.h"
#include "base/utf8.h"

/*
 * Is there a domain at p: parts of letters, digits, - and _, joined by dots; no _ in
 * the last two?  *stop is where its characters end.
 */
static bool is_domain(const char *p, const char *end, bool need_dot, const char **stop)
{
	const char *q = p;
	int dots = 0;
	bool underscore = false, earlier_underscore = false;

	while (q < end) {
		uint32_t cp;
		size_t n = utf8_decode(q, end, &cp);
		if (*q == '.') {
			if (q == p || q[-1] == '.')
				break;
			dots++;
			earlier_underscore = underscore;
			underscore = false;
		} else if (*q == '_') {
			underscore = true;
		} else if (*q != '-' && !ascii_is_alnum((unsigned char)*q) &&
			   (cp < 0x80 || text_is_space(cp) || text_is_punct(cp))) {
			break;
		}
		q += n;
	}
	dots -= q > p && q[-1] == '.'; /* the end of a sentence */
	*stop = q;
	return !underscore && !earlier_underscore && !(need_dot && dots == 0) && q > p;
}

/* "&amp;" and the like at the end of a link are no part of it. */
static const char *cut_entity(const char *p, const char *end)
{
	const char *q = end - 1;

	while (q > p && ascii_is_alnum((unsigned char)q[-1]))
		q--;
	return q > p && q < end - 1 && q[-1] == '&' ? q - 1 : NULL;
}

/* Trailing punctuation and closing brackets without partner are left to the sentence. */
static const char *trim_link(const char *p, const char *end)
{
	int depth = 0;

	for (const char *q = p; q < end; q++)
		depth += *q == '(' ? 1 : *q == ')' ? -1 : 0;
	while (end > p) {
		char c = end[-1];
		if (c == ')' && depth < 0) {
			depth++;
			end--;
		} else if (strchr("?!.,:*_~'\"", c)) {
			end--;
		} else if (c == ';') {
			const char *cut = cut_entity(p, end);
			end = cut ? cut : end - 1;
		} else {
			break;
		}
	}
	return end;
}

static const char *link_end(const char *p, const char *end)
{
	while (p < end && *p != '<') {
		uint32_t cp;
		size_t n = utf8_decode(p, end, &cp);
		if (text_is_space(cp))
			break;
		p += n;
	}
	return p;
}

/* *tried: no domain that begins before it is one. */
static bool take_link(struct str text, const char *start, const char *domain, bool need_dot, const char **tried,
		      struct autolink *out)
{
	const char *end = text.p + text.n, *stop;

	if (domain < *tried)
		return false;
	if (!is_domain(domain, end, need_dot, &stop)) {
		*tried = stop; /* whatever begins further inside it ends in the same two parts */
		return false;
	}
	stop = trim_link(start, link_end(domain, end));
	if (stop <= domain)
		return false;
	out->from = (size_t)(start - text.p);
	out->to = (size_t)(stop - text.p);
	out->url = str_slice(start, stop);
	return true;
}

/* At "://": the scheme stands before it. */
static bool at_scheme(struct str text, size_t least, const char *colon, const char **tried, struct autolink *out)
{
	static const struct str schemes[] = { { "https", 5 }, { "http", 4 }, { "ftp", 3 } };

	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
		const char *start = colon - schemes[i].n;
		if ((size_t)(colon - text.p) < least + schemes[i].n ||
		    !str_eq_nocase(str_slice(start, colon), schemes[i]) ||
		    (start > text.p && ascii_is_alnum((unsigned char)start[-1])))
			continue;
		return take_link(text, start, colon + 3, false, tried, out);
	}
	return false;
}

/* "www." at the beginning, after white space or one of * _ ~ ( */
static bool at_www(struct arena *a, struct str text, const char *p, const char **tried, struct autolink *out)
{
	if (p > text.p && !strchr(" \t\n*_~(", p[-1])) {
		uint32_t cp;
		utf8_decode(utf8_prev(text.p, p), text.p + text.n, &cp);
		if (!text_is_space(cp))
			return false;
	}
	if (!take_link(text, p, p, true, tried, out) || out->url.n <= 4)
		return false;
	char *url = arena_printf(a, "http://%.*s", (int)out->url.n, out->url.p);
	out->url = url ? str_of(url) : out->url;
	return url != NULL;
}

static bool is_mail_char(unsigned char c)
{
	return ascii_is_alnum(c) || c == '.' || c == '-' || c == '_' || c == '+';
}

/* Behind the domain of an address, at the "/": one part more where xmpp's resource follows. */
static const char *resource_end(const char *p, const char *end)
{
	const char *q = p;

	if (q == end || *q != '/')
		return p;
	for (q++; q < end && (ascii_is_alnum((unsigned char)*q) || strchr(".@-_", *q)); q++)
		;
	while (q[-1] == '.')
		q--;
	return q > p + 1 ? q : p;
}

/* The beginning of "mailto:" or "xmpp:" before an address that begins at p, or p. */
static const char *protocol_start(struct str text, size_t least, const char *p)
{
	static const struct str protocols[] = { { "mailto:", 7 }, { "xmpp:", 5 } };

	for (size_t i = 0; i < sizeof protocols / sizeof *protocols; i++) {
		const size_t n = protocols[i].n;
		if ((size_t)(p - text.p) >= least + n && memcmp(p - n, protocols[i].p, n) == 0 &&
		    ((size_t)(p - text.p) == n || !ascii_is_alnum((unsigned char)p[-(ptrdiff_t)n - 1])))
			return p - n;
	}
	return p;
}

/* At "@" of an address; least: how far back it may begin. */
static bool at_mail(struct arena *a, struct str text, size_t least, const char *p, struct autolink *out)
{
	const char *start = p, *end = text.p + text.n, *q = p + 1;
	int dots = 0;

	while (start > text.p + least && is_mail_char((unsigned char)start[-1]))
		start--;
	if (start == p || (start > text.p && start[-1] == '/'))
		return false;
	while (q < end && (ascii_is_alnum((unsigned char)*q) || *q == '-' || *q == '_' || *q == '.')) {
		dots += *q == '.' && q + 1 < end && ascii_is_alnum((unsigned char)q[1]);
		q++;
	}
	while (q > p + 1 && q[-1] == '.')
		q--;
	if (dots == 0 || q[-1] == '-' || q[-1] == '_' || q[-1] == '@')
		return false;
	const char *protocol = protocol_start(text, least, start);
	if (*protocol == 'x' && protocol < start)
		q = resource_end(q, end);
	out->from = (size_t)(protocol - text.p);
	out->to = (size_t)(q - text.p);
	out->url = str_slice(protocol, q);
	if (protocol < start)
		return true;
	char *url = arena_printf(a, "mailto:%.*s", (int)(q - start), start);
	out->url = url ? str_of(url) : STR_EMPTY;
	return url != NULL;
}

bool autolink_find(struct arena *a, struct str text, size_t pos, struct autolink *out)
{
	static const bool marks[256] = { [':'] = true, ['w'] = true, ['W'] = true, ['@'] = true };
	const char *end = text.p + text.n, *tried = text.p;

	for (const char *p = text.p + pos; p < end; p++) {
		if (!marks[(unsigned char)*p])
			continue;
		if (*p == ':' && end - p > 3 && p[1] == '/' && p[2] == '/' && at_scheme(text, pos, p, &tried, out))
			return true;
		if (*p != ':' && *p != '@' && end - p > 4 && str_eq_nocase((struct str){ p, 4 }, STR_LIT("www.")) &&
		    at_www(a, text, p, &tried, out))
			return true;
		if (*p == '@' && at_mail(a, text, pos, p, out))
			return true;
	}
	return false;
}
