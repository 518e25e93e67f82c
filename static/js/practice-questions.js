// The questions after a practice, which wait until it has ended.

export function ask(after) {
  after.hidden = false;
  after.querySelector("input:not([type=hidden])")?.focus({ preventScroll: true });
  after.scrollIntoView({ block: "start", behavior: "auto" });
}

// By the link that stops a breath for which the player's script has not come yet, or never comes.
export const isStopped = () => location.hash === "#after";
