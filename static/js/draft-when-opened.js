// A form inside a closed fold: what keeps its draft comes once the fold is opened, so that a player stays light.

const fold = document.querySelector("kept-draft")?.closest("details");
fold?.addEventListener("toggle", () => import("./kept-draft.js"), { once: true });
