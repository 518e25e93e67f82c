// The questions after a practice wait until it has ended: the player tells of that, or the address does, where a breath
// was stopped for which the player's script has not come yet, or never comes.

export function waitForTheEnd(after, ended = () => {}) {
  const isStopped = () => location.hash === "#after";
  const ask = () => {
    after.hidden = false;
    after.querySelector("input:not([type=hidden])")?.focus({ preventScroll: true });
    after.scrollIntoView({ block: "start", behavior: "auto" });
  };
  after.hidden = !isStopped();
  document.addEventListener("practice-ended", ({ detail }) => {
    ended(detail);
    ask();
  });
  addEventListener("hashchange", () => {
    if (isStopped()) ask();
  });
}
