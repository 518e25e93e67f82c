// <practice-form>: the ratings wait until the practice has ended, and the time is filled in.
// Without this script the whole form stands open, and the person fills it in afterwards.

class PracticeForm extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    const after = this.querySelector('[data-part="after"]');
    form.elements.client_id.value = crypto.randomUUID();
    form.elements.started_at.value = new Date().toISOString();
    after.hidden = !this.hasAttribute("open");
    document.addEventListener("practice-ended", (event) => {
      form.elements.seconds.value = event.detail.seconds;
      after.hidden = false;
      after.querySelector("input:not([type=hidden])")?.focus({ preventScroll: true });
      after.scrollIntoView({ block: "start", behavior: "auto" });
    });
  }
}

customElements.define("practice-form", PracticeForm);
