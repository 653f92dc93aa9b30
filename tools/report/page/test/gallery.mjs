// node gallery.mjs PAGE.html PREFIX ID...: figures of a report as the files that its buttons give, PREFIX-ID.svg. Called by
// tools/gallery.
import {existsSync} from "node:fs";
import {pathToFileURL} from "node:url";
import {chromium} from "playwright-core";

const [page, prefix, ...ids] = process.argv.slice(2);
const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => existsSync(path));
if (executablePath === undefined) throw new Error("there is no chromium");
const browser = await chromium.launch({executablePath, args: ["--no-sandbox", "--disable-gpu"]});
try {
  const context = await browser.newContext({viewport: {width: 1440, height: 900}, colorScheme: "light", acceptDownloads: true});
  const tab = await context.newPage();
  await tab.goto(pathToFileURL(page).href);
  await tab.waitForSelector("#page.live footer");
  for (const id of ids) {
    const [download] = await Promise.all([tab.waitForEvent("download"), tab.click(`#${id} .tools button[aria-label^="SVG"]`)]);
    await download.saveAs(`${prefix}-${id}.svg`);
  }
} finally {
  await browser.close();
}
