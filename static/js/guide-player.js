// <guide-player>: runs any guide. The page can be used without it: it has the words, the form, and a breath that the
// style sheet moves. This script adds a clock, sound and vibration.
//
// The guide is in a JSON block inside the element: { skin, pattern, steps, words, most, off }. `most` is for a warm or
// cold pack: the seconds after which it must come off, and `off` the words that say so.
// When the practice ends, early or late, the element sends the event `practice-ended` { seconds }. It listens to the
// event `parts-left-out` { parts }, and leaves out the steps for those parts of the body.
//
// This file says what each button does. Five others do the rest: timeline.js works out what is due at a given second,
// practice-clock.js counts the seconds, guide-drawing.js changes what is on the screen, guide-cues.js makes sound and
// vibration, and player-settings.js reads and remembers the switches.

import { GuideCues } from "./guide-cues.js";
import { GuideDrawing } from "./guide-drawing.js";
import { hideControls, playing, showControls } from "./media-controls.js";
import { PlayerSettings } from "./player-settings.js";
import { PracticeClock, Ticker } from "./practice-clock.js";
import { canSpeak, canVibrate, hush, readyTone, soundIsOn, voiceFor } from "./practice-cues.js";
import { keepAwake, letSleep } from "./screen-awake.js";
import { breathTimeline, LEAST_BREATH, stepsTimeline } from "./timeline.js";

class GuidePlayer extends HTMLElement {
  #clock = new PracticeClock();
  #ticker = new Ticker(
    () => this.#tick(),
    () => this.#clock.isRunning,
  );
  #leftOut = new Set();

  connectedCallback() {
    this.guide = JSON.parse(this.querySelector('script[type="application/json"]').textContent);
    this.words = this.guide.words;
    this.settings = new PlayerSettings(this);
    this.drawing = new GuideDrawing(this, this.words);
    this.cues = new GuideCues(this.settings, this.dataset.language);
    this.gone = this.drawing.pacedSeconds();
    this.settings.restore();
    if (this.hasAttribute("sound-first")) this.settings.soundFirst(this.guide.skin);
    this.#settle();
    this.#showWhatNeedsScript();
    this.#listen();
    if (this.hasAttribute("autostart")) this.#start(false);
    else this.#takeOver();
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.#look);
    document.removeEventListener("parts-left-out", this.#leaveOut);
    if (canSpeak) speechSynthesis.removeEventListener?.("voiceschanged", this.#showVoice);
    this.#quiet();
  }

  #showWhatNeedsScript() {
    this.classList.add("is-live");
    this.#part("buttons").hidden = this.#part("controls").hidden = false;
    if (this.#part("pattern")) this.#part("pattern").hidden = false;
    if (this.#part("use")) this.#part("use").hidden = true; // a dial acts as soon as it is turned
    if (!canVibrate) this.#part("vibration").hidden = true;
    this.#showVoice();
    if (canSpeak) speechSynthesis.addEventListener?.("voiceschanged", this.#showVoice);
  }

  // Voices may come later than the page, or not at all: one is offered only while there is one.
  #showVoice = () => {
    this.#part("voice").hidden = !voiceFor(this.dataset.language);
    this.#settle();
  };

  #listen() {
    this.addEventListener("click", (event) => this.#press(event.target.closest("[data-do]")?.dataset.do));
    this.addEventListener("change", () => this.#change());
    this.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.#isOn) this.#stop();
    });
    document.addEventListener("visibilitychange", this.#look);
    document.addEventListener("parts-left-out", this.#leaveOut);
  }

  // Before the script is there, Start is a link to the breath that the style sheet draws, or to the list of steps. It
  // becomes a button now. If somebody has pressed the link already, the practice begins; if they only came by an
  // address with that same fragment, it does not.
  #takeOver() {
    const begin = this.#part("begin");
    const isHere = location.hash === begin.hash && navigator.userActivation?.hasBeenActive !== false;
    const hadFocus = document.activeElement === begin;
    begin.remove();
    this.#part("end")?.remove();
    this.#part("start").hidden = false;
    if (hadFocus) this.#part("start").focus({ preventScroll: true });
    if (!isHere) return;
    this.#start(false);
    if (document.readyState === "complete") this.#face();
    // A browser scrolls to the address once more when it has loaded, so wait for that.
    else addEventListener("load", () => setTimeout(() => this.#isOn && this.#face()), { once: true });
  }

  get #isHeard() {
    return this.cues.isToned || this.settings.get("bell") > 0;
  }

  get #isOn() {
    return this.classList.contains("is-running");
  }

  #look = () => this.#tick();

  #leaveOut = (event) => {
    this.#leftOut = new Set(event.detail.parts);
    this.drawing.markSore(this.#leftOut);
    this.#settle();
  };

  #part(name) {
    return this.drawing.part(name);
  }

  #press(what) {
    const does = {
      start: this.#start,
      pause: this.#pause,
      stop: this.#stop,
      back: () => this.#step(-1),
      skip: () => this.#step(1),
      "by-ear": () => {
        this.settings.byEar();
        this.#change();
      },
    };
    does[what]?.call(this);
  }

  #change() {
    this.#settle();
    if (this.#isHeard && this.#clock.isRunning) readyTone();
    this.settings.keep();
  }

  // Browsers allow sound only after somebody has pressed something. Until then, the next press anywhere turns it on.
  #soundSoon() {
    const hear = this.#part("hear");
    const wake = () => {
      readyTone().then(() => this.#tick());
      hear.hidden = true;
    };
    readyTone();
    setTimeout(() => {
      hear.hidden = soundIsOn();
    }, 500);
    for (const press of ["pointerdown", "keydown"]) addEventListener(press, wake, { once: true });
  }

  // The timeline is made anew whenever a switch changes; the time that has gone stays.
  #settle() {
    this.timeline = this.guide.skin === "breath" ? this.#breath() : this.#steps();
    this.classList.toggle("is-unseen", this.settings.get("visuals") === false);
    // Where the voice says each line, a screen reader does not, so that nobody hears it twice.
    this.#part("cue").setAttribute("aria-live", this.cues.isSpoken ? "off" : "polite");
    this.#anew();
  }

  #breath() {
    const pattern = this.settings.breath(this.guide.pattern, LEAST_BREATH);
    this.settings.mirror(pattern);
    return breathTimeline(pattern, (this.settings.get("minutes") ?? this.guide.minutes) * 60, this.words);
  }

  #steps() {
    const isLeftOut = (step) => this.#leftOut.has(step.part);
    return stepsTimeline(this.guide.steps.map((step) => (isLeftOut(step) ? { ...step, seconds: 0 } : step)));
  }

  // Show the moment again from its beginning, and drop the tones that were scheduled for the timeline before.
  #anew() {
    this.drawing.forget();
    this.cues.drop(this.timeline, this.#clock.elapsed);
    this.#draw();
  }

  // `isPress` is false where nobody has pressed the button Start: the page begins by itself, or its link was pressed
  // before the script was there. A browser may then refuse sound.
  async #start(isPress = true) {
    if (this.#isHeard) {
      if (isPress) await readyTone();
      else this.#soundSoon();
    }
    this.#showRunning(true);
    this.#part("controls").open = false;
    this.#part("pause").textContent = this.words.pause;
    if (isPress) this.#face();
    keepAwake();
    this.#announce();
    const wait = this.settings.get("delay") ?? 0;
    if (!isPress && !wait) this.#goAlong();
    if (wait) this.drawing.say(this.words.soon);
    this.#ticker.after(wait, () => this.#run());
  }

  #showRunning(isOn) {
    this.classList.toggle("is-running", isOn);
    this.#part("start").hidden = isOn;
    this.#part("running").hidden = !isOn;
  }

  // The style sheet paces the breath before the script is there. If the pattern is the same, go on from its second,
  // so that somebody who breathes along is not thrown out of step.
  #goAlong() {
    const { startOf } = this.timeline;
    if (startOf(1) === 4 && startOf(2) === 10) this.#clock.skipTo(this.gone);
  }

  #face() {
    this.#part("pause").focus({ preventScroll: true });
    this.scrollIntoView({ block: "nearest" });
  }

  #run() {
    this.#clock.start();
    this.drawing.forget();
    playing(true, this.#isHeard || this.cues.isSpoken ? this.dataset.silence : "");
    this.#ticker.run();
    this.#tick();
  }

  #announce() {
    showControls(document.title, {
      play: () => this.#clock.isRunning || this.#pause(),
      pause: () => this.#clock.isRunning && this.#pause(),
      stop: () => this.#stop(),
      previoustrack: () => this.#step(-1),
      nexttrack: () => this.#step(1),
    });
  }

  async #pause() {
    this.#ticker.wait();
    if (!this.#clock.isRunning) {
      if (this.#isHeard) await readyTone();
      keepAwake();
      this.#part("pause").textContent = this.words.pause;
      return this.#run();
    }
    this.#clock.pause();
    hush();
    letSleep();
    playing(false);
    this.#part("pause").textContent = this.words.go_on;
    this.drawing.say(this.words.paused);
  }

  #step(by) {
    if (!this.#isOn) return;
    const next = this.timeline.beside(this.#clock.elapsed, by);
    if (next >= this.timeline.total) return this.#stop();
    this.#clock.skipTo(next);
    this.#anew();
  }

  #stop(words = this.words.done) {
    const seconds = Math.round(Math.min(this.#clock.elapsed, this.timeline.total));
    this.#clock.reset();
    this.cues.startOver(this.timeline);
    this.#quiet();
    this.#showRunning(false);
    this.#part("start").textContent = this.words.again;
    this.#part("start").classList.replace("first", "second"); // Save is the main button from now on
    this.drawing.end(words);
    this.dispatchEvent(new CustomEvent("practice-ended", { bubbles: true, detail: { seconds } }));
  }

  #quiet() {
    this.#ticker.stop();
    hush();
    letSleep();
    hideControls();
  }

  #tick() {
    if (this.#isOver()) return;
    if (!this.#clock.isRunning) return;
    const { elapsed } = this.#clock;
    if (elapsed >= this.timeline.total) return this.#stop();
    this.#draw();
    this.cues.soundAhead(this.timeline, elapsed);
    this.cues.ring(elapsed);
  }

  // The longest time of a warm or cold pack runs on while the player is paused: the pack is still on.
  #isOver() {
    if (!this.guide.most || !this.#isOn || this.#clock.sinceStart < this.guide.most) return false;
    // From the step with the bell on, the pack is off.
    const off = this.guide.steps.findIndex((step) => step.cue === "bell");
    if (off >= 0 && this.timeline.at(this.#clock.elapsed).place >= off) return false;
    this.cues.call(this.guide.off);
    this.#stop(this.guide.off);
    return true;
  }

  #draw() {
    const begun = this.drawing.draw(this.timeline, this.#clock.elapsed, this.#clock.isRunning);
    if (begun) this.cues.begin(begun);
  }
}

customElements.define("guide-player", GuidePlayer);
