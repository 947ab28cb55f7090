// FILE...: with the keyboard alone: Tab reaches everything that can be used, in
// the order of the document, with a focus that is seen; Enter unfolds; the marks
// of an axis tell what they are and lead to their entry.
import { openPage, withBrowser } from "./browser.mjs";

const usable = "a[href], button, input, summary, [tabindex='0']";

function number(selector) {
  const list = [...document.querySelectorAll(selector)].filter((e) => e.checkVisibility());
  list.forEach((e, i) => { e.dataset.stop = i; });
  return list.length;
}

function focused() {
  const element = document.activeElement, style = getComputedStyle(element);
  const hit = element.querySelector && element.querySelector(".hit");
  const seen = style.outlineStyle !== "none" && style.outlineWidth !== "0px"
    || hit && getComputedStyle(hit).stroke !== "none" && getComputedStyle(hit).strokeWidth !== "0px";
  return { stop: element === document.body ? -1 : Number(element.dataset.stop ?? -2), seen: Boolean(seen),
    html: element.outerHTML.slice(0, 100) };
}

async function walk(page, tell) {
  const count = await page.evaluate(number, usable);
  for (let want = 0; want < count; want += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(focused);
    if (at.stop !== want) return tell(`Tab goes to stop ${at.stop}, not ${want} of ${count}: ${at.html}`);
    if (!at.seen) return tell(`the focus cannot be seen on ${at.html}`);
  }
  return count;
}

async function unfold(page, tell) {
  const summary = page.locator("summary").first();
  if (await summary.count() === 0) return;
  for (const [key, open] of [["Enter", true], ["Space", false]]) {
    await summary.press(key);
    if (await summary.evaluate((e) => e.parentElement.open) !== open) tell(`${key} does not turn details ${open ? "open" : "shut"}`);
  }
}

async function marks(page, tell) {
  const list = page.locator(".axis a");
  if (await list.count() < 2) return;
  await list.nth(0).focus();
  const label = await list.nth(0).getAttribute("aria-label");
  if (await page.locator(".tip").textContent() !== label) tell("the tip does not say what the mark is");
  await page.keyboard.press("Escape");
  if (await page.locator(".tip").isVisible()) tell("Escape leaves the tip");
  await page.keyboard.press("ArrowRight");
  const second = await list.nth(1).getAttribute("href");
  if (await page.evaluate(() => document.activeElement.getAttribute("href")) !== second) tell("the arrow key does not go to the next mark");
  await page.keyboard.press("Enter");
  const target = await page.evaluate(() => { const e = document.querySelector(":target"); return e && `#${e.id}`; });
  if (target !== second) tell(`Enter on a mark leads to ${target}, not ${second}`);
  await list.nth(1).locator(".hit").hover({ force: true });
  if (!await page.locator(".tip").isVisible()) tell("no tip under the mouse");
  await page.locator(".skip").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  if (await page.evaluate(() => Boolean(document.activeElement.closest(".axis")))) tell("the skip link does not lead past the axis");
}

await withBrowser(async (browser, tell) => {
  for (const file of process.argv.slice(2)) {
    const page = await openPage(browser, file);
    const say = (text) => { tell(file, text); };
    if (!await walk(page, say)) say("nothing can be reached");
    await unfold(page, say);
    await marks(page, say);
    page.heard.forEach((line) => tell(file, line));
    await page.done();
  }
});
