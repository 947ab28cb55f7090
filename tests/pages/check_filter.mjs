// FILE...: the filter of each page hides what lacks the words, tells how many
// are left to those who cannot see it, and Escape brings everything back.
import { openPage, withBrowser } from "./browser.mjs";

// The items that can be seen, and whether an empty group is still shown.
function look() {
  const shown = [...document.querySelectorAll("[data-item]")].filter((e) => e.checkVisibility());
  const bare = [...document.querySelectorAll("[data-group]")].filter((e) => e.checkVisibility()
    && ![...e.querySelectorAll("[data-item]")].some((i) => i.checkVisibility()));
  return { all: document.querySelectorAll("[data-item]").length, texts: shown.map((e) => e.textContent.toLowerCase()), bare: bare.length,
    said: document.getElementById("count").textContent, away: document.querySelectorAll(".axis .away").length,
    marks: document.querySelectorAll(".axis a").length };
}

// A word that some items have and others lack.
function choose() {
  const texts = [...document.querySelectorAll("[data-item]")].map((e) => e.textContent.toLowerCase());
  const words = new Set(texts.flatMap((text) => text.match(/[\p{L}]{3,}/gu) || []));
  return [...words].find((word) => {
    const count = texts.filter((text) => text.includes(word)).length;
    return count > 0 && count < texts.length;
  });
}

await withBrowser(async (browser, tell) => {
  for (const file of process.argv.slice(2)) {
    const page = await openPage(browser, file);
    const want = (truth, text) => { if (!truth) tell(file, text); };
    const before = await page.evaluate(look);
    const word = await page.evaluate(choose);
    if (!word) { tell(file, "no word tells its items apart"); continue; }
    await page.keyboard.press("/");
    want(await page.evaluate(() => document.activeElement.id) === "filter", "the key / does not go to the filter");
    await page.keyboard.type(word.toUpperCase());
    const after = await page.evaluate(look);
    want(after.texts.length > 0 && after.texts.length < before.all, `"${word}" shows ${after.texts.length} of ${before.all}`);
    want(after.texts.every((text) => text.includes(word)), `what is shown lacks "${word}"`);
    want(after.said.includes(String(after.texts.length)) && after.said.includes(String(before.all)), `the count says "${after.said}"`);
    want(after.bare === 0, "a group without items is shown");
    want(before.marks === 0 || after.away > 0, "the axis does not follow");
    const role = await page.locator("#count").evaluate((e) => e.tagName === "OUTPUT" || e.getAttribute("role") === "status");
    want(role, "the count is no live region");
    await page.keyboard.type(" zzqx");
    const none = await page.evaluate(look);
    want(none.texts.length === 0 && none.said !== "", `nothing should match, ${none.texts.length} shown, said "${none.said}"`);
    await page.keyboard.press("Escape");
    const cleared = await page.evaluate(look);
    want(cleared.texts.length === before.texts.length && cleared.said === "" && cleared.away === 0, "Escape does not bring all back");
    want(await page.inputValue("#filter") === "", "Escape leaves the words");
    page.heard.forEach((line) => tell(file, line));
    await page.done();
  }
});
