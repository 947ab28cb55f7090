/*
 * title.c - see title.h.
 */
#include "doc/title.h"

#include "base/ascii.h"
#include "base/text.h"

/*
 * Labels that blog services and site generators put around every page and
 * that a page saved as text begins with.  Source: the default skins and
 * themes of Tistory, Naver Blog, Velog, Brunch, WordPress, GitHub Pages and
 * Medium, as shown to readers.  Compared in whole lines.
 */
static const char *const frame_labels[] = {
	"티스토리 뷰",
	"본문 바로가기",
	"본문으로 바로가기",
	"본문 기타 기능",
	"메뉴 바로가기",
	"상단으로 바로가기",
	"블로그 메뉴",
	"블로그 홈",
	"네이버 블로그",
	"이웃추가",
	"본문 폰트 크기 조정",
	"본문 폰트 크기 작게 보기",
	"본문 폰트 크기 크게 보기",
	"공유하기",
	"URL 복사",
	"URL복사",
	"신고하기",
	"구독하기",
	"글쓰기",
	"로그인",
	"회원가입",
	"검색",
	"메뉴",
	"홈",
	"목록",
	"이전 글",
	"다음 글",
	"카테고리",
	"카테고리 없음",
	"전체 글",
	"분류 전체보기",
	"블로그",
	"카테고리 이동",
	"프로필",
	"전체보기",
	"블로그 검색",
	"관리자",
	"방명록",
	"태그",
	"공지사항",
	"팔로우",
	"통계",
	"수정",
	"삭제",
	"인쇄",
	"좋아요",
	"Skip to content",
	"Skip to main content",
	"Skip to primary navigation",
	"Skip to footer",
	"Skip links",
	"Toggle navigation",
	"Toggle menu",
	"Menu",
	"Home",
	"Search",
	"Share",
	"Follow",
	"Subscribe",
	"Sign in",
	"Sign up",
	"Log in",
	"Login",
	"Get started",
	"Open in app",
	"Listen",
	"Navigation",
	"Main menu",
	"Close",
	"Back",
	"Previous",
	"Next",
	"Table of contents",
	"Contents",
};

static bool is_frame_label(struct str line)
{
	for (size_t i = 0; i < sizeof frame_labels / sizeof *frame_labels; i++)
		if (str_eq_nocase(line, str_of(frame_labels[i])))
			return true;
	return false;
}

static bool has_letter(struct str s)
{
	struct str word;
	size_t pos = 0;

	return text_next_word(s, &pos, &word);
}

static struct str kept(struct arena *a, struct buf *text)
{
	struct str s = buf_ok(text) ? arena_str(a, str_trim(buf_str(text))) : STR_EMPTY;

	return s.p ? s : STR_EMPTY;
}

struct str title_from_heading(const struct tree *t, struct arena *a)
{
	struct str title = STR_EMPTY;
	struct buf text;

	buf_init(&text, a->heap, 0);
	for (uint32_t i = 0; i < t->n_nodes && title.n == 0; i++) {
		if (t->nodes[i].kind != NODE_HEADING)
			continue;
		buf_clear(&text);
		tree_text(&text, t, i, TEXT_ONE_LINE);
		if (str_trim(buf_str(&text)).n == 0) {
			buf_clear(&text);
			tree_text(&text, t, i, TEXT_ONE_LINE | TEXT_WITH_ALT);
		}
		title = kept(a, &text);
	}
	buf_release(&text);
	return title;
}

/*
 * The lines at the top of a page, for as long as they may be its frame: blog
 * services put the blog's name, a category, the title, the author and the date there.
 */
#define HEAD_LINES  12
#define PROSE_BYTES 150

struct head {
	struct str lines[HEAD_LINES];
	size_t n;
	bool ended; /* prose has begun */
};

/* Four digits and two more numbers after them, whatever stands between: "2024. 5. 27. 8:05", "2024년 5월 27일". */
static bool has_date(struct str s)
{
	for (size_t i = 0; i + 6 < s.n; i++) {
		if (!ascii_is_digit(s.p[i]) || !ascii_is_digit(s.p[i + 1]) || !ascii_is_digit(s.p[i + 2]) ||
		    !ascii_is_digit(s.p[i + 3]) || ascii_is_digit(s.p[i + 4]) || (i > 0 && ascii_is_digit(s.p[i - 1])))
			continue;
		int numbers = 0;
		for (size_t k = i + 4; k < s.n && k < i + 16; k++)
			numbers += ascii_is_digit(s.p[k]) && !ascii_is_digit(s.p[k - 1]);
		if (numbers >= 2)
			return true;
	}
	return false;
}

/* "life/dev": two short words and a slash. */
static bool is_category(struct str s)
{
	const char *slash = memchr(s.p, '/', s.n);

	return slash && slash > s.p && slash + 1 < s.p + s.n && s.n <= 48 && !memchr(s.p, ' ', s.n);
}

/* Ends like a sentence, or is too long for a label. */
static bool is_prose(struct str s)
{
	static const struct str ends[] = { { ".", 1 }, { "!", 1 }, { "?", 1 }, { "\xE3\x80\x82", 3 }, { "~", 1 } };

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (str_ends(s, ends[i]) && !has_date(s))
			return true;
	return s.n > PROSE_BYTES;
}

static void read_head(struct head *h, struct str text, struct arena *a)
{
	const char *end = text.p + text.n;

	for (const char *p = text.p; p < end && h->n < HEAD_LINES && !h->ended;) {
		const char *newline = memchr(p, '\n', (size_t)(end - p));
		struct str line = str_trim(str_slice(p, newline ? newline : end));
		if (line.n && has_letter(line) && !is_frame_label(line)) {
			line = arena_str(a, line);
			if (!line.p)
				return;
			h->ended = is_prose(line);
			h->lines[h->n++] = line;
		}
		p = newline ? newline + 1 : end;
	}
}

/* Above a line with the date the longest line is the title; without one, the first that is no category. */
static struct str title_of_head(const struct head *h)
{
	size_t date = 0;
	struct str best = STR_EMPTY;

	while (date < h->n && !(has_date(h->lines[date]) && !is_prose(h->lines[date])))
		date++;
	for (size_t i = 0; i < date && date < h->n; i++)
		if (!is_category(h->lines[i]) && h->lines[i].n > best.n)
			best = h->lines[i];
	for (size_t i = 0; i < h->n && best.n == 0; i++)
		if (!is_category(h->lines[i]) || i + 1 == h->n)
			best = h->lines[i];
	return best;
}

/*
 * The head of a mail, or of notes that look like one: lines "Name: value" (RFC 5322, 2.2), among them the subject.
 */
static const char *const subject_names[] = { "Subject", "Title", "제목", "件名", "Betreff", "Objet", "Asunto" };

/* Where the value begins; NULL: the line is no field. */
static const char *field_value(struct str line)
{
	const char *colon = memchr(line.p, ':', line.n < 40 ? line.n : 40);
	const char *end = line.p + line.n;

	if (!colon || colon == line.p || memchr(line.p, ' ', (size_t)(colon - line.p)) ||
	    (colon + 1 < end && colon[1] != ' ' && colon[1] != '\t'))
		return NULL;
	return colon + 1;
}

static bool is_subject(struct str name)
{
	for (size_t i = 0; i < sizeof subject_names / sizeof *subject_names; i++)
		if (str_eq_nocase(name, str_of(subject_names[i])))
			return true;
	return false;
}

/* The subject, which may go on in lines that are no fields; n 0 where the text is no such head. */
static struct str subject_of(struct str text)
{
	const char *end = text.p + text.n, *from = NULL, *to = NULL;
	size_t fields = 0, others = 0;
	bool goes_on = false;

	for (const char *p = text.p; p < end;) {
		const char *newline = memchr(p, '\n', (size_t)(end - p));
		const struct str line = str_trim(str_slice(p, newline ? newline : end));
		const char *value = field_value(line);
		fields += value != NULL;
		others += !value;
		goes_on = goes_on && !value;
		if (value && !from && is_subject(str_slice(line.p, value - 1))) {
			from = value;
			goes_on = true;
		}
		if (goes_on)
			to = line.p + line.n;
		p = newline ? newline + 1 : end;
	}
	return from && fields > 1 && fields > others ? str_trim(str_slice(from, to)) : STR_EMPTY;
}

/* Text of one block with its soft breaks as newlines: lines as they were written. */
static void lines_of(struct buf *out, const struct tree *t, uint32_t block)
{
	for (uint32_t i = block + 1; i < t->nodes[block].end; i++) {
		const struct node *n = &t->nodes[i];
		if (n->kind == NODE_TEXT || n->kind == NODE_CODE)
			buf_adds(out, tree_str(t, n->text));
		else if (n->kind == NODE_SOFTBREAK || n->kind == NODE_LINEBREAK)
			buf_addc(out, '\n');
		else if (n->kind == NODE_IMAGE)
			i = n->end - 1;
	}
}

struct str title_from_text(const struct tree *t, struct arena *a)
{
	struct head head = { .n = 0 };
	struct str title = STR_EMPTY, subject = STR_EMPTY;
	struct buf text;

	buf_init(&text, a->heap, 0);
	for (uint32_t i = 0; i < t->n_nodes && head.n < HEAD_LINES && !head.ended; i++) {
		enum node_kind kind = t->nodes[i].kind;
		if (kind != NODE_PARAGRAPH && kind != NODE_TABLE_CELL && kind != NODE_TERM && kind != NODE_CAPTION)
			continue;
		buf_clear(&text);
		lines_of(&text, t, i);
		if (head.n == 0 && kind == NODE_PARAGRAPH)
			subject = arena_str(a, subject_of(buf_str(&text)));
		if (subject.n)
			break;
		read_head(&head, buf_str(&text), a);
	}
	buf_clear(&text);
	text_squeeze(&text, subject.n ? subject : title_of_head(&head));
	title = kept(a, &text);
	buf_release(&text);
	return title;
}
