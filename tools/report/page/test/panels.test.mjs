// The panels of calibrations and of studies in a real browser: every figure shows what the document says.
import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {opened, quiet, sorted, useBrowser, values} from "./browser.mjs";
import {contrasts, isWalkedWhole, nothingIsCut, printsWell, unnamed} from "./looks.mjs";
import * as make from "./make.mjs";

useBrowser();

/** What the page must show of a calibration, straight from its document. */
async function showsTheCalibration(tab, {document}) {
  const {fit, parameters, weak, holdout} = document.calibration;
  const near = (list) => sorted(list);
  assert.deepEqual(near(await values(tab, "#fit g.fit", "data-observed")), near(fit.cells.map((cell) => cell.nps.observed)));
  assert.deepEqual(near(await values(tab, "#fit g.fit", "data-expected")), near(fit.cells.map((cell) => cell.nps.expected)));
  assert.deepEqual(await values(tab, "#fit-scores .bar", "data-share"), fit.cells.flatMap((cell) => cell.expected));
  assert.deepEqual(await values(tab, "#fit-scores .seen-mark", "data-share"), fit.cells.flatMap((cell) => cell.observed_share));
  assert.deepEqual(near(await values(tab, "#learned .learned", "data-estimate")), near(Object.values(parameters).map((one) => one.estimate)));
  assert.equal(await tab.locator("#learned .prior").count(), Object.keys(parameters).length);
  assert.deepEqual(await values(tab, "#profiles .panel circle", "data-drop"), weak.profiles.flatMap((one) => one.drops));
  assert.equal(await tab.locator("#weak li").count(), Math.min(8, weak.directions.length));
  const gains = Object.values(holdout.baselines).filter((one) => one.gain !== undefined);
  assert.deepEqual(await values(tab, "#held .effect", "data-gain"), gains.map((one) => one.gain.estimate));
  assert.deepEqual(await values(tab, "#drift [data-value]", "data-value"), [holdout.nps.predicted, holdout.nps.observed, holdout.drift.nps]);
  for (const id of ["fit", "fit-scores", "learned", "held", "drift"]) assert.ok((await tab.locator(`#${id}-table tbody tr`).count()) > 0, `a table behind ${id}`);
}

test("a calibration: every panel with the document's numbers, in both languages and schemes, on paper", async () => {
  const report = make.calibrated("calibrated");
  assert.ok(report.document.calibration.weak.profiles.length > 0, "what is assumed to a tenth is hardly narrowed");
  assert.ok(report.bytes < 600_000, `${report.bytes} bytes`);
  const {tab, heard, close} = await opened(report);
  await showsTheCalibration(tab, report);
  assert.deepEqual(await contrasts(tab), []);
  assert.deepEqual(await unnamed(tab), []);
  await nothingIsCut(tab);
  await isWalkedWhole(tab);
  await tab.click('button[lang="de"]');
  assert.match(await tab.textContent("h1"), /Gruppen|Befragten|Histogramm/);
  await showsTheCalibration(tab, report);
  await tab.click("#theme");
  assert.deepEqual(await contrasts(tab), []);
  const [download] = await Promise.all([tab.waitForEvent("download"), tab.click('#learned .tools button[aria-label^="SVG"]')]);
  assert.match(readFileSync(await download.path(), "utf8"), /^<\?xml[\s\S]*<path/);
  const [table] = await Promise.all([tab.waitForEvent("download"), tab.click('#fit .tools button[aria-label^="CSV"]')]);
  assert.equal(readFileSync(await table.path(), "utf8").trim().split("\r\n").length, report.document.calibration.fit.cells.length + 1);
  await printsWell(tab);
  quiet({heard}, report);
  await close();
  const narrow = await opened(report, {viewport: {width: 390, height: 800}});
  assert.ok((await narrow.tab.evaluate(() => document.documentElement.scrollWidth)) <= 390, "only figures scroll sideways");
  await showsTheCalibration(narrow.tab, report);
  await narrow.close();
});

test("a calibration with hostile names is text; and under a run's report its panels stand, too", async () => {
  const hostile = make.calibrated("calibrated-hostile", {hostile: true, lang: "de"});
  const {tab, heard, close} = await opened(hostile);
  await showsTheCalibration(tab, hostile);
  assert.equal(await tab.evaluate(() => window.hit), undefined);
  quiet({heard}, hostile);
  const path = join(make.folder, "calibrated-run.html");
  make.sojourn("run", hostile.journey, "--agents", "2000", "--quiet", "--calibration", hostile.json, "--report", path);
  const run = make.page(path);
  await close();
  const whole = await opened(run);
  await showsTheCalibration(whole.tab, run);
  assert.ok((await whole.tab.locator("#map svg").count()) > 0);
  assert.equal(await whole.tab.evaluate(() => window.hit), undefined);
  quiet(whole, run);
  await whole.close();
});

/** What the page must show of a study, straight from its document, with the scenario that is looked at. */
async function showsTheStudy(tab, {document}, which) {
  const {study} = document;
  const metrics = Object.values(study.metrics);
  const varied = metrics.map((one) => one.factors.find((factors) => factors.scenario === which)).filter((one) => one?.varies);
  const bars = varied.flatMap((one) => (one.sobol ? one.sobol.first.map((index) => index[0]) : one.morris ? one.morris.map((effect) => effect.mu_star[0]) : one.regression ? one.regression.coefficients.map((coefficient) => coefficient[0]) : one.tornado.map((bar) => bar.most)));
  assert.ok(bars.length > 0);
  assert.deepEqual(sorted(await values(tab, "#matters .index", "data-value")), sorted(bars));
  assert.equal(await tab.locator("#parallel .way").count(), study.points_shown.length);
  const axes = study.factors.length + metrics.filter((one) => new Set(one.means[which]).size > 1).length;
  assert.equal(await tab.locator("#parallel .axis").count(), axes);
  if (study.front) assert.deepEqual(sorted(await values(tab, "#front .option", "data-nps")), sorted(study.front.options.map((one) => one.nps)));
  if (study.metrics.nps.ranking) assert.deepEqual(await values(tab, "#best .rank", "data-mean"), study.metrics.nps.ranking.options.slice(0, 20).map((one) => one.mean));
  for (const id of ["matters", "parallel"]) assert.ok((await tab.locator(`#${id}-table tbody tr`).count()) > 0, `a table behind ${id}`);
}

test("a study: every panel with the document's numbers, for each what-if, in both languages and schemes, on paper", async () => {
  const report = make.studied("studied", "{saltelli: {points: 16}}");
  assert.ok(report.bytes < 600_000, `${report.bytes} bytes`);
  const {tab, heard, close} = await opened(report);
  await showsTheStudy(tab, report, report.document.study.metrics.nps.ranking.options[0].scenario);
  await tab.selectOption("#case", "0");
  await showsTheStudy(tab, report, 0);
  assert.deepEqual(await contrasts(tab), []);
  assert.deepEqual(await unnamed(tab), []);
  await nothingIsCut(tab);
  await isWalkedWhole(tab);
  // An axis narrowed to its upper half lets fewer lines through; a click on it all.
  await tab.locator("#parallel .grip").first().scrollIntoViewIfNeeded();
  const grip = await tab.locator("#parallel .grip").first().boundingBox();
  await tab.mouse.move(grip.x + grip.width / 2, grip.y + 10);
  await tab.mouse.down();
  await tab.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2);
  await tab.mouse.up();
  const out = await tab.locator("#parallel .way.out").count();
  assert.ok(out > 0 && out < report.document.study.points_shown.length, `${out} lines are out`);
  await tab.mouse.click(grip.x + grip.width / 2, grip.y + grip.height - 10);
  assert.equal(await tab.locator("#parallel .way.out").count(), 0);
  await tab.click('button[lang="de"]');
  assert.match(await tab.textContent("#matters h2"), /zählt/);
  await tab.click("#theme");
  assert.deepEqual(await contrasts(tab), []);
  await printsWell(tab);
  quiet({heard}, report);
  await close();
  const narrow = await opened(report, {viewport: {width: 390, height: 800}});
  assert.ok((await narrow.tab.evaluate(() => document.documentElement.scrollWidth)) <= 390, "only figures scroll sideways");
  await narrow.close();
});

test("studies of every design have their page, also from the kept result; hostile names are text", async () => {
  for (const [name, design] of [["morris", "{morris: {trajectories: 4}}"], ["hypercube", "{latin_hypercube: {points: 12}}"], ["one", "{one_at_a_time: {}}"]]) {
    const report = make.studied(`studied-${name}`, design, {hostile: name === "morris", lang: name === "one" ? "de" : "en", scenarios: name !== "one"});
    const whole = await opened(report);
    const best = report.document.study.metrics.nps.ranking?.options[0].scenario ?? 0;
    await showsTheStudy(whole.tab, report, best);
    assert.equal(await whole.tab.evaluate(() => window.hit), undefined);
    quiet(whole, report);
    await whole.close();
    const path = join(make.folder, `studied-${name}-kept.html`);
    make.sojourn("report", report.result, "--out", path, "--quiet");
    assert.deepEqual(make.page(path).document.study.metrics, report.document.study.metrics);
  }
});

test("a study that is not complete shows how far it is", async () => {
  const report = make.half("half");
  const {progress} = report.document.study;
  assert.ok(progress.done > 0 && progress.done < progress.runs, `${progress.done} of ${progress.runs}`);
  const whole = await opened(report);
  assert.match(await whole.tab.textContent("h1"), /%/);
  assert.equal(await whole.tab.locator("#progress .unit").count(), progress.units);
  assert.equal(await whole.tab.locator("#progress .unit.there").count(), progress.there.reduce((sum, [from, to]) => sum + to - from, 0));
  quiet(whole, report);
  await whole.close();
});
