"""The running site as a browser meets it: it takes many callers at once, and says when it is done with all of them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Condition
from time import thread_time
from typing import Any

from django.core.servers.basehttp import ThreadedWSGIServer

PATIENCE = 60
"""Seconds for what the site was asked before the browser went away."""


class RoomyServer(ThreadedWSGIServer):
    """Tabs and a worker that fetches every guide call together; whom a full queue turns away waits for seconds."""

    request_queue_size = 128


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request. `seconds` are of the processor, so that other work on the machine does not count."""

    path: str
    size: int
    seconds: float


class Traffic:
    def __init__(self) -> None:
        self.changed = Condition()
        self.at_work = 0
        self.asked: list[Asked] = []

    def counted(self, application: Callable[..., Any]) -> Callable[..., Any]:
        def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
            told: list[tuple[str, str]] = []

            def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
                told.extend(headers)
                return start_response(status, headers, *more)

            with self.one_more():
                begun = thread_time()
                answered = application(environ, start)
                self.note(environ, dict(told), thread_time() - begun)
                return answered

        return answer

    def note(self, environ: dict[str, Any], headers: dict[str, str], seconds: float) -> None:
        size = int(headers.get("Content-Length", 0))
        self.asked.append(Asked(path=environ["PATH_INFO"], size=size, seconds=seconds))

    @contextmanager
    def one_more(self) -> Iterator[None]:
        with self.changed:
            self.at_work += 1
        try:
            yield
        finally:
            with self.changed:
                self.at_work -= 1
                self.changed.notify_all()

    def wait_until_still(self) -> None:
        """What is answered late would write into the database of the next test."""
        with self.changed:
            assert self.changed.wait_for(lambda: self.at_work == 0, timeout=PATIENCE), "the site is still at work"
