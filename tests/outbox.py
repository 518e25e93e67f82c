"""A mail server for the tests, and the letters that reached it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.core.management import call_command

from tests.pgplugin import free_port


@dataclass
class Outbox:
    letters: list[EmailMessage] = field(default_factory=list)
    return_paths: list[str] = field(default_factory=list)
    """Where each of them would go back to."""

    def to(self, address: str) -> list[EmailMessage]:
        return [letter for letter in self.letters if address in str(letter["To"])]

    def newest_to(self, address: str) -> EmailMessage:
        """The last letter to the address, once the worker has sent what waits."""
        call_command("worker", "--once")
        found = self.to(address)
        assert found, f"no letter to {address}, only to {[str(letter['To']) for letter in self.letters]}"
        return found[-1]


def text_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body, "the letter has no plain part"
    return str(body.get_content())


def link_in(letter: EmailMessage, having: str) -> str:
    """The one address in the plain part that has these letters in it."""
    links = [link for link in re.findall(r"https?://\S+", text_of(letter)) if having in link]
    assert len(set(links)) == 1, f"{having!r} is in {links}"
    return links[0].rstrip(".,)>")


class Postbox:
    def __init__(self, outbox: Outbox) -> None:
        self.outbox = outbox

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        self.outbox.return_paths.append(envelope.mail_from or "")
        self.outbox.letters.append(message_from_bytes(envelope.content, EmailMessage, policy=policy.default))
        return "250 OK"


@contextmanager
def open_mail_server() -> Iterator[tuple[Outbox, int]]:
    outbox, port = Outbox(), free_port()
    server = Controller(Postbox(outbox), hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield outbox, port
    finally:
        server.stop()
