/*
 * anchor.c - see anchor.h.
 */
#include "doc/anchor.h"

#include "base/ascii.h"
#include "base/buf.h"
#include "base/text.h"
#include "base/utf8.h"

void anchors_init(struct anchors *anchors, struct arena *arena)
{
	*anchors = (struct anchors){ arena, value_map() };
}

/* Connector punctuation (Pc), and the letters among the enclosed signs. */
static bool is_word_sign(uint32_t cp)
{
	return cp == '_' || cp == 0x203F || cp == 0x2040 || cp == 0x2054 || cp == 0xFE33 || cp == 0xFE34 ||
	       (cp >= 0xFE4D && cp <= 0xFE4F) || cp == 0xFF3F || (cp >= 0x24B6 && cp <= 0x24E9);
}

static void add_kept(struct buf *out, struct str lower)
{
	const char *end = lower.p + lower.n;

	for (const char *p = lower.p; p < end;) {
		uint32_t cp;
		const size_t n = utf8_decode(p, end, &cp);
		if (cp == ' ')
			buf_addc(out, '-');
		else if (cp == '-' || text_is_letter(cp) || text_is_digit(cp) || is_word_sign(cp))
			buf_add(out, p, n);
		p += n;
	}
}

/* Letters without case, as utf8proc has them: Hangul syllables, Han, kana. */
static bool is_caseless_letter(uint32_t cp)
{
	return (cp >= 0xAC00 && cp <= 0xD7A3) || (cp >= 0x4E00 && cp <= 0x9FA5) || (cp >= 0x3041 && cp <= 0x3096) ||
	       (cp >= 0x30A1 && cp <= 0x30FA);
}

/* The same, in one pass, of ASCII and letters without case.  False: there is something else. */
static bool add_simple(char *name, size_t *len, struct str text)
{
	const char *p = text.p, *end = text.p + text.n;
	size_t n = 0;

	while (p < end) {
		const char c = *p;
		if ((unsigned char)c >= 0x80) {
			uint32_t cp;
			const size_t length = utf8_decode(p, end, &cp);
			if (!is_caseless_letter(cp))
				return false;
			memcpy(name + n, p, length);
			n += length;
			p += length;
			continue;
		}
		p++;
		if (c == ' ' || c == '-')
			name[n++] = '-';
		else if (c >= 'A' && c <= 'Z')
			name[n++] = (char)(c - 'A' + 'a');
		else if (ascii_is_alnum(c) || c == '_')
			name[n++] = c;
	}
	name[n] = '\0';
	*len = n;
	return true;
}

/* The name of this text, others not considered. */
static struct str make_name(struct arena *arena, struct str text)
{
	struct str name = { NULL, 0 };
	struct buf lower, kept;
	char *simple;

	name.p = simple = arena_alloc(arena, text.n + 1);
	if (!simple || add_simple(simple, &name.n, text))
		return name;
	name = (struct str){ NULL, 0 };
	buf_init(&lower, arena->heap, 0);
	buf_init(&kept, arena->heap, 0);
	if (text_lower(&lower, text)) {
		add_kept(&kept, buf_str(&lower));
		if (buf_ok(&kept))
			name = arena_str(arena, buf_str(&kept));
	}
	buf_release(&lower);
	buf_release(&kept);
	return name;
}

static bool put(struct anchors *anchors, struct str name, int64_t uses)
{
	return name.p && value_set(anchors->arena, &anchors->uses, name, value_int(uses));
}

struct str anchors_next(struct anchors *anchors, struct str text)
{
	const struct str base = make_name(anchors->arena, text), none = { NULL, 0 };
	const struct value *taken = base.p ? value_get(&anchors->uses, base) : NULL;
	int64_t uses = taken ? taken->as.integer : 0;
	struct str name = base;

	if (name.p && !taken)
		return put(anchors, name, 0) ? name : none;
	while (name.p && value_get(&anchors->uses, name)) {
		char *numbered = arena_printf(anchors->arena, "%.*s-%lld", (int)base.n, base.p, (long long)++uses);
		name = numbered ? str_of(numbered) : none;
	}
	if (!name.p || (taken && !put(anchors, base, uses)) || !put(anchors, name, 0))
		return none;
	return name;
}
