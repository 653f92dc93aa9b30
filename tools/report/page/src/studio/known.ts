// How well the journey is known: no what-if changes it, and it is drawn when somebody looks.

import type {Calibration} from "../calibration/data";
import {calibrationHeadline, calibrationLead} from "../calibration/hero";
import {calibrationFigures} from "../calibration/panels";
import {h} from "../dom";
import {figureElement} from "../section";
import type {View} from "../view";
import type {StudioSay} from "./words";

export class Known {
  readonly element: HTMLDetailsElement;
  private readonly summary = h("summary", {});
  private readonly body = h("div", {});
  private draw: () => HTMLElement[] = () => [];

  /** `width`: pixels that a figure may have. */
  constructor(
    private readonly calibration: Calibration,
    private readonly width: () => number,
  ) {
    this.element = h("details", {id: "known", toggle: () => this.fill()}, this.summary, this.body) as HTMLDetailsElement;
  }

  /** In the words of `view`, which shows the journey as it is. */
  show(view: View, say: StudioSay): void {
    this.summary.textContent = `${say("known_name")}: ${calibrationHeadline(view, this.calibration)}`;
    this.draw = () => [
      h("p", {class: "hint"}, calibrationLead(view, this.calibration)),
      ...calibrationFigures(view, this.calibration).map((figure) => figureElement(view, figure, this.width())),
    ];
    this.fill();
  }

  private fill(): void {
    this.body.replaceChildren(...(this.element.open ? this.draw() : []));
  }
}
