// <sign-out>: around a form after which nothing personal may stay on this device. What waits unsent goes out first;
// what cannot is named before it is erased. Work of another account stays: it is locked, and not this
// person's to erase.
// Where there is no room to name it (pages of staff), it stays, locked to its owner, and goes out when they are back.
// With `warns` it only names what waits: the form may be refused, and the site itself clears the device afterwards.

import "./unsent.js";
import { leaveDrafts } from "./drafts.js";
import { endNotices, forgetTraces, ownerNow } from "./unsent-work.js";

const { unsent } = globalThis;

class SignOut extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.warning = this.querySelector('[data-part="unsent"]');
    if (!this.hasAttribute("warns"))
      this.form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.#leave();
      });
    if (!this.warning) return;
    unsent.onChange(() => this.#look());
    this.#look();
  }

  async #look() {
    try {
      const owner = await ownerNow();
      const rows = (await unsent.waiting()).filter((row) => row.owner === owner || row.owner === "");
      this.warning.hidden = rows.length === 0;
      this.warning.querySelector("[data-part=count]").textContent = String(rows.length);
    } catch {
      this.warning.hidden = true; // storage is blocked: nothing can wait here
    }
  }

  async #leave() {
    try {
      const owner = await ownerNow();
      const isTheirs = (row) => row.owner === owner || row.owner === "";
      if (this.warning) await unsent.drop(isTheirs);
      await leaveDrafts(isTheirs);
      await forgetTraces();
    } catch {
      /* storage is blocked: nothing is kept here */
    }
    await endNotices().catch(() => {}); // refused or not known here: there is none then
    this.form.submit();
  }
}

customElements.define("sign-out", SignOut);
