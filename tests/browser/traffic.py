"""The running site as a browser meets it: it takes many callers at once, and says when it is done with all of them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition
from typing import Any

from django.core.servers.basehttp import ThreadedWSGIServer

PATIENCE = 60
"""Seconds for what the site was asked before the browser went away."""


class RoomyServer(ThreadedWSGIServer):
    """Tabs and a worker that fetches every guide call together; whom a full queue turns away waits for seconds."""

    request_queue_size = 128


class Traffic:
    def __init__(self) -> None:
        self.changed = Condition()
        self.at_work = 0

    def counted(self, application: Callable[..., Any]) -> Callable[..., Any]:
        def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
            with self.one_more():
                return application(environ, start_response)

        return answer

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
