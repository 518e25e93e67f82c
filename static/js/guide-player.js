// <guide-player>: runs any guide. The page can be used without it: it has the words, the form, and a breath that the
// style sheet moves. This script adds a clock, sound and vibration.
// The guide is in a JSON block inside the element: { skin, pattern, steps, words, most, off }. `most` is for a warm or
// cold pack: the seconds after which it must come off, and `off` the words that say so.
// When the practice ends, the element sends `practice-ended` { seconds }, and `practice-goes-on` whenever it begins to
// run. It listens to `parts-left-out` { parts }, and leaves out the steps for those parts of the body.

import { GuideCues } from "./guide-cues.js";
import { GuideDrawing } from "./guide-drawing.js";
import { hideControls, onCut, playing, showControls, showPlace } from "./media-controls.js";
import { PlayerSettings } from "./player-settings.js";
import { PracticeClock, Ticker } from "./practice-clock.js";
import { canSpeak, canVibrate, hush, readyTone, voiceFor } from "./practice-cues.js";
import { keepAwake, letSleep } from "./screen-awake.js";
import { breathTimeline, LEAST_BREATH, stepsTimeline } from "./timeline.js";

class GuidePlayer extends HTMLElement {
  #clock = new PracticeClock();
  #ticker = new Ticker(
    () => this.#tick(),
    () => this.#clock.isRunning,
  );
  #leftOut = new Set();
  #turn = 0; // the newest press; what an older one waits for is dropped

  connectedCallback() {
    this.guide = JSON.parse(this.querySelector('script[type="application/json"]').textContent);
    this.words = this.guide.words;
    this.settings = new PlayerSettings(this);
    this.drawing = new GuideDrawing(this, this.words);
    this.cues = new GuideCues(this, this.settings);
    this.gone = this.drawing.pacedSeconds();
    this.settings.restore();
    onCut(this.#cut);
    if (this.hasAttribute("sound-first")) this.settings.soundFirst(this.guide.skin);
    this.#settle();
    this.#showWhatNeedsScript();
    this.#listen();
    if (this.cues.isWanted) this.#bring();
    if (this.hasAttribute("autostart")) this.#start(false);
    else this.#takeOver();
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.look);
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
    this.#offerVoice();
    this.#settle();
  };

  #offerVoice() {
    this.#part("voice").hidden = !voiceFor(this.dataset.language) && !this.cues.own?.isThere;
  }

  #listen() {
    this.addEventListener("click", (event) => this.#press(event.target.closest("[data-do]")?.dataset.do));
    this.addEventListener("change", () => this.#change());
    this.#part("controls").addEventListener("toggle", () => this.#bring(this.cues.showDials()));
    this.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.#isOn) this.#stop();
    });
    document.addEventListener("visibilitychange", this.look);
    document.addEventListener("parts-left-out", this.#leaveOut);
  }

  // If somebody has pressed the link Start before the script was there, the practice begins.
  #takeOver() {
    if (!this.drawing.takeOver()) return;
    this.#start(false);
    if (document.readyState === "complete") this.#face();
    // A browser scrolls to the address once more when it has loaded, so wait for that.
    else addEventListener("load", () => setTimeout(() => this.#isOn && this.#face()), { once: true });
  }

  get #isOn() {
    return this.classList.contains("is-running");
  }

  look = () => this.#tick();

  get second() {
    return this.#clock.elapsed;
  }

  async #bring(coming = this.cues.bring()) {
    await coming;
    this.#offerVoice();
    if (this.cues.isWanted && this.#clock.isRunning && !this.cues.isLed) this.#lead();
  }

  // Something else took the sound: nothing plays on to whoever is near.
  #cut = () => this.#clock.isRunning && (this.cues.isHeard || this.cues.isSpoken) && this.#pause();

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
    if (this.cues.isWanted) this.#bring();
    if (this.cues.isHeard && this.#clock.isRunning) readyTone(this.#cut);
    this.settings.keep();
  }

  #soundSoon(isRefused = false) {
    readyTone(this.#cut);
    this.cues.askForPress(isRefused, () => {
      readyTone(this.#cut).then(this.look);
      if (this.#clock.isRunning) this.#lead();
    });
  }

  // The timeline is made anew whenever a switch changes; the time that has gone stays.
  #settle() {
    this.timeline = this.guide.skin === "breath" ? this.#breath() : this.#steps();
    this.classList.toggle("is-unseen", this.settings.get("visuals") === false);
    this.#leaveToVoice();
    this.#anew();
  }

  // What the voice says a screen reader does not, so that nobody hears it twice.
  #leaveToVoice(isSpoken = this.cues.isSpoken) {
    this.#part("cue").setAttribute("aria-live", isSpoken ? "off" : "polite");
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
    if (isPress) this.cues.keepKeys();
    if (this.cues.isHeard) {
      if (isPress) await readyTone(this.#cut);
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

  // So that somebody who breathes along with the style sheet, in the same pattern, is not thrown out of step.
  #goAlong() {
    const { startOf } = this.timeline;
    if (startOf(1) === 4 && startOf(2) === 10) this.#clock.skipTo(this.gone);
  }

  #face() {
    this.#part("pause").focus({ preventScroll: true });
    this.scrollIntoView({ block: "nearest" });
  }

  // A practice that our own voice leads begins once that is heard, and every other at once.
  async #run() {
    this.drawing.forget();
    this.#turn += 1;
    const mine = this.#turn;
    if (this.cues.isWanted) await this.#lead();
    if (mine !== this.#turn) return;
    this.#clock.start();
    this.cues.keepKeys();
    showPlace(this.timeline.total, this.second);
    this.#ticker.run();
    this.#tick();
    this.dispatchEvent(new CustomEvent("practice-goes-on", { bubbles: true }));
  }

  // While something else of its page is heard, it waits. Gives what is to be called after that.
  giveWay() {
    const wasRunning = this.#clock.isRunning;
    if (wasRunning) this.#pause();
    return () => {
      if (!this.#isOn) return hideControls();
      this.#announce();
      if (wasRunning && !this.#clock.isRunning) this.#pause();
    };
  }

  async #lead() {
    const led = await this.cues.lead(this.timeline);
    if (led === false) this.#soundSoon(true);
    this.#leaveToVoice();
  }

  #announce() {
    showControls(document.title, {
      play: () => this.#clock.isRunning || this.#pause(),
      pause: () => this.#clock.isRunning && this.#pause(),
      stop: () => this.#stop(),
      previoustrack: () => this.#step(-1),
      nexttrack: () => this.#step(1),
      seekbackward: () => this.#step(-1),
      seekforward: () => this.#step(1),
      seekto: ({ seekTime }) => this.#goTo(seekTime),
    });
  }

  async #pause() {
    this.#ticker.wait();
    if (!this.#clock.isRunning) {
      if (this.cues.isHeard) await readyTone(this.#cut);
      keepAwake();
      this.#part("pause").textContent = this.words.pause;
      return this.#run();
    }
    this.#clock.pause();
    this.cues.own?.stop();
    hush();
    letSleep();
    playing(false);
    this.#part("pause").textContent = this.words.go_on;
    this.drawing.say(this.words.paused);
  }

  #step(by) {
    this.#goTo(this.timeline.beside(this.second, by));
  }

  #goTo(second) {
    if (!this.#isOn) return;
    if (second >= this.timeline.total) return this.#stop();
    this.#clock.skipTo(second);
    this.#anew();
    showPlace(this.timeline.total, second);
  }

  #stop(words = this.words.done) {
    this.#turn += 1;
    const seconds = Math.round(Math.min(this.#clock.elapsed, this.timeline.total));
    this.#clock.reset();
    this.cues.startOver(this.timeline);
    this.#quiet();
    this.#showRunning(false);
    this.#part("start").textContent = this.words.again;
    this.#part("start").classList.replace("first", "second"); // Save is the main button from now on
    this.#leaveToVoice(false); // it says nothing of the end
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
    if (this.cues.isLed) this.#clock.follow(this.cues.own.position);
    if (this.second >= this.timeline.total) return this.#stop();
    this.#draw();
    this.cues.soundAhead(this.timeline, this.second);
    this.cues.ring(this.second);
  }

  // The longest time of a warm or cold pack runs on while the player is paused: the pack is still on.
  #isOver() {
    if (!this.guide.most || !this.#isOn || this.#clock.sinceStart < this.guide.most) return false;
    // From the step with the bell on, the pack is off.
    const off = this.guide.steps.findIndex((step) => step.cue === "bell");
    if (off >= 0 && this.timeline.at(this.#clock.elapsed).place >= off) return false;
    this.#stop(this.guide.off);
    this.cues.call(this.guide.off); // after all else is silent
    return true;
  }

  #draw() {
    const begun = this.drawing.draw(this.timeline, this.#clock.elapsed, this.#clock.isRunning);
    if (begun) this.cues.begin(begun);
  }
}

customElements.define("guide-player", GuidePlayer);
