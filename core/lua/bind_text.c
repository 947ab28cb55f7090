/*
 * bind_text.c - quern.text: text as readers see it.
 *
 * Characters are extended grapheme clusters: a Hangul syllable in pieces, an
 * emoji with modifiers, or a letter with marks counts as one.
 */
#include <lauxlib.h>
#include <limits.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "doc/write.h"
#include "lua/bind.h"
#include "lua/state.h"

static struct str check_str(lua_State *L, int arg)
{
	struct str s;
	s.p = luaL_checklstring(L, arg, &s.n);
	state_spend(L, 2 + s.n);
	return s;
}

static struct buf *scratch(lua_State *L)
{
	struct state *s = state_of(L);
	buf_clear(&s->scratch);
	return &s->scratch;
}

/* The next part of a long text, so that the clock is looked at in between.  False at the end. */
static bool next_part(lua_State *L, struct str *rest, struct str *part)
{
	const size_t n = text_part(*rest);
	*part = (struct str){ rest->p, n };
	*rest = (struct str){ rest->p + n, rest->n - n };
	/* One character without an end is one part. */
	budget_foresee(&state_of(L)->budget, 8 * n);
	state_spend(L, n);
	return n > 0;
}

static lua_Integer sum(lua_State *L, struct str s, size_t (*measure)(struct str))
{
	lua_Integer total = 0;
	for (struct str part; next_part(L, &s, &part);)
		total += (lua_Integer)measure(part);
	return total;
}

static int text_length_of(lua_State *L)
{
	lua_pushinteger(L, sum(L, check_str(L, 1), text_length));
	return 1;
}

static int text_width_of(lua_State *L)
{
	lua_pushinteger(L, sum(L, check_str(L, 1), text_width));
	return 1;
}

/* As text_offset. */
static size_t offset_of(lua_State *L, struct str s, size_t i)
{
	const char *start = s.p;
	for (struct str part; next_part(L, &s, &part);) {
		const size_t n = text_length(part);
		if (i < n)
			return (size_t)(part.p - start) + text_offset(part, i);
		i -= n;
	}
	return (size_t)(s.p - start);
}

/* As string.sub, in characters. */
static int text_sub(lua_State *L)
{
	struct str s = check_str(L, 1);
	lua_Integer from = luaL_checkinteger(L, 2), to = luaL_optinteger(L, 3, -1);
	if (from < 0 || to < 0) {
		lua_Integer n = sum(L, s, text_length);
		from = from < 0 ? (from < -n ? 1 : n + from + 1) : from;
		to = to < 0 ? (to < -n ? 0 : n + to + 1) : to;
	}
	if (from < 1)
		from = 1;
	if (to < from) {
		lua_pushliteral(L, "");
		return 1;
	}
	size_t start = offset_of(L, s, (size_t)from - 1);
	struct str rest = { s.p + start, s.n - start };
	size_t len = offset_of(L, rest, (size_t)(to - from) + 1);
	lua_pushlstring(L, rest.p, len);
	return 1;
}

/* Appends the pieces of the text to the list on top, which has n; returns how many it has now. */
static lua_Integer list_pieces(lua_State *L, struct str s, lua_Integer n,
			       bool (*next)(struct str, size_t *, struct str *))
{
	struct str piece;
	size_t pos = 0;
	while (next(s, &pos, &piece)) {
		state_spend(L, 5 + piece.n);
		lua_pushlstring(L, piece.p, piece.n);
		lua_rawseti(L, -2, ++n);
	}
	return n;
}

static int text_sentences(lua_State *L)
{
	struct str s = check_str(L, 1);
	/* It may be one without an end. */
	budget_foresee(&state_of(L)->budget, 8 * s.n);
	lua_newtable(L);
	list_pieces(L, s, 0, text_next_sentence);
	return 1;
}

/* As text_next_word, a window of the text at a time: what stands between two words may be endless. */
static bool next_word(lua_State *L, struct str s, size_t *pos, struct str *word)
{
	const size_t window = 4 * TEXT_WORD_MAX, margin = 16;

	for (;;) {
		const size_t from = *pos;
		struct str seen = { s.p, s.n - from > window ? from + window : s.n };
		while (seen.n < s.n && utf8_continues(s.p[seen.n]))
			seen.n--;
		if (!text_next_word(seen, pos, word)) {
			state_spend(L, *pos - from);
			if (seen.n == s.n)
				return false;
			continue;
		}
		state_spend(L, 1 + (*pos - from) / 16);
		if (seen.n == s.n || *pos + margin < seen.n)
			return true;
		/* It may go on behind the window, which begins with it then. */
		*pos = (size_t)(word->p - s.p);
		if (*pos == from)
			return text_next_word(s, pos, word);
	}
}

static int text_words(lua_State *L)
{
	struct str s = check_str(L, 1), word;
	size_t pos = 0;
	lua_newtable(L);
	for (lua_Integer n = 1; next_word(L, s, &pos, &word); n++) {
		state_spend(L, 5 + word.n);
		lua_pushlstring(L, word.p, word.n);
		lua_rawseti(L, -2, n);
	}
	return 1;
}

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The next piece between separators from *at on, without the blanks at its ends; false where there is none. */
static bool next_piece(struct str s, const bool separators[256], size_t *at, struct str *piece)
{
	for (size_t i = *at; i < s.n;) {
		while (i < s.n && (separators[(unsigned char)s.p[i]] || is_blank(s.p[i])))
			i++;
		const size_t from = i;
		while (i < s.n && !separators[(unsigned char)s.p[i]])
			i++;
		size_t to = i;
		while (to > from && is_blank(s.p[to - 1]))
			to--;
		*at = i;
		*piece = str_slice(s.p + from, s.p + to);
		if (to > from)
			return true;
	}
	return false;
}

/* set(s, separators): a list that is written as one text, as the keys of a table. */
static int text_set(lua_State *L)
{
	const struct str s = check_str(L, 1);
	struct str separators = { " \t\n\v\f\r", 6 }, piece;
	bool separates[256] = { false };
	int n = 0;
	if (!lua_isnoneornil(L, 2))
		separators = check_str(L, 2);
	for (size_t i = 0; i < separators.n; i++)
		separates[(unsigned char)separators.p[i]] = true;
	for (size_t at = 0; n < INT_MAX && next_piece(s, separates, &at, &piece);)
		n++;
	lua_createtable(L, 0, n);
	for (size_t at = 0; next_piece(s, separates, &at, &piece);) {
		state_spend(L, 10 + piece.n);
		lua_pushlstring(L, piece.p, piece.n);
		lua_pushboolean(L, true);
		lua_rawset(L, -3);
	}
	return 1;
}

/* As #words(s), without the list. */
static int text_word_count(lua_State *L)
{
	struct str s = check_str(L, 1), word;
	size_t pos = 0;
	lua_Integer n = 0;
	while (next_word(L, s, &pos, &word))
		n++;
	lua_pushinteger(L, n);
	return 1;
}

static int text_characters(lua_State *L)
{
	struct str s = check_str(L, 1);
	lua_Integer n = 0;
	lua_newtable(L);
	for (struct str part; next_part(L, &s, &part);)
		n = list_pieces(L, part, n, text_next_grapheme);
	return 1;
}

static int text_normalize_to(lua_State *L)
{
	static const char *const names[] = { "NFC", "NFD", "NFKC", "NFKD", NULL };
	static const enum text_form forms[] = { TEXT_NFC, TEXT_NFD, TEXT_NFKC, TEXT_NFKD };
	struct str s = check_str(L, 1);
	enum text_form form = forms[luaL_checkoption(L, 2, "NFC", names)];
	struct buf *out = scratch(L);
	for (struct str part; next_part(L, &s, &part);)
		if (!text_normalize(out, part, form))
			budget_kill(&state_of(L)->budget, QUERN_NOMEM);
	return bind_push_scratch(L);
}

static int changed(lua_State *L, bool (*change)(struct buf *, struct str))
{
	struct str s = check_str(L, 1);
	struct buf *out = scratch(L);
	for (struct str part; next_part(L, &s, &part);)
		if (!change(out, part))
			budget_kill(&state_of(L)->budget, QUERN_NOMEM);
	return bind_push_scratch(L);
}

static int text_fold_case(lua_State *L)
{
	return changed(L, text_fold);
}

static int text_to_upper(lua_State *L)
{
	return changed(L, text_upper);
}

static int text_to_lower(lua_State *L)
{
	return changed(L, text_lower);
}

static int text_squeeze_space(lua_State *L)
{
	struct str s = check_str(L, 1);
	struct text_squeezing between = { false, false };
	struct buf *out = scratch(L);
	for (struct str part; next_part(L, &s, &part);)
		text_squeeze_part(out, part, &between);
	return bind_push_scratch(L);
}

/* Unicode space off both ends. */
static int text_trimmed(lua_State *L)
{
	struct str s = text_trim(check_str(L, 1));
	lua_pushlstring(L, s.p, s.n);
	return 1;
}

/* ------------------------------------------------------------------- escape */

/*
 * An escape appends s[from, to) and may look at all of s; it returns where it
 * stopped: to, or a few bytes behind.  A long text is escaped in parts, so that
 * the clock is looked at in between.
 */
typedef size_t escape_fn(struct buf *out, struct str s, size_t from, size_t to);

static size_t escape_html(struct buf *out, struct str s, size_t from, size_t to)
{
	html_escape(out, str_slice(s.p + from, s.p + to));
	return to;
}

/* A sign before each byte of the set. */
static size_t escape_by(struct buf *out, struct str s, size_t from, size_t to, char sign, const char *set)
{
	for (size_t i = from; i < to; i++) {
		if (s.p[i] && strchr(set, s.p[i]))
			buf_addc(out, sign);
		buf_addc(out, s.p[i]);
	}
	return to;
}

/* What begins a block only at the start of a line: "1.", "+", "=", "~".  Where what follows it begins. */
static size_t escape_line_start(struct buf *out, struct str s, size_t at)
{
	size_t i = at;
	while (i < s.n && i - at < 10 && s.p[i] >= '0' && s.p[i] <= '9')
		i++;
	const size_t digits = i - at;
	bool ordered = digits > 0 && digits < 10 && i < s.n && (s.p[i] == '.' || s.p[i] == ')');
	bool mark = digits == 0 && i < s.n && strchr("+-=~", s.p[i]);
	if (!ordered && !mark)
		return at;
	buf_add(out, s.p + at, digits);
	buf_addc(out, '\\');
	buf_addc(out, s.p[i]);
	return i + 1;
}

static size_t escape_markdown(struct buf *out, struct str s, size_t from, size_t to)
{
	while (from < to) {
		if (from == 0 || s.p[from - 1] == '\n')
			from = escape_line_start(out, s, from);
		if (from >= to)
			break;
		const char *end = memchr(s.p + from, '\n', to - from);
		from = escape_by(out, s, from, end ? (size_t)(end - s.p) + 1 : to, '\\', "\\`*_[]<>#|&!~$");
	}
	return from;
}

static bool csv_is_quoted(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '"' || s.p[i] == ',' || s.p[i] == '\n' || s.p[i] == '\r')
			return true;
	return s.p[0] == ' ' || s.p[s.n - 1] == ' ';
}

/* RFC 4180; a cell that a spreadsheet would take for a formula is not altered. */
static size_t escape_csv(struct buf *out, struct str s, size_t from, size_t to)
{
	if (from == 0 && csv_is_quoted(s))
		buf_addc(out, '"');
	escape_by(out, s, from, to, '"', "\"");
	/* What is not quoted begins with no quotation mark. */
	if (to == s.n && out->n && out->p[0] == '"')
		buf_addc(out, '"');
	return to;
}

/* RFC 5545 TEXT. */
static size_t escape_ics(struct buf *out, struct str s, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		char c = s.p[i];
		if (c == '\r' && i + 1 < s.n && s.p[i + 1] == '\n')
			continue;
		if (c == '\n' || c == '\r') {
			buf_addz(out, "\\n");
			continue;
		}
		if (c == '\\' || c == ';' || c == ',')
			buf_addc(out, '\\');
		if ((unsigned char)c >= 0x20 || c == '\t')
			buf_addc(out, c);
	}
	return to;
}

static size_t escape_url(struct buf *out, struct str s, size_t from, size_t to)
{
	static const char hex[] = "0123456789ABCDEF";
	for (size_t i = from; i < to; i++) {
		unsigned char c = (unsigned char)s.p[i];
		bool safe = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
			    (c && strchr("-._~", c));
		if (safe) {
			buf_addc(out, (char)c);
		} else {
			buf_addc(out, '%');
			buf_addc(out, hex[c >> 4]);
			buf_addc(out, hex[c & 15]);
		}
	}
	return to;
}

static size_t escape_tsv(struct buf *out, struct str s, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		char c = s.p[i];
		const char *as = c == '\t' ? "\\t" : c == '\n' ? "\\n" : c == '\r' ? "\\r" : c == '\\' ? "\\\\" : NULL;
		if (as)
			buf_addz(out, as);
		else
			buf_addc(out, c);
	}
	return to;
}

/* Every character that means something to Lua's patterns. */
static size_t escape_pattern(struct buf *out, struct str s, size_t from, size_t to)
{
	return escape_by(out, s, from, to, '%', "^$()%.[]*+-?");
}

static int text_escape(lua_State *L)
{
	static const char *const names[] = { "html", "xml", "markdown", "csv", "tsv", "ics", "url", "pattern", NULL };
	static escape_fn *const escapes[] = { escape_html, escape_html, escape_markdown, escape_csv,
					      escape_tsv,  escape_ics,  escape_url,      escape_pattern };
	const size_t most = 65536;
	struct str s = check_str(L, 1);
	int format = luaL_checkoption(L, 2, "html", names);
	struct buf *out = scratch(L);
	for (size_t at = 0, from = 0; at < s.n; from = at) {
		at = escapes[format](out, s, from, s.n - from > most ? from + most : s.n);
		state_spend(L, at - from);
	}
	return bind_push_scratch(L);
}

void bind_text_open(lua_State *L)
{
	static const luaL_Reg functions[] = {
		{ "length", text_length_of },
		{ "width", text_width_of },
		{ "sub", text_sub },
		{ "characters", text_characters },
		{ "words", text_words },
		{ "set", text_set },
		{ "word_count", text_word_count },
		{ "sentences", text_sentences },
		{ "normalize", text_normalize_to },
		{ "fold", text_fold_case },
		{ "upper", text_to_upper },
		{ "lower", text_to_lower },
		{ "squeeze", text_squeeze_space },
		{ "trim", text_trimmed },
		{ "escape", text_escape },
		{ "finder", bind_finder },
		{ "capitals", bind_capitals },
		{ "sequence", bind_sequence },
		{ "rank", bind_rank },
		{ NULL, NULL },
	};
	luaL_newlib(L, functions);
}
