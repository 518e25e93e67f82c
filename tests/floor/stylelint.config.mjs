// The same floor (.browserslistrc), asked of another table: what a whole browser does not know.
export default {
  plugins: ["stylelint-no-unsupported-browser-features"],
  rules: {
    "plugin/no-unsupported-browser-features": [
      true,
      {
        // :has() stands behind @supports, which the other rule sees and this one does not; the rest is cosmetic.
        ignore: ["css-has", "css-media-scripting", "css-selection", "text-size-adjust"],
        ignorePartialSupport: true,
        severity: "error",
      },
    ],
  },
};
