// Keeps the screen awake while a practice runs, where the browser can.

let lock = null;
let wanted = false;

async function ask() {
  if (!wanted || lock || document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
  try {
    lock = await navigator.wakeLock.request("screen");
    lock.addEventListener("release", () => {
      lock = null;
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
