-- Words of time in Korean and English, as data: months, weekdays, seasons,
-- parts of a year, parts of a day, relative words.  For dates.lua,
-- events.lua and the date_*.lua.  Seasons carry the EDTF codes 21 (spring) to 24 (winter).
-- Source: the CLDR calendar names of the locales en and ko; the relative words
-- and parts of the day are headwords of the Standard Korean Language Dictionary.

local words = {}

words.months = {
  january = 1, jan = 1, february = 2, feb = 2, march = 3, mar = 3, april = 4, apr = 4, may = 5,
  june = 6, jun = 6, july = 7, jul = 7, august = 8, aug = 8, september = 9, sept = 9, sep = 9,
  october = 10, oct = 10, november = 11, nov = 11, december = 12, dec = 12,
}

-- Months that are also common words: taken only with a day, a year or a preposition beside them.
words.ambiguous_months = { may = true, march = true, mar = true, jun = true, jan = true, dec = true }

words.weekdays = {
  ["월"] = 1, ["화"] = 2, ["수"] = 3, ["목"] = 4, ["금"] = 5, ["토"] = 6, ["일"] = 7,
  ["월요일"] = 1, ["화요일"] = 2, ["수요일"] = 3, ["목요일"] = 4, ["금요일"] = 5, ["토요일"] = 6, ["일요일"] = 7,
  ["月"] = 1, ["火"] = 2, ["水"] = 3, ["木"] = 4, ["金"] = 5, ["土"] = 6, ["日"] = 7,
  mon = 1, tue = 2, tues = 2, wed = 3, thu = 4, thur = 4, thurs = 4, fri = 5, sat = 6, sun = 7,
  monday = 1, tuesday = 2, wednesday = 3, thursday = 4, friday = 5, saturday = 6, sunday = 7,
}

words.seasons = {
  ["봄"] = 21, ["여름"] = 22, ["가을"] = 23, ["겨울"] = 24,
  spring = 21, summer = 22, autumn = 23, fall = 23, winter = 24,
}

-- Longest first: the first that fits is taken.  The month is where on the axis the part is drawn.
words.korean_parts = {
  { "중순", 7 }, { "중반", 7 }, { "초반", 1 }, { "초순", 1 }, { "초", 1 }, { "하순", 12 }, { "후반", 12 }, { "말", 12 },
}
words.english_parts = { early = 1, mid = 7, late = 12 }

words.ordinals = { first = 1, second = 2, third = 3, fourth = 4 }

words.halves = { ["상반기"] = 1, ["하반기"] = 2 }

-- Words before a clock time: hours to add below twelve, or "am".
words.day_parts = {
  { "오전", "am" }, { "새벽", "am" }, { "아침", "am" }, { "오후", "pm" }, { "저녁", "pm" }, { "밤", "night" }, { "낮", "noon" },
  { "AM", "am" }, { "PM", "pm" }, { "am", "am" }, { "pm", "pm" },
}

-- Korean relative words: what they add to the year, the month or the day of the reference.
words.korean_relative = {
  { "재작년", "year", -2 }, { "작년", "year", -1 }, { "지난해", "year", -1 }, { "올해", "year", 0 }, { "금년", "year", 0 },
  { "내년", "year", 1 }, { "지난달", "month", -1 }, { "지난 달", "month", -1 }, { "저번 달", "month", -1 },
  { "이번 달", "month", 0 }, { "이번달", "month", 0 }, { "다음 달", "month", 1 }, { "다음달", "month", 1 }, { "내달", "month", 1 },
  { "그저께", "day", -2 }, { "어제", "day", -1 }, { "오늘", "day", 0 }, { "내일", "day", 1 }, { "모레", "day", 2 },
  { "지난", "last", -1 }, { "이번", "this", 0 }, { "다음", "next", 1 }, { "오는", "next", 1 }, { "올", "ol", 0 },
}

words.english_relative = {
  yesterday = { "day", -1 }, today = { "day", 0 }, tomorrow = { "day", 1 },
  last = { "last", -1 }, past = { "last", -1 }, this = { "this", 0 }, next = { "next", 1 }, upcoming = { "next", 1 },
  coming = { "next", 1 },
}

-- What makes of "from A to B" a change of mind.
words.moves = { "moved", "postponed", "rescheduled", "changed", "shifted", "delayed", "brought forward", "pushed" }
words.korean_moves = { ["옮"] = true, ["변"] = true, ["연"] = true, ["미"] = true, ["바"] = true, ["앞"] = true, ["늦"] = true }

-- What makes a time come again and again, so that it is no event.
words.recurring = { "매년", "매월", "매달", "매주", "매일", "매 분기", "해마다", "격주", "요일마다", "every ", "Every ", "each ", "Each ",
  "annually", "weekly on", "monthly on", "Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays" }

-- Before a number they make it a version or a ratio.
words.number_labels = { version = true, versions = true, ver = true, v = true, ratio = true, odds = true, score = true,
  ["버전"] = true, ["버젼"] = true, ["비율"] = true, ["점수"] = true, ["스코어"] = true }

-- Before a colon and digits alone ("일시: 11/30") they make them a day.
words.date_labels = { ["일시"] = true, ["날짜"] = true, ["일자"] = true, ["작성일"] = true, ["등록일"] = true, ["발행일"] = true,
  ["기간"] = true, ["시행일"] = true, ["마감"] = true, ["마감일"] = true, ["개최일"] = true, ["때"] = true, ["언제"] = true, date = true,
  when = true, day = true, deadline = true }

-- "the end of 2023": where in the year that is.
words.parts_of = { start = 1, beginning = 1, middle = 7, ["end"] = 12 }

-- English words before a year, or a month alone, that make it a date.
words.prepositions = {
  ["in"] = true, since = true, from = true, by = true, ["until"] = true, till = true, of = true, during = true, before = true,
  after = true, around = true, circa = true, ["for"] = true, through = true, to = true, between = true, year = true,
  early = true, mid = true, late = true, ["and"] = true, ["on"] = true, ["this"] = true, last = true, next = true, our = true,
}

-- Front matter keys that date a document, in order of trust; small letters, without "-", "_" and spaces.
words.date_keys = { "date", "published", "publishdate", "pubdate", "pubdatetime", "publishedat", "publishedon", "publicationdate",
  "datepublished", "created", "createdat", "createdon", "createddate", "datecreated", "creationdate", "posted", "postedat",
  "datetime", "날짜", "작성일", "등록일", "발행일", "eventdate", "startdate", "start", "updated", "updatedat", "updatedon",
  "lastmod", "lastmodified", "lastupdated", "modified", "modifieddate", "datemodified", "moddate", "수정일" }

-- What a document announces: its day, or its first and its last.
words.event_keys = { "eventdate", "dateofevent", "eventdatetime", "eventtime", "일시", "행사일", "일정" }
words.start_keys = { "startdate", "start", "startsat", "starttime", "startdatetime", "begin", "eventstart", "시작일", "시작" }
words.end_keys = { "enddate", "end", "endsat", "endtime", "enddatetime", "finish", "eventend", "종료일", "종료" }
-- Fields that speak in sentences of what the document is about.
words.prose_keys = { "description", "summary", "excerpt", "subtitle", "abstract", "lead", "tagline", "intro", "설명", "요약" }

return words
