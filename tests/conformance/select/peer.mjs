// Selectors made by chance from the words of the documents, each asked of
// quern and of css-select (npm), which is another's work:
//
// - over the tree as quern writes it in JSON, every node an element, so that
//   nearly the whole grammar can be tried;
// - over the HTML that quern writes, read by htmlparser2, with kinds for tags.
//
// What css-select has not (comparing numbers, "of", sections) is done here in
// the plainest way.  node peer.mjs QUERN SEED NUMBER DOCUMENT... prints what differs.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { selectAll, is } from "css-select";
import { parseDocument, DomUtils } from "htmlparser2";
import { chooser, treeSelector, htmlSelector } from "./generate.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const [quern, seed, number, ...paths] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "peer-"));

function run(...options) {
  const out = execFileSync(quern, ["run", join(here, "query.lua"), "--no-cache", "--time-limit", "60", ...options, ...paths],
    { maxBuffer: 1 << 30, stdio: ["ignore", "pipe", "inherit"] });
  return out.toString().trimEnd().split("\n").map((line) => JSON.parse(line).value);
}

function ask(selectors) {
  const file = join(folder, "selectors.json");
  writeFileSync(file, JSON.stringify(selectors));
  return run("--set", `selectors=@${file}`);
}

// ------------------------------------------------------------------ the tree

function link(node, parent, all) {
  node.parent = parent;
  node.number = all.push(node) - 1;
  node.children ??= [];
  for (const child of node.children) link(child, node, all);
}

function readTree(value) {
  const all = [];
  link(JSON.parse(value.tree), null, all);
  all.slice(1).forEach((node, i) => { node.words = value.texts[i]; });
  all[0].words = all.slice(1).filter((node) => node.parent === all[0]).map((node) => node.words).join(" ");
  return all;
}

const ownKeys = new Set(["kind", "line", "children", "attributes", "parent", "number", "words"]);

function field(node, name) {
  const own = ownKeys.has(name) || Array.isArray(node[name]) ? undefined : node[name];
  if (own === false || own === null) return undefined;
  const value = own ?? node.attributes?.[name];
  return value === undefined ? undefined : String(value);
}

const siblings = (node) => (node.parent ? node.parent.children : [node]);

const treeAdapter = {
  isTag: () => true,
  existsOne: (test, nodes) => nodes.some((n) => test(n) || treeAdapter.existsOne(test, n.children)),
  getAttributeValue: field,
  getChildren: (node) => node.children,
  getName: (node) => node.kind,
  getParent: (node) => node.parent,
  getSiblings: siblings,
  prevElementSibling: (node) => siblings(node)[siblings(node).indexOf(node) - 1] ?? null,
  getText: (node) => node.words ?? "",
  hasAttrib: (node, name) => field(node, name) !== undefined,
  removeSubsets: (nodes) => nodes.filter((n) => {
    for (let up = n.parent; up; up = up.parent) if (nodes.includes(up)) return false;
    return true;
  }),
  findAll: (test, nodes) => nodes.flatMap((n) => [...(test(n) ? [n] : []), ...treeAdapter.findAll(test, n.children)]),
  findOne: (test, nodes) => treeAdapter.findAll(test, nodes)[0] ?? null,
};

// ------------------------------------------------- what css-select has not

function nthMatches(nth, index) {
  const [step, offset] = nth;
  return step === 0 ? index === offset : (index - offset) % step === 0 && (index - offset) / step >= 0;
}

// "[step,offset,fromEnd]|selector"
function nthOf(node, argument) {
  const [nth, ...rest] = argument.split("|");
  const [step, offset, fromEnd] = JSON.parse(nth);
  const list = siblings(node).filter((n) => is(n, rest.join("|"), treeOptions));
  const index = list.indexOf(node);
  return index >= 0 && nthMatches([step, offset], fromEnd ? list.length - index : index + 1);
}

function compare(node, argument) {
  const [name, operator, wanted] = argument.split(" ");
  const value = Number(field(node, name));
  if (field(node, name) === undefined || Number.isNaN(value)) return false;
  return { "<": value < wanted, "<=": value <= wanted, ">": value > wanted, ">=": value >= wanted }[operator];
}

// The sections a node is in, innermost first: [heading and all behind it up to its like].
function sectionAt(list, i) {
  const level = list[i].level;
  let end = i + 1;
  while (end < list.length && !(list[end].kind === "heading" && list[end].level <= level)) end++;
  return list.slice(i, end);
}

function sectionsOf(node) {
  const found = [];
  for (let up = node; up.parent; up = up.parent) {
    const list = siblings(up), at = list.indexOf(up);
    for (let i = at; i >= 0; i--) {
      if (list[i].kind === "heading" && sectionAt(list, i).includes(up)) found.push(sectionAt(list, i));
    }
  }
  return found;
}

// In whole documents: what css-select is given to search is otherwise a scope to it.
function top(node) {
  while (node.parent) node = node.parent;
  return node;
}

const find = (selector, nodes, options) => (nodes.length ? selectAll(selector, nodes, { ...options, context: top(nodes[0]) }) : []);

// ":has(" with the element marked while the rest is sought.
function has(node, argument, options, mark, below, beside) {
  mark(node, true);
  try {
    return find(`[x-anchor]${argument.slice(1)}`, /^_[+~]/.test(argument) ? beside(node) : below(node), options).length > 0;
  } finally {
    mark(node, false);
  }
}

const treeHas = (node, argument) => has(node, argument, treeOptions, (n, on) => { n["x-anchor"] = on || undefined; }, (n) => n.children, siblings);

const htmlHas = (node, argument) => has(node, argument, htmlOptions, (n, on) => {
  if (on) n.attribs["x-anchor"] = "";
  else delete n.attribs["x-anchor"];
}, (n) => n.children, (n) => DomUtils.getSiblings(n));

const anyBelow = (blocks, selector) => find(selector, blocks, treeOptions).length > 0;

const pseudos = {
  "x-has": treeHas,
  "x-nth-of": nthOf,
  "x-compare": compare,
  "x-in-section": (node, level) => sectionsOf(node).some((s) => s[0].level === Number(level)),
  "x-in-sections": (node, depth) => sectionsOf(node).length >= Number(depth),
  "x-in-section-with": (node, selector) => sectionsOf(node).some((s) => anyBelow(s, selector)),
  "x-in-section-without": (node, selector) => sectionsOf(node).some((s) => !anyBelow(s, selector)),
  "x-section-child": (node) => sectionsOf(node)[0]?.includes(node) ?? false,
};

const treeOptions = { adapter: treeAdapter, xmlMode: true, cacheResults: false, pseudos };

const htmlOptions = { cacheResults: false, pseudos: { "x-has": htmlHas } };

// ---------------------------------------------------------------- comparing

let problems = 0, compared = 0, found = 0;

function tell(path, pair, ours, theirs) {
  if (++problems <= 20) console.log(`${path}: ${JSON.stringify(pair.ours)} (${pair.theirs}): ${JSON.stringify(ours)} and ${JSON.stringify(theirs)}`);
}

function check(path, pair, ours, theirs) {
  compared++;
  found += theirs.length > 0;
  if (JSON.stringify(ours) !== JSON.stringify(theirs)) tell(path, pair, ours, theirs);
}

const squeeze = (text) => text.replace(/\s+/gu, "");

function textOf(node) {
  if (node.kind === "image") return "";
  if (["text", "code", "code_block", "template"].includes(node.kind)) return node.literal;
  return node.children.map(textOf).join("");
}

const tags = { block_quote: "blockquote", item: "li", emph: "em", strong: "strong", link: "a", image: "img", code: "code",
  code_block: "pre", table: "table", table_row: "tr", thematic_break: "hr", strikethrough: "del", paragraph: "p", linebreak: "br" };

function tagOf(node) {
  if (node.kind === "heading") return `h${node.level}`;
  if (node.kind === "list") return node.ordered ? "ol" : "ul";
  if (node.kind === "table_cell") return node.parent.header ? "th" : "td";
  return tags[node.kind] ?? node.kind;
}

// HTML has no room for marks in an image's text; the text of an image in an image is nobody's in node:text().
const inImage = (n) => n.parent && (n.parent.kind === "image" || inImage(n.parent));
const hasMarkedImage = (all) => all.some((n) => n.children.length && inImage(n));

// Footnotes and embedded players are written elsewhere or with other words.
const hasOther = (all) => all.some((n) => n.kind.startsWith("footnote") || n.kind.startsWith("html_") || n.kind === "container" ||
  n.kind === "span" || n.kind === "definition_list" || (n.kind === "link" && n.attributes?.kind));

try {
  const documents = run().map((value, i) => ({ path: paths[i], all: readTree(value), html: value.html }));
  const choose = chooser(Number(seed), documents.map((d) => d.all));
  const forTree = Array.from({ length: Number(number) }, () => treeSelector(choose));
  const forHtml = Array.from({ length: Number(number) }, () => htmlSelector(choose));
  const answers = ask([...forTree, ...forHtml].map((pair) => pair.ours));

  documents.forEach((d, at) => {
    if (hasMarkedImage(d.all)) return;
    forTree.forEach((pair, i) => {
      const theirs = selectAll(pair.theirs, [d.all[0]], treeOptions).map((n) => n.number).filter((n) => n > 0);
      check(d.path, pair, answers[at][i], [...new Set(theirs)].sort((a, b) => a - b));
    });
    if (hasOther(d.all)) return;
    const page = parseDocument(d.html);
    forHtml.forEach((pair, i) => {
      const ours = answers[at][forTree.length + i].map((n) => [tagOf(d.all[n]), squeeze(textOf(d.all[n]))]);
      const theirs = selectAll(pair.theirs, page, htmlOptions).map((n) => [n.name, squeeze(DomUtils.textContent(n))]);
      check(d.path, pair, ours, theirs);
    });
  });
  console.log(`# ${compared} pairs compared, ${found} of them with matches, ${problems} differ`);
} finally {
  rmSync(folder, { recursive: true });
}
process.exitCode = problems > 0 || compared === 0 ? 1 : 0;
