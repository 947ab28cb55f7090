/*
 * ascii.h - classes of ASCII characters, the same in every locale.
 *
 * For the syntaxes that are defined in ASCII (Markdown, TOML, URLs, schemas)
 * in every layer; bytes from 0x80 on belong to no class.  Unicode is text.h's.
 */
#ifndef QUERN_BASE_ASCII_H
#define QUERN_BASE_ASCII_H

#include <stdbool.h>

static inline bool ascii_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool ascii_is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool ascii_is_alnum(char c)
{
	return ascii_is_letter(c) || ascii_is_digit(c);
}

/* Space or tab. */
static inline bool ascii_is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Printable, no space, letter or digit. */
static inline bool ascii_is_punct(char c)
{
	return c > ' ' && c < 0x7F && !ascii_is_alnum(c);
}

/* The value of a hexadecimal digit in either case, or -1. */
static inline int ascii_hex(char c)
{
	if (ascii_is_digit(c))
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

#endif
