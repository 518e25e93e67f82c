/* <danger-signs>: a tick that needs care now is sent the moment it is made. Without a script, Next sends it. */
class DangerSigns extends HTMLElement {
  connectedCallback() {
    this.acts = (event) => {
      if (event.target.matches("[data-acts-at-once]:checked")) this.querySelector("form").requestSubmit();
    };
    this.addEventListener("change", this.acts);
  }

  disconnectedCallback() {
    this.removeEventListener("change", this.acts);
  }
}
customElements.define("danger-signs", DangerSigns);
