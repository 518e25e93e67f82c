// Reminders as notices of the device. What one says, and where its buttons lead, comes sealed from the site.

(() => {
  const OURS = self.location.origin;

  const isOurs = (link) => typeof link === "string" && new URL(link, OURS).origin === OURS;

  self.addEventListener("push", (event) => {
    const notice = event.data?.json() ?? {};
    const { title = "Unloop", body = "", open, later, stop, day } = notice;
    const actions = [
      later && { action: "later", title: later.words },
      stop && { action: "stop", title: stop.words },
    ].filter(Boolean);
    // One a day: a repeat takes the place of the first.
    const shown = { body, tag: `reminder-${day}`, actions, data: { open, later: later?.link, stop: stop?.link } };
    event.waitUntil(self.registration.showNotification(title, { ...shown, icon: "/favicon.ico" }));
  });

  self.addEventListener("notificationclick", (event) => {
    const { action, notification } = event;
    notification.close();
    const link = notification.data?.[action || "open"];
    if (!isOurs(link)) return;
    event.waitUntil(action === "later" || action === "stop" ? press(link) : show(link));
  });

  // The button of a notice is the press that the page asks for. What cannot be done any more is said by that page.
  async function press(link) {
    const answer = await fetch(link, { method: "POST", credentials: "omit", redirect: "manual" }).catch(() => null);
    if (!answer || (answer.type !== "opaqueredirect" && !answer.ok)) await show(link);
  }

  async function show(link) {
    const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const page = pages.find((one) => one.url === link);
    await (page ? page.focus() : self.clients.openWindow(link));
  }
})();
