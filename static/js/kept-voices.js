// Recordings that stay on this device: of the practices that somebody kept with their voice, and of flare mode where
// the site is installed. Used by pages and by the service worker.
//
// A recording never changes under its name, so a release brings only those that are new. The list of a practice is put
// aside last, when all that it names is there, and looked at once more: a browser that needs room may throw all of it
// away meanwhile. Without room the voice goes first, and never a practice.

(() => {
  const CACHE = "voices-1";
  const FILES = "/voices/files/";
  const LIST = /^\/voices\/([\w-]+)\/([\w-]+)\/([\w-]+)\.json$/;
  const DAY = 24 * 60 * 60 * 1000;
  const SPARE = 2; // how many times the room that it needs has to be there
  const pathOf = ({ url }) => new URL(url).pathname;

  async function ask(address) {
    const answer = await fetch(address, { credentials: "omit" });
    if (!answer.ok) throw new Error("not now");
    return answer;
  }

  async function lists(cache) {
    const found = (await cache.keys()).map(pathOf).filter((path) => LIST.test(path));
    return Promise.all(found.map(async (path) => ({ path, ...(await (await cache.match(path)).json()) })));
  }

  // Files that no list names any more, and all of it once there is no list.
  async function tidy(cache) {
    const all = await lists(cache);
    if (all.length === 0) return caches.delete(CACHE);
    const named = new Set(all.flatMap(({ lines }) => Object.values(lines).map(([address]) => address)));
    for (const request of await cache.keys()) {
      const path = pathOf(request);
      if (path.startsWith(FILES) && !named.has(path)) await cache.delete(request);
    }
  }

  const noRoom = () => new DOMException("no room", "QuotaExceededError");

  async function makeSure(bytes) {
    const { quota, usage } = (await navigator.storage?.estimate?.().catch(() => null)) ?? {};
    if (quota && quota - usage < bytes * SPARE) throw noRoom();
  }

  // One after the other, in whatever tab: what one puts aside is named by no list yet, and another would tidy it away.
  const inTurn = (act) => (navigator.locks ? navigator.locks.request("voices", act) : act());

  // `address` names the list of one practice in one voice; `/voices/en/heart/pmr.json`.
  const keep = (address) => inTurn(() => bring(address));

  async function bring(address) {
    const answer = await ask(address);
    const { lines, bytes } = await answer.clone().json();
    const cache = await caches.open(CACHE);
    if (!(await cache.match(address))) await makeSure(bytes);
    try {
      for (const [file] of Object.values(lines)) if (!(await cache.match(file))) await cache.put(file, await ask(file));
      const voices = `/voices/${address.match(LIST)[1]}/`;
      await cache.put(voices, await ask(voices));
      await cache.put(address, answer);
      if (!(await isWhole(address, lines))) throw noRoom();
    } finally {
      await tidy(await caches.open(CACHE));
    }
  }

  // Asked of the device anew: what was thrown away goes on to take what is put there, and is nowhere.
  async function isWhole(address, lines) {
    const held = await Promise.all([address, ...Object.values(lines).map(([file]) => file)].map(holds));
    if (held.every(Boolean)) return true;
    await (await caches.open(CACHE)).delete(address);
    return false;
  }

  const remove = (address) =>
    inTurn(async () => {
      const cache = await caches.open(CACHE);
      await cache.delete(address);
      await tidy(cache);
    });

  const removeAll = () => caches.delete(CACHE);
  // Nothing is put up for a look: a device without voices has no such cache.
  const found = (address) => caches.match(address, { cacheName: CACHE });
  const holds = async (address) => Boolean(await found(address));

  // What is left of a keeping that a closed page broke off; not while one goes on.
  async function tidyWhileNobodyKeeps() {
    const whenFree = async (lock) => lock && tidy(await caches.open(CACHE));
    await navigator.locks?.request("voices", { ifAvailable: true }, whenFree);
  }

  // [{ path, language, voice, what, bytes }]
  async function kept() {
    if (!(await caches.has(CACHE))) return [];
    await tidyWhileNobodyKeeps();
    return (await lists(await caches.open(CACHE))).map(({ path, bytes }) => {
      const [, language, voice, what] = path.match(LIST);
      return { path, language, voice, what, bytes };
    });
  }

  // --- For the worker: what a page asks for under /voices/ ---

  const json = (told) => new Response(JSON.stringify(told), { headers: { "Content-Type": "application/json" } });

  // Without a network: the lines of whatever is kept in that language, those of the list that was asked for first.
  async function withoutNetwork(path) {
    const own = await found(path);
    if (own) return own;
    const [, language] = path.match(LIST) ?? [];
    if (!language) return json({ voices: [], default: "", words: {} });
    const all = (await caches.has(CACHE)) ? await lists(await caches.open(CACHE)) : [];
    const others = all.filter((each) => each.path.startsWith(`/voices/${language}/`));
    return json({ lines: Object.assign({}, ...others.map(({ lines }) => lines)), bytes: 0 });
  }

  async function answer(request) {
    const path = pathOf(request);
    if (path.startsWith(FILES)) return (await found(path)) ?? fetch(request);
    return fetch(request).catch(() => withoutNetwork(path));
  }

  async function isOfToday(address) {
    const asked = (await found(address))?.headers.get("Date");
    return Date.now() - Date.parse(asked ?? 0) < DAY;
  }

  // The voice of flare mode, in the language of the page, once the site is installed. Looked at again once a day.
  async function keepFlare(language) {
    const voices = `/voices/${language}/`;
    if (await isOfToday(voices)) return;
    try {
      const { default: voice } = await (await ask(voices)).json();
      if (voice) await keep(`${voices}${voice}/flare.json`);
    } catch {
      /* no network, or no room: the device speaks, or the tone leads */
    }
  }

  function sizeOf(bytes, language) {
    const [unit, size] = bytes < 1e6 ? ["kilobyte", bytes / 1e3] : ["megabyte", bytes / 1e6];
    const told = new Intl.NumberFormat(language, { style: "unit", unit, maximumSignificantDigits: 2 }).format(size);
    return told.replace(" ", "\u00a0"); // a number and its unit stand on one line
  }

  self.keptVoices = { keep, remove, removeAll, holds, kept, answer, keepFlare, sizeOf };
})();
