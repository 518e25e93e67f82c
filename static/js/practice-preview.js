// <practice-form> of a preview: the questions wait until the practice has ended, as they do for a person.
// It loads nothing that keeps or sends a practice; the form goes back to the preview, which keeps nothing either.

import { ask, isStopped } from "./practice-questions.js";

class PracticePreview extends HTMLElement {
  connectedCallback() {
    const after = this.querySelector('[data-part="after"]');
    after.hidden = !isStopped();
    document.addEventListener("practice-ended", () => ask(after));
    addEventListener("hashchange", () => { if (isStopped()) ask(after); });
  }
}

customElements.define("practice-form", PracticePreview);
