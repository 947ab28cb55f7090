-- The style sheet of all pages that html.lua builds: one column of readable
-- width, light and dark, phone and print.  No font and no picture is fetched.

return { text = [[
:root {
  --paper: #fbfaf7; --card: #ffffff; --ink: #22252b; --soft: #5b6270; --line: #dcdad3; --accent: #1f5fa8;
  --accent-soft: #dbe8f6;
  --bar: #4d8ac9; --bar-soft: #e4eef9; --mark: #b3541e; --radius: 10px;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #15171b; --card: #1e2127; --ink: #e9e7e2; --soft: #a8aebb; --line: #363b45; --accent: #8abcf2;
    --accent-soft: #22344a;
    --bar: #5f96cf; --bar-soft: #22344a; --mark: #f0a070;
  }
}
* { box-sizing: border-box; }
html { font-size: 100%; -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto; max-width: 68rem; padding: 1.5rem 1.25rem 4rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", "Noto Sans KR", "Apple SD Gothic Neo", "Malgun Gothic", sans-serif;
  word-break: keep-all; overflow-wrap: anywhere;
}
h1 { margin: 0; font-size: clamp(1.6rem, 5vw, 2.4rem); line-height: 1.15; letter-spacing: -0.02em; }
h2 { margin: 2.2rem 0 .8rem; scroll-margin-top: .5rem; font-size: 1.25rem; line-height: 1.3; }
h3 { margin: 0; scroll-margin-top: .5rem; font-size: 1.05rem; line-height: 1.35; }
p { margin: .3rem 0; }
a { color: var(--accent); text-underline-offset: .15em; }
a:focus-visible, input:focus-visible, button:focus-visible, summary:focus-visible, [tabindex]:focus-visible {
  outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px;
}
.intro, .source, .quiet, .note { color: var(--soft); }
.source, .quiet, .note { font-size: .85rem; unicode-bidi: isolate; }
.note { padding: 0 .45rem; border: 1px solid var(--line); border-radius: 1rem; }
.tools { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem .8rem; margin: 1.1rem 0 .4rem; }
.tools input[type=search] {
  flex: 1 1 14rem; min-width: 0; max-width: 26rem; padding: .5rem .8rem; font: inherit; color: inherit;
  background: var(--card);
  border: 1px solid var(--soft); border-radius: var(--radius);
}
button {
  padding: .45rem .8rem; font: inherit; color: var(--accent); background: var(--card);
  border: 1px solid var(--accent); border-radius: var(--radius); cursor: pointer;
}
output { color: var(--soft); font-size: .9rem; font-variant-numeric: tabular-nums; }
.skip { position: absolute; left: -999rem; }
.skip:focus { position: static; }
.axis {
  margin: 1.4rem 0 .5rem; overflow-x: auto; background: var(--card); border: 1px solid var(--line);
  border-radius: var(--radius);
}
.axis svg { display: block; width: 100%; min-width: 60rem; height: auto; }
.axis text { fill: var(--soft); font: 12px system-ui, -apple-system, "Segoe UI", "Noto Sans KR", sans-serif; }
.axis .context { fill: var(--ink); font-weight: 600; }
.axis .tick { stroke: var(--line); }
.axis .year { stroke: var(--soft); stroke-opacity: .55; }
.axis .base { stroke: var(--soft); }
.axis .hit { fill: transparent; }
.range { fill: var(--bar); }
.open { fill: url(#fade-end); }
.open.lead { fill: url(#fade-start); }
.vague { fill: var(--bar-soft); stroke: var(--bar); stroke-width: 1.2; }
.point { fill: var(--accent); }
.solid { stop-color: var(--bar); }
.clear { stop-color: var(--bar); stop-opacity: 0; }
.axis a:hover :is(.range, .open, .vague, .point), .axis a:focus :is(.range, .open, .vague, .point) { fill: var(--mark); }
.axis a:hover + .label, .axis a:focus + .label { fill: var(--ink); }
.axis .away + .label { opacity: .15; }
.axis a:focus-visible { outline: none; }
.axis a:focus-visible .hit { stroke: var(--ink); stroke-width: 2; }
.axis .away { opacity: .15; pointer-events: none; }
.tip {
  position: absolute; z-index: 2; max-width: min(24rem, calc(100vw - 1rem)); padding: .35rem .65rem; font-size: .9rem;
  line-height: 1.4; color: var(--paper); background: var(--ink); border-radius: 6px; pointer-events: none;
  overflow: hidden; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4;
}
.legend, .years { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; margin: .3rem 0 0; padding: 0; list-style: none; }
.legend { font-size: .85rem; color: var(--soft); }
.legend li { display: flex; align-items: center; gap: .45rem; }
.years { gap: .3rem; margin-top: 1.1rem; font-variant-numeric: tabular-nums; }
.years a {
  display: block; padding: .2rem .65rem; text-decoration: none; background: var(--card); border: 1px solid var(--line);
  border-radius: 2rem;
}
.years a:hover { border-color: var(--accent); }
section > div > h3 { margin: 1.2rem 0 .4rem; }
.events { list-style: none; margin: 0; padding: 0; border-left: 2px solid var(--line); }
.events li {
  position: relative; display: grid; grid-template-columns: 13.5rem 1fr; gap: .1rem 1.2rem;
  padding: .55rem 0 .55rem 1.2rem;
}
.events li::before {
  content: ""; position: absolute; left: -6px; top: 1.05rem; width: 10px; height: 10px; border-radius: 50%;
  background: var(--accent); border: 2px solid var(--paper);
}
.events li.range::before { height: 1.4rem; border-radius: 5px; background: var(--bar); }
.events li.vague::before { background: var(--bar-soft); border: 1.5px solid var(--bar); }
.events li:target { background: var(--accent-soft); border-radius: 0 var(--radius) var(--radius) 0; }
.events time, .events .when { font-variant-numeric: tabular-nums; font-weight: 600; }
.events .when span { white-space: nowrap; }
.events p { margin: 0; }
.cards {
  display: grid; grid-template-columns: repeat(auto-fill, minmax(min(19rem, 100%), 1fr)); gap: 1rem; margin: 0;
  padding: 0; list-style: none;
}
.cards > li { padding: 1.05rem; background: var(--card); border: 1px solid var(--line); border-radius: var(--radius); }
.person { display: grid; grid-template-columns: 3.5rem 1fr; gap: 0 .9rem; align-items: center; }
.face {
  display: grid; place-items: center; width: 3.5rem; height: 3.5rem; overflow: hidden; border-radius: 50%;
  background: var(--accent-soft); color: var(--accent); font-weight: 700; font-size: 1.2rem;
}
.face img { width: 100%; height: 100%; object-fit: cover; }
.talks { margin: .7rem 0 0; padding: .7rem 0 0; list-style: none; border-top: 1px solid var(--line); }
.talks li + li { margin-top: .55rem; }
.talks .title { font-weight: 600; }
.columns { display: grid; grid-template-columns: minmax(0, 44rem) minmax(12rem, 1fr); gap: 0 3rem; align-items: start; }
.columns .contents { position: sticky; top: 1rem; order: 1; max-height: calc(100vh - 2rem); overflow-y: auto; }
.contents h2 { font-size: 1rem; margin-bottom: .4rem; }
.contents ol { margin: 0; padding-left: 1.6rem; font-size: .9rem; }
.contents li { margin: .3rem 0; }
.contents a { text-decoration: none; }
.contents a:hover { text-decoration: underline; }
.digest { max-width: 44rem; scroll-margin-top: .5rem; padding: 0 0 .4rem; border-bottom: 1px solid var(--line); }
.digest ol { margin: .6rem 0 1rem; padding-left: 1.3rem; }
.digest li { margin: .45rem 0; }
.prose { max-width: 46rem; }
.prose table { border-collapse: collapse; margin: 1rem 0; }
.prose :is(th, td) { padding: .3rem .6rem; border: 1px solid var(--line); text-align: left; vertical-align: top; }
.prose [data-align=right] { text-align: right; }
.prose [data-align=center] { text-align: center; }
.prose blockquote { margin: 1rem 0; padding: 0 1rem; border-left: 3px solid var(--line); color: var(--soft); }
.prose p { margin: .8rem 0; }
pre {
  white-space: pre-wrap; padding: .8rem 1rem; background: var(--card); border: 1px solid var(--line);
  border-radius: var(--radius);
}
pre, code { font-family: ui-monospace, "Cascadia Mono", Consolas, monospace; font-size: .9em; }
.picture { padding: 0 .5rem; color: var(--soft); border: 1px dashed var(--soft); border-radius: 4px; }
.picture:has(img) { padding: 0; border: 0; }
.prose img { max-width: 100%; height: auto; }
details { margin-top: .6rem; }
summary { color: var(--accent); cursor: pointer; }
[hidden] { display: none !important; }
@media (max-width: 36rem) {
  .events li { grid-template-columns: 1fr; }
}
@media (max-width: 56rem) {
  .columns { display: block; }
  .columns .contents { position: static; max-height: 11rem; padding: 0 0 .6rem; border-bottom: 1px solid var(--line); }
}
@media print {
  :root {
    --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --accent: #000; --accent-soft: #eee;
    --bar: #888; --bar-soft: #eee; --mark: #000;
  }
  body { max-width: none; padding: 0; font-size: 10pt; }
  .columns { display: block; }
  .columns .contents { position: static; max-height: none; overflow: visible; }
  .tools, .skip, .years, .tip { display: none; }
  .axis { overflow: visible; }
  .axis svg { min-width: 0; }
  .away { opacity: 1; }
  h2, h3 { break-after: avoid; }
  .cards > li, .events li, .digest { break-inside: avoid; }
  a { text-decoration: none; }
}
]] }
