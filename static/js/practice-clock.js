// A clock that reads the time instead of counting ticks, so that a sleeping screen or a
// throttled timer cannot make it late. Seconds of practice; `skipTo` moves it.

export class PracticeClock {
  #startedAt = null;
  #kept = 0;

  get isRunning() {
    return this.#startedAt !== null;
  }

  get elapsed() {
    return this.#kept + (this.isRunning ? (performance.now() - this.#startedAt) / 1000 : 0);
  }

  start() {
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

  reset() {
    this.#kept = 0;
    this.#startedAt = null;
  }
}
