/* <lesson-listener>: reads the lesson aloud (read-aloud.js), and is offered only where somebody would hear it: by a
   voice of the device, or because all of it is recorded. */
import { voiceFor } from "./practice-cues.js";
import { ReadAloud } from "./read-aloud.js";

const SPEEDS = [0.75, 0.9, 1, 1.2, 1.5];

class LessonListener extends HTMLElement {
  connectedCallback() {
    const text = document.querySelector(".lesson-text");
    this.reader = new ReadAloud(text, text.lang);
    this.show = () => {
      if (voiceFor(text.lang) && !this.play) this.draw();
    };
    window.speechSynthesis?.addEventListener?.("voiceschanged", this.show);
    this.quiet = () => this.play && this.reader.stop();
    window.addEventListener("pagehide", this.quiet);
    this.show();
    if (!this.play) this.offerOurs();
  }

  async offerOurs() {
    await this.fetchOurs();
    if (this.reader.isWhollyRecorded && !this.play) this.draw();
  }

  fetchOurs() {
    this.fetched ??= this.askForOurs().catch(() => {}); // no network: the device reads
    return this.fetched;
  }

  async askForOurs() {
    const [, slug] = location.pathname.match(/\/lessons\/([\w-]+)\//) ?? [];
    const { recordingsOf } = await import("./text-recordings.js");
    this.reader.recorded = await recordingsOf(this.reader.language, `lesson-${slug}`);
  }

  disconnectedCallback() {
    window.speechSynthesis?.removeEventListener?.("voiceschanged", this.show);
    window.removeEventListener("pagehide", this.quiet);
    this.quiet();
  }

  draw() {
    const { listen, stop, speed, on } = this.dataset;
    this.play = this.button(listen, () => (this.reader.isReading ? this.reader.pause() : this.go()));
    this.end = this.button(stop, () => {
      this.reader.stop();
      this.play.focus();
    });
    this.end.hidden = true;
    this.reader.onPause = () => {
      this.play.textContent = on;
    };
    this.reader.onEnd = () => this.rest();
    const label = document.createElement("label");
    this.rate = document.createElement("select");
    this.rate.append(...SPEEDS.map((each) => new Option(`${each} ×`, each, each === 1, each === 1)));
    this.rate.addEventListener("change", () => {
      this.reader.pace = Number(this.rate.value);
      if (this.reader.isReading) this.reader.read();
    });
    label.append(speed, this.rate);
    this.append(this.play, this.end, label);
    this.hidden = false;
  }

  button(words, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button text";
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  }

  async go() {
    await this.fetchOurs();
    this.reader.at ??= this.reader.firstInView();
    this.end.hidden = false;
    this.classList.add("is-reading");
    this.play.textContent = this.dataset.pause;
    this.reader.read();
  }

  rest() {
    this.end.hidden = true;
    this.classList.remove("is-reading");
    this.play.textContent = this.dataset.listen;
  }
}
customElements.define("lesson-listener", LessonListener);
