// Sound, voice and vibration of a guide: which of them, and when. practice-cues.js makes them; our own voice, which
// recorded-voice.js is, comes only where one is wanted. A line without a recording is spoken by the device, in the
// language of the words, and without a voice for that a tone stands for it.

import { playing } from "./media-controls.js";
import { dropTones, playTone, readyTone, say, soundIsOn, touch, voiceFor } from "./practice-cues.js";

// Seconds of tones set ahead: a page behind a locked screen may wake once a minute.
const AHEAD = 70;
const BELL_SECONDS = 2;
// Milliseconds.
const PATIENCE = 3000;
// Milliseconds in which a browser may still allow it.
const A_MOMENT = 500;

export class GuideCues {
  #player;
  #settings;
  // Of the guide's words; a browser that translates the page changes its `lang`.
  #language;
  #asked = null;
  // The last moment whose tone is set.
  #sounded = -1;
  // How many bells of the interval have rung.
  #rung = 0;

  constructor(player, settings) {
    this.#player = player;
    this.#settings = settings;
    this.#language = player.dataset.language;
  }

  // Puts our own voice into `own`. Without a network it is asked for again the next time.
  bring() {
    this.#asked ??= this.#open().catch(() => {
      this.#asked = null;
    });
    return Promise.race([this.#asked, new Promise((go) => setTimeout(go, PATIENCE))]);
  }

  async #open() {
    const { open } = await import("./recorded-voice.js");
    await open(this, this.#player, this.#settings);
  }

  async showDials() {
    await this.bring();
    if (!this.own?.list.voices.length) return;
    const { show } = await import("./voice-controls.js");
    await show(this.#player, this.#settings, this.own);
  }

  get isWanted() {
    return this.#settings.get("voice") === true;
  }

  get #isDevice() {
    return this.isWanted && voiceFor(this.#language) !== null;
  }

  get isLed() {
    return this.isWanted && this.own?.isLeading === true;
  }

  get isSpoken() {
    return this.#isDevice || this.isLed;
  }

  // Who asked to be led by a voice that there is not is led by the tone.
  get isToned() {
    return this.#settings.get("tone") || (this.isWanted && !this.isSpoken);
  }

  get isHeard() {
    return this.isToned || this.#settings.get("bell") > 0;
  }

  // Browsers show the keys of a headset only while something plays.
  keepKeys() {
    playing(true, (this.isHeard || this.isWanted) && !this.isLed ? this.#player.dataset.silence : "");
  }

  // Browsers allow sound only after somebody has pressed something. Until then, the next press anywhere turns it on.
  askForPress(isRefused, wake) {
    const hear = this.#player.querySelector("[data-part=hear]");
    setTimeout(() => {
      hear.hidden = !isRefused && soundIsOn();
    }, A_MOMENT);
    const pressed = () => {
      wake();
      hear.hidden = true;
    };
    for (const press of ["pointerdown", "keydown"]) addEventListener(press, pressed, { once: true });
  }

  // Called when a moment begins.
  begin({ cue, words }) {
    if (this.#settings.get("vibration")) touch(cue);
    if (!this.isLed || !this.own.holds(words)) this.#say(words);
  }

  #say(words) {
    if (this.#isDevice) say(words, this.#language, this.own?.manner);
  }

  // Says what must be done now, after the end of all else: a pack must come off.
  async call(words) {
    if (this.#settings.get("vibration")) touch("bell");
    if (this.isWanted && (await this.own?.say(words))) return;
    this.#say(words);
    if (!this.isToned) return;
    await readyTone();
    playTone("bell", BELL_SECONDS);
  }

  // True once our own voice leads, false where the browser wants a press before anything is heard.
  async lead(timeline) {
    if (!this.isWanted) return undefined;
    await this.bring();
    if (!this.#player.classList.contains("is-running")) return undefined; // stopped meanwhile
    const led = await this.own?.lead(timeline);
    if (led) this.#dropTones(timeline, this.#player.second);
    return led;
  }

  soundAhead(timeline, elapsed) {
    if (!this.isToned || !soundIsOn()) return;
    for (let index = this.#sounded + 1; ; index += 1) {
      const begins = timeline.startOf(index);
      if (begins >= Math.min(elapsed + AHEAD, timeline.total)) return;
      const { cue, of } = timeline.at(begins);
      const late = elapsed - begins;
      if (late < of) playTone(cue, of - Math.max(0, late), -late);
      this.#sounded = index;
    }
  }

  // The bell of the interval that was chosen, in minutes.
  ring(elapsed) {
    const every = (this.#settings.get("bell") ?? 0) * 60;
    const rung = every ? Math.floor(elapsed / every) : 0;
    if (rung > this.#rung) {
      playTone("bell", BELL_SECONDS);
      if (this.#settings.get("vibration")) touch("bell");
    }
    this.#rung = rung;
  }

  // Called when the clock jumped or the timeline changed: what was set ahead would come at a wrong second.
  drop(timeline, elapsed) {
    this.#dropTones(timeline, elapsed);
    if (this.isWanted) this.own?.follow(timeline);
    else this.own?.stop();
  }

  #dropTones(timeline, elapsed) {
    dropTones();
    this.#sounded = timeline.at(elapsed).index - 1;
  }

  startOver(timeline) {
    this.own?.stop();
    this.drop(timeline, 0);
    this.#rung = 0;
  }
}
