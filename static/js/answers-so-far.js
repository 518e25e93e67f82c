/* <answers-so-far>: keeps each answer as it is tapped, so that a closed tab or another page loses nothing. Without a
   script, Next and Back keep them; and where a tap could not be sent, so do they. */
const WAIT = 400;

class AnswersSoFar extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.form.addEventListener("change", () => this.soon());
    this.form.addEventListener("submit", () => this.stop());
    this.leave = () => this.waiting && this.keep();
    window.addEventListener("pagehide", this.leave);
  }

  disconnectedCallback() {
    this.stop();
    window.removeEventListener("pagehide", this.leave);
  }

  stop() {
    clearTimeout(this.waiting);
    this.waiting = 0;
  }

  soon() {
    this.stop();
    this.waiting = setTimeout(() => this.keep(), WAIT);
  }

  async keep() {
    this.stop();
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
