"""A real mailbox: Dovecot as a process of its own, with one person's mail as files, over IMAP and POP3 with TLS."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import create_connection
from tempfile import TemporaryDirectory

from tests.pgplugin import free_port

NAME, PASSWORD = "bounces", "made-up@secret"
IN_URL = "bounces:made-up%40secret@"
CONFIGURATION = """
base_dir = {place}/run
log_path = {place}/log
protocols = imap pop3
listen = 127.0.0.1
ssl = required
ssl_cert = <{certificate}
ssl_key = <{certificate}
disable_plaintext_auth = yes
default_login_user = nobody
default_internal_user = nobody
default_internal_group = {group}
mail_location = maildir:{place}/mail
first_valid_uid = 0
first_valid_gid = 0
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service pop3-login {{
  chroot =
  inet_listener pop3 {{
    port = {pop3}
  }}
  inet_listener pop3s {{
    port = {pop3s}
    ssl = yes
  }}
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={place}
}}
"""


@dataclass(frozen=True, kw_only=True)
class Mailbox:
    place: Path
    ports: dict[str, int]

    def url(self, kind: str) -> str:
        return f"{kind}://{IN_URL}127.0.0.1:{self.ports[kind]}"

    def deliver(self, *mails: bytes) -> None:
        for number, mail in enumerate(mails):
            (self.place / "mail" / "new" / f"{time.time_ns()}.{number}.tests").write_bytes(mail)

    @property
    def count(self) -> int:
        return sum(len(list((self.place / "mail" / part).iterdir())) for part in ("new", "cur"))


def _owner(place: Path) -> tuple[str, str]:
    """Dovecot opens no mailbox of root, so there it is somebody else's."""
    if os.getuid():
        return place.owner(), place.group()
    for each in [place, *place.rglob("*")]:
        shutil.chown(each, "nobody", "nogroup")
    return "nobody", "nogroup"


def dovecot() -> str | None:
    return shutil.which("dovecot") or shutil.which("/usr/sbin/dovecot")


@contextmanager
def open_mailbox(certificate: Path) -> Iterator[Mailbox]:
    with TemporaryDirectory() as folder:
        yield from _opened(Path(folder), certificate)


def _opened(place: Path, certificate: Path) -> Iterator[Mailbox]:
    ports = {kind: free_port() for kind in ("imap", "imaps", "pop3", "pop3s")}
    for part in ("new", "cur", "tmp"):
        (place / "mail" / part).mkdir(parents=True, exist_ok=True)
    user, group = _owner(place)
    words = {"place": place, "certificate": certificate, "password": PASSWORD, "user": user, "group": group}
    file = place / "dovecot.conf"
    file.write_text(CONFIGURATION.format(**words, **ports))
    process = subprocess.Popen([str(dovecot()), "-F", "-c", str(file)])
    try:
        _wait_for(ports["imaps"], process)
        yield Mailbox(place=place, ports=ports)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert process.poll() is None, "Dovecot did not start."
        try:
            create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("Dovecot opened no port.")
