// Flare mode on a device without a network.
//
// The site knows it by a cookie that no script can read. The worker knows it by what the last page from the site said,
// or by a press while there was no network; that press it tells the site before it next asks for a page. So no page of
// either changes its look once it is shown.

(() => {
  const { unsent } = self;
  const { pages, style, seconds } = self.unloop.flare;
  // Pages that help in a flare: every other shows the three buttons.
  const STAYS = new RegExp(`^(?:${Object.keys(pages).join("|")})/(?:help-now|practice/[\\w-]+)/`);
  const PATIENCE = 4000; // milliseconds
  const NEVER = { until: 0, isTold: true };
  let known = null; // where storage is blocked, this is all there is

  // By what an address begins with: nothing in English, "/es" in Spanish.
  const inLanguageOf = ({ pathname }) =>
    pages[Object.keys(pages).find((each) => each && pathname.startsWith(`${each}/`)) ?? ""];

  async function state() {
    known ??= (await unsent.noted("flare").catch(() => null)) ?? NEVER;
    return known;
  }

  async function isOn() {
    return (await state()).until > Date.now();
  }

  async function keep(on, isTold) {
    known = { until: on ? Date.now() + seconds * 1000 : 0, isTold };
    await unsent.note("flare", known).catch(() => {});
  }

  // What a page from the site says counts, but for a press that the site has not heard of yet.
  async function hear(answer) {
    const on = answer.headers.get("X-Flare") === "on";
    if (answer.ok && (await state()).isTold && on !== (await isOn())) await keep(on, true);
  }

  async function tell() {
    if ((await state()).isTold) return;
    const on = await isOn();
    const stop = new AbortController();
    setTimeout(() => stop.abort(), PATIENCE);
    const { signal } = stop;
    const { token } = await (await fetch("/practice/sync/", { cache: "no-store", signal })).json();
    const body = new URLSearchParams({ do: on ? "begin" : "leave" });
    const answer = await fetch(pages[""].address, {
      method: "POST",
      redirect: "manual",
      headers: { "X-CSRFToken": token },
      body,
      signal,
    });
    if (answer.type === "opaqueredirect") await keep(on, true);
  }

  // A form of our own pages: the site takes it, or the device does. A copy has no token, so a site that refuses is
  // asked anew.
  const isPress = ({ method, mode, referrer }, url) =>
    method === "POST" &&
    mode === "navigate" &&
    url.pathname === inLanguageOf(url).address &&
    referrer !== "" &&
    new URL(referrer).origin === self.location.origin;

  async function press(request, url) {
    const on = (await request.clone().formData()).get("do") !== "leave";
    const answer = await fetch(request).catch(() => null);
    if (answer && answer.status < 400) return answer;
    await keep(on, false);
    await tell().catch(() => {});
    return Response.redirect(on ? inLanguageOf(url).home : request.referrer, 303);
  }

  // A copy, as flare mode shows it.
  async function dress(copy, { leave }) {
    const text = (await copy.text())
      .replace("</head>", `<link rel="stylesheet" href="${style}"></head>`)
      .replace(/<nav[\s\S]*?<\/nav>/, leave)
      .replace(/<footer class="foot">[\s\S]*?<\/footer>/, "")
      .replace("<guide-player", "<guide-player sound-first");
    return new Response(text, { headers: copy.headers });
  }

  // Undefined where flare mode is not on.
  async function copyOf(url, find) {
    if (!(await isOn())) return undefined;
    const [copy, own] = [STAYS.test(url.pathname) ? await find(url) : undefined, inLanguageOf(url)];
    return copy ? dress(copy, own) : caches.match(own.buttons);
  }

  self.flare = { isPress, press, hear, tell: () => tell().catch(() => {}), copyOf };
})();
