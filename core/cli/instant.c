/*
 * instant.c - see instant.h.  The proleptic Gregorian calendar, by counting
 * days in years that begin in March.
 */
#include "cli/instant.h"

#include <string.h>

static bool is_leap(int64_t y)
{
	return y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
}

static int days_in_month(int64_t y, int64_t m)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return m == 2 && is_leap(y) ? 29 : days[m - 1];
}

/* Days since 1970-01-01. */
static int64_t days_of(int64_t y, int64_t m, int64_t d)
{
	const int64_t year = m > 2 ? y : y - 1;
	const int64_t month = m > 2 ? m - 3 : m + 9;

	return year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + d - 1 - 719468;
}

/* Exactly n digits. */
static void put(char *to, int n, int64_t number)
{
	for (; n > 0; n--, number /= 10)
		to[n - 1] = (char)('0' + number % 10);
}

bool instant_format(int64_t seconds, char out[INSTANT_SIZE])
{
	const int64_t day_seconds = 86400;
	int64_t days = seconds / day_seconds, rest = seconds % day_seconds;
	int64_t y, m = 1;

	if (rest < 0) {
		rest += day_seconds;
		days--;
	}
	if (days < days_of(1, 1, 1) || days > days_of(9999, 12, 31))
		return false;
	y = 1970 + days / 366;
	if (days < 0)
		y--;
	while (days_of(y + 1, 1, 1) <= days)
		y++;
	while (days_of(y, 1, 1) > days)
		y--;
	days -= days_of(y, 1, 1);
	for (; days >= days_in_month(y, m); m++)
		days -= days_in_month(y, m);
	memcpy(out, "0000-00-00T00:00:00Z", sizeof "0000-00-00T00:00:00Z");
	put(out, 4, y);
	put(out + 5, 2, m);
	put(out + 8, 2, days + 1);
	put(out + 11, 2, rest / 3600);
	put(out + 14, 2, rest / 60 % 60);
	put(out + 17, 2, rest % 60);
	return true;
}

/* Exactly n digits; moves *p behind them. */
static bool digits(const char **p, int n, int64_t *out)
{
	*out = 0;
	for (; n > 0; n--, (*p)++) {
		if (**p < '0' || **p > '9')
			return false;
		*out = *out * 10 + (**p - '0');
	}
	return true;
}

static bool literal(const char **p, char c)
{
	if (**p != c)
		return false;
	(*p)++;
	return true;
}

static bool read_date(const char **p, int64_t *days)
{
	int64_t y, m, d;

	if (!digits(p, 4, &y) || !literal(p, '-') || !digits(p, 2, &m) || !literal(p, '-') || !digits(p, 2, &d))
		return false;
	if (y < 1 || m < 1 || m > 12 || d < 1 || d > days_in_month(y, m))
		return false;
	*days = days_of(y, m, d);
	return true;
}

static bool read_time(const char **p, int64_t *seconds)
{
	int64_t h, m, s = 0;

	if (!digits(p, 2, &h) || !literal(p, ':') || !digits(p, 2, &m))
		return false;
	if (literal(p, ':')) {
		if (!digits(p, 2, &s))
			return false;
		if (literal(p, '.')) {
			if (**p < '0' || **p > '9')
				return false;
			while (**p >= '0' && **p <= '9')
				(*p)++;
		}
	}
	*seconds = h * 3600 + m * 60 + s;
	return h < 24 && m < 60 && s < 60;
}

/* Seconds east of UTC. */
static bool read_offset(const char **p, int64_t *offset)
{
	int64_t h, m;
	const int sign = **p == '-' ? -1 : 1;

	*offset = 0;
	if (literal(p, 'Z') || literal(p, 'z'))
		return true;
	if (!literal(p, '+') && !literal(p, '-'))
		return false;
	if (!digits(p, 2, &h))
		return false;
	(void)literal(p, ':');
	if (!digits(p, 2, &m) || h > 23 || m > 59)
		return false;
	*offset = sign * (h * 3600 + m * 60);
	return true;
}

bool instant_read(const char *text, char out[INSTANT_SIZE])
{
	const char *p = text;
	int64_t days, seconds = 0, offset = 0;

	if (!read_date(&p, &days))
		return false;
	if (*p) {
		if (!literal(&p, 'T') && !literal(&p, 't') && !literal(&p, ' '))
			return false;
		if (!read_time(&p, &seconds) || !read_offset(&p, &offset) || *p)
			return false;
	}
	return instant_format(days * 86400 + seconds - offset, out);
}
