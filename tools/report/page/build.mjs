// Bundles the report's page into one script, and the studio's into studio.js beside it: node build.mjs OUTPUT
import {dirname, join} from "node:path";
import {build} from "esbuild";

const output = process.argv[2];
if (output === undefined) throw new Error("usage: node build.mjs OUTPUT");
const bundle = (entry, outfile) =>
  build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2021",
    charset: "utf8",
    legalComments: "inline", // licences of what is bundled stay in the page
    logLevel: "warning",
  });
await bundle("src/main.ts", output);
await bundle("src/studio/main.ts", join(dirname(output), "studio.js"));
