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

// The samples of a recording; refused where the file is broken. Two channels become one: somebody's recording may be
// heard on one side alone.
export async function decoded(bytes) {
  const sound = await new OfflineAudioContext(1, 1, HERTZ).decodeAudioData(bytes);
  const [left, right] = [0, sound.numberOfChannels - 1].map((each) => sound.getChannelData(each));
  const samples = left.map((each, place) => (each + right[place]) / 2);
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

// The head of a WAV file, as the words of four bytes that it is made of: "RIFF", the bytes that follow, "WAVE", "fmt ",
// 16 bytes of it (plain samples in one channel, samples and bytes a second, two bytes and sixteen bits each), "data",
// and its bytes. Like the samples, in the order of the device, which is that of the file wherever browsers run.
const header = (samples) =>
  new Uint32Array([
    ...[0x46464952, 36 + samples * 2, 0x45564157, 0x20746d66, 16, 0x10001],
    ...[HERTZ, HERTZ * 2, 0x100002, 0x61746164, samples * 2],
  ]);

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
