"""Workers killed at random and a mail server that restarts, while an edition goes out: everybody gets it.

On PostgreSQL three workers share the work; on SQLite, where one process writes at a time, one does it.
"""

import os
import random
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from subprocess import PIPE, Popen

import pytest
from django.db import connection

from accounts.models import Edition, Subscriber
from tests.accounts.people import NOON
from tests.accounts.rounds import make_edition
from tests.mail_server import MailServer
from tests.pgplugin import free_port
from tests.processes import ROOT, database_url, wait_until

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

KILLS = 10
HASTE = {"MAIL_LEASE_SECONDS": "4", "EMAIL_TIMEOUT": "2", "MAIL_DOMAIN_RATE_PER_MINUTE": "0"}


@pytest.fixture
def mail_server(tmp_path: Path) -> Iterator[MailServer]:
    server = MailServer(free_port(), tmp_path / "letters.txt")
    yield server
    server.stop()


class Crew:
    """So many workers; who dies is replaced."""

    def __init__(self, size: int, mail_port: int) -> None:
        mail = {"EMAIL_URL": f"smtp://127.0.0.1:{mail_port}", **HASTE}
        environment = {**os.environ, **mail, "DATABASE_URL": database_url()}
        command = [sys.executable, "-m", "tests.worker_forks"]
        self.source = Popen(command, cwd=ROOT, env=environment, stdin=PIPE, stdout=PIPE, text=True)
        self.workers = [self.hire() for _ in range(size)]

    def hire(self) -> int:
        assert self.source.stdin and self.source.stdout
        self.source.stdin.write("one more\n")
        self.source.stdin.flush()
        return int(self.source.stdout.readline())

    def kill_one(self, dice: random.Random) -> None:
        os.kill(self.workers.pop(dice.randrange(len(self.workers))), signal.SIGKILL)
        self.workers.append(self.hire())

    def dismiss(self) -> None:
        for worker in self.workers:
            os.kill(worker, signal.SIGKILL)
        self.source.communicate()


def make_readers(count: int) -> None:
    proof = {"status": "active", "asked_at": NOON, "consent_at": NOON, "confirmed_at": NOON}
    Subscriber.objects.bulk_create(Subscriber(email=f"reader{number}@example.org", **proof) for number in range(count))


def is_finished(edition: Edition) -> bool:
    edition.refresh_from_db()
    return edition.status == "finished"


def test_ten_kills_and_two_restarts_of_the_mail_server_skip_nobody(mail_server: MailServer) -> None:
    readers, workers = (5000, 3) if connection.vendor == "postgresql" else (500, 1)
    make_readers(readers)
    edition = make_edition()
    crew, dice = Crew(workers, mail_server.port), random.Random(6)  # noqa: S311 (dice, not secrets)
    try:
        for kill_number in range(KILLS):
            mail_server.wait_for((kill_number + 1) * readers // (KILLS + 2))
            crew.kill_one(dice)
            if kill_number in (3, 7):
                mail_server.restart()
        wait_until(lambda: is_finished(edition), seconds=300)
    finally:
        crew.dismiss()
    letters = mail_server.letters()
    assert {to for to, _ in letters} == {f"reader{number}@example.org" for number in range(readers)}
    assert len(letters) - readers <= KILLS
    assert max(Counter(to for to, _ in set(letters)).values()) == 1, "a repeat came with another Message-ID"
