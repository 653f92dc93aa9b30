// The file that would be written, and writing it.

import {h} from "../dom";
import type {StudioDocument} from "./document";
import {ask, Refused} from "./server";
import type {Variant} from "./variants";
import {asked} from "./variants";
import type {StudioSay} from "./words";

interface Saved {
  exists?: true;
  file: string;
  command?: string;
}

/** answer-every-list.yaml */
export function fileNameFor(name: string): string {
  const plain = name.toLowerCase().replace(/ä/g, "ae").replace(/ö/g, "oe").replace(/ü/g, "ue").replace(/ß/g, "ss").normalize("NFD").replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60);
  return `${plain || "what-if"}.yaml`;
}

export class Saving {
  readonly element: HTMLElement;
  private readonly title: HTMLInputElement;
  private readonly because: HTMLInputElement;
  private readonly file: HTMLInputElement;
  private readonly lead = h("p", {class: "hint"});
  private readonly text = h("pre", {id: "yaml", tabindex: 0});
  private readonly button: HTMLButtonElement;
  private readonly told = h("div", {class: "told", role: "status"});
  private typed = false; // a file name of the user's own
  private replacing = "";
  private waiting = 0;
  private variant: Variant | null = null;

  constructor(
    private readonly say: StudioSay,
    private readonly document: StudioDocument,
    rename: (name: string, because: string) => void,
    private readonly done: (id: number, file: string) => void,
  ) {
    const renamed = (): void => rename(this.title.value.trim() || "?", this.because.value.trim());
    this.title = h("input", {id: "name", type: "text", maxlength: 200, "aria-label": say("rename"), change: renamed});
    this.because = h("input", {id: "because", type: "text", maxlength: 2000, "aria-label": say("because"), placeholder: say("because"), change: renamed});
    this.file = h("input", {id: "file", class: "mono", type: "text", maxlength: 100, spellcheck: "false", "aria-label": say("file"), input: () => {
      this.typed = true;
      this.ready();
    }});
    this.button = h("button", {id: "save", type: "submit", class: "primary"}, say("save_button"));
    this.element = h(
      "form",
      {class: "save", submit: (event: Event) => {
        event.preventDefault();
        void this.save();
      }},
      h("h3", {}, say("save")),
      this.title,
      this.because,
      this.file,
      this.lead,
      this.text,
      this.told,
      this.button,
    );
  }

  /** The name's file is no longer the one that was asked about. */
  private ready(): void {
    this.replacing = "";
    this.button.textContent = this.say("save_button");
    const path = this.document.journey.path;
    const folder = path.slice(0, path.length - this.document.journey.file.length);
    this.lead.textContent = this.say("save_lead", {file: folder + this.file.value});
  }

  show(variant: Variant): void {
    const other = this.variant?.id !== variant.id;
    const same = this.variant === variant;
    this.variant = variant;
    if (other) {
      this.typed = false;
      this.told.replaceChildren();
    }
    if (document.activeElement !== this.title) this.title.value = variant.name;
    if (document.activeElement !== this.because) this.because.value = variant.because;
    if (!this.typed) this.file.value = variant.file || fileNameFor(variant.name);
    if (!same) this.ready();
    this.button.disabled = variant.changes.length === 0;
    if (variant.changes.length === 0) {
      clearTimeout(this.waiting);
      this.text.textContent = "";
      return;
    }
    if (same) return;
    // A hand on a slider is not waited for: the text follows when it rests.
    clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => void this.write(variant), 150);
  }

  private async write(variant: Variant): Promise<void> {
    try {
      const answer = await ask<{text: string}>("text", asked(variant));
      if (this.variant === variant && answer !== null) this.text.textContent = answer.text;
    } catch (error) {
      if (error instanceof Refused) this.tell("bad", error.message || this.say("error_gone"));
    }
  }

  private tell(tone: string, ...words: (string | Node)[]): void {
    this.told.replaceChildren(h("p", {class: tone}, ...words));
  }

  private async save(): Promise<void> {
    const variant = this.variant;
    if (variant === null) return;
    const file = this.file.value.trim();
    try {
      const answer = await ask<Saved>("save", {...asked(variant), file, replace: this.replacing === file});
      if (answer === null) return;
      if (answer.exists) {
        this.replacing = file;
        this.button.textContent = this.say("replace_button", {file});
        this.tell("bad", this.say("exists", {file}));
        return;
      }
      this.done(variant.id, file);
      this.ready();
      this.tell("good", this.say("saved", {file}), " ", h("code", {}, answer.command ?? ""));
      if (variant.uncertain.length > 0) this.told.append(h("p", {}, this.say("save_uncertain")));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.tell("bad", error.message || this.say("error_gone"));
    }
  }
}
