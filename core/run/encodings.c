/*
 * encodings.c - see encodings.h.
 */
#include "run/encodings.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"

/* The legacy encodings of the web (WHATWG Encoding, 4.2), by the names of the C library. */
static const char *const of_the_web[] = {
	"UHC",          "CP932",      "GB18030",     "BIG5-HKSCS",  "EUC-JP",      "EUC-KR",      "ISO-2022-JP",
	"ISO-8859-1",   "ISO-8859-2", "ISO-8859-3",  "ISO-8859-4",  "ISO-8859-5",  "ISO-8859-6",  "ISO-8859-7",
	"ISO-8859-8",   "ISO-8859-9", "ISO-8859-10", "ISO-8859-13", "ISO-8859-14", "ISO-8859-15", "ISO-8859-16",
	"CP1250",       "CP1251",     "CP1252",      "CP1253",      "CP1254",      "CP1255",      "CP1256",
	"CP1257",       "CP1258",     "CP874",       "IBM866",      "KOI8-R",      "KOI8-U",      "MACINTOSH",
	"MAC-CYRILLIC", "BIG5",       "UTF-16",      "UTF-16LE",    "UTF-16BE",    "UTF-32",
};

void encodings_init(struct encodings *e)
{
	e->n_held = e->n_asked = 0;
}

bool encodings_were_asked(const struct encodings *e, const char *name)
{
	for (size_t i = 0; i < e->n_asked; i++)
		if (strcmp(e->asked[i], name) == 0)
			return true;
	/* A full list ends the asking. */
	return e->n_asked == sizeof e->asked / sizeof *e->asked;
}

static void load(struct encodings *e, const char *name)
{
	if (e->n_held == sizeof e->held / sizeof *e->held)
		return;
	e->held[e->n_held] = iconv_open("UTF-8", name);
	if (e->held[e->n_held] != (iconv_t)-1)
		e->n_held++;
}

/* It comes from a worker, which has looked into a document. */
static bool is_name(const char *name)
{
	const size_t n = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:");

	return n > 0 && !name[n];
}

bool encodings_hold(struct encodings *e, const char *name)
{
	if (strlen(name) >= sizeof e->asked[0] || encodings_were_asked(e, name))
		return false;
	for (size_t i = 0; e->n_asked == 0 && i < sizeof of_the_web / sizeof *of_the_web; i++)
		load(e, of_the_web[i]);
	if (is_name(name))
		load(e, name);
	strcpy(e->asked[e->n_asked++], name);
	return true;
}

void encodings_release(struct encodings *e)
{
	while (e->n_held > 0)
		iconv_close(e->held[--e->n_held]);
	e->n_asked = 0;
}
