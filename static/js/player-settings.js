// The switches and dials of the player: what they say, and how they are remembered on this device. Storage may be full
// or blocked: then they last for this page, and nothing else depends on them.

import { canSpeak, canVibrate } from "./practice-cues.js";

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
  #remembered;

  constructor(element) {
    this.#element = element;
    this.#remembered = [...element.querySelectorAll("[data-set]:not([data-forget])")];
  }

  restore() {
    const before = kept();
    for (const field of this.#remembered) if (field.dataset.set in before) put(field, before[field.dataset.set]);
  }

  keep() {
    const now = kept();
    for (const field of this.#remembered) {
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

  // In flare mode the sound is on from the start: the voice, or a tone for a breath and where there is no voice.
  soundFirst(skin) {
    this.#field(skin === "breath" || !canSpeak ? "tone" : "voice").checked = true;
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
