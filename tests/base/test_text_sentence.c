/*
 * test_text_sentence.c - sentences of Korean and English prose, and hostile ones.
 */
#include "cmocka_all.h"
#include "scale.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/text.h"

/* Sentences are joined by "|" for comparison. */
static void assert_sentences(const char *text, const char *joined)
{
	struct str s = str_of(text), sentence;
	struct buf out;
	size_t pos = 0;

	buf_init(&out, &alloc_libc, 0);
	while (text_next_sentence(s, &pos, &sentence)) {
		assert_true(sentence.p >= s.p && sentence.p + sentence.n <= s.p + s.n);
		if (out.n > 0)
			buf_addc(&out, '|');
		buf_adds(&out, sentence);
	}
	assert_int_equal(pos, s.n);
	assert_string_equal(buf_str(&out).p, joined);
	buf_release(&out);
}

static void plain(void **state)
{
	(void)state;
	assert_sentences("", "");
	assert_sentences(" \n\n ", "");
	assert_sentences("no end", "no end");
	assert_sentences("  One. Two!  Three?\nFour  ", "One.|Two!|Three?|Four");
	assert_sentences("A line\ngoes on. Next", "A line\ngoes on.|Next");
	assert_sentences("Heading\n\nBody text\n \t\nMore", "Heading|Body text|More");
	assert_sentences("Heading\r\n\r\nBody", "Heading|Body");
	assert_sentences("...", "...");
	assert_sentences("? ! Yes. No", "? ! Yes.|No");
}

static void korean(void **state)
{
	(void)state;
	assert_sentences("2024년 11월 30일에 열렸다. 다음은 3.39% 향상이다! 정말? \"네.\" 라고 말했다...",
			 "2024년 11월 30일에 열렸다.|다음은 3.39% 향상이다!|정말?|\"네.\" 라고 말했다...");
	assert_sentences("버전 3.0.1에서 고쳤다. v2.1도", "버전 3.0.1에서 고쳤다.|v2.1도");
	assert_sentences("엄청 부끄럽다.. 그냥 깔짝 배우고", "엄청 부끄럽다..|그냥 깔짝 배우고");
	assert_sentences("그는 갔다 (정말이다.) 다음 문장이다.", "그는 갔다 (정말이다.)|다음 문장이다.");
	assert_sentences("그렇다(고 한다.)는 말이다. 끝.", "그렇다(고 한다.)는 말이다.|끝.");
	assert_sentences("“그래요.” 그가 말했다. 요.\" 또", "“그래요.”|그가 말했다.|요.\"|또");
	assert_sentences("\"안녕하세요.\"라고 했다. \"네!\" 하고 웃었다.",
			 "\"안녕하세요.\"라고 했다.|\"네!\" 하고 웃었다.");
	assert_sentences("했다.그리고 갔다. npm을 썼다.", "했다.|그리고 갔다.|npm을 썼다.");
	assert_sentences("가. 첫째 나. 둘째", "가. 첫째 나.|둘째");
	assert_sentences("2024. 11. 30. 개최했다. 끝.", "2024. 11. 30. 개최했다.|끝.");
	assert_sentences("회의(2024.11.30.) 에서 했다.", "회의(2024.11.30.) 에서 했다.");
	assert_sentences("끝났다.[1] 다음이다.[^2] 또.", "끝났다.[1]|다음이다.[^2]|또.");
	assert_sentences("아니… 그게 아니다.", "아니…|그게 아니다.");
	assert_sentences("漢字とかな、カナ。次の文。 終わり", "漢字とかな、カナ。|次の文。|終わり");
	assert_sentences("- * | = + 3, 4: 5; 끝났다. _또_ <b>", "- * | = + 3, 4: 5; 끝났다.|_또_ <b>");
}

static void english(void **state)
{
	(void)state;
	assert_sentences("Dr. Kim spoke at 10.30 a.m. in Seoul. It was great, e.g. the demo.",
			 "Dr. Kim spoke at 10.30 a.m. in Seoul.|It was great, e.g. the demo.");
	assert_sentences("He met J. R. Smith, Ph.D. and J.R.R. Tolkien. Then left.",
			 "He met J. R. Smith, Ph.D. and J.R.R. Tolkien.|Then left.");
	assert_sentences("In the U.S. Army he served. He left the U.S. The end.",
			 "In the U.S. Army he served.|He left the U.S.|The end.");
	assert_sentences("See Fig. 3 and No. 5. Next vs. that. He said no. Then",
			 "See Fig. 3 and No. 5.|Next vs. that.|He said no.|Then");
	assert_sentences("He won in 2024. Then iOS 17.4. The end", "He won in 2024.|Then iOS 17.4.|The end");
	assert_sentences("1. First item. 2. Second", "1. First item.|2. Second");
	assert_sentences("Intro\n12. Item", "Intro\n12. Item");
	assert_sentences("iv. Roman. B. Letter", "iv. Roman.|B. Letter");
	assert_sentences("wow... nice. Wait... What?! Yes.", "wow... nice.|Wait...|What?!|Yes.");
	assert_sentences("Hello . . . world. So did I. Then", "Hello . . . world.|So did I.|Then");
	assert_sentences("\"Really?\" he asked. \"Yes.\" She left.", "\"Really?\" he asked.|\"Yes.\"|She left.");
	assert_sentences("Use Node.js and .NET. Good", "Use Node.js and .NET.|Good");
}

static void groups(void **state)
{
	(void)state;
	assert_sentences("He said (no. Stop.) and left. \"Stop. Now!\" Then",
			 "He said (no. Stop.) and left.|\"Stop. Now!\"|Then");
	assert_sentences("unclosed (here. And on. More", "unclosed (here.|And on.|More");
	assert_sentences("a smile :) here. Next", "a smile :) here.|Next");
	assert_sentences("(a\n\nb. c) Next", "(a|b. c) Next");
	assert_sentences("(He (she. It.) left. Now.) Next", "(He (she. It.) left. Now.)|Next");
}

static void names_and_addresses(void **state)
{
	(void)state;
	assert_sentences("https://a.b/c.d?x=1. Next", "https://a.b/c.d?x=1.|Next");
	assert_sentences("Mail a.b@c.d or go to x.y/?q=1!2 now. End", "Mail a.b@c.d or go to x.y/?q=1!2 now.|End");
}

static void wide_forms_and_emoji(void **state)
{
	(void)state;
	assert_sentences("今日は。明日！本当？「はい。」と言った。", "今日は。|明日！|本当？|「はい。」と言った。");
	assert_sentences("좋아요!😀 다음은 좋다. 😀", "좋아요!😀|다음은 좋다.|😀");
	assert_sentences("Nice 👍🏽! Yes", "Nice 👍🏽!|Yes");
}

static void bad_bytes(void **state)
{
	struct str piece;
	size_t pos = 0;

	(void)state;
	assert_sentences("a\xFF. B\xE2\x82. C", "a\xFF.|B\xE2\x82.|C");
	assert_true(text_next_sentence(STR_LIT("a\0b. C"), &pos, &piece));
	assert_int_equal(piece.n, 4);
}

/* Repeats of what makes a segmenter look around: each must take linear time. */
static void floods(void **state)
{
	static const char *const pieces[] = { "(",      "(a. ", "\"a. ", ".",    ". ",    "a.",  "\n",
					      " ",      "))",   ".)",    "“(「", "e.g. ", "1. ", "다.",
					      "...\" ", "[1",   "\n(",   "! ( ", "😀" };

	(void)state;
	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		struct str piece;
		struct buf text;
		size_t pos = 0;
		clock_t from = clock();

		buf_init(&text, &alloc_libc, 0);
		while (text.n < (size_t)scaled(1000000))
			buf_addz(&text, pieces[i]);
		while (text_next_sentence(buf_str(&text), &pos, &piece))
			assert_true(piece.n > 0);
		buf_release(&text);
		/* Linear is well under a second even with sanitizers; quadratic would be minutes. */
		assert_true((double)(clock() - from) / CLOCKS_PER_SEC < 20);
	}
}

/* A text without an end is cut, at a character, so that no call works for ever; nothing is lost. */
static void no_sentence_is_endless(void **state)
{
	const size_t n = TEXT_SENTENCE_MAX * 3 + 100;
	char *text = malloc(n * 3);
	size_t pos = 0, sum = 0, count = 0;
	struct str s, sentence;

	(void)state;
	for (size_t i = 0; i < n; i++)
		memcpy(text + i * 3, "가", 3);
	s = (struct str){ text, n * 3 };
	while (text_next_sentence(s, &pos, &sentence)) {
		assert_true(sentence.n > 0 && sentence.n <= TEXT_SENTENCE_MAX);
		assert_int_equal(sentence.n % 3, 0);
		sum += sentence.n;
		count++;
	}
	assert_int_equal(sum, n * 3);
	assert_int_equal(count, 10);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain),
		cmocka_unit_test(korean),
		cmocka_unit_test(english),
		cmocka_unit_test(groups),
		cmocka_unit_test(names_and_addresses),
		cmocka_unit_test(wide_forms_and_emoji),
		cmocka_unit_test(bad_bytes),
		cmocka_unit_test(floods),
		cmocka_unit_test(no_sentence_is_endless),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
