// <offline-words>: inside the form of a tool. Without a network nothing is sent and nothing typed is lost: the words
// stay on the page, and are kept on this device, locked, only when the person asks for it.

import "./unsent.js";
import { newId } from "./new-id.js";
import { isCopy, ownerNow } from "./unsent-work.js";

class OfflineWords extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    const { client_id: id } = this.form.elements;
    if (id) id.value ||= newId(); // a copy comes without one
    this.form.addEventListener("submit", (event) => this.#hold(event), { capture: true });
    this.querySelector("[data-do=keep]")?.addEventListener("click", () => this.#keep());
  }

  #hold(event) {
    if (navigator.onLine && !isCopy) return; // a copy has no token to send with, so the device sends for it
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#show("offer");
  }

  async #keep() {
    if (!this.form.reportValidity()) return;
    const told = new FormData(this.form);
    const fields = [...told].filter(([name]) => !["csrfmiddlewaretoken", "draft"].includes(name));
    try {
      await globalThis.unsent.keep(await ownerNow(), {
        client_id: told.get("client_id"),
        tool: this.form.dataset.tool,
        fields,
      });
    } catch {
      this.#show("no-room");
      return;
    }
    this.closest("unsaved-words").first = null; // nothing is lost by leaving now
    this.form.dispatchEvent(new Event("words-kept"));
    this.form.replaceChildren(this);
    this.#show("kept");
  }

  #show(part) {
    this.querySelectorAll("[data-outcome]").forEach((panel) => {
      panel.hidden = panel.dataset.outcome !== part;
    });
    this.querySelector(`[data-outcome="${part}"] h2`).focus();
  }
}

customElements.define("offline-words", OfflineWords);
