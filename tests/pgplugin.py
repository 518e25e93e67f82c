"""Settles the environment and the database of a test run, before Django reads its settings.

`pytest` runs on SQLite. `pytest --pg` starts a PostgreSQL of its own on a free port, keeps it in
a temporary folder, and throws both away at the end. With `-n`, the first process starts the one
server, and each worker has databases of its own on it. Run as a module, this prints the version of that server.
"""

import atexit
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

# Set by the first process for the workers that it starts.
SERVER = "UNLOOP_TEST_POSTGRESQL"
FOLDER = "UNLOOP_TEST_FOLDER"
WEBHOOK_SECRET, WEBHOOK_KEY = "provider:the-secret-of-the-tests", "the-key-with-which-the-provider-signs"
PLACES = ("/usr/lib/postgresql/*/bin", "/opt/homebrew/opt/postgresql*/bin", "/usr/local/opt/postgresql*/bin")
MISSING = "PostgreSQL is not installed. On Debian: apt-get install postgresql. On macOS: brew install postgresql."
# Nothing here outlives the run, so nothing needs to reach the disk safely, be tidied up or be copied elsewhere; and
# queries on few rows are not worth compiling.
HASTE = (
    "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=200 -c jit=off -c autovacuum=off"
    " -c wal_level=minimal -c max_wal_senders=0 -c max_wal_size=4GB -c checkpoint_timeout=1h"
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pg", action="store_true", help="run on a throwaway PostgreSQL instead of SQLite")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    if FOLDER not in os.environ:
        os.environ[FOLDER] = tempfile.mkdtemp(prefix="unloop-tests-")
        atexit.register(put_away, Path(os.environ[FOLDER]))
    if early_config.known_args_namespace.pg and SERVER not in os.environ:
        os.environ[SERVER] = start_postgresql(Path(os.environ[FOLDER]))
    os.environ.update(settings_for(Path(os.environ[FOLDER])))


def settings_for(folder: Path) -> dict[str, str]:
    """What the settings read, so that no variable and no .env file of the machine can leak in."""
    return {
        "DEBUG": "false",
        "SITE_URL": "http://localhost:8000",
        "SECRET_KEY": "the-key-of-the-tests-and-of-nothing-else-at-all",
        "FIELD_KEYS": "test:dGhlLWtleS1vZi10aGUtdGVzdHMtMzItYnl0ZXMtISE=",
        "VAR_DIR": str(folder / "var"),
        "DATABASE_URL": os.environ.get(SERVER) or f"sqlite:///{folder / 'unloop.sqlite3'}",
        "EMAIL_URL": "",
        "DEFAULT_FROM_EMAIL": "Unloop <hello@example.org>",
        "LETTERS_FROM_EMAIL": "Unloop <hello@example.org>",
        "MAIL_RATE_PER_MINUTE": "0",
        "LETTERS_HOURS": "0-24",
        "LETTERS_TIME_ZONE": "UTC",
        "MAIL_DOMAIN_RATE_PER_MINUTE": "0",
        "MAIL_PROVIDER": "mailgun",
        "MAIL_WEBHOOK_SECRET": WEBHOOK_SECRET,
        "MAIL_WEBHOOK_KEY": WEBHOOK_KEY,
        "DKIM_KEY_FILE": "",
        "DKIM_SELECTOR": "",
        "ALLOWED_HOSTS": "",
        "CSRF_TRUSTED_ORIGINS": "",
        "BEHIND_TLS_PROXY": "false",
        "TRUSTED_PROXY_COUNT": "0",
    }


def start_postgresql(folder: Path, more: str = "") -> str:
    """Start a server on a free port, with more options if need be; its address."""
    tools, data, port = find_tools(), folder / "postgresql", free_port()
    data.mkdir()
    if os.geteuid() == 0:
        folder.chmod(0o711)
        shutil.chown(data, server_user())
    run(tools / "initdb", "-D", data, "-U", "unloop", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    options = f"{HASTE} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -p {port} {more}"
    run(tools / "pg_ctl", "-D", data, "-w", "-l", data / "log", "-o", options, "start")
    return f"postgres://unloop@127.0.0.1:{port}/postgres"


def put_away(folder: Path) -> None:
    """The process that made the folder removes it at its very end, even when the run broke off."""
    if (folder / "postgresql" / "postmaster.pid").exists():
        run(find_tools() / "pg_ctl", "-D", folder / "postgresql", "-m", "immediate", "stop")
    shutil.rmtree(folder, ignore_errors=True)


def find_tools() -> Path:
    """The folder of initdb and pg_ctl: the newest that the system's packages left, or the one on the PATH."""
    found = [folder for place in PLACES for folder in Path("/").glob(place[1:]) if (folder / "initdb").exists()]
    on_path = shutil.which("initdb")
    if not found and not on_path:
        raise pytest.UsageError(MISSING)
    return max(found, key=release) if found else Path(str(on_path)).resolve().parent


def release(folder: Path) -> float:
    digits = folder.parent.name.rpartition("@")[2]
    return float(digits) if digits.replace(".", "").isdigit() else 0.0


def run(*command: str | Path) -> None:
    """Run a PostgreSQL tool; it refuses to be root, so root runs it as another user."""
    as_user = ["setpriv", f"--reuid={server_user()}", "--clear-groups"] if os.geteuid() == 0 else []
    done = subprocess.run([*as_user, *map(str, command)], capture_output=True, text=True, cwd="/", check=False)
    if done.returncode:
        raise pytest.UsageError(f"PostgreSQL would not start or stop: {done.stderr or done.stdout}")


def server_user() -> str:
    users = Path("/etc/passwd").read_text(encoding="utf-8")
    return "postgres" if "\npostgres:" in users else "nobody"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def version() -> str:
    """Such as "15.18"."""
    said = subprocess.run([find_tools() / "postgres", "--version"], capture_output=True, text=True, check=True)
    return said.stdout.split()[2]


def pytest_report_header() -> str:
    on = f"PostgreSQL {version()}" if SERVER in os.environ else f"SQLite {sqlite3.sqlite_version}"
    return f"database: {on}"


if __name__ == "__main__":
    try:
        sys.stdout.write(f"{version()}\n")
    except pytest.UsageError as error:
        sys.exit(str(error))
