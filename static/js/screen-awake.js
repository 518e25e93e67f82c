// Keeps the screen awake while a practice runs, where the browser can.

let lock = null;
let wanted = false;

async function ask() {
  if (!wanted || lock || document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
  try {
    const given = await navigator.wakeLock.request("screen");
    // The practice may have ended, or asked twice, while the browser thought about it.
    if (!wanted || lock) return given.release();
    lock = given;
    lock.addEventListener("release", () => {
      if (lock === given) lock = null;
    });
  } catch {
    lock = null; // refused, for instance on low battery: the practice goes on all the same
  }
}

document.addEventListener("visibilitychange", ask);

export function keepAwake() {
  wanted = true;
  return ask();
}

export function letSleep() {
  wanted = false;
  lock?.release();
  lock = null;
}
