/*
 * attacks.h - reads tests/hostile/attacks.txt, which says what it holds.
 */
#ifndef QUERN_TESTS_ATTACKS_H
#define QUERN_TESTS_ATTACKS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "quern.h"

#define ATTACKS_MAX 1000

struct attack {
	char *body;
	quern_code code;
};

struct attacks {
	char *text;
	struct attack all[ATTACKS_MAX];
	size_t n;
};

static inline quern_code attack_code(const char *name)
{
	for (int code = 0; code < 100; code++)
		if (strcmp(quern_code_name((quern_code)code), name) == 0)
			return (quern_code)code;
	fprintf(stderr, "attacks.txt: no error is called '%s'\n", name);
	exit(1);
}

/* Cuts the text into its attacks, in place. */
static inline void attacks_read(struct attacks *a)
{
	FILE *f = fopen("tests/hostile/attacks.txt", "r");
	size_t size = 0;

	a->n = 0;
	a->text = NULL;
	if (!f || getdelim(&a->text, &size, '\0', f) < 0) {
		perror("tests/hostile/attacks.txt");
		exit(1);
	}
	fclose(f);
	for (char *at = strstr(a->text, "\n\n-- "), *next; at && a->n < ATTACKS_MAX; at = next) {
		char *name = at + 5, *body = name + strcspn(name, "\n");
		next = strstr(body, "\n\n-- ");
		*body++ = '\0';
		if (next)
			*next = '\0';
		a->all[a->n++] = (struct attack){ body, attack_code(name) };
	}
}

static inline void attacks_free(struct attacks *a)
{
	free(a->text);
}

#endif
