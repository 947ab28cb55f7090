/*
 * test_text.c - kinds of characters, width, graphemes, normal forms, case, words.
 */
#include "cmocka_all.h"
#include "heap.h"
#include "scale.h"

#include "base/text.h"
#include "base/utf8.h"

static struct buf out;

static int set_up(void **state)
{
	(void)state;
	buf_init(&out, &alloc_libc, 0);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	buf_release(&out);
	return 0;
}

static void kinds(void **state)
{
	(void)state;
	assert_true(text_is_space(' ') && text_is_space('\n') && text_is_space(0xA0) && text_is_space(0x3000));
	assert_true(text_is_space(0x2028) && text_is_space(0x85));
	assert_false(text_is_space('x') || text_is_space(0x200B) || text_is_space(0));
	assert_true(text_is_punct('!') && text_is_punct('$') && text_is_punct('~') && text_is_punct(0x3002));
	assert_true(text_is_punct(0x20AC) && text_is_punct(0x2014));
	assert_false(text_is_punct('a') || text_is_punct('1') || text_is_punct(' ') || text_is_punct(0x7F) ||
		     text_is_punct(0xAC00) || text_is_punct(0xA0));
	assert_true(text_is_letter('a') && text_is_letter(0xAC00) && text_is_letter(0x301) && text_is_letter(0x4E00));
	assert_false(text_is_letter('1') || text_is_letter('-') || text_is_letter(0x1F600) || text_is_letter('@'));
	assert_true(text_is_digit('7') && text_is_digit(0xFF17));
	assert_false(text_is_digit('a') || text_is_digit(0xB2));
	assert_true(text_is_hangul(0xAC00) && text_is_hangul(0xD7A3) && text_is_hangul(0x1100) &&
		    text_is_hangul(0x3131));
	assert_false(text_is_hangul('a') || text_is_hangul(0x4E00) || text_is_hangul(0x3042));
	assert_true(text_is_upper('A') && text_is_upper(0xC9) && text_is_lower('a') && text_is_lower(0xE9));
	assert_false(text_is_upper('a') || text_is_upper(0xAC00) || text_is_lower('A') || text_is_lower(0xAC00));
	assert_false(text_is_letter(0x110000) || text_is_punct(0xFFFFFFFF) || text_is_upper(0x110000));
}

static void graphemes(void **state)
{
	const struct str text = STR_LIT("a\xCC\x81"
					"가\xE1\x84\x80\xE1\x85\xA1"
					"👨‍👩‍👧🇰🇷\r\n\xFF"
					"b");
	static const size_t lengths[] = { 3, 3, 6, 18, 8, 2, 1, 1 };
	struct str piece;
	size_t pos = 0, i = 0, offset = 0;

	(void)state;
	for (; text_next_grapheme(text, &pos, &piece); i++) {
		assert_true(i < 8);
		assert_int_equal(piece.n, lengths[i]);
		assert_int_equal(text_offset(text, i), offset);
		offset += piece.n;
	}
	assert_int_equal(i, 8);
	assert_int_equal(text_length(text), 8);
	assert_int_equal(text_offset(text, 8), text.n);
	assert_int_equal(text_offset(text, 99), text.n);
	assert_int_equal(text_length(STR_EMPTY), 0);
	assert_int_equal(text_length((struct str){ NULL, 0 }), 0);
	assert_false(text_next_grapheme(text, &pos, &piece));
}

static void widths(void **state)
{
	(void)state;
	assert_int_equal(text_width(STR_EMPTY), 0);
	assert_int_equal(text_width(STR_LIT("abc")), 3);
	assert_int_equal(text_width(STR_LIT("한글")), 4);
	assert_int_equal(text_width(STR_LIT("ｆｕｌｌ")), 8);
	assert_int_equal(text_width(STR_LIT("e\xCC\x81")), 1);
	assert_int_equal(text_width(STR_LIT("\xE1\x84\x80\xE1\x85\xA1\xE1\x86\xA8")), 2);
	assert_int_equal(text_width(STR_LIT("😀👨‍👩‍👧")), 4);
	assert_int_equal(text_width(STR_LIT("🇰🇷")), 2);
	assert_int_equal(text_width(STR_LIT("\t\n\x1b")), 0);
	assert_int_equal(text_width(STR_LIT("a\xFF"
					    "b")),
			 3);
}

static void assert_form(enum text_form form, const char *text, const char *want)
{
	buf_clear(&out);
	assert_true(text_normalize(&out, str_of(text), form));
	assert_str(buf_str(&out), want);
}

static void normal_forms(void **state)
{
	(void)state;
	assert_form(TEXT_NFC, "", "");
	assert_form(TEXT_NFC, "plain ASCII", "plain ASCII");
	assert_form(TEXT_NFC, "cafe\xCC\x81s", "caf\xC3\xA9s");
	assert_form(TEXT_NFD, "caf\xC3\xA9s", "cafe\xCC\x81s");
	assert_form(TEXT_NFC, "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", "한");
	assert_form(TEXT_NFD, "한", "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB");
	assert_form(TEXT_NFC, "ﬁ①Ａ", "ﬁ①Ａ");
	assert_form(TEXT_NFKC, "ﬁ①Ａ", "fi1A");
	assert_form(TEXT_NFKD, "ﬁ\xC3\xA9", "fie\xCC\x81");
	assert_form(TEXT_NFKC, "\xEF\xB7\xBA", "صلى الله عليه وسلم");
	/* Marks are put in order: dot below (220) before acute (230). */
	assert_form(TEXT_NFD, "q\xCC\x81\xCC\xA3", "q\xCC\xA3\xCC\x81");
	assert_form(TEXT_NFC, "a\xCC\xA3\xCC\x81", "\xE1\xBA\xA1\xCC\x81");
	/* A composition exclusion stays decomposed. */
	assert_form(TEXT_NFC, "\xE0\xA5\x98", "\xE0\xA4\x95\xE0\xA4\xBC");
	assert_form(TEXT_NFC,
		    "a\xFF"
		    "e\xCC\x81\xE2\x82",
		    "a\xEF\xBF\xBD\xC3\xA9\xEF\xBF\xBD");
}

/* A long run of marks: sorted stably, and in linear time. */
static void floods_of_marks(void **state)
{
	const int N = scaled(300000);
	struct buf text;

	(void)state;
	buf_init(&text, &alloc_libc, 0);
	buf_addc(&text, 'q');
	for (int i = 0; i < N; i++)
		buf_addz(&text, i % 2 ? "\xCC\xA3" : "\xCC\x81");
	assert_true(text_normalize(&out, buf_str(&text), TEXT_NFC));
	assert_int_equal(out.n, text.n);
	assert_memory_equal(out.p + 1, "\xCC\xA3", 2);
	assert_memory_equal(out.p + 1 + N - 2, "\xCC\xA3", 2);
	assert_memory_equal(out.p + 1 + N, "\xCC\x81", 2);
	assert_int_equal(text_length(buf_str(&text)), 1);
	assert_int_equal(text_width(buf_str(&text)), 1);
	buf_release(&text);
}

static void folding_and_case(void **state)
{
	(void)state;
	assert_true(text_fold(&out, STR_LIT("HeLLo STRASSE Stra\xC3\x9F"
					    "e \xCE\xA3\xCF\x82 E\xCC\x81")));
	assert_str(buf_str(&out), "hello strasse strasse \xCF\x83\xCF\x83 \xC3\xA9");
	buf_clear(&out);
	assert_true(text_upper(&out, STR_LIT("abc \xC3\xA9 한 \xFF")));
	assert_str(buf_str(&out), "ABC \xC3\x89 한 \xEF\xBF\xBD");
	buf_clear(&out);
	assert_true(text_lower(&out, STR_LIT("ABC \xC3\x89 한")));
	assert_str(buf_str(&out), "abc \xC3\xA9 한");
}

static void squeezes(void **state)
{
	(void)state;
	text_squeeze(&out, STR_LIT(" \n a\t\r\n b\xC2\xA0\xE3\x80\x80"
				   "c\xFF \n"));
	assert_str(buf_str(&out), "a b c\xEF\xBF\xBD");
	buf_clear(&out);
	text_squeeze(&out, STR_LIT(" \n "));
	text_squeeze(&out, STR_EMPTY);
	assert_int_equal(out.n, 0);
}

static void assert_words(struct str text, const char *joined)
{
	struct str word;
	size_t pos = 0;

	buf_clear(&out);
	while (text_next_word(text, &pos, &word)) {
		buf_addc(&out, '|');
		buf_adds(&out, word);
	}
	assert_int_equal(pos, text.n);
	assert_str(buf_str(&out), joined);
}

static void words(void **state)
{
	(void)state;
	assert_words(STR_EMPTY, "");
	assert_words(STR_LIT(" .,; "), "");
	assert_words(STR_LIT("Hello, world!"), "|Hello|world");
	assert_words(STR_LIT("don't re-use 'quoted' -x- a--b rock’n’roll"), "|don't|re-use|quoted|x|a|b|rock’n’roll");
	assert_words(STR_LIT("한국어를 씁니다. API를 3개"), "|한국어를|씁니다|API를|3개");
	assert_words(STR_LIT("3.14 2024-11-30 v2"), "|3|14|2024|11|30|v2");
	assert_words(STR_LIT("e\xCC\x81t\xCC\x81 😀 x\xFFy"), "|e\xCC\x81t\xCC\x81|x|y");
	assert_words(STR_LIT("end-"), "|end");
	assert_words(STR_LIT("漢字とかな、カナ・ヴァ、ー。鿿x"),
		     "|漢字とかな|カナ|ヴァ|ー|鿿x");
}

/* What is told by its bytes alone is what Unicode's tables say. */
static void words_of_one_character(void **state)
{
	const uint32_t step = (uint32_t)(0x20000 / scaled(0x20000));
	(void)state;
	for (uint32_t cp = 0x80; cp < 0x20000; cp += cp < 0x3000 ? 1 : step) {
		char bytes[4];
		struct str text, word;
		size_t pos = 0;
		bool is_word;

		if (cp >= 0xD800 && cp <= 0xDFFF)
			continue;
		text = str_slice(bytes, bytes + utf8_encode(cp, bytes));
		is_word = (text_is_letter(cp) || text_is_digit(cp)) && (cp < 0x2000 || cp > 0x206F);
		assert_int_equal(text_next_word(text, &pos, &word), is_word);
	}
}

static bool use_everything(struct buf *b)
{
	struct buf marks;
	bool ok;

	buf_init(&marks, &alloc_libc, 0);
	buf_addz(&marks, "q");
	for (int i = 0; i < 100; i++)
		buf_addz(&marks, i % 2 ? "\xCC\xA3" : "\xCC\x81");
	ok = text_normalize(b, buf_str(&marks), TEXT_NFC);
	ok = text_normalize(b, STR_LIT("한글 é 한글"), TEXT_NFD) && ok;
	ok = text_fold(b, buf_str(&marks)) && ok;
	ok = text_upper(b, STR_LIT("abc")) && ok;
	ok = text_lower(b, STR_LIT("ABC")) && ok;
	text_squeeze(b, STR_LIT("a  b"));
	buf_release(&marks);
	return ok && buf_ok(b);
}

static void every_refusal_is_an_error(void **state)
{
	bool ok = false;

	(void)state;
	for (size_t k = 1; !ok; k++) {
		struct test_heap h;
		struct buf b;

		test_heap_init(&h, k);
		buf_init(&b, &h.alloc, 0);
		ok = use_everything(&b);
		buf_release(&b);
		assert_int_equal(h.live, 0);
		assert_true(k < 200);
	}
}

/* Whatever the bytes are: pieces tile the text, and output is valid UTF-8. */
static void random_bytes(void **state)
{
	static const char *const bits[] = { "a", " ",    ".",        "\n",           "(", "\"", "한", "다", "\xCC\x81",
					    "😀", "\xFF", "\xE2\x82", "\xE1\x84\x80", "'", "1",  "。" };
	uint32_t seed = 99;

	(void)state;
	for (int round = 0; round < 300; round++) {
		struct str piece;
		struct buf text;
		size_t pos = 0, sum = 0;

		buf_init(&text, &alloc_libc, 0);
		for (int i = 0; i < 60; i++) {
			seed = seed * 1103515245u + 12345u;
			buf_addz(&text, bits[seed >> 16 & 15]);
		}
		while (text_next_grapheme(buf_str(&text), &pos, &piece))
			sum += piece.n;
		assert_int_equal(sum, text.n);
		for (int form = TEXT_NFC; form <= TEXT_NFKD; form++) {
			buf_clear(&out);
			assert_true(text_normalize(&out, buf_str(&text), (enum text_form)form));
			assert_int_equal(utf8_check(buf_str(&out)), out.n);
		}
		buf_clear(&out);
		text_squeeze(&out, buf_str(&text));
		assert_int_equal(utf8_check(buf_str(&out)), out.n);
		pos = 0;
		while (text_next_sentence(buf_str(&text), &pos, &piece))
			assert_true(piece.n > 0 && pos <= text.n);
		buf_release(&text);
	}
}

#define WITH_BUFFER(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

/* Whatever a long text is made of: its parts, one after another, give what the whole gives. */
static void parts_make_the_whole(void **state)
{
	static const char *const pieces[] = { "abc def ",
					      "a\xCC\x81",
					      "한국어 ",
					      "\xF0\x9F\x87\xB0\xF0\x9F\x87\xB7",
					      " ",
					      "\r\n",
					      "\xCC\x81\xCC\xA3",
					      "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB",
					      "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7",
					      "\xFF",
					      "\xE0\xA4\x95\xE0\xA4\xBE",
					      "\xC2\xA0" };
	enum { N = sizeof pieces / sizeof *pieces };
	const size_t bytes = (size_t)(130000 + scaled(170000));
	unsigned seed = 7;

	(void)state;
	for (unsigned only = 0; only < N + (unsigned)scaled(N + 1); only++) {
		struct buf text, whole;
		struct text_squeezing between = { false, false };
		size_t length = 0, width = 0, parts = 0;
		buf_init(&text, &alloc_libc, 0);
		buf_init(&whole, &alloc_libc, 0);
		while (text.n < bytes) {
			seed = seed * 1103515245u + 12345u;
			buf_addz(&text, pieces[only < N ? only : (seed >> 16) % N]);
		}
		buf_clear(&out);
		for (struct str rest = buf_str(&text); rest.n > 0; parts++) {
			const struct str part = { rest.p, text_part(rest) };
			length += text_length(part);
			width += text_width(part);
			text_squeeze_part(&out, part, &between);
			rest = (struct str){ rest.p + part.n, rest.n - part.n };
		}
		assert_true(parts >= 2 || only == 6); /* marks alone are one character */
		assert_int_equal(length, text_length(buf_str(&text)));
		assert_int_equal(width, text_width(buf_str(&text)));
		text_squeeze(&whole, buf_str(&text));
		assert_true(str_eq(buf_str(&whole), buf_str(&out)));
		for (int form = TEXT_NFC; form <= TEXT_NFKD + 1; form++) {
			buf_clear(&out);
			buf_clear(&whole);
			for (struct str rest = buf_str(&text); rest.n > 0;) {
				const struct str part = { rest.p, text_part(rest) };
				assert_true(form > TEXT_NFKD ? text_fold(&out, part)
							     : text_normalize(&out, part, (enum text_form)form));
				rest = (struct str){ rest.p + part.n, rest.n - part.n };
			}
			assert_true(form > TEXT_NFKD ? text_fold(&whole, buf_str(&text))
						     : text_normalize(&whole, buf_str(&text), (enum text_form)form));
			assert_true(str_eq(buf_str(&whole), buf_str(&out)));
		}
		buf_release(&text);
		buf_release(&whole);
	}
}

static void trims(void **state)
{
	(void)state;
	assert_true(str_eq(text_trim(STR_LIT(" \t\xC2\xA0"
					     "a b\xE3\x80\x80\n")),
			   STR_LIT("a b")));
	assert_int_equal(text_trim(STR_LIT("\xC2\xA0 \n")).n, 0);
	assert_int_equal(text_trim(STR_EMPTY).n, 0);
	assert_true(str_eq(text_trim(STR_LIT("\xFF")), STR_LIT("\xFF")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kinds),
		cmocka_unit_test(graphemes),
		cmocka_unit_test(widths),
		WITH_BUFFER(normal_forms),
		WITH_BUFFER(floods_of_marks),
		WITH_BUFFER(folding_and_case),
		WITH_BUFFER(squeezes),
		WITH_BUFFER(parts_make_the_whole),
		WITH_BUFFER(words),
		cmocka_unit_test(every_refusal_is_an_error),
		WITH_BUFFER(random_bytes),
		cmocka_unit_test(trims),
		cmocka_unit_test(words_of_one_character),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
