// The extraction job with markdown-it and gray-matter.  usage: node markdown_it.mjs LIST
import { readFileSync } from "node:fs";
import markdownIt from "markdown-it";
import matter from "gray-matter";

const parser = markdownIt({ html: true, linkify: true });
const text = (tokens) => tokens.map((t) => (t.type === "image" ? "" : t.type === "softbreak" ? " " : t.content)).join("");
for (const path of readFileSync(process.argv[2], "utf8").trim().split("\n")) {
  const { data, content } = matter(readFileSync(path, "utf8"));
  const d = { title: data.title, headings: [], links: [], images: [], first: undefined };
  let open;
  for (const t of parser.parse(content, {})) {
    if (t.type.endsWith("_open")) open = t;
    if (t.type !== "inline") continue;
    if (open.type === "heading_open") d.headings.push({ level: Number(open.tag.slice(1)), text: text(t.children) });
    if (open.type === "paragraph_open") d.first ??= text(t.children);
    t.children.forEach((c, i) => {
      if (c.type === "image") d.images.push({ src: c.attrGet("src"), alt: text(c.children) });
      if (c.type !== "link_open") return;
      const end = t.children.findIndex((e, k) => k > i && e.type === "link_close");
      d.links.push({ href: c.attrGet("href"), text: text(t.children.slice(i + 1, end)) });
    });
  }
  d.title ??= d.headings[0]?.text;
  process.stdout.write(JSON.stringify({ path, value: d }) + "\n");
}
