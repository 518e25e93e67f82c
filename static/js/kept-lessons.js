// <kept-lessons>: on the page for no network, the lessons that this device holds.

class KeptLessons extends HTMLElement {
  async connectedCallback() {
    if (!("caches" in window)) return;
    const cache = await caches.open("opened");
    const found = new Map();
    for (const request of await cache.keys()) {
      const text = await (await cache.match(request)).text();
      const title = new DOMParser().parseFromString(text, "text/html").querySelector("h1")?.textContent;
      if (title) found.set(new URL(request.url).pathname, title);
    }
    this.querySelector("ul").replaceChildren(...[...found].map(([path, title]) => this.line(path, title)));
    this.hidden = found.size === 0;
  }

  line(path, title) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = path;
    link.textContent = title;
    item.append(link);
    return item;
  }
}

customElements.define("kept-lessons", KeptLessons);
