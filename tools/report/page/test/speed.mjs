// node speed.mjs PROGRAM JOURNEY SLIDER LOW HIGH MOVES SCHEME PAUSE: milliseconds from a move to its paint, as JSON. Called by benchmarks/studio.
import {spawn} from "node:child_process";
import {existsSync} from "node:fs";
import {chromium} from "playwright-core";

const [program, journey, slider, low, high, moves, scheme, rest] = process.argv.slice(2);
const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => existsSync(path));
if (executablePath === undefined) throw new Error("there is no chromium");
const child = spawn(program, ["studio", journey, "--no-open"], {stdio: ["ignore", "pipe", "ignore"]});
const browser = await chromium.launch({executablePath, args: ["--no-sandbox", "--disable-gpu"]});
try {
  const address = await new Promise((resolve) => child.stdout.once("data", (data) => resolve(String(data).trim())));
  const tab = await (await browser.newContext({viewport: {width: 1440, height: 900}, colorScheme: scheme})).newPage();
  tab.setDefaultTimeout(120_000);
  await tab.goto(address);
  await tab.waitForSelector("#map svg");
  await tab.selectOption("#touchpoint", slider.split(".")[1]);
  const count = Number(moves);
  const places = Array.from({length: count}, (_, i) => Number(low) + ((Number(high) - Number(low)) * ((i * 7) % count)) / count);
  const found = await tab.evaluate(
    async ({slider, places, rest}) => {
      const input = [...document.querySelectorAll("input[type=range]")].find((one) => one.dataset.address === slider);
      const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
      const painted = [];
      new PerformanceObserver((list) => list.getEntries().forEach((one) => one.name === "moved to painted" && painted.push(one))).observe({type: "measure"});
      const move = (to) => {
        input.value = String(to);
        input.dispatchEvent(new Event("input"));
      };
      const letGo = () => input.dispatchEvent(new Event("change"));
      const until = async (holds) => {
        for (let i = 0; i < 3000 && !holds(); ++i) await pause(5);
      };
      const times = (entries) => entries.map((one) => one.duration);
      const many = (entries) => entries.filter((one) => one.detail.agents >= 20_000);
      const looks = () => performance.getEntriesByType("resource").filter((one) => one.name.endsWith("/look"));
      const [glances, asks] = [[], []];
      const first = [];
      const full = [];
      for (const place of [places[0] + 0.05, ...places]) { // the first is for warming up
        painted.length = 0;
        const asked = looks().length;
        move(place);
        letGo();
        await until(() => many(painted).length > 0);
        first.push(...painted.slice(0, 1));
        full.push(...many(painted).slice(0, 1));
        const durations = looks().slice(asked).map((one) => one.duration);
        asks.push(...durations.slice(-1));
        if (durations.length > 1) glances.push(durations[0]);
        await pause(rest);
      }
      painted.length = 0;
      const [from, to] = [Math.min(...places), Math.max(...places)];
      for (let i = 0; i < 180; ++i) {
        move(from + ((to - from) * i) / 180);
        await pause(16);
      }
      letGo();
      await until(() => many(painted).length > 0);
      const dragged = [...painted];
      return {
        "a move, to the first figures": times(first.slice(1)),
        "a move, to the figures of 20,000 customers": times(full.slice(1)),
        "a drag, to the figures that follow": times(dragged),
        "of a move: asking and answering, few first": glances,
        "of a move: asking and answering, 20,000": asks.slice(1),
        "drawing the first screen": performance.getEntriesByName("drawn").map((one) => one.duration),
      };
    },
    {slider, places, rest: Number(rest)},
  );
  process.stdout.write(`${JSON.stringify(found)}\n`);
} finally {
  await browser.close();
  child.kill("SIGTERM");
}
