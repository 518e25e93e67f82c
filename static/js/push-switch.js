// Lets this browser show reminders as notices: it is asked, and its push address is told to the site.
//
// The button stands hidden until it is known that this browser can; where it cannot, that is said.
class PushSwitch extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.said = this.querySelector("[role=status]");
    if (!("PushManager" in window && "Notification" in window && "serviceWorker" in navigator)) {
      this.said.textContent = this.said.dataset.missing;
      return;
    }
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.ask());
  }

  async ask() {
    this.button.disabled = true;
    try {
      if ((await Notification.requestPermission()) !== "granted") return this.end("refused");
      await this.tell(await this.subscribe());
      this.button.hidden = true;
      this.end("done");
    } catch ({ name }) {
      this.end(name === "NotAllowedError" ? "refused" : "failed");
    }
  }

  end(what) {
    this.said.textContent = this.said.dataset[what];
    this.button.disabled = false;
  }

  // One that was made for another key of the site takes nothing from this one.
  async subscribe() {
    const { pushManager } = await navigator.serviceWorker.ready;
    await (await pushManager.getSubscription())?.unsubscribe();
    return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: this.dataset.key });
  }

  async tell(subscription) {
    const { endpoint, keys } = subscription.toJSON();
    const body = new URLSearchParams({ endpoint, ...keys });
    const headers = { "X-CSRFToken": this.querySelector("[name=csrfmiddlewaretoken]").value };
    const answer = await fetch(this.dataset.address, { method: "POST", body, headers });
    if (answer.status !== 204) throw new Error("not kept");
  }
}

customElements.define("push-switch", PushSwitch);
