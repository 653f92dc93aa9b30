// Files that the reader takes along. They are made in the page; nothing is sent.

const kept = [
  "fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap", "stroke-linejoin",
  "paint-order", "opacity", "font-size", "font-weight", "font-family", "text-anchor",
];

/** The drawing as a file of its own: what the page's style gives it is written into it. */
export function standalone(svg: SVGSVGElement, title: string): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const from = svg.querySelectorAll<SVGElement>("*");
  const to = copy.querySelectorAll<SVGElement>("*");
  // All but opacity are inherited, so that only what differs from the element around it is written.
  const write = (element: SVGElement, target: SVGElement, around: CSSStyleDeclaration | null): void => {
    const style = getComputedStyle(element);
    for (const name of kept) {
      const value = style.getPropertyValue(name);
      const inherited = name === "opacity" ? "1" : (around?.getPropertyValue(name) ?? "");
      if (value === inherited) target.removeAttribute(name);
      else if (value !== "") target.setAttribute(name, value);
    }
    target.removeAttribute("class");
  };
  write(svg, copy, null);
  from.forEach((element, i) => {
    const target = to[i];
    if (target !== undefined) write(element, target, element.parentElement === null ? null : getComputedStyle(element.parentElement));
  });
  copy.removeAttribute("aria-hidden");
  copy.removeAttribute("class");
  const background = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  background.setAttribute("width", "100%");
  background.setAttribute("height", "100%");
  background.setAttribute("fill", getComputedStyle(document.body).backgroundColor);
  copy.prepend(background);
  const name = document.createElementNS("http://www.w3.org/2000/svg", "title");
  name.textContent = title;
  copy.prepend(name);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy)}\n`;
}

export function save(name: string, type: string, content: string): void {
  const url = URL.createObjectURL(new Blob([content], {type}));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
