// The service worker: what opens without a network. `/sw.js` hands it the list of what to keep, `self.unloop`.
//
// Only public pages are kept, and each is asked for without cookies, so that no copy can hold anything personal.
// Whatever the server marks `no-store` or `private` is not kept either. A copy says so: <html data-copy>.
//
// A new version is put beside the old one and waits until no page of the old one is open: a practice that
// runs is never touched. The old copies go once the new ones are all there.

const { version, shell, pages, guides, choices, others } = self.unloop;
// By what an address begins with: nothing in English, "/es" in Spanish.
const LISTS = { "": { pages: [], guides }, ...others };
const IN = `(${Object.keys(LISTS).join("|")})`;
const SHELL = `shell-${version}`;
const GUIDES = `guides-${version}`;
const OPENED = "opened"; // lessons that were read here, practices as they were chosen: cleared when somebody signs out
const PATIENCE = 4000; // milliseconds a page may take when there is a copy of it
const A_FEW = 20; // of the guides, for somebody who saves data: about one page each
const DAY = 24 * 60 * 60 * 1000;
// What a slow line must not keep back.
const HURRIED = new RegExp(`^${IN}/(help-now|practice/[\\w-]+|lessons/[\\w-]+)/`);
const LESSON = new RegExp(`^${IN}/lessons/[\\w-]+/$`);
const PRACTICE = new RegExp(`^${IN}/practice/[\\w-]+/$`);
const NOT_PUBLIC = /no-store|private/;

self.addEventListener("install", (event) => event.waitUntil(keepShell()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  if (event.data?.do === "keep") event.waitUntil(keepAll(new URL(event.data.page)));
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
});

// --- Keeping ---------------------------------------------------------------------------

async function keepShell() {
  const cache = await caches.open(SHELL);
  await cache.addAll(shell.map((path) => new Request(path, { credentials: "omit" })));
  await Promise.all(pages.map(([path, from]) => keep(cache, path, from)));
}

// Asked for by a page that has loaded: the first one came before there was a worker. One after the other, so that
// nobody's line is full of it; what is there and fresh is left alone, so that a walk that broke off is taken up again.
async function keepAll(page) {
  try {
    const stale = [];
    for (const each of await wanted(page)) if (!(await isFresh(...each))) stale.push(each);
    if (stale.length && (await isOutdated())) return; // its pages would not fit the files that are here
    for (const [cache, name, from] of stale) await keep(cache, name, from);
  } catch {
    return; // no network any more: what is there stays, the old copies too
  }
  const old = (await caches.keys()).filter((name) => ![SHELL, GUIDES, OPENED].includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
}

const languageOf = ({ pathname }) => Object.keys(others).find((each) => pathname.startsWith(`${each}/`)) ?? "";

// People read in one language, or in two: that of this page, and those of the copies that are here.
async function languages(page) {
  const names = (await caches.keys()).filter((name) => name.startsWith("guides-"));
  const held = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return new Set([languageOf(page), ...held.flat().map(({ url }) => languageOf(new URL(url)))]);
}

// What belongs on this device: cache, address of the page, address of its copy.
async function wanted(page) {
  const lists = [...(await languages(page))].map((each) => LISTS[each]);
  const [first, second, opened] = await Promise.all([SHELL, GUIDES, OPENED].map((name) => caches.open(name)));
  const theirs = new Set((await opened.keys()).map(({ url }) => nameOf(new URL(url))));
  if (isTheirs(page)) theirs.add(nameOf(page));
  const most = self.navigator.connection?.saveData ? A_FEW : Number.POSITIVE_INFINITY;
  const some = lists.flatMap((list) => list.guides.slice(0, most));
  const leading = [...pages, ...lists.flatMap((list) => list.pages)];
  return [
    ...[...theirs].map((name) => [opened, name, sourceOf(name)]),
    ...some.map(([name, from]) => [second, name, from]),
    ...leading.map(([path, from]) => [first, path, from]),
  ];
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
  const text = page.replace("<html", "<html data-copy");
  const headers = new Headers(answer.headers);
  for (const header of ["Content-Encoding", "Content-Length", "Vary"]) headers.delete(header);
  headers.set("X-Kept-At", String(Date.now()));
  headers.set("X-Version", version);
  return cache.put(name, new Response(text, { headers }));
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
