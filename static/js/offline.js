// On every page: what waits here to be sent, and the worker that opens pages without a network.

import "./time-zone.js";
import "./unsent-work.js";

const is = (query) => window.matchMedia(query).matches;

// What the worker cannot see: whether the site is installed, and whether the person wants little to be loaded.
async function askToKeep(isInstalled) {
  if (!navigator.onLine) return;
  const { active } = await navigator.serviceWorker.ready;
  const isSaving = is("(prefers-reduced-data: reduce)") || navigator.connection?.saveData === true;
  active?.postMessage({ do: "keep", page: location.href, isInstalled, isSaving });
}

async function prepare() {
  try {
    await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
    await askToKeep(is("(display-mode: standalone)") || navigator.standalone === true);
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
  window.addEventListener("appinstalled", () => whenQuiet(() => askToKeep(true).catch(() => {})));
}
