"""The pages that are kept: under one stamp, and no more of them than fit."""

from dataclasses import dataclass, field
from hashlib import sha256
from threading import Lock
from typing import Any

from config.pages.compressed import SHORTEST
from config.pages.stranger import Answer
from config.ready.holes import TOKEN, Coded, Woven
from config.ready.tokens import CookieLine, cookie_line

GOOD = 200
MOST_PAGES = 2000
A_PAGE_AT_MOST = 1024 * 1024
TIMES_ITS_SIZE = 1.6
"""What a page takes with its two compressed forms and all around it."""

NEVER_KEPT = ("x-request-id", "set-cookie", "content-length", "etag")
"""Headers of an answer that are its own: made anew for each."""


@dataclass(frozen=True, kw_only=True)
class Packed:
    """A page in one coding, and what stands above it for whoever asks."""

    head: list[tuple[str, str]]
    coded: Coded


@dataclass(frozen=True, kw_only=True)
class Page:
    woven: Woven
    headers: tuple[tuple[str, str], ...]
    etag: str
    cookie: CookieLine | None
    packings: dict[str, Packed] = field(default_factory=dict)
    """By the coding that was asked for; each is made when it first is."""

    def packed(self, accepted: str) -> Packed:
        return self.packings.get(accepted) or self._packed(accepted)

    def _packed(self, accepted: str) -> Packed:
        coding = accepted if self.woven.size >= SHORTEST else ""
        coded = self.woven.coded(coding)
        if coded is None:
            coding, coded = "", self.woven.identity
        tag = f"W/{self.etag}" if coding and self.etag.startswith('"') else self.etag
        more = [("ETag", tag)] if tag else []
        more += [("Content-Encoding", coding)] if coding else []
        # What is put into a hole is always as long as the hole.
        more.append(("Content-Length", str(len(coded.filled(self.woven.blank)))))
        made = self.packings[accepted] = Packed(head=[*self.headers, *more], coded=coded)
        return made

    @property
    def weighs(self) -> int:
        return int(self.woven.size * TIMES_ITS_SIZE)


def page_of(answer: Answer) -> Page | None:
    """None where the answer is not the same for every stranger, or where it cannot be told."""
    if answer.code != GOOD or len(answer.body) > A_PAGE_AT_MOST or not _may_be_kept(answer):
        return None
    woven = Woven(answer.body)
    lines = [value for name, value in answer.headers if name.lower() == "set-cookie"]
    cookie = cookie_line(lines[0]) if len(lines) == 1 else None
    # A token goes with its cookie, and no other cookie with any page.
    if not woven.is_known or bool(lines) != bool(cookie) or bool(cookie) != (TOKEN in woven.kinds):
        return None
    return Page(woven=woven, headers=lasting(answer), etag=_tag(answer, woven), cookie=cookie)


def lasting(answer: Answer) -> tuple[tuple[str, str], ...]:
    """Its headers that are the same whoever asks, and in whatever coding."""
    return tuple((name, value) for name, value in answer.headers if name.lower() not in NEVER_KEPT)


def _may_be_kept(answer: Answer) -> bool:
    """What is coded already, or holds a number for one page alone, is not a page as it was meant."""
    is_once = "nonce-" in answer.header("Content-Security-Policy") or answer.header("X-Flare")
    return not answer.header("Content-Encoding") and not is_once


def _tag(answer: Answer, woven: Woven) -> str:
    """That of the page itself; else one made of its bytes, where they are the same for all and may be kept at all."""
    if own := answer.header("ETag"):
        return own if not woven.holes else ""
    if woven.holes or "no-store" in answer.header("Cache-Control"):
        return ""
    return f'"{sha256(answer.body).hexdigest()[:32]}"'


class Store:
    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self._lock = Lock()
        self._stamp: Any = None
        self._pages: dict[str, Page] = {}
        self.weighs = 0

    def __len__(self) -> int:
        return len(self._pages)

    def find(self, path: str, stamp: Any) -> Page | None:
        if stamp is not self._stamp and stamp != self._stamp:
            self._begin(stamp)
        return self._pages.get(path)

    def keep(self, path: str, page: Page, stamp: Any) -> None:
        """Unless the library has changed while it was made. The oldest make room."""
        with self._lock:
            if stamp != self._stamp or page.weighs > self.most_bytes:
                return
            self._drop(path)
            while self._pages and (len(self._pages) >= MOST_PAGES or self.weighs + page.weighs > self.most_bytes):
                self._drop(next(iter(self._pages)))
            self._pages[path] = page
            self.weighs += page.weighs

    def _begin(self, stamp: Any) -> None:
        with self._lock:
            if stamp != self._stamp:
                self._pages, self._stamp, self.weighs = {}, stamp, 0

    def _drop(self, path: str) -> None:
        gone = self._pages.pop(path, None)
        self.weighs -= gone.weighs if gone else 0
