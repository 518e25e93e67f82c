"""What was practised without a network: taken in later, once, for the right person, whatever the device says."""

import json
from datetime import timedelta
from datetime import timezone as offset
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Profile
from coaching.models import Person, Practice
from coaching.offline.unsent import MOST_ITEMS, labels_of
from content.models import Guide
from tests.accounts.people import make_user
from tests.coaching.shell_makers import a_member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

PATH = "/practice/sync/"


def done(number: int = 1, **told: Any) -> dict[str, Any]:
    return {
        "guide": "breathing",
        "client_id": f"made-up-client-id-{number}",
        "started_at": (timezone.now() - timedelta(hours=30 - number)).isoformat(),
        "seconds": 240,
        "tension_before": 7,
        "tension_after": 4,
        "pain_before": None,
        "pain_after": None,
        **told,
    }


def owner(client: Client) -> str:
    return client.get(PATH).json()["owners"][0]


def send(client: Client, *practices: Any, **told: Any) -> Any:
    body = {"owner": told.pop("owner", None) or owner(client), "items": list(practices)}
    return client.post(PATH, json.dumps(body), content_type="application/json")


def verdicts(answer: Any) -> list[str]:
    return [result["is"] for result in answer.json()["results"]]


def kept_ids() -> list[str]:
    return list(Practice.objects.order_by("pk").values_list("client_id", flat=True))


# --- Once, in order ----------------------------------------------------------------------------------------


def test_half_a_letter_in_any_place_breaks_nothing(client: Client) -> None:
    for name in ("guide", "client_id", "started_at", "seconds", "tension_before", "other\ud800"):
        assert verdicts(send(client, {**done(1), name: "\ud800"}))[0] in ("refused", "kept", "known")
    assert send(client, done(2), owner="\ud800").status_code == 409


def test_what_waited_is_kept_in_the_order_in_which_it_was_made(client: Client) -> None:
    assert verdicts(send(client, done(1), done(2), done(3))) == ["kept"] * 3
    assert kept_ids() == [f"made-up-client-id-{number}" for number in (1, 2, 3)]
    first = Practice.objects.earliest("pk")
    assert (first.guide, first.seconds, first.tension_before, first.tension_after) == ("breathing", 240, 7, 4)
    assert first.pain_before is None


def test_sending_again_changes_nothing(client: Client) -> None:
    send(client, done(1), done(2))
    assert verdicts(send(client, done(2, tension_after=0), done(1), done(1))) == ["known"] * 3
    assert Practice.objects.count() == 2
    assert {practice.tension_after for practice in Practice.objects.all()} == {4}


def test_to_keep_one_more_reads_neither_answers_nor_earlier_practices(client: Client) -> None:
    person = a_member(client)
    whose = owner(client)
    send(client, done(1), owner=whose)
    list(Person.objects.get(pk=person.pk).newest_practices)
    send(client, done(2), owner=whose)
    with CaptureQueriesContext(connection) as asked:
        assert verdicts(send(client, done(3), owner=whose)) == ["kept"]
    # How the library stands is asked for once a second.
    all_ = [query["sql"] for query in asked.captured_queries]
    read = [sql for sql in all_ if sql.startswith(('SELECT "', "SELECT 1"))]
    assert [sql.split(' FROM "')[1].split('"')[0] for sql in read] == ["django_session"]
    assert "coaching_intake" not in read[0]
    written = [sql.split()[0] for sql in all_ if sql.startswith(("INSERT", "UPDATE", "WITH"))]
    assert written == (["WITH"] if connection.vendor == "postgresql" else ["INSERT", "WITH"])
    assert not [sql for sql in all_ if '"sealed_newest"' in sql]


def test_a_practice_whose_guide_has_just_come_is_kept(client: Client) -> None:
    send(client, done(1))
    guide = Guide.objects.get(slug="breathing")
    guide.pk, guide.slug = None, "a-new-one"
    Guide.objects.bulk_create([guide])
    assert verdicts(send(client, done(2, guide="a-new-one"))) == ["kept"]


def test_the_same_practice_twice_in_one_go_counts_once(client: Client) -> None:
    assert verdicts(send(client, done(1), done(1))) == ["kept", "known"]


def test_practices_out_of_order_keep_their_own_times(client: Client) -> None:
    send(client, done(3), done(1), done(2))
    by_time = Practice.objects.order_by("started_at").values_list("client_id", flat=True)
    assert list(by_time) == [f"made-up-client-id-{number}" for number in (1, 2, 3)]


# --- Whose it is ---------------------------------------------------------------------------------------------


def test_without_a_cookie_it_is_the_visitor_of_this_browser(client: Client) -> None:
    send(client, done(1))
    send(client, done(2))
    assert Person.objects.get(user=None).practices.count() == 2


def test_it_goes_to_the_account_that_made_it(client: Client) -> None:
    person = a_member(client)
    send(client, done())
    assert person.practices.count() == 1


def test_a_practice_of_one_person_never_lands_with_another(client: Client) -> None:
    nadia, other = Client(), Client()
    a_member(nadia)
    label = owner(nadia)
    other.force_login(make_user("omar@example.org"))
    for browser in (other, client):
        answer = send(browser, done(), owner=label)
        assert answer.status_code == 409
        assert "somebody else" in answer.json()["why"]
    assert not Practice.objects.exists()
    assert verdicts(send(nadia, done(), owner=label)) == ["kept"]


def test_what_was_made_before_logging_in_is_not_taken_for_the_account_unasked(client: Client) -> None:
    a_member(client)
    body = json.dumps({"owner": "", "items": [done()]})
    assert client.post(PATH, body, content_type="application/json").status_code == 409


def test_a_label_says_nothing_of_the_account_and_outlives_a_change_of_secret(client: Client, settings: Any) -> None:
    user = make_user("nadia@example.org")
    [before] = labels_of(user)
    assert str(user.pk) != before
    assert str(user) not in before
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    assert before in labels_of(user)
    assert labels_of(user)[0] != before


def test_the_id_of_another_persons_practice_is_free_to_use(client: Client) -> None:
    send(Client(), done())
    assert verdicts(send(client, done())) == ["kept"]
    assert Practice.objects.count() == 2


def test_who_hides_pain_numbers_has_none_kept(client: Client) -> None:
    Profile.objects.create(user=a_member(client).user, hide_pain_numbers=True)
    send(client, done(pain_before=8))
    assert Practice.objects.get().pain_before is None


# --- Across sessions and tokens ----------------------------------------------------------------------------


def test_an_old_token_is_refused_and_a_fresh_one_is_taken() -> None:
    client = Client(enforce_csrf_checks=True)
    body = json.dumps({"owner": "", "items": [done()]})
    assert client.post(PATH, body, content_type="application/json").status_code == 403
    token = client.get(PATH).json()["token"]
    headers = {"x-csrftoken": token}
    answer = client.post(PATH, body, content_type="application/json", headers=headers)
    assert answer.status_code == 200
    client.cookies["csrftoken"] = "x" * 32
    assert client.post(PATH, body, content_type="application/json", headers=headers).status_code == 403
    assert Practice.objects.count() == 1


def test_another_site_cannot_send_for_a_person() -> None:
    client = Client(enforce_csrf_checks=True)
    headers = {"x-csrftoken": client.get(PATH).json()["token"], "origin": "https://elsewhere.example"}
    body = json.dumps({"owner": "", "items": [done()]})
    assert client.post(PATH, body, content_type="application/json", headers=headers).status_code == 403


def test_what_the_site_says_of_a_session_is_kept_in_no_cache(client: Client) -> None:
    for begin in (lambda: None, lambda: a_member(client)):
        begin()
        refused = client.post(PATH, "[]", content_type="application/json"), send(client, done(), owner="somebody else")
        answers = [client.get(PATH), *refused, send(client, done())]
        assert [answer.status_code for answer in answers] == [200, 400, 409, 200]
        for answer in answers:
            assert {"no-store", "private"} <= set(answer.headers["Cache-Control"].split(", "))


def test_after_logging_out_and_in_again_it_is_the_same_label(client: Client) -> None:
    person = a_member(client)
    before = owner(client)
    client.logout()
    assert owner(client) == ""
    client.force_login(person.user)
    assert owner(client) == before


# --- A clock that jumps ---------------------------------------------------------------------------------------


STRANGE_TIMES: list[Any] = [
    (timezone.now() + timedelta(days=3)).isoformat(),
    (timezone.now() - timedelta(days=400)).isoformat(),
    "2999-01-01T00:00:00Z",
    "1970-01-01T00:00:00Z",
    "yesterday",
    "",
    None,
    17,
    {},
    "9" * 400,
]


@pytest.mark.parametrize("zone", [0, 2, -11])
def test_of_a_time_that_can_be_right_nothing_is_said(client: Client, zone: int) -> None:
    at = timezone.now() - timedelta(hours=5)
    told = at.astimezone(offset(timedelta(hours=zone))).isoformat()
    assert send(client, done(started_at=told)).json()["results"] == [{"is": "kept", "why": ""}]
    assert Practice.objects.get().started_at == at


def test_a_time_that_cannot_be_right_costs_nothing_and_is_said_in_a_sentence(
    client: Client, subtests: pytest.Subtests
) -> None:
    for number, told in enumerate(STRANGE_TIMES):
        with subtests.test(told=str(told)[:30]):
            [result] = send(client, done(number, started_at=told)).json()["results"]
            assert result == {"is": "kept", "why": "Its time could not be right, so it counts for now."}
            assert abs(timezone.now() - Practice.objects.latest("pk").started_at) < timedelta(minutes=5)


@pytest.mark.parametrize(
    ("seconds", "kept_as"),
    [(-5, 0), (10**9, 3 * 3600), (10**400, 3 * 3600), (1.9, 1), ("x", 0), (None, 0), ([], 0), (float("nan"), 0)],
)
def test_a_length_that_cannot_be_right_costs_nothing(client: Client, seconds: Any, kept_as: int) -> None:
    assert verdicts(send(client, done(seconds=seconds))) == ["kept"]
    assert Practice.objects.get().seconds == kept_as


# --- What no honest device sends ---------------------------------------------------------------------------------


NO_IDS: list[Any] = [None, "", "short", "x" * 41, "a/b" * 6, {}, [1], True, "\0" * 20]
NO_RATINGS: list[Any] = [11, -1, 5.5, "x", True, [3, 9], {}, "\0"]
UNREADABLE: list[Any] = [
    *([], "x", None, 7, {}),
    *({**done(), "client_id": wrong} for wrong in NO_IDS),
    *({**done(), "tension_before": wrong} for wrong in NO_RATINGS),
]


def test_one_that_cannot_be_read_costs_the_others_nothing(client: Client, subtests: pytest.Subtests) -> None:
    for number, wrong in enumerate(UNREADABLE):
        with subtests.test(wrong=str(wrong)[:40]):
            answer = send(client, wrong, done(number))
            assert answer.status_code == 200
            assert verdicts(answer) == ["refused", "kept"]
            assert answer.json()["results"][0]["why"].endswith((".",))


def test_a_practice_that_does_not_exist_is_refused_in_a_sentence(client: Client) -> None:
    strange: list[Any] = ["levitation", "", None, "\0", [], "x" * 5000]
    for wrong in strange:
        [result] = send(client, done(guide=wrong)).json()["results"]
        assert result == {"is": "refused", "why": "There is no such practice here any more."}
    assert not Person.objects.exists()


def test_a_guide_that_was_taken_down_since_was_practised_all_the_same(client: Client) -> None:
    Guide.objects.filter(slug="breathing").update(status="draft")
    assert verdicts(send(client, done())) == ["kept"]


BODIES = [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"owner": ""}', b'{"owner": 3, "items": []}', b"[" * 60000]
BODIES += [
    b'{"owner": "", "items": {}}',
    b'{"owner": "", "items": 9}',
    b'{"owner": "", "items": [' + b"9" * 9000,
]


def test_a_batch_that_cannot_be_read_is_refused_in_a_sentence(client: Client, subtests: pytest.Subtests) -> None:
    for body in BODIES:
        with subtests.test(body=body[:30]):
            answer = client.post(PATH, body, content_type="application/json")
            assert answer.status_code == 400
            assert answer.json() == {"why": "That could not be read."}


def test_too_much_at_once_is_refused_in_a_sentence(client: Client) -> None:
    many = [done(number) for number in range(MOST_ITEMS + 1)]
    large = [done(note="x" * 200_000)]
    huge = [done(note="x" * 300_000)]
    for practices in (many, large, huge):
        answer = send(client, *practices)
        assert answer.status_code == 400
        assert answer.json() == {"why": "That is too much at once."}
    assert not Practice.objects.exists()


def test_an_empty_batch_makes_nobody(client: Client) -> None:
    assert send(client).json() == {"results": []}
    assert not Person.objects.exists()


def test_what_is_sent_leaves_no_trace_in_the_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    send(client, done(tension_before=11), done(2), "x")
    client.post(PATH, b"{", content_type="application/json")
    assert "made-up" not in caplog.text
    assert "breathing" not in caplog.text
