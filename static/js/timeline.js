// What a practice shows at a moment, worked out from the time alone: no state, no counting.
// Seconds throughout. A timeline has a `total`, `at(elapsed)` -> moment, `startOf(index)`, the
// second in which the moment with that index begins, and `beside(elapsed, by)`, where Back and Skip lead.
//   moment: { index, cue, words, part, place, into, of }   (index changes when the moment changes)

const PHASES = ["in", "hold", "out", "rest"];
export const LEAST_BREATH = 6; // faster breathing is never offered

export function breathTimeline(pattern, total, words) {
  const phases = PHASES.filter((cue) => pattern[cue] > 0).map((cue) => ({ cue, of: pattern[cue] }));
  const whole = phases.reduce((sum, phase) => sum + phase.of, 0);
  return {
    total,
    at(elapsed) {
      const breath = Math.floor(elapsed / whole);
      let into = elapsed - breath * whole;
      let place = 0;
      while (place < phases.length - 1 && into >= phases[place].of) into -= phases[place++].of;
      const { cue, of } = phases[place];
      return {
        index: breath * phases.length + place,
        cue,
        of,
        into: Math.min(into, of),
        words: words[cue],
        part: "",
        place: -1,
      };
    },
    startOf(index) {
      const place = index % phases.length;
      const before = phases.slice(0, place).reduce((sum, phase) => sum + phase.of, 0);
      return ((index - place) / phases.length) * whole + before;
    },
    // A minute on or back, to the start of a breath.
    beside: (elapsed, by) => Math.max(0, Math.floor((elapsed + by * 60) / whole) * whole),
  };
}

// A step without seconds is on the page to be read; the clock passes it by.
export function stepsTimeline(steps) {
  const timed = steps.map((step, place) => ({ ...step, place })).filter((step) => step.seconds > 0);
  const starts = [];
  let total = 0;
  for (const step of timed) {
    starts.push(total);
    total += step.seconds;
  }
  const at = (elapsed) => {
    let index = Math.max(0, timed.length - 1);
    while (index > 0 && elapsed < starts[index]) index -= 1;
    const { cue = "rest", seconds: of = 0, words = "", part = "", place = -1 } = timed[index] ?? {};
    return { index, cue, words, part, place, of, into: Math.min(Math.max(0, elapsed - (starts[index] ?? 0)), of) };
  };
  return {
    total,
    at,
    startOf: (index) => starts[index] ?? total,
    beside: (elapsed, by) => starts[Math.max(0, at(elapsed).index + by)] ?? total,
  };
}
