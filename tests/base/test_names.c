/*
 * test_names.c - what may be a name: sets of words, runs of capitalised
 * words, sequences of characters.
 */
#include "cmocka_all.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/capitals.h"
#include "base/sequence.h"

static struct wordset *made(const char *words)
{
	struct wordset *set = malloc(wordset_size(str_of(words)));
	assert_non_null(set);
	wordset_init(set, str_of(words));
	return set;
}

static void knows_forms_of_words(void **state)
{
	(void)state;
	struct wordset *set = made(" story close\nplan run make Deep deep ");
	const char *const forms[] = { "story", "Stories", "closed", "planned", "RUNNING",
				      "maker", "plan's",  "deeply", "closes" };
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
		assert_true(wordset_has_form(set, str_of(forms[i])));
	const char *const others[] = { "", "stor", "s", "ning", "clo", "deepest" };
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		assert_false(wordset_has_form(set, str_of(others[i])));
	assert_true(wordset_has(set, str_of("DEEP")));
	assert_false(wordset_has(set, str_of("closed")));
	free(set);
	set = made("");
	assert_false(wordset_has_form(set, str_of("x")));
	free(set);
}

static void runs_of(const char *text, const char *expected)
{
	struct wordset *common = made("best practice deep learn yesterday in the hall"),
		       *known = made("jane ada grace");
	struct capitals c = { common, known };
	char got[200] = "";
	size_t from, to;
	for (size_t at = 0; capitals_next(&c, str_of(text), at, SIZE_MAX, &from, &to); at = to) {
		size_t n = strlen(got);
		assert_true(to > from);
		snprintf(got + n, sizeof got - n, "%s%.*s", n ? "|" : "", (int)(to - from), text + from);
	}
	assert_string_equal(got, expected);
	free(common);
	free(known);
}

static void finds_runs_of_capitals(void **state)
{
	(void)state;
	runs_of("Yesterday Jane Roe spoke of Best Practices, Deep Learning.", "Jane Roe");
	runs_of("In Seth Gilbert's view J. Doe", "Seth Gilbert's|J. Doe");
	runs_of("API Gateway and Ada van Dijk (x)", "Ada van Dijk");
	runs_of("Ifeoma Adeyemi. Yesterday Jane", "Ifeoma Adeyemi");
	runs_of("\xC3\x93lafur Arnalds played", "\xC3\x93lafur Arnalds");
	runs_of("Grace Hall", "Grace Hall");
	runs_of("Jane", "");
	runs_of("X Y Z", "");
	runs_of("iPhone McGee xJane Roe", "");
	runs_of("", "");
	runs_of("\xC3", "");
	runs_of("Best", "");
}

/* A text of capitals alone is passed over in linear time: no word is read again for each one before it. */
static void reads_long_runs_once(void **state)
{
	(void)state;
	struct wordset *common = made("best"), *known = made("jane");
	struct capitals c = { common, known };
	size_t n = 2000000, from, to;
	char *text = malloc(n);
	assert_non_null(text);
	for (size_t i = 0; i < n; i++)
		text[i] = "Best "[i % 5];
	assert_false(capitals_next(&c, (struct str){ text, n }, 0, SIZE_MAX, &from, &to));
	memset(text, 'A', n);
	assert_false(capitals_next(&c, (struct str){ text, n }, 0, SIZE_MAX, &from, &to));
	memset(text, '.', n);
	assert_false(capitals_next(&c, (struct str){ text, n }, 0, SIZE_MAX, &from, &to));
	free(text);
	free(common);
	free(known);
}

static void finds_sequences(void **state)
{
	(void)state;
	struct sequence *q = malloc(sequence_size(3));
	assert_non_null(q);
	sequence_init(q, 3);
	sequence_add(q, 0, str_of("김 이박"));
	sequence_add(q, 1, str_of("길정"));
	sequence_add(q, 2, str_of("동성"));
	size_t from, to;
	assert_true(sequence_next(q, str_of("안녕 김길동은"), 0, SIZE_MAX, &from, &to));
	assert_int_equal(from, 7);
	assert_int_equal(to, 16);
	assert_true(sequence_next(q, str_of("\"이정성\""), 0, SIZE_MAX, &from, &to));
	assert_false(sequence_next(q, str_of("가김길동"), 0, SIZE_MAX, &from, &to));
	assert_false(sequence_next(q, str_of("a김길동"), 0, SIZE_MAX, &from, &to));
	assert_false(sequence_next(q, str_of("김길동"), 3, SIZE_MAX, &from, &to));
	assert_false(sequence_next(q, str_of("김 길동 김길"), 0, SIZE_MAX, &from, &to));
	assert_true(sequence_next(q, str_of("\xF0\x9F\x98\x80김길동"), 0, SIZE_MAX, &from, &to));
	assert_int_equal(from, 4);
	assert_true(sequence_next(q, str_of("\xEA\xB9김길동 이정성"), 0, SIZE_MAX, &from, &to));
	assert_int_equal(from, 2);
	assert_true(sequence_next(q, str_of("김길동 이정성"), 1, SIZE_MAX, &from, &to));
	assert_int_equal(from, 10);
	assert_false(sequence_next(q, str_of("김길동"), 0, 0, &from, &to));
	assert_false(sequence_next(q, str_of("\xEA\xB9"), 0, SIZE_MAX, &from, &to));
	assert_false(sequence_next(q, str_of(""), 0, SIZE_MAX, &from, &to));
	sequence_init(q, 0);
	assert_false(sequence_next(q, str_of("김길동"), 0, SIZE_MAX, &from, &to));
	free(q);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_forms_of_words),
		cmocka_unit_test(finds_runs_of_capitals),
		cmocka_unit_test(reads_long_runs_once),
		cmocka_unit_test(finds_sequences),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
