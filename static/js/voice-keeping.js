// "Keep this practice with its voice": the two buttons that put the recordings of one practice on this device, and take
// them from it. Only where a worker would open the page without a network.

import "./kept-voices.js";

const { keptVoices } = globalThis;

export class Keeping {
  constructor(own, words, tell) {
    Object.assign(this, { own, words, tell });
    this.keep = this.#button(() => this.#keep());
    this.remove = this.#button(() => this.#remove());
    this.buttons = [this.keep, this.remove];
  }

  #button(act) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "button second", hidden: true });
    button.addEventListener("click", act);
    return button;
  }

  // What is so for the voice that is chosen. What was kept is brought to what is recorded now.
  async look() {
    const isPossible = Boolean(navigator.serviceWorker?.controller) && "caches" in globalThis && this.own.isThere;
    const isKept = isPossible && (await keptVoices.holds(this.own.address));
    this.keep.textContent = this.words.keep.replace(
      "{}",
      keptVoices.sizeOf(this.own.bytes, document.documentElement.lang),
    );
    this.remove.textContent = this.words.remove;
    this.keep.hidden = !isPossible || isKept;
    this.remove.hidden = !isKept;
    if (isKept && navigator.onLine) keptVoices.keep(this.own.address).catch(() => {});
  }

  async #keep() {
    this.tell(this.words.keeping);
    try {
      await keptVoices.keep(this.own.address);
      this.tell(this.words.kept);
    } catch ({ name }) {
      this.tell(name === "QuotaExceededError" ? this.words.no_room : this.words.not_now);
    }
    await this.#swap(this.remove);
  }

  async #remove() {
    await keptVoices.remove(this.own.address);
    this.tell(this.words.removed);
    await this.#swap(this.keep);
  }

  // The button that was pressed goes, so the focus goes to the one that came.
  async #swap(to) {
    await this.look();
    if (!to.hidden) to.focus();
  }
}
