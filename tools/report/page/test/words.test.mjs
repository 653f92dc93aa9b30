// The two dictionaries say the same things, and so do those of the studio and of panels with a script of their own.
import assert from "node:assert/strict";
import {readFileSync, readdirSync} from "node:fs";
import {test} from "node:test";

const folder = new URL("../", import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(`words/${name}.json`, folder), "utf8"));
/** The text of all sources in a folder; `but`: folders in it that have words of their own. */
const sources = (inside, but = []) =>
  readdirSync(new URL(inside, folder), {recursive: true})
    .filter((name) => name.endsWith(".ts") && !but.some((other) => name.startsWith(`${other}/`)))
    .map((name) => readFileSync(new URL(`${inside}${name}`, folder), "utf8"))
    .join("\n");
const slots = (text) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))].sort();

// `alike`: what is the same in both languages. `composed`: keys that are put together, and those that only the plain form says.
const page = {prefix: "", said: sources("src/", ["studio", "calibration"]), alike: ["unit_days", "nav_personas", "takes", "soll", "ist", "metric_nps", "personas"], composed: /^(verdict_|says_|nav_|stress_|target_|metric_|observed_|plain_|absent_calibration$)/};
const calibration = {prefix: "calibration.", said: sources("src/calibration/"), alike: ["cal_ninety", "plain_cal_rps"], composed: /^(nav_|plain_cal_|cal_base_|cal_shape_)/};
const studio = {prefix: "studio.", said: sources("src/studio/"), alike: ["studio"], composed: /^group_/};

// What panels say in the page's words.
page.said += calibration.said;

for (const [name, {prefix, said, alike, composed}] of Object.entries({page, calibration, studio})) {
  const [en, de] = ["en", "de"].map((language) => read(`${prefix}${language}`));

  test(`${name}: both languages have the same keys`, () => {
    assert.deepEqual(Object.keys(de).sort(), Object.keys(en).sort());
  });

  test(`${name}: both languages fill in the same things`, () => {
    for (const key of Object.keys(en)) assert.deepEqual(slots(de[key]), slots(en[key]), key);
  });

  test(`${name}: German is German`, () => {
    assert.deepEqual(Object.keys(en).filter((key) => en[key] === de[key] && !alike.includes(key)), []);
  });

  test(`${name}: every word is said somewhere`, () => {
    assert.deepEqual(Object.keys(en).filter((key) => !composed.test(key) && !said.includes(`"${key}"`)), []);
  });
}

test("panels with words of their own take none of the page's", () => {
  const own = Object.keys(read("en"));
  assert.deepEqual(Object.keys(read("calibration.en")).filter((key) => own.includes(key)), []);
});
