// The extraction job with remark and gray-matter.  usage: node remark.mjs LIST
import { readFileSync } from "node:fs";
import { unified } from "unified";
import remarkParse from "remark-parse";
import remarkGfm from "remark-gfm";
import matter from "gray-matter";

const text = (n) => n.value ?? (n.children ?? []).map(text).join("");
const parser = unified().use(remarkParse).use(remarkGfm);
for (const path of readFileSync(process.argv[2], "utf8").trim().split("\n")) {
  const { data, content } = matter(readFileSync(path, "utf8"));
  const d = { title: data.title, headings: [], links: [], images: [], first: undefined };
  const visit = (n) => {
    if (n.type === "heading") d.headings.push({ level: n.depth, text: text(n) });
    if (n.type === "link") d.links.push({ href: n.url, text: text(n) });
    if (n.type === "image") d.images.push({ src: n.url, alt: n.alt });
    if (n.type === "paragraph") d.first ??= text(n);
    (n.children ?? []).forEach(visit);
  };
  visit(parser.parse(content));
  d.title ??= d.headings[0]?.text;
  process.stdout.write(JSON.stringify({ path, value: d }) + "\n");
}
