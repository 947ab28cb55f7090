// FILE...: dark and light follow the reader's setting; on paper the tools are
// gone, everything is unfolded, the axis fits, and the ink is dark on white.
import { openPage, withBrowser } from "./browser.mjs";

function brightness() {
  const of = (color) => (color.match(/[\d.]+/g) || []).slice(0, 3).reduce((sum, n) => sum + Number(n), 0) / 765;
  const style = getComputedStyle(document.body);
  return { paper: of(style.backgroundColor), ink: of(style.color) };
}

function onPaper() {
  const seen = (selector) => [...document.querySelectorAll(selector)].some((e) => e.checkVisibility());
  const axis = document.querySelector(".axis svg");
  return { tools: seen(".tools"), folded: document.querySelectorAll("details:not([open])").length,
    wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
    axis: axis ? axis.getBoundingClientRect().right <= document.documentElement.clientWidth : true };
}

await withBrowser(async (browser, tell) => {
  for (const file of process.argv.slice(2)) {
    for (const colorScheme of ["light", "dark"]) {
      const page = await openPage(browser, file, { colorScheme });
      const screen = await page.evaluate(brightness);
      const right = colorScheme === "light" ? screen.paper > 0.85 && screen.ink < 0.25 : screen.paper < 0.2 && screen.ink > 0.8;
      if (!right) tell(file, `${colorScheme}: paper ${screen.paper}, ink ${screen.ink}`);
      await page.emulateMedia({ media: "print", colorScheme });
      await page.setViewportSize({ width: 700, height: 1000 });
      await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
      const paper = await page.evaluate(onPaper), ink = await page.evaluate(brightness);
      if (paper.tools) tell(file, "the tools are printed");
      if (paper.folded) tell(file, `${paper.folded} details are printed folded`);
      if (paper.wide || !paper.axis) tell(file, "wider than the paper");
      if (ink.paper < 0.99 || ink.ink > 0.2) tell(file, `printed with paper ${ink.paper}, ink ${ink.ink} (${colorScheme})`);
      await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
      page.heard.forEach((line) => tell(file, line));
      await page.done();
    }
  }
});
