// The dials of our own voice, where the player has its others: who speaks, how fast, how loud, heard before; and its
// place on this device. They come once somebody looks at the dials, so that no page is larger for them before.

import { Keeping } from "./voice-keeping.js";

const PACES = [0.85, 1, 1.15];
const LOUDNESS = [1, 0.6, 0.3];

// Once for each player.
export async function show(player, settings, own) {
  if (player.querySelector("[data-set=speaker]")) return;
  await new Dials(player, settings, own).choose();
}

function made(name, about = {}, ...children) {
  const element = Object.assign(document.createElement(name), about);
  element.append(...children);
  return element;
}

class Dials {
  constructor(player, settings, own) {
    Object.assign(this, { player, settings, own, words: own.list.words });
    const grid = made("div", { className: "grid wide" }, this.#who(), this.#paces(), this.#loudness());
    const hear = this.#button(this.words.hear, () => this.#hear());
    this.said = made("p", { className: "quiet", role: "status" });
    this.keeping = new Keeping(own, this.words, (words) => this.#tell(words));
    this.box = made(
      "div",
      { className: "flow" },
      grid,
      made("p", { className: "buttons" }, hear, ...this.keeping.buttons),
      this.said,
    );
    player.querySelector(".switches").after(this.box);
    settings.restore(this.box);
    this.box.addEventListener("change", () => this.choose());
  }

  #dial(name, label, options) {
    const select = made("select", {}, ...options.map(([value, words]) => new Option(words, value)));
    select.dataset.set = name;
    return made("label", {}, label, select);
  }

  #who() {
    return this.#dial(
      "speaker",
      this.words.who,
      this.own.list.voices.map(({ name, says }) => [name, says]),
    );
  }

  #paces() {
    const { slower, pace, faster } = this.words;
    const dial = this.#dial(
      "pace",
      this.words.how_fast,
      PACES.map((each, place) => [each, [slower, pace, faster][place]]),
    );
    dial.querySelector("select").value = "1";
    return dial;
  }

  #loudness() {
    const { full, softer, quiet } = this.words;
    return this.#dial(
      "loudness",
      this.words.how_loud,
      LOUDNESS.map((each, place) => [each, [full, softer, quiet][place]]),
    );
  }

  #button(words, act) {
    const button = made("button", { type: "button", className: "button second", textContent: words });
    button.addEventListener("click", act);
    return button;
  }

  async choose() {
    const name = this.settings.text("speaker");
    this.own.manner = { pace: this.settings.get("pace"), loudness: this.settings.get("loudness") };
    if (name !== this.own.name) await this.own.open(this.own.what, name);
    this.own.follow(this.player.timeline);
    await this.keeping.look();
  }

  async #hear() {
    if (this.player.classList.contains("is-running")) return;
    const { sample } = this.own.list.voices.find(({ name }) => name === this.own.name);
    const isHeard = await this.own.say("", sample).catch(() => false);
    this.#tell(isHeard ? "" : this.words.not_now);
  }

  #tell(words) {
    this.said.textContent = words;
  }
}
