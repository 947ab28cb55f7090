// What the page tests share: Debian's Chromium by playwright-core, a page that
// is opened from its file and watched for messages and requests, and the report
// (one problem a line on standard output, exit status 1 if there is any).
import { pathToFileURL } from "node:url";
import { basename } from "node:path";
import { chromium } from "playwright-core";

export const sizes = { phone: { width: 360, height: 780 }, desk: { width: 1280, height: 900 } };

export async function withBrowser(work) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
  });
  const problems = [];
  try {
    await work(browser, (file, text) => problems.push(`${basename(file)}: ${text}`));
  } finally {
    await browser.close();
  }
  problems.forEach((line) => console.log(line));
  process.exitCode = problems.length ? 1 : 0;
}

// Opens a file; page.heard are its messages, errors, dialogs and requests other than for itself.
export async function openPage(browser, file, options = {}) {
  const { size = "desk", colorScheme = "light", ...more } = options;
  const context = await browser.newContext({ viewport: sizes[size], colorScheme, ...more });
  const page = await context.newPage();
  const address = pathToFileURL(file).href;
  page.heard = [];
  page.on("console", (message) => page.heard.push(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => page.heard.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => { page.heard.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => {
    const url = request.url();
    if (url !== address && !url.startsWith(`${address}#`) && url !== "data:,") page.heard.push(`request: ${url}`);
  });
  await page.goto(address);
  page.done = async () => { await context.close(); };
  return page;
}
