/*
 * dialect.c - see dialect.h.
 */
#include "doc/dialect.h"

static const char *const names[] = { "front_matter", "html",          "tables",    "strikethrough",
				     "tasks",        "autolinks",     "footnotes", "attributes",
				     "definitions",  "abbreviations", "templates" };
#define N_PARTS (sizeof names / sizeof *names)

const char *dialect_part_name(enum dialect_part part)
{
	for (size_t i = 0; i < N_PARTS; i++)
		if ((uint32_t)part == 1u << i)
			return names[i];
	return NULL;
}

static uint32_t find_part(struct str name)
{
	for (size_t i = 0; i < N_PARTS; i++)
		if (str_eqz(name, names[i]))
			return 1u << i;
	return 0;
}

uint32_t dialect_parts(enum doc_format format, uint32_t with, uint32_t without)
{
	if (format == FORMAT_JSON)
		return 0;
	if (format != FORMAT_MARKDOWN && format != FORMAT_COMMONMARK)
		return DIALECT_FRONT_MATTER & ~without;
	return ((format == FORMAT_MARKDOWN ? DIALECT_ALL : 0) | with) & ~without & DIALECT_ALL;
}

/* Where the word at p ends. */
static const char *word_end(const char *p, const char *end)
{
	while (p < end && *p != '+' && *p != '-')
		p++;
	return p;
}

struct dialect_choice dialect_read(struct str spec)
{
	const char *p = spec.p, *end = spec.p + spec.n, *behind = word_end(p, end);
	struct dialect_choice choice = { .format = doc_format_find(str_slice(p, behind)), .wrong = STR_EMPTY };

	if (choice.format == FORMAT_AUTO && !str_eqz(str_slice(p, behind), "auto")) {
		choice.wrong = spec;
		return choice;
	}
	for (p = behind; p < end; p = behind) {
		const char sign = *p;
		behind = word_end(p + 1, end);
		const uint32_t part = find_part(str_slice(p + 1, behind));
		if (part == 0 || choice.format == FORMAT_HTML || choice.format == FORMAT_TEXT ||
		    choice.format == FORMAT_JSON) {
			choice.wrong = str_slice(p, behind);
			return choice;
		}
		choice.with = sign == '+' ? choice.with | part : choice.with & ~part;
		choice.without = sign == '-' ? choice.without | part : choice.without & ~part;
	}
	return choice;
}
