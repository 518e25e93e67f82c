// <kept-draft>: inside a form in which a person writes. Keeps what is typed on this device, locked, until the site has
// it; offers it back when it is missing on the page; and says how much room a field has.

import { draftsAt, dropDrafts, keepDraft } from "./drafts.js";
import { newId } from "./new-id.js";
import { watchRoom } from "./room-left.js";
import { ownerNow } from "./unsent-work.js";

const SOON = 250; // milliseconds
const A_MOMENT = 100;
const A_TEXT = "textarea, input[type=text], input:not([type])";
const KEPT_NOWHERE = "[data-no-draft]"; // what the site promises to keep nowhere
const UNTOUCHED = ["submit", "button", "password", "file"];
const OF_ONE_PAGE = ["csrfmiddlewaretoken", "client_id", "version", "draft", "token"];

function textsOf(form) {
  const fields = [...form.querySelectorAll(A_TEXT)].filter((field) => !field.matches(KEPT_NOWHERE));
  return fields.map(({ value }) => value.trim()).filter(Boolean);
}

function fieldsOf(form) {
  const unkept = [...OF_ONE_PAGE, ...[...form.querySelectorAll(KEPT_NOWHERE)].map(({ name }) => name)];
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !unkept.includes(name));
}

class KeptDraft extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.draft = newId();
    this.given = new Set(textsOf(this.form));
    watchRoom(this.form, this.dataset);
    this.form.addEventListener("formdata", ({ formData }) => formData.set("draft", this.draft));
    this.form.addEventListener("words-kept", () => this.#arrived());
    this.addEventListener("click", (event) => this.#do(event.target.closest("[data-do]")?.dataset.do));
    for (const kind of ["input", "change"]) this.form.addEventListener(kind, () => this.#soon());
    this.leaving = () => document.visibilityState === "hidden" && this.isUnkept && this.#keep();
    document.addEventListener("visibilitychange", this.leaving);
    // Where storage is blocked nothing can be kept. What is typed meanwhile is kept after the look back.
    this.keeping = this.#lookBack().catch(() => {
      this.isOver = true;
      this.#sayNowhere();
    });
  }

  #sayNowhere() {
    this.classList.add("is-nowhere");
    this.querySelector('[data-part="nowhere"]').hidden = false;
  }

  disconnectedCallback() {
    this.isOver = true;
    clearTimeout(this.waiting);
    document.removeEventListener("visibilitychange", this.leaving);
  }

  // Words that stand on this page already (it came back with a question) are no loss: their draft goes on as this one.
  async #lookBack() {
    this.owner = await ownerNow();
    this.place = new URL(this.form.getAttribute("action") || location.pathname, location.href).pathname;
    this.place += ` ${this.dataset.place ?? ""}`;
    const found = await draftsAt([...new Set([this.owner, ""])], this.place);
    const isHere = ({ written }) => written.texts.every((text) => this.given.has(text));
    const here = found.find(isHere);
    if (here) {
      this.draft = here.id;
      for (const text of here.written.texts) this.given.delete(text);
    }
    this.offers = found.filter((row) => !isHere(row));
    this.#offer();
  }

  #offer() {
    const [next] = this.offers;
    this.classList.toggle("is-offering", Boolean(next || this.left));
    this.querySelector('[data-part="asking"]').hidden = !next;
    if (!next) return;
    const isFromBefore = next.owner !== this.owner;
    const when = new Date(next.at).toLocaleString(document.documentElement.lang, {
      dateStyle: "long",
      timeStyle: "short",
    });
    const words = isFromBefore ? this.dataset.before : this.dataset.kept;
    // A moment later, so that a screen reader hears it come into a region that is there.
    setTimeout(() => {
      this.querySelector('[data-part="words"]').textContent = words;
      this.querySelector('[data-part="when"]').textContent = when;
    }, A_MOMENT);
  }

  #soon() {
    this.isUnkept = true;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.#keep(), SOON);
  }

  // One after the other, so that what was typed last is what stays.
  #keep() {
    clearTimeout(this.waiting);
    this.keeping = this.keeping
      .then(() => this.#write())
      .catch(() => {
        this.isUnkept = true; // no room: it tries again
        this.#sayNowhere();
      });
    return this.keeping;
  }

  async #write() {
    if (this.isOver) return;
    this.isUnkept = false;
    const written = this.#written();
    if (written.texts.some((text) => !this.given.has(text)))
      await keepDraft(this.owner, this.draft, this.place, written);
    else await dropDrafts(({ id }) => id === this.draft);
  }

  async #do(what) {
    if (what !== "back" && what !== "erase") return;
    const row = this.offers.shift();
    if (what === "back") await this.#bring(row);
    else await dropDrafts(({ id }) => id === row.id);
    this.#offer();
    this.form.querySelector(A_TEXT)?.focus();
  }

  // What was typed on this page meanwhile stays a draft of its own, and is offered next.
  async #bring(row) {
    await this.#keep();
    const aside = { id: this.draft, owner: this.owner, at: Date.now(), written: this.#written() };
    if (aside.written.texts.some((text) => !this.given.has(text) && !row.written.texts.includes(text)))
      this.offers.unshift(aside);
    this.draft = row.id;
    const grows = this.hasAttribute("data-grows");
    const homeless = fill(this.form, row.written.fields, grows);
    if (homeless.length && grows) return this.#drawAgain(homeless);
    this.#showLeft(homeless.map(([, value]) => value.trim()).filter((text) => row.written.texts.includes(text)));
    await this.#keep();
  }

  // Words whose field is not on this page any more stand here, to be copied by hand.
  #showLeft(texts) {
    this.left = texts.length > 0;
    this.querySelector('[data-part="homeless"]').textContent = texts.join("\n\n");
    this.querySelector('[data-part="homeless-box"]').hidden = !this.left;
  }

  #written() {
    return { fields: fieldsOf(this.form), texts: textsOf(this.form) };
  }

  // Lines that this page has no fields for: the site draws the page with them, and keeps nothing yet.
  #drawAgain(homeless) {
    for (const [name, value] of [...homeless, ["do", "draw:again"]]) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name, value });
      this.form.append(field);
    }
    const asks = this.closest("unsaved-words");
    if (asks) asks.first = null;
    this.form.submit();
  }

  // The device itself took the words over, to send them later.
  async #arrived() {
    this.isOver = true;
    await this.keeping;
    await dropDrafts(({ id }) => id === this.draft).catch(() => {});
  }
}

// Puts fields into a form, and returns those that have no place in it. What is hidden belongs to the page, not to the
// person, unless it counts the lines of a form that grows.
function fill(form, fields, grows) {
  const values = new Map();
  for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
  const seen = new Set();
  for (const field of form.elements) {
    seen.add(field.name);
    const isThePages = OF_ONE_PAGE.includes(field.name) || (field.type === "hidden" && !grows);
    if (field.name && !isThePages && !UNTOUCHED.includes(field.type)) put(field, values.get(field.name) ?? []);
  }
  return fields.filter(([name]) => !seen.has(name));
}

function put(field, told) {
  if (field.type === "radio" || field.type === "checkbox") field.checked = told.includes(field.value);
  else if (told.length) field.value = told[0];
  if (field.matches(A_TEXT)) field.dispatchEvent(new Event("input", { bubbles: true }));
}

customElements.define("kept-draft", KeptDraft);
