// Reads a text aloud, sentence by sentence, and lights the one being read: by its recording where there is one, else
// with a voice of the device in the language of the text, else with a tone where one was given. Pausing ends the
// sentence, and going on says it again: many phones cannot hold a voice in the middle.

import { voiceFor } from "./practice-cues.js";
import { sentencesIn } from "./sentences.js";

const NAME = "being-read";
// Milliseconds in which a recording begins to be heard; the device says it otherwise.
const PATIENCE = 4000;
const nothing = () => {};

export class ReadAloud {
  pace = 1;
  loudness = 1;
  // The address of the recording of words.
  recorded = nothing;
  // The sentence that is read now, or was when it was paused.
  at = null;
  // Sounds a tone in the place of words that nobody can say, and tells its milliseconds.
  tone = null;
  // Told of a pause, and of the end.
  onPause = nothing;
  onEnd = nothing;
  #said;
  #sentences;
  #turn;

  // `said` is a copy of `text` with the words that are read: a browser that translates the page puts others in their
  // place, which would be read in a wrong language. A `sound` may be given that a press has allowed to play.
  constructor(text, language, { said = text.cloneNode(true), sound } = {}) {
    Object.assign(this, { text, language, sound });
    this.#said = said;
    navigator.mediaDevices?.addEventListener?.("devicechange", () => this.isReading && this.pause());
  }

  get sentences() {
    this.#sentences ??= this.#found();
    return this.#sentences;
  }

  // What is lit stands on the page; without it, its words are read all the same.
  #found() {
    const [said, shown] = [this.#said, this.text].map(sentencesIn);
    const isSame = said.length === shown.length;
    return said.map(({ words }, place) => ({ ...(isSame && shown[place]), words }));
  }

  get isWhollyRecorded() {
    return this.sentences.every(({ words }) => this.recorded(words));
  }

  firstInView() {
    const found = this.sentences.findIndex(({ range }) => range?.getBoundingClientRect().bottom > 0);
    return Math.max(found, 0);
  }

  read() {
    this.#silence();
    const sentence = this.sentences[this.at];
    if (!sentence) return this.stop();
    this.isReading = true;
    this.#light(sentence);
    const address = this.recorded(sentence.words);
    if (address) this.#playOurs(sentence, address);
    else this.#letDeviceSay(sentence);
  }

  #playOurs(sentence, address) {
    this.sound ??= new Audio();
    const { sound, pace } = this;
    Object.assign(sound, { src: address, defaultPlaybackRate: pace, playbackRate: pace, volume: this.loudness });
    const over = this.#over();
    sound.onended = over;
    setTimeout(() => this.#turn === over && !sound.currentTime && this.#letDeviceSay(sentence), PATIENCE);
    // Broken, or not to be had: the device says this one.
    sound.onerror = () => this.isReading && this.#letDeviceSay(sentence);
    // A call, or headphones that went away.
    sound.onpause = () => this.isReading && sound.paused && !sound.ended && this.pause();
    sound.play().catch(({ name }) => name === "NotAllowedError" && this.#letDeviceSay(sentence));
  }

  #letDeviceSay({ words }) {
    if (this.sound) this.sound.onpause = null;
    this.sound?.pause();
    const over = this.#over();
    const voice = voiceFor(this.language);
    if (!voice) return this.#sound(over);
    const spoken = new SpeechSynthesisUtterance(words);
    Object.assign(spoken, { lang: this.language, voice, rate: this.pace, volume: this.loudness, onend: over });
    spoken.onerror = () => over === this.#turn && this.#sound(over);
    speechSynthesis.speak(spoken);
  }

  #sound(over) {
    if (this.tone) setTimeout(over, this.tone());
    else this.pause();
  }

  // What was cut off ends as well, and must not start the next one.
  #over() {
    const over = () => {
      if (this.#turn !== over) return;
      this.at += 1;
      this.read();
    };
    this.#turn = over;
    return over;
  }

  pause() {
    this.#silence();
    this.onPause();
  }

  stop() {
    this.#silence();
    this.at = null;
    this.#dim();
    this.onEnd();
  }

  #silence() {
    this.isReading = false;
    this.#turn = null;
    this.sound?.pause();
    globalThis.speechSynthesis?.cancel();
  }

  #light({ range, block }) {
    this.#dim();
    if (!range) return;
    if (CSS.highlights) CSS.highlights.set(NAME, new Highlight(range));
    else block.classList.add(NAME);
    const { top, bottom } = range.getBoundingClientRect();
    const isSeen = top > 0 && bottom < window.innerHeight;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (!isSeen) block.scrollIntoView({ block: "center", behavior: still ? "instant" : "smooth" });
  }

  #dim() {
    if (CSS.highlights) CSS.highlights.delete(NAME);
    for (const block of this.text.querySelectorAll(`.${NAME}`)) block.classList.remove(NAME);
  }
}
