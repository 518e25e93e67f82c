/* <reading-place data-address data-size>: tells the site which paragraph was in view when the page is left. */
class ReadingPlace extends HTMLElement {
  connectedCallback() {
    this.blocks = [...document.querySelectorAll(".lesson-text > [id^=p]")];
    this.first = window.scrollY;
    this.told = null;
    this.leave = () => {
      if (document.visibilityState === "hidden") this.tell();
    };
    this.go = () => this.tell();
    document.addEventListener("visibilitychange", this.leave);
    window.addEventListener("pagehide", this.go);
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.leave);
    window.removeEventListener("pagehide", this.go);
  }

  // The last paragraph that began above the middle of the screen; none while nobody has read past the first.
  inView() {
    const middle = window.innerHeight / 2;
    const begun = this.blocks.filter((block) => block.getBoundingClientRect().top < middle);
    return begun.length > 1 ? begun.at(-1) : null;
  }

  tell() {
    const block = this.inView()?.id.slice(1);
    if (!block || block === this.told || window.scrollY === this.first) return;
    this.told = block;
    const place = new URLSearchParams({ block, size: this.dataset.size, quietly: "yes" });
    navigator.sendBeacon(this.dataset.address, place);
  }
}
customElements.define("reading-place", ReadingPlace);
