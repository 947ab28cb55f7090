// FILE...: each page opens without a message and without asking for anything,
// and is no wider than the window, from a small phone to a desk.
import { openPage, withBrowser } from "./browser.mjs";

const widths = [320, 360, 600, 1280];

await withBrowser(async (browser, tell) => {
  for (const file of process.argv.slice(2)) {
    const page = await openPage(browser, file);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      const wide = await page.evaluate(() => {
        const room = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= room) return null;
        const one = [...document.body.querySelectorAll("*")].find((e) => !e.closest(".axis") && e.getBoundingClientRect().right > room + 1);
        return one ? one.outerHTML.slice(0, 120) : "the page";
      });
      if (wide) tell(file, `scrolls sideways at ${width} px: ${wide}`);
    }
    await page.waitForTimeout(50);
    page.heard.forEach((line) => tell(file, line));
    await page.done();
  }
});
