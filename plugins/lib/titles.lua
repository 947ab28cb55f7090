-- Words that stand beside names: honorifics, academic and job titles.  Data for
-- names.lua and people.lua.  Source: headwords of the Standard Korean Language
-- Dictionary used as 호칭 and 직위, the job classes of the Korean Standard
-- Classification of Occupations, and the usual English forms of address.

local find, match, sub = string.find, string.match, string.sub

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
titles.before = quern.text.set [[dr prof professor mr mrs ms miss sir madam rev hon judge senator president ceo cto]]

-- After an English name: "Jane Roe, PhD".
titles.suffixes = quern.text.set [[phd ph.d md jr sr ii iii iv esq msc bsc mba m.d cfa]]

-- Who is addressed with 님 by what they are rather than by name: kin, callings, offices.
titles.callings = quern.text.set [[부모 어머 아버 할머 할아버 외할머 형 형수 누 오라버 아드 따 딸 손 단골손 주인 임금 하느 하나 해 달 별 스 신 마마 예수 부처
  고객 독자 회원 사용자 이용자 작성자 관리자 운영자 담당자 기획자 참석자 지원자 후보자 당첨자 수상자 강연자 소유자 개발자
  국장 시장 부시장 지사장 사장 부사장 반장 이장 군수 도지사 장인 장모 점장 점주 사모 서방 도련 아가씨 며느 사위
  목사 신부 스승 제자 동기 친구 조교 스태프 크루 팀원 조원 부원 여러분 블로거 유튜버 리뷰어 컨트리뷰터 메인테이너 커미터 주치의
  갑 을 상사 사수 부사수 상담사 집사 왕 공주 왕자 고갱 호갱 나 너 저 우리 당신 그 이 저희 그분 모든 아 다른 분 유저 오너 셀러
  PL PM PO TL TM EM QA SA CTO CEO CPO COO CFO MC DJ VIP
  면접관 심사위원 후배 선배 배우 가수 선수 오거나이져 스터디원 스터디장 파트너 어르신 원어민 판매자 구매자 시청자 청취자]]

titles.is_title = {}
for _, title in ipairs(titles.after) do titles.is_title[title] = true end

-- What may follow a name in its word.
titles.particles = quern.text.set [[이 가 은 는 을 를 과 와 의 도 께 께서 에게 이고 입니다 이며 과의 와의 이었다 였다 에게서 이나 까지
  님 님이 님은 님의 님을 님과 님께 님께서 님도 님에게 님입니다 씨 씨가 씨는 씨의]]

-- What else ends a word that begins with a name.
local endings = quern.text.set [[이라고 라고 이라는 라는 이었습니다 였습니다 이에요 예요 이랑 랑 하고 한테 부터 처럼 만 등 들 께서는 이란 란]]

-- Whether a word is a title, with or without a particle.
function titles.begins_with_title(word)
  if titles.is_title[word] then return true end
  for size = #word - 3, math.max(3, #word - 9), -3 do
    if titles.is_title[word:sub(1, size)] and titles.particles[word:sub(size + 1)] then return true end
  end
  return false
end

-- Forms of address: before them stands somebody.
titles.polite = { "님", "씨 ", "씨가", "씨는" }

-- Whether the rest of a word may stand behind a name.
function titles.may_follow(rest)
  if rest == "" or titles.particles[rest] or endings[rest] then return true end
  return #rest <= 24 and (rest:sub(1, 3) == "님" or titles.begins_with_title(rest))
end

-- What stands before the name in the text of a picture.
local preambles = { "^[Pp]ortrait of%s+", "^[Pp]hoto of%s+", "^[Pp]icture of%s+", "^[Hh]eadshot of%s+",
  "^[Aa]vatar of%s+", "^[Pp]hotograph of%s+",
  "^하는%s+", "^중인%s+", "^하고 있는%s+", "^에서 발표하는%s+", "^을 하는%s+", "^[Pp]hoto:%s*", "^사진%s*:%s*" }

-- What a picture's text says before a name: "Portrait of NAME".
function titles.after_preamble(text)
  for _, preamble in ipairs(preambles) do
    local _, stop = find(text, preamble)
    if stop then return sub(text, stop + 1) end
  end
  local before = match(text, "^(.-)%s*사진$")
  return before and (match(before, "^(.-)의$") or before) or text
end

return titles
