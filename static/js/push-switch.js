// Lets this browser show reminders as notices: it is asked, and its push address is told to the site.
//
// The button stands hidden until it is known that this browser can. Without it, reminders come by mail.
class PushSwitch extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.said = this.querySelector("[role=status]");
    if (!("PushManager" in window && "Notification" in window && "serviceWorker" in navigator)) return;
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.ask());
  }

  async ask() {
    this.button.disabled = true;
    try {
      if ((await Notification.requestPermission()) !== "granted") throw new Error("refused");
      await this.tell(await this.subscribe());
      this.said.textContent = this.said.dataset.done;
      this.button.hidden = true;
    } catch {
      this.said.textContent = this.said.dataset.refused;
      this.button.disabled = false;
    }
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
