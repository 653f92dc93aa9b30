// What colours mean: seven steps from worse to better, five of pain.

import {scaleThreshold} from "d3-scale";

/** Satisfaction 0..10 as a step 0..6. */
export const satisfactionStep = scaleThreshold<number, number>()
  .domain([4, 5, 6, 7, 8, 8.6])
  .range([0, 1, 2, 3, 4, 5, 6]);
export const satisfactionNames = ["< 4", "4", "5", "6", "7", "8", "≥ 8.6"];

/** A change of satisfaction as a step. */
export const changeStep = scaleThreshold<number, number>()
  .domain([-1, -0.4, -0.08, 0.08, 0.4, 1])
  .range([0, 1, 2, 3, 4, 5, 6]);
export const changeEnds = [-1, -0.4, -0.08, 0, 0.08, 0.4, 1];

/** Points that pains take off a visit, as a step 0..4. */
export const painStep = scaleThreshold<number, number>().domain([0.005, 0.1, 0.3, 0.6]).range([0, 1, 2, 3, 4]);
export const painEnds = [0.005, 0.1, 0.3, 0.6];
