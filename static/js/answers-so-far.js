/* <answers-so-far>: keeps each answer as it is tapped, so that a closed tab loses nothing. Without a script, Next keeps
   them; and where a tap could not be sent, so does Next. */
const WAIT = 400;

class AnswersSoFar extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.form.addEventListener("change", () => this.soon());
    this.form.addEventListener("submit", () => clearTimeout(this.waiting));
  }

  disconnectedCallback() {
    clearTimeout(this.waiting);
  }

  soon() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.keep(), WAIT);
  }

  async keep() {
    const body = new FormData(this.form);
    body.set("so_far", "1");
    try {
      await fetch(location.href, { method: "POST", body: new URLSearchParams(body), keepalive: true });
    } catch {
      // No network: the answers are still on the page, and Next sends them.
    }
  }
}
customElements.define("answers-so-far", AnswersSoFar);
