// How wide a text is, and where it breaks.

const font = '-apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", system-ui, sans-serif';
let context: CanvasRenderingContext2D | null = null;
const known = new Map<string, number>();

/** In pixels. */
export function widthOf(text: string, size = 12, weight = 400): number {
  const key = `${size} ${weight} ${text}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  context ??= document.createElement("canvas").getContext("2d");
  if (context === null) return text.length * size * 0.55;
  context.font = `${weight} ${size}px ${font}`;
  const width = context.measureText(text).width;
  known.set(key, width);
  return width;
}

/** So much of the text as fits, with an ellipsis where it was cut. */
export function cut(text: string, width: number, size = 12, weight = 400): string {
  if (widthOf(text, size, weight) <= width) return text;
  const characters = Array.from(text);
  let low = 0;
  let high = characters.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const fits = widthOf(`${characters.slice(0, middle).join("").trimEnd()}…`, size, weight) <= width;
    if (fits) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? "…" : `${characters.slice(0, low).join("").trimEnd()}…`;
}

/** Lines no wider than `width`, at most so many; the last is cut where there is more. */
export function wrap(text: string, width: number, most: number, size = 12, weight = 400): string[] {
  const lines: string[] = [];
  let line = "";
  const words = text.split(/\s+/).filter((word) => word !== "");
  for (let i = 0; i < words.length; ++i) {
    const longer = line === "" ? (words[i] ?? "") : `${line} ${words[i] ?? ""}`;
    if (line === "" || widthOf(longer, size, weight) <= width) {
      line = longer;
      continue;
    }
    if (lines.length === most - 1) {
      line = `${line} ${words.slice(i).join(" ")}`;
      break;
    }
    lines.push(line);
    line = words[i] ?? "";
  }
  if (line !== "") lines.push(line);
  return lines.map((one) => cut(one, width, size, weight));
}
