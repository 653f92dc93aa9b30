import tseslint from "typescript-eslint";

export default tseslint.config(
  {ignores: ["node_modules", "*.js"]},
  {
    files: ["src/**/*.ts"],
    extends: [...tseslint.configs.recommended],
    rules: {
      "no-restricted-properties": ["error",
        {property: "innerHTML", message: "names of a journey are text, never HTML"},
        {property: "outerHTML", message: "names of a journey are text, never HTML"},
        {property: "insertAdjacentHTML", message: "names of a journey are text, never HTML"}],
      "no-eval": "error",
      "no-new-func": "error",
      eqeqeq: "error",
    },
  },
);
