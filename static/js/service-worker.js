// The service worker: what opens without a network. `/sw.js` hands it the list of what to keep, `self.unloop`.
//
// Only public pages are kept, and each is asked for without cookies, so that no copy can hold anything personal.
// Whatever the server marks `no-store` or `private` is not kept either. A copy says so: <html data-copy>.
//
// A first visit keeps Help now and flare mode. The rest comes once somebody opened, kept or planned a practice, or
// installed the site, and never while they save data; a new version asks for what is not here yet.
//
// A new version is put beside the old one and waits until no page of the old one is open: a practice that
// runs is never touched. The old copies go once the new ones are all there.

const { version, parcels, guides, choices, others } = self.unloop;
const { bring, keepFiles, keepPictures, mark, placeOf } = self.parcels;
// By what an address begins with: nothing in English, "/es" in Spanish.
const LISTS = { "": { guides, parcels: parcels.list }, ...others };
const IN = `(${Object.keys(LISTS).join("|")})`;
const SHELL = `shell-${version}`;
const GUIDES = `guides-${version}`;
const OPENED = "opened"; // lessons that were read here, practices as they were chosen: cleared when somebody signs out
const PATIENCE = 4000; // milliseconds a page may take when there is a copy of it
const DAY = 24 * 60 * 60 * 1000;
// What a slow line must not keep back.
const HURRIED = new RegExp(`^${IN}/(help-now|practice/[\\w-]+|lessons/[\\w-]+)/`);
const LESSON = new RegExp(`^${IN}/lessons/[\\w-]+/$`);
const PRACTICE = new RegExp(`^${IN}/practice/([\\w-]+)/$`);
// Whoever is here has opened, kept or planned something to do.
const MEANT = new RegExp(`^${IN}/(practice/[\\w-]+|tools/[\\w-]+|today|plan|week)/`);
const NOT_PUBLIC = /no-store|private/;

self.addEventListener("install", (event) => event.waitUntil(keepFirst()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  if (event.data?.do === "keep") event.waitUntil(keepInTurn({ ...event.data, page: new URL(event.data.page) }));
});
self.addEventListener("sync", (event) => {
  if (event.tag === "unsent") event.waitUntil(self.unsent.send());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (self.flare.isPress(request, url)) event.respondWith(self.flare.press(request, url));
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(openPage(event, url));
  else if (self.unloop.isHashed && url.pathname.startsWith(self.unloop.static)) event.respondWith(openFile(request));
  else if (url.pathname.startsWith("/voices/")) event.respondWith(self.keptVoices.answer(request));
});

// --- Keeping ---------------------------------------------------------------------------

async function keepFirst() {
  const cache = await caches.open(SHELL);
  await keepFiles(cache);
  await bring(cache, parcels.first, "");
}

// Two pages at once would ask for everything twice.
let turn = Promise.resolve();
function keepInTurn(told) {
  turn = turn.then(() => keepAll(told));
  return turn;
}

// Asked for by a page that has loaded and is at rest: the first one came before there was a worker. One after the
// other, so that nobody's line is full of it; what is there is left alone, so that a walk that broke off is taken up.
async function keepAll(told) {
  try {
    const stale = await staleOf(told);
    if (stale.length && (await isOutdated())) return; // its pages would not fit the files that are here
    for (const keepOne of stale) await keepOne();
    if (await lacks(told)) return;
  } catch ({ name }) {
    // Without room the voices go, and it is tried again. Without a network what is there stays, the old copies too.
    if (name === "QuotaExceededError" && (await self.keptVoices.removeAll())) await keepAll(told);
    return;
  }
  const isOld = (name) => ![SHELL, GUIDES, OPENED].includes(name) && !name.startsWith("voices-");
  const old = (await caches.keys()).filter(isOld);
  await Promise.all(old.map((name) => caches.delete(name)));
  if (told.isInstalled && !isSaving(told)) await self.keptVoices.keepFlare(languageOf(told.page).slice(1) || "en");
}

// What is to be done for this device, in turn.
async function staleOf(told) {
  const [first, opened] = await Promise.all([SHELL, OPENED].map((name) => caches.open(name)));
  const stale = [];
  if (!(await isFresh(first, parcels.first))) stale.push(() => bring(first, parcels.first, ""));
  for (const name of await theirsOf(opened, told.page))
    if (!(await isFresh(opened, name))) stale.push(() => keep(opened, name, sourceOf(name)));
  return [...stale, ...(await restOf(told))];
}

async function theirsOf(opened, page) {
  const theirs = new Set((await opened.keys()).map(({ url }) => nameOf(new URL(url))));
  if (isTheirs(page)) theirs.add(nameOf(page));
  return theirs;
}

async function restOf(told) {
  if (!(await wantsRest(told))) return [];
  if (isSaving(told)) return oneOf(told.page);
  const rest = [];
  const cache = await caches.open(GUIDES); // with the first page in it this device wants the rest
  for (const each of await languages(told.page)) {
    const list = LISTS[each].parcels;
    if (!(await isFresh(cache, list))) rest.push(() => keepLanguage(cache, list));
  }
  return rest;
}

// Who saves data has the practice that they opened, and no other.
async function oneOf(page) {
  const [, language, slug] = page.pathname.match(PRACTICE) ?? [];
  const address = slug && `${LISTS[language].parcels}practice-${slug}/`;
  if (!address || (await placeOf(address))) return [];
  return [async () => bring(await caches.open(GUIDES), address, "")];
}

// The list says what each parcel is now; only those are asked for that are not here as they are.
async function keepLanguage(cache, list) {
  const answer = await fetch(list, { credentials: "omit", cache: "no-cache" });
  if (!answer.ok) throw new Error("not now");
  const told = await answer.clone().json();
  let trouble = null; // with one, which does not keep the others back
  for (const [address, digest] of Object.entries(told))
    await bring(cache, address, digest).catch((error) => {
      trouble = error;
    });
  if (trouble) throw trouble;
  await keepPictures(await caches.open(SHELL));
  await cache.put(list, mark(await answer.text(), { "Content-Type": "application/json" }));
}

const isSaving = (told) => told.isSaving || Boolean(self.navigator.connection?.saveData);

async function wantsRest({ page, isInstalled }) {
  return isInstalled || MEANT.test(page.pathname) || (await heldGuides()).length > 0;
}

async function heldGuides() {
  const names = (await caches.keys()).filter((name) => name.startsWith("guides-"));
  const held = (await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))).flat();
  return held.map(({ url }) => new URL(url));
}

// Whether the copies of the version before are needed still.
async function lacks(told) {
  return isSaving(told) && (await wantsRest(told));
}

const languageOf = ({ pathname }) => Object.keys(others).find((each) => pathname.startsWith(`${each}/`)) ?? "";

// People read in one language, or in two: that of this page, and those of the copies that are here.
async function languages(page) {
  const pages = (await heldGuides()).filter(({ pathname }) => !pathname.startsWith("/offline/parcels/"));
  return new Set([languageOf(page), ...pages.map(languageOf)]);
}

async function isOutdated() {
  const { registration } = self;
  if (!registration.waiting) await registration.update();
  return Boolean(registration.waiting || registration.installing);
}

async function isFresh(cache, name) {
  const copy = await cache.match(name);
  return copy?.headers.get("X-Version") === version && Date.now() - Number(copy.headers.get("X-Kept-At")) < DAY;
}

async function keep(cache, name, from) {
  const answer = await fetch(from, { credentials: "omit", cache: "no-cache" });
  if (answer.status >= 500 || answer.status === 429) throw new Error("not now");
  if (answer.status === 404 || answer.status === 410) return cache.delete(name);
  if (!answer.ok || answer.redirected || NOT_PUBLIC.test(answer.headers.get("Cache-Control") ?? "")) return false;
  const page = await answer.text();
  if (!page.includes("<unsent-work")) return false; // of a network that wants a log-in first, and not of this site
  const headers = new Headers(answer.headers);
  for (const header of ["Content-Encoding", "Content-Length", "Vary"]) headers.delete(header);
  return cache.put(name, mark(page, headers));
}

// --- Opening ---------------------------------------------------------------------------

// Only what was chosen on a page (its size, a way to do it) makes it another page; what else stands in an address
// is not kept.
function nameOf(url) {
  const chosen = choices.map((name) => [name, url.searchParams.get(name)]).filter(([, value]) => value);
  return url.pathname + (chosen.length ? `?${new URLSearchParams(chosen)}` : "");
}

// A lesson that was opened, or a practice in a length or a breath of one's own, which no list can name beforehand.
function isTheirs(url) {
  const name = nameOf(url);
  return (
    LESSON.test(url.pathname) ||
    (PRACTICE.test(url.pathname) &&
      name.includes("?") &&
      !LISTS[languageOf(url)].guides.some(([each]) => each === name))
  );
}

// The page of a practice may know the person; its copy knows nobody.
function sourceOf(name) {
  return name.replace(new RegExp(`^${IN}(/practice/)`), "$1/offline$2");
}

async function openPage(event, url) {
  await self.flare.tell();
  const asked = fetch(event.request);
  event.waitUntil(asked.then((answer) => self.flare.hear(answer)).catch(() => {}));
  if (isTheirs(url)) event.waitUntil(asked.then((answer) => keepTheirs(answer, url)).catch(() => {}));
  const copy = (await self.flare.copyOf(url, copyOf)) ?? (await copyOf(url));
  try {
    const answer = await (copy && HURRIED.test(url.pathname) ? within(asked, PATIENCE) : asked);
    return copy && answer.status >= 500 ? copy : answer;
  } catch {
    return copy ?? (await caches.match(`${languageOf(url)}/offline/`)) ?? Response.error();
  }
}

async function copyOf(url) {
  const kept = await Promise.all([SHELL, GUIDES, OPENED].map((name) => caches.open(name)));
  for (const [name, how] of [
    [nameOf(url), {}],
    [url.pathname, { ignoreSearch: true }],
  ]) {
    for (const cache of kept) {
      const found = await cache.match(name, how);
      if (found) return found;
    }
  }
  return caches.match(nameOf(url)); // of the version before, until this one is complete
}

async function keepTheirs(answer, url) {
  const [opened, name] = [await caches.open(OPENED), nameOf(url)];
  if (answer.ok && !(await isFresh(opened, name))) await keep(opened, name, sourceOf(name));
}

function within(promise, milliseconds) {
  const tooLate = new Promise((_, refuse) => {
    setTimeout(() => refuse(new Error("too late")), milliseconds);
  });
  return Promise.race([promise, tooLate]);
}

// Files carry a hash of their content in their name, so one that is here is the right one. One that is not is of a
// newer version whose page is being read: it is put aside for the copy of that page.
async function openFile(request) {
  const found = await caches.match(request, { ignoreVary: true });
  if (found) return found;
  const answer = await fetch(request);
  if (answer.status === 200) putAside(request.url, answer.clone());
  return answer;
}

async function putAside(url, answer) {
  try {
    await (await caches.open(SHELL)).put(url, answer);
  } catch {
    /* no room: the page has it all the same */
  }
}
