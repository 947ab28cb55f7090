/*
 * scale.h - how large tests of size and of many made-up inputs are: as large as
 * they say, or a tenth where QUERN_TEST_QUICK is set, as tests/run.py does
 * where it asks of each kind of input only once (valgrind, coverage).
 */
#ifndef QUERN_TESTS_BASE_SCALE_H
#define QUERN_TESTS_BASE_SCALE_H

#include <stdlib.h>

/* At least 1. */
static inline int scaled(int n)
{
	return getenv("QUERN_TEST_QUICK") ? (n + 9) / 10 : n;
}

#endif
