/*
 * title.c - see title.h.
 */
#include "doc/title.h"

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

/* The text of a paragraph or cell, line by line; the first line that counts. */
static struct str first_line(struct str text, struct arena *a)
{
	const char *end = text.p + text.n;

	for (const char *p = text.p; p < end;) {
		const char *newline = memchr(p, '\n', (size_t)(end - p));
		struct str line = str_trim(str_slice(p, newline ? newline : end));
		if (line.n && has_letter(line) && !is_frame_label(line)) {
			line = arena_str(a, line);
			return line.p ? line : STR_EMPTY;
		}
		p = newline ? newline + 1 : end;
	}
	return STR_EMPTY;
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
	struct str title = STR_EMPTY;
	struct buf text, squeezed;

	buf_init(&text, a->heap, 0);
	buf_init(&squeezed, a->heap, 0);
	for (uint32_t i = 0; i < t->n_nodes && title.n == 0; i++) {
		enum node_kind kind = t->nodes[i].kind;
		if (kind != NODE_PARAGRAPH && kind != NODE_TABLE_CELL && kind != NODE_TERM && kind != NODE_CAPTION)
			continue;
		buf_clear(&text);
		buf_clear(&squeezed);
		lines_of(&text, t, i);
		title = first_line(buf_str(&text), a);
		text_squeeze(&squeezed, title);
		if (title.n && buf_ok(&squeezed))
			title = kept(a, &squeezed);
	}
	buf_release(&squeezed);
	buf_release(&text);
	return title;
}
