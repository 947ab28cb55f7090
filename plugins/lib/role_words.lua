-- Words that give a person a role: labels before names, columns of tables,
-- headings of sections, verbs of prose, keys of front matter.  Data for
-- people.lua.  Collected by hand from Korean and English meeting reports and
-- the schema.org properties author, performer, organizer and member.

local authors = require "lib.authors"

local roles = {}

local function set(text) return quern.text.set(text, ",\n") end

-- "발표자: NAME", "Speaker: NAME", a table column, lower case.
roles.labels = {
  speaker = set [[연사, 발표자, 발표, 강연자, 강연, 강사, 강사진, 스피커, 연사자, 초청연사,
  초청 연사, 기조연설, 기조 연설, 기조강연, 기조 강연, 발제자, 발제, 토론자, 패널,
  패널리스트, 튜터,
    인터뷰이, 출연, 출연자, 게스트, 교수자, 담당교수, 담당 교수, 담당 강사, 발표 및 진행,
    연사 소개, 연사소개, 연사님, 발표자 소개, 강사 소개, 강사소개, 발표자명, 연사명,
    speaker, speakers, presenter, presenters, presented by, teachers, trainers, our teachers, lecturer, lecturers,
      instructor, instructors, keynote,
    keynote speaker, keynote speakers, panelist, panelists,
    panel, guest, guests, interviewee, invited speaker, invited speakers, talk by, talks by, teacher, trainer,
    손님, 이야기 손님, 초대 손님, 말하는 사람, 들려주는 사람, 발표해 주신 분, 오늘의 연사,
    on stage, featuring,
    panellist, panellists, performer, performers, presentation by,
    featured speakers, our speakers, meet the speakers, presenter(s), speaker(s), tutor, tutors]],
  author = set [[저자, 글, 글쓴이, 작성자, 작성, 필자, 집필, 기고, 지은이, author, authors, writer,
  writers, written by, by, posted by, words by, text by, author(s), byline, 블로거, 기록, 정리, 서기, 기록자,
  작성인, 글쓴 사람, 쓴 사람, 만든 사람,
  minutes, minutes by, minute taker, minutes taken by, note taker, notes by, notes, scribe, recorded by,
  reported by, compiled by]],
  member = set [[멤버, 팀원, 구성원, 랩원, 회원, 부원, 연구원, 참여 연구원, 학생, 조원, 맴버,
  크루, 멤버 소개, 팀원 소개, 구성원 소개, 연구진, 참여자, 참여 인원, 스터디원,
    member, members, team member, team members, our team, the team, students, alumni, people, crew, researchers, participants,
    참석, 참석자, 참가, 참가자, 참석 인원, 함께한 사람, 함께한 분들, 팀 구성, 팀원들,
    지도교수, 책임교수, 연구책임자,
    멘티, mentee, mentees, 참가자명, 팀원명, 수강생, 교육생, 기여자, 컨트리뷰터, 수상자, winner, winners, 수상, awardee,
    recipient,
    recipients, 졸업생, 동문, 인턴,
    also present, members present, board members present, attended by, roll call, 참석한 사람,
    principal investigator, principal investigators, pi, present, attendees, attending, attendance, in attendance,
    participant, intern, interns,
    contributors, contributor, maintainers, maintainer, faculty, core team, team, core members,
    current members, phd students, students and staff, staff]],
  organizer = set [[운영진, 운영, 주최, 주최자, 진행, 진행자, 사회, 사회자, 좌장, 오거나이저,
  기획, 기획자, 모더레이터, 인터뷰어, 담당, 담당자, 스터디장, 리더, 팀장, 조장, 랩장, 회장,
  멘토, 준비, 심사, 심사위원, 심사위원장, 위원장, 준비위원, 운영위원, 총괄, 모임장, 주관,
  디렉터, 오거나이저 팀, 운영팀, 집행부, 회장단, 부회장, 총무, 간사,
  대표, 공동대표, 만드는 사람, 모임지기, 지기, 이끄미, 연락책,
    shadow, shadows, co-lead, co-leads, deputy, backup, co-chair, co-chairs, co-host, co-hosts, co-organizer, co-organizers,
    부팀장, 부대표, 부운영자, 공동 운영자, 스태프, 스탭, 자원봉사자, 봉사자, 코어팀, 준비위원회, 조직위원, 조직위원회, 이벤트 리드, 오거나이징,
    organising team, organizing team, organisation team, organised and hosted by, organizers team, judge, judges, jury,
    director, directors, secretary, vice chair, vice-chair, chairperson, chairman, chairwoman, 의장, 부의장,
    president, vice president, vp, treasurer, curator, curators, curated by, run by, convened by, convener, facilitated by,
    coordinated by,
    coordinated, programme committee, program committee, session chairs, board, board members, executive committee, presiding,
    운영진 소개, 호스트, organizer, organizers, organiser, organisers, organized by, organised by, host, hosts,
    hosted by, moderator, moderators, moderated by, chair, chairs, session chair, mc, emcee,
    interviewer, facilitator, facilitators, coordinator, coordinators, organizing committee, organising committee,
    program chairs, lead, led by, mentor, mentors, committee]],
  name = set [[이름, 성명, 성함, name, names, full name, 닉네임, nickname, who, 누가, 사람]],
}

-- Labels that name someone rather than something done: what stands behind them is a person, whatever it looks like.
roles.person_labels = set [[연사, 발표자, 강연자, 강사, 스피커, 연사자, 초청연사, 초청 연사, 발제자, 토론자, 패널리스트, 인터뷰이, 출연자,
  게스트, 연사님, 발표자명, 연사명, 저자, 글쓴이, 작성자, 필자, 지은이, 작성인, 기록자, 서기, 진행자, 사회자, 호스트, 모더레이터,
  팀원, 멤버, 조원, 참석자, 참가자, 참여자, members, attendees, participants, attending, in attendance, team members,
  chair, vice chair, vice-chair, co-chair, chairperson, secretary, treasurer, president, vice president, scribe, note taker,
  minute taker, minutes taken by, recorded by, 의장, 부의장, 회장, 부회장, 총무, 간사, 서기,
  스터디원, 회원, 부원, 크루, 멘티, 참석하신 분, 함께한 사람, 함께한 분들,
  present, also present, members present, board members present, attendance, attended by, roll call, 참석, 참석 인원, 참석한 사람,
  오거나이저, 인터뷰어, 담당자, 스터디장, 모임장, 리더, 팀장, 조장, 멘토, 이름, 성명, 닉네임,
  speaker, speakers, presenter, presenters, presented by, lecturer, instructor, panelist, panelists, guest, guests, interviewee,
  keynote speaker, invited speaker, author, authors, writer, written by, posted by, host, hosts, hosted by, moderator,
  moderated by, interviewer, facilitator, organizer, organiser, mentor, led by, mc, name, nickname, speaker(s), presenter(s)]]

-- What may stand before a label without making it another.
roles.which_words = set [[
  your, our, the, this, today's, tonight's, guest, main, first, second, third, next, invited, featured, special,
  opening, closing, month's, evening's, session, workshop, event, meeting, meetup, lead, local, 오늘의, 이번, 이달의, 이번달, 메인, 특별, 초청,
  첫번째, 두번째, 세번째, 1부, 2부, 3부, 행사, 세션, 모임, 세미나, 워크숍, 워크샵, 밋업, 첫, 다음]]

-- Headings that open a talk without being its title: "키노트", "Opening remarks".
roles.opening_titles = { "키노트", "기조연설", "기조 연설", "기조강연", "기조 강연", "인사말", "인사", "환영사", "축사", "개회사",
  "오프닝", "초청강연", "초청 강연", "특별강연", "라이트닝", "keynote", "keynotes", "welcome", "opening", "closing", "remarks",
  "greeting", "greetings", "invited talk", "lightning talk", "plenary", "fireside chat" }

-- Words of a title of notes that a group keeps on what its members did.
roles.study_words = { "스터디", "모각코", "주차", "진행상황", "진행 상황", "회의록", "회의", "데일리", "스크럼", "study", "standup",
  "stand-up", "weekly", "sprint", "progress", "minutes" }

-- Labels whose person is only mentioned.
-- Columns of a table that say what each person does.
roles.role_labels = set [[역할, 맡은 역할, 하는 일, 임무, duties, task, tasks, job, post, 담당, 직책, 직위,
  맡은 일, 구분, role, roles, position, responsibility, duty]]

-- Posts in a group of organisers, as such a column names them.
roles.posts = { "위원장", "회장", "총무", "간사", "대표", "운영", "심사", "총괄", "기획", "진행",
  "사회", "모임장", "chair", "president", "treasurer", "secretary",
  "organiser", "organizer", "moderator", "host", "judge", "lead", "coordinator" }

-- What closes a letter, on the line before the name of who wrote it.
roles.closings = { "regards", "best", "best wishes", "all the best", "sincerely", "yours", "yours truly", "yours sincerely",
  "yours faithfully", "cheers", "thanks", "thank you", "many thanks", "with love", "love", "warmly", "take care", "see you",
  "see you there", "see you soon", "until next time", "until then", "talk soon", "respectfully", "cordially", "happy hacking",
  "happy coding", "in solidarity", "ciao", "stay safe", "have fun", "with gratitude", "gratefully" }

-- Words at the end of a letter or post, behind the name of who wrote it.
roles.signatures = { "드림", "올림", "씀", "배상" }

roles.mentioned_labels = set [[문의, 연락처, contact, thanks, thanks to, special thanks,
  special thanks to,
  acknowledgements, reviewer, reviewers, reviewed by, 감사, 도움, photo, photos by, 사진, 번역, translator,
  translated by, 감수, editor, edited by, 통역, 촬영, 그림, 삽화, 편집, 디자인, 교정, 자문,
  법률 자문, 후원, 협찬, 도움 주신 분, 도움 주신 분들, 고마운 분들,
  불참, 결석, apologies, regrets, absent, photography, photographs by, photographer, illustration, illustrated by,
  illustrations by, artwork, music,
  interpreter, proofreading, advisor, advisors, sponsor, sponsors, sponsored by, credits, with thanks to]]

-- Columns of a table and labels of a line that hold the title of a talk.
roles.talk_labels = set [[주제, 제목, 발표 주제, 발표주제, 발표 제목, 발표제목, 강연 제목,
  강연제목, 세션, 세션명, 세션 제목, 내용, 발표 내용, 발표내용, 강의명, 강의 주제,
  강연 주제, 강연명, 프로그램, 발표명, 논문, 논문명, 토픽,
  순서, 꼭지, 발표 제목(가제), 세부 내용, 세부내용, 주요 내용, 강의 내용, 진행 내용, 세부 프로그램, 발표 주제 및 내용, what, what?,
  topic, topics, title, talk, talks, session, sessions, talk title, presentation, subject, paper, program, programme, agenda,
  content, activity, event, theme, lecture, 챕터, 범위, 발표 범위, 진도, 학습 내용, 스터디 내용, 강좌명, chapter, chapters]]

-- Columns that hold what a talk left behind, and what such a cell says where it says no more than that.
roles.material_labels = set [[발표자료, 발표 자료, 자료, 강의자료, 강의 자료, 슬라이드, 링크, 발표 링크, slides, slide, materials, material, link, links,
  deck, slide deck, resources, resource]]
roles.material_words = { "발표자료", "발표 자료", "자료", "슬라이드", "링크", "영상", "다운로드", "slides", "slide", "slide deck", "video", "link",
  "pdf", "ppt", "pptx", "download", "here", "materials", "recording", "code", "github", "notion", "n/a", "tba", "tbd", "미정", "없음",
  "break", "break time", "lunch", "휴식", "쉬는 시간", "점심" }

-- Parts of a heading that give its section a role.
roles.section_words = {
  { "speaker", { "연사", "발표자", "강연자", "강사", "스피커", "speakers", "presenters", "keynote", "lecturers",
  "instructors", "panelists" } },
  { "organizer", { "운영진", "운영위원", "조직위", "준비위", "심사위원", "심사를 맡은", "심사단",
  "오거나이저", "주최", "judges", "jury", "the board", "organising team",
  "organizing team", "organisation team", "organizers", "organisers", "committee", "hosts", "moderators",
  "준비한 사람들" } },
  { "member", { "랩원", "멤버", "팀원", "구성원", "회원", "부원", "연구진", "조원", "스터디원",
  "크루", "members", "our team", "the team", "people", "students",
    "alumni", "faculty", "undergraduates", "graduates", "postdocs", "postdoc", "researchers", "professors", "assistants",
    "assistant", "interns", "fellows",
    "visitors", "principal investigator", "director", "maintainers", "volunteers", "봉사자", "자원봉사", "수료생",
    "학부생", "교수", "연구교수", "교수진", "졸업생", "박사과정", "석사과정", "학부연구생",
    "대학원생",
    "인턴", "참여자", "참가자 소개", "who we are", "함께하는 사람들", "함께한 사람들",
    "만든 사람들", "contributors", "awards", "award", "awardees", "winners", "honorees", "수상자", "수상팀",
    "우승자",
    "장학생", "수료자", "합격자", "수상 실적", "수상실적", "수상 내역", "수상내역", "hall of fame", "명예의 전당", "기여자", "컨트리뷰터", "공헌자",
    "활동자", "메인테이너", "멘티",
    "attendees", "attendance", "roll call", "참여 인원", "참석 인원", "참가 인원", "기여하신 분", "함께하신 분", "만드신 분" } },
  { "author", { "글쓴이", "저자", "authors", "about the author" } },
  { "mentioned", { "regrets", "apologies", "absent", "absentees", "absences", "불참", "불참자", "결석", "결석자" } },
}

-- Labels of a line that as a heading say nothing of people.
roles.no_titles = set [[발표, 강연, 발제, 강의, keynote, panel, 진행, 준비, 기획, 운영, 담당, 참석, 참가, 심사, 주최, 주관, 총괄, 대표,
    출연,
  by, lead, led by, run by, on stage, featuring, team, the team, host, committee, presented by, talk by,
  talks by, curated by, director, pi, 사회, 구성, 팀 구성, 리더, 회장, 좌장, chair, tutor, guest, intern]]

-- Headings that, whole, give their section a role.
roles.whole_titles = {
  team = "member", ["팀"] = "member", crew = "member", staff = "member", ["사람들"] = "member", ["about us"] = "member",
  ["우리 팀"] = "member", ["팀 소개"] = "member", ["팀소개"] = "member", ["개발자 소개"] = "member", ["개발진"] = "member",
  ["제작진"] = "member", ["만든이"] = "member", ["만든 이"] = "member", ["meet the team"] = "member", ["the crew"] = "member",
  ["우리"] = "member", ["만드는 사람들"] = "member", ["함께 만드는 사람들"] = "member",
  ["참여한 사람들"] = "member", ["사람"] = "member",
  present = "member", attending = "member", participants = "member", ["출석"] = "member", ["출석자"] = "member",
  maintainers = "member", contributors = "member", residents = "member", fellows = "member", ["동료들"] = "member",
  ["참석자"] = "member",
  organisers = "organizer", organizers = "organizer", hosts = "organizer", host = "organizer", board = "organizer",
  ["운영"] = "organizer",
  ["임원"] = "organizer", ["임원진"] = "organizer", ["진행"] = "organizer", speaker = "speaker", guest = "speaker",
  bios = "speaker", bio = "speaker",
  ["speaker bios"] = "speaker", ["speaker bio"] = "speaker",
  guests = "speaker", panel = "speaker",
  ["패널"] = "speaker", ["강연자"] = "speaker", ["손님"] = "speaker", trainers = "speaker", teachers = "speaker",
  mentors = "organizer",
  ["멘토"] = "organizer", ["thanks"] = "mentioned", acknowledgements = "mentioned", acknowledgments = "mentioned",
  credits = "mentioned",
  ["감사의 말"] = "mentioned", ["고마운 분들"] = "mentioned", ["도움 주신 분들"] = "mentioned",
  ["도와주신 분들"] = "mentioned", ["도와주는 분들"] = "mentioned",
  ["special thanks"] = "mentioned", sponsors = "mentioned", ["후원"] = "mentioned",
}

-- Headings under which members present work of their own.
roles.presentation_words = { "발표", "결과물", "결과 발표", "설명", "세미나", "프로젝트", "논문 리뷰",
  "세션", "강연", "presentation", "talks", "sessions",
  "projects", "results", "seminar" }

-- Words of a title that announce an event with talks.
roles.event_words = { "밋업", "세미나", "컨퍼런스", "콘퍼런스", "모임", "행사", "강연", "발표",
  "연사", "후기", "참관기", "시간표", "일정", "워크숍",
  "워크샵", "공유회", "발표회", "간담회", "토크콘서트", "데모데이", "해커톤", "설명회", "수료식", "송년회", "포럼",
  "심포지엄", "학회", "특강", "집담회", "meetup", "meetups", "meet-up", "conference", "conf",
  "seminar", "workshop", "schedule",
  "agenda", "programme", "talks", "sessions", "recap", "hackathon", "demo day", "open house", "symposium", "summit",
  "unconference", "colloquium", "timetable",
  "videos",
  "lightning talks" }

-- Words of a field of front matter that files the document among events.
roles.event_kinds = { "conference", "conferences", "meetup", "meetups", "meeting", "meetings", "seminar", "seminars", "workshop",
  "workshops", "event", "events", "symposium", "talk", "talks", "컨퍼런스", "콘퍼런스", "밋업", "세미나", "행사", "모임", "이벤트", "발표",
  "워크숍", "워크샵" }

-- With a number they count the parts of an event and are no title: "Session 3".
roles.numbered_parts = set [[presentation, session, speaker, topic, track, lecture]]

-- Before "by NAME" they tell who made something, where no talk is meant.
roles.made = set [[written, authored, edited, published, translated, illustrated, created, made, built, developed,
  maintained, submitted, contributed, reviewed, designed, drawn, composed, compiled, approved, reported, sponsored,
  photo, photos, images, image, illustrations, illustration, artwork, music, hosted, organized, organised, moderated,
  chaired, facilitated, coordinated]]

-- Words of a heading that is no title of a talk.
roles.general_titles = { "시간표", "타임테이블", "라인업", "후원", "소개", "후기", "시작", "마무리", "마치며", "들어가며", "일정", "참고",
  "네트워킹", "행사", "개요", "장소", "안내", "공지", "준비",
  "느낀 점", "소감", "질문", "토론", "뒤풀이", "introduction", "welcome", "closing", "schedule", "overview",
  "networking", "about", "summary", "thanks",
  "news", "day", "session", "sessions", "talks", "speakers", "what happened", "recap", "programme", "program" }

roles.interview_words = { "인터뷰", "interview", "q&a", "대담", "만나다", "만났", "좌담", "ama", "fireside" }

-- Words of a title or heading that announce the news of a lab, club or community.
roles.news_words = { "news", "소식", "뉴스", "연구실 소식", "근황", "동정", "공지", "공지사항", "announcements", "highlights",
    "updates",
  "milestones", "timeline", "연혁", "수상", "선정", "수상 실적", "awards", "achievements", "honors", "honours",
    "what's new",
  "실적", "성과", "경사", "축하", "졸업", "newsletter", "활동", "소식지", "기록", "lab life", "history",
  "new member",
  "new members", "goodbye", "goodbyes", "hello", "hellos", "farewell", "farewells", "graduation", "graduations", "welcome",
  "congratulations", "joins", "joining", "party time", "completions" }

-- What someone is in a lab, school or club, before or after their name.
roles.korean_statuses = { "학생", "박사과정", "석사과정", "석박통합과정", "석박사통합과정", "석·박사통합과정", "학석사연계과정",
    "박사후연구원",
  "학부연구생", "학부생", "연구생", "인턴", "졸업생", "동문", "신입생", "재학생", "대학원생", "수료생", "박사", "교수", "연구원", "신입회원",
  "회원", "부원", "멤버", "팀원", "조교", "군(", "양(", "군이", "양이" }

-- What happens to people in such news.
roles.korean_achievements = { "수상", "선정", "입사", "입학", "졸업", "합류", "임용", "부임", "취득", "게재", "승인", "통과", "채택",
    "출판",
  "발간", "합격", "취업", "승진", "장학", "축하", "accept", "Accept", "ACCEPT" }

roles.english_statuses = { "graduate student", "graduate students", "phd student", "phd students", "ph.d. student",
  "ph.d. students", "ph.d. candidate", "phd candidate", "master's student", "ms student", "m.s. student", "undergraduate student",
  "undergraduate", "undergraduate intern", "postdoc", "postdoctoral researcher", "doctoral student", "doctoral candidate",
  "doctoral students", "postdocs", "interns", "fellows", "msc students",
  "masters students", "master's students", "ms students", "undergraduates", "undergraduate students", "visiting students",
  "graduates", "research assistant", "research assistants",
  "research intern", "intern", "alumnus", "alumna", "alumni", "new member", "new members", "member", "lab member", "dr.",
  "student",
  "students", "visiting student", "visiting researcher" }

-- Front matter keys, lower case without separators.
roles.meta_keys = {
  speaker = "speaker", speakers = "speaker", presenter = "speaker", presenters = "speaker", lecturer = "speaker", lecturers =
  "speaker",
  instructor = "speaker", instructors = "speaker", panelists = "speaker", panelist = "speaker", interviewee = "speaker",
  interviewees = "speaker",
  guest = "speaker", guests = "speaker", keynote = "speaker", ["연사"] = "speaker", ["발표자"] = "speaker", ["강사"] =
  "speaker", teacher = "speaker",
  member = "member", members = "member", participants = "member", team = "member", ["멤버"] = "member", people = "member",
  organizer = "organizer", organizers = "organizer", organiser = "organizer", organisers = "organizer", host = "organizer",
  hosts = "organizer", moderator = "organizer", moderators = "organizer", interviewer = "organizer", chair = "organizer",
  trainer = "speaker", trainers = "speaker", teachers = "speaker", tutor = "speaker", tutors = "speaker",
  coordinator = "organizer", coordinators = "organizer",
  ["주최"] = "organizer",
  ["운영진"] = "organizer", ["진행"] = "organizer",
  attendees = "member", attendee = "member", students = "member", student = "member", alumni = "member", mentors = "organizer",
  mentor = "organizer", judges = "organizer", organizedby = "organizer", presentedby = "speaker", panel = "speaker",
  ["참석자"] = "member", ["참가자"] = "member", ["팀원"] = "member", ["구성원"] = "member", ["멘토"] = "organizer",
  ["강연자"] = "speaker", ["패널"] = "speaker", ["사회"] = "organizer", ["사회자"] = "organizer",
    ["진행자"] = "organizer",
}
for key in pairs(authors.keys) do roles.meta_keys[key] = "author" end
for _, key in ipairs { "translator", "translators", "translatedby", "옮긴이", "번역자", "역자" } do
  roles.meta_keys[key] = "author"
end

-- Words in an image's alternative text or after a name that make it a speaker's.
roles.alt_words = {
  speaker = { "연사", "발표자", "강연자", "강사", "발표", "발표 모습", "발표 사진", "강연",
  "강연 모습", "스피커", "님 발표", "speaker", "presenter", "presenting",
    "speaking", "lecturer", "keynote speaker", "giving a talk", "on stage", "instructor", "panelist" },
  organizer = { "운영진", "사회자", "진행자", "오거나이저", "좌장", "organizer", "organiser", "moderator",
  "host" },
  member = { "멤버", "팀원", "랩원", "연구원", "member" },
  author = { "저자", "글쓴이", "작성자", "author" },
}

-- Verbs and nouns of prose after "NAME 님이", "NAME 교수님의".
roles.korean_verbs = {
  { "organizer", { "운영진으로", "운영진에", "운영위원으로", "준비위원으로", "심사위원으로", "멘토로", "오거나이저로", "진행자로",
  "사회자로", "좌장으로", "스태프로", "사회로", "사회를", "진행을 맡", "진행으로", "주최", "모임을 이끌",
  "행사를 이끌", "행사를 기획", "세미나를 기획", "모임을 운영", "행사를 운영" } },
  { "speaker", { "발표", "강연", "강의", "세션", "키노트", "기조연설", "튜토리얼", "소개해 주",
  "소개해주", "공유해 주", "공유해주", "들려주", "들려 주",
    "설명해 주", "설명해주", "이야기해 주", "이야기해주", "말씀", "소개했", "소개하", "설명했",
    "공유했", "이야기했", "들려줬", "들려주", "보여 주", "보여주", "보여줬",
    "시연했", "시연해", "나눠 주", "나눠주", "풀어 주", "풀어냈", "회고해 주", "회고해주", "회고했", "정리해 주", "알려 주",
    "알려주", "무대에", "마이크를", "모시고", "모셨", "모십니다", "모셔", "워크숍", "워크샵",
    "연사로", "설명하는 시간", "이야기하는 시간", "공유하는 시간",
    "들려주는 시간", "강사로", "패널로" } },
  { "organizer", { "진행했", "진행해", "진행하" } },
  { "member", { "합류", "멤버로", "팀원으로", "회원으로", "기여자로", "메인테이너로", "메인테이너가", "새 식구", "가입하", "가입했",
    "입사하", "입사했", "입학하", "입학했", "수상하", "수상했", "졸업하", "졸업했" } },
}

-- Nouns that with a particle say what the names after them did: "사회는 NAME", "패널로 NAME, NAME".
roles.korean_nouns = {
  { "organizer", { "사회", "진행", "총괄", "주최", "운영진", "담당", "좌장", "심사위원장", "위원장",
  "준비위원장", "모더레이터", "오거나이저", "기획" } },
  { "speaker", { "발표", "강연", "강의", "기조연설", "기조강연", "기조 연설", "기조 강연",
  "키노트", "패널", "연사", "발표자", "강연자",
    "토론자", "초청연사", "튜토리얼" } },
  { "author", { "글", "기록", "정리", "집필" } },
  { "mentioned", { "사진", "촬영", "번역", "감수", "그림" } },
}

-- Words for a group, right before or behind a run of its names.
roles.korean_groups = {
  { "organizer", { "준비위원", "운영진", "운영위원", "조직위원", "자원봉사", "봉사자", "스태프", "스탭", "오거나이저", "멘토", "심사위원",
    "기획단", "집행부", "운영팀", "준비팀", "진행자", "사회자", "모더레이터", "코어팀", "리드", "운영자" } },
  { "speaker", { "연사", "발표자", "강연자", "패널", "강사", "발제자", "토론자", "발표를", "강연을", "발표해", "강연해", "튜터" } },
  { "member", { "멤버", "팀원", "회원", "학생", "학부생", "연구원", "연구생", "석사과정", "박사과정", "조원", "참가자", "참여자",
    "참석자",
    "스터디원", "졸업생", "수료생", "멘티", "부원", "구성원", "기여자", "컨트리뷰터", "메인테이너", "인턴", "신입생", "크루", "수상자",
    "조로", "팀을 이", "팀으로", "님이 참여", "이 참여", "가 참여", "님이 참석", "이 참석", "가 참석", "님이 합류", "이 합류", "가 합류", "로 구성",
    "팀은", "팀에는", "조는" } },
  { "author", { "저자", "집필진", "필진", "역자" } },
}

-- Verbs right after their subject: "NAME이 발표했다", "NAME이 진행을 맡았다".
roles.korean_predicates = {
  { "speaker", { "발표했", "발표하였", "발표를 했", "발표를 맡", "발표하고", "발표하며",
  "발표하는", "발표합니다", "강연했", "강연을 했", "강연을 맡",
    "강연합니다", "강의했", "강의를 맡", "기조연설을 맡", "무대에 올", "마이크를 잡" } },
  { "organizer", { "진행했", "진행을 맡", "진행을 했", "사회를 맡", "사회를 봤", "사회를 보았",
  "사회를 봐", "운영을 맡", "기획했", "주최했", "준비했",
    "총괄했", "총괄을 맡", "행사를 이끌", "모임을 이끌", "좌장을 맡" } },
}

-- Posts right before a name: "프로그램 위원장 NAME에게".
roles.korean_posts = {
  { "organizer", { "위원장", "담당", "총괄", "운영자", "진행자", "사회자", "모임장", "대회장",
  "맡은", "스터디장", "동아리장", "회장", "총무", "간사", "부대표", "호스트", "이끄는", "이끈", "모임지기" } },
  { "speaker", { "연사", "발표자", "강연자", "강사", "게스트", "패널" } },
  { "author", { "글쓴이", "작성자" } },
}

roles.english_verbs = {
  speaker = set [[presented, presents, spoke, speaks, gave, gives, talked, talks, delivered, delivers, shared, shares,
  introduced, introduces, explained, explains,
    demonstrated, demonstrates, showed, shows, discussed, discusses, walked, walks, lectured, taught, teaches, described,
    describes, covered, covers, opened, closed,
    demoed, demos, reported, reports, summarised, summarized, recapped, answered, joined, will join,
    will discuss, will show, will teach, will introduce, kicks, keynoted, will present, will speak,
    will give, will talk, will share, outlined, argued, kicked,
    talking, speaking, presenting, sharing, showing, explaining, introducing, demonstrating, took the, takes the, wrapped up,
    led us, guided us, told us, tells us]],
  organizer = set [[organized, organised, hosted, hosts, moderated, moderates, chaired, chairs, led, leads, runs, emceed,
  facilitated, facilitates, coordinated, coordinates, organizes, organises, founded, welcomed, will host, will moderate,
  will chair, will lead]],
}

-- "talk by NAME", "hosted by NAME"
roles.english_by = {
  { "organizer", { "our hosts", "our host", "our organizers", "our organisers", "our moderator",
    "our volunteers", "our mc", "hosted by",
  "run by", "organised and hosted by", "put together by", "curated by", "coordinated by",
  "hosts are", "host is", "hosts were",
  "organisers are", "organizers are", "convened by", "judged by", "organized by", "organised by", "moderated by",
  "chaired by", "led by", "facilitated by",
  "interview by", "interviewed by" } },
  { "author", { "written by", "posted by", "published by", "authored by", "page is maintained by", "page are maintained by",
    "site is maintained by", "list is maintained by", "blog is maintained by", "document is maintained by" } },
  { "speaker", { "kicked off with", "kicks off with", "started with", "started out with", "starts with",
    "opened with", "began with",
  "begins with", "closed with", "ended with", "followed by", "wrapped up with", "we welcomed",
    "presented by", "given by", "delivered by", "talk was by",
    "talks were by", "session was by", "presentation was by", "talk is by", "speakers was", "speakers is", "up was", "up is",
    "keynote was by", "workshop was by", "a talk from", "slides by",
    "talk by", "talks by", "keynote by", "session by", "lecture by",
  "presentation by",
    "tutorial by", "workshop by", "taught by", "talk from", "talks from", "keynote from", "speaker", "speakers", "lecturer",
    "instructor", "interview with",
    "conversation with", "chat with", "q&a with", "ama with", "session with", "workshop with", "on stage", "heard from",
    "hear from", "sat down with",
    "spoke with", "spoke to", "talked to", "talk to", "talked with", "joined by", "first up was", "next up was",
    "up next was", "first was", "next was",
    "featuring", "guest is", "guests are", "guest was", "guests were", "speaker is", "speaker was", "speakers are",
    "speakers were", "keynoted by",
    "special guest", "special guests", "lightning talk by", "lightning talks by", "talk with", "meet", "panelists",
    "panelists were", "panellists",
    "keynote speaker", "keynote speakers", "invited speaker", "discussion with" } },
}

-- Words that tell of people who come together, anywhere in a text.
roles.gathering_words = { "밋업", "세미나", "컨퍼런스", "콘퍼런스", "발표", "연사", "스터디", "모임", "워크숍", "워크샵", "해커톤", "행사",
  "세션", "강연", "커뮤니티", "운영진", "참가자", "참석", "멘토", "오거나이저", "자원봉사", "동아리", "연구실", "학생들",
  "meetup", "conference", "workshop", "speaker", "speakers", "talk", "talks", "session", "sessions", "hackathon",
  "community",
  "organizers", "organisers", "volunteers", "attendees", "participants", "lab", "phd", "postdoc", "students", "keynote" }

-- Words of a sentence that say that who is named in it takes part, and as what.
roles.acts = {
  { "organizer", { "준비해", "준비하", "준비위", "운영", "진행", "사회를", "주최", "오거나이", "봉사", "스태프", "스탭", "기획", "멘토",
    "organis", "organiz", "volunteer", "hosted", "hosting", "moderat", "coordinat", "chair", "mentor", "led by", "sponsor" } },
  { "speaker", { "발표", "강연", "세션", "키노트", "스피커", "연사", "패널", "강의를 해", "들려", "소개해", "이야기해", "이야기를", "설명",
    "공유해", "알려", "나눠", "말씀", "데모", "시연",
    "talk", "speak", "spoke", "present", "session", "keynote", "panel", "workshop", "lecture", "demo", "explain", "introduc",
    "teach", "taught", "discuss" } },
  { "member", { "참여", "참석", "함께", "합류", "도와", "도움", "모여", "맡", "담당", "수상", "축하", "환영", "리뷰해", "기여",
    "attend", "join", "welcom", "congrat", "award", "winner", "won ", "member", "student", "postdoc", "team", "intern",
    "contribut",
    "maintain", "thank", "kudos", "graduat", "defend", "with us", "in attendance", "met with", "together" } },
}

-- Words beside a name that say that they are someone from outside, whose work is spoken of.
roles.outsider_words = { "창시자", "창업자", "설립자", "저자", "저서", "지은", "책을", "책에", "책이", "의장", "소개로", "추천으로", "추천해",
  "유튜브", "블로그", "명언", "대통령", "인프런", "라는 글", "글을 읽", "글에서", "논문을", "원작", "작곡", "배우 ", "가수", "말했듯",
  "통역", "사진을", "사진은", "촬영", "후원",
  "a book", "book by", "author of", "founder", "creator of", "inventor", "according to", "'s lab", "’s lab", "et al", "paper by",
  "blog post", "article", "tweet", "inspired by", "maintained by", "developed by", "created by", "invented", "supervision of",
  "proposed by", "reported by", "named after",
  "quote", "biography", "novel", "photos", "photographs", "illustrations", "catering",
  "translated", "retract", "study by", "work by", "research by", "famous", "murder", "the late", "coined" }

-- Words in the class of an HTML element that say who stands in it.
roles.class_words = {
  speaker = { "speaker", "speakers", "presenter", "lecturer", "performer", "panelist" },
  author = { "author", "byline", "writer" },
  organizer = { "organizer", "organiser", "host", "moderator", "mentor" },
  member = { "member", "teammember", "attendee", "person", "student", "alumni", "alumnus", "staff", "faculty" },
}

-- What follows the given name of somebody who speaks.
roles.talk_verbs = { " presented", " is giving a talk", " gave a talk", " gave a lightning", " is presenting",
  " will present", " will be speaking", " will be presenting",
  " will give a talk", " gave the keynote", " did a talk", " held a talk", " delivered a talk",
  " will talk about", " will speak", " spoke about", " talked about", " is speaking", " presents on", " gave a presentation",
  " kicked off", " kicks off", " kicked things off", " demoed", " demonstrated how", " walked through", " wrapped up the",
  " walked us", " showed us", " told us about", " gave us" }

-- Folders of a site that hold a page for each of those who belong to it.
roles.team_folders = { "/team/", "/people/", "/person/", "/members/", "/member/", "/staff/", "/crew/", "/who-we-are/" }

-- What somebody is or does for a living, in the line below their name.
roles.job_words = { "engineer", "developer", "programmer", "ceo", "cto", "cfo", "coo", "vp", "founder", "co-founder", "cofounder",
  "manager", "director", "professor", "prof.", "lecturer", "researcher", "scientist", "student", "consultant", "designer",
  "architect", "advocate", "evangelist", "analyst", "president", "head of", "lead", "maintainer", "intern", "specialist",
  "officer", "author of", "member of", "freelancer", "freelance", "team lead", "phd", "postdoc", "educator", "teacher",
  "organizer", "organiser", "contributor", "expert", "gde", "mvp", "works at", "working at", "software", "소속", "근무", "재직",
  "현)", "前", "現", "전)" }
roles.job_endings = { "개발자", "엔지니어", "교수", "대표", "연구원", "학생", "박사", "매니저", "디자이너", "팀장", "리드", "님", "이사", "대학교",
  "대학원", "연구소", "연구실", "과정", "회사", "팀", "소장", "실장", "본부장", "작가", "기획자", "분석가", "운영자", "운영진", "회장", "멘토",
  "강사", "아키텍트", "에반젤리스트", "어드보킷", "랩", "학과" }

-- How lines and headings about somebody begin that are no title.
roles.about_words = { "bio", "about", "abstract", "biography", "profile", "소개", "약력", "자기소개", "자기 소개", "발표 소개", "이력", "경력",
  "links", "링크", "slides", "자료", "발표자료", "발표 자료", "요약", "summary", "description", "company", "affiliation", "twitter",
  "github", "linkedin", "website", "topics", "time", "date", "일시", "시간", "장소", "where", "when", "who" }

-- What follows words in quotation marks that somebody said.
roles.said_words = { "라고", "라며", "라는 말", "라는 질문", "라는 생각", "라는 이야기", "고 말", "고 하", "고 했", "고 답", "고 물", "는 말",
  "라면서", " he said", " she said", " said", " says", " they said" }

-- What the addresses of somebody's own page have before a name or handle.
roles.own_pages = { "github.com/", "linkedin.com/in/", "twitter.com/", "//x.com/", "facebook.com/", "instagram.com/",
  "velog.io/@",
  "medium.com/@", "orcid.org/", "scholar.google.com/citations", "/authors/", "/author/", "/people/", "/person/", "/team/",
  "/members/", "/member/", "/speakers/", "/speaker/", "/users/", "/user/", "/profile/", "/profiles/", "/u/", "/@",
  "keybase.io/", "about.me/", "t.me/", "dev.to/", "gitlab.com/", "mailto:" }

roles.video_hosts = { "youtube.com", "youtu.be", "vimeo.com", "tv.naver.com", "twitch.tv", "slideslive.com", "bilibili.com",
  "tv.kakao.com",
  "dailymotion.com", "infoq.com/presentations", "media.ccc.de", "loom.com", "wistia.com", "videolectures.net" }
roles.video_words = { "영상", "동영상", "다시 보기", "다시보기", "video", "watch", "recording", "유튜브",
  "녹화" }
roles.video_suffixes = { ".mp4", ".webm", ".mov", ".m4v" }

return roles
