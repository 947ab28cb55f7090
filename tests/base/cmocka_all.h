/*
 * cmocka_all.h - cmocka with the headers it wants before it, and comparisons of slices.
 */
#ifndef QUERN_TESTS_BASE_CMOCKA_ALL_H
#define QUERN_TESTS_BASE_CMOCKA_ALL_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"

/* A macro, so that a failure names the line of the test. */
#define assert_str(s, z)                                                                                               \
	do {                                                                                                           \
		struct str got_ = (s);                                                                                 \
		const char *want_ = (z);                                                                               \
		assert_int_equal(got_.n, strlen(want_));                                                               \
		if (got_.n > 0)                                                                                        \
			assert_memory_equal(got_.p, want_, got_.n);                                                    \
	} while (0)

#endif
