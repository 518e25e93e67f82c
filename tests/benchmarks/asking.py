"""A client that costs little beside what it measures: requests made before, a few connections, raw bytes.

A rate is taken with some requests under way on each connection, so that the client is not what is measured; the
time of one answer is taken with one under way. The processor time of the server is what the system counts for it.
"""

import os
import re
import socket
import time
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
TICKS = os.sysconf("SC_CLK_TCK")
AT_ONCE, CONNECTIONS = 8, 3
END = b"\r\n\r\n"
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
NUMBER, SECRET = "0000000000", "a" * 32
"""Where a number is put in, as long as this; and a secret for forms that a browser could have."""

_numbers = count(1)


@dataclass(frozen=True, kw_only=True)
class Page:
    """What is asked of which server. `cookie` makes it somebody's own; `body` makes it a post; where
    NUMBER stands in it, each request has a number of its own."""

    port: int
    path: str
    host: str = "localhost"
    cookie: str = ""
    accepts: str = "gzip, deflate, br"
    body: str = ""
    kind: str = FORM
    wanted: int = 200

    @cached_property
    def request(self) -> bytes:
        way = "POST" if self.body else "GET"
        lines = [f"{way} {self.path} HTTP/1.1", f"Host: {self.host}:{self.port}", f"Accept-Encoding: {self.accepts}"]
        lines += [f"Cookie: {self.cookie}"] if self.cookie else []
        if self.body:
            lines += [f"Content-Type: {self.kind}", f"Content-Length: {len(self.body)}", f"X-CSRFToken: {SECRET}"]
        return ("\r\n".join(lines)).encode() + END + self.body.encode()

    def requests(self, times: int) -> bytes:
        if NUMBER not in self.body:
            return self.request * times
        return b"".join(self.request.replace(NUMBER.encode(), b"%010d" % next(_numbers)) for _ in range(times))


class Line:
    """One connection."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.socket = socket.create_connection(("127.0.0.1", page.port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.kept = b""

    def send(self, times: int = 1) -> None:
        self.socket.sendall(self.page.requests(times))

    def read(self) -> tuple[int, int]:
        """Status and bytes of one answer."""
        while (end := self.kept.find(END)) < 0:
            self.kept += self._more()
        head = self.kept[:end]
        length = LENGTH.search(head)
        assert length, head
        whole = end + len(END) + int(length[1])
        while len(self.kept) < whole:
            self.kept += self._more()
        self.kept = self.kept[whole:]
        return int(head[9:12]), int(length[1])

    def _more(self) -> bytes:
        told = self.socket.recv(1 << 18)
        assert told, "the server hung up"
        return told


@dataclass(frozen=True, kw_only=True)
class Rate:
    a_second: float
    cpu_ms: float


def rate_of(page: Page, process: int, seconds: float) -> Rate:
    lines = [Line(page) for _ in range(CONNECTIONS)]
    answers, cpu, begun = 0, cpu_of(process), time.monotonic()
    for line in lines:
        line.send(AT_ONCE)
    while time.monotonic() - begun < seconds:
        for line in lines:
            for _ in range(AT_ONCE):
                assert line.read()[0] == page.wanted
            answers += AT_ONCE
            line.send(AT_ONCE)
    took, used = time.monotonic() - begun, cpu_of(process) - cpu
    for line in lines:
        line.socket.close()
    return Rate(a_second=answers / took, cpu_ms=used / (answers + CONNECTIONS * AT_ONCE / 2) * 1000)


def times_of(page: Page, *, seconds: float, least: int = 30) -> list[float]:
    """Milliseconds of each answer, in order of length."""
    taken: list[float] = []
    line, begun = Line(page), time.monotonic()
    while time.monotonic() - begun < seconds or len(taken) < least:
        at = time.perf_counter()
        line.send()
        assert line.read()[0] == page.wanted
        taken.append((time.perf_counter() - at) * 1000)
    line.socket.close()
    return sorted(taken)


def cpu_of(process: int) -> float:
    """Seconds that a process and all below it have had."""
    told = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    below = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    return (int(told[11]) + int(told[12])) / TICKS + sum(cpu_of(int(child)) for child in below)
