// Bundles the page into one script: node build.mjs OUTPUT
import {build} from "esbuild";

const output = process.argv[2];
if (output === undefined) throw new Error("usage: node build.mjs OUTPUT");
await build({
  entryPoints: ["src/main.ts"],
  outfile: output,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2021",
  charset: "utf8",
  legalComments: "inline", // licences of what is bundled stay in the page
  logLevel: "warning",
});
