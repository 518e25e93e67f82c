// What scripts and style sheets may use, held to the floor of browsers in .browserslistrc (docs/devices.md).
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import css from "@eslint/css";
import compat from "eslint-plugin-compat";
import esx from "eslint-plugin-es-x";

const SCRIPTS = ["static/js/**/*.js"];
const SHEETS = ["static/css/**/*.css"];

// Each of these changes how a thing looks and nothing else: a browser that does not know it shows all there is to read
// and to touch. What decides about more than that stands behind @supports, which the rule knows.
const COSMETIC = {
  allowProperties: [
    "text-wrap",
    "text-size-adjust",
    "accent-color",
    "outline",
    "box-decoration-break",
    "forced-color-adjust",
  ],
  allowMediaConditions: ["scripting"],
  allowSelectors: ["highlight", "marker", "selection"],
};

// Asked for before they are used, each in its script: "wakeLock" in navigator, navigator.userActivation?., ...
const ASKED_FOR = [
  "navigator.wakeLock",
  "navigator.userActivation",
  "navigator.vibrate",
  "navigator.connection",
  "CSS.highlights",
];

// The plug-in knows whole interfaces and neither their static methods (AbortSignal.timeout) nor what a page's document
// can do, so these are read from the table that MDN prints.
const floor = Object.fromEntries(
  readFileSync(new URL("../../.browserslistrc", import.meta.url), "utf-8")
    .split("\n")
    .map((line) => line.match(/^(Chrome|Firefox|Safari) >= ([\d.]+)$/))
    .filter(Boolean)
    .map(([, name, version]) => [name.toLowerCase(), Number.parseFloat(version)]),
);
const { api } = createRequire(import.meta.url)("@mdn/browser-compat-data");
const isLater = (support) =>
  Object.entries(floor).some(([browser, oldest]) => {
    const newest = [support[browser]].flat()[0]?.version_added;
    return newest === false || Number.parseFloat(String(newest).replace("≤", "")) > oldest;
  });
const THE_ONE = { Document: "document", Navigator: "navigator", Window: "window", ServiceWorkerGlobalScope: "self" };
const nameOf = (type, member) => (member.endsWith("_static") ? type : THE_ONE[type]);
const TOO_YOUNG = Object.entries(api).flatMap(([type, members]) =>
  Object.entries(members)
    .filter(([name, { __compat }]) => __compat && nameOf(type, name) && isLater(__compat.support))
    .map(([name]) => ({ object: nameOf(type, name), property: name.replace(/_static$/, "") }))
    .filter(({ object, property }) => !ASKED_FOR.includes(`${object}.${property}`))
    .map((each) => ({ ...each, message: "Younger than .browserslistrc." })),
);

export default [
  {
    files: SCRIPTS,
    languageOptions: { ecmaVersion: 2022, sourceType: "module" },
    settings: { "es-x": { aggressive: true }, polyfills: ASKED_FOR },
    rules: { "no-restricted-properties": ["error", ...TOO_YOUNG] },
  },
  { files: SCRIPTS, ...esx.configs["flat/restrict-to-es2022"] },
  { files: SCRIPTS, plugins: { compat }, rules: { "compat/compat": "error" } },
  {
    files: SHEETS,
    plugins: { css },
    language: "css/css",
    rules: { "css/use-baseline": ["error", { available: 2022, ...COSMETIC }] },
  },
];
