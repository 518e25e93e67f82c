// What was written in a form and has not arrived on the site yet. Each draft is one row on this device, sealed and
// bound to its owner as what waits unsent is (unsent.js); where it was written is kept as a digest only. A draft goes
// when the site says that it has the words, when the person refuses it, on log-out, and after thirty days.

import "./unsent.js";

const { unsent } = globalThis;
const SHELF = "draft:";
const ARRIVED = location.protocol === "https:" ? "__Host-arrived=" : "arrived=";
const LONGEST = 30 * 24 * 3600 * 1000; // milliseconds

async function digest(text) {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// The site names the newest drafts whose words it has (accounts/drafts.py).
function arrived() {
  const told = document.cookie.split("; ").find((one) => one.startsWith(ARRIVED));
  return told ? told.slice(ARRIVED.length).split(".") : [];
}

export async function dropDrafts(isGone) {
  const gone = (await unsent.notes(SHELF)).filter(isGone);
  if (gone.length) await unsent.erase(gone.map(({ name }) => name));
}

async function tidy() {
  const [ids, old] = [arrived(), Date.now() - LONGEST];
  await dropDrafts(({ id, at }) => ids.includes(id) || at < old);
}

// Once a page, before any draft is offered. Where storage is blocked there is nothing to tidy.
const tidied = tidy().catch(() => {});

// `written` is { fields, texts }: all that stands in the form, and the texts among it.
export function keepDraft(owner, id, place, written) {
  if (isLeft) return;
  writing = seal(owner, id, place, written);
  return writing;
}

async function seal(owner, id, place, written) {
  const { iv, sealed } = await unsent.seal(owner, { client_id: id, ...written });
  const name = SHELF + id;
  await unsent.note(name, { name, id, owner, iv, sealed, place: await digest(place), at: Date.now() });
}

// For who logs out on a page in which they wrote: what stands there is not kept any more, however long the site takes
// to answer. A page that comes back as it was, since the site could not be reached, keeps again.
let isLeft = false;
let writing;

export async function leaveDrafts(isGone) {
  isLeft = true;
  await Promise.allSettled([writing]);
  await dropDrafts(isGone);
}

addEventListener("pageshow", ({ persisted }) => {
  if (persisted) isLeft = false;
});

// The newest first, opened. What cannot be opened any more (the key went) is erased.
export async function draftsAt(owners, place) {
  await tidied;
  const where = await digest(place);
  const rows = (await unsent.notes(SHELF)).filter((row) => row.place === where && owners.includes(row.owner));
  const opened = await Promise.all(rows.map(async (row) => ({ ...row, written: await unsent.unseal(row) })));
  const lost = opened.filter(({ written }) => !written);
  if (lost.length) await unsent.erase(lost.map(({ name }) => name));
  return opened.filter(({ written }) => written).sort((one, other) => other.at - one.at);
}
