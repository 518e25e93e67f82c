/* <lesson-listener>: reads the lesson aloud with the browser's own voice, sentence by sentence, and lights the one
   being read. Pausing ends the sentence, and going on says it again: many phones cannot hold a voice in the
   middle. */
import { sentencesIn } from "./sentences.js";

const SPEEDS = [0.75, 0.9, 1, 1.2, 1.5];
const NAME = "being-read";

class LessonListener extends HTMLElement {
  connectedCallback() {
    if (!("speechSynthesis" in window)) return;
    this.voice = window.speechSynthesis;
    this.show = () => {
      if (this.voice.getVoices?.().length && !this.play) this.draw();
    };
    this.voice.addEventListener?.("voiceschanged", this.show);
    this.quiet = () => this.stop();
    window.addEventListener("pagehide", this.quiet);
    this.show();
  }

  disconnectedCallback() {
    this.voice?.removeEventListener?.("voiceschanged", this.show);
    window.removeEventListener("pagehide", this.quiet);
    if (this.play) this.stop();
  }

  draw() {
    const { listen, stop, speed } = this.dataset;
    this.play = this.button(listen, () => (this.isReading ? this.pause() : this.go()));
    this.end = this.button(stop, () => {
      this.stop();
      this.play.focus();
    });
    this.end.hidden = true;
    const label = document.createElement("label");
    this.rate = document.createElement("select");
    this.rate.append(...SPEEDS.map((each) => new Option(`${each} ×`, each, each === 1, each === 1)));
    this.rate.addEventListener("change", () => {
      if (this.isReading) this.say();
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

  go() {
    this.sentences ??= sentencesIn(document.querySelector(".lesson-text"));
    this.at ??= this.firstInView();
    this.end.hidden = false;
    this.classList.add("is-reading");
    this.play.textContent = this.dataset.pause;
    this.say();
  }

  firstInView() {
    const found = this.sentences.findIndex(({ range }) => range.getBoundingClientRect().bottom > 0);
    return Math.max(found, 0);
  }

  say() {
    this.silence();
    const sentence = this.sentences[this.at];
    if (!sentence) return this.stop();
    this.isReading = true;
    this.light(sentence);
    const spoken = new SpeechSynthesisUtterance(sentence.words);
    spoken.lang = document.querySelector(".lesson-text").lang;
    spoken.rate = Number(this.rate.value);
    // An utterance that was cut off ends as well, and must not start the next one.
    spoken.onend = () => {
      if (this.spoken === spoken) {
        this.at += 1;
        this.say();
      }
    };
    spoken.onerror = () => {
      if (this.spoken === spoken) this.pause();
    };
    this.spoken = spoken;
    this.voice.speak(spoken);
  }

  pause() {
    this.silence();
    this.play.textContent = this.dataset.on;
  }

  stop() {
    if (!this.play) return;
    this.silence();
    this.at = null;
    this.end.hidden = true;
    this.classList.remove("is-reading");
    this.play.textContent = this.dataset.listen;
    this.dim();
  }

  silence() {
    this.isReading = false;
    this.spoken = null;
    this.voice.cancel();
  }

  light({ range, block }) {
    this.dim();
    if (CSS.highlights) CSS.highlights.set(NAME, new Highlight(range));
    else block.classList.add(NAME);
    const { top, bottom } = range.getBoundingClientRect();
    const isSeen = top > 0 && bottom < window.innerHeight;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (!isSeen) block.scrollIntoView({ block: "center", behavior: still ? "instant" : "smooth" });
  }

  dim() {
    if (CSS.highlights) CSS.highlights.delete(NAME);
    for (const block of document.querySelectorAll(`.lesson-text .${NAME}`)) block.classList.remove(NAME);
  }
}
customElements.define("lesson-listener", LessonListener);
