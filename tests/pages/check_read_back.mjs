// FOLDER: timeline.{json,ics,csv} and speakers.{json,csv} of one run say the
// same when read by ical.js and csv-parse, which know nothing of the writers.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ICAL from "ical.js";
import { parse } from "csv-parse/sync";

const folder = process.argv[2];
const read = (name) => readFileSync(join(folder, name));
const problems = [];
const want = (truth, text) => { if (!truth) problems.push(text); };
const same = (got, wanted, what) => want(JSON.stringify(got) === JSON.stringify(wanted),
  `${what}: ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`);

// What a spreadsheet would take for a formula; the writer puts an apostrophe before it.
const sign = /^\s*[=+@\-\uFF1D\uFF0B\uFF0D\uFF20]/, numeral = /^\s*[+-]?\d+\.?\d*$/;
const isFormula = (text) => /^[\t\r\n]/.test(text) || sign.test(text) && !numeral.test(text);
const expected = (value) => {
  const text = value === null || value === undefined ? "" : String(value);
  return isFormula(text) ? `'${text}` : text;
};

function checkCsv(name, columns, rows) {
  const bytes = read(name), text = bytes.toString("utf8");
  want(!bytes.includes(0xFFFD) && text.endsWith("\r\n"), `${name}: the last line has no end`);
  const records = parse(bytes, { record_delimiter: "\r\n", relax_column_count: false, bom: false });
  same(records[0], columns, `${name}, header`);
  same(records.length - 1, rows.length, `${name}, rows`);
  rows.forEach((row, i) => same(records[i + 1], row.map(expected), `${name}, row ${i + 1}`));
  for (const field of records.flat()) want(!isFormula(field), `${name}: a formula: ${JSON.stringify(field)}`);
}

// Lines end with CR LF, are at most 75 octets, and none is cut inside a character.
function checkLines(name) {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const bytes = read(name);
  let start = 0;
  for (let at = bytes.indexOf("\r\n"); at >= 0; at = bytes.indexOf("\r\n", start)) {
    const line = bytes.subarray(start, at);
    want(line.length <= 75, `${name}: a line of ${line.length} octets`);
    want(!line.includes(10) && !line.includes(13), `${name}: a bare line end`);
    try { decoder.decode(line); } catch { problems.push(`${name}: a character is cut: ${line}`); }
    start = at + 2;
  }
  same(start, bytes.length, `${name}: octets in whole lines`);
}

// EDTF with a day at its first end -> what a calendar shows: [start, exclusive end], clock times as they are.
function calendarSpan(event) {
  const date = event.on ? event.date.replaceAll("T", `${event.on}T`) : event.date;
  const sides = date.includes("/") ? date.split("/") : [date, date];
  const day = /^\d{4}-\d\d-\d\d(T\d\d:\d\d)?$/;
  let [from, to] = sides;
  if (from === "..") from = to;
  if (to === ".." || !day.test(to)) to = from;
  if (!day.test(from)) return null;
  const next = (text) => new Date(Date.parse(`${text.slice(0, 10)}T00:00:00Z`) + 86400000).toISOString().slice(0, 10);
  if (!from.includes("T")) return [from, next(to < from ? from : to)];
  const end = to.includes("T") ? `${to}:00` : `${next(to)}T00:00:00`;
  return end > `${from}:00` ? [`${from}:00`, end] : [`${from}:00`, `${from}:00`];
}

function checkCalendar(name, events, now) {
  checkLines(name);
  const calendar = new ICAL.Component(ICAL.parse(read(name).toString("utf8")));
  same(calendar.getFirstPropertyValue("version"), "2.0", `${name}, version`);
  const entries = calendar.getAllSubcomponents("vevent");
  const wanted = events.map((event) => ({ event, span: calendarSpan(event) })).filter(({ span }) => span);
  same(entries.length, wanted.length, `${name}, events`);
  const uids = new Set();
  entries.forEach((entry, i) => {
    const { event, span } = wanted[i] || { event: {}, span: [] };
    const shown = new ICAL.Event(entry);
    same([shown.startDate.toString(), shown.endDate.toString()], span, `${name}, event ${i + 1}`);
    same(shown.startDate.isDate, !span[0]?.includes("T"), `${name}, event ${i + 1}, all day`);
    same(shown.summary, event.what, `${name}, event ${i + 1}, summary`);
    same(shown.description, `${event.text}\n${event.path}:${event.line}`, `${name}, event ${i + 1}, description`);
    same(entry.getFirstPropertyValue("dtstamp").toString(), now, `${name}, event ${i + 1}, DTSTAMP`);
    uids.add(shown.uid);
  });
  same(uids.size, entries.length, `${name}: different UIDs`);
}

const events = JSON.parse(read("timeline.json")).events;
checkCsv("timeline.csv", ["date", "what", "text", "section", "path", "line"],
  events.map((e) => [e.date, e.what, e.text, e.section, e.path, e.line]));
checkCalendar("timeline.ics", events, process.argv[3]);
const people = JSON.parse(read("speakers.json")).people;
checkCsv("speakers.csv", ["name", "role", "talk", "video", "section", "image", "path", "line"],
  people.flatMap((p) => p.appearances.map((a) => [p.name, a.role, a.talk, a.video, a.section, a.image, a.path, a.line])));

problems.slice(0, 40).forEach((line) => console.log(line));
process.exitCode = problems.length ? 1 : 0;
