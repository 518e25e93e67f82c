// What a practice shows at a moment, worked out from the time alone: no state, no counting.
// Seconds throughout. A timeline has a `total` and `at(elapsed)` -> moment:
//   { index, cue, words, part, into, of }   (index changes when the moment changes)

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
      return { index: breath * phases.length + place, cue, of, into: Math.min(into, of), words: words[cue], part: "" };
    },
  };
}

export function stepsTimeline(steps) {
  const timed = steps.filter((step) => step.seconds > 0);
  const total = timed.reduce((sum, step) => sum + step.seconds, 0);
  const starts = [];
  timed.reduce((sum, step) => (starts.push(sum), sum + step.seconds), 0);
  return {
    total,
    starts,
    at(elapsed) {
      let index = timed.length - 1;
      while (index > 0 && elapsed < starts[index]) index -= 1;
      const { cue, seconds, words, part } = timed[index];
      return { index, cue, words, part, of: seconds, into: Math.min(Math.max(0, elapsed - starts[index]), seconds) };
    },
  };
}
