-- Words that stand beside names: honorifics, academic and job titles.  Data for
-- names.lua and people.lua.  Source: headwords of the Standard Korean Language
-- Dictionary used as 호칭 and 직위, the job classes of the Korean Standard
-- Classification of Occupations, and the usual English forms of address.

local titles = {}

-- After a Korean name, with or without a space; longest first so that 교수님 wins over 교수.
titles.after = {
  "선임연구원", "책임연구원", "수석연구원", "전임연구원", "연구책임자", "석박통합과정",
  "박사후연구원", "에반젤리스트", "데이터사이언티스트",
  "오거나이저", "사이언티스트", "애드보킷", "커뮤니티매니저", "프로그래머", "크리에이터",
  "아키텍트", "스피커", "디자이너",
  "박사과정생", "석사과정생", "박사과정", "석사과정", "학부연구생", "대학원생", "연구위원",
  "전문위원", "운영위원", "부교수", "조교수",
  "정교수", "석좌교수", "명예교수", "초빙교수", "겸임교수", "교수님", "교수", "박사님", "박사",
  "석사", "대표이사", "공동대표", "대표님", "대표",
  "부대표", "상무이사", "전무이사", "상무", "전무", "이사님", "이사장", "이사", "연구원님",
  "연구원", "연구소장", "연구실장", "팀장님",
  "팀장", "파트장", "그룹장", "본부장", "부문장", "센터장", "실장", "원장", "소장", "부장", "차장",
  "과장", "대리", "주임", "사원", "책임님",
  "책임", "선임", "수석님", "수석", "매니저님", "매니저", "개발자님", "개발자", "엔지니어님",
  "엔지니어", "디렉터", "컨설턴트", "강사님", "강사",
  "멘토님", "멘토", "멘티", "코치", "튜터", "작가님", "작가", "기자", "회장님", "회장", "부회장",
  "의장", "총장", "학장", "학과장", "위원장",
  "위원", "간사", "총무", "랩장님", "랩장", "운영자", "운영진", "리더님", "리더", "리드", "빌더",
  "회계사", "변호사", "변리사", "의사", "약사",
  "간호사", "세무사", "기사", "선생님", "선생", "쌤", "선배님", "선배", "후배", "학생", "학우",
  "연사님", "연사", "발표자님", "발표자",
  "강연자", "진행자", "사회자", "좌장", "패널", "토론자", "참가자", "담당자", "저자", "역자",
  "필자", "감독", "장관", "시장", "의원", "판사",
  "검사", "여사", "군", "양", "옹", "님", "씨", "PM", "PO", "CEO", "CTO", "CIO", "CPO", "COO", "VP", "PD", "DevRel",
}

-- Those that make a name sure by standing directly after it.
titles.weak_after = { ["군"] = true, ["양"] = true, ["옹"] = true, ["의사"] = true, ["기사"] = true, ["사원"] = true,
["학생"] = true,
  ["시장"] = true, ["검사"] = true, ["책임"] = true, ["대리"] = true, ["석사"] = true, ["선배"] = true, ["감독"]
  = true, ["대표"] = true,
  ["이사"] = true, ["리드"] = true, ["코치"] = true, ["패널"] = true, ["담당자"] = true, ["개발자"] = true,
  ["엔지니어"] = true,
  ["참가자"] = true, ["저자"] = true, ["운영진"] = true, ["운영자"] = true, ["위원"] = true, ["연사"] = true,
  ["발표자"] = true }

-- Before an English name.
titles.before = {}
for word in ([[dr prof professor mr mrs ms miss sir madam rev hon judge senator president ceo cto]]):gmatch("%S+") do
  titles.before[word] = true
end

-- After an English name: "Jane Roe, PhD".
titles.suffixes = {}
for word in ([[phd ph.d md jr sr ii iii iv esq msc bsc mba m.d cfa]]):gmatch("%S+") do titles.suffixes[word] = true end

return titles
