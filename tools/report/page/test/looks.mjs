// What must hold of every page: contrast, names of what can be used, focus that is seen.
import assert from "node:assert/strict";

/** Text against what is behind it: 4.5, or 3 for large text (WCAG 1.4.3). */
export const contrasts = (tab) =>
  tab.evaluate(() => {
    const rgb = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
    const light = ([r, g, b]) => {
      const [x, y, z] = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
    const behind = (element) => {
      for (let at = element; at !== null; at = at.parentElement) {
        const colour = rgb(getComputedStyle(at).backgroundColor);
        if (colour.length === 3 || colour[3] === 1) return colour;
      }
      return [255, 255, 255];
    };
    const weak = [];
    for (const element of document.querySelectorAll("#page *, #studio *")) {
      const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== "");
      if (!own || element.closest("title") || element.matches(":disabled") || element.getClientRects().length === 0) continue;
      const style = getComputedStyle(element);
      const svg = element.closest("svg") !== null;
      if (svg && /\bh?x\d/.test(element.getAttribute("class") ?? "")) {
        const marks = [...(element.parentElement?.children ?? [])].filter((one) => /^(circle|rect)$/.test(one.tagName));
        const box = element.getBoundingClientRect();
        const under = marks.filter((one) => {
          const area = one.getBoundingClientRect();
          return area.left <= box.left + box.width / 2 && area.right >= box.left + box.width / 2 && area.top <= box.top + box.height / 2 && area.bottom >= box.top + box.height / 2;
        }).pop();
        const found = ratio(rgb(style.fill), rgb(under === undefined ? "rgb(0,0,0)" : getComputedStyle(under).fill));
        if (under !== undefined && found < 4.4) weak.push(`${element.textContent}: ${found.toFixed(2)}`);
        continue;
      }
      const found = ratio(rgb(svg ? style.fill : style.color), behind(element));
      const large = parseFloat(style.fontSize) >= 24;
      if (found < (large ? 3 : 4.45)) weak.push(`${element.tagName} ${element.getAttribute("class")} ${element.textContent.slice(0, 30)}: ${found.toFixed(2)}`);
    }
    return weak.slice(0, 10);
  });

/** What can be used and has no name, and drawings that are neither named nor hidden. */
export const unnamed = (tab) =>
  tab.evaluate(() => {
    const nameOf = (one) => {
      const by = one.getAttribute("aria-labelledby");
      return (one.getAttribute("aria-label") ?? (by && document.getElementById(by)?.textContent) ?? one.closest("label")?.textContent ?? one.textContent ?? "").trim();
    };
    const used = [...document.querySelectorAll("button, a, select, input, [role=img], [role=group], nav, [role=alert] > *")].filter((one) => nameOf(one) === "").map((one) => one.outerHTML.slice(0, 120));
    const drawings = [...document.querySelectorAll("svg")].filter((svg) => svg.getAttribute("aria-hidden") !== "true" && svg.getAttribute("role") !== "img").map((svg) => svg.outerHTML.slice(0, 120));
    const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
    const twice = ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `id ${id} twice`);
    const controlled = [...document.querySelectorAll("[aria-controls]")].filter((one) => document.getElementById(one.getAttribute("aria-controls")) === null).map((one) => one.outerHTML.slice(0, 120));
    return [...used, ...drawings, ...twice, ...controlled];
  });

/** How many of what the Tab key should reach it reaches, and what has the focus unseen. */
async function walked(tab) {
  const reachable = await tab.$$eval("a[href], button, select, input, summary, [tabindex='0']", (all) => all.filter((one) => one.getClientRects().length > 0 && one.tabIndex >= 0 && !one.disabled && (one.matches("summary") || one.closest("details:not([open])") === null)).length);
  const seen = new Set();
  const unseen = [];
  await tab.evaluate(() => document.body.focus());
  for (let i = 0; i < reachable + 5; ++i) {
    await tab.keyboard.press("Tab");
    const [key, hidden] = await tab.evaluate(() => {
      const one = document.activeElement;
      if (one === null || one === document.body) return ["", ""];
      one.dataset.walked ??= String(Math.random());
      return [one.dataset.walked, getComputedStyle(one).outlineStyle === "none" ? one.outerHTML.slice(0, 80) : ""];
    });
    if (key !== "") seen.add(key);
    if (hidden !== "") unseen.push(hidden);
  }
  return {reachable, seen: seen.size, unseen};
}

/** No text of a drawing outside the drawing, and none on another of the same size within a map. */
export async function nothingIsCut(tab) {
  const cut = await tab.$$eval(".frame > svg, .vf > svg", (drawings) =>
    drawings.flatMap((svg) => {
      const frame = svg.getBoundingClientRect();
      return [...svg.querySelectorAll("text")]
        .filter((text) => text.textContent !== "")
        .map((text) => ({box: text.getBoundingClientRect(), words: text.textContent}))
        .filter(({box}) => box.left < frame.left - 3 || box.right > frame.right + 3 || box.top < frame.top - 3 || box.bottom > frame.bottom + 3)
        .map(({words}) => words);
    }),
  );
  assert.deepEqual(cut, []);
}

/** Whatever can be used is reached by the Tab key, and seen when it is. */
export async function isWalkedWhole(tab) {
  const {reachable, seen, unseen} = await walked(tab);
  assert.deepEqual(unseen, [], "focus is seen");
  assert.ok(seen >= reachable - 1, `${seen} of ${reachable} are reached by the Tab key`);
}

/** On paper it has 2 to 12 pages. */
export async function printsWell(tab) {
  const pdf = await tab.pdf({preferCSSPageSize: true, printBackground: true});
  const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
  assert.ok(pages >= 2 && pages <= 12, `${pages} pages`);
}
