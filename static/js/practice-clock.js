// A clock that reads the time instead of counting ticks, so that a sleeping screen or a
// throttled timer cannot make it late. Seconds of practice; `skipTo` moves it.
//
// `sinceStart` is the time on the wall, pauses and a sleeping device included: whichever of the two
// clocks of the browser says more, since one stands still while the device sleeps and the other may be set.

const NEAR = 0.05;

export class PracticeClock {
  #startedAt = null;
  #kept = 0;
  #first = null;

  get isRunning() {
    return this.#startedAt !== null;
  }

  get elapsed() {
    return this.#kept + (this.isRunning ? (performance.now() - this.#startedAt) / 1000 : 0);
  }

  get sinceStart() {
    if (!this.#first) return 0;
    return Math.max(performance.now() - this.#first.steady, Date.now() - this.#first.wall) / 1000;
  }

  start() {
    this.#first ??= { steady: performance.now(), wall: Date.now() };
    if (!this.isRunning) this.#startedAt = performance.now();
  }

  pause() {
    this.#kept = this.elapsed;
    this.#startedAt = null;
  }

  skipTo(seconds) {
    this.#kept = Math.max(0, seconds);
    if (this.isRunning) this.#startedAt = performance.now();
  }

  // What is heard has a clock of its own, and what is drawn goes by it.
  follow(seconds) {
    if (Math.abs(seconds - this.elapsed) > NEAR) this.skipTo(seconds);
  }

  reset() {
    this.#kept = 0;
    this.#startedAt = this.#first = null;
  }
}

// Calls `tick` with every frame while `isRunning`, and four times a second where frames stop.
export class Ticker {
  #tick;
  #isRunning;
  #frame = 0;
  #timer = 0;
  #delay = 0;

  constructor(tick, isRunning) {
    this.#tick = tick;
    this.#isRunning = isRunning;
  }

  after(seconds, begin) {
    this.#delay = setTimeout(begin, seconds * 1000);
  }

  run() {
    clearInterval(this.#timer);
    this.#timer = setInterval(this.#tick, 250);
    this.#nextFrame();
  }

  #nextFrame() {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      this.#tick();
      if (this.#isRunning()) this.#nextFrame();
    });
  }

  // Frames rest, and what was to begin does not; the slow timer goes on, for some time runs while nothing moves.
  wait() {
    clearTimeout(this.#delay);
    cancelAnimationFrame(this.#frame);
  }

  stop() {
    this.wait();
    clearInterval(this.#timer);
  }
}
