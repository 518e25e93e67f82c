/* A voice for browsers that have none: says nothing, takes `voiceTakes` milliseconds a sentence, and notes what it was
   given. */
window.said = [];
window.voiceTakes = 40;
window.SpeechSynthesisUtterance = class {
  constructor(text) {
    this.text = text;
  }
};
let running;
Object.defineProperty(window, "speechSynthesis", {
  value: {
    getVoices: () => [{ lang: "en" }],
    addEventListener() {},
    removeEventListener() {},
    cancel() {
      clearTimeout(running);
    },
    speak(sentence) {
      window.said.push({ text: sentence.text, rate: sentence.rate });
      running = setTimeout(() => sentence.onend(), window.voiceTakes);
    },
  },
});
