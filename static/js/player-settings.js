// The switches and dials of the player: what they say, and how they are remembered on this device. Storage may be full
// or blocked: then they last for this page, and nothing else depends on them.

import { canVibrate } from "./practice-cues.js";

const KEY = "practice-settings";
const PHASES = ["in", "hold", "out", "rest"];

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

function put(field, value) {
  if (field.type === "checkbox") field.checked = Boolean(value);
  else if ([...field.options].some((option) => option.value === String(value))) field.value = String(value);
}

export class PlayerSettings {
  #element;

  constructor(element) {
    this.#element = element;
  }

  #remembered(part) {
    return part.querySelectorAll("[data-set]:not([data-forget])");
  }

  // Of the whole player, or of what was added to it.
  restore(part = this.#element) {
    const before = kept();
    for (const field of this.#remembered(part)) if (field.dataset.set in before) put(field, before[field.dataset.set]);
  }

  keep() {
    const now = kept();
    for (const field of this.#remembered(this.#element)) {
      now[field.dataset.set] = field.type === "checkbox" ? field.checked : field.value;
    }
    try {
      localStorage.setItem(KEY, JSON.stringify(now));
    } catch {
      // They last for this page.
    }
  }

  #field(name) {
    return this.#element.querySelector(`[data-set="${name}"]`);
  }

  get(name) {
    const field = this.#field(name);
    if (!field) return undefined;
    return field.type === "checkbox" ? field.checked : Number(field.value);
  }

  text(name) {
    return this.#field(name)?.value ?? "";
  }

  // As it was left on this device, where its field is not on the page.
  left(name) {
    return kept()[name];
  }

  // In flare mode the sound is on from the start: the voice, for which a tone stands where there is none, or the tone
  // for a breath.
  soundFirst(skin) {
    this.#field(skin === "breath" ? "tone" : "voice").checked = true;
  }

  // Eyes closed: whatever can be heard or felt, and nothing to see.
  byEar() {
    if (!this.get("voice")) this.#field("tone").checked = true;
    if (canVibrate) this.#field("vibration").checked = true;
    this.#field("visuals").checked = false;
  }

  // The breath as the dials set it. One of fewer than `least` seconds gets a longer out-breath.
  breath(pattern, least) {
    const chosen = { ...pattern };
    for (const phase of PHASES) chosen[phase] = this.get(phase) ?? chosen[phase] ?? 0;
    const short = least - PHASES.reduce((sum, phase) => sum + chosen[phase], 0);
    if (short > 0) chosen.out += short;
    return chosen;
  }

  // Copies the breath of the dials into the form that keeps it as one's own.
  mirror(pattern) {
    for (const field of document.querySelectorAll("[data-mirror]")) field.value = pattern[field.dataset.mirror];
  }
}
