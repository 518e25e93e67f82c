// <practice-form>: the ratings wait until the practice has ended, and the time is filled in.
// Without this script the whole form stands open, and the person fills it in afterwards.
//
// What is saved goes onto this device first and from there to the site, so that a line that breaks
// costs nothing. Where storage is full or blocked, it goes straight to the site, as without scripts.

import "./unsent.js";
import { newId } from "./new-id.js";
import { waitForTheEnd } from "./practice-questions.js";
import { isCopy, ownerNow } from "./unsent-work.js";

const { unsent } = globalThis;

class PracticeForm extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.isSaving = false;
    this.form.elements.client_id.value = newId();
    this.form.elements.started_at.value = new Date().toISOString();
    this.#mindPain();
    waitForTheEnd(this.querySelector('[data-part="after"]'), ({ seconds }) => {
      this.form.elements.seconds.value = seconds;
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#save();
    });
  }

  // Who switched pain numbers off is not asked by a copy either, which knows nobody: the last page of theirs said so.
  #mindPain() {
    const groups = ["before", "after"].map((when) => document.querySelector(`#id_pain_${when}_group`)).filter(Boolean);
    try {
      // Not every practice asks for pain, so one without the question says nothing of what somebody switched off.
      if (!isCopy) localStorage.setItem("asks-pain", this.dataset.pain);
      else if (localStorage.getItem("asks-pain") === "no") for (const group of groups) group.remove();
    } catch {
      /* blocked: the question may be left out */
    }
  }

  // What is asked differs between techniques, so the taps that stand on the page say what there is to tell.
  #ratings() {
    return [...new Set([...this.form.elements].filter(({ type }) => type === "radio").map(({ name }) => name))];
  }

  #report() {
    const told = new FormData(this.form);
    const rating = (name) => (told.get(name) === null || told.get(name) === "" ? null : Number(told.get(name)));
    return {
      guide: this.dataset.guide,
      client_id: told.get("client_id"),
      started_at: told.get("started_at"),
      seconds: Number(told.get("seconds")) || 0,
      ...Object.fromEntries(this.#ratings().map((name) => [name, rating(name)])),
    };
  }

  async #save() {
    if (this.isSaving) return;
    this.isSaving = true;
    const report = this.#report();
    try {
      await unsent.keep(await ownerNow(), report);
    } catch {
      this.#sendFromHere();
      return;
    }
    try {
      await unsent.send();
    } catch {
      /* no network, or no answer: it waits */
    }
    const row = (await unsent.waiting()).find(({ id }) => id === report.client_id);
    if (!row || row.isKept) this.#done(report);
    else this.#tell(row.why ? "refused" : "waiting");
    unsent.onChange(() => this.#look(report));
  }

  #done(report) {
    location.assign(this.dataset.done.replace("ID", report.client_id));
  }

  async #look(report) {
    if (!(await unsent.waiting()).some(({ id, isKept }) => id === report.client_id && !isKept)) this.#done(report);
  }

  // Nothing can be kept on this device. The page holds it until there is a network.
  #sendFromHere() {
    this.isSaving = false;
    if (navigator.onLine && !isCopy) return this.form.submit();
    this.#tell("no-room");
    if (!this.isHolding) window.addEventListener("online", () => this.#sendHeld());
    this.isHolding = true;
  }

  async #sendHeld() {
    const report = this.#report();
    const answer = await unsent.sendOne(await ownerNow().catch(() => ""), report).catch(() => null);
    if (answer) answer.is === "refused" ? this.#tell("refused") : this.#done(report);
  }

  #tell(part) {
    this.querySelectorAll("[data-outcome]").forEach((panel) => {
      panel.hidden = panel.dataset.outcome !== part;
    });
    if (part !== "no-room")
      [this.form, ...document.querySelectorAll("guide-player, .choices-of, .before")].forEach((each) => {
        each.hidden = true;
      });
    this.querySelector(`[data-outcome="${part}"] h2`).focus();
  }
}

customElements.define("practice-form", PracticeForm);
