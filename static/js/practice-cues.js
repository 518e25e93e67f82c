// What a practice can be followed by besides the eyes: a tone, a touch, a voice.
// In and out differ in each, so that closed eyes are enough.

const TONES = { in: [174.6, 261.6], hold: [261.6, 261.6], out: [261.6, 174.6], rest: [174.6, 174.6], tense: [174.6, 220], release: [220, 146.8] };
const BELL = [523.3, 523.3];
const TOUCHES = { in: [30, 50, 30], out: [140], tense: [30, 50, 30], release: [140] };
const LONGEST_TONE = 6;

let audio = null;

export const canVibrate = "vibrate" in navigator;
export const canSpeak = "speechSynthesis" in window;

export function readyTone() {
  audio ??= new AudioContext();
  return audio.resume();
}

export function playTone(cue, seconds) {
  if (!audio) return;
  const [from, to] = TONES[cue] ?? BELL;
  const begin = audio.currentTime;
  const end = begin + (cue in TONES ? Math.min(seconds, LONGEST_TONE) : 1.6);
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
}

export function hush() {
  audio?.suspend();
  if (canVibrate) navigator.vibrate(0);
  if (canSpeak) speechSynthesis.cancel();
}

export function touch(cue) {
  if (canVibrate) navigator.vibrate(TOUCHES[cue] ?? [15]);
}

export function say(words) {
  if (!canSpeak || !words) return;
  speechSynthesis.cancel();
  const line = new SpeechSynthesisUtterance(words);
  line.lang = document.documentElement.lang;
  line.rate = 0.88;
  speechSynthesis.speak(line);
}
