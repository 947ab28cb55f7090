/*
 * text_sentence.c - sentences of Korean and English prose.
 *
 * Provides text_next_sentence to summaries.  Each terminator is judged by the
 * few characters around it (the rules are in text.h); no dictionary, no
 * state between calls.  A bracket or quotation is looked through at most
 * GROUP_MAX bytes ahead, so that an unclosed one neither swallows a document nor costs
 * more than linear time.
 */
#include "base/text_sentence.h"

#include "base/bytes.h"
#include "base/text.h"
#include "base/text_plain.h"
#include "base/utf8.h"

#define GROUP_MAX 400

/* A search for the end of one sentence. */
struct scan {
	const char *start, *end;
	const char *group_end;   /* behind the bracket that closes the group being read; start: none */
	const char *blind_until; /* brackets before it are known not to close in time */
	bool seen;               /* something that is neither space nor punctuation */
};

/* A run of terminators. */
struct stop {
	const char *from, *to;
	unsigned dots;
	bool mark; /* ! or ? is among them */
	bool wide; /* a full-width form is, which needs no space behind it */
};

/* As utf8_decode, at once where it is ASCII. */
static size_t read_char(const char *p, const char *end, uint32_t *cp)
{
	if ((unsigned char)*p >= 0x80)
		return utf8_decode(p, end, cp);
	*cp = (unsigned char)*p;
	return 1;
}

/* ------------------------------------------------------- kinds of characters */

static bool is_ellipsis(uint32_t cp)
{
	return cp == 0x2026 || cp == 0x2025;
}

static bool is_wide_stop(uint32_t cp)
{
	return cp == 0x3002 || cp == 0xFF61 || cp == 0xFF01 || cp == 0xFF1F;
}

static bool is_mark(uint32_t cp)
{
	return cp == '!' || cp == '?' || (cp >= 0x2047 && cp <= 0x2049) || cp == 0x203C;
}

static bool is_dot(uint32_t cp)
{
	return cp == '.' || cp == 0xFF0E;
}

static bool is_terminator(uint32_t cp)
{
	return is_dot(cp) || is_mark(cp) || is_ellipsis(cp) || is_wide_stop(cp);
}

/* The bracket or double quote that closes what cp opens; 0 when it opens nothing. */
static uint32_t closing_of(uint32_t cp)
{
	switch (cp) {
	case '(':
		return ')';
	case '[':
	case '{':
		return cp + 2;
	case '"':
		return '"';
	case 0x201C: /* curly quotes */
		return 0x201D;
	case 0xFF08: /* full-width ( */
		return 0xFF09;
	case 0xFF3B: /* full-width [ and { */
	case 0xFF5B:
		return cp + 2;
	case 0x3008: /* the CJK brackets come in pairs */
	case 0x300A:
	case 0x300C:
	case 0x300E:
	case 0x3010:
	case 0x3014:
		return cp + 1;
	default:
		return 0;
	}
}

bool text_is_opener(uint32_t cp)
{
	return closing_of(cp) != 0 || cp == '\'' || cp == 0x2018 || cp == 0xAB;
}

static bool is_closing_quote(uint32_t cp)
{
	return cp == '"' || cp == '\'' || cp == 0x201D || cp == 0x2019 || cp == 0xBB || cp == 0x300D || cp == 0x300F;
}

static bool is_closing_bracket(uint32_t cp)
{
	return cp == ')' || cp == ']' || cp == '}' || cp == 0xFF09 || cp == 0xFF3D || cp == 0xFF5D || cp == 0x3009 ||
	       cp == 0x300B || cp == 0x3011 || cp == 0x3015;
}

/* Emoji and what modifies them: they belong to the sentence they are glued to. */
static bool is_emoji(uint32_t cp)
{
	return (cp >= 0x1F000 && cp <= 0x1FAFF) || (cp >= 0x2600 && cp <= 0x27BF) || cp == 0x200D || cp == 0xFE0F;
}

/* Syllables that a Korean sentence ends with. */
static bool is_final_syllable(uint32_t cp)
{
	return cp == 0xB2E4 || cp == 0xC694 || cp == 0xC8E0 || cp == 0xAE4C; /* da, yo, jyo, kka */
}

/* ------------------------------------------------------------ looking around */

/* Skips white space; *lines counts the line ends in it. */
static const char *skip_space(const char *p, const char *end, unsigned *lines)
{
	uint32_t cp;

	*lines = 0;
	while (p < end) {
		size_t length = read_char(p, end, &cp);

		if (!text_is_space(cp))
			break;
		if (cp == '\n' && *lines < 2)
			++*lines;
		if (cp == 0x2029)
			*lines = 2;
		p += length;
	}
	return p;
}

/* The character before p; a space at the start. */
static uint32_t char_before(const char *start, const char *p)
{
	uint32_t cp = ' ';

	if (p > start)
		utf8_decode(utf8_prev(start, p), p, &cp);
	return cp;
}

static struct stop read_stop(const char *p, const char *end)
{
	struct stop stop = { .from = p };
	uint32_t cp;

	while (p < end) {
		size_t length = read_char(p, end, &cp);

		if (!is_terminator(cp))
			break;
		stop.dots += is_ellipsis(cp) ? 2 : is_dot(cp);
		stop.mark = stop.mark || is_mark(cp);
		stop.wide = stop.wide || is_wide_stop(cp);
		p += length;
	}
	stop.to = p;
	return stop;
}

/* The end of a footnote mark such as [1] or [^12] at p, or p. */
static const char *skip_footnote(const char *p, const char *end)
{
	const char *q = p;

	if (q == end || *q != '[')
		return p;
	q++;
	if (q < end && *q == '^')
		q++;
	if (q == end || *q < '0' || *q > '9')
		return p;
	while (q < end && q - p < 6 && *q >= '0' && *q <= '9')
		q++;
	return q < end && *q == ']' ? q + 1 : p;
}

/* Closing quotes and brackets, footnote marks and emoji glued to a terminator. */
static const char *skip_closers(const char *p, const char *end, struct text_after *after)
{
	uint32_t cp;

	while (p < end) {
		const char *note = skip_footnote(p, end);
		size_t length;

		if (note > p) {
			p = note;
			continue;
		}
		length = read_char(p, end, &cp);
		if (is_closing_quote(cp))
			after->quoted = after->closed = true;
		else if (is_closing_bracket(cp))
			after->closed = true;
		else if (!is_emoji(cp))
			break;
		p += length;
	}
	return p;
}

/* -------------------------------------------------------------------- groups */

/* Behind what closes the group opened at p; NULL, and *stopped where the search ended, when nothing does. */
static const char *find_group_end(const char *p, const char *end, uint32_t open, const char **stopped)
{
	const uint32_t close = closing_of(open);
	const char *limit = end - p > GROUP_MAX ? p + GROUP_MAX : end;
	unsigned depth = 1, lines;
	uint32_t cp;

	p += read_char(p, end, &cp);
	while (p < limit) {
		size_t length = read_char(p, end, &cp);

		if (cp == close && --depth == 0)
			return p + length;
		if (cp == open)
			depth++;
		if (cp == '\n' && skip_space(p, limit, &lines) && lines > 1)
			break;
		p += length;
	}
	*stopped = p;
	return NULL;
}

/* Notes the group that cp at p opens, if it does. */
static void enter_group(struct scan *sc, const char *p, uint32_t cp)
{
	const char *stopped = p, *close;
	uint32_t before;

	if (p < sc->group_end || p < sc->blind_until || closing_of(cp) == 0)
		return;
	if (cp == '"') {
		before = char_before(sc->start, p);
		if (!text_is_space(before) && !text_is_opener(before))
			return;
	}
	close = find_group_end(p, sc->end, cp, &stopped);
	if (close)
		sc->group_end = close;
	else
		sc->blind_until = stopped;
}

/* -------------------------------------------------------------------- rules */

/* Particles by which a Korean sentence goes on after a quotation. */
static bool is_quotative(const char *p, const char *end)
{
	static const char *const list[] = { "라고",   "라는",   "라며",   "라면서", "라던", "라 ",
					    "이라고", "이라는", "이라며", "하고 ",  "하며", "하면서",
					    "하는",   "고 ",    "는 ",    "란 ",    NULL };
	struct str rest = str_slice(p, end);

	for (const char *const *particle = list; *particle; particle++) {
		if (str_starts(rest, str_of(*particle)))
			return true;
	}
	return false;
}

/* No space behind the terminator: only full-width forms end a sentence, and Korean endings written together. */
static bool ends_glued(const struct scan *sc, const struct stop *stop, const struct text_after *after)
{
	uint32_t last = char_before(sc->start, stop->from);

	if (!text_is_hangul(after->cp) && text_is_lower(after->cp))
		return false;
	if (stop->wide)
		return !after->quoted;
	if (stop->dots != 1 || stop->mark || after->closed || !text_is_hangul(after->cp) || !is_final_syllable(last))
		return false;
	/* "da." alone is an item of a Korean list, not the end of a verb. */
	return text_is_hangul(char_before(sc->start, utf8_prev(sc->start, stop->from)));
}

static bool ends_spaced(const struct scan *sc, const struct stop *stop, const struct text_after *after)
{
	bool korean = is_final_syllable(char_before(sc->start, stop->from));

	if (is_terminator(after->cp))
		return false;
	if (!text_is_hangul(after->cp) && text_is_lower(after->cp))
		return korean;
	if (after->quoted && is_quotative(after->p, after->end))
		return false;
	if (stop->mark || stop->wide)
		return true;
	if (stop->dots > 1)
		return korean || text_is_letter(after->cp) || text_is_opener(after->cp);
	return text_dot_ends(sc->start, stop->from, after);
}

/* Whether the sentence ends with the terminators at p; *next is where it ends or reading goes on. */
static bool ends_at(const struct scan *sc, const char *p, const char **next)
{
	struct stop stop = read_stop(p, sc->end);
	struct text_after after = { .end = sc->end };
	const char *behind = skip_closers(stop.to, sc->end, &after);
	unsigned lines;

	*next = behind;
	if (behind < sc->group_end || !sc->seen)
		return false;
	after.p = skip_space(behind, sc->end, &lines);
	if (after.p == sc->end || lines > 1)
		return true;
	utf8_decode(after.p, sc->end, &after.cp);
	return after.p == behind ? ends_glued(sc, &stop, &after) : ends_spaced(sc, &stop, &after);
}

/*
 * The first bytes of all characters that may end a sentence, open a group or break a line, but for those of E3 80, and of
 * others: white space but ' ', . ! ? ( [ { ", and C2 (no-break space), E1, E2 and EF (quotes, ellipsis, full-width forms).
 */
static const struct bytes_set marks = {
	.low = { [0x1] = 0x14,
		 [0x2] = 0x54,
		 [0x8] = 0x04,
		 [0x9] = 0x01,
		 [0xA] = 0x01,
		 [0xB] = 0xA1,
		 [0xC] = 0x01,
		 [0xD] = 0x01,
		 [0xE] = 0x04,
		 [0xF] = 0x18 },
	.high = { [0x0] = 0x01, [0x2] = 0x04, [0x3] = 0x08, [0x5] = 0x20, [0x7] = 0x80, [0xC] = 0x40, [0xE] = 0x10 },
};

/* The first space or punctuation of East Asia (E3 80) in [p, end), or end. */
static const char *find_wide_mark(const char *p, const char *end)
{
	const char *from = p;

	while (p < end && (p = memchr(p, 0x80, (size_t)(end - p)))) {
		if (p > from && (unsigned char)p[-1] == 0xE3)
			return p - 1;
		p++;
	}
	return end;
}

/* Where the next mark stands, when something was seen before it or is at p; p when nothing was. */
static const char *skip_inert(const char *p, const char *end, bool *seen)
{
	*seen = *seen || plain_is_digit(*p) || plain_letter(p, end);
	return *seen ? find_wide_mark(p, bytes_find_set(p, end, &marks)) : p;
}

static const char *drop_spaces(const char *start, const char *p)
{
	while (p > start && p[-1] == ' ')
		p--;
	return p;
}

/* The end of the sentence that begins at start, a character that is no space. */
static const char *find_end(const char *start, const char *end)
{
	struct scan sc = { start, end, start, start, false };
	const char *p = start, *next;
	unsigned lines;
	uint32_t cp;

	while (p < end) {
		size_t length;

		p = skip_inert(p, end, &sc.seen);
		if (p == end)
			break;
		length = read_char(p, end, &cp);
		if (text_is_space(cp)) {
			next = skip_space(p, end, &lines);
			if (next == end || lines > 1)
				return drop_spaces(start, p);
			p = next;
			continue;
		}
		if (is_terminator(cp)) {
			if (ends_at(&sc, p, &next))
				return next;
			p = next;
			continue;
		}
		enter_group(&sc, p, cp);
		sc.seen = sc.seen || is_emoji(cp) || !text_is_punct(cp);
		p += length;
	}
	return drop_spaces(start, end);
}

bool text_next_sentence(struct str s, size_t *pos, struct str *out)
{
	const char *start, *end;
	unsigned lines;

	if (*pos >= s.n)
		return false;
	end = s.p + s.n;
	start = skip_space(s.p + *pos, end, &lines);
	*pos = s.n;
	if (start == end)
		return false;
	if ((size_t)(end - start) > TEXT_SENTENCE_MAX) {
		end = start + TEXT_SENTENCE_MAX;
		while (utf8_continues(*end) && end > start + 1)
			end--;
	}
	*out = str_slice(start, find_end(start, end));
	*pos = (size_t)(out->p + out->n - s.p);
	return true;
}
