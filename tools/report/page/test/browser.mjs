// A report in a real browser, as the tests of its panels want it.
import assert from "node:assert/strict";
import {existsSync} from "node:fs";
import {after, before} from "node:test";
import {pathToFileURL} from "node:url";
import {chromium} from "playwright-core";
import * as make from "./make.mjs";

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => existsSync(path));
export let browser;

/** A browser for the tests of a file; behind them it is closed, `last` done and what was made taken away. */
export function useBrowser(last = () => {}) {
  before(async () => {
    browser = await chromium.launch({executablePath, args: ["--no-sandbox", "--disable-gpu"]});
  });
  after(async () => {
    await browser?.close();
    last();
    make.cleanUp();
  });
}

/** Opens a page; what it complained of and asked for is in `heard`. */
export async function opened(report, options = {}) {
  const context = await browser.newContext({viewport: {width: 1440, height: 900}, acceptDownloads: true, ...options});
  context.setDefaultTimeout(120_000); // the machine may be busy with other tests
  const tab = await context.newPage();
  const heard = {console: [], requests: [], dialogs: 0};
  tab.on("console", (message) => ["error", "warning"].includes(message.type()) && heard.console.push(message.text()));
  tab.on("pageerror", (error) => heard.console.push(String(error)));
  tab.on("request", (request) => heard.requests.push(request.url()));
  tab.on("dialog", (dialog) => {
    heard.dialogs += 1;
    return dialog.dismiss();
  });
  await tab.goto(pathToFileURL(report.path).href);
  await tab.waitForSelector("#page.live footer");
  return {tab, heard, close: () => context.close()};
}

/** That it complained of nothing, asked nobody and opened no dialog. */
export const quiet = ({heard}, report) => {
  assert.deepEqual(heard.console, []);
  assert.deepEqual(heard.requests.filter((url) => !url.startsWith("blob:")), [pathToFileURL(report.path).href]);
  assert.equal(heard.dialogs, 0);
};

export const values = (tab, selector, attribute) =>
  tab.$$eval(selector, (elements, name) => elements.map((element) => Number(element.getAttribute(name))), attribute);
export const sorted = (list) => [...list].sort((a, b) => a - b);
