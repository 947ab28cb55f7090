-- Words that look like names and are none.  Data for names.lua.
-- Korean: frequent nouns and adverbs of two or three syllables that begin with a
-- family name (from the National Institute of Korean Language frequency list
-- of modern Korean, 2002, and the vocabulary of meeting reports).  English:
-- words that are capitalised in headings and in names of organisations.

local not_names = {}

-- Cities and regions whose words are names as well.
not_names.places = quern.text.set([[hong kong, los angeles, san jose, san francisco, san diego, santa clara, santa monica,
  santa barbara, santa cruz,
  el paso, new york, new jersey, new delhi, st louis, fort worth, salt lake, las vegas, kuala lumpur, buenos aires, sao paulo,
  rio de janeiro, mexico city, cape town, ho chi minh, phnom penh, tel aviv, abu dhabi, costa rica, puerto rico, sri lanka,
  south korea, north carolina, west virginia, palo alto, menlo park, mountain view, ann arbor, baton rouge, virginia beach,
  victoria falls,
  madison square, jeju island]], ",\n")

local korean = [[
반대로 주치의 마치며 키노트 하던말던 인원수 신청자 정원수 참가비 장소명
로비 대강당 소강당 강당 회의실 구내식당 식당 대회의실 세미나실 본관 별관 지하 옥상 정문 후문 오전반 오후반 저녁반 주말반 주중반
정규직 비정규 전산과 이공계 전공생 정교수 부교수 남학생 신진연 전임의 지도한 성인지 주저자 전일제
신소재 이달의 심리학 문학부 조선해 강원대 조선대 이화여 전임 신진 심리 소재 부산대 전북대 전남대 경북대 제주대 서강대 이주의
이번 이제 이후 이전 이런 이것 이름 이상 이하 이해 이유 이미 이용 이외 이동 이론 이벤트
이미지 이메일 이슈 이야기 이력 이력서 이력서를 이어서 이곳
이날 이때 이루 이직 이상의 이러한 이를 이와 이과 이점 이익 이자 이달 이든 이렇게 이라고
이처럼 이하의 이번에 이번엔 이를테 이구동
정도 정말 정보 정리 정책 정부 정의 정확 정확도 정기 정규화 정규식 정답 정식 정신 정상
정원 정회원 정보화 정보의 정보를 정리한 정적 정량
주제 주요 주로 주말 주변 주의 주최 주관 주소 주차 주간 주문 주로는 주제로 주제는 주제별
주관사 주최자 주최측
강의 강연 강사 강사진 강화 강조 강력 강좌 강남 강의실 강연자 강의록 강의자 강의를 강의는
강점 강북 강릉 강원
연구 연구원 연구실 연구소 연결 연습 연도 연락 연락처 연사 연산 연구자 연사님 연말 연초
연속 연관 연동 연합 연세대 연구팀
현재 현실 현장 현업 현황 현대 현지 현재는 현직 현직자 현대차
기술 기업 기본 기존 기간 기록 기반 기능 기계 기대 기회 기타 기획 기획자 기초 기준 기여
기사 기수 기관 기술의 기조 기조강연 기업의 기록을
전체 전문 전문가 전공 전반 전반기 전략 전환 전달 전송 전시 전시회 전자 전기 전혀 전통
전세계 전국 전날 전남 전북 전문적 전처리 전담
구글 구조 구현 구성 구축 구매 구분 구체 구독 구간 구성원 구체적 구하기 구현체
문제 문서 문의 문화 문장 문자 문법 문맥 문항 문서화 문제점 문제를 문자열 문구
성공 성능 성장 성과 성격 성적 성균관 성균관대 성남 성북 성수 성능을 성과를
신청 신규 신경 신경망 신입 신입생 신뢰 신호 신설 신촌 신청자 신청서 신뢰도 신기술 신약
서비스 서버 서로 서울 서울대 서류 서면 서론 서적 서술 서초 서울시 서강대 서버의 서울과
고객 고급 고민 고려 고려대 고등 고정 고성능 고도화 고양 고려해 고등학교
공유 공부 공개 공식 공간 공동 공모 공모전 공지 공통 공감 공학 공헌 공유회 공지사항 공유를
공덕
도구 도전 도움 도입 도메인 도서 도서관 도시 도착 도커 도출 도대체 도로 도우미
소개 소스 소통 소속 소식 소프트 소감 소규모 소비자 소모임 소요 소비 소스코드 소프트웨
소개를 소수 소중한
선정 선택 선배 선물 선수 선착순 선형 선생 선생님 선발 선언 선도 선임 선호 선순환
지난 지금 지원 지식 지역 지표 지도 지방 지속 지수 지원자 지원서 지난해 지능 지도학습 지향
지인 지혜 지난달 지방권 수도권 가상화
하지만 하나 하루 하반기 하드웨어 하는 하고 하며 하면 하위 하노이 하와이 하늘 하이퍼 하네스
한국 한국어 한번 한편 한글 한계 한눈에 한마디 한국의 한양 한양대 한국인 한국형 한빛 한컴
한화 한자 한동안 한참
오늘 오전 오후 오픈 오류 오픈소스 오프라인 오랜만 오디오 오래 오픈랩 오시는 오른쪽
오케스트라 오리엔테이션
안내 안녕 안전 안정 안드로이드 안건 안양 안녕하 안산 안동 안전성 안정성
조직 조건 조사 조언 조회 조합 조금 조교 조원 조별 조직의 조기 조장 조교수
장소 장점 장비 장치 장기 장학금 장면 장애 장르 장벽 장려상 장관상 장단점
편집부 편집팀 편집장 관리자 운영자 사회자 진행자 기자단 학생회 홍보팀 참가자 질문자
답변자 인터뷰어 독자 청중 관객 학생들
원리 원래 원문 원인 원격 원서 원하는 원데이 원칙 원주 원광대
유저 유형 유지 유사 유용 유튜브 유료 유니티 유망 유명 유럽 유연 유닛 유의 유의사항 유사도
유튜버
양식 양성 양방향 양자 양재 양측 양상 양재동 양자화 양산
배경 배포 배열 배치 배움 배우 배송 배운점 배달 배터리 배포판
백엔드 백업 백신 백서 백본 백석대 백화점
노트북 노트 노드 노력 노출 노하우 노동 노이즈 노션
남은 남자 남산 남부 남대문 남북
나의 나눔 나름 나중 나중에 나이 나라 나누기 나노 나는
우리 우선 우수 우수상 우리의 우리가 우주 우분투 우승 우대 우편
채널 채용 채팅 채택 채점 채팅방 채용팀
진행 진로 진입 진단 진짜 진학 진행자 진행을 진출 진행중
표현 표준 표시 표지 표정 표본 표준화
경험 경우 경기 경쟁 경로 경영 경제 경력 경진대회 경희대 경북 경남 경험을 경기도
방법 방식 방향 방문 방안 방송 방학 방대한 방법론 방향성
마지막 마음 마감 마케팅 마을 마이크 마포 마무리 마련 마스터 마켓 마이크로
명단 명령 명령어 명함 명시 명칭 명예 명사 명지대
모델 모임 모집 모두 모듈 모바일 모니터링 모델의 모델링 모드 모형 모음 모든 모두의
사용 사람 사례 사실 사진 사이트 사이 사회 사용자 사업 사전 사항 사무국 사이버 사회자
사용법 사람들 사내
부스 부분 부터 부족 부산 부문 부서 부록 부담 부산대 부트캠프 부탁 부회장
시간 시작 시스템 시장 시험 시대 시각 시연 시청 시도 시리즈 시상식 시간표 시각화 시나리오
시민
동아리 동영상 동작 동료 동시 동안 동기 동국대 동향 동의
인공지능 인터뷰 인사 인사말 인증 인식 인상 인하대 인천 인재 인덱스 인프라 인문 인원 인간
인터넷 인턴 인코딩
화면 화상 화요일 화학 화제 화이트
제목 제공 제품 제안 제출 제작 제주 제한 제조 제도 제어 제이슨 제주도
국내 국제 국가 국민 국민대 국회 국외
여러 여기 여행 여름 여부 여성 여정 여의도 여러분
천만 천안 천천히 추가 추천 추후 추진 추론 추첨 추상 추억 차이 차원 차세대 차트 차량 차례
변화 변수 변경 변환 변형 변호사 설명 설정 설계 설치 설문 설문조사 설비 설명회
석사 석박사 위치 위원 위원회 위해 위키 위험 위원장 위의 반복 반도체 반갑 반면 반응 반장
왕복 라이브러리 라이브 라이선스 라운드 라인 라벨
금융 금요일 금지 금년 금상 육성 육아 용어 용도 용량 용인 예시 예정 예산 예약 예측 예제
예선 어떤 어디 어려움 어제 어떻게 은행 은상 은닉 편집 편의
태그 태도 태스크 형태 형식 호스트 호텔 호출 범위 범용 복습 복잡 복지 단계 단체 단어 단순
단위 당일 당신 당시 창업 창의 창원 감사 감성 감독 간단 간담회
권한 권장 권리 황금 송파 손실 손쉽게 홍보 홍대 홍익대 허가 허브 허용 심사 심화 심층
심사위원 민간 민주 류트 임베딩 임베디드 임시 임원 임무 임의 윤리
심사평 총평 강평 최신 최근 최고 최대 최초 최적 최적화 최종 최소 최우수 최우수상 박람회
  박물관 박사 김치
운영진 참가자 발표자 연구진 교수진 심사단 주최측 관계자 담당자 진행팀 후원사 협력사
  이용자 조회수 출연진 제작진 개발진 의료진 취재진 집필진
참석자 연구원들 구성원들 지방세 부가세 소득세 법인세 유효성 안정성 정합성 원자성
  지속성 가용성 확장성 기밀성 무결성 조건문 반복문 구조체 하향식 상향식
최우선 우선순위 지우기 남기기 정하기 안하기 고르기 나누기 만들기 다루기 전부 각자
  모두들 다같이 온라인 오프라인 비공개 미정 미확정 추후공지 공동체
김포 김해 차시 주니어 시니어 길이 함수 함께 염두 추석 도쿄 원격지
블로그 사이트 캠퍼스 코리아 깃허브 깃헙 슬랙 노션 트위터 미디엄 고사양 저사양 고성능 저전력 공무원 변호사 세무사 회계사 간호사 관계자 실무자
]]
not_names.korean_text = korean
not_names.korean = quern.text.set(korean)

local english = [[
replication tiered
a about academy acknowledgements ads advanced advantage ai algorithm algorithms all alpha amazon america american an analysis
analytics and android announcing api apple
application applications apps april architecture are art artificial as asia asian at attention audio august australia author
authors auto award awards aws azure
back based basic basics beginner best beta better beyond big bio blog board book boot brief bring bringing browser build
building business by california call camp
can case center central chair challenge challenges changes chapter chapters chat chicago china chinese city class
classification client closing cloud club code coding
collaboration college coming comment comments committee common communication community company compiler complete computer
computing conclusion conference connect contact
content contents contest context contributors control cool core corporation course courses covid cpu create creating credits
cuda culture current custom daily dashboard
data database date day days december deep demo deploy deployment design desktop detection dev developer developers development
device devices devops diffusion digital
discussion distributed docker docs documentation download driven easy edge editor education efficient email end engineer
engineering engineers english enterprise
environment error europe european evaluation event events evolution example examples exploring express face facebook facts
fall false fast feature features february
federated feedback festival field file final finding fine first five flow follow for forum foundation foundations four
framework france free friday from frontend full function
fund fundamentals future galaxy game games gemini general generation generative german germany get getting git github global
goals good google gpu graph great group groups
guide hack hackathon hands hardware health hello help hidden high history home hour house how human i if image images impact
implementation improvements in india industry inference
information infrastructure innovation inside insights installation instagram institute intel intelligence interactive
international internet interview intro introducing introduction investment
ios is issue issues it italy its january japan japanese java javascript jobs join journal journey july june just kernel key
keynote kit knowledge known korea korean kubernetes
lab laboratory labs language large last launch layer lead leaders leadership learn learned learning lecture lessons level
library license life lightning link linkedin links linux list
live llm local location london machine madrid mac main making management map march market marketing master mastering material
math may media medical meet meeting meetup member members memory mentor
mentors meta method methods metrics microsoft mini mission mobile model models modern monday more morning multi multimodal
music my name national native natural network networking networks neural new
news newsletter next night north note notebook notes november now nvidia object october of office official old on one online
only open opening operations optimization optimizer options
oracle order org organization organizers our out over overview page panel paper papers paris part partner partners party past
performance person personal phase photo photos pipeline
place plan platform play please plenary plus podcast policy poster posters power practical practice pre prerequisites
presentation presentations press previous pricing privacy pro problem process processing product
production products professional program programming programs progress project projects proposal public publication
publications python pytorch q quality quantum question questions quick real recap recent
recognition recommendation red references register registration reinforcement related release releases report reports
repository representation request requirements research resources responsible rest result
results retrieval review reviews road robot robotics room round rust safety samsung san saturday scale scaling schedule school
science scientist search season second secure security
segmentation self semantic seminar senior seoul september series server service services session sessions set setup share
short show sign silicon singapore site slack slide slides
small social society software solution solutions some source south space spain spark special speech speed spotlight spring
stable stack staff stage start started startup state states static step steps
storage stories story stream street strategy structure student students studio study style submission success summary summer
summit sunday supervised support survey sustainability
system systems table tag tags take talk talks tax team teams tech technical technologies technology tensor tensorflow terms
test testing text thanks thank the theme then theory these they things this three thursday
time timeline tips title to today together tokyo tool toolkit tools top topic topics track tracking training transfer
transformer transformers translation transport true trust tuesday tutorial
tutorials tv twitter two ui under understanding union unit united university up update updates upcoming us usa use user users
using valley vancouver venue version vibe video videos view virtual
vision visual visualization voice wales was washington watch we web website wednesday week weekly welcome west what when where
which who why wiki wild will windows winter with word work workflow working
works workshop workshops world worldwide writing x year years yes york you your youth youtube zero zone
nov oct dec sept feb ubuntu debian fedora advent calendar
]]
not_names.english_text = english
not_names.english = quern.text.set(english)

-- A name with one of these words is an organisation, a place or a group.
not_names.organisation = quern.text.set [[team group inc inc. ltd llc corp corp. corporation co gmbh foundation university
  college institute labs lab
laboratory
  research ai org organization association society committee community council center centre academy school department dept
  ministry
  club user users contributors maintainers developers admin administrator editor editors staff blog newsletter project bot
  webmaster
  ladies
  root guest anonymous unknown none null user-group press media studio studios systems technologies software network networks
  hosting audio trust guild collective cooperative coop hub works labs. gallery library museum theatre theater orchestra
  church institute's
  consulting ventures capital partners holdings services solutions analytics robotics dynamics industries electronics motors
  airlines records
  bookshop bakery
  bldg building tower plaza hotel pub tavern alehouse brewery arena
  cafe café hall station hospital bank company agency office bureau fest festival
  pictures imageworks entertainment]]

-- What stands in the place of a name where there is none yet, or none in particular.
not_names.placeholders = quern.text.set [[tbd tba tbc n/a na none nobody todo various everyone everybody all anyone unknown
  anonymous you me we us them
  online offline zoom virtual speaker speakers host presenter author admin organizer organiser moderator guest member
  미정 없음 추후 공지 전원 모두 각자 여러분 다같이 누구나 자유 온라인 오프라인 섭외 섭외중 확인중 익명 본인 미공개 비공개 추후공지
  대면 비대면 운영자 진행자 발표자 작성자 참가자 참석자]]

not_names.korean_organisation = {
  "팀", "모임", "위원회", "운영진", "연구소", "연구실", "연구원", "대학교", "대학원", "대학",
  "학교", "학과", "학부", "재단", "협회", "학회", "회사", "주식회사",
  "센터", "그룹", "동아리", "커뮤니티", "편집부", "편집팀", "관리자", "사무국", "부트캠프",
  "아카데미", "컴퍼니", "스튜디오", "병원", "은행", "전자", "정보통신",
  "코리아", "기자단", "홍보팀", "조직위", "집행부", "랩", "교육원", "진흥원", "공단", "공사",
  "학생회", "스쿨", "캠퍼스", "블로그", "사이트", "프로젝트",
}

return not_names
