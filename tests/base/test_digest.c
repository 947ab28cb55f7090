/*
 * test_digest.c - BLAKE2b-256 against published and independently made digests.
 */
#include "cmocka_all.h"

#include "base/digest.h"

static void assert_digest(struct str s, const char *hex)
{
	char out[DIGEST_HEX_SIZE];

	digest_hex(s, out);
	assert_string_equal(out, hex);
}

static void known_digests(void **state)
{
	static char million[1000000];

	(void)state;
	assert_digest(STR_EMPTY, "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
	assert_digest((struct str){ NULL, 0 }, "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
	assert_digest(STR_LIT("abc"), "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
	assert_digest(STR_LIT("a\0b"), "f2c67fb755da2d22dea00c49aa161fa4457ada51c50260da341260b4752f74d1");
	memset(million, 'a', sizeof(million));
	assert_digest((struct str){ million, sizeof(million) },
		      "0741850f36cba4259628355d1073e24ddb9ca0e1bfac36fd39ae5dc2101e23a4");
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(known_digests) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
