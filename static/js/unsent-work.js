// <unsent-work>: says on every page what waits on this device, and sends it once there is a network.

import "./unsent.js";
import "./drafts.js";

const { unsent } = globalThis;
const SOON = 1000; // milliseconds until it tries again after a failure: a network says it is back before it carries
const SELDOM = 60000;

export const isCopy = document.documentElement.hasAttribute("data-copy");

// Whose work this device keeps: what the page says, or, in a copy that knows nobody, what the last page said.
export async function ownerNow() {
  const said = isCopy ? undefined : document.querySelector('meta[name="owner"]')?.content;
  if (said === undefined) return (await unsent.owner()) ?? "";
  return said;
}

// A notice on this device is for whoever is logged in here. Its push service forgets it, and the site with it.
export async function endNotices() {
  const registration = await navigator.serviceWorker?.getRegistration();
  const subscription = await registration?.pushManager?.getSubscription();
  await subscription?.unsubscribe();
}

class UnsentWork extends HTMLElement {
  async connectedCallback() {
    this.words = this.querySelector('[data-part="words"]');
    this.doing = this.querySelector('[data-part="doing"]');
    this.wait = SOON;
    this.addEventListener("click", (event) => this.#do(event.target.closest("[data-do]")?.dataset.do));
    try {
      this.owner = await ownerNow();
      await this.#greet();
      await noteLanguage();
      unsent.onChange(() => this.#mind());
      await this.#show();
    } catch {
      return; // storage is blocked: nothing can wait here
    }
    window.addEventListener("online", () => this.#send());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.#send();
    });
    if (navigator.onLine) this.#send();
  }

  // Somebody signed out, or somebody else signed in: what was read and set here is not theirs to see.
  async #greet() {
    const before = await unsent.owner();
    if (before === this.owner) return;
    if (before) {
      await forgetTraces();
      await endNotices().catch(() => {}); // refused or not known here: there is none then
    }
    await unsent.setOwner(this.owner);
  }

  async #send() {
    const had = this.mine;
    clearTimeout(this.later);
    this.later = 0;
    try {
      await unsent.send();
    } catch ({ isStranger }) {
      if (isStranger && this.mine) this.#say(this.dataset.stranger, "send");
      return this.#sendLater();
    } // it stays, and stays said
    await this.#show();
    if (had && !this.mine && !this.refused) this.#say(this.dataset.sent);
  }

  // More and more seldom, and never without a network: then the next word is the browser's, that there is one.
  #sendLater() {
    if (this.later || !navigator.onLine) return;
    this.later = setTimeout(() => this.#send(), this.wait);
    this.wait = Math.min(this.wait * 2, SELDOM);
  }

  async #mind() {
    await this.#show();
    if (this.mine) this.#sendLater();
    else this.wait = SOON;
  }

  async #sendByHand() {
    await this.#send();
    const said = [this.dataset.still, this.dataset.stranger];
    if (this.mine && !this.refused && !said.includes(this.words.textContent)) this.#say(this.dataset.still, "send");
  }

  async #show() {
    const rows = await unsent.waiting();
    const count = (is) => rows.filter((row) => !row.why && is(row)).length;
    this.refused = rows.find((row) => row.why && (row.owner === this.owner || row.owner === ""));
    this.mine = count((row) => row.owner === this.owner);
    const before = this.owner ? count((row) => row.owner === "") : 0;
    const others = count((row) => row.owner !== this.owner && row.owner !== "");
    const isAnswer = this.refused && this.refused.why !== "lost"; // of the site, in the language it was asked in
    this.words.lang = isAnswer && this.refused.words ? this.refused.words : document.documentElement.lang;
    if (this.refused) this.#say(isAnswer ? this.refused.why : this.dataset.lost, "seen");
    else if (this.mine) this.#say(this.dataset.waiting.replace("{}", this.mine), "send");
    else if (before) this.#say(this.dataset.before.replace("{}", before), "claim", "leave");
    else if (others) this.#say(this.dataset.others.replace("{}", others));
    else this.#say("");
  }

  #say(words, ...does) {
    if (this.words.textContent !== words) this.words.textContent = words;
    this.querySelector('[data-part="box"]').classList.toggle("message", words !== "");
    this.doing.hidden = does.length === 0;
    this.doing.querySelectorAll("[data-do]").forEach((button) => {
      button.hidden = !does.includes(button.dataset.do);
    });
  }

  async #do(what) {
    if (what === "send") await this.#sendByHand();
    if (what === "claim") {
      await unsent.claim(this.owner);
      await this.#send();
    }
    if (what === "leave") await unsent.drop((row) => row.owner === "");
    if (what === "seen") await unsent.drop((row) => row.place === this.refused?.place);
  }
}

// For the worker, which sends while no page is open.
async function noteLanguage() {
  const { lang } = document.documentElement;
  if ((await unsent.noted("language")) !== lang) await unsent.note("language", lang);
}

// What a person leaves on a device besides unsent work: the lessons that were opened, the voices of what they practise,
// and the switches.
export async function forgetTraces() {
  try {
    localStorage.clear();
  } catch {
    /* blocked: then there is nothing in it */
  }
  if ("caches" in window) await Promise.all(["opened", "voices-1"].map((name) => caches.delete(name)));
}

customElements.define("unsent-work", UnsentWork);
