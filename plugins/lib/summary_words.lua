-- Words that tell what a sentence or a section is for, Korean and English, in
-- the manner of H. P. Edmundson, "New methods in automatic extracting", Journal
-- of the ACM 16, 1969 (cue words, and headings under which conclusions stand).
-- For digest.lua.  Collected by hand from reports of meetings, lectures and
-- releases, and from the headings that style guides of such posts recommend.

return {
  -- Sentences that begin so sum up.
  cue = {
    "정리:", "정리 :", "정리하면", "정리하자면", "요약:", "요약 :", "요약하면", "요약하자면", "결론:", "결론 :", "결론은", "결론적으로",
    "종합하면", "한마디로", "한 줄 요약", "한줄 요약", "한줄요약", "핵심:", "핵심은", "총평:", "총평은", "in summary", "in short", "in conclusion",
    "to sum up", "to summarize", "to summarise", "overall", "all in all", "bottom line", "tl;dr", "tldr", "takeaway", "takeaways",
    "conclusion:", "summary:", "we found", "we show", "we learned", "we conclude",
  },
  -- Sections that say what it is about, or what came of it.
  telling = {
    "회고", "후기", "소감", "결론", "정리", "요약", "마치며", "마무리", "맺음", "느낀", "배운", "배웠", "심사평", "총평", "결과", "평가",
    "의의", "목표", "목적", "주제", "개요", "소개", "conclusion", "conclusions", "summary", "result", "results", "finding", "findings",
    "learn", "learned", "learnt", "lesson", "lessons", "takeaway", "takeaways", "in short", "tl;dr", "overview", "introduction",
    "abstract", "highlights", "about", "what is", "why", "in brief", "retrospect", "retrospective", "wrap-up", "recap", "outlook",
    "next steps",
  },
  -- Sections that serve the visitor or the writer: contacts, credits, tickets, further links.
  passing = {
    "감사", "문의", "링크", "참고", "후원", "제작", "연락", "관련", "함께 보", "신청", "티켓", "오시는", "찾아오", "준비물", "댓글", "숙소",
    "자주 묻는", "thanks", "credits", "contact", "link", "links", "reference", "references", "sponsor", "sponsors", "ticket",
    "tickets",
    "acknowledgements", "acknowledgments", "further", "reading", "getting there", "getting in", "support", "chapters", "faq",
    "comments",
  },
}
