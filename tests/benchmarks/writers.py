"""Twenty writers on one SQLite file for half a minute: how many rows, and whether any of them met "locked".

script/benchmark writers
"""

import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from tests.sites import a_site

WRITERS, SECONDS = 20, 30
WORDS = "adult=yes&goal=Carry+my+bag+upstairs&round=1"


def main() -> int:
    folder = Path(tempfile.mkdtemp(prefix="unloop-writers-"))
    with a_site(folder / "var", f"sqlite:///{folder / 'unloop.sqlite3'}", webs=2, workers=1) as site:
        statuses: Counter[int] = Counter()
        longest = [0.0]
        ends_at = time.monotonic() + SECONDS

        def write() -> None:
            """Each post is a new visitor: a person, their answers and a session are written."""
            token = "a" * 32
            headers = {"Cookie": f"csrftoken={token}", "Referer": f"http://localhost:{site.port}/"}
            while time.monotonic() < ends_at:
                status, _, took = site.post("/intake/goal/", f"csrfmiddlewaretoken={token}&{WORDS}", headers)
                statuses[status] += 1
                longest[0] = max(longest[0], took)

        writers = [threading.Thread(target=write) for _ in range(WRITERS)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
    logs = "".join(file.read_text(encoding="utf-8") for file in (folder / "var").glob("process-*.log"))
    locked = logs.count("database is locked")
    sys.stdout.write(f"{WRITERS} writers for {SECONDS} s: {dict(statuses)}, the longest {longest[0]:.2f} s\n")
    sys.stdout.write(f'"database is locked" in the logs: {locked}\n')
    return 1 if locked or set(statuses) != {302} else 0


if __name__ == "__main__":
    sys.exit(main())
