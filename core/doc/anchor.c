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

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

/* The same of ASCII, in one pass. */
static struct str make_name_ascii(struct arena *arena, struct str text)
{
	char *name = arena_alloc(arena, text.n + 1);
	size_t n = 0;

	if (!name)
		return (struct str){ NULL, 0 };
	for (size_t i = 0; i < text.n; i++) {
		const char c = text.p[i];
		if (c == ' ' || c == '-')
			name[n++] = '-';
		else if (c >= 'A' && c <= 'Z')
			name[n++] = (char)(c - 'A' + 'a');
		else if (ascii_is_alnum(c) || c == '_')
			name[n++] = c;
	}
	name[n] = '\0';
	return (struct str){ name, n };
}

/* The name of this text, others not considered. */
static struct str make_name(struct arena *arena, struct str text)
{
	struct str name = { NULL, 0 };
	struct buf lower, kept;

	if (is_ascii(text))
		return make_name_ascii(arena, text);
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
