// What a breath can be followed by besides the eyes: a tone, a touch, a voice.
// In and out differ in each, so that closed eyes are enough.

const TONES = { in: [174.6, 261.6], hold: [261.6, 261.6], out: [261.6, 174.6], rest: [174.6, 174.6] };
const TOUCHES = { in: [30, 50, 30], hold: [15], out: [140], rest: [15] };

let audio = null;

export const canVibrate = "vibrate" in navigator;
export const canSpeak = "speechSynthesis" in window;

export function readyTone() {
  audio ??= new AudioContext();
  return audio.resume();
}

export function playTone(cue, seconds) {
  if (!audio) return;
  const [from, to] = TONES[cue];
  const [begin, end] = [audio.currentTime, audio.currentTime + seconds];
  const voice = audio.createOscillator();
  const loudness = audio.createGain();
  voice.frequency.setValueAtTime(from, begin);
  voice.frequency.linearRampToValueAtTime(to, end);
  loudness.gain.setValueAtTime(0, begin);
  loudness.gain.linearRampToValueAtTime(0.09, begin + Math.min(0.6, seconds / 3));
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
  if (canVibrate) navigator.vibrate(TOUCHES[cue]);
}

export function say(words) {
  if (!canSpeak) return;
  speechSynthesis.cancel();
  const line = new SpeechSynthesisUtterance(words);
  line.lang = document.documentElement.lang;
  line.rate = 0.85;
  speechSynthesis.speak(line);
}
