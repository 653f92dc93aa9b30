// The what-ifs in hand, and every step back.

import type {Change, Loaded, Uncertain} from "./document";

export interface Variant {
  readonly id: number;
  readonly name: string;
  readonly because: string;
  readonly cost: {once: number; per_journey: number};
  readonly changes: readonly Change[];
  /** The file that says the same; empty where none does. */
  readonly file: string;
  readonly uncertain: readonly Uncertain[];
}

interface State {
  readonly list: readonly Variant[];
  readonly current: number; // id
}

export function isMove(change: Change, address: string): change is {set: string; to: string; for?: string[]} {
  return "set" in change && change.set === address;
}

/** What the server is asked about a what-if. */
export function asked(variant: Variant, agents?: number): object {
  return {title: variant.name || "?", because: variant.because, cost: variant.cost, changes: variant.changes, uncertain: variant.uncertain, ...(agents === undefined ? {} : {agents})};
}

/** Equal where the lines are that were loaded and are no slider's. */
export function linesOf(variant: Variant): string {
  return JSON.stringify(variant.changes.filter((one) => !("set" in one)));
}

/** Equal where the numbers are. */
export function keyOf(variant: Variant): string {
  return JSON.stringify([variant.changes, variant.cost]);
}

export class Variants {
  private state: State;
  private past: State[] = [];
  private future: State[] = [];
  private nextId = 1;
  private dragged = ""; // the address whose slider is held: its way is one step

  constructor(loaded: Loaded[], firstName: string) {
    const list = loaded.map((one) => ({id: this.nextId++, name: one.title, because: one.because, cost: one.cost, changes: one.changes, file: one.file, uncertain: one.uncertain}));
    if (list.length === 0) list.push({id: this.nextId++, name: firstName, because: "", cost: {once: 0, per_journey: 0}, changes: [], file: "", uncertain: []});
    this.state = {list, current: list[0]?.id ?? 0};
  }

  get list(): readonly Variant[] {
    return this.state.list;
  }
  get current(): Variant {
    return this.state.list.find((one) => one.id === this.state.current) ?? (this.state.list[0] as Variant);
  }
  get canUndo(): boolean {
    return this.past.length > 0;
  }
  get canRedo(): boolean {
    return this.future.length > 0;
  }
  get unsaved(): boolean {
    return this.state.list.some((one) => one.file === "" && one.changes.length > 0);
  }

  private step(state: State): void {
    this.past.push(this.state);
    if (this.past.length > 500) this.past.shift();
    this.future = [];
    this.state = state;
  }
  undo(): void {
    const before = this.past.pop();
    if (before === undefined) return;
    this.future.push(this.state);
    this.state = before;
    this.dragged = "";
  }
  redo(): void {
    const after = this.future.pop();
    if (after === undefined) return;
    this.past.push(this.state);
    this.state = after;
    this.dragged = "";
  }

  pick(id: number): void {
    this.state = {...this.state, current: id};
    this.dragged = "";
  }
  private replaced(variant: Variant): State {
    return {...this.state, list: this.state.list.map((one) => (one.id === variant.id ? variant : one))};
  }
  private edit(part: Partial<Variant>): State {
    return this.replaced({...this.current, file: "", ...part});
  }

  /** Where a slider stands now, for everyone or for one persona; null: as it is, or as the loaded lines leave it. While it is held all its
      places are one step. */
  move(address: string, to: string | null, whom: string | null): void {
    const mine = (one: Change): boolean => isMove(one, address) && one.for?.[0] === (whom ?? undefined);
    const others = this.current.changes.filter((one) => !mine(one));
    const before = this.current.changes.findIndex(mine);
    // What is meant for everyone comes before what is meant for some, or it would take their place.
    const special = whom === null ? others.findIndex((one) => isMove(one, address)) : -1;
    const at = before >= 0 ? before : special >= 0 ? special : others.length;
    const changes = [...others];
    if (to !== null) changes.splice(at, 0, {set: address, to, ...(whom === null ? {} : {for: [whom]})});
    const state = this.edit({changes});
    const held = `${address} ${whom ?? ""}`;
    if (this.dragged === held) this.state = state;
    else this.step(state);
    this.dragged = held;
  }
  letGo(): void {
    this.dragged = "";
  }
  takeBack(index: number): void {
    this.step(this.edit({changes: this.current.changes.filter((_, i) => i !== index)}));
  }
  rename(name: string, because: string): void {
    if (name !== this.current.name || because !== this.current.because) this.step(this.edit({name, because}));
  }
  /** No step: a file cannot be undone. */
  saved(id: number, file: string): void {
    const mark = (state: State): State => ({...state, list: state.list.map((one) => (one.id === id ? {...one, file} : one))});
    this.state = mark(this.state);
  }
  add(name: string, from: Partial<Variant> = {}): void {
    const variant: Variant = {because: "", cost: {once: 0, per_journey: 0}, changes: [], uncertain: [], ...from, id: this.nextId++, name, file: ""};
    this.step({list: [...this.state.list, variant], current: variant.id});
  }
  remove(id: number): void {
    const list = this.state.list.filter((one) => one.id !== id);
    if (list.length === 0) return;
    this.step({list, current: this.state.current === id ? (list[0]?.id ?? 0) : this.state.current});
  }
  combine(id: number, name: string): void {
    const other = this.state.list.find((one) => one.id === id);
    if (other === undefined) return;
    const own = this.current;
    this.add(name, {
      changes: [...own.changes, ...other.changes],
      cost: {once: own.cost.once + other.cost.once, per_journey: own.cost.per_journey + other.cost.per_journey},
      uncertain: [...own.uncertain.filter((one) => other.uncertain.every((two) => two.address !== one.address)), ...other.uncertain],
    });
  }
}
