// The studio in a real browser and over plain HTTP: a slider's way to the file that compare reproduces, and who is refused.
import assert from "node:assert/strict";
import {spawn} from "node:child_process";
import {copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync} from "node:fs";
import {request} from "node:http";
import {join} from "node:path";
import {test} from "node:test";
import {browser, useBrowser} from "./browser.mjs";
import {contrasts, isWalkedWhole, unnamed} from "./looks.mjs";
import * as make from "./make.mjs";

const source = process.env.SOJOURN_SOURCE_DIR;
const open = [];
useBrowser(() => open.forEach((one) => one.child.kill("SIGTERM")));

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
  tab.locator(`input[type=range][data-address="${address}"]`).evaluate((input, to) => {
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
  const look = JSON.parse((await post(one, "/sharper", {title: "again", agents: 100000, changes: [{set: experience, to: "9"}, {set: "touchpoints.security.pains.queue.probability", to: "0.004"}]})).text);
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

test("santa in the dark: a value is typed, for one persona only, the line along the slider, and compare says the same", async () => {
  const santa = (name) => `scenarios/santa/${name}.yaml`;
  const one = await studio("santa", {"journey.yaml": santa("journey"), "warm-bench.yaml": santa("warm-bench")}, ["--lang", "de"]);
  const {tab, heard, close} = await opened(one, {colorScheme: "dark"});
  await tab.waitForSelector("#nps");
  assert.deepEqual(await contrasts(tab), []);
  await tab.click("#new");
  await tab.selectOption("#touchpoint", "unwrap");
  await tab.selectOption("#whom", "mia");
  const address = "touchpoints.unwrap.experience.normal.mean";
  const row = tab.locator(".sl").filter({has: tab.locator(`input[data-address="${address}"]`)});
  const type = async (text) => {
    await row.locator(".typed").click();
    await row.locator(".typing").fill(text);
    await row.locator(".typing").press("Enter");
  };
  await type("viel");
  assert.match(await row.locator(".problem").textContent(), /geht hier nicht/);
  await type("11");
  assert.match(await row.locator(".problem").textContent(), /geht hier nicht/);
  assert.equal(await tab.locator("#nps").count(), 0);
  await type("7,5");
  assert.equal(await row.locator(".problem").textContent(), "");
  await agents(tab, 100000);
  assert.match(await row.locator("output").textContent(), /7,5/);
  await row.locator(".along-line").waitFor();
  await tab.selectOption("#whom", "");
  assert.doesNotMatch(await tab.locator(".sl").filter({has: tab.locator(`input[data-address="${address}"]`)}).locator("output").textContent(), /7,5/, "the others are as they are");
  assert.match(await tab.textContent("#changes li"), /7,5 \(Mia/);
  assert.deepEqual(await contrasts(tab), []);
  await tab.fill("#name", "Nur Mia");
  await tab.press("#name", "Enter");
  await tab.waitForSelector(".told .good");
  const file = join(one.folder, "nur-mia.yaml");
  assert.match(readFileSync(file, "utf8"), /to: 7\.5\n {4}for: \[mia\]/);
  const result = join(make.folder, "mia.json");
  make.sojourn("compare", one.journey, file, "--quiet", "--draws", "0", "--json", result);
  const document = JSON.parse(readFileSync(result, "utf8"));
  assert.equal(await change(tab), five(document.scenarios[0].difference.nps.estimate));
  assert.deepEqual(heard.console, []);
  for (const url of heard.requests) assert.ok(url.startsWith(one.url.origin) || url.startsWith("data:"), url);
  await close();
});

test("by keyboard alone, with names for a screen reader, light", async () => {
  const one = await studio("keys", {"journey.yaml": "scenarios/airport/journey.yaml", "security.yaml": "scenarios/airport/security.yaml"});
  const {tab, close} = await opened(one);
  await agents(tab, 100000);
  assert.deepEqual(await unnamed(tab), []);
  assert.deepEqual(await contrasts(tab), []);
  await isWalkedWhole(tab);
  await tab.focus("#map");
  const before = await tab.inputValue("#touchpoint");
  await tab.keyboard.press("ArrowRight");
  assert.notEqual(await tab.inputValue("#touchpoint"), before, "arrows walk along the map");
  const input = tab.locator("input[type=range]").first();
  const address = await input.getAttribute("data-address");
  await input.focus();
  const shown = await input.getAttribute("aria-valuetext");
  await tab.keyboard.press("ArrowLeft");
  assert.notEqual(await tab.locator(`input[data-address="${address}"]`).getAttribute("aria-valuetext"), shown);
  await tab.waitForSelector("#undo:not([disabled])");
  await tab.keyboard.press("Control+z");
  await tab.waitForFunction(([at, text]) => document.querySelector(`input[data-address="${at}"]`).ariaValueText === text, [address, shown]);
  await tab.selectOption("#touchpoint", "security");
  const names = () => tab.$$eval(".sl .name > span:first-child", (all) => all.map((one) => one.textContent));
  assert.ok((await names()).includes("Regular line: time"));
  await tab.click('button[lang="de"]');
  assert.ok((await names()).includes("Regular line: Zeit"), "German nouns keep their capital");
  await close();
});

test("undone while the answer is on its way: what is in hand is what is shown", async () => {
  const one = await studio("late", {"journey.yaml": "scenarios/airport/journey.yaml", "security.yaml": "scenarios/airport/security.yaml"});
  const {tab, heard, close} = await opened(one);
  await agents(tab, 100000);
  const before = await change(tab);
  const input = tab.locator("input[type=range]").first();
  const shown = await input.getAttribute("aria-valuetext");
  let answer;
  const asked = new Promise((begun) => {
    void tab.route("**/look", async (route) => {
      begun();
      await new Promise((resolve) => (answer = resolve));
      await route.continue();
    });
  });
  await input.focus();
  await tab.keyboard.press("ArrowLeft");
  await asked;
  await tab.keyboard.press("Control+z");
  assert.equal(await input.getAttribute("aria-valuetext"), shown);
  const answered = tab.waitForResponse("**/look");
  answer();
  await (await answered).finished();
  await tab.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100))));
  assert.equal(await input.getAttribute("aria-valuetext"), shown);
  assert.equal(await change(tab), before);
  assert.deepEqual(heard.console, []);
  await close();
});

test("what cannot be is said in the page's language, at its slider", async () => {
  const one = await studio("wrong", {"journey.yaml": "scenarios/two_stop/journey.yaml"}, ["--lang", "de"]);
  const asked = (change) => ({title: "x", changes: [change]});
  const error = async (body, language) => JSON.parse((await post(one, "/look", body, {"X-Sojourn-Language": language})).text).error;
  const wrong = asked({set: "touchpoints.ask.effort", to: "-1"});
  assert.match(await error({title: "x", changes: []}, "de"), /noch ist nichts geändert/);
  assert.match(await error({title: "x", changes: []}, "en"), /nothing is changed yet/);
  assert.match(await error(wrong, "de"), /muss aber .* sein/);
  assert.match(await error(wrong, "en"), /must be/);
});

test("what is uncertain stays with a loaded scenario that is saved", async () => {
  const text = `${readFileSync(join(source, "scenarios/airport/signs.yaml"), "utf8")}\nuncertain:\n  touchpoints.security.channels.regular.experience.beta.mean: {normal: {mean: 8, sd: 0.3}}\n`;
  const one = await studio("unsure", {"journey.yaml": "scenarios/airport/journey.yaml", "unsure.yaml": {text}});
  const variant = JSON.parse(/id="document">(.*?)<\/script>/s.exec((await http(one, "GET", `/?token=${one.token}`)).text)[1]).variants[0];
  assert.equal(variant.uncertain.length, 1);
  const saved = JSON.parse((await post(one, "/save", {...variant, file: "again.yaml"})).text);
  assert.match(saved.text, /uncertain:\n {2}touchpoints\.security\.channels\.regular\.experience\.beta\.mean: \{normal: \{mean: 8, sd: 0\.3\}\}/);
  make.sojourn("check", join(one.folder, "again.yaml"));
});

test("NPS along a number: null where it cannot be, and a look at one of its places says the same", async () => {
  const one = await studio("along", {"journey.yaml": "scenarios/airport/journey.yaml"});
  const address = "touchpoints.security.pains.queue.probability";
  const along = JSON.parse((await post(one, "/along", {title: "x", changes: [{set: address, to: "0.5"}], along: address, values: ["0.004", "2", "0.3"]})).text).nps;
  assert.equal(along.length, 3);
  assert.equal(along[1], null, "no probability");
  assert.ok(along[0][0] > along[2][0], "less of a pain is better");
  const look = JSON.parse((await post(one, "/look", {title: "x", agents: 4096, changes: [{set: address, to: "0.3"}]})).text);
  assert.deepEqual(look.scenario.difference.nps.slice(0, 1), along[2].slice(0, 1));
  for (const body of [{}, {along: address, values: []}, {along: address, values: "x"}, {along: address, values: Array(21).fill("1")}]) {
    assert.equal((await post(one, "/along", {title: "x", changes: [], ...body})).status, 422, JSON.stringify(body));
  }
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
  const same = await Promise.all(Array.from({length: 6}, () => post(one, "/sharper", {...variant, agents: 300000})));
  assert.ok(same.every((answer) => answer.status === 200));
  assert.ok(same.some((answer) => !JSON.parse(answer.text).dropped), "the newest is answered");
  const running = post(one, "/sharper", {...variant, agents: 1000000}, {"X-Sojourn-Page": "last"}).catch(() => null);
  await new Promise((resolve) => setTimeout(resolve, 50));
  one.child.kill("SIGTERM");
  assert.deepEqual(await one.ended, {code: 0, signal: null});
  await running;
  assert.deepEqual(readdirSync(one.folder).sort(), ["faster.yaml", "journey.yaml"]);
});

test("steps end with a unit of agents: errors at places are those of one run over as many", async () => {
  const one = await studio("units", {"journey.yaml": "scenarios/two_stop/journey.yaml", "faster.yaml": "scenarios/two_stop/faster.yaml"});
  const document = JSON.parse(/id="document">(.*?)<\/script>/s.exec((await http(one, "GET", `/?token=${one.token}`)).text)[1]);
  const variant = document.variants[0];
  const result = join(make.folder, "units.json");
  make.sojourn("compare", one.journey, join(one.folder, "faster.yaml"), "--agents", "100000", "--quiet", "--json", result);
  const places = JSON.parse(readFileSync(result, "utf8")).scenarios[0].result.touchpoints;
  for (const before of [document.agents.second, 40_000]) { // the page's own step, and one in the middle of a unit
    for (const agents of [before, 100_000]) {
      const look = JSON.parse((await post(one, "/sharper", {...variant, title: `by ${before}`, agents})).text);
      if (agents !== 100_000) continue;
      for (const [id, place] of Object.entries(look.scenario.result.touchpoints)) {
        const {estimate, lo, hi} = places[id].satisfaction;
        assert.deepEqual(place.satisfaction, [estimate, lo, hi].map(five), `${id} after ${before}`);
      }
    }
  }
});

test("what a calibration found: on the sliders, and below the curve", async () => {
  const found = make.calibrated("studio-calibrated");
  const one = await studio("known", {"journey.yaml": {text: readFileSync(found.journey, "utf8")}}, ["--calibration", found.json]);
  const {tab, heard, close} = await opened(one);
  await tab.selectOption("#touchpoint", "till");
  const address = "touchpoints.till.experience.normal.mean";
  const {lo, hi} = found.document.calibration.parameters[address];
  const band = tab.locator(`.track:has(input[data-address="${address}"]) .known`);
  assert.deepEqual([Number(await band.getAttribute("data-lo")), Number(await band.getAttribute("data-hi"))], [lo, hi]);
  assert.equal(await tab.locator(".track .known:not([hidden])").count(), 1, "of this place nothing else was calibrated");
  await tab.click("#known > summary");
  await tab.waitForSelector("#learned .learned");
  assert.equal(await tab.locator("#learned .learned").count(), Object.keys(found.document.calibration.parameters).length);
  assert.deepEqual(await contrasts(tab), []);
  assert.deepEqual(await unnamed(tab), []);
  await slide(tab, address, 9);
  await agents(tab, 100000);
  assert.equal(await tab.locator("#known[open] #learned").count(), 1, "it stays open");
  assert.deepEqual(heard.console, []);
  await close();
});
