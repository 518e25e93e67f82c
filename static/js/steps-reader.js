// <steps-reader>: reads the three steps of Help now aloud once somebody asks for it, and fetches nothing before. The
// breath of the page waits meanwhile, and a screen reader is not spoken over. Where nobody can say a line, a tone
// stands for it, with the time to read it.

import { hideControls, showControls } from "./media-controls.js";
import { playTone, readyTone } from "./practice-cues.js";

const BELL_SECONDS = 1.6;
// Milliseconds in which a line can be read on the screen.
const TO_READ = 6000;
// And for the list of what is recorded; the device begins without it.
const PATIENCE = 3000;

function ringForALine() {
  playTone("bell", BELL_SECONDS);
  return TO_READ;
}

class StepsReader extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.steps = this.parentElement.querySelector("ol");
    this.said = this.steps.cloneNode(true); // before somebody lets the page be translated
    this.player = document.querySelector("guide-player");
    this.button.addEventListener("click", () => (this.isOn ? this.#stop() : this.#begin().catch(this.quiet)));
    this.quiet = () => this.isOn && this.#stop();
    for (const [where, what] of this.#others) where.addEventListener(what, this.quiet);
    this.hidden = false;
  }

  disconnectedCallback() {
    for (const [where, what] of this.#others) where.removeEventListener(what, this.quiet);
    this.quiet();
  }

  // What else is heard here, or ends it.
  get #others() {
    return [
      [document, "practice-goes-on"],
      [window, "pagehide"],
    ];
  }

  async #begin() {
    this.isOn = true;
    this.button.textContent = this.dataset.stop;
    this.#takeOver();
    this.#allow();
    await this.#make();
    if (!this.isOn) return;
    this.reader.at = 0;
    this.reader.read();
  }

  #takeOver() {
    const cue = this.player.querySelector("[data-part=cue]");
    const live = cue.getAttribute("aria-live") ?? "polite";
    cue.setAttribute("aria-live", "off");
    const goOn = this.player.giveWay();
    hideControls();
    showControls(document.title, { pause: this.quiet, stop: this.quiet });
    this.giveBack = () => {
      goOn();
      cue.setAttribute("aria-live", live);
    };
  }

  // A phone allows a sound while the press is fresh, and from then on whatever plays in its place.
  #allow() {
    readyTone().catch(() => {});
    if (this.sound) return;
    this.sound = new Audio(this.dataset.silence);
    this.sound.play().catch(() => {});
  }

  async #make() {
    const { ReadAloud } = await import("./read-aloud.js");
    const { manner, recordingsOf } = await import("./text-recordings.js");
    this.reader ??= new ReadAloud(this.steps, this.player.dataset.language, this);
    const { pace = 1, loudness = 1 } = manner();
    const told = { pace: Number(pace), loudness: Number(loudness), onPause: this.quiet, onEnd: this.quiet };
    Object.assign(this.reader, told, { tone: ringForALine });
    const coming = recordingsOf(this.reader.language, "help-now").then((recorded) =>
      Object.assign(this.reader, { recorded }),
    );
    await Promise.race([coming.catch(() => {}), new Promise((go) => setTimeout(go, PATIENCE))]);
  }

  #stop() {
    this.isOn = false;
    this.button.textContent = this.dataset.read;
    this.reader?.stop();
    this.giveBack();
  }
}

customElements.define("steps-reader", StepsReader);
