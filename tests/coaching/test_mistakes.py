"""A reader finds a mistake: staff hear of it, and nothing of the reader is kept."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import OutgoingMail
from coaching.lessons.mistakes import forget_settled
from coaching.models import MistakeReport, Person
from tests.accounts.people import make_user
from tests.coaching.shell_makers import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

PATH = "/lessons/breathing/mistake/"
WORDS = "The second source leads to another study."


def report(client: Client, **told: Any) -> Any:
    return client.post(f"{PATH}?size=12", {"kind": "source", "words": WORDS, **told})


def test_every_lesson_leads_to_the_form(client: Client) -> None:
    assert f'href="{PATH}?size=4"' in text(client.get("/lessons/breathing/"))
    assert client.get(PATH).status_code == 200


def test_a_report_is_kept_with_its_lesson_and_size_and_nothing_of_the_reader(client: Client) -> None:
    answer = report(client)
    assert "Thank you" in text(client.get(answer.url))
    kept = MistakeReport.objects.get()
    assert (kept.lesson_id, kept.size, kept.kind, kept.words, kept.state) == ("breathing", "12", "source", WORDS, "new")
    assert not Person.objects.exists()
    assert not {"person", "user", "email", "address"} & {field.name for field in MistakeReport._meta.get_fields()}


def test_staff_get_a_letter_without_the_words(client: Client, settings: Any) -> None:
    settings.STAFF_LETTERS_TO = ["editors@example.org"]
    report(client)
    letter = OutgoingMail.objects.get(to="editors@example.org")
    assert f"/admin/coaching/mistakereport/{MistakeReport.objects.get().pk}/change/" in letter.text
    assert WORDS not in letter.text + letter.html + letter.subject


def test_without_an_address_no_letter_leaves(client: Client) -> None:
    report(client)
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(
    "told", [{"words": ""}, {"words": "no"}, {"words": "x" * 1001}, {"words": "a\0bcdef"}, {"kind": ""}, {"kind": "x"}]
)
def test_what_says_nothing_is_sent_back_with_the_words_kept(client: Client, told: dict[str, str]) -> None:
    answer = report(client, **told)
    assert answer.status_code == 422
    assert 'role="alert"' in text(answer)
    assert not MistakeReport.objects.exists()


def test_a_flood_is_stopped(client: Client) -> None:
    answers = [report(client).status_code for _ in range(7)]
    assert answers == [302] * 5 + [429] * 2
    assert MistakeReport.objects.count() == 5


def test_another_sites_form_is_refused(client: Client) -> None:
    assert (
        client.post(PATH, {"kind": "fact", "words": WORDS}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    )


def test_a_lesson_that_is_not_there_has_no_form(client: Client) -> None:
    assert client.get("/lessons/no-such-lesson/mistake/").status_code == 404


def test_staff_settle_it_in_the_admin_and_change_no_word(client: Client) -> None:
    report(client)
    kept = MistakeReport.objects.get()
    staff = make_user("editor@example.org", is_staff=True, is_superuser=True)
    client.force_login(staff)
    page = f"/admin/coaching/mistakereport/{kept.pk}/change/"
    assert WORDS in text(client.get(page))
    client.post(page, {"state": "mended", "words": "Something else."})
    kept.refresh_from_db()
    assert (kept.state, kept.words) == ("mended", WORDS)


def test_what_was_settled_is_forgotten_after_90_days_and_what_is_open_is_kept(client: Client) -> None:
    report(client)
    later = timezone.now() + timedelta(days=91)
    assert forget_settled(later) == 0
    MistakeReport.objects.update(state="mended")
    assert forget_settled(timezone.now()) == 0
    assert forget_settled(later) == 1
