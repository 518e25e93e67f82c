// What is recorded of a text that is read aloud: asked for once somebody wants to listen.

import { asSpoken, linesOf, voicesOf } from "./recordings.js";

// How a voice is to sound, as somebody left it beside a practice.
export function manner() {
  try {
    return JSON.parse(localStorage.getItem("practice-settings")) ?? {};
  } catch {
    return {};
  }
}

// Gives the address of the recording of words, or undefined.
export async function recordingsOf(language, what) {
  const { lines } = await linesOf(await voicesOf(language), manner().speaker, language, what);
  return (words) => lines[asSpoken(words)]?.[0];
}
