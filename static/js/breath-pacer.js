// <breath-pacer>: a paced breath to follow with eyes, ears or skin.
//
// The page is whole without it: it carries the words, a breath drawn in CSS and the form.
// Here the pattern and the length become adjustable, and time is kept. It sets the form's
// `seconds`, and reveals the ratings when the practice ends, early or late.

import { PracticeClock } from "./practice-clock.js";
import { keepAwake, letSleep } from "./screen-awake.js";
import { canSpeak, canVibrate, hush, playTone, readyTone, say, touch } from "./breath-cues.js";

const PHASES = ["in", "hold", "out", "rest"];
const SMALL = 0.52;
const LEAST_BREATH = 6; // seconds: faster breathing is not offered

export function phaseAt(pattern, elapsedSeconds) {
  const whole = PHASES.reduce((sum, phase) => sum + pattern[phase], 0);
  let left = elapsedSeconds % whole;
  for (const phase of PHASES) {
    if (left < pattern[phase]) return { phase, into: left, of: pattern[phase], breath: Math.floor(elapsedSeconds / whole) };
    left -= pattern[phase];
  }
  return { phase: "in", into: 0, of: pattern.in, breath: Math.floor(elapsedSeconds / whole) };
}

export function scaleAt({ phase, into, of }) {
  const eased = 0.5 - Math.cos((Math.PI * into) / of) / 2;
  if (phase === "in") return SMALL + (1 - SMALL) * eased;
  if (phase === "out") return 1 - (1 - SMALL) * eased;
  return phase === "hold" ? 1 : SMALL;
}

class BreathPacer extends HTMLElement {
  #clock = new PracticeClock();
  #last = "";
  #frame = 0;
  #timer = 0;

  connectedCallback() {
    this.part = (name) => this.querySelector(`[data-part="${name}"]`);
    this.words = JSON.parse(this.dataset.words);
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    this.#restore();
    this.part("controls").hidden = false;
    this.part("buttons").hidden = false;
    this.classList.add("is-live");
    if (!canVibrate) this.part("vibration").hidden = true;
    if (!canSpeak) this.part("voice").hidden = true;
    this.addEventListener("click", (event) => this.#press(event.target.closest("[data-do]")?.dataset.do));
    this.addEventListener("change", () => this.#changed());
    this.addEventListener("keydown", (event) => { if (event.key === "Escape" && this.#clock.elapsed) this.#stop(); });
    document.addEventListener("visibilitychange", () => this.#tick());
    this.#draw();
    if (this.hasAttribute("autostart")) this.#start();
  }

  disconnectedCallback() {
    this.#rest();
  }

  get pattern() {
    return Object.fromEntries(PHASES.map((phase) => [phase, Number(this.#field(phase)?.value ?? this.dataset[phase]) || 0]));
  }

  get total() {
    return Number(this.#field("minutes").value) * 60;
  }

  #field(name) {
    return this.querySelector(`[data-set="${name}"]`);
  }

  #press(what) {
    if (what === "start") this.#start();
    if (what === "pause") this.#pause();
    if (what === "stop") this.#stop();
  }

  async #start() {
    if (this.#field("tone").checked) await readyTone();
    this.#clock.start();
    this.classList.add("is-running");
    this.part("start").hidden = true;
    this.part("pause").hidden = this.part("stop").hidden = false;
    this.part("pause").textContent = this.words.pause;
    this.part("controls").open = false;
    this.part("pause").focus({ preventScroll: true });
    keepAwake();
    this.#timer = setInterval(() => this.#tick(), 250); // goes on, slowly, when frames stop
    this.#loop();
  }

  #pause() {
    if (!this.#clock.isRunning) return this.#start();
    this.#clock.pause();
    this.#rest();
    this.part("pause").textContent = this.words.go_on;
    this.part("cue").textContent = this.words.paused;
  }

  #stop() {
    const seconds = Math.round(Math.min(this.#clock.elapsed / 1000, this.total));
    this.#clock.pause();
    this.#rest();
    this.classList.remove("is-running");
    this.part("pause").hidden = this.part("stop").hidden = true;
    this.part("cue").textContent = this.words.done;
    this.part("count").textContent = "";
    this.dispatchEvent(new CustomEvent("practice-ended", { bubbles: true, detail: { seconds } }));
    this.#clock.reset();
    this.part("start").hidden = false;
    this.part("start").textContent = this.words.again;
  }

  #rest() {
    cancelAnimationFrame(this.#frame);
    clearInterval(this.#timer);
    hush();
    letSleep();
  }

  #loop() {
    this.#frame = requestAnimationFrame(() => { this.#tick(); if (this.#clock.isRunning) this.#loop(); });
  }

  #tick() {
    if (!this.#clock.isRunning) return;
    if (this.#clock.elapsed >= this.total * 1000) return this.#stop();
    this.#draw();
  }

  #draw() {
    const elapsed = this.#clock.elapsed / 1000;
    const now = phaseAt(this.pattern, elapsed);
    const moment = `${now.breath} ${now.phase}`;
    if (this.#clock.isRunning && moment !== this.#last) this.#cue(now);
    this.#last = moment;
    this.dataset.phase = now.phase;
    this.part("count").textContent = this.#clock.isRunning ? Math.ceil(now.of - now.into) : "";
    this.part("past").style.strokeDashoffset = String(100 - (100 * elapsed) / this.total);
    const scale = this.still.matches ? 0.8 : scaleAt(now);
    this.part("orb").style.transform = `scale(${scale.toFixed(4)})`;
    this.part("left").textContent = this.words.left.replace("{}", Math.max(0, Math.ceil((this.total - elapsed) / 60)));
  }

  #cue({ phase, of }) {
    this.part("cue").textContent = this.words[phase];
    if (this.#field("tone").checked) playTone(phase, of);
    if (this.#field("vibration").checked) touch(phase);
    if (this.#field("voice").checked) say(this.words[phase]);
  }

  #changed() {
    const { in: inhale, hold, out, rest } = this.pattern;
    if (inhale + hold + out + rest < LEAST_BREATH) this.#field("out").value = String(LEAST_BREATH - inhale - hold - rest);
    if (this.#clock.isRunning && this.#field("tone").checked) readyTone();
    this.#last = "";
    this.#draw();
    const kept = {};
    this.querySelectorAll("[data-set]").forEach((field) => { kept[field.dataset.set] = field.type === "checkbox" ? field.checked : field.value; });
    try { localStorage.setItem("breath-settings", JSON.stringify(kept)); } catch { /* storage is full or blocked: nothing hangs on it */ }
  }

  #restore() {
    let kept = {};
    try { kept = JSON.parse(localStorage.getItem("breath-settings")) ?? {}; } catch { kept = {}; }
    for (const [name, value] of Object.entries(kept)) {
      const field = this.#field(name);
      if (!field) continue;
      if (field.type === "checkbox") field.checked = Boolean(value);
      else if ([...field.options].some((option) => option.value === String(value))) field.value = value;
    }
  }
}

customElements.define("breath-pacer", BreathPacer);
