// Asks the studio's server, which is the only one that the page may ask.

const token = new URLSearchParams(location.search).get("token") ?? "";
const page = Array.from(crypto.getRandomValues(new Uint32Array(2)), (part) => part.toString(36)).join("");

/** What the server refused, in its words; no words where nobody answered. */
export class Refused extends Error {}

/** null: dropped for something newer. */
export async function ask<T>(what: "look" | "sharper" | "why" | "along" | "drivers" | "text" | "save", body: object): Promise<T | null> {
  let response: Response;
  let answer: {error?: string; dropped?: true};
  try {
    response = await fetch(`/${what}`, {
      method: "POST",
      headers: {"Content-Type": "application/json", "X-Sojourn-Token": token, "X-Sojourn-Page": page, "X-Sojourn-Language": document.documentElement.lang},
      body: JSON.stringify(body),
    });
    answer = (await response.json()) as typeof answer;
  } catch {
    throw new Refused("");
  }
  if (!response.ok) throw new Refused(answer.error ?? "");
  return answer.dropped ? null : (answer as T);
}
