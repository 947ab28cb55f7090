/*
 * test_text_rank.c - which sentences of a text are picked, the shape of
 * sentences, and that hostile sizes stay linear.
 */
#include "cmocka_all.h"
#include "scale.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/text_form.h"
#include "base/text_rank.h"

struct fixture {
	struct arena arena;
	struct ranker ranker;
	uint32_t picked[RANK_PICK_MAX];
	size_t n, work;
};

static void note_work(void *user, size_t work)
{
	((struct fixture *)user)->work += work;
}

static void begin(struct fixture *f)
{
	memset(f, 0, sizeof *f);
	arena_init(&f->arena, &alloc_libc, 0);
	assert_true(rank_init(&f->ranker, &f->arena, note_work, f));
}

static size_t add(struct fixture *f, const char *text, uint32_t block, unsigned place)
{
	struct rank_sentence s = { .text = str_of(text), .block = block, .place = place, .factor = RANK_ONE };
	size_t n_words;

	assert_true(rank_add(&f->ranker, &s, &n_words));
	return n_words;
}

static void finish(struct fixture *f, const char *title, size_t limit, size_t characters)
{
	assert_true(rank_score(&f->ranker, str_of(title), &rank_weights_usual));
	assert_true(rank_pick(&f->ranker, limit, characters, f->picked, &f->n));
}

static void end(struct fixture *f)
{
	arena_release(&f->arena);
}

static const char *const meetup[] = {
	"The river meetup brought together sixty engineers who build maps of rivers.",
	"Coffee was served in the hall and everybody found a chair.",
	"Engineers showed how maps of rivers are built from sensor data.",
	"Engineers showed how maps of rivers are built from sensor data today.",
	"The next meetup about river maps will be held in spring.",
};

static void picks_without_repetition(void **state)
{
	struct fixture f;
	int sensors = 0;

	(void)state;
	begin(&f);
	for (uint32_t i = 0; i < 5; i++)
		add(&f, meetup[i], i, RANK_FIRST_IN_BLOCK);
	finish(&f, "River meetup", 3, 0);
	assert_int_equal(f.n, 3);
	assert_int_equal(f.picked[0], 0);
	for (size_t i = 0; i < f.n; i++) {
		assert_true(i == 0 || f.picked[i - 1] < f.picked[i]);
		sensors += f.picked[i] == 2 || f.picked[i] == 3;
	}
	assert_int_equal(sensors, 1);
	assert_true(f.work > 0);
	end(&f);
}

static void keeps_its_limits(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f);
	finish(&f, "x", 5, 0);
	assert_int_equal(f.n, 0);
	end(&f);
	begin(&f);
	assert_int_equal(add(&f, "한 문장만 여기에 홀로 서 있습니다.", 1, 0), 6);
	finish(&f, "", 5, 10);
	assert_int_equal(f.n, 0);
	end(&f);
	begin(&f);
	for (uint32_t i = 0; i < 300; i++)
		add(&f, meetup[i % 5], i, 0);
	finish(&f, "", 1000, 0);
	assert_int_equal(f.n, 4);
	end(&f);
}

static uint32_t score_of(const struct rank_sentence *sentence, const char *title)
{
	struct fixture f;
	size_t n_words;
	uint32_t score;

	begin(&f);
	for (uint32_t i = 0; i < 3; i++)
		add(&f, meetup[i], i, 0);
	assert_true(rank_add(&f.ranker, sentence, &n_words));
	add(&f, meetup[4], 9, 0);
	finish(&f, title, 1, 0);
	score = f.ranker.list[3].score;
	end(&f);
	return score;
}

/* Everything that ought to raise or lower a score does. */
static void weighs_evidence(void **state)
{
	struct rank_sentence plain = { .text = STR_LIT("Sensors along the river send their data to a small server "
						       "that draws the maps every night."),
				       .block = 3,
				       .factor = RANK_ONE };
	struct rank_sentence s = plain;
	const uint32_t usual = score_of(&plain, "");

	(void)state;
	assert_true(score_of(&plain, "A small server") > usual);
	s.place = RANK_FIRST_IN_BLOCK;
	assert_true(score_of(&s, "") > usual);
	s.place = RANK_FIRST_IN_SECTION;
	assert_true(score_of(&s, "") > usual);
	s = plain;
	s.block = 9;
	assert_true(score_of(&s, "") > usual);
	s = plain;
	s.bonus = RANK_ONE / 2;
	assert_true(score_of(&s, "") > usual);
	s = plain;
	s.factor = RANK_ONE / 2;
	assert_true(score_of(&s, "") < usual);
	s = plain;
	s.text.n--; /* without its full stop */
	assert_true(score_of(&s, "") < usual);
}

static void knows_statements(void **state)
{
	static const char *const yes[] = {
		"A sentence that says something.",           "한 문장이 여기에 서 있습니다",
		"He left early that day (nobody knew why).", "Nobody knew why he left early. (1)",
		"seven words without an end are enough",     NULL
	};
	static const char *const no[] = { "",
					  "Short one.",
					  "https://example.org/a/very/long/address",
					  "[a link and nothing else]",
					  "Contents of this page:",
					  "Maps of rivers today",
					  "Abcdefghijklmnopqrstuvwxyz.",
					  NULL };

	(void)state;
	for (const char *const *s = yes; *s; s++)
		assert_true(text_is_statement(str_of(*s)));
	for (const char *const *s = no; *s; s++)
		assert_false(text_is_statement(str_of(*s)));
	assert_true(text_is_ended(STR_LIT("그렇게 말했다.\"")));
	assert_true(text_is_ended(STR_LIT("그렇게 말했어요」")));
	assert_false(text_is_ended(STR_LIT("A title")));
	assert_false(text_is_ended(STR_LIT("\"\"\"\"\"\"")));
	assert_false(text_is_ended(STR_EMPTY));
}

static void knows_forms(void **state)
{
	(void)state;
	assert_int_equal(text_form_of(STR_LIT("A plain sentence.")), 0);
	assert_int_equal(text_form_of(STR_LIT("Is it?")), TEXT_QUESTION);
	assert_int_equal(text_form_of(STR_LIT("무엇입니까？")), TEXT_QUESTION);
	assert_int_equal(text_form_of(STR_LIT("Q. What now.")), TEXT_QUESTION);
	assert_int_equal(text_form_of(STR_LIT("See http://a.example/ today.")), TEXT_ADDRESS);
	assert_int_equal(text_form_of(STR_LIT("Write to me@a.example today.")), TEXT_ADDRESS);
	assert_int_equal(text_form_of(STR_LIT("At 3:1 and @you.")), 0);
	assert_int_equal(text_form_of(STR_LIT("(Aside.)")), TEXT_ASIDE);
	assert_int_equal(text_form_of(STR_LIT("Hurrah!")), TEXT_CRY);
	assert_int_equal(text_form_of(STR_LIT("Noor: I was there.")), TEXT_LABELLED);
	assert_int_equal(text_form_of(STR_LIT("no end")), TEXT_UNENDED);
	assert_int_equal(text_form_of(STR_EMPTY), 0);
}

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* So many sentences made by a pattern, of the same words or of ever new ones. */
static double time_of(size_t n, bool fresh)
{
	struct fixture f;
	char *text = malloc(n * 64);
	double start = seconds();

	assert_non_null(text);
	begin(&f);
	for (size_t i = 0; i < n; i++) {
		char *p = text + i * 64;

		snprintf(p, 64,
			 fresh ? "word%zu and more%zu say thing%zu here." : "the same words say it again, all %zu.",
			 fresh ? i : i % 7, i, i * 3);
		add(&f, p, (uint32_t)i, 0);
	}
	finish(&f, "same words", RANK_PICK_MAX, 0);
	assert_true(f.n > 0);
	end(&f);
	free(text);
	return seconds() - start;
}

static void stays_linear(void **state)
{
	(void)state;
	for (int fresh = 0; fresh < 2; fresh++) {
		double few = time_of((size_t)scaled(12500), fresh), many = time_of((size_t)scaled(100000), fresh);

		assert_true(many < few * 8 * 4 + 0.05);
	}
}

static void refuses_without_memory(void **state)
{
	struct arena arena;
	struct ranker r;
	size_t n_words, added = 0;
	char text[] = "word 00000 stands here with 00000 others";

	(void)state;
	arena_init(&arena, &alloc_libc, 64 * 1024);
	assert_true(rank_init(&r, &arena, NULL, NULL));
	for (bool ok = true; ok && added < 100000; added += ok) {
		struct rank_sentence s = { .text = str_of(text), .block = (uint32_t)added, .factor = RANK_ONE };

		ok = rank_add(&r, &s, &n_words);
	}
	assert_true(added > 10 && added < 100000);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(picks_without_repetition),
		cmocka_unit_test(keeps_its_limits),
		cmocka_unit_test(weighs_evidence),
		cmocka_unit_test(knows_statements),
		cmocka_unit_test(knows_forms),
		cmocka_unit_test(stays_linear),
		cmocka_unit_test(refuses_without_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
