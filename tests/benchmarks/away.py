"""PostgreSQL goes away under fifty visitors who wait: how soon danger is answered, and Help now, and health.

script/benchmark away
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.sites import Site, a_server, a_site

VISITORS, LOOKS = 50, 20
PAGES = [
    "/healthz",
    "/help-now/",
    "/help-now/emergency/",
    "/",
    "/lessons/",
    "/lessons/breathing/",
    "/sw.js",
    "/offline/",
]
# A process of its own, so that what is measured does not wait for those who wait. Each asks again two seconds after an
# answer, for a page that needs the database, by a post that is not held back from it.
WAITING = """
import sys, threading, time, urllib.error, urllib.request
def wait():
    while True:
        try:
            urllib.request.urlopen(sys.argv[1], data=b"words=My+back+is+stiff", timeout=60).read()
        except OSError:
            pass
        time.sleep(2)
for _ in range(int(sys.argv[2])):
    threading.Thread(target=wait, daemon=True).start()
time.sleep(120)
"""


def danger(site: Site) -> str:
    status, page, took = site.post("/intake/chest-and-tummy/", "signs_chest=chest_pain&self_harm=yes", {})
    heard = b"Please call now" in page and b"Thank you for telling us" in page
    return f"danger answered with the right page: {heard}, status {status}, {took * 1000:.0f} ms"


def longest(site: Site, path: str) -> tuple[float, set[int]]:
    looks = [site.ask(path) for _ in range(LOOKS)]
    return max(took for _, _, took in looks), {status for status, _, _ in looks}


def main() -> int:
    folder = Path(tempfile.mkdtemp(prefix="unloop-away-"))
    folder.chmod(0o711)
    say = sys.stdout.write
    with a_server(folder / "server") as server, a_site(folder / "var", server.url, webs=2) as site:
        while not (folder / "var" / "standby.json").exists():
            time.sleep(0.5)
        site.wait_for("/lessons/breathing/")
        waiting = [sys.executable, "-c", WAITING, f"http://127.0.0.1:{site.port}/log/", str(VISITORS)]
        with subprocess.Popen(waiting) as crowd:
            time.sleep(3)
            server.stop()
            say(f"first: {danger(site)}\nthen:  {danger(site)}\n")
            for path in PAGES:
                took, statuses = longest(site, path)
                say(f"{path:24} at most {took * 1000:4.0f} ms of {LOOKS} looks, status {sorted(statuses)}\n")
            server.start()
            say(f"back without a restart after {site.wait_for('/accounts/login/'):.1f} s\n")
            crowd.kill()
    return 0


if __name__ == "__main__":
    sys.exit(main())
