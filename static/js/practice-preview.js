// <practice-form> of a preview: the questions wait until the practice has ended, as they do for a person.
// It loads nothing that keeps or sends a practice; the form goes back to the preview, which keeps nothing either.

import { waitForTheEnd } from "./practice-questions.js";

class PracticePreview extends HTMLElement {
  connectedCallback() {
    waitForTheEnd(this.querySelector('[data-part="after"]'));
  }
}

customElements.define("practice-form", PracticePreview);
