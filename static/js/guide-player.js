// <guide-player>: runs any guide. The page is whole without it: the words, a breath drawn by
// the style sheet and the form are there. Here the guide gets a clock, sound and touch.
//
// The guide stands in a JSON block inside the element: { skin, pattern, steps, words }.
// It tells the page when it ends, early or late, by the event `practice-ended` { seconds }.

import { PracticeClock } from "./practice-clock.js";
import { keepAwake, letSleep } from "./screen-awake.js";
import { canSpeak, canVibrate, hush, playTone, readyTone, say, touch } from "./practice-cues.js";
import { keep, restore } from "./player-settings.js";
import { LEAST_BREATH, breathTimeline, stepsTimeline } from "./timeline.js";

const SMALL = 0.52;

function breathScale({ cue, into, of }) {
  const eased = 0.5 - Math.cos((Math.PI * into) / of) / 2;
  if (cue === "in") return SMALL + (1 - SMALL) * eased;
  if (cue === "out") return 1 - (1 - SMALL) * eased;
  return cue === "hold" ? 1 : SMALL;
}

class GuidePlayer extends HTMLElement {
  #clock = new PracticeClock();
  #shown = -1;
  #frame = 0;
  #timer = 0;
  #delay = 0;

  connectedCallback() {
    this.guide = JSON.parse(this.querySelector('script[type="application/json"]').textContent);
    this.words = this.guide.words;
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    this.fields = [...this.querySelectorAll("[data-set]:not([data-forget])")];
    restore(this.fields);
    this.#settle();
    this.classList.add("is-live");
    this.#part("buttons").hidden = this.#part("controls").hidden = false;
    if (!canVibrate) this.#part("vibration").hidden = true;
    if (!canSpeak) this.#part("voice").hidden = true;
    this.addEventListener("click", (event) => this.#press(event.target.closest("[data-do]")?.dataset.do));
    this.addEventListener("change", () => this.#settle());
    this.addEventListener("keydown", (event) => { if (event.key === "Escape" && this.#clock.elapsed) this.#stop(); });
    document.addEventListener("visibilitychange", this.#look);
    if (this.hasAttribute("autostart")) this.#start(false);
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.#look);
    this.#quiet();
  }

  #look = () => this.#tick();

  #part(name) {
    return this.querySelector(`[data-part="${name}"]`);
  }

  #set(name) {
    const field = this.querySelector(`[data-set="${name}"]`);
    if (!field) return undefined;
    return field.type === "checkbox" ? field.checked : Number(field.value);
  }

  #press(what) {
    const does = { start: this.#start, pause: this.#pause, stop: this.#stop, back: () => this.#step(-1), skip: () => this.#step(1) };
    does[what]?.call(this);
  }

  // The timeline is made anew whenever a switch changes; the time that has gone stays.
  #settle() {
    if (this.guide.skin === "breath") {
      const pattern = { ...this.guide.pattern };
      for (const phase of ["in", "hold", "out", "rest"]) pattern[phase] = this.#set(phase) ?? pattern[phase] ?? 0;
      const short = LEAST_BREATH - pattern.in - pattern.hold - pattern.out - pattern.rest;
      if (short > 0) pattern.out += short;
      this.timeline = breathTimeline(pattern, (this.#set("minutes") ?? 5) * 60, this.words);
    } else {
      this.timeline = stepsTimeline(this.guide.steps);
    }
    if (this.#set("tone") && this.#clock.isRunning) readyTone();
    keep(this.fields);
    this.#shown = -1;
    this.#draw();
  }

  // Asked for by a press, or by the page itself: then without sound, which browsers keep for a press.
  async #start(isAsked = true) {
    if (isAsked && this.#set("tone")) await readyTone();
    this.#part("start").hidden = true;
    this.#part("running").hidden = false;
    this.#part("controls").open = false;
    this.#part("pause").textContent = this.words.pause;
    this.classList.add("is-running");
    if (isAsked) {
      this.#part("pause").focus({ preventScroll: true });
      this.scrollIntoView({ block: "nearest" });
    }
    keepAwake();
    const wait = this.#set("delay") ?? 0;
    if (wait) this.#part("cue").textContent = this.words.soon;
    this.#delay = setTimeout(() => this.#run(), wait * 1000);
  }

  #run() {
    this.#clock.start();
    this.#shown = -1;
    this.#timer = setInterval(() => this.#tick(), 250); // goes on, slowly, where frames stop
    this.#loop();
    this.#announce();
  }

  #announce() {
    if (!("mediaSession" in navigator)) return;
    navigator.mediaSession.metadata = new MediaMetadata({ title: document.title });
    navigator.mediaSession.setActionHandler("play", () => { if (!this.#clock.isRunning) this.#pause(); });
    navigator.mediaSession.setActionHandler("pause", () => { if (this.#clock.isRunning) this.#pause(); });
    navigator.mediaSession.setActionHandler("stop", () => this.#stop());
  }

  async #pause() {
    if (!this.#clock.isRunning) {
      if (this.#set("tone")) await readyTone();
      keepAwake();
      this.#part("pause").textContent = this.words.pause;
      return this.#run();
    }
    this.#clock.pause();
    this.#quiet();
    this.#part("pause").textContent = this.words.go_on;
    this.#part("cue").textContent = this.words.paused;
  }

  #step(by) {
    const { starts } = this.timeline;
    const next = this.timeline.at(this.#clock.elapsed).index + by;
    if (next >= starts.length) return this.#stop();
    this.#clock.skipTo(starts[Math.max(0, next)]);
    this.#shown = -1;
    this.#draw();
  }

  #stop() {
    const seconds = Math.round(Math.min(this.#clock.elapsed, this.timeline.total));
    this.#clock.reset();
    this.#quiet();
    this.classList.remove("is-running");
    this.#part("running").hidden = true;
    this.#part("start").hidden = false;
    this.#part("start").textContent = this.words.again;
    this.#part("start").classList.replace("first", "second"); // saving comes first now
    this.#part("cue").textContent = this.words.done;
    this.#part("count").textContent = this.#part("left").textContent = "";
    this.dispatchEvent(new CustomEvent("practice-ended", { bubbles: true, detail: { seconds } }));
  }

  #quiet() {
    cancelAnimationFrame(this.#frame);
    clearInterval(this.#timer);
    clearTimeout(this.#delay);
    hush();
    letSleep();
  }

  #loop() {
    this.#frame = requestAnimationFrame(() => { this.#tick(); if (this.#clock.isRunning) this.#loop(); });
  }

  #tick() {
    if (!this.#clock.isRunning) return;
    if (this.#clock.elapsed >= this.timeline.total) return this.#stop();
    this.#draw();
  }

  #draw() {
    const elapsed = this.#clock.elapsed;
    const moment = this.timeline.at(elapsed);
    if (this.#clock.isRunning && moment.index !== this.#shown) this.#enter(moment);
    this.dataset.cue = moment.cue;
    const running = this.#clock.isRunning;
    this.#part("count").textContent = running ? Math.max(1, Math.ceil(moment.of - moment.into)) : "";
    this.#part("past").style.strokeDashoffset = String(100 - (100 * elapsed) / this.timeline.total);
    const orb = this.#part("orb");
    if (orb) orb.style.transform = `scale(${(this.still.matches ? 0.8 : breathScale(moment)).toFixed(4)})`;
    const minutes = Math.max(1, Math.ceil((this.timeline.total - elapsed) / 60));
    this.#part("left").textContent = this.words.left.replace("{}", minutes);
  }

  #enter(moment) {
    this.#shown = moment.index;
    this.#part("cue").textContent = moment.words;
    this.querySelectorAll("[data-part-id]").forEach((shape) => shape.classList.toggle("is-lit", moment.part !== "" && shape.dataset.partId === moment.part));
    document.querySelectorAll('[data-part="steps"] > li').forEach((line, place) => {
      if (place === moment.index) line.setAttribute("aria-current", "step");
      else line.removeAttribute("aria-current");
    });
    if (this.#set("tone")) playTone(moment.cue, moment.of);
    if (this.#set("vibration")) touch(moment.cue);
    if (this.#set("voice")) say(moment.words);
  }
}

customElements.define("guide-player", GuidePlayer);
