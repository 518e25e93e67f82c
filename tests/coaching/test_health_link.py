"""A SMART Health Link: locked with the link's own key, opened with a code, and gone when it is ended."""

import base64
import html
import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone
from joserfc import jwe
from joserfc.jwk import OctKey

from coaching.core.record.checking import faults
from coaching.core.record.health_link import HealthLink, NoHealthLink
from coaching.models import LinkOpening, Person, SharedLink
from coaching.models.shared_link import MOST_ATTEMPTS
from coaching.record.locking import lock
from coaching.sharing.links import revoke
from tests.coaching.health_link_reader import CannotOpen, read_link, unlock
from tests.coaching.record_makers import a_record, resources
from tests.coaching.shell_makers import a_finished_intake, a_member, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
KEY = "rxTgYlOaKJPFtcEd0qcceN8wEU4p94SqAwIWQe6uX7Q"
"""That of the examples in HL7's specification."""
RECORD = "/record/"
ASKING = {"recipient": "Dr. Okafor"}


def choice(page: str = "p" * 32, **told: Any) -> dict[str, Any]:
    return {
        "page": page,
        "scales": ["peg", "gad-7", "phq-4"],
        "weeks": "12",
        "days": "7",
        "name": "",
        "born": "",
        **told,
    }


@pytest.fixture
def person(client: Client) -> Person:
    person = a_member(client)
    a_finished_intake(person, timezone.now() - timedelta(days=2), phq_1=1, phq_2=1)
    return person


def make(client: Client, **told: Any) -> tuple[HealthLink, str]:
    """The link and the code, as the page tells them once."""
    page = html.unescape(text(client.post(RECORD, {**choice(**told), "link": "1"})))
    written = re.search(r'class="link-out">(\S+)</p>', page)
    code = re.search(r'class="code-out">(\d{3} \d{3})<', page)
    assert written, page
    assert code, page
    assert written[1].startswith(f"{settings.SITE_URL}/shared/")
    return read_link(written[1]), code[1]


def ask(link: HealthLink, code: str = "", *, client: Client | None = None, **told: Any) -> Any:
    body = {**ASKING, **({"passcode": code} if code else {}), **told}
    path = link.url.removeprefix(settings.SITE_URL)
    return (client or Client()).post(path, json.dumps(body), content_type="application/json")


def wrong(code: str) -> str:
    return f"{(int(code.replace(' ', '')) + 1) % 10**6:06}"


# --- As text and as a lock ----------------------------------------------------------------------


def test_a_link_keeps_the_limits_of_the_specification() -> None:
    url = "https://unloop.example/shl/" + "T" * 43
    link = HealthLink(url=url, key=KEY, label="Scores", flag="P", expires=1800000000)
    assert read_link(link.written("https://unloop.example/")) == link
    assert link.written().startswith("shlink:/eyJ1cmwi")
    for broken in (
        {"url": url + "x" * 100},
        {"key": KEY[1:]},
        {"label": "x" * 81},
        {"flag": "PL"},
        {"flag": "PU"},
    ):
        with pytest.raises(NoHealthLink):
            HealthLink(**{"url": url, "key": KEY, **broken})


@pytest.mark.parametrize("written", ["", "https://unloop.example/", "shlink:/", "shlink:/bm90IGpzb24", "shlink:/W10"])
def test_what_is_no_link_is_none(written: str) -> None:
    with pytest.raises(NoHealthLink):
        read_link(written)


def test_the_example_that_hl7_publishes_is_read_and_opened() -> None:
    """Both from the specification: the payload of its first example, and the file that it locks with the same key."""
    payload = {
        "url": "https://ehr.example.org/qr/Y9xwkUdtmN9wwoJoN3ffJIhX2UGvCL1JnlPVNL3kDWM/m",
        "flag": "LP",
        "key": KEY,
    }
    body = base64.urlsafe_b64encode(json.dumps(payload).encode()).decode().rstrip("=")
    assert read_link(f"https://viewer.example.org#shlink:/{body}").flag == "LP"
    example = (Path(settings.BASE_DIR) / "tests" / "fixtures" / "shl_example.txt").read_text().strip()
    (card,) = unlock(example, KEY)["verifiableCredential"]
    assert card.startswith("eyJ6aXAiOiJERUYiLCJhbGciOiJFUzI1NiIsImtpZCI6")


def test_another_library_opens_what_we_lock() -> None:
    bundle = a_record()
    opened = jwe.decrypt_compact(lock(bundle, KEY), OctKey.import_key({"kty": "oct", "k": KEY}))
    assert json.loads(opened.plaintext or b"") == bundle
    header = {"alg": "dir", "enc": "A256GCM", "cty": "application/fhir+json", "zip": "DEF"}
    assert opened.protected == header


def test_each_lock_has_a_nonce_of_its_own() -> None:
    assert len({lock({"a": 1}, KEY).split(".")[2] for _ in range(100)}) == 100


def test_what_was_changed_or_has_another_key_stays_shut() -> None:
    locked = lock({"a": 1}, KEY)
    head, _none, nonce, body, tag = locked.split(".")
    for broken in (f"{head}..{nonce}.{body[:-2]}AA.{tag}", "not.a.lock", locked[:-8]):
        with pytest.raises(CannotOpen):
            unlock(broken, KEY)
    with pytest.raises(CannotOpen):
        unlock(locked, "A" * 43)


# --- Asked for ----------------------------------------------------------------------------------


def test_software_gets_the_record_with_the_code(client: Client, person: Person) -> None:
    link, code = make(client)
    assert len(link.url) <= 128
    assert (link.flag, len(link.key)) == ("P", 43)
    answer = ask(link, code, embeddedLengthMax=10**7)
    (file,) = answer.json()["files"]
    assert file["contentType"] == "application/fhir+json"
    bundle = unlock(file["embedded"], link.key)
    assert faults(bundle) == ()
    assert {one["valueQuantity"]["value"] for one in resources(bundle, "Observation")} >= {6.0, 14}
    assert resources(bundle, "Patient") == [{"resourceType": "Patient"}]
    opening = LinkOpening.objects.get()
    assert opening.browser == "software"


def test_nothing_that_opens_it_is_kept(client: Client, person: Person) -> None:
    link, code = make(client)
    kept = str(SharedLink.objects.values())
    row = SharedLink.objects.get()
    assert link.key not in kept + str(row.content)
    assert code.replace(" ", "") not in kept
    assert row.content["locked"].count(".") == 4


def test_an_address_of_the_file_is_for_one_use_and_for_minutes(client: Client, person: Person) -> None:
    link, code = make(client)
    (file,) = ask(link, code, embeddedLengthMax=100).json()["files"]
    assert "embedded" not in file
    path = file["location"].removeprefix(settings.SITE_URL)
    first, second = Client().get(path), Client().get(path)
    assert (first.status_code, second.status_code) == (200, 404)
    assert first.headers["Content-Type"] == "application/jose"
    assert unlock(first.content.decode(), link.key)["type"] == "collection"


def test_once_revoked_neither_manifest_nor_file_is_there(client: Client, person: Person) -> None:
    link, code = make(client)
    (file,) = ask(link, code).json()["files"]
    assert revoke(person, SharedLink.objects.get().pk, timezone.now())
    assert ask(link, code).status_code == 404
    assert Client().get(file["location"].removeprefix(settings.SITE_URL)).status_code == 404


def test_once_it_is_over_neither_is_there(client: Client, person: Person) -> None:
    link, code = make(client)
    (file,) = ask(link, code).json()["files"]
    early = timezone.now() - timedelta(days=9)
    SharedLink.objects.update(made_at=early, expires_at=early + timedelta(days=7))
    assert ask(link, code).status_code == 404
    assert Client().get(file["location"].removeprefix(settings.SITE_URL)).status_code == 404


def test_wrong_codes_count_down_for_the_whole_life_of_the_link(client: Client, person: Person) -> None:
    link, code = make(client)
    left = [ask(link, wrong(code)).json()["remainingAttempts"] for _ in range(3)]
    assert left == [MOST_ATTEMPTS - 1, MOST_ATTEMPTS - 2, MOST_ATTEMPTS - 3]
    assert ask(link, code).status_code == 200
    answers = [ask(link, wrong(code)) for _ in range(MOST_ATTEMPTS - 3)]
    assert {one.status_code for one in answers} == {401}
    assert answers[-1].json() == {"remainingAttempts": 0}
    assert ask(link, code).status_code == 404


def test_without_a_code_nothing_is_told_and_nothing_counted(client: Client, person: Person) -> None:
    link, _code = make(client)
    answer = ask(link)
    assert (answer.status_code, answer.json()) == (401, {"remainingAttempts": MOST_ATTEMPTS})


@pytest.mark.django_db(transaction=True)
def test_200_wrong_codes_at_once_stay_within_the_limit(client: Client, person: Person) -> None:
    link, code = make(client)
    right = int(code.replace(" ", ""))

    def one(place: int) -> int:
        try:
            return int(ask(link, f"{(right + 1 + place) % 10**6:06}").status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as threads:
        statuses = list(threads.map(one, range(200)))
    row = SharedLink.objects.get()
    assert (row.attempts_left, row.opened) == (0, 0)
    assert set(statuses) == {401, 404}
    assert ask(link, code).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b"not json",
        b"[" * 3000,
        b'{"recipient": 1}',
        b'{"recipient": ""}',
        b'{"recipient": "a", "passcode": 1}',
        b'{"recipient": "a", "passcode": "\\ud800"}',
        b'{"recipient": "\\udfff", "passcode": "123456"}',
    ],
)
def test_what_the_specification_does_not_ask_with_is_refused(client: Client, person: Person, body: bytes) -> None:
    link, _code = make(client)
    path = link.url.removeprefix(settings.SITE_URL)
    assert Client().post(path, body, content_type="application/json").status_code == 400
    assert SharedLink.objects.get().attempts_left == MOST_ATTEMPTS


def test_a_page_of_another_site_may_ask_and_gets_no_cookie(client: Client, person: Person) -> None:
    link, code = make(client)
    path = link.url.removeprefix(settings.SITE_URL)
    before = Client().options(path)
    assert (before.status_code, before.headers["Access-Control-Allow-Origin"]) == (204, "*")
    answer = ask(link, code)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies
    assert Client().get(path).status_code == 405
    assert ask(HealthLink(url=f"{settings.SITE_URL}/shl/{'T' * 43}", key=link.key), code).status_code == 404
