/*
 * error.c - what a failed call tells its host.
 *
 * The handler runs where the error was raised, so it can still see the
 * stack; it writes straight into the caller's quern_error, bounded, without
 * allocating.  Lua puts "chunk:line:" in front of messages; that prefix is
 * taken off again and becomes path and line.
 */
#include "lua/error.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "lua/state.h"

#define TRACE_FRAMES 12
/* A call stack that is no accident of a program that works. */
#define DEEP_FRAMES 50000

void error_copy(char *to, size_t size, struct str from)
{
	size_t n = 0;
	/* Of what is far longer than there is room for the end is not seen. */
	const char *p = from.p, *end = from.p + (from.n < 8 * size ? from.n : 8 * size);
	while (end > from.p && (end[-1] == '\n' || end[-1] == '\r'))
		end--;
	while (p < end) {
		uint32_t cp;
		char piece[8];
		size_t len = utf8_decode(p, end, &cp);
		size_t out;
		if ((cp < 0x20 && cp != '\n' && cp != '\t') || (cp >= 0x7F && cp < 0xA0))
			out = (size_t)snprintf(piece, sizeof piece, "\\x%02X", (unsigned)cp);
		else
			out = utf8_encode(cp, piece);
		if (n + out >= size)
			break;
		memcpy(to + n, piece, out);
		n += out;
		p += len;
	}
	to[n] = '\0';
}

static void error_place(quern_error *e, const char *path, size_t len, uint32_t line)
{
	error_copy(e->path, sizeof e->path, (struct str){ path, len });
	e->line = line;
}

void error_fill(quern_error *e, quern_code code, const char *path, uint32_t line, const char *hint, const char *format,
		...)
{
	char message[2 * sizeof e->message];
	va_list args;
	va_start(args, format);
	vsnprintf(message, sizeof message, format, args);
	va_end(args);
	memset(e, 0, sizeof *e);
	e->code = code;
	error_copy(e->message, sizeof e->message, str_of(message));
	error_copy(e->hint, sizeof e->hint, str_of(hint ? hint : ""));
	if (path)
		error_place(e, path, strlen(path), line);
}

/* ------------------------------------------------------------------ places */

/* "prefix:12: rest": moves *message to the rest. 0 if it does not begin so. */
static uint32_t take_prefix(struct str *message, struct str prefix)
{
	struct str m = *message;
	if (!str_starts(m, prefix) || m.n <= prefix.n || m.p[prefix.n] != ':')
		return 0;
	uint64_t line = 0;
	size_t i = prefix.n + 1;
	for (; i < m.n && m.p[i] >= '0' && m.p[i] <= '9' && line < UINT32_MAX / 10; i++)
		line = line * 10 + (uint64_t)(m.p[i] - '0');
	if (i == prefix.n + 1 || i >= m.n || m.p[i] != ':')
		return 0;
	i += i + 1 < m.n && m.p[i + 1] == ' ' ? 2 : 1;
	*message = (struct str){ m.p + i, m.n - i };
	return (uint32_t)line;
}

/* Lua shortens long chunk names to their tail. */
static struct str short_name(const char *path, char *out, size_t size)
{
	size_t n = strlen(path);
	if (n < LUA_IDSIZE)
		return (struct str){ path, n };
	snprintf(out, size, "...%s", path + n - (LUA_IDSIZE - 4));
	return str_of(out);
}

static void place_from_message(quern_error *e, const char *path, struct str *message)
{
	char name[LUA_IDSIZE + 4];
	uint32_t line = take_prefix(message, short_name(path, name, sizeof name));
	if (line)
		error_place(e, path, strlen(path), line);
}

/* Chunks of the plugin and of its modules are named "@path". */
static bool frame_is_plugin(const lua_Debug *ar)
{
	return ar->currentline > 0 && ar->source[0] == '@';
}

static void place_from_stack(quern_error *e, lua_State *L, struct str *message)
{
	lua_Debug ar;
	bool placed = false;
	for (int level = 0; level < 100 && lua_getstack(L, level, &ar); level++) {
		if (!lua_getinfo(L, "Sl", &ar) || ar.currentline <= 0)
			continue;
		uint32_t line = message ? take_prefix(message, str_of(ar.short_src)) : 0;
		bool plugin = frame_is_plugin(&ar);
		if (line && plugin)
			error_place(e, ar.source + 1, ar.srclen - 1, line);
		if (line && plugin)
			return;
		if (!placed && plugin)
			error_place(e, ar.source + 1, ar.srclen - 1, (uint32_t)ar.currentline);
		placed = placed || plugin;
	}
}

static size_t trace_frame(char *to, size_t size, const lua_Debug *ar)
{
	char where[300];
	error_copy(where, sizeof where, (struct str){ ar->source + 1, ar->srclen - 1 });
	int n;
	if (ar->name)
		n = snprintf(to, size, "%s:%d: in %s '%.60s'\n", where, ar->currentline,
			     *ar->namewhat ? ar->namewhat : "function", ar->name);
	else if (ar->what[0] == 'm')
		n = snprintf(to, size, "%s:%d: in main chunk\n", where, ar->currentline);
	else
		n = snprintf(to, size, "%s:%d: in function at line %d\n", where, ar->currentline, ar->linedefined);
	return n > 0 && (size_t)n < size ? (size_t)n : 0;
}

static void fill_traceback(quern_error *e, lua_State *L)
{
	lua_Debug ar;
	size_t n = 0;
	int frames = 0;
	for (int level = 0; level < 1000 && frames < TRACE_FRAMES && lua_getstack(L, level, &ar); level++) {
		if (!lua_getinfo(L, "Sln", &ar) || !frame_is_plugin(&ar))
			continue;
		size_t added = trace_frame(e->traceback + n, sizeof e->traceback - n, &ar);
		if (!added)
			break;
		n += added;
		frames++;
	}
	e->traceback[n ? n - 1 : 0] = '\0';
}

/* ----------------------------------------------------------------- messages */

/* What error() was given, as text.  May call __tostring, protected. */
static struct str message_of(lua_State *L, int at, char *spare, size_t size)
{
	struct str s;
	int type = lua_type(L, at);
	if (type == LUA_TSTRING) {
		s.p = lua_tolstring(L, at, &s.n);
		return s;
	}
	if (luaL_getmetafield(L, at, "__tostring") != LUA_TNIL) {
		lua_pushvalue(L, at);
		if (lua_pcall(L, 1, 1, 0) == LUA_OK && lua_type(L, -1) == LUA_TSTRING) {
			s.p = lua_tolstring(L, -1, &s.n);
			return s;
		}
		snprintf(spare, size, "raised a %s whose __tostring fails", lua_typename(L, type));
		return str_of(spare);
	}
	if (lua_isinteger(L, at))
		snprintf(spare, size, "raised the number %lld", (long long)lua_tointeger(L, at));
	else if (type == LUA_TNIL)
		snprintf(spare, size, "raised nil as an error");
	else
		snprintf(spare, size, "raised a %s as an error", lua_typename(L, type));
	return str_of(spare);
}

static bool is_overflow(struct str m)
{
	return str_ends(m, STR_LIT("stack overflow")) || str_starts(m, STR_LIT("stack overflow (")) ||
	       str_ends(m, STR_LIT("C stack overflow"));
}

int error_handler(lua_State *L)
{
	struct state *s = state_of(L);
	quern_error *e = s->error;
	char spare[96];
	int top = lua_gettop(L);
	struct str m = message_of(L, 1, spare, sizeof spare);
	memset(e, 0, sizeof *e);
	e->code = QUERN_RUNTIME;
	if (s->raised.code != QUERN_OK && str_eqz(m, s->raised.message)) {
		e->code = s->raised.code;
		error_copy(e->hint, sizeof e->hint, str_of(s->raised.hint));
	}
	place_from_stack(e, L, &m);
	if (e->code == QUERN_SYNTAX)
		place_from_message(e, s->raised.path, &m);
	if (is_overflow(m)) {
		e->code = QUERN_STACK;
		error_copy(e->hint, sizeof e->hint, STR_LIT("look for a function that calls itself without end"));
	} else if (m.p == spare) {
		error_copy(e->hint, sizeof e->hint, STR_LIT("give error() a string that says what is wrong"));
	}
	error_copy(e->message, sizeof e->message, m.n ? m : STR_LIT("raised an empty message"));
	fill_traceback(e, L);
	lua_settop(L, top);
	return 1;
}

/* Bytes as people write limits. */
static void size_text(char *to, size_t size, size_t bytes)
{
	if (bytes >= 1048576 && bytes % 1048576 == 0)
		snprintf(to, size, "%zu MiB", bytes / 1048576);
	else if (bytes >= 1024 && bytes % 1024 == 0)
		snprintf(to, size, "%zu KiB", bytes / 1024);
	else
		snprintf(to, size, "%zu bytes", bytes);
}

void error_describe_breach(void *user, quern_code code)
{
	struct state *s = user;
	quern_error *e = s->error;
	char limit[48];
	const char *hint = "";
	char message[160];
	lua_Debug ar;
	/* Endless recursion may meet the memory limit before Lua's own limit on its stack. */
	if (code == QUERN_NOMEM && s->running && lua_getstack(s->running, DEEP_FRAMES, &ar))
		code = s->budget.breach = QUERN_STACK;
	switch (code) {
	case QUERN_TIMEOUT: {
		long ms = (long)(s->env->time_limit * 1000 + 0.5);
		snprintf(message, sizeof message, "ran longer than its limit of %ld.%03ld s of processor time",
			 ms / 1000, ms % 1000);
		hint = "look for a loop that does not end; raise the time limit if the work is really that long";
		break;
	}
	case QUERN_NOMEM:
		size_text(limit, sizeof limit, s->env->memory_limit);
		snprintf(message, sizeof message, "needed more memory than its limit of %s", limit);
		hint = "keep less in tables and strings, or raise the memory limit";
		break;
	case QUERN_OUTPUT:
		size_text(limit, sizeof limit, s->env->output_limit);
		snprintf(message, sizeof message, "wrote or returned more than its limit of %s", limit);
		hint = "look for a loop that writes without end, or raise the output limit";
		break;
	case QUERN_STACK:
		snprintf(message, sizeof message, "recursed too deep");
		hint = "look for a function that calls itself without end";
		break;
	case QUERN_INTERRUPTED:
		snprintf(message, sizeof message, "was interrupted");
		break;
	default:
		snprintf(message, sizeof message, "was ended by its host");
	}
	error_fill(e, code, s->path, 0, hint, "%s", message);
	if (!s->running)
		return;
	place_from_stack(e, s->running, NULL);
	fill_traceback(e, s->running);
}

/* -------------------------------------------------------------- suggestions */

/* Edit distance (insert, delete, replace, swap), given up beyond 31 bytes. */
static unsigned distance(const char *a, const char *b)
{
	size_t n = strlen(a), m = strlen(b);
	unsigned rows[3][33];
	if (n > 31 || m > 31)
		return 99;
	for (size_t j = 0; j <= m; j++)
		rows[0][j] = (unsigned)j;
	for (size_t i = 1; i <= n; i++) {
		unsigned *now = rows[i % 3], *up = rows[(i + 2) % 3], *up2 = rows[(i + 1) % 3];
		now[0] = (unsigned)i;
		for (size_t j = 1; j <= m; j++) {
			unsigned best = up[j - 1] + (a[i - 1] != b[j - 1]);
			if (up[j] + 1 < best)
				best = up[j] + 1;
			if (now[j - 1] + 1 < best)
				best = now[j - 1] + 1;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && up2[j - 2] + 1 < best)
				best = up2[j - 2] + 1;
			now[j] = best;
		}
	}
	return rows[n % 3][m];
}

const char *error_nearest(const char *word, const char *const *names)
{
	const char *best = NULL;
	unsigned least = strlen(word) <= 4 ? 2 : 3; /* one or two slips of the finger */
	for (; *names; names++) {
		unsigned d = distance(word, *names);
		if (d < least) {
			least = d;
			best = *names;
		}
	}
	return best;
}
