-- Syllables that Korean given names of two syllables are made of: the first and
-- the second one.  A word of three syllables that begins with a family name is
-- a name where both fit.  Data for names.lua.
-- Collected by hand from the readings of the characters that the Supreme Court
-- of Korea allows in names (인명용 한자), those found in its lists of frequent
-- given names, and the native words people are named after (하늬, 가온, 새벽).

local first = [[
가 강 건 겨 결 경 고 관 광 교 구 국 권 규 균 근 금 기 길 꽃 나 난 남 내 노 누 늘 다 단 달 대
  덕 도 동 두 든 들 라 란 래 려 련 로 루 류 륜 리
린 마 만 말 명 모 무 문 미 민 바 반 방 배 백 범 별 병 보 복 봄 봉 부 비 빈 빛 사 산 상 새 샘
  서 석 선 설 섬 성 세 소 솔 송 수 숙 순 슬 승 시
신 아 안 애 양 어 여 연 열 영 예 오 옥 온 완 용 우 욱 운 웅 원 유 윤 율 은 을 의 이 익 인 일
  임 자 장 재 정 제 조 종 주 준 중 지 진 찬 창 채
천 철 청 초 춘 충 치 태 택 파 평 푸 하 학 한 해 향 헌 혁 현 형 혜 호 홍 화 환 효 후 훈 휘 흥 희
]]

local second = [[
가 강 건 걸 결 겸 경 곤 관 광 교 구 국 권 규 균 근 길 나 난 남 노 누 늘 늬 니 단 담 대 덕 도
  돈 돌 동 두 든 들 라 란 람 랑 래 량 려 련 렬 령 례
로 록 룡 루 룬 류 륜 률 름 리 린 림 만 명 모 묵 미 민 배 백 범 벽 별 병 보 복 봄 봉 비 빈 빛
  샘 새 서 석 선 설 섭 성 세 소 솔 송 수 숙 순
슬 승 식 신 아 안 애 양 언 여 연 열 엽 영 예 오 옥 온 완 요 용 우 욱 운 웅 원 월 유 윤 율 은
  을 음 응 의 이 익 인 일 임 재 정 제 조 종 주 준 중
지 직 진 찬 창 채 천 철 초 춘 출 충 치 태 택 하 학 한 해 혁 현 협 형 혜 호 홍 화 환 후 훈 휘
  흔 희 힘
]]

-- Second syllables that also end many common words: they need better company than their place.
local common = [[ 식 성 형 화 자 인 일 원 용 제 정 기 관 국 수 시 지 도 리 조 주 대 단 부 서 구
  의 로 이 은 을 가 나 고 라 려 면 해 한 하 여 장 동 율 률 량 안 신 명 ]]

local set = quern.text.set

return { first = set(first), second = set(second), common = set(common), first_text = first, second_text = second }
