-- dates.lua: what is a date, what is none, and the year it belongs to.
package.path = (arg[0]:match("^(.*)/[^/]*$") or ".") .. "/?.lua;" .. package.path
local tap = require "tap"
local calendar = require "lib.calendar"
local date_meta = require "lib.date_meta"
local dates = require "lib.dates"

-- Every case: text, then the EDTF dates expected, joined by spaces; read on 2024-12-02.
local cases = {
  { "2024년 11월 30일에 열린", "2024-11-30" },
  { "2018년 중순부터 시작한", "2018-07/.." },
  { "2022년부터 해마다", "2022/.." },
  { "2024년 9월, 부산에서", "2024-09" },
  { "2018년도 초에", "2018-01" },
  { "지난 7월 밋업", "2024-07" },
  { "작년 여름에", "2023-22" },
  { "4월 27일부터 5월 1일까지", "2025-04-27/2025-05-01" },
  { "2025.03.15(토) 14:00~18:00", "2025-03-15T14:00/2025-03-15T18:00" },
  { "2025-03-15", "2025-03-15" },
  { "2025/03/15", "2025-03-15" },
  { "2024. 3. 15. (금) 오후 2시 ~ 오후 5시", "2024-03-15T14:00/2024-03-15T17:00" },
  { "Sept 30-01", "2024-09-30/2024-10-01" },
  { "Sep 12-13, 2025", "2025-09-12/2025-09-13" },
  { "12 September 2025", "2025-09-12" },
  { "3rd of May", "2025-05-03" },
  { "Friday, March 7, 2025 at 6:30 PM", "2025-03-07T18:30" },
  { "April 27 – May 2, 2025", "2025-04-27/2025-05-02" },
  { "June 30 to July 2, 2024", "2024-06-30/2024-07-02" },
  { "2-3 May 2025", "2025-05-02/2025-05-03" },
  { "Q4 2026", "2026-10/2026-12" },
  { "2024년 1분기", "2024-01/2024-03" },
  { "2024년 상반기", "2024-01/2024-06" },
  { "spring 2024", "2024-21" },
  { "early 2023", "2023-01" },
  { "since 2015", "2015/.." },
  { "from 2019 to 2021", "2019/2021" },
  { "2023.09 ~ 2024.02", "2023-09/2024-02" },
  { "2021년 3월 ~ 현재", "2021-03/.." },
  { "1980년대부터", "198X/.." },
  { "10:20 - 11:00", "T10:20/T11:00" },
  { "오후 4시부터였다", "T16:00/.." },
  { "오전 10시 30분", "T10:30" },
  { "2pm-4pm", "T14:00/T16:00" },
  { "2-4pm", "T14:00/T16:00" },
  { "오후 2~5시", "T14:00/T17:00" },
  { "밤 11시", "T23:00" },
  { "5월 10일까지 신청", "../2025-05-10" },
  { "2015년 4번의 시도 끝에 취직한 5월", "2015 2015-05" },
  { "지난달 20일", "2024-11-20" },
  { "어제", "2024-12-01" },
  { "(새책, 2017)", "2017" },
  -- none of these is a date
  { "30분, 3개월 동안, 3번, 5명, 3기, 2시간, 1시간 뒤", "" },
  { "version 3.0.1, 1706.03762, v2024.1, 3.39%", "" },
  { "https://example.org/2024/01/02 and IMG_20240301.png", "" },
  { "새싹위크 2023도, PyThing 2024 Conference", "" },
  { "«   2025/04   »", "" },
  { "지난 24.11.30(토)에", "2024-11-30" },
  { "버전 24.11.30", "" },
  { "2024년 4~6월 석 달", "2024-04/2024-06" },
  { "2025.6.2. - 6.5.", "2025-06-02/2025-06-05" },
  { "2008.1 – 2012.12", "2008-01/2012-12" },
  { "2019.7 – 현재", "2019-07/.." },
  { "2007년 3/4분기", "2007-07/2007-09" },
  { "2025년 10월 17일(금)부터 18일(토)까지", "2025-10-17/2025-10-18" },
  { "Between the 2nd and the 27th of September 2024", "2024-09-02/2024-09-27" },
  { "each semester since September 2021", "2021-09/.." },
  { "the list opens on 9/15", "2024-09-15" },
  { "the first 2/3 of it", "" },
  { "작년보다 많다", "" },
  { "3월 3일 정오에", "2025-03-03T12:00" },
  { "매년 5월에, 매주 토요일 10시에", "" },
  { "You may march on", "" },
  { "16:9 and 1:1", "" },
  { "2025-13-45 and 2023-02-30", "" },
  { "20180228", "" },
}

local reference = { y = 2024, m = 12, d = 2, source = "front matter" }
for _, case in ipairs(cases) do
  local got = {}
  for _, found in ipairs(dates.find(case[1], dates.context { reference = reference })) do got[#got + 1] = found.date end
  tap.is(table.concat(got, " "), case[2], case[1])
end

local found = dates.find("모임은 7월 15일에 열린다")[1]
tap.is(found.date, "XXXX-07-15", "a day without any year is spelt so")
tap.ok(found.unresolved, "and marked")
for _, text in ipairs { "4월초에 글을 썼다", "we meet in April" } do
  found = dates.find(text, dates.context {})[1]
  tap.is(found.date, "XXXX-04", "a month without any year is spelt so: " .. text)
end
found = dates.find("5월 3일(토)", dates.context { reference = { y = 2024, m = 12, d = 2 } })[1]
tap.is(found.date, "2025-05-03", "the weekday decides the year")
local text = "행사는 2024년 11월 30일(토)에 열렸다"
found = dates.find(text)[1]
tap.is(text:sub(found.from, found.to), "2024년 11월 30일(토)", "from and to are bytes of the text")

-- What front matter with such fields, under their plain names, says of dates.
local function dated(values)
  local document = {}
  function document.fields(_, wanted)
    local out = {}
    for key, value in pairs(values) do if wanted[key] then out[key] = value end end
    return out
  end
  return date_meta.fields_of(document)
end

tap.is(dates.reference({ dated = dated { date = "2024-11-30T10:00:00Z" } }).d, 30, "front matter dates a document")
tap.is(dates.reference({ path = "a/2023-05-02-x.md" }).m, 5, "so does its file name")
tap.is(dates.reference({ opening = { "조약돌", "2024. 5. 27. 8:05" } }).m, 5, "so does a line of its own")
tap.is(dates.reference({ opening = { "Posted on 18 March 2025 by Jane Roe" } }).d, 18, "so does a byline")
tap.is(dates.reference({ opening = { "It began on 18 March 2025 in Seoul." } }), nil, "a sentence does not")
tap.is(dates.reference({ title = "Meetup 2021 recap" }).y, 2021, "so does its title")
tap.is(dates.reference({ title = "September2010Meeting" }).y, 2010, "so does one that is written together")
found = dates.find("Wed. September 8th", dates.context { reference = { y = 2001, source = "text", weak = true } })[1]
tap.is(found.date, "XXXX-09-08", "a weekday refutes a year that is guessed")
local guess = dates.reference { texts = { "in 2018", "Week 2023" } }
tap.is({ guess.y, guess.weak }, { 2023, true }, "the latest year spoken of is a guess")
local context = dates.context { reference = reference }
dates.find("2024년 1분기에", context)
tap.is(dates.find("1월 8일에", context)[1].date, "2024-01-08", "after a year of its own, not the year to come")
-- The witnesses of a year, in their order.
local function year_of(sentence, fields)
  fields = fields or {}
  fields.reference = fields.reference or { y = 2024, m = 12, d = 28, source = "front matter" }
  local at = dates.context(fields)
  if fields.before then dates.find(fields.before, at) end
  local list = dates.find(sentence, at)
  return list[#list].date:sub(1, 4)
end
tap.is(year_of("2022년에 만나 3월 5일에 시작했다", { heading = { y = 2020 } }), "2022", "the sentence speaks first")
tap.is(year_of("from May 3 to 10 May, and on June 5", { heading = { y = 2020 } }), "2020", "then the headings")
tap.is(year_of("4월 27일에 문서 잔치를 열었습니다."), "2024", "the past tense looks back")
tap.is(year_of("4월 27일에 만나요. 신청하세요."), "2025", "an invitation looks ahead")
tap.is(year_of("7월 15일"), "2024", "else the nearest")
tap.is(year_of("1월 3일"), "2025", "over the end of the year too")
tap.is(year_of("1월 3일", { before = "2024년에는 일이 많았다." }), "2024", "but not after the year of its own section")
tap.is(year_of("4월 20일", { title_year = 2024 }), "2024", "the title decides what is far off")
tap.is(year_of("2018년의 모임과 달리 5월 3일(토)", {}), "2025", "a weekday refutes a year that does not fit")
tap.is(dates.find("Thursday, October 29", dates.context { last_year = 2018 })[1].date, "2020-10-29", "the next year that fits")
tap.is(year_of("그해 11월에는", { before = "2021년 봄에 만났다." }), "2021", "a year pointed back at")
tap.is(year_of("이듬해 3월에는", { before = "2021년 봄에 만났다." }), "2022", "and the one after")
tap.is(dates.reference({ opening = { "한도담·2025년 1월 9일 1 스터디" } }).d, 9, "a name and a dot before a day make a byline")
local told = dates.reference { texts = { "2022년 10월에 처음 열었다" } }
found = dates.find("지난 3월에", dates.context { reference = told })[1]
tap.is(found.date, "XXXX-03", "a year that is told of does not date the text")
tap.is(dates.find("2023 – 현재 (2021 – )")[1].text, "2023 – 현재", "signs are not cut in the middle")

-- Front matter under its usual names, as text, day of eight digits or seconds.
for _, key in ipairs { "date", "pubdate", "publishdate", "publishedat", "created", "createdat", "updated", "lastmod",
  "lastmodified", "eventdate", "start", "startdate", "datetime", "작성일" } do
  tap.is(dates.reference({ dated = dated { [key] = "2024-11-30 10:00:00 +0900" } }).d, 30, "front matter: " .. key)
end
for _, value in ipairs { 1732924800, 1732924800000, "1732924800", 20241130, "20241130", "30 Nov 2024", "2024. 11. 30.",
  "Sat, 30 Nov 2024 10:00:00 GMT", "2024년 11월 30일" } do
  tap.is(calendar.spell(dates.reference({ dated = dated { date = value } })), "2024-11-30", ("front matter: %s"):format(value))
end
tap.is(dates.reference({ dated = dated { date = "2024-11-30", updated = "2025-01-02" } }).y, 2024,
  "the date goes before the change")
tap.is(dates.reference({ dated = dated { start = 5, views = 1732924800 } }), nil,
  "a small number and another field date nothing")
local two_ends = dated { startdate = "2024-11-30", enddate = "2024-12-01" }
tap.is(date_meta.of_event(two_ends), "2024-11-30 ~ 2024-12-01", "two ends")
tap.is(date_meta.of_event(dated { date = "2024-11-30" }), nil, "a date alone announces nothing")
for _, number in ipairs { 0, 59, 60, 366, 730000, 738824 } do
  tap.is(calendar.day_number(calendar.day_of(number)), number, "days and their numbers, both ways: " .. number)
end

-- Most texts are passed by, and none that has a date.
for _, plain in ipairs { "That may be the next step, first of all", "version 3.1 has 12 files", "봄이 온다. 다음과 같이 이번에도",
  "You march on and fall back, 3 of 4", "" } do
  tap.ok(not dates.may_hold(plain), "no shape of a date: " .. plain)
end
for _, said in ipairs { "March – May", "last\nFriday", "in *May*", "11 월", "the 3rd\nof May", "2024년", "9：30", "지난 20일",
  "올여름" } do
  tap.ok(dates.may_hold(said), "the shape of a date: " .. said)
end
tap.is(dates.reference({}), nil, "nothing is known of an empty document")
tap.done()
