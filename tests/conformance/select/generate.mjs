// Selectors by chance, each written twice: as quern reads it, and as
// css-select does (peer.mjs).  The same seed gives the same selectors.

// A generator of numbers (Park and Miller's), and what the documents offer to choose from.
export function chooser(seed, trees) {
  let state = (seed % 2147483646) + 1;
  const number = (n) => {
    state = (state * 48271) % 2147483647;
    return state % n;
  };
  const nodes = trees.flat().filter((node) => node.parent);
  return { number, of: (list) => list[number(list.length)], often: (part, of) => number(of) < part, nodes };
}

const both = (text) => ({ ours: text, theirs: text });
const join = (pairs, glue = "") => ({ ours: pairs.map((p) => p.ours).join(glue), theirs: pairs.map((p) => p.theirs).join(glue) });
const wrap = (before, pair, after) => ({ ours: before + pair.ours + after, theirs: before + pair.theirs + after });

const quote = (text) => JSON.stringify(text).replace(/\\[nrtbf]|\\u[0-9a-f]{4}/g, "");
const cut = (c, text, most) => {
  const letters = [...text], from = c.number(Math.max(1, letters.length)), n = 1 + c.number(most);
  return letters.slice(from, from + n).join("").replace(/[\\"\s()]/gu, "");
};

const stringFields = { link: ["url", "title"], image: ["url", "title"], text: ["literal"], code: ["literal"], code_block: ["info", "literal"] };

function stringTest(c, name, value, names = [name, name]) {
  const part = cut(c, value, 6);
  if (!part) return join([{ ours: `[${names[0]}]`, theirs: `[${names[1]}]` }]);
  const operator = c.of(["*=", "^=", "$=", "=", "~=", "|="]);
  const word = c.often(1, 2) ? part : quote(value).slice(1, -1).slice(0, 20).replace(/[\\"\s()]/gu, "") || part;
  const flag = c.often(1, 4) ? " i" : "";
  const test = `${operator}"${flag && /[^\x00-\x7f]/.test(word) ? "x" : word}"${flag}]`;
  return { ours: `[${names[0]}${test}`, theirs: `[${names[1]}${test}` };
}

// ------------------------------------------------------------------ the tree

// Not those that always hold: css-select says that of everything but the root.
const position = (c) => {
  const step = c.number(7) - 3, offset = c.number(9) - 3;
  return step === 1 ? [step, 2 + Math.abs(offset)] : [step, offset];
};
const spell = ([step, offset]) => `${step}n${offset < 0 ? "" : "+"}${offset}`;

function attributeTest(c, node) {
  const names = [...(stringFields[node.kind] ?? []).filter((n) => node[n]), ...Object.keys(node.attributes ?? {})];
  if (names.length === 0) return both(c.of(["[class]", "[id]", "[url]", "[level]", "[ordered]", "[checked]", "[start]"]));
  const name = c.of(names);
  return stringTest(c, name, String(node[name] ?? node.attributes[name]));
}

function numberTest(c) {
  const name = c.of(["level", "level", "start", "colspan", "width"]), operator = c.of(["<", "<=", ">", ">="]), n = c.number(5);
  return { ours: `[${name}${operator}${n}]`, theirs: `:x-compare(${name} ${operator} ${n})` };
}

function simpleTest(c, node) {
  switch (c.number(6)) {
    case 0: return both(c.of([":first-child", ":last-child", ":only-child", ":first-of-type", ":last-of-type", ":only-of-type"]));
    case 1: return both(`:nth-${c.of(["child", "last-child", "of-type", "last-of-type"])}(${spell(position(c))})`);
    case 2: return numberTest(c);
    case 3: return both(`:contains("${cut(c, node.words, 5).replace(/\u00a0/g, "") || "e"}")`);
    default: return attributeTest(c, node);
  }
}

function nthOfTest(c, depth) {
  const nth = position(c), fromEnd = c.often(1, 2);
  // no quotes in a pseudo-class of css-select's users
  const list = both(c.of([c.of(c.nodes).kind, `${c.of(c.nodes).kind}:first-child`, `:not(${c.of(c.nodes).kind})`, `* + ${c.of(c.nodes).kind}`]));
  return { ours: `:nth-${fromEnd ? "last-" : ""}child(${spell(nth)} of ${list.ours})`,
    theirs: `:x-nth-of([${nth[0]},${nth[1]},${fromEnd}]|${list.theirs})` };
}

// What :has() looks for begins below the element; css-select lets "a b" begin above it, so peer.mjs does it.
const hasTest = (leading, inside) => ({ ours: `:has(${leading}${inside.ours})`, theirs: `:x-has(_${leading || " "}${inside.theirs})` });

function listTest(c, node, depth, inHas) {
  const kind = c.number(inHas ? 3 : 5);
  const list = join(Array.from({ length: 1 + c.number(2) }, () => complex(c, c.often(1, 2) ? node : c.of(c.nodes), depth + 1, inHas)), ", ");
  if (kind === 0) return { ours: `:${c.of(["is", "where"])}(${list.ours})`, theirs: `:is(${list.theirs})` };
  if (kind <= 2) return wrap(":not(", list, ")");
  const inside = node.children.length ? c.of(node.children) : c.of(c.nodes);
  const leading = c.of(["", "", "> ", "+ ", "~ "]);
  return hasTest(leading, complex(c, leading < "+" ? inside : c.of(c.nodes), depth + 1, true));
}

function compound(c, node, depth, inHas) {
  // css-select takes :has(~ a:not(*)) for something that can match, so * never stands alone in a list
  const any = c.often(1, 4);
  const parts = [both(any ? "*" : node.kind)];
  if (c.often(1, 2) || (any && depth > 0)) parts.push(simpleTest(c, node));
  if (depth < 3 && c.often(1, 3)) parts.push(listTest(c, node, depth, inHas));
  if (depth === 0 && c.often(1, 8)) parts.push(nthOfTest(c));
  return join(parts);
}

// The subject, and before it what may well stand there.
function complex(c, node, depth, inHas = false) {
  const parts = [compound(c, node, depth, inHas)];
  for (let i = c.number(3); i > 0 && node.parent?.parent; i--) {
    const list = node.parent.children, at = list.indexOf(node), combinator = at > 0 ? c.of([" ", " > ", " + ", " ~ "]) : c.of([" ", " > "]);
    node = { " ": node.parent.parent?.parent ? node.parent.parent : node.parent, " > ": node.parent, " + ": list[at - 1], " ~ ": list[Math.max(0, at - 2)] }[combinator];
    parts.unshift(compound(c, node, depth, inHas), both(combinator));
  }
  return join(parts);
}

function inSection(c) {
  const kind = c.of(c.nodes).kind, other = c.of(c.nodes).kind, level = 1 + c.number(4);
  return c.of([
    { ours: `section[level=${level}] ${kind}`, theirs: `${kind}:x-in-section(${level})` },
    { ours: `section section ${kind}`, theirs: `${kind}:x-in-sections(2)` },
    { ours: `section:has(${other}) ${kind}`, theirs: `${kind}:x-in-section-with(${other})` },
    { ours: `section:not(:has(${other})) ${kind}`, theirs: `${kind}:x-in-section-without(${other})` },
    { ours: `section > ${kind}`, theirs: `${kind}:x-section-child` },
    { ours: `section section section > ${kind}`, theirs: `${kind}:x-section-child:x-in-sections(3)` },
  ]);
}

export function treeSelector(c) {
  if (c.often(1, 12)) return inSection(c);
  return join(Array.from({ length: 1 + c.number(2) }, () => complex(c, c.of(c.nodes), 0)), ", ");
}

// ---------------------------------------------------------------------- HTML

// A paragraph of a tight list has no tag.
const htmlKinds = [
  ["paragraph:not(list[tight] > item > *)", "p"], ["block_quote", "blockquote"], ["list[ordered]", "ol"], ["list:not([ordered])", "ul"],
  ["item", "li"], ["emph", "em"], ["strong", "strong"], ["link", "a"], ["image", "img"], ["code", "code:not(pre > *)"],
  ["code_block", "pre"], ["table", "table"], ["table_row", "tr"], ["table_row[header] > table_cell", "th"],
  ["thematic_break", "hr"], ["strikethrough", "del"], ["linebreak", "br"],
  ...[1, 2, 3, 4, 5, 6].map((n) => [`heading[level=${n}]`, `h${n}`]),
];
// Whose children are the same in the tree and in HTML.
const sameChildren = ["block_quote", "list[ordered]", "list:not([ordered])", "emph", "strong", "link"];
const onlyElements = ["item"];

function htmlAddress(c) {
  const node = c.of(c.nodes);
  const value = ["link", "image"].includes(node.kind) ? node.url.replace(/[^a-zA-Z0-9:/.]/g, "") : "http";
  const test = stringTest(c, "url", value || "http", ["url", c.often(1, 2) ? "href" : "src"]);
  // the tag must go with the attribute
  const [kind, tag] = test.theirs.startsWith("[href") ? ["link", "a"] : ["image", "img"];
  return { ours: kind + test.ours, theirs: tag + test.theirs };
}

function htmlCompound(c, depth) {
  if (c.often(1, 8)) return htmlAddress(c);
  const [ours, theirs] = c.of(htmlKinds);
  const parts = [{ ours: `:is(${ours})`, theirs }];
  if (onlyElements.includes(ours) && c.often(1, 2)) parts.push(both(`:nth-${c.of(["child", "last-child", "of-type"])}(${spell(position(c))})`));
  if (depth < 2 && c.often(1, 4)) parts.push(wrap(c.of([":not(", ":is(", ":not("]), htmlComplex(c, depth + 1), ")"));
  if (depth === 0 && c.often(1, 4)) parts.push(hasTest("", htmlComplex(c, 2)));
  return join(parts);
}

function htmlComplex(c, depth) {
  const subject = htmlCompound(c, depth);
  if (c.often(1, 2)) return subject;
  if (c.often(1, 3)) {
    const same = c.of(htmlKinds.filter(([ours]) => sameChildren.includes(ours)));
    return join([{ ours: `:is(${same[0]})`, theirs: same[1] }, both(" > "), subject]);
  }
  return join([htmlCompound(c, depth + 1), both(" "), subject]);
}

export function htmlSelector(c) {
  return join(Array.from({ length: 1 + c.number(2) }, () => htmlComplex(c, 0)), ", ");
}
