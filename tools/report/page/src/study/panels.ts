// All that a study shows.

import type {Figure} from "../section";
import {best} from "./best";
import {front} from "./front";
import type {Look} from "./look";
import {matters} from "./matters";
import {parallel} from "./parallel";
import {progress} from "./progress";

export function studyFigures(look: Look): Figure[] {
  const all = [progress(look), best(look), matters(look), parallel(look), front(look)];
  return all.filter((figure): figure is Figure => figure !== null);
}
