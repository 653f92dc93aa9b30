// The two dictionaries say the same things.
import assert from "node:assert/strict";
import {readFileSync, readdirSync} from "node:fs";
import {test} from "node:test";

const folder = new URL("../", import.meta.url);
const read = (language) => JSON.parse(readFileSync(new URL(`words/${language}.json`, folder), "utf8"));
const en = read("en");
const de = read("de");

test("both languages have the same keys", () => {
  assert.deepEqual(Object.keys(de).sort(), Object.keys(en).sort());
});

test("both languages fill in the same things", () => {
  const slots = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
  for (const key of Object.keys(en)) assert.deepEqual([...new Set(slots(de[key]))], [...new Set(slots(en[key]))], key);
});

test("German is German", () => {
  const same = Object.keys(en).filter((key) => en[key] === de[key]);
  const alike = new Set(["unit_days", "nav_personas", "takes", "soll", "ist", "metric_nps", "personas", "cal_ninety", "plain_cal_rps"]);
  assert.deepEqual(same.filter((key) => !alike.has(key)), []);
});

test("every word is said somewhere", () => {
  const sources = readdirSync(new URL("src/", folder), {recursive: true}).filter((name) => name.endsWith(".ts") && !name.startsWith("studio")).map((name) => readFileSync(new URL(`src/${name}`, folder), "utf8")).join("\n");
  // Words whose keys are put together, and those that only the plain form says.
  const composed = /^(verdict_|says_|nav_|stress_|target_|metric_|observed_|plain_|cal_base_|cal_shape_)/;
  const silent = Object.keys(en).filter((key) => !composed.test(key) && !sources.includes(`"${key}"`));
  assert.deepEqual(silent, []);
});

test("the studio's dictionaries say the same things, and all of it", () => {
  const [one, other] = [read("studio.en"), read("studio.de")];
  assert.deepEqual(Object.keys(other).sort(), Object.keys(one).sort());
  const slots = (text) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))].sort();
  for (const key of Object.keys(one)) assert.deepEqual(slots(other[key]), slots(one[key]), key);
  assert.deepEqual(Object.keys(one).filter((key) => one[key] === other[key] && key !== "studio"), []);
  const sources = readdirSync(new URL("src/studio/", folder)).filter((name) => name.endsWith(".ts")).map((name) => readFileSync(new URL(`src/studio/${name}`, folder), "utf8")).join("\n");
  assert.deepEqual(Object.keys(one).filter((key) => !key.startsWith("group_") && !sources.includes(`"${key}"`)), []);
});
