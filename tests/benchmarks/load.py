"""Two hundred visitors for a minute, and PostgreSQL restarted among them: how long they wait, and is an answer lost?

    script/benchmark load                    200 visitors, 60 seconds, PostgreSQL, restarted in the middle
    script/benchmark load 50 20 --steady     fewer, shorter, without the restart

A visitor opens a page, thinks for 2 to 8 seconds, answers one question, and reads on. An answer counts as acknowledged
when the site led on; at the end every visitor looks whether the last one that was acknowledged stands there.
"""

import asyncio
import random
import re
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from tests.sites import Server, Site, a_server, a_site

READS = ["/", "/lessons/", "/lessons/breathing/", "/help-now/", "/practice/", "/tips/"]
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
STEP = "/intake/goal/"
THINKS = (2.0, 8.0)


@dataclass
class Tally:
    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    failed_at: list[float] = field(default_factory=list)
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)


class Visitor:
    """One browser: its cookies, and the last answer that the site acknowledged."""

    def __init__(self, number: int, port: int, tally: Tally) -> None:
        self.number, self.port, self.tally = number, port, tally
        self.cookies: dict[str, str] = {}
        self.kept = ""

    async def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str, dict[str, str]]:
        begun = time.monotonic()
        try:
            status, headers, body = await asyncio.wait_for(self._exchange(path, form), 30)
        except (OSError, asyncio.IncompleteReadError, TimeoutError, ValueError):
            status, headers, body = 0, {}, ""
        self.tally.seconds.append(time.monotonic() - begun)
        self.tally.statuses[status] += 1
        if status == 0 or status >= 500:
            self.tally.failed_at.append(time.monotonic())
        return status, body, headers

    async def _exchange(self, path: str, form: dict[str, str] | None) -> tuple[int, dict[str, str], str]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        body = urlencode(form).encode() if form else b""
        lines = [f"{'POST' if form else 'GET'} {path} HTTP/1.1", f"Host: localhost:{self.port}", "Connection: close"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if form:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        answer = await reader.read()
        writer.close()
        head, _, rest = answer.partition(b"\r\n\r\n")
        first, *fields = head.decode("latin-1").split("\r\n")
        headers = {}
        for each in fields:
            name, _, value = each.partition(": ")
            if name.lower() == "set-cookie":
                cookie, _, told = value.partition(";")[0].partition("=")
                self.cookies[cookie] = told
            headers[name.lower()] = value
        return int(first.split(" ")[1]), headers, rest.decode("utf-8", "replace")

    async def visit(self, ends_at: float) -> None:
        await asyncio.sleep(random.uniform(0, THINKS[1]))  # noqa: S311 - made-up visitors
        count = 0
        while time.monotonic() < ends_at:
            count += 1
            await self.answer(f"goal {self.number} {count}")
            await asyncio.sleep(random.uniform(*THINKS))  # noqa: S311 - made-up visitors
            await self.ask(random.choice(READS))  # noqa: S311 - made-up visitors
            await asyncio.sleep(random.uniform(*THINKS))  # noqa: S311 - made-up visitors

    async def answer(self, goal: str) -> None:
        _, page, _ = await self.ask(STEP)
        token = TOKEN.search(page)
        if token is None:
            return
        form = {"csrfmiddlewaretoken": token[1], "adult": "yes", "goal": goal, "round": "1"}
        status, _, _ = await self.ask(STEP, form)
        if status == 302:
            self.kept = goal
            self.tally.acknowledged += 1

    async def look_back(self) -> None:
        if self.kept:
            _, page, _ = await self.ask(STEP)
            if self.kept not in page:
                self.tally.lost.append(self.kept)


async def crowd(port: int, visitors: int, seconds: float) -> Tally:
    tally = Tally()
    people = [Visitor(number, port, tally) for number in range(visitors)]
    ends_at = time.monotonic() + seconds
    await asyncio.gather(*(each.visit(ends_at) for each in people))
    while_it_ran = list(tally.seconds)
    for each in people:
        await each.look_back()
    tally.seconds = while_it_ran
    return tally


async def restart(server: Server, after: float) -> tuple[float, float]:
    await asyncio.sleep(after)
    stopped_at = time.monotonic()
    await asyncio.to_thread(server.stop)
    await asyncio.sleep(3)
    await asyncio.to_thread(server.start)
    return stopped_at, time.monotonic()


async def measure(
    site: Site, server: Server | None, visitors: int, seconds: float
) -> tuple[Tally, tuple[float, float]]:
    away = asyncio.create_task(restart(server, seconds / 2)) if server else None
    tally = await crowd(site.port, visitors, seconds)
    return tally, await away if away else (0.0, 0.0)


def tell(tally: Tally, away: tuple[float, float], seconds: float) -> int:
    waits = sorted(tally.seconds)
    # A second more, until the breaker has seen that it is back.
    elsewhere = [at for at in tally.failed_at if not away[0] <= at <= away[1] + 1.5]
    say = sys.stdout.write
    say(f"{len(waits)} requests in {seconds:.0f} s; half within {waits[len(waits) // 2] * 1000:.0f} ms, ")
    say(f"95 of 100 within {waits[int(len(waits) * 0.95)] * 1000:.0f} ms, the longest {waits[-1] * 1000:.0f} ms\n")
    say(f"answers by status: {dict(sorted(tally.statuses.items()))}\n")
    if away[1]:
        say(f"PostgreSQL was away for {away[1] - away[0]:.1f} s; {len(tally.failed_at) - len(elsewhere)} failed then\n")
    say(f"failed otherwise: {len(elsewhere)}\n")
    say(f"{tally.acknowledged} answers acknowledged, {len(tally.lost)} of the last of each lost\n")
    return 1 if elsewhere or tally.lost else 0


def main() -> int:
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    visitors, seconds = (*numbers, *(200, 60)[len(numbers) :])[:2]
    folder = Path(tempfile.mkdtemp(prefix="unloop-load-"))
    folder.chmod(0o711)
    with a_server(folder / "server") as server, a_site(folder / "var", server.url, webs=2, workers=2) as site:
        time.sleep(5)
        told = asyncio.run(measure(site, None if "--steady" in sys.argv else server, visitors, seconds))
        return tell(*told, seconds)


if __name__ == "__main__":
    sys.exit(main())
