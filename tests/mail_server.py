"""A mail server as a process of its own, that writes down each letter before it says that it has it.

    python -m tests.mail_server PORT FILE

A line of FILE is one letter: who it is to, and its Message-ID. SIGTERM ends it as a restart does: it takes no
further letter, ends what it is at, and closes its connections.
"""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.pgplugin import free_port
from tests.processes import ROOT, wait_until

LAST_WORDS = 0.3


class Register:
    def __init__(self, file: Path) -> None:
        self.file = os.open(file, os.O_CREAT | os.O_APPEND | os.O_WRONLY)
        self.is_closing = False

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """It reads line by line, so it may well say that it takes commands in a row, as most servers do."""
        session.host_name = hostname
        # The first line of the answer is a greeting; what stands there is taken for no extension.
        return [responses[0], "250-PIPELINING", *responses[1:]]

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.is_closing:
            return "421 restarting"
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        head = envelope.content.partition(b"\r\n\r\n")[0].decode("ascii")
        message_id = next(line for line in head.split("\r\n") if line.startswith("Message-ID:")).split()[1]
        os.write(self.file, f"{envelope.rcpt_tos[0]} {message_id}\n".encode())
        return "250 OK"


async def serve(port: int, file: Path) -> None:
    loop, register, is_over = asyncio.get_running_loop(), Register(file), asyncio.Event()
    server = await loop.create_server(
        lambda: SMTP(register, hostname="localhost"), "127.0.0.1", port, reuse_address=True
    )

    def close() -> None:
        register.is_closing = True
        server.close()
        loop.call_later(LAST_WORDS, is_over.set)

    loop.add_signal_handler(signal.SIGTERM, close)
    await is_over.wait()


@dataclass
class Keeping:
    """Keeps letters as the bytes that came."""

    letters: list[bytes] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        self.letters.append(envelope.content)
        return "250 OK"


@contextmanager
def keeping_server() -> Iterator[tuple[Keeping, int]]:
    keeping, port = Keeping(), free_port()
    controller = Controller(keeping, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield keeping, port
    finally:
        controller.stop()


class MailServer:
    """The process, for a test."""

    def __init__(self, port: int, file: Path) -> None:
        self.port, self.file = port, file
        file.touch()
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.mail_server", str(self.port), str(self.file)], cwd=ROOT
        )

    def restart(self) -> None:
        self.stop()
        self.start()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(60)

    def letters(self) -> list[tuple[str, str]]:
        lines = self.file.read_text(encoding="ascii").splitlines()
        return [(to, message_id) for to, message_id in (line.split() for line in lines)]

    def wait_for(self, count: int, *, seconds: float = 300) -> None:
        wait_until(lambda: self.file.read_bytes().count(b"\n") >= count, seconds=seconds)


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
