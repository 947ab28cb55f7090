// FILE...: axe-core finds nothing, on a phone and on a desk, light and dark,
// with everything unfolded.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { openPage, sizes, withBrowser } from "./browser.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

await withBrowser(async (browser, tell) => {
  for (const file of process.argv.slice(2)) {
    const page = await openPage(browser, file, { bypassCSP: true });
    await page.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
    await page.evaluate(axe);
    for (const size of ["phone", "desk"]) {
      for (const colorScheme of ["light", "dark"]) {
        await page.setViewportSize(sizes[size]);
        await page.emulateMedia({ colorScheme });
        const found = await page.evaluate((values) => window.axe.run(document, { runOnly: { type: "tag", values } }), tags);
        for (const rule of found.violations) {
          for (const node of rule.nodes.slice(0, 3)) {
            tell(file, `${size}, ${colorScheme}: ${rule.id}: ${node.html.slice(0, 160)}: ${node.failureSummary.replace(/\s+/g, " ")}`);
          }
        }
      }
    }
    await page.done();
  }
});
