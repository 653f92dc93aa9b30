// The page in a real browser: nothing runs or leaves that should not, every figure shows what the document says.
import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {pathToFileURL} from "node:url";
import {browser, opened, quiet, sorted, useBrowser, values} from "./browser.mjs";
import {contrasts, isWalkedWhole, nothingIsCut, printsWell, unnamed} from "./looks.mjs";
import * as make from "./make.mjs";

useBrowser();

const estimates = (figures) => figures.filter((figure) => figure !== null && figure !== undefined).map((figure) => figure[0]);

/** What the page must show of a comparison, straight from its document. */
async function showsTheDocument(tab, report) {
  const {document} = report;
  const {result} = document;
  const personas = Object.keys(result.names.personas);
  const touchpoints = Object.keys(result.names.touchpoints);
  const scenarios = result.scenarios;
  const order = scenarios.map((_, i) => i).sort((a, b) => scenarios[b].difference.nps[0] - scenarios[a].difference.nps[0]);
  const shown = scenarios[order[0]];

  const effects = scenarios.flatMap((one) => [one.difference.nps, ...personas.map((id) => one.personas[id].nps)]);
  assert.deepEqual(sorted(await values(tab, "#forest .effect", "data-nps")), sorted(estimates(effects)), "forest");

  const panels = [[result.base.overall, shown.result.overall], ...personas.map((id) => [result.base.personas[id], shown.result.personas[id]])];
  assert.deepEqual(await values(tab, "#scores .bar", "data-share"), panels.flatMap(([base]) => base.scores), "histogram, base");
  assert.deepEqual(await values(tab, "#scores line.tick", "data-share"), panels.flatMap(([, what]) => what.scores), "histogram, what if");

  const onMap = await tab.$$eval("#map .node", (nodes) => nodes.map((node) => node.dataset.id));
  for (const id of touchpoints) assert.ok(onMap.includes(id), `${id} is on the map`);
  const satisfaction = touchpoints.map((id) => result.base.touchpoints[id].satisfaction);
  assert.deepEqual(sorted(await values(tab, "#map .node circle[data-value]", "data-value")), sorted(estimates(satisfaction)), "map");
  for (const {from, to, flow} of await tab.$$eval("#map .link", (links) => links.map((link) => ({...link.dataset})))) {
    assert.equal(Number(flow), result.base.touchpoints[from].flow[to][0], `${from} -> ${to}`);
  }
  const changes = await values(tab, "#map-difference .node circle[data-value]", "data-value");
  const allChanges = estimates(touchpoints.map((id) => shown.touchpoints[id].satisfaction));
  for (const change of changes) assert.ok(allChanges.includes(change), `a change of ${change}`);

  for (const id of personas) {
    const places = touchpoints.map((one) => result.base.personas[id].touchpoints[one]).filter((place) => place.satisfaction !== null && place.reach[0] >= 0.002);
    assert.deepEqual(await values(tab, `#emotion [data-persona="${id}"] .dot-base`, "data-value"), estimates(places.map((place) => place.satisfaction)), `emotion of ${id}`);
  }
  assert.equal(await tab.locator("#emotion path[data-case]").count(), 2 * personas.length);

  const flows = document.flows.cases[order[0] + 1];
  assert.deepEqual(sorted(await values(tab, "#flow rect.step", "data-share")), sorted(flows.places.map((place) => place.share[0])), "flow");
  assert.equal(await tab.locator("#flow .ribbon").count(), flows.links.length);

  const losses = [...touchpoints.map((id) => shown.result.touchpoints[id].pain_loss), ...personas.flatMap((persona) => touchpoints.map((id) => shown.result.personas[persona].touchpoints[id].pain_loss))];
  const heat = await values(tab, "#pains .heat", "data-value");
  assert.ok(heat.length > 0);
  for (const value of heat) assert.ok(estimates(losses).includes(value), `a loss of ${value}`);

  assert.equal(await tab.locator("#targets tbody tr").count() / 2, document.targets.length, "targets, in the figure and in its table");
  assert.deepEqual(await values(tab, "#targets .target-mark", "data-value"), document.targets.map((one) => one.target));
  assert.deepEqual(await values(tab, "#targets .dot-what", "data-value"), document.targets.map((one) => one.cases[order[0] + 1].figure[0]));

  assert.equal(await tab.locator("#personas .pc").count(), personas.length);
  const story = document.stories[order[0]];
  assert.equal(await tab.locator("#story .st tbody tr").count(), story.rows.length);

  // The table behind each figure says the same in digits.
  for (const id of ["scores", "map", "map-difference", "emotion", "flow", "pains", "targets", "personas", "story", "forest"]) {
    const rows = await tab.locator(`#${id}-table tbody tr`).count();
    assert.ok(rows > 0, `a table behind ${id}`);
  }
}

async function noSidewaysScroll(tab) {
  const [content, window] = await tab.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  assert.ok(content <= window, `the page is ${content} wide in a window of ${window}`);
}

test("airport: the figures are the document's, and fit", async () => {
  const report = make.makeAirport();
  assert.ok(report.bytes < 600_000, `${report.bytes} bytes`);
  const at = await opened(report);
  await showsTheDocument(at.tab, report);
  await nothingIsCut(at.tab);
  await noSidewaysScroll(at.tab);
  assert.deepEqual(await contrasts(at.tab), []);
  // The first screen answers the question: headline, every what-if and its verdict above the fold.
  const names = await at.tab.$$eval("#forest h3", (heads) => heads.map((head) => head.getBoundingClientRect().bottom));
  assert.equal(names.length, 4);
  assert.ok(names.every((bottom) => bottom < 900));
  quiet(at, report);
  await at.close();
});

test("santa: another journey, with loops, six what-ifs and a touchpoint that only a what-if has", async () => {
  const report = make.makeSanta();
  const at = await opened(report);
  await showsTheDocument(at.tab, report);
  await nothingIsCut(at.tab);
  assert.ok((await at.tab.locator("#map .loop").count()) > 0, "steps back are loops");
  await at.tab.locator("#which").selectOption({index: 5});
  await at.tab.waitForFunction(() => document.querySelector("#map-difference .node") !== null);
  const opener = at.tab.locator(".open").first();
  await opener.click();
  assert.equal(await opener.getAttribute("aria-expanded"), "true");
  quiet(at, report);
  await at.close();
});

test("German, dark and light", async () => {
  const report = make.makeGermanAirport();
  const at = await opened(report, {colorScheme: "dark"});
  assert.equal(await at.tab.getAttribute("html", "lang"), "de");
  assert.match(await at.tab.textContent("h1"), /Weiterempfehlung steigt um \d+,\d Punkte/);
  assert.deepEqual(await contrasts(at.tab), []);
  await nothingIsCut(at.tab);
  await noSidewaysScroll(at.tab);
  await at.tab.click("#theme");
  assert.equal(await at.tab.evaluate(() => document.documentElement.dataset.theme), "light");
  await at.tab.click("button[lang=en]");
  assert.equal(await at.tab.getAttribute("html", "lang"), "en");
  assert.match(await at.tab.textContent("h1"), /recommendation rises by \d+\.\d points/);
  quiet(at, report);
  await at.close();
});

test("keyboard and screen reader", async () => {
  const report = make.makeAirport();
  const at = await opened(report);
  assert.deepEqual(await unnamed(at.tab), [], "everything that can be used has a name, and drawings are named or hidden");
  const levels = await at.tab.$$eval("h1, h2, h3", (heads) => heads.map((head) => Number(head.tagName[1])));
  assert.equal(levels.filter((level) => level === 1).length, 1);
  await isWalkedWhole(at.tab);
  await at.tab.focus("#scores .tools button");
  await at.tab.keyboard.press("Enter");
  assert.ok(await at.tab.isVisible("#scores-table table"));
  await at.tab.keyboard.press("Enter");
  assert.ok(!(await at.tab.isVisible("#scores-table table")));
  await at.close();
});

test("what is taken along is a file", async () => {
  const at = await opened(make.makeAirport());
  const [download] = await Promise.all([at.tab.waitForEvent("download"), at.tab.click("#scores .tools button:nth-child(3)")]);
  assert.match(download.suggestedFilename(), /\.csv$/);
  assert.match(readFileSync(await download.path(), "utf8"), /\r\n/);
  await at.close();
});

test("what is taken along: SVG and CSV", async () => {
  const report = make.makeAirport();
  const at = await opened(report);
  // One file after the other is more than a browser lets a page save, so the page's files are caught on their way to it.
  await at.tab.evaluate(() => {
    globalThis.caught = [];
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => {
      globalThis.caught.push(blob);
      return make.call(URL, blob);
    };
    HTMLAnchorElement.prototype.click = () => undefined;
  });
  const taken = async (selector) => {
    await at.tab.click(selector);
    const texts = await at.tab.evaluate(() => Promise.all(globalThis.caught.splice(0).map((blob) => blob.text())));
    assert.equal(texts.length, 1, selector);
    return texts[0];
  };
  for (const id of ["scores", "map", "map-difference", "emotion", "flow", "pains"]) {
    const svg = await taken(`#${id} .tools button:nth-child(2)`);
    const problem = await at.tab.evaluate((text) => {
      const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
      return parsed.querySelector("parsererror")?.textContent ?? (parsed.querySelector("[class]") === null ? "" : "a class without its style");
    }, svg);
    assert.equal(problem, "", id);
    const csv = await taken(`#${id} .tools button:nth-child(3)`);
    const rows = await at.tab.locator(`#${id}-table tbody tr`).count();
    assert.equal(csv.trimEnd().split("\r\n").length, rows + 1, `${id}.csv`);
  }
  const forest = await taken("#page .note .tools button:nth-child(2)");
  assert.match(forest, /^<\?xml/);
  const scores = await taken("#scores .tools button:nth-child(3)");
  assert.ok(scores.includes(String(report.document.result.base.overall.scores[10])), "the numbers of the document");
  quiet(at, report);
  await at.close();
});

test("what shows a calibration is only where one is", async () => {
  const scripts = (report) => [...report.html.matchAll(/<script>(.*?)<\/script>/gs)].map((match) => match[1]);
  const [own, ...none] = scripts(make.makeAirport());
  assert.deepEqual(none, []);
  assert.ok(!own.includes("nats an answer"));
  const calibrated = scripts(make.calibrated("scripts"));
  assert.equal(calibrated.length, 2);
  assert.equal(calibrated[0], own);
  assert.ok(calibrated[1].includes("nats an answer") && calibrated[1].length < 60_000, "nothing of the page is in it twice");
});

test("airport with everything there is: under 600 kB, and prints on 2 to 12 pages", async () => {
  const drivers = `${make.folder}/drivers.json`;
  make.sojourn("drivers", "scenarios/airport/journey.yaml", "--agents", "2000", "--json", drivers, "--quiet");
  const survey = make.written("airport.csv", "touchpoint,n,mean,sd\nsecurity,412,7.4,1.9\nrestroom,300,8.1,1.6\n");
  const full = make.compared("airport-full", "scenarios/airport/journey.yaml", ["security", "signs", "connections", "wifi"].map((name) => `scenarios/airport/${name}.yaml`), "--drivers", drivers, "--observed", survey);
  assert.ok(full.bytes < 600_000, `${full.bytes} bytes`);
  assert.equal(full.document.drivers.drivers.length, 60);
  for (const report of [make.makeAirport(), full]) {
    const at = await opened(report);
    await printsWell(at.tab);
    quiet(at, report);
    await at.close();
  }
});

test("narrow windows", async () => {
  const report = make.makeAirport();
  for (const width of [390, 768, 1100]) {
    const at = await opened(report, {viewport: {width, height: 900}});
    await noSidewaysScroll(at.tab);
    await nothingIsCut(at.tab);
    const meet = await at.tab.$$eval("#forest .vrow:not(.vhead)", (rows) => rows.filter((row) => {
      const [names, plot, values] = [".pl", ".vf svg", ".pv"].map((part) => row.querySelector(part).getBoundingClientRect());
      return names.right > plot.left + 1 || plot.right > values.left + 1;
    }).length);
    assert.equal(meet, 0, `names, plot and numbers stand apart at ${width}`);
    const [map] = await at.tab.$$eval("#map svg", (all) => all.map((one) => one.getBoundingClientRect().width));
    const ids = await at.tab.$$eval("#map .node", (nodes) => nodes.map((node) => node.dataset.id));
    for (const id of Object.keys(report.document.result.names.touchpoints)) assert.ok(ids.includes(id), `${id} is there at ${width}`);
    assert.ok(width > 390 || map <= 390, "a phone has the map as lists");
    assert.equal(await at.tab.locator("#map .link").count() > 0, width > 600);
    await at.close();
  }
});

test("a run without what-ifs", async () => {
  const path = `${make.folder}/run.html`;
  make.sojourn("run", "scenarios/santa/journey.yaml", "--agents", "5000", "--report", path, "--quiet");
  const report = make.page(path);
  const at = await opened(report);
  assert.equal(await at.tab.locator("#forest, #map-difference").count(), 0);
  assert.equal(await at.tab.locator("#scores line.tick").count(), 0);
  assert.deepEqual(sorted(await values(at.tab, "#map .node circle[data-value]", "data-value")), sorted(estimates(Object.values(report.document.result.touchpoints).map((one) => one.satisfaction))));
  assert.equal(await at.tab.locator("#story .st tbody tr").count(), report.document.stories[0].base.visits.length);
  await nothingIsCut(at.tab);
  quiet(at, report);
  await at.close();
});

test("a kept result: what it does not hold is left out with a sentence", async () => {
  const kept = `${make.folder}/kept`;
  make.sojourn("compare", "scenarios/two_stop/journey.yaml", "scenarios/two_stop/faster.yaml", "--agents", "5000", "--json", `${kept}.json`, "--out", `${kept}.h5`, "--quiet");
  make.sojourn("report", `${kept}.json`, "--quiet");
  const fromJson = make.page(`${kept}.html`);
  make.sojourn("report", `${kept}.h5`, "--out", `${kept}-2.html`, "--quiet");
  const fromArchive = make.page(`${kept}-2.html`);
  // An archive holds no folders of files.
  const figures = ({base, scenarios}) => [base, ...scenarios.map(({result, difference, touchpoints, net_gain}) => [result, difference, touchpoints, net_gain])];
  assert.deepEqual(figures(fromArchive.document.result), figures(fromJson.document.result));
  assert.ok(fromArchive.document.journey !== undefined && fromJson.document.journey === undefined);
  const at = await opened(fromJson);
  assert.equal(await at.tab.locator("#flow, #story, #targets").count(), 0);
  assert.equal(await at.tab.locator(".absent li").count(), 6);
  quiet(at, fromJson);
  await at.close();
});

test("drivers and observed values, where there are any", async () => {
  const report = make.makeAirport();
  const document = structuredClone(report.document);
  const ids = Object.keys(document.result.names.touchpoints);
  const figure = (estimate) => ({estimate, se: 0.1, lo: estimate - 0.2, hi: estimate + 0.2});
  const list = (estimate) => [estimate, estimate - 0.2, estimate + 0.2];
  const input = (address, effect) => ({address, unit: "points", value: 7, step: 1, effect: {nps: list(effect)}});
  document.drivers = {
    agents: 100,
    of: 345,
    drivers: [input("satisfaction.memory.peak", -16), ...ids.slice(0, 15).map((id, i) => input(`touchpoints.${id}.experience.beta.mean`, i % 2 === 0 ? 4 - i * 0.2 : i * 0.2 - 4))],
    touchpoints: Object.fromEntries(ids.map((id, i) => [id, {importance: list(0.3 + ((i * 5) % 9) / 3), performance: list(document.result.base.touchpoints[id].satisfaction?.[0] ?? 6)}])),
  };
  document.observed = {[document.targets[2].address]: {metric: document.targets[2].metric, unit: document.targets[2].unit, forecasts: [], target: document.targets[2].target, observed: figure(8.4), n: 412, simulated: figure(8.6), gap: figure(0.2), z: 1.4, verdict: "agrees"}};
  const safe = JSON.stringify(document).replace(/</g, "\\u003c").replace(/\u2028/g, "\\u2028");
  const html = report.html.replace(/(id="report">).*?(<\/script>)/s, (_, a, b) => a + safe + b);
  const at = await opened(make.page(make.written("drivers.html", html)));
  assert.equal(await at.tab.locator("#insight .spot").count(), ids.length);
  assert.equal(await at.tab.locator("#tornado .bar").count(), 12, "the twelve largest of what can be changed");
  assert.equal(await at.tab.locator("#tornado-table tbody tr").count(), 16, "all of them in the table");
  const pins = await values(at.tab, "#insight .pin", "data-value");
  const what = document.result.scenarios.reduce((best, one) => (one.difference.nps[0] > best.difference.nps[0] ? one : best)).result;
  assert.ok(pins.length > 0, "the what-if moves a place");
  for (const pin of pins) assert.ok(Object.values(what.touchpoints).some((one) => one.experience?.[0] === pin), `an experience of ${pin}`);
  const overlaps = await at.tab.$$eval("#insight svg text.halo", (names) => {
    const boxes = names.map((one) => one.getBoundingClientRect());
    return boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => a.left < b.right - 2 && b.left < a.right - 2 && a.top < b.bottom - 3 && b.top < a.bottom - 3)).length;
  });
  assert.equal(overlaps, 0, "no name on another");
  const named = await at.tab.$$eval("#insight svg text.halo", (names) => names.map((one) => one.textContent));
  const told = /: (.*)$/.exec(await at.tab.textContent("#insight h2"))[1];
  assert.ok(named.includes(told), `the title names ${told}, and the map does`);
  assert.deepEqual(await values(at.tab, "#tornado .bar", "data-effect"), document.drivers.drivers.slice(1).map((one) => one.effect.nps[0]).sort((a, b) => Math.abs(b) - Math.abs(a)).slice(0, 12));
  assert.equal(await at.tab.locator("#targets .seen-mark").count(), 1);
  assert.ok((await at.tab.textContent("#targets")).includes("412"));
  await nothingIsCut(at.tab);
  assert.deepEqual(at.heard.console, []);
  await at.tab.setViewportSize({width: 390, height: 800});
  await at.tab.waitForFunction(() => document.querySelector("#tornado svg").getBoundingClientRect().width < 600);
  const numbers = await at.tab.$$eval("#tornado svg > text.c", (all) => all.map((one) => one.getBoundingClientRect().toJSON()).sort((a, b) => a.left - b.left));
  assert.ok(numbers.length > 1 && numbers.every((one, i) => i === 0 || numbers[i - 1].right <= one.left), "the axis' numbers stand apart");
  await at.close();
});

test("a survey by --observed: what was measured, whether the model agrees, and what is forecast", async () => {
  const survey = make.written("survey.csv", "sep=;\r\ntouchpoint;persona;n;mean;sd\r\nask;;400;5,5;1\r\ncollect;hurried;400;7,1;1,2\r\n");
  const report = make.compared("observed", "scenarios/two_stop/journey.yaml", ["scenarios/two_stop/faster.yaml"], "--observed", survey);
  const observed = report.document.observed;
  const addresses = ["touchpoints.ask.satisfaction", "personas.hurried.touchpoints.collect.satisfaction"];
  assert.deepEqual(Object.keys(observed), addresses);
  for (const address of addresses) {
    assert.ok(Math.abs(observed[address].gap.estimate - (observed[address].simulated.estimate - observed[address].observed.estimate)) < 1e-9);
    assert.equal(observed[address].forecasts.length, 1);
  }
  const at = await opened(report);
  assert.equal(await at.tab.locator("#targets .seen-mark").count(), 2);
  assert.ok((await at.tab.textContent("#targets")).includes("400"));
  await nothingIsCut(at.tab);
  quiet(at, report);
  await at.close();
});

test("names that are no names: none runs", async () => {
  for (let turn = 0; turn < make.nasty.length; turn += 3) {
    const journey = make.written(`hostile-${turn}.yaml`, make.hostileJourney(turn));
    const scenario = make.written(`hostile-what-if-${turn}.yaml`, make.hostileScenario(turn));
    const report = make.compared(`hostile-${turn}`, journey, [scenario], "--agents", "2000");
    const at = await opened(report);
    await at.tab.mouse.move(700, 500);
    await at.tab.click("#scores .tools button");
    const found = await at.tab.evaluate(() => ({
      hit: window.hit ?? null,
      strangers: document.querySelectorAll("img, iframe, base, form, input, object, embed, link, script:not([type]):not(:last-of-type)").length,
      styles: document.querySelectorAll("style").length,
    }));
    assert.deepEqual(found, {hit: null, strangers: 0, styles: 1}, `turn ${turn}`);
    await noSidewaysScroll(at.tab);
    await nothingIsCut(at.tab);
    quiet(at, report);
    await at.close();
  }
});

test("two hundred hostile names: none runs, and each is there as text", async () => {
  const names = make.hostileNames(200);
  assert.equal(new Set(names).size, 200);
  const journey = make.written("two-hundred.yaml", make.namedJourney(names));
  const path = `${make.folder}/two-hundred.html`;
  make.sojourn("run", journey, "--agents", "500", "--report", path, "--quiet");
  const report = make.page(path);
  assert.deepEqual(Object.values(report.document.result.names.touchpoints).map((one) => one.label), names, "the document has every one");
  const at = await opened(report);
  for (const button of await at.tab.locator(".tools button[aria-expanded]").all()) await button.click();
  for (const node of (await at.tab.locator("#map .node").all()).slice(0, 20)) await node.hover({force: true, timeout: 2000}).catch(() => undefined);
  const found = await at.tab.evaluate(() => ({hit: window.hit ?? null, strangers: document.querySelectorAll("img, iframe, base, form, input, object, embed, link, script:not([type]):not(:last-of-type)").length}));
  assert.deepEqual(found, {hit: null, strangers: 0});
  await at.tab.click("button[lang=de]");
  assert.equal(await at.tab.evaluate(() => window.hit ?? null), null);
  await noSidewaysScroll(at.tab);
  quiet(at, report);
  await at.close();
});

test("two hundred touchpoints can be read", async () => {
  const journey = make.written("long.yaml", make.longJourney(200));
  const path = `${make.folder}/long.html`;
  make.sojourn("run", journey, "--agents", "2000", "--report", path, "--quiet");
  const report = make.page(path);
  const at = await opened(report);
  const rows = await at.tab.$$eval("#map .node", (nodes) => nodes.map((node) => ({words: node.querySelector("text:nth-of-type(2)")?.textContent ?? "", box: node.getBoundingClientRect().toJSON()})));
  assert.equal(rows.length, 202);
  assert.ok(rows.filter(({words}) => /^Touchpoint number \d+$/.test(words)).length >= 200, "every touchpoint has its name");
  const overlap = rows.some((a, i) => rows.slice(i + 1).some((b) => a.box.left < b.box.right - 1 && b.box.left < a.box.right - 1 && a.box.top < b.box.bottom - 3 && b.box.top < a.box.bottom - 3));
  assert.ok(!overlap, "no row on another");
  assert.ok((await at.tab.locator("#map .flow").count()) <= 60);
  await noSidewaysScroll(at.tab);
  quiet(at, report);
  await at.close();
});

test("what chance does and what is not known about the numbers stand apart", async () => {
  const journey = make.written("apart.yaml", readFileSync(join(process.env.SOJOURN_SOURCE_DIR, "scenarios/two_stop/journey.yaml"), "utf8"));
  const what = make.written("apart-faster.yaml", readFileSync(join(process.env.SOJOURN_SOURCE_DIR, "scenarios/two_stop/faster.yaml"), "utf8").replace("journey.yaml", "apart.yaml") + "\nuncertain:\n  personas.calm.loss_aversion: {normal: {mean: 1.5, sd: 0.2}}\n");
  const report = make.compared("apart", journey, [what]);
  const inputs = report.document.result.scenarios[0].uncertain.nps;
  const {tab, heard, close} = await opened(report);
  assert.deepEqual(await values(tab, "#forest line.inputs", "data-lo"), [inputs[1]]);
  assert.deepEqual(await values(tab, "#forest line.inputs", "data-hi"), [inputs[2]]);
  assert.equal(await tab.locator("#forest .chance").count(), 1);
  assert.equal(await tab.locator("#forest-table thead th").count(), 12);
  assert.deepEqual(await contrasts(tab), []);
  quiet({heard}, report);
  await close();
});
