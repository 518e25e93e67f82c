"""The commands of docs/deploy.md, on a fresh Debian in a folder of its own.

They are read from the page itself, so that page and test cannot drift apart. A chroot has no service manager: what the
unit files name is started here, as the user that they name.
"""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.processes import ROOT

PAGE = ROOT / "docs" / "deploy.md"
MIRROR = "http://deb.debian.org/debian"
MOUNTS = ("proc", "dev")
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
TRUSTED_BY_PIP = "/opt/certificates-of-the-machine.crt"
"""A place of its own: Debian's package of certificates writes its own list anew where it is installed."""

HEAD = re.compile(r"^(?=# (?:not )?run: )", re.MULTILINE)
BLOCK = re.compile(r"((?:^    .*\n|^\n(?=    ))+)", re.MULTILINE)


def blocks() -> list[tuple[str, str]]:
    """(name, or why it is not run; commands) of each block, in order."""
    found: list[tuple[str, str]] = []
    for match in BLOCK.finditer(PAGE.read_text(encoding="utf-8")):
        for words in HEAD.split("\n".join(line[4:] for line in match[1].splitlines()) + "\n"):
            if words.strip():
                found.append((words.strip().splitlines()[0].removeprefix("# "), words))
    return found


def to_run() -> dict[str, str]:
    return {head.removeprefix("run: "): words for head, words in blocks() if head.startswith("run: ")}


def why_not() -> str:
    """Empty where a fresh Debian can be had."""
    if os.geteuid():
        return "only root may chroot"
    if not shutil.which("debootstrap"):
        return "debootstrap is not installed"
    return ""


class Debian:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.processes: list[subprocess.Popen[bytes]] = []

    def run(self, words: str, *, user: str = "root") -> str:
        done = subprocess.run(
            self._inside(user, "bash", "-euc", words),
            capture_output=True,
            text=True,
            check=False,
            env=self._environment(),
        )
        assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def start(self, unit: str) -> None:
        """What a unit's ExecStart names, with its settings and as its user."""
        told = dict(re.findall(r"^(\w+)=(.*)$", self.read(f"/etc/systemd/system/{unit}"), re.MULTILINE))
        words = f"cd {told['WorkingDirectory']}; set -a; . {told['EnvironmentFile']}; set +a; exec {told['ExecStart']}"
        command = f"exec setpriv --reuid={told['User']} --regid={told['Group']} --clear-groups bash -c {_quoted(words)}"
        self.processes.append(subprocess.Popen(self._inside("root", "bash", "-c", command), env=self._environment()))

    def start_proxy(self) -> None:
        self.run("install -d -m 700 /etc/unloop/tls")
        names = "-keyout /etc/unloop/tls/privkey.pem -out /etc/unloop/tls/fullchain.pem -subj /CN=unloop.example"
        self.run(f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 {names} 2> /dev/null")
        command = self._inside("root", "nginx", "-g", "daemon off;")
        self.processes.append(subprocess.Popen(command, env=self._environment()))

    def read(self, path: str) -> str:
        return (self.root / path.lstrip("/")).read_text(encoding="utf-8")

    def stop(self) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(timeout=60)
        self.processes.clear()

    def _inside(self, user: str, *command: str) -> list[str]:
        return ["chroot", f"--userspec={user}", str(self.root), *command]

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "http", "HTTP"))}
        if (self.root / TRUSTED_BY_PIP.lstrip("/")).exists():
            kept["PIP_CERT"] = TRUSTED_BY_PIP
        return {"PATH": PATH, "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive", **kept}


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "'\\''") + "'"


@contextmanager
def a_fresh_debian(root: Path) -> Iterator[Debian]:
    """Made anew, with the code of this repository in it, and taken away at the end."""
    command = ["debootstrap", "--variant=minbase", "--include=adduser", "bookworm", str(root), MIRROR]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
    debian = Debian(root)
    # No service of a package may start by itself: the machine has its own.
    (root / "usr/sbin/policy-rc.d").write_text("#!/bin/sh\nexit 101\n", encoding="utf-8")
    (root / "usr/sbin/policy-rc.d").chmod(0o755)
    _give_what_the_machine_has(root)
    for name in MOUNTS:
        subprocess.run(["mount", "--bind", f"/{name}", str(root / name)], check=True)
    try:
        yield debian
    finally:
        debian.stop()
        subprocess.run(["chroot", str(root), "pg_ctlcluster", "15", "main", "stop", "-m", "fast"], check=False)
        for name in MOUNTS:
            subprocess.run(["umount", "-l", str(root / name)], check=True)
        shutil.rmtree(root, ignore_errors=True)


def _give_what_the_machine_has(root: Path) -> None:
    """Names of hosts, where its packages of Python come from, and whom it trusts for them."""
    for path in ("/etc/resolv.conf", "/etc/pip.conf", "/etc/xdg/pip/pip.conf", "/etc/xdg/pip/constraints.txt"):
        if Path(path).exists():
            (root / path.lstrip("/")).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, root / path.lstrip("/"))
    if CERTIFICATES.exists():
        shutil.copy(CERTIFICATES, root / TRUSTED_BY_PIP.lstrip("/"))


def copy_code(to: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file() and not name.startswith("tests/"):
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, to / name)


def wait_for(ask: list[str], words: str, *, seconds: float = 60) -> str:
    ends_at = time.monotonic() + seconds
    while True:
        said = subprocess.run(ask, capture_output=True, text=True, check=False).stdout
        if words in said:
            return said
        assert time.monotonic() < ends_at, f"{ask} never said {words!r}, but {said!r}"
        time.sleep(0.3)
