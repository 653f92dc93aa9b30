// The studio in a real browser and over plain HTTP: a slider's way to the file that compare reproduces, and who is refused.
import assert from "node:assert/strict";
import {spawn} from "node:child_process";
import {copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync} from "node:fs";
import {request} from "node:http";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {chromium} from "playwright-core";
import * as make from "./make.mjs";

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => existsSync(path));
const source = process.env.SOJOURN_SOURCE_DIR;
let browser;
const open = [];
before(async () => {
  browser = await chromium.launch({executablePath, args: ["--no-sandbox", "--disable-gpu"]});
});
after(async () => {
  await browser?.close();
  for (const one of open) one.child.kill("SIGTERM");
  make.cleanUp();
});

/** A studio of its own, in a folder of its own. */
async function studio(name, files, options = []) {
  const folder = join(make.folder, name);
  mkdirSync(folder);
  for (const [to, from] of Object.entries(files)) {
    if (typeof from === "string") copyFileSync(join(source, from), join(folder, to));
    else writeFileSync(join(folder, to), from.text);
  }
  const paths = Object.keys(files).map((file) => join(folder, file));
  const child = spawn(process.env.SOJOURN_PROGRAM, ["studio", ...paths, "--no-open", ...options], {stdio: ["ignore", "pipe", "pipe"]});
  const ended = new Promise((resolve) => child.on("exit", (code, signal) => resolve({code, signal})));
  let talk = "";
  child.stderr.on("data", (data) => (talk += data));
  const address = await new Promise((resolve, reject) => {
    let heard = "";
    child.stdout.on("data", (data) => {
      heard += data;
      if (heard.includes("\n")) resolve(heard.trim());
    });
    child.on("exit", () => reject(new Error(`the studio ended: ${talk}`)));
  });
  const one = {folder, child, ended, address, url: new URL(address), token: new URL(address).searchParams.get("token"), journey: paths[0]};
  open.push(one);
  return one;
}

/** Plain HTTP, where every header can be wrong. */
function http(one, method, path, {headers = {}, body} = {}) {
  return new Promise((resolve, reject) => {
    const sent = request({host: "127.0.0.1", port: one.url.port, method, path, headers: {Host: one.url.host, ...headers}}, (response) => {
      let text = "";
      response.on("data", (data) => (text += data));
      response.on("end", () => resolve({status: response.statusCode, text, headers: response.headers}));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
const post = (one, path, asked, headers = {}) =>
  http(one, "POST", path, {headers: {"Content-Type": "application/json", "X-Sojourn-Token": one.token, "X-Sojourn-Page": "test", ...headers}, body: typeof asked === "string" ? asked : JSON.stringify(asked)});

async function opened(one, options = {}) {
  const context = await browser.newContext({viewport: {width: 1440, height: 900}, ...options});
  context.setDefaultTimeout(120_000); // the machine may be busy with other tests
  const tab = await context.newPage();
  const heard = {console: [], requests: [], dialogs: 0};
  tab.on("console", (message) => ["error", "warning"].includes(message.type()) && heard.console.push(message.text()));
  tab.on("pageerror", (error) => heard.console.push(String(error)));
  tab.on("request", (asked) => heard.requests.push(asked.url()));
  await tab.goto(one.address, {timeout: 120_000});
  await tab.waitForSelector("#map svg");
  return {tab, heard, close: () => context.close()};
}
const slide = (tab, address, value) =>
  tab.locator(`input[data-address="${address}"]`).evaluate((input, to) => {
    input.value = String(to);
    input.dispatchEvent(new Event("input"));
    input.dispatchEvent(new Event("change"));
  }, value);
const agents = (tab, count) => tab.waitForSelector(`#agents[data-agents="${count}"]`);
const change = async (tab) => Number(await tab.getAttribute("#nps", "data-change"));
const five = (value) => Number(value.toPrecision(5));

test("a slider's way: moved, seen, undone, saved, and compare says the same digits", async () => {
  const one = await studio("way", {"journey.yaml": "scenarios/airport/journey.yaml"});
  const {tab, heard, close} = await opened(one);
  await tab.selectOption("#touchpoint", "security");
  assert.equal(await tab.locator("#nps").count(), 0, "nothing is moved yet");
  const experience = "touchpoints.security.channels.regular.experience.beta.mean";
  await slide(tab, experience, 9);
  await agents(tab, 100000);
  const first = await change(tab);
  assert.ok(first > 0.5, `a better line raises NPS (${first})`);
  await tab.click("#undo");
  assert.equal(await tab.locator("#nps").count(), 0);
  await tab.click("#redo");
  await tab.waitForSelector("#nps");
  assert.equal(await change(tab), first);
  await slide(tab, "touchpoints.security.pains.queue.probability", 0.004);
  await tab.waitForFunction((before) => Number(document.querySelector("#nps")?.dataset.change) > before, first);
  await agents(tab, 100000);
  await tab.waitForSelector("#why .why.all");
  const parts = await tab.$$eval("#why .why", (bars) => bars.map((bar) => Number(bar.dataset.nps)));
  assert.equal(parts.length, 4, "two changes, both together, all");
  assert.ok(Math.abs(parts[0] + parts[1] + parts[2] - parts[3]) < 1e-3, `${parts}`);
  await tab.fill("#name", "A better line");
  await tab.press("#name", "Enter");
  await tab.waitForSelector(".told .good");
  const file = join(one.folder, "a-better-line.yaml");
  assert.ok(existsSync(file), readdirSync(one.folder).join());
  const shown = {change: await change(tab), nps: Number(await tab.getAttribute("#nps", "data-nps"))};
  make.sojourn("check", file);
  const result = join(make.folder, "way.json");
  make.sojourn("compare", one.journey, file, "--quiet", "--draws", "0", "--json", result);
  const document = JSON.parse(readFileSync(result, "utf8"));
  assert.equal(shown.change, five(document.scenarios[0].difference.nps.estimate));
  assert.equal(shown.nps, five(document.scenarios[0].result.overall.nps.estimate));
  const look = JSON.parse((await post(one, "/look", {title: "again", agents: 100000, changes: [{set: experience, to: "9"}, {set: "touchpoints.security.pains.queue.probability", to: "0.004"}]})).text);
  for (const [id, place] of Object.entries(document.scenarios[0].touchpoints)) {
    if (place.satisfaction !== null) assert.equal(look.scenario.touchpoints[id].satisfaction[0], five(place.satisfaction.estimate), id);
  }
  // Never over a file without saying so.
  await tab.click("#save");
  await tab.waitForFunction(() => document.querySelector("#save").textContent.includes("a-better-line.yaml"));
  assert.deepEqual(heard.console, []);
  for (const url of heard.requests) assert.ok(url.startsWith(one.url.origin) || url.startsWith("data:"), url);
  await close();
});

test("two scenarios: side by side, together, and which of their changes does the work", async () => {
  const one = await studio("two", {"journey.yaml": "scenarios/two_stop/journey.yaml", "faster.yaml": "scenarios/two_stop/faster.yaml", "again.yaml": "scenarios/two_stop/faster.yaml"}, ["--lang", "de"]);
  const {tab, heard, close} = await opened(one);
  assert.equal(await tab.getAttribute("html", "lang"), "de");
  await tab.waitForFunction(() => document.querySelectorAll("#variants .effect").length === 2);
  assert.equal(await tab.locator("#variants tbody tr").count(), 2);
  await tab.click("#copy");
  await tab.waitForFunction(() => document.querySelectorAll("#variants tbody tr").length === 3);
  await tab.click("#undo");
  await tab.waitForFunction(() => document.querySelectorAll("#variants tbody tr").length === 2);
  assert.deepEqual(heard.console, []);
  await close();
});

test("hostile names are text", async () => {
  for (const turn of [0, 7, 14]) {
    const one = await studio(`hostile-${turn}`, {[`hostile-${turn}.yaml`]: {text: make.hostileJourney(turn)}, "what.yaml": {text: make.hostileScenario(turn)}});
    const {tab, heard, close} = await opened(one);
    await agents(tab, 100000);
    assert.equal(await tab.evaluate(() => window.hit), undefined);
    assert.deepEqual(heard.console, []);
    for (const url of heard.requests) assert.ok(url.startsWith(one.url.origin) || url.startsWith("data:"), url);
    await close();
  }
});

test("who has not the token, or comes from elsewhere, gets nothing", async () => {
  const one = await studio("doors", {"journey.yaml": "scenarios/two_stop/journey.yaml"});
  const page = `/?token=${one.token}`;
  const wrong = one.token.replace(/^./, (c) => (c === "a" ? "b" : "a"));
  assert.equal((await http(one, "GET", page)).status, 200);
  for (const [path, headers] of [["/", {}], [`/?token=${wrong}`, {}], [`/?token=`, {}], [page, {Host: "evil.example"}], [page, {Host: `127.0.0.1.evil.example:${one.url.port}`}], [page, {Origin: "http://evil.example"}], [page, {Origin: "null"}]]) {
    const answer = await http(one, "GET", path, {headers});
    assert.equal(answer.status, 403, `${path} ${JSON.stringify(headers)}`);
    assert.ok(!answer.text.includes(one.token));
  }
  const asked = {title: "x", changes: [{set: "touchpoints.x", to: "1"}]};
  for (const headers of [{"X-Sojourn-Token": ""}, {"X-Sojourn-Token": wrong}, {Origin: "http://localhost:1"}, {Host: "evil.example"}]) {
    assert.equal((await post(one, "/look", asked, headers)).status, 403, JSON.stringify(headers));
  }
  assert.equal((await post(one, "/look", asked, {"Content-Type": "text/plain"})).status, 415);
  assert.equal((await post(one, "/look", "{")).status, 400);
  assert.equal((await post(one, "/look", {...asked, title: "x".repeat(2 << 20)})).status, 413);
  for (const body of [asked, {...asked, agents: 1e9}, {title: "x"}, {title: "x", changes: [{line: "{set: a}\nstudy: 1"}]}]) {
    const answer = await post(one, "/look", body);
    assert.equal(answer.status, 422);
    assert.ok(JSON.parse(answer.text).error.length > 10);
  }
});

test("only the journey's folder, and never over what is no scenario", async () => {
  const one = await studio("save", {"journey.yaml": "scenarios/two_stop/journey.yaml", "faster.yaml": "scenarios/two_stop/faster.yaml"});
  const before = readFileSync(one.journey, "utf8");
  const variant = JSON.parse(/id="document">(.*?)<\/script>/s.exec((await http(one, "GET", `/?token=${one.token}`)).text)[1]).variants[0];
  const save = async (file, replace) => JSON.parse((await post(one, "/save", {...variant, file, replace})).text);
  for (const file of ["../out.yaml", "/tmp/out.yaml", "a/b.yaml", ".yaml", "x.txt", "", "a\u0000.yaml"]) assert.ok((await save(file, true)).error, file);
  assert.ok((await save("journey.yaml", true)).error);
  assert.equal(readFileSync(one.journey, "utf8"), before);
  assert.equal((await save("faster.yaml", false)).exists, true);
  assert.equal((await save("new.yaml", false)).file, "new.yaml");
  assert.equal((await save("new.yaml", true)).file, "new.yaml");
  assert.deepEqual(readdirSync(one.folder).sort(), ["faster.yaml", "journey.yaml", "new.yaml"]);
  writeFileSync(one.journey, `${before}\n# changed\n`);
  assert.match((await save("late.yaml", false)).error, /has changed/);
});

test("many pages at once each get their answer, and a stop while computing is a clean end", async () => {
  const one = await studio("many", {"journey.yaml": "scenarios/two_stop/journey.yaml", "faster.yaml": "scenarios/two_stop/faster.yaml"});
  const variant = JSON.parse(/id="document">(.*?)<\/script>/s.exec((await http(one, "GET", `/?token=${one.token}`)).text)[1]).variants[0];
  const answers = await Promise.all(Array.from({length: 6}, (_, i) => post(one, "/look", {...variant, agents: 20000}, {"X-Sojourn-Page": `page ${i}`})));
  const texts = new Set(answers.map((answer) => answer.text));
  assert.deepEqual([texts.size, answers[0].status], [1, 200]);
  const same = await Promise.all(Array.from({length: 6}, () => post(one, "/look", {...variant, agents: 300000})));
  assert.ok(same.every((answer) => answer.status === 200));
  assert.ok(same.some((answer) => !JSON.parse(answer.text).dropped), "the newest is answered");
  const running = post(one, "/look", {...variant, agents: 1000000}, {"X-Sojourn-Page": "last"}).catch(() => null);
  await new Promise((resolve) => setTimeout(resolve, 50));
  one.child.kill("SIGTERM");
  assert.deepEqual(await one.ended, {code: 0, signal: null});
  await running;
  assert.deepEqual(readdirSync(one.folder).sort(), ["faster.yaml", "journey.yaml"]);
});
