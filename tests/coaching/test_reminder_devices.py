"""Reminders as notices of a device: sealed, signed, to push services alone; a browser that is gone is forgotten."""

import json
import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.management import call_command
from django.test import Client

from coaching.models import PushDevice, ReminderSlot
from coaching.reminders import pushing
from coaching.reminders.devices import may_be_posted_to, public_key
from coaching.reminders.ledger import PAUSE
from tests.coaching.reminder_makers import SIX_IN_LISBON, a_wish, sweep_at
from tests.coaching.shell_makers import a_member, text, the_user

pytestmark = pytest.mark.django_db
KEY = "b25seS1hLXRlc3QtdXNlcy10aGlzLWtleS0zMi1ieXQ"


def in_base64(value: bytes) -> str:
    return urlsafe_b64encode(value).decode().rstrip("=")


class Service:
    """A push service on this machine, with one browser behind it."""

    def __init__(self) -> None:
        self.answers = [201]
        self.posts: list[tuple[dict[str, str], bytes]] = []
        self.secret, self.auth = ec.generate_private_key(ec.SECP256R1()), b"sixteen bytes ok"
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                service.posts.append(({name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(service.answers[0] if len(service.answers) == 1 else service.answers.pop(0))
                self.send_header("Location", "/elsewhere")
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def subscription(self) -> dict[str, str]:
        point = self.secret.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        address = f"http://127.0.0.1:{self.server.server_port}/one"
        return {"endpoint": address, "p256dh": in_base64(point), "auth": in_base64(self.auth)}

    def opened(self) -> Any:
        return json.loads(http_ece.decrypt(self.posts[-1][1], private_key=self.secret, auth_secret=self.auth))


@pytest.fixture
def service(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    found = Service()
    settings.VAPID_PRIVATE_KEY, settings.VAPID_SUBJECT = KEY, "mailto:hello@example.org"
    # This machine speaks no https; which addresses are allowed has a test of its own.
    monkeypatch.setattr(pushing, "may_be_posted_to", lambda endpoint: endpoint.startswith("http://127.0.0.1"))
    yield found
    found.server.shutdown()


def a_device(service: Service, **told: Any) -> PushDevice:
    wish = a_wish(way="push")
    return PushDevice.objects.create(user=wish.user, made_at=SIX_IN_LISBON, **{**service.subscription, **told})


def state() -> str:
    return ReminderSlot.objects.get().state


def test_a_notice_is_sealed_for_its_browser_and_signed(service: Service) -> None:
    device = a_device(service)
    sweep_at(SIX_IN_LISBON)
    head, body = service.posts[0]
    notice = service.opened()
    assert b"Unloop" not in body
    assert notice["title"] == "Unloop" and "One small thing" in notice["body"]
    assert "/reminders/later/" in notice["later"]["link"] and "/reminders/stop/" in notice["stop"]["link"]
    assert head["authorization"].startswith("vapid t=") and public_key() in head["authorization"]
    assert 0 < int(head["ttl"]) <= 3600
    device.refresh_from_db()
    assert (state(), device.worked_at) == ("sent", SIX_IN_LISBON)


@pytest.mark.parametrize("answer", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(service: Service, answer: int) -> None:
    service.answers = [answer]
    a_device(service)
    sweep_at(SIX_IN_LISBON)
    assert not PushDevice.objects.exists()
    assert state() == "failed"


def test_one_of_two_devices_is_enough(service: Service) -> None:
    device = a_device(service)
    other = {**service.subscription, "endpoint": service.subscription["endpoint"] + "-other"}
    PushDevice.objects.create(user=device.user, made_at=SIX_IN_LISBON, **other)
    service.answers = [410, 201]
    sweep_at(SIX_IN_LISBON)
    assert (PushDevice.objects.count(), state()) == (1, "sent")


def test_a_service_that_is_busy_is_asked_again_within_the_hour(service: Service) -> None:
    service.answers = [503, 201]
    a_device(service)
    sweep_at(SIX_IN_LISBON)
    assert state() == "claimed"
    sweep_at(SIX_IN_LISBON + PAUSE)
    assert (state(), len(service.posts)) == ("sent", 2)


def test_where_a_service_leads_on_nobody_follows(service: Service) -> None:
    service.answers = [302]
    a_device(service)
    sweep_at(SIX_IN_LISBON)
    assert len(service.posts) == 1


def test_keys_that_are_none_are_forgotten(service: Service) -> None:
    a_device(service, p256dh="not-a-key-at-all")
    sweep_at(SIX_IN_LISBON)
    assert not PushDevice.objects.exists()


@pytest.mark.parametrize(
    ("endpoint", "allowed"),
    [
        ("https://fcm.googleapis.com/fcm/send/abc", True),
        ("https://updates.push.services.mozilla.com/wpush/v2/abc", True),
        ("https://web.push.apple.com/abc", True),
        ("http://fcm.googleapis.com/fcm/send/abc", False),
        ("https://fcm.googleapis.com.example.org/abc", False),
        ("https://evilfcm.googleapis.com@10.0.0.1/abc", False),
        ("https://name@fcm.googleapis.com/abc", False),
        ("https://127.0.0.1/abc", False),
        ("https://[::1]/abc", False),
    ],
)
def test_only_push_services_are_posted_to(endpoint: str, allowed: bool) -> None:  # noqa: FBT001
    assert may_be_posted_to(endpoint) is allowed


TOLD = {"endpoint": "https://fcm.googleapis.com/fcm/send/abc", "p256dh": "B" * 87, "auth": "a" * 22}


def test_a_browser_is_kept_and_taken_out(client: Client, settings: Any) -> None:
    settings.VAPID_PRIVATE_KEY = KEY
    a_member(client)
    assert client.post("/reminders/devices/", TOLD).status_code == 204
    client.post("/reminders/devices/", TOLD)
    device = PushDevice.objects.get()
    assert "Take it out" in text(client.get("/reminders/"))
    other = Client()
    a_member(other, "walter@example.org")
    other.post("/reminders/devices/forget/", {"device": device.pk})
    assert PushDevice.objects.exists()
    client.post("/reminders/devices/forget/", {"device": device.pk})
    assert not PushDevice.objects.exists()


def test_a_shared_browser_is_the_last_ones_and_ten_are_enough(client: Client, settings: Any) -> None:
    settings.VAPID_PRIVATE_KEY = KEY
    a_member(client)
    other = Client()
    a_member(other, "walter@example.org")
    client.post("/reminders/devices/", TOLD)
    other.post("/reminders/devices/", TOLD)
    assert PushDevice.objects.get().user == the_user("walter@example.org")
    for number in range(12):
        client.post("/reminders/devices/", {**TOLD, "endpoint": f"{TOLD['endpoint']}{number}"})
    assert PushDevice.objects.filter(user=the_user()).count() == 10


@pytest.mark.parametrize("wrong", [{"endpoint": "https://10.0.0.1/x"}, {"auth": ""}, {"p256dh": "<script>"}])
def test_what_is_no_subscription_is_not_kept(client: Client, settings: Any, wrong: dict[str, str]) -> None:
    settings.VAPID_PRIVATE_KEY = KEY
    a_member(client)
    assert client.post("/reminders/devices/", {**TOLD, **wrong}).status_code == 422
    assert not PushDevice.objects.exists()


def test_without_a_key_nothing_is_offered(client: Client, settings: Any) -> None:
    settings.VAPID_PRIVATE_KEY = ""
    a_member(client)
    page = text(client.get("/reminders/"))
    assert "<push-switch" not in page and "As a notice on my devices" not in page
    assert client.post("/reminders/devices/", TOLD).status_code == 422


def test_a_key_is_made_by_a_command_and_opens(capsys: pytest.CaptureFixture[str], settings: Any) -> None:
    call_command("make_push_key")
    settings.VAPID_PRIVATE_KEY = capsys.readouterr().out.strip().partition("=")[2]
    assert len(public_key()) == 87
