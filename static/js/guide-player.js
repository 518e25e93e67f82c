// <guide-player>: runs any guide. The page is whole without it: the words, a breath drawn by
// the style sheet and the form are there. Here the guide gets a clock, sound and touch.
//
// The guide stands in a JSON block inside the element: { skin, pattern, steps, words, most, off }.
// It tells the page when it ends, early or late, by the event `practice-ended` { seconds }, and
// leaves out what the page names by the event `parts-left-out` { parts }.

import { PracticeClock } from "./practice-clock.js";
import { keepAwake, letSleep } from "./screen-awake.js";
import { canSpeak, canVibrate, dropTones, hush, playTone, readyTone, say, soundIsOn, touch } from "./practice-cues.js";
import { hideControls, playing, showControls } from "./media-controls.js";
import { keep, restore } from "./player-settings.js";
import { LEAST_BREATH, breathTimeline, stepsTimeline } from "./timeline.js";

const SMALL = 0.52;
const AHEAD = 70; // seconds of tones set ahead: a page behind a locked screen may wake once a minute

function breathScale({ cue, into, of }) {
  const eased = 0.5 - Math.cos((Math.PI * into) / of) / 2;
  if (cue === "in") return SMALL + (1 - SMALL) * eased;
  if (cue === "out") return 1 - (1 - SMALL) * eased;
  return cue === "hold" ? 1 : SMALL;
}

class GuidePlayer extends HTMLElement {
  #clock = new PracticeClock();
  #shown = -1;
  #sounded = -1;
  #rung = 0;
  #frame = 0;
  #timer = 0;
  #delay = 0;
  #leftOut = new Set();

  connectedCallback() {
    this.guide = JSON.parse(this.querySelector('script[type="application/json"]').textContent);
    this.words = this.guide.words;
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    this.gone = (this.#part("orb")?.getAnimations()[0]?.currentTime ?? 0) / 1000; // seconds for which the style sheet has paced it
    this.fields = [...this.querySelectorAll("[data-set]:not([data-forget])")];
    restore(this.fields);
    this.#soundFirst();
    this.#settle();
    this.classList.add("is-live");
    this.#part("buttons").hidden = this.#part("controls").hidden = false;
    if (this.#part("pattern")) this.#part("pattern").hidden = false;
    if (this.#part("use")) this.#part("use").hidden = true; // the dials act at once
    if (!canVibrate) this.#part("vibration").hidden = true;
    if (!canSpeak) this.#part("voice").hidden = true;
    this.addEventListener("click", (event) => this.#press(event.target.closest("[data-do]")?.dataset.do));
    this.addEventListener("change", () => this.#change());
    this.addEventListener("keydown", (event) => { if (event.key === "Escape" && this.#isOn) this.#stop(); });
    document.addEventListener("visibilitychange", this.#look);
    document.addEventListener("parts-left-out", this.#leaveOut);
    if (this.hasAttribute("autostart")) this.#start(false);
    else this.#takeOver();
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.#look);
    document.removeEventListener("parts-left-out", this.#leaveOut);
    this.#quiet();
  }

  // Start is a link until now, which leads to the breath as the style sheet draws it, or to the steps. Whoever has
  // pressed it already is there: the practice begins. Who comes by such an address has not pressed anything.
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
    else addEventListener("load", () => setTimeout(() => { if (this.#isOn) this.#face(); }), { once: true }); // a browser goes to the address once more as it loads
  }

  get #isOn() {
    return this.classList.contains("is-running");
  }

  #look = () => this.#tick();

  #leaveOut = (event) => {
    this.#leftOut = new Set(event.detail.parts);
    this.querySelectorAll("[data-part-id]").forEach((shape) => shape.classList.toggle("is-sore", this.#leftOut.has(shape.dataset.partId)));
    this.#settle();
  };

  #part(name) {
    return this.querySelector(`[data-part="${name}"]`);
  }

  #field(name) {
    return this.querySelector(`[data-set="${name}"]`);
  }

  #set(name) {
    const field = this.#field(name);
    if (!field) return undefined;
    return field.type === "checkbox" ? field.checked : Number(field.value);
  }

  get #isHeard() {
    return this.#set("tone") || this.#set("bell") > 0;
  }

  #press(what) {
    const does = {
      start: this.#start,
      pause: this.#pause,
      stop: this.#stop,
      back: () => this.#step(-1),
      skip: () => this.#step(1),
      "by-ear": () => { this.#byEar(); this.#change(); },
    };
    does[what]?.call(this);
  }

  #change() {
    this.#settle();
    if (this.#isHeard && this.#clock.isRunning) readyTone();
    keep(this.fields);
  }

  // In flare mode the ear leads.
  #soundFirst() {
    if (this.hasAttribute("sound-first")) this.#field(this.guide.skin === "breath" || !canSpeak ? "tone" : "voice").checked = true;
  }

  // Browsers keep sound for a press. Where they still wait for one, any will do.
  #soundSoon() {
    const hear = this.#part("hear");
    const wake = () => { readyTone().then(() => this.#tick()); hear.hidden = true; };
    readyTone();
    setTimeout(() => { hear.hidden = soundIsOn(); }, 500);
    for (const press of ["pointerdown", "keydown"]) addEventListener(press, wake, { once: true });
  }

  // Eyes closed: whatever can be heard or felt, and nothing to see.
  #byEar() {
    if (!this.#set("voice")) this.#field("tone").checked = true;
    if (canVibrate) this.#field("vibration").checked = true;
    this.#field("visuals").checked = false;
  }

  // The timeline is made anew whenever a switch changes; the time that has gone stays.
  #settle() {
    if (this.guide.skin === "breath") {
      const pattern = { ...this.guide.pattern };
      for (const phase of ["in", "hold", "out", "rest"]) pattern[phase] = this.#set(phase) ?? pattern[phase] ?? 0;
      const short = LEAST_BREATH - pattern.in - pattern.hold - pattern.out - pattern.rest;
      if (short > 0) pattern.out += short;
      document.querySelectorAll("[data-mirror]").forEach((field) => { field.value = pattern[field.dataset.mirror]; });
      this.timeline = breathTimeline(pattern, (this.#set("minutes") ?? 5) * 60, this.words);
    } else {
      this.timeline = stepsTimeline(this.guide.steps.map((step) => (this.#leftOut.has(step.part) ? { ...step, seconds: 0 } : step)));
    }
    this.classList.toggle("is-unseen", this.#set("visuals") === false);
    this.#shown = -1;
    this.#dropAhead();
    this.#draw();
  }

  // By a press, or, where the page begins by itself, without waiting for one.
  async #start(isPress = true) {
    if (this.#isHeard) {
      if (isPress) await readyTone();
      else this.#soundSoon();
    }
    this.#part("start").hidden = true;
    this.#part("running").hidden = false;
    this.#part("controls").open = false;
    this.#part("pause").textContent = this.words.pause;
    this.classList.add("is-running");
    if (isPress) this.#face();
    keepAwake();
    this.#announce();
    const wait = this.#set("delay") ?? 0;
    if (!isPress && !wait) this.#goAlong();
    if (wait) this.#part("cue").textContent = this.words.soon;
    this.#delay = setTimeout(() => this.#run(), wait * 1000);
  }

  // Who breathes already, with the style sheet, is not thrown out of step, if this breath is the same.
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
    this.#shown = -1;
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#tick(), 250); // goes on, slowly, where frames stop
    playing(true, this.#isHeard || this.#set("voice") ? this.dataset.silence : "");
    this.#loop();
    this.#tick();
  }

  #announce() {
    showControls(document.title, {
      play: () => { if (!this.#clock.isRunning) this.#pause(); },
      pause: () => { if (this.#clock.isRunning) this.#pause(); },
      stop: () => this.#stop(),
      previoustrack: () => this.#step(-1),
      nexttrack: () => this.#step(1),
    });
  }

  async #pause() {
    clearTimeout(this.#delay);
    if (!this.#clock.isRunning) {
      if (this.#isHeard) await readyTone();
      keepAwake();
      this.#part("pause").textContent = this.words.pause;
      return this.#run();
    }
    this.#clock.pause();
    cancelAnimationFrame(this.#frame);
    hush();
    letSleep();
    playing(false);
    this.#part("pause").textContent = this.words.go_on;
    this.#part("cue").textContent = this.words.paused;
  }

  #step(by) {
    if (!this.#isOn) return;
    const next = this.timeline.beside(this.#clock.elapsed, by);
    if (next >= this.timeline.total) return this.#stop();
    this.#clock.skipTo(next);
    this.#shown = -1;
    this.#dropAhead();
    this.#draw();
  }

  #stop(words = this.words.done) {
    const seconds = Math.round(Math.min(this.#clock.elapsed, this.timeline.total));
    this.#clock.reset();
    this.#dropAhead();
    this.#quiet();
    this.#rung = 0;
    this.classList.remove("is-running");
    this.#part("running").hidden = true;
    this.#part("start").hidden = false;
    this.#part("start").textContent = this.words.again;
    this.#part("start").classList.replace("first", "second"); // saving comes first now
    this.#part("cue").textContent = words;
    this.#part("count").textContent = this.#part("left").textContent = "";
    this.dispatchEvent(new CustomEvent("practice-ended", { bubbles: true, detail: { seconds } }));
  }

  #quiet() {
    cancelAnimationFrame(this.#frame);
    clearInterval(this.#timer);
    clearTimeout(this.#delay);
    hush();
    letSleep();
    hideControls();
  }

  #dropAhead() {
    dropTones();
    this.#sounded = this.timeline.at(this.#clock.elapsed).index - 1;
  }

  #loop() {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => { this.#tick(); if (this.#clock.isRunning) this.#loop(); });
  }

  #tick() {
    if (this.#isOver()) return;
    if (!this.#clock.isRunning) return;
    if (this.#clock.elapsed >= this.timeline.total) return this.#stop();
    this.#draw();
    this.#sound();
    this.#ring();
  }

  // The longest time of a warm or cold pack runs on while the player is paused: the pack is still on.
  #isOver() {
    if (!this.guide.most || !this.#isOn || this.#clock.sinceStart < this.guide.most) return false;
    const off = this.guide.steps.findIndex((step) => step.cue === "bell");
    if (off >= 0 && this.timeline.at(this.#clock.elapsed).place >= off) return false;
    if (this.#set("tone")) playTone("bell", 2);
    if (this.#set("vibration")) touch("bell");
    if (this.#set("voice")) say(this.guide.off);
    this.#stop(this.guide.off);
    return true;
  }

  #sound() {
    if (!this.#set("tone") || !soundIsOn()) return;
    const { elapsed } = this.#clock;
    for (let index = this.#sounded + 1; ; index += 1) {
      const begins = this.timeline.startOf(index);
      if (begins >= Math.min(elapsed + AHEAD, this.timeline.total)) return;
      const { cue, of } = this.timeline.at(begins);
      const late = elapsed - begins;
      if (late < of) playTone(cue, of - Math.max(0, late), -late);
      this.#sounded = index;
    }
  }

  #ring() {
    const every = (this.#set("bell") ?? 0) * 60;
    const rung = every ? Math.floor(this.#clock.elapsed / every) : 0;
    if (rung > this.#rung) {
      playTone("bell", 2);
      if (this.#set("vibration")) touch("bell");
    }
    this.#rung = rung;
  }

  #draw() {
    const elapsed = this.#clock.elapsed;
    const moment = this.timeline.at(elapsed);
    const running = this.#clock.isRunning;
    if (running && moment.index !== this.#shown) this.#enter(moment);
    this.dataset.cue = moment.cue;
    this.#part("count").textContent = running ? Math.max(1, Math.ceil(moment.of - moment.into)) : "";
    const { total } = this.timeline;
    this.#part("past").style.strokeDashoffset = String(100 - (total ? (100 * elapsed) / total : 0));
    const orb = this.#part("orb");
    if (orb) orb.style.transform = `scale(${(this.still.matches ? 0.8 : breathScale(moment)).toFixed(4)})`;
    this.#part("left").textContent = this.words.left.replace("{}", Math.max(1, Math.ceil((total - elapsed) / 60)));
  }

  #enter(moment) {
    this.#shown = moment.index;
    this.#part("cue").textContent = moment.words;
    this.querySelectorAll("[data-part-id]").forEach((shape) => shape.classList.toggle("is-lit", moment.part !== "" && shape.dataset.partId === moment.part));
    document.querySelectorAll('[data-part="steps"] > li').forEach((line, place) => {
      if (place === moment.place) line.setAttribute("aria-current", "step");
      else line.removeAttribute("aria-current");
    });
    if (this.#set("vibration")) touch(moment.cue);
    if (this.#set("voice")) say(moment.words);
  }
}

customElements.define("guide-player", GuidePlayer);
