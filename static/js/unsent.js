// What waits on this device until it can be sent: a practice, as the least that says it (which guide, when, the taps),
// and an entry of a tool if the person asked for it.
//
// A plain script without exports: pages import it as a module, the service worker takes it with importScripts, which
// not every browser does with modules. Both find `unsent` in the global scope.
//
// Each row is sealed with AES-GCM under a key that no script can read out, and is bound to an opaque label of whose it
// is, so that it can never reach another account; "" is whoever is not signed in. Rows go out in the order in which
// they were made, from one tab at a time, each with an id of its own, so sending again changes nothing. A row that was
// taken is erased at once; one that was refused stays, with the reason, until the person has read it.

(() => {
  // In the language of the page, or of the last one: what the site answers is read by the person.
  const ADDRESSES = { en: "/practice/sync/", es: "/es/practice/sync/" };
  const A_BATCH = 20;
  const MOST_LETTERS = 60000;
  const PATIENCE = 20000; // milliseconds
  const changes = "BroadcastChannel" in globalThis ? new BroadcastChannel("unsent") : null;
  const listeners = new Set();
  let opening = null;

  // --- The shelf ---

  function promised(request) {
    return new Promise((keep, refuse) => {
      request.onsuccess = () => keep(request.result);
      request.onerror = () => refuse(request.error);
    });
  }

  function build({ target: { result: base } }) {
    base.createObjectStore("device");
    base.createObjectStore("rows", { keyPath: "place", autoIncrement: true }).createIndex("id", "id", { unique: true });
  }

  function shelf() {
    opening ??= new Promise((keep, refuse) => {
      const request = indexedDB.open("unloop", 1);
      request.onupgradeneeded = build;
      request.onerror = () => refuse(request.error);
      request.onblocked = () => refuse(new Error("blocked"));
      request.onsuccess = () => {
        request.result.onversionchange = request.result.onclose = () => {
          request.result.close();
          opening = null;
        };
        keep(request.result);
      };
    }).catch((error) => {
      opening = null;
      throw error;
    });
    return opening;
  }

  // Strict: it is on the disk when this ends, not on the way there.
  async function change(name, work) {
    const done = (await shelf()).transaction(name, "readwrite", { durability: "strict" });
    const whole = new Promise((keep, refuse) => {
      done.oncomplete = keep;
      done.onabort = () => refuse(done.error);
    });
    const result = work(done.objectStore(name));
    await whole;
    return result;
  }

  async function look(name, work) {
    return promised(work((await shelf()).transaction(name).objectStore(name)));
  }

  // --- The lock ---

  async function theKey() {
    const found = await look("device", (store) => store.get("key"));
    if (found) return found;
    const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    // Another tab may have been first: then its key is the key.
    await change("device", (store) => {
      store.add(made, "key").onerror = (event) => {
        event.preventDefault();
        event.stopPropagation();
      };
    });
    return look("device", (store) => store.get("key"));
  }

  async function seal(owner, report) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const bound = new TextEncoder().encode(owner);
    const plain = new TextEncoder().encode(JSON.stringify(report));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bound }, await theKey(), plain);
    return { id: report.client_id, owner, iv, sealed, why: "", isKept: false };
  }

  async function unseal({ owner, iv, sealed }) {
    const bound = new TextEncoder().encode(owner);
    try {
      const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: bound }, await theKey(), sealed);
      return JSON.parse(new TextDecoder().decode(plain));
    } catch {
      return null; // the key went, and with it the words
    }
  }

  // --- The rows ---

  async function keep(owner, report) {
    const row = await seal(owner, report);
    await change("rows", (store) => {
      // The same practice once more, from a second press: it is here already.
      store.add(row).onerror = (event) => {
        if (event.target.error.name === "ConstraintError") {
          event.preventDefault();
          event.stopPropagation();
        }
      };
    });
    tell();
    await sendLater().catch(() => {}); // where there is no such thing, the next page does it
  }

  // The browser wakes the worker once there is a network, even when no page is open any more.
  async function sendLater() {
    const worker = globalThis.registration ?? (await navigator.serviceWorker?.getRegistration());
    await worker?.sync?.register("unsent");
  }

  // In the order in which they were made. Without what was sealed: that is opened only to be sent.
  async function waiting() {
    const rows = await look("rows", (store) => store.getAll());
    return rows.map(({ id, owner, why, words, isKept, place }) => ({ id, owner, why, words, isKept, place }));
  }

  async function drop(isGone) {
    const gone = (await waiting()).filter(isGone);
    if (gone.length) {
      await change("rows", (store) => {
        for (const { place } of gone) store.delete(place);
      });
    }
    if (gone.length) tell();
  }

  // What was made before somebody signed in, and is theirs as they say, is bound to them.
  async function claim(owner) {
    for (const row of await look("rows", (store) => store.getAll())) {
      const report = row.owner === "" ? await unseal(row) : null;
      if (report) {
        const bound = await seal(owner, report);
        await change("rows", (store) => store.put({ ...bound, place: row.place }));
      }
    }
    tell();
  }

  // --- Sending ---

  // A request that nobody answers ends by itself. AbortSignal.timeout says the same and is younger than our floor.
  function patient() {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), PATIENCE);
    return stop.signal;
  }

  async function language() {
    const found = globalThis.document?.documentElement.lang ?? (await noted("language").catch(() => ""));
    return found in ADDRESSES ? found : "en";
  }

  async function ask() {
    const answer = await fetch(ADDRESSES[await language()], { cache: "no-store", signal: patient() });
    if (!answer.ok) throw new Error("not now");
    // A network that wants a log-in first answers everything with its own page.
    if (!isOurs(answer)) throw Object.assign(new Error("a stranger answered"), { isStranger: true });
    return answer.json();
  }

  const isOurs = ({ headers }) => (headers.get("Content-Type") ?? "").startsWith("application/json");

  async function post(token, owner, items) {
    return fetch(ADDRESSES[await language()], {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ owner, items }),
      signal: patient(),
    });
  }

  async function sendSome(told) {
    const rows = await look("rows", (store) => store.getAll());
    const owner = rows.find((row) => told.owners.includes(row.owner) && !row.why)?.owner;
    if (owner === undefined) return false;
    const batch = rows.filter((row) => row.owner === owner && !row.why).slice(0, A_BATCH);
    const reports = await Promise.all(batch.map(unseal));
    const lost = batch.filter((_, place) => !reports[place]);
    const readable = batch.filter((_, place) => reports[place]);
    const some = asMuchAsGoes(reports.filter(Boolean));
    const answers = some.length ? await results(told, owner, some) : [];
    await settle(readable.slice(0, some.length), answers, lost);
    return true;
  }

  // Words can be long, and the site takes only so much at once.
  function asMuchAsGoes(reports) {
    let size = 0;
    return reports.filter((report, place) => {
      size += JSON.stringify(report).length;
      return size <= MOST_LETTERS || place === 0;
    });
  }

  async function results(told, owner, reports) {
    const answer = await post(told.token, owner, reports);
    if (!answer.ok) throw new Error("not now");
    const { results: each } = await answer.json();
    if (each.length !== reports.length) throw new Error("not understood");
    return each;
  }

  async function settle(rows, answers, lost) {
    const words = await language(); // in which the site said why
    await change("rows", (store) => {
      rows.forEach((row, place) => {
        const { is, why } = answers[place];
        if (is === "refused") store.put({ ...row, why, words });
        else if (why) store.put({ ...row, sealed: null, iv: null, why, words, isKept: true });
        else store.delete(row.place);
      });
      for (const row of lost) store.put({ ...row, why: "lost" });
    });
    tell();
  }

  // Straight from a page, where nothing can be kept.
  async function sendOne(owner, report) {
    const told = await ask();
    if (!told.owners.includes(owner)) throw new Error("not theirs");
    const [answer] = await results(told, owner, [report]);
    return answer;
  }

  async function sendAll() {
    if (!(await waiting()).some(({ why }) => !why)) return;
    const told = await ask();
    while (await sendSome(told));
  }

  // One tab at a time, where the browser can say so; the ids keep it right where it cannot.
  async function send() {
    return navigator.locks ? navigator.locks.request("unsent", sendAll) : sendAll();
  }

  // --- Whose device it is just now, and telling every tab ---

  const noted = (name) => look("device", (store) => store.get(name));
  const note = (name, value) =>
    change("device", (store) => {
      store.put(value, name);
    });
  const notes = (prefix) => look("device", (store) => store.getAll(IDBKeyRange.bound(prefix, `${prefix}\uffff`)));
  const erase = (names) =>
    change("device", (store) => {
      for (const name of names) store.delete(name);
    });
  const owner = () => noted("owner");
  const setOwner = (label) => note("owner", label);

  function tell() {
    changes?.postMessage("changed");
    for (const listener of listeners) listener();
  }

  function onChange(listener) {
    listeners.add(listener);
    changes?.addEventListener("message", listener);
  }

  const lock = { seal, unseal };
  const device = { noted, note, notes, erase, owner, setOwner };
  globalThis.unsent = { keep, waiting, send, sendOne, claim, drop, onChange, ...lock, ...device };
})();
