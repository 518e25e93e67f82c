// Speech slower or faster, its pitch kept (WSOLA: Verhelst and Roelands 1993). Short pieces are laid over one another,
// each taken from near where it belongs, at the place that goes on best from the piece before.

const PIECE = 0.04; // seconds: two to eight turns of a voice
const NEAR = 0.01; // seconds to either side: one turn of the deepest voice
const COARSE = 3; // every third sample is enough to compare by

// How well what begins at `one` is like what begins at `other`.
function likeness(samples, one, other, length) {
  let sum = 0;
  for (let place = 0; place < length; place += COARSE) sum += samples[one + place] * samples[other + place];
  return sum;
}

function bestNear(samples, wanted, natural, near, length) {
  let [best, most] = [wanted, -Infinity];
  const last = Math.min(wanted + near, samples.length - length);
  for (let place = Math.max(0, wanted - near); place <= last; place += COARSE) {
    const like = likeness(samples, natural, place, length);
    if (like > most) [best, most] = [place, like];
  }
  return best;
}

// `rate` over 1 is faster. The ends are left as they are: a line shorter than a piece is not changed.
export function stretched(samples, rate, hertz) {
  const half = Math.round((PIECE * hertz) / 2);
  if (Math.abs(rate - 1) < 0.01 || samples.length < 4 * half) return samples;
  const near = Math.round(NEAR * hertz);
  const out = new Float32Array(Math.round(samples.length / rate));
  const rise = Float32Array.from({ length: half }, (_, place) => 0.5 - 0.5 * Math.cos((Math.PI * place) / half));
  out.set(samples.subarray(0, Math.min(half, out.length)));
  let natural = half; // where the piece before would go on
  for (let to = half; to + half <= out.length; to += half) {
    if (natural + half > samples.length) break;
    const wanted = Math.min(Math.round(to * rate), samples.length - 2 * half);
    const from = bestNear(samples, wanted, natural, near, half);
    for (let place = 0; place < half; place += 1)
      out[to + place] = samples[natural + place] * (1 - rise[place]) + samples[from + place] * rise[place];
    natural = from + half;
  }
  return out;
}
