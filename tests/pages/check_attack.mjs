// FILE...: pages of hostile documents: nothing of theirs runs or is fetched, no
// attribute breaks out of its quotes, no address has a scheme that acts.
import { openPage, withBrowser } from "./browser.mjs";

// What a page may hold; all else came out of a document.
const elements = new Set(("a article blockquote body br button circle code dd defs details div dl dt footer g h1 h2 h3 h4 head header html input label li line "
  + "lineargradient link main meta nav ol output p path q rect script search section small span stop strong style summary svg table tbody "
  + "pre strong em td text th thead time title tr ul").split(" "));
const schemes = new Set(["http:", "https:", "mailto:", "tel:", "file:"]);

function inspect() {
  const out = [];
  for (const element of document.querySelectorAll("*")) {
    const name = element.tagName.toLowerCase();
    const attributes = [...element.attributes].map((a) => a.name);
    out.push({ name, attributes, href: name === "a" ? String(element.href.baseVal ?? element.href) : null,
      protocol: name === "a" && element.getAttribute("href") && typeof element.href === "string" ? element.protocol : null });
  }
  return { list: out, scripts: [...document.scripts].filter((s) => s.type !== "application/json").length, ran: window.ran || 0,
    turned: /[\u202A-\u202E\u2066-\u2069]/.test(document.documentElement.outerHTML) };
}

// Everything that could be made to act, acted on.
async function poke(page) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
  for (const type of ["mouseover", "focus", "focusin", "click", "toggle", "error", "load"]) {
    await page.evaluate((t) => document.querySelectorAll("body *").forEach((e) => {
      if (!(t === "click" && (e.closest("a") || e.closest("button")))) e.dispatchEvent(new Event(t, { bubbles: true }));
    }), type);
  }
  const filter = page.locator("#filter");
  if (await filter.count()) await filter.fill("<img src=x onerror=ran=1>");
}

await withBrowser(async (browser, tell) => {
  for (const file of process.argv.slice(2)) {
    for (const bypassCSP of [false, true]) {
      const page = await openPage(browser, file, { bypassCSP });
      await poke(page);
      const { list, scripts, ran, turned } = await page.evaluate(inspect);
      if (ran) tell(file, "a script of the document ran");
      if (scripts > 1) tell(file, `${scripts} scripts`);
      if (turned) tell(file, "characters that turn the reading direction are left");
      for (const { name, attributes, href, protocol } of list) {
        if (!elements.has(name)) tell(file, `element <${name}>`);
        const bad = attributes.find((a) => a.startsWith("on") || a === "style" && name !== "div" || /[^a-z0-9:-]/i.test(a));
        if (bad) tell(file, `<${name}> has the attribute ${bad}`);
        if (protocol && !schemes.has(protocol)) tell(file, `address ${href}`);
      }
      page.heard.forEach((line) => tell(file, line));
      await page.done();
    }
  }
});
