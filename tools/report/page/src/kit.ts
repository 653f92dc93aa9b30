// What the page lends to panels in scripts of their own: one copy of how to draw, to say and to measure (build.mjs).
// Such panels import code from here and from their own folder, from nowhere else.

export {scaleBand, scaleLinear, scaleQuantile} from "d3-scale";
export {line as curve} from "d3-shape";
export {bdi, clean, h} from "./dom";
export {samples} from "./legend";
export {cut, widthOf} from "./measure";
export {register} from "./panels";
export {circle, drawing, hint, line, path, rect, round, text} from "./svg";
export {cell} from "./table";
export {isWord, speakerOf} from "./words";
