-- Korean family names, with the usual Latin spellings: data for names.lua.
-- Source: Statistics Korea (KOSIS), Population and Housing Census 2015, family
-- names by frequency (those with 1,000 bearers or more); spellings as listed
-- by the National Institute of Korean Language survey of passport names.

local one = [[
김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 전 홍 유 고 문 양 손 배 백 허 남 심 노
하 곽 성 차 주 우 구 민 류 나 진 지 엄
채 원 천 방 공 현 함 변 염 여 추 도 소 석 선 설 마 길 연 위 표 명 기 반 라 왕 금 옥 육 인 맹
제 모 탁 국 어 은 편 용 예 경 봉 사 부
가 복 태 목 형 피 두 감 호 음 빈 동 온 시 범 좌 팽 승 간 견 당 화 단 갈 옹 진 창
]]

local two = [[ 남궁 황보 제갈 사공 선우 서문 독고 동방 망절 ]]

local latin = [[
kim gim lee yi rhee ri park bak pak choi choe jung jeong chung kang gang cho jo yoon yun youn jang chang lim im rim han oh seo
suh
shin sin kwon gwon hwang ahn an song jeon jun chun hong yoo yu ryu ryoo ko go koh moon mun yang son sohn bae paik baek hur heo
huh nam
shim sim noh roh ha kwak gwak sung seong cha joo ju woo koo gu ku min na rah jin ji chi um eom chae won cheon bang kong gong
hyun hyeon
ham byun byeon yeom yeo choo chu do so seok suk sun seon seol ma gil yeon wi pyo myung ki ban ra wang keum ok yook in maeng je
mo tak kook
]]

local set = quern.text.set

local surnames = { one = set(one), two = set(two), latin = set(latin), latin_text = latin, syllables = one }

-- Borne by fewer than 1,000 (the same census): believed where the given name is one as well.
local rare = [[감 담 림 봄 내 개 초 량 노 누 뇌 뢰 돈 두 련 루 만 매 묘 무 묵 미 방 번 범 비 빙
  삼 수 순 승 십 애 야 엄 영 옹 요 운 자 저 점
  종 증 춘 탄 판 포 풍 필 학 합 해 혁 흥 화 후 궉 난 낭 단 대 라 려 리 섭 아 오 온 완 우 인
  임 장 정 준 채 편 환]]
surnames.rare = set(rare)
surnames.syllables = surnames.syllables .. rare

-- Those that begin many common nouns, so that the name alone says less.
surnames.common = quern.text.set [[이 정 조 장 신 안 전 고 문 유 손 배 백 남 심 노 하 성 차 주 우 구 나 진 지 원 천
  방 공 현 변 여 추 도 소 석 선 설 마 길
  연 위 표 명 기 반 금 국 어 은 편 용 예 경 사 부 가 복 목 형 피 두 감 호 음 온 시 범 당 화
  단 갈 창 한 오 서 인 모 제 채 강 동 임 최 함]]

-- The most frequent ones, which together name nine Koreans in ten: enough evidence alone.
surnames.frequent = quern.text.set [[김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 전 홍 유 고 문 양 손 배 백 허
남 심 노 하 곽 성 차 주 우
구 민 류 나 진 지 엄 채 원]]

return surnames
