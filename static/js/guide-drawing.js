// Everything that a guide changes on the screen: the words of the moment, the count, the ring, the orb and which
// drawings are lit. Its only state is the moment that it showed last.

const SMALL = 0.52;
const AT_REST = 0.8; // where motion is not wanted

function breathScale({ cue, into, of }) {
  const eased = 0.5 - Math.cos((Math.PI * into) / of) / 2;
  if (cue === "in") return SMALL + (1 - SMALL) * eased;
  if (cue === "out") return 1 - (1 - SMALL) * eased;
  return cue === "hold" ? 1 : SMALL;
}

export class GuideDrawing {
  #element;
  #words;
  #still = matchMedia("(prefers-reduced-motion: reduce)");
  #shown = -1;

  constructor(element, words) {
    this.#element = element;
    this.#words = words;
  }

  part(name) {
    return this.#element.querySelector(`[data-part="${name}"]`);
  }

  // Before the script is there, Start is a link to the breath that the style sheet draws, or to the list of steps. It
  // becomes a button now. True if somebody has pressed the link already, and not if they only came by an address with
  // that same fragment.
  takeOver() {
    const begin = this.part("begin");
    const isHere = location.hash === begin.hash && navigator.userActivation?.hasBeenActive !== false;
    const hadFocus = document.activeElement === begin;
    begin.remove();
    this.part("end")?.remove();
    this.part("start").hidden = false;
    if (hadFocus) this.part("start").focus({ preventScroll: true });
    return isHere;
  }

  say(words) {
    this.part("cue").textContent = words;
  }

  // The seconds for which the style sheet has paced the breath.
  pacedSeconds() {
    return (this.part("orb")?.getAnimations()[0]?.currentTime ?? 0) / 1000;
  }

  forget() {
    this.#shown = -1;
  }

  // Answers the moment, if it has just begun.
  draw(timeline, elapsed, isRunning) {
    const moment = timeline.at(elapsed);
    const begins = isRunning && moment.index !== this.#shown;
    if (begins) this.#enter(moment);
    this.#element.dataset.cue = moment.cue;
    this.part("count").textContent = isRunning ? Math.max(1, Math.ceil(moment.of - moment.into)) : "";
    this.#show(moment, elapsed, timeline.total);
    return begins ? moment : null;
  }

  #show(moment, elapsed, total) {
    this.part("past").style.strokeDashoffset = String(100 - (total ? (100 * elapsed) / total : 0));
    const scale = this.#still.matches ? AT_REST : breathScale(moment);
    if (this.part("orb")) this.part("orb").style.transform = `scale(${scale.toFixed(4)})`;
    const minutes = Math.max(1, Math.ceil((total - elapsed) / 60));
    this.part("left").textContent = this.#words.left.replace("{}", minutes);
  }

  #enter(moment) {
    this.#shown = moment.index;
    this.say(moment.words);
    this.#mark("is-lit", (part) => moment.part !== "" && part === moment.part);
    for (const [place, line] of document.querySelectorAll('[data-part="steps"] > li').entries()) {
      if (place === moment.place) line.setAttribute("aria-current", "step");
      else line.removeAttribute("aria-current");
    }
  }

  markSore(parts) {
    this.#mark("is-sore", (part) => parts.has(part));
  }

  #mark(name, isMarked) {
    for (const shape of this.#element.querySelectorAll("[data-part-id]")) {
      shape.classList.toggle(name, isMarked(shape.dataset.partId));
    }
  }

  end(words) {
    this.say(words);
    this.part("count").textContent = this.part("left").textContent = "";
  }
}
