"""How fast letters leave, and in how much memory: `script/benchmark letters`. Figures to read, nothing that can fail.

Speed: an edition goes to 1,000 people through all that a worker does, and the same bytes go to the same addresses by
bare smtplib, each over one connection, into the same mail server in a process beside; in many short turns, now the one
first and now the other, so that whatever else the machine does meets both. Beside the letters a second stands what
they cost: the time of the processor in all processes together (who sends, the mail server, the database), which says
the same on a busy machine. Memory: the most that a fresh worker held of its own (pages of the database file that the
system maps into it are not) while it sent to 1,000 and to 100,000 people. There the letters go nowhere, for a server
that takes 100,000 would be what is waited for. A table for people comes first, then one line of JSON:

    throughput_ratio   letters a second by the worker / by bare smtplib; the median of the rounds
    cpu_ratio          time of the processor for a letter by bare smtplib / by the worker
    signed_ratio       as the first, with each letter signed by the worker (DKIM, a key of 2,048 bits), and signed
                       before for bare smtplib
    signing_ms         time of the processor for one signature
    memory_ratio       peak memory at 100,000 people / at 1,000; null when a worker did not come to its end

With `--pg` it runs on a PostgreSQL of its own instead of SQLite.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from smtplib import SMTP
from statistics import median
from time import perf_counter, process_time, sleep

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.pgplugin import free_port, put_away, settings_for, start_postgresql

ROUNDS, SIGNED_ROUNDS, READERS = 12, 6, 1_000
FEW, MANY = 1_000, 100_000
LOOK_EVERY = 50
LONGEST = 1_800
FOLDER, PORT = "UNLOOP_BENCHMARK_FOLDER", "UNLOOP_BENCHMARK_PORT"
PARAGRAPH = (
    "Sit or lie down as you like. Let the breath come in softly through the nose, and let it go out a little more "
    "slowly than it came. Nothing has to happen. If it is unpleasant, stop, and look around the room instead.\n\n"
)

if FOLDER not in os.environ:
    os.environ |= {FOLDER: tempfile.mkdtemp(prefix="unloop-benchmark-"), PORT: str(free_port())}
    os.environ |= settings_for(Path(os.environ[FOLDER]))
    if "--pg" in sys.argv:
        os.environ["DATABASE_URL"] = start_postgresql(Path(os.environ[FOLDER]))
    os.environ |= {"EMAIL_URL": f"smtp://127.0.0.1:{os.environ[PORT]}", "DJANGO_SETTINGS_MODULE": "config.settings"}
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import F  # noqa: E402
from django.test import override_settings  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.letters.copies import copy_for, letter_of  # noqa: E402
from accounts.mail.dkim_signature import sign  # noqa: E402
from accounts.mail.sender import Parcel  # noqa: E402
from accounts.models import Delivery, Edition, Subscriber  # noqa: E402
from accounts.sending.drain import drain  # noqa: E402


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main() -> None:
    Path(os.environ["VAR_DIR"]).mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    sink = subprocess.Popen([sys.executable, "-m", "tests.mail_server", os.environ[PORT], os.devnull])
    figures: dict[str, float | None] = {}
    try:
        wait_for_server()
        fill(READERS)
        figures["throughput_ratio"], figures["cpu_ratio"] = measure("unsigned", ROUNDS, sink.pid)
        with override_settings(DKIM_KEY=new_key(), DKIM_SELECTOR="letters", DKIM_DOMAIN="example.org"):
            figures["signed_ratio"], _ = measure("signed", SIGNED_ROUNDS, sink.pid)
            figures["signing_ms"] = time_signing()
        sink.terminate()
        figures["memory_ratio"] = measure_memory()
    finally:
        sink.terminate()
        sink.wait(10)
        connection.close()
        put_away(Path(os.environ[FOLDER]))
    rounded = {name: None if figure is None else round(figure, 3) for name, figure in figures.items()}
    say(json.dumps({"database": connection.display_name, **rounded}))


def wait_for_server() -> None:
    for _ in range(200):
        with suppress(OSError), SMTP("127.0.0.1", int(os.environ[PORT])):
            return
        sleep(0.1)
    raise SystemExit("The mail server did not begin.")


# --- Speed ------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Turn:
    """So many letters a second, and the time of the processor for one, in seconds."""

    speed: float
    cost: float


def measure(kind: str, rounds: int, sink: int) -> tuple[float, float]:
    """How much faster, and how much cheaper, than bare smtplib the worker is."""
    parcels = parcels_of(new_edition())
    size = sum(len(parcel.content) for parcel in parcels) / len(parcels)
    say(f"{READERS} letters of {size / 1000:.1f} kB, {kind}, on {connection.display_name}\n")
    say("round   letters a second: bare   worker   ratio    ms of the processor: bare   worker")
    turns: list[tuple[Turn, Turn]] = []
    for number in range(1, rounds + 1):
        acts = [partial(send_bare, parcels), send_by_worker]
        edition = new_edition()
        done = [timed(act, sink) for act in (acts if number % 2 else reversed(acts))]
        check(edition, READERS)
        bare, worker = done if number % 2 else reversed(done)
        turns.append((bare, worker))
        ratio, costs = worker.speed / bare.speed, f"{bare.cost * 1000:>26.2f}   {worker.cost * 1000:>6.2f}"
        say(f"{number:>5}   {bare.speed:>22.0f}   {worker.speed:>6.0f}   {ratio:>5.2f}    {costs}")
    speed = median(worker.speed / bare.speed for bare, worker in turns)
    cost = sum(bare.cost for bare, _ in turns) / sum(worker.cost for _, worker in turns)
    say(f"median{'':>35}{speed:>5.2f}    bare / worker{cost:>19.2f}\n")
    return speed, cost


def timed(act: Callable[[], object], sink: int) -> Turn:
    others = [sink, *database_processes()]
    begun, before = perf_counter(), process_time() + spent_by(others)
    act()
    seconds, cost = perf_counter() - begun, process_time() + spent_by(others) - before
    return Turn(speed=READERS / seconds, cost=cost / READERS)


def database_processes() -> list[int]:
    """Those of the throwaway PostgreSQL: its first, and all that it began."""
    pid_file = Path(os.environ[FOLDER]) / "postgresql" / "postmaster.pid"
    if not pid_file.exists():
        return []
    first = pid_file.read_text(encoding="ascii").split()[0]
    children = Path(f"/proc/{first}/task/{first}/children")
    return [int(first), *(map(int, children.read_text(encoding="ascii").split()) if children.exists() else [])]


def spent_by(processes: list[int]) -> float:
    """Seconds of the processor, where the system tells; else 0, and the costs are those of the sender alone."""
    seconds = 0.0
    for process in processes:
        with suppress(OSError):
            fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            seconds += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return seconds


def time_signing() -> float:
    """In milliseconds."""
    content = parcels_of(new_edition())[0].content
    begun = process_time()
    for _ in range(200):
        sign(content)
    return (process_time() - begun) / 200 * 1000


def new_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption())
    return key.private_bytes(*form).decode()


def parcels_of(edition: Edition) -> list[Parcel]:
    """What the worker would send, made beforehand."""
    letter = letter_of(edition)
    people = Subscriber.objects.annotate(subscriber_id=F("pk"))
    return [copy_for(letter, person, at=timezone.now()) for person in people]


def send_bare(parcels: list[Parcel]) -> None:
    with SMTP("127.0.0.1", int(os.environ[PORT])) as smtp:
        for parcel in parcels:
            smtp.sendmail(parcel.sender, [parcel.to], parcel.content)


def send_by_worker() -> None:
    """What is under way: an edition that was made before."""
    drain("benchmark", clock=timezone.now, goes_on=lambda: True)


# --- Memory -----------------------------------------------------------------------------


def measure_memory() -> float | None:
    say("people    peak memory of a worker")
    few, many = peak_of(FEW), peak_of(MANY)
    say("")
    return many / few if few and many else None


def peak_of(readers: int) -> float | None:
    fill(readers)
    # The worker takes minutes: what was open here meanwhile may be closed by the other side.
    connection.close()
    command = [sys.executable, "-m", "tests.benchmarks.letters", "send", str(readers)]
    environment = {**os.environ, "EMAIL_URL": "dummy:"}
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        say(f"{readers:>6}    did not end in {LONGEST} s")
        return None
    if done.returncode:
        say(f"{readers:>6}    broke off: {done.stderr.strip().splitlines()[-1:]}")
        return None
    peak = float(done.stdout.split()[-1])
    say(f"{readers:>6}    {peak:.1f} MB")
    return peak


def send(readers: int) -> None:
    """In a process of its own; what it says is the most memory that it held, in MB."""
    edition, peak, looks = new_edition(), 0.0, count()

    def goes_on() -> bool:
        nonlocal peak
        if next(looks) % LOOK_EVERY == 0:
            peak = max(peak, own_memory())
        return True

    drain("benchmark", clock=timezone.now, goes_on=goes_on)
    check(edition, readers)
    say(str(peak))


def own_memory() -> float:
    """In MB. Where the system does not tell, the most that the process ever had, with all that was mapped into it."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024)
    line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("RssAnon:"))
    return int(line.split()[1]) / 1024


# --- What both need ---------------------------------------------------------------------


def fill(readers: int) -> None:
    Edition.objects.all().delete()
    Subscriber.objects.all().delete()
    proof = {
        "status": "active",
        "asked_at": timezone.now(),
        "consent_at": timezone.now(),
        "confirmed_at": timezone.now(),
    }
    for start in range(0, readers, 5_000):
        numbers = range(start, min(start + 5_000, readers))
        Subscriber.objects.bulk_create(Subscriber(email=f"reader{number}@example.org", **proof) for number in numbers)


def new_edition() -> Edition:
    Edition.objects.all().delete()
    now = timezone.now()
    times = {"started_at": now, "resumed_at": now}
    return Edition.objects.create(
        slug="sample", subject="A calmer back", words=PARAGRAPH * 22, status="sending", **times
    )


def check(edition: Edition, readers: int) -> None:
    sent = Delivery.objects.filter(edition=edition, state="sent").count()
    if sent != readers:
        raise SystemExit(f"{sent} of {readers} letters were sent: nothing was measured.")


if __name__ == "__main__":
    if sys.argv[1:2] == ["send"]:
        send(int(sys.argv[2]))
    else:
        main()
