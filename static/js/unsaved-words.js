/* <unsaved-words>: asks before a page with words that were typed and not saved is left. */
class UnsavedWords extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.first = this.written();
    this.form.addEventListener("submit", () => {
      this.first = null;
    });
    this.ask = (event) => {
      if (this.first !== null && this.written() !== this.first) event.preventDefault();
    };
    window.addEventListener("beforeunload", this.ask);
  }

  disconnectedCallback() {
    window.removeEventListener("beforeunload", this.ask);
  }

  written() {
    return new URLSearchParams(new FormData(this.form)).toString();
  }
}
customElements.define("unsaved-words", UnsavedWords);
