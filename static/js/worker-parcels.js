// Parcels: many pages, or many files, in one answer of the site, unpacked here into the cache as one page each.
//
// Beside its pages a cache holds, under the address of the parcel, which pages came with it and the digest of what they
// say. Names of files are left out of the digest: a page in which nothing else changed is carried over from the
// version before, with the new names, and is not asked for again.

(() => {
  const { version, shell, pictures, parcels, isHashed } = self.unloop;
  const FEW = 4; // files that are asked for one by one
  const HASH = /\.[0-9a-f]{12}(?=\.\w+$)/;
  const plain = (path) => path.replace(HASH, "");
  const NOW = new Map([...shell, ...pictures].map((path) => [plain(path), path]));
  const NAMED = new RegExp(`${self.unloop.static}[\\w./-]+`, "g");
  const asStranger = (address) => fetch(address, { credentials: "omit", cache: "no-cache" });

  const renew = (text) => text.replace(NAMED, (path) => NOW.get(plain(path)) ?? path);

  // A copy says on itself that it is one, when it came, and with which version.
  function mark(text, headers) {
    const told = new Headers(headers);
    told.set("X-Kept-At", String(Date.now()));
    told.set("X-Version", version);
    return new Response(text.replace("<html lang", "<html data-copy lang"), { headers: told });
  }

  // Null where what is here is what there is. A network that wants a log-in first answers with its own page.
  async function ask(address, has) {
    const answer = await asStranger(has ? `${address}?has=${has}` : address);
    if (answer.status === 204) return null;
    const isOurs = (answer.headers.get("Content-Type") ?? "").startsWith("application/json");
    if (!answer.ok || !isOurs) throw new Error("not now");
    return answer.json();
  }

  // --- Pages ---

  // Where the pages of a parcel are: in this cache first, then in that of a version before.
  async function placeOf(address, own) {
    for (const name of [...(own ? [own] : []), ...(await caches.keys())]) {
      const cache = typeof name === "string" ? await caches.open(name) : name;
      const found = await cache.match(address);
      if (found) return { cache, ...(await found.json()) };
    }
    return null;
  }

  async function note(cache, address, { digest, names }) {
    await cache.put(address, mark(JSON.stringify({ digest, names }), { "Content-Type": "application/json" }));
    return true;
  }

  async function unpack(cache, address, { digest, pages }) {
    for (const { name, headers, text } of pages) await cache.put(name, mark(text, headers));
    await note(cache, address, { digest, names: pages.map(({ name }) => name) });
  }

  async function carry(cache, address, place) {
    for (const name of place.names) {
      const page = await place.cache.match(name);
      if (!page) return false;
      await cache.put(name, mark(renew(await page.text()), page.headers));
    }
    return note(cache, address, place);
  }

  async function forget(cache, names, pages) {
    const now = new Set(pages.map(({ name }) => name));
    const gone = names.filter((name) => !now.has(name));
    await Promise.all(gone.map((name) => cache.delete(name)));
  }

  // `digest` is what the site says that it is now; nothing where that is to be asked.
  async function bring(cache, address, digest) {
    const place = await placeOf(address, cache);
    const isHere = place?.cache === cache;
    const got = place && digest && place.digest === digest ? null : await ask(address, place?.digest);
    if (!got && (isHere ? await note(cache, address, place) : await carry(cache, address, place))) return;
    const whole = got ?? (await ask(address, "")); // the browser has thrown some of it away
    await unpack(cache, address, whole);
    if (isHere) await forget(cache, place.names, whole.pages);
  }

  // --- Files ---

  // What is here already, under the name that says what is in it, is taken along from the version before.
  async function missing(cache, paths) {
    const gone = [];
    for (const path of paths) {
      const found = isHashed ? await caches.match(path, { ignoreVary: true }) : undefined;
      if (found) await cache.put(path, found);
      else gone.push(path);
    }
    return gone;
  }

  function fileOf({ type, isText, body }) {
    const whole = isText ? body : Uint8Array.from(atob(body), (each) => each.charCodeAt(0));
    return new Response(whole, { headers: { "Content-Type": type } });
  }

  async function keepFiles(cache) {
    let gone = await missing(cache, shell);
    if (gone.length > FEW) {
      const { files } = await ask(parcels.files, "");
      for (const file of files) await cache.put(file.name, fileOf(file));
      const came = new Set(files.map(({ name }) => name));
      gone = gone.filter((path) => !came.has(path));
    }
    await cache.addAll(gone.map((path) => new Request(path, { credentials: "omit" })));
  }

  async function keepPictures(cache) {
    const gone = await missing(cache, pictures);
    await cache.addAll(gone.map((path) => new Request(path, { credentials: "omit" })));
  }

  self.parcels = { bring, keepFiles, keepPictures, mark, placeOf };
})();
