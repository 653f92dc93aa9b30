// Bundles the report's page into one script, the studio's into studio.js beside it, and what comes with a part of a document
// (src/panels.ts) into PART.js: node build.mjs OUTPUT PART...
import {dirname, join} from "node:path";
import {build} from "esbuild";

const [output, ...parts] = process.argv.slice(2);
if (output === undefined) throw new Error("usage: node build.mjs OUTPUT PART...");
const bundle = (entry, outfile, plugins = []) =>
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
    plugins,
  });

/** The script of a part builds with what the page lends it, and brings its own folder and its words. */
const lent = (part) => ({
  name: "lent",
  setup(build) {
    build.onResolve({filter: /.*/}, ({path, kind}) => {
      if (kind === "entry-point" || path.startsWith("./") || path.startsWith(`../../words/${part}.`)) return undefined;
      if (path === "../kit") return {path, namespace: "kit"};
      return {errors: [{text: `panels of '${part}' take '${path}' from kit.ts, or bring it in their folder`}]};
    });
    build.onLoad({filter: /.*/, namespace: "kit"}, () => ({contents: "module.exports = globalThis.sojournKit"}));
  },
});

await bundle("src/main.ts", output);
await bundle("src/studio/main.ts", join(dirname(output), "studio.js"));
for (const part of parts) await bundle(`src/${part}/part.ts`, join(dirname(output), `${part}.js`), [lent(part)]);
