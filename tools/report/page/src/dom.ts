// Elements of the page. Names of a journey are text everywhere: nothing here, or elsewhere, reads HTML.

export type Child = Node | string | null | undefined;
type Attributes = Record<string, string | number | boolean | null | ((event: Event) => void)>;

/** An element. A function as attribute listens to the event of that name; `class` and `text` are what they say. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child): child is Node | string => child !== null && child !== undefined));
  return element;
}

// Marks that would turn the direction of the text around them, and characters that control devices.
const hidden = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/g;

/** A name from the journey's file, cut where nobody would read on. */
export function clean(name: string, most = 120): string {
  const plain = name.replace(hidden, " ").trim();
  return plain.length <= most ? plain : `${Array.from(plain).slice(0, most - 1).join("").trimEnd()}…`;
}

/** A name within a sentence, whatever its direction. */
export function bdi(name: string, most = 120): HTMLElement {
  return h("bdi", {}, clean(name, most));
}

/** Draws a part of the page anew; what had the focus in it has it again. */
export function keepingFocus(host: HTMLElement, draw: () => void): void {
  const all = (): HTMLElement[] => [...host.querySelectorAll<HTMLElement>("button, select, input, a, summary, [tabindex]")];
  const at = all().findIndex((one) => one === document.activeElement);
  draw();
  if (at >= 0) all()[at]?.focus({preventScroll: true});
}

/** A sentence with names in bold. */
export function strong(text: string, className = ""): HTMLElement {
  return h("b", className === "" ? {} : {class: className}, text);
}
