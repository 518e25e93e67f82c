"""A day passes for a device, so that it looks again at what it keeps. Tests and measurements both wait for it."""

A_DAY_PASSES = """
async () => {
    const ago = (now, by) => new Date(now - by);
    const twoDays = 2 * 24 * 60 * 60 * 1000;
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
            const answer = await cache.match(request);
            const headers = new Headers(answer.headers);
            if (headers.has("X-Kept-At")) headers.set("X-Kept-At", String(headers.get("X-Kept-At") - twoDays));
            if (headers.has("Date")) headers.set("Date", ago(Date.parse(headers.get("Date")), twoDays).toUTCString());
            await cache.put(request, new Response(await answer.blob(), { headers }));
        }
    }
}
"""
"""What a device keeps came two days ago."""
