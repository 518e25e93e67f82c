/* <lesson-listener>: reads the lesson aloud, sentence by sentence, and lights the one being read: by its recording
   where there is one, else with a voice of the browser in the language of the text. Pausing ends the sentence, and
   going on says it again: many phones cannot hold a voice in the middle. */
import { voiceFor } from "./practice-cues.js";
import { sentencesIn } from "./sentences.js";

const SPEEDS = [0.75, 0.9, 1, 1.2, 1.5];
const NAME = "being-read";
const asSpoken = (words) => words.replace(/[ \t\r\n\f\u00a0]+/g, " ").trim();

class LessonListener extends HTMLElement {
  connectedCallback() {
    this.voice = window.speechSynthesis;
    this.text = document.querySelector(".lesson-text");
    this.recorded = {};
    this.show = () => {
      if (voiceFor(this.text.lang) && !this.play) this.draw();
    };
    this.voice?.addEventListener?.("voiceschanged", this.show);
    this.quiet = () => this.stop();
    window.addEventListener("pagehide", this.quiet);
    this.show();
    if (!this.play) this.offerOurs();
  }

  /* A device without a voice for this text: it is read if every sentence of it is recorded. */
  async offerOurs() {
    await this.fetchOurs();
    const isWhole = sentencesIn(this.text).every(({ words }) => this.recorded[asSpoken(words)]);
    if (isWhole && !this.play) this.draw();
  }

  fetchOurs() {
    this.fetched ??= this.askForOurs().catch(() => {}); // no network: the device reads
    return this.fetched;
  }

  async askForOurs() {
    const { recordingsOf } = await import("./lesson-recordings.js");
    this.recorded = await recordingsOf(this.text.lang, location.pathname);
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

  async go() {
    this.sentences ??= sentencesIn(this.text);
    await this.fetchOurs();
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
    const address = this.recorded[asSpoken(sentence.words)];
    if (address) this.playOurs(sentence, address);
    else this.letDeviceSay(sentence);
  }

  playOurs(sentence, address) {
    this.sound ??= new Audio();
    Object.assign(this.sound, { src: address, defaultPlaybackRate: this.pace, playbackRate: this.pace });
    this.begins(this.sound, "onended");
    // Broken, or not to be had: the device says this one.
    this.sound.onerror = () => this.isReading && this.letDeviceSay(sentence);
    this.sound.play().catch(({ name }) => name === "NotAllowedError" && this.letDeviceSay(sentence));
  }

  letDeviceSay({ words }) {
    const voice = voiceFor(this.text.lang);
    if (!voice) return this.pause();
    const spoken = new SpeechSynthesisUtterance(words);
    Object.assign(spoken, { lang: this.text.lang, voice, rate: this.pace });
    this.begins(spoken, "onend");
    spoken.onerror = () => {
      if (this.spoken === spoken) this.pause();
    };
    this.voice.speak(spoken);
  }

  get pace() {
    return Number(this.rate.value);
  }

  /* What was cut off ends as well, and must not start the next one. */
  begins(spoken, whenOver) {
    const turn = {};
    this.turn = turn;
    this.spoken = spoken;
    spoken[whenOver] = () => {
      if (this.turn !== turn) return;
      this.at += 1;
      this.say();
    };
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
    this.spoken = this.turn = null;
    this.sound?.pause();
    this.voice?.cancel();
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
