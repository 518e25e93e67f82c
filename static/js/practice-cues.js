// What a practice can be followed by besides the eyes: a tone, a touch, a voice.
// In and out differ in each, so that closed eyes are enough.
//
// Tones are set ahead on the clock of the sound itself, so that they stay in time where the
// timers of a page hardly run: behind a locked screen, or in another tab.

const TONES = {
  in: [174.6, 261.6],
  hold: [261.6, 261.6],
  out: [261.6, 174.6],
  rest: [174.6, 174.6],
  tense: [174.6, 220],
  release: [220, 146.8],
};
const BELL = [523.3, 523.3];
const TOUCHES = { in: [30, 50, 30], out: [140], tense: [30, 50, 30], release: [140], bell: [60, 80, 60, 80, 60] };
const LONGEST_TONE = 6;
const BELL_SECONDS = 1.6;

let audio = null;
let voices = [];

export const canVibrate = "vibrate" in navigator;
export const canSpeak = "speechSynthesis" in window;

export const pitchOf = (cue) => TONES[cue] ?? BELL;

// `onCut` is told when something else has taken the sound away, a call for instance. A screen that is locked is none.
export function readyTone(onCut) {
  audio ??= new AudioContext();
  if (onCut) audio.onstatechange = () => audio.state === "running" || document.hidden || onCut();
  return audio.resume();
}

export const soundIsOn = () => audio?.state === "running";

export function playTone(cue, seconds, delay = 0) {
  if (!audio) return;
  const [from, to] = pitchOf(cue);
  const begin = audio.currentTime + Math.max(0, delay);
  const end = begin + (cue in TONES ? Math.min(seconds, LONGEST_TONE) : BELL_SECONDS);
  const voice = audio.createOscillator();
  const loudness = audio.createGain();
  voice.frequency.setValueAtTime(from, begin);
  voice.frequency.linearRampToValueAtTime(to, end);
  loudness.gain.setValueAtTime(0, begin);
  loudness.gain.linearRampToValueAtTime(0.09, begin + Math.min(0.4, (end - begin) / 3));
  loudness.gain.linearRampToValueAtTime(0, end);
  voice.connect(loudness).connect(audio.destination);
  voice.start(begin);
  voice.stop(end);
  voices.push(voice);
  voice.addEventListener("ended", () => {
    voices = voices.filter((each) => each !== voice);
  });
}

export function dropTones() {
  for (const voice of voices) voice.stop();
  voices = [];
}

// The sound's own clock stands still too, so what was set ahead waits.
export function hush() {
  audio?.suspend();
  if (canVibrate) navigator.vibrate(0);
  if (canSpeak) speechSynthesis.cancel();
}

export function touch(cue) {
  if (canVibrate) navigator.vibrate(TOUCHES[cue] ?? [15]);
}

// A device may know how to speak and have no voice, or none for the language of the words. One that it holds itself
// comes before one that has to ask a network for each line.
export function voiceFor(language) {
  const isOurs = ({ lang }) => lang.split(/[-_]/)[0].toLowerCase() === language.split("-")[0];
  const ours = ((canSpeak && speechSynthesis.getVoices?.()) || []).filter(isOurs);
  return ours.find((voice) => voice.localService) ?? ours[0] ?? null;
}

export function say(words, language, { pace = 1, loudness = 1 } = {}) {
  const voice = voiceFor(language);
  if (!voice || !words) return;
  speechSynthesis.cancel();
  const line = new SpeechSynthesisUtterance(words);
  line.lang = language;
  line.voice = voice;
  line.rate = 0.88 * pace;
  line.volume = loudness;
  speechSynthesis.speak(line);
}
