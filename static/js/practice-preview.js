// <practice-form> of a preview: the questions wait until the practice has ended, as they do for a person.
// It loads nothing that keeps or sends a practice; the form goes back to the preview, which keeps nothing either.

class PracticePreview extends HTMLElement {
  connectedCallback() {
    const after = this.querySelector('[data-part="after"]');
    after.hidden = true;
    document.addEventListener("practice-ended", () => {
      after.hidden = false;
      after.querySelector("input:not([type=hidden])")?.focus({ preventScroll: true });
      after.scrollIntoView({ block: "start", behavior: "auto" });
    });
  }
}

customElements.define("practice-form", PracticePreview);
