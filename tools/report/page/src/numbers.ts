// Numbers as people read them. The page formats; it computes none.

import {formatLocale} from "d3-format";
import type {Difference, Figure, Unit} from "./data";
import {interval} from "./data";
import type {Language, Say} from "./words";

const thin = "\u00a0";
export const none = "–";

const locales = {
  en: {decimal: ".", thousands: ",", grouping: [3], currency: ["", ""] as [string, string], minus: "−"},
  de: {decimal: ",", thousands: ".", grouping: [3], currency: ["", ""] as [string, string], minus: "−"},
};

export class Numbers {
  private readonly format: (specifier: string) => (value: number) => string;

  constructor(
    language: Language,
    private readonly say: Say,
    private readonly money: string,
  ) {
    const locale = formatLocale(locales[language]);
    this.format = (specifier) => locale.format(specifier);
  }

  /** With so many decimals; never "−0". */
  decimal(value: number | null | undefined, decimals: number): string {
    if (value === null || value === undefined) return none;
    return this.format(`,.${decimals}f`)(Number(value.toFixed(decimals)) === 0 ? 0 : value);
  }
  /** With a sign in front of what is not 0 as shown. */
  signed(value: number | null | undefined, decimals: number): string {
    if (value === null || value === undefined) return none;
    if (Number(value.toFixed(decimals)) === 0) return this.format(`.${decimals}f`)(0);
    return this.format(`+,.${decimals}f`)(value);
  }
  whole(value: number | null | undefined): string {
    return this.decimal(value, 0);
  }
  nps(value: number | null | undefined): string {
    return this.signed(value, 0);
  }
  /** "18 %", "2.3 %", "<0.1 %". */
  percent(share: number | null | undefined): string {
    if (share === null || share === undefined) return none;
    if (share > 0 && share < 0.0005) return `<${this.format(".1f")(0.1)}${thin}%`;
    if (share < 1 && share > 0.9995) return `>${this.format(".1f")(99.9)}${thin}%`;
    const few = share > 0 && share < 0.0995;
    const many = share > 0.9905 && share < 1;
    return `${this.format(few || many ? ".1f" : ".0f")(share * 100)}${thin}%`;
  }
  /** A difference of shares, in points. */
  points(share: number | null | undefined, decimals = 1): string {
    return share === null || share === undefined ? none : this.signed(share * 100, decimals);
  }
  amount(value: number | null | undefined): string {
    return this.withMoney(this.signed(value, 2));
  }
  /** "12 min", "3.1 h", "4.2 d". */
  duration(hours: number | null | undefined): string {
    if (hours === null || hours === undefined) return none;
    if (hours * 60 < 0.95) return `${this.decimal(hours * 3600, 0)}${thin}s`;
    if (hours < 1) return `${this.decimal(hours * 60, 0)}${thin}min`;
    if (hours < 48) return `${this.decimal(hours, 1)}${thin}h`;
    return `${this.decimal(hours / 24, 1)}${thin}${this.say("unit_days")}`;
  }
  /** Two digits, which is all that a break-even deserves. */
  rounded(value: number): string {
    return this.format(",d")(Number(value.toPrecision(2)));
  }
  between(lo: number | null | undefined, hi: number | null | undefined, decimals: number): string {
    if (lo === null || lo === undefined || hi === null || hi === undefined) return none;
    if (lo === 0 && hi === 0) return this.say("unchanged");
    // Ends that would read alike get one more digit.
    const finer = lo !== hi && this.signed(lo, decimals) === this.signed(hi, decimals) ? decimals + 1 : decimals;
    return this.say("interval", {lo: this.signed(lo, finer), hi: this.signed(hi, finer)});
  }
  /** The interval of a difference that holds for all what-ifs together. */
  spread(difference: Difference, decimals: number): string {
    const [lo, hi] = interval(difference) ?? [null, null];
    return this.between(lo, hi, decimals);
  }
  plainBetween(lo: number | null | undefined, hi: number | null | undefined, decimals: number): string {
    if (lo === null || lo === undefined || hi === null || hi === undefined) return none;
    return this.say("interval", {lo: this.decimal(lo, decimals), hi: this.decimal(hi, decimals)});
  }
  /** A value in the unit of its metric. */
  inUnit(value: number | null | undefined, unit: Unit): string {
    switch (unit) {
      case "nps_points":
        return this.signed(value, 1);
      case "points":
        return this.decimal(value, 1);
      case "share":
        return this.percent(value);
      case "count":
        return this.decimal(value, 1);
      case "hours":
        return this.duration(value);
      case "money":
        return this.withMoney(this.decimal(value, 2));
    }
  }
  /** The interval of a level. */
  levelBetween(lo: number | null | undefined, hi: number | null | undefined, unit: Unit): string {
    if (lo === null || lo === undefined || hi === null || hi === undefined) return "";
    return this.say("interval", {lo: this.inUnit(lo, unit), hi: this.inUnit(hi, unit)});
  }
  /** A gap in the unit of its metric, with its sign. */
  gapInUnit(value: number | null | undefined, unit: Unit): string {
    if (value === null || value === undefined) return none;
    if (unit === "share") return `${this.points(value)}`;
    if (unit === "hours") return `${value < 0 ? "−" : "+"}${this.duration(Math.abs(value))}`;
    if (unit === "money") return this.amount(value);
    return this.signed(value, 1);
  }
  /** The interval of a gap. */
  gapBetween(lo: number | null | undefined, hi: number | null | undefined, unit: Unit): string {
    if (lo === null || lo === undefined || hi === null || hi === undefined) return none;
    if (unit === "nps_points" || unit === "points" || unit === "count") return this.between(lo, hi, 1);
    if (unit === "share") return this.between(lo * 100, hi * 100, 1);
    return this.say("interval", {lo: this.gapInUnit(lo, unit), hi: this.gapInUnit(hi, unit)});
  }
  /** estimate, for cells whose interval stands beside it. */
  estimate(figure: Figure | Difference, decimals: number): string {
    return this.decimal(figure?.[0], decimals);
  }
  withMoney(text: string): string {
    return this.money === "" || text === none ? text : `${text}${thin}${this.money}`;
  }
}
