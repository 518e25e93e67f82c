/* <print-page>: shows its button, which opens the browser's print dialogue. */
class PrintPage extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
customElements.define("print-page", PrintPage);
