"""How fast letters leave, and in how much memory: `script/benchmark letters`. Figures to read, nothing that can fail.

Speed: an edition goes to 400 people through all that a worker does, and the same bytes go to the same addresses by
bare smtplib over one connection, into the same mail server in a process beside; in many short turns, so that whatever
else the machine does meets both. Memory: the most that a fresh worker held of its own (pages of the database file that
the system maps into it are not) while it sent to 1,000 and to 100,000 people. There the letters go nowhere, for
a server that takes 100,000 would be what is waited for. A table for people comes first, then one line of JSON:

    signed_ratio       the same with each letter signed by the worker (DKIM, a key of 2,048 bits)
    throughput_ratio   letters a second by the worker / by bare smtplib; the median of the rounds
    memory_ratio       peak memory at 100,000 people / at 1,000

With `--pg` it runs on a PostgreSQL of its own instead of SQLite.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
from itertools import count
from pathlib import Path
from smtplib import SMTP
from statistics import median
from time import perf_counter, sleep

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.pgplugin import free_port, put_away, settings_for, start_postgresql

ROUNDS, SIGNED_ROUNDS, READERS = 15, 5, 400
FEW, MANY = 1_000, 100_000
LOOK_EVERY = 50
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
    try:
        sleep(2)
        speed = measure_speed()
        signed = measure_signing()
        memory = measure_memory()
    finally:
        sink.terminate()
        connection.close()
        put_away(Path(os.environ[FOLDER]))
    figures = {"throughput_ratio": speed, "signed_ratio": signed, "memory_ratio": memory}
    say(json.dumps({name: round(figure, 3) for name, figure in figures.items()}))


# --- Speed ------------------------------------------------------------------------------


def measure_speed() -> float:
    fill(READERS)
    parcels = parcels_of(new_edition())
    size = sum(len(parcel.content) for parcel in parcels) / len(parcels)
    say(f"{READERS} letters of {size / 1000:.1f} kB on {connection.display_name}, letters a second\n")
    say("round   bare smtplib   worker   ratio")
    ratios = []
    for number in range(1, ROUNDS + 1):
        bare, worker = READERS / time_bare(parcels), READERS / time_worker()
        ratios.append(worker / bare)
        say(f"{number:>5}   {bare:>12.0f}   {worker:>6.0f}   {worker / bare:>5.2f}")
    say(f"median{'':>27}{median(ratios):>5.2f}\n")
    return median(ratios)


def measure_signing() -> float:
    """Against bare smtplib, which signs nothing."""
    parcels, ratios = parcels_of(new_edition()), []
    with override_settings(DKIM_KEY=new_key(), DKIM_SELECTOR="letters", DKIM_DOMAIN="example.org"):
        for _ in range(SIGNED_ROUNDS):
            bare, worker = READERS / time_bare(parcels), READERS / time_worker()
            ratios.append(worker / bare)
            say(f"signed  {bare:>12.0f}   {worker:>6.0f}   {worker / bare:>5.2f}")
    say("")
    return median(ratios)


def new_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption())
    return key.private_bytes(*form).decode()


def parcels_of(edition: Edition) -> list[Parcel]:
    """What the worker would send, made beforehand."""
    letter = letter_of(edition)
    people = Subscriber.objects.annotate(subscriber_id=F("pk"))
    return [copy_for(letter, person, at=timezone.now()) for person in people]


def time_bare(parcels: list[Parcel]) -> float:
    begun = perf_counter()
    with SMTP("127.0.0.1", int(os.environ[PORT])) as smtp:
        for parcel in parcels:
            smtp.sendmail(parcel.sender, [parcel.to], parcel.content)
    return perf_counter() - begun


def time_worker() -> float:
    edition = new_edition()
    begun = perf_counter()
    drain("benchmark", clock=timezone.now, goes_on=lambda: True)
    seconds = perf_counter() - begun
    check(edition, READERS)
    return seconds


# --- Memory -----------------------------------------------------------------------------


def measure_memory() -> float:
    say("people    peak memory of a worker")
    few, many = (peak_of(readers) for readers in (FEW, MANY))
    say("")
    return many / few


def peak_of(readers: int) -> float:
    fill(readers)
    command = [sys.executable, "-m", "tests.benchmarks.letters", "send", str(readers)]
    done = subprocess.run(
        command, env={**os.environ, "EMAIL_URL": "dummy:"}, stdout=subprocess.PIPE, text=True, check=True
    )
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
