/*
 * guard_format.c - string.format.
 *
 * Numbers go through snprintf, under the C locale that every call of a plugin
 * runs in; strings through our own tostring, so that no address is shown.
 */
#include <lauxlib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "lua/guard.h"
#include "lua/state.h"

#define SPEC_MAX 32
#define ITEM_MAX 420 /* "%99.99f" of the largest double */

struct spec {
	char text[SPEC_MAX]; /* with the '%', for snprintf */
	size_t n;
	char conversion;
};

static const char *skip_digits(const char *p, const char *end, int most)
{
	while (most-- > 0 && p < end && *p >= '0' && *p <= '9')
		p++;
	return p;
}

static _Noreturn void bad_spec(lua_State *L, const char *from, const char *end, bool too_long)
{
	if (too_long)
		luaL_error(L, "invalid format string to 'format'");
	lua_pushlstring(L, from, (size_t)(end - from));
	luaL_error(L, "invalid conversion '%%%s' to 'format'", lua_tostring(L, -1));
	__builtin_unreachable();
}

/* The flags each conversion takes, and whether it takes a precision. NULL: no such conversion. */
static const char *flags_of(char conversion, bool *precision)
{
	*precision = true;
	switch (conversion) {
	case 'd':
	case 'i':
		return "-+0 ";
	case 'u':
		return "-0";
	case 'o':
	case 'x':
	case 'X':
		return "-#0";
	case 'a':
	case 'A':
	case 'f':
	case 'e':
	case 'E':
	case 'g':
	case 'G':
		return "-+#0 ";
	case 's':
		return "-";
	case 'c':
	case 'p':
		*precision = false;
		return "-";
	default:
		return NULL;
	}
}

static bool in_modifier(char c)
{
	static const char modifier[256] = {
		['-'] = 1, ['+'] = 1, ['#'] = 1, [' '] = 1, ['.'] = 1, ['0'] = 1, ['1'] = 1, ['2'] = 1,
		['3'] = 1, ['4'] = 1, ['5'] = 1, ['6'] = 1, ['7'] = 1, ['8'] = 1, ['9'] = 1
	};
	return modifier[(unsigned char)c];
}

/* p just after '%'. Returns what follows the conversion. */
static const char *spec_read(lua_State *L, struct spec *spec, const char *p, const char *end)
{
	const char *from = p;
	while (p < end && in_modifier(*p))
		p++;
	if ((size_t)(p - from) >= 22)
		bad_spec(L, from, p, true);
	spec->conversion = p < end ? *p : '\0';
	const char *stop = p < end ? p + 1 : p;
	bool precision;
	const char *flags = flags_of(spec->conversion, &precision);
	if (spec->conversion == 'q' && p != from)
		luaL_error(L, "specifier '%%q' cannot have modifiers");
	if (!flags && spec->conversion != 'q')
		bad_spec(L, from, stop, false);
	const char *check = from;
	while (flags && check < p && strchr(flags, *check))
		check++;
	if (check < p && *check != '0') {
		check = skip_digits(check, p, 2);
		if (check < p && *check == '.' && precision)
			check = skip_digits(check + 1, p, 2);
	}
	if (check != p)
		bad_spec(L, from, stop, false);
	spec->text[0] = '%';
	memcpy(spec->text + 1, from, (size_t)(p - from));
	spec->n = 1 + (size_t)(p - from);
	spec->text[spec->n] = '\0';
	return stop;
}

static void spec_end(struct spec *spec, const char *conversion)
{
	memcpy(spec->text + spec->n, conversion, strlen(conversion) + 1);
}

/* The format is checked above: flags, two digits, two digits. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

/* "%d" as it mostly is: with nothing between. */
static void add_decimal(struct guard_buf *b, lua_Integer i)
{
	char digits[24], *p = digits + sizeof digits;
	lua_Unsigned left = i < 0 ? 0 - (lua_Unsigned)i : (lua_Unsigned)i;
	do {
		*--p = (char)('0' + left % 10);
	} while (left /= 10);
	if (i < 0)
		*--p = '-';
	guard_buf_add(b, p, (size_t)(digits + sizeof digits - p));
}

static void add_integer(struct guard_buf *b, struct spec *spec, lua_Integer i)
{
	if (spec->n == 1 && spec->conversion == 'd') {
		add_decimal(b, i);
		return;
	}
	char conversion[4] = { 'l', 'l', spec->conversion, '\0' };
	spec_end(spec, conversion);
	char item[ITEM_MAX];
	guard_buf_add(b, item, (size_t)snprintf(item, sizeof item, spec->text, (long long)i));
}

static void add_number(struct guard_buf *b, struct spec *spec, lua_Number d)
{
	char conversion[2] = { spec->conversion, '\0' };
	spec_end(spec, conversion);
	char item[ITEM_MAX];
	guard_buf_add(b, item, (size_t)snprintf(item, sizeof item, spec->text, d));
}

static void add_char(struct guard_buf *b, struct spec *spec, int c)
{
	spec_end(spec, "c");
	char item[ITEM_MAX];
	guard_buf_add(b, item, (size_t)snprintf(item, sizeof item, spec->text, c));
}

static void add_text(struct guard_buf *b, struct spec *spec, int arg, const char *s, size_t n)
{
	bool plain = spec->n == 1;
	luaL_argcheck(b->L, plain || n == strlen(s), arg, "string contains zeros");
	if (plain || (!strchr(spec->text, '.') && n >= 100)) {
		guard_buf_add(b, s, n);
		return;
	}
	spec_end(spec, "s");
	char item[ITEM_MAX];
	guard_buf_add(b, item, (size_t)snprintf(item, sizeof item, spec->text, s));
}

#pragma GCC diagnostic pop

static bool needs_quoting(unsigned char c)
{
	return c < 32 || c == '"' || c == '\\' || c == 127;
}

/* One byte that cannot stand for itself. */
static void quote_byte(struct guard_buf *b, unsigned char c, bool digit_next)
{
	char *p = guard_buf_reserve(b, 8);
	if (c == '"' || c == '\\' || c == '\n') {
		p[0] = '\\';
		p[1] = (char)c;
		b->n += 2;
	} else {
		b->n += (size_t)snprintf(p, 8, digit_next ? "\\%03d" : "\\%d", c);
	}
}

static void quote_string(struct guard_buf *b, const char *s, size_t n)
{
	guard_buf_add(b, "\"", 1);
	for (size_t i = 0; i < n;) {
		size_t from = i, most = n - i < 4096 ? n : i + 4096;
		while (i < most && !needs_quoting((unsigned char)s[i]))
			i++;
		guard_buf_add(b, s + from, i - from);
		budget_spend(b->budget, 1 + (i - from) / 8);
		if (i == most)
			continue;
		quote_byte(b, (unsigned char)s[i], i + 1 < n && s[i + 1] >= '0' && s[i + 1] <= '9');
		budget_spend(b->budget, 4);
		i++;
	}
	guard_buf_add(b, "\"", 1);
}

static void quote_number(struct guard_buf *b, int arg)
{
	lua_State *L = b->L;
	char text[64];
	if (lua_isinteger(L, arg)) {
		lua_Integer i = lua_tointeger(L, arg);
		snprintf(text, sizeof text, i == LUA_MININTEGER ? "0x%llx" : "%lld", (long long)i);
	} else {
		lua_Number d = lua_tonumber(L, arg);
		if (isinf(d))
			snprintf(text, sizeof text, d > 0 ? "1e9999" : "-1e9999");
		else if (isnan(d))
			snprintf(text, sizeof text, "(0/0)");
		else
			snprintf(text, sizeof text, "%a", d);
	}
	guard_buf_add(b, text, strlen(text));
}

static void add_quoted(struct guard_buf *b, int arg)
{
	lua_State *L = b->L;
	size_t n;
	const char *s;
	switch (lua_type(L, arg)) {
	case LUA_TSTRING:
		s = lua_tolstring(L, arg, &n);
		quote_string(b, s, n);
		break;
	case LUA_TNUMBER:
		quote_number(b, arg);
		break;
	case LUA_TNIL:
	case LUA_TBOOLEAN:
		s = guard_tostring(L, arg, &n);
		guard_buf_add(b, s, n);
		lua_pop(L, 1);
		break;
	default:
		luaL_argerror(L, arg, "value has no literal form");
	}
}

static void add_item(struct guard_buf *b, struct spec *spec, int arg)
{
	lua_State *L = b->L;
	size_t n;
	const char *s;
	/* It may be read as a number, or to its end, for very little of it. */
	if (lua_type(L, arg) == LUA_TSTRING && lua_rawlen(L, arg) >= ITEM_MAX)
		budget_spend(b->budget, lua_rawlen(L, arg) / 16);
	switch (spec->conversion) {
	case 'c':
		add_char(b, spec, (int)luaL_checkinteger(L, arg));
		break;
	case 'd':
	case 'i':
	case 'u':
	case 'o':
	case 'x':
	case 'X':
		add_integer(b, spec, luaL_checkinteger(L, arg));
		break;
	case 'q':
		add_quoted(b, arg);
		break;
	case 'p':
		/* An address would make results differ from run to run. */
		add_text(b, spec, arg, lua_topointer(L, arg) ? luaL_typename(L, arg) : "(null)",
			 strlen(lua_topointer(L, arg) ? luaL_typename(L, arg) : "(null)"));
		break;
	case 's':
		s = guard_tostring(L, arg, &n);
		add_text(b, spec, arg, s, n);
		lua_pop(L, 1);
		break;
	default:
		add_number(b, spec, luaL_checknumber(L, arg));
	}
}

static int string_format(lua_State *L)
{
	size_t n;
	const char *p = luaL_checklstring(L, 1, &n);
	const char *end = p + n;
	int top = lua_gettop(L), arg = 1;
	struct guard_buf b;
	guard_buf_init(&b, L);
	while (p < end) {
		const char *percent = memchr(p, '%', (size_t)(end - p));
		guard_buf_add(&b, p, (size_t)((percent ? percent : end) - p));
		if (!percent)
			break;
		p = percent + 1;
		if (p < end && *p == '%') {
			guard_buf_add(&b, p++, 1);
			continue;
		}
		struct spec spec;
		if (++arg > top)
			return luaL_argerror(L, arg, "no value");
		p = spec_read(L, &spec, p, end);
		add_item(&b, &spec, arg);
		budget_spend(b.budget, 10);
	}
	guard_buf_push(&b);
	return 1;
}

void guard_install_format(lua_State *L)
{
	lua_pushcfunction(L, string_format);
	lua_setfield(L, -2, "format");
}
