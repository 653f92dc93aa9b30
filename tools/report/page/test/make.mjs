// Journeys and reports for the tests, made in a folder of their own.
import {execFileSync} from "node:child_process";
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";

const program = process.env.SOJOURN_PROGRAM;
const source = process.env.SOJOURN_SOURCE_DIR;
if (program === undefined || source === undefined) throw new Error("SOJOURN_PROGRAM and SOJOURN_SOURCE_DIR are not set");

export const folder = mkdtempSync(join(tmpdir(), "sojourn-page-"));
export const cleanUp = () => rmSync(folder, {recursive: true, force: true});

export function sojourn(...given) {
  return execFileSync(program, given, {cwd: source, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"]});
}

/** Where the page is, and the document in it. */
export function page(path) {
  const html = readFileSync(path, "utf8");
  const found = /<script type="application\/json" id="report">(.*?)<\/script>/s.exec(html);
  return {path, html, bytes: Buffer.byteLength(html), document: JSON.parse(found[1])};
}

export function compared(name, journey, scenarios, ...options) {
  const path = join(folder, `${name}.html`);
  const agents = options.includes("--agents") ? [] : ["--agents", "20000"];
  sojourn("compare", journey, ...scenarios, "--report", path, "--quiet", ...agents, ...options);
  return page(path);
}

const airport = (name) => `scenarios/airport/${name}.yaml`;
const santa = (name) => `scenarios/santa/${name}.yaml`;
let made;
/** The same for all tests that only look at it. */
export const makeAirport = () => (made ??= compared("airport", airport("journey"), ["security", "signs", "connections", "wifi"].map(airport)));
export const makeGermanAirport = () => compared("airport-de", airport("journey"), ["security", "signs"].map(airport), "--lang", "de");
export const makeSanta = () =>
  compared("santa", santa("journey"), ["answer-48h", "close-hotline", "elf-chat", "new-coat", "robot-elves", "warm-bench"].map(santa));

export function written(name, content) {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Texts that would do harm where they are taken for anything but text. */
export const nasty = [
  "</script><script>window.hit=1</script>",
  "</script><img src=x onerror=window.hit=1>",
  "<img src=x onerror=window.hit=1>",
  "<svg onload=window.hit=1>",
  "\"><script>window.hit=1</script>",
  "' onmouseover='window.hit=1",
  "<!--<script>window.hit=1",
  "]]><script>window.hit=1</script>",
  "{{constructor.constructor('window.hit=1')()}}",
  "${window.hit=1}",
  "javascript:window.hit=1",
  "<iframe srcdoc='<script>parent.hit=1</script>'>",
  "<style>*{display:none}</style>",
  "<base href=//evil.example>",
  "<form action=//evil.example><input autofocus onfocus=window.hit=1>",
  "&lt;script&gt;window.hit=1&lt;/script&gt;",
  "\u2028window.hit=1\u2029",
  "\u05d0\u05d1\u05d2 \u0645\u0631\u062d\u0628\u0627",
  "=cmd|' /C calc'!A0",
  "x".repeat(10000),
];

/** A study of a shop, as `batch --report` and `report` show it. `design`: as the study's file has it. */
export function studied(name, design, {hostile = false, lang = "en", scenarios = true, replications = 2} = {}) {
  const label = (i, plain) => JSON.stringify(hostile ? nasty[i] : plain);
  const journey = written(`${name}.yaml`, `journey: ${label(0, "Shop")}
personas:
  young: {share: 1}
  old: {share: 1, expectation: {normal: {mean: 6, sd: 1}}}
touchpoints:
  shelf: {label: ${label(3, "Shelf")}, experience: {normal: {mean: 6, sd: 1}}, cost: 0.5, duration: {lognormal: {median: 5 min, sigma: 0.5}}, next: {till: 1}}
  till: {label: ${label(19, "Till")}, experience: {normal: {mean: 6, sd: 1}}, next: {out: 1}}
start: shelf
outcomes: {out: {success: true}}
`);
  const what = (id, title, mean, cost) => written(`${name}-${id}.yaml`, `scenario: ${title}
journey: ${name}.yaml
changes: [{set: touchpoints.till.experience.normal.mean, to: ${mean}}]
cost: {per_journey: ${cost}}
`);
  what("fast", label(1, "A fast till"), 7, 0.1);
  what("slow", label(2, "A slow till"), 5.8, 0.2);
  const study = written(`${name}-study.yaml`, `study: ${label(5, "What matters in the shop")}
journey: ${name}.yaml
${scenarios ? `scenarios: [${name}-fast.yaml, ${name}-slow.yaml]\ncombine: one_at_a_time\n` : ""}factors:
  touchpoints.shelf.experience.normal.mean: {uniform: {low: 5, high: 8}}
  touchpoints.shelf.duration.lognormal.median: {uniform: {low: 1 min, high: 9 min}}
  personas.young.loss_aversion: {uniform: {low: 1, high: 2.5}}
design: ${design}
replications: ${replications}
agents: 400
keep: [metrics]
`);
  const path = join(folder, `${name}-study.html`);
  sojourn("batch", study, "--report", path, "--lang", lang, "--quiet");
  return {...page(path), result: join(folder, `${name}-study.h5`)};
}

/** A study of two_stop of which the first part alone was made. */
export function half(name) {
  const study = written(`${name}.yaml`, `study: Half of it
journey: ${join(source, "scenarios/two_stop/journey.yaml")}
design: {latin_hypercube: {points: 6}}
factors: {personas.calm.loss_aversion: {uniform: {low: 1, high: 2}}}
agents: 600000
keep: [metrics]
`);
  sojourn("batch", study, "--shard", "1/2", "--quiet");
  const path = join(folder, `${name}.html`);
  sojourn("report", study, "--out", path, "--quiet");
  return page(path);
}

/** A shop whose customers answered at two places; the last are held out, and answer less well. */
export function calibrated(name, {hostile = false, lang = "en"} = {}) {
  let dice = 12345;
  const uniform = () => (dice = (dice * 1103515245 + 12345) % 2147483648) / 2147483648;
  const rows = (count, lift) =>
    Array.from({length: count}, () => {
      const [who, where] = [uniform() < 0.5 ? "young" : "old", uniform() < 0.5 ? "shelf" : "till"];
      const around = Array.from({length: 12}, uniform).reduce((sum, one) => sum + one, -6); // about normal
      const score = 6 + lift + (where === "till" ? 1.5 : 0) + (who === "old" ? 0.8 : 0) + 1.6 * around;
      return `${Math.max(0, Math.min(10, Math.round(score)))},${who},${where}`;
    });
  const survey = written(`${name}.csv`, `score,persona,touchpoint\n${rows(600, 0).join("\n")}\n`);
  const later = written(`${name}-later.csv`, `score,persona,touchpoint\n${rows(300, -1).join("\n")}\n`);
  const label = (i, plain) => JSON.stringify(hostile ? nasty[i] : plain);
  const journey = written(`${name}.yaml`, `journey: ${label(0, "Shop")}
personas:
  young: {name: ${label(1, "Young")}, share: 1, expectation: {normal: {mean: 6, sd: 1}}, loss_aversion: 1.5}
  old: {name: ${label(2, "Old")}, share: 1, expectation: {normal: {mean: 6, sd: 1}}, recommendation: {bias: 0}}
touchpoints:
  shelf: {label: ${label(3, "Shelf")}, experience: {normal: {mean: 6, sd: 1}}, next: {till: 1}}
  till: {label: ${label(19, "Till")}, experience: {normal: {mean: 6, sd: 1}}, next: {out: 1}}
start: shelf
outcomes: {out: {success: true}}
recommendation: {spread: 0.8}
calibrate:
  parameters:
    touchpoints.shelf.experience.normal.mean: {prior: {normal: {mean: 6, sd: 1.5}}}
    touchpoints.till.experience.normal.mean: {prior: {normal: {mean: 6, sd: 1.5}}}
    personas.young.expectation.normal.mean: {prior: {normal: {mean: 6, sd: 0.1}}}
    personas.old.recommendation.bias: {prior: {normal: {mean: 0, sd: 1}}}
    recommendation.spread: {prior: {normal: {mean: 0.8, sd: 0.4}}, low: 0.2}
`);
  const [path, json, out] = [".html", ".json", "-out.yaml"].map((end) => join(folder, `${name}${end}`));
  sojourn("calibrate", journey, "--survey", survey, "--holdout", later, "--draws", "40", "--journeys", "1000", "--report", path, "--json", json, "--out", out, "--lang", lang, "--quiet");
  return {...page(path), json, journey: out};
}

const text = (value) => JSON.stringify(value);

/** A journey with such a text in every name there is; `turn` says where in the list it begins. */
export function hostileJourney(turn) {
  let next = turn;
  const name = () => text(nasty[next++ % nasty.length]);
  return `journey: ${name()}
about: ${name()}
money: ${text("EUR<b>")}
personas:
  p1: {name: ${name()}, quote: ${name()}, empathy: {thinks: ${name()}, feels: ${name()}, says: ${name()}, does: ${name()}, pains: ${name()}, gains: ${name()}}, goals: {g1: {importance: 1}}}
  p2: {name: ${name()}, quote: ${name()}}
pains:
  h1: {label: ${name()}, severity: 3, lasting: true}
goals:
  g1: {label: ${name()}}
touchpoints:
  a:
    label: ${name()}
    stage: ${name()}
    channels: {k1: {label: ${name()}}, k2: {label: ${name()}}}
    experience: {normal: {mean: 6, sd: 1}}
    pains: {h1: {probability: 0.3}}
    fulfils: {g1: 0.5}
    next: {b: 3, lost: 1}
  b:
    label: ${name()}
    stage: ${name()}
    moment_of_truth: true
    experience: {normal: {mean: 7, sd: 1}}
    next: {a: 0.3, won: 2}
start: a
outcomes:
  won: {label: ${name()}, success: true, value: 3}
  lost: {label: ${name()}}
targets: {nps: 50, touchpoints.a.satisfaction: 7}
`;
}

export function hostileScenario(turn) {
  return `scenario: ${text(nasty[turn % nasty.length])}
journey: hostile-${turn}.yaml
because: ${text(nasty[(turn + 3) % nasty.length])}
changes:
  - shift: touchpoints.a.experience.normal.mean
    by: 1
cost: {once: 1000}
`;
}

/** So many different texts that would do harm in HTML, attributes, styles, scripts, SVG or as bidirectional text. */
export function hostileNames(count) {
  const run = (i) => `window.hit=${i}`;
  const events = ["onerror", "onload", "onclick", "onmouseover", "onfocus", "onanimationstart", "ontoggle", "onpointerenter"];
  const tags = ["img src=x", "svg", "body", "video src=x", "details open", "input autofocus", "marquee", "iframe", "object data=x", "audio src=x"];
  const shapes = [
    (i) => `</script><script>${run(i)}</script>`,
    (i) => `</title></style><script>${run(i)}</script>`,
    (i) => `<${tags[i % tags.length]} ${events[i % events.length]}=${run(i)}>`,
    (i) => `"><${tags[i % tags.length]} ${events[(i + 3) % events.length]}="${run(i)}">`,
    (i) => `' ${events[i % events.length]}='${run(i)}' x='`,
    (i) => `\" ${events[i % events.length]}=\"${run(i)}\" `,
    (i) => `<svg><script>${run(i)}</script></svg>`,
    (i) => `<math><mtext><style><img src=x onerror=${run(i)}></style>`,
    (i) => `<a href="javascript:${run(i)}">x</a>`,
    (i) => `javascript:${run(i)}//`,
    (i) => `\u202e<img src=x onerror=${run(i)}>\u202c ${i}`,
    (i) => `\u05d0\u05d1\u05d2 \u0645\u0631\u062d\u0628\u0627 ${i}`,
    (i) => `\u2028${run(i)}\u2029</script>`,
    (i) => `<!--${i}--!><script>${run(i)}</script>`,
    (i) => `]]>${i}<script>${run(i)}</script>`,
    (i) => `&lt;script&gt;${run(i)}&lt;/script&gt;`,
    (i) => `url(javascript:${run(i)}) expression(${run(i)})`,
    (i) => `</text><image href=x onerror=${run(i)}>`,
    (i) => `\${alert(${i})} {{constructor.constructor('${run(i)}')()}}`,
    (i) => `${"long ".repeat(1999)}<img src=x onerror=${run(i)}>`,
  ];
  return Array.from({length: count}, (_, i) => shapes[i % shapes.length](i));
}

/** Touchpoints of these names, one after the other. */
export function namedJourney(names) {
  const lines = names.map((name, i) => `  t${i}: {label: ${text(name)}, stage: ${text(names[(i * 7) % 8])}, experience: {normal: {mean: ${5 + (i % 4)}, sd: 1}}, next: ${i + 1 === names.length ? "{done: 1}" : `{t${i + 1}: 6, gone: 0.01}`}}`);
  return `journey: ${text(names[0])}
personas: {one: {name: ${text(names[2])}}, two: {name: ${text(names[11])}}}
touchpoints:
${lines.join("\n")}
start: t0
outcomes: {done: {success: true, label: ${text(names[3])}}, gone: {label: ${text(names[4])}}}
limits: {visits: 400}
`;
}

/** So many touchpoints in eight stages, one after the other, with short cuts. */
export function longJourney(count) {
  const stage = (i) => `Stage ${Math.floor((i * 8) / count) + 1}`;
  const touchpoints = Array.from({length: count}, (_, i) => {
    const next = i + 1 === count ? "{done: 1}" : `{t${i + 1}: 6, ${i + 7 < count ? `t${i + 7}: 1, ` : ""}gone: 0.01}`;
    return `  t${i}: {label: ${text(`Touchpoint number ${i + 1}`)}, stage: ${text(stage(i))}, experience: {normal: {mean: ${5 + ((i * 7) % 40) / 10}, sd: 1}}, next: ${next}}`;
  });
  return `journey: A long way
personas: {one: {name: One}}
touchpoints:
${touchpoints.join("\n")}
start: t0
outcomes: {done: {success: true}, gone: {label: Left}}
`;
}
