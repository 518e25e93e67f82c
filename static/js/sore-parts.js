// <sore-parts>: what is ticked is left out at once, on this page alone: no address, no store, no
// server holds it. Another length or way opens a page of its own; the ticks go along in a form.

class SoreParts extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.querySelector('[data-part="leave-out"]').hidden = true;
    this.addEventListener("change", () => this.#tell());
    for (const link of document.querySelectorAll(".pick-row a")) {
      link.addEventListener("click", (event) => this.#take(event, link));
    }
    if (this.#parts.length) addEventListener("load", () => this.#tell(), { once: true });
  }

  get #parts() {
    return [...this.form.querySelectorAll("input:checked")].map((tick) => tick.value);
  }

  #tell() {
    const parts = this.#parts;
    document.querySelectorAll("[data-of]").forEach((line) => {
      line.hidden = parts.includes(line.dataset.of);
    });
    document.dispatchEvent(new CustomEvent("parts-left-out", { detail: { parts } }));
  }

  #take(event, link) {
    // A copy has nobody to send to.
    if (!this.#parts.length || document.documentElement.hasAttribute("data-copy")) return;
    event.preventDefault();
    this.form.action = link.href;
    this.form.submit();
  }
}

customElements.define("sore-parts", SoreParts);
