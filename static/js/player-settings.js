// The switches of the player, remembered on this device. Storage may be full or blocked:
// then they last for this page, and nothing else hangs on them.

const KEY = "practice-settings";

function valueOf(field) {
  return field.type === "checkbox" ? field.checked : field.value;
}

function put(field, value) {
  if (field.type === "checkbox") field.checked = Boolean(value);
  else if ([...field.options].some((option) => option.value === String(value))) field.value = String(value);
}

export function restore(fields) {
  let kept = {};
  try { kept = JSON.parse(localStorage.getItem(KEY)) ?? {}; } catch { kept = {}; }
  fields.forEach((field) => { if (field.dataset.set in kept) put(field, kept[field.dataset.set]); });
}

export function keep(fields) {
  let kept = {};
  try { kept = JSON.parse(localStorage.getItem(KEY)) ?? {}; } catch { kept = {}; }
  fields.forEach((field) => { kept[field.dataset.set] = valueOf(field); });
  try { localStorage.setItem(KEY, JSON.stringify(kept)); } catch { /* they last for this page */ }
}
