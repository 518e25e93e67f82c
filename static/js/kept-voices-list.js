// <kept-voices>: on the page for no network, whose voices are on this device, and the one place where they are
// taken off.

import "./kept-voices.js";

const { keptVoices } = globalThis;

class KeptVoices extends HTMLElement {
  async connectedCallback() {
    if (!("caches" in window)) return;
    this.list = this.querySelector("ul");
    this.titles = new Map([...document.querySelectorAll("#main a")].map((link) => [link.pathname, link.textContent]));
    this.querySelector("[data-do=all]").addEventListener("click", () => this.#take(() => keptVoices.removeAll()));
    await this.#show();
  }

  async #show() {
    const kept = await keptVoices.kept();
    this.list.replaceChildren(...kept.map((each) => this.#line(each)));
    this.hidden = kept.length === 0;
  }

  #line({ path, what, bytes }) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    const size = keptVoices.sizeOf(bytes, document.documentElement.lang);
    const title = this.#titleOf(what);
    Object.assign(button, { type: "button", className: "button text", textContent: this.dataset.off });
    button.setAttribute("aria-label", `${this.dataset.off}: ${title}`);
    button.addEventListener("click", () => this.#take(() => keptVoices.remove(path)));
    item.append(`${title}, ${size}`, button);
    return item;
  }

  #titleOf(what) {
    const end = `/practice/${what}/`;
    const path = [...this.titles.keys()].find((each) => each.endsWith(end));
    return this.dataset[what.replace("-", "")] ?? this.titles.get(path) ?? what;
  }

  async #take(off) {
    await off();
    await this.#show();
    const next = this.hidden ? document.querySelector("h1") : this.querySelector("h2");
    next.tabIndex = -1;
    next.focus();
  }
}

customElements.define("kept-voices", KeptVoices);
