"""An edition through a storm, and its correction: `script/benchmark storm`. It ends with 1 when somebody is left out.

3,000 readers on a PostgreSQL of its own, three workers. Six workers are killed (SIGKILL), the database is stopped
twice, the mail server restarts twice, says 451 to some, says only after 30 s that it has a letter, to some, and for a
while says that the quota of the day is used up (550 5.4.5). When two thirds are out, the edition is cancelled and its
correction begins. At the end each reader has one letter of the two; two have those only whom a killed worker was
just sending to, and every repeat within an edition has the Message-ID of the first. One line of JSON comes last.
"""

import asyncio
import json
import os
import random
import shlex
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from subprocess import PIPE, Popen

import django
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.mail_server import Register
from tests.pgplugin import find_tools, free_port, put_away, run, settings_for, start_postgresql

READERS, WORKERS, KILLS = 3_000, 3, 6
SLOW_EVERY, SLOW_SECONDS = 400, 30
BUSY_EVERY = 97
QUOTA_AT, QUOTA_SECONDS = 1_000, 12
CANCEL_AT = 2_000
LONGEST = 900
HASTE = {"MAIL_LEASE_SECONDS": "80", "EMAIL_TIMEOUT": "5", "MAIL_DOMAIN_RATE_PER_MINUTE": "0"}


# --- The mail server --------------------------------------------------------------------


class Stormy(Register):
    """It writes a letter down right before it says that it has it."""

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        self.letters = file.read_bytes().count(b"\n")
        self.at_work = 0
        self.quota_until: float | None = None if self.letters < QUOTA_AT else 0
        self.was_busy: set[str] = set()

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.quota_until is None and self.letters >= QUOTA_AT:
            self.quota_until = time.monotonic() + QUOTA_SECONDS
        if self.quota_until and time.monotonic() < self.quota_until:
            return "550 5.4.5 Daily user sending limit exceeded"
        if number_of(address) % BUSY_EVERY == 1 and address not in self.was_busy:
            self.was_busy.add(address)
            return "451 4.3.0 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.at_work += 1
        try:
            if number_of(envelope.rcpt_tos[0]) % SLOW_EVERY == 2:
                await asyncio.sleep(SLOW_SECONDS)
            self.letters += 1
            return await super().handle_DATA(server, session, envelope)
        finally:
            self.at_work -= 1


def number_of(address: str) -> int:
    return int("".join(filter(str.isdigit, address)))


async def serve(port: int, file: Path) -> None:
    """SIGTERM: it takes no further letter, and ends what it is at."""
    register, is_over = Stormy(file), asyncio.Event()
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(register, hostname="localhost"), "127.0.0.1", port, reuse_address=True
    )

    def close() -> None:
        register.is_closing = True
        server.close()
        is_over.set()

    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, close)
    await is_over.wait()
    while register.at_work:
        await asyncio.sleep(0.1)
    await asyncio.sleep(0.3)


class MailServer:
    def __init__(self, folder: Path) -> None:
        self.port, self.file = free_port(), folder / "letters.txt"
        self.file.touch()
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "tests.benchmarks.storm", "serve", str(self.port), str(self.file)]
        self.process = Popen(command)

    def restart(self) -> None:
        self.stop()
        self.start()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(SLOW_SECONDS + 10)

    def count(self) -> int:
        return self.file.read_bytes().count(b"\n")

    def letters(self) -> list[tuple[str, str]]:
        return [(line.split()[0], line.split()[1]) for line in self.file.read_text(encoding="ascii").splitlines()]


# --- The workers ------------------------------------------------------------------------


class Crew:
    def __init__(self, mail_port: int, folder: Path) -> None:
        environment = {**os.environ, **HASTE, "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}"}
        log = (folder / "workers.log").open("w")
        command = [sys.executable, "-m", "tests.worker_forks"]
        self.source = Popen(command, env=environment, stdin=PIPE, stdout=PIPE, stderr=log, text=True)
        self.workers = [self.hire() for _ in range(WORKERS)]

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


# --- The storm --------------------------------------------------------------------------


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="unloop-storm-"))
    os.environ |= settings_for(folder)
    os.environ |= {"DATABASE_URL": start_postgresql(folder), "DJANGO_SETTINGS_MODULE": "config.settings"}
    os.environ |= {"EMAIL_URL": "dummy:"}
    Path(os.environ["VAR_DIR"]).mkdir(parents=True, exist_ok=True)
    django.setup()
    try:
        figures = weather(folder)
    finally:
        django.db.connection.close()
        put_away(folder)
    say(json.dumps(figures))
    is_well = not figures["without"] and figures["twice"] <= KILLS and not figures["other_message_id"]
    sys.exit(0 if is_well and not figures["open"] else 1)


def weather(folder: Path) -> dict[str, int]:
    from tests.benchmarks.storm_editions import begin_correction, is_over, left_open, make_all  # noqa: PLC0415

    edition = make_all(READERS)
    server, dice, begun = MailServer(folder), random.Random(16), time.monotonic()  # noqa: S311 (dice, not secrets)
    crew = Crew(server.port, folder)
    acts: list[tuple[int, str, Callable[[], object]]] = [
        *((300 + number * 400, "a worker is killed", lambda: crew.kill_one(dice)) for number in range(KILLS)),
        (600, "the database is stopped", lambda: restart_database(folder)),
        (QUOTA_AT, "the quota of the day is used up", bool),
        (1_400, "the mail server restarts", server.restart),
        (CANCEL_AT, "cancelled; the correction begins", lambda: begin_correction(edition)),
        (2_250, "the database is stopped", lambda: restart_database(folder)),
        (2_600, "the mail server restarts", server.restart),
    ]
    try:
        for count, words, act in sorted(acts, key=lambda each: each[0]):
            wait_until(lambda count=count: server.count() >= count)
            say(f"{time.monotonic() - begun:6.1f} s  {server.count():>5} letters  {words}")
            act()
        wait_until(is_over)
        say(f"{time.monotonic() - begun:6.1f} s  {server.count():>5} letters  all is over")
    finally:
        crew.dismiss()
        server.stop()
    return {**count_up(server.letters()), "open": left_open()}


def count_up(letters: list[tuple[str, str]]) -> dict[str, int]:
    """`other_message_id`: readers with more than one for each of the two editions."""
    by_reader = Counter(to for to, _ in letters)
    ids = Counter(to for to, _ in set(letters))
    return {
        "readers": READERS,
        "letters": len(letters),
        "without": READERS - len(by_reader),
        "twice": sum(count - 1 for count in by_reader.values()),
        "killed": KILLS,
        "other_message_id": sum(count > 2 for count in ids.values()),
    }


def restart_database(folder: Path) -> None:
    tool = find_tools() / "pg_ctl"
    said = shlex.split((folder / "postgresql" / "postmaster.opts").read_text(encoding="utf-8"))
    options = shlex.join(said[3:])
    run(tool, "-D", folder / "postgresql", "-m", "fast", "-w", "stop")
    time.sleep(3)
    run(tool, "-D", folder / "postgresql", "-w", "-l", folder / "postgresql" / "log", "-o", options, "start")
    # Whoever waits here for the pool to find out by itself waits longer than a page may.
    django.db.connection.close()
    django.db.connection.close_pool()


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LONGEST
    while not is_so():
        if time.monotonic() > deadline:
            raise SystemExit("It did not come to that within a quarter of an hour.")
        time.sleep(0.05)


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        asyncio.run(serve(int(sys.argv[2]), Path(sys.argv[3])))
    else:
        main()
