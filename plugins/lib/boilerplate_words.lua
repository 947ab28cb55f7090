-- Labels of blog platforms and page furniture, Korean and English, lower case.
-- For boilerplate.lua.  Collected by hand from the default skins of Tistory,
-- Naver Blog, WordPress (TwentyTwenty-*), Blogger, Ghost and Jekyll minima.

return {
  labels = {
    "공지사항", "최근에 올라온 글", "최근에 달린 댓글", "최근 글", "최근 댓글", "최근글",
    "최근댓글", "글 보관함", "보관함", "방명록",
    "카테고리", "분류 전체보기", "전체보기", "태그", "태그목록", "링크", "구독하기", "구독",
    "좋아요", "공유하기", "공감", "댓글", "댓글 0",
    "댓글쓰기", "이전 글", "다음 글", "이전글", "다음글", "이전", "다음", "관련글", "관련 글",
    "더보기", "목록", "맨 위로", "검색", "메뉴",
    "메뉴 바로가기", "본문 바로가기", "본문 기타 기능", "본문 폰트 크기 조정", "신고하기",
    "저작자표시", "관리", "로그인", "로그아웃",
    "글쓰기", "블로그 메뉴", "인기 글", "인기글", "전체 방문자", "오늘", "어제", "티스토리 뷰",
    "티스토리툴바", "이웃추가", "프로필",
    "url 복사", "카카오톡", "트위터", "페이스북", "게시글 관리", "구독자", "사이드바", "홈",
    "카운터", "달력",
    "total", "today", "yesterday", "tag", "tags", "more", "link", "links", "archives", "archive", "categories", "category",
    "comments",
    "leave a comment", "leave a reply", "share", "share this", "share this post", "tweet", "subscribe", "newsletter",
    "related posts",
    "recent posts", "recent comments", "previous", "next", "previous post", "next post", "older posts", "newer posts", "home",
    "about", "search", "menu", "skip to content", "skip to main content", "toggle navigation", "table of contents", "log in",
    "login", "sign up",
    "read more", "follow us", "back to top", "privacy policy", "terms of service", "cookie policy", "contact", "rss",
    "permalink",
  },
  -- A block that contains one of these and little else is furniture.
  marks = {
    "all rights reserved", "powered by", "copyright ©", "© 20", "(c) 20", "저작권자", "무단 전재", "무단전재",
    "designed by", "cookie",
    "accept cookies", "privacy policy", "공유하기 글 요소", "posted in", "filed under", "sign up for our newsletter",
  },
}
