// Sound, voice and vibration of a guide: which of them, and when. practice-cues.js makes them.

import { dropTones, playTone, say, soundIsOn, touch, voiceFor } from "./practice-cues.js";

const AHEAD = 70; // seconds of tones set ahead: a page behind a locked screen may wake once a minute
const BELL_SECONDS = 2;

export class GuideCues {
  #settings;
  #language; // of the guide's words; a browser that translates the page changes its `lang`
  #sounded = -1; // the last moment whose tone is set
  #rung = 0; // how many bells of the interval have rung

  constructor(settings, language) {
    this.#settings = settings;
    this.#language = language;
  }

  get isSpoken() {
    return Boolean(this.#settings.get("voice") && voiceFor(this.#language));
  }

  // Who asked to be led by a voice that this device does not have is led by the tone.
  get isToned() {
    return Boolean(this.#settings.get("tone") || (this.#settings.get("voice") && !this.isSpoken));
  }

  // Called when a moment begins.
  begin(moment) {
    if (this.#settings.get("vibration")) touch(moment.cue);
    if (this.isSpoken) say(moment.words, this.#language);
  }

  // Says what must be done now, whichever moment is shown: a pack must come off.
  call(words) {
    if (this.isToned) playTone("bell", BELL_SECONDS);
    if (this.#settings.get("vibration")) touch("bell");
    if (this.isSpoken) say(words, this.#language);
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

  // Called when the clock jumped or the timeline changed: the tones that were set ahead would come at a wrong second.
  drop(timeline, elapsed) {
    dropTones();
    this.#sounded = timeline.at(elapsed).index - 1;
  }

  startOver(timeline) {
    this.drop(timeline, 0);
    this.#rung = 0;
  }
}
