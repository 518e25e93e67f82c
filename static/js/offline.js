// On every page: what waits here to be sent, and the worker that opens pages without a network.

import "./time-zone.js";
import "./unsent-work.js";

async function prepare() {
  try {
    await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
    const { active } = await navigator.serviceWorker.ready;
    if (navigator.onLine) active?.postMessage({ do: "keep", page: location.href });
  } catch {
    /* a browser that forbids it: the site works as it is */
  }
}

function whenQuiet(work) {
  if ("requestIdleCallback" in window) requestIdleCallback(work, { timeout: 10000 });
  else setTimeout(work, 2000);
}

if ("serviceWorker" in navigator) {
  if (document.readyState === "complete") whenQuiet(prepare);
  else window.addEventListener("load", () => whenQuiet(prepare));
}
