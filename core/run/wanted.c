/*
 * wanted.c - see wanted.h.
 */
#include "run/wanted.h"

#include <fnmatch.h>

static bool suffix_is_known(const char *name)
{
	static const char *const suffixes[] = { ".md", ".markdown", ".html", ".htm", ".txt" };
	const struct str s = str_of(name);

	for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
		const struct str suffix = str_of(suffixes[i]);
		if (s.n > suffix.n && str_eq_nocase((struct str){ s.p + s.n - suffix.n, suffix.n }, suffix))
			return true;
	}
	return false;
}

static bool globs_match(const char *const *globs, size_t n, const char *below, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (fnmatch(globs[i], strchr(globs[i], '/') ? below : name, 0) == 0)
			return true;
	return false;
}

bool wanted_folder(const struct wanted *s, const char *below, const char *name)
{
	return !globs_match(s->exclude, s->n_exclude, below, name);
}

bool wanted_file(const struct wanted *s, const char *below, const char *name)
{
	if (globs_match(s->exclude, s->n_exclude, below, name))
		return false;
	return s->n_include ? globs_match(s->include, s->n_include, below, name) : suffix_is_known(name);
}
