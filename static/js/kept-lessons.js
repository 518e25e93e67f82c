// <kept-lessons>: on the page for no network, what this device holds of what was opened under an address.

class KeptLessons extends HTMLElement {
  async connectedCallback() {
    if (!("caches" in window)) return;
    const cache = await caches.open("opened");
    const found = new Map();
    for (const request of await cache.keys()) {
      const { pathname, search } = new URL(request.url);
      if (!pathname.startsWith(this.dataset.under)) continue;
      const text = await (await cache.match(request)).text();
      const title = new DOMParser().parseFromString(text, "text/html").querySelector("h1");
      const chosen = title?.dataset.chosen;
      // A template may break its lines around the words.
      const name = title?.textContent.trim();
      if (name) found.set(pathname + (chosen ? search : ""), chosen ? `${name}: ${chosen}` : name);
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

// <kept-links>: on the same page, a list that is shorter where not all of it is on this device, and says so.

class KeptLinks extends HTMLElement {
  async connectedCallback() {
    if (!("caches" in window)) return;
    const links = [...this.querySelectorAll("a")];
    const found = await Promise.all(links.map((link) => caches.match(link.href, { ignoreSearch: true })));
    const gone = links.filter((_, place) => !found[place]);
    for (const link of gone) (link.closest("li") ?? link).remove();
    const missing = this.querySelector("[data-part=missing]");
    if (missing) missing.hidden = gone.length === 0;
  }
}

customElements.define("kept-links", KeptLinks);
