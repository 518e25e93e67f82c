// One sound track of a stretch of a practice: each line where the timeline has it, silence between, as a WAV file that
// an audio element plays.
//
// Why a track, and not a sound a line: a locked phone runs hardly any timers, an iPhone stops Web Audio altogether, and
// neither starts a new sound; an audio element that plays goes on. So all that is to be heard is in one sound before it
// begins. It is also its own clock: what is drawn follows it.
//
// Seconds throughout, but where it says samples.

import { pitchOf } from "./practice-cues.js";

// What our recordings have.
const HERTZ = 24000;
// Bytes.
const HEADER = 44;
const LONGEST_TONE = 6;
// As the tones of practice-cues.js.
const TONE_LOUDNESS = 0.09;
// Of full scale: softer than this at its beginning is no speech.
const QUIET = 0.004;
const MOST_LEAD = 0.1;
// Between the end of a line and the next.
const BREATH = 0.08;
const FADE = 0.03;
const FASTEST = 1.3;

// The samples of a recording, in one channel; refused where the file is broken.
export async function decoded(bytes) {
  const sound = await new OfflineAudioContext(1, 1, HERTZ).decodeAudioData(bytes);
  const samples = sound.getChannelData(0);
  const begins = samples.findIndex((each) => Math.abs(each) > QUIET);
  if (begins < 0) throw new Error("nothing is heard in it");
  return samples.subarray(Math.min(begins, MOST_LEAD * HERTZ));
}

// What begins from `from` on and before `until`: [{ at, of, cue, words }]. `until` moves to where a line begins.
export function partOf(timeline, from, length) {
  const lines = [];
  let { index } = timeline.at(from);
  let at = timeline.startOf(index);
  while (at < Math.min(from + length, timeline.total)) {
    const { cue, of, words } = timeline.at(at);
    lines.push({ at, of, cue, words });
    index += 1;
    at = timeline.startOf(index);
  }
  return { lines, from: lines[0]?.at ?? from, until: Math.min(at, timeline.total) };
}

// As fast as was chosen, but never into the next line.
async function paced(samples, pace, room) {
  const rate = Math.min(FASTEST, Math.max(pace, samples.length / HERTZ / room));
  const most = Math.floor(room * HERTZ);
  if (rate === 1) return samples.subarray(0, most);
  const { stretched } = await import("./stretch.js");
  return stretched(samples, rate, HERTZ).subarray(0, most);
}

function toneOf(cue, of) {
  const [low, high] = pitchOf(cue);
  const long = Math.floor(Math.min(of, LONGEST_TONE) * HERTZ);
  const ramp = Math.min(0.4 * HERTZ, long / 3);
  let turn = 0;
  return Float32Array.from({ length: long }, (_, place) => {
    turn += (2 * Math.PI * (low + ((high - low) * place) / long)) / HERTZ;
    return TONE_LOUDNESS * Math.min(1, place / ramp, (long - place) / (long - ramp)) * Math.sin(turn);
  });
}

function written(samples, loudness) {
  const fade = Math.min(FADE * HERTZ, samples.length);
  return Int16Array.from(samples, (each, place) => {
    const soft = Math.min(1, (samples.length - place) / fade);
    return Math.max(-1, Math.min(1, each * loudness * soft)) * 32767;
  });
}

function header(samples) {
  const view = new DataView(new ArrayBuffer(HEADER));
  const text = (at, words) =>
    [...words].forEach((each, place) => {
      view.setUint8(at + place, each.charCodeAt(0));
    });
  const size = samples * 2;
  text(0, "RIFF");
  view.setUint32(4, HEADER - 8 + size, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true); // plain samples
  view.setUint16(22, 1, true); // one channel
  view.setUint32(24, HERTZ, true);
  view.setUint32(28, HERTZ * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, "data");
  view.setUint32(40, size, true);
  return view;
}

const SILENCE = new Int16Array(HERTZ);

function* silence(samples) {
  for (let left = samples; left > 0; left -= HERTZ) yield SILENCE.subarray(0, Math.min(left, HERTZ));
}

// `soundOf(words)` gives the samples of a line, or null; `isToned(words)` whether a tone is to stand for it.
export async function trackOf({ lines, from, until }, { soundOf, isToned, pace, loudness }) {
  const parts = [];
  // Samples.
  let done = 0;
  const fill = (to) => {
    parts.push(...silence(to - done));
    done = Math.max(done, to);
  };
  for (const { at, of, cue, words } of lines) {
    const sound = soundOf(words);
    if (!sound && !isToned(words)) continue;
    fill(Math.round((at - from) * HERTZ));
    const heard = sound
      ? written(await paced(sound, pace, Math.max(FADE, of - BREATH)), loudness)
      : written(toneOf(cue, of), 1);
    parts.push(heard);
    done += heard.length;
  }
  fill(Math.round((until - from) * HERTZ));
  return new Blob([header(done), ...parts], { type: "audio/wav" });
}
