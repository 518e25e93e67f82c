"""Between browsers and a site: hands every request on as it is, and counts each with what came back over the line.

A browser tells of what its pages ask for, and not of all that its service worker does. Here is all of it, and in the
lengths in which it travels: heads and bodies, compressed as the site compressed them.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PATIENCE = 120
OF_THE_LINE = {"connection", "keep-alive", "transfer-encoding"}
"""Headers that speak of one line, and not of the answer."""


@dataclass(frozen=True, kw_only=True)
class Crossed:
    """One request. `size` is that of the answer, its head with it."""

    path: str
    status: int
    size: int


@dataclass(kw_only=True)
class Wire:
    port: int
    """Where the site really is."""

    crossed: list[Crossed] = field(default_factory=list)
    under_way: int = 0
    last: float = field(default_factory=time.monotonic)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def one_more(self) -> Iterator[None]:
        with self.lock:
            self.under_way += 1
        try:
            yield
        finally:
            with self.lock:
                self.under_way -= 1
                self.last = time.monotonic()

    def is_still_for(self, seconds: float) -> bool:
        return self.under_way == 0 and time.monotonic() - self.last >= seconds

    def take(self) -> list[Crossed]:
        """What crossed since it was asked last."""
        with self.lock:
            taken, self.crossed = self.crossed, []
        return taken


@contextmanager
def a_wire(port: int, to: int) -> Iterator[Wire]:
    """Browsers call it at `port`, the site is at `to`."""
    wire = Wire(port=to)
    server = ThreadingHTTPServer(("127.0.0.1", port), _handler(wire))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield wire
    finally:
        server.shutdown()
        server.server_close()


def _handler(wire: Wire) -> Callable[..., BaseHTTPRequestHandler]:
    class HandOn(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body leave together

        def hand_on(self) -> None:
            with wire.one_more():
                line = HTTPConnection("127.0.0.1", wire.port, timeout=PATIENCE)
                try:
                    self.answer(line)
                finally:
                    line.close()

        do_GET = do_HEAD = do_POST = hand_on  # noqa: N815

        def answer(self, line: HTTPConnection) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            kept = {name: value for name, value in self.headers.items() if name.lower() not in OF_THE_LINE}
            line.request(self.command, self.path, body or None, kept)
            told = line.getresponse()
            words = told.read()
            heads = [(name, value) for name, value in told.getheaders() if name.lower() not in OF_THE_LINE]
            size = len(words) + sum(len(name) + len(value) + 4 for name, value in heads)
            with wire.lock:
                wire.crossed.append(Crossed(path=self.path, status=told.status, size=size))
            self.send_response_only(told.status, told.reason)
            for name, value in heads:
                if name.lower() != "content-length":
                    self.send_header(name, value)
            if told.status not in {204, 304}:
                self.send_header("Content-Length", str(len(words)))
            self.end_headers()
            self.wfile.write(words)

        def log_message(self, format: str, *words: object) -> None:  # noqa: A002
            """Nothing: what crosses is counted."""

    return HandOn
